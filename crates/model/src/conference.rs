//! Conference days 家长会面谈日 and the guidance station 家校共育指导站: times at which families may sit down with somebody of
//! the school. Who is there, and when, are offers ([`MeetingOffer`](crate::MeetingOffer)).

use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Facts, Feed, Id, Place, Power, Refusal, Role, Stop, facts::Decision, limits,
    limits::check_text, rights,
};

/// What kind of meetings these are; who may know of them follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum ConferenceKind {
    /// 家长会面谈日: short talks with teachers, one after the other. The desk sees who comes.
    ConferenceDay,
    /// 家校共育指导站: advice, for whoever asks for it. Only the two who meet know of it.
    Guidance,
}

/// Where a conference is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ConferenceState {
    /// It takes place.
    Planned,
    /// Called off; everyone still sees it, with the reason. Its meetings stay as they are, and count no more.
    Cancelled {
        /// In the organiser's words.
        reason: String,
        /// Since when.
        at: Timestamp,
    },
}

/// A conference as it is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConferenceDraft {
    /// Made by the planner's device.
    pub id: Id<Conference>,
    /// What kind of meetings; fixed once it is open.
    pub kind: ConferenceKind,
    /// The place whose desk runs it; fixed once it is open. It is for whoever is met in it, on whatever campus.
    pub place: Id<Place>,
    /// 秋季家长会面谈日
    pub title: String,
    /// Plain text.
    pub about: String,
    /// When families may begin to book.
    #[schemars(with = "String")]
    pub opens: Zoned,
    /// When that ends. A meeting can be given back until it begins.
    #[schemars(with = "String")]
    pub closes: Zoned,
    /// Minutes of one meeting, unless an offer says otherwise.
    pub minutes: u32,
}

/// A conference. Public; who meets whom is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conference {
    /// Identity.
    pub id: Id<Conference>,
    /// What kind of meetings.
    pub kind: ConferenceKind,
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// That place and everything above it.
    pub held_at: Vec<Id<Place>>,
    /// The hat that opened it.
    pub opened_by: Id<Role>,
    /// Title.
    pub title: String,
    /// Plain text.
    pub about: String,
    /// When families may begin to book.
    pub opens: Zoned,
    /// When that ends.
    pub closes: Zoned,
    /// Minutes of one meeting, unless an offer says otherwise.
    pub minutes: u32,
    /// Where it is in its life.
    pub state: ConferenceState,
    /// Counts its changes, so that two who change it at once notice.
    pub version: u32,
}

impl Conference {
    /// Whether it was called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.state != ConferenceState::Planned
    }

    /// Whether families may book at this moment.
    ///
    /// # Errors
    /// Why not: [`Refusal::EventNotOpen`], [`Refusal::NotOpenYet`], [`Refusal::Closed`].
    pub fn open_at(&self, now: Timestamp) -> Result<(), Refusal> {
        if self.is_cancelled() {
            Err(Refusal::EventNotOpen)
        } else if now < self.opens.timestamp() {
            Err(Refusal::NotOpenYet { opens: self.opens.clone() })
        } else if now >= self.closes.timestamp() {
            Err(Refusal::Closed { since: self.closes.clone() })
        } else {
            Ok(())
        }
    }

    /// Whether a hat plans it: a desk its events, and whoever opened a station their own.
    #[must_use]
    pub fn is_run_by(&self, role: &Role) -> bool {
        role.may(Power::ManageEvents, &self.held_at)
            || self.kind == ConferenceKind::Guidance && role.id == self.opened_by
    }

    /// Whether somebody in a hat at the place with this path may offer times in it. One desk runs a day for all campuses: a
    /// family has children on several. A station is of its place.
    #[must_use]
    pub fn takes_offers_of(&self, role: &Role, path: &[Id<Place>]) -> bool {
        let near = path.contains(&self.place) || self.held_at.contains(&role.place);
        crate::power_of(role.kind, Power::Converse) && (near || self.kind == ConferenceKind::ConferenceDay)
    }
}

fn check(draft: &ConferenceDraft) -> Result<(), Stop> {
    check_text("title", &draft.title, 1, limits::TITLE_CHARS)?;
    check_text("about", &draft.about, 0, limits::BODY_CHARS)?;
    check_minutes(draft.minutes)?;
    if draft.opens >= draft.closes {
        return Err(Refusal::Malformed { field: "closes".into() }.into());
    }
    Ok(())
}

/// A meeting is neither too short to sit down nor longer than a morning has.
pub(crate) fn check_minutes(minutes: u32) -> Result<(), Stop> {
    if minutes < limits::MEETING_MINUTES_LEAST {
        return Err(Refusal::Malformed { field: "minutes".into() }.into());
    }
    if minutes > limits::MEETING_MINUTES {
        return Err(Refusal::TooMany { field: "minutes".into(), limit: limits::MEETING_MINUTES }.into());
    }
    Ok(())
}

/// Opens a conference. A station may also be opened by whoever gives the advice.
pub(crate) fn open(facts: &Facts, actor: &Actor, draft: &ConferenceDraft) -> Decision {
    let path = facts.find(draft.place)?.map(|place| place.path.clone()).unwrap_or_default();
    let refused = || Stop::from(Refusal::NoPower { power: Power::ManageEvents });
    let role = rights::role_worn(facts, actor)?.ok_or_else(refused)?;
    let advises = draft.kind == ConferenceKind::Guidance && role.may(Power::Converse, &path);
    if !advises && !role.may(Power::ManageEvents, &path) {
        return Err(refused());
    }
    check(draft)?;
    if facts.taken(draft.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    Ok(vec![put(Conference {
        id: draft.id,
        kind: draft.kind,
        place: draft.place,
        held_at: path,
        opened_by: role.id,
        title: draft.title.trim().to_owned(),
        about: draft.about.trim().to_owned(),
        opens: draft.opens.clone(),
        closes: draft.closes.clone(),
        minutes: draft.minutes,
        state: ConferenceState::Planned,
        version: 0,
    })])
}

/// Changes what families read of it and when they may book. What was booked stays.
pub(crate) fn change(facts: &Facts, actor: &Actor, draft: &ConferenceDraft, version: u32) -> Decision {
    let conference = run(facts, actor, draft.id)?;
    check(draft)?;
    if (draft.kind, draft.place) != (conference.kind, conference.place) {
        return Err(Refusal::Malformed { field: "place".into() }.into());
    }
    if conference.version != version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    Ok(vec![put(Conference {
        title: draft.title.trim().to_owned(),
        about: draft.about.trim().to_owned(),
        opens: draft.opens.clone(),
        closes: draft.closes.clone(),
        minutes: draft.minutes,
        version: version.saturating_add(1),
        ..conference.clone()
    })])
}

/// Calls it off. Each family that has a meeting reads why.
pub(crate) fn cancel(facts: &Facts, actor: &Actor, id: Id<Conference>, reason: &str) -> Decision {
    let conference = run(facts, actor, id)?;
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    let state = ConferenceState::Cancelled { reason: reason.trim().to_owned(), at: facts.now() };
    Ok(vec![put(Conference { state, ..conference.clone() })])
}

/// A conference that the actor runs and that was not called off.
fn run<'f>(facts: &'f Facts, actor: &Actor, id: Id<Conference>) -> Result<&'f Conference, Stop> {
    let conference = facts.get(id)?;
    if !rights::role_worn(facts, actor)?.is_some_and(|role| conference.is_run_by(role)) {
        return Err(Refusal::NoPower { power: Power::ManageEvents }.into());
    }
    if conference.is_cancelled() {
        return Err(Refusal::EventNotOpen.into());
    }
    Ok(conference)
}

fn put(conference: Conference) -> Change {
    Change::put(conference, [Feed::School])
}
