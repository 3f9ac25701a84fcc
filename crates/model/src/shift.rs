//! Posts and their shifts. Every shift is voluntary.

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Change, ClassTurn, Facts, Feed, Fill, Guest, Id, Place, PostEntry, PostTerms, Power,
    Proxy, Refusal, Stop, Take, TakeState,
    class_turn::places_now,
    facts::Decision,
    limits,
    limits::check_text,
    rights,
    shift_comes::check_comes,
    shift_take::{self, put_take, take_id},
    stand_in,
    volunteer::{require_member, volunteer_at},
};

/// A post as a coordinator plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct PostDraft {
    /// Made by the coordinator's device.
    pub id: Id<Post>,
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// 护学岗，东门
    pub title: String,
    /// What to do; plain text.
    pub about: String,
    /// Where to meet.
    pub meeting_point: String,
    /// A programme tag: “绿书签”志愿者实践活动.
    pub programme: String,
    /// The shifts, in order.
    pub shifts: Vec<ShiftDraft>,
    /// What else it says.
    #[serde(default, skip_serializing_if = "PostTerms::is_plain")]
    pub terms: PostTerms,
}

/// A shift as a coordinator plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct ShiftDraft {
    /// Made by the coordinator's device.
    pub id: Id<Shift>,
    /// Wall time and zone.
    #[schemars(with = "String")]
    pub starts: Zoned,
    /// Wall time and zone.
    #[schemars(with = "String")]
    pub ends: Zoned,
    /// People needed.
    pub needed: u32,
}

/// A post. Public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Identity.
    pub id: Id<Post>,
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// That place and everything above it.
    pub held_at: Vec<Id<Place>>,
    /// Title.
    pub title: String,
    /// What to do; plain text.
    pub about: String,
    /// Where to meet.
    pub meeting_point: String,
    /// A programme tag.
    pub programme: String,
    /// What else it says.
    #[serde(default)]
    pub terms: PostTerms,
    /// The supervisor's name; empty where there is none.
    #[serde(default)]
    pub supervisor_name: String,
    /// Counts its changes, so that two who change it at once notice.
    #[serde(default)]
    pub version: u32,
    /// When it changed last; never, if none.
    #[serde(default)]
    pub changed: Option<Timestamp>,
    /// Since when nobody new is looked for. Who has taken a shift still comes.
    #[serde(default)]
    pub ended: Option<Timestamp>,
}

/// A shift of a post. Public; who took it is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Identity.
    pub id: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Wall time and zone.
    pub starts: Zoned,
    /// Wall time and zone.
    pub ends: Zoned,
    /// People needed.
    pub needed: u32,
    /// Called off, with the reason.
    #[serde(default)]
    pub called_off: Option<CalledOff>,
    /// Whose turn it is, of which classes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<ClassTurn>,
    /// Since when it is the turn of each, as it stands now.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub turns_at: BTreeMap<Id<Place>, Timestamp>,
    /// Counts its changes, so that two who change it at once notice.
    #[serde(default)]
    pub version: u32,
    /// When it was before its times were changed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<ShiftMoved>,
}

/// That the times of a shift were changed, and what they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ShiftMoved {
    /// From when it was.
    pub starts: Zoned,
    /// Until when it was.
    pub ends: Zoned,
    /// When that was changed.
    pub at: Timestamp,
}

/// That a shift was called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct CalledOff {
    /// In the desk's words.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

pub(crate) fn post(facts: &Facts, actor: &Actor, draft: &PostDraft) -> Decision {
    let path = facts.get(draft.place)?.path.clone();
    rights::require_power(facts, actor, Power::ManageShifts, &path)?;
    check(draft, 1)?;
    draft.terms.check(facts, &path, None)?;
    let supervisor_name = draft.terms.supervisor_name(facts)?;
    if facts.taken(draft.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    check_new(facts, &draft.shifts)?;
    let post = Post { supervisor_name, ..draft.post(path) };
    let opened = draft.shifts.iter().flat_map(|shift| shift.opened(draft.id));
    Ok(std::iter::once(Change::put(post, post_feeds(draft.id))).chain(opened).collect())
}

/// Where a post and its shifts stand.
pub(crate) fn post_feeds(post: Id<Post>) -> [Feed; 2] {
    [Feed::School, Feed::Desk(post.uuid())]
}

impl PostDraft {
    /// The post as it is published, at a place with this path.
    pub(crate) fn post(&self, held_at: Vec<Id<Place>>) -> Post {
        Post {
            id: self.id,
            place: self.place,
            held_at,
            title: self.title.trim().to_owned(),
            about: self.about.trim().to_owned(),
            meeting_point: self.meeting_point.trim().to_owned(),
            programme: self.programme.trim().to_owned(),
            terms: self.terms.tidy(),
            supervisor_name: String::new(),
            version: 0,
            changed: None,
            ended: None,
        }
    }
}

impl ShiftDraft {
    /// A new shift that nobody has taken.
    pub(crate) fn opened(&self, post: Id<Post>) -> [Change; 3] {
        let Self { id, starts, ends, needed } = self.clone();
        [
            Change::put(Allotment::new(id.uuid(), needed), []),
            Change::put(Fill::empty(id.uuid(), needed), post_feeds(post)),
            Shift {
                id,
                post,
                starts,
                ends,
                needed,
                called_off: None,
                turns: Vec::new(),
                version: 0,
                moved: None,
                turns_at: BTreeMap::new(),
            }
            .put(),
        ]
    }
}

impl Shift {
    /// How many people are missing where so many come: for its own work, or for the pupils, whichever is more. One who comes is both.
    #[must_use]
    pub fn missing(&self, taken: u32, adults_wanted: u32) -> u32 {
        self.needed.saturating_sub(taken).max(adults_wanted)
    }

    /// The row as it reads now, for everybody.
    pub(crate) fn put(self) -> Change {
        let feeds = post_feeds(self.post);
        Change::put(self, feeds)
    }

    /// Whether it takes place.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.called_off.is_none()
    }

    /// Its day, also the one for which a qualification has to count: that of the school's zone, whatever zone its hours are written in.
    #[must_use]
    pub fn day_in(&self, zone: TimeZone) -> Date {
        self.starts.timestamp().to_zoned(zone).date()
    }
}

/// Shifts that are made have ids of their own.
pub(crate) fn check_new(facts: &Facts, shifts: &[ShiftDraft]) -> Result<(), Stop> {
    if Facts::each(shifts, |shift| facts.taken(shift.id))?.contains(&true) {
        return Err(Refusal::Malformed { field: "shifts.id".into() }.into());
    }
    Ok(())
}

/// Whether a plan with at least so many shifts makes sense by itself.
pub(crate) fn check(draft: &PostDraft, least: usize) -> Result<(), Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    check_text("title", &draft.title, 1, limits::TITLE_CHARS)?;
    check_text("about", &draft.about, 0, limits::BODY_CHARS)?;
    check_text("meeting_point", &draft.meeting_point, 0, limits::TITLE_CHARS)?;
    check_text("programme", &draft.programme, 0, limits::TITLE_CHARS)?;
    if draft.shifts.len() < least {
        return malformed("shifts");
    }
    if draft.shifts.len() > limits::SHIFTS_PER_POST {
        let limit = u32::try_from(limits::SHIFTS_PER_POST).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "shifts".into(), limit }.into());
    }
    let mut ids = std::collections::BTreeSet::new();
    for shift in &draft.shifts {
        if shift.starts >= shift.ends || !ids.insert(shift.id) || shift.id.uuid() == draft.id.uuid() {
            return malformed("shifts");
        }
        if shift.needed == 0 || shift.needed > limits::NEEDED_PER_SHIFT {
            return malformed("shifts.needed");
        }
    }
    Ok(())
}

pub(crate) fn take(facts: &Facts, actor: &Actor, id: Id<Shift>, on_behalf_of: Option<&Proxy>) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    let person = volunteer_at(facts, actor, (shift, post), on_behalf_of)?;
    // What holds already is said first: whoever comes needs no qualification to hear that they do.
    let belongs = require_member(facts, actor, person)?;
    let own = facts.find::<Take>(take_id(id, person))?;
    // The desk that enters somebody decides at once.
    let asks = post.terms.entry == PostEntry::Asked && on_behalf_of.is_none();
    let stands = |take: &Take| take.state == TakeState::Taken || asks && take.state == TakeState::Asked;
    if facts.now() < shift.starts.timestamp() && own.is_some_and(stands) {
        return Err(Refusal::ShiftAlready.into());
    }
    check_comes(facts, actor, (shift, post), (person, belongs))?;
    // Who was asked to come needs to ask nobody.
    if asks && own.is_none_or(|take| take.state != TakeState::Offered) {
        return Ok(vec![put_take(facts, actor, on_behalf_of, shift, person, TakeState::Asked)?]);
    }
    let taken = put_take(facts, actor, on_behalf_of, shift, person, TakeState::Taken)?;
    shift_take::fill(facts, shift, person, taken)
}

pub(crate) fn drop(facts: &Facts, actor: &Actor, id: Id<Shift>, on_behalf_of: Option<&Proxy>) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    let person = volunteer_at(facts, actor, (shift, post), on_behalf_of)?;
    let stands = |take: &&Take| matches!(take.state, TakeState::Taken | TakeState::Asked);
    let take = facts.find::<Take>(take_id(id, person))?.filter(stands).ok_or(Refusal::ShiftAlready)?;
    // A guest is taken out whole, so that nothing is kept of them that nobody needs.
    if on_behalf_of.is_some() && facts.find(Guest::of(person))?.is_some() {
        return Err(Refusal::Malformed { field: "on_behalf_of".into() }.into());
    }
    if facts.now() >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    let dropped = put_take(facts, actor, on_behalf_of, shift, person, TakeState::Dropped)?;
    if !facts.complete() || take.state == TakeState::Asked {
        return Ok(vec![dropped]);
    }
    let mut allotment = places_now(facts, shift)?;
    allotment.unseat(shift.hold_of_take(take), 1);
    let search = stand_in::by_itself(facts, shift, post)?;
    Ok([Change::put(allotment, []), dropped].into_iter().chain(search).collect())
}
