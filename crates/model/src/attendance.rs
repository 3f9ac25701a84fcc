//! Who came, in numbers: what a school reports of an event or of a term. No names, and nothing that is not known: of a session
//! at which nobody checked in nobody is said to be absent.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Arrival, ArrivalState, Booking, BookingState, Child, Event, Id, Level, Person, Place, Seat, SeatRule,
    Session,
};

/// What is known of who came to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// It has not begun, and nobody was let in.
    Ahead,
    /// It goes on: who is not there may still come.
    On,
    /// It is over, and somebody checked in: whoever did not was absent.
    Checked,
    /// It is over, and nobody checked in: only who signed up is known.
    Unchecked,
    /// It was called off.
    CalledOff,
}

impl Stand {
    /// What is known of a session of whose arrivals some are of people who were there, or none.
    #[must_use]
    pub fn of(event: &Event, session: &Session, checked_in: bool, now: Timestamp) -> Self {
        match (session.takes_place(event), now >= session.ends.timestamp()) {
            (false, _) => Self::CalledOff,
            (true, true) if checked_in => Self::Checked,
            (true, true) => Self::Unchecked,
            (true, false) if checked_in || session.has_begun(now) => Self::On,
            (true, false) => Self::Ahead,
        }
    }

    /// Whether it takes place: what was called off is in no sum.
    #[must_use]
    pub fn counts(self) -> bool {
        self != Self::CalledOff
    }
}

/// Children and adults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Heads {
    /// Children.
    pub children: u32,
    /// Adults.
    pub adults: u32,
}

impl Heads {
    fn child() -> Self {
        Self { children: 1, adults: 0 }
    }

    /// All of them.
    #[must_use]
    pub fn people(self) -> u32 {
        self.children.saturating_add(self.adults)
    }

    fn add(&mut self, other: Self) {
        self.children = self.children.saturating_add(other.children);
        self.adults = self.adults.saturating_add(other.adults);
    }
}

/// The figures of a report. Whoever was expected came, was absent, or is not known about; nobody is in two of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Figures {
    /// Had a seat when it began, or have one.
    pub expected: Heads,
    /// Of them: came. Of a family that came in part children are counted before adults.
    pub came: Heads,
    /// Of them: did not come, where it is known.
    pub absent: Heads,
    /// Of them: nobody checked in, or it is not over yet.
    pub unknown: Heads,
    /// Gave their seats back.
    pub withdrew: Heads,
    /// Wanted a seat and got none.
    pub waited: Heads,
    /// People who came without a seat of their own.
    pub walked_in: u32,
}

impl Figures {
    /// Everybody who was there.
    #[must_use]
    pub fn there(&self) -> u32 {
        self.came.people().saturating_add(self.walked_in)
    }

    fn add(&mut self, other: &Self) {
        self.expected.add(other.expected);
        self.came.add(other.came);
        self.absent.add(other.absent);
        self.unknown.add(other.unknown);
        self.withdrew.add(other.withdrew);
        self.waited.add(other.waited);
        self.walked_in = self.walked_in.saturating_add(other.walked_in);
    }
}

/// What one child, or somebody who walked in, adds to the figures. The adults of a family stand with one of its children, so
/// that nobody is counted twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Of which event.
    pub event: Id<Event>,
    /// In which session.
    pub session: Id<Session>,
    /// In which class the child was; none where that is not known.
    pub class: Option<Id<Place>>,
    /// Which child; none walked in.
    pub child: Option<Id<Child>>,
    /// Whose booking it is; none walked in.
    pub guardian: Option<Id<Person>>,
    /// The figures.
    pub figures: Figures,
}

/// Everything that is known of one session.
#[derive(Clone, Copy, Debug)]
pub struct Attended<'r> {
    /// Of which event.
    pub event: &'r Event,
    /// Which.
    pub session: &'r Session,
    /// All of it, in any state.
    pub bookings: &'r [Booking],
    /// The seats of those bookings.
    pub seats: &'r [Seat],
    /// Who was let in, in any state.
    pub arrivals: &'r [Arrival],
}

impl Arrival {
    /// Whether somebody was really there: also who was let in on seats that had been taken back meanwhile. The second of two
    /// gates that wrote one party down, and a slip of the hand, are nobody.
    #[must_use]
    pub fn was_there(&self) -> bool {
        self.counts() || self.state == ArrivalState::Conflict
    }
}

impl Attended<'_> {
    /// What is known of who came.
    #[must_use]
    pub fn stand(&self, now: Timestamp) -> Stand {
        Stand::of(self.event, self.session, self.arrivals.iter().any(Arrival::was_there), now)
    }

    /// The figures, child by child. `class` says in which class a child was on that day.
    pub fn shares(&self, now: Timestamp, class: impl Fn(Id<Child>) -> Option<Id<Place>>) -> Vec<Share> {
        let stand = self.stand(now);
        if !stand.counts() {
            return Vec::new();
        }
        let mut seats: BTreeMap<Id<Booking>, Vec<&Seat>> = BTreeMap::new();
        for seat in self.seats.iter().filter(|seat| !seat.gone) {
            seats.entry(seat.booking).or_default().push(seat);
        }
        let mut with: BTreeMap<Option<Id<Booking>>, LetIn> = BTreeMap::new();
        for arrival in self.arrivals.iter().filter(|arrival| arrival.was_there()) {
            let known = arrival.booking.filter(|id| self.bookings.iter().any(|booking| booking.id == *id));
            with.entry(known).or_default().add(arrival);
        }
        let mut shares = Vec::new();
        for booking in self.bookings {
            let seats = seats.get(&booking.id).map(Vec::as_slice).unwrap_or_default();
            let let_in = with.get(&Some(booking.id)).copied().unwrap_or_default();
            // Given back, and signed up anew: the seats went to the other booking, and with them who is counted.
            let anew = Counts::of(booking.state) != Counts::Expected && seats.is_empty();
            if !anew || let_in.seats > 0 {
                shares.extend(self.party(booking, seats, let_in, stand, &class));
            }
        }
        if let Some(without) = with.get(&None) {
            let walked_in = without.seats.saturating_add(without.extra);
            let figures = Figures { walked_in, ..Figures::default() };
            shares.push(self.share(None, None, None, figures));
        }
        shares
    }

    fn share(
        &self,
        class: Option<Id<Place>>,
        child: Option<Id<Child>>,
        guardian: Option<Id<Person>>,
        figures: Figures,
    ) -> Share {
        Share { event: self.event.id, session: self.session.id, class, child, guardian, figures }
    }

    /// One booking, child by child.
    fn party(
        &self,
        booking: &Booking,
        seats: &[&Seat],
        let_in: LetIn,
        stand: Stand,
        class: &impl Fn(Id<Child>) -> Option<Id<Place>>,
    ) -> Vec<Share> {
        let outcome = Outcome::of(self.event.seat_rule, booking, let_in, stand);
        let known = seats.iter().map(|seat| Some(seat.child));
        // A child of whom nothing is kept any more was there all the same.
        let children = (0..booking.children as usize).zip(known.chain(std::iter::repeat(None)));
        let mut shares: Vec<_> = children
            .map(|(place, child)| {
                let figures = outcome.child(place);
                self.share(child.and_then(class), child, Some(booking.guardian), figures)
            })
            .collect();
        if let Some(first) = shares.first_mut() {
            first.figures.add(&outcome.rest);
        }
        shares
    }
}

/// Who was let in with one booking.
#[derive(Clone, Copy, Default)]
struct LetIn {
    seats: u32,
    extra: u32,
}

impl LetIn {
    fn add(&mut self, arrival: &Arrival) {
        self.seats = self.seats.saturating_add(arrival.seats);
        self.extra = self.extra.saturating_add(arrival.extra);
    }
}

/// How a booking counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    Expected,
    Withdrew,
    Waited,
}

impl Counts {
    fn of(state: BookingState) -> Self {
        match state {
            BookingState::Confirmed | BookingState::Released => Self::Expected,
            BookingState::Withdrawn => Self::Withdrew,
            BookingState::Entered
            | BookingState::NotDrawn
            | BookingState::Waiting
            | BookingState::Offered { .. }
            | BookingState::Lapsed
            | BookingState::Displaced => Self::Waited,
        }
    }
}

/// How one booking came out.
struct Outcome {
    counts: Counts,
    over: bool,
    /// Children who came, the first of them.
    came: usize,
    /// What does not stand with each child: the adults, and who walked in.
    rest: Figures,
}

impl Outcome {
    fn of(rule: SeatRule, booking: &Booking, let_in: LetIn, stand: Stand) -> Self {
        let counts = Counts::of(booking.state);
        let (children, adults) = (booking.children, booking.adults);
        let people = let_in.seats.min(booking.size).saturating_add(let_in.extra);
        let own = if counts == Counts::Expected { people.min(booking.size) } else { 0 };
        let came = match rule {
            _ if own == 0 => Heads::default(),
            // The child is in school anyway, as long as somebody came to see it.
            SeatRule::Adults => Heads { children, adults: own.min(adults) },
            // Adults take no seat: the gate did not count them.
            SeatRule::Children => Heads { children: own.min(children), adults },
            SeatRule::Everyone => {
                let children = own.min(children);
                Heads { children, adults: own.saturating_sub(children).min(adults) }
            }
        };
        let mut outcome = Self {
            counts,
            over: stand == Stand::Checked,
            came: came.children as usize,
            rest: Figures { walked_in: people.saturating_sub(own), ..Figures::default() },
        };
        let heads = |adults| Heads { children: 0, adults };
        let away = heads(adults.saturating_sub(came.adults));
        outcome.rest.add(&figures(counts, outcome.over, heads(came.adults), away));
        outcome
    }

    fn child(&self, place: usize) -> Figures {
        let (here, away) = if place < self.came {
            (Heads::child(), Heads::default())
        } else {
            (Heads::default(), Heads::child())
        };
        figures(self.counts, self.over, here, away)
    }
}

fn figures(counts: Counts, over: bool, here: Heads, away: Heads) -> Figures {
    let mut all = here;
    all.add(away);
    let none = Figures::default();
    match counts {
        Counts::Expected if over => Figures { expected: all, came: here, absent: away, ..none },
        Counts::Expected => Figures { expected: all, came: here, unknown: away, ..none },
        Counts::Withdrew => Figures { withdrew: all, ..none },
        Counts::Waited => Figures { waited: all, ..none },
    }
}

/// The sum of shares.
#[must_use]
pub fn sum<'s>(shares: impl IntoIterator<Item = &'s Share>) -> Figures {
    let mut all = Figures::default();
    for share in shares {
        all.add(&share.figures);
    }
    all
}

/// Shares by what they have in common; each stands in exactly one group.
#[must_use]
pub fn grouped<K: Ord>(shares: &[Share], key: impl Fn(&Share) -> K) -> BTreeMap<K, Vec<&Share>> {
    let mut groups: BTreeMap<K, Vec<&Share>> = BTreeMap::new();
    for share in shares {
        groups.entry(key(share)).or_default().push(share);
    }
    groups
}

/// The place of a level a class lies in; none where the class is not known.
#[must_use]
pub fn place_at(
    places: &BTreeMap<Id<Place>, Place>,
    class: Option<Id<Place>>,
    level: Level,
) -> Option<Id<Place>> {
    let class = places.get(&class?)?;
    class.path.iter().copied().find(|id| places.get(id).is_some_and(|place| place.level == level))
}

/// Families of whom somebody came, each once: what shares a guardian or a child is one. Where nobody checked in it is who
/// had a seat; who walked in without a booking is not known.
#[must_use]
pub fn families<'s>(shares: impl IntoIterator<Item = &'s Share>) -> u32 {
    let there = |share: &&Share| {
        let Figures { came, unknown, walked_in, .. } = share.figures;
        came.people() > 0 || unknown.people() > 0 || walked_in > 0
    };
    let mut by_guardian: BTreeMap<Id<Person>, BTreeSet<Id<Child>>> = BTreeMap::new();
    for share in shares.into_iter().filter(there) {
        if let Some(guardian) = share.guardian {
            by_guardian.entry(guardian).or_default().extend(share.child);
        }
    }
    let mut homes: Vec<Option<BTreeSet<Id<Child>>>> = Vec::new();
    let mut home_of: BTreeMap<Id<Child>, usize> = BTreeMap::new();
    for mut children in by_guardian.into_values() {
        let earlier: BTreeSet<_> = children.iter().filter_map(|child| home_of.get(child).copied()).collect();
        for at in earlier {
            children.extend(homes.get_mut(at).and_then(Option::take).into_iter().flatten());
        }
        home_of.extend(children.iter().map(|child| (*child, homes.len())));
        homes.push(Some(children));
    }
    u32::try_from(homes.iter().flatten().count()).unwrap_or(u32::MAX)
}

/// Whether every child of a booking came, as the gates wrote it down: only then each of them is known to have. Of a party of
/// which a part came it is not known who that was.
#[must_use]
pub fn children_came(event: &Event, booking: &Booking, arrivals: &[Arrival]) -> bool {
    let mut let_in = LetIn::default();
    let own = |arrival: &&Arrival| arrival.was_there() && arrival.booking == Some(booking.id);
    for arrival in arrivals.iter().filter(own) {
        let_in.add(arrival);
    }
    let outcome = Outcome::of(event.seat_rule, booking, let_in, Stand::Checked);
    booking.children > 0 && outcome.came == booking.children as usize
}
