//! Events: the list, and one event whole.

mod acts;
mod copy;
mod desk;
mod rehearsal;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use jiff::{Timestamp, Zoned};
use xinmei_model::{
    Child, Clash, Event, EventState, Id, Kind, List, Place, Power, Session, Stay, been_before, clash, limits,
};

use super::{
    ask::read,
    booking::Booked,
    commitment::Commitment,
    family::{Family, Own},
    pupil::PupilsShift,
    reading::Reading,
    shift::OwnShift,
};
use crate::{
    Client,
    api::{
        self, Ask, Fault,
        event::{BookingIs, EventLine, Events, MayJoin, Opened, SessionClash, SessionFill},
    },
    fault::invalid,
};

impl Ask for api::event::List {
    type Reply = Events;

    async fn answer(self, client: &Client) -> Result<Events, Fault> {
        read(client, list).await
    }
}

impl Ask for api::event::Open {
    type Reply = Opened;

    async fn answer(self, client: &Client) -> Result<Opened, Fault> {
        read(client, move |reading| open(reading, self.event)).await
    }
}

fn list(reading: &Reading<'_>) -> Result<Events, Fault> {
    let family = Family::of_hat(reading)?;
    let booked = reading.bookings_of(&family)?;
    let events: Vec<Event> = reading.snapshot.list(List::All(Kind::Event))?;
    let mut lines = Vec::new();
    for event in events.iter().filter(|event| is_seen(reading, event)) {
        let line = reading.event_line(event, &family, &booked)?;
        let concerns =
            !line.mine.is_empty() || family.children().iter().any(|own| event.is_for(&own.child.path));
        lines.push((concerns, line));
    }
    lines.sort_by(|(a_concerns, a), (b_concerns, b)| {
        let (a_over, b_over) = (is_over(reading, a), is_over(reading, b));
        let by_start = a.starts.timestamp().cmp(&b.starts.timestamp());
        // What is over stands last, the latest of it first.
        let by_start = if a_over { by_start.reverse() } else { by_start };
        a_over
            .cmp(&b_over)
            .then(b_concerns.cmp(a_concerns))
            .then(by_start)
            .then_with(|| a.title.cmp(&b.title))
    });
    let turns = events.iter().filter(|event| is_seen(reading, event));
    let turns = turns.filter_map(|event| event.turns_after(reading.now));
    let sessions = lines.iter().flat_map(|(_, line)| &line.sessions);
    let holds = sessions.clone().flat_map(|session| &session.holds).map(|hold| hold.until.timestamp());
    let starts = sessions.map(|session| session.starts.timestamp()).chain(holds);
    Ok(Events {
        turns: turns.chain(starts.filter(|at| *at > reading.now)).min(),
        events: lines.into_iter().map(|(_, line)| line).collect(),
        may_plan: reading.has(Power::ManageEvents),
        places: reading.place_names_with(Power::ManageEvents),
    })
}

/// Families see what was published, the desk also what was not.
fn is_seen(reading: &Reading<'_>, event: &Event) -> bool {
    event.state != EventState::Draft || reading.may(Power::ManageEvents, &event.held_at)
}

fn is_over(reading: &Reading<'_>, line: &EventLine) -> bool {
    line.ends.timestamp() <= reading.now
}

pub(crate) fn open(reading: &Reading<'_>, id: Id<Event>) -> Result<Opened, Fault> {
    let event = reading.event(id)?;
    let family = Family::of_hat(reading)?;
    let booked = reading.bookings_of(&family)?;
    reading.event_whole(&event, &family, &booked)
}

/// First start and last end; before the sessions arrive, the time of sign-up.
fn span_of(event: &Event, sessions: &[SessionFill]) -> (Zoned, Zoned) {
    let starts = sessions.iter().map(|session| &session.starts).min().unwrap_or(&event.opens);
    let ends = sessions.iter().map(|session| &session.ends).max().unwrap_or(&event.closes);
    (starts.clone(), ends.clone())
}

/// What the family has at the time of a session on its campus, or too close to it on another.
fn clashes_of(
    sessions: &[SessionFill],
    campuses: &HashMap<Id<Session>, Option<Id<Place>>>,
    committed: &[Commitment],
    travel_min: u32,
) -> Vec<SessionClash> {
    let own = |one: &Commitment| sessions.iter().any(|session| session.id.uuid() == one.of);
    let others: Vec<_> = committed.iter().filter(|one| !own(one)).collect();
    let mut clashes = Vec::new();
    for session in sessions {
        let campus = campuses.get(&session.id).copied().flatten();
        let here = Stay { starts: &session.starts, ends: &session.ends, campus };
        for one in &others {
            let Some(why) = clash(here, one.stay(), travel_min) else { continue };
            clashes.push(SessionClash {
                session: session.id,
                with: one.title.clone(),
                at: one.starts.clone(),
                too_far: why == Clash::TooFar,
            });
        }
    }
    clashes
}

/// When an event reads otherwise by time alone.
fn turns_of(event: &Event, line: &EventLine, now: Timestamp) -> Option<Timestamp> {
    let starts = line.sessions.iter().map(|session| session.starts.timestamp());
    let offers = line.mine.iter().filter_map(|booking| match booking.state {
        BookingIs::Offered { until } => Some(until),
        _ => None,
    });
    let holds = line.sessions.iter().flat_map(|session| &session.holds).map(|hold| hold.until.timestamp());
    event.turns_after(now).into_iter().chain(starts).chain(offers).chain(holds).filter(|at| *at > now).min()
}

impl Reading<'_> {
    /// Who of a family may still be signed up, by session.
    fn may_join(&self, event: &Event, family: &Family, here: &[&Booked]) -> Result<Vec<MayJoin>, Fault> {
        let sessions: Vec<Session> = self.snapshot.list(List::SessionsOf(event.id))?;
        let has = |child: Id<Child>| -> Vec<Id<Session>> {
            let of = here.iter().filter(|one| one.view.children.iter().any(|name| name.id == child));
            of.map(|one| one.view.session.id).collect()
        };
        let mut been = Vec::new();
        if sessions.iter().any(|session| session.first_timers) {
            for own in family.children() {
                let before = self.snapshot.settle(|facts| been_before(facts, event, own.child.id))?;
                been.extend(before.unwrap_or(false).then_some(own.child.id));
            }
        }
        let joins = |session: &Session, own: &Own| {
            let anew = !session.first_timers || !been.contains(&own.child.id);
            own.decides && anew && event.may_join(session, &own.child.path, &has(own.child.id))
        };
        let may = |session: &Session| MayJoin {
            session: session.id,
            children: family
                .children()
                .iter()
                .filter(|own| joins(session, own))
                .map(|own| own.child.id)
                .collect(),
        };
        Ok(sessions.iter().map(may).collect())
    }

    pub(crate) fn event(&self, id: Id<Event>) -> Result<Event, Fault> {
        let event: Option<Event> = self.snapshot.get(id)?;
        event.filter(|event| is_seen(self, event)).ok_or_else(|| invalid("event"))
    }

    /// One line of the list.
    pub(crate) fn event_line(
        &self,
        event: &Event,
        family: &Family,
        booked: &[Booked],
    ) -> Result<EventLine, Fault> {
        let sessions = self.sessions_of(event.id)?;
        let (starts, ends) = span_of(event, &sessions);
        let mine = booked.iter().filter(|booked| booked.view.event == event.id);
        Ok(EventLine {
            id: event.id,
            title: event.title.clone(),
            programme: event.programme.clone(),
            tags: event.tags.clone(),
            look: event.look,
            place: self.place_name(event.place),
            venue: event.venue.clone(),
            held_in: self.venue_here(event.held_in)?,
            state: event.state.clone(),
            starts,
            ends,
            opens: event.opens.clone(),
            closes: event.closes.clone(),
            open_now: event.open_at(self.now).is_ok(),
            sessions,
            mine: mine.map(|booked| booked.view.clone()).collect(),
            eligible: family.names(|own| own.decides && event.is_for(&own.child.path)),
            desk: self.may(Power::ManageEvents, &event.held_at),
            draw: self.draw_view(event)?,
        })
    }

    /// An event, whole.
    pub(super) fn event_whole(
        &self,
        event: &Event,
        family: &Family,
        booked: &[Booked],
    ) -> Result<Opened, Fault> {
        let line = self.event_line(event, family, booked)?;
        let committed = if family.children().is_empty() {
            Vec::new()
        } else {
            let shifts = self.own_shifts()?;
            let with_pupils = self.pupils_shifts(family)?;
            let meetings = self.meeting_commitments(&self.own_meetings()?)?;
            booked
                .iter()
                .filter_map(Booked::commitment)
                .chain(shifts.iter().map(OwnShift::commitment))
                .chain(with_pupils.iter().map(PupilsShift::commitment))
                .chain(meetings)
                .chain(self.contest_commitments()?)
                .collect()
        };
        let here: Vec<_> =
            booked.iter().filter(|booked| booked.view.event == event.id && booked.is_live()).collect();
        let held = here.iter().map(|booked| booked.view.size).sum();
        Ok(Opened {
            child_limit: event.child_limit,
            child_seats: event.child_seats,
            questions: event.questions.clone(),
            version: event.version,
            theme: event.theme,
            lesson: event.lesson.clone(),
            course: self.course_of(event)?,
            venue_was: event.venues.last().cloned(),
            may_join: self.may_join(event, family, &here)?,
            pending: self.wishes.about_event(event.id, &line.sessions),
            turns: turns_of(event, &line, self.now),
            about: event.about.clone(),
            seat_rule: event.seat_rule,
            family_limit: event.family_limit,
            waitlist: event.waitlist,
            withdraw_until: event.withdraw_until.clone(),
            for_whom: event.eligible.iter().map(|place: &Id<Place>| self.place_name(*place)).collect(),
            clashes: clashes_of(&line.sessions, &self.campuses_of(event)?, &committed, self.travel_min()?),
            open_now: line.open_now,
            seats_left: event.seats_left(held),
            most_adults: limits::ADULTS_PER_BOOKING,
            line,
        })
    }
}
