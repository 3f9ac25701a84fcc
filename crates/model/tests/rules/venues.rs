//! Venues: who keeps them, and what fits into them at one time.

use xinmei_model::{
    Act, Event, EventDraft, EventShape, Feed, Id, List, Power, Refusal, Relation, RoleKind, Session,
    SessionDraft, Venue, VenueDraft, VenueDrop, VenueName, VenuePut, limits,
};

use crate::world::{World, people::*, plans::at};

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

fn too_many(field: &str, limit: u32) -> Refusal {
    Refusal::TooMany { field: field.into(), limit }
}

pub fn hall(world: &World, capacity: u32) -> VenueDraft {
    VenueDraft {
        place: world.campus,
        name: "新美书画廊".into(),
        location: "三楼东侧".into(),
        capacity,
        note: "轮椅可到".into(),
    }
}

pub fn put(venue: Id<Venue>, draft: VenueDraft) -> Act {
    Act::PutVenue(VenuePut { venue, draft })
}

/// A school with a hall of so many people.
pub fn with_hall(capacity: u32) -> (World, Staff, Id<Venue>) {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let id = world.fresh();
    let act = put(id, hall(&world, capacity));
    world.does(desk.actor(), &act);
    (world, desk, id)
}

/// The event as a coordinator would send it back.
fn as_it_is(world: &mut World, event: Id<Event>) -> EventDraft {
    let (kept, sessions) = (world.get(event), world.list::<Session>(List::SessionsOf(event)));
    let draft = |session: Session| SessionDraft {
        id: session.id,
        held_in: session.own_venue(&kept),
        name: session.name,
        starts: session.starts,
        ends: session.ends,
        capacity: session.capacity,
        pool: session.pool,
        eligible: session.eligible,
        first_timers: session.first_timers,
        holds: session.holds,
    };
    let sessions = sessions.into_iter().map(draft).collect();
    let (venue, held_in) = (kept.venue.clone(), kept.held_in);
    EventDraft { id: event, venue, held_in, sessions, ..world.event_draft(kept.place, &[]) }
}

pub fn change(world: &mut World, event: Id<Event>, alter: impl FnOnce(&mut EventDraft)) -> Act {
    let version = world.get(event).version;
    let mut event = as_it_is(world, event);
    alter(&mut event);
    Act::change_event(event, version)
}

#[test]
fn a_venue_is_its_places_desks_and_every_family_reads_of_it() {
    let (mut world, desk, id) = with_hall(60);
    let class = world.class(2024, 2);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    assert_eq!(world.feeds(id), [Feed::School].into());
    assert!(world.sees(mother, id));
    let east = world.campus("东校区");
    let others = [
        world.coordinator(east).actor(),
        world.teacher("张晓梅", class).actor(),
        world.staff("胡校长", RoleKind::Head, world.root).actor(),
        guardian(mother),
    ];
    for actor in others {
        let no = Refusal::NoPower { power: Power::ManageEvents };
        assert_eq!(world.refuses(actor, &put(id, hall(&world, 50))), no);
        assert_eq!(world.refuses(actor, &Act::DropVenue(VenueDrop { venue: id })), no);
    }
    let above = world.coordinator(world.root);
    let act = put(id, VenueDraft { name: " 书画廊 ".into(), ..hall(&world, 50) });
    world.does(above.actor(), &act);
    let kept = world.get(id);
    assert_eq!((kept.draft.name.as_str(), kept.draft.capacity, kept.by), ("书画廊", 50, above.person));
    assert_eq!(kept.names, [VenueName { name: "新美书画廊".into(), at: world.now }]);
    assert_eq!(kept.name_at(world.now - jiff::SignedDuration::from_mins(1)), "新美书画廊");
    assert_eq!(kept.name_at(world.now), "书画廊");
    assert!(world.does(above.actor(), &act).is_empty(), "nothing changed");

    let moved = put(id, VenueDraft { place: east, ..hall(&world, 50) });
    assert_eq!(world.refuses(above.actor(), &moved), malformed("place"));
    let in_class = put(world.fresh(), VenueDraft { place: class, ..hall(&world, 50) });
    assert_eq!(world.refuses(above.actor(), &in_class), malformed("place"));

    world.does(desk.actor(), &Act::DropVenue(VenueDrop { venue: id }));
    assert!(world.get(id).dropped && world.sees(mother, id), "whoever was there still reads what it was");
    assert_eq!(world.list::<Venue>(List::All(xinmei_model::Kind::Venue)), []);
    let gone = Refusal::NotFound { what: "venue".into() };
    assert_eq!(world.refuses(desk.actor(), &Act::DropVenue(VenueDrop { venue: id })), gone);
    let again = put(id, hall(&world, 60));
    world.does(desk.actor(), &again);
    assert!(!world.get(id).dropped);
}

#[test]
fn a_venue_nobody_could_be_sent_to_is_refused_by_its_field() {
    let (world, desk, _) = with_hall(60);
    let long = |chars: usize| "字".repeat(chars + 1);
    type Put = fn(&mut VenueDraft, String);
    let cases: [(Put, usize, Refusal); 6] = [
        (|it, _| it.name = " ".into(), 0, malformed("name")),
        (|it, text| it.name = text, limits::VENUE_NAME_CHARS, too_many("name", 40)),
        (|it, text| it.location = text, limits::VENUE_WHERE_CHARS, too_many("location", 60)),
        (|it, text| it.note = text, limits::NOTE_CHARS, too_many("note", 200)),
        (|it, _| it.capacity = 0, 0, malformed("capacity")),
        (|it, _| it.capacity = limits::VENUE_PEOPLE + 1, 0, too_many("capacity", 20_000)),
    ];
    for (spoil, chars, refusal) in cases {
        let mut world = world.clone();
        let mut draft = hall(&world, 60);
        spoil(&mut draft, long(chars));
        let act = put(world.fresh(), draft);
        assert_eq!(world.refuses(desk.actor(), &act), refusal);
    }
}

#[test]
fn there_are_so_many_venues_and_one_that_is_used_again_counts() {
    let (mut world, desk, first) = with_hall(60);
    world.does(desk.actor(), &Act::DropVenue(VenueDrop { venue: first }));
    let fresh = |world: &mut World| {
        let act = put(world.fresh(), hall(world, 60));
        world.act(desk.actor(), &act).err()
    };
    for _ in 0..limits::VENUES {
        assert_eq!(fresh(&mut world), None);
    }
    let full = too_many("venues", limits::VENUES as u32);
    assert_eq!(fresh(&mut world), Some(full.clone()));
    assert_eq!(world.refuses(desk.actor(), &put(first, hall(&world, 60))), full);
}

#[test]
fn its_acts_keep_their_form() {
    let id = "00000000-0000-0000-0000-000000000001";
    let draft = VenueDraft { place: id.parse().unwrap(), ..hall(&World::school(), 60) };
    let json = format!(
        r#"{{"do":"put-venue","venue":"{id}","draft":{{"place":"{id}","name":"新美书画廊","location":"三楼东侧","capacity":60,"note":"轮椅可到"}}}}"#
    );
    let drop = Act::DropVenue(VenueDrop { venue: id.parse().unwrap() });
    let put = put(id.parse().unwrap(), draft);
    for (act, json) in [(put, json), (drop, format!(r#"{{"do":"drop-venue","venue":"{id}"}}"#))] {
        assert_eq!(serde_json::to_string(&act).unwrap(), json);
        assert_eq!(serde_json::from_str::<Act>(&json).unwrap(), act);
    }
}

#[test]
fn an_event_says_the_name_its_venue_had_and_a_session_may_be_elsewhere() {
    let (mut world, desk, id) = with_hall(60);
    let east = world.campus("东校区");
    let desk_east = world.coordinator(east);
    let wheel = world.fresh();
    let act = put(wheel, VenueDraft { place: east, name: "七彩风车池".into(), ..hall(&world, 200) });
    world.does(desk_east.actor(), &act);
    let (event, sessions) = world.event_with(desk, &[30, 30], |event| {
        event.venue = "随便写".into();
        event.held_in = Some(id);
        event.sessions[1].held_in = Some(wheel);
    });
    let kept = world.get(event);
    assert_eq!((kept.venue.as_str(), kept.held_in), ("新美书画廊", Some(id)));
    let [first, second] = [world.get(sessions[0]), world.get(sessions[1])];
    assert_eq!([first.held_in, second.held_in], [Some(id), Some(wheel)]);
    assert_eq!([first.own_venue(&kept), second.own_venue(&kept)], [None, Some(wheel)]);
    let there = world.get(wheel);
    assert_eq!(second.venue_words(&kept, Some(&there), world.now), "七彩风车池");
    assert_eq!(second.stands_at(&kept, Some(&there)), [world.root, east]);
    assert_eq!(first.stands_at(&kept, None), [world.root, world.campus]);

    // A new name rewrites nothing that was published, and the next event bears it.
    let renamed = put(id, VenueDraft { name: "书画廊".into(), ..hall(&world, 60) });
    world.does(desk.actor(), &renamed);
    let act = change(&mut world, event, |event| event.about = "请穿运动鞋".into());
    world.does(desk.actor(), &act);
    assert_eq!((world.get(event).venue.as_str(), world.get(event).venues.len()), ("新美书画廊", 0));
    let (next, _) = world.event_with(desk, &[5], |event| event.held_in = Some(id));
    assert_eq!(world.get(next).venue, "书画廊");

    // Elsewhere: the session that was with its event goes along, the other one stays.
    let booked = world.now;
    world.pass_minutes(1);
    let act = change(&mut world, event, |event| {
        (event.held_in, event.venue) = (None, "操场".into());
    });
    world.does(desk.actor(), &act);
    let (kept, first, second) = (world.get(event), world.get(sessions[0]), world.get(sessions[1]));
    assert_eq!([first.held_in, second.held_in], [None, Some(wheel)]);
    let name = |venue: Id<Venue>| Some(world.get(venue).draft.name);
    let was = first.venue_was_at(&kept, booked, name).unwrap();
    assert_eq!((was.venue.as_str(), was.held_in), ("新美书画廊", Some(id)));
    assert_eq!(second.venue_was_at(&kept, booked, name), None, "it is where it was");
    assert_eq!(first.venue_was_at(&kept, world.now, name), None, "who books now knows");
}

#[test]
fn nothing_new_is_held_in_a_venue_that_was_dropped_and_what_is_there_stays() {
    let (mut world, desk, id) = with_hall(60);
    let (event, sessions) = world.event_with(desk, &[30], |event| event.held_in = Some(id));
    world.does(desk.actor(), &Act::DropVenue(VenueDrop { venue: id }));
    let gone = Refusal::NotFound { what: "venue".into() };
    for own in [false, true] {
        let mut draft = world.event_draft(world.campus, &[5]);
        if own {
            draft.sessions[0].held_in = Some(id)
        } else {
            draft.held_in = Some(id)
        }
        assert_eq!(world.refuses(desk.actor(), &Act::PublishEvent { event: draft }), gone);
    }
    let act = change(&mut world, event, |event| event.title = "开放日".into());
    world.does(desk.actor(), &act);
    assert_eq!((world.get(event).venue.as_str(), world.get(sessions[0]).held_in), ("新美书画廊", Some(id)));
    let shape = EventShape::of(
        &world.get(event),
        &[world.get(sessions[0])],
        &jiff::tz::TimeZone::get("Asia/Shanghai").unwrap(),
    );
    let shape = shape.unwrap();
    assert_eq!(shape.held_in, Some(id));
    let (shape, astray) = shape.with_venues(|_| false);
    assert_eq!((shape.held_in, shape.venue.as_str()), (None, "新美书画廊"));
    assert!(astray.is_empty(), "it is where the event says, in words");
}

#[test]
fn of_a_session_that_had_a_venue_of_its_own_a_copy_says_that_it_has_none_now() {
    let (mut world, desk, id) = with_hall(60);
    let yard = world.fresh();
    let act = put(yard, VenueDraft { name: "风雨操场".into(), ..hall(&world, 200) });
    world.does(desk.actor(), &act);
    let (event, sessions) = world.event_with(desk, &[5, 5], |event| {
        event.held_in = Some(id);
        event.sessions[1].held_in = Some(yard);
    });
    let sessions = [0, 1].map(|which| world.get(sessions[which]));
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
    let shape = EventShape::of(&world.get(event), &sessions, &zone).unwrap();
    let (kept, astray) = shape.clone().with_venues(|_| true);
    assert_eq!((kept, astray), (shape.clone(), vec![]));
    let (shape, astray) = shape.with_venues(|venue| venue == id);
    assert_eq!(astray, ["第 2 场"]);
    assert_eq!((shape.held_in, shape.sessions[1].held_in), (Some(id), None));
}

#[test]
fn a_venue_that_was_dropped_takes_no_session_by_way_of_its_event() {
    let (mut world, desk, id) = with_hall(60);
    let yard = world.fresh();
    let act = put(yard, VenueDraft { name: "风雨操场".into(), ..hall(&world, 200) });
    world.does(desk.actor(), &act);
    let (event, sessions) = world.event_with(desk, &[5, 5], |event| {
        event.held_in = Some(id);
        event.sessions[1].held_in = Some(yard);
    });
    world.does(desk.actor(), &Act::DropVenue(VenueDrop { venue: id }));
    let gone = Refusal::NotFound { what: "venue".into() };
    let fresh = world.event_draft(world.campus, &[5]).sessions;
    let opened = change(&mut world, event, |event| event.sessions.extend(fresh.clone()));
    assert_eq!(world.refuses(desk.actor(), &opened), gone, "a new session would be in its event's venue");
    let back = change(&mut world, event, |event| event.sessions[1].held_in = None);
    assert_eq!(world.refuses(desk.actor(), &back), gone, "and so would one that gives up its own");
    let named = change(&mut world, event, |event| {
        event.sessions.extend(fresh);
        event.sessions[2].held_in = Some(yard);
    });
    world.does(desk.actor(), &named);
    assert_eq!(world.get(sessions[0]).held_in, Some(id), "what is there stays");

    // More seats and another time are as new as another session; fewer seats are not.
    let seats = |capacity| Act::SetCapacity { session: sessions[0], capacity, cut: None };
    assert_eq!(world.refuses(desk.actor(), &seats(6)), gone);
    let moved = change(&mut world, event, |event| event.sessions[0].ends = at("2026-10-13T09:50"));
    assert_eq!(world.refuses(desk.actor(), &moved), gone);
    let away = change(&mut world, event, |event| {
        event.sessions[0].ends = at("2026-10-13T09:50");
        event.sessions[0].held_in = Some(yard);
    });
    world.clone().does(desk.actor(), &away);
    world.does(desk.actor(), &seats(4));
}

#[test]
fn what_was_held_is_where_it_was_whatever_is_renamed_or_put_in_a_venue_later() {
    let (mut world, desk, id) = with_hall(60);
    let (event, sessions) = world.event_with(desk, &[5, 5, 5], |event| {
        event.venue = "操场".into();
        event.sessions[1].held_in = Some(id);
    });
    let words = |world: &World, which: usize| {
        let session = world.get(sessions[which]);
        let venue = session.held_in.map(|venue| world.get(venue));
        session.venue_words(&world.get(event), venue.as_ref(), world.now)
    };
    let all = |world: &World| [0, 1, 2].map(|which| words(world, which));
    let rename = |world: &World, name: &str| put(id, VenueDraft { name: name.into(), ..hall(world, 60) });
    let act = rename(&world, "书画廊");
    world.does(desk.actor(), &act);
    assert_eq!(all(&world), ["操场", "书画廊", "操场"], "who is still to come goes where the sign is now");

    // The second one has begun, the third has not.
    world.now = at("2026-10-13T10:30").timestamp();
    let act = rename(&world, "美育馆");
    world.does(desk.actor(), &act);
    let act = change(&mut world, event, |event| event.held_in = Some(id));
    world.does(desk.actor(), &act);
    assert_eq!(all(&world), ["操场", "书画廊", "美育馆"]);
    assert_eq!(world.get(event).venue, "美育馆");
    world.now = at("2026-10-20T10:30").timestamp();
    assert_eq!(all(&world), ["操场", "书画廊", "美育馆"]);
}
