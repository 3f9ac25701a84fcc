//! What a family still has to do, and what it did lately. One message names each child.

use jiff::Timestamp;
use xinmei_model::{BookingState, Conference, Event, Kind, List, Notice, NoticeState};

use crate::{
    api::{
        Fault,
        conference::MeetingView,
        event::BookingIs,
        profile::ChildName,
        today::{Duty, DutyKind},
    },
    view::{
        booking::{Booked, children_booked},
        family::{Family, Own},
        guest, keeping,
        notice::Received,
        reading::{Reading, count},
        session::{seats_open, with_room},
        shift, wishes,
    },
};

/// What was done stays in sight for so many days.
const DAYS_DONE: i64 = 7;

/// Duties that come from notices.
pub(super) struct Told {
    pub(super) open: Vec<Duty>,
    pub(super) done: Vec<Duty>,
}

/// Notices that ask for an answer: one duty for the children not answered for, one done for those who were.
pub(super) fn of_notices(
    reading: &Reading<'_>,
    received: &Received,
    notices: &[Notice],
) -> Result<Told, Fault> {
    let (mut open, mut done) = (Vec::new(), Vec::new());
    for notice in notices.iter().filter(|notice| notice.ask.is_duty() && notice.is_asked_of(reading.me)) {
        let mut own = received.addressed(reading, notice);
        own.retain(|own| own.decides);
        if own.is_empty() {
            continue;
        }
        let answers = reading.answers_to(notice)?;
        let complete = reading.complete(notice, &answers)?;
        let done_for = |own: &Own| complete.iter().find(|one| one.child == own.child.id);
        let (yes, no): (Vec<_>, Vec<_>) = own.into_iter().partition(|own| done_for(own).is_some());
        open.extend(duty(notice, &no));
        let latest = yes.iter().filter_map(|own| done_for(own)).map(|one| one.at).max();
        if let Some(at) = latest.filter(|at| reading.is_recent(*at, DAYS_DONE)) {
            done.extend(duty(notice, &yes).map(|duty| (at, duty)));
        }
    }
    done.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(Told { open, done: done.into_iter().map(|(_, duty)| duty).collect() })
}

fn duty(notice: &Notice, children: &[&Own]) -> Option<Duty> {
    let NoticeState::Sent { at: sent } = notice.state else { return None };
    (!children.is_empty()).then(|| Duty {
        children: children.iter().map(|own| own.name.clone()).collect(),
        due: notice.due.clone(),
        what: DutyKind::Answer {
            notice: notice.id,
            title: notice.title.clone(),
            author: notice.author_name.clone(),
            ask: notice.ask.clone(),
            sent,
            changed: notice.changed.clone(),
            reminded: notice.reminded,
        },
    })
}

/// Seats offered and not yet answered, unless the answer waits in the outbox.
pub(super) fn offers(reading: &Reading<'_>, booked: &[Booked]) -> Vec<Duty> {
    let duty = |booked: &Booked| {
        let BookingIs::Offered { until } = booked.view.state else { return None };
        let answered = booked.view.pending.as_ref().is_some_and(|wish| wishes::waits(&wish.state));
        (BookingState::Offered { until }.may_accept(reading.now) && !answered).then(|| Duty {
            children: booked.view.children.clone(),
            due: Some(reading.zoned(until)),
            what: DutyKind::Offer { booking: Box::new(booked.view.clone()) },
        })
    };
    booked.iter().filter_map(duty).collect()
}

/// Events whose sign-up is open, with children who may come and have no live booking.
pub(super) fn choices(reading: &Reading<'_>, family: &Family, booked: &[Booked]) -> Result<Vec<Duty>, Fault> {
    let events: Vec<Event> = reading.snapshot.list(List::All(Kind::Event))?;
    let mut duties = Vec::new();
    for event in events.iter().filter(|event| event.open_at(reading.now).is_ok()) {
        let here = children_booked(booked.iter().filter(|booked| booked.view.event == event.id));
        let children: Vec<ChildName> =
            family.names(|own| own.decides && event.is_for(&own.child.path) && !here.contains(&own.child.id));
        if !children.is_empty() {
            duties.extend(choice(reading, event, children)?);
        }
    }
    Ok(duties)
}

/// `None` where there is nothing left to choose, as last heard.
fn choice(reading: &Reading<'_>, event: &Event, children: Vec<ChildName>) -> Result<Option<Duty>, Fault> {
    let mut sessions = reading.sessions_of(event.id)?;
    sessions.retain(|session| !session.begun);
    let open = with_room(&sessions, 1);
    let Some(starts) = sessions.iter().map(|session| &session.starts).min().cloned() else { return Ok(None) };
    if open.is_empty() && !event.waitlist {
        return Ok(None);
    }
    Ok(Some(Duty {
        children,
        due: Some(event.closes.clone()),
        what: DutyKind::Choose {
            event: event.id,
            title: event.title.clone(),
            sessions: count(&open),
            left: seats_open(&open),
            starts,
        },
    }))
}

/// 请您来: whom the family was asked to come to while it can still book, and has not booked.
pub(super) fn meet(reading: &Reading<'_>, mine: &[MeetingView]) -> Result<Vec<Duty>, Fault> {
    let conferences: Vec<Conference> = reading.snapshot.list(List::All(Kind::Conference))?;
    let mut duties = Vec::new();
    for conference in conferences.iter().filter(|conference| conference.open_at(reading.now).is_ok()) {
        let asked = reading.still_asked(conference.id, mine)?.into_iter();
        duties.extend(asked.map(|asked| Duty {
            children: vec![asked.child.clone()],
            due: Some(conference.closes.clone()),
            what: DutyKind::Meet { asked: Box::new(asked), title: conference.title.clone() },
        }));
    }
    Ok(duties)
}

/// What somebody is asked as a volunteer, in whatever hat: to come, and whether they still come. By due time.
pub(super) fn asked(reading: &Reading<'_>) -> Result<Vec<Duty>, Fault> {
    let mut duties = keeping::duties(reading)?;
    duties.extend(shift::duties(reading)?);
    duties.extend(guest::duties(reading)?);
    duties.sort_by_key(due);
    Ok(duties)
}

/// By due time, what has none last; then by child.
pub(super) fn sort(family: &Family, duties: &mut [Duty]) {
    duties.sort_by_key(|duty| (due(duty), family.position(duty.children.first())));
}

fn due(duty: &Duty) -> Timestamp {
    duty.due.as_ref().map_or(Timestamp::MAX, jiff::Zoned::timestamp)
}
