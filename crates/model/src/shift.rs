//! Posts and their shifts. Every shift is voluntary.

use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Change, Child, Entered, Facts, Feed, Fill, Hat, Id, Link, List, Person, Place, Power,
    Proxy, Refusal, Role, Stop, clash::overlap, derived, facts::Decision, limits, limits::check_text, rights,
};

/// A post as a coordinator plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
}

/// Whether a volunteer is coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum TakeState {
    /// Coming.
    Taken,
    /// Gave it back.
    Dropped,
}

/// One person's part in a shift. For that person and the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// Follows from shift and person.
    pub id: Id<Take>,
    /// Which shift.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// Whether they come.
    pub state: TakeState,
    /// When the server took it.
    pub at: Timestamp,
}

pub(crate) fn post(facts: &Facts, actor: &Actor, draft: &PostDraft) -> Decision {
    let path = facts.get(draft.place)?.path.clone();
    rights::require_power(facts, actor, Power::ManageShifts, &path)?;
    check(draft)?;
    if facts.taken(draft.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    for taken in Facts::each(&draft.shifts, |shift| facts.taken(shift.id))? {
        if taken {
            return Err(Refusal::Malformed { field: "shifts.id".into() }.into());
        }
    }
    let feeds = [Feed::School, Feed::Desk(draft.id.uuid())];
    let post = Post {
        id: draft.id,
        place: draft.place,
        held_at: path,
        title: draft.title.trim().to_owned(),
        about: draft.about.trim().to_owned(),
        meeting_point: draft.meeting_point.trim().to_owned(),
        programme: draft.programme.trim().to_owned(),
    };
    let mut changes = vec![Change::put(post, feeds)];
    for ShiftDraft { id, starts, ends, needed } in draft.shifts.iter().cloned() {
        changes.push(Change::put(Allotment::new(id.uuid(), needed), []));
        changes.push(Change::put(Fill::empty(id.uuid(), needed), feeds));
        changes.push(Change::put(Shift { id, post: draft.id, starts, ends, needed }, feeds));
    }
    Ok(changes)
}

fn check(draft: &PostDraft) -> Result<(), Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    check_text("title", &draft.title, 1, limits::TITLE_CHARS)?;
    check_text("about", &draft.about, 0, limits::BODY_CHARS)?;
    check_text("meeting_point", &draft.meeting_point, 0, limits::TITLE_CHARS)?;
    check_text("programme", &draft.programme, 0, limits::TITLE_CHARS)?;
    if draft.shifts.is_empty() {
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

/// Whose shift it is: one's own, or 代办 somebody who phoned.
fn volunteer(
    facts: &Facts,
    actor: &Actor,
    post: &Post,
    on_behalf_of: Option<&Proxy>,
) -> Result<Id<Person>, Stop> {
    let Actor::Person { person, hat, .. } = actor else {
        return Err(Refusal::NoPower { power: Power::ManageShifts }.into());
    };
    match (hat, on_behalf_of) {
        (Hat::Staff { .. }, Some(proxy)) => {
            rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
            Ok(proxy.person)
        }
        (_, Some(_)) => Err(Refusal::Malformed { field: "on_behalf_of".into() }.into()),
        (_, None) => Ok(*person),
    }
}

/// A volunteer belongs to the school: staff, or a guardian with any right for a child here. For others a hat enters
/// only staff, whose names everybody knows, and guardians of children it reaches; anybody else is as good as not there.
pub(crate) fn require_member(facts: &Facts, actor: &Actor, person: Id<Person>) -> Result<(), Stop> {
    let today = facts.today()?;
    let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
    let links = facts.list::<Link>(List::LinksBy(person), limits::ROWS_PER_LIST)?;
    let links: Vec<_> = links.into_iter().filter(|link| link.counts(today)).collect();
    let is_member = roles.iter().any(|role| role.holds(today))
        || if actor.person() == Some(person) {
            !links.is_empty()
        } else {
            let children = Facts::each(&links, |link| facts.find(link.child))?;
            let role = rights::role_worn(facts, actor)?;
            let reached = |child: &Child| role.is_some_and(|role| role.may(Power::ManageShifts, &child.path));
            children.into_iter().flatten().any(reached)
        };
    if is_member { Ok(()) } else { Err(facts.missing(crate::Kind::Person)) }
}

pub(crate) fn take(facts: &Facts, actor: &Actor, id: Id<Shift>, on_behalf_of: Option<&Proxy>) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    let person = volunteer(facts, actor, post, on_behalf_of)?;
    require_member(facts, actor, person)?;
    if facts.now() >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    let taken = facts.list::<Take>(List::TakesBy(person), limits::ROWS_PER_LIST)?;
    let taken: Vec<_> = taken.into_iter().filter(|take| take.state == TakeState::Taken).collect();
    if taken.iter().any(|take| take.shift == id) {
        return Err(Refusal::ShiftAlready.into());
    }
    let others = Facts::each(&taken, |take| facts.find(take.shift))?;
    let clash = others
        .into_iter()
        .flatten()
        .find(|other| overlap((&other.starts, &other.ends), (&shift.starts, &shift.ends)));
    if let Some(other) = clash {
        return Err(Refusal::ShiftClash { with: other.id.uuid() }.into());
    }
    let mut allotment = facts.get(Allotment::of(id.uuid()))?.clone();
    if allotment.free() == 0 {
        return Err(Refusal::ShiftFull.into());
    }
    allotment.used += 1;
    Ok(vec![
        Change::put(allotment, []),
        put_take(facts, actor, on_behalf_of, shift, person, TakeState::Taken)?,
    ])
}

pub(crate) fn drop(facts: &Facts, actor: &Actor, id: Id<Shift>, on_behalf_of: Option<&Proxy>) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    let person = volunteer(facts, actor, post, on_behalf_of)?;
    let take = facts.find::<Take>(take_id(id, person))?;
    if take.is_none_or(|take| take.state != TakeState::Taken) {
        return Err(Refusal::ShiftAlready.into());
    }
    if facts.now() >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    let dropped = put_take(facts, actor, on_behalf_of, shift, person, TakeState::Dropped)?;
    if !facts.complete() {
        return Ok(vec![dropped]);
    }
    let mut allotment = facts.get(Allotment::of(id.uuid()))?.clone();
    allotment.used = allotment.used.saturating_sub(1);
    Ok(vec![Change::put(allotment, []), dropped])
}

fn take_id(shift: Id<Shift>, person: Id<Person>) -> Id<Take> {
    derived("take", shift.uuid(), person.uuid())
}

fn put_take(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<&Proxy>,
    shift: &Shift,
    person: Id<Person>,
    state: TakeState,
) -> Result<Change, Stop> {
    // Whoever takes a shift for themselves enters it for nobody else, whatever hat they named.
    let proxy = on_behalf_of.filter(|_| actor.person() != Some(person));
    let entered = actor.entered(facts, proxy)?;
    let take = Take {
        id: take_id(shift.id, person),
        shift: shift.id,
        post: shift.post,
        person,
        person_name: facts.get(person)?.name.clone(),
        entered,
        state,
        at: facts.now(),
    };
    Ok(Change::put(take, [Feed::Person(person), Feed::Desk(shift.post.uuid())]))
}
