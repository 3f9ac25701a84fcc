//! Contests in stages: 大队委换届选举.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Break, Candidate, CheckState, Contest, ContestAct, ContestPlan, ContestState, Correction, Entered, Id,
    Outcome, Place, Reached, ShownCandidate, ShownTurn, Stage, StageKind, TurnMark, TurnMoved,
};

use super::{
    file::FileView,
    profile::{ChildName, PlaceName},
    sync::ItemState,
};

/// `contest.list`: those to come first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ContestList")]
pub struct List {}

/// Contests.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Contests {
    /// By their next stage; those that are over last.
    pub contests: Vec<ContestLine>,
    /// Places for which the hat may plan one; empty where it may not.
    pub places: Vec<PlaceName>,
}

/// One line of the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ContestLine {
    /// Which.
    pub id: Id<Contest>,
    /// Title.
    pub title: String,
    /// The place whose desk runs it.
    pub place: PlaceName,
    /// Where it is in its life.
    pub state: ContestState,
    /// From when children may be nominated.
    pub opens: Zoned,
    /// Until when.
    pub closes: Zoned,
    /// Whether they may now, by this computer's best knowledge of the school's time.
    pub open_now: bool,
    /// The stage that is on or comes next.
    pub next: Option<Stage>,
    /// How many stages it has.
    pub stages: u32,
    /// Own children, or those of the hat's classes, that are in it.
    pub mine: Vec<ChildName>,
    /// The hat runs it.
    pub runs: bool,
    /// The newest wish about it that waits on this computer.
    pub pending: Option<PendingStep>,
}

/// A wish about a contest or a candidate, as it stands in the outbox.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PendingStep {
    /// Its name on the wire.
    pub step: String,
    /// How it stands.
    pub state: ItemState,
}

/// `contest.open`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ContestOpen")]
pub struct Open {
    /// Which.
    pub contest: Id<Contest>,
}

/// A contest, as somebody in the hat sees it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ContestOpened")]
pub struct Opened {
    /// Its line of the list.
    pub line: ContestLine,
    /// What is planned.
    pub plan: ContestPlan,
    /// For which places, in words; everybody at the place if empty.
    pub eligible: Vec<PlaceName>,
    /// Its stages, in their order.
    pub stages: Vec<StageView>,
    /// The guardian's children who are in it, or those of the hat's classes; at its desk all.
    pub candidates: Vec<CandidateView>,
    /// Children whom the hat may nominate now.
    pub may_enter: Vec<ChildName>,
    /// What the school may see of candidates, by class and name.
    pub shown: Vec<ShownView>,
    /// Counts its changes: a change names the one that was looked at.
    pub version: u32,
    /// The longest statement.
    pub statement_chars: u32,
    /// The longest reason.
    pub reason_chars: u32,
    /// The longest seed of an order.
    pub seed_chars: u32,
    /// The longest title of an office.
    pub office_chars: u32,
    /// When this reads otherwise by time alone.
    pub turns: Option<Timestamp>,
}

/// A stage and how far it has come.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StageView {
    /// As planned.
    pub stage: Stage,
    /// It is over.
    pub over: bool,
    /// It is the last one: offices are given here.
    pub last: bool,
    /// Its order, once it was drawn.
    pub order: Option<OrderView>,
    /// Since when its results are out.
    pub results: Option<Timestamp>,
    /// Turns it has time for; 0 where there are none.
    pub room: u32,
    /// For its desk: candidates who are in it, by their turns, else as they were nominated.
    pub in_it: Vec<Id<Candidate>>,
    /// For its desk: those of them without a result.
    pub missing: u32,
    /// For its desk: nominations have closed, and nobody has drawn yet.
    pub may_draw: bool,
    /// For its desk: it has begun, and nobody was told how it ended.
    pub may_tell: bool,
}

/// An order, as anybody can work it out again.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OrderView {
    /// What decided it.
    pub seed: String,
    /// Of how many.
    pub entries: u32,
    /// When it was drawn.
    pub at: Timestamp,
    /// Everybody may see it.
    pub shown: bool,
    /// How often it was changed by hand since.
    pub moves: u32,
    /// It is what this computer works out from the seed.
    pub agrees: bool,
}

/// A candidate, for its family, the staff of its class, and the desk.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CandidateView {
    /// Which; known before the school has it.
    pub id: Id<Candidate>,
    /// Whom.
    pub child: ChildName,
    /// Who nominated it.
    pub nominated_by: String,
    /// A guardian agreed.
    pub agreed: bool,
    /// Which.
    pub guardian_name: String,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// The school may see name, statement and poster.
    pub shows: bool,
    /// As it reads now, with what waits on this computer.
    pub entry: EntryView,
    /// What it was before, the latest first.
    pub earlier: Vec<EntryView>,
    /// What the desk says of it.
    pub check: CheckState,
    /// The whole school sees it as it reads now.
    pub is_shown: bool,
    /// It was taken out.
    pub withdrawn: Option<Timestamp>,
    /// Counts the versions of the entry.
    pub version: u32,
    /// Until when statement and poster may be handed in.
    pub until: Zoned,
    /// They may now, by this hat.
    pub may_change: bool,
    /// The hat may agree, say whether it is shown, and take it out.
    pub may_decide: bool,
    /// It may still be taken out.
    pub may_withdraw: bool,
    /// How it stands in each stage.
    pub stages: Vec<OwnStage>,
    /// The newest wish about it that waits on this computer.
    pub pending: Option<PendingStep>,
}

/// What a candidate says and shows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EntryView {
    /// In the child's words; may be empty.
    pub statement: String,
    /// A picture or a PDF.
    pub poster: Option<FileView>,
    /// When the school got it.
    pub at: Timestamp,
}

/// A candidate in a stage.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OwnStage {
    /// Which.
    pub stage: Id<Stage>,
    /// It is in it, by what is known so far.
    pub is_in: bool,
    /// Its turn, once it was drawn.
    pub turn: Option<TurnView>,
    /// How it ended.
    pub result: Option<ResultView>,
}

/// A turn.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TurnView {
    /// Which place in the order, from 1.
    pub number: u32,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// How it stands, with what was noted on this computer and not sent.
    pub mark: TurnMark,
    /// It was moved.
    pub moved: Option<TurnMoved>,
    /// The mark waits on this computer.
    pub pending: bool,
}

/// How a stage ended for a candidate.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ResultView {
    /// How, with what was noted on this computer and not sent.
    pub outcome: Outcome,
    /// Since when the family knows.
    pub published: Option<Timestamp>,
    /// What was set right since, the oldest first.
    pub corrections: Vec<Correction>,
    /// It waits on this computer.
    pub pending: bool,
}

/// What the school may see of a candidate.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShownView {
    /// Of which row: its poster is opened by it.
    pub id: Id<ShownCandidate>,
    /// Name of the child.
    pub name: String,
    /// Its class.
    pub class: PlaceName,
    /// What it says and shows, as the desk let it.
    pub entry: Option<EntryView>,
    /// Turns everybody may see.
    pub turns: Vec<ShownTurn>,
    /// Where it got on.
    pub reached: Vec<Reached>,
}

/// A stage as it is planned.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedStage {
    /// That of a stage that is there; a new one if `None`.
    pub id: Option<Id<Stage>>,
    /// 笔试
    pub name: String,
    /// Where, in words.
    pub venue: String,
    /// From when.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// How it is held.
    pub kind: StageKind,
    /// May be empty.
    pub note: String,
}

/// `contest.put`: a new one, or one that is there as it reads now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ContestPut")]
pub struct Put {
    /// Which; a new one if `None`.
    pub contest: Option<Id<Contest>>,
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// Title.
    pub title: String,
    /// Plain text.
    pub about: String,
    /// For whom; everybody at the place if empty.
    pub eligible: Vec<Id<Place>>,
    /// Candidates of one class at most.
    pub per_class: Option<u32>,
    /// From when children may be nominated.
    pub opens: Zoned,
    /// Until when.
    pub closes: Zoned,
    /// In their order.
    pub stages: Vec<PlannedStage>,
    /// The version that was looked at.
    pub version: u32,
    /// Everybody sees it from now on.
    pub publish: bool,
    /// Why turns move that were told already.
    pub reason: String,
}

/// `contest.times`: when turns of a stage would be, before it is kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ContestTimes")]
pub struct Times {
    /// From when.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Minutes each.
    pub minutes: u32,
    /// Minutes between two.
    pub buffer: u32,
    /// When nobody's turn is.
    pub breaks: Vec<Break>,
}

/// How many turns there is time for.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ContestRoom")]
pub struct Room {
    /// Turns.
    pub turns: u32,
    /// When the last of them ends.
    pub ends: Option<Zoned>,
}

/// `contest.step`: everything else that is done about a contest.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ContestStep")]
pub struct Step {
    /// What.
    pub step: ContestAct,
}
