//! What waits for the desk of an event: a draw whose public value is known, the roll of a lesson that is over.

use jiff::SignedDuration;
use xinmei_model::{Course, CourseKind, Event, EventState, Kind, List, Power, Session};

use crate::{
    api::{
        Fault,
        desk_duty::{DeskDuty, DeskDutyKind},
    },
    view::{course::unmarked_at, draw::may_draw, reading::Reading, wishes},
};

/// For so long after a lesson its roll is asked for here; later the count of the term says what is missing.
const ROLL_ASKED: SignedDuration = SignedDuration::from_hours(24 * 30);

pub(super) fn duties(reading: &Reading<'_>) -> Result<Vec<DeskDuty>, Fault> {
    let events: Vec<Event> = reading.snapshot.list(List::All(Kind::Event))?;
    let mut found = Vec::new();
    let runs = |event: &&Event| {
        event.state == EventState::Published && reading.may(Power::ManageEvents, &event.held_at)
    };
    for event in events.iter().filter(runs) {
        found.extend(draw(reading, event)?);
        found.extend(rolls(reading, event)?);
    }
    found.sort_by(|a, b| a.since.timestamp().cmp(&b.since.timestamp()).then_with(|| a.title.cmp(&b.title)));
    Ok(found)
}

/// A draw that can be done, and still in time: once a session has begun there is nothing to draw.
fn draw(reading: &Reading<'_>, event: &Event) -> Result<Option<DeskDuty>, Fault> {
    let Some(plan) = event.draw.as_ref().filter(|_| may_draw(event, reading.now)) else { return Ok(None) };
    let sessions: Vec<Session> = reading.snapshot.list(List::SessionsOf(event.id))?;
    if sessions.iter().any(|session| !session.is_cancelled() && session.has_begun(reading.now)) {
        return Ok(None);
    }
    // What waits in the outbox is done, as far as whoever sits here can do it.
    let pending = reading.wishes.about_event(event.id, &[]);
    if pending.is_some_and(|wish| wish.act == "draw" && wishes::waits(&wish.state)) {
        return Ok(None);
    }
    Ok(Some(DeskDuty {
        event: event.id,
        title: event.title.clone(),
        since: plan.known.clone(),
        what: DeskDutyKind::Draw { public_value: plan.public_value.clone() },
    }))
}

fn rolls(reading: &Reading<'_>, event: &Event) -> Result<Vec<DeskDuty>, Fault> {
    let Some(lesson) = &event.lesson else { return Ok(Vec::new()) };
    let course: Option<Course> = reading.snapshot.get(lesson.course)?;
    if course.is_none_or(|course| course.kind != CourseKind::Parents) {
        return Ok(Vec::new());
    }
    let sessions: Vec<Session> = reading.snapshot.list(List::SessionsOf(event.id))?;
    let mut found = Vec::new();
    for session in sessions.iter().filter(|session| session.takes_place(event)) {
        let past = reading.now.duration_since(session.ends.timestamp());
        if past < SignedDuration::ZERO || past > ROLL_ASKED {
            continue;
        }
        let families = unmarked_at(reading, event, session)?;
        if families > 0 {
            found.push(DeskDuty {
                event: event.id,
                title: event.title.clone(),
                since: session.ends.clone(),
                what: DeskDutyKind::Roll { session: session.id, name: session.name.clone(), families },
            });
        }
    }
    Ok(found)
}
