//! Who was called came, phones that were away, and buses that are planned otherwise.

use xinmei_model::{Act, BookingState, Bus, BusMove, Refusal, TripMarking, TripPlan};

use super::{Scene, at, guardian, plan, scene, withdraw};

fn called() -> Scene {
    let mut s = scene();
    s.plans(plan());
    s.books();
    s.morning();
    s
}

#[test]
fn whoever_is_on_the_bus_keeps_the_seat() {
    let mut s = scene();
    s.plans(plan());
    let [family, other] = s.books();
    s.world.does(s.desk.actor(), &Act::OpenCheckIn { event: s.event });
    s.morning();
    s.world.does(s.desk.actor(), &s.marking(0, s.child, true, 0));
    s.world.does(s.desk.actor(), &s.marking(0, s.other, false, 0));
    let refused = s.world.refuses(guardian(s.mother), &withdraw(family));
    assert_eq!(refused, Refusal::AlreadyIn { gate_name: "出发前".into(), at: s.world.now });
    s.world.now = at("2026-10-13T09:30").timestamp();
    s.world.does(s.desk.actor(), &Act::ReleaseNoShows { session: s.session, families: 1 });
    assert_eq!(s.world.state(family), BookingState::Confirmed);
    assert_eq!(s.world.state(other), BookingState::Released);
    assert!(s.line(s.child).is_some() && s.line(s.other).is_none());
}

#[test]
fn a_second_tap_without_a_network_has_not_read_what_another_phone_said() {
    let mut s = called();
    s.world.does(s.desk.actor(), &s.marking(0, s.child, true, 0));
    // The teacher's phone has heard nothing of it: all of its taps replace nothing of the school's.
    assert!(s.world.does(s.teacher.actor(), &s.marking(0, s.child, true, 0)).is_empty());
    s.world.does(s.teacher.actor(), &s.marking(0, s.child, false, 0));
    let mark = s.mark(0, s.child);
    assert!(!mark.said.here && mark.against.is_some_and(|other| other.here && other.by == s.desk.person));
    // It corrects itself, and agrees with the desk.
    s.world.does(s.teacher.actor(), &s.marking(0, s.child, true, 0));
    let mark = s.mark(0, s.child);
    assert!(mark.said.here && mark.said.by == s.desk.person && mark.against.is_none());
    assert!(mark.earlier.iter().any(|one| !one.here && one.by == s.teacher.person));

    // Alone, one's own taps follow each other.
    s.world.does(s.teacher.actor(), &s.marking(1, s.child, false, 0));
    s.world.does(s.teacher.actor(), &s.marking(1, s.child, true, 0));
    let mark = s.mark(1, s.child);
    assert!(mark.said.here && mark.against.is_none() && mark.version == 2);
}

#[test]
fn why_a_child_is_not_here_is_kept_where_two_say_so() {
    let mut s = called();
    let says = |s: &Scene, note: &str| {
        let Act::MarkTrip(wish) = s.marking(0, s.child, false, 0) else { panic!("a mark") };
        Act::MarkTrip(TripMarking { note: note.into(), ..wish })
    };
    s.world.does(s.desk.actor(), &says(&s, ""));
    s.world.does(s.teacher.actor(), &says(&s, "奶奶接走了"));
    let mark = s.mark(0, s.child);
    assert_eq!((mark.said.note.as_str(), mark.said.here, mark.against), ("奶奶接走了", false, None));
    assert!(s.world.does(s.desk.actor(), &says(&s, "")).is_empty());
    s.world.does(s.desk.actor(), &says(&s, "发烧"));
    let mark = s.mark(0, s.child);
    assert_eq!(mark.said.note, "奶奶接走了");
    assert!(mark.earlier.iter().any(|one| one.note == "发烧"));
}

#[test]
fn whom_somebody_put_on_a_bus_stays_on_it_where_buses_are_planned_otherwise() {
    let mut s = scene();
    s.plans(plan());
    s.books();
    let wish = BusMove { session: s.session, child: s.child, bus: Some(1) };
    s.world.does(s.desk.actor(), &Act::MoveBus(wish));
    for (names, bus) in [
        (&["2 号车"][..], Some(0)),
        (&["校车"][..], Some(0)),
        (&["大巴", "校车"][..], Some(1)),
        (&["面包车"][..], None),
        (&["面包车", "校车"][..], None),
    ] {
        let bus_of = |name: &&str| Bus { name: (*name).into(), seats: 30 };
        s.plans(TripPlan { buses: names.iter().map(bus_of).collect(), ..plan() });
        assert_eq!(s.line(s.child).unwrap().bus, bus, "{names:?}");
    }
}
