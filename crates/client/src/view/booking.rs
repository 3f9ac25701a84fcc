//! Bookings in the fixed words: what the school has, and what waits on this computer.

use std::collections::BTreeSet;

use xinmei_model::{
    Arrival, ArrivalState, Booking, BookingState, Child, Event, EventState, Id, List, Place, Seat, Session,
    SessionState, SignUp, Standing,
};

use super::{
    attendance::was_there,
    commitment::Commitment,
    draw::{DrawRows, is_wish},
    family::Family,
    reading::{Reading, count},
    session::with_room,
    wishes,
};
use crate::api::{
    Fault,
    event::{BookingIs, BookingView, SessionFill},
    sync::ItemState,
    ticket::PartyIn,
};

/// A family's booking, and what a calendar needs beside its view.
pub(crate) struct Booked {
    /// As the family sees it.
    pub(crate) view: BookingView,
    /// Where on the campus.
    pub(crate) venue: String,
    /// The guardian at this computer comes along.
    pub(crate) by_me: bool,
    /// On which campus, if on one.
    pub(crate) campus: Option<Id<Place>>,
}

impl Booked {
    /// Whether the family still counts on it.
    pub(crate) fn is_live(&self) -> bool {
        is_live(&self.view.state)
    }

    /// Whether it only wishes for a seat that is drawn later.
    fn is_wish(&self) -> bool {
        is_wish(&self.view.state, &self.view.wishes)
    }

    /// When and for whom, if the family counts on it.
    pub(crate) fn commitment(&self) -> Option<Commitment> {
        (self.is_live() && !self.is_wish()).then(|| Commitment {
            of: self.view.session.id.uuid(),
            starts: self.view.session.starts.clone(),
            ends: self.view.session.ends.clone(),
            title: self.view.title.clone(),
            children: self.view.children.iter().map(|child| child.id).collect(),
            mine: self.by_me,
            campus: self.campus,
        })
    }

    /// Whether it takes a place in the week: live, or just called off, refused or given back without a verdict.
    pub(crate) fn is_shown(&self) -> bool {
        let given_up =
            matches!(self.view.state, BookingIs::Withdrawn | BookingIs::Lapsed | BookingIs::NotDrawn);
        !given_up && !self.is_wish() || self.view.pending.is_some()
    }
}

fn is_live(state: &BookingIs) -> bool {
    matches!(
        state,
        BookingIs::Saved
            | BookingIs::Sent
            | BookingIs::Confirmed
            | BookingIs::Waitlisted { .. }
            | BookingIs::Offered { .. }
            | BookingIs::Entered
    )
}

/// Why a session does not take place: its event, or it alone, was called off.
fn called_off<'e>(event: &'e Event, session: &'e Session) -> Option<&'e str> {
    match (&event.state, &session.state) {
        (EventState::Cancelled { reason, .. }, _) | (_, SessionState::Cancelled { reason, .. }) => {
            Some(reason)
        }
        _ => None,
    }
}

/// Whether an entry in a draw can still be given a seat: one wish that was called off leaves the others.
fn still_enters(state: BookingState, event: &Event, wishes: &[Session]) -> bool {
    state == BookingState::Entered && wishes.iter().any(|session| session.takes_place(event))
}

/// The fixed word for a booking the school has. What the family, or time, ended before it was called off stays so.
fn word_of(
    state: BookingState,
    called_off: Option<&str>,
    place: Option<u32>,
    instead: impl FnOnce() -> Vec<SessionFill>,
) -> BookingIs {
    match (state, called_off) {
        (BookingState::Withdrawn, _) => BookingIs::Withdrawn,
        (BookingState::Lapsed, _) => BookingIs::Lapsed,
        (BookingState::Released, _) => BookingIs::Released,
        (BookingState::NotDrawn, _) => BookingIs::NotDrawn,
        (_, Some(reason)) => BookingIs::Cancelled { reason: reason.to_owned(), instead: instead() },
        (BookingState::Displaced, None) => BookingIs::Displaced { instead: instead() },
        (BookingState::Entered, None) => BookingIs::Entered,
        (BookingState::Confirmed, None) => BookingIs::Confirmed,
        (BookingState::Waiting, None) => BookingIs::Waitlisted { place },
        (BookingState::Offered { until }, None) => BookingIs::Offered { until },
    }
}

/// The fixed word for a sign-up the school does not have, or not yet.
pub(crate) fn word_of_wish(state: &ItemState, instead: impl FnOnce() -> Vec<SessionFill>) -> BookingIs {
    match state {
        ItemState::Saved => BookingIs::Saved,
        // Parked wishes are shown by the outbox alone; what cannot be read has been sent.
        ItemState::Sent | ItemState::Parked { .. } | ItemState::Unreadable => BookingIs::Sent,
        ItemState::Refused { refusal } => BookingIs::Refused { refusal: refusal.clone(), instead: instead() },
    }
}

impl Reading<'_> {
    /// The fixed word for a booking the school has.
    pub(crate) fn booking_is(
        &self,
        booking: &Booking,
        event: &Event,
        session: &Session,
    ) -> Result<BookingIs, Fault> {
        let place = match booking.state {
            BookingState::Waiting => self.snapshot.get(Standing::new(booking.id, 0).id)?.map(|it| it.place),
            _ => None,
        };
        let wishes = booking.wishes.iter().map(|wish| self.snapshot.get(*wish));
        let wishes: Vec<Session> = wishes.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        let called_off = called_off(event, session).filter(|_| !still_enters(booking.state, event, &wishes));
        let lost = called_off.is_some() || booking.state == BookingState::Displaced;
        let sessions = if lost { self.sessions_of(event.id)? } else { Vec::new() };
        let instead = || self.instead(event, &sessions, session.id, booking.size);
        Ok(word_of(booking.state, called_off, place, instead))
    }

    /// The next best: other sessions with room for so many, while sign-up is open.
    fn instead(
        &self,
        event: &Event,
        sessions: &[SessionFill],
        but: Id<Session>,
        size: u32,
    ) -> Vec<SessionFill> {
        let open = event.open_at(self.now).is_ok();
        let mut others = if open { with_room(sessions, size) } else { Vec::new() };
        others.retain(|other| other.id != but);
        others
    }

    /// Every booking of a family, those that wait on this computer included: live ones first, then by start.
    pub(crate) fn bookings_of(&self, family: &Family) -> Result<Vec<Booked>, Fault> {
        let mut ids = BTreeSet::new();
        for own in family.children() {
            let seats: Vec<Seat> = self.snapshot.list(List::SeatsFor(own.child.id))?;
            ids.extend(seats.into_iter().map(|seat| seat.booking));
        }
        let mut booked = Vec::new();
        for id in ids {
            booked.extend(self.confirmed(family, id)?);
        }
        if !family.children().is_empty() {
            for (wish, entry) in self.wishes.sign_ups(true) {
                booked.extend(self.hoped(family, wish, &entry.state)?);
            }
        }
        booked.sort_by_key(|booked| (!booked.is_live(), booked.view.session.starts.timestamp()));
        Ok(booked)
    }

    /// A booking the school has.
    fn confirmed(&self, family: &Family, id: Id<Booking>) -> Result<Option<Booked>, Fault> {
        let Some(booking) = self.snapshot.get(id)? else { return Ok(None) };
        let Some((event, session)) = self.place_of_booking(booking.session)? else { return Ok(None) };
        let seats: Vec<Seat> = self.snapshot.list(List::SeatsOf(id))?;
        let children: Vec<_> = seats.into_iter().map(|seat| seat.child).collect();
        let came = self.came_with(id)?;
        let drawn = if booking.wishes.is_empty() { DrawRows::default() } else { self.draw_rows(&event)? };
        let view = BookingView {
            id,
            event: event.id,
            title: event.title.clone(),
            session: self.session_fill(&session)?,
            children: family.names_of(&children),
            adults: booking.adults,
            size: booking.size,
            state: self.booking_is(&booking, &event, &session)?,
            entered: booking.entered.clone(),
            withdraw_until: event.withdraw_until.clone(),
            // Who is inside has the seat: nothing is given back or changed then.
            may_withdraw: came.is_none() && booking.may_withdraw(&event, &session, self.now),
            may_change: came.is_none() && booking.may_change(&event, &session, self.now),
            moved: session.was_at(booking.at).cloned(),
            venue_was: self.venue_was(&event, &session, booking.at)?,
            answers: booking.answers.clone(),
            put_back: booking.put_back.clone(),
            wishes: booking.wishes.clone(),
            misses: drawn.misses(id),
            drawn: drawn.place(id),
            certificate: was_there(self, &booking, &event, &session)?,
            came,
            released: booking.released.filter(|_| booking.state == BookingState::Released),
            pending: self.wishes.about_booking(id),
        };
        let by_me = booking.guardian == self.me && booking.adults > 0;
        let campus = self.campus_of_session(&event, &session)?;
        let venue = self.venue_words(&event, &session)?;
        Ok(Some(Booked { view, venue, by_me, campus }))
    }

    /// Who of a party was let in, by what the gates told.
    fn came_with(&self, booking: Id<Booking>) -> Result<Option<PartyIn>, Fault> {
        let arrivals: Vec<Arrival> = self.snapshot.list(List::ArrivalsOf(booking))?;
        let counted: Vec<_> = arrivals.iter().filter(|arrival| arrival.counts()).collect();
        let Some(first) = counted.iter().min_by_key(|arrival| arrival.at) else { return Ok(None) };
        Ok(Some(PartyIn {
            people: counted.iter().map(|arrival| arrival.seats.saturating_add(arrival.extra)).sum(),
            gate_name: first.gate_name.clone(),
            at: first.at,
            left: counted.iter().all(|arrival| matches!(arrival.state, ArrivalState::Out { .. })),
        }))
    }

    /// A sign-up that waits on this computer or was refused; `None` once its booking has arrived.
    fn hoped(&self, family: &Family, wish: &SignUp, state: &ItemState) -> Result<Option<Booked>, Fault> {
        if self.snapshot.get(wish.booking)?.is_some() {
            return Ok(None);
        }
        let Some((event, session)) = self.place_of_booking(wish.session)? else { return Ok(None) };
        let size = event.seats_for(count(&wish.children), wish.adults);
        let view = BookingView {
            id: wish.booking,
            event: event.id,
            title: event.title.clone(),
            session: self.session_fill(&session)?,
            children: family.names_of(&wish.children),
            adults: wish.adults,
            size,
            state: self.wish_is(&event, wish, state)?,
            entered: None,
            withdraw_until: event.withdraw_until.clone(),
            // What the school does not have is taken back from the outbox.
            may_withdraw: true,
            may_change: false,
            moved: None,
            venue_was: None,
            answers: wish.answers.clone(),
            put_back: None,
            wishes: wish.wishes(&event),
            misses: None,
            drawn: None,
            certificate: false,
            came: None,
            released: None,
            pending: self.wishes.about_booking(wish.booking),
        };
        let campus = self.campus_of_session(&event, &session)?;
        let venue = self.venue_words(&event, &session)?;
        Ok(Some(Booked { view, venue, by_me: wish.adults > 0, campus }))
    }

    /// The fixed word for a sign-up in the outbox; a refused one names the sessions that still have room.
    pub(crate) fn wish_is(
        &self,
        event: &Event,
        wish: &SignUp,
        state: &ItemState,
    ) -> Result<BookingIs, Fault> {
        let sessions = if wishes::waits(state) { Vec::new() } else { self.sessions_of(event.id)? };
        let size = event.seats_for(count(&wish.children), wish.adults);
        Ok(word_of_wish(state, || self.instead(event, &sessions, wish.session, size)))
    }

    fn place_of_booking(&self, session: Id<Session>) -> Result<Option<(Event, Session)>, Fault> {
        let Some(session) = self.snapshot.get(session)? else { return Ok(None) };
        Ok(self.snapshot.get(session.event)?.map(|event| (event, session)))
    }
}

/// Children who have a live booking among these.
pub(crate) fn children_booked<'b>(booked: impl Iterator<Item = &'b Booked>) -> BTreeSet<Id<Child>> {
    let live = booked.filter(|booked| booked.is_live());
    live.flat_map(|booked| booked.view.children.iter().map(|child| child.id)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use xinmei_model::Refusal;

    use super::*;

    fn word(state: BookingState, off: Option<&str>, place: Option<u32>) -> BookingIs {
        word_of(state, off, place, Vec::new)
    }

    #[test]
    fn each_state_has_its_word() {
        let until = Timestamp::from_second(1_795_000_000).unwrap();
        assert_eq!(word(BookingState::Confirmed, None, None), BookingIs::Confirmed);
        assert_eq!(word(BookingState::Waiting, None, Some(3)), BookingIs::Waitlisted { place: Some(3) });
        assert_eq!(word(BookingState::Waiting, None, None), BookingIs::Waitlisted { place: None });
        assert_eq!(word(BookingState::Offered { until }, None, None), BookingIs::Offered { until });
        assert_eq!(word(BookingState::Lapsed, None, None), BookingIs::Lapsed);
        assert_eq!(word(BookingState::Entered, None, None), BookingIs::Entered);
        assert_eq!(word(BookingState::NotDrawn, Some("台风"), None), BookingIs::NotDrawn);
        assert_eq!(word(BookingState::Displaced, None, None), BookingIs::Displaced { instead: vec![] });
    }

    #[test]
    fn what_was_called_off_says_so_unless_the_family_left_before() {
        let off = Some("台风");
        let called_off = BookingIs::Cancelled { reason: "台风".into(), instead: vec![] };
        for state in [BookingState::Confirmed, BookingState::Waiting, BookingState::Displaced] {
            assert_eq!(word(state, off, Some(1)), called_off);
        }
        assert_eq!(word(BookingState::Withdrawn, off, None), BookingIs::Withdrawn);
    }

    #[test]
    fn a_wish_is_never_called_confirmed() {
        assert_eq!(word_of_wish(&ItemState::Saved, Vec::new), BookingIs::Saved);
        assert_eq!(word_of_wish(&ItemState::Sent, Vec::new), BookingIs::Sent);
        let refused = ItemState::Refused { refusal: Refusal::Full };
        assert_eq!(
            word_of_wish(&refused, Vec::new),
            BookingIs::Refused { refusal: Refusal::Full, instead: Vec::new() }
        );
    }
}
