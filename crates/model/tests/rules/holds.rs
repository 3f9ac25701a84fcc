//! Seats that are kept for some families until a moment.

use xinmei_model::{
    Act, BookingState, HeldFor, Hold, Id, Person, Proxy, Refusal, Relation, RoleKind, SignUp,
};

use crate::world::{World, open_day::*, people::*, plans::*};

/// Five seats, two of them kept until three in the afternoon.
fn kept(of: HeldFor) -> Scene {
    let mut ids = World::school();
    let id = ids.fresh();
    scene(|event| {
        event.sessions[0].capacity = 5;
        event.sessions[0].holds = vec![Hold { id, of, seats: 2, until: at("2026-10-12T15:00") }];
    })
}

impl Scene {
    /// A guardian of two children.
    fn of_two(&mut self, name: &str) -> (Id<Person>, [Id<xinmei_model::Child>; 2]) {
        let class = self.world.get(self.child).class().unwrap();
        let children = ["大宝", "二宝"].map(|child| self.world.child(child, class));
        let who = self.world.person(name);
        for child in children {
            self.world.link(who, child, Relation::Mother, PARENT);
        }
        (who, children)
    }

    fn books(&mut self, name: &str, adults: u32) -> BookingState {
        let (who, child) = self.family(name);
        let booking = self.world.signs_up(who, self.session, &[child], adults);
        self.world.state(booking)
    }

    fn left(&self) -> Option<u32> {
        self.world
            .allotment(self.session.uuid())
            .holds
            .first()
            .map(|held| held.seats.saturating_sub(held.used))
    }
}

#[test]
fn nobody_else_comes_below_what_is_kept() {
    let mut scene = kept(HeldFor::Siblings);
    assert_eq!(scene.books("甲", 2), BookingState::Confirmed);
    assert_eq!(scene.books("乙", 2), BookingState::Waiting, "one seat is for everybody, two are kept");
    let (who, [child, _]) = scene.of_two("丙");
    let booking = scene.world.signs_up(who, scene.session, &[child], 2);
    assert_eq!(scene.world.state(booking), BookingState::Confirmed, "theirs are not behind the line");
    assert_eq!(scene.left(), Some(0));
    assert_eq!(scene.books("丁", 1), BookingState::Waiting);
}

#[test]
fn whom_seats_are_kept_for_may_have_all_the_others_too() {
    let mut scene = kept(HeldFor::Siblings);
    for (name, adults) in [("甲", 3), ("乙", 2)] {
        let (who, [child, _]) = scene.of_two(name);
        let booking = scene.world.signs_up(who, scene.session, &[child], adults);
        assert_eq!(scene.world.state(booking), BookingState::Confirmed, "{name}");
    }
}

#[test]
fn seats_that_are_given_back_are_kept_again() {
    let mut scene = kept(HeldFor::Siblings);
    let (who, [child, _]) = scene.of_two("甲");
    let booking = scene.world.signs_up(who, scene.session, &[child], 2);
    assert_eq!(
        (scene.books("乙", 2), scene.books("丙", 2)),
        (BookingState::Confirmed, BookingState::Waiting)
    );
    scene.world.does(guardian(who), &withdraw(booking));
    assert_eq!(scene.left(), Some(2));
    let bookings = scene.world.bookings(scene.session);
    assert_eq!(bookings[2].state, BookingState::Waiting, "they are not for who waits");
    let (who, [child, _]) = scene.of_two("丁");
    let next = scene.world.signs_up(who, scene.session, &[child], 2);
    assert_eq!(scene.world.state(next), BookingState::Confirmed);
}

#[test]
fn what_nobody_took_goes_to_who_waits_when_the_time_is_over() {
    let mut scene = kept(HeldFor::Staff);
    assert_eq!(
        (scene.books("甲", 3), scene.books("乙", 2)),
        (BookingState::Confirmed, BookingState::Waiting)
    );
    scene.world.now = at("2026-10-12T14:59").timestamp();
    scene.world.fire_due();
    assert_eq!(scene.left(), Some(2));
    scene.world.now = at("2026-10-12T15:00").timestamp();
    scene.world.fire_due();
    assert_eq!(scene.left(), Some(0));
    let bookings = scene.world.bookings(scene.session);
    assert!(matches!(bookings[1].state, BookingState::Offered { .. }));
}

#[test]
fn each_hold_is_for_whom_it_says() {
    let mut scene = kept(HeldFor::Staff);
    scene.books("甲", 3);
    let teacher = {
        let (who, child) = scene.family("老师妈妈");
        let campus = scene.world.campus;
        scene.world.role(who, RoleKind::ClassTeacher, campus);
        scene.world.signs_up(who, scene.session, &[child], 1)
    };
    assert_eq!(scene.world.state(teacher), BookingState::Confirmed);

    let mut scene = kept(HeldFor::Phoned);
    scene.books("甲", 3);
    let (who, child) = scene.family("乙");
    let on_behalf_of = Some(Proxy::new(who, "妈妈来电"));
    let wish = SignUp { on_behalf_of, ..scene.world.wish(scene.session, &[child], 1) };
    let booking = wish.booking;
    scene.world.does(scene.desk.actor(), &Act::SignUp(wish));
    assert_eq!(scene.world.state(booking), BookingState::Confirmed);
    assert_eq!(scene.books("丙", 1), BookingState::Waiting);
}

#[test]
fn a_class_may_have_seats_of_its_own() {
    let mut scene = scene(|_| {});
    let nowhere = scene.world.fresh();
    let grade = scene.world.grade_of(scene.world.get(scene.child).class().unwrap());
    let hold = |scene: &mut Scene, places| {
        let of = HeldFor::Places { places };
        vec![Hold { id: scene.world.fresh(), of, seats: 1, until: at("2026-10-12T15:00") }]
    };
    let elsewhere = hold(&mut scene, vec![nowhere]);
    scene.changes_to(0, |event| event.sessions[0].holds = elsewhere).unwrap_err();
    let here = hold(&mut scene, vec![grade]);
    scene.changes_to(0, |event| event.sessions[0].holds = here).unwrap();
    let (who, child) = scene.family("甲");
    let booking = scene.world.signs_up(who, scene.session, &[child], 2);
    assert_eq!(scene.world.state(booking), BookingState::Confirmed);
    assert!(scene.world.get(booking).hold.is_some());
}

#[test]
fn seats_that_are_kept_no_more_by_a_change_go_to_who_waits() {
    let mut scene = kept(HeldFor::Staff);
    assert_eq!(
        (scene.books("甲", 3), scene.books("乙", 2)),
        (BookingState::Confirmed, BookingState::Waiting)
    );
    scene.changes_to(0, |event| event.sessions[0].holds = vec![]).unwrap();
    assert!(matches!(scene.world.bookings(scene.session)[1].state, BookingState::Offered { .. }));
}

#[test]
fn holds_that_make_no_sense_are_refused() {
    let mut scene = scene(|_| {});
    let mut refused = |field: &str, change: &dyn Fn(&mut Hold)| {
        let campus = scene.world.campus;
        let mut event = scene.world.event_draft(campus, &[5]);
        let mut hold =
            Hold { id: scene.world.fresh(), of: HeldFor::Staff, seats: 2, until: at("2026-10-12T15:00") };
        change(&mut hold);
        event.sessions[0].holds = vec![hold];
        let refusal = scene.world.refuses(scene.desk.actor(), &Act::PublishEvent { event });
        assert_eq!(refusal, Refusal::Malformed { field: field.into() });
    };
    refused("sessions.holds", &|hold| hold.seats = 0);
    refused("sessions.holds.seats", &|hold| hold.seats = 6);
    refused("sessions.holds.until", &|hold| hold.until = at("2026-10-13T09:00"));
    refused("sessions.holds.places", &|hold| hold.of = HeldFor::Places { places: vec![] });
}

#[test]
fn without_a_waitlist_seats_are_let_go_while_somebody_can_still_sign_up() {
    let mut scene = scene(|_| {});
    let campus = scene.world.campus;
    let mut event = scene.world.event_draft(campus, &[5]);
    event.waitlist = false;
    let id = scene.world.fresh();
    event.sessions[0].holds = vec![Hold { id, of: HeldFor::Staff, seats: 2, until: at("2026-10-12T18:00") }];
    let refusal = scene.world.refuses(scene.desk.actor(), &Act::PublishEvent { event });
    assert_eq!(refusal, Refusal::Malformed { field: "sessions.holds.until".into() });
}

#[test]
fn more_may_be_kept_than_is_free_and_nobody_stands_before_seats_that_are_nobodys() {
    let mut scene = kept(HeldFor::Siblings);
    assert_eq!(scene.books("甲", 3), BookingState::Confirmed);
    let phoned =
        Hold { id: scene.world.fresh(), of: HeldFor::Phoned, seats: 3, until: at("2026-10-12T15:00") };
    scene.changes_to(0, |event| event.sessions[0].holds.push(phoned)).unwrap();
    let (who, [child, _]) = scene.of_two("乙");
    let booking = scene.world.signs_up(who, scene.session, &[child], 2);
    assert_eq!(scene.world.state(booking), BookingState::Confirmed, "the first hold has what is free");
}

#[test]
fn a_hold_that_is_over_stays_written_down_whatever_else_is_changed() {
    let mut scene = kept(HeldFor::Siblings);
    scene.world.now = at("2026-10-12T15:00").timestamp();
    scene.world.fire_due();
    let plain = |event: &mut xinmei_model::EventDraft| {
        event.about = "请从东门进".into();
        event.sessions[0].holds = vec![];
    };
    scene.changes_to(0, plain).unwrap();
    assert_eq!(scene.world.get(scene.session).holds.len(), 1);
    let act = Act::CancelSession { session: scene.session, reason: "老师外出".into() };
    scene.world.does(scene.desk.actor(), &act);
    scene.changes_to(1, plain).unwrap();
    assert_eq!(scene.world.get(scene.session).holds.len(), 1);
}

#[test]
fn a_hold_that_is_made_longer_after_it_was_over_counts_whom_it_had() {
    let mut scene = kept(HeldFor::Siblings);
    let (who, [child, _]) = scene.of_two("甲");
    scene.world.signs_up(who, scene.session, &[child], 2);
    scene.world.now = at("2026-10-12T15:00").timestamp();
    scene.world.fire_due();
    scene.changes_to(0, |event| event.sessions[0].holds[0].until = at("2026-10-12T17:00")).unwrap();
    assert_eq!(scene.left(), Some(0), "its two seats are taken");
    assert_eq!(scene.books("乙", 3), BookingState::Confirmed);
}

#[test]
fn a_hold_that_is_over_keeps_nothing_although_its_timer_did_not_run() {
    let mut scene = kept(HeldFor::Staff);
    scene.books("甲", 3);
    scene.world.now = at("2026-10-12T15:00").timestamp();
    assert_eq!(scene.books("乙", 2), BookingState::Confirmed);
}
