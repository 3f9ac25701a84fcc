//! 对话: families and staff talk about one child.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    AccessKind, Addressee, Attachment, Child, Conversation, Earlier, Ended, Id, InboxPartner, Message,
    MutationId, OfficeHours, Partner, ReportClosed, Role, Side, Speaker, Stopped,
};

use super::{
    file::FileView,
    hat::{HatLine, PartnerChoice},
    inbox::InboxLine,
    notice::GuardianName,
    profile::ChildName,
    sync::ItemState,
};

/// `conversation.list`: in a guardian's hat the family's, in a staff hat those the hat takes part in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationList")]
pub struct List {}

/// The conversations.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Conversations {
    /// What waits for this side's answer first, the oldest first; then the others, the newest first.
    pub conversations: Vec<ConversationLine>,
    /// The family's children whom a conversation may be about; in a staff hat none: it begins at the class list.
    pub children: Vec<ChildName>,
    /// Whether this hat may begin one.
    pub may_begin: bool,
    /// Whom the open ones of this hat may be given to: who may talk about the same classes.
    pub substitutes: Vec<PartnerChoice>,
}

/// A conversation in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConversationLine {
    /// Which.
    pub id: Id<Conversation>,
    /// About whom.
    pub child: ChildName,
    /// One line.
    pub title: String,
    /// Staff who take part.
    pub with: Vec<Partner>,
    /// Shared inboxes that take part.
    pub inboxes: Vec<InboxPartner>,
    /// When something was said last.
    pub last: Timestamp,
    /// What: its first 80 characters; empty where it was deleted.
    pub last_text: String,
    /// Who said it.
    pub last_by: Option<Speaker>,
    /// Messages not seen yet.
    pub unread: u32,
    /// Whether the other side spoke last.
    pub waits_for_us: bool,
    /// Nothing is said any more.
    pub ended: Option<Ended>,
    /// A wish about it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// `conversation.open`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationOpen")]
pub struct Open {
    /// Which.
    pub conversation: Id<Conversation>,
    /// How many messages from its end; what is said meanwhile leaves no gap.
    pub most: u32,
}

/// A conversation with a page of what was said.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Thread {
    /// The conversation.
    pub line: ConversationLine,
    /// The last ones, in their order, and after them what waits on this computer.
    pub messages: Vec<MessageView>,
    /// Whether there is something before them.
    pub more: bool,
    /// Guardians who see it, as far as this hat knows of them: staff know all, a guardian only themselves.
    pub guardians: Vec<GuardianName>,
    /// How far the others have read, as far as they show it.
    pub marks: Vec<MarkView>,
    /// Up to where whoever sits here has had it on the screen.
    pub read_up_to: u32,
    /// Whether something may be said.
    pub may_say: bool,
    /// Whether it may be ended.
    pub may_end: bool,
    /// The hat only reads along.
    pub reads_only: bool,
    /// Staff who may be brought in.
    pub colleagues: Vec<PartnerChoice>,
    /// Shared inboxes that take part, with who reads them today.
    pub inboxes: Vec<InboxLine>,
    /// Shared inboxes that may be brought in.
    pub inboxes_beside: Vec<InboxLine>,
    /// Who may be taken out: the hat itself, an inbox it reads, and who was brought in.
    pub may_take_out: Vec<Addressee>,
    /// When the first of the staff in it is back, where all of them are away; for a family.
    pub back_at: Option<Timestamp>,
    /// Which side whoever sits here is on.
    pub side: Side,
    /// Who looked into it from outside, and what the school settled about it.
    pub log: Vec<AccessView>,
    /// Whoever sits here may only read.
    pub stopped: Option<Stopped>,
}

/// Something that was said, or waits on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MessageView {
    /// Which.
    pub id: Id<Message>,
    /// Its place in the conversation, from 1; for one that waits, the place it would have.
    pub seq: u32,
    /// Who said it; nobody knows yet for one that could not be foreseen.
    pub by: Option<Speaker>,
    /// Whether it is one's own.
    pub own: bool,
    /// Plain text; empty once it was deleted.
    pub text: String,
    /// What it answers.
    pub quotes: Option<Quote>,
    /// When the school took it, or when it was typed.
    pub at: Timestamp,
    /// What it said before, oldest first.
    pub earlier: Vec<Earlier>,
    /// When it was taken back.
    pub deleted: Option<Timestamp>,
    /// Who said 收到.
    pub received: Vec<String>,
    /// Whether it may be edited or deleted now.
    pub may_change: bool,
    /// Whether 收到 may be said.
    pub may_receive: bool,
    /// Whether it may be reported to the school.
    pub may_report: bool,
    /// One's own report of it.
    pub report: Option<OwnReport>,
    /// It waits on this computer, or was refused.
    pub pending: Option<ItemState>,
    /// The wish that would say it, for taking back what was not sent.
    pub mutation: Option<MutationId>,
    /// What it carries.
    pub files: Vec<FileView>,
}

/// One's own report of a message.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OwnReport {
    /// When the school took it, or when it was made.
    pub at: Timestamp,
    /// How it was settled.
    pub closed: Option<ReportClosed>,
    /// It waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// What a message answers.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Quote {
    /// Which.
    pub id: Id<Message>,
    /// Who said it.
    pub by: String,
    /// Its first 80 characters; empty where it was deleted.
    pub text: String,
}

/// How far somebody has read.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MarkView {
    /// That person's name.
    pub name: String,
    /// The last [`MessageView::seq`] they had on the screen.
    pub up_to: u32,
}

/// `conversation.partners`: who of the school may be written to about a child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationPartners")]
pub struct Partners {
    /// About whom.
    pub child: Id<Child>,
}

/// Them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PartnerList {
    /// The class's own teachers first.
    pub partners: Vec<PartnerChoice>,
    /// Shared inboxes that are read today, the nearest first.
    pub inboxes: Vec<InboxLine>,
}

/// `conversation.begin`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationBegin")]
pub struct Begin {
    /// About whom.
    pub child: Id<Child>,
    /// With whom of the school; in a staff hat `None`, or an inbox it reads.
    pub with: Option<Addressee>,
    /// One line.
    pub title: String,
    /// The first message.
    pub text: String,
    /// What it carries, as `file.give` made it.
    pub files: Vec<Attachment>,
}

/// It was saved on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Begun {
    /// The wish.
    pub mutation: MutationId,
    /// The conversation.
    pub conversation: Id<Conversation>,
}

/// `conversation.office-hours`: when messages are answered in this hat.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationOfficeHours")]
pub struct SetOfficeHours {
    /// From when until when, Monday to Friday; not told if `None`.
    pub hours: Option<OfficeHours>,
}

/// `conversation.say`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationSay")]
pub struct Say {
    /// Where.
    pub conversation: Id<Conversation>,
    /// What.
    pub text: String,
    /// What it answers.
    pub quotes: Option<Id<Message>>,
    /// What it carries, as `file.give` made it.
    pub files: Vec<Attachment>,
}

/// `conversation.edit`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationEdit")]
pub struct Edit {
    /// Which.
    pub message: Id<Message>,
    /// What it says now.
    pub text: String,
}

/// `conversation.delete`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationDelete")]
pub struct Delete {
    /// Which.
    pub message: Id<Message>,
}

/// `conversation.receive`: 收到
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationReceive")]
pub struct Receive {
    /// Which.
    pub message: Id<Message>,
}

/// `conversation.read`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationRead")]
pub struct Read {
    /// Where.
    pub conversation: Id<Conversation>,
    /// The last [`MessageView::seq`] that was on the screen.
    pub up_to: u32,
    /// Whether the others may know now; else when one answers.
    pub shown: bool,
}

/// `conversation.bring-in`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationBringIn")]
pub struct BringIn {
    /// Where.
    pub conversation: Id<Conversation>,
    /// Whom.
    pub who: Addressee,
    /// To read along and say nothing.
    pub reads_only: bool,
}

/// `conversation.take-out`: leaves it, or takes out who was brought in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationTakeOut")]
pub struct TakeOut {
    /// Where.
    pub conversation: Id<Conversation>,
    /// Whom.
    pub who: Addressee,
}

/// `conversation.end`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationEnd")]
pub struct End {
    /// Which.
    pub conversation: Id<Conversation>,
}

/// `conversation.hand-over`: the open ones of a hat go to somebody else.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationHandOver")]
pub struct HandOver {
    /// Whose; the hat that is on if `None`.
    pub from: Option<Id<Role>>,
    /// To whom.
    pub to: Id<Role>,
}

/// `conversation.hats`: hats whose open conversations this one may hand over, worn and no longer worn.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationHats")]
pub struct ListHats {}

/// Them, by name.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Hats {
    /// The hats.
    pub hats: Vec<HatLine>,
}

/// `conversation.inbox`: asks the school how much there is to hand over.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConversationInbox")]
pub struct LookInbox {
    /// Whose.
    pub role: Id<Role>,
}

/// How much there is, and nothing of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Inbox {
    /// Open conversations.
    pub open: u32,
    /// Who may take them over.
    pub substitutes: Vec<PartnerChoice>,
}

/// One line of the access log of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccessView {
    /// Who of the school.
    pub by: String,
    /// In which hat.
    pub title: String,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub what: AccessKind,
}
