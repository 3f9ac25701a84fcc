//! What is the same in every run: the event as it would be published, and for whom each session is; and what families wish in
//! one run.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Invited, Preferred, Suppositions, chance::Chance};
use crate::{Child, DrawSecret, Event, EventDraft, Hold, Id, Place, Secret, Session, hold::Traits};

/// Milliseconds of a minute, and of an hour.
const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

/// The event before it opens.
pub(super) struct Stage<'i> {
    pub(super) event: Event,
    /// By start, as on the roll of a draw.
    pub(super) sessions: Vec<Session>,
    pub(super) homes: Vec<Home<'i>>,
    pub(super) guests: Vec<Seen<'i>>,
    /// Classes of the guests, as they come.
    pub(super) classes: Vec<Id<Place>>,
    pub(super) suppose: &'i Suppositions,
    seed: u32,
}

/// A family as it is played.
pub(super) struct Home<'i> {
    pub(super) parties: Vec<Member<'i>>,
    /// Sessions in which one of the children may come, a bit each.
    options: u64,
    late: bool,
}

/// A party as it is played.
pub(super) struct Member<'i> {
    pub(super) party: &'i super::Party,
    /// Places of the children among the guests.
    pub(super) guests: std::ops::Range<usize>,
    /// Places of children whose seats count for the guardian.
    pub(super) knows: Vec<usize>,
    /// Places of children for whom the guardian decides.
    pub(super) decides: Vec<usize>,
}

/// A child as it is played.
pub(super) struct Seen<'i> {
    pub(super) path: &'i [Id<Place>],
    /// Sessions it may come to, a bit each.
    pub(super) open: u64,
    /// The place of its class.
    pub(super) class: usize,
}

/// A family that wants to come, in one run.
pub(super) struct Wish {
    pub(super) home: usize,
    /// Milliseconds after the opening, of each party.
    pub(super) at: Vec<u64>,
    pub(super) adults: u32,
    /// Sessions that suit it, the best first.
    pub(super) order: Vec<usize>,
    /// It gives back, after so many of 1,024 parts of the time there is.
    pub(super) gives_back: Option<u64>,
}

impl<'i> Stage<'i> {
    pub(super) fn new(
        draft: &EventDraft,
        invited: &'i Invited,
        suppose: &'i Suppositions,
        seed: u32,
    ) -> Self {
        let event = draft.event(invited.held_at.clone());
        let mut sessions: Vec<_> = draft.sessions.iter().map(|session| session.session(event.id)).collect();
        sessions.sort_by_key(|session| (session.starts.timestamp(), session.id));
        let (mut homes, mut guests, mut classes) = (Vec::new(), Vec::new(), Vec::new());
        for household in &invited.households {
            let mut ids = Vec::new();
            let first = guests.len();
            let mut parties = Vec::new();
            for party in &household.parties {
                let from = guests.len();
                for guest in &party.children {
                    let class = guest.path.last().copied().unwrap_or(event.place);
                    let class = classes.iter().position(|one| *one == class).unwrap_or_else(|| {
                        classes.push(class);
                        classes.len() - 1
                    });
                    let may = |session: &Session| {
                        event.may_join(session, &guest.path, &[]) && !(session.first_timers && guest.been)
                    };
                    let bits = sessions.iter().enumerate().filter(|(_, session)| may(session));
                    let open = bits.fold(0, |bits, (at, _)| bits | 1 << at);
                    ids.push(guest.child);
                    guests.push(Seen { path: &guest.path, open, class });
                }
                parties.push(Member {
                    party,
                    guests: from..guests.len(),
                    knows: Vec::new(),
                    decides: Vec::new(),
                });
            }
            for member in &mut parties {
                let places = |of: &BTreeSet<Id<Child>>| {
                    let found = ids.iter().enumerate().filter(|(_, child)| of.contains(child));
                    found.map(|(at, _)| first + at).collect()
                };
                member.knows = places(&member.party.knows);
                member.decides = places(&member.party.decides);
            }
            let own = household.parties.iter().flat_map(|party| &party.children);
            let late = |path: &[Id<Place>]| suppose.late.iter().any(|place| path.contains(place));
            homes.push(Home {
                options: guests.iter().skip(first).fold(0, |bits, guest: &Seen<'_>| bits | guest.open),
                late: own.clone().count() > 0 && own.clone().all(|guest| late(&guest.path)),
                parties,
            });
        }
        Self { event, sessions, homes, guests, classes, suppose, seed }
    }

    /// Where the seats of a session are counted: with the first of its pool, or with itself.
    pub(super) fn room(&self, at: usize) -> usize {
        let Some(session) = self.sessions.get(at).filter(|session| session.pool.is_some()) else { return at };
        self.sessions.iter().position(|other| other.shares_seats_with(session)).unwrap_or(at)
    }

    /// So many milliseconds after the opening.
    pub(super) fn time(&self, at: u64) -> Timestamp {
        let after = SignedDuration::from_millis(i64::try_from(at).unwrap_or(i64::MAX));
        self.event.opens.timestamp().saturating_add(after).unwrap_or(Timestamp::MAX)
    }

    /// Milliseconds after the opening.
    pub(super) fn after(&self, at: Timestamp) -> u64 {
        u64::try_from(at.duration_since(self.event.opens.timestamp()).as_millis()).unwrap_or_default()
    }

    /// The hold of a session that a party of these children is of at this moment.
    pub(super) fn hold(
        &self,
        member: &Member<'_>,
        group: &[usize],
        (session, now): (&Session, Timestamp),
    ) -> Option<Id<Hold>> {
        if session.holds.is_empty() {
            return None;
        }
        let path = |at: &usize| self.guests.get(*at).map(|guest| guest.path);
        let comes = |path: &&[Id<Place>]| self.event.is_for(path) && session.is_for(path);
        let party = Traits {
            staff: member.party.works,
            decides_for: member.decides.iter().filter_map(path).filter(comes).count(),
            paths: group.iter().filter_map(path).collect(),
            phoned: !member.party.joined,
        };
        session.hold_for(&party, now)
    }

    /// The first whole millisecond after the opening at which it is that late.
    pub(super) fn until(&self, at: Timestamp) -> u64 {
        let before = self.after(at);
        if self.time(before) < at { before + 1 } else { before }
    }

    /// When it is drawn: as soon as it may be; for a plan without a draw as sign-up closes.
    pub(super) fn drawn_at(&self) -> Timestamp {
        self.event.draw.as_ref().map_or(self.event.closes.timestamp(), |draw| draw.known.timestamp())
    }

    /// Whether it could be drawn at all.
    pub(super) fn may_draw(&self) -> bool {
        let begun = self.sessions.iter().any(|session| session.has_begun(self.drawn_at()));
        let shared = self.sessions.iter().any(|session| session.pool.is_some());
        self.event.child_limit == 1 && !begun && !shared
    }

    /// Sessions a family wants for each child.
    pub(super) fn times(&self) -> u32 {
        self.suppose.times.min(self.event.child_limit)
    }

    /// The secret of a run's draw.
    pub(super) fn secret(&self, run: u32) -> Secret {
        let id = DrawSecret::of(self.event.id).uuid().as_u64_pair().0;
        let mut chance = Chance::of(self.seed, run, id);
        let mut bytes = [0; 32];
        for eight in bytes.chunks_exact_mut(8) {
            eight.copy_from_slice(&chance.next().to_be_bytes());
        }
        Secret::new(bytes)
    }

    /// What families wish in a run.
    pub(super) fn wishes(&self, run: u32) -> Vec<Wish> {
        let homes = self.homes.iter().enumerate();
        homes.filter_map(|(home, own)| self.wish(run, home, own)).collect()
    }

    /// Whatever a family does follows from the seed, the run and its place alone.
    fn wish(&self, run: u32, home: usize, own: &Home<'_>) -> Option<Wish> {
        let suppose = self.suppose;
        let mut chance = Chance::of(self.seed, run, home as u64 + 1);
        if !chance.percent(suppose.want_percent) {
            return None;
        }
        let adults = 1 + u32::from(chance.percent(suppose.two_adults_percent));
        let mut at = if chance.percent(suppose.first_minute_percent) {
            chance.below(MINUTE)
        } else {
            // The square of an even chance: three of four within a bit more than the first half of the time.
            let part = u128::from(chance.below(1 << 20));
            let span = u128::from(u64::from(suppose.hours) * HOUR);
            MINUTE + u64::try_from((span * part * part) >> 40).unwrap_or_default()
        };
        if own.late {
            at += u64::from(suppose.late_minutes) * MINUTE;
        }
        let by_staff = u64::from(suppose.staff_hours) * HOUR + chance.below(HOUR);
        let times = own.parties.iter().map(|member| if member.party.joined { at } else { by_staff });
        Some(Wish {
            home,
            at: times.collect(),
            adults,
            order: self.order(own, &mut chance),
            gives_back: chance.percent(suppose.give_back_percent).then(|| chance.below(1_024)),
        })
    }

    /// Sessions by preference, until each child has as many as suit.
    fn order(&self, own: &Home<'_>, chance: &mut Chance) -> Vec<usize> {
        let mut order: Vec<_> = (0..self.sessions.len()).filter(|at| own.options >> at & 1 == 1).collect();
        chance.shuffle(&mut order);
        let likes_first = chance.percent(50);
        if self.suppose.prefer == Preferred::First && likes_first {
            // The rest stays in its order.
            order.sort_by_key(|at| *at > 0);
        }
        let suits = self.suppose.suits;
        let guests = own.parties.iter().flat_map(|member| member.guests.clone());
        let mut left: Vec<_> =
            guests.filter_map(|at| self.guests.get(at)).map(|guest| (guest.open, suits)).collect();
        order.retain(|at| {
            let mut wanted = false;
            for (open, suits) in &mut left {
                if *open >> at & 1 == 1 && *suits > 0 {
                    *suits -= 1;
                    wanted = true;
                }
            }
            wanted
        });
        order
    }
}
