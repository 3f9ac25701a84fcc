//! Venues: who keeps them, and what fits into them at one time.

use jiff::Timestamp;
use proptest::prelude::*;
use xinmei_model::{
    Act, Event, EventDraft, EventShape, Feed, Id, List, Power, Refusal, Relation, RoleKind, Session,
    SessionDraft, Venue, VenueDraft, VenueName, limits, venue_troubles,
};

use crate::world::{World, people::*, plans::at};

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

fn too_many(field: &str, limit: u32) -> Refusal {
    Refusal::TooMany { field: field.into(), limit }
}

fn hall(world: &World, capacity: u32) -> VenueDraft {
    VenueDraft {
        place: world.campus,
        name: "新美书画廊".into(),
        location: "三楼东侧".into(),
        capacity,
        note: "轮椅可到".into(),
    }
}

fn put(venue: Id<Venue>, draft: VenueDraft) -> Act {
    Act::PutVenue { venue, draft }
}

/// A school with a hall of so many people.
fn with_hall(capacity: u32) -> (World, Staff, Id<Venue>) {
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
        eligible: session.eligible,
        first_timers: session.first_timers,
        holds: session.holds,
    };
    let sessions = sessions.into_iter().map(draft).collect();
    let (venue, held_in) = (kept.venue.clone(), kept.held_in);
    EventDraft { id: event, venue, held_in, sessions, ..world.event_draft(kept.place, &[]) }
}

fn change(world: &mut World, event: Id<Event>, alter: impl FnOnce(&mut EventDraft)) -> Act {
    let version = world.get(event).version;
    let mut event = as_it_is(world, event);
    alter(&mut event);
    Act::ChangeEvent { event, version }
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
        assert_eq!(world.refuses(actor, &Act::DropVenue { venue: id }), no);
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

    world.does(desk.actor(), &Act::DropVenue { venue: id });
    assert!(world.get(id).dropped && world.sees(mother, id), "whoever was there still reads what it was");
    assert_eq!(world.list::<Venue>(List::All(xinmei_model::Kind::Venue)), []);
    let gone = Refusal::NotFound { what: "venue".into() };
    assert_eq!(world.refuses(desk.actor(), &Act::DropVenue { venue: id }), gone);
    let again = put(id, hall(&world, 60));
    world.does(desk.actor(), &again);
    assert!(!world.get(id).dropped);
}

#[test]
fn a_venue_nobody_could_be_sent_to_is_refused_by_its_field() {
    let (world, desk, _) = with_hall(60);
    let long = |chars: usize| "字".repeat(chars + 1);
    let cases: [(fn(&mut VenueDraft, String), usize, Refusal); 6] = [
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
    world.does(desk.actor(), &Act::DropVenue { venue: first });
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
    let drop = Act::DropVenue { venue: id.parse().unwrap() };
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
    assert_eq!(second.venue_words(&kept, Some(&there)), "七彩风车池");
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
    world.does(desk.actor(), &Act::DropVenue { venue: id });
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
    let shape = shape.with_venues(|_| false);
    assert_eq!((shape.held_in, shape.venue.as_str()), (None, "新美书画廊"));
}

#[test]
fn no_session_has_more_seats_than_its_venue_takes_people() {
    let (mut world, desk, id) = with_hall(60);
    let small = |seats| Refusal::VenueTooSmall { venue: "新美书画廊".into(), capacity: 60, seats };
    let mut draft = world.event_draft(world.campus, &[60, 61]);
    draft.held_in = Some(id);
    let troubles = world.ask(|facts| venue_troubles(facts, &draft)).unwrap();
    assert_eq!(troubles.iter().map(|one| one.session).collect::<Vec<_>>(), [1]);
    assert_eq!(world.refuses(desk.actor(), &Act::PublishEvent { event: draft.clone() }), small(61));
    draft.sessions[1].capacity = 60;
    let (event, session) = (draft.id, draft.sessions[1].id);
    world.does(desk.actor(), &Act::PublishEvent { event: draft });
    let seats = |capacity| Act::SetCapacity { session, capacity, cut: None };
    assert_eq!(world.refuses(desk.actor(), &seats(61)), small(61));

    // Made smaller it drops nobody: what stands stays as it is, and may become smaller too.
    let act = put(id, hall(&world, 40));
    world.does(desk.actor(), &act);
    let sessions = world.list::<Session>(List::SessionsAt(id));
    assert_eq!(Venue::exceeding(40, &sessions, world.now).count(), 2);
    assert_eq!(Venue::exceeding(60, &sessions, world.now).count(), 0);
    assert_eq!(Venue::exceeding(40, &sessions, at("2026-10-13T09:00").timestamp()).count(), 1);
    let act = change(&mut world, event, |event| event.title = "开放日".into());
    world.does(desk.actor(), &act);
    world.does(desk.actor(), &seats(50));
    assert_eq!(
        world.refuses(desk.actor(), &seats(51)),
        Refusal::VenueTooSmall { venue: "新美书画廊".into(), capacity: 40, seats: 51 }
    );
    let act = change(&mut world, event, |event| event.sessions[0].ends = at("2026-10-13T09:50"));
    assert_eq!(
        world.refuses(desk.actor(), &act),
        Refusal::VenueTooSmall { venue: "新美书画廊".into(), capacity: 40, seats: 60 }
    );
}

#[test]
fn a_hall_is_shared_as_far_as_it_reaches_and_what_is_called_off_frees_it() {
    let (mut world, desk, id) = with_hall(60);
    let (event, sessions) = world.event_with(desk, &[40], |event| {
        (event.title, event.held_in) = ("书画展".into(), Some(id));
    });
    let taken = |left, seats| Refusal::VenueTaken {
        venue: "新美书画廊".into(),
        title: "书画展".into(),
        starts: at("2026-10-13T09:00"),
        ends: at("2026-10-13T10:00"),
        left,
        seats,
    };
    let mut other = world.event_draft(world.campus, &[21]);
    other.held_in = Some(id);
    assert_eq!(world.refuses(desk.actor(), &Act::PublishEvent { event: other.clone() }), taken(20, 21));
    // One that begins as the other ends does not meet it, and beside it there is room for twenty.
    for (from, to, seats) in [("10:00", "11:00", 60), ("08:00", "09:00", 60), ("09:30", "10:30", 20)] {
        let mut world = world.clone();
        let mut event = other.clone();
        event.sessions[0].starts = at(&format!("2026-10-13T{from}"));
        event.sessions[0].ends = at(&format!("2026-10-13T{to}"));
        event.sessions[0].capacity = seats;
        world.does(desk.actor(), &Act::PublishEvent { event });
    }
    // Elsewhere nobody meets anybody.
    world
        .clone()
        .does(desk.actor(), &Act::PublishEvent { event: EventDraft { held_in: None, ..other.clone() } });

    other.sessions[0].capacity = 20;
    let (second, its) = (other.id, other.sessions[0].id);
    world.does(desk.actor(), &Act::PublishEvent { event: other.clone() });
    assert_eq!(
        world.refuses(desk.actor(), &Act::SetCapacity { session: its, capacity: 21, cut: None }),
        taken(20, 21)
    );
    // What stands is changed as long as it asks no more.
    let act = change(&mut world, second, |event| event.title = "研学".into());
    world.does(desk.actor(), &act);
    for act in [
        Act::CancelSession { session: sessions[0], reason: "漏水".into() },
        Act::CancelEvent { event, reason: "漏水".into() },
    ] {
        let mut world = world.clone();
        world.does(desk.actor(), &act);
        world.does(desk.actor(), &Act::SetCapacity { session: its, capacity: 60, cut: None });
    }
}

#[test]
fn the_fullest_moment_counts_and_sessions_of_one_plan_count_too() {
    let (mut world, desk, id) = with_hall(60);
    let mut draft = world.event_draft(world.campus, &[30, 30, 30]);
    draft.held_in = Some(id);
    let times = [("09:00", "10:00"), ("10:00", "11:00"), ("09:30", "10:30")];
    for (session, (from, to)) in draft.sessions.iter_mut().zip(times) {
        session.starts = at(&format!("2026-10-13T{from}"));
        session.ends = at(&format!("2026-10-13T{to}"));
    }
    // The third meets both, and never both at once.
    world.clone().does(desk.actor(), &Act::PublishEvent { event: draft.clone() });
    draft.sessions[1].starts = at("2026-10-13T09:59");
    let troubles = world.ask(|facts| venue_troubles(facts, &draft)).unwrap();
    let which: Vec<_> = troubles.iter().map(|one| one.session).collect();
    assert_eq!(which, [0, 1, 2], "for one minute all three are on, and each is one too many");
    assert!(matches!(
        world.refuses(desk.actor(), &Act::PublishEvent { event: draft }),
        Refusal::VenueTaken { left: 0, seats: 30, .. }
    ));
}

/// One step of a desk that plans at random.
#[derive(Clone, Debug)]
enum Step {
    Publish { start: i64, minutes: i64, seats: u32, venue: usize, own: bool },
    Move { which: usize, start: i64, minutes: i64, venue: usize },
    Seats { which: usize, seats: u32 },
    CallOff { which: usize, whole: bool },
    Wait { minutes: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    let (start, minutes) = (0..20_i64, 1..8_i64);
    prop_oneof![
        5 => (start.clone(), minutes.clone(), 1..50_u32, 0..3_usize, any::<bool>())
            .prop_map(|(start, minutes, seats, venue, own)| Step::Publish { start, minutes, seats, venue, own }),
        4 => (any::<usize>(), start, minutes, 0..3_usize)
            .prop_map(|(which, start, minutes, venue)| Step::Move { which, start, minutes, venue }),
        2 => (any::<usize>(), 1..70_u32).prop_map(|(which, seats)| Step::Seats { which, seats }),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(which, whole)| Step::CallOff { which, whole }),
        1 => (1..120_i64).prop_map(|minutes| Step::Wait { minutes }),
    ]
}

fn hour(start: i64, minutes: i64) -> (jiff::Zoned, jiff::Zoned) {
    let from = at("2026-10-13T08:00").checked_add(jiff::SignedDuration::from_mins(start * 10)).unwrap();
    let to = from.checked_add(jiff::SignedDuration::from_mins(minutes * 10)).unwrap();
    (from, to)
}

/// Seats at a venue at a moment, of what takes place.
fn people_at(world: &World, venue: Id<Venue>, moment: Timestamp) -> u32 {
    let sessions = world.list::<Session>(List::SessionsAt(venue)).into_iter();
    let on = |session: &Session| session.starts.timestamp() <= moment && moment < session.ends.timestamp();
    sessions
        .filter(|session| session.takes_place(&world.get(session.event)) && on(session))
        .map(|session| session.capacity)
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_desk_does_no_venue_is_ever_fuller_than_it_takes(steps in prop::collection::vec(step(), 1..40)) {
        let (mut world, desk, first) = with_hall(60);
        let second = world.fresh();
        let small = put(second, hall(&world, 45));
        world.does(desk.actor(), &small);
        let venue = |which: usize| [Some(first), Some(second), None][which];
        let mut events: Vec<Id<Event>> = vec![];
        for step in steps {
            let pick = |which: usize, all: &[Id<Event>]| all.get(which % all.len().max(1)).copied();
            let act = match step {
                Step::Wait { minutes } => { world.pass_minutes(minutes); continue }
                Step::Publish { start, minutes, seats, venue: which, own } => {
                    let mut draft = world.event_draft(world.campus, &[seats]);
                    (draft.sessions[0].starts, draft.sessions[0].ends) = hour(start, minutes);
                    if own { draft.sessions[0].held_in = venue(which) } else { draft.held_in = venue(which) }
                    events.push(draft.id);
                    Act::PublishEvent { event: draft }
                }
                Step::Move { which, start, minutes, venue: to } => {
                    let Some(event) = pick(which, &events).filter(|id| world.find(*id).is_some()) else { continue };
                    change(&mut world, event, |draft| {
                        (draft.sessions[0].starts, draft.sessions[0].ends) = hour(start, minutes);
                        draft.held_in = venue(to);
                    })
                }
                Step::Seats { which, seats } => {
                    let Some(event) = pick(which, &events).filter(|id| world.find(*id).is_some()) else { continue };
                    let session = world.list::<Session>(List::SessionsOf(event))[0].id;
                    Act::SetCapacity { session, capacity: seats, cut: None }
                }
                Step::CallOff { which, whole } => {
                    let Some(event) = pick(which, &events).filter(|id| world.find(*id).is_some()) else { continue };
                    let session = world.list::<Session>(List::SessionsOf(event))[0].id;
                    let reason = "大雨".into();
                    if whole { Act::CancelEvent { event, reason } } else { Act::CancelSession { session, reason } }
                }
            };
            let contents = world.contents();
            if world.act(desk.actor(), &act).is_err() {
                prop_assert_eq!(contents, world.contents(), "a refusal changed something");
            }
            for (id, most) in [(first, 60), (second, 45)] {
                for moment in world.list::<Session>(List::SessionsAt(id)) {
                    let people = people_at(&world, id, moment.starts.timestamp());
                    prop_assert!(people <= most, "{people} in a hall for {most}");
                }
            }
            for session in world.all::<Session>() {
                let listed = session.held_in.is_none_or(|id| {
                    world.list::<Session>(List::SessionsAt(id)).iter().any(|one| one.id == session.id)
                });
                prop_assert!(listed);
            }
        }
    }
}
