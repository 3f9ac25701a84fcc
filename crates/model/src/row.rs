//! Rows: every noun in the form in which it is kept, sent and indexed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Absence, Access, Allotment, Answer, Arrival, Attachment, Bar, Booking, BookingState, CalendarLink,
    Campaign, Candidate, CheckIn, Child, ChildFile, Conference, Contact, Contest, Conversation, Course,
    DrawResult, DrawRoll, DrawSecret, Due, EndedRight, Event, FamilyRequest, Feed, Fill, Gate, HolidayYear,
    HoursCheckpoint, HoursEntry, HoursHead, HoursProof, HoursState, Inbox, Link, List, Material, Meeting,
    MeetingNote, MeetingOffer, Membership, Message, Notice, OnDuty, Participation, PartnerOrg, Pass,
    PassState, Person, PickUp, Place, PleaseCome, Post, Preference, Qualification, Qualified, ReadMark,
    Recall, Remark, Report, Role, RollMark, School, Seat, Seen, Series, Session, Shift, ShownCandidate,
    StageResult, Standing, StarHours, Steward, Take, Template, Theme, TripChild, TripMark, TripWhere, Turn,
    Upload, Venue, Year, wanted::day_number,
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
}

impl Row {
    /// The lists this row stands on, each with its place in the order.
    #[must_use]
    pub fn lists(&self) -> Vec<(List, i64)> {
        let first = |list| vec![(list, 0)];
        match self {
            Self::School(_) | Self::Year(_) | Self::Place(_) | Self::Person(_) => {
                first(List::All(self.kind()))
            }
            Self::Role(role) => vec![(List::All(Kind::Role), 0), (List::RolesOf(role.person), 0)],
            Self::Child(child) => child.path.iter().map(|place| (List::ChildrenIn(*place), 0)).collect(),
            Self::Link(link) => {
                vec![(List::LinksOf(link.child), 0), (List::LinksBy(link.guardian), 0)]
            }
            Self::Remark(remark) => {
                vec![(List::All(Kind::Remark), 0), (List::RemarksOn(remark.child), 0)]
            }
            Self::Notice(notice) => {
                let composed = notice.composed.as_millisecond();
                let places = notice.stands_at().into_iter().map(|place| (List::NoticesTo(place), composed));
                std::iter::once((List::All(Kind::Notice), composed))
                    .chain(places)
                    .chain(with_files(&notice.files))
                    .collect()
            }
            Self::ChildFile(own) => std::iter::once((List::ChildFilesOf(own.notice), 0))
                .chain(with_files(std::slice::from_ref(&own.file)))
                .collect(),
            Self::Membership(member) => {
                vec![(List::MembershipsOf(member.person), 0), (List::AudienceOf(member.notice), 0)]
            }
            Self::Answer(answer) => std::iter::once((List::AnswersTo(answer.notice), 0))
                .chain(with_files(answer.given.reply.files()))
                .collect(),
            Self::Seen(seen) => first(List::SeenOf(seen.notice)),
            Self::Recall(recall) => vec![(List::All(Kind::Recall), recall.sent.as_millisecond())],
            Self::EndedRight(ended) => first(List::EndedRightsOf(ended.child)),
            Self::RollMark(mark) => first(List::MarksOf(mark.incident)),
            Self::Event(event) => std::iter::once((List::All(Kind::Event), 0))
                .chain(event.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .chain(event.lesson.iter().map(|lesson| (List::LessonsOf(lesson.course), 0)))
                .collect(),
            Self::Course(course) => std::iter::once((List::All(Kind::Course), 0))
                .chain(course.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .collect(),
            Self::Material(material) if material.dropped => Vec::new(),
            Self::Material(material) => {
                std::iter::once((List::MaterialsOf(material.event), material.at.as_millisecond()))
                    .chain(with_files(std::slice::from_ref(&material.file)))
                    .collect()
            }
            Self::Participation(row) => {
                vec![(List::ParticipationsAt(row.session), 0), (List::ParticipationsBy(row.guardian), 0)]
            }
            Self::Post(post) => std::iter::once((List::All(Kind::Post), 0))
                .chain(post.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .collect(),
            Self::Conference(conference) => std::iter::once((List::All(Kind::Conference), 0))
                .chain(conference.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .collect(),
            Self::Contest(contest) => std::iter::once((List::All(Kind::Contest), 0))
                .chain(contest.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .collect(),
            Self::Candidate(candidate) => {
                let entries = candidate.earlier.iter().chain([&candidate.entry]).chain(&candidate.fine);
                let posters: Vec<_> = entries.filter_map(|entry| entry.poster.clone()).collect();
                std::iter::once((List::OfContest(candidate.contest), candidate.at.as_millisecond()))
                    .chain(with_files(&posters))
                    .collect()
            }
            Self::ShownCandidate(one) => {
                let poster = one.entry.as_ref().and_then(|entry| entry.poster.as_ref());
                let files = poster.map(std::slice::from_ref).unwrap_or_default();
                std::iter::once((List::OfContest(one.contest), 0)).chain(with_files(files)).collect()
            }
            Self::Turn(turn) if turn.gone => Vec::new(),
            Self::Turn(turn) => vec![(List::OfContest(turn.contest), i64::from(turn.number))],
            Self::StageResult(result) if result.dropped => Vec::new(),
            Self::StageResult(result) => first(List::OfContest(result.contest)),
            Self::MeetingOffer(offer) => {
                let at = offer.from.timestamp().as_millisecond();
                vec![(List::MeetingOffersOf(offer.conference), at), (List::MeetingOffersBy(offer.person), at)]
            }
            Self::Meeting(meeting) => {
                let at = meeting.starts.timestamp().as_millisecond();
                vec![(List::MeetingsAt(meeting.offer), at), (List::MeetingsBy(meeting.guardian), at)]
            }
            Self::PleaseCome(asked) => {
                vec![(List::PleaseComeTo(asked.conference), 0), (List::PleaseComeFor(asked.child), 0)]
            }
            Self::Session(session) => {
                let starts = session.starts.timestamp().as_millisecond();
                let last_first = session.ends.timestamp().as_millisecond().saturating_neg();
                let there = session.held_in.map(|venue| (List::SessionsAt(venue), last_first));
                [(List::SessionsOf(session.event), starts)].into_iter().chain(there).collect()
            }
            Self::Booking(booking) => {
                let mut lists = vec![(List::BookingsOf(booking.session), i64::from(booking.seq))];
                if booking.state == BookingState::Waiting {
                    lists.push((List::WaitingFor(booking.counted_with()), i64::from(booking.seq)));
                }
                if booking.state == BookingState::Entered {
                    lists.push((List::EntriesOf(booking.session), i64::from(booking.seq)));
                }
                lists
            }
            Self::Seat(seat) if seat.gone => Vec::new(),
            Self::Seat(seat) => vec![(List::SeatsFor(seat.child), 0), (List::SeatsOf(seat.booking), 0)],
            Self::Pass(pass) => {
                let mut lists =
                    vec![(List::PassesOf(pass.booking), 0), (List::PassesOfSession(pass.session), 0)];
                if let PassState::Releasing { round } = pass.state {
                    lists.push((List::ReleasingAt(pass.event), i64::from(round)));
                }
                lists
            }
            Self::Arrival(arrival) => {
                let at = arrival.at.as_millisecond();
                let booking = arrival.booking.map(List::ArrivalsOf);
                let lists = booking.into_iter().chain([List::ArrivalsAt(arrival.session)]);
                lists.map(|list| (list, at)).collect()
            }
            Self::Gate(gate) => vec![(List::GatesOf(gate.event), gate.opened.as_millisecond())],
            Self::Steward(steward) if steward.ended => Vec::new(),
            Self::Steward(steward) => {
                vec![(List::StewardsOf(steward.event), 0), (List::StewardingBy(steward.person), 0)]
            }
            Self::Shift(shift) => {
                vec![(List::ShiftsOf(shift.post), shift.starts.timestamp().as_millisecond())]
            }
            Self::Take(take) => vec![(List::TakesOf(take.shift), 0), (List::TakesBy(take.person), 0)],
            Self::FamilyRequest(request) => vec![
                (List::All(Kind::FamilyRequest), request.at.as_millisecond()),
                (List::RequestsFor(request.child), 0),
            ],
            Self::Absence(absence) => vec![(List::All(Kind::Absence), day_number(absence.to))],
            Self::PickUp(pick_up) => vec![
                (List::All(Kind::PickUp), pick_up.at.timestamp().as_millisecond()),
                (List::PickUpsOf(pick_up.child), 0),
            ],
            Self::Conversation(conversation) => {
                let last = conversation.last.as_millisecond();
                let with = conversation.with.iter().map(|partner| List::ConversationsWith(partner.role));
                let inboxes = conversation.inboxes.iter().map(|one| List::ConversationsIn(one.inbox));
                [(List::All(Kind::Conversation), last), (List::ConversationsAbout(conversation.child), last)]
                    .into_iter()
                    .chain(with.chain(inboxes).map(|list| (list, last)))
                    .collect()
            }
            Self::Message(said) => {
                std::iter::once((List::MessagesOf(said.conversation), i64::from(said.seq)))
                    .chain(with_files(&said.files))
                    .collect()
            }
            Self::Upload(upload) => vec![
                (List::UploadsOf(upload.sha256), 0),
                (List::UploadsBy(upload.person), upload.at.as_millisecond()),
            ],
            Self::ReadMark(mark) => first(List::ReadMarksOf(mark.conversation)),
            Self::Report(report) => {
                let at = report.at.as_millisecond();
                vec![(List::All(Kind::Report), at), (List::ReportsOf(report.conversation), at)]
            }
            Self::Inbox(inbox) => std::iter::once(List::All(Kind::Inbox))
                .chain(inbox.readers.iter().map(|role| List::InboxesOf(*role)))
                .map(|list| (list, 0))
                .collect(),
            Self::Series(_) | Self::HolidayYear(_) | Self::Campaign(_) | Self::Qualification(_) => {
                first(List::All(self.kind()))
            }
            Self::Qualified(row) => {
                vec![(List::QualificationsOf(row.person), 0), (List::QualifiedFor(row.qualification), 0)]
            }
            Self::CalendarLink(link) if link.ended.is_some() => Vec::new(),
            Self::CalendarLink(link) => first(List::CalendarLinkWith(link.secret_sha256)),
            Self::Template(template) if template.dropped => Vec::new(),
            Self::Theme(theme) if theme.dropped => Vec::new(),
            Self::Theme(_) => first(List::All(Kind::Theme)),
            Self::Venue(venue) if venue.dropped => Vec::new(),
            Self::Venue(_) => first(List::All(Kind::Venue)),
            Self::PartnerOrg(partner) if partner.dropped => Vec::new(),
            Self::PartnerOrg(_) => first(List::All(Kind::PartnerOrg)),
            Self::TripChild(line) if line.gone => Vec::new(),
            Self::TripChild(line) => first(List::TripChildrenOf(line.session)),
            Self::TripMark(mark) => vec![(List::TripMarksOf(mark.session), i64::from(mark.stop))],
            Self::Template(template) => first(List::TemplatesOf(template.owner)),
            Self::Access(access) => vec![(List::AccessesTo(access.conversation), i64::from(access.seq))],
            Self::OnDuty(row) => first(List::DutyOf(row.shift)),
            Self::HoursEntry(entry) => entry.lists(),
            Self::HoursProof(proof) => vec![(List::HoursBy(proof.person), day_number(proof.issued))],
            Self::HoursHead(_)
            | Self::HoursCheckpoint(_)
            | Self::StarHours(_)
            | Self::Contact(_)
            | Self::Bar(_)
            | Self::MeetingNote(_)
            | Self::Allotment(_)
            | Self::Fill(_)
            | Self::Standing(_)
            | Self::Preference(_)
            | Self::CheckIn(_)
            | Self::TripWhere(_)
            | Self::DrawSecret(_)
            | Self::DrawRoll(_)
            | Self::DrawResult(_) => Vec::new(),
        }
    }
}

/// The lists on which a row stands by what it carries.
fn with_files(files: &[Attachment]) -> impl Iterator<Item = (List, i64)> {
    let mut hashes: Vec<_> = files.iter().flat_map(Attachment::parts).map(|(hash, _)| hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.into_iter().map(|hash| (List::WithFile(hash), 0))
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
            _ => {}
        }
        self
    }
}
