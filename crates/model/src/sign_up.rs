//! Sign-up: seats ≤ capacity, all of a family or none, else a place in line.
//!
//! Whether a seat is left is read from the session's [`Allotment`](crate::Allotment), which never leaves the server: a replica that
//! reaches that question answers "unknown" and promises nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Booking, BookingAnswer, Change, Child, Facts, Feed, Id, Proxy, Refusal, Right, Session,
    booking::{Wanted, check_child_seats, check_family, check_open, check_party, count, seat},
    booking_answer::answered,
    draw_entry,
    eligibility::check_eligible,
    facts::Decision,
    hold,
    waitlist::seat_or_line,
};

/// A family's wish for seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignUp {
    /// Made by the device that composed it.
    pub booking: Id<Booking>,
    /// Which session.
    pub session: Id<Session>,
    /// All of them or none.
    pub children: Vec<Id<Child>>,
    /// Adults who come along.
    pub adults: u32,
    /// The event's questions, in their order, each with what the family answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<BookingAnswer>,
    /// In a draw: further sessions, in order of preference; with `session` at most [`limits::WISHES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Id<Session>>,
    /// 代办: the guardian it is entered for.
    pub on_behalf_of: Option<Proxy>,
}

pub(crate) fn sign_up(facts: &Facts, actor: &Actor, wish: &SignUp) -> Decision {
    let guardian = check_party(facts, actor, &wish.children, wish.adults, wish.on_behalf_of.as_ref())?;
    let session = facts.get(wish.session)?;
    let event = facts.get(session.event)?;
    check_open(facts, event, session)?;
    session.check_takes_place(event)?;
    let children = Facts::each(&wish.children, |child| facts.get(*child))?;
    check_eligible(facts, event, session, &children)?;
    let answers = answered(&event.questions, &wish.answers)?;
    let size = event.seats_for(count(&wish.children), wish.adults);
    if size == 0 {
        return Err(Refusal::Malformed { field: "adults".into() }.into());
    }
    check_child_seats(event, &wish.children, size)?;
    let wishes = draw_entry::wishes_of(facts, event, wish, size, &children)?;
    let wanted = Wanted { children: &wish.children, size, instead_of: None };
    check_family(facts, event, session, guardian, &wanted)?;
    if facts.taken(wish.booking)? {
        return Err(Refusal::Malformed { field: "booking".into() }.into());
    }

    // From here on only the server knows.
    let hold =
        hold::of_party(facts, actor, (event, session), guardian, &children, wish.on_behalf_of.as_ref())?;
    let (mut allotment, state) = if wishes.is_empty() {
        seat_or_line(facts, event, session, size, hold)?
    } else {
        draw_entry::enter(facts, event)?
    };
    let seq = allotment.next_seq;
    allotment.next_seq += 1;

    // 代办 stays in sight of who entered it, who may not be of the desk.
    let enterer = wish.on_behalf_of.as_ref().and_then(|_| actor.person()).map(Feed::Author);
    let staff: Vec<_> = std::iter::once(Feed::Desk(event.id.uuid())).chain(enterer).collect();
    let mut seen_by = staff.clone();
    seen_by.extend(wish.children.iter().map(|child| Feed::ChildRight(*child, Right::Decide)));
    let entered = actor.entered(facts, wish.on_behalf_of.as_ref())?;
    let booking = Booking {
        id: wish.booking,
        session: session.id,
        event: event.id,
        guardian,
        guardian_name: facts.get(guardian)?.name.clone(),
        entered,
        children: count(&wish.children),
        adults: wish.adults,
        size,
        state,
        seq,
        pool: session.pool,
        hold,
        at: facts.now(),
        generation: 0,
        seen_by: seen_by.clone(),
        answers,
        put_back: None,
        wishes,
        drawn: None,
        missed: false,
        released: None,
    };
    let mut changes = vec![Change::put(allotment, []), Change::put(booking.clone(), seen_by)];
    changes.extend(children.into_iter().map(|child| seat(&booking, child, &staff)));
    Ok(changes)
}
