//! Events with their bookings.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{SignedDuration, ToSpan};
use xinmei_model::{
    Act, Actor, Allotment, Booking, BookingAnswer, BookingState, Cut, Event, EventDraft, FieldKind,
    FormField, Hold, Id, List, Person, RoleKind, Row, SeatRule, Session, SessionDraft, SignUp, limits,
    losing,
};

use super::{
    calendar::Chance,
    cast::{Cast, Family, guardian},
    courses, door, plan,
    stage::{Stage, act, between, composed, must},
    themes, venues,
};
use crate::{Fail, Result, files::Files, ledger::Tx};

/// A session as it is filled.
#[derive(Clone)]
struct Filling {
    event: plan::Held,
    session: Id<Session>,
    sitting: plan::Sitting,
    /// Families it is for, in the order in which they come.
    families: Vec<Family>,
}

/// Puts an event on the stage: published, filled in two waves, and what was given back.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, held: &plan::Held, files: &Files) -> Result<()> {
    let campus = cast.campus(&held.campus)?;
    let author = cast.staff(RoleKind::Coordinator, Some(campus))?;
    let draft = draft(stage, cast, held)?;
    themes::stage(stage, cast, held, &draft)?;
    let (opens, closes) = (draft.opens.timestamp(), draft.closes.timestamp());
    let last =
        closes.min(stage.days.now()).saturating_sub(SignedDuration::from_mins(40)).map_err(Fail::broken)?;
    let grades = draft.eligible.clone();
    let of = |family: &&Family| {
        family.path.contains(&campus)
            && (grades.is_empty() || grades.iter().any(|grade| family.path.contains(grade)))
    };
    let mut families: Vec<Family> = cast.families.iter().filter(of).cloned().collect();
    // The family of the pictures does what the plan says, and nothing else.
    let own: BTreeSet<Id<Person>> = cast.family(super::CHILD)?.deciding.iter().copied().collect();
    families.retain(|family| !family.deciding.is_empty() && !family.deciding.iter().any(|g| own.contains(g)));
    Chance::of(&held.title).shuffle(&mut families);

    let mut sittings: Vec<_> =
        held.sessions.iter().zip(&draft.sessions).map(|(s, d)| (s.clone(), d.id)).collect();
    // Before the demo begins nobody signed up, named or not.
    if closes <= stage.begins {
        sittings.iter_mut().for_each(|(sitting, _)| sitting.booked_for.clear());
    }
    let parts = sittings.len().max(1);
    let cuts: Vec<_> = sittings
        .iter()
        .filter_map(|(sitting, session)| {
            let (capacity, reason) = sitting.cut.clone()?;
            Some(Fewer { session: *session, capacity, reason })
        })
        .collect();
    let after_all = after_all(stage, held, &draft)?;
    if let (Some(door), Some(first)) = (&held.door, draft.sessions.first()) {
        door::stage(stage, author, draft.id, first, door)?;
    }
    let posted = opens.saturating_sub(SignedDuration::from_hours(1)).map_err(Fail::broken)?;
    let wish = Act::PublishEvent { event: draft.clone() };
    stage.at(posted, move |tx| must(tx, author, &wish));
    courses::lesson(stage, cast, held, &draft, files)?;
    for (index, (sitting, session)) in sittings.into_iter().enumerate() {
        let own: Vec<Family> = families.iter().skip(index).step_by(parts).cloned().collect();
        let filling = Filling { event: held.clone(), session, sitting, families: own };
        let (early, late, end) = (filling.clone(), filling.clone(), filling);
        let of = Arc::clone(cast);
        stage.at(between(opens, last, 20), move |tx| {
            early.named(tx, &of, &early.sitting.booked_for)?;
            early.fill(tx, early.sitting.booked * 3 / 5)
        });
        let of = Arc::clone(cast);
        stage.at(between(opens, last, 85), move |tx| {
            late.fill(tx, late.sitting.booked)?;
            late.wait(tx)?;
            late.named(tx, &of, &late.sitting.waiting_for)
        });
        if end.sitting.given_back > 0 {
            stage.at(last, move |tx| end.give_back(tx));
        }
    }
    stage.at(between(opens, last, 95), move |tx| {
        after_all.iter().try_for_each(|wish| must(tx, author, wish))?;
        cuts.iter().try_for_each(|cut| cut.carry_out(tx, author))
    });
    Ok(())
}

/// What is otherwise than it was published: another place, another time, a session that was called off.
fn after_all(stage: &Stage, held: &plan::Held, published: &EventDraft) -> Result<Vec<Act>> {
    let mut wishes = Vec::new();
    let mut event = published.clone();
    if let Some(later) = &held.venue_later {
        event.held_in = stage.venues.get(&(held.campus.clone(), later.clone())).copied();
        event.venue = later.clone();
    }
    for (sitting, session) in held.sessions.iter().zip(&mut event.sessions) {
        if let Some(moved) = &sitting.moved_to {
            session.starts = stage.days.when(moved)?;
            session.ends = session.starts.checked_add(sitting.minutes.minutes()).map_err(Fail::broken)?;
        }
        if let Some(reason) = sitting.cancelled.clone() {
            wishes.push(Act::CancelSession { session: session.id, reason });
        }
    }
    if event != *published {
        wishes.insert(0, Act::change_event(event, 0));
    }
    Ok(wishes)
}

/// Fewer seats than families had.
struct Fewer {
    session: Id<Session>,
    capacity: u32,
    reason: String,
}

impl Fewer {
    fn carry_out(&self, tx: &mut Tx<'_>, by: Actor) -> Result<()> {
        let rows = tx.list(List::BookingsOf(self.session), limits::ROWS_PER_LIST)?;
        let bookings =
            rows.iter().filter_map(|row| if let Row::Booking(it) = &**row { Some(it) } else { None });
        let families = losing(bookings, self.capacity).families();
        let cut = (families > 0).then(|| Cut { reason: self.reason.clone(), families });
        must(tx, by, &Act::SetCapacity { session: self.session, capacity: self.capacity, cut })
    }
}

/// What most families answer: the first there is to choose, and nothing where nothing has to be said.
pub(super) fn answer(question: &FormField) -> BookingAnswer {
    let answer = match &question.value {
        FieldKind::Choice { choices } => choices.first().cloned().unwrap_or_default(),
        _ => String::new(),
    };
    BookingAnswer { question: question.label.clone(), answer }
}

pub(super) fn draft(stage: &Stage, cast: &Cast, held: &plan::Held) -> Result<EventDraft> {
    let identity = &stage.ledger.identity;
    let event: Id<Event> = composed(identity, &format!("demo/event/{}", held.title));
    let id = |sitting: &plan::Sitting| {
        composed(identity, &format!("demo/session/{}/{}", held.title, sitting.name))
    };
    let pool = held.sessions.first().filter(|_| held.shares_seats).map(id);
    let mut sessions = Vec::with_capacity(held.sessions.len());
    for sitting in &held.sessions {
        let starts = stage.days.when(&sitting.starts)?;
        let ends = starts.checked_add(sitting.minutes.minutes()).map_err(Fail::broken)?;
        sessions.push(SessionDraft {
            id: id(sitting),
            name: sitting.name.clone(),
            starts,
            ends,
            capacity: sitting.capacity,
            pool,
            held_in: sitting.venue.as_ref().map(|there| venues::id(stage, &there.campus, &there.name)),
            eligible: Vec::new(),
            first_timers: false,
            holds: holds(stage, held, sitting)?,
        });
    }
    let grades = held.grades.iter().map(|grade| cast.cohort(&held.campus, *grade, None));
    let closes = stage.days.when(&held.closes)?;
    Ok(EventDraft {
        id: event,
        place: cast.campus(&held.campus)?,
        title: held.title.clone(),
        about: held.about.clone(),
        venue: held.venue.clone(),
        held_in: venues::of(stage, held),
        programme: held.programme.clone(),
        tags: held.tags.clone(),
        eligible: grades.collect::<Result<_>>()?,
        seat_rule: held.seat_rule,
        family_limit: held.family_limit,
        child_limit: held.child_limit,
        child_seats: held.child_seats,
        questions: held.questions.clone(),
        look: held.look,
        waitlist: held.waitlist,
        theme: themes::of(stage, held),
        lesson: courses::of(stage, held),
        partner: None,
        trip: None,
        draw: None,
        opens: stage.days.when(&held.opens)?,
        withdraw_until: closes.clone(),
        closes,
        sessions,
    })
}

/// What is kept of a session's seats.
fn holds(stage: &Stage, held: &plan::Held, sitting: &plan::Sitting) -> Result<Vec<Hold>> {
    let key = format!("demo/hold/{}/{}", held.title, sitting.name);
    let kept = sitting.kept.iter().enumerate();
    kept.map(|(n, (of, seats, until))| {
        Ok(Hold {
            id: composed(&stage.ledger.identity, &format!("{key}/{n}")),
            of: of.clone(),
            seats: *seats,
            until: stage.days.when(until)?,
        })
    })
    .collect()
}

impl Filling {
    /// Families come until so many seats are taken. A family that may not is passed over.
    fn fill(&self, tx: &mut Tx<'_>, seats: u32) -> Result<()> {
        let mut chance = Chance::of(&format!("{}/{}/{seats}", self.event.title, self.sitting.name));
        for family in &self.families {
            let free = seats.saturating_sub(self.allotment(tx)?.used);
            let Some(adults) = self.adults(free, &mut chance) else { break };
            if let Some(person) = family.deciding.first() {
                act(tx, guardian(*person), &self.wish(tx, family, *person, adults))?;
            }
        }
        Ok(())
    }

    /// Families come although it is full.
    fn wait(&self, tx: &mut Tx<'_>) -> Result<()> {
        for family in self.families.iter().rev() {
            if self.allotment(tx)?.waiting >= self.sitting.waiting {
                break;
            }
            if let Some(person) = family.deciding.first() {
                act(tx, guardian(*person), &self.wish(tx, family, *person, 1))?;
            }
        }
        Ok(())
    }

    /// Fathers of children named by the plan.
    fn named(&self, tx: &mut Tx<'_>, cast: &Cast, numbers: &[String]) -> Result<()> {
        for number in numbers {
            let family = cast.family(number)?;
            let father = cast.father(number)?;
            let Actor::Person { person, .. } = father else { continue };
            let wish = self.wish(tx, family, person, 1);
            must(tx, father, &wish)?;
        }
        Ok(())
    }

    /// The last to come give back what they took: an offer goes out to whoever waits first.
    fn give_back(&self, tx: &mut Tx<'_>) -> Result<()> {
        let mut left = self.sitting.given_back;
        for row in tx.list(List::BookingsOf(self.session), limits::ROWS_PER_LIST)?.iter().rev() {
            let Row::Booking(Booking {
                id, guardian: person, state: BookingState::Confirmed, size: 2, ..
            }) = &**row
            else {
                continue;
            };
            if left > 0 {
                left -= 1;
                must(tx, guardian(*person), &Act::Withdraw { booking: *id, on_behalf_of: None })?;
            }
        }
        Ok(())
    }

    /// How many adults a family brings into what is free; `None` if not even the smallest family fits.
    fn adults(&self, free: u32, chance: &mut Chance) -> Option<u32> {
        let two = self.event.family_limit >= 2 && chance.percent(35);
        match self.event.seat_rule {
            SeatRule::Adults if free >= 2 && two => Some(2),
            SeatRule::Adults | SeatRule::Children if free >= 1 => Some(1),
            // An odd seat would stay empty for ever behind families of two.
            SeatRule::Everyone if free == 3 || free > 4 && two => Some(2),
            SeatRule::Everyone if free >= 2 => Some(1),
            _ => None,
        }
    }

    fn wish(&self, tx: &Tx<'_>, family: &Family, person: Id<Person>, adults: u32) -> Act {
        let name = format!("demo/booking/{}/{person}/{}", self.session, family.child);
        Act::SignUp(SignUp {
            booking: composed(tx.identity(), &name),
            session: self.session,
            children: vec![family.child],
            adults,
            answers: self.event.questions.iter().map(answer).collect(),
            others: Vec::new(),
            on_behalf_of: None,
        })
    }

    fn allotment(&self, tx: &mut Tx<'_>) -> Result<Allotment> {
        let id = match tx.row(self.session.uuid())?.map(|(row, _, _)| row).as_deref() {
            Some(Row::Session(session)) => Allotment::of(session.counted_with().uuid()),
            _ => return Err(Fail::broken("a session that is not there")),
        };
        match tx.row(id.uuid())?.map(|(row, _, _)| row).as_deref() {
            Some(Row::Allotment(allotment)) => Ok(allotment.clone()),
            _ => Err(Fail::broken("a session without seats")),
        }
    }
}
