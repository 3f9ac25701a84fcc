//! Hours of one's own that were here before the school was restored from a backup, and are not with it now.

#[cfg(test)]
mod tests;

use jiff::{Span, civil::Date};
use xinmei_model::{
    Act, Attachment, HoursAct, HoursCorrection, HoursDraft, HoursEntry, Id, Level, List, Place, limits,
};

use super::{Reading, hours_is};
use crate::{
    Client,
    api::{
        Ask, Done, Fault, Saved,
        hours::{AskAgain, KnowMissing, Missing, MissingAgain, MissingHours, MissingLine},
    },
    fault::invalid,
    replica::{
        HeldBefore,
        before::{self, anew},
    },
    view::{
        ask::{read, save},
        wishes::waits,
    },
};

impl Ask for Missing {
    type Reply = MissingHours;

    async fn answer(self, client: &Client) -> Result<MissingHours, Fault> {
        read(client, missing).await
    }
}

impl Ask for AskAgain {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let step = read(client, move |reading| ask_again(reading, &self)).await?;
        save(client, Act::Hours(step)).await
    }
}

impl Ask for KnowMissing {
    type Reply = Done;

    async fn answer(self, client: &Client) -> Result<Done, Fault> {
        client.write(move |conn| before::know(conn, &self.entries)).await?;
        client.emit(["hours"]);
        Ok(Done {})
    }
}

/// A missing entry, and what becomes of it.
struct Lost {
    held: HeldBefore,
    again: MissingAgain,
    /// What is there of what it was in place of.
    old: Option<Id<HoursEntry>>,
}

pub(super) fn missing(reading: &Reading<'_>) -> Result<MissingHours, Fault> {
    let line = |Lost { held, again, .. }: Lost| MissingLine {
        id: held.entry.id,
        stood: hours_is(&held.entry),
        title: held.entry.title,
        day: held.entry.day,
        minutes: held.entry.minutes,
        again,
    };
    let mut entries: Vec<_> = lost(reading)?.into_iter().map(line).collect();
    entries.sort_by_key(|one| std::cmp::Reverse((one.day, one.id)));
    Ok(MissingHours { entries })
}

fn lost(reading: &Reading<'_>) -> Result<Vec<Lost>, Fault> {
    // What still arrives may bring them.
    if reading.snapshot.arriving() {
        return Ok(Vec::new());
    }
    let held = reading.snapshot.hours_before()?;
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let own: Vec<HoursEntry> = reading.snapshot.list(List::HoursBy(reading.me))?;
    let here = |id: Id<HoursEntry>| {
        own.iter().any(|entry| entry.id == id) || reading.about_hours(id).is_some_and(|state| waits(&state))
    };
    let earliest = reading.day.saturating_sub(Span::new().days(limits::HOURS_BACK));
    let mut lost = Vec::new();
    for held in held.into_iter().filter(|held| !held.known) {
        if here(held.entry.id) || here(anew(held.entry.id)) {
            continue;
        }
        let old = held.instead_of.iter().find_map(|id| own.iter().find(|entry| entry.id == *id));
        if let Some(again) = again(&held, old, &own, earliest) {
            lost.push(Lost { again, old: old.map(|old| old.id), held });
        }
    }
    Ok(lost)
}

/// How it can come back; `None` where nothing is lost by its not being there.
fn again(
    held: &HeldBefore,
    old: Option<&HoursEntry>,
    own: &[HoursEntry],
    earliest: Date,
) -> Option<MissingAgain> {
    let entry = &held.entry;
    if let Some(old) = old.filter(|old| old.waits() || old.approval().is_some()) {
        // Asked for beside it, the same time would count twice.
        let corrected =
            |one: &HoursEntry| one.corrects == Some(old.id) && (one.waits() || one.approval().is_some());
        if old.minutes == entry.minutes || own.iter().any(corrected) {
            return None;
        }
        return Some(if old.waits() { MissingAgain::Later } else { MissingAgain::Correct });
    }
    // Of a correction nobody approved, what it was to correct stands here itself.
    if entry.minutes == 0 || (entry.corrects.is_some() && entry.waits()) {
        return None;
    }
    Some(if entry.day < earliest { MissingAgain::TooOld } else { MissingAgain::Request })
}

fn ask_again(reading: &Reading<'_>, asked: &AskAgain) -> Result<HoursAct, Fault> {
    let found = lost(reading)?.into_iter().find(|one| one.held.entry.id == asked.entry);
    let Lost { held: HeldBefore { entry, .. }, again, old } = found.ok_or_else(|| invalid("entry"))?;
    match (again, old) {
        (MissingAgain::Correct, Some(corrects)) => {
            let reason = beside(&entry.reason, &asked.evidence, limits::NOTE_CHARS);
            Ok(HoursAct::CorrectHours(HoursCorrection {
                id: anew(entry.id),
                corrects,
                minutes: entry.minutes,
                reason,
            }))
        }
        (MissingAgain::Request, _) => Ok(HoursAct::RequestHours(HoursDraft {
            id: anew(entry.id),
            place: place(reading, entry.place).ok_or_else(|| invalid("place"))?,
            evidence: beside(&entry.evidence, &asked.evidence, limits::HOURS_EVIDENCE_CHARS),
            files: files(reading, entry.files)?,
            title: entry.title,
            programme: entry.programme,
            day: entry.day,
            minutes: entry.minutes,
            on_behalf_of: None,
        })),
        _ => Err(invalid("entry")),
    }
}

/// Two texts in one; the first alone where both are too long.
fn beside(first: &str, second: &str, most: usize) -> String {
    let both = [first, second].map(str::trim).into_iter().filter(|text| !text.is_empty());
    let both = both.collect::<Vec<_>>().join("\n");
    if both.chars().count() <= most { both } else { first.to_owned() }
}

/// The place whose desks approved it; the school itself where that is not asked any more.
fn place(reading: &Reading<'_>, place: Id<Place>) -> Option<Id<Place>> {
    let asked = |place: &&Place| matches!(place.level, Level::Campus | Level::School);
    let root = || reading.places.values().find(|place| place.level == Level::School);
    reading.places.get(&place).filter(asked).or_else(root).map(|place| place.id)
}

/// Files that this computer has whole: the school may have lost them too.
fn files(reading: &Reading<'_>, files: Vec<Attachment>) -> Result<Vec<Attachment>, Fault> {
    let whole =
        |hash| Ok::<_, Fault>(reading.snapshot.file_stand(hash)?.is_some_and(|stand| stand.is_here()));
    let mut here = Vec::new();
    for file in files {
        let thumbnail = match &file.picture {
            Some(picture) => whole(picture.thumbnail)?,
            None => true,
        };
        if thumbnail && whole(file.sha256)? {
            here.push(file);
        }
    }
    Ok(here)
}
