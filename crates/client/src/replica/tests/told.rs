//! What is news to a device, and what it was told of.

use jiff::SignedDuration;

use super::*;
use crate::replica::told;

const HOUR: i64 = 3_600_000;

fn row(number: u128, rev: u64, feed: Feed) -> RowUpdate {
    update("message", Uuid::from_u128(number), rev, vec![feed], json!({ "of": "a newer server" }))
}

impl Stage {
    fn hears(&mut self, rows: Vec<RowUpdate>, arrived: &[Feed]) {
        let page = self.page(rows);
        self.replica.apply_page(&Page { arrived: arrived.to_vec(), ..page }).unwrap();
    }

    fn is_news(&self, number: u128, at: Timestamp) -> bool {
        let contact = self.now();
        self.replica.read_raw(|conn| told::is_news(conn, Uuid::from_u128(number), at, contact)).unwrap()
    }
}

#[test]
fn what_was_in_a_feed_when_it_came_is_the_past_and_what_comes_then_is_news() {
    let mut stage = Stage::family();
    let joined = stage.now();
    stage.clock.advance(HOUR);
    stage.hears(vec![row(100, 20, messages())], &[]);
    assert!(!stage.is_news(100, joined - SignedDuration::from_hours(1)));
    assert!(stage.is_news(100, joined + SignedDuration::from_mins(1)));

    // A second child: its feed comes now, and what is in it was said before.
    let class = Feed::Place(Id::new(Uuid::from_u128(0xB)), xinmei_model::Right::Messages);
    stage.hears(vec![row(101, 30, class)], &[class]);
    assert!(!stage.is_news(101, joined + SignedDuration::from_mins(30)));
    assert!(stage.is_news(101, joined + SignedDuration::from_mins(90)));
}

#[test]
fn an_audience_comes_with_its_notice_and_the_notice_is_news() {
    let mut stage = Stage::family();
    let sent = stage.now() + SignedDuration::from_mins(10);
    stage.clock.advance(HOUR);
    let audience = Feed::Audience(Id::new(Uuid::from_u128(102)));
    stage.hears(vec![row(102, 20, audience)], &[audience]);
    assert!(stage.is_news(102, sent));
    assert!(!stage.is_news(102, stage.now() - SignedDuration::from_hours(2)), "of before this device");
}

#[test]
fn what_nobody_here_hears_or_is_months_old_is_no_news() {
    let mut stage = Stage::family();
    let sent = stage.now() + SignedDuration::from_mins(10);
    assert!(!stage.is_news(999, sent), "there is no such row");
    stage.hears(vec![row(100, 20, messages())], &[]);
    stage.clock.advance(59 * 24 * HOUR);
    assert!(stage.is_news(100, sent), "a computer that was off all summer still tells it");
    stage.clock.advance(2 * 24 * HOUR);
    assert!(!stage.is_news(100, sent));
}

#[test]
fn a_right_that_ended_and_came_back_begins_anew() {
    let mut stage = Stage::family();
    let said = stage.now() + SignedDuration::from_mins(10);
    stage.clock.advance(HOUR);
    let feeds = vec![messages()];
    let signature = stage.school.sign(&ended_message(stage.me.device, &feeds));
    let ended = Some(Ended { feeds, signature: BASE64URL_NOPAD.encode(&signature.to_bytes()) });
    let page = stage.page(Vec::new());
    stage.replica.apply_page(&Page { ended, ..page }).unwrap();
    stage.clock.advance(HOUR);
    stage.hears(vec![row(100, 40, messages())], &[messages()]);
    assert!(!stage.is_news(100, said));
}

#[test]
fn what_was_told_is_kept_by_the_clock_of_the_school() {
    let mut stage = Stage::family();
    let now = stage.now();
    let is_told = |stage: &Stage, key: &str| stage.replica.read_raw(|conn| told::is_told(conn, key)).unwrap();
    stage.replica.write(|conn| told::mark(conn, ["notice/1", "notice/1"], now)).unwrap();
    assert!(is_told(&stage, "notice/1") && !is_told(&stage, "notice/2"));
    // This computer's clock jumps by years; the school's does not.
    let page = stage.page(Vec::new());
    stage.clock.advance(10 * 365 * 24 * HOUR);
    stage.replica.apply_page(&page).unwrap();
    assert!(is_told(&stage, "notice/1"));
    stage.hears(Vec::new(), &[]);
    assert!(!is_told(&stage, "notice/1"), "ten years later nobody asks");
}

#[test]
fn a_new_life_of_the_school_tells_nothing_twice() {
    let mut stage = Stage::family();
    let (joined, now) = (stage.now(), stage.now() + SignedDuration::from_mins(1));
    stage.replica.write(|conn| told::mark(conn, ["notice/1"], now)).unwrap();
    let page = stage.page(Vec::new());
    stage.replica.apply_page(&Page { epoch: Uuid::from_u128(0xF), ..page }).unwrap();
    assert!(stage.replica.read_raw(|conn| told::is_told(conn, "notice/1")).unwrap());
    let page = stage.page(vec![row(100, 5, messages())]);
    let arrived = vec![messages()];
    stage.replica.apply_page(&Page { epoch: Uuid::from_u128(0xF), arrived, ..page }).unwrap();
    assert!(stage.is_news(100, joined + SignedDuration::from_mins(5)), "it has heard since it joined");
}
