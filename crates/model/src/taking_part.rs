//! Whom the parts of an audience name: the children of places and of bookings, and the people of shifts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    Arrival, Audience, Because, Booking, BookingState, Child, Event, Facts, Id, Link, List, NoFamily, Person,
    Place, Right, Seat, Session, Shift, Stand, Stop, Take, TakeState, Target, limits,
};

/// Whom an audience names, its exclusions gone.
#[derive(Default)]
pub(crate) struct Named<'f> {
    /// Children whose families are meant, each with why.
    pub(crate) children: BTreeMap<Id<Child>, BTreeSet<Because>>,
    /// Guardians who are meant themselves.
    pub(crate) volunteers: Vec<Volunteer<'f>>,
    /// People who are meant and have no child here.
    pub(crate) no_family: BTreeSet<NoFamily>,
}

/// A guardian who took shifts.
pub(crate) struct Volunteer<'f> {
    /// To the one child because of whom they are told: an answer is asked of them once.
    pub(crate) link: &'f Link,
    /// Which shifts.
    pub(crate) because: BTreeSet<Because>,
}

/// What somebody took of shifts, and the place whose desk runs them.
struct Took<'f> {
    take: &'f Take,
    place: Id<Place>,
}

impl<'f> Named<'f> {
    /// Works it out. Exclusions win: an excluded child takes its guardians' shifts along, and an excluded shift the children
    /// of who took it.
    pub(crate) fn by(facts: &'f Facts, audience: &Audience) -> Result<Self, Stop> {
        let mut children = children_of(facts, &audience.include)?;
        let out = children_of(facts, &audience.except)?;
        let (taken, not) = (takes_of(facts, &audience.include)?, takes_of(facts, &audience.except)?);
        let people = taken.iter().chain(&not).map(|took| took.take.person).collect();
        let links = links_of(facts, people)?;
        let not: BTreeSet<_> = not.iter().map(|took| took.take.person).collect();
        let of_them = not.iter().filter_map(|person| links.get(person)).flatten();
        let of_them: BTreeSet<_> = of_them.map(|(link, _)| link.child).collect();
        children.retain(|child, _| !out.contains_key(child) && !of_them.contains(child));

        let mut named = Self { children, ..Self::default() };
        let mut by_person: BTreeMap<Id<Person>, Vec<&Took<'_>>> = BTreeMap::new();
        for took in taken.iter().filter(|took| !not.contains(&took.take.person)) {
            by_person.entry(took.take.person).or_default().push(took);
        }
        for (person, took) in by_person {
            let links = links.get(&person).map(Vec::as_slice).unwrap_or_default();
            if !links.iter().any(|(link, _)| out.contains_key(&link.child)) {
                named.add(facts, person, &took, links)?;
            }
        }
        Ok(named)
    }

    /// The children, those of volunteers too.
    pub(crate) fn all(&self) -> BTreeSet<Id<Child>> {
        self.children.keys().copied().chain(self.volunteers.iter().map(|one| one.link.child)).collect()
    }

    /// Puts a volunteer in, because of a child at the place of the desk: first one that is meant anyhow, and of those one for
    /// whom they can be told.
    fn add(
        &mut self,
        facts: &Facts,
        person: Id<Person>,
        took: &[&Took<'_>],
        links: &[(&'f Link, &'f Child)],
    ) -> Result<(), Stop> {
        let today = facts.today()?;
        let here = links.iter().filter(|(_, child)| took.iter().any(|took| child.path.contains(&took.place)));
        let first = here.min_by_key(|(link, child)| {
            (!reaches(link, today), !self.children.contains_key(&child.id), child.id)
        });
        match (first, took.first()) {
            (Some((link, _)), _) => {
                let because = took.iter().map(|took| Because::Shift(took.take.shift)).collect();
                self.volunteers.push(Volunteer { link, because });
            }
            (None, Some(took)) => {
                self.no_family.insert(NoFamily { person, name: took.take.person_name.clone() });
            }
            (None, None) => {}
        }
        Ok(())
    }
}

/// Whether a message about the child reaches this guardian: allowed, and on a device.
fn reaches(link: &Link, day: Date) -> bool {
    link.allows(Right::Messages, day) && link.joined && !link.on_paper
}

/// The children whose families are meant, each with why.
fn children_of(facts: &Facts, targets: &[Target]) -> Result<BTreeMap<Id<Child>, BTreeSet<Because>>, Stop> {
    let found = Facts::each(targets, |target| match *target {
        Target::Place(place) => {
            let children = facts.list::<Child>(List::ChildrenIn(place), limits::ROWS_PER_LIST)?;
            Ok(children.iter().map(|child| (child.id, Because::Place(place))).collect())
        }
        Target::Child(child) => Ok(vec![(facts.get(child)?.id, Because::Child)]),
        Target::Event(event) => {
            let comes = |state: BookingState| state.holds_seats() || state == BookingState::Entered;
            booked(facts, event, None, comes, Because::Comes)
        }
        Target::Waiting(event) => {
            booked(facts, event, None, |state| state == BookingState::Waiting, Because::Waits)
        }
        Target::Came(event) => came(facts, event),
        Target::Session(session) => {
            let event = facts.get(session)?.event;
            booked(facts, event, Some(session), BookingState::holds_seats, Because::Comes)
        }
        Target::Post(_) | Target::Shift(_) => Ok(Vec::new()),
    })?;
    let mut children: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (child, because) in found.into_iter().flatten() {
        children.entry(child).or_default().insert(because);
    }
    Ok(children)
}

/// Children who are booked, of one session or of all. One who has left the place of the event is out of its desk's reach.
fn booked(
    facts: &Facts,
    event: Id<Event>,
    only: Option<Id<Session>>,
    is_meant: impl Fn(BookingState) -> bool,
    because: impl Fn(Id<Session>) -> Because,
) -> Result<Vec<(Id<Child>, Because)>, Stop> {
    let event = facts.get(event)?;
    let (sessions, off) = match only {
        Some(session) => (vec![session], BTreeSet::new()),
        None => {
            let sessions = facts.list::<Session>(List::SessionsOf(event.id), limits::ROWS_PER_LIST)?;
            let off = sessions.iter().filter(|session| session.is_cancelled());
            (sessions.iter().map(|session| session.id).collect(), off.map(|session| session.id).collect())
        }
    };
    // Who booked what was called off comes to nothing, and is written to by that session. An entry has other wishes.
    let counts = |booking: &&Booking| {
        is_meant(booking.state) && (booking.state == BookingState::Entered || !off.contains(&booking.session))
    };
    let bookings = Facts::each(sessions, |session| {
        facts.list::<Booking>(List::BookingsOf(session), limits::ROWS_PER_LIST)
    })?;
    let bookings = bookings.into_iter().flatten().filter(counts);
    let seats = seats_here(facts, event, bookings)?;
    Ok(seats.into_iter().map(|seat| (seat.child, because(seat.session))).collect())
}

/// Children of whose family somebody was there.
fn came(facts: &Facts, event: Id<Event>) -> Result<Vec<(Id<Child>, Because)>, Stop> {
    let event = facts.get(event)?;
    let sessions = facts.list::<Session>(List::SessionsOf(event.id), limits::ROWS_PER_LIST)?;
    let found = Facts::each(sessions, |session| {
        let arrivals = facts.list::<Arrival>(List::ArrivalsAt(session.id), limits::ROWS_PER_LIST);
        let bookings = facts.list::<Booking>(List::BookingsOf(session.id), limits::ROWS_PER_LIST);
        let (arrivals, bookings) = (arrivals?, bookings?);
        let there: BTreeSet<_> =
            arrivals.iter().filter(|one| one.was_there()).map(|one| one.booking).collect();
        let stand = Stand::of(event, session, !there.is_empty(), facts.now());
        let bookings = bookings.into_iter().filter(|booking| match stand {
            Stand::Checked | Stand::On => there.contains(&Some(booking.id)),
            Stand::Unchecked => booking.state == BookingState::Confirmed,
            Stand::Ahead | Stand::CalledOff => false,
        });
        let because = if stand == Stand::Unchecked { Because::Comes } else { Because::Came };
        let seats = seats_here(facts, event, bookings)?;
        Ok(seats.into_iter().map(move |seat| (seat.child, because(seat.session))))
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// The seats of bookings, but for those of children who have left the place of the event.
fn seats_here<'f>(
    facts: &'f Facts,
    event: &Event,
    bookings: impl Iterator<Item = &'f Booking>,
) -> Result<Vec<&'f Seat>, Stop> {
    let seats = Facts::each(bookings, |booking| {
        facts.list::<Seat>(List::SeatsOf(booking.id), limits::ROWS_PER_LIST)
    })?;
    let found = Facts::each(seats.into_iter().flatten(), |seat| Ok((seat, facts.find(seat.child)?)))?;
    let here =
        found.into_iter().filter(|(_, child)| child.is_some_and(|one| one.path.contains(&event.place)));
    Ok(here.map(|(seat, _)| seat).collect())
}

/// What was taken of shifts and not given back.
fn takes_of<'f>(facts: &'f Facts, targets: &[Target]) -> Result<Vec<Took<'f>>, Stop> {
    let found = Facts::each(targets, |target| {
        let (post, shifts) = match *target {
            Target::Post(post) => {
                let shifts = facts.list::<Shift>(List::ShiftsOf(post), limits::ROWS_PER_LIST)?;
                (facts.get(post)?, shifts.into_iter().map(|shift| shift.id).collect())
            }
            Target::Shift(shift) => (facts.get(facts.get(shift)?.post)?, vec![shift]),
            _ => return Ok(Vec::new()),
        };
        let takes =
            Facts::each(shifts, |shift| facts.list::<Take>(List::TakesOf(shift), limits::ROWS_PER_LIST))?;
        let taken = takes.into_iter().flatten().filter(|take| take.state == TakeState::Taken);
        Ok(taken.map(|take| Took { take, place: post.place }).collect())
    })?;
    Ok(found.into_iter().flatten().collect())
}

type Linked<'f> = Vec<(&'f Link, &'f Child)>;

/// The links of each that stand today, with their children.
fn links_of(facts: &Facts, people: BTreeSet<Id<Person>>) -> Result<BTreeMap<Id<Person>, Linked<'_>>, Stop> {
    let today = facts.today()?;
    let links = Facts::each(people, |person| {
        let links = facts.list::<Link>(List::LinksBy(person), limits::ROWS_PER_LIST)?;
        let standing = links.into_iter().filter(|link| link.holds(today));
        let found = Facts::each(standing, |link| Ok((link, facts.find(link.child)?)))?;
        let known = found.into_iter().filter_map(|(link, child)| Some((link, child?)));
        Ok((person, known.collect()))
    })?;
    Ok(links.into_iter().collect())
}
