//! What goes amiss in a draw: a session is called off, somebody leaves, a timer fails, a value is mistyped.

use xinmei_model::{Audience, List, Target, recipients};

use super::*;

#[test]
fn a_value_is_entered_as_it_was_agreed_to_be_written() {
    let mut scene = scene(|_| {});
    scene.enters("甲", 2, &[0]);
    scene.closes();
    scene.value_is_known();
    for value in ["3902.810", "3,902.81", "3902.81 ", "3902"] {
        let act = Act::Draw { event: scene.event, value: value.into() };
        let refusal = scene.world.refuses(scene.desk.actor(), &act);
        assert_eq!(refusal, Refusal::Malformed { field: "value".into() }, "{value}");
    }
    scene.world.does(scene.desk.actor(), &scene.draw());
}

#[test]
fn a_first_wish_that_is_called_off_leaves_the_entry_its_others() {
    let mut scene = scene(|_| {});
    let (mother, booking) = scene.enters("甲", 1, &[0, 1]);
    let child = scene.world.seats(booking)[0].child;
    let off = Act::CancelSession { session: scene.sessions[0], reason: "台风".into() };
    scene.world.does(scene.desk.actor(), &off);
    // It still stands in the draw, so there is no second one of the same child.
    let again = Act::SignUp(scene.wish(child, 1, &[1]));
    let refusal = Refusal::AlreadyBooked { booking: booking.uuid() };
    assert_eq!(scene.world.refuses(guardian(mother), &again), refusal);
    let change = |scene: &Scene, adults, wishes| {
        let generation = scene.world.get(booking).generation;
        let (children, answers, on_behalf_of) = (vec![child], vec![], None);
        Act::ChangeBooking(BookingChange {
            booking,
            children,
            adults,
            answers,
            wishes,
            generation,
            on_behalf_of,
        })
    };
    scene.world.does(guardian(mother), &change(&scene, 2, vec![]));
    let both = scene.sessions.clone();
    let before = scene.world.clone();
    scene.world.does(guardian(mother), &change(&scene, 2, vec![both[1]]));
    assert_eq!(scene.world.get(booking).wishes, [both[1]]);
    let back = scene.world.refuses(guardian(mother), &change(&scene, 2, both.clone()));
    assert_eq!(back, Refusal::SessionCancelled { reason: "台风".into() });
    scene.world = before;
    scene.is_drawn();
    let row = scene.world.get(booking);
    assert_eq!((row.state, row.session), (BookingState::Confirmed, both[1]));
}

#[test]
fn who_left_the_draw_stands_in_the_way_of_no_entry() {
    let mut scene = scene(|_| {});
    let (mother, left) = scene.enters("甲", 2, &[0]);
    let (_, stays) = scene.enters("乙", 2, &[0]);
    scene.world.does(guardian(mother), &withdraw(left));
    let listed: Vec<Booking> = scene.world.list(List::EntriesOf(scene.sessions[0]));
    assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [stays]);
    scene.closes();
    assert_eq!(scene.roll().entries.len(), 1);
}

#[test]
fn where_the_timer_failed_the_desk_closes_the_roll_and_then_draws() {
    let mut scene = scene(|_| {});
    let (_, booking) = scene.enters("甲", 2, &[0]);
    scene.value_is_known();
    let desk = scene.desk.actor();
    scene.world.does(desk, &scene.draw());
    assert_eq!((scene.roll().entries.len(), scene.world.state(booking)), (1, BookingState::Entered));
    assert!(scene.world.find(DrawResult::of(scene.event)).is_none(), "a roll is seen before it is drawn");
    scene.world.does(desk, &scene.draw());
    assert_eq!((scene.verify(), scene.world.state(booking)), (Ok(()), BookingState::Confirmed));
}

#[test]
fn a_notice_for_an_event_reaches_those_who_entered_its_draw() {
    let mut scene = scene(|_| {});
    scene.enters("甲", 1, &[0, 1]);
    let off = Act::CancelSession { session: scene.sessions[0], reason: "台风".into() };
    scene.world.does(scene.desk.actor(), &off);
    let audience = Audience { include: vec![Target::Event(scene.event)], except: vec![] };
    let reached = scene.world.ask(|facts| recipients(facts, &audience)).unwrap();
    assert_eq!(reached.children(), 1);
}

#[test]
fn the_roll_has_an_end() {
    let mut scene = scene(|_| {});
    let (mother, child) = scene.family("甲");
    let entries = xinmei_model::Allotment::of(scene.event.uuid());
    scene.world.edit(entries, |entries| entries.used = entries.seats);
    let wish = Act::SignUp(scene.wish(child, 1, &[0]));
    let refusal = Refusal::TooMany { field: "entries".into(), limit: 3_000 };
    assert_eq!(scene.world.refuses(guardian(mother), &wish), refusal);
}

#[test]
fn a_device_does_not_foretell_a_draw() {
    let mut scene = scene(|_| {});
    scene.enters("甲", 2, &[0]);
    scene.closes();
    scene.value_is_known();
    let (actor, act) = (scene.desk.actor(), scene.draw());
    let foreseen = scene.world.ask_on_device_of(scene.desk.person, |facts| decide(facts, &actor, &act));
    assert_eq!(foreseen, Err(Stop::Unknown));
}

#[test]
fn a_plan_that_could_be_foreseen_is_refused() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let mut refused = |change: &dyn Fn(&mut EventDraft)| {
        let mut event = world.event_draft(world.campus, &[2]);
        event.draw = Some(plan());
        change(&mut event);
        world.refuses(desk.actor(), &Act::PublishEvent { event })
    };
    let malformed = |field: &str| Refusal::Malformed { field: field.into() };
    let known = |event: &mut EventDraft, at| event.draw = Some(DrawDraft { known: at, ..plan() });
    assert_eq!(refused(&|event| known(event, at("2026-10-12T18:00"))), malformed("draw.known"));
    assert_eq!(refused(&|event| known(event, at("2026-10-13T09:00"))), malformed("draw.known"));
    let back = |event: &mut EventDraft| event.withdraw_until = at("2026-10-12T19:59");
    assert_eq!(refused(&back), malformed("withdraw_until"), "who is drawn could not give it back");
    assert_eq!(refused(&|event| event.child_limit = 2), malformed("child_limit"));
    let words = |event: &mut EventDraft, text: &str| {
        event.draw = Some(DrawDraft { public_value: text.into(), ..plan() });
    };
    let decimals = |event: &mut EventDraft| event.draw = Some(DrawDraft { decimals: 7, ..plan() });
    assert_eq!(refused(&decimals), malformed("draw.decimals"));
    assert_eq!(refused(&|event| words(event, " ")), malformed("draw.public_value"));
    assert_eq!(refused(&|event| words(event, "上证指数\n收盘价")), malformed("draw.public_value"));
}
