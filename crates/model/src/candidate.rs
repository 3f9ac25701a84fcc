//! Who takes part in a contest, and what of it the school may see.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::{
    Attachment, Change, Child, Contest, Entered, Facts, Feed, Id, List, OrderEntry, Outcome, Person, Place,
    Right, Stage, StageResult, Stop, Turn, derived, limits,
};

/// What a candidate says and shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Entry {
    /// In the child's words; may be empty.
    pub statement: String,
    /// A picture or a PDF.
    pub poster: Option<Attachment>,
    /// When the school got it.
    pub at: Timestamp,
}

/// What the desk says of an entry: nothing is shown unchecked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum CheckState {
    /// The desk has not looked at it as it reads now.
    Unchecked,
    /// It may be shown.
    Fine {
        /// Who looked.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// 请修改
    Revise {
        /// Who looked.
        by: String,
        /// What has to be otherwise.
        words: String,
        /// When.
        at: Timestamp,
    },
}

/// A child that takes part, or is to. For its guardians, the staff of its class, and the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Follows from contest and child.
    pub id: Id<Candidate>,
    /// In which contest.
    pub contest: Id<Contest>,
    /// Whom.
    pub child: Id<Child>,
    /// Its class when it was nominated.
    pub class: Id<Place>,
    /// Who nominated it.
    pub nominated_by: String,
    /// The guardian who agreed; nobody yet if `None`.
    pub guardian: Option<Id<Person>>,
    /// That guardian's name.
    pub guardian_name: String,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// That guardian lets the school see name, statement and poster.
    pub shows: bool,
    /// As it reads now.
    pub entry: Entry,
    /// What it was before, the oldest first.
    pub earlier: Vec<Entry>,
    /// What the desk says of it.
    pub check: CheckState,
    /// What the desk let be shown: the last that was fine.
    pub fine: Option<Entry>,
    /// It was taken out.
    pub withdrawn: Option<Timestamp>,
    /// What stands for it where an order is drawn follows from this; none where an older device nominated it.
    #[serde(default)]
    pub mark: Option<Id<OrderEntry>>,
    /// Counts the versions of the entry and of who agreed to what, so that nothing is checked or overwritten that was not looked at.
    pub version: u32,
    /// When it was nominated.
    pub at: Timestamp,
}

/// A turn everybody may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ShownTurn {
    /// In which stage.
    pub stage: Id<Stage>,
    /// Which place in the order, from 1.
    pub number: u32,
    /// When.
    pub starts: Zoned,
}

/// A stage a candidate got on in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Reached {
    /// Which.
    pub stage: Id<Stage>,
    /// The office it was elected to, in the last stage.
    pub office: Option<String>,
}

/// What the whole school sees of a candidate whose guardian agreed to that. Never that one did not get on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCandidate {
    /// Follows from the candidate.
    pub id: Id<ShownCandidate>,
    /// In which contest.
    pub contest: Id<Contest>,
    /// Which.
    pub candidate: Id<Candidate>,
    /// Whom.
    pub child: Id<Child>,
    /// That child's name.
    pub child_name: String,
    /// Its class.
    pub class: Id<Place>,
    /// What the desk let be shown.
    pub entry: Option<Entry>,
    /// Turns in orders that everybody may see.
    pub turns: Vec<ShownTurn>,
    /// Where it got on.
    pub reached: Vec<Reached>,
}

impl ShownCandidate {
    /// What is shown of a candidate.
    #[must_use]
    pub fn of(candidate: Id<Candidate>) -> Id<Self> {
        derived("shown-candidate", candidate.uuid(), candidate.uuid())
    }
}

impl Candidate {
    /// A child in a contest.
    #[must_use]
    pub fn of(contest: Id<Contest>, child: Id<Child>) -> Id<Self> {
        derived("candidate", contest.uuid(), child.uuid())
    }

    /// Whether it takes part: agreed to, and not taken out.
    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.withdrawn.is_none() && self.guardian.is_some()
    }

    /// Who reads it.
    pub(crate) fn feeds(&self) -> Vec<Feed> {
        vec![
            Feed::Desk(self.contest.uuid()),
            Feed::ChildRight(self.child, Right::Messages),
            Feed::Class(self.class),
        ]
    }

    pub(crate) fn put(self) -> Change {
        let feeds = self.feeds();
        Change::put(self, feeds)
    }
}

/// Everybody in a contest, in the order in which they were nominated.
///
/// # Errors
/// [`Stop::Needs`] until they were loaded.
pub(crate) fn all(facts: &Facts, contest: Id<Contest>) -> Result<Vec<&Candidate>, Stop> {
    facts.list::<Candidate>(List::OfContest(contest), limits::ROWS_PER_LIST)
}

/// Whether a candidate is in a stage: it takes part, and the results that are out let it go on.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn is_in(
    facts: &Facts,
    contest: &Contest,
    stage: Id<Stage>,
    candidate: &Candidate,
) -> Result<bool, Stop> {
    let told = contest.before(stage).filter(|one| contest.results_of(one.id).is_some());
    let results = Facts::each(told, |one| facts.find(StageResult::of(one.id, candidate.id)))?;
    let goes_on =
        |result: Option<&StageResult>| result.is_some_and(|it| !it.dropped && it.outcome == Outcome::GoesOn);
    Ok(candidate.takes_part() && results.into_iter().all(goes_on))
}

/// Who is in a stage, in the order in which they were nominated.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn who_is_in<'f>(
    facts: &'f Facts,
    contest: &Contest,
    stage: Id<Stage>,
) -> Result<Vec<&'f Candidate>, Stop> {
    let all = all(facts, contest.id)?;
    let kept = Facts::each(&all, |candidate| is_in(facts, contest, stage, candidate))?;
    Ok(all.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(candidate, _)| candidate).collect())
}

/// What the school sees of a candidate from now on; `news` are rows this decision changes.
pub(crate) fn shown(
    facts: &Facts,
    contest: &Contest,
    candidate: &Candidate,
    news: (&[Turn], &[StageResult]),
) -> Result<Change, Stop> {
    let (mut turns, mut reached) = (Vec::new(), Vec::new());
    for order in contest.orders.iter().filter(|order| order.shown) {
        let id = Turn::of(order.stage, candidate.id);
        let new = news.0.iter().find(|turn| turn.id == id);
        let turn = if new.is_some() { new } else { facts.find(id)? };
        if let Some(turn) = turn.filter(|turn| !turn.gone) {
            turns.push(ShownTurn { stage: order.stage, number: turn.number, starts: turn.starts.clone() });
        }
    }
    for stage in contest.plan.stages.iter().filter(|stage| contest.results_of(stage.id).is_some()) {
        let id = StageResult::of(stage.id, candidate.id);
        let new = news.1.iter().find(|result| result.id == id);
        let result = if new.is_some() { new } else { facts.find(id)? };
        match result.filter(|result| !result.dropped).map(|result| &result.outcome) {
            Some(Outcome::GoesOn) => reached.push(Reached { stage: stage.id, office: None }),
            Some(Outcome::Elected { office }) => {
                reached.push(Reached { stage: stage.id, office: Some(office.clone()) });
            }
            // What comes after it does not count, whatever was told of that before this was set right.
            Some(Outcome::Out) | None => break,
        }
    }
    let child = facts.find(candidate.child)?;
    let row = ShownCandidate {
        id: ShownCandidate::of(candidate.id),
        contest: contest.id,
        candidate: candidate.id,
        child: candidate.child,
        child_name: child.map(|child| child.name.clone()).unwrap_or_default(),
        class: candidate.class,
        entry: candidate.fine.clone(),
        turns,
        reached,
    };
    let any = row.entry.is_some() || !row.turns.is_empty() || !row.reached.is_empty();
    let may = contest.is_on() && candidate.shows && candidate.takes_part() && any;
    Ok(Change::put(row, if may { vec![Feed::School] } else { Vec::new() }))
}
