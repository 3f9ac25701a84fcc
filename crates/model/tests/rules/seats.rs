//! Seats under random histories: families, staff, timers and a clock that jumps.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{FileFailurePersistence, TestRunner},
};
use xinmei_model::{
    Act, Actor, Booking, BookingState, Due, DueKind, Id, Person, Refusal, Right, Seat, Session, SignUp,
    losing, painless,
};

use crate::steps::{History, Step, plan, step};
use crate::world::{people::*, plans::*};

/// A booking before a step.
type Before = BTreeMap<Id<Booking>, Booking>;

impl History {
    fn live(&self) -> Vec<Booking> {
        self.world.all::<Booking>().into_iter().filter(|booking| !booking.state.is_over()).collect()
    }

    fn run(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let before: Before = self.world.all::<Booking>().into_iter().map(|b| (b.id, b)).collect();
        match step {
            Step::Wait { minutes } => {
                self.world.pass_minutes(*minutes);
                self.pass_pools();
            }
            Step::FireDue => self.world.fire_due(),
            Step::FireAny { timer } => self.fire_any(*timer)?,
            _ => {
                let Some((actor, act)) = self.act_of(step) else { return Ok(()) };
                let contents = self.world.contents();
                let answer = self.world.act(actor, &act);
                if let Err(refusal) = &answer {
                    self.reached.insert(refusal.code());
                    prop_assert_eq!(contents, self.world.contents(), "a refusal changed something");
                }
                if let (Act::SignUp(wish), true) = (&act, answer.is_ok()) {
                    self.check_limit(wish)?;
                }
                if answer.is_ok() {
                    self.check_repeat(actor, &act)?;
                }
                self.last = Some((actor, act));
            }
        }
        self.remember(&before);
        self.check_seats()?;
        let act = self.last.as_ref().map(|(_, act)| act.clone());
        self.check_losses(&before, act.as_ref())?;
        self.check_order(&before)
    }

    /// Remembers a way a booking went, like "waiting to offered".
    fn remember(&mut self, before: &Before) {
        let name =
            |state: BookingState| serde_json::to_value(state).unwrap()["is"].as_str().unwrap().to_owned();
        for booking in self.world.all::<Booking>() {
            let old = before.get(&booking.id).map_or_else(|| "nothing".into(), |old| name(old.state));
            let new = name(booking.state);
            if old != new {
                self.reached.insert(format!("{old} to {new}"));
            }
        }
    }

    /// The same wish once more changes nothing.
    fn check_repeat(&mut self, actor: Actor, act: &Act) -> Result<(), TestCaseError> {
        let contents = self.world.contents();
        let again = self.world.act(actor, act);
        prop_assert_eq!(contents, self.world.contents(), "{:?} twice is not once", act);
        if matches!(act, Act::SignUp(_)) {
            let booked = matches!(again, Err(Refusal::AlreadyBooked { .. }));
            prop_assert!(booked, "signed up twice: {:?}", again);
        }
        Ok(())
    }

    /// A timer that is early, late or repeated changes nothing, unless it ends an offer whose time is over.
    fn fire_any(&mut self, timer: usize) -> Result<(), TestCaseError> {
        let timers: Vec<_> = self.world.timers.values().copied().collect();
        let Some(due) = timers.get(timer % timers.len().max(1)).copied() else { return Ok(()) };
        if matches!(due.kind, DueKind::ReleaseHold | DueKind::PassPool) {
            self.world.fire(due);
            let again = self.world.fire(due);
            prop_assert!(again.is_empty(), "seats were released twice: {:?}", again);
            return Ok(());
        }
        let state = self.world.state(Id::new(due.subject));
        // A change of the party makes the timer of the offer anew, and in what was called off an offer stays as it was.
        let booking = self.world.get(Id::<Booking>::new(due.subject));
        let on = self.world.get(booking.session).takes_place(&self.world.get(self.event));
        let stands = on && booking.generation == due.generation;
        let counts = stands && matches!(state, BookingState::Offered { until } if until <= self.world.now);
        let changes = self.world.fire(due);
        prop_assert_eq!(!changes.is_empty(), counts, "timer of a booking that is {:?}", state);
        let again = self.world.fire(due);
        prop_assert!(again.is_empty(), "a timer fired twice: {:?}", again);
        Ok(())
    }

    /// Other timers may be late here; that a line is passed on late is tried by itself.
    fn pass_pools(&mut self) {
        let due = |due: &&Due| due.kind == DueKind::PassPool && due.at <= self.world.now;
        let due: Vec<_> = self.world.timers.values().filter(due).copied().collect();
        due.into_iter().for_each(|due| drop(self.world.fire(due)));
    }

    /// What the booking guardian's children hold now that the wish was granted.
    fn check_limit(&self, wish: &SignUp) -> Result<(), TestCaseError> {
        let booking = self.world.get(wish.booking);
        let family = self.children_of(booking.guardian);
        let event = self.world.get(self.event);
        let touches = |b: &Booking| self.world.seats(b.id).iter().any(|seat| family.contains(&seat.child));
        let counts = |b: &Booking| !self.world.get(b.session).is_cancelled();
        let held: u32 = self.live().iter().filter(|b| touches(b) && counts(b)).map(|b| b.size).sum();
        prop_assert!(held <= event.family_limit, "{} seats of {}", held, event.family_limit);
        Ok(())
    }

    fn check_seats(&self) -> Result<(), TestCaseError> {
        let event = self.world.get(self.event);
        for session in &self.sessions {
            let row = self.world.get(*session);
            let allotment = self.world.allotment(row.counted_with().uuid());
            let bookings = self.together(*session);
            let opens = |id: &Id<Session>| {
                let row = self.world.get(*id);
                row.takes_place(&event) && self.world.now < row.starts.timestamp()
            };
            let holding = bookings.iter().filter(|b| b.state.holds_seats());
            let used: u32 = holding.map(|b| b.size).sum();
            let waiting: Vec<_> = bookings.iter().filter(|b| b.state == BookingState::Waiting).collect();
            prop_assert_eq!(allotment.seats, row.capacity);
            prop_assert!(used <= row.capacity, "{} seats given of {}", used, row.capacity);
            prop_assert_eq!(allotment.used, used);
            prop_assert_eq!(allotment.waiting as usize, waiting.len());
            // Where there is no waitlist only who had a seat waits.
            prop_assert!(event.waitlist || waiting.iter().all(|b| b.put_back.is_some()));
            // Nobody is left waiting in front of a seat.
            let open = opens(session);
            for held in &allotment.holds {
                let own = |b: &&&Booking| b.hold == Some(held.hold);
                let used: u32 = bookings
                    .iter()
                    .filter(|b| b.state.holds_seats())
                    .filter(|b| own(&b))
                    .map(|b| b.size)
                    .sum();
                prop_assert_eq!(held.used, used, "what a hold gave");
                let mut line = waiting.iter().filter(|b| b.hold == Some(held.hold));
                prop_assert_eq!(held.waiting as usize, line.clone().count());
                if let (true, Some(first)) = (open, line.next()) {
                    let free = allotment.free_for(first.hold).min(allotment.left_of(first.hold));
                    prop_assert!(first.size > free, "{:?} waits before seats kept for it", first);
                }
            }
            let next = waiting.iter().find(|booking| opens(&booking.session));
            if let (true, Some(head)) = (open, next) {
                prop_assert!(head.size > allotment.free_for(head.hold), "{:?} waits before free seats", head);
                prop_assert!(head.size <= allotment.seats, "{:?} can never be served", head);
            }
            let least = painless(&bookings);
            prop_assert_eq!(
                losing(&bookings, least).families(),
                0,
                "{} seats cost somebody something",
                least
            );
            let fewer = losing(&bookings, least - 1).families();
            prop_assert!(least == 1 || fewer > 0, "{} seats are not the fewest", least);
            for window in bookings.windows(2) {
                prop_assert!(window[0].seq < window[1].seq, "two bookings at one place in the order");
            }
        }
        // All of a family or none, and no child twice.
        let mut live = self.live();
        // What was called off counts no more.
        live.retain(|booking| !self.world.get(booking.session).is_cancelled());
        let mut seen = BTreeMap::<_, BTreeSet<_>>::new();
        for booking in &live {
            let seats: Vec<Seat> = self.world.seats(booking.id);
            prop_assert_eq!(seats.len(), booking.children as usize);
            prop_assert_eq!(booking.size, event.seats_for(booking.children, booking.adults));
            for seat in seats {
                prop_assert!(seen.entry(seat.child).or_default().insert(seat.session), "a child sits twice");
            }
        }
        let most = event.child_limit as usize;
        prop_assert!(
            seen.values().all(|sessions| sessions.len() <= most),
            "a child has more sessions than it may"
        );
        // One guardian never holds more than the limit; nor do two who have the same children.
        for person in &self.people {
            let family = self.children_of(*person);
            let same = |other: Id<Person>| self.children_of(other) == family;
            let held: u32 = live.iter().filter(|b| same(b.guardian)).map(|b| b.size).sum();
            prop_assert!(held <= event.family_limit, "a family holds {} of {}", held, event.family_limit);
        }
        Ok(())
    }

    /// Who lost a seat in this step gave it back, missed an offer, or is told why; and came after all who kept theirs.
    fn check_losses(&self, before: &Before, act: Option<&Act>) -> Result<(), TestCaseError> {
        for (id, old) in before.iter().filter(|(_, old)| old.state.holds_seats()) {
            let new = self.world.get(*id);
            match new.state {
                BookingState::Waiting | BookingState::Displaced => {
                    prop_assert!(new.put_back.is_some(), "{:?} became {:?} without a word", old, new);
                    let cut = matches!(act, Some(Act::SetCapacity { cut: Some(_), .. }));
                    prop_assert!(cut, "not by a cut");
                    let too_large = new.size > self.world.get(new.session).capacity;
                    prop_assert_eq!(new.state == BookingState::Displaced, too_large);
                    let kept = self.world.bookings(new.session);
                    let later = |b: &&Booking| b.state == BookingState::Confirmed && b.seq > old.seq;
                    let fitted = old.state == BookingState::Confirmed && new.state == BookingState::Waiting;
                    let keeps = kept.iter().find(later).filter(|_| fitted);
                    prop_assert!(keeps.is_none(), "{:?} lost to {:?}", old, keeps);
                }
                BookingState::Released => prop_assert!(false, "no gate is open here"),
                BookingState::Withdrawn | BookingState::Lapsed => {}
                BookingState::Entered | BookingState::NotDrawn => {
                    prop_assert!(false, "nothing is drawn here")
                }
                BookingState::Confirmed | BookingState::Offered { .. } => {
                    prop_assert!(new.put_back.is_none())
                }
            }
        }
        Ok(())
    }

    /// Who moved up in this step was next, and in time.
    fn check_order(&self, before: &Before) -> Result<(), TestCaseError> {
        for booking in self.world.all::<Booking>() {
            let old = before.get(&booking.id).map(|b| b.state);
            let got_a_seat = booking.state.holds_seats() && !old.is_some_and(BookingState::holds_seats);
            let promised = booking.state == BookingState::Confirmed && old != Some(BookingState::Confirmed);
            if !got_a_seat && !promised {
                continue;
            }
            let session = self.world.get(booking.session);
            prop_assert!(self.world.now < session.starts.timestamp(), "promoted after the start");
            let event = self.world.get(self.event);
            prop_assert!(session.takes_place(&event), "promoted after it was called off");
            if got_a_seat {
                let line = self.together(booking.session);
                let mut earlier = line.iter().filter(|b| b.seq < booking.seq);
                // Seats that are kept for others are not those the line waits for.
                let holds = self.world.allotment(booking.counted_with().uuid()).holds;
                let own =
                    booking.hold.filter(|hold| holds.iter().any(|held| held.hold == *hold && held.seats > 0));
                let before =
                    |b: &Booking| b.state == BookingState::Waiting && (own.is_none() || b.hold == own);
                let passed = earlier.find(|b| before(b));
                prop_assert!(passed.is_none(), "{:?} overtook {:?}", booking, passed);
            }
            if let BookingState::Offered { until } = booking.state {
                prop_assert!(until <= session.starts.timestamp(), "an offer outlives the start");
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds/seats.txt"),
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_seats_and_order_and_families_stay_whole(
        plan in plan(),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut history = History::new(&plan);
        for step in &steps {
            history.run(step)?;
        }
    }

    #[test]
    fn whoever_lost_the_right_cannot_touch_a_booking(
        steps in prop::collection::vec(step(), 1..25),
        plan in plan(),
        booking in any::<usize>(),
    ) {
        let mut history = History::new(&plan);
        for step in &steps {
            history.run(step)?;
        }
        let Some(id) = history.booking(booking) else { return Ok(()) };
        let Some(booking) = history.world.find(id) else { return Ok(()) };
        let child = history.world.seats(id).first().map(|seat| seat.child);
        let Some(child) = child else { return Ok(()) };
        let yesterday = history.world.yesterday();
        history.world.edit_link(booking.guardian, child, |link| link.rights.decide = until(yesterday));
        for act in [withdraw(id), accept(id), decline(id)] {
            let refusal = history.world.refuses(guardian(booking.guardian), &act);
            prop_assert_eq!(refusal, Refusal::NoRight { right: Right::Decide });
        }
    }
}

#[test]
fn random_histories_go_every_way_a_booking_can_go() {
    let mut runner = TestRunner::deterministic();
    let strategy = (plan(), prop::collection::vec(step(), 30..60));
    let mut reached = BTreeSet::new();
    for _ in 0..500 {
        let (plan, steps) = strategy.new_tree(&mut runner).unwrap().current();
        let mut history = History::new(&plan);
        steps.iter().for_each(|step| history.run(step).unwrap());
        reached.append(&mut history.reached);
    }
    let expected = [
        "already-booked",
        "audience-changed",
        "booking-gone",
        "changed-meanwhile",
        "closed",
        "confirmed to displaced",
        "confirmed to waiting",
        "confirmed to withdrawn",
        "event-not-open",
        "family-limit",
        "full",
        "malformed",
        "no-right",
        "not-found",
        "nothing to confirmed",
        "nothing to waiting",
        "offered to confirmed",
        "offered to displaced",
        "offered to lapsed",
        "offered to waiting",
        "offered to withdrawn",
        "party-waits",
        "seats-held",
        "session-cancelled",
        "started",
        "waiting to displaced",
        "waiting to offered",
        "waiting to withdrawn",
    ];
    assert_eq!(reached.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}
