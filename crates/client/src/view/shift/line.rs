//! What a post says beside its times, in words; and what one could do instead.

use xinmei_model::{Campaign, List, Post, Qualification, Qualified, Shift, TakeState, Venue};

use crate::{
    api::{
        Fault,
        shift::{CampaignName, NextBest, Required, ShiftLine},
    },
    view::reading::Reading,
};

impl Reading<'_> {
    /// The campaign of a post by name.
    pub(crate) fn campaign_of(&self, post: &Post) -> Result<Option<CampaignName>, Fault> {
        let Some(id) = post.terms.campaign else { return Ok(None) };
        let campaign: Option<Campaign> = self.snapshot.get(id)?;
        Ok(campaign.map(|campaign| CampaignName { id, name: campaign.draft.name }))
    }

    /// The name of the venue of a post; empty where it is in none.
    pub(super) fn venue_of_post(&self, post: &Post) -> Result<String, Fault> {
        let Some(id) = post.terms.held_in else { return Ok(String::new()) };
        let venue: Option<Venue> = self.snapshot.get(id)?;
        Ok(venue.map(|venue| venue.draft.name).unwrap_or_default())
    }

    /// What a post asks for, and what of it one has on the day of a shift.
    pub(super) fn required(&self, post: &Post, shift: &Shift) -> Result<Vec<Required>, Fault> {
        if post.terms.requires.is_empty() {
            return Ok(Vec::new());
        }
        let mine: Vec<Qualified> = self.snapshot.list(List::QualificationsOf(self.me))?;
        let mut required = Vec::new();
        for id in &post.terms.requires {
            let row: Option<Qualification> = self.snapshot.get(*id)?;
            let Some(row) = row.filter(|row| !row.dropped) else { continue };
            let own = mine.iter().find(|own| own.qualification == *id && own.withdrawn.is_none());
            let has = own.is_some_and(|own| own.counts_on(shift.day_in(self.zone.clone())));
            required.push(Required {
                qualification: *id,
                name: row.draft.name,
                about: row.draft.about,
                has,
                until: own.filter(|_| !has).and_then(|own| own.until),
            });
        }
        Ok(required)
    }
}

/// For what was called off or declined: the shift of the same post that lacks people, could be taken now, and is nearest in time.
pub(super) fn offer_instead(lines: &mut [ShiftLine]) {
    let free = |line: &ShiftLine| {
        let open = line.own.is_none() && line.pending.is_none() && line.called_off.is_none();
        open && line.why_not.is_none() && line.clash.is_none() && line.taken < line.needed
    };
    let others: Vec<_> = lines.iter().filter(|line| free(line)).map(next_best).collect();
    for line in lines {
        if !matches!(line.own, Some(TakeState::CalledOff | TakeState::Declined)) {
            continue;
        }
        let at = line.starts.timestamp();
        let apart = |one: &&NextBest| at.duration_since(one.starts.timestamp()).abs();
        line.instead = others.iter().min_by_key(apart).cloned();
    }
}

fn next_best(line: &ShiftLine) -> NextBest {
    NextBest { shift: line.id, starts: line.starts.clone(), ends: line.ends.clone() }
}
