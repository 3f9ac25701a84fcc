//! Whom a notice is for, in words.

use jiff::Zoned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Audience, Event, Id, Post, Session, Shift};

use super::profile::{ChildName, PlaceName};

/// `notice.names`: an audience in words.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeNames")]
pub struct Names {
    /// Which.
    pub audience: Audience,
}

/// Its parts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeNamed")]
pub struct Named {
    /// In their order; what is not known here is left out.
    pub names: Vec<AudienceName>,
}

/// One part of an audience, in words.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum AudienceName {
    /// A place.
    Place {
        /// Which.
        place: PlaceName,
        /// Left out instead of included.
        except: bool,
    },
    /// One family.
    Child {
        /// Whose.
        child: ChildName,
        /// Left out instead of included.
        except: bool,
    },
    /// Families who come to an event, wait for it, or came.
    Event {
        /// Which.
        event: Id<Event>,
        /// Its title.
        title: String,
        /// Only those of one session.
        session: Option<SessionName>,
        /// Which of them.
        who: EventPart,
        /// Left out instead of included.
        except: bool,
    },
    /// Whoever took shifts of a post.
    Post {
        /// Which.
        post: Id<Post>,
        /// Its title.
        title: String,
        /// Only those of one shift.
        shift: Option<ShiftName>,
        /// Left out instead of included.
        except: bool,
    },
}

/// What families have to do with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum EventPart {
    /// They come, or have a seat.
    Comes,
    /// They wait for a seat.
    Waits,
    /// They came.
    Came,
}

/// A session, as it is told apart.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SessionName {
    /// Which.
    pub id: Id<Session>,
    /// 第 1 场
    pub name: String,
    /// When.
    pub starts: Zoned,
}

/// A shift, as it is told apart.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShiftName {
    /// Which.
    pub id: Id<Shift>,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
}

/// Why a family receives a notice.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Because {
    /// Everybody at a place does.
    Place {
        /// Which.
        place: PlaceName,
    },
    /// It was chosen by itself.
    Child,
    /// It comes to a session, waits for it, or came.
    Event {
        /// Title of the event.
        title: String,
        /// Which session.
        session: SessionName,
        /// In which way.
        who: EventPart,
    },
    /// A guardian took a shift.
    Post {
        /// Title of the post.
        title: String,
        /// Which shift.
        shift: ShiftName,
    },
}
