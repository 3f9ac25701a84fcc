//! Mutations: what can be wished.

use jiff::civil::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Addressee, Answering, Appointing, Arrival, ArrivalMove, Arriving, Booking, BookingChange, BusMove, Child,
    ChildFiles, Conference, ConferenceDraft, ContestAct, Conversation, ConversationDraft, CourseAct, Cut,
    Event, EventDraft, EventField, FamilyRequest, FamilyRequestDraft, FileHash, Gate, GateDraft, Hat,
    HoursAct, Id, Inbox, InboxDraft, Link, Marking, Meeting, MeetingBooking, MeetingOffer, Message,
    MessageText, MutationId, Notice, NoticeDraft, OfferDraft, OfficeHours, PartnerDraft, PartnerOrg, Person,
    PersonalQuiet, PostDraft, Proxy, QuietHours, RelationGrants, Remark, Report, ReportDraft, Right, Role,
    Series, SeriesDraft, Session, Shift, SignUp, Template, TemplateDraft, Theme, ThemeDraft, TripEnding,
    TripMarking, TripPlan, VenueDrop, VenuePut, VolunteerAct,
};

/// A person's wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mutation {
    /// UUIDv7, made when the wish was composed. The same id is the same wish, however often it arrives.
    pub id: MutationId,
    /// The hat it was made in.
    pub hat: Hat,
    /// Mutations that must be accepted first.
    #[serde(default)]
    pub after: Vec<MutationId>,
    /// What is wished.
    pub act: Act,
}

/// What can be wished. A released kind never changes its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case")]
#[schemars(transform = crate::course_act::one_of)]
pub enum Act {
    /// Send a notice, after the hold window.
    SendNotice {
        /// As composed.
        notice: NoticeDraft,
    },
    /// Send a notice with a file of its own for each child.
    SendChildFiles {
        /// As composed.
        notice: NoticeDraft,
        /// Each family gets that of its own child.
        child_files: ChildFiles,
    },
    /// Take a notice back.
    RecallNotice {
        /// Which.
        notice: Id<Notice>,
        /// Why, or what holds instead, for who has it. Up to [`limits::NOTE_CHARS`](crate::limits::NOTE_CHARS); may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// Remind those who have not answered a notice.
    RemindNotice {
        /// Which.
        notice: Id<Notice>,
    },
    /// Note that one has seen a notice.
    MarkSeen {
        /// Which.
        notice: Id<Notice>,
    },
    /// Agree that a notice goes to the whole school.
    ApproveNotice {
        /// Which.
        notice: Id<Notice>,
    },
    /// Say that a notice should not go to the whole school.
    DeclineNotice {
        /// Which.
        notice: Id<Notice>,
        /// For its author to read.
        reason: String,
    },
    /// Say where a child is while an alert is on.
    MarkRollCall(Marking),
    /// Send a notice again and again.
    RepeatNotice {
        /// As composed.
        series: SeriesDraft,
    },
    /// Let a notice repeat no more.
    EndSeries {
        /// Which.
        series: Id<Series>,
    },
    /// Answer a notice for one child.
    Answer(Answering),
    /// Publish an event with its sessions.
    PublishEvent {
        /// As planned.
        event: EventDraft,
    },
    /// Change an event that was published.
    ChangeEvent {
        /// As it is to be; its id and place are the event's.
        event: EventDraft,
        /// The version that was looked at.
        version: u32,
        /// What is meant to be empty from now on. Anything else that `event` leaves open stands as it stood.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        clears: Vec<EventField>,
    },
    /// Call one session off.
    CancelSession {
        /// Which.
        session: Id<Session>,
        /// For families to read.
        reason: String,
    },
    /// Call an event off.
    CancelEvent {
        /// Which.
        event: Id<Event>,
        /// For families to read.
        reason: String,
    },
    /// Change the number of seats.
    SetCapacity {
        /// Of which session.
        session: Id<Session>,
        /// Seats.
        capacity: u32,
        /// Meant, although families lose seats by it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cut: Option<Cut>,
    },
    /// Draw the seats of an event whose sign-up has closed.
    Draw {
        /// Of which event.
        event: Id<Event>,
        /// The public value that was named, as everybody can read it by now.
        value: String,
    },
    /// Sign a family up.
    SignUp(SignUp),
    /// Change a booking: all of it or none.
    ChangeBooking(BookingChange),
    /// Give a booking back.
    Withdraw {
        /// Which.
        booking: Id<Booking>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Take an offered seat.
    AcceptOffer {
        /// Which booking.
        booking: Id<Booking>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Pass an offered seat on.
    DeclineOffer {
        /// Which booking.
        booking: Id<Booking>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Set check-in of an event up.
    OpenCheckIn {
        /// Which.
        event: Id<Event>,
    },
    /// Say who checks in.
    AppointSteward(Appointing),
    /// Stand at a door.
    OpenGate {
        /// As named.
        gate: GateDraft,
    },
    /// Say how many seats a gate may give to who walks in.
    LeaseSeats {
        /// Which gate.
        gate: Id<Gate>,
        /// Of which session.
        session: Id<Session>,
        /// Seats, those it gave included.
        seats: u32,
    },
    /// Take back the seats of who did not come.
    ReleaseNoShows {
        /// In which session.
        session: Id<Session>,
        /// Families it costs their seats, as the coordinator saw them.
        families: u32,
    },
    /// Note that a gate has heard what was taken back.
    AgreeRelease {
        /// Which gate.
        gate: Id<Gate>,
        /// Up to which round.
        round: u32,
    },
    /// Close a gate.
    CloseGate {
        /// Which.
        gate: Id<Gate>,
    },
    /// Take the seats of a gate that did not come back.
    RevokeGate {
        /// Which.
        gate: Id<Gate>,
    },
    /// Let somebody in.
    Arrive(Arriving),
    /// Correct what was written down of who came.
    CorrectArrival {
        /// Which.
        arrival: Id<Arrival>,
        /// What it is.
        to: ArrivalMove,
    },
    /// Open a post with its shifts.
    PostShifts {
        /// As planned.
        post: PostDraft,
    },
    /// Take a shift.
    TakeShift {
        /// Which.
        shift: Id<Shift>,
        /// 代办: for whom.
        on_behalf_of: Option<Proxy>,
    },
    /// Give a shift back.
    DropShift {
        /// Which.
        shift: Id<Shift>,
        /// 代办: for whom.
        on_behalf_of: Option<Proxy>,
    },
    /// Open a conference day or a guidance station.
    OpenConference {
        /// As planned.
        conference: ConferenceDraft,
    },
    /// Change what families read of a conference and when they may book.
    ChangeConference {
        /// As it is to be; its id, kind and place are the conference's.
        conference: ConferenceDraft,
        /// The version that was looked at.
        version: u32,
    },
    /// Call a conference off.
    CancelConference {
        /// Which.
        conference: Id<Conference>,
        /// For families to read.
        reason: String,
    },
    /// Offer times to meet families, or change what one offers.
    OfferSlots {
        /// As planned.
        offer: OfferDraft,
        /// Meant, although families lose a meeting by it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cut: Option<Cut>,
    },
    /// Take an offer of times back.
    WithdrawSlots {
        /// Which.
        offer: Id<MeetingOffer>,
        /// Meant, although families lose a meeting by it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cut: Option<Cut>,
    },
    /// 请您来: ask the family of a child to book a meeting, or take that back.
    PleaseCome {
        /// In which conference.
        conference: Id<Conference>,
        /// Whose family.
        child: Id<Child>,
        /// For the family to read; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
        /// From now on no more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ends: bool,
    },
    /// Book meetings: all of them or none.
    BookMeetings(MeetingBooking),
    /// Give a meeting back.
    WithdrawMeeting {
        /// Which.
        meeting: Id<Meeting>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Cancel a meeting one cannot come to.
    CancelMeeting {
        /// Which.
        meeting: Id<Meeting>,
        /// For the family to read.
        reason: String,
    },
    /// Write what was agreed in a meeting of the guidance station.
    WriteMeetingNote {
        /// Of which meeting.
        meeting: Id<Meeting>,
        /// As it reads from now on.
        text: String,
    },
    /// Ask for a child: 请假, 代接.
    MakeRequest {
        /// As composed.
        request: FamilyRequestDraft,
    },
    /// Answer a family's request.
    AnswerRequest {
        /// Which.
        request: Id<FamilyRequest>,
        /// Yes or no.
        agrees: bool,
        /// For the family to read; may be empty.
        note: String,
    },
    /// Take a request back.
    WithdrawRequest {
        /// Which.
        request: Id<FamilyRequest>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Begin a conversation about a child.
    OpenConversation {
        /// As composed.
        conversation: ConversationDraft,
    },
    /// Say something.
    SayMessage {
        /// Where.
        conversation: Id<Conversation>,
        /// About whom: what was typed goes with the right to know of the child.
        child: Id<Child>,
        /// What.
        message: MessageText,
    },
    /// Say it otherwise.
    EditMessage {
        /// Which.
        message: Id<Message>,
        /// About whom.
        child: Id<Child>,
        /// What it says now.
        text: String,
    },
    /// Take it back.
    DeleteMessage {
        /// Which.
        message: Id<Message>,
    },
    /// 收到
    ReceiveMessage {
        /// Which.
        message: Id<Message>,
    },
    /// Note how far one has read.
    MarkRead {
        /// Where.
        conversation: Id<Conversation>,
        /// The last message that was on the screen.
        up_to: u32,
        /// Whether the others may know.
        shown: bool,
    },
    /// Bring another member of staff or a shared inbox in.
    BringIn {
        /// Where.
        conversation: Id<Conversation>,
        /// Whom.
        who: Addressee,
        /// To read along and say nothing.
        reads_only: bool,
    },
    /// Leave a conversation, or take out who was brought in.
    TakeOut {
        /// Where.
        conversation: Id<Conversation>,
        /// Whom.
        who: Addressee,
    },
    /// Make a shared inbox, or change one.
    KeepInbox {
        /// As it is from now on.
        inbox: InboxDraft,
    },
    /// Let nothing new be asked in a shared inbox.
    CloseInbox {
        /// Which.
        inbox: Id<Inbox>,
    },
    /// Say that a conversation is over.
    EndConversation {
        /// Which.
        conversation: Id<Conversation>,
    },
    /// Give the open conversations of a hat to another.
    HandOver {
        /// Whose.
        from: Id<Role>,
        /// To whom.
        to: Id<Role>,
    },
    /// Report a message to the school.
    ReportMessage(ReportDraft),
    /// Settle what was reported.
    CloseReport {
        /// Which.
        report: Id<Report>,
        /// For whoever reported it.
        to_reporter: String,
        /// For everybody in the conversation.
        to_all: String,
    },
    /// Let a member of staff read along in a reported conversation, to look after the child.
    AppointReader {
        /// What was reported.
        report: Id<Report>,
        /// Who reads along from now on.
        who: Id<Role>,
        /// From now on no more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ends: bool,
    },
    /// Let a guardian only read in the conversation that was reported.
    StopWriting {
        /// What was reported.
        report: Id<Report>,
        /// Whom.
        guardian: Id<Person>,
        /// Why, for everybody in it to read.
        why: String,
        /// Whom to talk to.
        call: String,
    },
    /// Let that guardian write again.
    LetWrite {
        /// What was reported.
        report: Id<Report>,
        /// Whom.
        guardian: Id<Person>,
    },
    /// Say when messages are answered in this hat.
    SetOfficeHours {
        /// From when until when, Monday to Friday; not told if `None`.
        hours: Option<OfficeHours>,
    },
    /// Set or end the quiet hours of the school.
    SetQuietHours {
        /// From when until when, every day; none if `None`.
        quiet: Option<QuietHours>,
        /// For those who work there instead of families.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        staff: bool,
    },
    /// Set how long a notice stands in its author's hands before it goes out.
    SetHoldWindow {
        /// At most [`limits::HOLD_SECONDS`](crate::limits::HOLD_SECONDS); 0 for not at all.
        seconds: u32,
    },
    /// Say how long it takes from one campus to another.
    SetTravelTime {
        /// At most [`limits::TRAVEL_MINUTES`](crate::limits::TRAVEL_MINUTES).
        minutes: u32,
    },
    /// Bring in what was announced of a year's holidays.
    SetHolidays {
        /// A signed holiday file, whole: at most [`limits::HOLIDAY_FILE_BYTES`](crate::limits::HOLIDAY_FILE_BYTES).
        file: String,
    },
    /// Say when one wants to be told.
    SetPreferences {
        /// When one is left alone.
        quiet: PersonalQuiet,
        /// Once a day, all in one; each by itself if `None`.
        #[schemars(with = "Option<String>")]
        digest: Option<Time>,
    },
    /// Make the address at which one's own calendar program reads what one has booked; an earlier one ends.
    MakeCalendarLink {
        /// What the secret in the address hashes to.
        secret_sha256: FileHash,
    },
    /// End that address.
    EndCalendarLink,
    /// Keep a template: a new one, or one that is there as it reads now.
    PutTemplate {
        /// Which; made by the author's device for a new one.
        template: Id<Template>,
        /// What it says.
        draft: TemplateDraft,
        /// For everybody who works here, not for oneself alone.
        school: bool,
    },
    /// Drop a template.
    DropTemplate {
        /// Which.
        template: Id<Template>,
    },
    /// Keep a venue: a new one, or one that is there as it reads now; one that was dropped is used again.
    PutVenue(VenuePut),
    /// Let nothing new be held in a venue.
    DropVenue(VenueDrop),
    /// Keep a theme of events: a new one, or one that is there as it reads now.
    PutTheme {
        /// Which; made by the author's device for a new one.
        theme: Id<Theme>,
        /// What it plans.
        draft: ThemeDraft,
    },
    /// Drop a theme; events that were planned from it stay as they are.
    DropTheme {
        /// Which.
        theme: Id<Theme>,
    },
    /// A step of a contest.
    Contest(ContestAct),
    /// A step of volunteering: campaigns, posts, qualifications.
    Volunteer(VolunteerAct),
    /// Keep a partner of the school: a new one, one that is there as it reads now, or one that was dropped, again.
    PutPartner {
        /// Which; made by the author's device for a new one.
        partner: Id<PartnerOrg>,
        /// What is kept of it.
        draft: PartnerDraft,
    },
    /// Drop a partner; events keep its name.
    DropPartner {
        /// Which.
        partner: Id<PartnerOrg>,
    },
    /// Say with whom an event is held.
    NamePartner {
        /// Which event.
        event: Id<Event>,
        /// With whom; with nobody if `None`.
        partner: Option<Id<PartnerOrg>>,
    },
    /// Make a trip of an event, or change what is planned of one.
    PlanTrip {
        /// Which event.
        event: Id<Event>,
        /// As it is from now on.
        plan: TripPlan,
    },
    /// Put a child on a bus.
    MoveBus(BusMove),
    /// Say whether a child is there, at a stop of a trip.
    MarkTrip(TripMarking),
    /// Say that everybody is back from a trip.
    EndTrip(TripEnding),
    /// Turn remarks of one wording into rights.
    DecideRemarks {
        /// Which; identical ones are decided together.
        remarks: Vec<Id<Remark>>,
        /// For guardians of each relation; a relation that is not named keeps nothing.
        grants: Vec<RelationGrants>,
    },
    /// Set one guardian's rights over one child.
    SetRights {
        /// Which link.
        link: Id<Link>,
        /// Exactly these, from today.
        rights: Vec<Right>,
        /// Keep away altogether.
        barred: bool,
    },
    /// Note that a guardian has no device and is told on paper, or that this is over.
    SetOnPaper {
        /// One of the guardian's links.
        link: Id<Link>,
        /// On paper from now on.
        on_paper: bool,
    },
    /// A step of the ledger of hours.
    Hours(HoursAct),
    /// What is wished of courses.
    #[serde(untagged)]
    Course(CourseAct),
}
