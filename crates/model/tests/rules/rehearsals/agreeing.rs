//! The same seats and the same line.

use xinmei_model::{
    Act, Booking, BookingState, DrawDraft, DrawRoll, HeldFor, Hold, Secret, Session, SignUp,
    rehearsal::{RehearsalStep, play},
};

use super::*;

/// How often each thing happened: a rehearsal in which nobody waits proves nothing about the line.
#[derive(Default)]
struct Happened {
    seated: u32,
    waited: u32,
    given_back: u32,
    promoted: u32,
}

#[test]
fn a_race_is_what_the_school_would_have_decided() {
    let mut happened = Happened::default();
    for (seed, rule) in
        (0..45).zip([SeatRule::Adults, SeatRule::Children, SeatRule::Everyone].into_iter().cycle())
    {
        let mut scene = scene(|_| {});
        let grade = scene.world.grade_of(scene.classes[2]);
        scene.draft.seat_rule = rule;
        scene.draft.waitlist = seed % 5 != 0;
        scene.draft.child_limit = 1 + seed % 2;
        scene.draft.sessions[1].eligible = vec![grade];
        scene.draft.sessions[2].eligible = vec![scene.classes[0], grade];
        let mut hold = |of, seats, until| vec![Hold { id: scene.world.fresh(), of, seats, until: at(until) }];
        if seed % 2 == 0 {
            scene.draft.sessions[0].holds = hold(HeldFor::Siblings, 4, "2026-10-12T11:00");
            let places = vec![grade];
            scene.draft.sessions[2].holds = hold(HeldFor::Places { places }, 5, "2026-10-12T12:30");
        } else if seed % 3 == 0 {
            shared(&mut scene.draft, 22);
            // The first begins while families still sign up for the others.
            let first = &mut scene.draft.sessions[0];
            (first.starts, first.ends) = (at("2026-10-12T11:00"), at("2026-10-12T12:00"));
        }
        let suppose = Suppositions { times: 2, suits: 2, late: vec![scene.classes[1]], ..eager() };
        let steps = scene.steps(&suppose, seed, false);
        agrees(&mut scene, &steps, None, &mut happened);
    }
    let Happened { seated, waited, given_back, promoted } = happened;
    assert!(
        seated > 400 && waited > 200 && given_back > 50 && promoted > 50,
        "{seated} {waited} {given_back} {promoted}"
    );
}

#[test]
fn a_draw_is_what_the_school_would_have_drawn() {
    let mut happened = Happened::default();
    for seed in 0..30 {
        let mut scene = scene(|draft| {
            draft.waitlist = seed % 5 != 0;
            draft.withdraw_until = at("2026-10-13T08:00");
            draft.draw = Some(DrawDraft {
                secret: Secret::new([7; 32]),
                public_value: "2026-10-12 上证指数收盘价".into(),
                decimals: seed % 3,
                known: at("2026-10-12T20:00"),
            });
        });
        let grade = scene.world.grade_of(scene.classes[2]);
        scene.draft.sessions[1].eligible = vec![grade];
        let suppose = Suppositions { prefer: Preferred::First, ..eager() };
        let played = play(&scene.draft, &scene.invited(), &suppose, (seed, 0), true).unwrap();
        let (secret, roll, value) = played.draw.unwrap();
        // The secret of a rehearsal is its own; with it the real draw is this one.
        scene.draft.draw.as_mut().unwrap().secret = secret;
        agrees(&mut scene, &played.steps, Some((roll, value)), &mut happened);
    }
    let Happened { seated, waited, given_back, promoted } = happened;
    assert!(
        seated > 200 && waited > 200 && given_back > 30 && promoted > 20,
        "{seated} {waited} {given_back} {promoted}"
    );
}

/// Publishes the plan and does what was done in the rehearsal.
fn agrees(
    scene: &mut Scene,
    steps: &[RehearsalStep],
    draw: Option<(DrawRoll, String)>,
    happened: &mut Happened,
) {
    let world = &mut scene.world;
    let desk = scene.desk.actor();
    world.does(desk, &Act::PublishEvent { event: scene.draft.clone() });
    // What the rehearsal says: where each booking is, and how it stands; the line is in the order of the bookings' numbers.
    let mut says: BTreeMap<Id<Booking>, (Id<Session>, BookingState)> = BTreeMap::new();
    for step in steps {
        world.now = step.at();
        if draw.is_none() {
            // Seats that are kept are let go by a timer.
            world.fire_due();
        }
        match step {
            RehearsalStep::SignUp {
                at,
                booking,
                guardian: who,
                session,
                others,
                children,
                adults,
                state,
            } => {
                world.now = *at;
                let wish = SignUp {
                    booking: *booking,
                    session: *session,
                    children: children.clone(),
                    adults: *adults,
                    answers: vec![],
                    others: others.clone(),
                    on_behalf_of: None,
                };
                world.does(guardian(*who), &Act::SignUp(wish));
                assert_eq!(world.state(*booking), *state);
                says.insert(*booking, (*session, *state));
            }
            RehearsalStep::Drawn { at, became } => {
                let (roll, value) = draw.clone().unwrap();
                world.now = scene.draft.closes.timestamp();
                world.fire_due();
                assert_eq!(world.get(DrawRoll::of(scene.draft.id)), roll);
                world.now = *at;
                world.does(desk, &Act::Draw { event: scene.draft.id, value });
                for (booking, session, state) in became {
                    says.insert(*booking, (*session, *state));
                }
            }
            RehearsalStep::GiveBack { at, booking, guardian: who } => {
                world.now = *at;
                world.does(guardian(*who), &Act::Withdraw { booking: *booking, on_behalf_of: None });
                says.get_mut(booking).unwrap().1 = BookingState::Withdrawn;
                happened.given_back += 1;
            }
            RehearsalStep::Promoted { at, booking, guardian: who } => {
                world.now = *at;
                let offered = world.state(*booking);
                assert!(matches!(offered, BookingState::Offered { .. }), "{offered:?}");
                world.does(guardian(*who), &Act::AcceptOffer { booking: *booking, on_behalf_of: None });
                says.get_mut(booking).unwrap().1 = BookingState::Confirmed;
                happened.promoted += 1;
            }
        }
    }
    let mut is = BTreeMap::new();
    for booking in world.all::<Booking>() {
        is.insert(booking.id, (booking.session, booking.state));
    }
    assert_eq!(is, says);
    let line = |session| {
        let here = world.bookings(session).into_iter().filter(|one| one.state == BookingState::Waiting);
        here.map(|one| one.id).collect::<Vec<_>>()
    };
    for session in &scene.draft.sessions {
        assert_eq!(line(session.id), line_in(steps, &says, session.id), "the line");
        let counted = session.pool.unwrap_or(session.id);
        let used = world.allotment(counted.uuid()).used;
        let holding = world.all::<Booking>().into_iter().filter(|one| one.counted_with() == counted);
        let holding = holding.filter(|one| one.state.holds_seats());
        assert_eq!(used, holding.map(|one| one.size).sum::<u32>());
    }
    happened.seated += count(&says, BookingState::Confirmed);
    happened.waited += count(&says, BookingState::Waiting);
}

fn count(says: &BTreeMap<Id<Booking>, (Id<Session>, BookingState)>, state: BookingState) -> u32 {
    u32::try_from(says.values().filter(|(_, one)| *one == state).count()).unwrap()
}

/// Who of a rehearsal still waits for a session, the first first: as they were drawn, or as they came.
fn line_in(
    steps: &[RehearsalStep],
    says: &BTreeMap<Id<Booking>, (Id<Session>, BookingState)>,
    session: Id<Session>,
) -> Vec<Id<Booking>> {
    let drawn = steps.iter().find_map(|step| match step {
        RehearsalStep::Drawn { became, .. } => Some(became.iter().map(|(booking, ..)| *booking).collect()),
        _ => None,
    });
    let came = || {
        let of = |step: &RehearsalStep| match step {
            RehearsalStep::SignUp { booking, .. } => Some(*booking),
            _ => None,
        };
        steps.iter().filter_map(of).collect::<Vec<_>>()
    };
    let waits = |booking: &Id<Booking>| says[booking] == (session, BookingState::Waiting);
    drawn.unwrap_or_else(came).into_iter().filter(waits).collect()
}
