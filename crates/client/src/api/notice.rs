//! Notices, as families read them and authors compose them.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use xinmei_model::{
    Alert, AnsweredBy, Approved, Ask, AskAgain, Attachment, Audience, Changed, Child, Entered, Id, Notice,
    NoticeState, Person, Proxy, Relation, Reply, Why, file_name_of,
};

pub use super::preview::{Approver, GuardianName, LeftOutView, Noise, Preview, Previewed, RecipientView};
use super::{
    audience::AudienceName,
    file::{ChildFileView, FileView},
    profile::{ChildName, PlaceName},
    sync::ItemState,
};

/// `notice.list`: newest first. In a guardian's hat what the family received, in a staff hat what one wrote and
/// what one's classes received.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeList")]
pub struct List {}

/// The notices.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Notices {
    /// Newest first.
    pub notices: Vec<NoticeLine>,
}

/// One line of the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NoticeLine {
    /// Which.
    pub id: Id<Notice>,
    /// Title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// 班主任
    pub author_title: String,
    /// Whether it is one's own.
    pub mine: bool,
    /// When it was sent, or composed while it is held.
    pub at: Timestamp,
    /// Where it is in its life.
    pub state: NoticeState,
    /// What is asked.
    pub ask: Ask,
    /// By when.
    pub due: Option<Zoned>,
    /// What changed against the notice it replaces.
    pub changed: Option<Changed>,
    /// The last automatic reminder; for whoever has not answered.
    pub reminded: Option<Timestamp>,
    /// The family's children it is for; empty in a staff hat.
    pub children: Vec<ChildName>,
    /// What makes it an alert.
    pub alert: Option<Alert>,
    /// Children answered for: the family's own, or all whose answers this hat reads.
    pub answered: u32,
    /// Children to answer for: the family's own, or all whose answers this hat reads.
    pub of: u32,
    /// The wish still waits on this computer.
    pub pending: Option<ItemState>,
}

/// `notice.open`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeOpen")]
pub struct Open {
    /// Which.
    pub notice: Id<Notice>,
    /// For which child an answer is entered, where the whole sheet is not for this hat to read: 代办.
    #[serde(default)]
    #[ts(optional)]
    pub child: Option<Id<Child>>,
}

/// `notice.asked`: what is asked of the family of a child, answered or not, for whoever may answer on its behalf.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeAsked")]
pub struct Asked {
    /// Which child.
    pub child: Id<Child>,
}

/// What is asked of one family: what, and not what it answered.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticesAsked")]
pub struct AskedOf {
    /// Whose family.
    pub child: ChildName,
    /// The newest first.
    pub notices: Vec<NoticeLine>,
}

/// A notice, whole.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeOpened")]
pub struct Opened {
    /// As in the list.
    pub line: NoticeLine,
    /// Plain text.
    pub body: String,
    /// To whom, in words.
    pub audience: Vec<AudienceName>,
    /// Families reached.
    pub families: u32,
    /// Each child and its answer: the family's own, or the whole class sheet in 学号 order for the author; for whoever
    /// reads along in a class, its children.
    pub sheet: Vec<SheetCell>,
    /// Only the answer of one child can be entered here: who has answered, and what, is not for this hat to read.
    pub on_behalf: bool,
    /// Whether whoever answers for families of a class reads what its families answer.
    pub class_reads: bool,
    /// Whether its author lets it remind those who have not answered.
    pub reminds: bool,
    /// When it reminds them, past and to come; for its author.
    pub reminders: Vec<Timestamp>,
    /// When those who had not answered were reminded, in that order.
    pub reminded_at: Vec<Timestamp>,
    /// For a family: whether it is noted that this guardian has seen it.
    pub seen: bool,
    /// To remind them by hand: the wish waits on this computer, or was refused.
    pub reminding: Option<ItemState>,
    /// The notice this one replaces, for its author's history.
    pub supersedes: Option<Id<Notice>>,
    /// What was answered to that one stands for this one too.
    pub keeps_answers: bool,
    /// The audience as it can be composed again.
    pub audience_is: Audience,
    /// Who has to answer.
    pub answered_by: AnsweredBy,
    /// What there is to choose from, with what is known of each; empty where nothing is chosen.
    pub choices: Vec<ChoiceView>,
    /// Who else agreed to it, where that was needed.
    pub approved: Option<Approved>,
    /// Whether whoever sits here may agree to it now, or say no.
    pub may_approve: bool,
    /// What a signature is given to: SHA-256 of title, body and files, as in [`Reply::Sign`].
    pub sha256: String,
    /// What it carries.
    pub files: Vec<FileView>,
    /// What it carries for one child each, as far as whoever sits here sees it; by class and 学号.
    pub child_files: Vec<ChildFileView>,
    /// Of an alert that calls the roll, in a hat that sees it: the incident under which it is called.
    pub incident: Option<Id<Notice>>,
}

/// Something to choose, and how it stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChoiceView {
    /// In words.
    pub text: String,
    /// Children it has room for.
    pub limit: Option<u32>,
    /// Room left, as last heard; `None` where there is no limit.
    pub left: Option<u32>,
    /// Children it was chosen for: the author sees them all, a family only its own.
    pub taken: u32,
}

/// One child of the class sheet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SheetCell {
    /// Who.
    pub child: ChildName,
    /// 学号
    pub number: String,
    /// What was answered, the latest of each guardian; with one still on its way from here.
    pub answers: Vec<AnswerView>,
    /// Whether nothing is left to answer: for a family, by whoever sits here.
    pub done: bool,
    /// Whether whoever sits here may answer for this child on their own, or change what was answered: reading a notice
    /// takes the right to messages, answering it the right to decide.
    pub may_answer: bool,
    /// The wish waits on this computer.
    pub pending: Option<ItemState>,
    /// Guardians who may decide: staff only.
    pub guardians: Vec<GuardianName>,
    /// Whether the hat may answer for them.
    pub may_enter: bool,
    /// Somebody of this family has seen it or answered: staff only.
    pub seen: bool,
    /// Nobody of this family receives it, and why: staff only.
    pub unreached: Option<Why>,
}

impl SheetCell {
    /// The name under which a file of an answer is saved beside those of other children: `20240201 李雨桐 作业.jpg`.
    #[must_use]
    pub fn file_name(&self, file: &Attachment) -> String {
        file_name_of(&format!("{} {} {}", self.number, self.child.name, file.name))
    }
}

/// An answer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AnswerView {
    /// The row that carries its files, as `file.open` and `file.save` ask for it.
    pub id: Uuid,
    /// What a change of it names, so that nothing is replaced unseen.
    pub version: u32,
    /// Whether it is the one that whoever sits here would change.
    pub mine: bool,
    /// What it says now.
    pub now: GivenView,
    /// What it carries now.
    pub files: Vec<FileView>,
    /// What it said before, oldest first.
    pub earlier: Vec<GivenView>,
}

/// One version of an answer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GivenView {
    /// What.
    pub reply: Reply,
    /// The guardian whose answer it is.
    pub guardian: String,
    /// Which.
    pub guardian_id: Id<Person>,
    /// How related; not known of answers of an earlier release.
    pub relation: Option<Relation>,
    /// 代办: who entered it, and why.
    pub entered: Option<Entered>,
    /// When.
    pub at: Timestamp,
    /// After it was due.
    pub late: bool,
}

/// `notice.reach`: the places the hat may write to.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeReach")]
pub struct Reach {}

/// Where to, the largest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Places {
    /// The places.
    pub places: Vec<PlaceName>,
    /// Events and posts of one's own desks, to come or lately over.
    pub activities: Vec<AudienceName>,
}

/// `notice.send`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeSend")]
pub struct Send {
    /// To whom.
    pub audience: Audience,
    /// Families the author saw on the button.
    pub families_seen: u32,
    /// One line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// What is asked.
    pub ask: Ask,
    /// Who has to answer.
    pub answered_by: AnsweredBy,
    /// By when.
    pub due: Option<Zoned>,
    /// Not before this instant; as soon as the hold window is over if `None`.
    pub send_at: Option<Zoned>,
    /// The notice it replaces.
    pub supersedes: Option<Id<Notice>>,
    /// What was answered to that one stands for this one too.
    pub keeps_answers: bool,
    /// But not of these.
    #[serde(default)]
    pub asks_again: AskAgain,
    /// The fact that changed.
    pub changed: Option<Changed>,
    /// Whoever answers for families of a class reads what its families answer.
    pub class_reads: bool,
    /// Remind those who have not answered, before the deadline.
    pub reminds: bool,
    /// What makes it an alert.
    pub alert: Option<Alert>,
    /// What it carries, as `file.give` made it.
    pub files: Vec<Attachment>,
}

/// `notice.approve`: agree that it goes to the whole school.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeApprove")]
pub struct Approve {
    /// Which.
    pub notice: Id<Notice>,
}

/// `notice.decline`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeDecline")]
pub struct Decline {
    /// Which.
    pub notice: Id<Notice>,
    /// For its author to read.
    pub reason: String,
}

/// `notice.recall`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeRecall")]
pub struct Recall {
    /// Which.
    pub notice: Id<Notice>,
    /// Why, or what holds instead, for families who have it; may be empty.
    pub words: String,
}

/// `notice.seen`: a family had it on the screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeSeen")]
pub struct MarkSeen {
    /// Which.
    pub notice: Id<Notice>,
}

/// `notice.remind`: those who have not answered are told once more.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeRemind")]
pub struct Remind {
    /// Which.
    pub notice: Id<Notice>,
}

/// `notice.answer`: for each of these children, at once.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeAnswer")]
pub struct Answer {
    /// Which.
    pub notice: Id<Notice>,
    /// For whom, and what.
    pub replies: Vec<ChildReply>,
    /// 代办: for which guardian.
    pub on_behalf_of: Option<Proxy>,
}

/// What is replied for one child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChildReply {
    /// For whom.
    pub child: Id<Child>,
    /// What.
    pub reply: Reply,
    /// The version of the answer that was on the screen; 0 where there was none.
    pub replaces: u32,
}
