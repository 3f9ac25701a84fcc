//! Shared inboxes: 教导处, 心理辅导.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Id, Inbox, Place, Role};

use super::{
    hat::{HatLine, PartnerChoice},
    profile::PlaceName,
};

/// `inbox.list`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "InboxList")]
pub struct List {}

/// Shared inboxes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Inboxes {
    /// Open ones first, by the size of their place and by name.
    pub inboxes: Vec<InboxLine>,
    /// Places for whose families the hat may make one; none for a hat that may not.
    pub places: Vec<PlaceName>,
    /// Hats of those places and above, in which one may be read; none for a hat that may make none.
    pub hats: Vec<HatLine>,
}

/// A shared inbox.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct InboxLine {
    /// Which.
    pub inbox: Id<Inbox>,
    /// 教导处
    pub name: String,
    /// What it is for; may be empty.
    pub about: String,
    /// For whose families.
    pub place: PlaceName,
    /// Who reads it today.
    pub readers: Vec<PartnerChoice>,
    /// Nothing new is asked there.
    pub closed: bool,
    /// The hat may change and close it.
    pub may_keep: bool,
}

/// `inbox.keep`: makes one, or changes it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "InboxKeep")]
pub struct Keep {
    /// Which; a new one if `None`.
    pub inbox: Option<Id<Inbox>>,
    /// What it is called.
    pub name: String,
    /// What it is for; may be empty.
    pub about: String,
    /// For whose families.
    pub place: Id<Place>,
    /// In which hats it is read.
    pub readers: Vec<Id<Role>>,
}

/// `inbox.close`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "InboxClose")]
pub struct Close {
    /// Which.
    pub inbox: Id<Inbox>,
}
