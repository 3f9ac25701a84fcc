//! Hours of volunteers: one's own ledger, what waits for approval, and the wishes about them.

mod acts;
mod book;
mod day;
mod desk;
mod missing;
mod proof;
mod report;
mod roll;
#[cfg(test)]
mod tests;

pub(super) use report::report;
pub(super) use roll::duty_said;

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use xinmei_model::{
    Act, DutySaid, HoursAct, HoursEntry, HoursProof, HoursState, Id, Kind, Level, Link, List, Person, Power,
    StarHours, Year, hours_minutes, limits, standing_hours, verify_part,
};

use super::{
    ask::{no_power, read},
    names::in_text,
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        Ask, Fault,
        hours::{CopyCheck, HoursIs, HoursLine, LookStars, Mine, MyHours, StarHoursView, Stars, TermMinutes},
        profile::PlaceName,
        sync::ItemState,
    },
};

impl Ask for Mine {
    type Reply = MyHours;

    async fn answer(self, client: &Client) -> Result<MyHours, Fault> {
        read(client, mine).await
    }
}

impl Ask for LookStars {
    type Reply = StarHoursView;

    async fn answer(self, client: &Client) -> Result<StarHoursView, Fault> {
        read(client, stars).await
    }
}

/// The school's public key, as it was agreed when this computer joined.
fn school_key(reading: &Reading<'_>) -> Option<[u8; 32]> {
    BASE64URL_NOPAD.decode(reading.snapshot.school_key().as_bytes()).ok()?.try_into().ok()
}

fn mine(reading: &Reading<'_>) -> Result<MyHours, Fault> {
    let entries: Vec<HoursEntry> = reading.snapshot.list(List::HoursBy(reading.me))?;
    let proofs: Vec<HoursProof> = reading.snapshot.list(List::HoursBy(reading.me))?;
    let years: Vec<Year> = reading.snapshot.list(List::All(Kind::Year))?;
    let lines = reading.hours_lines(&entries)?;
    let minutes = hours_minutes(entries.iter());
    let mut proofs: Vec<_> = proofs.iter().map(proof::line).collect();
    proofs.reverse();
    let waits = entries.iter().filter(|entry| entry.waits());
    Ok(MyHours {
        person: reading.me,
        minutes,
        waiting: waits.fold(0, |sum: u32, entry| sum.saturating_add(entry.minutes)),
        terms: terms(&years, &entries),
        stars: stars_for(reading, minutes)?,
        proofs,
        places: places(reading)?,
        copy: copy(reading, &entries)?,
        most_minutes: limits::HOURS_MINUTES,
        earliest: reading.day.saturating_sub(jiff::Span::new().days(limits::HOURS_BACK)),
        today: reading.day,
        year: year_so_far(reading, &years),
        entries: lines,
    })
}

/// The present school year so far.
fn year_so_far(reading: &Reading<'_>, years: &[Year]) -> (jiff::civil::Date, jiff::civil::Date) {
    (Year::of(years, reading.day).map_or(reading.day, |year| year.from), reading.day)
}

/// Minutes that count by term, the newest first; what lies in none stands last.
fn terms(years: &[Year], entries: &[HoursEntry]) -> Vec<TermMinutes> {
    let mut terms: Vec<_> = years.iter().flat_map(|year| &year.terms).collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.from));
    let mut sums = vec![0_u32; terms.len().saturating_add(1)];
    for entry in standing_hours(entries.iter()) {
        let term = terms.iter().position(|term| term.from <= entry.day && entry.day <= term.to);
        if let Some(sum) = sums.get_mut(term.unwrap_or(terms.len())) {
            *sum = sum.saturating_add(entry.minutes);
        }
    }
    let names = terms.iter().map(|term| term.name.clone()).chain([String::new()]);
    let named = names.zip(sums).filter(|(_, minutes)| *minutes > 0);
    named.map(|(name, minutes)| TermMinutes { name, minutes }).collect()
}

fn stars_for(reading: &Reading<'_>, minutes: u32) -> Result<Option<Stars>, Fault> {
    let Some(school) = &reading.school else { return Ok(None) };
    let set: Option<StarHours> = reading.snapshot.get(StarHours::of(school.id))?;
    Ok(set.filter(|set| !set.hours.is_empty()).map(|set| {
        let stars = set.stars(minutes);
        let next = usize::try_from(stars).ok().and_then(|at| set.hours.get(at)).copied();
        Stars { stars, of: count(&set.hours), next }
    }))
}

fn stars(reading: &Reading<'_>) -> Result<StarHoursView, Fault> {
    let set: Option<StarHours> = match &reading.school {
        Some(school) => reading.snapshot.get(StarHours::of(school.id))?,
        None => None,
    };
    let asked = reading.wishes.newest(|act| match act {
        Act::Hours(HoursAct::SetStars { hours }) => Some(hours.clone()),
        _ => None,
    });
    let root = reading.places.values().find(|place| place.level == Level::School);
    Ok(StarHoursView {
        hours: set.map(|set| set.hours).unwrap_or_default(),
        may_set: root.is_some_and(|root| reading.may(Power::Administer, &root.path)),
        most: u32::try_from(limits::STARS).unwrap_or(u32::MAX),
        waits: asked.map(|(_, item)| item.state.clone()),
    })
}

/// Campuses and the school: those of one's own children first.
fn places(reading: &Reading<'_>) -> Result<Vec<PlaceName>, Fault> {
    let links: Vec<Link> = reading.snapshot.list(List::LinksBy(reading.me))?;
    let mut near = Vec::new();
    for link in links.iter().filter(|link| link.counts(reading.day)) {
        let child: Option<xinmei_model::Child> = reading.snapshot.get(link.child)?;
        near.extend(child.map(|child| child.path).unwrap_or_default());
    }
    near.extend(reading.role().map(|role| role.place));
    let mut places: Vec<_> = reading
        .places
        .values()
        .filter(|place| matches!(place.level, Level::Campus | Level::School))
        .collect();
    places.sort_by_cached_key(|place| {
        (place.level == Level::School, !near.contains(&place.id), reading.place_order(place))
    });
    Ok(places.into_iter().map(|place| reading.place_name(place.id)).collect())
}

/// Whether what this computer was sent fits itself and what it kept.
fn copy(reading: &Reading<'_>, entries: &[HoursEntry]) -> Result<CopyCheck, Fault> {
    let kept = reading.snapshot.kept_chain()?;
    let (Some(school), Some(key)) = (&reading.school, school_key(reading)) else {
        return Ok(CopyCheck { kept: 0, fault: None });
    };
    // Own entries are to be here once everything has arrived.
    let own = if reading.snapshot.arriving() { &[] } else { kept.own.as_slice() };
    let fault = verify_part(school.id, &key, entries, &kept.checkpoints, own).err();
    Ok(CopyCheck { kept: count(&kept.checkpoints), fault })
}

impl Reading<'_> {
    /// Entries that wait for the hat that is on, and not for somebody else.
    pub(super) fn hours_to_approve(&self) -> Result<u32, Fault> {
        if !self.has(Power::ManageShifts) {
            return Ok(0);
        }
        let entries: Vec<HoursEntry> = self.snapshot.list(List::HoursWaiting)?;
        Ok(count(
            entries.iter().filter(|entry| self.may_answer(entry) && self.about_hours(entry.id).is_none()),
        ))
    }

    fn may_answer(&self, entry: &HoursEntry) -> bool {
        let place = self.places.get(&entry.place);
        let here = place.is_some_and(|place| self.may(Power::ManageShifts, &place.path));
        here && entry.waits() && entry.may_be_answered_by(self.me)
    }

    /// The newest wish about an entry on this computer.
    fn about_hours(&self, id: Id<HoursEntry>) -> Option<ItemState> {
        let about = |act: &Act| {
            let Act::Hours(step) = act else { return None };
            let it = match step {
                HoursAct::ApproveHours { entry, .. }
                | HoursAct::RefuseHours { entry, .. }
                | HoursAct::WithdrawHours { entry } => *entry == id,
                HoursAct::RequestHours(draft) => draft.id == id,
                HoursAct::CorrectHours(wish) => wish.corrects == id || wish.id == id,
                _ => false,
            };
            it.then_some(())
        };
        self.wishes.newest(about).map(|(_, item)| item.state.clone())
    }

    /// Entries in words, the newest day first.
    fn hours_lines(&self, entries: &[HoursEntry]) -> Result<Vec<HoursLine>, Fault> {
        let by_id: BTreeMap<_, _> = entries.iter().map(|entry| (entry.id, entry)).collect();
        let replaced: BTreeMap<_, _> = entries
            .iter()
            .filter(|entry| entry.approval().is_some())
            .filter_map(|entry| Some((entry.corrects?, entry.minutes)))
            .collect();
        let asked: Vec<_> =
            entries.iter().filter(|entry| entry.waits()).filter_map(|entry| entry.corrects).collect();
        let mut children: BTreeMap<Id<Person>, Vec<String>> = BTreeMap::new();
        let mut lines = Vec::with_capacity(entries.len());
        for entry in entries {
            if let std::collections::btree_map::Entry::Vacant(own) = children.entry(entry.person) {
                own.insert(self.children_of(entry.person)?);
            }
            let state = match replaced.get(&entry.id) {
                Some(minutes) => HoursIs::Corrected { minutes: *minutes },
                None => hours_is(entry),
            };
            let place = self.places.get(&entry.place);
            let desk = place.is_some_and(|place| self.may(Power::ManageShifts, &place.path));
            let own = entry.person == self.me;
            lines.push(HoursLine {
                id: entry.id,
                person: entry.person,
                name: entry.person_name.clone(),
                of: children.get(&entry.person).cloned().unwrap_or_default(),
                place: self.place_name(entry.place),
                title: entry.title.clone(),
                programme: entry.programme.clone(),
                day: entry.day,
                minutes: entry.minutes,
                from_shift: entry.shift.is_some(),
                evidence: entry.evidence.clone(),
                files: self.file_views(&entry.files, self.requests_hours(entry.id))?,
                instead_of: match entry.corrects {
                    Some(old) => match by_id.get(&old) {
                        Some(old) => Some(old.minutes),
                        None => self.snapshot.get(old)?.map(|old| old.minutes),
                    },
                    None => None,
                },
                reason: entry.reason.clone(),
                entered_by: entry.entered.name.clone(),
                entered_at: entry.entered.at,
                pending: self.about_hours(entry.id),
                may_answer: self.may_answer(entry),
                others: desk && entry.waits() && !entry.may_be_answered_by(self.me),
                may_withdraw: entry.waits() && entry.may_be_withdrawn_by(self.me),
                may_correct: matches!(state, HoursIs::Approved { .. })
                    && !asked.contains(&entry.id)
                    && (own || desk),
                state,
            });
        }
        lines.sort_by_key(|one| std::cmp::Reverse((one.day, one.entered_at)));
        Ok(lines)
    }

    /// Children through whom whoever sits here knows somebody.
    fn children_of(&self, person: Id<Person>) -> Result<Vec<String>, Fault> {
        if person == self.me {
            return Ok(Vec::new());
        }
        let links: Vec<Link> = self.snapshot.list(List::LinksBy(person))?;
        let ids: Vec<_> = links.iter().filter(|link| link.counts(self.day)).map(|link| link.child).collect();
        Ok(self.child_names(&ids)?.iter().map(in_text).collect())
    }
}

/// How an entry stands by itself.
fn hours_is(entry: &HoursEntry) -> HoursIs {
    match &entry.state {
        HoursState::Waiting => HoursIs::Waiting,
        HoursState::Approved(approval) => HoursIs::Approved {
            by: approval.by.name.clone(),
            at: approval.by.at,
            seq: approval.seq,
            hash: approval.hash.to_string(),
        },
        HoursState::Refused { by, reason } => {
            HoursIs::Refused { by: by.name.clone(), reason: reason.clone() }
        }
        HoursState::Withdrawn => HoursIs::Withdrawn,
    }
}

/// What a wish is about, in words of its own.
pub(super) fn title_of(reading: &Reading<'_>, step: &HoursAct) -> Result<String, Fault> {
    let of_entry = |id: Id<HoursEntry>| -> Result<String, Fault> {
        let entry: Option<HoursEntry> = reading.snapshot.get(id)?;
        Ok(entry.map(|entry| format!("{} · {}", entry.person_name, entry.title)).unwrap_or_default())
    };
    Ok(match step {
        HoursAct::MarkDuty { shift, .. } | HoursAct::CheckOut { shift, .. } => {
            match reading.snapshot.get(*shift)? {
                Some(shift) => reading.snapshot.get(shift.post)?.map(|post| post.title).unwrap_or_default(),
                None => String::new(),
            }
        }
        HoursAct::RequestHours(draft) => draft.title.clone(),
        HoursAct::ApproveHours { entry, .. }
        | HoursAct::RefuseHours { entry, .. }
        | HoursAct::WithdrawHours { entry } => of_entry(*entry)?,
        HoursAct::CorrectHours(wish) => of_entry(wish.corrects)?,
        HoursAct::IssueProof(wish) => {
            let entries: Vec<HoursEntry> = reading.snapshot.list(List::HoursBy(wish.person))?;
            entries.first().map(|entry| entry.person_name.clone()).unwrap_or_default()
        }
        HoursAct::SetStars { hours } => hours.iter().map(u32::to_string).collect::<Vec<_>>().join(" / "),
    })
}

/// What was typed, whole.
pub(super) fn text_of(step: &HoursAct) -> String {
    let lines = |typed: &[&str]| {
        let typed: Vec<_> = typed.iter().copied().filter(|text| !text.trim().is_empty()).collect();
        typed.join("\n")
    };
    match step {
        HoursAct::MarkDuty { people, .. } => {
            let excuses: Vec<_> = people
                .iter()
                .filter_map(|wish| match &wish.said {
                    DutySaid::Missed { excuse } => Some(excuse.as_str()),
                    DutySaid::Came { .. } => None,
                })
                .collect();
            lines(&excuses)
        }
        HoursAct::RequestHours(draft) => {
            let (day, minutes) = (draft.day.to_string(), draft.minutes.to_string());
            let note = draft.on_behalf_of.as_ref().map(|proxy| proxy.note.as_str()).unwrap_or_default();
            lines(&[&day, &minutes, &draft.programme, &draft.evidence, note])
        }
        HoursAct::RefuseHours { reason, .. } => reason.clone(),
        HoursAct::CorrectHours(wish) => lines(&[&wish.minutes.to_string(), &wish.reason]),
        HoursAct::IssueProof(wish) => lines(&[&wish.training, &wish.awards, &wish.evaluation]),
        _ => String::new(),
    }
}
