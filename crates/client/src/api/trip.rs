//! 出行: what is planned of a trip, slips, buses, and the roll-call at each stop.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Booking, Child, Event, Id, Notice, PartnerContact, PartnerOrg, SeatedBecause, Session, SlipState,
    TripMarked, TripPlan,
};

use super::{
    audience::SessionName, profile::ChildName, sync::ItemState, table::Language, trip_end::TripEndView,
};

/// `trip.open`: an event as a trip, for everybody who sees the event; each sees of it what its hat may.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TripOpen")]
pub struct Open {
    /// Which event.
    pub event: Id<Event>,
}

/// A trip.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TripView {
    /// Which event.
    pub event: Id<Event>,
    /// Its title.
    pub title: String,
    /// With whom it is held.
    pub partner: Option<TripPartner>,
    /// As planned; `None` of an event that goes nowhere.
    pub plan: Option<TripPlan>,
    /// Whether the hat plans it: the desk of an event that stands.
    pub may_plan: bool,
    /// Sessions that take place and of whose children the hat knows any.
    pub sessions: Vec<TripSession>,
    /// Slips that are with families.
    pub slips: Vec<TripSlip>,
    /// In a guardian's hat: the family's children, as last heard.
    pub own: Vec<OwnOnTrip>,
}

/// The partner of an event.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TripPartner {
    /// Which.
    pub id: Id<PartnerOrg>,
    /// What it was called when it was named.
    pub name: String,
    /// Whom to talk to, for staff; empty where the directory has it no more.
    pub contacts: Vec<PartnerContact>,
}

/// A slip that is with families.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TripSlip {
    /// The notice.
    pub notice: Id<Notice>,
    /// When it went out.
    pub at: Timestamp,
}

/// One session of a trip, as its desk or who goes along sees it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TripSession {
    /// Which.
    pub session: SessionName,
    /// Children this hat knows to come along.
    pub children: u32,
    /// Whether these are all: a class teacher knows of the class alone.
    pub whole: bool,
    /// Adults so many children need.
    pub adults_needed: u32,
    /// Adults who come: of families, and staff.
    pub adults: u32,
    /// Adults that are missing.
    pub adults_short: u32,
    /// Adults of families.
    pub parents: u32,
    /// Staff who go along: who was asked to check in at the event.
    pub escorts: Vec<String>,
    /// What became of the slips.
    pub slips: SlipCounts,
    /// Children whose slip is not signed, each with why.
    pub open: Vec<SlipOpen>,
    /// How far the roll-call has come, stop by stop.
    pub stops: Vec<StopCount>,
    /// Its end.
    pub end: TripEndView,
}

/// What became of slips.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct SlipCounts {
    /// Signed.
    pub signed: u32,
    /// One of two guardians has signed.
    pub half: u32,
    /// Somebody said no.
    pub refused: u32,
    /// Not answered.
    pub missing: u32,
    /// Of those that are not answered: came along after the last slip went out.
    pub late: u32,
}

/// A slip as it stands for one child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SlipStand {
    /// None is needed.
    None,
    /// Signed.
    Signed,
    /// One of two guardians has signed.
    Half,
    /// Somebody said no.
    Refused,
    /// Not answered.
    Missing,
    /// Nobody has asked its family yet.
    Late,
}

impl From<SlipState> for SlipStand {
    fn from(state: SlipState) -> Self {
        match state {
            SlipState::Signed => Self::Signed,
            SlipState::Half => Self::Half,
            SlipState::Refused => Self::Refused,
        }
    }
}

/// A child whose slip is not signed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SlipOpen {
    /// Who.
    pub child: ChildName,
    /// Why not.
    pub slip: SlipStand,
    /// Who said no, or signed alone; empty where nobody did.
    pub by: String,
}

/// How far the roll-call has come at one stop.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StopCount {
    /// 出发前
    pub name: String,
    /// Children who were there.
    pub here: u32,
    /// Who were not.
    pub away: u32,
}

/// A child of the family on a trip, as last heard.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OwnOnTrip {
    /// Who.
    pub child: ChildName,
    /// In which session.
    pub session: SessionName,
    /// How far it has come.
    pub progress: TripProgress,
    /// The stop at which it was called last; empty where it was not called yet.
    pub stop: String,
    /// When it was.
    pub at: Option<Timestamp>,
    /// Since when the trip is over for everybody.
    pub ended: Option<Timestamp>,
}

/// How far a child has come on a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TripProgress {
    /// Not called yet.
    Ahead,
    /// It was there at the first stop.
    Left,
    /// It was there at a stop on the way.
    OnTheWay,
    /// It was there at the last stop.
    Back,
}

/// `trip.plan`: make a trip of an event, or change what is planned of one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TripPlanWish")]
pub struct Plan {
    /// Which event.
    pub event: Id<Event>,
    /// As it is from now on.
    pub plan: TripPlan,
}

/// `trip.buses`: who sits on which bus of a session.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TripBuses")]
pub struct Buses {
    /// Which session.
    pub session: Id<Session>,
}

/// Who sits on which bus.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BusList {
    /// Title of the event.
    pub title: String,
    /// Which session.
    pub session: SessionName,
    /// Where one meets; may be empty.
    pub meeting_point: String,
    /// The buses, in order.
    pub buses: Vec<BusView>,
    /// Children for whom there is no seat.
    pub left: Vec<RiderView>,
    /// Adults for whom there is none.
    pub adults_left: u32,
    /// Whether the hat may put a child on another bus.
    pub may_move: bool,
}

/// `trip.bus-table`: who sits on which bus as a workbook of Excel.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TripBusTable")]
pub struct BusTable {
    /// Which session.
    pub session: Id<Session>,
    /// In which language.
    pub language: Language,
}

/// `trip.bus-export`: the same into the user's folder for downloads, as a new file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TripBusExport")]
pub struct BusExport {
    /// Which session.
    pub session: Id<Session>,
    /// In which language.
    pub language: Language,
}

/// One bus.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BusView {
    /// 1 号车
    pub name: String,
    /// Its seats.
    pub seats: u32,
    /// Those that are taken.
    pub taken: u32,
    /// Adults of families.
    pub parents: u32,
    /// Staff.
    pub escorts: u32,
    /// Adults it lacks.
    pub lacks: u32,
    /// Its children, by class.
    pub children: Vec<RiderView>,
}

/// A child on a list of buses.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RiderView {
    /// Who.
    pub child: ChildName,
    /// In which booking: siblings are in one.
    pub booking: Id<Booking>,
    /// Adults of that booking.
    pub adults: u32,
    /// Why there; `None` where there is no seat.
    pub because: Option<SeatedBecause>,
    /// What became of the slip.
    pub slip: SlipStand,
}

/// `trip.move`: put a child on a bus.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TripMove")]
pub struct Move {
    /// In which session.
    pub session: Id<Session>,
    /// Who.
    pub child: Id<Child>,
    /// On which, by its place in the plan; where it fits if `None`.
    pub bus: Option<u32>,
}

/// `trip.roll`: the roll-call of a session.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TripRollAsk")]
pub struct Roll {
    /// Which session.
    pub session: Id<Session>,
    /// At which stop, by its place in the plan; the first at which somebody is still to be called if `None`.
    #[serde(default)]
    pub stop: Option<u32>,
    /// A part of a name, its pinyin or initials, the last four of 学号; all if empty.
    #[serde(default)]
    pub find: String,
}

/// A roll-call of a trip.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TripRoll {
    /// The event.
    pub event: Id<Event>,
    /// Its title.
    pub title: String,
    /// Which session.
    pub session: SessionName,
    /// Every stop, with how far it has come.
    pub stops: Vec<StopCount>,
    /// The stop that is shown, by its place.
    pub stop: u32,
    /// Children this hat calls.
    pub children: u32,
    /// Those of them still to be called at the stop, and those who are not there, are first; then by class.
    pub lines: Vec<RollLine>,
    /// Whether these are all children of the session.
    pub whole: bool,
    /// From when on the roll may be called, while that is ahead.
    pub opens: Option<Timestamp>,
    /// Its end.
    pub end: TripEndView,
}

/// A child at a stop.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RollLine {
    /// Who.
    pub child: ChildName,
    /// 1 号车; empty where there are no buses, or no seat.
    pub bus: String,
    /// What became of the slip.
    pub slip: SlipStand,
    /// What was said last; with one still on its way from here.
    pub said: Option<TripMarked>,
    /// What somebody else said, who did not know of it.
    pub against: Option<TripMarked>,
    /// What was said before, oldest first.
    pub earlier: Vec<TripMarked>,
    /// What a change names; 0 where nothing was said.
    pub version: u32,
    /// The stop before at which it was last not there, if it has not been there since.
    pub left_at: Option<String>,
    /// What was said there.
    pub left_note: String,
    /// How the wish stands that somebody here made.
    pub pending: Option<ItemState>,
}

/// `trip.mark`: say who of these is there, at once.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TripMarkWish")]
pub struct Mark {
    /// In which session.
    pub session: Id<Session>,
    /// At which stop, by its place in the plan.
    pub stop: u32,
    /// Who, and whether.
    pub marks: Vec<StopMark>,
}

/// Whether one child is there.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StopMark {
    /// Who.
    pub child: Id<Child>,
    /// Whether it is there.
    pub here: bool,
    /// In a few words; may be empty.
    #[serde(default)]
    pub note: String,
    /// The version that stood there; 0 where nothing was said.
    #[serde(default)]
    pub replaces: u32,
}
