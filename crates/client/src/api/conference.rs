//! Conference days 家长会面谈日 and the guidance station 家校共育指导站, for families.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Child, ConferenceKind, ConferenceState, Entered, Id, MeetingOffer, Person, Proxy, Refusal, RoleKind,
};

use super::{
    meeting_plan::Pick,
    profile::{ChildName, PlaceName},
    sync::ItemState,
};

/// `conference.list`: by time, those to come first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceList")]
pub struct List {}

/// The conferences.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Conferences {
    /// By the first time that is offered; where nothing is offered yet, by when booking opens.
    pub conferences: Vec<ConferenceLine>,
    /// Places for which the hat may open a conference day; empty where it may not.
    pub day_places: Vec<PlaceName>,
    /// Places for which the hat may open a guidance station; empty where it may not.
    pub guidance_places: Vec<PlaceName>,
    /// When this list reads otherwise by time alone.
    pub turns: Option<Timestamp>,
}

/// One line of the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConferenceLine {
    /// Which.
    pub id: Id<xinmei_model::Conference>,
    /// What kind of meetings.
    pub kind: ConferenceKind,
    /// Title.
    pub title: String,
    /// Plain text.
    pub about: String,
    /// The place whose desk runs it. A conference day is for children of every campus.
    pub place: PlaceName,
    /// Where it is in its life.
    pub state: ConferenceState,
    /// When families may begin to book.
    pub opens: Zoned,
    /// When that ends.
    pub closes: Zoned,
    /// Whether they may now, by this computer's best knowledge of the school's time.
    pub open_now: bool,
    /// Minutes of one meeting, unless an offer says otherwise.
    pub minutes: u32,
    /// Counts its changes: `conference.change` names the one that was looked at.
    pub version: u32,
    /// The first time that is offered; none yet if `None`.
    pub starts: Option<Zoned>,
    /// The end of the last one.
    pub ends: Option<Zoned>,
    /// How many members of staff offer times.
    pub people: u32,
    /// Slots that are free and still to come, as last heard.
    pub free: u32,
    /// The guardian's meetings here, by start; those that were given back are left out.
    pub mine: Vec<MeetingView>,
    /// Whom the family was asked to come to, and no meeting stands for.
    pub please_come: Vec<PleaseComeView>,
    /// Whether the hat may change it and call it off.
    pub runs: bool,
    /// Whether the hat may open `conference.desk`: a conference day's.
    pub desk: bool,
    /// Whether the hat may offer times here.
    pub may_offer: bool,
    /// The wish to change it or call it off that waits on this computer.
    pub pending: Option<ItemState>,
}

/// 请您来
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PleaseComeView {
    /// To which conference.
    pub conference: Id<xinmei_model::Conference>,
    /// About which child.
    pub child: ChildName,
    /// Who asks.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// For the family to read; may be empty.
    pub words: String,
    /// Since when.
    pub at: Timestamp,
}

/// One meeting, in the fixed words.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MeetingView {
    /// Which.
    pub id: Id<xinmei_model::Meeting>,
    /// In which conference.
    pub conference: Id<xinmei_model::Conference>,
    /// Of which kind that is.
    pub kind: ConferenceKind,
    /// Its title.
    pub title: String,
    /// About which child.
    pub child: ChildName,
    /// Whose meeting it is.
    pub guardian: Id<Person>,
    /// That guardian's name.
    pub guardian_name: String,
    /// Whom they meet.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// Of which offer.
    pub offer: Id<MeetingOffer>,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Where on the campus.
    pub room: String,
    /// The campus.
    pub place: PlaceName,
    /// How it stands.
    pub state: MeetingIs,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// Whether it may be given back now.
    pub may_withdraw: bool,
    /// A wish to give it back or to cancel it that waits on this computer, or was refused.
    pub pending: Option<ItemState>,
    /// What was agreed; of the guidance station only, for the two who met.
    pub note: Option<NoteView>,
}

/// The fixed words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum MeetingIs {
    /// 已保存在本机，联网后自动提交
    Saved,
    /// 已提交，等学校确认
    Sent,
    /// 已约好
    Booked,
    /// 未约上
    Refused {
        /// Why: `slot-taken` where somebody was quicker.
        refusal: Refusal,
        /// The next best: free slots of the same person, as last heard; at most six.
        instead: Vec<FreeSlot>,
    },
    /// Given back.
    Withdrawn,
    /// The school cannot come, or the whole conference was called off.
    Cancelled {
        /// In the school's words.
        reason: String,
        /// The next best: free slots of the same person, as last heard; at most six.
        instead: Vec<FreeSlot>,
    },
}

/// What was agreed in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteView {
    /// Plain text.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When, as it reads now.
    pub at: Timestamp,
    /// As it reads now it waits on this computer.
    pub pending: Option<ItemState>,
}

/// A slot that can be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FreeSlot {
    /// Of which offer.
    pub offer: Id<MeetingOffer>,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
}

/// `conference.open`: whom a family can meet, and when.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceOpen")]
pub struct Open {
    /// Which.
    pub conference: Id<xinmei_model::Conference>,
    /// 代办: for these children of one family; empty for the guardian's own.
    #[serde(default)]
    pub children: Vec<Id<Child>>,
}

/// A conference, whole.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceOpened")]
pub struct Opened {
    /// As in the list.
    pub line: ConferenceLine,
    /// The children about whom one can meet somebody here, each with whom.
    pub children: Vec<ChildTeachers>,
    /// Wishes that one plan takes at most.
    pub most_wishes: u32,
    /// Meetings of one guardian here at most.
    pub most_meetings: u32,
    /// When this reads otherwise by time alone.
    pub turns: Option<Timestamp>,
}

/// Whom one can meet about a child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChildTeachers {
    /// The child.
    pub child: ChildName,
    /// Those who asked first, then by name.
    pub teachers: Vec<TeacherOffer>,
}

/// A member of staff who offers times.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TeacherOffer {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// What they are.
    pub role: RoleKind,
    /// 请您来: they asked for this family. A plan begins with these.
    pub please_come: Option<PleaseComeView>,
    /// The meeting about this child that stands, waits or was refused; the newest.
    pub meeting: Option<MeetingView>,
    /// All times, by start. Empty where somebody asked and offers none yet.
    pub slots: Vec<SlotView>,
}

/// A time somebody offers.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SlotView {
    /// Of which offer.
    pub offer: Id<MeetingOffer>,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Where on the campus.
    pub room: String,
    /// The campus.
    pub place: PlaceName,
    /// Whether it can be booked, as last heard.
    pub state: SlotIs,
    /// Something else the guardian has at that time, or too far away from it.
    pub clash: Option<SlotClash>,
}

/// Whether a slot can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SlotIs {
    /// Nobody has it.
    Free,
    /// The guardian's own: booked, or wished for.
    Mine,
    /// Somebody else's, or the teacher cannot come.
    Taken,
    /// It has begun.
    Over,
}

/// Something else at a slot's time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SlotClash {
    /// What else there is.
    pub with: String,
    /// It is at another time, but on another campus, and too close to get from one to the other.
    pub too_far: bool,
}

/// `conference.book`: all of them or none. Where the family has a meeting about the same child with the same person already, that
/// one moves.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceBook")]
pub struct Book {
    /// In which conference.
    pub conference: Id<xinmei_model::Conference>,
    /// The slots.
    pub meetings: Vec<Pick>,
    /// 代办: for which guardian.
    pub on_behalf_of: Option<Proxy>,
}

/// `conference.withdraw`: give a meeting back. One that was never sent is simply not sent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceWithdraw")]
pub struct Withdraw {
    /// Which.
    pub meeting: Id<xinmei_model::Meeting>,
    /// 代办: for which guardian.
    pub on_behalf_of: Option<Proxy>,
}
