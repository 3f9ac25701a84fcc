//! Roll-call: where every child is while an alert is on, said by whoever sees the child.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Decision, Facts, Feed, Hat, Id, Kind, Notice, NoticeState, Person, Power, Refusal,
    Right, Stop, derived, limits,
    limits::check_text,
    rights::{link_allowing, require_power, role_worn},
};

/// Where a child is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum RollState {
    /// With whoever says it.
    Safe,
    /// Somebody has to come.
    NeedsHelp,
    /// Fetched.
    PickedUp,
}

/// A wish to say where a child is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Marking {
    /// The first alert of the incident: an update meanwhile takes nothing back.
    pub incident: Id<Notice>,
    /// Who.
    pub child: Id<Child>,
    /// Where.
    pub state: RollState,
    /// In a few words, 在医务室; may be empty.
    #[serde(default)]
    pub note: String,
    /// The version of the mark that stood there when this was made; 0 where there was none. What somebody saw meanwhile
    /// is never replaced unseen.
    #[serde(default)]
    pub replaces: u32,
}

/// Where a child is, as last said, in one incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollMark {
    /// Follows from incident and child.
    pub id: Id<RollMark>,
    /// The first alert of the incident.
    pub incident: Id<Notice>,
    /// Who.
    pub child: Id<Child>,
    /// 1 for the first, one more with each change.
    pub version: u32,
    /// What was said last.
    #[serde(flatten)]
    pub said: Marked,
    /// What was said before, oldest first: at most [`limits::ROLL_MARKS`].
    pub earlier: Vec<Marked>,
}

/// One version of a mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Marked {
    /// Where.
    pub state: RollState,
    /// In a few words; may be empty.
    pub note: String,
    /// Who says it.
    pub by: Id<Person>,
    /// That person's name.
    pub by_name: String,
    /// The hat it was said in, 班主任; empty for a guardian.
    pub by_title: String,
    /// When the server took it.
    pub at: Timestamp,
}

impl RollMark {
    /// Where the mark of a child is kept.
    #[must_use]
    pub fn of(incident: Id<Notice>, child: Id<Child>) -> Id<Self> {
        derived("roll-mark", incident.uuid(), child.uuid())
    }
}

/// What is known of an incident now: the newest alert that families hold of it.
fn newest(facts: &Facts, incident: Id<Notice>) -> Result<&Notice, Stop> {
    let mut notice = facts.get(incident)?;
    while let NoticeState::Superseded { by, .. } = notice.state {
        notice = facts.get(by)?;
    }
    Ok(notice)
}

/// Says where a child is. Late marks count after the all-clear too: they are as true as they were.
pub(crate) fn mark(facts: &Facts, actor: &Actor, wish: &Marking) -> Decision {
    let Marking { incident, child: id, state, note, replaces } = wish;
    check_text("note", note, 0, limits::NOTE_CHARS)?;
    let (by_name, by_title) = marker(facts, actor, *id, *state)?;
    let first = facts.get(*incident)?;
    let child = facts.get(*id)?;
    let there = first.alert.as_ref().filter(|_| first.incident == Some(first.id) && first.was_sent());
    let Some(alert) = there.filter(|_| first.stands_at().iter().any(|place| child.path.contains(place)))
    else {
        return Err(facts.missing(Kind::Notice));
    };
    let newest = newest(facts, *incident)?;
    if matches!(newest.state, NoticeState::Recalled { .. }) {
        return Err(Refusal::NoticeGone { by: None }.into());
    }
    if !alert.roll_call && !newest.alert.as_ref().is_some_and(|alert| alert.roll_call) {
        return Err(Refusal::NothingAsked.into());
    }
    let by = actor.person().ok_or(Stop::Unknown)?;
    let said = Marked { state: *state, note: note.trim().to_owned(), by, by_name, by_title, at: facts.now() };
    let kept = RollMark::of(*incident, *id);
    let before = facts.find(kept)?;
    if let Some(before) = before {
        if before.said.state == *state && before.said.note == said.note {
            return Ok(Vec::new());
        }
        if before.version != *replaces {
            return Err(Refusal::AnsweredAlready { by: before.said.by_name.clone() }.into());
        }
        if before.earlier.len() >= limits::ROLL_MARKS {
            let limit = u32::try_from(limits::ROLL_MARKS).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "marks".into(), limit }.into());
        }
    }
    let earlier = before.map(|before| before.earlier.iter().chain([&before.said]).cloned().collect());
    let mark = RollMark {
        id: kept,
        incident: *incident,
        child: *id,
        version: before.map_or(1, |before| before.version.saturating_add(1)),
        said,
        earlier: earlier.unwrap_or_default(),
    };
    // The staff of the class, and everybody who is told about the child.
    let class = child.class().map(Feed::Class);
    let feeds: Vec<_> = [Feed::ChildRight(*id, Right::Messages)].into_iter().chain(class).collect();
    Ok(vec![Change::put(mark, feeds)])
}

impl RollState {
    /// The rights of which a guardian needs one to say this of a child: who may decide says all of it, and that it was
    /// fetched says whoever may fetch it, too: that is often a grandparent.
    #[must_use]
    pub const fn said_with(self) -> &'static [Right] {
        match self {
            Self::PickedUp => &[Right::PickUp, Right::Decide],
            Self::Safe | Self::NeedsHelp => &[Right::Decide],
        }
    }
}

/// Who may say where a child is: a guardian with the right to, and whoever sees the class list.
fn marker(
    facts: &Facts,
    actor: &Actor,
    child: Id<Child>,
    state: RollState,
) -> Result<(String, String), Stop> {
    let Actor::Person { person, hat } = actor else { return Err(Stop::Unknown) };
    if *hat == Hat::Guardian {
        let mut found = Err(facts.missing(Kind::Child));
        for right in state.said_with() {
            found = link_allowing(facts, *person, child, *right);
            if found.is_ok() {
                break;
            }
        }
        let link = found?;
        return Ok((link.guardian_name.clone(), String::new()));
    }
    let path = match facts.find(child)? {
        Some(child) => child.path.clone(),
        None if facts.complete() => Vec::new(),
        None => return Err(Stop::Unknown),
    };
    require_power(facts, actor, Power::SeeClass, &path)?;
    let role = role_worn(facts, actor)?;
    Ok(role.map(|role| (role.person_name.clone(), role.title.clone())).unwrap_or_default())
}
