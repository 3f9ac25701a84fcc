//! Who sits on which bus: worked out each time from who comes, the same everywhere, and with a reason for each child. What somebody
//! put by hand stands; families stay together, then classes; no bus is fuller than it has seats.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Booking, Bus, Child, Id, Place, TripPlan};

/// A child that needs a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rider {
    /// Who.
    pub child: Id<Child>,
    /// Of which class.
    pub class: Option<Id<Place>>,
    /// With whom: siblings and their adults are one booking.
    pub party: Id<Booking>,
    /// Adults of that booking.
    pub adults: u32,
    /// The bus somebody put it on.
    pub by_hand: Option<u32>,
}

/// Why a child sits where it sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SeatedBecause {
    /// Somebody put it there.
    ByHand,
    /// Its class has room there as a whole.
    WithClass,
    /// No bus has room for all of its class: with its family.
    WithFamily,
    /// No bus has room for all of its family: where there was a seat.
    WhereRoom,
}

/// A child on a bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seated {
    /// Who.
    pub child: Id<Child>,
    /// Why there.
    pub because: SeatedBecause,
}

/// What is on one bus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BusLoad {
    /// Its children, in the order of the list.
    pub children: Vec<Seated>,
    /// Adults of families.
    pub parents: u32,
    /// Staff who go along.
    pub escorts: u32,
}

impl BusLoad {
    /// Seats that are taken.
    #[must_use]
    pub fn taken(&self) -> u32 {
        self.adults().saturating_add(u32::try_from(self.children.len()).unwrap_or(u32::MAX))
    }

    /// Adults on it.
    #[must_use]
    pub fn adults(&self) -> u32 {
        self.parents.saturating_add(self.escorts)
    }

    /// Adults it lacks, of those its children need.
    #[must_use]
    pub fn lacks(&self, plan: &TripPlan) -> u32 {
        let children = u32::try_from(self.children.len()).unwrap_or(u32::MAX);
        plan.adults_short(children, self.adults())
    }
}

/// Who sits where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seating {
    /// One for each bus of the plan.
    pub buses: Vec<BusLoad>,
    /// Children for whom there is no seat, in the order of the list.
    pub children_left: Vec<Id<Child>>,
    /// Adults of families for whom there is none.
    pub parents_left: u32,
    /// Staff for whom there is none.
    pub escorts_left: u32,
}

/// Works out who sits where. `riders` in the order in which they are to be listed; `escorts` is the staff who go along.
#[must_use]
pub fn seating(plan: &TripPlan, riders: &[Rider], escorts: u32) -> Seating {
    let mut seats = Seats::new(plan, escorts);
    let mut waiting = seats.by_hand(riders);
    seats.classes(&mut waiting);
    seats.escorts(false);
    // What was kept for staff and is not needed there.
    seats.reserved.iter_mut().for_each(|kept| *kept = 0);
    seats.one_by_one(&mut waiting);
    seats.escorts(true);
    seats.finish(riders, &waiting)
}

/// Those of one booking who sit nowhere yet.
#[derive(Clone, Debug, Default)]
struct Party {
    class: Option<Id<Place>>,
    children: Vec<Id<Child>>,
    adults: u32,
}

impl Party {
    fn size(&self) -> u32 {
        self.adults.saturating_add(u32::try_from(self.children.len()).unwrap_or(u32::MAX))
    }
}

struct Seats<'p> {
    plan: &'p TripPlan,
    loads: Vec<BusLoad>,
    /// Seats that are kept for staff until families sit.
    reserved: Vec<u32>,
    /// Children of each class on each bus.
    mates: Vec<BTreeMap<Option<Id<Place>>, u32>>,
    escorts: u32,
}

impl<'p> Seats<'p> {
    fn new(plan: &'p TripPlan, escorts: u32) -> Self {
        let buses = plan.buses.len();
        let mut reserved = vec![0_u32; buses];
        for _ in 0..escorts {
            let share = |(at, bus): &(usize, &Bus)| {
                let kept = reserved.get(*at).copied().unwrap_or_default();
                // The bus of which the least is kept, for its size.
                (u64::from(kept + 1) * 1_000 / u64::from(bus.seats.max(1)), *at)
            };
            let open = plan
                .buses
                .iter()
                .enumerate()
                .filter(|(at, bus)| reserved.get(*at).copied().unwrap_or_default() < bus.seats);
            let Some((at, _)) = open.min_by_key(share) else { break };
            if let Some(kept) = reserved.get_mut(at) {
                *kept += 1;
            }
        }
        let (loads, mates) = (vec![BusLoad::default(); buses], vec![BTreeMap::new(); buses]);
        Self { plan, loads, reserved, mates, escorts }
    }

    fn room(&self, at: usize) -> u32 {
        let seats = self.plan.buses.get(at).map_or(0, |bus| bus.seats);
        let taken = self.loads.get(at).map_or(0, BusLoad::taken);
        let kept = self.reserved.get(at).copied().unwrap_or_default();
        seats.saturating_sub(taken).saturating_sub(kept)
    }

    fn buses(&self) -> std::ops::Range<usize> {
        0..self.loads.len()
    }

    fn sit(&mut self, at: usize, class: Option<Id<Place>>, child: Id<Child>, because: SeatedBecause) {
        if let (Some(load), Some(mates)) = (self.loads.get_mut(at), self.mates.get_mut(at)) {
            load.children.push(Seated { child, because });
            *mates.entry(class).or_default() += 1;
        }
    }

    fn sit_adults(&mut self, at: usize, adults: u32) {
        if let Some(load) = self.loads.get_mut(at) {
            load.parents = load.parents.saturating_add(adults);
        }
    }

    /// What was put by hand sits; who is left comes in parties, in the order of the list.
    fn by_hand(&mut self, riders: &[Rider]) -> Vec<Party> {
        let mut parties: Vec<(Id<Booking>, Party, Option<usize>)> = Vec::new();
        for rider in riders {
            let known = parties.iter().position(|(id, _, _)| *id == rider.party);
            let index = known.unwrap_or_else(|| {
                let party = Party { class: rider.class, children: Vec::new(), adults: rider.adults };
                parties.push((rider.party, party, None));
                parties.len() - 1
            });
            let put = rider.by_hand.map(|bus| bus as usize).filter(|bus| {
                // What somebody put there takes a seat that was kept, too.
                let seats = self.plan.buses.get(*bus).map_or(0, |bus| bus.seats);
                self.loads.get(*bus).is_some_and(|load| load.taken() < seats)
            });
            let Some((_, party, hand)) = parties.get_mut(index) else { continue };
            match put {
                Some(bus) => {
                    hand.get_or_insert(bus);
                    self.sit(bus, rider.class, rider.child, SeatedBecause::ByHand);
                }
                None => party.children.push(rider.child),
            }
        }
        let mut waiting = Vec::new();
        for (_, party, hand) in parties {
            match hand {
                // All of its children were put somewhere: the adults go with the first, as far as there is room.
                Some(bus) if party.children.is_empty() => {
                    let sit = party.adults.min(self.room(bus));
                    self.sit_adults(bus, sit);
                    let adults = party.adults - sit;
                    if adults > 0 {
                        waiting.push(Party { adults, ..party });
                    }
                }
                _ => waiting.push(party),
            }
        }
        waiting
    }

    /// Classes as a whole, the largest first, each where it leaves the least room; of those that fit nowhere the families.
    fn classes(&mut self, waiting: &mut Vec<Party>) {
        let mut classes: Vec<(Option<Id<Place>>, Vec<Party>)> = Vec::new();
        for party in std::mem::take(waiting) {
            match classes.iter_mut().find(|(class, _)| *class == party.class) {
                Some((_, parties)) => parties.push(party),
                None => classes.push((party.class, vec![party])),
            }
        }
        let size = |parties: &[Party]| parties.iter().map(Party::size).sum::<u32>();
        // The sort is stable: of two of one size the first on the list comes first.
        classes.sort_by_key(|(_, parties)| std::cmp::Reverse(size(parties)));
        for (_, mut parties) in classes {
            let whole = size(&parties);
            let fits = self.buses().filter(|at| self.room(*at) >= whole);
            if let Some(at) = fits.min_by_key(|at| (self.room(*at), *at)) {
                parties.iter().for_each(|party| self.seat(at, party, SeatedBecause::WithClass));
                continue;
            }
            parties.sort_by_key(|party| std::cmp::Reverse(party.size()));
            for party in parties {
                match self.best(&party, party.size()) {
                    Some(at) => self.seat(at, &party, SeatedBecause::WithFamily),
                    None => waiting.push(party),
                }
            }
        }
    }

    /// The bus with so much room that has the most of its class, then the most room.
    fn best(&self, party: &Party, size: u32) -> Option<usize> {
        let mates = |at: usize| self.mates.get(at).and_then(|mates| mates.get(&party.class)).copied();
        self.buses()
            .filter(|at| self.room(*at) >= size.max(1))
            .max_by_key(|at| (mates(*at).unwrap_or_default(), self.room(*at), std::cmp::Reverse(*at)))
    }

    fn seat(&mut self, at: usize, party: &Party, because: SeatedBecause) {
        party.children.iter().for_each(|child| self.sit(at, party.class, *child, because));
        self.sit_adults(at, party.adults);
    }

    /// Whoever found no room with the family sits where there is a seat; what stays in `waiting` has none.
    fn one_by_one(&mut self, waiting: &mut [Party]) {
        for party in waiting.iter_mut() {
            if let Some(at) = self.best(party, party.size()) {
                self.seat(at, party, SeatedBecause::WithFamily);
                *party = Party::default();
                continue;
            }
            let mut left = Vec::new();
            for child in std::mem::take(&mut party.children) {
                match self.best(party, 1) {
                    Some(at) => self.sit(at, party.class, child, SeatedBecause::WhereRoom),
                    None => left.push(child),
                }
            }
            party.children = left;
            while party.adults > 0
                && let Some(at) = self.best(party, 1)
            {
                self.sit_adults(at, 1);
                party.adults -= 1;
            }
        }
    }

    /// Staff go where adults lack most; once none lack, and it is the last turn, where the most children are for each adult.
    fn escorts(&mut self, all: bool) {
        while self.escorts > 0 {
            let seats = |at: usize| self.plan.buses.get(at).map_or(0, |bus| bus.seats);
            let taken = |at: usize| self.loads.get(at).map_or(0, BusLoad::taken);
            let lacks = |at: usize| self.loads.get(at).map_or(0, |load| load.lacks(self.plan));
            let free: Vec<_> = self.buses().filter(|at| taken(*at) < seats(*at)).collect();
            let short = free.iter().copied().filter(|at| lacks(*at) > 0);
            let load = |at: &usize| {
                let load = self.loads.get(*at);
                let children = load.map_or(0, |load| load.children.len());
                let adults = load.map_or(0, BusLoad::adults) as usize;
                (children * 1_000 / (adults + 1), std::cmp::Reverse(*at))
            };
            let next = short.max_by_key(|at| (lacks(*at), std::cmp::Reverse(*at)));
            let next = next.or_else(|| if all { free.iter().copied().max_by_key(load) } else { None });
            let Some(at) = next else { return };
            if let Some(load) = self.loads.get_mut(at) {
                load.escorts += 1;
            }
            if let Some(kept) = self.reserved.get_mut(at) {
                *kept = kept.saturating_sub(1);
            }
            self.escorts -= 1;
        }
    }

    fn finish(mut self, riders: &[Rider], waiting: &[Party]) -> Seating {
        let order: BTreeMap<_, _> = riders.iter().enumerate().map(|(at, rider)| (rider.child, at)).collect();
        let place = |child: Id<Child>| order.get(&child).copied();
        for load in &mut self.loads {
            load.children.sort_by_key(|seated| place(seated.child));
        }
        let mut children_left: Vec<_> =
            waiting.iter().flat_map(|party| party.children.iter().copied()).collect();
        children_left.sort_by_key(|child| place(*child));
        let parents_left = waiting.iter().map(|party| party.adults).sum();
        Seating { buses: self.loads, children_left, parents_left, escorts_left: self.escorts }
    }
}
