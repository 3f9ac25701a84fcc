//! Planning: what a coordinator may publish, change and call off.

use xinmei_model::{
    Act, EventDraft, EventState, Feed, Fill, Power, Refusal, Relation, RoleKind, derived, limits,
};

use crate::world::{World, people::*};

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

fn too_many(field: &str, limit: u32) -> Refusal {
    Refusal::TooMany { field: field.into(), limit }
}

#[test]
fn a_plan_that_makes_no_sense_is_refused_by_the_field_that_makes_none() {
    type Spoil = fn(&mut EventDraft, &mut World);
    let long = limits::TITLE_CHARS as u32;
    let cases: Vec<(Spoil, Refusal)> = vec![
        (|event, _| event.title = "  ".into(), malformed("title")),
        (|event, _| event.title = "字".repeat(limits::TITLE_CHARS + 1), too_many("title", long)),
        (|event, _| event.about = "字".repeat(limits::BODY_CHARS + 1), too_many("about", 4_000)),
        (|event, _| event.venue = "字".repeat(limits::TITLE_CHARS + 1), too_many("venue", long)),
        (|event, _| event.programme = "字".repeat(limits::TITLE_CHARS + 1), too_many("programme", long)),
        (|event, _| event.sessions[0].name = "字".repeat(81), too_many("sessions.name", long)),
        (|event, _| event.sessions.clear(), malformed("sessions")),
        (|event, _| event.sessions[0].ends = event.sessions[0].starts.clone(), malformed("sessions")),
        (|event, _| event.sessions[1].id = event.sessions[0].id, malformed("sessions")),
        (|event, _| event.sessions[1].id = xinmei_model::Id::new(event.id.uuid()), malformed("sessions")),
        (|event, _| event.sessions[0].capacity = 0, malformed("sessions.capacity")),
        (|event, _| event.sessions[0].capacity = 5_001, too_many("sessions.capacity", 5_000)),
        (|event, _| event.family_limit = 0, malformed("family_limit")),
        (|event, _| event.child_seats = Some(0), malformed("child_seats")),
        (|event, _| event.child_seats = Some(event.family_limit + 1), malformed("child_seats")),
        (|event, _| event.closes = event.opens.clone(), malformed("closes")),
        (|event, world| event.eligible = vec![world.root], malformed("eligible")),
        (|event, world| event.eligible = vec![world.root; 201], too_many("eligible", 200)),
        (|event, world| event.eligible = vec![world.fresh()], Refusal::NotFound { what: "place".into() }),
        (
            |event, _| event.sessions = vec![event.sessions[0].clone(); limits::SESSIONS_PER_EVENT + 1],
            too_many("sessions", 40),
        ),
    ];
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    for (spoil, expected) in cases {
        let mut event = world.event_draft(world.campus, &[5, 5]);
        world.clone().does(desk.actor(), &Act::PublishEvent { event: event.clone() });
        spoil(&mut event, &mut world);
        assert_eq!(world.refuses(desk.actor(), &Act::PublishEvent { event }), expected);
    }
}

#[test]
fn a_published_event_is_public_with_its_sessions_and_counts_and_its_ledger_is_not() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let (event, sessions) = world.event(desk, &[5]);
    let public = [Feed::School, Feed::Desk(event.uuid())].into();
    assert_eq!(world.feeds(event), public);
    assert_eq!(world.feeds(sessions[0]), public);
    let fill = derived::<Fill>("fill", sessions[0].uuid(), sessions[0].uuid());
    assert_eq!(world.get(fill), Fill::empty(sessions[0].uuid(), 5));
    assert_eq!(world.feeds(fill), public);
    assert_eq!(world.feeds(world.allotment(sessions[0].uuid()).id), [].into());
}

#[test]
fn only_a_coordinator_of_the_place_publishes_changes_and_calls_off() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let east = world.campus("东校区");
    let class = world.class(2024, 2);
    let (event, sessions) = world.event(desk, &[5]);
    let others = [
        world.teacher("张晓梅", class).actor(),
        world.administrator().actor(),
        world.staff("校长", RoleKind::Head, world.root).actor(),
        world.coordinator(east).actor(),
        world.coordinator(class).actor(),
        guardian(desk.person),
    ];
    let draft = world.event_draft(world.campus, &[5]);
    let acts = [
        Act::PublishEvent { event: draft },
        Act::SetCapacity { session: sessions[0], capacity: 6, cut: None },
        Act::CancelEvent { event, reason: "大雨".into() },
    ];
    for act in &acts {
        for actor in others {
            let no_power = Refusal::NoPower { power: Power::ManageEvents };
            assert_eq!(world.refuses(actor, act), no_power, "{act:?}");
        }
        let above = world.coordinator(world.root);
        world.clone().does(above.actor(), act);
        world.does(desk.actor(), act);
    }
    let cancelled = EventState::Cancelled { reason: "大雨".into(), at: Some(world.now) };
    assert_eq!(world.get(event).state, cancelled);
}

#[test]
fn capacity_goes_down_to_what_families_hold_and_no_further() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let (_, sessions) = world.event(desk, &[5]);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    world.signs_up(mother, sessions[0], &[child], 3);
    let act = |capacity| Act::SetCapacity { session: sessions[0], capacity, cut: None };
    assert_eq!(world.refuses(desk.actor(), &act(2)), Refusal::SeatsHeld { used: 3 });
    assert_eq!(world.refuses(desk.actor(), &act(0)), malformed("capacity"));
    assert_eq!(world.refuses(desk.actor(), &act(5_001)), too_many("capacity", 5_000));
    world.does(desk.actor(), &act(3));
    assert_eq!(world.get(sessions[0]).capacity, 3);
    assert_eq!(world.allotment(sessions[0].uuid()).free(), 0);
}

#[test]
fn calling_off_needs_a_reason_and_drops_nobody_silently() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let (event, sessions) = world.event(desk, &[1]);
    let mut bookings = vec![];
    for name in ["李雨桐", "王梓轩"] {
        let child = world.child(name, class);
        let mother = world.guardian("妈妈").of(child, Relation::Mother, PARENT).id();
        bookings.push(world.signs_up(mother, sessions[0], &[child], 1));
    }
    let act = |reason: &str| Act::CancelEvent { event, reason: reason.into() };
    assert_eq!(world.refuses(desk.actor(), &act(" ")), malformed("reason"));
    assert_eq!(world.refuses(desk.actor(), &act(&"字".repeat(201))), too_many("reason", 200));
    let before: Vec<_> = bookings.iter().map(|id| world.get(*id)).collect();
    world.does(desk.actor(), &act("大雨"));
    // More seats in what was called off promise nothing to those who wait.
    world.does(desk.actor(), &Act::SetCapacity { session: sessions[0], capacity: 9, cut: None });
    assert_eq!(bookings.iter().map(|id| world.get(*id)).collect::<Vec<_>>(), before);
}

#[test]
fn what_is_not_there_is_not_found() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus).actor();
    let (event, session, place) = (world.fresh(), world.fresh(), world.fresh());
    let draft = world.event_draft(place, &[1]);
    for (act, what) in [
        (Act::PublishEvent { event: draft }, "place"),
        (Act::CancelEvent { event, reason: "大雨".into() }, "event"),
        (Act::SetCapacity { session, capacity: 1, cut: None }, "session"),
    ] {
        assert_eq!(world.refuses(desk, &act), Refusal::NotFound { what: what.into() });
    }
}
