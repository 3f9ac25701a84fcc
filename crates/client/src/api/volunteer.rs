//! Campaigns, qualifications, and what a coordinator does with posts that stand.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Campaign, CampaignDraft, Id, Person, ProposalReason, Qualification, QualificationDraft, Refusal, Shift,
    TakeState, VolunteerAct,
};

use super::{
    profile::{PlaceName, StaffName},
    shift::Post,
    sync::ItemState,
};

/// `volunteer.catalogue`: campaigns, and qualifications with who has them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerCatalogue")]
pub struct Catalogue {}

/// Campaigns and qualifications.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerCatalogued")]
pub struct Catalogued {
    /// By first day; those that were ended last.
    pub campaigns: Vec<CampaignView>,
    /// By name; those no post asks for any more only where somebody here has them.
    pub qualifications: Vec<QualificationView>,
    /// Places whose desk the hat is.
    pub places: Vec<PlaceName>,
    /// Who works here, by name: supervisors are chosen among them. Empty where the hat plans no posts.
    pub staff: Vec<StaffName>,
}

/// A campaign.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CampaignView {
    /// Which.
    pub id: Id<Campaign>,
    /// What it is.
    pub draft: CampaignDraft,
    /// Its place, in words.
    pub place: PlaceName,
    /// The version one looks at.
    pub version: u32,
    /// It takes no new posts.
    pub ended: bool,
    /// Whether the hat keeps it.
    pub keeps: bool,
    /// Posts that belong to it.
    pub posts: u32,
    /// People its shifts to come need.
    pub needed: u32,
    /// People who come to them, as last heard.
    pub taken: u32,
    /// A wish about it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// A qualification.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct QualificationView {
    /// Which.
    pub id: Id<Qualification>,
    /// What it is.
    pub draft: QualificationDraft,
    /// Its place, in words.
    pub place: PlaceName,
    /// Its version.
    pub version: u32,
    /// The newest word about who has it; none where a word of one's own waits, or the hat does not confirm.
    pub seen: Option<Timestamp>,
    /// No post asks for it any more.
    pub dropped: bool,
    /// Whether the hat keeps it.
    pub keeps: bool,
    /// Whether the hat confirms who has it.
    pub confirms: bool,
    /// Whether one has it oneself.
    pub own: Option<QualifiedView>,
    /// Who has it, by name; only for who confirms it.
    pub people: Vec<QualifiedView>,
}

/// That somebody has a qualification.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct QualifiedView {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Guardian of these children, where the desk knows them.
    pub of: Vec<String>,
    /// The last day on which it counts; none where it does not expire.
    #[ts(type = "string | null")]
    pub until: Option<Date>,
    /// Whether it counts today.
    pub counts: bool,
    /// Days until it ends, where that is soon: today is 0.
    pub ends_in: Option<u32>,
    /// Who confirmed it, or took it back, last.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// It was taken back, for this reason.
    pub withdrawn: Option<String>,
}

/// `volunteer.put-campaign`: a new one, or one that is there as it reads now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerPutCampaign")]
pub struct PutCampaign {
    /// Which; a new one if `None`.
    pub campaign: Option<Id<Campaign>>,
    /// What it is.
    pub draft: CampaignDraft,
    /// The version that was looked at; 0 for a new one.
    pub version: u32,
}

/// `volunteer.put-qualification`: a new one, or one that is there as it reads now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerPutQualification")]
pub struct PutQualification {
    /// Which; a new one if `None`.
    pub qualification: Option<Id<Qualification>>,
    /// What it is.
    pub draft: QualificationDraft,
    /// The version that was looked at; 0 for a new one.
    pub version: u32,
}

/// `volunteer.change-post`: what it says replaces what stood; its shifts are new ones.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerChangePost")]
pub struct ChangePost {
    /// Which.
    pub post: Id<xinmei_model::Post>,
    /// The version that was looked at.
    pub version: u32,
    /// As it is to be.
    pub plan: Post,
}

/// `volunteer.step`: a step with what it is about.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerStep")]
pub struct Step {
    /// Which.
    pub step: VolunteerAct,
}

/// `volunteer.people`: whom a desk may ask to come: who volunteered at its posts before, or has a qualification it confirms.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerPeople")]
pub struct People {
    /// Only whoever is called so: a name, pinyin, initials; everybody if empty.
    pub called: String,
}

/// People.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerPeopleFound")]
pub struct PeopleFound {
    /// By name.
    pub people: Vec<BoardPerson>,
}

/// Somebody a desk may ask to come.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BoardPerson {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Guardian of these children, where the desk knows them.
    pub of: Vec<String>,
}

/// `volunteer.fits`: whether one person fits some shifts, said before they are asked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerFits")]
pub struct Fits {
    /// Who.
    pub person: Id<Person>,
    /// Which shifts.
    pub shifts: Vec<Id<Shift>>,
}

/// How somebody fits.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerFitsFound")]
pub struct FitsFound {
    /// One for each shift that is known, in the order of the question; empty where the person is out of the desk's reach.
    pub fits: Vec<Fit>,
}

/// Whether somebody fits a shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerFit")]
pub struct Fit {
    /// Which shift.
    pub shift: Id<Shift>,
    /// Why they could not come, places apart.
    pub why_not: Option<Refusal>,
    /// Their part in it already.
    pub part: Option<TakeState>,
    /// What speaks for asking them, and what to think of: as far as this computer knows.
    pub reasons: Vec<ProposalReason>,
}

/// `volunteer.propose`: 建议人选 for shifts that lack people. Nobody is asked by it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerPropose")]
pub struct Propose {
    /// Which shifts.
    pub shifts: Vec<Id<Shift>>,
}

/// Whom one could ask.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerProposal")]
pub struct Proposal {
    /// One for each shift that lacks people, by start.
    pub shifts: Vec<ProposedShift>,
}

/// Whom one could ask to come to a shift.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProposedShift {
    /// Which.
    pub shift: Id<Shift>,
    /// Of which post.
    pub title: String,
    /// From when.
    pub starts: jiff::Zoned,
    /// Until when.
    pub ends: jiff::Zoned,
    /// People it lacks that nobody was asked for yet.
    pub missing: u32,
    /// Whom, at most as many as are missing.
    pub people: Vec<ProposedPerson>,
}

/// Somebody one could ask.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProposedPerson {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Guardian of these children, where the desk knows them.
    pub of: Vec<String>,
    /// Why them.
    pub reasons: Vec<ProposalReason>,
}
