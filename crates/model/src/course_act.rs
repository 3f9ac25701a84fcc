//! What is wished of courses. On the wire these stand beside all other acts: `"do": "put-course"`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Attachment, Course, CourseDraft, Decision, Facts, Giving, Id, Material, MaterialDraft,
    ParticipationMark, Session, course, material, participation,
};

/// What can be wished of courses. A released kind never changes its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum CourseAct {
    /// Keep a course: a new one, or one that is there as it reads now.
    PutCourse {
        /// Which; made by the author's device for a new one.
        course: Id<Course>,
        /// What it says.
        draft: CourseDraft,
        /// The version that was looked at; 0 for a new one.
        version: u32,
    },
    /// End a course: it gets no more lessons.
    EndCourse {
        /// Which.
        course: Id<Course>,
    },
    /// Give a new material of a lesson.
    PutMaterial {
        /// What.
        material: MaterialDraft,
    },
    /// Say otherwise of a material when, and to whom, it is given.
    SetGiving {
        /// Which.
        material: Id<Material>,
        /// When, and to whom.
        giving: Giving,
    },
    /// Take a material back.
    DropMaterial {
        /// Which.
        material: Id<Material>,
    },
    /// Say which parents took part in a session of a course for parents.
    MarkParticipation {
        /// Which session.
        session: Id<Session>,
        /// Of whom, each once; at most [`limits::MARKS_PER_ACT`](crate::limits::MARKS_PER_ACT).
        marks: Vec<ParticipationMark>,
    },
}

impl CourseAct {
    /// The rows it names, as [`Act::names`](crate::Act::names).
    pub(crate) fn names(&self) -> Vec<Uuid> {
        match self {
            Self::PutCourse { draft, .. } => vec![draft.place.uuid()],
            Self::EndCourse { course } => vec![course.uuid()],
            Self::PutMaterial { material } => vec![material.event.uuid()],
            Self::SetGiving { material, .. } | Self::DropMaterial { material } => vec![material.uuid()],
            Self::MarkParticipation { session, marks } => {
                marks.iter().map(|mark| mark.child.uuid()).chain([session.uuid()]).collect()
            }
        }
    }

    /// The files it carries.
    pub(crate) fn files(&self) -> &[Attachment] {
        if let Self::PutMaterial { material } = self { std::slice::from_ref(&material.file) } else { &[] }
    }

    /// How many people it is about.
    #[must_use]
    pub fn people(&self) -> u32 {
        match self {
            Self::MarkParticipation { marks, .. } => u32::try_from(marks.len()).unwrap_or(u32::MAX),
            _ => 0,
        }
    }

    pub(crate) fn decide(&self, facts: &Facts, actor: &Actor) -> Decision {
        match self {
            Self::PutCourse { course, draft, version } => course::put(facts, actor, *course, draft, *version),
            Self::EndCourse { course } => course::end(facts, actor, *course),
            Self::PutMaterial { material } => material::put(facts, actor, material),
            Self::SetGiving { material, giving } => material::set_giving(facts, actor, *material, *giving),
            Self::DropMaterial { material } => material::drop(facts, actor, *material),
            Self::MarkParticipation { session, marks } => participation::mark(facts, actor, *session, marks),
        }
    }
}

/// An act is exactly one of all. That of courses has no tag of its own, and for that alone its schema would say *any of*, which
/// whoever makes calls from the OpenAPI file cannot follow.
pub(crate) fn one_of(schema: &mut schemars::Schema) {
    if let Some(acts) = schema.remove("anyOf") {
        schema.insert("oneOf".to_owned(), acts);
    }
}
