//! What this computer tells its person beside the window, and when.

use jiff::{Timestamp, Zoned, civil::Time};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
pub use xinmei_model::MsgType;
use xinmei_model::{Booking, Conference, Conversation, Event, Hat, Id, Notice, PersonalQuiet};

use super::profile::ChildName;

/// `notification.settings`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NotificationSettings")]
pub struct Settings {}

/// When this person is told, and how this computer does it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NotificationChosen")]
pub struct Chosen {
    /// When they are left alone, on every device.
    pub quiet: PersonalQuiet,
    /// Once a day, all in one, on every device.
    #[ts(type = "string | null")]
    pub digest: Option<Time>,
    /// What this computer shows notifications with.
    pub shown: Shown,
    /// How this computer does it.
    pub here: Here,
    /// Things that wait for the end of quiet hours or for the digest.
    pub waiting: u32,
    /// When the first of them will be told.
    pub next: Option<Timestamp>,
}

/// What shows notifications.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Shown {
    /// Nothing: this computer has no service for it, or no window is open.
    #[default]
    Nowhere,
    /// The desktop's own service.
    Service {
        /// What it calls itself: `gnome-shell`, `Plasma`.
        name: String,
    },
}

/// What is this computer's alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "NotificationHere")]
pub struct Here {
    /// The language of notifications: the window's.
    pub language: Language,
    /// Whether closing the window leaves the program running, so that it goes on telling.
    pub stays: bool,
}

/// A language the school speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "NotificationLanguage")]
pub enum Language {
    /// 简体中文
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English
    #[serde(rename = "en")]
    English,
}

/// `notification.prefer`: on every device of this person.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NotificationPrefer")]
pub struct Prefer {
    /// When they are left alone.
    pub quiet: PersonalQuiet,
    /// Once a day, all in one; each by itself if `None`.
    #[ts(type = "string | null")]
    pub digest: Option<Time>,
}

/// `notification.here`: on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NotificationSetHere")]
pub struct SetHere {
    /// As it is from now on.
    pub here: Here,
}

/// A place in the window, and the hat in which it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Opening {
    /// The hat; the one that is on if `None`.
    pub hat: Option<Hat>,
    /// The place.
    pub at: OpensAt,
}

/// Places in the window that a notification opens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum OpensAt {
    /// Today.
    Today,
    /// A notice.
    Notice {
        /// Which.
        notice: Id<Notice>,
    },
    /// A conversation.
    Conversation {
        /// Which.
        conversation: Id<Conversation>,
    },
    /// What families ask.
    Requests,
    /// What was reported.
    Reports,
    /// The roll-call of an alert.
    RollCall {
        /// The first alert.
        incident: Id<Notice>,
    },
    /// An event.
    Event {
        /// Which.
        event: Id<Event>,
    },
    /// A conference.
    Conference {
        /// Which.
        conference: Id<Conference>,
    },
    /// Shifts.
    Shifts,
    /// The turns of one's classes.
    Turns,
    /// What waits, and what did not work out.
    Outbox,
}

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it tells, by kind, row and version: told once on each device. They name no child and hold no text.
    pub keys: Vec<String>,
    /// What it is.
    pub what: NoteKind,
    /// The title of the notice, conversation or event; a screen that is locked may show it.
    pub title: String,
    /// Whom it is about: what was shown of them goes with the right to know of them.
    pub children: Vec<ChildName>,
    /// When it came about, by the school's clock.
    pub at: Timestamp,
    /// By when something is to be done.
    pub due: Option<Zoned>,
    /// Whether something is to be done at all.
    pub to_do: bool,
    /// An alert: told in quiet hours too, never in a digest, and also while the window is in front.
    pub urgent: bool,
    /// What it opens.
    pub opens: Opening,
}

/// How something the family has booked is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BookedNews {
    /// The event, or the session, was called off.
    CalledOff,
    /// It is at another time: that by which the note is due.
    Moved,
    /// It is somewhere else.
    Elsewhere,
    /// There are fewer seats: the family waits again, first in line.
    PutBack,
    /// There are fewer seats than the party takes.
    Displaced,
    /// Nobody had come, and the seats went to others.
    Released,
    /// The draw gave it a seat: in the session by whose start the note is due.
    Drawn,
    /// The draw left it without a seat, first in line or further back.
    DrawnWaiting,
    /// The draw left it without a seat.
    NotDrawn,
}

/// What is new of one's own part in a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShiftNews {
    /// One asked to come, and the desk said yes.
    Confirmed,
    /// One asked to come, and the desk said no.
    Declined,
    /// It was called off.
    CalledOff,
    /// Somebody asks one to come.
    Offered,
    /// One was asked to come, and is not needed any more.
    Released,
    /// Its times were changed.
    Moved,
    /// One is asked whether one still comes.
    StillComing,
    /// For its desk: nobody is left to ask to stand in.
    NobodyLeft,
    /// One receives a guest.
    GuestComes,
    /// A guest one receives is there.
    GuestCame,
    /// Two swapped, and one of them is oneself.
    Swapped,
    /// The desk said no to one's swap.
    SwapRefused,
    /// One's swap is over, and the shifts are as they were.
    SwapOver,
    /// For its desk: two agreed to swap, and it waits for a yes.
    SwapWaits,
    /// The shift a child is in was called off.
    PupilOff,
    /// The shift a child is in has other times.
    PupilMoved,
    /// A shift of a guest one receives was called off.
    GuestOff,
    /// A shift of a guest one receives is at another time.
    GuestMoved,
    /// For the contact of a class: turns of the class were laid, with places to fill.
    TurnsLaid,
}

/// What a notification is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum NoteKind {
    /// A notice came.
    Notice {
        /// Who wrote it.
        by: String,
        /// It replaces an earlier one.
        changed: bool,
    },
    /// A notice that was told here does not hold any more.
    Recalled {
        /// Who took it back.
        by: String,
    },
    /// An alert came.
    Alert {
        /// Who sent it.
        by: String,
        /// The first, what is known now, or the all-clear.
        msg_type: MsgType,
        /// 演练: it is not meant.
        exercise: bool,
    },
    /// A notice of a colleague waits for a second pair of eyes.
    Approve {
        /// Who wrote it.
        by: String,
    },
    /// What oneself wanted to send to the whole school was agreed to, or not.
    Approved {
        /// Who said so.
        by: String,
        /// It goes out.
        agreed: bool,
    },
    /// A notice is not answered, and its author, or its deadline, reminds of it.
    Reminder,
    /// Something was said.
    Message {
        /// Who said the last of it.
        by: String,
        /// How many messages there are.
        messages: u32,
    },
    /// A family asks for something.
    Request {
        /// Which guardian.
        by: String,
        /// 代接; else 请假.
        pick_up: bool,
    },
    /// What the family asked for was answered.
    Answered {
        /// Which way; `None` where what was agreed does not hold any more.
        agreed: Option<bool>,
        /// 代接; else 请假.
        pick_up: bool,
    },
    /// A message was reported, and waits to be settled.
    Report,
    /// In the roll-call of an alert that is on, somebody needs help.
    NeedsHelp {
        /// Who said so.
        by: String,
        /// 演练: it is not meant.
        exercise: bool,
    },
    /// A seat is offered.
    Offer {
        /// The booking.
        booking: Id<Booking>,
    },
    /// What the family has booked is not as it was.
    Booked {
        /// In which way.
        news: BookedNews,
    },
    /// 请您来: somebody of the school asks the family to come.
    PleaseCome {
        /// Who asks.
        by: String,
        /// To the guidance station: a screen that is locked says neither who nor what for.
        guidance: bool,
    },
    /// A meeting was cancelled by the school.
    MeetingCancelled {
        /// With whom it was to be.
        with: String,
        /// Of the guidance station: a screen that is locked says neither who nor what for.
        guidance: bool,
    },
    /// One's own part in a shift is not as it was.
    Shift {
        /// In which way.
        news: ShiftNews,
    },
    /// A wish of this computer did not work out.
    Failed {
        /// The act's name: `sign-up`.
        act: String,
    },
    /// Several things in one.
    Digest {
        /// How many.
        notes: u32,
        /// In how many of them something is to be done.
        to_do: u32,
    },
}
