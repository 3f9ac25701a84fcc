//! What many openings come to.

use serde::{Deserialize, Serialize};

use super::{
    Invited, Suppositions,
    enough::{RUNS, SeatsEnough, enough},
    play::Opening,
    stage::{Stage, Wish},
};
use crate::{BookingState, EventDraft, Id, Place, Refusal, Session, limits};

/// What many openings of a planned event come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Rehearsed {
    /// With which the same figures come out again.
    pub seed: u32,
    /// Openings played.
    pub runs: u32,
    /// Families it is for.
    pub families: u32,
    /// Children it is for for whom nobody may sign up.
    pub alone: u32,
    /// Of the families, those for which staff would enter it: nobody who decides has joined.
    pub by_staff: u32,
    /// Who comes first is served first.
    pub race: OpeningFigures,
    /// The same families with the same wishes, drawn. `None` where the plan could not be drawn: a child comes several times, or a
    /// session begins before sign-up closes.
    pub draw: Option<OpeningFigures>,
    /// The fewest seats with which nobody would wait.
    pub enough: Option<Vec<SeatsEnough>>,
}

/// One way of giving seats, over all runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct OpeningFigures {
    /// By start.
    pub sessions: Vec<SessionFigures>,
    /// What became of the families that want to come.
    pub fates: Fates,
    /// Every class it is for, as they come.
    pub classes: Vec<ClassFigures>,
}

/// The middle one of all runs; one run in ten is below `low`, one in ten above `high`, at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Spread {
    /// The 10th percentile.
    pub low: u32,
    /// The median.
    pub median: u32,
    /// The 90th percentile.
    pub high: u32,
}

impl Spread {
    /// By nearest rank.
    pub(super) fn of(values: impl Iterator<Item = u32>) -> Self {
        let mut values: Vec<_> = values.collect();
        values.sort_unstable();
        let rank = |percent: usize| {
            let rank = (values.len() * percent).div_ceil(100).max(1);
            values.get(rank - 1).copied().unwrap_or_default()
        };
        Self { low: rank(10), median: rank(50), high: rank(90) }
    }
}

/// A session over all runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SessionFigures {
    /// Which.
    pub session: Id<Session>,
    /// Seats as planned; of a pool those of all of it.
    pub capacity: u32,
    /// Seats taken in the end, after what was given back was passed on.
    pub used: Spread,
    /// Seats of families that like it best.
    pub wanted_first: Spread,
    /// Bookings in line in the end.
    pub waiting: Spread,
    /// Runs in which somebody found no room, or the last seat was taken.
    pub full_runs: u32,
    /// Seconds after the opening when that was, in the middle one of those runs. `None` where seats are drawn, or there is none.
    pub full_after_s: Option<u32>,
}

/// What became of the families that want to come: each is in exactly one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Fates {
    /// All that want to come.
    pub wanting: Spread,
    /// All their children for whom there is a session have a seat.
    pub seated: Spread,
    /// Some of their children have.
    pub partly: Spread,
    /// None has, and they stand in a line.
    pub waiting: Spread,
    /// They found no room, and there is no line they could stand in.
    pub turned_away: Spread,
    /// Together they take more seats than a family may have.
    pub too_large: Spread,
    /// They came after sign-up had closed.
    pub too_late: Spread,
    /// No session is for any of their children.
    pub no_session: Spread,
    /// They had seats and gave them back.
    pub gave_back: Spread,
}

/// A class over all runs. A family with children in several classes counts in each, by the children it has there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ClassFigures {
    /// Which.
    pub class: Id<Place>,
    /// Families it has in the event.
    pub families: u32,
    /// Of them, those that staff would enter.
    pub by_staff: u32,
    /// Families of it that want to come.
    pub wanting: Spread,
    /// Of them, those all of whose children there got a seat, or had one and gave it back.
    pub seated: Spread,
    /// Of 100 families that want to come so many are seated, over all runs together.
    pub percent: u32,
    /// Whether it is left out.
    pub left_out: Option<LeftOutOfSeats>,
}

/// How a class is left out. In which runs: those in which a family of it wants to come; "most" is more than half of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutOfSeats {
    /// No session is for any of its children.
    NoSession,
    /// In most runs none of its families got a seat.
    Nobody,
    /// In most runs its share of seated families was below half of the share that all families of the event had in that run.
    Few,
}

/// Plays so many openings of a planned event.
///
/// # Errors
/// [`Suppositions::check`]; and more than [`limits::REHEARSAL_RUNS`] runs.
pub fn rehearse(
    draft: &EventDraft,
    invited: &Invited,
    suppose: &Suppositions,
    seed: u32,
    runs: u32,
) -> Result<Rehearsed, Refusal> {
    suppose.check()?;
    if runs > limits::REHEARSAL_RUNS {
        return Err(Refusal::TooMany { field: "runs".into(), limit: limits::REHEARSAL_RUNS });
    }
    if runs == 0 {
        return Err(Refusal::Malformed { field: "runs".into() });
    }
    let stage = Stage::new(draft, invited, suppose, seed);
    let seats = stage.seats();
    let (mut races, mut draws) = (Vec::new(), Vec::new());
    // What families wish is kept only as long as the search for enough seats needs it.
    let mut first = Vec::new();
    for run in 0..runs {
        let wishes = stage.wishes(run);
        let mut opening = Opening::new(&stage, &wishes, &seats);
        opening.race();
        races.push(Run::of(&stage, &wishes, &opening));
        if stage.may_draw() {
            let mut opening = Opening::new(&stage, &wishes, &seats);
            opening.drawn(run);
            draws.push(Run::of(&stage, &wishes, &opening));
        }
        if first.len() < RUNS {
            first.push(wishes);
        }
    }
    let race = figures(&stage, &seats, &races);
    let draws = stage.may_draw().then(|| figures(&stage, &seats, &draws));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let by_staff = invited.households.iter().filter(|one| one.parties.iter().all(|party| !party.joined));
    Ok(Rehearsed {
        seed,
        runs,
        families: count(invited.households.len()),
        alone: count(invited.alone.len()),
        by_staff: count(by_staff.count()),
        race,
        draw: draws,
        enough: enough(&stage, &first),
    })
}

/// What became of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Seated,
    Partly,
    Waiting,
    TurnedAway,
    TooLarge,
    TooLate,
    NoSession,
    GaveBack,
}

/// What one run came to.
struct Run {
    rooms: Vec<RoomAfter>,
    fates: Vec<Fate>,
    /// Of each class: families that want to come, and those seated.
    classes: Vec<(u32, u32)>,
}

struct RoomAfter {
    used: u32,
    first: u32,
    waiting: u32,
    full: Option<u64>,
}

/// How a child came out.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Out {
    seated: bool,
    waiting: bool,
    gave_back: bool,
}

impl Run {
    fn of(stage: &Stage<'_>, wishes: &[Wish], opening: &Opening<'_>) -> Self {
        let mut out = vec![Out::default(); stage.guests.len()];
        for booked in &opening.booked {
            for guest in &booked.guests {
                let Some(out) = out.get_mut(*guest) else { continue };
                out.seated |= booked.state == BookingState::Confirmed;
                out.waiting |= booked.state == BookingState::Waiting;
                out.gave_back |= booked.state == BookingState::Withdrawn;
            }
        }
        let mut classes = vec![(0, 0); stage.classes.len()];
        let mut fates = Vec::with_capacity(wishes.len());
        for wish in wishes {
            let Some(home) = stage.homes.get(wish.home) else { continue };
            let own = home.parties.iter().flat_map(|member| member.guests.clone());
            let own: Vec<_> = own.filter_map(|at| stage.guests.get(at).zip(out.get(at))).collect();
            for (nth, (guest, _)) in own.iter().enumerate() {
                // Each class once.
                if own.iter().take(nth).any(|(other, _)| other.class == guest.class) {
                    continue;
                }
                let mut there = own.iter().filter(|(other, _)| other.class == guest.class);
                let Some((wanting, seated)) = classes.get_mut(guest.class) else { continue };
                *wanting += 1;
                *seated += u32::from(there.all(|(_, out)| out.seated || out.gave_back));
            }
            let trouble = opening.trouble.get(wish.home).copied().unwrap_or_default();
            let counts: Vec<_> =
                own.into_iter().filter(|(guest, _)| guest.open != 0).map(|(_, out)| *out).collect();
            fates.push(if counts.is_empty() {
                Fate::NoSession
            } else if counts.iter().all(|out| out.seated) {
                Fate::Seated
            } else if counts.iter().any(|out| out.seated) {
                Fate::Partly
            } else if counts.iter().any(|out| out.waiting) {
                Fate::Waiting
            } else if counts.iter().any(|out| out.gave_back) {
                Fate::GaveBack
            } else if trouble.too_large {
                Fate::TooLarge
            } else if trouble.late {
                Fate::TooLate
            } else {
                Fate::TurnedAway
            });
        }
        let rooms = opening.rooms.iter().enumerate().map(|(at, room)| {
            let here = || opening.booked.iter().filter(|one| one.session == at);
            let waiting = here().filter(|one| one.state == BookingState::Waiting).count();
            RoomAfter {
                used: here().filter(|one| one.state.holds_seats()).map(|one| one.size).sum(),
                first: room.first,
                waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
                full: opening.rooms.get(stage.room(at)).and_then(|room| room.full),
            }
        });
        Self { rooms: rooms.collect(), fates, classes }
    }

    fn count(&self, fate: Fate) -> u32 {
        let found = self.fates.iter().filter(|one| **one == fate).count();
        u32::try_from(found).unwrap_or(u32::MAX)
    }
}

fn figures(stage: &Stage<'_>, seats: &[u32], runs: &[Run]) -> OpeningFigures {
    let sessions = stage.sessions.iter().zip(seats).enumerate().map(|(at, (session, seats))| {
        let rooms = || runs.iter().filter_map(|run| run.rooms.get(at));
        let mut full: Vec<_> = rooms().filter_map(|room| room.full).collect();
        full.sort_unstable();
        let middle = full.get(full.len().saturating_sub(1) / 2);
        SessionFigures {
            session: session.id,
            capacity: *seats,
            used: Spread::of(rooms().map(|room| room.used)),
            wanted_first: Spread::of(rooms().map(|room| room.first)),
            waiting: Spread::of(rooms().map(|room| room.waiting)),
            full_runs: u32::try_from(full.len()).unwrap_or(u32::MAX),
            full_after_s: middle.and_then(|at| u32::try_from(at / 1_000).ok()),
        }
    });
    let spread = |fate: Fate| Spread::of(runs.iter().map(|run| run.count(fate)));
    let wanting = runs.iter().map(|run| u32::try_from(run.fates.len()).unwrap_or(u32::MAX));
    OpeningFigures {
        sessions: sessions.collect(),
        fates: Fates {
            wanting: Spread::of(wanting),
            seated: spread(Fate::Seated),
            partly: spread(Fate::Partly),
            waiting: spread(Fate::Waiting),
            turned_away: spread(Fate::TurnedAway),
            too_large: spread(Fate::TooLarge),
            too_late: spread(Fate::TooLate),
            no_session: spread(Fate::NoSession),
            gave_back: spread(Fate::GaveBack),
        },
        classes: (0..stage.classes.len()).filter_map(|at| class(stage, runs, at)).collect(),
    }
}

fn class(stage: &Stage<'_>, runs: &[Run], at: usize) -> Option<ClassFigures> {
    let here = |home: &&super::stage::Home<'_>| {
        let mut own = home.parties.iter().flat_map(|member| member.guests.clone());
        own.any(|guest| stage.guests.get(guest).is_some_and(|guest| guest.class == at))
    };
    let homes: Vec<_> = stage.homes.iter().filter(here).collect();
    let by_staff = homes.iter().filter(|home| home.parties.iter().all(|member| !member.party.joined));
    let counts: Vec<_> = runs.iter().filter_map(|run| run.classes.get(at)).copied().collect();
    let (wanting, seated) = counts.iter().fold((0_u64, 0_u64), |(wanting, seated), (more, got)| {
        (wanting + u64::from(*more), seated + u64::from(*got))
    });
    let mut guests = stage.guests.iter().filter(|guest| guest.class == at);
    let no_session = guests.all(|guest| guest.open == 0);
    Some(ClassFigures {
        class: stage.classes.get(at).copied()?,
        families: u32::try_from(homes.len()).unwrap_or(u32::MAX),
        by_staff: u32::try_from(by_staff.count()).unwrap_or(u32::MAX),
        wanting: Spread::of(counts.iter().map(|(wanting, _)| *wanting)),
        seated: Spread::of(counts.iter().map(|(_, seated)| *seated)),
        percent: u32::try_from((seated * 100).checked_div(wanting).unwrap_or_default()).unwrap_or_default(),
        left_out: if no_session { Some(LeftOutOfSeats::NoSession) } else { left_out(runs, at) },
    })
}

fn left_out(runs: &[Run], at: usize) -> Option<LeftOutOfSeats> {
    let (mut with, mut nobody, mut few) = (0, 0, 0);
    for run in runs {
        let Some((wanting, seated)) = run.classes.get(at).copied().filter(|(wanting, _)| *wanting > 0) else {
            continue;
        };
        let all = run.fates.len() as u64;
        let got = u64::from(run.count(Fate::Seated)) + u64::from(run.count(Fate::GaveBack));
        with += 1;
        nobody += u32::from(seated == 0);
        // seated / wanting < got / all / 2
        few += u32::from(u64::from(seated) * all * 2 < got * u64::from(wanting));
    }
    if nobody * 2 > with {
        Some(LeftOutOfSeats::Nobody)
    } else if few * 2 > with {
        Some(LeftOutOfSeats::Few)
    } else {
        None
    }
}
