//! What people do at the gates of an event.

use xinmei_client::Snapshot;
use xinmei_model::{
    Act, Admission, Appointing, Arrival, ArrivalMove, Arriving, CheckIn, Event, Gate, GateDraft, GateState,
    Id, List, Pass, Session, admission,
};

use super::{
    acts::{Pen, Shown},
    computer::Computer,
    talk::own_role,
};

/// What a computer has of one event's gates.
struct Gates {
    check_in: Option<CheckIn>,
    /// Those that are open and were opened here, by this person.
    own: Vec<Gate>,
    all: Vec<Gate>,
    passes: Vec<Pass>,
    arrivals: Vec<Arrival>,
}

fn gates(computer: &Computer, event: Id<Event>, session: Id<Session>) -> Gates {
    let drawn: Vec<Id<Gate>> = computer
        .wishes
        .iter()
        .filter_map(|wish| if let Act::OpenGate { gate } = &wish.act { Some(gate.id) } else { None })
        .collect();
    let read = |s: &Snapshot<'_>| {
        let all: Vec<Gate> = s.list(List::GatesOf(event))?;
        let open = |gate: &&Gate| gate.state == GateState::Open && drawn.contains(&gate.id);
        Ok(Gates {
            check_in: s.get(CheckIn::of(event))?,
            own: all.iter().filter(open).cloned().collect(),
            all,
            passes: s.list(List::PassesOfSession(session))?,
            arrivals: s.list(List::ArrivalsAt(session))?,
        })
    };
    computer.replica().read(read).unwrap()
}

impl Pen<'_> {
    /// What a coordinator does at a gate.
    pub(super) fn door(&mut self, computer: &Computer, shown: &Shown) -> Option<Act> {
        let near = |session: &&Session| session.doors_open().timestamp() <= self.now;
        let near: Vec<Session> = shown.sessions.iter().filter(near).cloned().collect();
        let session = self.chance.pick(if near.is_empty() { &shown.sessions } else { &near })?;
        let gates = gates(computer, session.event, session.id);
        let event = session.event;
        if gates.check_in.is_none() {
            return Some(Act::OpenCheckIn { event });
        }
        let Some(gate) = self.chance.pick(&gates.own) else {
            if self.chance.odds(20) {
                let role = own_role(computer)?;
                return Some(Act::AppointSteward(Appointing { event, role, ends: self.chance.odds(30) }));
            }
            let gate = GateDraft { id: self.id(), event, name: "北门".into() };
            return Some(Act::OpenGate { gate });
        };
        let round = gates.check_in.as_ref().map_or(0, |check_in| check_in.round);
        if gate.agreed < round && self.chance.odds(70) {
            return Some(Act::AgreeRelease { gate: gate.id, round });
        }
        Some(match self.chance.weighted(&[40, 15, 15, 10, 8, 4, 2]) {
            0 => self.arrives(&gates, &gate, session.id)?,
            1 => self.arriving(&gate, session.id, None, 0, 1),
            2 => {
                let seats = u32::try_from(self.chance.between(0, 3)).unwrap();
                Act::LeaseSeats { gate: gate.id, session: session.id, seats }
            }
            3 => {
                let arrival = self.chance.pick(&gates.arrivals)?.id;
                let to = self.chance.pick(&[ArrivalMove::Left, ArrivalMove::Back, ArrivalMove::Undo])?;
                Act::CorrectArrival { arrival, to }
            }
            4 => Act::ReleaseNoShows { session: session.id, families: absent(&gates) },
            5 => Act::CloseGate { gate: gate.id },
            _ => Act::RevokeGate { gate: self.chance.pick(&gates.all)?.id },
        })
    }

    fn arrives(&mut self, gates: &Gates, gate: &Gate, session: Id<Session>) -> Option<Act> {
        let pass = self.chance.pick(&gates.passes)?;
        let before: Vec<_> = gates.arrivals.iter().filter(|one| one.booking == Some(pass.booking)).collect();
        let seats = match admission(gate.agreed, session, &pass, &before) {
            Admission::May { seats } => seats,
            _ => pass.size,
        };
        Some(self.arriving(gate, session, Some(pass.booking), seats, 0))
    }

    fn arriving(
        &mut self,
        gate: &Gate,
        session: Id<Session>,
        booking: Option<Id<xinmei_model::Booking>>,
        seats: u32,
        extra: u32,
    ) -> Act {
        let name = if booking.is_none() { "沈家".into() } else { String::new() };
        Act::Arrive(Arriving {
            arrival: self.id(),
            gate: gate.id,
            session,
            booking,
            name,
            seats,
            extra,
            at: self.now,
            on_paper: false,
        })
    }
}

/// Families nobody has come of, as this computer has it.
fn absent(gates: &Gates) -> u32 {
    let came =
        |pass: &&Pass| !gates.arrivals.iter().any(|one| one.counts() && one.booking == Some(pass.booking));
    let valid = gates.passes.iter().filter(|pass| pass.state == xinmei_model::PassState::Valid);
    let mut bookings: Vec<_> = valid.filter(came).map(|pass| pass.booking).collect();
    bookings.sort_unstable();
    bookings.dedup();
    u32::try_from(bookings.len()).unwrap()
}
