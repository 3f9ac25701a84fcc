//! 换班: offers to swap a shift, one's own and those of others, and what a desk has to confirm.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Id, Person, Post, Refusal, Shift, SwapOffer, SwapState};

use super::sync::ItemState;

/// `volunteer.swaps`: swaps one could answer, one's own, and for a desk those of its posts.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerSwaps")]
pub struct Swaps {
    /// With the shifts of one's own that may be offered: each is tried for every other of its post, so only who offers one asks.
    #[serde(default)]
    pub offering: bool,
}

/// `volunteer.offer-swap`: offers a shift of one's own.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerOfferSwap")]
pub struct OfferSwap {
    /// Which one gives.
    pub give: Id<Shift>,
    /// For one of these; for any other of the post, if there are none.
    pub want: Vec<Id<Shift>>,
    /// For the desk to read; may be empty.
    pub words: String,
}

/// Swaps.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SwapList {
    /// Offers of others that a shift of one's own fits, by start.
    pub offers: Vec<SwapToAnswer>,
    /// One's own: open, agreed, or settled lately.
    pub mine: Vec<OwnSwap>,
    /// Shifts of one's own that may be offered, by start; none where that was not asked.
    pub may_offer: Vec<Swappable>,
    /// For a desk: what two agreed and it has to confirm first, then what is open.
    pub desk: Vec<DeskSwap>,
}

/// A shift by its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SwapShift {
    /// Which.
    pub shift: Id<Shift>,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
}

/// Somebody's offer, which names nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SwapToAnswer {
    /// Which.
    pub swap: Id<SwapOffer>,
    /// Post title.
    pub title: String,
    /// What they give.
    pub give: SwapShift,
    /// Shifts of one's own one could give for it.
    pub yours: Vec<SwapShift>,
    /// What of one's own falls on the time of what they give.
    pub clash: Option<String>,
    /// Both could be attended, but nobody gets from one to the other in time.
    pub clash_far: bool,
    /// The desk has to confirm.
    pub confirmed: bool,
}

/// A swap of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnSwap {
    /// Which.
    pub swap: Id<SwapOffer>,
    /// Post title.
    pub title: String,
    /// What one gives.
    pub gives: SwapShift,
    /// What one gets, once two agree.
    pub gets: Option<SwapShift>,
    /// What one would take; any other of the post, if there are none.
    pub want: Vec<SwapShift>,
    /// One made the offer; else one answered it.
    pub began: bool,
    /// How it stands.
    pub state: SwapState,
    /// The desk has to confirm.
    pub confirmed: bool,
    /// Why the desk said no; else empty.
    pub reason: String,
    /// When it came to stand so.
    pub at: Timestamp,
    /// A wish about it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// A shift of one's own that may be offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Swappable {
    /// Post title.
    pub title: String,
    /// Which.
    pub give: SwapShift,
    /// Others of the post one could come to instead.
    pub others: Vec<SwapShift>,
    /// The desk has to confirm.
    pub confirmed: bool,
}

/// One of the two in a swap, as the desk reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeskSwapSide {
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub name: String,
    /// What they give.
    pub gives: SwapShift,
}

/// A swap, as the desk reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeskSwap {
    /// Which.
    pub swap: Id<SwapOffer>,
    /// Of which post.
    pub post: Id<Post>,
    /// Post title.
    pub title: String,
    /// Who made the offer.
    pub one: DeskSwapSide,
    /// Who answered it.
    pub other: Option<DeskSwapSide>,
    /// When it was answered: the desk says to which answer its own is.
    pub seen: Option<Timestamp>,
    /// What whoever made it would take; any other of the post, if there are none.
    pub want: Vec<SwapShift>,
    /// What they said; may be empty.
    pub words: String,
    /// Two agree, and it waits for the desk.
    pub waits: bool,
    /// An answer waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// `volunteer.swap-with`: 代办: with whom somebody who comes to a shift could swap it, for the desk.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerSwapWith")]
pub struct SwapWith {
    /// Who.
    pub person: Id<Person>,
    /// Which shift of theirs.
    pub shift: Id<Shift>,
}

/// People of the same post who come to other shifts of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SwapPartners {
    /// By start of their shift, then by name. Also those against whom something speaks.
    pub partners: Vec<SwapPartner>,
}

/// Somebody to swap with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SwapPartner {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Guardian of these children, where the desk knows them.
    pub of: Vec<String>,
    /// What they give.
    pub gives: SwapShift,
    /// Whether the one who was asked about can come there.
    pub one: SwapChecked,
    /// Whether they can come to that one's shift.
    pub other: SwapChecked,
}

/// Whether somebody can come to a shift in the place of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SwapChecked {
    /// This computer knows; else the school says so as it decides.
    pub known: bool,
    /// Why not, places apart.
    pub why_not: Option<Refusal>,
}
