//! 到岗: who of a shift came, from when until when. One row for each shift and person with what was said of it, so that two desks
//! that were cut off mark one row. What is marked proposes hours; somebody else approves them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Due, DueKind, Facts, Feed, HoursBy, HoursEntry, HoursState, Id, Kind, List,
    Person, Post, Refusal, Shift, Stop, Take, TakeState, derived, guest, hours_book, limits,
    limits::check_text, shift_take::take_id, supervisor,
};

/// What is said of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum DutySaid {
    /// Came.
    Came {
        /// Checked in.
        #[schemars(with = "String")]
        from: Timestamp,
        /// Checked out; still there if `None`.
        #[schemars(with = "Option<String>")]
        until: Option<Timestamp>,
    },
    /// Did not come.
    Missed {
        /// The excuse, in a few words; there is none if empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        excuse: String,
    },
}

/// What a desk says of one person of a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct DutyWish {
    /// Of whom.
    pub person: Id<Person>,
    /// What.
    pub said: DutySaid,
    /// How many marks this desk saw on the row: 0 for none. Who saw them all corrects them.
    pub seen: u32,
}

/// One mark, as it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct DutyMark {
    /// What was said.
    pub said: DutySaid,
    /// Who said it; the clock, at the end of the shift, if `None`.
    pub by: Option<Id<Person>>,
    /// The name, as everybody reads it.
    pub by_name: String,
    /// When the school heard.
    pub at: Timestamp,
    /// It was said without knowing of the mark before it.
    pub blind: bool,
}

/// Whether somebody came to a shift. For that person, the desk and the supervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDuty {
    /// Follows from shift and person.
    pub id: Id<OnDuty>,
    /// To which shift.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// What was said, the last of it last; at most [`limits::DUTY_MARKS`].
    pub marks: Vec<DutyMark>,
    /// How many there were in all.
    pub count: u32,
    /// What holds.
    pub holds: DutySaid,
    /// Two desks that did not know of each other said different things, and nobody has settled it since.
    pub disputed: bool,
}

impl OnDuty {
    /// The row as it reads now, for that person, the desk and the supervisor.
    pub(crate) fn put(self) -> Change {
        let feeds = [Feed::Person(self.person), Feed::Desk(self.post.uuid()), Feed::Duty(self.post)];
        Change::put(self, feeds)
    }

    /// Where that of a person in a shift is kept.
    #[must_use]
    pub fn of(shift: Id<Shift>, person: Id<Person>) -> Id<Self> {
        derived("on-duty", shift.uuid(), person.uuid())
    }

    /// Whether somebody should have been checked out by now, if they are still there by what was said.
    #[must_use]
    pub fn overstays(&self, shift: &Shift, now: Timestamp) -> bool {
        self.holds.overstays(shift, now)
    }

    /// With one more mark. Of two that did not know of each other, who saw the person is right.
    pub(crate) fn marked(mut self, mark: DutyMark) -> Self {
        let holds = (&mut self.holds, &mut self.disputed);
        add(&mut self.marks, &mut self.count, holds, mark, Some(self.person));
        self
    }
}

/// One more mark, and what holds with it. Of two that did not know of each other, who saw somebody is right; nobody settles what is
/// said of themselves.
pub(crate) fn add(
    marks: &mut Vec<DutyMark>,
    count: &mut u32,
    (holds, disputed): (&mut DutySaid, &mut bool),
    mark: DutyMark,
    of: Option<Id<Person>>,
) {
    let came = |said: &DutySaid| matches!(said, DutySaid::Came { .. });
    // Two kiosks that read one code are no two opinions: who came, came when the first of them saw it.
    let same = mark.blind && *count > 0 && is_same_arrival(holds, &mark.said);
    let differs = mark.blind && *count > 0 && mark.said != *holds && !same;
    let earlier = same && holds.came_at() <= mark.said.came_at();
    let stands = differs && came(holds) && !came(&mark.said);
    if !earlier && !stands {
        *holds = mark.said.clone();
    }
    // The clock settles nothing.
    let settles = !mark.blind && mark.by.is_some_and(|by| Some(by) != of);
    *disputed = differs || (*disputed && !settles);
    *count = count.saturating_add(1);
    marks.push(mark);
    if marks.len() > limits::DUTY_MARKS {
        marks.remove(0);
    }
}

/// Whether both say that somebody came about then, and is still there.
fn is_same_arrival(one: &DutySaid, other: &DutySaid) -> bool {
    let (DutySaid::Came { from: one, until: None }, DutySaid::Came { from: other, until: None }) =
        (one, other)
    else {
        return false;
    };
    one.duration_since(*other).abs() <= limits::DUTY_SAME_ARRIVAL
}

impl DutySaid {
    /// Whether it leaves somebody there half an hour after the end of the shift.
    pub(crate) fn overstays(&self, shift: &Shift, now: Timestamp) -> bool {
        let end = shift.ends.timestamp().saturating_add(limits::DUTY_OVERSTAY).unwrap_or(Timestamp::MAX);
        matches!(self, Self::Came { until: None, .. }) && now >= end
    }

    fn came_at(&self) -> Option<Timestamp> {
        if let Self::Came { from, .. } = self { Some(*from) } else { None }
    }

    /// How long somebody was there, in whole minutes, at most those of one entry; `None` of who is still there or did not come.
    #[must_use]
    pub fn minutes(&self) -> Option<u32> {
        let Self::Came { from, until: Some(until) } = self else { return None };
        let minutes = until.duration_since(*from).as_mins().clamp(0, i64::from(limits::HOURS_MINUTES));
        u32::try_from(minutes).ok()
    }
}

impl Shift {
    /// Whether it may be said who came, at this moment: from three hours before it begins, for half a year.
    ///
    /// # Errors
    /// Why not: [`Refusal::NotOpenYet`], [`Refusal::Closed`].
    pub fn takes_marks_at(&self, now: Timestamp) -> Result<(), Refusal> {
        let opens = self.starts.saturating_sub(limits::CHECK_IN_BEFORE);
        let until = self.ends.saturating_add(limits::DUTY_AFTER);
        if now < opens.timestamp() {
            Err(Refusal::NotOpenYet { opens })
        } else if now >= until.timestamp() {
            Err(Refusal::Closed { since: until })
        } else {
            Ok(())
        }
    }
}

/// Says of people of a shift who came: all of it or nothing.
pub(crate) fn mark(facts: &Facts, actor: &Actor, shift: Id<Shift>, people: &[DutyWish]) -> Decision {
    let shift = facts.get(shift)?;
    let post = facts.get(shift.post)?;
    let by = supervisor::require_marker(facts, actor, post)?;
    let by_name = actor.staff_name(facts)?.unwrap_or_default();
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    if people.is_empty() {
        return malformed("people");
    }
    if people.len() > limits::MARKS_PER_ACT {
        let limit = u32::try_from(limits::MARKS_PER_ACT).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "people".into(), limit }.into());
    }
    let each: std::collections::BTreeSet<_> = people.iter().map(|wish| wish.person).collect();
    if each.len() != people.len() {
        return malformed("people");
    }
    shift.takes_marks_at(facts.now())?;
    let takes = facts.list::<Take>(List::TakesOf(shift.id), limits::ROWS_PER_LIST)?;
    let changes = Facts::each(people, |wish| {
        let coming = |take: &&&Take| take.person == wish.person && take.state == TakeState::Taken;
        let before = facts.find(OnDuty::of(shift.id, wish.person))?;
        let take = takes.iter().find(coming);
        // Of whom something was said, more may be said, whatever became of the take.
        let person_name = before.map(|row| &row.person_name).or(take.map(|take| &take.person_name));
        let person_name = person_name.ok_or_else(|| facts.missing(Kind::Take))?;
        let said = tidy(facts, shift, &wish.said)?;
        // Whoever was let in leaves, and their times are put right, whoever works here by then.
        let is_in = before.is_some_and(|row| matches!(row.holds, DutySaid::Came { .. }));
        if matches!(said, DutySaid::Came { .. }) && !is_in {
            guest::require_received(facts, actor, post, wish.person)?;
        }
        let count = before.map_or(0, |row| row.count);
        let mark = DutyMark {
            said,
            by: Some(by),
            by_name: by_name.clone(),
            at: facts.now(),
            // Who claims to have seen more than there was saw something else.
            blind: wish.seen != count,
        };
        // Said once more, it is no second mark.
        if before.is_some_and(|row| !mark.blind && !row.disputed && row.holds == mark.said) {
            return Ok(Vec::new());
        }
        let row = before.cloned().unwrap_or_else(|| OnDuty {
            id: OnDuty::of(shift.id, wish.person),
            shift: shift.id,
            post: post.id,
            person: wish.person,
            person_name: person_name.clone(),
            marks: Vec::new(),
            count: 0,
            holds: mark.said.clone(),
            disputed: false,
        });
        let entered = HoursBy { person: by, name: by_name.clone(), at: facts.now() };
        let row = row.marked(mark);
        // A mark that changed nothing of what holds makes nobody the author of it: whoever said it first does not approve it.
        let says = before.is_none_or(|before| before.holds != row.holds);
        follow(facts, post, shift, row, says.then_some(entered))
    })?;
    Ok(changes.into_iter().flatten().collect())
}

/// As it is kept: nothing is said of what has not been yet, and nobody leaves before they came.
pub(crate) fn tidy(facts: &Facts, shift: &Shift, said: &DutySaid) -> Result<DutySaid, Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    match said {
        DutySaid::Missed { excuse } => {
            check_text("excuse", excuse, 0, limits::NOTE_CHARS)?;
            // Who is not there yet may still come.
            if facts.now() < shift.starts.timestamp() && excuse.trim().is_empty() {
                return Err(Refusal::NotOpenYet { opens: shift.starts.clone() }.into());
            }
            Ok(DutySaid::Missed { excuse: excuse.trim().to_owned() })
        }
        DutySaid::Came { from, until } => {
            let earliest = shift.starts.saturating_sub(limits::CHECK_IN_BEFORE).timestamp();
            let latest = shift.ends.saturating_add(limits::DUTY_LATEST).timestamp();
            // A device's clock may be ahead: what it says of later is now.
            let from = (*from).min(facts.now());
            let until = until.map(|until| until.min(facts.now()));
            if from < earliest || from >= latest {
                return malformed("from");
            }
            if until.is_some_and(|until| until <= from || until > latest) {
                return malformed("until");
            }
            Ok(DutySaid::Came { from, until })
        }
    }
}

/// The row, and what follows from what it says: hours that are proposed where somebody said something new, or a timer that
/// closes it.
pub(crate) fn follow(
    facts: &Facts,
    post: &Post,
    shift: &Shift,
    row: OnDuty,
    entered: Option<HoursBy>,
) -> Decision {
    let (id, count, holds) = (row.id, row.count, row.holds.clone());
    let entry = match entered {
        Some(entered) => proposed(facts, post, shift, &row, entered)?,
        None => None,
    };
    let received = guest::said(facts, &row)?;
    let mut changes = vec![row.put()];
    changes.extend(received);
    changes.extend(entry.map(hours_book::put));
    if matches!(holds, DutySaid::Came { until: None, .. }) {
        let at = shift.ends.saturating_add(limits::DUTY_CLOSED).timestamp();
        changes.push(Change::Set(Due::new(DueKind::CloseDuty, id.uuid(), at, count)));
    }
    Ok(changes)
}

/// The entry that follows, where one does: what was answered stays as it is, and is corrected.
fn proposed(
    facts: &Facts,
    post: &Post,
    shift: &Shift,
    row: &OnDuty,
    entered: HoursBy,
) -> Result<Option<HoursEntry>, Stop> {
    let id = HoursEntry::of_shift(shift.id, row.person);
    let before = facts.find(id)?;
    let minutes = row.holds.minutes().unwrap_or_default();
    let open = |entry: &HoursEntry| matches!(entry.state, HoursState::Waiting | HoursState::Withdrawn);
    let refused =
        |entry: &HoursEntry| matches!(entry.state, HoursState::Refused { .. }) && entry.minutes != minutes;
    Ok(match before {
        None if minutes == 0 => None,
        Some(entry) if minutes == 0 => {
            entry.waits().then(|| HoursEntry { state: HoursState::Withdrawn, ..entry.clone() })
        }
        Some(entry) if !open(entry) && !refused(entry) => None,
        _ => Some(HoursEntry {
            id,
            person: row.person,
            person_name: row.person_name.clone(),
            place: post.place,
            shift: Some(shift.id),
            post: Some(post.id),
            title: post.title.clone(),
            programme: post.programme.clone(),
            day: shift.starts.date(),
            minutes,
            evidence: String::new(),
            files: Vec::new(),
            corrects: None,
            reason: String::new(),
            entered,
            state: HoursState::Waiting,
        }),
    })
}

/// Whether somebody still comes to a shift that stands: where it was called off or given back, what was said of it is the desk's
/// to settle.
pub(crate) fn is_theirs(facts: &Facts, shift: &Shift, person: Id<Person>) -> Result<bool, Stop> {
    let take = facts.find(take_id(shift.id, person))?;
    Ok(shift.is_on() && take.is_some_and(|take| take.state == TakeState::Taken))
}

/// Nobody was checked out long after the end: they left as the shift ended, unless somebody says otherwise.
pub(crate) fn close(facts: &Facts, id: Id<OnDuty>, generation: u32) -> Decision {
    let Some(row) = facts.find(id)? else { return Ok(Vec::new()) };
    let DutySaid::Came { from, until: None } = row.holds else { return Ok(Vec::new()) };
    if row.count != generation {
        return Ok(Vec::new());
    }
    let shift = facts.get(row.shift)?;
    if facts.now() < shift.ends.saturating_add(limits::DUTY_CLOSED).timestamp() {
        return Ok(Vec::new());
    }
    if !is_theirs(facts, shift, row.person)? {
        return Ok(Vec::new());
    }
    let post = facts.get(row.post)?;
    // Whoever came after the end was there for no time.
    let until = shift.ends.timestamp().max(from);
    let says = row.marks.iter().rev().find(|mark| mark.by.is_some() && mark.said == row.holds);
    let entered =
        says.and_then(|mark| Some(HoursBy { person: mark.by?, name: mark.by_name.clone(), at: facts.now() }));
    if entered.is_none() {
        return Ok(Vec::new());
    }
    let mark = DutyMark {
        said: DutySaid::Came { from, until: Some(until) },
        by: None,
        by_name: String::new(),
        at: facts.now(),
        blind: false,
    };
    follow(facts, post, shift, row.clone().marked(mark), entered)
}
