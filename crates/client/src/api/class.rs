//! Classes: who has joined, and strips to print.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Id, JoinState, Link, Person, Place, Relation, Right, wire::Invite};

use super::profile::{ChildName, PlaceName};

/// `class.list`: the classes the hat covers.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ClassList")]
pub struct List {}

/// Classes by campus, grade and number.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Classes {
    /// The classes.
    pub classes: Vec<ClassLine>,
    /// Whether the hat may print invites.
    pub may_invite: bool,
}

/// One class.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ClassLine {
    /// Which.
    pub place: PlaceName,
    /// 班主任
    pub teacher: String,
    /// Children enrolled.
    pub children: u32,
    /// Guardians who may be invited.
    pub guardians: u32,
    /// Of those, who have joined.
    pub joined: u32,
    /// Children whose remark waits for a decision.
    pub undecided: u32,
}

/// `class.open`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ClassOpen")]
pub struct Open {
    /// Which.
    pub place: Id<Place>,
}

/// A class, in 学号 order.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Class {
    /// As in the list.
    pub line: ClassLine,
    /// Its children.
    pub children: Vec<ClassChild>,
    /// Whether the hat may print invites here.
    pub may_invite: bool,
    /// Whether the hat may set rights.
    pub may_set_rights: bool,
}

/// A child of a class.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ClassChild {
    /// Who.
    pub child: ChildName,
    /// 学号
    pub number: String,
    /// 男 / 女
    pub sex: String,
    /// The guardians.
    pub guardians: Vec<ClassGuardian>,
}

/// A guardian on a class list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ClassGuardian {
    /// The link.
    pub link: Id<Link>,
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// How related.
    pub relation: Relation,
    /// How they stand.
    pub state: JoinState,
    /// Rights held today; empty for those who only may know that something is withheld.
    pub rights: Vec<Right>,
    /// Kept away by an order; told only to those who may set rights.
    pub barred: bool,
}

/// `class.find`: a child by name, 学号 or part of either, for 代办 and for single families in an audience.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ClassFind")]
pub struct Find {
    /// What was typed.
    pub text: String,
}

/// Children found, at most 50.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Found {
    /// The children.
    pub children: Vec<ClassChild>,
    /// There are more.
    pub more: bool,
}

/// `class.on-paper`: a guardian has no device and is told on paper, or has one again.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ClassOnPaper")]
pub struct SetOnPaper {
    /// One of the guardian's links.
    pub link: Id<Link>,
    /// On paper from now on.
    pub on_paper: bool,
}

/// `class.invites`: needs the school's server.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ClassInvites")]
pub struct Invites {
    /// For whom.
    pub persons: Vec<Id<Person>>,
    /// A lost computer or a forgotten password: the person's other devices are signed out.
    pub replace_devices: bool,
}

/// Strips to print. The codes are shown once.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Strips {
    /// One for each person, by class and 学号.
    pub strips: Vec<Strip>,
}

/// One strip.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Strip {
    /// Code, link, address, children.
    pub invite: Invite,
    /// QR code of the link: modules, row by row, `true` is dark; a square.
    pub qr: Vec<Vec<bool>>,
}
