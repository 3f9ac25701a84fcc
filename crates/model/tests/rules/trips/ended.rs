//! The end of a trip: nobody who was there on the way is forgotten.

use xinmei_model::{Act, Child, Id, Refusal, TripEnding, TripMarking, not_accounted_for};

use super::{Scene, plan, scene};
use crate::world::people::*;

fn gone() -> Scene {
    let mut s = scene();
    s.plans(plan());
    s.books();
    let starts = s.world.get(s.session).starts;
    s.world.now = starts.timestamp();
    s
}

impl Scene {
    fn ending(&self, reason: &str) -> Act {
        Act::EndTrip(TripEnding { session: self.session, reason: reason.into(), goes_on: false })
    }

    fn says(&mut self, stop: u32, child: Id<Child>, here: bool, note: &str) {
        let Act::MarkTrip(wish) = self.marking(stop, child, here, 0) else { panic!("a mark") };
        let wish = TripMarking { note: note.into(), ..wish };
        self.world.does(self.desk.actor(), &Act::MarkTrip(wish));
        self.world.pass_minutes(1);
    }

    fn ended(&self) -> bool {
        self.trip().ended(self.session).is_some()
    }
}

#[test]
fn who_was_there_on_the_way_is_accounted_for_first() {
    // What was said of the child: stop, there or not, why not; and whether the trip can be ended then.
    type Said = (u32, bool, &'static str);
    let cases: [(&[Said], bool); 9] = [
        (&[], true),
        (&[(0, false, "")], true),
        (&[(0, true, "")], false),
        (&[(0, true, ""), (2, true, "")], true),
        (&[(2, true, "")], true),
        (&[(0, true, ""), (1, true, "")], false),
        (&[(0, true, ""), (2, false, "")], false),
        (&[(0, true, ""), (2, false, "还在车上")], true),
        (&[(0, true, ""), (1, false, "奶奶在馆里接走了")], true),
    ];
    for (said, back) in cases {
        let mut s = gone();
        for (stop, here, note) in said {
            s.says(*stop, s.child, *here, note);
        }
        let act = s.ending(" ");
        if back {
            s.world.does(s.desk.actor(), &act);
        } else {
            assert_eq!(
                s.world.refuses(s.desk.actor(), &act),
                Refusal::NotAllBack { children: 1 },
                "{said:?}"
            );
        }
        assert_eq!(s.ended(), back, "{said:?}");
    }
}

#[test]
fn a_reason_stays_with_the_child_it_is_about() {
    let mut s = gone();
    for child in [s.child, s.other] {
        s.says(0, child, true, "");
    }
    s.says(2, s.other, true, "");
    let act = s.ending(" 妈妈在馆门口接走 ");
    s.world.does(s.desk.actor(), &act);
    let left = s.line(s.child).unwrap().left.unwrap();
    assert_eq!((left.reason.as_str(), left.by), ("妈妈在馆门口接走", s.desk.person));
    assert_eq!(s.line(s.other).unwrap().left, None);
    // It goes on after all, the child is called, and the words are of no account any more.
    let session = s.session;
    s.world.does(s.desk.actor(), &Act::EndTrip(TripEnding { session, reason: String::new(), goes_on: true }));
    assert!(!s.ended() && s.line(s.child).unwrap().left.is_none());
    s.says(2, s.child, true, "");
    let act = s.ending("");
    s.world.does(s.desk.actor(), &act);
    assert!(s.ended());
}

#[test]
fn nobody_is_called_after_the_end_and_what_was_written_before_counts() {
    let mut s = gone();
    s.says(0, s.child, true, "");
    s.says(2, s.child, true, "");
    let before = s.marking(2, s.child, false, 0);
    s.world.pass_minutes(5);
    let act = s.ending("");
    s.world.does(s.desk.actor(), &act);
    let since = s.trip().ended(s.session).unwrap();
    // Twice is once.
    assert_eq!(s.world.act(s.desk.actor(), &act), Ok(vec![]));
    s.world.pass_minutes(5);
    let after = s.marking(2, s.child, true, 0);
    assert_eq!(s.world.refuses(s.teacher.actor(), &after), Refusal::TripEnded { since });
    // A phone without a network said before the end that the child is not there: it is looked for.
    s.world.does(s.teacher.actor(), &before);
    let (mark, line) = (s.mark(2, s.child), s.line(s.child).unwrap());
    assert!(!mark.said.here && mark.against.is_some());
    let marks = [s.mark(0, s.child), mark];
    assert_eq!(not_accounted_for(&s.trip(), s.session, &[line], &marks), [s.child]);
    // A new plan does not open it.
    let mut more = plan();
    more.stops.push("放学".into());
    s.plans(more);
    assert!(s.ended());
}

#[test]
fn whoever_goes_along_ends_it_and_nobody_else() {
    let s = gone();
    let act = s.ending("");
    for actor in [s.teacher.actor(), guardian(s.mother)] {
        let refused = s.world.refuses(actor, &act);
        assert_eq!(refused, Refusal::NoPower { power: xinmei_model::Power::ManageEvents });
    }
    let mut early = scene();
    early.plans(plan());
    let refused = early.world.refuses(early.desk.actor(), &early.ending(""));
    assert!(matches!(refused, Refusal::NotOpenYet { .. }), "{refused:?}");
}
