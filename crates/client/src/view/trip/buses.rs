//! Who sits on which bus.

use std::collections::HashMap;

use xinmei_model::{Child, Id, Rider, SeatedBecause, Seating, Session, TripChild, seating};

use super::Going;
use crate::{
    Client,
    api::{
        Ask, Fault,
        trip::{BusList, BusView, Buses, RiderView},
    },
    fault::invalid,
    view::{
        ask::read,
        reading::{Reading, count},
    },
};

impl Ask for Buses {
    type Reply = BusList;

    async fn answer(self, client: &Client) -> Result<BusList, Fault> {
        read(client, move |reading| bus_list(reading, self.session)).await
    }
}

/// Who sits on which bus of a session.
pub(super) fn bus_list(reading: &Reading<'_>, session: Id<Session>) -> Result<BusList, Fault> {
    let going = Going::of(reading, session)?;
    // Who knows of a class alone cannot know where the others sit.
    if !going.whole {
        return Err(invalid("session"));
    }
    Ok(list(reading, &going))
}

impl Going {
    /// Who sits where, of those this computer knows.
    pub(super) fn seating(&self) -> Seating {
        let rider = |line: &TripChild| Rider {
            child: line.child,
            class: line.class,
            party: line.booking,
            adults: line.adults,
            by_hand: line.bus,
        };
        let riders: Vec<_> = self.lines.iter().map(rider).collect();
        seating(&self.trip.plan, &riders, count(&self.escorts))
    }
}

fn list(reading: &Reading<'_>, going: &Going) -> BusList {
    let seating = going.seating();
    let by_child: HashMap<Id<Child>, &TripChild> =
        going.lines.iter().map(|line| (line.child, line)).collect();
    let rider = |child: Id<Child>, because: Option<SeatedBecause>| {
        by_child.get(&child).map(|line| RiderView {
            child: going.child(reading, line),
            booking: line.booking,
            adults: line.adults,
            because,
            slip: going.slip(line),
        })
    };
    let plan = &going.trip.plan;
    let buses = plan.buses.iter().zip(&seating.buses).map(|(bus, load)| BusView {
        name: bus.name.clone(),
        seats: bus.seats,
        taken: load.taken(),
        parents: load.parents,
        escorts: load.escorts,
        lacks: load.lacks(plan),
        children: load.children.iter().filter_map(|one| rider(one.child, Some(one.because))).collect(),
    });
    BusList {
        title: going.event.title.clone(),
        session: going.name(),
        meeting_point: plan.meeting_point.clone(),
        buses: buses.collect(),
        left: seating.children_left.iter().filter_map(|child| rider(*child, None)).collect(),
        adults_left: seating.parents_left.saturating_add(seating.escorts_left),
        may_move: going.session.takes_place(&going.event),
    }
}
