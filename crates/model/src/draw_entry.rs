//! A family's entry in a draw. It is a booking that holds no seats yet: it is made, changed and given back as one.

use std::collections::BTreeSet;

use crate::{
    Allotment, Booking, BookingChange, BookingState, Change, Child, Event, Facts, Feed, Id, List, Person,
    Refusal, Right, Seat, Session, SignUp, Stop,
    booking::{Wanted, check_booker, check_family, count, seat},
    derived,
    eligibility::check_eligible,
    facts::Decision,
    limits,
};

impl Event {
    /// Whether seats are drawn here and have not been yet.
    #[must_use]
    pub fn is_drawing(&self) -> bool {
        self.draw.as_ref().is_some_and(|draw| draw.drawn.is_none())
    }

    /// Refuses what would change what is drawn between the close of sign-up and the draw.
    pub(crate) fn check_not_closing(&self, facts: &Facts) -> Result<(), Stop> {
        let closed = facts.now() >= self.closes.timestamp();
        if self.is_drawing() && closed { Err(Refusal::DrawPending.into()) } else { Ok(()) }
    }
}

impl SignUp {
    /// The sessions it wishes for, the best first; none where nothing is drawn.
    #[must_use]
    pub fn wishes(&self, event: &Event) -> Vec<Id<Session>> {
        let all = [self.session].into_iter().chain(self.others.iter().copied());
        if event.is_drawing() { all.collect() } else { Vec::new() }
    }
}

/// The sessions a sign-up wishes for, the best first; none where nothing is drawn.
pub(crate) fn wishes_of(
    facts: &Facts,
    event: &Event,
    wish: &SignUp,
    size: u32,
    children: &[&Child],
) -> Result<Vec<Id<Session>>, Stop> {
    if !event.is_drawing() {
        let none = wish.others.is_empty();
        return if none { Ok(Vec::new()) } else { Err(Refusal::Malformed { field: "others".into() }.into()) };
    }
    let wishes = wish.wishes(event);
    check_wishes(facts, event, &wishes, size, &[], |_| children.to_vec())?;
    Ok(wishes)
}

/// Whether these sessions can be wished for by those who would be new in each of them. What was called off since it was wished
/// for may stay: it has no seats to draw.
fn check_wishes<'c>(
    facts: &Facts,
    event: &Event,
    wishes: &[Id<Session>],
    size: u32,
    before: &[Id<Session>],
    newcomers: impl Fn(Id<Session>) -> Vec<&'c Child>,
) -> Result<(), Stop> {
    let malformed = || Stop::from(Refusal::Malformed { field: "wishes".into() });
    if wishes.len() > limits::WISHES {
        let limit = u32::try_from(limits::WISHES).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "wishes".into(), limit }.into());
    }
    if wishes.iter().collect::<BTreeSet<_>>().len() != wishes.len() {
        return Err(malformed());
    }
    let sessions = Facts::each(wishes, |wish| facts.get(*wish))?;
    if sessions.iter().any(|session| session.event != event.id) {
        return Err(malformed());
    }
    // A party that fits nowhere it wishes to go could only ever miss.
    if sessions.iter().all(|session| session.is_cancelled() || session.capacity < size) {
        return Err(Refusal::Full.into());
    }
    Facts::each(sessions, |session| {
        if !before.contains(&session.id) {
            session.check_takes_place(event)?;
        }
        check_eligible(facts, event, session, &newcomers(session.id))
    })?;
    Ok(())
}

/// Takes one of the places on the roll. They are counted as the event's own allotment, which also counts the order of
/// acceptance over all its sessions.
pub(crate) fn enter(facts: &Facts, event: &Event) -> Result<(Allotment, BookingState), Stop> {
    let mut entries = facts.get(Allotment::of(event.id.uuid()))?.clone();
    if entries.free() == 0 {
        return Err(Refusal::TooMany { field: "entries".into(), limit: entries.seats }.into());
    }
    entries.used = entries.used.saturating_add(1);
    Ok((entries, BookingState::Entered))
}

/// Gives that place back.
pub(crate) fn leave(facts: &Facts, booking: &Booking) -> Decision {
    let mut entries = facts.get(Allotment::of(booking.event.uuid()))?.clone();
    entries.used = entries.used.saturating_sub(1);
    Ok(vec![Change::put(entries, [])])
}

/// An entry as it is to be, while wishes are taken.
pub(crate) struct NewParty<'f> {
    /// For whom the right to decide was shown.
    pub(crate) guardian: Id<Person>,
    /// Children who were not in it.
    pub(crate) joining: Vec<&'f Child>,
    /// The seats of those who were.
    pub(crate) seats: Vec<&'f Seat>,
    /// Everything but its wishes, as it reads from now on.
    pub(crate) booking: Booking,
}

/// Changes who comes, or what is wished for and in which order. After the close the roll stands.
pub(crate) fn change(
    facts: &Facts,
    event: &Event,
    wish: &BookingChange,
    before: &Booking,
    party: NewParty<'_>,
) -> Decision {
    let NewParty { guardian, joining, seats, booking } = party;
    let wishes = if wish.wishes.is_empty() { before.wishes.clone() } else { wish.wishes.clone() };
    event.open_at(facts.now())?;
    let all = Facts::each(&wish.children, |child| facts.get(*child))?;
    check_wishes(facts, event, &wishes, booking.size, &before.wishes, |session| {
        if before.wishes.contains(&session) { joining.clone() } else { all.clone() }
    })?;
    check_booker(facts, before.guardian, &joining)?;
    let first = wishes.first().copied().unwrap_or(before.session);
    let session = facts.get(first)?;
    let new: Vec<_> = joining.iter().map(|child| child.id).collect();
    let wanted = Wanted { children: &new, size: booking.size, instead_of: Some(before.id) };
    check_family(facts, event, session, guardian, &wanted)?;
    // That sign-up is still open only the server knows.
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    let changed = Booking { children: count(&wish.children), session: first, wishes, ..booking };
    let staff: Vec<Feed> = changed.staff_feeds().collect();
    let stays = |seat: &&Seat| wish.children.contains(&seat.child);
    let (staying, leaving): (Vec<_>, Vec<_>) = seats.into_iter().partition(stays);
    let mut changes = vec![Change::put(changed.clone(), changed.seen_by.clone())];
    changes.extend(leaving.into_iter().map(|seat| Change::put(Seat { gone: true, ..seat.clone() }, [])));
    changes.extend(staying.into_iter().flat_map(|seat| moved(seat, &changed)));
    changes.extend(joining.into_iter().map(|child| seat(&changed, child, &staff)));
    Ok(changes)
}

/// A child's seat, in the session its booking has now.
fn moved(before: &Seat, booking: &Booking) -> Vec<Change> {
    let id = derived("seat", booking.session.uuid(), before.child.uuid());
    let seat = Seat { id, session: booking.session, ..before.clone() };
    let family = Feed::ChildRight(seat.child, Right::Decide);
    let feeds: Vec<_> = booking.staff_feeds().chain([family]).collect();
    let gone = (id != before.id).then(|| Change::put(Seat { gone: true, ..before.clone() }, []));
    gone.into_iter().chain([Change::put(seat, feeds)]).collect()
}

/// The seats of a booking that is in another session now.
pub(crate) fn moved_seats(facts: &Facts, booking: &Booking) -> Decision {
    let seats = facts.list::<Seat>(List::SeatsOf(booking.id), limits::ROWS_PER_LIST)?;
    Ok(seats.into_iter().flat_map(|seat| moved(seat, booking)).collect())
}
