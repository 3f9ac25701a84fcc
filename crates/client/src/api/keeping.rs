//! Keeping people: whether they still come, who stands in, and where people are missing now.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{DayPart, Id, Post, Shift, StandInState};

use super::{profile::PlaceName, sync::ItemState};

/// `volunteer.keeping`: what one is asked about shifts of one's own, and for a desk how its next shifts stand.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerKeeping")]
pub struct Keeping {}

/// How shifts stand.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerKept")]
pub struct Kept {
    /// Shifts of one's own one was asked about and has not confirmed, by start.
    pub mine: Vec<StillComing>,
    /// Whether one wants to be asked to stand in.
    pub wish: StandInWished,
    /// For a desk: shifts that are on or come within eight days, by start.
    pub shifts: Vec<KeptShift>,
    /// For a desk: its posts, by title, over the last 120 days.
    pub posts: Vec<SharedPost>,
}

/// A shift of one's own: do you still come?
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StillComing {
    /// Which.
    pub shift: Id<Shift>,
    /// Post title.
    pub title: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Where to meet.
    pub meeting_point: String,
    /// How the work is done, step by step; empty where the post has none.
    pub handbook: String,
    /// An answer waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// Whether and when somebody wants to be asked to stand in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StandInWished {
    /// They said so, one way or the other. Who did not is asked where they have come before.
    pub said: bool,
    /// Whether.
    pub asks: bool,
    /// On which days of the week, 1 for Monday to 7; on all, if there are none.
    pub days: Vec<i8>,
    /// At which part of the day.
    pub part: DayPart,
    /// A wish about it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// A shift, as its desk watches it. No volunteer is named: a screen on a wall shows it, without who began a search.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KeptShift {
    /// Which.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Post title.
    pub title: String,
    /// The place that runs it.
    pub place: PlaceName,
    /// Where to meet.
    pub meeting_point: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// People needed.
    pub needed: u32,
    /// People who come, as last heard.
    pub taken: u32,
    /// Adults who are missing for the pupils who were put down.
    pub adults_wanted: u32,
    /// People who are missing in all: somebody who comes is one of those needed, and an adult for the pupils.
    pub missing: u32,
    /// Of those who come, who was asked whether they still come and has not said so.
    pub unconfirmed: u32,
    /// Of them, who is there.
    pub there: u32,
    /// The search for a stand-in, if there was one.
    pub search: Option<SearchView>,
    /// Whether the desk may begin one now.
    pub may_search: bool,
    /// A wish to begin or stop one waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// How the search for a stand-in stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchView {
    /// In a word.
    pub state: StandInState,
    /// Waves so far.
    pub waves: u32,
    /// People asked in all.
    pub asked: u32,
    /// Of them, who said no.
    pub said_no: u32,
    /// Of them, whose answer is waited for.
    pub waiting: u32,
    /// When the next few are asked.
    pub next: Option<Timestamp>,
    /// The name of who began it; empty where it began by itself.
    pub by: String,
}

/// How the shifts of a post were shared. Counts, and nobody's name or rank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SharedPost {
    /// Which.
    pub post: Id<Post>,
    /// Title.
    pub title: String,
    /// Shifts that began.
    pub shifts: u32,
    /// Of them, those that began with fewer people than they needed.
    pub short: u32,
    /// How many different people came to them.
    pub people: u32,
}
