//! A plan for all meetings of a family: one slot for each wish, no two at one time, with the way between campuses; or the
//! smallest set of wishes that cannot all be met.
//!
//! All meetings are one guardian's, so a plan is an order of them in time. For each set of wishes it is enough to know how early,
//! and on which campus, they can all be done: whoever is done earlier in the same place can do whatever the other can. There are
//! 2ⁿ sets for n wishes, so the answer is exact, for every set at once, and takes the same time whatever the answer is.

use std::collections::BTreeSet;

use jiff::{Timestamp, Zoned};

use crate::{Child, Id, MeetingOffer, Person, Place, Stay, clash::clash, limits, slots_of};

/// A talk a family wants, and the slots that would do.
#[derive(Clone, Debug)]
pub struct PlanWish {
    /// About which child.
    pub child: Id<Child>,
    /// With whom.
    pub with: Id<Person>,
    /// In any order.
    pub slots: Vec<PlanSlot>,
}

/// A slot that would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanSlot {
    /// Of which offer.
    pub offer: Id<MeetingOffer>,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// On which campus, if on one.
    pub campus: Option<Id<Place>>,
}

impl PlanSlot {
    fn stay(&self) -> Stay<'_> {
        Stay { starts: &self.starts, ends: &self.ends, campus: self.campus }
    }
}

/// When the family has time.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlanWindow {
    /// Nothing before this.
    pub from: Option<Timestamp>,
    /// Nothing after this.
    pub until: Option<Timestamp>,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unplannable {
    /// More wishes than [`limits::WISHES_PER_PLAN`].
    TooMany,
    /// These wishes cannot all be met, by their place in the list, and any fewer of them can; no smaller set is like this.
    Conflict(Vec<usize>),
}

/// The slots of these offers that a family can have: free, or its own already.
#[must_use]
pub fn slots_for(
    offers: &[&MeetingOffer],
    own: &BTreeSet<(Id<MeetingOffer>, Timestamp)>,
    window: PlanWindow,
) -> Vec<PlanSlot> {
    let mut slots = Vec::new();
    for offer in offers {
        for slot in slots_of(offer) {
            let (starts, ends) = (slot.starts.timestamp(), slot.ends.timestamp());
            let free = !offer.is_taken(starts) || own.contains(&(offer.id, starts));
            let in_time = window.from.is_none_or(|from| from <= starts)
                && window.until.is_none_or(|until| ends <= until);
            if free && in_time {
                let (starts, ends) = (slot.starts, slot.ends);
                slots.push(PlanSlot { offer: offer.id, starts, ends, campus: offer.campus });
            }
        }
    }
    slots
}

/// The slot for each wish, in the order of the wishes: least time from the first to the last, then the earliest.
///
/// # Errors
/// [`Unplannable`].
pub fn plan(wishes: &[PlanWish], busy: &[Stay<'_>], travel_min: u32) -> Result<Vec<PlanSlot>, Unplannable> {
    if wishes.len() > limits::WISHES_PER_PLAN {
        return Err(Unplannable::TooMany);
    }
    let wanted = Wanted::new(wishes, busy, travel_min);
    let search = Search::run(&wanted, i64::MIN, i64::MAX);
    if let Some(set) = search.smallest_conflict() {
        return Err(Unplannable::Conflict((0..wishes.len()).filter(|wish| set & (1 << wish) != 0).collect()));
    }
    let mut best: Option<(i64, Vec<usize>)> = None;
    for begin in wanted.begins() {
        let latest = best.as_ref().map_or(i64::MAX, |(span, _)| begin.saturating_add(span - 1));
        let search = Search::run(&wanted, begin, latest);
        if let Some((end, order)) = search.whole() {
            best = Some((end.saturating_sub(begin), order));
        }
    }
    let chosen = best.map(|(_, chosen)| chosen).unwrap_or_default();
    let slots = wishes.iter().zip(chosen).filter_map(|(wish, slot)| wish.slots.get(slot).cloned());
    Ok(slots.collect())
}

/// A slot in plain numbers.
#[derive(Clone, Copy, Debug)]
struct Time {
    starts: i64,
    ends: i64,
    /// Its place in the wish's slots.
    slot: usize,
}

/// Slots of one wish on one campus: by start, each with the one that ends first of it and those after it.
#[derive(Debug)]
struct Group {
    campus: Option<usize>,
    starts: Vec<i64>,
    first_done: Vec<Time>,
}

impl Group {
    fn new(campus: Option<usize>, mut times: Vec<Time>) -> Self {
        times.sort_by_key(|time| (time.starts, time.ends, time.slot));
        let starts = times.iter().map(|time| time.starts).collect();
        let mut best: Option<Time> = None;
        let mut first_done: Vec<Time> = times
            .into_iter()
            .rev()
            .map(|time| *best.insert(best.filter(|best| best.ends < time.ends).unwrap_or(time)))
            .collect();
        first_done.reverse();
        Self { campus, starts, first_done }
    }

    /// The slot that ends first of those that begin at this moment or later.
    fn from(&self, moment: i64) -> Option<Time> {
        let at = self.starts.partition_point(|starts| *starts < moment);
        self.first_done.get(at).copied()
    }
}

/// All wishes, without the slots that meet something the family already has.
struct Wanted {
    wishes: Vec<Vec<Group>>,
    travel: i64,
}

impl Wanted {
    fn new(wishes: &[PlanWish], busy: &[Stay<'_>], travel_min: u32) -> Self {
        let campuses: BTreeSet<_> =
            wishes.iter().flat_map(|wish| wish.slots.iter().filter_map(|slot| slot.campus)).collect();
        let campuses: Vec<_> = std::iter::once(None).chain(campuses.into_iter().map(Some)).collect();
        let groups_of = |wish: &PlanWish| {
            let free =
                |slot: &&PlanSlot| busy.iter().all(|stay| clash(slot.stay(), *stay, travel_min).is_none());
            let all = || wish.slots.iter().enumerate().filter(|(_, slot)| free(slot));
            let on = |(number, campus): (usize, &Option<Id<Place>>)| {
                let here = all().filter(|(_, slot)| slot.campus == *campus);
                let times: Vec<_> = here.map(|(slot, it)| time_of(slot, it)).collect();
                (!times.is_empty()).then(|| Group::new(campus.is_some().then_some(number), times))
            };
            campuses.iter().enumerate().filter_map(on).collect()
        };
        Self { wishes: wishes.iter().map(groups_of).collect(), travel: i64::from(travel_min) * 60 }
    }

    /// When a plan could begin, in order.
    fn begins(&self) -> BTreeSet<i64> {
        self.wishes.iter().flatten().flat_map(|group| group.starts.iter().copied()).collect()
    }
}

fn time_of(slot: usize, it: &PlanSlot) -> Time {
    Time { starts: it.starts.timestamp().as_second(), ends: it.ends.timestamp().as_second(), slot }
}

/// Some wishes are met: when that is done, and where the guardian then is.
#[derive(Clone, Copy, Debug)]
struct Done {
    ends: i64,
    /// The last campus somebody was met on, and until when. Between, there may be talks that are on none.
    campus: Option<(usize, i64)>,
    /// How it came to be: the wish met last, its slot, and the place of what was before among that set's.
    last: Option<(usize, usize, usize)>,
}

impl Done {
    /// From when somebody can be met on this campus.
    fn ready_for(&self, campus: Option<usize>, travel: i64) -> i64 {
        match (self.campus, campus) {
            (Some((here, left)), Some(there)) if here != there => self.ends.max(left.saturating_add(travel)),
            _ => self.ends,
        }
    }

    /// Whether whatever can follow the other can follow this.
    fn is_as_good_as(&self, other: &Self) -> bool {
        let left = |done: &Self| done.campus.map(|(_, left)| left);
        self.campus.map(|it| it.0) == other.campus.map(|it| it.0)
            && self.ends <= other.ends
            && left(self) <= left(other)
    }
}

/// For each set of wishes, as bits, the ways to meet them all of which none is as good as another.
struct Search(Vec<Vec<Done>>);

impl Search {
    /// Meets the wishes in every order, not before one moment and not after another.
    fn run(wanted: &Wanted, begin: i64, latest: i64) -> Self {
        let mut sets = vec![Vec::new(); 1 << wanted.wishes.len()];
        if let Some(nothing) = sets.first_mut() {
            nothing.push(Done { ends: begin, campus: None, last: None });
        }
        for set in 0..sets.len() {
            let here = sets.get(set).cloned().unwrap_or_default();
            for (wish, groups) in wanted.wishes.iter().enumerate().filter(|(wish, _)| set & (1 << wish) == 0)
            {
                let Some(with) = sets.get_mut(set | 1 << wish) else { continue };
                for (from, done) in here.iter().enumerate() {
                    for group in groups {
                        let next = group.from(done.ready_for(group.campus, wanted.travel));
                        if let Some(next) = next.filter(|next| next.ends <= latest) {
                            let campus = group.campus.map(|campus| (campus, next.ends)).or(done.campus);
                            let last = Some((wish, next.slot, from));
                            keep(with, Done { ends: next.ends, campus, last });
                        }
                    }
                }
            }
        }
        Self(sets)
    }

    /// The smallest set that cannot be met; of several the one whose wishes stand first.
    fn smallest_conflict(&self) -> Option<usize> {
        let unmet = self.0.iter().enumerate().filter(|(_, ways)| ways.is_empty()).map(|(set, _)| set);
        unmet.min_by_key(|set| (set.count_ones(), *set))
    }

    /// When all are met at the earliest, and in which slot each is.
    fn whole(&self) -> Option<(i64, Vec<usize>)> {
        let mut set = self.0.len().checked_sub(1)?;
        let wishes = set.count_ones() as usize;
        let first = self.0.get(set)?.iter().min_by_key(|done| done.ends)?;
        let (ends, mut done, mut chosen) = (first.ends, first, vec![0; wishes]);
        while let Some((wish, slot, before)) = done.last {
            *chosen.get_mut(wish)? = slot;
            set &= !(1 << wish);
            done = self.0.get(set)?.get(before)?;
        }
        Some((ends, chosen))
    }
}

/// Keeps a way if none is as good, and drops those it is as good as.
fn keep(ways: &mut Vec<Done>, new: Done) {
    if !ways.iter().any(|way| way.is_as_good_as(&new)) {
        ways.retain(|way| !new.is_as_good_as(way));
        ways.push(new);
    }
}
