//! Shifts: what is open, what one has taken, and the coordinator's roster.

mod acts;
mod board;
mod line;
mod offer;
mod roster;
#[cfg(test)]
mod tests;

pub(super) use offer::duties;
pub(super) use roster::children_of;

use std::collections::{BTreeMap, BTreeSet};

use xinmei_model::{
    Actor, Clash, Hat, Id, Kind, List, Place, Post, PostEntry, Power, PupilState, PupilTake, Refusal, Shift,
    Stay, Take, TakeState, clash, why_not,
};

use super::{
    ask::read,
    booking::Booked,
    commitment::Commitment,
    family::Family,
    reading::{Reading, count},
    wishes,
};
use crate::{
    Client,
    api::{
        self, Ask, Fault,
        shift::{ShiftLine, Shifts},
        sync::ItemState,
    },
};

/// A shift of one's own: taken, or wished for.
pub(crate) struct OwnShift {
    /// The shift.
    pub(crate) shift: Shift,
    /// Its post.
    pub(crate) post: Post,
    /// A wish about it waits.
    pub(crate) pending: bool,
    /// On which campus, if on one.
    pub(crate) campus: Option<Id<Place>>,
}

impl OwnShift {
    /// When, and that one comes oneself.
    pub(crate) fn commitment(&self) -> Commitment {
        Commitment {
            of: self.shift.id.uuid(),
            starts: self.shift.starts.clone(),
            ends: self.shift.ends.clone(),
            title: self.post.title.clone(),
            children: Vec::new(),
            mine: true,
            campus: self.campus,
        }
    }
}

impl Ask for api::shift::List {
    type Reply = Shifts;

    async fn answer(self, client: &Client) -> Result<Shifts, Fault> {
        read(client, list).await
    }
}

pub(super) fn list(reading: &Reading<'_>) -> Result<Shifts, Fault> {
    let taken = parts_of_mine(reading)?;
    let family = Family::load(reading)?;
    let committed = reading.committed(&family)?;
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let of_children = shifts_of_children(reading, &family)?;
    let mut shifts = Vec::new();
    for post in &posts {
        let of_post: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        let mut lines = Vec::new();
        for shift in of_post.iter().filter(|shift| reading.now < shift.ends.timestamp()) {
            let line = reading.shift_line(post, shift, &taken, &committed)?;
            // What takes nobody is shown only to who has to do with it.
            let for_others = matches!(line.why_not, Some(Refusal::OtherVolunteers { .. }));
            // One that is for others may take one's child.
            let child = post.terms.pupils.is_some() && reading.hat == Hat::Guardian;
            let takes_in = line.called_off.is_none() && post.ended.is_none() && (!for_others || child);
            let ours = line.own.is_some() || line.pending.is_some() || of_children.contains(&shift.id);
            if takes_in || ours {
                lines.push(line);
            }
        }
        line::offer_instead(&mut lines);
        shifts.append(&mut lines);
    }
    shifts.sort_by(|a, b| a.starts.cmp(&b.starts).then_with(|| a.title.cmp(&b.title)));
    Ok(Shifts {
        shifts,
        may_plan: reading.has(Power::ManageShifts),
        places: reading.place_names_with(Power::ManageShifts),
    })
}

/// Shifts to which one's own children come, or came until it was called off: their family reads that it was.
fn shifts_of_children(reading: &Reading<'_>, family: &Family) -> Result<BTreeSet<Id<Shift>>, Fault> {
    let mut found = BTreeSet::new();
    for own in family.children().iter().filter(|_| reading.hat == Hat::Guardian) {
        let takes: Vec<PupilTake> = reading.snapshot.list(List::PupilTakesFor(own.child.id))?;
        let told = takes.iter().filter(|take| matches!(take.state, PupilState::Down | PupilState::CalledOff));
        found.extend(told.map(|take| take.shift));
    }
    Ok(found)
}

/// Shifts one comes to, as the school has it: one that is being given back is still one's own until the school says so.
fn taken_by_me(reading: &Reading<'_>) -> Result<BTreeMap<Id<Shift>, Take>, Fault> {
    let mut taken = BTreeMap::new();
    for take in reading.snapshot.list::<Take>(List::TakesBy(reading.me))? {
        if reading.comes(&take)? {
            taken.insert(take.shift, take);
        }
    }
    Ok(taken)
}

/// One's own part in each shift, as the school has it: also what was declined or called off.
pub(super) fn parts_of_mine(reading: &Reading<'_>) -> Result<BTreeMap<Id<Shift>, Take>, Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesBy(reading.me))?;
    let others = takes.into_iter().filter(|take| take.state != TakeState::Dropped);
    let mut parts: BTreeMap<_, _> = others.map(|take| (take.shift, take)).collect();
    parts.extend(taken_by_me(reading)?);
    Ok(parts)
}

impl Reading<'_> {
    /// Shifts one has taken or wishes to take, by start; those that are over are left out.
    pub(crate) fn own_shifts(&self) -> Result<Vec<OwnShift>, Fault> {
        let taken: BTreeSet<_> = taken_by_me(self)?.into_keys().collect();
        let offered = self.offered_to_me()?;
        let ids: BTreeSet<_> = taken.iter().copied().chain(self.wishes.shifts_to_take()).collect();
        let mut own = Vec::new();
        for id in ids {
            let Some(shift) = self.snapshot.get(id)? else { continue };
            let Some(post): Option<Post> = self.snapshot.get(shift.post)? else { continue };
            // Who only asks has no time taken by it.
            let says_yes = offered.contains(&id);
            let asks = post.terms.entry == PostEntry::Asked && !taken.contains(&id) && !says_yes;
            if shift.ends.timestamp() <= self.now || asks {
                continue;
            }
            let wish = self.wishes.about_shift(id, true);
            let pending = wish.is_some_and(|wish| wishes::waits(&wish.state));
            let campus = self.campus_among(&post.held_at)?;
            own.push(OwnShift { shift, post, pending, campus });
        }
        own.sort_by_key(|own| own.shift.starts.timestamp());
        Ok(own)
    }

    /// All that one has agreed to be at, and one's children.
    pub(crate) fn committed(&self, family: &Family) -> Result<Vec<Commitment>, Fault> {
        let own = self.own_shifts()?;
        let booked = self.bookings_of(family)?;
        let mut committed: Vec<_> = booked.iter().filter_map(Booked::commitment).collect();
        committed.extend(own.iter().map(OwnShift::commitment));
        committed.extend(self.meeting_commitments(&self.own_meetings()?)?);
        Ok(committed)
    }

    /// What of one's own a shift of a post meets, by its title; whether it is only too far away. What is `apart` is not looked at.
    pub(crate) fn met_at(
        &self,
        post: &Post,
        shift: &Shift,
        committed: &[Commitment],
        apart: &[Id<Shift>],
    ) -> Result<Option<(bool, String)>, Fault> {
        self.met_of(post, shift, committed, |one| {
            one.mine && !apart.iter().any(|shift| shift.uuid() == one.of)
        })
    }

    /// The same of those commitments that count for somebody.
    pub(crate) fn met_of(
        &self,
        post: &Post,
        shift: &Shift,
        committed: &[Commitment],
        counts: impl Fn(&Commitment) -> bool,
    ) -> Result<Option<(bool, String)>, Fault> {
        let campus = self.campus_among(&post.held_at)?;
        let stay = Stay { starts: &shift.starts, ends: &shift.ends, campus };
        let travel = self.travel_min()?;
        let meets = |one: &Commitment| {
            let other = counts(one);
            let why = other.then(|| clash(one.stay(), stay, travel)).flatten()?;
            Some((why == Clash::TooFar, one.title.clone()))
        };
        // What falls on the same time is said before what is only too far away.
        Ok(committed.iter().filter_map(meets).min_by_key(|(far, _)| *far))
    }

    /// Whether somebody comes, as the school has it: one that is being given back is one's own until the school says so.
    fn comes(&self, take: &Take) -> Result<bool, Fault> {
        if take.state != TakeState::Dropped || take.person != self.me {
            return Ok(take.state == TakeState::Taken);
        }
        let wish = self.wishes.about_shift(take.shift, true);
        if wish.is_none_or(|wish| wish.takes || !wishes::waits(&wish.state)) {
            return Ok(false);
        }
        // A question that is being taken back was no place.
        let held = self.snapshot.settled(take.id)?;
        Ok(held.is_some_and(|held| held.state == TakeState::Taken))
    }

    /// People who come to a shift: as the school counts them, else as many as are known here.
    pub(crate) fn people_at(&self, shift: &Shift) -> Result<u32, Fault> {
        if let Some(fill) = self.heard_fill(shift.id.uuid(), shift.needed)? {
            return Ok(fill.used);
        }
        let takes: Vec<Take> = self.snapshot.list(List::TakesOf(shift.id))?;
        Ok(count(takes.iter().filter(|take| take.state == TakeState::Taken)))
    }

    fn shift_line(
        &self,
        post: &Post,
        shift: &Shift,
        taken: &BTreeMap<Id<Shift>, Take>,
        committed: &[Commitment],
    ) -> Result<ShiftLine, Fault> {
        let mine = taken.get(&shift.id);
        let pending = self.wishes.about_shift(shift.id, true).map(|wish| wish.state);
        let met = self.met_at(post, shift, committed, &[shift.id])?;
        let mut line = self.line_of(post, shift, mine, pending, met)?;
        if !line.own.is_some_and(holds) {
            let actor = Actor::Person { person: self.me, hat: self.hat };
            line.why_not = self.snapshot.settle(|facts| why_not(facts, &actor, shift.id))?.flatten();
        }
        Ok(line)
    }

    /// A shift with one's own part in it and what waits of it, clashes apart.
    pub(super) fn line_of_own(
        &self,
        post: &Post,
        shift: &Shift,
        parts: &BTreeMap<Id<Shift>, Take>,
    ) -> Result<ShiftLine, Fault> {
        self.shift_line(post, shift, parts, &[])
    }

    fn line_of(
        &self,
        post: &Post,
        shift: &Shift,
        mine: Option<&Take>,
        pending: Option<ItemState>,
        met: Option<(bool, String)>,
    ) -> Result<ShiftLine, Fault> {
        let comes = mine.map(|take| self.comes(take)).transpose()?.unwrap_or_default();
        Ok(ShiftLine {
            id: shift.id,
            post: post.id,
            title: post.title.clone(),
            about: post.about.clone(),
            meeting_point: post.meeting_point.clone(),
            programme: post.programme.clone(),
            place: self.place_name(post.place),
            starts: shift.starts.clone(),
            ends: shift.ends.clone(),
            needed: shift.needed,
            taken: self.people_at(shift)?,
            mine: comes,
            entered: mine.and_then(|take| take.entered.clone()),
            pending,
            clash_far: met.as_ref().is_some_and(|(far, _)| *far),
            clash: met.map(|(_, title)| title),
            offer: mine.and_then(|take| self.offer_view(take)),
            version: shift.version,
            moved: shift.moved.clone(),
            terms: post.terms.clone(),
            campaign: self.campaign_of(post)?,
            supervisor: post.supervisor_name.clone(),
            venue: self.venue_of_post(post)?,
            requires: self.required(post, shift)?,
            own: mine.map(|take| if comes { TakeState::Taken } else { take.state }),
            reason: mine.map(|take| take.reason.clone()).unwrap_or_default(),
            called_off: shift.called_off.clone(),
            why_not: None,
            opens: self.opens_to_me(shift)?.filter(|_| !comes),
            turns: self.turns_at(shift)?,
            instead: None,
        })
    }
}

/// Whether it is settled as far as one's own part goes: nothing to take, and nothing that stands in the way of it.
fn holds(state: TakeState) -> bool {
    matches!(state, TakeState::Taken | TakeState::Asked | TakeState::CalledOff)
}
