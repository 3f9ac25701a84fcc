//! Events: what a family sees and books.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Booking, BookingAnswer, Child, Entered, EventState, FormField, HeldFor, Hold, Id, Lesson, Moved, Proxy,
    PutBack, SeatRule, Session, VenueWas,
};

use super::{
    draw::{DrawView, DrawnPlace},
    profile::{ChildName, PlaceName},
    sync::ItemState,
    ticket::PartyIn,
    venue::VenueHere,
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
    /// When this list reads otherwise by time alone.
    pub turns: Option<Timestamp>,
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
    /// Further tags it counts for.
    pub tags: Vec<String>,
    /// The place that runs it.
    pub place: PlaceName,
    /// Where on the campus, in the words it was planned with.
    pub venue: String,
    /// Which venue of the school's that is, if one.
    pub held_in: Option<VenueHere>,
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
    /// How it looks.
    pub look: xinmei_model::Look,
    /// How full each session is.
    pub sessions: Vec<SessionFill>,
    /// The family's bookings here.
    pub mine: Vec<BookingView>,
    /// The family's children it is for.
    pub eligible: Vec<ChildName>,
    /// Whether the hat runs its desk.
    pub desk: bool,
    /// Seats are drawn, not given to whoever comes first.
    pub draw: Option<DrawView>,
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
    /// Seats a newcomer could still get, of those kept for whom they are for too: none behind a waitlist, none once it has begun.
    pub open_seats: u32,
    /// Whether it has begun, by the school's time.
    pub begun: bool,
    /// Whose seats these are, if several sessions share them, which have the same here: then the four numbers are of all together.
    pub pool: Option<Id<Session>>,
    /// Why it was called off, if it was.
    pub cancelled: Option<String>,
    /// When it was to be before that was changed.
    pub moved: Option<Moved>,
    /// Grades and classes it is for; empty means whoever the event is for.
    pub eligible: Vec<PlaceName>,
    /// Only for children who have not come to anything of the same programme before.
    pub first_timers: bool,
    /// The venue it is in, where that is not its event's.
    pub held_in: Option<VenueHere>,
    /// Seats that are kept for some families and are not free for all yet.
    pub holds: Vec<HoldView>,
}

/// Seats of a session that are kept for some families.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HoldView {
    /// Which.
    pub id: Id<Hold>,
    /// For whom.
    pub of: HeldFor,
    /// For which grades and classes, if for some.
    pub places: Vec<PlaceName>,
    /// How many are kept.
    pub seats: u32,
    /// How many of them are left, as last heard.
    pub left: u32,
    /// Then they are free for everybody.
    pub until: Zoned,
    /// Whether they are for this family, or for whom this desk enters.
    pub own: bool,
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
    /// Whether the family may give it back now, by this computer's best knowledge.
    pub may_withdraw: bool,
    /// Whether who comes, and what was answered, may be changed now.
    pub may_change: bool,
    /// What was asked and answered.
    pub answers: Vec<BookingAnswer>,
    /// Why it holds no seats any more.
    pub put_back: Option<PutBack>,
    /// The session was at this time when it was booked.
    pub moved: Option<Moved>,
    /// The event was there when it was booked.
    pub venue_was: Option<VenueWas>,
    /// In a draw: the sessions it wishes for, the best first.
    pub wishes: Vec<Id<Session>>,
    /// In a draw, once the roll is published: earlier draws in which it got nothing.
    pub misses: Option<u32>,
    /// How it came out of the draw.
    pub drawn: Option<DrawnPlace>,
    /// Who of it was let in at the door, as far as this computer has heard.
    pub came: Option<PartyIn>,
    /// Nobody had come, and its seats went to others: when.
    pub released: Option<Timestamp>,
    /// The session is over and the children were there: a certificate says so.
    pub certificate: bool,
    /// A wish about this booking (give back, accept, decline, change) still waits on this computer.
    pub pending: Option<PendingWish>,
}

/// A wish about a booking that waits.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PendingWish {
    /// `withdraw`, `accept-offer`, `decline-offer`, `change-booking`; of an event `change-event`, `cancel-event`,
    /// `cancel-session`, `set-capacity`.
    pub act: String,
    /// How it stands.
    pub state: ItemState,
    /// Who is to come, if that is to change.
    pub party: Option<Party>,
}

/// Who comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Party {
    /// Children.
    pub children: Vec<Id<Child>>,
    /// Adults.
    pub adults: u32,
}

/// The fixed words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum BookingIs {
    /// 已保存在本机，联网后自动提交
    Saved,
    /// 已提交，等学校确认
    Sent,
    /// 在抽签中: in the draw, or on its roll.
    Entered,
    /// 未抽中: the draw left it without a seat, and there is no waitlist.
    NotDrawn,
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
    /// The session has fewer seats now than the party takes; why stands in `put_back`.
    Displaced {
        /// The next best: sessions of the same event with free seats, as last heard.
        instead: Vec<SessionFill>,
    },
    /// Nobody came in time, and the seats went to others.
    Released,
    /// The event, or this session, was called off.
    Cancelled {
        /// In the organiser's words.
        reason: String,
        /// The next best, where only this session was called off.
        instead: Vec<SessionFill>,
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
    /// Sessions a child may have.
    pub child_limit: u32,
    /// Seats a booking may take for each child that comes; as many as the family may have if `None`.
    pub child_seats: Option<u32>,
    /// What a family is asked as it signs up.
    pub questions: Vec<FormField>,
    /// Whether a full session has a waitlist.
    pub waitlist: bool,
    /// Until when a family may give seats back.
    pub withdraw_until: Zoned,
    /// For whom, in words; empty means everyone at its place.
    pub for_whom: Vec<PlaceName>,
    /// The theme it was planned from.
    pub theme: Option<Id<xinmei_model::Theme>>,
    /// It is a lesson of a course.
    pub lesson: Option<Lesson>,
    /// The title of that course, where it may be seen.
    pub course: Option<String>,
    /// Counts its changes: `event.change` names the one that was looked at.
    pub version: u32,
    /// Where it was to be before that was changed.
    pub venue_was: Option<VenueWas>,
    /// The family's children who may still be signed up, by session.
    pub may_join: Vec<MayJoin>,
    /// What the family has at the same time as a session: session, title.
    pub clashes: Vec<SessionClash>,
    /// Whether sign-up is open by this computer's best knowledge of the school's time.
    pub open_now: bool,
    /// Seats the family may still take here.
    pub seats_left: u32,
    /// Adults one booking may bring.
    pub most_adults: u32,
    /// What this computer wants changed of the event or its sessions, and the school has not said yet; the newest.
    pub pending: Option<PendingWish>,
    /// When this reads otherwise by time alone: sign-up opens or closes, a session begins, an offer ends.
    pub turns: Option<Timestamp>,
}

/// Who of a family may still be signed up for a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MayJoin {
    /// Which session.
    pub session: Id<Session>,
    /// For whom it is, and who is not in it yet.
    pub children: Vec<Id<Child>>,
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
    /// It is at another time, but on another campus, and too close to get from one to the other.
    pub too_far: bool,
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
    /// Answers to the event's questions, in their order.
    #[serde(default)]
    pub answers: Vec<String>,
    /// In a draw: further sessions, in order of preference.
    #[serde(default)]
    pub others: Vec<Id<Session>>,
    /// 代办: for which guardian.
    pub on_behalf_of: Option<Proxy>,
}

/// `event.change-booking`: all of it or none.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventChangeBooking")]
pub struct ChangeBooking {
    /// Which.
    pub booking: Id<Booking>,
    /// All who come.
    pub children: Vec<Id<Child>>,
    /// Adults who come along.
    pub adults: u32,
    /// Answers to the event's questions, in their order.
    #[serde(default)]
    pub answers: Vec<String>,
    /// In a draw: all sessions wished for, the best first; as they are if empty.
    #[serde(default)]
    pub wishes: Vec<Id<Session>>,
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
