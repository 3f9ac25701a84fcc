//! Seats as they are on the school's server: counted once, given once, and nobody waits before them.

use jiff::Timestamp;
use xinmei_model::{
    Allotment, Arrival, Booking, BookingState, Event, Gate, List, Pass, PassState, Seat, Session,
};

use super::server::Server;

/// What must hold of a session, or of a pool of them, whatever happened.
pub(super) fn check_seats(server: &Server, event: &Event, session: &Session, now: Timestamp) {
    if session.counted_with() != session.id {
        return;
    }
    let allotment =
        server.row(Allotment::of(session.id.uuid())).expect("every session or pool has its allotment");
    let all = server.list::<Session>(List::SessionsOf(event.id)).into_iter();
    let members: Vec<_> = all.filter(|other| other.shares_seats_with(session)).collect();
    let of = |booking: &Booking| members.iter().find(|session| session.id == booking.session).unwrap();
    let members_bookings = members.iter().flat_map(|of| server.list::<Booking>(List::BookingsOf(of.id)));
    let mut bookings: Vec<_> = members_bookings.collect();
    bookings.sort_by_key(|booking| booking.seq);
    let counted = || bookings.iter().filter(|booking| booking.is_counted(of(booking), now));
    let held: u32 = counted().filter(|b| b.state.holds_seats()).map(|b| b.size).sum();
    let line: Vec<_> = counted().filter(|b| b.state == BookingState::Waiting).collect();
    assert!(held <= session.capacity, "{held} of {} seats are held", session.capacity);
    assert_eq!(allotment.seats + allotment.lent, session.capacity, "the ledger is of all seats");
    let gates: Vec<Gate> = server.list(List::GatesOf(event.id));
    let leases = members.iter().flat_map(|of| gates.iter().map(|gate| gate.lease(of.id)));
    let leases: Vec<_> = leases.collect();
    assert_eq!(
        allotment.lent,
        leases.iter().map(|lease| lease.seats).sum::<u32>(),
        "gates hold what was lent"
    );
    assert!(leases.iter().all(|lease| lease.used <= lease.seats), "a gate gave more than it had");
    let arrivals = members.iter().flat_map(|of| server.list::<Arrival>(List::ArrivalsAt(of.id)));
    let arrivals: Vec<_> = arrivals.collect();
    let inside: u32 = arrivals.iter().filter(|it| it.counts()).map(|it| it.seats + it.extra).sum();
    assert!(inside <= session.capacity, "{inside} people in {} seats", session.capacity);
    let back: u32 = bookings.iter().filter(|it| stays_taken(server, it)).map(|it| it.size).sum();
    assert_eq!(allotment.used, held + back, "the allotment counts what is held");
    let waiting = u32::try_from(line.len()).unwrap();
    // A session of a pool that has just begun is passed by once its timer fires.
    let passed = members.iter().any(|of| of.pool.is_some() && of.has_begun(now));
    assert!(
        allotment.waiting == waiting || passed && allotment.waiting > waiting,
        "the allotment counts who waits"
    );
    let is_open = |of: &Session| of.takes_place(event) && now < of.starts.timestamp();
    let next = line.iter().find(|booking| is_open(of(booking))).filter(|_| allotment.waiting == waiting);
    if let Some(next) = next {
        let free = allotment.free_for(next.hold);
        assert!(next.size > free, "seats are free and booking {} is not offered them", next.seq);
    }
    for booking in bookings.iter().filter(|b| !b.state.is_over()) {
        let seats = server.list::<Seat>(List::SeatsOf(booking.id)).len();
        assert_eq!(seats, usize::try_from(booking.children).unwrap(), "all of a family or none");
    }
}

/// Given back, and not free before every gate has heard; or somebody came with it all the same.
fn stays_taken(server: &Server, booking: &Booking) -> bool {
    let lets_in = |pass: &Pass| matches!(pass.state, PassState::Valid | PassState::Releasing { .. });
    booking.state.is_over() && server.list::<Pass>(List::PassesOf(booking.id)).iter().any(lets_in)
}
