//! A coordinator's day: where people are missing, what opens and closes.

use xinmei_model::{Kind, List, Post, Power, Shift};

use super::{soon, teacher::questions};
use crate::{
    api::{
        Fault,
        today::{CoordinatorToday, MissingShift},
    },
    view::reading::Reading,
};

/// How far ahead people are looked for.
const DAYS_AHEAD: i64 = 21;

pub(crate) fn today(reading: &Reading<'_>) -> Result<CoordinatorToday, Fault> {
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let mut missing = Vec::new();
    for post in posts.iter().filter(|post| reading.may(Power::ManageShifts, &post.held_at)) {
        let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        for shift in shifts.iter().filter(|shift| reading.comes_within(&shift.starts, DAYS_AHEAD)) {
            missing.extend(missing_at(reading, post, shift)?);
        }
    }
    missing
        .sort_by(|a, b| a.starts.timestamp().cmp(&b.starts.timestamp()).then_with(|| a.title.cmp(&b.title)));
    Ok(CoordinatorToday {
        now: reading.zoned(reading.now),
        questions: questions(reading)?,
        missing,
        hours: reading.hours_to_approve()?,
        events: soon::events(reading, |event| reading.may(Power::ManageEvents, &event.held_at))?,
    })
}

fn missing_at(reading: &Reading<'_>, post: &Post, shift: &Shift) -> Result<Option<MissingShift>, Fault> {
    let taken = reading.people_at(shift)?;
    Ok((taken < shift.needed).then(|| MissingShift {
        shift: shift.id,
        post: post.id,
        title: post.title.clone(),
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        needed: shift.needed,
        taken,
    }))
}
