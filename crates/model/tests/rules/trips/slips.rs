//! What becomes of slips that are replaced, sent early, or signed by who may not any more.

use xinmei_model::{Act, AnsweredBy, Ask, Audience, Change, NoticeDraft, Row, SlipState, Target};

use super::{guardian, plan, scene, withdraw};
use crate::world::people::link_id;

#[test]
fn what_was_signed_is_not_signed_once_it_is_replaced() {
    let mut s = scene();
    s.plans(plan());
    s.books();
    let old = s.slip(AnsweredBy::AnyGuardian);
    s.signs(s.mother, old, s.child, true, 0);
    s.signs(s.mother, old, s.sibling, false, 0);
    let audience = Audience { include: vec![Target::Event(s.event)], except: vec![] };
    let draft = s.world.notice_draft(audience);
    let notice = NoticeDraft { ask: Ask::Sign, supersedes: Some(old), ..draft };
    let new = notice.id;
    s.world.does(s.desk.actor(), &Act::SendNotice { notice });
    s.world.pass_minutes(2);
    let due = *s.world.timers.values().find(|due| due.subject == new.uuid()).unwrap();
    let changes = s.world.fire(due);
    let event = |change: &&Change| matches!(change, Change::Put { row: Row::Event(_), .. });
    assert_eq!(changes.iter().filter(event).count(), 1);
    assert_eq!(s.trip().slips.iter().map(|slip| slip.notice).collect::<Vec<_>>(), [new]);
    assert_eq!([s.child, s.sibling].map(|child| s.line(child).unwrap().slip), [None, None]);
}

#[test]
fn a_no_stands_for_who_gives_back_and_books_again() {
    let mut s = scene();
    s.plans(plan());
    let [family, _] = s.books();
    let slip = s.slip(AnsweredBy::AnyGuardian);
    s.signs(s.mother, slip, s.child, true, 0);
    s.world.does(guardian(s.mother), &withdraw(family));
    // The duty stays with the family: it says no while no child of it has a line.
    s.signs(s.mother, slip, s.child, false, 1);
    s.world.signs_up(s.mother, s.session, &[s.child], 1);
    assert_eq!(s.state(s.child), Some(SlipState::Refused));
}

#[test]
fn a_slip_that_was_sent_before_the_event_became_a_trip_counts() {
    let mut s = scene();
    s.books();
    let slip = s.slip(AnsweredBy::AnyGuardian);
    s.signs(s.mother, slip, s.child, true, 0);
    s.plans(plan());
    assert_eq!(s.trip().slips.iter().map(|slip| slip.notice).collect::<Vec<_>>(), [slip]);
    assert_eq!([s.child, s.other].map(|child| s.state(child)), [Some(SlipState::Signed), None]);
    assert!(!s.line(s.other).unwrap().came_late(&s.trip()), "its family was asked");
}

#[test]
fn each_slip_is_signed_by_itself_and_a_no_to_one_is_a_no() {
    let mut s = scene();
    s.plans(plan());
    s.books();
    let first = s.slip(AnsweredBy::AnyGuardian);
    s.signs(s.mother, first, s.child, true, 0);
    s.signs(s.mother, first, s.sibling, false, 0);
    let second = s.slip(AnsweredBy::AnyGuardian);
    assert_eq!([s.child, s.sibling].map(|child| s.state(child)), [None, Some(SlipState::Refused)]);
    s.signs(s.mother, second, s.child, true, 0);
    s.signs(s.mother, second, s.sibling, true, 0);
    let states = [s.child, s.sibling].map(|child| s.state(child));
    assert_eq!(states, [Some(SlipState::Signed), Some(SlipState::Refused)]);
}

#[test]
fn who_may_not_decide_any_more_has_signed_nothing() {
    let mut s = scene();
    s.plans(plan());
    s.books();
    let slip = s.slip(AnsweredBy::EachGuardian);
    s.signs(s.mother, slip, s.child, true, 0);
    assert_eq!(s.state(s.child), Some(SlipState::Half));
    s.world.bar(s.father, s.child);
    assert_eq!(s.state(s.child), Some(SlipState::Signed), "nobody else has to");
    let link = link_id(s.mother, s.child);
    let office = s.world.administrator().actor();
    s.world.does(office, &Act::SetRights { link, rights: vec![], barred: false });
    assert_eq!(s.state(s.child), None);
}
