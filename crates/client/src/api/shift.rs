//! Shifts: taking and dropping, and the coordinator's roster.

use jiff::{Timestamp, Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    CalledOff, Campaign, Entered, Id, OfferFrom, Person, Place, PostTerms, Proxy, Qualification, Refusal,
    Shift, ShiftMoved, TakeState,
};

use super::{profile::PlaceName, sync::ItemState};

/// `shift.list`: open shifts and one's own, by time.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ShiftList")]
pub struct List {}

/// The shifts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Shifts {
    /// By start; those that are over are left out.
    pub shifts: Vec<ShiftLine>,
    /// Whether the hat may plan shifts.
    pub may_plan: bool,
    /// Places the hat may plan for.
    pub places: Vec<PlaceName>,
}

/// One shift.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShiftLine {
    /// Which.
    pub id: Id<Shift>,
    /// Of which post.
    pub post: Id<xinmei_model::Post>,
    /// Post title.
    pub title: String,
    /// What to do.
    pub about: String,
    /// Where to meet.
    pub meeting_point: String,
    /// A programme tag.
    pub programme: String,
    /// The place that runs it.
    pub place: PlaceName,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// People needed.
    pub needed: u32,
    /// People who come, as last heard.
    pub taken: u32,
    /// Whether one comes oneself, as the school has it.
    pub mine: bool,
    /// 代办: who entered that one comes.
    pub entered: Option<Entered>,
    /// A wish to take or drop it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
    /// Something else one has at that time, or so near that one does not get there from another campus.
    pub clash: Option<String>,
    /// It is the way between two campuses, and not the time itself.
    pub clash_far: bool,
    /// Who asked one to come; stays once it was answered.
    pub offer: Option<OfferView>,
    /// The version one looks at.
    pub version: u32,
    /// Its times were changed: what they were.
    pub moved: Option<ShiftMoved>,
    /// What else its post says.
    pub terms: PostTerms,
    /// The campaign's name.
    pub campaign: Option<CampaignName>,
    /// The supervisor's name; empty where there is none.
    pub supervisor: String,
    /// The venue's name; empty where it is in none.
    pub venue: String,
    /// What it asks for, and what of it one has.
    pub requires: Vec<Required>,
    /// One's own part in it, as the school has it.
    pub own: Option<TakeState>,
    /// Why the desk declined; else empty.
    pub reason: String,
    /// It was called off.
    pub called_off: Option<CalledOff>,
    /// Why one could not take it now, places apart; nothing for what is one's own.
    pub why_not: Option<Refusal>,
    /// Whose turn it is, of which classes.
    #[serde(default)]
    pub turns: Vec<TurnLine>,
    /// All that is free is kept for others: when it opens to everybody.
    #[serde(default)]
    pub opens: Option<Zoned>,
    /// Called off or declined: the next best shift of the same post that lacks people.
    pub instead: Option<NextBest>,
}

/// Places of a shift that are kept for a class, as everybody reads it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TurnLine {
    /// Whose turn.
    pub class: PlaceName,
    /// Places that are kept.
    pub places: u32,
    /// Of them not taken yet, as last heard; none once they are open to everybody.
    pub left: u32,
    /// Until when they are kept.
    pub until: Zoned,
    /// They are kept still.
    pub kept: bool,
    /// One is of that class oneself.
    pub mine: bool,
}

/// A campaign by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CampaignName {
    /// Which.
    pub id: Id<Campaign>,
    /// What it is called.
    pub name: String,
}

/// Another shift one could take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NextBest {
    /// Which.
    pub shift: Id<Shift>,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
}

/// `shift.take`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ShiftTake")]
pub struct Take {
    /// Which.
    pub shift: Id<Shift>,
    /// 代办: for whom.
    pub on_behalf_of: Option<Proxy>,
}

/// `shift.drop`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ShiftDrop")]
pub struct Drop {
    /// Which.
    pub shift: Id<Shift>,
    /// 代办: for whom.
    pub on_behalf_of: Option<Proxy>,
}

/// `shift.post`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ShiftPost")]
pub struct Post {
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// Title.
    pub title: String,
    /// What to do.
    pub about: String,
    /// Where to meet.
    pub meeting_point: String,
    /// A programme tag.
    pub programme: String,
    /// The shifts.
    pub shifts: Vec<PlannedShift>,
    /// What else it says.
    #[serde(default)]
    pub terms: PostTerms,
}

/// A shift being planned.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedShift {
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// People needed.
    pub needed: u32,
}

/// `shift.roster`: the coordinator's posts with who comes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ShiftRoster")]
pub struct Roster {}

/// Posts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Posts {
    /// By title.
    pub posts: Vec<PostView>,
}

/// A post and its shifts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PostView {
    /// Which.
    pub id: Id<xinmei_model::Post>,
    /// Title.
    pub title: String,
    /// The place that runs it.
    pub place: PlaceName,
    /// Its shifts, by start.
    pub shifts: Vec<RosterShift>,
    /// What to do.
    pub about: String,
    /// Where to meet.
    pub meeting_point: String,
    /// A programme tag.
    pub programme: String,
    /// What else it says.
    pub terms: PostTerms,
    /// The campaign's name.
    pub campaign: Option<CampaignName>,
    /// The version one looks at.
    pub version: u32,
    /// Nobody new is looked for.
    pub ended: bool,
    /// A wish to change or end it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// A shift and who comes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RosterShift {
    /// The shift.
    pub line: ShiftLine,
    /// Who comes.
    pub people: Vec<Volunteer>,
    /// Who asks to come, in the order in which they asked.
    pub asking: Vec<Volunteer>,
    /// Who is asked to come and has not answered.
    pub offered: Vec<Volunteer>,
    /// Who was asked and said no.
    pub said_no: Vec<Volunteer>,
    /// Whether guests from outside may be written down for it, places apart.
    pub invites: bool,
}

/// That somebody was asked to come to a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ShiftOffer")]
pub struct OfferView {
    /// On whose behalf.
    pub source: OfferFrom,
    /// Who asked; empty of the clock.
    pub by: String,
    /// In their words; may be empty.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// Until when an answer is hoped for.
    pub until: Zoned,
}

/// Somebody who comes or asks to.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Volunteer {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Guardian of these children, where the desk knows them: 李雨桐爸爸.
    pub of: Vec<String>,
    /// Comes from outside.
    pub guest: Option<super::guest::GuestOf>,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// What they lack of what the post asks for, by name.
    pub lacks: Vec<String>,
    /// An answer to what they ask, or a word to them, waits on this computer, or was refused.
    pub pending: Option<ItemState>,
    /// Who asked them to come, if anybody did.
    pub offer: Option<OfferView>,
    /// What they said with a no; may be empty.
    pub reason: String,
    /// They come, and could not take it now: the times were changed, or what it asks.
    pub trouble: Option<Refusal>,
    /// Whether they said that they still come; nothing before they were asked.
    pub still_comes: Option<bool>,
}

/// What a post asks for, and whether one has it on the day of the shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Required {
    /// Which.
    pub qualification: Id<Qualification>,
    /// What it is called.
    pub name: String,
    /// How one comes by it; may be empty.
    pub about: String,
    /// One has it.
    pub has: bool,
    /// One has it, but only until this day.
    #[ts(type = "string | null")]
    pub until: Option<Date>,
}

/// Somebody who asks to come to a shift.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AskingVolunteer {
    /// Which.
    pub shift: Id<Shift>,
    /// Post title.
    pub title: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Who asks.
    pub name: String,
}
