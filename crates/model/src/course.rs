//! 课程: lessons that belong together, of parents (家长课程) or of everybody (菁菁读书堂). A lesson is an event with its sessions,
//! seats and waitlist; the course says what they have in common and in which order they are.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Event, Facts, Feed, Id, Kind, List, Person, Place, Power, Refusal, Session,
    Stop, limits, limits::check_text, rights,
};

/// Whom a course is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum CourseKind {
    /// 家长课程: of each parent it is kept at which lessons they were.
    Parents,
    /// A hall's series for everybody: seats and check-in, and nothing is kept of single parents.
    Everybody,
}

/// Where a course is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum CourseState {
    /// Only the desk sees it.
    Draft,
    /// Everyone sees it.
    Published,
    /// It gets no more lessons; everyone sees it still.
    Ended,
    /// It was ended before anybody saw it: it stays with its desk, and in no list.
    Dropped,
}

/// A course as its desk keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct CourseDraft {
    /// The place whose desk runs it. Settled as it is kept first.
    pub place: Id<Place>,
    /// 做智慧家长
    pub title: String,
    /// Plain text.
    pub about: String,
    /// A programme tag: 新美家长发展中心.
    pub programme: String,
    /// In the desk's words: 一至三年级家长.
    pub for_whom: String,
    /// Whom it is for. Settled as it is kept first.
    pub kind: CourseKind,
    /// Everyone sees it; that is not taken back.
    pub published: bool,
}

/// A course. Public once published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Identity.
    pub id: Id<Course>,
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// That place and everything above it.
    pub held_at: Vec<Id<Place>>,
    /// One line.
    pub title: String,
    /// Plain text.
    pub about: String,
    /// A programme tag.
    pub programme: String,
    /// In the desk's words.
    pub for_whom: String,
    /// Whom it is for.
    pub kind: CourseKind,
    /// Where it is in its life.
    pub state: CourseState,
    /// Counts its changes, so that two who change it at once notice.
    pub version: u32,
    /// Who kept it last.
    pub by: Id<Person>,
    /// When.
    pub at: Timestamp,
}

/// What makes an event a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Lesson {
    /// Of which course.
    pub course: Id<Course>,
    /// Who speaks, in words: up to [`limits::TITLE_CHARS`].
    pub speakers: String,
}

impl Course {
    /// Whether it gets lessons still.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, CourseState::Draft | CourseState::Published)
    }

    fn feeds(&self) -> Vec<Feed> {
        let public = matches!(self.state, CourseState::Published | CourseState::Ended);
        let public = public.then_some(Feed::School);
        [Feed::Desk(self.id.uuid())].into_iter().chain(public).collect()
    }
}

impl Lesson {
    /// Without blanks around its words.
    #[must_use]
    pub fn tidy(&self) -> Self {
        Self { speakers: self.speakers.trim().to_owned(), ..*self }
    }
}

impl CourseDraft {
    fn check(&self) -> Result<(), Stop> {
        check_text("title", &self.title, 1, limits::TITLE_CHARS)?;
        check_text("about", &self.about, 0, limits::BODY_CHARS)?;
        check_text("programme", &self.programme, 0, limits::TITLE_CHARS)?;
        check_text("for_whom", &self.for_whom, 0, limits::TITLE_CHARS)
    }
}

/// Keeps a course: a new one, or one that is there as it reads now. `version` is the one that was looked at; 0 for a new one.
pub(crate) fn put(
    facts: &Facts,
    actor: &Actor,
    id: Id<Course>,
    draft: &CourseDraft,
    version: u32,
) -> Decision {
    let path = facts.get(draft.place)?.path.clone();
    rights::require_power(facts, actor, Power::ManageEvents, &path)?;
    let by = actor.person().ok_or(Refusal::NoPower { power: Power::ManageEvents })?;
    draft.check()?;
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let mut state = if draft.published { CourseState::Published } else { CourseState::Draft };
    match facts.find(id)? {
        Some(before) => {
            if before.place != draft.place {
                return malformed("place");
            }
            if !before.is_open() {
                return Err(facts.missing(Kind::Course));
            }
            if before.version != version {
                return Err(Refusal::ChangedMeanwhile.into());
            }
            if before.kind != draft.kind {
                return malformed("kind");
            }
            // What families have seen is not hidden from them again.
            if before.state == CourseState::Published {
                state = CourseState::Published;
            }
        }
        None => {
            if facts.taken(id)? || version != 0 {
                return malformed("id");
            }
            let kept = facts.list::<Course>(List::All(Kind::Course), limits::ROWS_PER_LIST)?;
            let open = kept.into_iter().filter(|course| course.is_open());
            if open.count() >= limits::COURSES {
                let limit = u32::try_from(limits::COURSES).unwrap_or(u32::MAX);
                return Err(Refusal::TooMany { field: "courses".into(), limit }.into());
            }
        }
    }
    let trim = |text: &str| text.trim().to_owned();
    let course = Course {
        id,
        place: draft.place,
        held_at: path,
        title: trim(&draft.title),
        about: trim(&draft.about),
        programme: trim(&draft.programme),
        for_whom: trim(&draft.for_whom),
        kind: draft.kind,
        state,
        version: version.saturating_add(1),
        by,
        at: facts.now(),
    };
    let feeds = course.feeds();
    Ok(vec![Change::put(course, feeds)])
}

/// Ends a course: it gets no more lessons, and those it has stay as they are. What nobody saw is not shown by its end.
pub(crate) fn end(facts: &Facts, actor: &Actor, id: Id<Course>) -> Decision {
    let course = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageEvents, &course.held_at)?;
    let by = actor.person().ok_or(Refusal::NoPower { power: Power::ManageEvents })?;
    let state = match course.state {
        CourseState::Draft => CourseState::Dropped,
        CourseState::Published => CourseState::Ended,
        CourseState::Ended | CourseState::Dropped => return Ok(Vec::new()),
    };
    let (version, at) = (course.version.saturating_add(1), facts.now());
    let ended = Course { state, version, by, at, ..course.clone() };
    let feeds = ended.feeds();
    Ok(vec![Change::put(ended, feeds)])
}

/// Refuses a lesson of a course that is not this desk's, gets no more, or has as many as it may. `before` is what the event was a
/// lesson of: it may stay one after its course has ended.
pub(crate) fn check_lesson(
    facts: &Facts,
    place: Id<Place>,
    lesson: Option<&Lesson>,
    before: Option<&Lesson>,
) -> Result<(), Stop> {
    let Some(lesson) = lesson else { return Ok(()) };
    check_text("lesson.speakers", &lesson.speakers, 0, limits::TITLE_CHARS)?;
    let course = facts.get(lesson.course)?;
    if before.is_some_and(|before| before.course == lesson.course) {
        return Ok(());
    }
    // A course of the whole school has lessons on each campus.
    let path = &facts.get(place)?.path;
    if !course.is_open() || !path.contains(&course.place) {
        return Err(facts.missing(Kind::Course));
    }
    let lessons = facts.list::<Event>(List::LessonsOf(lesson.course), limits::ROWS_PER_LIST)?;
    if lessons.len() >= limits::LESSONS_PER_COURSE {
        let limit = u32::try_from(limits::LESSONS_PER_COURSE).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "lessons".into(), limit }.into());
    }
    Ok(())
}

/// When a lesson is over: when the last of its sessions that take place has ended; `None` where none does.
#[must_use]
pub fn lesson_over<'s>(event: &Event, sessions: impl IntoIterator<Item = &'s Session>) -> Option<Timestamp> {
    let held = sessions.into_iter().filter(|session| session.takes_place(event));
    held.map(|session| session.ends.timestamp()).max()
}
