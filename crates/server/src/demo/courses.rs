//! Courses of the demo school: kept from the beginning, with materials of their lessons and the parents who took part.

use std::sync::Arc;

use jiff::SignedDuration;
use xinmei_model::{
    Act, Actor, Booking, BookingState, Course, CourseAct, CourseDraft, EventDraft, Id, Lesson, List,
    MaterialDraft, ParticipationMark, RoleKind, Row, Seat, Session, limits,
};

use super::{
    calendar::Chance,
    cast::Cast,
    files::upload,
    plan,
    plan_parts::{Taught, Teaches},
    stage::{Stage, composed, must},
};
use crate::{Fail, Result, files::Files, ledger::Tx};

fn id_of(stage: &Stage, title: &str) -> Id<Course> {
    composed(&stage.ledger.identity, &format!("demo/course/{title}"))
}

/// Which course an event is a lesson of.
pub(super) fn of(stage: &Stage, held: &plan::Held) -> Option<Lesson> {
    let taught = held.lesson.as_ref()?;
    Some(Lesson { course: id_of(stage, &taught.course), speakers: taught.speakers.clone() })
}

/// Keeps a course from the beginning.
pub(super) fn stage(stage: &mut Stage, cast: &Cast, teaches: &Teaches) -> Result<()> {
    let place = cast.campus(&teaches.campus)?;
    let author = cast.staff(RoleKind::Coordinator, Some(place))?;
    let draft = CourseDraft {
        place,
        title: teaches.title.clone(),
        about: teaches.about.clone(),
        programme: teaches.programme.clone(),
        for_whom: teaches.for_whom.clone(),
        kind: teaches.kind,
        published: true,
    };
    let course = id_of(stage, &teaches.title);
    let put = Act::Course(CourseAct::PutCourse { course, draft, version: 0 });
    stage.at(stage.begins, move |tx| must(tx, author, &put));
    Ok(())
}

/// The materials of a lesson, and of one that is over the parents who took part.
pub(super) fn lesson(
    stage: &mut Stage,
    cast: &Cast,
    held: &plan::Held,
    draft: &EventDraft,
    files: &Files,
) -> Result<()> {
    let Some(taught) = &held.lesson else { return Ok(()) };
    let author = cast.staff(RoleKind::Coordinator, Some(draft.place))?;
    let Actor::Person { person, .. } = author else { return Ok(()) };
    for (name, giving) in &taught.materials {
        let (name, giving, event, files) = (name.clone(), *giving, draft.id, files.clone());
        let id = composed(&stage.ledger.identity, &format!("demo/material/{}/{name}", held.title));
        stage.at(draft.opens.timestamp(), move |tx| {
            let file = upload(tx, &files, person, &name)?;
            let material = MaterialDraft { id, event, file, giving };
            must(tx, author, &Act::Course(CourseAct::PutMaterial { material }))
        });
    }
    for (session, sitting) in draft.sessions.iter().zip(&held.sessions) {
        if taught.came == 0 || session.ends.timestamp() > stage.days.now() {
            continue;
        }
        let after = session.ends.timestamp().saturating_add(SignedDuration::from_mins(20));
        let taught = Arc::new((taught.clone(), sitting.clone()));
        let session = session.id;
        stage.at(after.map_err(Fail::broken)?, move |tx| {
            let marks = marks(tx, session, &taught.0, taught.1.booked_for.len())?;
            // Before the term begins nobody signed up.
            if marks.is_empty() {
                return Ok(());
            }
            must(tx, author, &Act::Course(CourseAct::MarkParticipation { session, marks }))
        });
    }
    Ok(())
}

/// Who came, who did not, and a few of whom nobody noted anything. Families named by the plan, which come first, came.
fn marks(
    tx: &mut Tx<'_>,
    session: Id<Session>,
    taught: &Taught,
    named: usize,
) -> Result<Vec<ParticipationMark>> {
    let mut chance = Chance::of(&format!("{}/{session}", taught.course));
    let rows = tx.list(List::BookingsOf(session), limits::ROWS_PER_LIST)?;
    let mut marks: Vec<ParticipationMark> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let Row::Booking(Booking { id, guardian, state: BookingState::Confirmed, .. }) = &**row else {
            continue;
        };
        let seats = tx.list(List::SeatsOf(*id), limits::ROWS_PER_LIST)?;
        let child = seats.iter().find_map(|row| match &**row {
            Row::Seat(Seat { child, .. }) => Some(*child),
            _ => None,
        });
        let came = n < named || chance.percent(taught.came);
        let noted = came || chance.percent(60);
        let (Some(child), true) = (child, noted) else { continue };
        if !marks.iter().any(|mark| mark.guardian == *guardian) {
            marks.push(ParticipationMark { guardian: *guardian, child, came, seen: 0 });
        }
    }
    Ok(marks)
}
