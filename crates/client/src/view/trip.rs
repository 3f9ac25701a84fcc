//! 出行: what is planned of a trip, and what became of its slips.

mod book;
mod buses;
mod end;
mod roll;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use xinmei_model::{
    Act, BusMove, Event, EventState, Id, List, PartnerOrg, Power, Session, Steward, Trip, TripChild,
    TripMark, TripWhere,
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
        audience::SessionName,
        profile::ChildName,
        trip::{
            Move, Open, OwnOnTrip, Plan, SlipCounts, SlipOpen, SlipStand, StopCount, TripPartner,
            TripProgress, TripSession, TripSlip, TripView,
        },
    },
    fault::invalid,
};

impl Ask for Open {
    type Reply = TripView;

    async fn answer(self, client: &Client) -> Result<TripView, Fault> {
        read(client, move |reading| open(reading, self.event)).await
    }
}

impl Ask for Plan {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::PlanTrip { event: self.event, plan: self.plan }).await
    }
}

impl Ask for Move {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { session, child, bus } = self;
        save(client, Act::MoveBus(BusMove { session, child, bus })).await
    }
}

/// A session of a trip, with what this computer knows of it.
struct Going {
    session: Session,
    event: Event,
    trip: Trip,
    /// By class, then by name.
    lines: Vec<TripChild>,
    marks: Vec<TripMark>,
    escorts: Vec<Steward>,
    /// Whether every child of the session is here: a class teacher knows of the class alone.
    whole: bool,
}

impl Going {
    fn load(reading: &Reading<'_>, session: Session, event: &Event) -> Result<Option<Self>, Fault> {
        let Some(trip) = event.trip.clone() else { return Ok(None) };
        let mut lines: Vec<TripChild> = reading.snapshot.list(List::TripChildrenOf(session.id))?;
        lines.sort_by_cached_key(|line| {
            let class = line.class.and_then(|class| reading.places.get(&class));
            (
                class.map(|class| reading.place_order(class)),
                line.child_name.clone(),
                line.tail.clone(),
                line.id,
            )
        });
        let marks = reading.snapshot.list(List::TripMarksOf(session.id))?;
        let mut escorts: Vec<Steward> = reading.snapshot.list(List::StewardsOf(event.id))?;
        escorts.sort_by(|one, other| (&one.person_name, one.id).cmp(&(&other.person_name, other.id)));
        let desk = reading.may(Power::ManageEvents, &event.held_at);
        // One's own row alone comes without the list.
        let whole = desk || reading.role().is_some() && escorts.iter().any(|one| one.person == reading.me);
        if !whole {
            let path = |line: &TripChild| line.class.and_then(|class| reading.places.get(&class));
            lines.retain(|line| path(line).is_some_and(|class| reading.may(Power::SeeClass, &class.path)));
        }
        Ok(Some(Self { session, event: event.clone(), trip, lines, marks, escorts, whole }))
    }

    fn of(reading: &Reading<'_>, session: Id<Session>) -> Result<Self, Fault> {
        let found: Option<Session> = reading.snapshot.get(session)?;
        let session = found.ok_or_else(|| invalid("session"))?;
        let event = reading.event(session.event)?;
        let going = Self::load(reading, session, &event)?;
        going
            .filter(|going| reading.role().is_some() && (going.whole || !going.lines.is_empty()))
            .ok_or_else(|| invalid("session"))
    }

    fn name(&self) -> SessionName {
        let Session { id, name, starts, .. } = self.session.clone();
        SessionName { id, name, starts }
    }

    /// A child as it is told apart on these lists: two of one name, in whatever class.
    fn child(&self, reading: &Reading<'_>, line: &TripChild) -> ChildName {
        let alike = self.lines.iter().filter(|other| other.child_name == line.child_name).count();
        ChildName {
            id: line.child,
            name: line.child_name.clone(),
            tail: if alike > 1 { line.tail.clone() } else { String::new() },
            class: line.class.map(|class| reading.place_name(class)),
        }
    }

    fn slip(&self, line: &TripChild) -> SlipStand {
        match line.said(&self.trip) {
            _ if !self.trip.plan.slip => SlipStand::None,
            Some(said) => said.state.into(),
            None if line.came_late(&self.trip) => SlipStand::Late,
            None => SlipStand::Missing,
        }
    }

    /// Adults of families: those of one booking count once.
    fn parents(&self) -> u32 {
        let bookings: BTreeSet<_> = self.lines.iter().map(|line| (line.booking, line.adults)).collect();
        bookings.into_iter().map(|(_, adults)| adults).sum()
    }

    fn stops(&self) -> Vec<StopCount> {
        let children: BTreeSet<_> = self.lines.iter().map(|line| line.child).collect();
        let stop = |(at, name): (u32, &String)| {
            let said = |here: bool| {
                let of = |mark: &&TripMark| {
                    mark.stop == at && mark.said.here == here && children.contains(&mark.child)
                };
                count(self.marks.iter().filter(of))
            };
            StopCount { name: name.clone(), here: said(true), away: said(false) }
        };
        (0..).zip(&self.trip.plan.stops).map(stop).collect()
    }

    fn view(&self, reading: &Reading<'_>) -> TripSession {
        let mut slips = SlipCounts::default();
        let mut open = Vec::new();
        for line in &self.lines {
            let slip = self.slip(line);
            match slip {
                SlipStand::None => continue,
                SlipStand::Signed => slips.signed += 1,
                SlipStand::Half => slips.half += 1,
                SlipStand::Refused => slips.refused += 1,
                SlipStand::Missing => slips.missing += 1,
                SlipStand::Late => {
                    slips.missing += 1;
                    slips.late += 1;
                }
            }
            if slip != SlipStand::Signed {
                let by = line.said(&self.trip).map(|said| said.by_name.clone()).unwrap_or_default();
                open.push(SlipOpen { child: self.child(reading, line), slip, by });
            }
        }
        let children = count(&self.lines);
        let parents = self.parents();
        let adults = parents.saturating_add(count(&self.escorts));
        TripSession {
            session: self.name(),
            children,
            whole: self.whole,
            adults_needed: self.trip.plan.adults_for(children),
            adults,
            adults_short: self.trip.plan.adults_short(children, adults),
            parents,
            escorts: self.escorts.iter().map(|one| one.person_name.clone()).collect(),
            slips,
            open,
            stops: self.stops(),
            end: self.end(reading),
        }
    }
}

fn open(reading: &Reading<'_>, id: Id<Event>) -> Result<TripView, Fault> {
    let event = reading.event(id)?;
    let staff = reading.role().is_some();
    let sessions: Vec<Session> = reading.snapshot.list(List::SessionsOf(id))?;
    let mut going = Vec::new();
    for session in sessions.iter().filter(|session| session.takes_place(&event)) {
        let found = if staff { Going::load(reading, session.clone(), &event)? } else { None };
        going.extend(found.filter(|going| going.whole || !going.lines.is_empty()));
    }
    let partner = match &event.partner {
        None => None,
        Some(with) => {
            let known: Option<PartnerOrg> = if staff { reading.snapshot.get(with.id)? } else { None };
            let contacts = known.filter(|known| !known.dropped).map(|known| known.draft.contacts);
            Some(TripPartner { id: with.id, name: with.name.clone(), contacts: contacts.unwrap_or_default() })
        }
    };
    let slips = event.trip.iter().flat_map(|trip| &trip.slips);
    let slips = slips.filter(|_| staff).map(|slip| TripSlip { notice: slip.notice, at: slip.at });
    Ok(TripView {
        event: id,
        title: event.title.clone(),
        partner,
        plan: event.trip.as_ref().map(|trip| trip.plan.clone()),
        may_plan: reading.may(Power::ManageEvents, &event.held_at) && event.state == EventState::Published,
        slips: slips.collect(),
        sessions: going.iter().map(|going| going.view(reading)).collect(),
        own: if staff { Vec::new() } else { own(reading, &event, &sessions)? },
    })
}

/// How far the children of this family have come.
fn own(reading: &Reading<'_>, event: &Event, sessions: &[Session]) -> Result<Vec<OwnOnTrip>, Fault> {
    let Some(trip) = &event.trip else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for own in Family::load(reading)?.children() {
        let seats: Vec<xinmei_model::Seat> = reading.snapshot.list(List::SeatsFor(own.child.id))?;
        for session in sessions {
            let place: Option<TripWhere> = reading.snapshot.get(TripWhere::of(session.id, own.child.id))?;
            let comes = seats.iter().any(|seat| seat.session == session.id && !seat.gone);
            if place.is_none() && !comes {
                continue;
            }
            let stop = place.as_ref().and_then(|place| place.stop);
            let last = u32::try_from(trip.plan.stops.len()).unwrap_or(u32::MAX).saturating_sub(1);
            let progress = match stop {
                None => TripProgress::Ahead,
                Some(stop) if stop >= last && last > 0 => TripProgress::Back,
                Some(0) => TripProgress::Left,
                Some(_) => TripProgress::OnTheWay,
            };
            let name = stop.and_then(|stop| trip.plan.stops.get(stop as usize)).cloned().unwrap_or_default();
            let Session { id, name: session_name, starts, .. } = session.clone();
            found.push(OwnOnTrip {
                child: reading.child_name(&own.child)?,
                session: SessionName { id, name: session_name, starts },
                progress,
                stop: name,
                at: place.filter(|place| place.stop.is_some()).map(|place| place.at),
                ended: trip.ended(session.id),
            });
        }
    }
    Ok(found)
}
