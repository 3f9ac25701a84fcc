//! The figures of a report: every shape of a party at the gates, and what is never said because nobody knows it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use xinmei_model::{
    Arrival, ArrivalState, Attended, Booking, BookingState, Event, EventState, Figures, Heads, Id, Level,
    Seat, SeatRule, Session, SessionState, Share, Stand, children_came, families, grouped, place_at, sum,
};

use crate::world::{World, plans::*};

/// A session from nine to ten, with what is known of it.
struct Hall {
    event: Event,
    session: Session,
    bookings: Vec<Booking>,
    seats: Vec<Seat>,
    arrivals: Vec<Arrival>,
    /// In which class each child is.
    classes: BTreeMap<Id<xinmei_model::Child>, Id<xinmei_model::Place>>,
}

fn id<T>(number: u128) -> Id<T> {
    Id::new(uuid::Uuid::from_u128(number))
}

const BOOKING: u128 = 1_000;

impl Hall {
    fn new(rule: SeatRule) -> Self {
        let mut world = World::school();
        let desk = world.coordinator(world.campus);
        let (event, sessions) = world.event_with(desk, &[200], |draft| draft.seat_rule = rule);
        Self {
            event: world.get(event),
            session: world.get(sessions[0]),
            bookings: vec![],
            seats: vec![],
            arrivals: vec![],
            classes: BTreeMap::new(),
        }
    }

    /// A family with this many children and adults. Its children are numbered from a hundred times its own number on.
    fn books(&mut self, number: u128, children: u32, adults: u32, state: BookingState) {
        for place in 0..u128::from(children) {
            self.seats.push(Seat {
                id: id(BOOKING * 10 + number * 100 + place),
                child: id(number * 100 + place),
                child_name: "孩子".into(),
                booking: id(BOOKING + number),
                session: self.session.id,
                event: self.event.id,
                gone: false,
            });
        }
        self.bookings.push(Booking {
            id: id(BOOKING + number),
            session: self.session.id,
            pool: None,
            event: self.event.id,
            guardian: id(900 + number),
            guardian_name: "家长".into(),
            entered: None,
            children,
            adults,
            size: self.event.seats_for(children, adults),
            state,
            seq: 0,
            at: self.session.starts.timestamp(),
            generation: 0,
            seen_by: vec![],
            answers: vec![],
            put_back: None,
            wishes: vec![],
            drawn: None,
            hold: None,
            missed: false,
            released: None,
        });
    }

    fn arrives(&mut self, booking: Option<u128>, seats: u32, extra: u32, state: ArrivalState) {
        self.arrivals.push(Arrival {
            id: id(90_000 + self.arrivals.len() as u128),
            event: self.event.id,
            session: self.session.id,
            gate: id(1),
            gate_name: "北门".into(),
            person: id(2),
            booking: booking.map(|number| id(BOOKING + number)),
            name: String::new(),
            seats,
            extra,
            at: self.session.starts.timestamp(),
            on_paper: false,
            state,
            again: vec![],
        });
    }

    fn attended(&self) -> Attended<'_> {
        let Self { event, session, bookings, seats, arrivals, .. } = self;
        Attended { event, session, bookings, seats, arrivals }
    }

    fn shares(&self, time: &str) -> Vec<Share> {
        let now = at(time).timestamp();
        self.attended().shares(now, |child| self.classes.get(&child).copied())
    }

    fn stand(&self, time: &str) -> Stand {
        self.attended().stand(at(time).timestamp())
    }
}

const BEFORE: &str = "2026-10-13T08:30";
const DURING: &str = "2026-10-13T09:30";
const AFTER: &str = "2026-10-13T10:00";

fn heads(children: u32, adults: u32) -> Heads {
    Heads { children, adults }
}

#[test]
fn a_party_that_comes_in_part_is_counted_as_its_seats_say() {
    use SeatRule::{Adults, Children, Everyone};
    // Whom a seat is for; children, adults; seats taken; then who came.
    let cases = [
        (Adults, (2, 2), 0, heads(0, 0)),
        (Adults, (2, 2), 1, heads(2, 1)),
        (Adults, (1, 2), 2, heads(1, 2)),
        (Children, (2, 1), 0, heads(0, 0)),
        (Children, (2, 1), 1, heads(1, 1)),
        (Children, (3, 0), 3, heads(3, 0)),
        (Everyone, (2, 2), 1, heads(1, 0)),
        (Everyone, (2, 2), 3, heads(2, 1)),
        (Everyone, (2, 2), 4, heads(2, 2)),
    ];
    for (rule, (children, adults), seats, came) in cases {
        let mut hall = Hall::new(rule);
        hall.books(1, children, adults, BookingState::Confirmed);
        // Somebody else makes it a session at which people checked in.
        hall.arrives(None, 0, 1, ArrivalState::In);
        if seats > 0 {
            hall.arrives(Some(1), seats, 0, ArrivalState::Out { at: at(AFTER).timestamp() });
        }
        let all = heads(children, adults);
        let absent = heads(children - came.children, adults - came.adults);
        let expected = Figures { expected: all, came, absent, walked_in: 1, ..Figures::default() };
        assert_eq!(sum(&hall.shares(AFTER)), expected, "{rule:?} {seats} of {all:?}");
        let whole = children_came(&hall.event, &hall.bookings[0], &hall.arrivals);
        assert_eq!(whole, came.children == children, "{rule:?} {seats} of {all:?}");
    }
}

#[test]
fn a_booking_counts_once_in_the_way_it_ended() {
    let until = at(AFTER).timestamp();
    let (one, none) = (heads(1, 2), Figures::default());
    let absent = Figures { expected: one, absent: one, ..none };
    let withdrew = Figures { withdrew: one, ..none };
    let waited = Figures { waited: one, ..none };
    let cases = [
        (BookingState::Confirmed, absent),
        (BookingState::Released, absent),
        (BookingState::Withdrawn, withdrew),
        (BookingState::Lapsed, waited),
        (BookingState::Waiting, waited),
        (BookingState::Offered { until }, waited),
        (BookingState::Entered, waited),
        (BookingState::NotDrawn, waited),
        (BookingState::Displaced, waited),
    ];
    for (state, expected) in cases {
        let mut hall = Hall::new(SeatRule::Adults);
        hall.books(1, 1, 2, state);
        hall.arrives(None, 0, 3, ArrivalState::In);
        assert_eq!(sum(&hall.shares(AFTER)), Figures { walked_in: 3, ..expected }, "{state:?}");
    }
}

#[test]
fn who_was_let_in_counts_once_however_it_was_written_down() {
    let was = |arrivals: &[(u32, u32, ArrivalState)], state| {
        let mut hall = Hall::new(SeatRule::Adults);
        hall.books(1, 1, 2, state);
        for (seats, extra, state) in arrivals {
            hall.arrives(Some(1), *seats, *extra, state.clone());
        }
        let found = sum(&hall.shares(AFTER));
        (found.came.adults, found.walked_in, found.absent.adults, found.unknown.adults)
    };
    let (confirmed, inside) = (BookingState::Confirmed, ArrivalState::In);
    let again = ArrivalState::Again { gate_name: "东门".into(), at: at(DURING).timestamp() };
    assert_eq!(was(&[(1, 0, inside.clone()), (1, 0, inside.clone())], confirmed), (2, 0, 0, 0), "in parts");
    assert_eq!(was(&[(2, 0, inside.clone()), (2, 0, again)], confirmed), (2, 0, 0, 0), "at two gates");
    assert_eq!(was(&[(2, 0, ArrivalState::Undone)], confirmed), (0, 0, 0, 2), "a slip is no check-in");
    assert_eq!(was(&[(2, 1, inside.clone())], confirmed), (2, 1, 0, 0), "with a grandmother more");
    assert_eq!(was(&[(2, 0, ArrivalState::Conflict)], BookingState::Released), (2, 0, 0, 0), "really there");
    assert_eq!(was(&[(0, 2, inside.clone())], BookingState::Released), (2, 0, 0, 0), "late, on other seats");
    assert_eq!(was(&[(0, 2, inside)], BookingState::Withdrawn), (0, 2, 0, 0), "gave back, and came");
}

#[test]
fn nobody_is_absent_from_a_session_that_is_not_over_or_at_which_nobody_checked_in() {
    let mut hall = Hall::new(SeatRule::Everyone);
    hall.books(1, 1, 1, BookingState::Confirmed);
    hall.books(2, 1, 1, BookingState::Confirmed);
    let all = Figures { expected: heads(2, 2), unknown: heads(2, 2), ..Figures::default() };
    for (time, stand) in [(BEFORE, Stand::Ahead), (DURING, Stand::On), (AFTER, Stand::Unchecked)] {
        assert_eq!((sum(&hall.shares(time)), hall.stand(time)), (all, stand), "{time}");
    }
    hall.arrives(Some(1), 2, 0, ArrivalState::In);
    let one = heads(1, 1);
    let there = Figures { expected: heads(2, 2), came: one, ..Figures::default() };
    for (time, stand) in [(BEFORE, Stand::On), (DURING, Stand::On), (AFTER, Stand::Checked)] {
        let rest = if stand == Stand::Checked {
            &mut Figures { absent: one, ..there }
        } else {
            &mut Figures { unknown: one, ..there }
        };
        assert_eq!((sum(&hall.shares(time)), hall.stand(time)), (*rest, stand), "{time}");
    }
    hall.session.state = SessionState::Cancelled { reason: "大雨".into(), at: at(BEFORE).timestamp() };
    assert_eq!((hall.shares(AFTER), hall.stand(AFTER)), (vec![], Stand::CalledOff));
    hall.session.state = SessionState::Planned;
    hall.event.state = EventState::Cancelled { reason: "大雨".into(), at: None };
    assert_eq!(hall.stand(AFTER), Stand::CalledOff);
}

#[test]
fn a_child_of_whom_only_the_booking_is_left_was_there_all_the_same() {
    let mut hall = Hall::new(SeatRule::Everyone);
    hall.books(1, 2, 1, BookingState::Confirmed);
    hall.seats.pop();
    hall.arrives(Some(1), 3, 0, ArrivalState::In);
    let shares = hall.shares(AFTER);
    assert_eq!(sum(&shares).came, heads(2, 1));
    assert_eq!(shares.iter().filter(|share| share.child.is_none()).count(), 1);
}

#[test]
fn parents_who_book_apart_for_one_child_are_one_family() {
    let mut hall = Hall::new(SeatRule::Adults);
    for number in 1..=3 {
        hall.books(number, 1, 1, BookingState::Confirmed);
        hall.arrives(Some(number), 1, 0, ArrivalState::In);
    }
    hall.arrives(None, 0, 4, ArrivalState::In);
    assert_eq!(families(&hall.shares(AFTER)), 3, "who walked in is nobody's family that is known");
    // The second guardian booked for the first one's child, the third for both children: all are one.
    hall.seats[1].child = hall.seats[0].child;
    assert_eq!(families(&hall.shares(AFTER)), 2);
    let mut both = hall.seats[2].clone();
    both.child = hall.seats[0].child;
    hall.seats.push(both);
    hall.bookings[2].children = 2;
    assert_eq!(families(&hall.shares(AFTER)), 1);
    hall.arrivals.retain(|arrival| arrival.booking != Some(id(BOOKING + 1)));
    hall.bookings.truncate(1);
    assert_eq!(families(&hall.shares(AFTER)), 0, "absent");
}

#[test]
fn a_child_counts_in_the_class_it_was_in_on_that_day() {
    let mut world = World::school();
    let (old, new) = (world.class(2024, 1), world.class(2024, 2));
    let child = world.child("雨桐", old);
    let moved = jiff::civil::date(2026, 10, 1);
    world.edit(child, |child| {
        child.enrolments[0].to = Some(moved.yesterday().unwrap());
        child.enrolments.push(xinmei_model::Enrolment { class: new, from: moved, to: None });
    });
    let child = world.get(child);
    assert_eq!(child.class_on(moved.yesterday().unwrap()), Some(old));
    assert_eq!(child.class_on(moved), Some(new));
    assert_eq!(child.class_on(jiff::civil::date(1990, 1, 1)), None);
}

fn state() -> impl Strategy<Value = BookingState> {
    prop::sample::select(vec![
        BookingState::Confirmed,
        BookingState::Confirmed,
        BookingState::Released,
        BookingState::Withdrawn,
        BookingState::Waiting,
        BookingState::NotDrawn,
    ])
}

proptest! {
    /// Of any session the groups of each grouping sum to the whole, and whoever was expected came, was absent or is not known.
    #[test]
    fn the_groups_of_each_grouping_sum_to_the_whole(
        rule in prop::sample::select(vec![SeatRule::Adults, SeatRule::Children, SeatRule::Everyone]),
        parties in prop::collection::vec((1_u32..4, 0_u32..4, state(), 0_usize..5), 0..14),
        let_in in prop::collection::vec((0_u128..16, 0_u32..5, 0_u32..3), 0..14),
        time in prop::sample::select(vec![BEFORE, DURING, AFTER]),
    ) {
        let mut world = World::school();
        let east = world.campus("东校区");
        let classes =
            [world.class(2024, 1), world.class(2024, 2), world.class(2025, 1), world.class_at(east, 2024, 1)];
        let places: BTreeMap<_, _> =
            world.all::<xinmei_model::Place>().into_iter().map(|place| (place.id, place)).collect();
        let mut hall = Hall::new(rule);
        let mut people = 0;
        for (number, (children, adults, state, class)) in (0..).zip(&parties) {
            hall.books(number, *children, *adults, *state);
            people += children + adults;
            for place in 0..u128::from(*children) {
                // A fifth has no class any more; siblings are in classes side by side.
                let class = (class + place as usize) % 5;
                hall.classes.extend(classes.get(class).map(|class| (id(number * 100 + place), *class)));
            }
        }
        for (number, seats, extra) in let_in {
            hall.arrives(Some(number).filter(|_| seats > 0), seats, extra, ArrivalState::In);
        }
        let shares = hall.shares(time);
        let whole = sum(&shares);
        let total = |groups: BTreeMap<_, Vec<&Share>>| sum(groups.into_values().flatten());
        for level in [Level::School, Level::Campus, Level::Grade, Level::Class] {
            let groups = grouped(&shares, |share| place_at(&places, share.class, level));
            let deepest: BTreeSet<_> = groups.keys().flatten().map(|place| places[place].level).collect();
            prop_assert!(deepest.iter().all(|found| *found == level));
            prop_assert_eq!(groups.values().map(Vec::len).sum::<usize>(), shares.len());
            let sums: Vec<_> = groups.values().map(|group| sum(group.iter().copied())).collect();
            let added = |of: fn(&Figures) -> u32| sums.iter().map(of).sum::<u32>();
            prop_assert_eq!(added(|one| one.expected.children), whole.expected.children);
            prop_assert_eq!(added(|one| one.came.people()), whole.came.people());
            prop_assert_eq!(added(Figures::there), whole.there());
            prop_assert_eq!(total(groups), whole);
        }
        let parts = [whole.came, whole.absent, whole.unknown];
        prop_assert_eq!(parts.iter().map(|part| part.children).sum::<u32>(), whole.expected.children);
        prop_assert_eq!(parts.iter().map(|part| part.adults).sum::<u32>(), whole.expected.adults);
        let booked = [whole.expected, whole.withdrew, whole.waited];
        prop_assert_eq!(booked.iter().map(|part| part.people()).sum::<u32>(), people);
        let over = hall.stand(time) == Stand::Checked;
        prop_assert!(over || whole.absent == Heads::default());
        prop_assert!(families(&shares) as usize <= hall.bookings.len());
    }
}
