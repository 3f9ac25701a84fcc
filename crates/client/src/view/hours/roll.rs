//! 到岗: the list of a shift, for whoever marks who came.

use std::collections::BTreeMap;

use xinmei_model::{
    Act, DutySaid, DutyWish, HoursAct, HoursEntry, Id, Kind, List, OnDuty, Person, Post, Power, Shift, Take,
    TakeState, limits,
};

use super::hours_is;
use crate::{
    Client,
    api::{
        Ask, Fault,
        hours::{DutyLine, DutyRoll, DutyShift, DutyShifts, HoursIs, Roll, Shifts},
        sync::ItemState,
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        check_in::spells,
        reading::{Reading, count},
        wishes,
    },
};

/// Shifts that ended longer ago than this are found by their day no more.
const DAYS_BACK: i64 = 28;

impl Ask for Shifts {
    type Reply = DutyShifts;

    async fn answer(self, client: &Client) -> Result<DutyShifts, Fault> {
        read(client, shifts).await
    }
}

impl Ask for Roll {
    type Reply = DutyRoll;

    async fn answer(self, client: &Client) -> Result<DutyRoll, Fault> {
        read(client, move |reading| roll(reading, &self)).await
    }
}

pub(super) fn shifts(reading: &Reading<'_>) -> Result<DutyShifts, Fault> {
    if !reading.has(Power::ManageShifts) {
        return Err(no_power(Power::ManageShifts));
    }
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let mut found = Vec::new();
    for post in posts.iter().filter(|post| reading.may(Power::ManageShifts, &post.held_at)) {
        let of_post: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        let near = of_post.iter().filter(|shift| {
            let begun = shift.takes_marks_at(reading.now).is_ok() || is_today(reading, shift);
            begun && reading.is_recent(shift.ends.timestamp(), DAYS_BACK)
        });
        for shift in near {
            let people = people(reading, shift)?;
            let shown = duty_shift(reading, post, shift, &people);
            if shown.people > 0 {
                found.push(shown);
            }
        }
    }
    found.sort_by(|one, other| {
        let late = |it: &DutyShift| {
            if it.today {
                it.starts.timestamp().as_second()
            } else {
                it.starts.timestamp().as_second().saturating_neg()
            }
        };
        (!one.today, late(one), &one.title).cmp(&(!other.today, late(other), &other.title))
    });
    Ok(DutyShifts { shifts: found })
}

pub(super) fn roll(reading: &Reading<'_>, asked: &Roll) -> Result<DutyRoll, Fault> {
    let shift: Shift = reading.snapshot.get(asked.shift)?.ok_or_else(|| invalid("shift"))?;
    let post: Post = reading.snapshot.get(shift.post)?.ok_or_else(|| invalid("shift"))?;
    if !reading.may(Power::ManageShifts, &post.held_at) {
        return Err(no_power(Power::ManageShifts));
    }
    let all = people(reading, &shift)?;
    let wanted = asked.find.trim().to_lowercase().replace(' ', "");
    let opens = shift.starts.saturating_sub(limits::CHECK_IN_BEFORE);
    let after = |span| shift.ends.saturating_add(span).timestamp();
    let edges = [
        opens.timestamp(),
        shift.starts.timestamp(),
        after(limits::DUTY_OVERSTAY),
        after(limits::DUTY_AFTER),
    ];
    Ok(DutyRoll {
        opens: (reading.now < opens.timestamp()).then_some(opens),
        now: reading.now,
        waiting: count(all.iter().filter(|line| line.waits.as_ref().is_some_and(wishes::waits))),
        turns: edges.into_iter().filter(|at| *at > reading.now).min(),
        shift: duty_shift(reading, &post, &shift, &all),
        people: all.into_iter().filter(|line| wanted.is_empty() || is_called(line, &wanted)).collect(),
    })
}

fn is_today(reading: &Reading<'_>, shift: &Shift) -> bool {
    shift.day_in(reading.zone.clone()) == reading.day
}

/// By their own name, or that of a child of theirs.
fn is_called(line: &DutyLine, wanted: &str) -> bool {
    std::iter::once(&line.name).chain(&line.of).any(|name| name.contains(wanted) || spells(name, wanted))
}

fn duty_shift(reading: &Reading<'_>, post: &Post, shift: &Shift, people: &[DutyLine]) -> DutyShift {
    DutyShift {
        id: shift.id,
        title: post.title.clone(),
        meeting_point: post.meeting_point.clone(),
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        today: is_today(reading, shift),
        may_mark: shift.takes_marks_at(reading.now).is_ok(),
        people: count(people),
        unmarked: count(people.iter().filter(|line| line.said.is_none())),
        came: count(people.iter().filter(|line| matches!(line.said, Some(DutySaid::Came { .. })))),
        overstays: count(people.iter().filter(|line| line.overstays)),
    }
}

/// Who comes to a shift, and of whom it was said before they gave it back, by name, with what waits on this computer folded in.
fn people(reading: &Reading<'_>, shift: &Shift) -> Result<Vec<DutyLine>, Fault> {
    let mut takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift.id))?;
    let rows: Vec<OnDuty> = reading.snapshot.list(List::DutyOf(shift.id))?;
    let rows: BTreeMap<_, _> = rows.into_iter().map(|row| (row.person, row)).collect();
    takes.retain(|take| take.state == TakeState::Taken || rows.contains_key(&take.person));
    takes.sort_by(|one, other| (&one.person_name, one.person).cmp(&(&other.person_name, other.person)));
    takes.iter().map(|take| line(reading, shift, take, rows.get(&take.person))).collect()
}

fn line(reading: &Reading<'_>, shift: &Shift, take: &Take, row: Option<&OnDuty>) -> Result<DutyLine, Fault> {
    let entry: Option<HoursEntry> = reading.snapshot.get(HoursEntry::of_shift(shift.id, take.person))?;
    let waiting = reading.duty_wish(shift.id, take.person);
    // What is to be said still stands in no row where this computer cannot foresee it.
    let wish = waiting.as_ref().filter(|(_, state)| wishes::waits(state)).map(|(wish, _)| &wish.said);
    let said = wish.or(row.map(|row| &row.holds)).cloned();
    Ok(DutyLine {
        person: take.person,
        name: take.person_name.clone(),
        of: reading.children_of(take.person)?,
        minutes: said.as_ref().and_then(DutySaid::minutes),
        seen: row.map_or(0, |row| row.count),
        marks: row.map(|row| row.marks.clone()).unwrap_or_default(),
        disputed: row.is_some_and(|row| row.disputed),
        overstays: row
            .is_some_and(|row| row.overstays(shift, reading.now) && Some(&row.holds) == said.as_ref()),
        entry: entry.as_ref().map(hours_is).filter(|is| *is != HoursIs::Withdrawn),
        said,
        waits: waiting.map(|(_, state)| state),
    })
}

impl Reading<'_> {
    /// The newest mark of somebody in a shift that waits on this computer, or was refused.
    fn duty_wish(&self, id: Id<Shift>, who: Id<Person>) -> Option<(DutyWish, ItemState)> {
        let about = |act: &Act| match act {
            Act::Hours(HoursAct::MarkDuty { shift, people }) if *shift == id => {
                people.iter().find(|wish| wish.person == who).cloned()
            }
            _ => None,
        };
        self.wishes.newest(about).map(|(wish, item)| (wish, item.state.clone()))
    }
}
