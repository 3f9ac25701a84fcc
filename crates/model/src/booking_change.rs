//! A booking that is changed: more or fewer come, others come, or a question is answered otherwise. All of it or none: what
//! cannot be had leaves the booking as it was.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Booking, BookingAnswer, BookingState, Change, Child, Due, DueKind, Event, EventState,
    Facts, Feed, Hold, Id, List, Proxy, Refusal, Right, Seat, Session, Stop,
    booking::{
        Wanted, check_booker, check_child_seats, check_family, check_open, check_party, count, entered, own,
        seat,
    },
    booking_answer::answered,
    draw_entry::{self, NewParty},
    eligibility::check_eligible,
    facts::Decision,
    hold, limits, release, waitlist,
};

/// What a booking is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BookingChange {
    /// Which.
    pub booking: Id<Booking>,
    /// All who come.
    pub children: Vec<Id<Child>>,
    /// Adults who come along.
    pub adults: u32,
    /// The event's questions, in their order, each with what the family answers.
    #[serde(default)]
    pub answers: Vec<BookingAnswer>,
    /// In a draw: all sessions wished for, the best first; as they are if empty. At most [`limits::WISHES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<Id<Session>>,
    /// [`Booking::generation`] of what was looked at.
    pub generation: u32,
    /// 代办: the guardian it is entered for.
    pub on_behalf_of: Option<Proxy>,
}

pub(crate) fn change(facts: &Facts, actor: &Actor, wish: &BookingChange) -> Decision {
    let proxy = wish.on_behalf_of.as_ref();
    let (booking, event, session) = own(facts, actor, proxy, wish.booking)?;
    let guardian = check_party(facts, actor, &wish.children, wish.adults, proxy)?;
    let answers = answered(&event.questions, &wish.answers)?;
    if booking.state.is_over() {
        return Err(Refusal::BookingGone.into());
    }
    // Of an entry only the first wish may have been called off.
    if booking.state != BookingState::Entered {
        session.check_takes_place(event)?;
        if session.has_begun(facts.now()) {
            return Err(Refusal::Started { since: session.starts.clone() }.into());
        }
    }
    let size = event.seats_for(count(&wish.children), wish.adults);
    if size == 0 {
        return Err(Refusal::Malformed { field: "adults".into() }.into());
    }
    let seats = facts.list::<Seat>(List::SeatsOf(booking.id), limits::ROWS_PER_LIST)?;
    let had: BTreeSet<_> = seats.iter().map(|seat| seat.child).collect();
    let come: BTreeSet<_> = wish.children.iter().copied().collect();
    let same = had == come && wish.adults == booking.adults;
    let reordered = !wish.wishes.is_empty() && wish.wishes != booking.wishes;
    if same && answers == booking.answers && !reordered {
        return Ok(Vec::new());
    }
    // The other guardian changed it, or it was offered a seat or lost one.
    if booking.generation != wish.generation {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if had != come || size > booking.size {
        check_child_seats(event, &wish.children, size)?;
    }
    if booking.state == BookingState::Entered {
        let joining = Facts::each(come.difference(&had), |child| facts.get(*child))?;
        let before = booking;
        let booking = Booking {
            adults: wish.adults,
            size,
            answers,
            generation: booking.generation.saturating_add(1),
            seen_by: seen_by(actor, event, wish),
            ..entered(facts, actor, proxy, booking)?
        };
        let party = NewParty { guardian, joining, seats, booking };
        return draw_entry::change(facts, event, wish, before, party);
    }
    if reordered {
        return Err(Refusal::Closed { since: event.closes.clone() }.into());
    }
    let more = size > booking.size || !come.is_subset(&had);
    if more {
        check_open(facts, event, session)?;
    }
    let gives_back = size < booking.size || !had.is_subset(&come) || (!same && !more);
    if gives_back && booking.state == BookingState::Confirmed {
        release::check_nobody_came(facts, booking.id)?;
        booking.check_in_time(facts.now(), event, session, proxy)?;
    }
    let joining = Facts::each(come.difference(&had), |child| facts.get(*child))?;
    check_eligible(facts, event, session, &joining)?;
    check_booker(facts, booking.guardian, &joining)?;
    // Limits that became lower meanwhile stand in nobody's way who asks for no more.
    if more {
        let children: Vec<_> = joining.iter().map(|child| child.id).collect();
        let wanted = Wanted { children: &children, size, instead_of: Some(booking.id) };
        check_family(facts, event, session, guardian, &wanted)?;
    }

    // From here on only the server knows.
    if !same {
        release::check_no_gates(facts, event.id)?;
    }
    let mut allotment = facts.get(Allotment::of(session.counted_with().uuid()))?.clone();
    allotment.keep(&session.holds, facts.now());
    let hold = if same {
        booking.hold
    } else {
        let children = Facts::each(&wish.children, |child| facts.get(*child))?;
        hold::of_party(facts, actor, (event, session), booking.guardian, &children, proxy)?
    };
    let seq = make_room(event, &mut allotment, booking, size, hold)?;
    let (staying, leaving): (Vec<_>, Vec<_>) =
        seats.into_iter().cloned().partition(|seat| come.contains(&seat.child));
    let changed = Booking {
        children: count(&wish.children),
        adults: wish.adults,
        size,
        seq,
        hold,
        answers,
        generation: booking.generation.saturating_add(1),
        seen_by: seen_by(actor, event, wish),
        // Whoever asks for more now stands where that was asked.
        put_back: booking.put_back.clone().filter(|_| seq == booking.seq),
        ..entered(facts, actor, proxy, booking)?
    };
    let staff: Vec<Feed> = changed.staff_feeds().collect();
    let mut changes = vec![Change::put(changed.clone(), changed.seen_by.clone())];
    if let BookingState::Offered { until } = changed.state {
        // The same offer, for another party.
        changes.push(Change::Set(Due::new(
            DueKind::ExpireOffer,
            changed.id.uuid(),
            until,
            changed.generation,
        )));
    }
    changes.extend(leaving.into_iter().map(|seat| Change::put(Seat { gone: true, ..seat }, [])));
    changes.extend(staying.into_iter().map(|seat| {
        let feeds = staff.iter().copied().chain([Feed::ChildRight(seat.child, Right::Decide)]);
        let feeds: Vec<_> = feeds.collect();
        Change::put(seat, feeds)
    }));
    changes.extend(joining.into_iter().map(|child| seat(&changed, child, &staff)));
    changes.extend(waitlist::promote(facts, event, session, &mut allotment, 1, |line| {
        line.retain(|one| one.id != changed.id);
        if changed.state == BookingState::Waiting {
            line.push(changed);
        }
    })?);
    changes.push(Change::put(allotment, []));
    Ok(changes)
}

/// Counts the seats anew. Who waits for fewer keeps the place in line; a wish for more is a new one and goes to its end.
fn make_room(
    event: &Event,
    allotment: &mut Allotment,
    booking: &Booking,
    size: u32,
    hold: Option<Id<Hold>>,
) -> Result<u32, Stop> {
    if booking.state == BookingState::Waiting {
        // Without a waitlist only who had a seat waits, and a new wish has no line to go to.
        if size > allotment.seats || size > booking.size && !event.waitlist {
            return Err(Refusal::Full.into());
        }
        allotment.leave_line(booking.hold);
        allotment.line_up(hold);
        if size <= booking.size {
            return Ok(booking.seq);
        }
        let seq = allotment.next_seq;
        allotment.next_seq += 1;
        return Ok(seq);
    }
    // Whoever waits is served first.
    let open = allotment.open_for(hold);
    allotment.unseat(booking.hold, booking.size);
    // Seats it has already are not asked for again, whatever it is of now.
    if size > booking.size && size.saturating_sub(booking.size) > open {
        return Err(Refusal::Full.into());
    }
    allotment.seat(hold, size);
    Ok(booking.seq)
}

/// The desk, the families, and whoever enters it: not who entered it before, who may have nothing to do with a child who joins.
fn seen_by(actor: &Actor, event: &Event, wish: &BookingChange) -> Vec<Feed> {
    let enterer = wish.on_behalf_of.as_ref().and_then(|_| actor.person()).map(Feed::Author);
    let mut feeds: Vec<Feed> = [Feed::Desk(event.id.uuid())].into_iter().chain(enterer).collect();
    feeds.extend(wish.children.iter().map(|child| Feed::ChildRight(*child, Right::Decide)));
    feeds
}

impl Booking {
    /// Whether its family may give it back on its own at this moment.
    #[must_use]
    pub fn may_withdraw(&self, event: &Event, session: &Session, now: Timestamp) -> bool {
        let in_time =
            self.state != BookingState::Confirmed || self.check_in_time(now, event, session, None).is_ok();
        in_time && !self.state.is_over() && !session.has_begun(now)
    }

    /// Whether something about it may be changed at this moment, by its family or for it.
    #[must_use]
    pub fn may_change(&self, event: &Event, session: &Session, now: Timestamp) -> bool {
        if self.state == BookingState::Entered {
            return event.state == EventState::Published;
        }
        !self.state.is_over() && session.takes_place(event) && !session.has_begun(now)
    }
}

impl Session {
    /// Refuses what was called off.
    pub(crate) fn check_takes_place(&self, event: &Event) -> Result<(), Stop> {
        match &self.state {
            _ if event.state != EventState::Published => Err(Refusal::EventNotOpen.into()),
            crate::SessionState::Cancelled { reason, .. } => {
                Err(Refusal::SessionCancelled { reason: reason.clone() }.into())
            }
            crate::SessionState::Planned => Ok(()),
        }
    }
}
