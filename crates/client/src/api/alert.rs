//! Alerts: what is on now, and the roll-call.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Alert, Child, Id, Marked, Notice, Place, RollState};

use super::{
    profile::{ChildName, PlaceName},
    sync::ItemState,
};

/// `alert.now`: what is on, the newest first, and all-clears of the last hours. Every screen shows it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "AlertNow")]
pub struct Now {}

/// What is on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Alarms {
    /// The newest first.
    pub alarms: Vec<Alarm>,
}

/// An alert as it stands now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Alarm {
    /// The notice.
    pub notice: Id<Notice>,
    /// The first alert of its incident.
    pub incident: Id<Notice>,
    /// What it is, in CAP's words.
    pub alert: Alert,
    /// One line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// Who sent it.
    pub author: String,
    /// The hat: 校长.
    pub author_title: String,
    /// When it went out.
    pub at: Timestamp,
    /// For whom.
    pub places: Vec<PlaceName>,
    /// Whether the roll is called: asked for by this alert or by one before it.
    pub called: bool,
    /// The family's children, each as last heard; in a guardian's hat.
    pub children: Vec<RollChild>,
    /// How far the roll-call has come among the children this hat sees; in a staff hat.
    pub roll: Option<RollCount>,
    /// Whether this hat may update it and give the all-clear.
    pub may_end: bool,
}

/// How far a roll-call has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RollCount {
    /// Children called.
    pub children: u32,
    /// With somebody.
    pub safe: u32,
    /// Somebody has to come.
    pub needs_help: u32,
    /// Fetched.
    pub picked_up: u32,
    /// Nothing is known of them, and they are at school today.
    pub unknown: u32,
}

/// A child at roll-call.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RollChild {
    /// Who.
    pub child: ChildName,
    /// 学号
    pub number: String,
    /// What was said last; with one still on its way from here.
    pub said: Option<Marked>,
    /// What was said before, oldest first.
    pub earlier: Vec<Marked>,
    /// What a change names, so that nothing is replaced unseen; 0 where nothing was said.
    pub version: u32,
    /// Away today as agreed with the class teacher.
    pub absent: bool,
    /// Whether whoever sits here may say where this child is.
    pub may_mark: bool,
    /// Whether whoever sits here may say that it was fetched.
    pub may_fetch: bool,
    /// What somebody here said and the school has not answered yet.
    pub pending: Option<PendingMark>,
}

/// A mark on its way from here.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PendingMark {
    /// Where the child is.
    pub state: RollState,
    /// How the wish stands.
    pub item: ItemState,
}

/// `alert.roll`: the roll-call of an incident.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "AlertRoll")]
pub struct Roll {
    /// The first alert of the incident.
    pub incident: Id<Notice>,
    /// Of which class; the first where something is open if `None`.
    pub class: Option<Id<Place>>,
}

/// A roll-call.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RollCall {
    /// What it is about, as it stands now.
    pub alarm: Alarm,
    /// Every class this hat sees, with how far it has come.
    pub classes: Vec<RollClass>,
    /// The class shown.
    pub class: Option<Id<Place>>,
    /// Its children, in 学号 order.
    pub children: Vec<RollChild>,
}

/// A class at roll-call.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RollClass {
    /// Which.
    pub place: PlaceName,
    /// How far it has come.
    pub count: RollCount,
}

/// `alert.mark`: say where these children are, at once.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "AlertMark")]
pub struct Mark {
    /// The first alert of the incident.
    pub incident: Id<Notice>,
    /// Who, and where.
    pub marks: Vec<ChildMark>,
}

/// Where one child is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChildMark {
    /// Who.
    pub child: Id<Child>,
    /// Where.
    pub state: RollState,
    /// In a few words; may be empty.
    pub note: String,
    /// The version of the mark that was on the screen; 0 where there was none.
    pub replaces: u32,
}
