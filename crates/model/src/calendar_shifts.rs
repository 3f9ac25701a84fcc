//! Shifts in a calendar: those one took oneself, and those the children one answers for come to (ADR 51).

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    CalendarEntry, CalendarLanguage, CalendarStatus, Child, Facts, Id, List, Person, Post, PupilFill,
    PupilState, PupilTake, Shift, Stop, Take, TakeState,
    calendar_entry::{given_names, lines},
    calendar_words::Says,
    limits,
};

/// Shifts a person took.
pub(crate) fn of_takes(
    facts: &Facts,
    person: Id<Person>,
    language: CalendarLanguage,
) -> Result<Vec<CalendarEntry>, Stop> {
    let takes = facts.list::<Take>(List::TakesBy(person), limits::ROWS_PER_LIST)?;
    let shifts = Facts::each(&takes, |take| facts.find(take.shift))?;
    let posts = Facts::each(&takes, |take| facts.find(take.post))?;
    // What was only asked for is nobody's time, and never was.
    let all = takes.into_iter().zip(shifts).zip(posts).filter(|((take, _), _)| take.has_come());
    Ok(all.filter_map(|((take, shift), post)| Some(of_take(take, shift?, post?, language))).collect())
}

fn of_take(take: &Take, shift: &Shift, post: &Post, language: CalendarLanguage) -> CalendarEntry {
    let taken = take.state == TakeState::Taken;
    let called_off = called_off(take.state == TakeState::CalledOff, shift, language);
    let changed = last_change(take.at, shift, post);
    CalendarEntry {
        of: take.id.uuid(),
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        title: post.title.clone(),
        place: post.meeting_point.clone(),
        about: lines(&[&called_off, &post.about]),
        status: if taken { CalendarStatus::Confirmed } else { CalendarStatus::Cancelled },
        busy: taken,
        sequence: sequence(changed, shift, post),
        changed,
    }
}

/// Shifts of these children, an entry for each child: one may have an adult and the other wait for one.
pub(crate) fn of_pupils(
    facts: &Facts,
    children: &BTreeSet<Id<Child>>,
    language: CalendarLanguage,
) -> Result<Vec<CalendarEntry>, Stop> {
    let named = Facts::each(children, |child| facts.find(*child))?;
    let found = Facts::each(children, |child| {
        facts.list::<PupilTake>(List::PupilTakesFor(*child), limits::ROWS_PER_LIST)
    })?;
    let takes: Vec<(Option<&Child>, &PupilTake)> = named
        .into_iter()
        .zip(found)
        .flat_map(|(child, takes)| takes.into_iter().map(move |take| (child, take)))
        .collect();
    let shifts = Facts::each(&takes, |(_, take)| facts.find(take.shift))?;
    let posts = Facts::each(&takes, |(_, take)| facts.find(take.post))?;
    let fills = Facts::each(&takes, |(_, take)| facts.find(PupilFill::of(take.shift)))?;
    let all = takes.into_iter().zip(shifts).zip(posts).zip(fills);
    let entries = all.filter_map(|((((child, take), shift), post), fill)| {
        let name = child.map_or(take.child_name.as_str(), |child| child.name.as_str());
        Some(of_pupil((take, name), shift?, post?, fill, language))
    });
    Ok(entries.collect())
}

fn of_pupil(
    (take, name): (&PupilTake, &str),
    shift: &Shift,
    post: &Post,
    fill: Option<&PupilFill>,
    language: CalendarLanguage,
) -> CalendarEntry {
    let status = match take.state {
        PupilState::Down if fill.is_some_and(|fill| take.has_adult(fill)) => CalendarStatus::Confirmed,
        PupilState::Down => CalendarStatus::Tentative,
        PupilState::Withdrawn | PupilState::CalledOff => CalendarStatus::Cancelled,
    };
    let waits = match status {
        CalendarStatus::Tentative => language.say(Says::NoAdult),
        CalendarStatus::Confirmed | CalendarStatus::Cancelled => String::new(),
    };
    let off = take.state == PupilState::CalledOff;
    let called_off = called_off(off, shift, language);
    // Whether an adult is there for the child changes without the child's own row.
    let reached = fill.filter(|_| take.is_down()).and_then(|fill| fill.reached);
    let ended = shift.called_off.as_ref().filter(|_| off).map(|off| off.at);
    let withdrawn = take.withdrawn.as_ref().map(|consent| consent.at);
    let said = [reached, ended, withdrawn].into_iter().flatten().fold(take.consent.at, Timestamp::max);
    let changed = last_change(said, shift, post);
    CalendarEntry {
        of: take.id.uuid(),
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        title: language.titled(&post.title, &given_names(&[name])),
        place: post.meeting_point.clone(),
        about: lines(&[&waits, &called_off, &post.about]),
        status,
        // The child is there. A guardian who comes along has an entry of their own.
        busy: false,
        sequence: sequence(changed, shift, post),
        changed,
    }
}

/// Why the shift does not take place, where this is how it ended for whoever reads.
fn called_off(so: bool, shift: &Shift, language: CalendarLanguage) -> String {
    let off = shift.called_off.as_ref().filter(|_| so);
    off.map_or_else(String::new, |off| language.say(Says::ShiftOff(&off.reason)))
}

/// When what an entry says changed last: the person's part at this time, or the shift and the post since.
fn last_change(part: Timestamp, shift: &Shift, post: &Post) -> Timestamp {
    let moved = shift.moved.as_ref().map(|moved| moved.at);
    [moved, post.changed].into_iter().flatten().fold(part, Timestamp::max)
}

/// A part in a shift has no count of its changes, but the time of the last one; the versions tell apart what happened in one second.
fn sequence(changed: Timestamp, shift: &Shift, post: &Post) -> u32 {
    u32::try_from(changed.as_second().saturating_sub(SEQUENCE_FROM))
        .unwrap_or_default()
        .saturating_add(shift.version)
        .saturating_add(post.version)
}

/// 2020-01-01: seconds from there on fit the 31 bits of a SEQUENCE for a lifetime.
const SEQUENCE_FROM: i64 = 1_577_836_800;
