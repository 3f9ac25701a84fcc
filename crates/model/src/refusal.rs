//! Every way the school can say no.

use jiff::{Timestamp, Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Population, Power, Right};

/// Why the school says no. Closed, and carrying facts instead of sentences: the window has one sentence and one
/// next step for each code in each language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, ts_rs::TS)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refusal {
    /// It is not there, or not yours: the two are never told apart.
    #[error("no such {what}")]
    NotFound {
        /// Kind of the row.
        what: String,
    },
    /// You may not do this for this child.
    #[error("you do not hold the right {right:?} for this child")]
    NoRight {
        /// The right that is missing.
        right: Right,
    },
    /// Your role does not allow this here.
    #[error("your role does not allow {power:?} here")]
    NoPower {
        /// The power that is missing.
        power: Power,
    },
    /// A field cannot be read or makes no sense.
    #[error("the field {field} cannot be used")]
    Malformed {
        /// Name of the field.
        field: String,
    },
    /// More than the limit.
    #[error("{field} is over the limit of {limit}")]
    TooMany {
        /// Name of the field.
        field: String,
        /// The limit.
        limit: u32,
    },
    /// Sign-up has not opened.
    #[error("sign-up opens {opens}")]
    NotOpenYet {
        /// When it opens.
        opens: Zoned,
    },
    /// The deadline has passed.
    #[error("closed since {since}")]
    Closed {
        /// When it closed.
        since: Zoned,
    },
    /// It has begun or is over.
    #[error("it began {since}")]
    Started {
        /// When it began.
        since: Zoned,
    },
    /// No seat left and no waitlist.
    #[error("full")]
    Full,
    /// This child already has a seat in this event.
    #[error("this child is already signed up")]
    AlreadyBooked {
        /// The booking that holds it.
        booking: Uuid,
    },
    /// The family would hold more seats than one family may.
    #[error("over the family's limit of {limit}")]
    FamilyLimit {
        /// Seats one family may hold in this event.
        limit: u32,
    },
    /// The event is for other classes.
    #[error("not for this class")]
    NotEligible,
    /// The booking is not in a state that allows this: it was given back, or the offer has passed on.
    #[error("the booking no longer allows this")]
    BookingGone,
    /// The notice was recalled or replaced.
    #[error("the notice was recalled or replaced")]
    NoticeGone {
        /// What replaced it.
        by: Option<Uuid>,
    },
    /// Nothing is asked for, or it was done already.
    #[error("nothing is asked for")]
    NothingAsked,
    /// Whoever has not answered was reminded a short while ago.
    #[error("they were reminded lately; again from {again}")]
    RemindedLately {
        /// From when on they may be again.
        again: Timestamp,
    },
    /// Another guardian has to answer.
    #[error("another guardian has to answer")]
    OtherGuardian,
    /// Somebody answered meanwhile, and otherwise: nothing is replaced unseen.
    #[error("{by} has answered meanwhile")]
    AnsweredAlready {
        /// The guardian who did.
        by: String,
    },
    /// No room is left for this choice.
    #[error("no room is left for {choice}")]
    ChoiceFull {
        /// In words.
        choice: String,
    },
    /// What was signed is not what the notice says.
    #[error("the text is not the one that was signed")]
    TextChanged,
    /// The request was answered or taken back.
    #[error("the request no longer allows this")]
    RequestGone,
    /// Who is named may not fetch this child; the office knows why.
    #[error("this person may not fetch the child")]
    PickUpBarred,
    /// The school has ended the conversation.
    #[error("the conversation was ended")]
    ConversationEnded,
    /// The school has stopped this person from writing in the conversation; reading goes on.
    #[error("the school has stopped you from writing here: {why}; talk to {call}")]
    WritingStopped {
        /// Why, in the school's words.
        why: String,
        /// Whom to talk to, in the school's words.
        call: String,
    },
    /// This hat reads along in the conversation and says nothing.
    #[error("you only read along here")]
    ReadsOnly,
    /// Nobody of the school who answers would be left in the conversation.
    #[error("somebody who answers has to stay")]
    NobodyLeft,
    /// What was reported is settled: nobody from outside reads the conversation any more.
    #[error("the report was closed")]
    ReportClosed,
    /// It is about oneself or one's own child: somebody else settles it.
    #[error("somebody who is not concerned has to settle this")]
    Concerned,
    /// It is somebody else's, was deleted, or the time to change it is over.
    #[error("the message can no longer be changed")]
    MessageFixed,
    /// A file that is for one child is for none of those that are addressed, or its name says so of another.
    #[error("the file {name} is for no child this is for")]
    FileForNobody {
        /// As its author called it.
        name: String,
    },
    /// A file it carries has not arrived.
    #[error("the file {name} has not arrived")]
    FileMissing {
        /// As it is called.
        name: String,
    },
    /// The list the author confirmed is not the list now.
    #[error("the audience is now {now} families")]
    AudienceChanged {
        /// Families the author saw.
        seen: u32,
        /// Families now.
        now: u32,
    },
    /// Nobody else could agree to it, and it may not go to the whole school without.
    #[error("nobody else could agree to it")]
    NoApprover,
    /// Nobody would receive it.
    #[error("nobody would receive it")]
    AudienceEmpty,
    /// What is asked would be due before anybody has read it.
    #[error("it goes out {goes_out}, after it is due")]
    DueTooEarly {
        /// When the notice would go out.
        goes_out: Timestamp,
    },
    /// It was changed by somebody else since it was looked at.
    #[error("it was changed meanwhile")]
    ChangedMeanwhile,
    /// This session was called off.
    #[error("the session was called off: {reason}")]
    SessionCancelled {
        /// In the organiser's words.
        reason: String,
    },
    /// The session is for children who come for the first time.
    #[error("the session is for children who come for the first time")]
    NotFirstTime,
    /// More seats than the children who come give a booking.
    #[error("a booking may have {limit} seats for each child")]
    ChildSeats {
        /// Seats for each child that comes.
        limit: u32,
    },
    /// A child cannot have more sessions of this event.
    #[error("a child may have {limit} sessions")]
    ChildLimit {
        /// Sessions a child may have.
        limit: u32,
    },
    /// A session would have more seats than its venue takes people.
    #[error("{venue} takes {capacity} people")]
    VenueTooSmall {
        /// Its name.
        venue: String,
        /// People it takes.
        capacity: u32,
        /// Seats the session would have.
        seats: u32,
    },
    /// At that time the venue has not so much room left.
    #[error("{venue} has room for {left} more beside {title}, which begins {starts}")]
    VenueTaken {
        /// Its name.
        venue: String,
        /// The event that takes most of it then.
        title: String,
        /// When that event's session begins.
        starts: Zoned,
        /// People it still takes.
        left: u32,
        /// Seats the session would have.
        seats: u32,
    },
    /// Capacity cannot go below what families already hold.
    #[error("{used} seats are already held")]
    SeatsHeld {
        /// Seats confirmed or offered.
        used: u32,
    },
    /// Capacity cannot go below the largest party that waits: it could never be served.
    #[error("a party of {size} waits")]
    PartyWaits {
        /// Seats it takes.
        size: u32,
    },
    /// The gate is closed, or its seats were taken back.
    #[error("the gate is closed")]
    GateClosed,
    /// The gate has no seats left to give to who walks in.
    #[error("{left} seats left at this gate")]
    NoWalkInSeats {
        /// Seats it still has.
        left: u32,
    },
    /// Everybody of this booking was let in.
    #[error("let in at {gate_name}")]
    AlreadyIn {
        /// At which gate.
        gate_name: String,
        /// When, as that gate's clock says.
        at: jiff::Timestamp,
    },
    /// Nobody came in time, and the seats went to others.
    #[error("the seats went to others")]
    SeatReleased,
    /// The booking is for another session of the event.
    #[error("for another session")]
    OtherSession {
        /// Which.
        session: uuid::Uuid,
    },
    /// Gates are open, and may be without a network: what they count on does not change until they are closed.
    #[error("{gates} gates are open")]
    GatesOpen {
        /// How many.
        gates: u32,
    },
    /// The event was cancelled or is not published.
    #[error("the event is not open")]
    EventNotOpen,
    /// The value that decides the draw is not known yet.
    #[error("nobody draws before {from}")]
    DrawNotYet {
        /// When it will be known.
        from: Zoned,
    },
    /// What is drawn is fixed between the close of sign-up and the draw.
    #[error("what is drawn is fixed until it was drawn")]
    DrawPending,
    /// The seats were drawn: nobody draws twice.
    #[error("it was drawn already")]
    DrawDone,
    /// How the stage ended is told when it was held, not before.
    #[error("the stage begins {starts}")]
    StageAhead {
        /// When it begins.
        starts: Zoned,
    },
    /// How the stage ended is not written down for every candidate.
    #[error("{missing} candidates have no result")]
    ResultsMissing {
        /// How many have none.
        missing: u32,
    },
    /// Enough people have taken the shift.
    #[error("the shift is full")]
    ShiftFull,
    /// The person already has another shift at that time.
    #[error("another shift at the same time")]
    ShiftClash {
        /// The other shift.
        with: Uuid,
    },
    /// Between two shifts of one person there is too little rest.
    #[error("less than {minutes} minutes of rest")]
    ShortRest {
        /// The other shift.
        with: Uuid,
        /// Minutes there have to be.
        minutes: u32,
    },
    /// The person lacks what the post asks for.
    #[error("{name} is missing")]
    MissingQualification {
        /// Which.
        qualification: Uuid,
        /// What it is called.
        name: String,
        /// They have it, but only until this day.
        until: Option<Date>,
    },
    /// The post is for others.
    #[error("the post is for others")]
    OtherVolunteers {
        /// For whom.
        population: Population,
    },
    /// The post takes no pupils.
    #[error("the post takes no pupils")]
    NoPupils,
    /// The post takes no guests from outside.
    #[error("the post takes no guests")]
    NoGuests,
    /// Nobody receives the guest: whoever did works here no more. The desk alone lets them in.
    #[error("nobody receives this guest")]
    NobodyReceives,
    /// Guests were let in for that day; they have to be taken out before the shift is on another.
    #[error("{guests} guests come on that day")]
    GuestsCome {
        /// How many.
        guests: u32,
    },
    /// The shift was called off.
    #[error("the shift was called off")]
    ShiftOff,
    /// The post or the campaign was ended.
    #[error("it was ended")]
    PostEnded,
    /// The shift is already taken by this person, or not taken when it should be.
    #[error("the shift is already so")]
    ShiftAlready,
    /// The offer to swap stands no more: it was taken back, somebody else answered it, or the shift is theirs no longer.
    #[error("the offer to swap stands no more")]
    SwapOver,
    /// People do not swap shifts of this post with one another.
    #[error("shifts of this post are not swapped")]
    SwapOff,
    /// One of the two could not come to the shift of the other any more.
    #[error("one of the two could not come to the other's shift")]
    SwapUnfit {
        /// Their name, for the desk; empty for the other of the two, who learns neither who nor why.
        name: String,
    },
    /// Somebody else was quicker: this slot is taken.
    #[error("the slot at {starts} is taken")]
    SlotTaken {
        /// Of which offer.
        offer: Uuid,
        /// When it begins.
        starts: Zoned,
    },
    /// One cannot be at both: it falls on the time of another meeting, or is too far from it.
    #[error("another meeting at {at}")]
    MeetingClash {
        /// When the other begins.
        at: Zoned,
        /// It is at another time, but on another campus, and there is not the time to get there.
        too_far: bool,
    },
    /// It is no holiday file, or one of a form this version cannot read.
    #[error("not a holiday file")]
    HolidayFileUnreadable,
    /// The holiday file was signed with a key this version does not know.
    #[error("signed with the key {key}, which is not known here")]
    HolidayFileForeign {
        /// How the file names it.
        key: String,
    },
    /// The holiday file is not as it was signed.
    #[error("the file is not as it was signed")]
    HolidayFileForged,
    /// The holiday file was signed, and says something that cannot be meant.
    #[error("{what} makes no sense")]
    HolidayFileWrong {
        /// A field, a day, or a line of the file.
        what: String,
    },
    /// What is known of that year is newer, or as new and otherwise.
    #[error("for {year} that of {published}, edition {edition}, is known")]
    HolidaysOlder {
        /// Which year.
        year: i16,
        /// When what is known was announced.
        published: Date,
        /// Which edition of it is known.
        edition: u32,
    },
    /// A mutation this one depends on was refused or withdrawn.
    #[error("what this depended on was not done")]
    DependsOn {
        /// The mutation it depended on.
        mutation: Uuid,
    },
    /// The trip is over: nobody is called any more.
    #[error("the trip is over since {since}")]
    TripEnded {
        /// Since when.
        since: Timestamp,
    },
    /// Children who were there on the way are not accounted for.
    #[error("{children} children are not accounted for")]
    NotAllBack {
        /// How many.
        children: u32,
    },
    /// A later stage was told already: results are told in the order of the stages.
    #[error("{stage} was told already")]
    LaterTold {
        /// The name of that stage.
        stage: String,
    },
    /// Its author took it back before it was decided.
    #[error("withdrawn by its author at {at}")]
    TakenBack {
        /// When.
        at: Timestamp,
    },
    /// Nobody approves, refuses or judges what is their own, or what they entered.
    #[error("somebody else has to do this")]
    HoursOwn,
    /// The entry was answered, changed, taken back or corrected meanwhile.
    #[error("the entry no longer reads as you saw it")]
    HoursSettled,
    /// Two desks said different things of who came: one of them settles it first.
    #[error("two desks said different things; it has to be settled first")]
    HoursDisputed,
    /// The server cannot read this mutation; an update is needed on one side.
    #[error("this version cannot read it")]
    Unreadable,
}
