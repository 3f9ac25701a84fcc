//! 到岗: the list of a shift, for whoever marks who came.

use std::collections::{BTreeMap, BTreeSet};

use xinmei_model::{
    Act, Child, DutySaid, DutyWish, HoursAct, HoursEntry, Id, Kind, Link, List, OnDuty, Person, Place, Post,
    Power, PupilTake, Shift, Take, TakeState, limits,
};

use super::hours_is;
use crate::{
    Client,
    api::{
        Ask, Fault,
        hours::{DutyClass, DutyLine, DutyRoll, DutyShift, DutyShifts, HoursIs, Roll, Shifts},
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
    // Who works here may be there for the volunteers of a post.
    if reading.role().is_none() {
        return Err(no_power(Power::ManageShifts));
    }
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let mut found = Vec::new();
    for post in posts.iter().filter(|post| reading.marks_duty_of(post)) {
        let of_post: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        let near = of_post.iter().filter(|shift| {
            let begun = shift.takes_marks_at(reading.now).is_ok() || is_today(reading, shift);
            begun && reading.is_recent(shift.ends.timestamp(), DAYS_BACK)
        });
        for shift in near {
            let people = people(reading, shift)?;
            let shown = duty_shift(reading, post, shift, &people)?;
            if shown.people > 0 || has_pupils(reading, shift)? {
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
    if !reading.marks_duty_of(&post) {
        return Err(no_power(Power::ManageShifts));
    }
    let mut all = people(reading, &shift)?;
    // Hours are the desk's to know.
    if !reading.may(Power::ManageShifts, &post.held_at) {
        all.iter_mut().for_each(|line| line.entry = None);
    }
    let by_class = reading.classes_of(&all)?;
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
        shift: duty_shift(reading, &post, &shift, &all)?,
        classes: reading.duty_classes(&by_class),
        people: all
            .into_iter()
            .filter(|line| wanted.is_empty() || is_called(line, &wanted))
            .filter(|line| asked.class.is_none_or(|class| is_of(&by_class, line.person, class)))
            .collect(),
    })
}

fn is_today(reading: &Reading<'_>, shift: &Shift) -> bool {
    shift.day_in(reading.zone.clone()) == reading.day
}

/// The classes of each person's children, as far as this computer knows them.
type ByPerson = BTreeMap<Id<Person>, BTreeSet<Id<Place>>>;

fn is_of(by_class: &ByPerson, person: Id<Person>, class: Id<Place>) -> bool {
    by_class.get(&person).is_some_and(|classes| classes.contains(&class))
}

/// By their own name, or that of a child of theirs.
fn is_called(line: &DutyLine, wanted: &str) -> bool {
    std::iter::once(&line.name).chain(&line.of).any(|name| name.contains(wanted) || spells(name, wanted))
}

fn duty_shift(
    reading: &Reading<'_>,
    post: &Post,
    shift: &Shift,
    people: &[DutyLine],
) -> Result<DutyShift, Fault> {
    let pupils: Vec<PupilTake> = reading.snapshot.list(List::PupilTakesOf(shift.id))?;
    let left_behind = pupils.iter().filter(|pupil| pupil.overstays(shift, reading.now));
    Ok(DutyShift {
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
        overstays: count(people.iter().filter(|line| line.overstays)).saturating_add(count(left_behind)),
        supervised: reading.role().is_some() && post.is_supervised_by(reading.me),
        invites: post.invites_to(shift, reading.now),
    })
}

/// Who comes to a shift, and of whom it was said before they gave it back, by name, with what waits on this computer folded in.
fn people(reading: &Reading<'_>, shift: &Shift) -> Result<Vec<DutyLine>, Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift.id))?;
    let rows: Vec<OnDuty> = reading.snapshot.list(List::DutyOf(shift.id))?;
    let coming = takes.iter().filter(|take| take.state == TakeState::Taken);
    let mut named: BTreeMap<Id<Person>, (String, Option<&OnDuty>)> =
        coming.map(|take| (take.person, (take.person_name.clone(), None))).collect();
    for row in &rows {
        named.entry(row.person).or_insert_with(|| (row.person_name.clone(), None)).1 = Some(row);
    }
    let mut named: Vec<_> = named.into_iter().map(|(person, (name, row))| (name, person, row)).collect();
    named.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    named.into_iter().map(|(name, person, row)| line(reading, shift, (person, name), row)).collect()
}

/// One person of a shift.
pub(super) fn line(
    reading: &Reading<'_>,
    shift: &Shift,
    (person, name): (Id<Person>, String),
    row: Option<&OnDuty>,
) -> Result<DutyLine, Fault> {
    let entry: Option<HoursEntry> = reading.snapshot.get(HoursEntry::of_shift(shift.id, person))?;
    let waiting = reading.duty_wish(shift.id, person);
    // What is to be said still stands in no row where this computer cannot foresee it.
    let wish = waiting.as_ref().filter(|(_, state)| wishes::waits(state)).map(|(wish, _)| &wish.said);
    let said = wish.or(row.map(|row| &row.holds)).cloned();
    Ok(DutyLine {
        person,
        name,
        of: reading.children_of(person)?,
        guest: reading.guest_of(person)?,
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

/// Whether pupils stand on the roll of a shift, as far as this computer was sent it.
fn has_pupils(reading: &Reading<'_>, shift: &Shift) -> Result<bool, Fault> {
    let takes: Vec<PupilTake> = reading.snapshot.list(List::PupilTakesOf(shift.id))?;
    Ok(takes.iter().any(PupilTake::is_down))
}

/// What holds of somebody at a shift, with what waits on this computer.
pub(in crate::view) fn duty_said(
    reading: &Reading<'_>,
    shift: &Shift,
    person: Id<Person>,
) -> Result<Option<DutySaid>, Fault> {
    let row: Option<OnDuty> = reading.snapshot.get(OnDuty::of(shift.id, person))?;
    let waiting = reading.duty_wish(shift.id, person).filter(|(_, state)| wishes::waits(state));
    Ok(waiting.map(|(wish, _)| wish.said).or(row.map(|row| row.holds)))
}

impl Reading<'_> {
    /// Whether the hat that is on says who came to the shifts of a post: its desk's, or that of its supervisor.
    pub(in crate::view) fn marks_duty_of(&self, post: &Post) -> bool {
        let supervises = self.role().is_some() && post.is_supervised_by(self.me);
        supervises || self.may(Power::ManageShifts, &post.held_at)
    }

    fn classes_of(&self, people: &[DutyLine]) -> Result<ByPerson, Fault> {
        let mut found = ByPerson::new();
        for line in people {
            let links: Vec<Link> = self.snapshot.list(List::LinksBy(line.person))?;
            for link in links.iter().filter(|link| link.counts(self.day)) {
                let child: Option<Child> = self.snapshot.get(link.child)?;
                found.entry(line.person).or_default().extend(child.and_then(|child| child.class()));
            }
        }
        Ok(found)
    }

    /// Classes that are worth marking at once.
    fn duty_classes(&self, by_class: &ByPerson) -> Vec<DutyClass> {
        let mut people: BTreeMap<Id<Place>, u32> = BTreeMap::new();
        for class in by_class.values().flatten() {
            let of_class = people.entry(*class).or_default();
            *of_class = of_class.saturating_add(1);
        }
        let mut classes: Vec<_> = people.into_iter().filter(|(_, people)| *people > 1).collect();
        classes.sort_by_cached_key(|(class, _)| self.places.get(class).map(|place| self.place_order(place)));
        classes
            .into_iter()
            .map(|(class, people)| DutyClass { place: self.place_name(class), people })
            .collect()
    }

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
