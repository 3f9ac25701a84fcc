//! One opening, press by press.

mod drawn;
mod race;

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
};

use super::{
    Invited, Played, RehearsalStep, Suppositions,
    stage::{Member, Stage, Wish},
};
use crate::{Allotment, Booking, BookingState, EventDraft, Hold, Id, Person, SeatRule, Session};

/// Plays one run, first come first served or, where `draws`, as a draw; `None` where it could not be drawn.
#[must_use]
pub fn play(
    draft: &EventDraft,
    invited: &Invited,
    suppose: &Suppositions,
    (seed, run): (u32, u32),
    draws: bool,
) -> Option<Played> {
    let stage = Stage::new(draft, invited, suppose, seed);
    let (seats, wishes) = (stage.seats(), stage.wishes(run));
    let mut opening = Opening::new(&stage, &wishes, &seats);
    opening.steps = Some(Vec::new());
    let draw = if draws { Some(opening.drawn(run)?) } else { None };
    if !draws {
        opening.race();
    }
    Some(Played { steps: opening.steps.unwrap_or_default(), draw })
}

/// What a family of the rehearsal came to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trouble {
    /// Sign-up was over.
    pub(super) late: bool,
    /// Together they take more seats than a family may have.
    pub(super) too_large: bool,
}

/// A party of a family that wants to come, at its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Press {
    /// Milliseconds after the opening.
    at: u64,
    wish: usize,
    party: usize,
}

/// The same, with what stands behind the numbers.
struct Turn<'s> {
    at: u64,
    wish: &'s Wish,
    member: &'s Member<'s>,
}

/// A session as it fills; of a pool the first is filled for all of them.
pub(super) struct Room {
    pub(super) allotment: Allotment,
    /// Bookings that wait, the first first.
    line: VecDeque<usize>,
    /// When somebody first found no room, or the last seat was taken; milliseconds after the opening.
    pub(super) full: Option<u64>,
    /// The most seats that were ever taken.
    pub(super) most: u32,
    /// Seats of families that liked it best; of this session also where its seats are counted with another.
    pub(super) first: u32,
}

/// Where some children of a party go.
struct Going {
    session: usize,
    group: Vec<usize>,
    adults: u32,
    size: u32,
    hold: Option<Id<Hold>>,
}

/// A booking of the rehearsal.
pub(super) struct Booked {
    guardian: Id<Person>,
    pub(super) guests: Vec<usize>,
    pub(super) size: u32,
    hold: Option<Id<Hold>>,
    pub(super) session: usize,
    pub(super) state: BookingState,
    id: Id<Booking>,
    gives_back: Option<u64>,
}

/// What happens when its time has come. At one moment seats are let go before any is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Coming {
    /// A session of a pool begins: who waits for it is passed by.
    Begin(usize),
    /// Seats of a session are kept no more.
    Release(usize),
    /// A booking is given back.
    Return(usize),
}

/// One opening while it is played.
pub(super) struct Opening<'s> {
    stage: &'s Stage<'s>,
    wishes: &'s [Wish],
    seats: &'s [u32],
    pub(super) rooms: Vec<Room>,
    pub(super) booked: Vec<Booked>,
    /// The bookings of each family.
    own: Vec<Vec<usize>>,
    /// Sessions each child has, a bit each: with a seat, or in line.
    has: Vec<u64>,
    pub(super) trouble: Vec<Trouble>,
    /// Bookings and families that found no room when they came.
    pub(super) short: u32,
    /// What will happen by itself, and when, in milliseconds after the opening.
    coming: BinaryHeap<Reverse<(u64, Coming)>>,
    steps: Option<Vec<RehearsalStep>>,
}

impl Stage<'_> {
    /// Seats as planned.
    pub(super) fn seats(&self) -> Vec<u32> {
        self.sessions.iter().map(|session| session.capacity).collect()
    }
}

impl<'s> Opening<'s> {
    /// Before anybody came, with so many seats in each session.
    pub(super) fn new(stage: &'s Stage<'s>, wishes: &'s [Wish], seats: &'s [u32]) -> Self {
        let room = |(session, seats): (&Session, &u32)| Room {
            allotment: Allotment::new(session.id.uuid(), *seats),
            line: VecDeque::new(),
            full: None,
            most: 0,
            first: 0,
        };
        Self {
            stage,
            wishes,
            seats,
            rooms: stage.sessions.iter().zip(seats).map(room).collect(),
            booked: Vec::new(),
            own: vec![Vec::new(); stage.homes.len()],
            has: vec![0; stage.guests.len()],
            trouble: vec![Trouble::default(); stage.homes.len()],
            short: 0,
            coming: BinaryHeap::new(),
            steps: None,
        }
    }

    /// Presses, in the order in which they come.
    fn presses(&self) -> Vec<Press> {
        let of = |(wish, one): (usize, &'s Wish)| {
            one.at.iter().enumerate().map(move |(party, at)| Press { at: *at, wish, party })
        };
        let mut presses: Vec<_> = self.wishes.iter().enumerate().flat_map(of).collect();
        presses.sort_unstable();
        presses
    }

    /// Whose turn it is, if sign-up is open then.
    fn comes(&mut self, press: Press) -> Option<Turn<'s>> {
        let (stage, wishes) = (self.stage, self.wishes);
        let wish = wishes.get(press.wish)?;
        let member = stage.homes.get(wish.home)?.parties.get(press.party)?;
        if stage.event.open_at(stage.time(press.at)).is_err() {
            self.trouble.get_mut(wish.home)?.late = true;
            return None;
        }
        Some(Turn { at: press.at, wish, member })
    }

    /// Those of the children who may have this session too.
    fn joining(&self, todo: &[usize], at: usize) -> Vec<usize> {
        let stage = self.stage;
        let Some(session) = stage.sessions.get(at) else { return Vec::new() };
        let may = |guest: &usize| {
            let Some(seen) = stage.guests.get(*guest) else { return false };
            let has = self.has.get(*guest).copied().unwrap_or_default();
            let once_more = || has == 0 || stage.event.may_join(session, seen.path, &stage.ids(has));
            seen.open >> at & 1 == 1 && once_more()
        };
        todo.iter().copied().filter(may).collect()
    }

    /// Adults and seats of these children's party, within what its family may have; `None` where it cannot be.
    fn party(&self, turn: &Turn<'_>, group: &[usize]) -> Option<(u32, u32)> {
        let event = &self.stage.event;
        let knows = &turn.member.knows;
        let counts = |one: &&Booked| one.guests.iter().any(|it| knows.contains(it) || group.contains(it));
        let own = self.own.get(turn.wish.home)?.iter().filter_map(|at| self.booked.get(*at));
        let held = own.filter(|one| !one.state.is_over()).filter(counts).map(|one| one.size).sum();
        let children = u32::try_from(group.len()).unwrap_or(u32::MAX);
        // Where only children sit, nobody says who brings them.
        let most = if event.seat_rule == SeatRule::Children { 0 } else { turn.wish.adults };
        let most_seats = event.seats_left(held).min(event.most_seats(children));
        let fits = |adults: &u32| event.seats_for(children, *adults) <= most_seats;
        let adults = (most.min(1)..=most).rev().find(fits)?;
        Some((adults, event.seats_for(children, adults)))
    }

    /// Notes a booking.
    fn book(
        &mut self,
        Turn { wish, member, .. }: &Turn<'_>,
        Going { session, group, size, hold, .. }: Going,
        state: BookingState,
    ) -> usize {
        let number = self.booked.len();
        let nth = self.own.get(wish.home).map_or(0, Vec::len);
        for guest in &group {
            if let Some(has) = self.has.get_mut(*guest) {
                *has |= 1 << session;
            }
        }
        if let Some(own) = self.own.get_mut(wish.home) {
            own.push(number);
        }
        self.booked.push(Booked {
            guardian: member.party.guardian,
            guests: group,
            size,
            hold,
            session,
            state,
            id: booking_of(wish.home, nth),
            gives_back: wish.gives_back,
        });
        number
    }

    /// A booking has its seats: it may be given back between now and when that ends.
    fn may_return(&mut self, at: u64, number: usize) {
        let Some(booked) = self.booked.get(number) else { return };
        let Some((parts, session)) = booked.gives_back.zip(self.stage.sessions.get(booked.session)) else {
            return;
        };
        let until = self.stage.event.withdraw_until.timestamp().min(session.starts.timestamp());
        let until = self.stage.after(until);
        if until > at {
            self.coming.push(Reverse((at + (until - at) * parts / 1_024, Coming::Return(number))));
        }
    }

    /// Gives a booking back, and its seats to the line.
    fn returned(&mut self, at: u64, number: usize) {
        let (stage, now) = (self.stage, self.stage.time(at));
        let Some(booked) = self.booked.get_mut(number) else { return };
        let (index, size) = (booked.session, booked.size);
        let room = self.rooms.get_mut(stage.room(index));
        let Some((session, room)) = stage.sessions.get(index).zip(room) else { return };
        if session.has_begun(now) || !stage.event.takes_back_at(now) {
            return;
        }
        room.allotment.give_back(booked.state, size, booked.hold);
        booked.state = BookingState::Withdrawn;
        for guest in &booked.guests {
            if let Some(has) = self.has.get_mut(*guest) {
                *has &= !(1 << index);
            }
        }
        let (booking, guardian) = (booked.id, booked.guardian);
        self.note(|| RehearsalStep::GiveBack { at: now, booking, guardian });
        self.serve(at, index);
    }

    /// Free seats go to the line; who is offered them takes them. Nobody waits for what has begun.
    fn serve(&mut self, at: u64, index: usize) {
        let (stage, now) = (self.stage, self.stage.time(at));
        let Some(room) = self.rooms.get_mut(stage.room(index)) else { return };
        let booked = &self.booked;
        let ahead = |waits: &usize| {
            let session = booked.get(*waits).and_then(|one| stage.sessions.get(one.session));
            session.is_some_and(|session| !session.has_begun(now))
        };
        let of = |at: &usize| booked.get(*at).map_or((u32::MAX, None), |one| (one.size, one.hold));
        let line = room.line.iter().copied().filter(ahead);
        let served = room.allotment.serve(line, of);
        room.line.retain(|waits| !served.contains(waits));
        for number in served {
            let Some(one) = self.booked.get_mut(number) else { continue };
            one.state = BookingState::Confirmed;
            let (booking, guardian) = (one.id, one.guardian);
            self.note(|| RehearsalStep::Promoted { at: now, booking, guardian });
        }
    }

    /// Seats are kept as the plan says it, until their time.
    fn keep(&mut self) {
        let stage = self.stage;
        let opens = stage.event.opens.timestamp();
        for (at, (session, room)) in stage.sessions.iter().zip(&mut self.rooms).enumerate() {
            room.allotment.keep(&session.holds, opens);
            if session.pool.is_some() {
                self.coming.push(Reverse((stage.until(session.starts.timestamp()), Coming::Begin(at))));
            }
            let ends = session.holds.iter().map(|hold| hold.until.timestamp()).filter(|until| *until > opens);
            self.coming.extend(ends.map(|until| Reverse((stage.until(until), Coming::Release(at)))));
        }
    }

    /// A session of a pool has begun.
    fn begun(&mut self, at: u64, index: usize) {
        let Some(room) = self.rooms.get_mut(self.stage.room(index)) else { return };
        let booked = &self.booked;
        room.line.retain(|waits| booked.get(*waits).is_some_and(|one| one.session != index));
        room.allotment.waiting = u32::try_from(room.line.len()).unwrap_or(u32::MAX);
        self.serve(at, index);
    }

    /// Seats of a session are kept no more.
    fn released(&mut self, at: u64, index: usize) {
        let now = self.stage.time(at);
        if let Some((session, room)) = self.stage.sessions.get(index).zip(self.rooms.get_mut(index)) {
            room.allotment.keep(&session.holds, now);
        }
        self.serve(at, index);
    }

    /// What happens by itself until somebody comes, in its order; all that is left where nobody does.
    fn until(&mut self, end: Option<u64>) {
        while let Some(Reverse((at, next))) = self.coming.peek().copied() {
            // Who comes at the very moment finds seats let go, and none given back.
            let is_later = |end| at > end || at == end && matches!(next, Coming::Return(_));
            if end.is_some_and(is_later) {
                return;
            }
            self.coming.pop();
            match next {
                Coming::Begin(session) => self.begun(at, session),
                Coming::Release(session) => self.released(at, session),
                Coming::Return(number) => self.returned(at, number),
            }
        }
    }

    fn note(&mut self, step: impl FnOnce() -> RehearsalStep) {
        if let Some(steps) = &mut self.steps {
            steps.push(step());
        }
    }
}

impl Stage<'_> {
    /// Sessions of these bits.
    fn ids(&self, bits: u64) -> Vec<Id<Session>> {
        let has = self.sessions.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        has.map(|(_, session)| session.id).collect()
    }
}

/// The id of a family's nth booking: the same in every run.
fn booking_of(home: usize, nth: usize) -> Id<Booking> {
    /// "rehearse" in ASCII: no other id begins like this.
    const REHEARSE: u128 = 0x7265_6865_6172_7365 << 64;
    Id::new(uuid::Uuid::from_u128(REHEARSE | (home as u128) << 16 | nth as u128))
}
