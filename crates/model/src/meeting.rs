//! Meetings: one guardian, one child, one member of staff, one slot.
//!
//! A meeting rests on the right to messages, as a conversation does: it is talk about a child. What one guardian booked the
//! other never sees, so two who live apart each have their own.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Conference, ConferenceKind, Entered, Facts, Feed, Hat, Id, Kind, MeetingOffer,
    Person, Place, Power, Proxy, Refusal, Right, Role, Stay, Stop, derived, facts::Decision, limits,
    limits::check_text, rights,
};

/// Where a meeting is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum MeetingState {
    /// Both come.
    Booked,
    /// Given back by the family, or moved to another time.
    Withdrawn,
    /// The school cannot come.
    Cancelled {
        /// For the family to read.
        reason: String,
        /// Since when.
        at: Timestamp,
    },
}

/// One booked slot. For this guardian and for whom they meet; of a conference day, for its desk too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Follows from slot and guardian.
    pub id: Id<Meeting>,
    /// In which conference.
    pub conference: Id<Conference>,
    /// Of which kind that is: who may know of it follows from it.
    pub kind: ConferenceKind,
    /// Of which offer.
    pub offer: Id<MeetingOffer>,
    /// The hat that is met.
    pub role: Id<Role>,
    /// Whom they meet.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// About which child.
    pub child: Id<Child>,
    /// The child's name.
    pub child_name: String,
    /// Whose meeting it is.
    pub guardian: Id<Person>,
    /// That guardian's name.
    pub guardian_name: String,
    /// Wall time and zone.
    pub starts: Zoned,
    /// Wall time and zone.
    pub ends: Zoned,
    /// On which campus, if on one.
    pub campus: Option<Id<Place>>,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// Where it is in its life.
    pub state: MeetingState,
    /// When the server took what it says now.
    pub at: Timestamp,
    /// Counts its changes.
    pub version: u32,
    /// The feeds it stands in.
    pub seen_by: Vec<Feed>,
}

impl Meeting {
    /// Where and when.
    #[must_use]
    pub fn stay(&self) -> Stay<'_> {
        Stay { starts: &self.starts, ends: &self.ends, campus: self.campus }
    }

    /// The meeting a guardian has, or would have, in a slot.
    #[must_use]
    pub fn id_in(offer: &MeetingOffer, starts: Timestamp, guardian: Id<Person>) -> Id<Self> {
        derived("meeting", offer.slot_id(starts), guardian.uuid())
    }
}

/// Whose meeting with somebody about a child it is. Of advice nobody else knows, so only who gives it may act for a family that
/// phoned.
pub(crate) fn guardian_in(
    facts: &Facts,
    actor: &Actor,
    kind: ConferenceKind,
    with: Id<Person>,
    child: Id<Child>,
    proxy: Option<&Proxy>,
) -> Result<Id<Person>, Stop> {
    let (ConferenceKind::Guidance, Some(proxy), Actor::Person { hat: Hat::Staff { .. }, .. }) =
        (kind, proxy, actor)
    else {
        return rights::require_right(facts, actor, proxy, child, Right::Messages);
    };
    let path = facts.find(child)?.map(|child| child.path.clone()).unwrap_or_default();
    rights::require_power(facts, actor, Power::Converse, &path)?;
    if actor.person() != Some(with) {
        return Err(Refusal::NoPower { power: Power::ActForFamilies }.into());
    }
    rights::link_allowing(facts, proxy.person, child, Right::Messages).map(|_| proxy.person)
}

/// Gives a meeting back: another family may have the time.
pub(crate) fn withdraw(
    facts: &Facts,
    actor: &Actor,
    id: Id<Meeting>,
    on_behalf_of: Option<&Proxy>,
) -> Decision {
    let meeting = facts.get(id)?;
    let guardian = guardian_in(facts, actor, meeting.kind, meeting.person, meeting.child, on_behalf_of);
    let guardian = guardian.map_err(|stop| match stop {
        // Another family's meeting does not exist for you.
        Stop::Refused(Refusal::NotFound { .. }) => facts.missing(Kind::Meeting),
        stop => stop,
    })?;
    if guardian != meeting.guardian {
        return Err(facts.missing(Kind::Meeting));
    }
    check_booked(facts, meeting)?;
    let entered = actor.entered(facts, on_behalf_of)?;
    let mut changes = vec![put(Meeting { entered, ..left(facts, meeting) })];
    if let Some(offer) = facts.find(meeting.offer)? {
        let mut offer = offer.clone();
        offer.taken.retain(|at| *at != meeting.starts.timestamp());
        changes.push(offer.put());
    }
    Ok(changes)
}

/// Cancels one meeting from the school's side. Its time stays taken: nobody is there.
pub(crate) fn cancel(facts: &Facts, actor: &Actor, id: Id<Meeting>, reason: &str) -> Decision {
    let meeting = facts.get(id)?;
    let role = rights::role_worn(facts, actor)?;
    if role.is_none_or(|role| role.person != meeting.person) {
        return Err(facts.missing(Kind::Meeting));
    }
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    check_booked(facts, meeting)?;
    Ok(vec![cancelled(facts, meeting, reason.trim())])
}

fn check_booked(facts: &Facts, meeting: &Meeting) -> Result<(), Stop> {
    if meeting.state != MeetingState::Booked {
        return Err(Refusal::BookingGone.into());
    }
    if facts.now() >= meeting.starts.timestamp() {
        return Err(Refusal::Started { since: meeting.starts.clone() }.into());
    }
    Ok(())
}

/// As it stands once the family has left it.
pub(crate) fn left(facts: &Facts, meeting: &Meeting) -> Meeting {
    let version = meeting.version.saturating_add(1);
    Meeting { state: MeetingState::Withdrawn, at: facts.now(), version, ..meeting.clone() }
}

/// Cancelled by the school, with the reason.
pub(crate) fn cancelled(facts: &Facts, meeting: &Meeting, reason: &str) -> Change {
    let state = MeetingState::Cancelled { reason: reason.to_owned(), at: facts.now() };
    let version = meeting.version.saturating_add(1);
    put(Meeting { state, at: facts.now(), version, ..meeting.clone() })
}

pub(crate) fn put(meeting: Meeting) -> Change {
    let feeds = meeting.seen_by.clone();
    Change::put(meeting, feeds)
}
