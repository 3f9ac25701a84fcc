//! The coordinator's side of events: the desk, and what is planned and changed.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Booking, BookingAnswer, Cut, Entered, FormField, HeldFor, Hold, Id, Lesson, PartnerOrg, Place, PutBack,
    SeatRule, Session, Theme, TripPlan, Venue,
};

use super::{
    draw::{DeskDraw, DrawnPlace, PlannedDraw},
    event::{BookingIs, Opened},
    notice::GuardianName,
    profile::{ChildName, PlaceName},
};

/// `event.desk`: the coordinator's event.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventDesk")]
pub struct Desk {
    /// Which.
    pub event: Id<xinmei_model::Event>,
}

/// The coordinator's event, live.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DeskView {
    /// The event.
    pub event: Opened,
    /// Every booking, in order of acceptance.
    pub bookings: Vec<DeskBooking>,
    /// Where seats are drawn.
    pub draw: Option<DeskDraw>,
}

/// A booking as the desk sees it. Lists lead with the child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DeskBooking {
    /// Which.
    pub id: Id<Booking>,
    /// In which session.
    pub session: Id<Session>,
    /// The children.
    pub children: Vec<ChildName>,
    /// The guardian whose booking it is.
    pub guardian: GuardianName,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// Adults.
    pub adults: u32,
    /// Seats.
    pub size: u32,
    /// When the server took it.
    pub at: Timestamp,
    /// How it stands.
    pub state: BookingIs,
    /// What was asked and answered.
    pub answers: Vec<BookingAnswer>,
    /// Why it holds no seats any more.
    pub put_back: Option<PutBack>,
    /// Whether who comes may be changed now.
    pub may_change: bool,
    /// In a draw: the sessions it wishes for, the best first.
    pub wishes: Vec<Id<Session>>,
    /// In a draw, once the roll is published: earlier draws in which it got nothing.
    pub misses: Option<u32>,
    /// How it came out of the draw.
    pub drawn: Option<DrawnPlace>,
}

/// `event.publish`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventPublish")]
pub struct Publish {
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// Title.
    pub title: String,
    /// Plain text.
    pub about: String,
    /// Where on the campus; of no account where `held_in` names a venue.
    pub venue: String,
    /// In which venue of the school's.
    #[serde(default)]
    pub held_in: Option<Id<Venue>>,
    /// A programme tag.
    pub programme: String,
    /// Further tags it counts for.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Grades and classes it is for; empty means everyone at `place`.
    pub eligible: Vec<Id<Place>>,
    /// Whom a seat is for.
    pub seat_rule: SeatRule,
    /// Seats one family may hold.
    pub family_limit: u32,
    /// Sessions a child may have; 1 if it is not said.
    #[serde(default)]
    pub child_limit: Option<u32>,
    /// Seats a booking may take for each child that comes; as many as the family may have if `None`.
    #[serde(default)]
    pub child_seats: Option<u32>,
    /// What a family is asked as it signs up.
    #[serde(default)]
    pub questions: Vec<FormField>,
    /// How it looks.
    #[serde(default)]
    pub look: xinmei_model::Look,
    /// Whether a full session has a waitlist.
    pub waitlist: bool,
    /// When sign-up opens.
    pub opens: Zoned,
    /// When sign-up closes.
    pub closes: Zoned,
    /// Until when a family may give seats back.
    pub withdraw_until: Zoned,
    /// The sessions.
    pub sessions: Vec<PlannedSession>,
    /// Seats are drawn when sign-up has closed. Settled as the event is published: a change says nothing of it.
    #[serde(default)]
    pub draw: Option<PlannedDraw>,
    /// The theme it is planned from. Settled as the event is published.
    #[serde(default)]
    pub theme: Option<Id<Theme>>,
    /// It is a lesson of a course.
    #[serde(default)]
    pub lesson: Option<Lesson>,
    /// With whom it is held. Settled as the event is published: a change says nothing of it.
    #[serde(default)]
    pub partner: Option<Id<PartnerOrg>>,
    /// It goes somewhere. Settled as the event is published: a change says nothing of it.
    #[serde(default)]
    pub trip: Option<TripPlan>,
}

/// `event.copy`: a past event as the plan of a new one. It moves by whole weeks: weekday and wall time stay.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventCopy")]
pub struct Copy {
    /// Which.
    pub event: Id<xinmei_model::Event>,
}

/// An event as it would be planned again.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Copied {
    /// For the form.
    pub plan: Publish,
    /// Grades and classes it was for that have none after them now: nobody in their place was chosen.
    pub left_out: Vec<PlaceName>,
    /// Sessions whose own venue is used no more, by name: unless somebody chooses, they are where the event is.
    pub astray: Vec<String>,
    /// The partner it was held with is in the directory no more.
    pub partner_gone: bool,
    /// By so many weeks it moved.
    pub weeks: u32,
}

/// `event.change`: what is planned replaces what stands; sessions that are not named stay.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventChange")]
pub struct Change {
    /// Which.
    pub event: Id<xinmei_model::Event>,
    /// The version that was looked at.
    pub version: u32,
    /// As it is to be.
    pub plan: Publish,
}

/// A session being planned.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedSession {
    /// One that is there already; `None` for a new one.
    #[serde(default)]
    pub id: Option<Id<Session>>,
    /// 第 1 场
    pub name: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Seats; of a session that is there as they stand: `event.capacity` changes them.
    pub capacity: u32,
    /// Of the sessions of this plan, counted from 0, one whose seats it shares: as many as that one has.
    #[serde(default)]
    pub shares_with: Option<u32>,
    /// In which venue, where that is not the event's.
    #[serde(default)]
    pub held_in: Option<Id<Venue>>,
    /// Grades and classes it is for; empty means whoever the event is for.
    #[serde(default)]
    pub eligible: Vec<Id<Place>>,
    /// Only for children who have not come to anything of the same programme before.
    #[serde(default)]
    pub first_timers: bool,
    /// Seats that are kept for some families.
    #[serde(default)]
    pub holds: Vec<PlannedHold>,
}

/// Seats of a session that are to be kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedHold {
    /// One that is there already; `None` for a new one.
    #[serde(default)]
    pub id: Option<Id<Hold>>,
    /// For whom.
    pub of: HeldFor,
    /// How many.
    pub seats: u32,
    /// Then they are free for everybody.
    pub until: Zoned,
}

/// `event.cancel-session`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventCancelSession")]
pub struct CancelSession {
    /// Which.
    pub session: Id<Session>,
    /// For families to read.
    pub reason: String,
}

/// `event.cancel`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventCancel")]
pub struct Cancel {
    /// Which.
    pub event: Id<xinmei_model::Event>,
    /// For families to read.
    pub reason: String,
}

/// `event.capacity`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventCapacity")]
pub struct Capacity {
    /// Which session.
    pub session: Id<Session>,
    /// Seats.
    pub capacity: u32,
    /// Meant, although families lose seats by it: see `event.losing`.
    #[serde(default)]
    pub cut: Option<Cut>,
}

/// `event.losing`: whom fewer seats would cost something.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventLosing")]
pub struct Losing {
    /// Which session.
    pub session: Id<Session>,
    /// Seats.
    pub capacity: u32,
}

/// Whom fewer seats would cost something.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Losers {
    /// They stand first in line again.
    pub back: Vec<DeskBooking>,
    /// Their party is larger than all seats.
    pub out: Vec<DeskBooking>,
    /// The fewest seats that would cost nobody anything.
    pub painless: u32,
}
