//! A child that changes class is called by the staff of its new one.

use xinmei_model::{TripChild, TripMark, class_moved};

use super::{plan, scene};

#[test]
fn line_and_marks_follow_to_the_new_class() {
    let mut s = scene();
    s.plans(plan());
    s.books();
    s.world.now = s.world.get(s.session).starts.timestamp();
    let called = s.marking(0, s.child, true, 0);
    s.world.does(s.desk.actor(), &called);
    let (line, mark) = (TripChild::of(s.session, s.child), TripMark::of(s.session, 0, s.child));
    let sees = |s: &super::Scene| {
        let of = |who| (s.world.sees(who, line), s.world.sees(who, mark));
        (of(s.teacher.person), of(s.next_door.person))
    };
    assert_eq!(sees(&s), ((true, true), (false, false)));
    let next = s.line(s.other).unwrap().class.unwrap();
    s.world.transfer(s.child, next);
    let child = s.world.get(s.child);
    let changes = s.world.ask(|facts| class_moved(facts, &child)).unwrap();
    assert_eq!(changes.len(), 2);
    s.world.apply(changes);
    assert_eq!(sees(&s), ((false, false), (true, true)));
    // Nothing is left to follow.
    assert_eq!(s.world.ask(|facts| class_moved(facts, &child)), Ok(vec![]));
    // The new teacher calls it.
    let called = s.marking(1, s.child, true, 0);
    s.world.does(s.next_door.actor(), &called);
}
