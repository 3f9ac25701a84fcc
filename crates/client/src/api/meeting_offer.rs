//! Conferences from the school's side: opening them, offering times, the day's list, and the desk.

use jiff::Zoned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Break, Child, Conference, ConferenceKind, Cut, Id, Meeting, MeetingOffer, Person, Place, RoleKind,
};

use super::{
    conference::{ConferenceLine, MeetingView},
    profile::{ChildName, PlaceName},
    sync::ItemState,
};

/// `conference.publish`: open a conference day or a guidance station.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferencePublish")]
pub struct Publish {
    /// What kind of meetings.
    pub kind: ConferenceKind,
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// Title.
    pub title: String,
    /// Plain text.
    pub about: String,
    /// When families may begin to book.
    pub opens: Zoned,
    /// When that ends.
    pub closes: Zoned,
    /// Minutes of one meeting, unless an offer says otherwise; 5 to 120.
    pub minutes: u32,
}

/// `conference.change`; kind and place stay.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceChange")]
pub struct Change {
    /// Which.
    pub conference: Id<Conference>,
    /// Title.
    pub title: String,
    /// Plain text.
    pub about: String,
    /// When families may begin to book.
    pub opens: Zoned,
    /// When that ends.
    pub closes: Zoned,
    /// Minutes of one meeting, unless an offer says otherwise; 5 to 120.
    pub minutes: u32,
    /// The version that was looked at.
    pub version: u32,
}

/// `conference.cancel`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceCancel")]
pub struct Cancel {
    /// Which.
    pub conference: Id<Conference>,
    /// For families to read.
    pub reason: String,
}

/// `conference.offer`: offer times, or change what one offers.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceOffer")]
pub struct Offer {
    /// In which conference.
    pub conference: Id<Conference>,
    /// To change one of one's own; `None` for a new one.
    #[serde(default)]
    pub offer: Option<Id<MeetingOffer>>,
    /// What is offered.
    pub times: OfferTimes,
    /// Meant, although families lose a meeting by it: the reason, and how many families there are, as `seats-held` says.
    #[serde(default)]
    pub cut: Option<Cut>,
}

/// When and where somebody is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferTimes {
    /// The campus, or the school where it has only one.
    pub place: Id<Place>,
    /// 教学楼 203
    pub room: String,
    /// From when.
    pub from: Zoned,
    /// Until when, within a day.
    pub until: Zoned,
    /// Minutes of one meeting; 5 to 120.
    pub minutes: u32,
    /// Minutes between two meetings; 0 to 60.
    pub buffer: u32,
    /// When nobody is met; at most 8.
    pub breaks: Vec<Break>,
}

/// `conference.slots`: the slots that would come of it, before it is offered.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceSlots")]
pub struct Slots {
    /// In which conference.
    pub conference: Id<Conference>,
    /// To change one of one's own; `None` for a new one.
    #[serde(default)]
    pub offer: Option<Id<MeetingOffer>>,
    /// What would be offered.
    pub times: OfferTimes,
}

/// What would come of an offer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OfferPreview {
    /// The slots, by start.
    pub slots: Vec<PreviewSlot>,
    /// Families who would lose their meeting: a reason is asked for then.
    pub losing: Vec<MeetingView>,
}

/// A slot that would come.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PreviewSlot {
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
}

/// `conference.withdraw-offer`: one's own, or as the desk for somebody who is ill.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceWithdrawOffer")]
pub struct WithdrawOffer {
    /// Which.
    pub offer: Id<MeetingOffer>,
    /// Meant, although families lose a meeting by it.
    #[serde(default)]
    pub cut: Option<Cut>,
}

/// `conference.cancel-meeting`: one cannot come to one meeting.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceCancelMeeting")]
pub struct CancelMeeting {
    /// Which.
    pub meeting: Id<Meeting>,
    /// For the family to read.
    pub reason: String,
}

/// `conference.please-come`: 请您来, or no more.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferencePleaseCome")]
pub struct PleaseCome {
    /// To which conference.
    pub conference: Id<Conference>,
    /// Whose family.
    pub child: Id<Child>,
    /// For the family to read; may be empty.
    #[serde(default)]
    pub words: String,
    /// From now on no more.
    #[serde(default)]
    pub ends: bool,
}

/// `conference.note`: what was agreed, for the guardian who came and oneself; of the guidance station only.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceNote")]
pub struct Note {
    /// Of which meeting.
    pub meeting: Id<Meeting>,
    /// As it reads from now on; up to 2 000 characters.
    pub text: String,
}

/// `conference.mine`: what one offers in a conference, who comes, and whom one asked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceMine")]
pub struct Mine {
    /// Which.
    pub conference: Id<Conference>,
}

/// A teacher's side of a conference.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MyConference {
    /// As in the list.
    pub line: ConferenceLine,
    /// One's own offers, by start; those that were withdrawn are left out.
    pub offers: Vec<OfferView>,
    /// Where one may offer times: campuses, or the school.
    pub places: Vec<PlaceName>,
    /// Children of one's classes, by class and number, with whether one asked for their families.
    pub children: Vec<AskedChild>,
}

/// An offer, with who comes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OfferView {
    /// Which.
    pub id: Id<MeetingOffer>,
    /// Who is there.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// What they are.
    pub role: RoleKind,
    /// The campus.
    pub place: PlaceName,
    /// What is offered.
    pub times: OfferTimes,
    /// By start.
    pub slots: Vec<DaySlot>,
    /// Slots that are booked.
    pub booked: u32,
    /// A wish to offer, change or withdraw it that waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// A slot of the day's list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DaySlot {
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Who comes, or came, or was cancelled; `None` while it is free.
    pub meeting: Option<MeetingView>,
}

/// A child of one's classes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AskedChild {
    /// The child.
    pub child: ChildName,
    /// 请您来: one asked; what it says.
    pub asked: Option<String>,
    /// Meetings with oneself about this child; separated parents may have one each.
    pub meetings: Vec<MeetingView>,
    /// A wish to ask, or to take it back, that waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// `conference.desk`: how full a conference day is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferenceDesk")]
pub struct Desk {
    /// Which.
    pub conference: Id<Conference>,
}

/// The desk of a conference day.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConferenceDeskView {
    /// As in the list.
    pub line: ConferenceLine,
    /// By person, then by start.
    pub offers: Vec<OfferView>,
    /// Families that were asked to come.
    pub asked: u32,
    /// Of those, families that have booked.
    pub asked_booked: u32,
}
