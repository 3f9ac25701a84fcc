//! The end of a trip: whoever goes along says that everybody is back. From then on nobody is called; what a phone wrote down before
//! and brings later still counts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Decision, Event, Facts, Id, List, Person, Refusal, Session, Stop, Trip, TripChild,
    TripMark,
    check_in::{check_time, require_steward},
    event::event_feeds,
    limits,
    limits::check_text,
    rights,
    trip_child::trip_of,
};

/// A wish to end the trip of a session, or to go on with one that was ended too early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TripEnding {
    /// Of which session.
    pub session: Id<Session>,
    /// What is known of children who were there on the way and are not accounted for; empty where all are.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// It goes on after all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goes_on: bool,
}

/// The trip of a session is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripEnded {
    /// Of which session.
    pub session: Id<Session>,
    /// Since when.
    pub at: Timestamp,
    /// So many stops there were then; a later plan may have more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stops: Option<u32>,
}

/// A child that was not accounted for as its trip was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TripLeft {
    /// What was known of it, in the words of who ended the trip.
    pub reason: String,
    /// Who that was.
    pub by: Id<Person>,
    /// That person's name.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
}

impl Trip {
    /// Since when the trip of a session is over.
    #[must_use]
    pub fn ended(&self, session: Id<Session>) -> Option<Timestamp> {
        self.ended.iter().find(|ended| ended.session == session).map(|ended| ended.at)
    }

    /// Stops of the trip of a session: those there are, or were as it ended.
    fn stops(&self, session: Id<Session>) -> u32 {
        let then = self.ended.iter().find(|ended| ended.session == session).and_then(|ended| ended.stops);
        then.unwrap_or_else(|| u32::try_from(self.plan.stops.len()).unwrap_or(u32::MAX))
    }

    /// Refuses to call anybody after the end; what was written down before and comes later is taken. A phone's clock may run fast:
    /// that somebody is missing is taken whenever it comes.
    pub(crate) fn check_called(
        &self,
        facts: &Facts,
        session: Id<Session>,
        (here, at): (bool, Timestamp),
    ) -> Result<(), Stop> {
        match self.ended(session) {
            Some(_) if !here && facts.complete() => Ok(()),
            Some(since) if at >= since => Err(Refusal::TripEnded { since }.into()),
            _ => Ok(()),
        }
    }
}

/// Children of a session who were there at some stop and of whom the last word is neither that they are there at the last stop,
/// nor why they are not; in the order of `lines`. Two who say otherwise of a child are no word.
#[must_use]
pub fn not_accounted_for<'m>(
    trip: &Trip,
    session: Id<Session>,
    lines: &[TripChild],
    marks: impl IntoIterator<Item = &'m TripMark>,
) -> Vec<Id<Child>> {
    let last_stop = trip.stops(session).saturating_sub(1);
    let mut was_there = BTreeSet::new();
    let mut last: BTreeMap<Id<Child>, &TripMark> = BTreeMap::new();
    for mark in marks {
        if mark.said.here || mark.against.as_ref().is_some_and(|said| said.here) {
            was_there.insert(mark.child);
        }
        let latest = last.entry(mark.child).or_insert(mark);
        if mark.stop > latest.stop {
            *latest = mark;
        }
    }
    let settled = |child: &Id<Child>| {
        last.get(child).is_some_and(|mark| {
            let back = mark.said.here && mark.stop == last_stop;
            mark.against.is_none() && (back || !mark.said.here && !mark.said.note.is_empty())
        })
    };
    let there = lines.iter().filter(|line| !line.gone).map(|line| line.child);
    there.filter(|child| was_there.contains(child) && !settled(child)).collect()
}

/// Ends the trip of a session, or lets it go on.
pub(crate) fn end(facts: &Facts, actor: &Actor, wish: &TripEnding) -> Decision {
    check_text("reason", &wish.reason, 0, limits::NOTE_CHARS)?;
    let (session, event, trip) = trip_of(facts, wish.session)?;
    let by = require_steward(facts, actor, event)?;
    check_time(facts, event, session)?;
    if trip.ended(session.id).is_some() != wish.goes_on {
        return Ok(Vec::new());
    }
    let mut ended = trip.ended.clone();
    if wish.goes_on {
        ended.retain(|ended| ended.session != session.id);
    } else {
        let stops = Some(trip.stops(session.id));
        ended.push(TripEnded { session: session.id, at: facts.now(), stops });
    }
    let lines = facts.list::<TripChild>(List::TripChildrenOf(session.id), limits::ROWS_PER_LIST)?;
    let lines: Vec<_> = lines.into_iter().cloned().collect();
    let marks = facts.list::<TripMark>(List::TripMarksOf(session.id), limits::ROWS_PER_LIST)?;
    let open = if wish.goes_on { Vec::new() } else { not_accounted_for(trip, session.id, &lines, marks) };
    let reason = wish.reason.trim().to_owned();
    if !open.is_empty() && reason.is_empty() {
        let children = u32::try_from(open.len()).unwrap_or(u32::MAX);
        return Err(Refusal::NotAllBack { children }.into());
    }
    let by_name = rights::role_worn(facts, actor)?.map(|role| role.person_name.clone()).unwrap_or_default();
    let left = TripLeft { reason, by, by_name, at: facts.now() };
    let event = Event { trip: Some(Trip { ended, ..trip.clone() }), ..event.clone() };
    let feeds = event_feeds(&event);
    let follow = lines.into_iter().filter_map(|line| {
        let left = open.contains(&line.child).then(|| left.clone());
        (line.left != left).then(|| TripChild { left, ..line }.put())
    });
    Ok([Change::put(event, feeds)].into_iter().chain(follow).collect())
}
