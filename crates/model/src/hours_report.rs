//! 志愿报告: what was done in a term, counted in parts of which each is about one thing: an entry of hours, one person's mark, or one
//! shift. Whoever has children in two classes stands in both; the whole counts every part once, and what the rows of a grouping
//! count more often is said beside it. Pupils are figures of their own: their time is noted and not approved (ADR 51). No names, and nobody
//! is ranked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    Campaign, Child, DutySaid, HoursEntry, Id, OnDuty, Person, Place, Post, PupilTake, Shift,
    hours_entry::standing,
};

/// As what somebody counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportedAs {
    /// A guardian of a child of this class; or a pupil of it.
    Class(Id<Place>),
    /// Works here, and has no child here.
    Staff,
    /// Came from outside for a day.
    Guest,
    /// Anybody else, and guardians whose children were in no class; pupils of none.
    Other,
}

/// A shift that has begun, with what was said of its people.
#[derive(Clone, Debug)]
pub struct ReportedShift {
    /// Of which post.
    pub post: Post,
    /// Which.
    pub shift: Shift,
    /// People who said they come.
    pub filled: u32,
    /// Who came, and who did not.
    pub said: Vec<OnDuty>,
    /// Its pupils, whatever was said of them.
    pub pupils: Vec<PupilTake>,
}

/// The figures of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct HoursFigures {
    /// Minutes that count: approved, and in place of nothing.
    pub approved: u32,
    /// Minutes that wait for approval. A correction that waits adds none: it is in place of what counts already.
    pub waiting: u32,
    /// People with minutes that count.
    pub people: u32,
    /// Times somebody came.
    pub came: u32,
    /// Times somebody did not come and was excused.
    pub excused: u32,
    /// Times somebody did not come, without an excuse.
    pub missed: u32,
    /// Shifts that took place.
    pub shifts: u32,
    /// People those needed.
    pub needed: u32,
    /// People who said they come to those.
    pub filled: u32,
    /// Pupils who were there at least once.
    #[serde(default)]
    pub pupils: u32,
    /// Times a pupil was there.
    #[serde(default)]
    pub services: u32,
    /// Minutes pupils were there, as they were noted: nobody approves them.
    #[serde(default)]
    pub served: u32,
}

impl HoursFigures {
    /// Without the people and the pupils, who are counted each once.
    fn add(&mut self, other: &Self) {
        let sum = |one: &mut u32, other: u32| *one = one.saturating_add(other);
        sum(&mut self.approved, other.approved);
        sum(&mut self.waiting, other.waiting);
        sum(&mut self.came, other.came);
        sum(&mut self.excused, other.excused);
        sum(&mut self.missed, other.missed);
        sum(&mut self.shifts, other.shifts);
        sum(&mut self.needed, other.needed);
        sum(&mut self.filled, other.filled);
        sum(&mut self.services, other.services);
        sum(&mut self.served, other.served);
    }
}

/// One part of a report: an entry, one person's or pupil's mark in a shift, or a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursPart {
    /// Whose; nobody's of a shift, and of a pupil's mark.
    pub person: Option<Id<Person>>,
    /// Which pupil's.
    pub pupil: Option<Id<Child>>,
    /// As what they count; more than one class where their children are in several. Empty of a shift.
    pub counts_as: BTreeSet<ReportedAs>,
    /// On which day of the school.
    pub day: Date,
    /// The place whose desk it is of.
    pub place: Id<Place>,
    /// Of which post, where it is of one.
    pub post: Option<Id<Post>>,
    /// What the post or the entry is called.
    pub title: String,
    /// Programmes it counts for, each once: the entry's or post's own and the tags of the post.
    pub programmes: BTreeSet<String>,
    /// The campaign of the post.
    pub campaign: Option<Id<Campaign>>,
    /// What it adds. Its people are 1 where it has minutes that count.
    pub figures: HoursFigures,
}

/// The parts that rows come to. `entries` are all of those people, so that what was corrected is known; `posts` finds the post of
/// an entry, and `counts_as` says as what somebody counts on a day.
pub fn hours_parts(
    entries: &[HoursEntry],
    shifts: &[ReportedShift],
    now: Timestamp,
    zone: &TimeZone,
    posts: impl Fn(Id<Post>) -> Option<Post>,
    counts_as: impl Fn(Id<Person>, Date) -> BTreeSet<ReportedAs>,
) -> Vec<HoursPart> {
    let none = HoursFigures::default();
    let some_class = |person, day| {
        let mut found = counts_as(person, day);
        if found.is_empty() {
            found.insert(ReportedAs::Other);
        }
        found
    };
    let mut parts = Vec::new();
    let counting: BTreeSet<_> = standing(entries.iter()).into_iter().map(|entry| entry.id).collect();
    for entry in entries {
        let figures = if counting.contains(&entry.id) {
            HoursFigures { approved: entry.minutes, people: u32::from(entry.minutes > 0), ..none }
        } else if entry.waits() && entry.corrects.is_none() {
            HoursFigures { waiting: entry.minutes, ..none }
        } else {
            continue;
        };
        let post = entry.post.and_then(&posts);
        parts.push(HoursPart {
            person: Some(entry.person),
            pupil: None,
            counts_as: some_class(entry.person, entry.day),
            day: entry.day,
            place: entry.place,
            post: entry.post,
            title: entry.title.clone(),
            programmes: programmes(&entry.programme, post.as_ref()),
            campaign: post.as_ref().and_then(|post| post.terms.campaign),
            figures,
        });
    }
    let took_place = |one: &&ReportedShift| one.shift.is_on() && one.shift.starts.timestamp() <= now;
    for one in shifts.iter().filter(took_place) {
        let day = one.shift.day_in(zone.clone());
        let part = |person: Option<Id<Person>>, figures| HoursPart {
            person,
            pupil: None,
            counts_as: person.map(|person| some_class(person, day)).unwrap_or_default(),
            day,
            place: one.post.place,
            post: Some(one.post.id),
            title: one.post.title.clone(),
            programmes: programmes(&one.post.programme, Some(&one.post)),
            campaign: one.post.terms.campaign,
            figures,
        };
        let whole = HoursFigures { shifts: 1, needed: one.shift.needed, filled: one.filled, ..none };
        parts.push(part(None, whole));
        parts.extend(one.said.iter().map(|row| {
            let figures = match &row.holds {
                DutySaid::Came { .. } => HoursFigures { came: 1, ..none },
                DutySaid::Missed { excuse } if excuse.is_empty() => HoursFigures { missed: 1, ..none },
                DutySaid::Missed { .. } => HoursFigures { excused: 1, ..none },
            };
            part(Some(row.person), figures)
        }));
        let came = |pupil: &&PupilTake| matches!(pupil.holds, Some(DutySaid::Came { .. }));
        parts.extend(one.pupils.iter().filter(came).map(|pupil| {
            let served = pupil.minutes(&one.shift, now).unwrap_or_default();
            // In the class they were in as they were put down.
            let class = pupil.class.map_or(ReportedAs::Other, ReportedAs::Class);
            let figures = HoursFigures { pupils: 1, services: 1, served, ..none };
            HoursPart { pupil: Some(pupil.child), counts_as: BTreeSet::from([class]), ..part(None, figures) }
        }));
    }
    parts
}

fn programmes(own: &str, post: Option<&Post>) -> BTreeSet<String> {
    let tags = post.into_iter().flat_map(|post| post.terms.tags.iter());
    let all = std::iter::once(own).chain(tags.map(String::as_str));
    let mut found: BTreeSet<String> =
        all.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if found.is_empty() {
        found.insert(String::new());
    }
    found
}

/// The sum of parts; each person and each pupil once.
#[must_use]
pub fn hours_sum<'p>(parts: impl IntoIterator<Item = &'p HoursPart>) -> HoursFigures {
    let mut all = HoursFigures::default();
    let (mut people, mut pupils) = (BTreeSet::new(), BTreeSet::new());
    for part in parts {
        all.add(&part.figures);
        people.extend(part.person.filter(|_| part.figures.people > 0));
        pupils.extend(part.pupil);
    }
    let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
    HoursFigures { people: count(people.len()), pupils: count(pupils.len()), ..all }
}

/// Parts by what they have in common, and what stands in more than one group. Who is in two groups is one of the people of each.
#[derive(Clone, Debug)]
pub struct HoursGroups<K> {
    /// Each group's sum.
    pub rows: BTreeMap<K, HoursFigures>,
    /// What the rows together count beyond the whole: minutes, times and people of whoever stands in several.
    pub twice: HoursFigures,
}

/// Groups parts by all the keys each has; a part without a key is in no group.
#[must_use]
pub fn hours_groups<K: Ord + Clone>(
    parts: &[HoursPart],
    keys: impl Fn(&HoursPart) -> BTreeSet<K>,
) -> HoursGroups<K> {
    let mut groups: BTreeMap<K, Vec<&HoursPart>> = BTreeMap::new();
    let mut grouped = Vec::new();
    for part in parts {
        let keys = keys(part);
        if !keys.is_empty() {
            grouped.push(part);
        }
        for key in keys {
            groups.entry(key).or_default().push(part);
        }
    }
    let whole = hours_sum(grouped);
    let rows: BTreeMap<K, HoursFigures> =
        groups.into_iter().map(|(key, group)| (key, hours_sum(group))).collect();
    let mut all = HoursFigures::default();
    for row in rows.values() {
        all.add(row);
        all.people = all.people.saturating_add(row.people);
        all.pupils = all.pupils.saturating_add(row.pupils);
    }
    let over = |of: fn(&HoursFigures) -> u32| of(&all).saturating_sub(of(&whole));
    let twice = HoursFigures {
        approved: over(|one| one.approved),
        waiting: over(|one| one.waiting),
        people: over(|one| one.people),
        came: over(|one| one.came),
        excused: over(|one| one.excused),
        missed: over(|one| one.missed),
        shifts: over(|one| one.shifts),
        needed: over(|one| one.needed),
        filled: over(|one| one.filled),
        pupils: over(|one| one.pupils),
        services: over(|one| one.services),
        served: over(|one| one.served),
    };
    HoursGroups { rows, twice }
}
