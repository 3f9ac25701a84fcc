//! Afterwards: who came, as the desk reads it; the figures themselves are `model`'s.

mod book;
mod certificate;
mod term;
#[cfg(test)]
mod tests;
mod words;

use std::collections::HashMap;

use jiff::civil::Date;
use xinmei_model::{
    Arrival, Attended, Booking, Child, Event, EventState, Id, Kind, Level, List, Pass, Place, Power, Seat,
    Session, Share, Stand, Year, families, grouped, place_at, sum,
};

use super::{
    ask::{no_power, read},
    names::PlaceOrder,
    reading::Reading,
};
use crate::{
    Client,
    api::{
        Ask, Fault,
        attendance::{Counted, PlaceRow, Report, ReportView, SessionRow},
        profile::PlaceName,
    },
};

pub(super) use certificate::was_there;

impl Ask for Report {
    type Reply = ReportView;

    async fn answer(self, client: &Client) -> Result<ReportView, Fault> {
        read(client, move |reading| report(reading, self.event)).await
    }
}

/// A session with its figures.
struct Held {
    session: Session,
    stand: Stand,
    shares: Vec<Share>,
}

impl Held {
    fn has_begun(&self, reading: &Reading<'_>) -> bool {
        self.stand.counts() && (self.session.has_begun(reading.now) || self.stand == Stand::On)
    }
}

fn counted<'s>(shares: impl IntoIterator<Item = &'s Share> + Clone) -> Counted {
    Counted { figures: sum(shares.clone()), families: families(shares) }
}

fn report(reading: &Reading<'_>, id: Id<Event>) -> Result<ReportView, Fault> {
    let event = reading.event(id)?;
    if !reading.may(Power::ManageEvents, &event.held_at) {
        return Err(no_power(Power::ManageEvents));
    }
    let held = reading.held(&event, |_| true)?;
    let shares: Vec<Share> = held.iter().flat_map(|one| one.shares.iter().cloned()).collect();
    let first = held.first().map_or(reading.day, |one| one.session.starts.date());
    let year = reading.year_on(first)?;
    let rows = |level| {
        let rows = reading.by_place(&shares, level, year).into_iter();
        rows.map(|(place, shares)| PlaceRow { place, counted: counted(shares) }).collect::<Vec<_>>()
    };
    let whole = counted(&shares);
    let sends = reading.may(Power::SendNotices, &event.held_at);
    Ok(ReportView {
        event: id,
        title: event.title.clone(),
        tags: event.tags().map(str::to_owned).collect(),
        place: reading.place_name_in(event.place, year),
        venue: event.venue.clone(),
        seat_rule: event.seat_rule,
        cancelled: match &event.state {
            EventState::Cancelled { reason, .. } => Some(reason.clone()),
            _ => None,
        },
        may_ask: sends && whole.families > 0 && held.iter().any(|one| one.has_begun(reading)),
        whole,
        campuses: rows(Level::Campus),
        grades: rows(Level::Grade),
        classes: rows(Level::Class),
        sessions: held.iter().map(session_row).collect(),
        made: reading.now,
    })
}

fn session_row(held: &Held) -> SessionRow {
    let Session { id, name, starts, ends, capacity, .. } = held.session.clone();
    SessionRow { id, name, starts, ends, capacity, stand: held.stand, counted: counted(&held.shares) }
}

impl Reading<'_> {
    /// The sessions of an event that are wanted, by time, each with its figures.
    fn held(&self, event: &Event, wanted: impl Fn(&Session) -> bool) -> Result<Vec<Held>, Fault> {
        let mut sessions: Vec<Session> = self.snapshot.list(List::SessionsOf(event.id))?;
        sessions.retain(wanted);
        sessions.sort_by_key(|session| (session.starts.timestamp(), session.id));
        sessions.into_iter().map(|session| self.held_session(event, session)).collect()
    }

    fn held_session(&self, event: &Event, session: Session) -> Result<Held, Fault> {
        let bookings: Vec<Booking> = self.snapshot.list(List::BookingsOf(session.id))?;
        let mut seats: Vec<Seat> = Vec::new();
        for booking in &bookings {
            seats.extend(self.snapshot.list::<Seat>(List::SeatsOf(booking.id))?);
        }
        let arrivals: Vec<Arrival> = self.snapshot.list(List::ArrivalsAt(session.id))?;
        let classes = self.classes_on(&session, &seats)?;
        let attended =
            Attended { event, session: &session, bookings: &bookings, seats: &seats, arrivals: &arrivals };
        let stand = attended.stand(self.now);
        let shares = attended.shares(self.now, |child| classes.get(&child).copied());
        Ok(Held { session, stand, shares })
    }

    /// In which class each child was on the day of a session: as the school has it, else as the gates had it.
    fn classes_on(&self, session: &Session, seats: &[Seat]) -> Result<HashMap<Id<Child>, Id<Place>>, Fault> {
        let passes: Vec<Pass> = self.snapshot.list(List::PassesOfSession(session.id))?;
        let mut classes: HashMap<_, _> =
            passes.iter().filter_map(|pass| Some((pass.child, pass.class?))).collect();
        let day = session.starts.date();
        for seat in seats {
            let child: Option<Child> = self.snapshot.get(seat.child)?;
            classes.extend(child.and_then(|child| child.class_on(day)).map(|class| (seat.child, class)));
        }
        Ok(classes)
    }

    /// Shares by the place of a level, in the order of the school's tree; those of no known class last.
    fn by_place<'s>(
        &self,
        shares: &'s [Share],
        level: Level,
        year: Option<i16>,
    ) -> Vec<(Option<PlaceName>, Vec<&'s Share>)> {
        let groups = grouped(shares, |share| place_at(&self.places, share.class, level));
        let mut rows: Vec<(Option<PlaceOrder>, _, _)> = groups
            .into_iter()
            .map(|(place, shares)| {
                let order =
                    place.and_then(|place| self.places.get(&place)).map(|place| self.place_order(place));
                (order, place.map(|place| self.place_name_in(place, year)), shares)
            })
            .collect();
        rows.sort_by(|(a, ..), (b, ..)| a.is_none().cmp(&b.is_none()).then_with(|| a.cmp(b)));
        rows.into_iter().map(|(_, place, shares)| (place, shares)).collect()
    }

    /// The calendar year in which the school year of a day began.
    fn year_on(&self, day: Date) -> Result<Option<i16>, Fault> {
        let years: Vec<Year> = self.snapshot.list(List::All(Kind::Year))?;
        Ok(Year::of(&years, day).map(|year| year.begins_in))
    }

    /// A place as a school year calls it that begins in this calendar year.
    pub(super) fn place_name_in(&self, id: Id<Place>, year: Option<i16>) -> PlaceName {
        let place = self.places.get(&id);
        let grade = year.zip(place).and_then(|(year, place)| place.grade_in(year));
        PlaceName { grade, ..self.place_name(id) }
    }
}
