//! 举报: a message is reported, an administrator looks, and the school settles it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Earlier, Id, InboxPartner, Message, Partner, Person, Report, ReportClosed, ReportReason, Role, Speaker,
};

use super::{
    conversation::{AccessView, Quote},
    hat::PartnerChoice,
    notice::GuardianName,
    profile::ChildName,
    sync::ItemState,
};

/// `report.list`: what was reported about children this hat covers.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ReportList")]
pub struct List {}

/// Reports.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Reports {
    /// Open ones first, the oldest first; then the others, the newest first.
    pub reports: Vec<ReportView>,
    /// Whether this hat may read what was reported.
    pub may_read: bool,
}

/// A report.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReportView {
    /// Which.
    pub id: Id<Report>,
    /// About whom the conversation is.
    pub child: ChildName,
    /// Who said what was reported.
    pub said_by: Speaker,
    /// Who reported it.
    pub by: Speaker,
    /// Why.
    pub reason: ReportReason,
    /// In the reporter's words; may be empty.
    pub words: String,
    /// When the school took it.
    pub at: Timestamp,
    /// How it was settled.
    pub closed: Option<ReportClosed>,
    /// The access log of the conversation, as everybody in it sees it.
    pub log: Vec<AccessView>,
    /// Guardians who may write there, or may only read.
    pub guardians: Vec<GuardianHere>,
    /// Staff who may be asked to read along; empty where this is not for whoever sits here to settle.
    pub readers: Vec<PartnerChoice>,
    /// Who was asked to, and still does.
    pub appointed: Vec<Appointed>,
    /// It concerns whoever sits here: somebody else has to settle it.
    pub concerned: bool,
    /// A wish about it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// A member of staff whom the school asked to read along.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "AppointedReader")]
pub struct Appointed {
    /// In which hat.
    pub role: Id<Role>,
    /// Who.
    pub name: String,
    /// What the school calls the hat.
    pub title: String,
}

/// A guardian in a reported conversation.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GuardianHere {
    /// Who.
    pub guardian: GuardianName,
    /// May only read.
    pub stopped: bool,
}

/// `report.make`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ReportMake")]
pub struct Make {
    /// Which message.
    pub message: Id<Message>,
    /// Why.
    pub reason: ReportReason,
    /// In one's own words; may be empty unless the reason is another one.
    pub words: String,
}

/// `report.read`: asks the school for the conversation, which writes the reading into its access log first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ReportRead")]
pub struct Read {
    /// Because of what.
    pub report: Id<Report>,
}

/// A reported conversation, for this once: nothing of it stays on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReportedThread {
    /// One line.
    pub title: String,
    /// Staff who take part.
    pub with: Vec<Partner>,
    /// Shared inboxes that take part.
    pub inboxes: Vec<InboxPartner>,
    /// All that was said, in its order.
    pub messages: Vec<ReportedMessage>,
    /// The message that was reported.
    pub reported: Option<Id<Message>>,
}

/// Something that was said in it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReportedMessage {
    /// Which.
    pub id: Id<Message>,
    /// Who said it.
    pub by: Speaker,
    /// Plain text; empty once it was deleted.
    pub text: String,
    /// What it answers.
    pub quotes: Option<Quote>,
    /// When the school took it.
    pub at: Timestamp,
    /// What it said before, oldest first.
    pub earlier: Vec<Earlier>,
    /// When it was taken back.
    pub deleted: Option<Timestamp>,
}

/// `report.close`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ReportClose")]
pub struct Close {
    /// Which.
    pub report: Id<Report>,
    /// For whoever reported it.
    pub to_reporter: String,
    /// For everybody in the conversation.
    pub to_all: String,
}

/// `report.stop`: a guardian may only read in the conversation that was reported.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ReportStop")]
pub struct Stop {
    /// What was reported.
    pub report: Id<Report>,
    /// Whom.
    pub guardian: Id<Person>,
    /// Why, for everybody in it to read.
    pub why: String,
    /// Whom that guardian may talk to.
    pub call: String,
}

/// `report.appoint-reader`: a member of staff reads along in the conversation that was reported, to look after the child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ReportAppointReader")]
pub struct AppointReader {
    /// What was reported.
    pub report: Id<Report>,
    /// Whom.
    pub who: Id<Role>,
    /// From now on no more.
    pub ends: bool,
}

/// `report.let-write`: that guardian may write again.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ReportLetWrite")]
pub struct LetWrite {
    /// What was reported.
    pub report: Id<Report>,
    /// Whom.
    pub guardian: Id<Person>,
}
