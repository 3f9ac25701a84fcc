//! A coordinator's day: where people are missing, what opens and closes.

use xinmei_model::{Kind, List, Post, Power, Shift, Take, TakeState, VolunteerAct};

use super::{desk, duties, soon, teacher::questions};
use crate::{
    api::{
        Fault,
        shift::AskingVolunteer,
        today::{CoordinatorToday, MissingShift},
    },
    view::{reading::Reading, wishes::waits},
};

/// How far ahead people are looked for.
const DAYS_AHEAD: i64 = 21;

pub(crate) fn today(reading: &Reading<'_>) -> Result<CoordinatorToday, Fault> {
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let (mut missing, mut asking) = (Vec::new(), Vec::new());
    for post in posts.iter().filter(|post| reading.may(Power::ManageShifts, &post.held_at)) {
        let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        for shift in shifts.iter().filter(|shift| reading.comes_within(&shift.starts, DAYS_AHEAD)) {
            if shift.is_on() && post.ended.is_none() {
                missing.extend(missing_at(reading, post, shift)?);
            }
        }
        for shift in shifts.iter().filter(|shift| shift.is_on() && reading.now < shift.starts.timestamp()) {
            asking.extend(asking_at(reading, post, shift)?);
        }
    }
    missing
        .sort_by(|a, b| a.starts.timestamp().cmp(&b.starts.timestamp()).then_with(|| a.title.cmp(&b.title)));
    asking.sort_by(|a, b| a.starts.timestamp().cmp(&b.starts.timestamp()).then_with(|| a.name.cmp(&b.name)));
    Ok(CoordinatorToday {
        asking,
        now: reading.zoned(reading.now),
        questions: questions(reading)?,
        missing,
        hours: reading.hours_to_approve()?,
        events: soon::events(reading, |event| reading.may(Power::ManageEvents, &event.held_at))?,
        to_do: desk::duties(reading)?,
        own: duties::asked(reading)?,
    })
}

fn missing_at(reading: &Reading<'_>, post: &Post, shift: &Shift) -> Result<Option<MissingShift>, Fault> {
    let taken = reading.people_at(shift)?;
    let adults_wanted = reading.adults_wanted_at(post, shift)?;
    let missing = shift.missing(taken, adults_wanted);
    Ok((missing > 0).then(|| MissingShift {
        shift: shift.id,
        post: post.id,
        title: post.title.clone(),
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        needed: shift.needed,
        taken,
        missing,
        adults_wanted,
    }))
}

/// Who asks to come and was not answered from here.
fn asking_at(reading: &Reading<'_>, post: &Post, shift: &Shift) -> Result<Vec<AskingVolunteer>, Fault> {
    let mut takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift.id))?;
    takes.retain(|take| take.state == TakeState::Asked);
    takes.retain(|take| {
        let answered = reading.wishes.volunteering(|step| match step {
            VolunteerAct::AnswerVolunteer { shift: id, person, .. } => {
                (*id, *person) == (shift.id, take.person)
            }
            _ => false,
        });
        !answered.is_some_and(|state| waits(&state))
    });
    let line = |take: Take| AskingVolunteer {
        shift: shift.id,
        title: post.title.clone(),
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        name: take.person_name,
    };
    Ok(takes.into_iter().map(line).collect())
}
