//! An event as a coordinator plans it, and as it is published.

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, DrawDraft, Event, EventState, Facts, Feed, FieldKind, Fill, FormField, Hold, Id, Lesson,
    Look, PartnerOrg, Place, Power, Refusal, SeatRule, Session, SessionState, Stop, Theme, TripPlan, Venue,
    ask::check_fields,
    course, drawing,
    event::{event_feeds, once},
    facts::Decision,
    hold, limits,
    limits::check_text,
    partner, pool, rights, tag, venue_use,
};

fn is_once(limit: &u32) -> bool {
    *limit == once()
}

/// An event as a coordinator plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventDraft {
    /// Made by the coordinator's device.
    pub id: Id<Event>,
    /// The place whose desk runs it: a campus, or the school.
    pub place: Id<Place>,
    /// 家长开放日“牵手同前行，相遇见美好”
    pub title: String,
    /// Plain text.
    pub about: String,
    /// Where on the campus: 校史馆. Of no account where `held_in` names a venue, whose name it is then.
    pub venue: String,
    /// In which venue of the school's; of another campus too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_in: Option<Id<Venue>>,
    /// A programme tag: 家长开放日, 馆校合作.
    pub programme: String,
    /// Further tags it counts for: 六大工程, 五项创新.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Grades and classes it is for; empty means everyone at `place`.
    pub eligible: Vec<Id<Place>>,
    /// Whom a seat is for.
    pub seat_rule: SeatRule,
    /// Seats one family may hold over all sessions.
    pub family_limit: u32,
    /// Sessions a child may have: 1, or more in a series.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub child_limit: u32,
    /// Seats a booking may take for each child that comes: 2 at a joining ceremony. As many as the family may have if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_seats: Option<u32>,
    /// What a family is asked as it signs up; no files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<FormField>,
    /// How it looks.
    #[serde(default, skip_serializing_if = "Look::is_plain")]
    pub look: Look,
    /// Whether a full session has a waitlist.
    pub waitlist: bool,
    /// When sign-up opens.
    #[schemars(with = "String")]
    pub opens: Zoned,
    /// When sign-up closes.
    #[schemars(with = "String")]
    pub closes: Zoned,
    /// Until when a family may give its seats back on its own.
    #[schemars(with = "String")]
    pub withdraw_until: Zoned,
    /// The sessions, in order.
    pub sessions: Vec<SessionDraft>,
    /// Seats are drawn. Settled as the event is published: whoever changes it says nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<DrawDraft>,
    /// The theme it is planned from. Settled as the event is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Id<Theme>>,
    /// It is a lesson of a course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<Lesson>,
    /// With whom it is held. Settled as the event is published, and changed by [`Act::NamePartner`](crate::Act::NamePartner).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<Id<PartnerOrg>>,
    /// It goes somewhere. Settled as the event is published, and changed by [`Act::PlanTrip`](crate::Act::PlanTrip).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<TripPlan>,
}

/// A session as a coordinator plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct SessionDraft {
    /// Made by the coordinator's device.
    pub id: Id<Session>,
    /// 第 1 场
    pub name: String,
    /// Wall time and zone.
    #[schemars(with = "String")]
    pub starts: Zoned,
    /// Wall time and zone.
    #[schemars(with = "String")]
    pub ends: Zoned,
    /// Seats.
    pub capacity: u32,
    /// The first of the sessions that share these seats, itself with its own id there, or another that was published with it; all
    /// of them have the same `capacity`, no holds and no draw. Settled as the session is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Id<Session>>,
    /// In which venue, where that is not the event's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_in: Option<Id<Venue>>,
    /// Grades and classes this session is for; empty means whoever the event is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eligible: Vec<Id<Place>>,
    /// Only for children who have not come to anything of the same programme before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first_timers: bool,
    /// Seats that are kept for some families; at most [`limits::HOLDS_PER_SESSION`], never in a draw.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Hold>,
}

/// Publishes a new event with its sessions.
pub(crate) fn publish(facts: &Facts, actor: &Actor, draft: &EventDraft) -> Decision {
    let path = facts.get(draft.place)?.path.clone();
    rights::require_power(facts, actor, Power::ManageEvents, &path)?;
    check(draft)?;
    if let Some(draw) = &draft.draw {
        drawing::check(draft, &draw.draw())?;
    }
    check_places(facts, draft)?;
    course::check_lesson(facts, draft.place, draft.lesson.as_ref(), None)?;
    if let Some(theme) = draft.theme {
        facts.get(theme)?;
    }
    if facts.taken(draft.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    check_new(facts, draft.sessions.iter())?;
    pool::check_named(draft, &BTreeMap::new())?;
    venue_use::check_named(facts, draft, None)?;
    venue_use::check_fits(facts, draft)?;
    let (venue, partner) = (venue_use::words(facts, draft, None)?, partner::named(facts, draft.partner)?);
    let event = Event { venue, partner, ..draft.event(path) };
    let feeds = event_feeds(&event);
    let mut changes = vec![Change::put(event.clone(), feeds.clone())];
    if let Some(draw) = &draft.draw {
        changes.extend(drawing::planned(&event, draw));
    }
    for session in &draft.sessions {
        changes.extend(session.opened(&event, session.pool, &feeds, facts.now()));
    }
    Ok(changes)
}

impl EventDraft {
    /// The event as it is published, at a place with this path.
    #[must_use]
    pub fn event(&self, held_at: Vec<Id<Place>>) -> Event {
        Event {
            id: self.id,
            place: self.place,
            held_at,
            title: self.title.trim().to_owned(),
            about: self.about.trim().to_owned(),
            venue: self.venue.trim().to_owned(),
            held_in: self.held_in,
            programme: self.programme.trim().to_owned(),
            tags: tag::tidy_tags(&self.tags),
            eligible: self.eligible.clone(),
            seat_rule: self.seat_rule,
            family_limit: self.family_limit,
            child_limit: self.child_limit,
            child_seats: self.child_seats,
            questions: self.questions.clone(),
            look: self.look,
            waitlist: self.waitlist,
            opens: self.opens.clone(),
            closes: self.closes.clone(),
            withdraw_until: self.withdraw_until.clone(),
            state: EventState::Published,
            version: 0,
            venues: Vec::new(),
            draw: self.draw.as_ref().map(DrawDraft::draw),
            theme: self.theme,
            partner: None,
            trip: self.trip.as_ref().map(TripPlan::begun),
            lesson: self.lesson.as_ref().map(Lesson::tidy),
        }
    }
}

impl SessionDraft {
    /// The session as it is published.
    #[must_use]
    pub fn session(&self, event: Id<Event>) -> Session {
        Session {
            id: self.id,
            event,
            name: self.name.trim().to_owned(),
            starts: self.starts.clone(),
            ends: self.ends.clone(),
            capacity: self.capacity,
            pool: self.pool,
            held_in: self.held_in,
            eligible: self.eligible.clone(),
            first_timers: self.first_timers,
            holds: self.holds.clone(),
            state: SessionState::Planned,
            moves: Vec::new(),
            venues: Vec::new(),
        }
    }

    /// A new session with all its seats free, or kept; or shared with one that has them.
    pub(crate) fn opened(
        &self,
        event: &Event,
        pool: Option<Id<Session>>,
        feeds: &[Feed],
        now: Timestamp,
    ) -> Vec<Change> {
        let held_in = venue_use::venue_of(self, event.held_in, None, now);
        let session = Session { held_in, pool, ..self.session(event.id) };
        let (passing, counted_here) = (session.passing(), session.counted_with() == session.id);
        let mut changes = vec![Change::put(session, feeds.to_vec())];
        if counted_here {
            let (allotment, timers) = hold::opened(self, now);
            let fill = Fill::of(&allotment);
            changes.extend([Change::put(allotment, []), Change::put(fill, feeds.to_vec())]);
            changes.extend(timers);
        }
        changes.extend(passing);
        changes
    }
}

/// Whom it is for lies where it is held.
pub(crate) fn check_places(facts: &Facts, draft: &EventDraft) -> Result<(), Stop> {
    let within = |places: &[Id<Place>]| {
        let found = Facts::each(places, |place| facts.get(*place))?;
        Ok::<_, Stop>(found.iter().all(|place| place.path.contains(&draft.place)))
    };
    let of_sessions = Facts::each(&draft.sessions, |session| within(&session.eligible));
    let holds = draft.sessions.iter().flat_map(|session| &session.holds);
    let of_holds = Facts::each(holds.filter_map(Hold::places), within);
    if !within(&draft.eligible)? {
        return Err(Refusal::Malformed { field: "eligible".into() }.into());
    }
    if of_sessions?.contains(&false) {
        return Err(Refusal::Malformed { field: "sessions.eligible".into() }.into());
    }
    if of_holds?.contains(&false) {
        return Err(Refusal::Malformed { field: "sessions.holds.places".into() }.into());
    }
    Ok(())
}

/// Sessions that are made have ids of their own.
pub(crate) fn check_new<'d>(
    facts: &Facts,
    sessions: impl Iterator<Item = &'d SessionDraft>,
) -> Result<(), Stop> {
    if Facts::each(sessions, |session| facts.taken(session.id))?.contains(&true) {
        return Err(Refusal::Malformed { field: "sessions.id".into() }.into());
    }
    Ok(())
}

/// Whether a plan makes sense by itself.
pub(crate) fn check(draft: &EventDraft) -> Result<(), Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let too_many = |field: &str, limit| Err(Refusal::TooMany { field: field.into(), limit }.into());
    check_text("title", &draft.title, 1, limits::TITLE_CHARS)?;
    check_text("about", &draft.about, 0, limits::BODY_CHARS)?;
    check_text("venue", &draft.venue, 0, limits::TITLE_CHARS)?;
    check_text("programme", &draft.programme, 0, limits::TITLE_CHARS)?;
    tag::check("tags", &draft.tags)?;
    if draft.sessions.is_empty() {
        return malformed("sessions");
    }
    if draft.sessions.len() > limits::SESSIONS_PER_EVENT {
        return too_many("sessions", u32::try_from(limits::SESSIONS_PER_EVENT).unwrap_or(u32::MAX));
    }
    let targets = draft.sessions.iter().map(|session| &session.eligible).chain([&draft.eligible]);
    if targets.into_iter().any(|places| places.len() > limits::TARGETS_PER_AUDIENCE) {
        return too_many("eligible", u32::try_from(limits::TARGETS_PER_AUDIENCE).unwrap_or(u32::MAX));
    }
    if draft.family_limit == 0 || draft.family_limit > limits::SEATS_PER_SESSION {
        return malformed("family_limit");
    }
    if draft.child_limit == 0 || draft.child_limit as usize > limits::SESSIONS_PER_EVENT {
        return malformed("child_limit");
    }
    if draft.child_seats.is_some_and(|seats| seats == 0 || seats > draft.family_limit) {
        return malformed("child_seats");
    }
    draft.trip.as_ref().map_or(Ok(()), TripPlan::check)?;
    check_fields("questions", &draft.questions, 0)?;
    if draft.questions.iter().any(|question| question.value == FieldKind::File) {
        return malformed("questions");
    }
    if draft.opens >= draft.closes {
        return malformed("closes");
    }
    let mut ids = std::collections::BTreeSet::new();
    for session in &draft.sessions {
        check_text("sessions.name", &session.name, 0, limits::TITLE_CHARS)?;
        if session.starts >= session.ends || !ids.insert(session.id) || session.id.uuid() == draft.id.uuid() {
            return malformed("sessions");
        }
        if session.capacity == 0 {
            return malformed("sessions.capacity");
        }
        if session.capacity > limits::SEATS_PER_SESSION {
            return too_many("sessions.capacity", limits::SEATS_PER_SESSION);
        }
        hold::check(draft, session)?;
    }
    pool::check(draft)
}
