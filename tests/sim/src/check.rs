//! What must hold of a computer at any moment.

use std::collections::BTreeMap;

use uuid::Uuid;
use xinmei_client::replica::Fate;
use xinmei_model::{Act, Booking, BookingState, Feed, Notice, Person, Recall, Verdict, wire::Page};
use xinmei_server::store::Arg;

use super::{computer::Computer, history::History, server::Server};

impl History {
    /// Whatever a computer said it saved is still there, or its fate is known; it is never told better than the school
    /// said. What it saved about a child goes with the right to know of it, and with nothing else.
    pub(super) fn check_wishes(&mut self, who: usize) {
        let computer = &self.computers[who];
        if computer.wishes.iter().all(|wish| wish.gone) {
            return;
        }
        let outbox = computer.replica().read(|s| s.outbox()).unwrap();
        for wish in computer.forgotten(&outbox) {
            self.computers[who].wishes[wish].gone = true;
        }
        let computer = &self.computers[who];
        let cursor = computer.cursor();
        let mut through_with = Vec::new();
        for (at, wish) in computer.wishes.iter().enumerate().filter(|(_, wish)| wish.counts()) {
            let held = outbox.iter().any(|item| item.mutation.id == wish.id);
            let verdict = self.truth.verdicts.get(&wish.id);
            match computer.replica().fate(wish.id).unwrap() {
                fate @ (Fate::Unknown | Fate::Parked { .. }) => {
                    panic!("{} gave up {wish:?}: {fate:?}", computer.name)
                }
                Fate::Waiting => assert!(held),
                Fate::Settled { verdict: told } => {
                    assert_eq!(
                        Some(&told),
                        verdict,
                        "{} was told something else of {:?}",
                        computer.name,
                        wish
                    );
                    let through = match told {
                        Verdict::Accepted { rev } => rev,
                        // What was only noted needs no eyes.
                        Verdict::Refused { .. } if wish.act.is_note() => 0,
                        Verdict::Refused { .. } => u64::MAX,
                    };
                    assert!(
                        held || through <= cursor,
                        "{} let go of {wish:?} before its rows came",
                        computer.name
                    );
                    if !held {
                        through_with.push(at);
                    }
                }
            }
            if let (Act::SignUp(act), None) = (&wish.act, verdict) {
                let booking: Option<Booking> = computer.replica().read(|s| s.get(act.booking)).unwrap();
                let early =
                    booking.is_some_and(|b| b.state.holds_seats() || b.state == BookingState::Waiting);
                assert!(!early, "{} shows a seat that nobody promised: {:?}", computer.name, wish);
            }
        }
        for wish in through_with {
            self.computers[who].wishes[wish].through = true;
        }
    }

    /// Rows are as the school committed them, and nothing of a child stays with somebody who is kept away from it.
    pub(super) fn check_page(&self, who: usize, page: &Page) {
        let computer = &self.computers[who];
        let standing = computer.standing();
        for (id, kind, rev, body) in computer.rows() {
            self.truth.check_row(id, &kind, rev, &body);
            assert!(standing.iter().any(|(_, row)| *row == id), "{kind} {id} stands in no feed");
        }
        for barred in self.truth.barred.iter().filter(|barred| barred.person == computer.caller.person) {
            if page.cursor >= barred.from && barred.until.is_none_or(|until| page.cursor < until) {
                let (own, right) =
                    (Feed::Child(barred.child).to_string(), format!("child/{}/", barred.child));
                let theirs = format!("own/{}/", barred.child);
                let of_child =
                    |feed: &str| feed == own || [&right, &theirs].iter().any(|of| feed.starts_with(*of));
                let kept = standing.iter().find(|(feed, _)| of_child(feed));
                assert_eq!(kept, None, "{} is kept away from {} and holds it", computer.name, barred.child);
            }
        }
    }

    /// Exactly what the person may see, and all of it.
    pub(super) fn check_same(&self, who: usize) {
        let (computer, server) = (&self.computers[who], self.server.as_ref().unwrap());
        let mut held: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
        for (feed, row) in computer.standing() {
            held.entry(row).or_default().push(feed);
        }
        let rows: BTreeMap<Uuid, (String, u64, String)> =
            computer.rows().into_iter().map(|(id, kind, rev, body)| (id, (kind, rev, body))).collect();
        let seen = visible(server, computer);
        for (id, (row, feeds)) in &seen {
            let Some(kept) = rows.get(id) else {
                assert!(is_past(server, computer, row), "{} misses {} {id}", computer.name, row.0);
                continue;
            };
            assert_eq!(kept, row, "{} has an older {}", computer.name, row.0);
            assert_eq!(held.get(id), Some(feeds), "{} and the feeds of {} {id}", computer.name, row.0);
        }
        for (id, (kind, ..)) in &rows {
            assert!(seen.contains_key(id), "{} holds {kind} {id}, which it may not see", computer.name);
        }
        let mut feeds = computer.replica().read(|s| s.feeds()).unwrap();
        feeds.sort_unstable();
        let may: Vec<Feed> = server.entitled(computer.caller.person).into_iter().collect();
        assert_eq!(feeds, may, "{} holds other feeds than it may", computer.name);
    }
}

type Seen = BTreeMap<Uuid, ((String, u64, String), Vec<String>)>;

/// Every row that stands in a feed this person may hold, with those feeds.
fn visible(server: &Server, computer: &Computer) -> Seen {
    let mut seen = Seen::new();
    for feed in server.entitled(computer.caller.person) {
        let rows = server
            .ledger
            .look(|session| {
                session.rows(
                    "SELECT row.id, row.kind, row.rev, row.body FROM feed_row JOIN row ON row.id = feed_row.row
                     WHERE feed_row.feed = $1 AND feed_row.present = 1",
                    &[Arg::Text(&feed.to_string())],
                )
            })
            .unwrap();
        for row in &rows {
            let body: serde_json::Value = serde_json::from_str(row.text(3)).unwrap();
            let whole = (row.text(1).to_owned(), u64::try_from(row.int(2)).unwrap(), body.to_string());
            seen.entry(row.uuid(0)).or_insert((whole, Vec::new())).1.push(feed.to_string());
        }
    }
    seen.values_mut().for_each(|(_, feeds)| feeds.sort_unstable());
    seen
}

/// Who joined after a notice went out need not have it.
fn is_past(server: &Server, computer: &Computer, row: &(String, u64, String)) -> bool {
    let joined = server.row::<Person>(computer.caller.person).and_then(|person| person.joined);
    if row.0 == "recall" {
        let recall = serde_json::from_str::<Recall>(&row.2);
        return recall.is_ok_and(|recall| !recall.concerns(joined));
    }
    row.0 == "notice"
        && serde_json::from_str::<Notice>(&row.2).is_ok_and(|notice| match notice.state {
            xinmei_model::NoticeState::Sent { at } => joined.is_none_or(|joined| joined > at),
            _ => false,
        })
}
