//! What fits into a venue at one time.

use jiff::Timestamp;
use proptest::prelude::*;
use xinmei_model::{
    Act, Event, EventDraft, Id, List, Refusal, Session, SessionDraft, Venue, limits, venue_troubles,
};

use crate::{
    venues::{change, hall, put, with_hall},
    world::{World, plans::at},
};

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

/// A plan of more sessions than a day has hours.
fn with_sessions(world: &mut World, seats: &[u32]) -> EventDraft {
    let mut draft = world.event_draft(world.campus, &[1]);
    let one = draft.sessions.remove(0);
    draft.sessions = seats
        .iter()
        .map(|seats| SessionDraft { id: world.fresh(), capacity: *seats, ..one.clone() })
        .collect();
    draft
}

#[test]
fn a_venue_of_many_sessions_is_read_from_its_end_and_nothing_early_is_missed() {
    let (mut world, desk, id) = with_hall(60);
    let publish = |world: &mut World, day: i64, seats: &[u32]| {
        let mut draft = with_sessions(world, seats);
        draft.held_in = Some(id);
        for (hour, session) in (0..).zip(&mut draft.sessions) {
            let from = at("2026-10-13T09:00") + jiff::SignedDuration::from_hours(24 * day + hour / 2);
            (session.starts, session.ends) = (from.clone(), from + jiff::SignedDuration::from_mins(30));
        }
        let starts = draft.sessions[0].starts.clone();
        (world.act(desk.actor(), &Act::PublishEvent { event: draft }).err(), starts)
    };
    assert_eq!(publish(&mut world, 0, &[30]).0, None);
    for day in 1..=8 {
        assert_eq!(publish(&mut world, day, &[5; 40]).0, None);
    }
    // 320 sessions are later than the first one.
    let list = world.list::<Session>(List::SessionsAt(id));
    assert_eq!(list.len(), 321);
    assert!(list.is_sorted_by_key(|session| std::cmp::Reverse(session.ends.timestamp())));
    let (refusal, starts) = publish(&mut world, 0, &[31]);
    assert!(
        matches!(&refusal, Some(Refusal::VenueTaken { left: 30, seats: 31, starts: there, .. }) if *there == starts),
        "{refusal:?}"
    );
    assert_eq!(publish(&mut world, 0, &[30]).0, None);
}

#[test]
fn no_venue_has_more_sessions_at_one_moment_than_it_could_have_tables() {
    let (mut world, desk, id) = with_hall(1_000);
    let publish = |world: &mut World, sessions: usize| {
        let mut draft = with_sessions(world, &vec![1; sessions]);
        draft.held_in = Some(id);
        for session in &mut draft.sessions {
            (session.starts, session.ends) = (at("2026-10-13T09:00"), at("2026-10-13T09:45"));
        }
        world.act(desk.actor(), &Act::PublishEvent { event: draft }).err()
    };
    for _ in 0..5 {
        assert_eq!(publish(&mut world, 40), None);
    }
    let limit = u32::try_from(limits::SESSIONS_AT_ONCE).unwrap();
    assert_eq!(publish(&mut world, 1), Some(Refusal::TooMany { field: "sessions.held_in".into(), limit }));
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
