//! What a change of an event leaves open: an older device does not empty what it has never heard of.

use xinmei_model::{
    Act, Event, EventField, FieldKind, FormField, HeldFor, Hold, Id, Lesson, List, Look, Session,
};

use crate::{
    courses,
    venues::{hall, put},
    world::{World, people::*, plans::*},
};

struct Scene {
    world: World,
    desk: Staff,
    event: Id<Event>,
}

/// An event of which everything is said, with one session of which everything is said.
fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let desk = world.coordinator(world.campus);
    let (here, there, course) = (world.fresh(), world.fresh(), world.fresh());
    for venue in [here, there] {
        let act = put(venue, hall(&world, 60));
        world.does(desk.actor(), &act);
    }
    let draft = courses::draft(world.campus);
    world.does(desk.actor(), &courses::put(course, draft, 0));
    let hold = Hold {
        id: world.fresh(),
        of: HeldFor::Places { places: vec![class] },
        seats: 5,
        until: at("2026-10-13T08:00"),
    };
    let (event, _) = world.event_with(desk, &[30, 30], |event| {
        event.held_in = Some(here);
        event.tags = vec!["六大工程".into()];
        (event.child_limit, event.child_seats) = (2, Some(3));
        event.questions =
            vec![FormField { label: "几人用餐".into(), value: FieldKind::Number, required: true }];
        event.look = Look::Green;
        event.lesson = Some(Lesson { course, speakers: "周敏".into() });
        let session = &mut event.sessions[0];
        session.held_in = Some(there);
        session.eligible = vec![class];
        session.first_timers = true;
        session.holds = vec![hold];
    });
    Scene { world, desk, event }
}

/// The keys a device of the first version knows nothing of.
const OF_EVENT: [&str; 7] = ["held_in", "tags", "child_limit", "child_seats", "questions", "look", "lesson"];
const OF_SESSION: [&str; 4] = ["held_in", "eligible", "first_timers", "holds"];

impl Scene {
    fn rows(&self) -> (Event, Vec<Session>) {
        (self.world.get(self.event), self.world.list(List::SessionsOf(self.event)))
    }

    /// What such a device sends that changes the title, with this said beside it.
    fn change(&mut self, clears: &[EventField], venue: Option<&str>) -> Act {
        let (event, _) = self.rows();
        let act = crate::venues::change(&mut self.world, self.event, |draft| draft.title = "第三届".into());
        let mut act = serde_json::to_value(act).unwrap();
        act["clears"] = serde_json::to_value(clears).unwrap();
        act["event"]["venue"] = venue.unwrap_or(&event.venue).into();
        OF_EVENT.iter().for_each(|key| drop(act["event"].as_object_mut().unwrap().remove(*key)));
        for session in act["event"]["sessions"].as_array_mut().unwrap() {
            OF_SESSION.iter().for_each(|key| drop(session.as_object_mut().unwrap().remove(*key)));
        }
        if clears.is_empty() {
            act.as_object_mut().unwrap().remove("clears");
        }
        serde_json::from_value(act).unwrap()
    }

    fn does(&mut self, act: &Act) {
        self.world.does(self.desk.actor(), act);
    }
}

#[test]
fn what_an_older_device_does_not_know_stands() {
    let mut s = scene();
    let (before, sessions) = s.rows();
    let act = s.change(&[], None);
    s.does(&act);
    let (after, same) = s.rows();
    assert_eq!(after, Event { title: "第三届".into(), version: before.version + 1, ..before });
    assert_eq!(same, sessions);
}

#[test]
fn what_is_said_to_be_empty_is() {
    type Change = fn(&mut Event);
    let of_event: [(EventField, Change); 6] = [
        (EventField::Tags, |event| event.tags.clear()),
        (EventField::ChildLimit, |event| event.child_limit = 1),
        (EventField::ChildSeats, |event| event.child_seats = None),
        (EventField::Questions, |event| event.questions.clear()),
        (EventField::Look, |event| event.look = Look::Plain),
        (EventField::Lesson, |event| event.lesson = None),
    ];
    for (field, change) in of_event {
        let mut s = scene();
        let (mut want, sessions) = s.rows();
        let act = s.change(&[field], None);
        s.does(&act);
        change(&mut want);
        let (after, same) = s.rows();
        assert_eq!(after, Event { title: "第三届".into(), version: 1, ..want }, "{field:?}");
        assert_eq!(same, sessions);
    }
    type ChangeOf = fn(&mut Session, &Event);
    let of_session: [(EventField, ChangeOf); 4] = [
        (EventField::SessionHeldIn, |session, event| session.held_in = event.held_in),
        (EventField::SessionEligible, |session, _| session.eligible.clear()),
        (EventField::SessionFirstTimers, |session, _| session.first_timers = false),
        (EventField::SessionHolds, |session, _| session.holds.clear()),
    ];
    for (field, change) in of_session {
        let mut s = scene();
        let (before, mut want) = s.rows();
        let act = s.change(&[field], None);
        s.does(&act);
        change(&mut want[0], &before);
        let (after, mut sessions) = s.rows();
        assert_eq!(after, Event { title: "第三届".into(), version: 1, ..before });
        sessions[0].venues.clear();
        assert_eq!(sessions, want, "{field:?}");
    }
}

#[test]
fn who_writes_another_place_means_it() {
    let mut s = scene();
    let (before, sessions) = s.rows();
    let act = s.change(&[], Some("操场"));
    s.does(&act);
    let (after, now) = s.rows();
    assert_eq!((after.venue.as_str(), after.held_in), ("操场", None));
    assert_eq!(after.venues.last().unwrap().held_in, before.held_in);
    // The session with a venue of its own stays there, the other goes along.
    assert_eq!((now[0].held_in, now[1].held_in), (sessions[0].held_in, None));
}

#[test]
fn a_window_says_all_it_leaves_open() {
    let mut world = World::school();
    let draft = world.event_draft(world.campus, &[1]);
    let Act::ChangeEvent { clears, .. } = Act::change_event(draft, 0) else { panic!("a change") };
    assert_eq!(clears.len(), OF_EVENT.len() + OF_SESSION.len());
    let mut s = scene();
    let (event, sessions) = s.rows();
    let act = crate::venues::change(&mut s.world, s.event, |draft| draft.tags = vec!["三礼".into()]);
    s.does(&act);
    let (after, now) = s.rows();
    assert_eq!((after.tags, after.look, after.lesson), (vec!["三礼".to_owned()], Look::Plain, None));
    assert_eq!((after.held_in, now), (event.held_in, sessions));
}
