//! 资料: a file of a lesson, a row for each, so that what is given later is hidden until then.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Attachment, Change, Course, CourseKind, Decision, Due, DueKind, Event, EventState, Facts, Feed,
    Id, Kind, Lesson, List, Participation, Person, Power, Refusal, Session, Stop,
    attachment::{check_files, require_uploaded},
    course, limits, rights,
};

/// When, and to whom, a material is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Giving {
    /// To everybody, from now on.
    Now,
    /// To everybody, once the lesson is over.
    Afterwards,
    /// To the parents who are marked as having taken part, and to nobody else; in a course for parents.
    TookPart,
}

/// A material as the desk gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MaterialDraft {
    /// Made by the author's device.
    pub id: Id<Material>,
    /// Of which lesson.
    pub event: Id<Event>,
    /// The file, under the name families read.
    pub file: Attachment,
    /// When, and to whom.
    pub giving: Giving,
}

/// A material of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// Identity.
    pub id: Id<Material>,
    /// Of which lesson.
    pub event: Id<Event>,
    /// The file.
    pub file: Attachment,
    /// When, and to whom.
    pub giving: Giving,
    /// Since when everybody has it, if everybody does.
    pub given: Option<Timestamp>,
    /// Who gave it last.
    pub by: Id<Person>,
    /// When.
    pub at: Timestamp,
    /// It was taken back.
    #[serde(default)]
    pub dropped: bool,
}

impl Material {
    /// Whether it is to be given once its lesson is over, and is not yet.
    fn waits(&self) -> bool {
        self.giving == Giving::Afterwards && self.given.is_none() && !self.dropped
    }

    fn put(self) -> Change {
        let readers = match self.giving {
            Giving::TookPart => Some(Feed::TookPart(self.event)),
            Giving::Now | Giving::Afterwards => self.given.map(|_| Feed::School),
        };
        let desk = [Feed::Desk(self.event.uuid())];
        let feeds: Vec<_> = desk.into_iter().chain(readers).filter(|_| !self.dropped).collect();
        Change::put(self, feeds)
    }
}

fn over(facts: &Facts, event: &Event) -> Result<Option<Timestamp>, Stop> {
    let sessions = facts.list::<Session>(List::SessionsOf(event.id), limits::ROWS_PER_LIST)?;
    Ok(course::lesson_over(event, sessions))
}

fn require_desk(facts: &Facts, actor: &Actor, event: &Event) -> Result<Id<Person>, Stop> {
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    actor.person().ok_or_else(|| Refusal::NoPower { power: Power::ManageEvents }.into())
}

/// Refuses a giving that this lesson cannot have.
fn check_giving(facts: &Facts, event: &Event, giving: Giving) -> Result<(), Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let Some(lesson) = &event.lesson else { return malformed("event") };
    if event.state != EventState::Published {
        return Err(Refusal::EventNotOpen.into());
    }
    let of: &Course = facts.get(lesson.course)?;
    if giving == Giving::TookPart && of.kind != CourseKind::Parents {
        return malformed("giving");
    }
    Ok(())
}

/// Gives a new material.
pub(crate) fn put(facts: &Facts, actor: &Actor, draft: &MaterialDraft) -> Decision {
    let event = facts.get(draft.event)?;
    let by = require_desk(facts, actor, event)?;
    check_giving(facts, event, draft.giving)?;
    check_files(std::slice::from_ref(&draft.file), 1)?;
    if facts.taken(draft.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    let there = facts.list::<Material>(List::MaterialsOf(draft.event), limits::ROWS_PER_LIST)?;
    if there.len() >= limits::MATERIALS_PER_LESSON {
        let limit = u32::try_from(limits::MATERIALS_PER_LESSON).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "materials".into(), limit }.into());
    }
    require_uploaded(facts, by, std::slice::from_ref(&draft.file))?;
    let material = Material {
        id: draft.id,
        event: draft.event,
        file: draft.file.clone(),
        giving: draft.giving,
        given: None,
        by,
        at: facts.now(),
        dropped: false,
    };
    given(facts, event, material)
}

/// Says otherwise of a material when, and to whom, it is given; its file stays.
pub(crate) fn set_giving(facts: &Facts, actor: &Actor, id: Id<Material>, giving: Giving) -> Decision {
    let material = facts.get(id)?;
    let event = facts.get(material.event)?;
    let by = require_desk(facts, actor, event)?;
    if material.dropped {
        return Err(facts.missing(Kind::Material));
    }
    check_giving(facts, event, giving)?;
    if material.giving == giving {
        return Ok(Vec::new());
    }
    given(facts, event, Material { giving, given: None, by, at: facts.now(), ..material.clone() })
}

/// The material as it is given at this moment, with the timer of one that waits for the end of its lesson.
fn given(facts: &Facts, event: &Event, material: Material) -> Decision {
    let (now, over) = (facts.now(), over(facts, event)?);
    let given = match material.giving {
        Giving::Now => Some(now),
        Giving::Afterwards => over.filter(|over| *over <= now),
        Giving::TookPart => None,
    };
    let waits = over.filter(|_| material.giving == Giving::Afterwards && given.is_none());
    let timer = waits.map(|at| Change::Set(Due::new(DueKind::GiveMaterial, material.id.uuid(), at, 0)));
    Ok([Material { given, ..material }.put()].into_iter().chain(timer).collect())
}

/// A lesson that has materials, or of which parents were marked, stays a lesson of its course.
pub(crate) fn check_stays(
    facts: &Facts,
    before: &Event,
    lesson: Option<&Lesson>,
    sessions: impl Iterator<Item = Id<Session>>,
) -> Result<(), Stop> {
    let Some(was) = &before.lesson else { return Ok(()) };
    if lesson.is_some_and(|lesson| lesson.course == was.course) {
        return Ok(());
    }
    let materials = facts.list::<Material>(List::MaterialsOf(before.id), limits::ROWS_PER_LIST)?;
    let marked = Facts::each(sessions, |session| {
        facts.list::<Participation>(List::ParticipationsAt(session), limits::ROWS_PER_LIST)
    })?;
    if materials.into_iter().any(|material| !material.dropped) || marked.iter().any(|rows| !rows.is_empty()) {
        return Err(Refusal::Malformed { field: "lesson".into() }.into());
    }
    Ok(())
}

/// What waits for the end of a lesson waits for the new one.
pub(crate) fn wait_until(facts: &Facts, event: Id<Event>, over: Timestamp) -> Decision {
    let materials = facts.list::<Material>(List::MaterialsOf(event), limits::ROWS_PER_LIST)?;
    let waits = materials.into_iter().filter(|material| material.waits());
    let timer = |material: &Material| Due::new(DueKind::GiveMaterial, material.id.uuid(), over, 0);
    Ok(waits.map(|material| Change::Set(timer(material))).collect())
}

/// Takes a material back: nobody has it any more, and devices that fetched it forget it.
pub(crate) fn drop(facts: &Facts, actor: &Actor, id: Id<Material>) -> Decision {
    let material = facts.get(id)?;
    let event = facts.get(material.event)?;
    let by = require_desk(facts, actor, event)?;
    if material.dropped {
        return Err(facts.missing(Kind::Material));
    }
    Ok(vec![Material { by, at: facts.now(), dropped: true, ..material.clone() }.put()])
}

/// Gives what waits for the end of its lesson; where that was put off, waits on. A lesson that was called off gives nothing.
pub(crate) fn give(facts: &Facts, id: Id<Material>) -> Decision {
    let Some(material) = facts.find(id)? else { return Ok(Vec::new()) };
    if !material.waits() {
        return Ok(Vec::new());
    }
    let Some(event) = facts.find(material.event)? else { return Ok(Vec::new()) };
    if event.lesson.is_none() {
        return Ok(Vec::new());
    }
    let Some(over) = over(facts, event)? else { return Ok(Vec::new()) };
    if facts.now() < over {
        return Ok(vec![Change::Set(Due::new(DueKind::GiveMaterial, id.uuid(), over, 0))]);
    }
    Ok(vec![Material { given: Some(over), ..material.clone() }.put()])
}
