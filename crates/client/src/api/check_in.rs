//! 签到: the gates of an event, who comes, who came.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Admission, Again, Arrival, ArrivalMove, ArrivalState, Booking, Event, Gate, GateState, Id, Lease,
    MutationId, Role, Session,
};

use super::{profile::ChildName, sync::ItemState};

/// `check-in.list`: events at which the person may check in, soonest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInList")]
pub struct List {}

/// Events at which one may check in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CheckIns {
    /// From a week ago on.
    pub events: Vec<CheckInLine>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckInLine {
    /// Which.
    pub event: Id<Event>,
    /// Title.
    pub title: String,
    /// Where on the campus.
    pub venue: String,
    /// The first session that is not over, or the last one.
    pub next: Option<GateSession>,
    /// Whether check-in was set up.
    pub open: bool,
    /// Whether the hat sees the whole list.
    pub supervises: bool,
}

/// `check-in.board`: everything about the gates of one event.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInBoard")]
pub struct Board {
    /// Which event.
    pub event: Id<Event>,
}

/// The gates of one event, live.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BoardView {
    /// The event.
    pub line: CheckInLine,
    /// Its sessions that take place, by time.
    pub sessions: Vec<GateSession>,
    /// The gate this computer is, while it is open.
    pub own: Option<GateView>,
    /// The gate this computer was until somebody took its seats: why there is none.
    pub revoked: Option<GateView>,
    /// The wish to open one, or to set check-in up, that waits.
    pub pending: Option<ItemState>,
    /// Every gate, for who sees the whole list; else none.
    pub gates: Vec<GateView>,
    /// Who was asked to check in; for who sees the whole list.
    pub stewards: Vec<StewardView>,
    /// Staff who may be asked and were not yet, by name; for who sees the whole list.
    pub staff: Vec<StewardView>,
    /// The round this gate has to agree to: the window says `check-in.agree` by itself.
    pub to_agree: Option<u32>,
    /// What this gate wrote down, the newest first; at most ten.
    pub recent: Vec<ArrivalView>,
    /// What was settled between gates: the same party twice, and what a gate gave away after its seats were taken back. For
    /// who sees the whole list, and of a gate its own.
    pub conflicts: Vec<ArrivalView>,
    /// Wishes of this gate the school has not heard of yet.
    pub waiting: u32,
    /// When this reads otherwise by time alone.
    pub turns: Option<Timestamp>,
}

/// A session at the gates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GateSession {
    /// Which.
    pub id: Id<Session>,
    /// 第 1 场
    pub name: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// From when on somebody may be let in.
    pub doors: Zoned,
    /// Whether somebody may be let in now.
    pub admits: bool,
    /// Whether it has begun.
    pub begun: bool,
    /// Seats.
    pub capacity: u32,
    /// Seats of the parties on the list.
    pub expected: u32,
    /// Parties on the list.
    pub families: u32,
    /// People who came.
    pub came: u32,
    /// People who came and have not left.
    pub on_site: u32,
    /// Of those who came: without a booking.
    pub walked_in: u32,
    /// Families of whom nobody has come.
    pub absent: u32,
    /// Families whose seats are free once every gate has heard.
    pub releasing: u32,
    /// Families whose seats went to others.
    pub released: u32,
}

/// A gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GateView {
    /// Which.
    pub id: Id<Gate>,
    /// 北门
    pub name: String,
    /// Who stands there.
    pub person_name: String,
    /// Since when.
    pub opened: Timestamp,
    /// Where it is in its life.
    pub state: GateState,
    /// Seats it may give, for each session.
    pub leases: Vec<Lease>,
    /// Whether it has heard of everything that was taken back.
    pub heard: bool,
    /// People it let in.
    pub came: u32,
    /// When it last let somebody in, as far as the school has heard.
    pub last: Option<Timestamp>,
}

/// Somebody who checks in, or may be asked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StewardView {
    /// In which hat.
    pub role: Id<Role>,
    /// The name.
    pub name: String,
    /// 班主任; empty for who works here no more.
    pub title: String,
}

/// Somebody who was let in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ArrivalView {
    /// Which.
    pub id: Id<Arrival>,
    /// In which session.
    pub session: Id<Session>,
    /// With which booking.
    pub booking: Option<Id<Booking>>,
    /// The children of the party.
    pub children: Vec<ChildName>,
    /// Who walked in, as it was written.
    pub name: String,
    /// People.
    pub people: u32,
    /// Of them on the gate's own seats.
    pub extra: u32,
    /// At which gate.
    pub gate: Id<Gate>,
    /// 北门
    pub gate_name: String,
    /// When, as the gate's clock says.
    pub at: Timestamp,
    /// Entered afterwards, from paper.
    pub on_paper: bool,
    /// What became of it.
    pub state: ArrivalState,
    /// Other gates that let the same party in.
    pub again: Vec<Again>,
    /// How the wish stands, where the school has not said yet.
    pub pending: Option<ItemState>,
}

/// `check-in.find`: parties on the list by name, pinyin, initials or the last four of 学号.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInFind")]
pub struct Find {
    /// At which event.
    pub event: Id<Event>,
    /// The session the gate lets in to.
    pub session: Id<Session>,
    /// What was typed.
    pub text: String,
}

/// Parties found.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Parties {
    /// Those of the session first; at most eight.
    pub parties: Vec<PartyView>,
    /// There are more.
    pub more: bool,
}

/// A party on the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PartyView {
    /// Of which booking.
    pub booking: Id<Booking>,
    /// In which session.
    pub session: Id<Session>,
    /// The children.
    pub children: Vec<ChildName>,
    /// Adults.
    pub adults: u32,
    /// Seats.
    pub size: u32,
    /// What the gate says of it.
    pub admission: Admission,
    /// Who came of it.
    pub arrivals: Vec<ArrivalView>,
}

/// `check-in.scan`: what a scanner read. Lets in whoever may be let in, at once, unless it only looks.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInScan")]
pub struct Scan {
    /// At which event.
    pub event: Id<Event>,
    /// The session the gate lets in to.
    pub session: Id<Session>,
    /// What was read.
    pub code: String,
    /// Say whose it is and write nothing down.
    #[serde(default)]
    pub looks: bool,
}

/// What was scanned.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Scanned {
    /// The party; `None` where the code is none of ours, or not on this gate's list.
    pub party: Option<PartyView>,
    /// Whether it is a ticket of ours at all.
    pub ticket: bool,
    /// Who was let in by it.
    pub arrival: Option<Id<Arrival>>,
}

/// `check-in.arrive`: let somebody in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInArrive")]
pub struct Arrive {
    /// At which event.
    pub event: Id<Event>,
    /// To which session.
    pub session: Id<Session>,
    /// With which booking; none walks in.
    pub booking: Option<Id<Booking>>,
    /// Who walks in.
    #[serde(default)]
    pub name: String,
    /// Seats of the booking that are taken now.
    pub seats: u32,
    /// Seats of the gate's own.
    #[serde(default)]
    pub extra: u32,
    /// Entered afterwards, from paper: when it was; now if `None`.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

/// Somebody was let in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LetIn {
    /// What was written down.
    pub arrival: Id<Arrival>,
    /// The wish.
    pub mutation: MutationId,
}

/// `check-in.correct`: they left, are back, or it was a slip of the hand.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInCorrect")]
pub struct Correct {
    /// Which.
    pub arrival: Id<Arrival>,
    /// What it is.
    pub to: ArrivalMove,
}

/// `check-in.sheet`: the whole list of a session, for who sees it; on the screen and on paper.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInSheet")]
pub struct Sheet {
    /// Which session.
    pub session: Id<Session>,
}

/// The whole list of a session.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SheetView {
    /// Title of the event.
    pub title: String,
    /// Where on the campus.
    pub venue: String,
    /// The session.
    pub session: GateSession,
    /// Parties, by class and name of the first child.
    pub parties: Vec<PartyView>,
    /// Who walked in, by time.
    pub walked_in: Vec<ArrivalView>,
}

/// `check-in.set-up`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInSetUp")]
pub struct SetUp {
    /// Of which event.
    pub event: Id<Event>,
}

/// `check-in.appoint`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInAppoint")]
pub struct Appoint {
    /// At which event.
    pub event: Id<Event>,
    /// Whom: one of the hats of who works here.
    pub role: Id<Role>,
    /// From now on no more; gates they have open are revoked.
    #[serde(default)]
    pub ends: bool,
}

/// `check-in.open-gate`: this computer is a gate from now on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInOpenGate")]
pub struct OpenGate {
    /// Of which event.
    pub event: Id<Event>,
    /// 北门
    pub name: String,
}

/// `check-in.lease`: seats this gate may give to who walks in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInLease")]
pub struct SetLease {
    /// Of which session.
    pub session: Id<Session>,
    /// Seats, those it gave included.
    pub seats: u32,
}

/// `check-in.release`: take back the seats of who did not come.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInRelease")]
pub struct Release {
    /// In which session.
    pub session: Id<Session>,
    /// Families it costs their seats, as they were seen.
    pub families: u32,
}

/// `check-in.agree`: this gate has heard.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInAgree")]
pub struct Agree {
    /// At which event.
    pub event: Id<Event>,
    /// Up to which round.
    pub round: u32,
}

/// `check-in.close-gate`: this computer is no gate any more.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInCloseGate")]
pub struct CloseGate {
    /// At which event.
    pub event: Id<Event>,
}

/// `check-in.revoke-gate`: take the seats of a gate that did not come back.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInRevokeGate")]
pub struct RevokeGate {
    /// Which.
    pub gate: Id<Gate>,
}
