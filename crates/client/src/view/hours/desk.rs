//! 时长审批: what waits for the hat that is on, what was answered, and certificates.

use std::collections::BTreeSet;

use xinmei_model::{HoursEntry, HoursProof, Kind, List, Power, Year, limits};

use super::{copy, no_power, proof, year_so_far};
use crate::{
    Client,
    api::{
        Ask, Fault,
        hours::{Desk, DeskProof, HoursDeskView, HoursIs, HoursLine},
    },
    view::{ask::read, check_in::spells, reading::Reading},
};

/// Answered entries a desk is shown: what it may look up at once.
const ANSWERED: usize = 200;
/// Entries among which those are looked for, the newest: there are other places', and what was taken back.
const LOOKED_AT: u32 = 2_000;
/// The same where somebody is looked for by name: all a school writes down in years.
const SEARCHED: u32 = 20_000;

impl Ask for Desk {
    type Reply = HoursDeskView;

    async fn answer(self, client: &Client) -> Result<HoursDeskView, Fault> {
        read(client, move |reading| desk(reading, &self.find)).await
    }
}

pub(super) fn desk(reading: &Reading<'_>, find: &str) -> Result<HoursDeskView, Fault> {
    if !reading.has(Power::ManageShifts) {
        return Err(no_power(Power::ManageShifts));
    }
    let find = find.trim().to_lowercase();
    let most = if find.is_empty() { LOOKED_AT } else { SEARCHED };
    let mut entries: Vec<HoursEntry> = reading.snapshot.list(List::HoursWaiting)?;
    let newest: Vec<HoursEntry> = reading.snapshot.list_desc(List::All(Kind::HoursEntry), most)?;
    let cut = u32::try_from(newest.len()).is_ok_and(|found| found >= most);
    entries.extend(newest.into_iter().filter(|entry| !entry.waits()));
    entries.retain(|entry| {
        let place = reading.places.get(&entry.place);
        let here = place.is_some_and(|place| reading.may(Power::ManageShifts, &place.path));
        here && is_called(&entry.person_name, &find)
    });
    let own: Vec<HoursEntry> = reading.snapshot.list(List::HoursBy(reading.me))?;
    let mut all = own;
    all.extend(entries.iter().filter(|entry| entry.person != reading.me).cloned());
    let copy = copy(reading, &all)?;
    let mut lines = reading.hours_lines(&entries)?;
    lines.retain(|line| line.state != HoursIs::Withdrawn);
    let (mut waiting, mut answered): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.state == HoursIs::Waiting);
    waiting.reverse();
    let more = cut || answered.len() > ANSWERED;
    answered.truncate(ANSWERED);
    let years: Vec<Year> = reading.snapshot.list(List::All(Kind::Year))?;
    Ok(HoursDeskView {
        proofs: proofs(reading, &answered)?,
        waiting,
        answered,
        more,
        copy,
        most_minutes: limits::HOURS_MINUTES,
        today: reading.day,
        year: year_so_far(reading, &years),
    })
}

fn is_called(name: &str, find: &str) -> bool {
    name.to_lowercase().contains(find) || spells(name, find)
}

/// Certificates of those whose hours these are, as far as this computer has them.
fn proofs(reading: &Reading<'_>, answered: &[HoursLine]) -> Result<Vec<DeskProof>, Fault> {
    let people: BTreeSet<_> = answered.iter().map(|line| line.person).collect();
    let mut proofs = Vec::new();
    for person in people {
        proofs.extend(reading.snapshot.list::<HoursProof>(List::HoursBy(person))?);
    }
    proofs.sort_by_key(|one| std::cmp::Reverse((one.issued, one.id)));
    proofs.truncate(ANSWERED);
    Ok(proofs.iter().map(|one| DeskProof { line: proof::line(one), name: one.name.clone() }).collect())
}
