//! 合作单位: the directory of partners, and its cards.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{CardFault, Event, Id, PartnerDraft, PartnerOrg, VCardFault};

/// `partner.list`: the directory, for whoever works here.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PartnerListAsk")]
pub struct List {
    /// A part of a name, its pinyin or initials, a person, an address or a number; all if empty.
    #[serde(default)]
    pub find: String,
}

/// The directory.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PartnerOrgs {
    /// By name; what was searched by how well it fits.
    pub partners: Vec<PartnerView>,
    /// How many there are in all.
    pub all: u32,
    /// The hat keeps the directory.
    pub may_keep: bool,
}

/// A partner.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PartnerView {
    /// Which.
    pub id: Id<PartnerOrg>,
    /// What is kept of it.
    pub draft: PartnerDraft,
    /// Events with it, as far as this computer knows.
    pub events: u32,
    /// When it was kept last.
    pub at: Timestamp,
}

/// `partner.put`: a new one, or one that is there as it reads now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PartnerPut")]
pub struct Put {
    /// Which; a new one if `None`.
    pub partner: Option<Id<PartnerOrg>>,
    /// What is kept of it.
    pub draft: PartnerDraft,
}

/// `partner.drop`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PartnerDrop")]
pub struct Drop {
    /// Which.
    pub partner: Id<PartnerOrg>,
}

/// `partner.name`: say with whom an event is held.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PartnerName")]
pub struct Name {
    /// Which event.
    pub event: Id<Event>,
    /// With whom; with nobody if `None`.
    pub partner: Option<Id<PartnerOrg>>,
}

/// `partner.cards`: as vCard 4.0.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PartnerCards")]
pub struct Cards {
    /// Which; all if `None`.
    pub partner: Option<Id<PartnerOrg>>,
}

/// A file of cards.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CardFile {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// `partner.export`: the same into the folder for downloads.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PartnerExport")]
pub struct Export {
    /// Which; all if `None`.
    pub partner: Option<Id<PartnerOrg>>,
}

/// `partner.read`: what a file of cards tells that is not known; nothing is changed by it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PartnerRead")]
pub struct Read {
    /// The file, whole: vCard 4.0 or 3.0.
    pub file: String,
}

/// What a file of cards tells.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CardsRead {
    /// Why nothing of it can be read.
    pub fault: Option<VCardFault>,
    /// Partners, in the order of the file.
    pub partners: Vec<CardPartner>,
    /// Cards that cannot be read, in the order of the file.
    pub unreadable: Vec<CardUnread>,
}

/// A partner of which a file tells.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CardPartner {
    /// The one that is there; a new one if `None`.
    pub partner: Option<Id<PartnerOrg>>,
    /// It, with what the file says.
    pub draft: PartnerDraft,
    /// Whether anything is new.
    pub is: CardNews,
}

/// What of a partner in a file is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CardNews {
    /// The directory does not have it.
    New,
    /// Something of it.
    Changed,
    /// Nothing.
    Same,
}

/// A card that cannot be read.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CardUnread {
    /// The line of the file on which it begins, from 1.
    pub line: u32,
    /// The name in it, if that was read.
    pub name: String,
    /// Why not.
    pub fault: CardFault,
}

/// `partner.bring-in`: keep these at once.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PartnerBringIn")]
pub struct BringIn {
    /// As [`CardPartner`] gave them.
    pub partners: Vec<Put>,
}
