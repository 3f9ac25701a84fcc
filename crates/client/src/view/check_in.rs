//! 签到: what a gate has of who comes and who came, read from this computer alone.

mod acts;
mod board;
mod find;
mod sheet;

use std::collections::{BTreeMap, HashMap, HashSet};

use xinmei_model::{
    Admission, Arrival, Booking, Child, Event, Gate, GateState, Id, List, Pass, PassState, Place, Power,
    Session, TripChild, TripMark, admission,
};

pub(in crate::view) use find::spells;

use crate::{
    api::{
        Fault,
        check_in::{ArrivalView, GateSession, PartyView},
        profile::ChildName,
    },
    fault::invalid,
    view::reading::{Reading, count},
};

/// Where a computer keeps which gate of an event it is.
fn own_key(event: Id<Event>) -> String {
    format!("gate/{event}")
}

/// One session at the gates: the list, and who came.
struct Roll {
    session: Session,
    event: Event,
    parties: Vec<Party>,
    arrivals: Vec<Arrival>,
    /// Places of the arrivals with each booking.
    with: HashMap<Id<Booking>, Vec<usize>>,
    /// Bookings of which somebody was called at a stop of the trip.
    called: HashSet<Id<Booking>>,
    /// How many children of each name a class has on the list.
    namesakes: HashMap<(String, Option<Id<Place>>), u32>,
}

/// The passes of one booking.
struct Party {
    booking: Id<Booking>,
    passes: Vec<Pass>,
}

impl Party {
    /// What the whole party has in common: its size, and whether it lets in.
    fn pass(&self) -> Option<&Pass> {
        self.passes.iter().find(|pass| pass.state != PassState::Gone).or(self.passes.first())
    }

    fn state(&self) -> PassState {
        self.pass().map_or(PassState::Gone, |pass| pass.state)
    }
}

impl Roll {
    /// The parties stand in the order of their bookings.
    fn party(&self, booking: Id<Booking>) -> Option<&Party> {
        let place = self.parties.binary_search_by_key(&booking, |party| party.booking).ok()?;
        self.parties.get(place)
    }

    fn came(&self) -> impl Iterator<Item = &Arrival> {
        self.arrivals.iter().filter(|arrival| arrival.counts())
    }

    fn of(&self, booking: Id<Booking>) -> Vec<&Arrival> {
        let places = self.with.get(&booking).into_iter().flatten();
        places.filter_map(|place| self.arrivals.get(*place)).collect()
    }

    fn counts(&self, reading: &Reading<'_>) -> GateSession {
        let Session { id, name, starts, ends, capacity, .. } = self.session.clone();
        let in_state =
            |wanted: fn(PassState) -> bool| self.parties.iter().filter(move |party| wanted(party.state()));
        let listed = |state| matches!(state, PassState::Valid | PassState::Releasing { .. });
        let people = |arrival: &Arrival| arrival.seats.saturating_add(arrival.extra);
        let here = |arrival: &&Arrival| arrival.state == xinmei_model::ArrivalState::In;
        let absent = in_state(|state| state == PassState::Valid)
            .filter(|party| !self.of(party.booking).iter().any(|arrival| arrival.counts()))
            .filter(|party| !self.called.contains(&party.booking));
        GateSession {
            doors: self.session.doors_open(),
            admits: self.session.takes_place(&self.event) && self.session.admits(reading.now),
            begun: self.session.has_begun(reading.now),
            expected: in_state(listed).filter_map(Party::pass).map(|pass| pass.size).sum(),
            families: count(in_state(listed)),
            came: self.came().map(people).sum(),
            on_site: self.came().filter(here).map(people).sum(),
            walked_in: self.came().map(|arrival| arrival.extra).sum(),
            absent: count(absent),
            releasing: count(in_state(|state| matches!(state, PassState::Releasing { .. }))),
            released: count(in_state(|state| state == PassState::Released)),
            id,
            name,
            starts,
            ends,
            capacity,
        }
    }
}

impl Reading<'_> {
    /// Whether the hat sees the whole list of an event.
    fn supervises(&self, event: &Event) -> bool {
        self.may(Power::ManageEvents, &event.held_at)
    }

    /// Whether whoever sits here may check in at an event.
    fn stewards(&self, event: &Event) -> Result<bool, Fault> {
        let at: Vec<xinmei_model::Steward> = self.snapshot.list(List::StewardingBy(self.me))?;
        Ok(self.supervises(event) || at.iter().any(|steward| steward.event == event.id))
    }

    /// An event at which whoever sits here checks in.
    fn checked_in(&self, id: Id<Event>) -> Result<Event, Fault> {
        let event = self.event(id)?;
        if self.stewards(&event)? { Ok(event) } else { Err(super::ask::no_power(Power::ManageEvents)) }
    }

    /// One session, with everything the gates have of it.
    fn gate_roll(&self, event: &Event, session: Session) -> Result<Roll, Fault> {
        let passes: Vec<Pass> = self.snapshot.list(List::PassesOfSession(session.id))?;
        let mut parties: BTreeMap<Id<Booking>, Vec<Pass>> = BTreeMap::new();
        for pass in passes {
            parties.entry(pass.booking).or_default().push(pass);
        }
        let mut namesakes = HashMap::new();
        for pass in parties.values().flatten() {
            *namesakes.entry((pass.child_name.clone(), pass.class)).or_default() += 1;
        }
        let arrivals: Vec<Arrival> = self.snapshot.list(List::ArrivalsAt(session.id))?;
        let mut with: HashMap<_, Vec<usize>> = HashMap::new();
        for (place, arrival) in arrivals.iter().enumerate() {
            if let Some(booking) = arrival.booking {
                with.entry(booking).or_default().push(place);
            }
        }
        let parties = parties.into_iter().map(|(booking, passes)| Party { booking, passes }).collect();
        let mut called = HashSet::new();
        if event.trip.is_some() {
            let lines: Vec<TripChild> = self.snapshot.list(List::TripChildrenOf(session.id))?;
            let marks: Vec<TripMark> = self.snapshot.list(List::TripMarksOf(session.id))?;
            let here: HashSet<_> =
                marks.iter().filter(|mark| mark.said.here).map(|mark| mark.child).collect();
            called.extend(lines.iter().filter(|line| here.contains(&line.child)).map(|line| line.booking));
        }
        Ok(Roll { session, event: event.clone(), parties, arrivals, with, called, namesakes })
    }

    /// Every session of an event that takes place.
    fn rolls_of(&self, event: &Event) -> Result<Vec<Roll>, Fault> {
        let sessions: Vec<Session> = self.snapshot.list(List::SessionsOf(event.id))?;
        let takes_place = sessions.into_iter().filter(|session| session.takes_place(event));
        takes_place.map(|session| self.gate_roll(event, session)).collect()
    }

    /// One session by its id.
    fn roll_by_id(&self, id: Id<Session>) -> Result<Roll, Fault> {
        let session: Session = self.snapshot.get(id)?.ok_or_else(|| invalid("session"))?;
        let event = self.checked_in(session.event)?;
        self.gate_roll(&event, session)
    }

    /// The gate this computer is, while it is open.
    fn own_gate(&self, event: Id<Event>) -> Result<Option<Gate>, Fault> {
        Ok(self.last_gate(event)?.filter(|gate| gate.state == GateState::Open))
    }

    /// The gate this computer was last.
    fn last_gate(&self, event: Id<Event>) -> Result<Option<Gate>, Fault> {
        let kept = self.snapshot.fact(&own_key(event))?;
        let Some(id) = kept.and_then(|text| text.parse().ok()) else { return Ok(None) };
        let gate: Option<Gate> = self.snapshot.get(Id::new(id))?;
        Ok(gate.filter(|gate| gate.person == self.me))
    }

    /// What the gate says of a party; a computer that is none says what one would that has heard everything.
    fn admission(&self, gate: Option<&Gate>, session: Id<Session>, party: &Party, roll: &Roll) -> Admission {
        let Some(pass) = party.pass() else { return Admission::Gone };
        let heard = gate.map_or(u32::MAX, |gate| gate.agreed);
        admission(heard, session, pass, &roll.of(party.booking))
    }

    fn party(
        &self,
        gate: Option<&Gate>,
        session: Id<Session>,
        party: &Party,
        roll: &Roll,
    ) -> Result<PartyView, Fault> {
        let pass = party.pass().ok_or_else(|| invalid("booking"))?;
        let staying =
            party.passes.iter().filter(|one| one.state != PassState::Gone || pass.state == PassState::Gone);
        Ok(PartyView {
            booking: party.booking,
            session: pass.session,
            children: staying.map(|pass| self.pass_name(pass, roll)).collect(),
            adults: pass.adults,
            size: pass.size,
            admission: self.admission(gate, session, party, roll),
            arrivals: self.arrivals(roll.of(party.booking), roll)?,
        })
    }

    /// A child as the list at the gates has it: its tail where somebody of that name is on it in the same class.
    fn pass_name(&self, pass: &Pass, roll: &Roll) -> ChildName {
        let key = (pass.child_name.clone(), pass.class);
        let alike = roll.namesakes.get(&key).is_some_and(|children| *children > 1);
        ChildName {
            id: pass.child,
            name: pass.child_name.clone(),
            tail: if alike { pass.tail.clone() } else { String::new() },
            class: pass.class.map(|class| self.place_name(class)),
        }
    }

    fn arrivals<'a>(
        &self,
        arrivals: impl IntoIterator<Item = &'a Arrival>,
        roll: &Roll,
    ) -> Result<Vec<ArrivalView>, Fault> {
        let view = |arrival: &Arrival| {
            let party = arrival.booking.and_then(|booking| roll.party(booking));
            let passes = party
                .into_iter()
                .flat_map(|party| &party.passes)
                .filter(|pass| pass.state != PassState::Gone);
            Ok(ArrivalView {
                id: arrival.id,
                session: arrival.session,
                booking: arrival.booking,
                children: passes.map(|pass| self.pass_name(pass, roll)).collect(),
                name: arrival.name.clone(),
                people: arrival.seats.saturating_add(arrival.extra),
                extra: arrival.extra,
                gate: arrival.gate,
                gate_name: arrival.gate_name.clone(),
                at: arrival.at,
                on_paper: arrival.on_paper,
                state: arrival.state.clone(),
                again: arrival.again.clone(),
                pending: self.snapshot.is_pending(arrival.id.uuid())?,
            })
        };
        arrivals.into_iter().map(view).collect()
    }
}

/// Who came: the children of a booking, or the name of who walked in.
pub(super) fn about(
    reading: &Reading<'_>,
    booking: Option<Id<Booking>>,
    name: &str,
) -> Result<(String, Vec<Id<Child>>), Fault> {
    let Some(booking) = booking else { return Ok((name.to_owned(), Vec::new())) };
    let passes: Vec<Pass> = reading.snapshot.list(List::PassesOf(booking))?;
    let names: Vec<_> = passes.iter().map(|pass| pass.child_name.as_str()).collect();
    Ok((names.join("、"), Vec::new()))
}
