//! What a guardian is told.

use jiff::Timestamp;
use uuid::Uuid;
use xinmei_model::{
    Booking, BookingState, Event, EventState, FamilyRequest, Kind, List, Notice, Recall, RequestState, Seen,
    Session, SessionState, Wanted,
};

use super::{BACK, Note, NoteKind, OpensAt, key_of_notice, meeting, pupil, shift, turns};
use crate::{
    api::{
        Fault,
        event::{BookingIs, BookingView},
        notification::BookedNews,
    },
    view::{
        family::{Family, Own},
        notice::{Received, left_without},
        reading::Reading,
        wishes,
    },
};

pub(super) fn news(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let received = Received::load(reading, Family::load(reading)?)?;
    let notices: Vec<Notice> = reading.snapshot.list_desc(List::All(Kind::Notice), BACK)?;
    for notice in &notices {
        of_notice(reading, &received, notice, notes)?;
    }
    of_recalls(reading, &received, notes)?;
    reading.notes_of_messages(&received.family, notes)?;
    of_answers(reading, &received.family, notes)?;
    of_bookings(reading, &received.family, notes)?;
    shift::news(reading, notes)?;
    turns::news(reading, notes)?;
    pupil::news(reading, &received.family, notes)?;
    meeting::news(reading, &received.family, notes)
}

/// A notice, and that it is due soon. Who answered it from another device knows of it.
fn of_notice(
    reading: &Reading<'_>,
    received: &Received,
    notice: &Notice,
    notes: &mut Vec<Note>,
) -> Result<(), Fault> {
    let addressed = received.addressed(reading, notice);
    if addressed.is_empty() {
        return Ok(());
    }
    let children = addressed.iter().map(|own| own.name.clone()).collect();
    let note = reading.note_of_notice(notice, children)?;
    if note.is_none() && notice.reminded.is_none() {
        return Ok(());
    }
    let answers = reading.answers_to(notice)?;
    let complete = reading.complete(notice, &answers)?;
    let silent = |own: &&&Own| own.decides && complete.iter().all(|one| one.child != own.child.id);
    let silent: Vec<_> = addressed.iter().filter(silent).map(|own| own.name.clone()).collect();
    if let Some(note) = note {
        let knows = reading.has_answered(notice, &answers);
        let to_do = note.to_do && !silent.is_empty();
        notes.extend((!knows).then_some(Note { to_do, ..note }));
    }
    if !silent.is_empty() {
        notes.extend(reading.note_of_reminder(notice, silent)?);
    }
    Ok(())
}

/// That a notice was taken back, or is for others now: of who read it, or was told of it here.
fn of_recalls(reading: &Reading<'_>, received: &Received, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let recalls: Vec<Recall> = reading.snapshot.list_desc(List::All(Kind::Recall), BACK)?;
    for recall in recalls {
        let seen = reading.snapshot.get(Seen::of(recall.notice, reading.me))?.is_some();
        let knew = seen || reading.snapshot.is_told(&key_of_notice(recall.notice))?;
        if !knew || !reading.is_news(recall.id.uuid(), recall.at)? {
            continue;
        }
        let children = left_without(reading, received, &recall)?;
        if children.is_empty() {
            continue;
        }
        notes.push(Note {
            keys: vec![format!("recalled/{}", recall.notice)],
            what: NoteKind::Recalled { by: recall.author_name },
            title: String::new(),
            children,
            at: recall.at,
            due: None,
            to_do: false,
            urgent: false,
            opens: reading.opens(OpensAt::Notice { notice: recall.notice }),
        });
    }
    Ok(())
}

impl Reading<'_> {
    /// The last reminder of a notice that these children still wait to be answered for.
    fn note_of_reminder(
        &self,
        notice: &Notice,
        children: Vec<crate::api::profile::ChildName>,
    ) -> Result<Option<Note>, Fault> {
        let Some(at) = notice.reminded else { return Ok(None) };
        let over = notice.due.as_ref().is_some_and(|due| due.timestamp() <= self.now);
        if over || !notice.is_asked_of(self.me) || !self.is_news(notice.id.uuid(), at)? {
            return Ok(None);
        }
        Ok(Some(Note {
            keys: vec![format!("reminder/{}/{}", notice.id, at.as_millisecond())],
            what: NoteKind::Reminder,
            title: notice.title.clone(),
            children,
            at,
            due: notice.due.clone(),
            to_do: true,
            urgent: false,
            opens: self.opens(OpensAt::Notice { notice: notice.id }),
        }))
    }
}

/// What this guardian asked for, and the school said.
fn of_answers(reading: &Reading<'_>, family: &Family, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let rows: Vec<FamilyRequest> = reading.snapshot.list_desc(List::All(Kind::FamilyRequest), BACK)?;
    for row in rows.iter().filter(|row| row.guardian == reading.me) {
        let Some(own) = family.children().iter().find(|own| own.child.id == row.child) else { continue };
        let Some((agreed, at)) = answered(&row.state) else { continue };
        if reading.is_news(row.id.uuid(), at)? {
            notes.push(Note {
                keys: vec![format!("answered/{}/{}", row.id, at.as_millisecond())],
                what: NoteKind::Answered { agreed, pick_up: matches!(row.wanted, Wanted::PickUp { .. }) },
                title: String::new(),
                children: vec![own.name.clone()],
                at,
                due: None,
                to_do: false,
                urgent: false,
                opens: reading.opens(OpensAt::Requests),
            });
        }
    }
    Ok(())
}

/// Which way, and when.
fn answered(state: &RequestState) -> Option<(Option<bool>, Timestamp)> {
    match state {
        RequestState::Agreed { at, .. } => Some((Some(true), *at)),
        RequestState::Declined { at, .. } => Some((Some(false), *at)),
        RequestState::Revoked { at } => Some((None, *at)),
        RequestState::Open | RequestState::Withdrawn { .. } => None,
    }
}

/// Seats that are offered, and what was booked and is not as it was.
fn of_bookings(reading: &Reading<'_>, family: &Family, notes: &mut Vec<Note>) -> Result<(), Fault> {
    for booked in reading.bookings_of(family)? {
        notes.extend(of_offer(reading, &booked.view));
        for (row, at, news) in news_of(reading, &booked.view)? {
            if reading.is_news(row, at)? {
                notes.push(of_booked(reading, &booked.view, at, news));
            }
        }
    }
    Ok(())
}

/// A seat that is offered. An offer that stands is never of the past: each device tells it.
fn of_offer(reading: &Reading<'_>, view: &BookingView) -> Option<Note> {
    let BookingIs::Offered { until } = view.state else { return None };
    let answered = view.pending.as_ref().is_some_and(|wish| wishes::waits(&wish.state));
    if answered || !(BookingState::Offered { until }).may_accept(reading.now) {
        return None;
    }
    Some(Note {
        keys: vec![format!("offer/{}/{}", view.id, until.as_millisecond())],
        what: NoteKind::Offer { booking: view.id },
        title: view.title.clone(),
        children: view.children.clone(),
        // When it was offered is not told; it is due by the end of it, and told at once.
        at: reading.now,
        due: Some(reading.zoned(until)),
        to_do: true,
        urgent: false,
        opens: reading.opens(OpensAt::Event { event: view.event }),
    })
}

/// What is not as it was when the family booked: by which row, since when, in which way. What the family gave up itself, and
/// what has begun, is nobody's news.
fn news_of(reading: &Reading<'_>, view: &BookingView) -> Result<Vec<(Uuid, Timestamp, BookedNews)>, Fault> {
    let mut news = Vec::new();
    match &view.state {
        BookingIs::Cancelled { .. } => news.extend(called_off(reading, view)?),
        BookingIs::Displaced { .. } => {
            let told = view.put_back.as_ref();
            news.extend(told.map(|it| (view.id.uuid(), it.at, BookedNews::Displaced)));
        }
        // Also after it began: that is when seats are given on.
        BookingIs::Released => {
            news.extend(view.released.map(|at| (view.id.uuid(), at, BookedNews::Released)));
        }
        BookingIs::Confirmed | BookingIs::Waitlisted { .. } | BookingIs::Offered { .. }
            if !view.session.begun =>
        {
            // Of several changes the last is told.
            let moved = view.moved.as_ref().and(view.session.moved.as_ref());
            news.extend(moved.map(|it| (view.session.id.uuid(), it.at, BookedNews::Moved)));
            let event: Option<Event> = reading.snapshot.get(view.event)?;
            let elsewhere = event.as_ref().and_then(|event| event.venues.last());
            let elsewhere = view.venue_was.as_ref().and(elsewhere);
            news.extend(elsewhere.map(|it| (view.event.uuid(), it.at, BookedNews::Elsewhere)));
            let back = view.put_back.as_ref();
            news.extend(back.map(|it| (view.id.uuid(), it.at, BookedNews::PutBack)));
        }
        _ => {}
    }
    news.extend(of_draw(reading, view)?);
    Ok(news)
}

/// How the draw came out. A seat that is offered by now is told as that.
fn of_draw(
    reading: &Reading<'_>,
    view: &BookingView,
) -> Result<Option<(Uuid, Timestamp, BookedNews)>, Fault> {
    let booking: Option<Booking> = reading.snapshot.get(view.id)?;
    let Some((at, booking)) = booking.and_then(|booking| booking.drawn.map(|at| (at, booking))) else {
        return Ok(None);
    };
    // By the result, not by the state: who had to wait may have accepted a seat since.
    let seated = view.drawn.as_ref().is_some_and(|drawn| drawn.wish.is_some());
    let begun = view.session.begun && view.state != BookingIs::NotDrawn;
    let news = drawn_news(&view.state, seated, booking.missed).filter(|_| !begun);
    Ok(news.map(|news| (booking.id.uuid(), at, news)))
}

/// What is told of a draw to who has a booking in this state.
fn drawn_news(state: &BookingIs, seated: bool, missed: bool) -> Option<BookedNews> {
    match state {
        BookingIs::Confirmed if seated => Some(BookedNews::Drawn),
        BookingIs::Waitlisted { .. } if missed => Some(BookedNews::DrawnWaiting),
        BookingIs::NotDrawn => Some(BookedNews::NotDrawn),
        _ => None,
    }
}

/// The row that says that it does not take place, and since when.
fn called_off(
    reading: &Reading<'_>,
    view: &BookingView,
) -> Result<Option<(Uuid, Timestamp, BookedNews)>, Fault> {
    let event: Option<Event> = reading.snapshot.get(view.event)?;
    if let Some(Event { id, state: EventState::Cancelled { at: Some(at), .. }, .. }) = event {
        return Ok(Some((id.uuid(), at, BookedNews::CalledOff)));
    }
    let session: Option<Session> = reading.snapshot.get(view.session.id)?;
    Ok(match session {
        Some(Session { id, state: SessionState::Cancelled { at, .. }, .. }) => {
            Some((id.uuid(), at, BookedNews::CalledOff))
        }
        _ => None,
    })
}

fn of_booked(reading: &Reading<'_>, view: &BookingView, at: Timestamp, news: BookedNews) -> Note {
    Note {
        keys: vec![format!("booked/{}/{}/{}", view.id, news.name(), at.as_millisecond())],
        what: NoteKind::Booked { news },
        title: view.title.clone(),
        children: view.children.clone(),
        at,
        due: matches!(news, BookedNews::Moved | BookedNews::Drawn).then(|| view.session.starts.clone()),
        to_do: false,
        urgent: false,
        opens: reading.opens(OpensAt::Event { event: view.event }),
    }
}

impl BookedNews {
    /// A stable word for the key under which it was told.
    fn name(self) -> &'static str {
        match self {
            Self::CalledOff => "called-off",
            Self::Moved => "moved",
            Self::Elsewhere => "elsewhere",
            Self::PutBack => "put-back",
            Self::Displaced => "displaced",
            Self::Released => "released",
            Self::Drawn => "drawn",
            Self::DrawnWaiting => "drawn-waiting",
            Self::NotDrawn => "not-drawn",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_accepted_a_seat_off_the_waitlist_was_not_drawn_for_it() {
        assert_eq!(drawn_news(&BookingIs::Confirmed, true, false), Some(BookedNews::Drawn));
        assert_eq!(drawn_news(&BookingIs::Confirmed, false, false), None);
        let waits = BookingIs::Waitlisted { place: None };
        assert_eq!(drawn_news(&waits, false, true), Some(BookedNews::DrawnWaiting));
    }
}
