//! Events: what a family sees and books, and the coordinator's desk.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Booking, Child, Entered, EventState, Id, Place, Proxy, SeatRule, Session};

use super::{
    notice::GuardianName,
    profile::{ChildName, PlaceName},
    sync::ItemState,
};

/// `event.list`: by time, those to come first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventList")]
pub struct List {}

/// The events.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Events {
    /// By the first session's start.
    pub events: Vec<EventLine>,
    /// Whether the hat may plan events.
    pub may_plan: bool,
    /// Places the hat may plan for.
    pub places: Vec<PlaceName>,
}

/// One line of the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EventLine {
    /// Which.
    pub id: Id<xinmei_model::Event>,
    /// Title.
    pub title: String,
    /// A programme tag.
    pub programme: String,
    /// The place that runs it.
    pub place: PlaceName,
    /// Where on the campus.
    pub venue: String,
    /// Where it is in its life.
    pub state: EventState,
    /// First session's start.
    pub starts: Zoned,
    /// Last session's end.
    pub ends: Zoned,
    /// When sign-up opens.
    pub opens: Zoned,
    /// When sign-up closes.
    pub closes: Zoned,
    /// Whether sign-up is open by this computer's best knowledge of the school's time.
    pub open_now: bool,
    /// How full each session is.
    pub sessions: Vec<SessionFill>,
    /// The family's bookings here.
    pub mine: Vec<BookingView>,
    /// The family's children it is for.
    pub eligible: Vec<ChildName>,
    /// Whether the hat runs its desk.
    pub desk: bool,
}

/// A session and how full it is, as last heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionFill {
    /// Which.
    pub id: Id<Session>,
    /// 第 1 场
    pub name: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Seats.
    pub capacity: u32,
    /// Seats confirmed or offered.
    pub used: u32,
    /// Bookings that wait.
    pub waiting: u32,
    /// Seats a newcomer could still get: none behind a waitlist, none once it has begun.
    pub open_seats: u32,
    /// Whether it has begun, by the school's time.
    pub begun: bool,
}

/// A family's booking, in the fixed words.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BookingView {
    /// Which.
    pub id: Id<Booking>,
    /// Event.
    pub event: Id<xinmei_model::Event>,
    /// Event title.
    pub title: String,
    /// Session.
    pub session: SessionFill,
    /// The family's children in it.
    pub children: Vec<ChildName>,
    /// Adults who come.
    pub adults: u32,
    /// Seats it takes.
    pub size: u32,
    /// How it stands.
    pub state: BookingIs,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// Until when the family may give it back.
    pub withdraw_until: Zoned,
    /// A wish about this booking (give back, accept, decline) still waits on this computer.
    pub pending: Option<PendingWish>,
}

/// A wish about a booking that waits.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PendingWish {
    /// `withdraw`, `accept-offer`, `decline-offer`.
    pub act: String,
    /// How it stands.
    pub state: ItemState,
}

/// The fixed words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum BookingIs {
    /// 已保存在本机，联网后自动提交
    Saved,
    /// 已提交，等学校确认
    Sent,
    /// 报名成功
    Confirmed,
    /// 候补第 N 位; `None` for the moment until the place is known.
    Waitlisted {
        /// 1 is next.
        place: Option<u32>,
    },
    /// 有名额了，请在…前确认
    Offered {
        /// By then.
        until: Timestamp,
    },
    /// 未报上
    Refused {
        /// Why.
        refusal: xinmei_model::Refusal,
        /// The next best: sessions of the same event with free seats, as last heard.
        instead: Vec<SessionFill>,
    },
    /// Given back.
    Withdrawn,
    /// The offer passed on.
    Lapsed,
    /// The event was called off.
    Cancelled {
        /// In the organiser's words.
        reason: String,
    },
}

/// `event.open`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventOpen")]
pub struct Open {
    /// Which.
    pub event: Id<xinmei_model::Event>,
}

/// An event, whole.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventOpened")]
pub struct Opened {
    /// As in the list.
    pub line: EventLine,
    /// Plain text.
    pub about: String,
    /// Whom a seat is for.
    pub seat_rule: SeatRule,
    /// Seats one family may hold.
    pub family_limit: u32,
    /// Whether a full session has a waitlist.
    pub waitlist: bool,
    /// Until when a family may give seats back.
    pub withdraw_until: Zoned,
    /// For whom, in words; empty means everyone at its place.
    pub for_whom: Vec<PlaceName>,
    /// What the family has at the same time as a session: session, title.
    pub clashes: Vec<SessionClash>,
    /// Whether sign-up is open by this computer's best knowledge of the school's time.
    pub open_now: bool,
    /// Seats the family may still take here.
    pub seats_left: u32,
    /// Adults one booking may bring.
    pub most_adults: u32,
}

/// Something the family already has at a session's time.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SessionClash {
    /// Which session.
    pub session: Id<Session>,
    /// What else there is.
    pub with: String,
    /// When that is.
    pub at: Zoned,
}

/// `event.sign-up`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventSignUp")]
pub struct SignUp {
    /// Which session.
    pub session: Id<Session>,
    /// Which children: all or none.
    pub children: Vec<Id<Child>>,
    /// Adults who come along.
    pub adults: u32,
    /// 代办: for which guardian.
    pub on_behalf_of: Option<Proxy>,
}

macro_rules! about_a_booking {
    ($($name:ident $ts:literal $doc:literal),+) => { $(
        #[doc = $doc]
        #[derive(Clone, Debug, Serialize, Deserialize, TS)]
        #[ts(rename = $ts)]
        pub struct $name {
            /// Which.
            pub booking: Id<Booking>,
            /// 代办: for which guardian.
            pub on_behalf_of: Option<Proxy>,
        }
    )+ };
}
about_a_booking!(
    Withdraw "EventWithdraw" "`event.withdraw`: give a booking back.",
    Accept "EventAccept" "`event.accept`: take an offered seat.",
    Decline "EventDecline" "`event.decline`: pass an offered seat on."
);

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
    /// Where on the campus.
    pub venue: String,
    /// A programme tag.
    pub programme: String,
    /// Grades and classes it is for; empty means everyone at `place`.
    pub eligible: Vec<Id<Place>>,
    /// Whom a seat is for.
    pub seat_rule: SeatRule,
    /// Seats one family may hold.
    pub family_limit: u32,
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
}

/// A session being planned.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedSession {
    /// 第 1 场
    pub name: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Seats.
    pub capacity: u32,
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
}
