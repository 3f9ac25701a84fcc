//! The noise meter: how much was asked today of whom a notice is for.
//!
//! A family feels what its own class was asked, not what the school asked of all: each class is counted by itself, and the one that
//! was asked most is shown.

use std::collections::BTreeSet;

use xinmei_model::{Audience, Child, Facts, Id, Level, Notice, NoticeState, Place, Target};

use crate::{
    api::{Fault, notice::Noise},
    view::reading::Reading,
};

/// A class that is told as a whole, or a child that is told by itself.
enum Unit {
    Class { class: Id<Place>, path: Vec<Id<Place>> },
    Child(Child),
}

/// The most that one class, or one family, of an audience was asked today already.
pub(super) fn of(reading: &Reading<'_>, audience: &Audience) -> Result<Noise, Fault> {
    let mut today = reading.notices()?;
    today.retain(|notice| is_of_today(reading, notice));
    let mut asked = Vec::new();
    for notice in &today {
        asked.push((&notice.audience, named(reading, &notice.audience)?));
    }
    let mut most = Noise { today: 0, class: None };
    for unit in units(reading, audience)? {
        let count = asked.iter().filter(|(of, named)| unit.is_in(of, named)).count();
        let today = u32::try_from(count).unwrap_or(u32::MAX);
        if today > most.today {
            most = Noise { today, class: unit.class().map(|class| reading.place_name(class)) };
        }
    }
    Ok(most)
}

impl Unit {
    fn class(&self) -> Option<Id<Place>> {
        match self {
            Self::Class { class, .. } => Some(*class),
            Self::Child(_) => None,
        }
    }

    /// Whether it was told, where these children were named by themselves or by what they take part in.
    fn is_in(&self, audience: &Audience, named: &BTreeSet<Id<Child>>) -> bool {
        match self {
            Self::Class { path, .. } => audience.tells(path),
            Self::Child(child) => {
                let out = audience.except.contains(&Target::Child(child.id));
                !out && (named.contains(&child.id) || audience.tells(&child.path))
            }
        }
    }
}

fn units(reading: &Reading<'_>, audience: &Audience) -> Result<Vec<Unit>, Fault> {
    let classes = reading.places.values().filter(|place| place.level == Level::Class);
    let told = classes.filter(|class| audience.tells(&class.path));
    let mut units: Vec<_> =
        told.map(|class| Unit::Class { class: class.id, path: class.path.clone() }).collect();
    for child in named(reading, audience)? {
        units.extend(reading.snapshot.get(child)?.map(Unit::Child));
    }
    Ok(units)
}

/// Children an audience names one by one: by themselves, or by what they take part in.
fn named(reading: &Reading<'_>, audience: &Audience) -> Result<BTreeSet<Id<Child>>, Fault> {
    let by_name = |target: &Target| target.place().is_none();
    let include: Vec<_> = audience.include.iter().copied().filter(by_name).collect();
    if include.is_empty() {
        return Ok(BTreeSet::new());
    }
    let part = Audience { include, except: Vec::new() };
    // What lies in other hands is not known here.
    Ok(reading.snapshot.settle(|facts: &Facts| part.children(facts))?.unwrap_or_default())
}

fn is_of_today(reading: &Reading<'_>, notice: &Notice) -> bool {
    let at = match notice.state {
        NoticeState::Sent { at } | NoticeState::Held { until: at } => at,
        NoticeState::Proposed { since } => since,
        _ => return false,
    };
    notice.ask.is_duty() && reading.zoned(at).date() == reading.day
}
