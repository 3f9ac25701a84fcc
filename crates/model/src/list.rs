//! Lists: what rules and screens read rows by.

use crate::{
    Booking, Child, Conference, Contest, Conversation, Course, Event, FileHash, Id, Inbox, Kind,
    MeetingOffer, Notice, Person, Place, Post, Qualification, Role, Session, Shift, SwapOffer, Venue,
};

/// An index that rules and screens read by: "the seats of this child". A row says itself on which lists it
/// stands, so server and replica keep the same ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Every row of one kind; for small kinds only (places, years, roles, events, posts).
    All(Kind),
    /// Children enrolled at a place or below it.
    ChildrenIn(Id<Place>),
    /// Links of a child.
    LinksOf(Id<Child>),
    /// Links of a guardian.
    LinksBy(Id<Person>),
    /// Rights over a child that were taken away.
    EndedRightsOf(Id<Child>),
    /// Hats of a person.
    RolesOf(Id<Person>),
    /// Sessions of an event.
    SessionsOf(Id<Event>),
    /// Sessions in a venue, what ends last first: where the list is cut, it is the past.
    SessionsAt(Id<Venue>),
    /// Events, posts, conferences and contests held at a place or below it.
    HeldAt(Id<Place>),
    /// Seats of a child.
    SeatsFor(Id<Child>),
    /// Seats of a booking.
    SeatsOf(Id<Booking>),
    /// Bookings of a session.
    BookingsOf(Id<Session>),
    /// Entries in a draw that wish for a session first, in order of acceptance.
    EntriesOf(Id<Session>),
    /// Bookings that wait for a session, or for any of the pool it is the first of, in order of acceptance.
    WaitingFor(Id<Session>),
    /// Who goes on a trip.
    TripChildrenOf(Id<Session>),
    /// Who was there at the stops of a trip, in their order.
    TripMarksOf(Id<Session>),
    /// Passes of a booking.
    PassesOf(Id<Booking>),
    /// Passes of a session: the list at the gates.
    PassesOfSession(Id<Session>),
    /// Arrivals with a booking.
    ArrivalsOf(Id<Booking>),
    /// Passes whose seats are free once every gate has heard, in the order of their rounds.
    ReleasingAt(Id<Event>),
    /// Arrivals in a session.
    ArrivalsAt(Id<Session>),
    /// Gates of an event.
    GatesOf(Id<Event>),
    /// Who checks in at an event.
    StewardsOf(Id<Event>),
    /// Where a person checks in.
    StewardingBy(Id<Person>),
    /// Answers to a notice.
    AnswersTo(Id<Notice>),
    /// Files of a notice that are each for one child.
    ChildFilesOf(Id<Notice>),
    /// Who has seen a notice.
    SeenOf(Id<Notice>),
    /// Where the children are, in one incident.
    MarksOf(Id<Notice>),
    /// Memberships of a person in audiences.
    MembershipsOf(Id<Person>),
    /// Notices that stand in this place's own feed, or did, in the order they were composed.
    NoticesTo(Id<Place>),
    /// Memberships of one notice's audience.
    AudienceOf(Id<Notice>),
    /// Offers of times in a conference, by their start.
    MeetingOffersOf(Id<Conference>),
    /// Offers of times by a person.
    MeetingOffersBy(Id<Person>),
    /// Meetings in the slots of an offer, by their start.
    MeetingsAt(Id<MeetingOffer>),
    /// Meetings of a guardian, by their start.
    MeetingsBy(Id<Person>),
    /// Families that were asked to come to a conference.
    PleaseComeTo(Id<Conference>),
    /// To what the family of a child was asked to come.
    PleaseComeFor(Id<Child>),
    /// Candidates of a contest as they were nominated, with their turns, results and what is shown of them.
    OfContest(Id<Contest>),
    /// Shifts of a post.
    ShiftsOf(Id<Post>),
    /// Shifts of a post, the one that ends last first.
    LatestShiftsOf(Id<Post>),
    /// Posts a person supervises.
    SupervisedBy(Id<Person>),
    /// Takes of a shift.
    TakesOf(Id<Shift>),
    /// Takes by a person.
    TakesBy(Id<Person>),
    /// Offers to swap a shift of a post.
    SwapOffersOf(Id<Post>),
    /// Who takes part in a swap.
    SwapPartsOf(Id<SwapOffer>),
    /// Swaps in which a person gives a shift.
    SwapPartsBy(Id<Person>),
    /// Swaps in which somebody gives this shift.
    SwapPartsAt(Id<Shift>),
    /// What a class's contact sees of who comes to a shift.
    TurnPartsOf(Id<Shift>),
    /// Contacts a class has or had.
    ContactsOf(Id<Place>),
    /// Who said in a class that they are ready to be asked.
    ReadyIn(Id<Place>),
    /// As what a person stands in the turns of classes: contact, ready to be asked.
    OfClassesBy(Id<Person>),
    /// Qualifications a person has or had.
    QualificationsOf(Id<Person>),
    /// Who has a qualification or had it.
    QualifiedFor(Id<Qualification>),
    /// Remarks about a child.
    RemarksOn(Id<Child>),
    /// Requests for a child.
    RequestsFor(Id<Child>),
    /// Agreed pick-ups of a child.
    PickUpsOf(Id<Child>),
    /// Conversations about a child.
    ConversationsAbout(Id<Child>),
    /// Conversations in which a hat takes part.
    ConversationsWith(Id<Role>),
    /// Conversations in which a shared inbox takes part.
    ConversationsIn(Id<Inbox>),
    /// Shared inboxes that a hat reads.
    InboxesOf(Id<Role>),
    /// Messages of a conversation, in their order.
    MessagesOf(Id<Conversation>),
    /// Who has read how far in a conversation.
    ReadMarksOf(Id<Conversation>),
    /// What was reported of a conversation.
    ReportsOf(Id<Conversation>),
    /// The access log of a conversation, in its order.
    AccessesTo(Id<Conversation>),
    /// Templates of a person; of the whole school if `None`.
    TemplatesOf(Option<Id<Person>>),
    /// Rows that name a file or its thumbnail: whoever sees one of them may read it.
    WithFile(FileHash),
    /// Who has uploaded a file.
    UploadsOf(FileHash),
    /// What a person has uploaded, in the order it arrived.
    UploadsBy(Id<Person>),
    /// Events that are lessons of a course.
    LessonsOf(Id<Course>),
    /// Materials of a lesson, in the order in which they were given.
    MaterialsOf(Id<Event>),
    /// Which parents took part in a session.
    ParticipationsAt(Id<Session>),
    /// In what a parent took part.
    ParticipationsBy(Id<Person>),
    /// Hours of a volunteer, entries and certificates.
    HoursBy(Id<Person>),
    /// Entries of hours that somebody has to answer.
    HoursWaiting,
    /// Who came to a shift.
    DutyOf(Id<Shift>),
    /// Pupils of a shift, in the order in which they were put down.
    PupilTakesOf(Id<Shift>),
    /// Shifts a child was put down for.
    PupilTakesFor(Id<Child>),
    /// Guests of a post, by their day.
    GuestsAt(Id<Post>),
    /// Guests whom a person receives, by their day.
    ReceivedBy(Id<Person>),
    /// The address of a calendar with this secret, as long as it leads there.
    CalendarLinkWith(FileHash),
}

impl List {
    /// A stable short text, the key of the list in a store.
    #[must_use]
    pub fn key(&self) -> String {
        let (name, id) = match *self {
            Self::All(kind) => return format!("all/{}", kind.name()),
            Self::WithFile(hash) => return format!("with-file/{hash}"),
            Self::UploadsOf(hash) => return format!("uploads-of/{hash}"),
            Self::CalendarLinkWith(hash) => return format!("calendar-link-with/{hash}"),
            Self::ChildrenIn(id) => ("children-in", id.uuid()),
            Self::LinksOf(id) => ("links-of", id.uuid()),
            Self::LinksBy(id) => ("links-by", id.uuid()),
            Self::EndedRightsOf(id) => ("ended-rights-of", id.uuid()),
            Self::RolesOf(id) => ("roles-of", id.uuid()),
            Self::SessionsOf(id) => ("sessions-of", id.uuid()),
            Self::SessionsAt(id) => ("sessions-at", id.uuid()),
            Self::HeldAt(id) => ("held-at", id.uuid()),
            Self::SeatsFor(id) => ("seats-for", id.uuid()),
            Self::SeatsOf(id) => ("seats-of", id.uuid()),
            Self::BookingsOf(id) => ("bookings-of", id.uuid()),
            Self::EntriesOf(id) => ("entries-of", id.uuid()),
            Self::WaitingFor(id) => ("waiting-for", id.uuid()),
            Self::TripChildrenOf(id) => ("trip-children-of", id.uuid()),
            Self::TripMarksOf(id) => ("trip-marks-of", id.uuid()),
            Self::PassesOf(id) => ("passes-of", id.uuid()),
            Self::PassesOfSession(id) => ("passes-of-session", id.uuid()),
            Self::ArrivalsOf(id) => ("arrivals-of", id.uuid()),
            Self::ReleasingAt(id) => ("releasing-at", id.uuid()),
            Self::ArrivalsAt(id) => ("arrivals-at", id.uuid()),
            Self::GatesOf(id) => ("gates-of", id.uuid()),
            Self::StewardsOf(id) => ("stewards-of", id.uuid()),
            Self::StewardingBy(id) => ("stewarding-by", id.uuid()),
            Self::AnswersTo(id) => ("answers-to", id.uuid()),
            Self::ChildFilesOf(id) => ("child-files-of", id.uuid()),
            Self::SeenOf(id) => ("seen-of", id.uuid()),
            Self::MarksOf(id) => ("marks-of", id.uuid()),
            Self::MembershipsOf(id) => ("memberships-of", id.uuid()),
            Self::NoticesTo(id) => ("notices-to", id.uuid()),
            Self::AudienceOf(id) => ("audience-of", id.uuid()),
            Self::MeetingOffersOf(id) => ("meeting-offers-of", id.uuid()),
            Self::MeetingOffersBy(id) => ("meeting-offers-by", id.uuid()),
            Self::MeetingsAt(id) => ("meetings-at", id.uuid()),
            Self::MeetingsBy(id) => ("meetings-by", id.uuid()),
            Self::PleaseComeTo(id) => ("please-come-to", id.uuid()),
            Self::PleaseComeFor(id) => ("please-come-for", id.uuid()),
            Self::OfContest(id) => ("of-contest", id.uuid()),
            Self::ShiftsOf(id) => ("shifts-of", id.uuid()),
            Self::LatestShiftsOf(id) => ("latest-shifts-of", id.uuid()),
            Self::SupervisedBy(id) => ("supervised-by", id.uuid()),
            Self::TakesOf(id) => ("takes-of", id.uuid()),
            Self::TakesBy(id) => ("takes-by", id.uuid()),
            Self::SwapOffersOf(id) => ("swap-offers-of", id.uuid()),
            Self::SwapPartsOf(id) => ("swap-parts-of", id.uuid()),
            Self::SwapPartsBy(id) => ("swap-parts-by", id.uuid()),
            Self::SwapPartsAt(id) => ("swap-parts-at", id.uuid()),
            Self::TurnPartsOf(id) => ("turn-parts-of", id.uuid()),
            Self::ContactsOf(id) => ("contacts-of", id.uuid()),
            Self::ReadyIn(id) => ("ready-in", id.uuid()),
            Self::OfClassesBy(id) => ("of-classes-by", id.uuid()),
            Self::QualificationsOf(id) => ("qualifications-of", id.uuid()),
            Self::QualifiedFor(id) => ("qualified-for", id.uuid()),
            Self::RemarksOn(id) => ("remarks-on", id.uuid()),
            Self::RequestsFor(id) => ("requests-for", id.uuid()),
            Self::PickUpsOf(id) => ("pick-ups-of", id.uuid()),
            Self::ConversationsAbout(id) => ("conversations-about", id.uuid()),
            Self::ConversationsWith(id) => ("conversations-with", id.uuid()),
            Self::ConversationsIn(id) => ("conversations-in", id.uuid()),
            Self::InboxesOf(id) => ("inboxes-of", id.uuid()),
            Self::MessagesOf(id) => ("messages-of", id.uuid()),
            Self::ReadMarksOf(id) => ("read-marks-of", id.uuid()),
            Self::ReportsOf(id) => ("reports-of", id.uuid()),
            Self::AccessesTo(id) => ("accesses-to", id.uuid()),
            Self::HoursWaiting => return "hours-waiting".into(),
            Self::TemplatesOf(None) => return "templates-of/school".into(),
            Self::TemplatesOf(Some(id)) => ("templates-of", id.uuid()),
            Self::LessonsOf(id) => ("lessons-of", id.uuid()),
            Self::MaterialsOf(id) => ("materials-of", id.uuid()),
            Self::ParticipationsAt(id) => ("participations-at", id.uuid()),
            Self::ParticipationsBy(id) => ("participations-by", id.uuid()),
            Self::HoursBy(id) => ("hours-by", id.uuid()),
            Self::DutyOf(id) => ("duty-of", id.uuid()),
            Self::GuestsAt(id) => ("guests-at", id.uuid()),
            Self::ReceivedBy(id) => ("received-by", id.uuid()),
            Self::UploadsBy(id) => ("uploads-by", id.uuid()),
            Self::PupilTakesOf(id) => ("pupil-takes-of", id.uuid()),
            Self::PupilTakesFor(id) => ("pupil-takes-for", id.uuid()),
        };
        format!("{name}/{id}")
    }
}
