//! Rows: every noun in the form in which it is kept, sent and indexed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Absence, Access, Allotment, Answer, Arrival, Bar, Booking, CalendarLink, Campaign, Candidate, CheckIn,
    Child, ChildFile, ClassContact, ClassReady, Conference, Contact, Contest, Conversation, Course,
    DrawResult, DrawRoll, DrawSecret, Due, EndedRight, Event, FamilyRequest, Feed, Fill, Gate, Guest,
    HolidayYear, HoursCheckpoint, HoursEntry, HoursHead, HoursProof, HoursState, Inbox, Link, Material,
    Meeting, MeetingNote, MeetingOffer, Membership, Message, Notice, OnDuty, Participation, PartnerOrg, Pass,
    Person, PickUp, Place, PleaseCome, Post, Preference, PupilFill, PupilTake, Qualification, Qualified,
    ReadMark, Recall, Remark, Report, Role, RollMark, School, Seat, Seen, Series, Session, Shift,
    ShownCandidate, StageResult, StandInSearch, StandInWish, Standing, StarHours, Steward, SwapOffer,
    SwapPart, Take, Template, Theme, TripChild, TripMark, TripWhere, Turn, TurnPart, Upload, Venue, Year,
};

/// A noun that is kept as rows.
pub trait Noun: Sized {
    /// Its kind.
    const KIND: Kind;
    /// The row of this noun inside a [`Row`], if it is one.
    fn of(row: &Row) -> Option<&Self>;
}

macro_rules! rows {
    ($($noun:ident $name:literal),+ $(,)?) => {
        /// What a row is. The names are fixed for good: they stand in stores and on the wire.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind { $(#[doc = concat!("See [`crate::", stringify!($noun), "`].")] $noun),+ }

        impl Kind {
            /// Every kind, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$noun),+];

            /// The name on the wire and in stores.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$noun => $name),+ }
            }

            /// The kind of that name; `None` for a kind of a newer server.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$noun),)+ _ => None }
            }
        }

        /// One row, whole.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
        pub enum Row { $(#[doc = concat!("See [`crate::", stringify!($noun), "`].")] $noun($noun)),+ }

        impl Row {
            /// Its identity, unique over all kinds.
            #[must_use]
            pub fn id(&self) -> Uuid {
                match self { $(Self::$noun(row) => row.id.uuid()),+ }
            }

            /// Its kind.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self { $(Self::$noun(_) => Kind::$noun),+ }
            }

            /// The body alone, as it is kept and sent.
            ///
            /// # Errors
            /// Never for the types here; the signature is serde's.
            pub fn body(&self) -> serde_json::Result<String> {
                match self { $(Self::$noun(row) => serde_json::to_string(row)),+ }
            }

            /// Reads a body of a known kind.
            ///
            /// # Errors
            /// If the body is not of that kind: a row of a newer server, or a damaged store.
            pub fn parse(kind: Kind, body: &str) -> serde_json::Result<Self> {
                match kind { $(Kind::$noun => serde_json::from_str(body).map(Self::$noun)),+ }
            }
        }

        $(
            impl From<$noun> for Row { fn from(row: $noun) -> Self { Self::$noun(row) } }
            impl Noun for $noun {
                const KIND: Kind = Kind::$noun;
                fn of(row: &Row) -> Option<&Self> {
                    if let Row::$noun(row) = row { Some(row) } else { None }
                }
            }
        )+
    };
}

rows! {
    School "school", Year "year", Place "place", Person "person", Contact "contact", Role "role",
    Child "child", Link "link", Bar "bar", Remark "remark",
    Notice "notice", Membership "membership", Answer "answer", RollMark "roll-mark",
    Event "event", Session "session", Allotment "allotment", Booking "booking", Seat "seat",
    Fill "fill", Standing "standing",
    Post "post", Shift "shift", Take "take",
    FamilyRequest "family-request", Absence "absence", PickUp "pick-up",
    Conversation "conversation", Message "message", ReadMark "read-mark", Report "report", Access "access",
    Preference "preference", Template "template", Series "series", Upload "upload",
    Inbox "inbox", ChildFile "child-file", Seen "seen", Recall "recall", EndedRight "ended-right",
    CalendarLink "calendar-link",
    CheckIn "check-in", Steward "steward", Gate "gate", Pass "pass", Arrival "arrival",
    DrawSecret "draw-secret", DrawRoll "draw-roll", DrawResult "draw-result",
    Conference "conference", MeetingOffer "meeting-offer", Meeting "meeting", PleaseCome "please-come",
    MeetingNote "meeting-note", Theme "theme", HolidayYear "holiday-year",
    Venue "venue",
    Contest "contest", Candidate "candidate", ShownCandidate "shown-candidate", Turn "turn", StageResult "stage-result",
    PartnerOrg "partner-org", TripChild "trip-child", TripMark "trip-mark", TripWhere "trip-where",
    Course "course", Material "material", Participation "participation",
    Campaign "campaign", Qualification "qualification", Qualified "qualified",
    OnDuty "on-duty", HoursEntry "hours-entry", HoursHead "hours-head", HoursCheckpoint "hours-checkpoint",
    HoursProof "hours-proof", StarHours "star-hours",
    ClassContact "class-contact", ClassReady "class-ready", TurnPart "turn-part",
    StandInSearch "stand-in-search", StandInWish "stand-in-wish",
    SwapOffer "swap-offer", SwapPart "swap-part",
    PupilTake "pupil-take", PupilFill "pupil-fill",
    Guest "guest",
}

/// One effect of a decision.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a decision has a handful; boxing each row would cost more than it saves"
)]
pub enum Change {
    /// The row now reads so and stands in exactly these feeds.
    Put {
        /// The row.
        row: Row,
        /// Who may see it; no feed means that it never leaves the server.
        feeds: Vec<Feed>,
    },
    /// A timer is set. An earlier timer of the same subject is made void by its generation, not removed.
    Set(Due),
}

impl Change {
    /// Puts a row into feeds.
    pub fn put(row: impl Into<Row>, feeds: impl Into<Vec<Feed>>) -> Self {
        Self::Put { row: row.into(), feeds: feeds.into() }
    }
}

impl Row {
    /// What the school signs of it, where it has a place for a signature that is still empty: whoever keeps the school's key
    /// does, as it writes the row.
    #[must_use]
    pub fn unsigned(&self, school: crate::Id<School>) -> Option<Vec<u8>> {
        match self {
            Self::HoursEntry(entry) => {
                let made = entry.checkpoint(school).filter(|made| made.signature.is_empty())?;
                Some(made.message())
            }
            Self::HoursCheckpoint(made) => made.signature.is_empty().then(|| made.message()),
            Self::Take(take) => take.unsigned(school),
            Self::HoursProof(proof) => proof.signature.is_empty().then(|| proof.payload().into_bytes()),
            _ => None,
        }
    }

    /// With this signature, in unpadded base64url, in its place.
    #[must_use]
    pub fn signed(mut self, by_school: String) -> Self {
        match &mut self {
            Self::HoursEntry(entry) => {
                if let HoursState::Approved(approval) = &mut entry.state {
                    approval.signature = by_school;
                }
            }
            Self::HoursCheckpoint(made) => made.signature = by_school,
            Self::HoursProof(proof) => proof.signature = by_school,
            Self::Take(take) => take.seal = by_school,
            _ => {}
        }
        self
    }
}
