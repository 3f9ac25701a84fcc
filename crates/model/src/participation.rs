//! 参加记录: which parent took part in a lesson. A row for each parent and session, marked by the desk, during the lesson or from
//! paper afterwards; without a mark nothing is known, and nobody is said to have stayed away.
//!
//! Check-in counts the heads of a booking; here it is a person. The id follows from session and guardian, so that two desks
//! that were cut off mark one row.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Course, CourseKind, Decision, EndedRight, Event, Facts, Feed, Id, Kind, Link, List,
    Person, Power, Refusal, Seat, Session, Stop, derived, limits, rights,
};

/// What a desk says of one parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ParticipationMark {
    /// Of whom.
    pub guardian: Id<Person>,
    /// The child of theirs they are counted with.
    pub child: Id<Child>,
    /// Was there; was not there otherwise.
    pub came: bool,
    /// How many marks this desk saw on the row: 0 for none. Who saw them all corrects them.
    pub seen: u32,
}

/// One mark, as it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct MarkedBy {
    /// Was there.
    pub came: bool,
    /// Who said so.
    pub by: Id<Person>,
    /// The name, as everybody reads it.
    pub by_name: String,
    /// When the school heard.
    pub at: Timestamp,
    /// It was said without knowing of the mark before it.
    pub blind: bool,
}

/// Whether a parent took part in a session of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// Follows from session and guardian.
    pub id: Id<Participation>,
    /// Of which lesson.
    pub event: Id<Event>,
    /// In which session.
    pub session: Id<Session>,
    /// Who.
    pub guardian: Id<Person>,
    /// That guardian's name.
    pub guardian_name: String,
    /// The child they are counted with. A row names at most one child.
    pub child: Id<Child>,
    /// What was said, the last of it last; at most [`limits::PARTICIPATION_MARKS`].
    pub marks: Vec<MarkedBy>,
    /// How many there were in all.
    pub count: u32,
    /// What holds: see [`Participation::came`].
    came: bool,
}

impl Participation {
    /// Where that of a guardian in a session is kept.
    #[must_use]
    pub fn of(session: Id<Session>, guardian: Id<Person>) -> Id<Self> {
        derived("participation", session.uuid(), guardian.uuid())
    }

    /// Whether the parent was there, as it holds. Of two desks that did not know of each other, who saw the parent is right,
    /// whichever was heard first; who knew what stood has corrected it, and who did not has corrected their own word alone.
    #[must_use]
    pub fn came(&self) -> bool {
        self.came
    }

    /// Whether two desks that did not know of each other said different things, and nobody has settled it since.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.standing().any(|mark| mark.came) && self.standing().any(|mark| !mark.came)
    }

    /// Whether a mark still tells: nobody has settled it since, and who said it blindly has not blindly said it anew.
    fn stands(&self, at: usize, mark: &MarkedBy) -> bool {
        let mut later = self.marks.iter().skip(at.saturating_add(1));
        later.all(|one| one.blind && !(mark.blind && one.by == mark.by))
    }

    fn standing(&self) -> impl Iterator<Item = &MarkedBy> {
        self.marks.iter().enumerate().filter(|(at, mark)| self.stands(*at, mark)).map(|(_, mark)| mark)
    }

    fn marked(mut self, mark: MarkedBy) -> Self {
        self.count = self.count.saturating_add(1);
        self.marks.push(mark);
        if self.marks.len() > limits::PARTICIPATION_MARKS {
            // What still tells is kept longest.
            let past = self.marks.iter().enumerate().position(|(at, mark)| !self.stands(at, mark));
            self.marks.remove(past.unwrap_or(0));
        }
        let came = self.standing().any(|mark| mark.came);
        Self { came, ..self }
    }

    fn put(self) -> Change {
        let feeds = [Feed::Desk(self.event.uuid()), Feed::Own(self.child, self.guardian)];
        Change::put(self, feeds)
    }
}

/// Marks parents of a session: from when it begins, for half a year.
pub(crate) fn mark(
    facts: &Facts,
    actor: &Actor,
    session: Id<Session>,
    marks: &[ParticipationMark],
) -> Decision {
    let session = facts.get(session)?;
    let event = facts.get(session.event)?;
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    let by = actor.person().ok_or(Refusal::NoPower { power: Power::ManageEvents })?;
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let Some(lesson) = &event.lesson else { return malformed("session") };
    let course: &Course = facts.get(lesson.course)?;
    if course.kind != CourseKind::Parents {
        return malformed("session");
    }
    check_time(facts, event, session)?;
    if marks.is_empty() {
        return malformed("marks");
    }
    if marks.len() > limits::MARKS_PER_ACT {
        let limit = u32::try_from(limits::MARKS_PER_ACT).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "marks".into(), limit }.into());
    }
    let mut guardians: Vec<_> = marks.iter().map(|mark| mark.guardian).collect();
    guardians.sort_unstable();
    guardians.dedup();
    if guardians.len() != marks.len() {
        return malformed("marks");
    }
    let by_name = actor.staff_name(facts)?.unwrap_or_default();
    Facts::each(marks, |wish| {
        let link = require_guardian(facts, event, session, wish)?;
        let id = Participation::of(session.id, wish.guardian);
        let before = facts.find(id)?;
        let count = before.map_or(0, |row| row.count);
        let mark = MarkedBy {
            came: wish.came,
            by,
            by_name: by_name.clone(),
            at: facts.now(),
            // Who claims to have seen more than there was saw something else.
            blind: wish.seen != count,
        };
        // Said once more, it is no second mark.
        if before.is_some_and(|row| {
            !mark.blind && (row.came, row.child) == (wish.came, wish.child) && !row.is_disputed()
        }) {
            return Ok(None);
        }
        let mut row = before.cloned().unwrap_or_else(|| Participation {
            id,
            event: event.id,
            session: session.id,
            guardian: wish.guardian,
            guardian_name: link.guardian_name.clone(),
            child: wish.child,
            marks: Vec::new(),
            count: 0,
            came: false,
        });
        if !mark.blind {
            row.child = wish.child;
        }
        Ok(Some(row.marked(mark).put()))
    })
    .map(|changes| changes.into_iter().flatten().collect())
}

/// Nothing is said of a lesson before it begins, as it may still be moved or called off until then; nor long after it.
fn check_time(facts: &Facts, event: &Event, session: &Session) -> Result<(), Stop> {
    session.check_takes_place(event)?;
    Ok(session.takes_marks_at(facts.now())?)
}

impl Session {
    /// Whether parents may be marked here at this moment: from its start, for [`limits::PARTICIPATION_AFTER`].
    ///
    /// # Errors
    /// Why not: [`Refusal::NotOpenYet`], [`Refusal::Closed`].
    pub fn takes_marks_at(&self, now: Timestamp) -> Result<(), Refusal> {
        let until = self.ends.saturating_add(limits::PARTICIPATION_AFTER);
        if !self.has_begun(now) {
            Err(Refusal::NotOpenYet { opens: self.starts.clone() })
        } else if now >= until.timestamp() {
            Err(Refusal::Closed { since: until })
        } else {
            Ok(())
        }
    }
}

/// Only whoever is something to a child of this place, today or on the day of the lesson, can have come as a parent.
fn require_guardian<'f>(
    facts: &'f Facts,
    event: &Event,
    session: &Session,
    wish: &ParticipationMark,
) -> Result<&'f Link, Stop> {
    let link: &Link = facts.get(derived("link", wish.guardian.uuid(), wish.child.uuid()))?;
    let child = facts.get(wish.child)?;
    let seat: Id<Seat> = derived("seat", session.id.uuid(), wish.child.uuid());
    let here = child.path.contains(&event.place) || facts.find(seat)?.is_some_and(|seat| !seat.gone);
    let day = session.starts.date();
    let counts = link.counts(facts.today()?) || link.counts(day) || had_rights(facts, session, wish)?;
    if here && counts { Ok(link) } else { Err(facts.missing(Kind::Link)) }
}

/// Whether a right that has ended stood as the lesson began.
fn had_rights(facts: &Facts, session: &Session, wish: &ParticipationMark) -> Result<bool, Stop> {
    let ended = facts.list::<EndedRight>(List::EndedRightsOf(wish.child), limits::ROWS_PER_LIST)?;
    let (at, day) = (session.starts.timestamp(), session.starts.date());
    let mut own = ended.into_iter().filter(|ended| ended.guardian == wish.guardian);
    Ok(own.any(|ended| ended.stood(ended.right, at, day)))
}
