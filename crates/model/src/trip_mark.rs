//! Roll-call of a trip: who is there at each stop, said by whoever goes along, on phones that may hear nothing of each other for
//! hours.
//!
//! A mark names the version it replaces, as the school has it. Of two that did not know of each other and say otherwise *not here* stands, until
//! somebody who has read both says more: a child that may be missing is looked for.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Booking, Change, Child, Decision, Event, Facts, Feed, Id, Kind, List, Person, Power, Refusal,
    Right, Session, Steward, Stop, TripChild,
    check_in::{check_time, stands, when},
    derived, limits,
    limits::check_text,
    rights,
    trip_child::trip_of,
};

/// A wish to say whether a child is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TripMarking {
    /// In which session.
    pub session: Id<Session>,
    /// At which stop, by its place in the plan.
    pub stop: u32,
    /// Who.
    pub child: Id<Child>,
    /// Whether it is there.
    pub here: bool,
    /// In a few words, 家长在馆里接走了; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The version of the mark that the school had when this was made, as far as the phone had heard; 0 where there was none.
    /// What the phone said itself and the school has not is no version.
    #[serde(default)]
    pub replaces: u32,
    /// When it was said, by the clock of the device.
    #[schemars(with = "String")]
    pub at: Timestamp,
}

/// Whether a child was there, as last said, at one stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripMark {
    /// Follows from session, stop and child.
    pub id: Id<TripMark>,
    /// In which session.
    pub session: Id<Session>,
    /// At which stop, by its place in the plan.
    pub stop: u32,
    /// Who.
    pub child: Id<Child>,
    /// 1 for the first, one more with each change.
    pub version: u32,
    /// What stands.
    #[serde(flatten)]
    pub said: TripMarked,
    /// What somebody else said, who did not know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<TripMarked>,
    /// What was said before, oldest first: at most [`limits::ROLL_MARKS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<TripMarked>,
}

/// One version of a mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TripMarked {
    /// Whether the child was there.
    pub here: bool,
    /// In a few words; may be empty.
    pub note: String,
    /// Who says it.
    pub by: Id<Person>,
    /// That person's name.
    pub by_name: String,
    /// When it was said; never later than the server took it.
    pub at: Timestamp,
}

/// How far a child has come, for its own family: the last stop at which it was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripWhere {
    /// Follows from session and child.
    pub id: Id<TripWhere>,
    /// In which session.
    pub session: Id<Session>,
    /// Who.
    pub child: Id<Child>,
    /// The stop, by its place in the plan; at none yet if `None`.
    pub stop: Option<u32>,
    /// When that was said.
    pub at: Timestamp,
}

impl TripMark {
    /// Where the mark of a child at a stop is kept.
    #[must_use]
    pub fn of(session: Id<Session>, stop: u32, child: Id<Child>) -> Id<Self> {
        derived(&format!("trip-mark/{stop}"), session.uuid(), child.uuid())
    }
}

impl TripWhere {
    /// Where that of a child is kept.
    #[must_use]
    pub fn of(session: Id<Session>, child: Id<Child>) -> Id<Self> {
        derived("trip-where", session.uuid(), child.uuid())
    }
}

/// Says whether a child is there.
pub(crate) fn mark(facts: &Facts, actor: &Actor, wish: &TripMarking) -> Decision {
    check_text("note", &wish.note, 0, limits::NOTE_CHARS)?;
    let (session, event, trip) = trip_of(facts, wish.session)?;
    let line = facts.get(TripChild::of(session.id, wish.child))?;
    let (by, by_name) = marker(facts, actor, event, line)?;
    if line.gone {
        return Err(facts.missing(Kind::TripChild));
    }
    if wish.stop as usize >= trip.plan.stops.len() {
        return Err(Refusal::Malformed { field: "stop".into() }.into());
    }
    check_time(facts, event, session)?;
    let (note, at) = (wish.note.trim().to_owned(), when(facts, wish.at));
    trip.check_called(facts, session.id, (wish.here, at))?;
    let said = TripMarked { here: wish.here, note, by, by_name, at };
    let id = TripMark::of(session.id, wish.stop, wish.child);
    let first = TripMark {
        id,
        session: session.id,
        stop: wish.stop,
        child: wish.child,
        version: 1,
        said,
        against: None,
        earlier: vec![],
    };
    let before = facts.find(id)?;
    let Some(mark) =
        before.map_or(Ok(Some(first.clone())), |before| after(before, first.said, wish.replaces))?
    else {
        return Ok(Vec::new());
    };
    let mut changes = Vec::new();
    if facts.complete() {
        changes.extend(whereabouts(facts, line, &mark)?);
    }
    changes.insert(0, Change::put(mark, line.feeds()));
    Ok(changes)
}

/// The mark with one more word; `None` where that says nothing new.
fn after(before: &TripMark, new: TripMarked, replaces: u32) -> Result<Option<TripMark>, Stop> {
    let unseen = replaces != before.version;
    let mut earlier = before.earlier.clone();
    let words = || [Some(&before.said), before.against.as_ref()].into_iter().flatten();
    let own = || words().filter(|one| one.by == new.by);
    if unseen && own().any(|one| (one.here, &one.note) == (new.here, &new.note)) {
        return Ok(None);
    }
    // Who says more has always read what they said themselves, also on a phone that has not heard of the school since.
    let others: Vec<_> = words().filter(|one| unseen && one.by != new.by).cloned().collect();
    let (said, against) = match others.as_slice() {
        // Two who stand against each other, or one, and a word like the one that stands.
        [stands, rest @ ..] if stands.here == new.here => {
            earlier.extend(own().cloned());
            let against = rest.first().cloned();
            match (stands.note.is_empty(), new.note.is_empty() || new.note == stands.note) {
                (_, true) => (stands.clone(), against),
                // Why somebody is not here is never lost.
                (true, false) => {
                    earlier.push(stands.clone());
                    (new, against)
                }
                (false, false) => {
                    earlier.push(new);
                    (stands.clone(), against)
                }
            }
        }
        [stands, ..] => {
            earlier.extend(words().filter(|one| *one != stands).cloned());
            if new.here { (stands.clone(), Some(new)) } else { (new, Some(stands.clone())) }
        }
        [] => {
            let same = (before.said.here, &before.said.note) == (new.here, &new.note);
            if same && before.against.is_none() {
                return Ok(None);
            }
            earlier.extend(before.against.clone());
            earlier.push(before.said.clone());
            (new, None)
        }
    };
    if (&said, &against, &earlier) == (&before.said, &before.against, &before.earlier) {
        return Ok(None);
    }
    if earlier.len().saturating_add(1) > limits::ROLL_MARKS {
        let limit = u32::try_from(limits::ROLL_MARKS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "marks".into(), limit }.into());
    }
    let version = before.version.saturating_add(1);
    Ok(Some(TripMark { version, said, against, earlier, ..before.clone() }))
}

/// How far the child has come, once this mark stands.
fn whereabouts(facts: &Facts, line: &TripChild, mark: &TripMark) -> Result<Option<Change>, Stop> {
    let stops = u32::try_from(limits::TRIP_STOPS).unwrap_or(0);
    let others = Facts::each((0..stops).filter(|stop| *stop != mark.stop), |stop| {
        facts.find(TripMark::of(line.session, stop, line.child))
    })?;
    let here = others.into_iter().flatten().chain([mark]).filter(|mark| mark.said.here);
    let last = here.max_by_key(|mark| mark.stop);
    let id = TripWhere::of(line.session, line.child);
    let (stop, at) = (last.map(|last| last.stop), last.map_or(mark.said.at, |last| last.said.at));
    let new = TripWhere { id, session: line.session, child: line.child, stop, at };
    let same = match facts.find(id)? {
        Some(before) => *before == new,
        None => stop.is_none(),
    };
    Ok((!same).then(|| Change::put(new, [Feed::ChildRight(line.child, Right::Messages)])))
}

/// With which bookings somebody was there at a stop of the trip, with the name of the stop and when; nothing where it is no trip.
pub(crate) fn came(
    facts: &Facts,
    session: Id<Session>,
) -> Result<Vec<(Id<Booking>, String, Timestamp)>, Stop> {
    let Some(session) = facts.find(session)? else { return Ok(Vec::new()) };
    let Some(event) = facts.find(session.event)? else { return Ok(Vec::new()) };
    let Some(trip) = &event.trip else { return Ok(Vec::new()) };
    let marks = facts.list::<TripMark>(List::TripMarksOf(session.id), limits::ROWS_PER_LIST)?;
    let marks = marks.into_iter().filter(|mark| mark.said.here);
    let came = Facts::each(marks, |mark| {
        let line = facts.find(TripChild::of(session.id, mark.child))?.filter(|line| !line.gone);
        let stop = trip.plan.stops.get(mark.stop as usize).cloned().unwrap_or_default();
        Ok(line.map(|line| (line.booking, stop, mark.said.at)))
    })?;
    Ok(came.into_iter().flatten().collect())
}

/// Whoever goes along: the desk, who was asked to, and the staff of the child's class.
fn marker(
    facts: &Facts,
    actor: &Actor,
    event: &Event,
    line: &TripChild,
) -> Result<(Id<Person>, String), Stop> {
    let refused = Refusal::NoPower { power: Power::ManageEvents };
    let (Some(person), Some(role)) = (actor.person(), rights::role_worn(facts, actor)?) else {
        return Err(refused.into());
    };
    let who = (person, role.person_name.clone());
    if role.may(Power::ManageEvents, &event.held_at) {
        return Ok(who);
    }
    let asked = facts.find(Steward::of(event.id, person))?;
    if asked.map_or(Ok(false), |steward| stands(facts, steward))? {
        return Ok(who);
    }
    let class = match line.class {
        Some(class) => facts.find(class)?,
        None => None,
    };
    if class.is_some_and(|class| role.may(Power::SeeClass, &class.path)) {
        Ok(who)
    } else {
        Err(refused.into())
    }
}
