//! What was published is not as it was: bookings that change, sessions that move, fewer seats, and what is called off.

use xinmei_model::{
    Act, Actor, Booking, BookingAnswer, BookingChange, BookingState, Change, Child, Cut, EventDraft, Feed,
    FieldKind, FormField, Id, Kind, Proxy, Refusal, Relation, Right,
};

use crate::world::{World, open_day::*, people::*, plans::*};

/// The booking as it stands, with others who come.
pub fn change(world: &World, booking: Id<Booking>, children: &[Id<Child>], adults: u32) -> Act {
    let (children, answers) = (children.to_vec(), vec![]);
    let generation = world.get(booking).generation;
    let (wishes, on_behalf_of) = (vec![], None);
    Act::ChangeBooking(BookingChange { booking, children, adults, answers, wishes, generation, on_behalf_of })
}

impl Scene {
    pub fn seats_are(&mut self, capacity: u32, cut: Option<Cut>) -> Result<Vec<Change>, Refusal> {
        let act = Act::SetCapacity { session: self.session, capacity, cut };
        self.world.act(self.desk.actor(), &act)
    }

    /// The event as a coordinator would send it back.
    pub fn draft(&mut self) -> EventDraft {
        let session = self.world.get(self.session);
        let event = self.world.get(session.event);
        EventDraft {
            id: event.id,
            venue: event.venue,
            held_in: event.held_in,
            sessions: vec![xinmei_model::SessionDraft {
                id: session.id,
                name: session.name,
                starts: session.starts,
                ends: session.ends,
                capacity: session.capacity,
                pool: session.pool,
                held_in: None,
                eligible: session.eligible,
                first_timers: session.first_timers,
                holds: session.holds,
            }],
            ..self.world.event_draft(event.place, &[1])
        }
    }

    pub fn changes_to(
        &mut self,
        version: u32,
        alter: impl FnOnce(&mut EventDraft),
    ) -> Result<Vec<Change>, Refusal> {
        let mut event = self.draft();
        alter(&mut event);
        self.world.act(self.desk.actor(), &Act::change_event(event, version))
    }

    #[track_caller]
    fn does_change(&mut self, who: Actor, (booking, children, adults): (Id<Booking>, &[Id<Child>], u32)) {
        let act = change(&self.world, booking, children, adults);
        self.world.does(who, &act);
    }

    #[track_caller]
    fn refuses_change(
        &self,
        who: Actor,
        (booking, children, adults): (Id<Booking>, &[Id<Child>], u32),
    ) -> Refusal {
        self.world.refuses(who, &change(&self.world, booking, children, adults))
    }

    pub fn children_of(&self, booking: Id<Booking>) -> Vec<Id<Child>> {
        let mut children: Vec<_> = self.world.seats(booking).iter().map(|seat| seat.child).collect();
        children.sort();
        children
    }
}

#[test]
fn fewer_people_free_seats_for_who_waits_and_more_come_only_where_there_is_room() {
    let mut scene = scene(|_| {});
    scene.seats_are(3, None).unwrap();
    let line = scene.line(&[2, 1, 1]);
    let child = scene.children_of(line[0].1);
    assert_eq!(scene.world.state(line[2].1), BookingState::Waiting);
    let before = scene.world.contents();
    assert_eq!(scene.refuses_change(guardian(line[0].0), (line[0].1, &child, 3)), Refusal::Full);
    assert_eq!(scene.world.contents(), before, "what cannot be had leaves the booking as it was");
    scene.does_change(guardian(line[0].0), (line[0].1, &child, 1));
    assert_eq!(scene.world.get(line[0].1).size, 1);
    assert!(matches!(scene.world.state(line[2].1), BookingState::Offered { .. }));
    assert_eq!(scene.world.allotment(scene.session.uuid()).used, 3);
}

#[test]
fn who_waits_for_fewer_keeps_the_place_and_who_waits_for_more_goes_to_the_end() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[2, 2, 1]);
    let [first, second] = [line[1].1, line[2].1].map(|id| scene.children_of(id));
    scene.does_change(guardian(line[1].0), (line[1].1, &first, 1));
    let order: Vec<_> = scene.world.bookings(scene.session).iter().map(|it| it.id).collect();
    assert_eq!(order, [line[0].1, line[1].1, line[2].1]);
    scene.does_change(guardian(line[1].0), (line[1].1, &first, 2));
    let order: Vec<_> = scene.world.bookings(scene.session).iter().map(|it| it.id).collect();
    assert_eq!(order, [line[0].1, line[2].1, line[1].1]);
    assert_eq!(scene.refuses_change(guardian(line[2].0), (line[2].1, &second, 3)), Refusal::Full);
    scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    assert!(matches!(scene.world.state(line[2].1), BookingState::Offered { .. }));
}

#[test]
fn the_head_of_the_line_that_asks_for_fewer_is_offered_them_at_once() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[1, 2]);
    let children = scene.children_of(line[1].1);
    scene.does_change(guardian(line[1].0), (line[1].1, &children, 1));
    let booking = scene.world.get(line[1].1);
    assert!(matches!(booking.state, BookingState::Offered { .. }), "{booking:?}");
    assert_eq!((booking.size, booking.adults), (1, 1));
}

#[test]
fn a_child_that_comes_no_more_leaves_the_booking_its_lists_and_its_feeds() {
    let mut scene = scene(|event| {
        event.seat_rule = xinmei_model::SeatRule::Children;
        event.sessions[0].capacity = 4;
    });
    let class = scene.world.get(scene.child).class().unwrap();
    let [brother, sister] = ["李雨泽", "李雨欣"].map(|name| {
        let child = scene.world.child(name, class);
        scene.world.link(scene.mother, child, Relation::Mother, PARENT);
        child
    });
    let booking = scene.world.signs_up(scene.mother, scene.session, &[scene.child, brother], 0);
    let seat = scene.world.seats(booking).into_iter().find(|seat| seat.child == scene.child).unwrap();
    scene.does_change(guardian(scene.mother), (booking, &[brother, sister], 0));
    assert_eq!(scene.children_of(booking), [brother, sister]);
    assert!(scene.world.get(seat.id).gone);
    assert_eq!(scene.world.feeds(seat.id), [].into());
    let feeds = scene.world.feeds(booking);
    assert!(!feeds.contains(&Feed::ChildRight(scene.child, Right::Decide)));
    assert!(feeds.contains(&Feed::ChildRight(sister, Right::Decide)));
    // And may come again, in a booking of its own.
    let again = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 0);
    assert_eq!(scene.children_of(again), [scene.child]);
    assert!(!scene.world.get(seat.id).gone);
    let refused = scene.refuses_change(guardian(scene.mother), (booking, &[brother, scene.child], 0));
    assert_eq!(refused, Refusal::AlreadyBooked { booking: again.uuid() });
}

#[test]
fn who_may_not_decide_changes_nothing_and_who_phoned_is_entered() {
    let mut scene = scene(|_| {});
    let booking = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 2);
    let (other, their) = scene.family("甲");
    let act = change(&scene.world, booking, &[scene.child], 1);
    assert_eq!(
        scene.world.refuses(guardian(other), &act),
        Refusal::NotFound { what: Kind::Booking.name().into() }
    );
    let stolen = change(&scene.world, booking, &[scene.child, their], 1);
    let unknown = Refusal::NotFound { what: Kind::Child.name().into() };
    assert_eq!(scene.world.refuses(guardian(scene.mother), &stolen), unknown);
    let wish = BookingChange {
        booking,
        children: vec![scene.child],
        adults: 1,
        answers: vec![],
        wishes: vec![],
        generation: 0,
        on_behalf_of: Some(Proxy::new(scene.mother, "妈妈来电")),
    };
    scene.world.does(scene.desk.actor(), &Act::ChangeBooking(wish));
    let booking = scene.world.get(booking);
    assert_eq!(booking.entered.map(|entered| entered.note), Some("妈妈来电".into()));
}

#[test]
fn after_the_deadline_only_staff_make_it_fewer_and_nobody_makes_it_more() {
    let mut scene = scene(|_| {});
    let booking = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
    scene.seats_are(4, None).unwrap();
    scene.world.now = at("2026-10-12T19:00").timestamp();
    let more = change(&scene.world, booking, &[scene.child], 2);
    let closed = |since| Refusal::Closed { since: at(since) };
    assert_eq!(scene.world.refuses(guardian(scene.mother), &more), closed("2026-10-12T18:00"));
    scene.world.now = at("2026-10-12T12:00").timestamp();
    scene.world.does(guardian(scene.mother), &more);
    scene.world.now = at("2026-10-12T20:00").timestamp();
    let fewer = change(&scene.world, booking, &[scene.child], 1);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &fewer), closed("2026-10-12T20:00"));
    scene.world.now = at("2026-10-13T09:00").timestamp();
    let started = Refusal::Started { since: at("2026-10-13T09:00") };
    assert_eq!(scene.world.refuses(guardian(scene.mother), &fewer), started);
}

#[test]
fn questions_are_answered_beside_how_they_were_asked() {
    let question = |label: &str, value, required| FormField { label: label.into(), value, required };
    let yes_no = FieldKind::Choice { choices: vec!["会".into(), "不会".into()] };
    let mut scene = scene(|event| {
        event.questions =
            vec![question("会晕车吗", yes_no.clone(), true), question("其他", FieldKind::Text, false)];
    });
    let malformed = |field: &str| Refusal::Malformed { field: field.into() };
    // Who answered what was asked before is told.
    assert_eq!(scene.refused(1), Refusal::ChangedMeanwhile);
    let with = |scene: &mut Scene, answers: [&str; 2]| {
        let beside = ["会晕车吗", "其他"].into_iter().zip(answers);
        let answers = beside
            .map(|(question, answer)| BookingAnswer { question: question.into(), answer: answer.into() });
        xinmei_model::SignUp { answers: answers.collect(), ..scene.wish(1) }
    };
    let wish = with(&mut scene, ["", "对花生过敏"]);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &Act::SignUp(wish)), malformed("会晕车吗"));
    let wish = with(&mut scene, ["会", "对花生过敏"]);
    let booking = wish.booking;
    scene.world.does(guardian(scene.mother), &Act::SignUp(wish));
    // What was asked stays beside what was answered, whatever is asked later.
    scene.changes_to(0, |event| event.questions.clear()).unwrap();
    let answers = scene.world.get(booking).answers;
    let words: Vec<_> = answers.iter().map(|it| (it.question.as_str(), it.answer.as_str())).collect();
    assert_eq!(words, [("会晕车吗", "会"), ("其他", "对花生过敏")]);
    let file = vec![question("证件", FieldKind::File, false)];
    assert_eq!(scene.changes_to(1, |event| event.questions = file), Err(malformed("questions")));
}

#[test]
fn a_series_is_taken_as_often_as_it_says_and_no_session_twice() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let (_, sessions) = world.event_with(desk, &[5, 5, 5], |event| event.child_limit = 2);
    let booking = world.signs_up(mother, sessions[0], &[child], 1);
    let wish = |world: &mut World, session| Act::SignUp(world.wish(sessions[session], &[child], 1));
    let twice = wish(&mut world, 0);
    assert_eq!(world.refuses(guardian(mother), &twice), Refusal::AlreadyBooked { booking: booking.uuid() });
    let second = wish(&mut world, 1);
    world.does(guardian(mother), &second);
    let third = wish(&mut world, 2);
    assert_eq!(world.refuses(guardian(mother), &third), Refusal::ChildLimit { limit: 2 });
    // A session that was called off is as if it had not been taken.
    let off = Act::CancelSession { session: sessions[1], reason: "老师外出".into() };
    world.does(desk.actor(), &off);
    world.does(guardian(mother), &third);
}

#[test]
fn a_session_for_one_grade_takes_no_other() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let (second, third) = (world.class(2025, 1), world.class(2024, 2));
    let child = world.child("李雨桐", third);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let only = world.grade_of(second);
    let (_, sessions) = world.event_with(desk, &[5, 5], |event| event.sessions[0].eligible = vec![only]);
    let wish = world.wish(sessions[0], &[child], 1);
    assert_eq!(world.refuses(guardian(mother), &Act::SignUp(wish)), Refusal::NotEligible);
    world.signs_up(mother, sessions[1], &[child], 1);
}

#[test]
fn a_stepfather_brings_no_child_of_his_own_into_the_mothers_booking() {
    let mut scene = scene(|_| {});
    scene.seats_are(9, None).unwrap();
    let class = scene.world.get(scene.child).class().unwrap();
    let his = scene.world.child("陈一诺", class);
    let stepfather = scene.world.guardian("陈刚").of(his, Relation::Father, PARENT).id();
    scene.world.link(stepfather, scene.child, Relation::Other, PARENT);
    let booking = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
    // She could give nothing back any more.
    let refused = scene.refuses_change(guardian(stepfather), (booking, &[scene.child, his], 1));
    assert_eq!(refused, Refusal::NoRight { right: Right::Decide });
    scene.does_change(guardian(stepfather), (booking, &[scene.child], 2));
    scene.world.signs_up(stepfather, scene.session, &[his], 1);
}

#[test]
fn a_session_for_first_timers_takes_no_child_who_came_to_the_programme_before() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let [came, waited, new] = ["李雨桐", "王梓轩", "陈一诺"].map(|name| {
        let child = world.child(name, class);
        (world.guardian(name).of(child, Relation::Mother, PARENT).id(), child)
    });
    let (_, before) = world.event(desk, &[1]);
    world.signs_up(came.0, before[0], &[came.1], 1);
    world.signs_up(waited.0, before[0], &[waited.1], 1);
    let later = |event: &mut EventDraft| {
        event.closes = at("2026-10-19T18:00");
        for session in &mut event.sessions {
            (session.starts, session.ends) = (at("2026-10-20T09:00"), at("2026-10-20T10:00"));
            session.first_timers = true;
        }
    };
    let (_, same) = world.event_with(desk, &[9], later);
    let (_, other) = world.event_with(desk, &[9], |event| {
        later(event);
        event.programme = "馆校合作".into();
    });
    // Until it has begun nobody has come to it.
    let wish = |world: &mut World, child| Act::SignUp(world.wish(same[0], &[child], 1));
    let early = wish(&mut world, came.1);
    world.clone().does(guardian(came.0), &early);
    world.now = at("2026-10-13T09:00").timestamp();
    assert_eq!(world.refuses(guardian(came.0), &early), Refusal::NotFirstTime);
    for (who, child) in [waited, new] {
        let act = wish(&mut world, child);
        world.does(guardian(who), &act);
    }
    world.signs_up(came.0, other[0], &[came.1], 1);
}

#[test]
fn of_two_guardians_who_change_one_booking_the_second_is_told() {
    let mut scene = scene(|_| {});
    scene.seats_are(9, None).unwrap();
    let booking = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 2);
    let fewer = change(&scene.world, booking, &[scene.child], 1);
    scene.does_change(guardian(scene.mother), (booking, &[scene.child], 4));
    assert_eq!(scene.world.refuses(guardian(scene.mother), &fewer), Refusal::ChangedMeanwhile);
    assert_eq!(scene.world.get(booking).adults, 4);
}

#[test]
fn a_limit_that_became_lower_stands_in_nobodys_way_who_asks_for_no_more() {
    let mut scene = scene(|_| {});
    scene.seats_are(9, None).unwrap();
    let booking = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 4);
    scene.changes_to(0, |event| event.family_limit = 2).unwrap();
    let refused = scene.refuses_change(guardian(scene.mother), (booking, &[scene.child], 5));
    assert_eq!(refused, Refusal::FamilyLimit { limit: 2 });
    scene.does_change(guardian(scene.mother), (booking, &[scene.child], 3));
    assert_eq!(scene.world.get(booking).size, 3);
}
