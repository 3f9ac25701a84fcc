//! The roll-call of a trip.

use std::collections::HashMap;

use xinmei_model::{Act, Child, Id, Seating, TripChild, TripMark, TripMarking};

use super::Going;
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        trip::{Mark, Roll, RollLine, StopMark, TripRoll},
    },
    fault::invalid,
    view::{
        ask::read,
        check_in::spells,
        reading::{Reading, count},
    },
};

impl Ask for Roll {
    type Reply = TripRoll;

    async fn answer(self, client: &Client) -> Result<TripRoll, Fault> {
        read(client, move |reading| roll(reading, &self)).await
    }
}

impl Ask for Mark {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { session, stop, marks } = self;
        let at = client.read(|snapshot| Ok(snapshot.now())).await?;
        let act = |one: StopMark| {
            let StopMark { child, here, note, replaces } = one;
            Act::MarkTrip(TripMarking { session, stop, child, here, note, replaces, at })
        };
        // All of them are in the outbox, or none; the last one names the whole.
        let saved = client.save_all(marks.into_iter().map(act).collect()).await?;
        saved.last().map(|mutation| Saved { mutation: *mutation }).ok_or_else(|| invalid("marks"))
    }
}

fn roll(reading: &Reading<'_>, asked: &Roll) -> Result<TripRoll, Fault> {
    let going = Going::of(reading, asked.session)?;
    let stops = going.stops();
    let children = count(&going.lines);
    let open = stops.iter().position(|stop| stop.here + stop.away < children);
    let last = stops.len().saturating_sub(1);
    let stop = asked.stop.unwrap_or_else(|| u32::try_from(open.unwrap_or(last)).unwrap_or(0));
    if stop as usize >= stops.len() {
        return Err(invalid("stop"));
    }
    // Who knows of a class alone cannot know where everybody sits.
    let seating = if going.whole { going.seating() } else { Seating::default() };
    let buses: HashMap<Id<Child>, &str> = (going.trip.plan.buses.iter().zip(&seating.buses))
        .flat_map(|(bus, load)| load.children.iter().map(|one| (one.child, bus.name.as_str())))
        .collect();
    let wanted = asked.find.trim().to_lowercase().replace(' ', "");
    let fits = |line: &&TripChild| wanted.is_empty() || is_called(line, &wanted);
    let mut lines: Vec<RollLine> = going
        .lines
        .iter()
        .filter(fits)
        .map(|child| line(reading, &going, child, stop, buses.get(&child.child).copied().unwrap_or_default()))
        .collect::<Result<_, _>>()?;
    // Whom somebody has to look for is first; the order of the list stands within.
    lines.sort_by_key(|line| match &line.said {
        _ if line.against.is_some() => 0,
        None => 1,
        Some(said) if !said.here => 2,
        Some(_) => 3,
    });
    let opens = going.session.doors_open().timestamp();
    Ok(TripRoll {
        event: going.event.id,
        title: going.event.title.clone(),
        session: going.name(),
        stops,
        stop,
        children,
        lines,
        whole: going.whole,
        opens: Some(opens).filter(|opens| reading.now < *opens),
        end: going.end(reading),
    })
}

/// Whether a child is called so: a part of the name, its pinyin or initials, those of the given name, the last four of 学号.
fn is_called(line: &TripChild, wanted: &str) -> bool {
    let given: String = line.child_name.chars().skip(1).collect();
    line.child_name.to_lowercase().contains(wanted)
        || spells(&line.child_name, wanted)
        || spells(&given, wanted)
        || line.tail == wanted
}

fn line(
    reading: &Reading<'_>,
    going: &Going,
    child: &TripChild,
    stop: u32,
    bus: &str,
) -> Result<RollLine, Fault> {
    let of = |mark: &&TripMark| mark.child == child.child;
    let mark = going.marks.iter().filter(of).find(|mark| mark.stop == stop);
    // The last word before this stop: who left on the way stays in sight.
    let before = going.marks.iter().filter(of).filter(|mark| mark.stop < stop).max_by_key(|mark| mark.stop);
    let left = before.filter(|before| !before.said.here);
    let stops = &going.trip.plan.stops;
    // What was said here and is on its way is no version of the school's.
    let settled = match mark {
        Some(mark) => reading.snapshot.settled(mark.id)?,
        None => None,
    };
    Ok(RollLine {
        child: going.child(reading, child),
        bus: bus.to_owned(),
        slip: going.slip(child),
        said: mark.map(|mark| mark.said.clone()),
        against: mark.and_then(|mark| mark.against.clone()),
        earlier: mark.map(|mark| mark.earlier.clone()).unwrap_or_default(),
        version: settled.map_or(0, |mark: TripMark| mark.version),
        left_at: left.and_then(|left| stops.get(left.stop as usize)).cloned(),
        left_note: left.map(|left| left.said.note.clone()).unwrap_or_default(),
        pending: reading.wishes.trip_mark(going.session.id, stop, child.child),
    })
}
