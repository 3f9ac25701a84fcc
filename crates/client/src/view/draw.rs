//! The draw of an event: where it stands, and what recomputing comes to.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use xinmei_model::{
    Act, Booking, DrawFault, DrawResult, DrawRoll, DrawnEntry, Event, EventState, FileHash, Fill, Id,
    RollEntry, Session, draw, limits, verify,
};

use super::{
    ask::{read, save},
    family::Family,
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        desk::DeskBooking,
        draw::{
            DeskDraw, Draw, DrawPhase, DrawView, DrawnPlace, OwnEntry, Recompute, Recomputed, RecomputedStep,
            SessionWishes,
        },
        event::{BookingIs, SessionFill},
    },
    fault::invalid,
    replica::roll,
};

impl Ask for Draw {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::Draw { event: self.event, value: self.value }).await
    }
}

impl Ask for Recompute {
    type Reply = Recomputed;

    async fn answer(self, client: &Client) -> Result<Recomputed, Fault> {
        read(client, move |reading| recompute(reading, self.event)).await
    }
}

/// Works a draw out from the rows that are here, and from the roll's hash as it was first seen here.
fn recompute(reading: &Reading<'_>, id: Id<Event>) -> Result<Recomputed, Fault> {
    let event = reading.event(id)?;
    let (Some(plan), DrawRows { roll: Some(roll), result: Some(result), .. }) =
        (&event.draw, reading.draw_rows(&event)?)
    else {
        return Err(invalid("draw"));
    };
    let seen = reading.roll_seen(id)?;
    let fault = verify(plan, &roll, &result, seen.map(|(hash, _)| hash)).err();
    let seed = roll.seed(&result.secret, &result.value);
    let again = draw(&roll, &result.secret, &result.value);
    let tickets = roll.tickets(seed);
    let own: Vec<_> = reading.bookings_of(&Family::of_hat(reading)?)?;
    let mut mine = Vec::new();
    for ((place, (ticket, entry)), drawn) in (1..).zip(&tickets).zip(&again) {
        if let Some(booked) = own.iter().find(|booked| RollEntry::of(booked.view.id) == entry.id) {
            mine.push(OwnEntry {
                booking: booked.view.id,
                ticket: *ticket,
                misses: entry.misses,
                place,
                session: drawn.session,
                wish: wish_of(&roll, entry, drawn.session),
            });
        }
    }
    Ok(Recomputed {
        steps: steps(fault),
        fault,
        commitment: plan.commitment,
        secret: result.secret,
        value: result.value,
        roll_sha256: roll.sha256,
        // What was first seen after the draw is no proof of what was before it.
        roll_seen: seen.map(|(_, at)| at).filter(|at| *at < result.at),
        seed,
        entries: count(&roll.entries),
        seated: seated(&again),
        mine,
    })
}

/// Everything before the step that does not agree does; what comes after it was not looked at.
fn steps(fault: Option<DrawFault>) -> Vec<RecomputedStep> {
    let mut fallen = false;
    let mut step = |step: DrawFault| {
        let falls = fault == Some(step);
        let agrees = if fallen { None } else { Some(!falls) };
        fallen |= falls;
        RecomputedStep { step, agrees }
    };
    DrawFault::ALL.into_iter().map(&mut step).collect()
}

fn seated(outcome: &[DrawnEntry]) -> u32 {
    u32::try_from(outcome.iter().filter(|drawn| drawn.session.is_some()).count()).unwrap_or(u32::MAX)
}

/// Which of an entry's wishes a session is, 1 being the first.
fn wish_of(roll: &DrawRoll, entry: &RollEntry, got: Option<Id<Session>>) -> Option<u32> {
    let place = u32::try_from(roll.sessions.iter().position(|session| Some(session.id) == got)?).ok()?;
    u32::try_from(entry.wishes.iter().position(|wish| *wish == place)?.saturating_add(1)).ok()
}

/// The rows of a draw that have arrived, read once for all its entries.
#[derive(Default)]
pub(crate) struct DrawRows {
    roll: Option<DrawRoll>,
    result: Option<DrawResult>,
    /// By entry: its earlier misses.
    misses: HashMap<Id<RollEntry>, u32>,
    /// By entry: how it came out.
    places: HashMap<Id<RollEntry>, DrawnPlace>,
}

impl DrawRows {
    /// Earlier draws in which an entry got nothing, once that is on the roll.
    pub(crate) fn misses(&self, booking: Id<Booking>) -> Option<u32> {
        self.misses.get(&RollEntry::of(booking)).copied()
    }

    /// How an entry came out.
    pub(crate) fn place(&self, booking: Id<Booking>) -> Option<DrawnPlace> {
        self.places.get(&RollEntry::of(booking)).cloned()
    }
}

impl Reading<'_> {
    /// What has arrived of an event's draw.
    pub(crate) fn draw_rows(&self, event: &Event) -> Result<DrawRows, Fault> {
        if event.draw.as_ref().is_none_or(|plan| plan.rolled.is_none()) {
            return Ok(DrawRows::default());
        }
        let roll: Option<DrawRoll> = self.snapshot.get(DrawRoll::of(event.id))?;
        let result: Option<DrawResult> = self.snapshot.get(DrawResult::of(event.id))?;
        let entries = roll.iter().flat_map(|roll| &roll.entries);
        let by_id: HashMap<_, _> = entries.map(|entry| (entry.id, entry)).collect();
        let misses = by_id.iter().map(|(id, entry)| (*id, entry.misses)).collect();
        let mut places = HashMap::new();
        if let (Some(roll), Some(result)) = (&roll, &result) {
            let of = count(&result.outcome);
            for (place, drawn) in (1..).zip(&result.outcome) {
                let entry = by_id.get(&drawn.entry);
                let wish = entry.and_then(|entry| wish_of(roll, entry, drawn.session));
                places.insert(drawn.entry, DrawnPlace { place, of, wish });
            }
        }
        Ok(DrawRows { roll, result, misses, places })
    }

    /// The hash of a roll as this computer first saw it, and when by the school's time.
    fn roll_seen(&self, event: Id<Event>) -> Result<Option<(FileHash, Timestamp)>, Fault> {
        let fact = self.snapshot.fact(&roll::key(event))?;
        Ok(fact.and_then(|fact| {
            let (hash, at) = fact.split_once(' ')?;
            Some((hash.parse().ok()?, at.parse().ok()?))
        }))
    }

    /// Where an event's draw stands.
    pub(crate) fn draw_view(&self, event: &Event) -> Result<Option<DrawView>, Fault> {
        let Some(plan) = &event.draw else { return Ok(None) };
        let rows = self.draw_rows(event)?;
        let so_far: Option<Fill> = self.snapshot.get(Fill::empty(event.id.uuid(), 0).id)?;
        let phase = match (&rows.roll, &rows.result) {
            (Some(roll), Some(result)) => DrawPhase::Drawn {
                at: result.at,
                value: result.value.clone(),
                secret: result.secret,
                roll_sha256: roll.sha256,
                seated: seated(&result.outcome),
            },
            (Some(roll), None) => DrawPhase::Rolled { roll_sha256: roll.sha256 },
            (None, _) if self.now < event.opens.timestamp() => DrawPhase::NotOpen,
            (None, _) if self.now < event.closes.timestamp() => {
                DrawPhase::Wishes { until: event.closes.clone() }
            }
            (None, _) => DrawPhase::Closing,
        };
        Ok(Some(DrawView {
            public_value: plan.public_value.clone(),
            decimals: plan.decimals,
            known: plan.known.clone(),
            commitment: plan.commitment,
            phase,
            entries: match &rows.roll {
                Some(roll) => count(&roll.entries),
                None => so_far.map_or(0, |fill| fill.used),
            },
            most_wishes: u32::try_from(limits::WISHES).unwrap_or(u32::MAX),
        }))
    }

    /// The draw as the desk sees it, by the bookings it has.
    pub(crate) fn desk_draw(
        &self,
        event: &Event,
        sessions: &[SessionFill],
        bookings: &[DeskBooking],
    ) -> Option<DeskDraw> {
        event.draw.as_ref()?;
        // Who withdrew before the close wishes for nothing; who did afterwards stands on the roll.
        let counts = |one: &&DeskBooking| one.misses.is_some() || one.state == BookingIs::Entered;
        let mut ranks: BTreeMap<Id<Session>, (Vec<u32>, u32)> = BTreeMap::new();
        for one in bookings.iter().filter(counts) {
            for (rank, wish) in one.wishes.iter().enumerate() {
                let (by_rank, seats_first) = ranks.entry(*wish).or_default();
                if by_rank.len() <= rank {
                    by_rank.resize(rank.saturating_add(1), 0);
                }
                if let Some(times) = by_rank.get_mut(rank) {
                    *times = times.saturating_add(1);
                }
                *seats_first = seats_first.saturating_add(if rank == 0 { one.size } else { 0 });
            }
        }
        let longest = ranks.values().map(|(by_rank, _)| by_rank.len()).max().unwrap_or_default();
        let wishes = sessions.iter().map(|session| {
            let (mut by_rank, seats_first) = ranks.remove(&session.id).unwrap_or_default();
            by_rank.resize(longest, 0);
            SessionWishes { session: session.id, by_rank, seats_first }
        });
        Some(DeskDraw { wishes: wishes.collect(), may_draw: may_draw(event, self.now) })
    }
}

/// Whether the desk of an event can enter the value that draws it. Also where no roll was published in time: entering it
/// publishes that first.
pub(crate) fn may_draw(event: &Event, now: Timestamp) -> bool {
    let waits = event.draw.as_ref().is_some_and(|plan| plan.drawn.is_none() && now >= plan.known.timestamp());
    waits && event.state == EventState::Published
}

/// Whether a booking is a wish in a draw, and no appointment yet.
pub(crate) fn is_wish(state: &BookingIs, wishes: &[Id<Session>]) -> bool {
    !wishes.is_empty() && matches!(state, BookingIs::Saved | BookingIs::Sent | BookingIs::Entered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(fault: Option<DrawFault>) -> Vec<Option<bool>> {
        steps(fault).into_iter().map(|step| step.agrees).collect()
    }

    #[test]
    fn what_comes_after_a_fault_was_not_looked_at() {
        assert_eq!(agrees(None), [Some(true); 6]);
        let roll = [Some(true), Some(true), Some(false), None, None, None];
        assert_eq!(agrees(Some(DrawFault::Roll)), roll);
    }

    #[test]
    fn a_wish_is_no_appointment_until_it_is_drawn() {
        let wishes = [Id::new(uuid::Uuid::nil())];
        assert!(is_wish(&BookingIs::Saved, &wishes) && is_wish(&BookingIs::Entered, &wishes));
        assert!(!is_wish(&BookingIs::Confirmed, &wishes));
        assert!(!is_wish(&BookingIs::Saved, &[]), "nothing is drawn there");
    }
}
