//! The school's rules, once.
//!
//! The client asks these functions what will probably happen, the server asks the same functions what
//! happens. Nothing here waits, opens, reads a clock or rolls a die: what a rule needs is passed in, so that
//! a failing case is a seed and not a story.
//!
//! # Eleven words
//!
//! | word | meaning |
//! |---|---|
//! | **mutation** | a person's wish, with an id made when it was composed ([`Mutation`]) |
//! | **decide** | the pure function from facts and a mutation to changes or a refusal ([`decide`]) |
//! | **refusal** | one of the closed set of ways the school says no ([`Refusal`]) |
//! | **change** | a row put into its feeds, or a timer set ([`Change`]) |
//! | **verdict** | what the server answered, for good ([`Verdict`]) |
//! | **outbox** | the mutations a device has not seen settled yet |
//! | **replica** | the rows a device was sent, in its own store |
//! | **feed** | the unit of visibility; a row is seen whole or not at all ([`Feed`]) |
//! | **cursor** | up to which rev a device has everything |
//! | **rev** | the school's counter; each change takes the next one ([`Rev`]) |
//! | **poke** | "there is something new": losing one costs time, never data |
//!
//! # Order of the modules
//!
//! `id` → `limits` → `refusal` → `actor` → the nouns (`quiet`, `school`, `person`, `link`, `audience` with `taking_part`, `ask`, `attachment` with `file_kind` and `file_name`, `notice`, `sending`, `child_file` with `child_number`, `approval`, `alert`, `roll_call`, `going_out`, `membership`, `reminder`, `answer`, `event`, `event_draft`, `event_field`, `event_change`, `venue` with `venue_use`, `eligibility`, `allotment`, `pool` with `passing_by`, `hold` with `hold_change`, `capacity`, `booking`, `booking_change`, `sign_up`, `waitlist`, `giving_back`, `check_in` with `pass`, `gate`, `release`, `arrival`, `ticket` and `attendance`, `course` with `material`, `participation` and `course_count`, `draw` with `draw_entry` and `drawing`, `rehearsal`, `clash`, `partner` with `vcard`, `trip_plan` with `trip_child`, `trip_slip`, `trip_mark`, `trip_end` and `trip_buses`, `conference` with `meeting_offer`, `meeting`, `meeting_booking`, `meeting_plan`, `meeting_note` and `please_come`, `contest` with `candidate`, `candidate_entry`, `running_order`, `stage_result`, `contest_plan` and `contest_act`, `contest_times`, `class_moved`, `holiday_year` with `holiday_file` and `holidays`, `class_contact`, `class_turn`, `turn_plan`, `shift` with `volunteer`, `shift_take`, `shift_comes`, `shift_rest`, `shift_offer`, `turn_act`, `shift_change`, `volunteer_record`, `matching`, `stand_in` with `stand_in_wave`, `still_coming`, `swap` with `swap_act`, `swap_end` and `swap_fit`, `post_terms`, `post_change`, `campaign`, `qualification` and `volunteer_act`, `pupil_terms`, `pupil_take`, `guest` with `pupil_count`, `supervisor`, `on_duty` with `pupil_mark`, `duty_code` and `duty_self`, `hours_entry` with `hours_chain`, `hours_book`, `hours_proof`, `hours_report` and `hours_act`, `wanted`, `family_request`, `conversation` with `inbox`, `message`, `circle`, `access`, `report`, `office_hours`, `preference`, `calendar_link`) with `row`, `row_lists`, `list`
//! and `facts` that hold them → `feed`, `rights` → `mutation`, `decide` (the only match over acts), `due` (what time does) → `history` (what
//! a family had in its hands at a moment), `calendar` with `calendar_entry`, `calendar_words`, `calendar_shifts` and `icalendar` → `wire`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod access;
mod act;
mod actor;
mod alert;
mod allotment;
mod answer;
mod approval;
mod arrival;
mod ask;
mod attachment;
mod attendance;
mod audience;
mod booking;
mod booking_answer;
mod booking_change;
mod calendar;
mod calendar_entry;
mod calendar_link;
mod calendar_shifts;
mod calendar_words;
mod campaign;
mod candidate;
mod candidate_entry;
mod capacity;
mod check_in;
mod child_file;
mod child_number;
mod circle;
mod clash;
mod class_contact;
mod class_moved;
mod class_turn;
mod conference;
mod contest;
mod contest_act;
mod contest_plan;
mod contest_times;
mod conversation;
mod course;
mod course_act;
mod course_count;
mod decide;
mod draw;
mod draw_entry;
mod drawing;
mod due;
mod duty_code;
mod duty_self;
mod eligibility;
mod ended_right;
mod event;
mod event_change;
mod event_copy;
mod event_draft;
mod event_field;
mod event_shape;
mod facts;
mod family_request;
mod feed;
mod file_kind;
mod file_name;
mod gate;
mod giving_back;
mod going_out;
mod guest;
mod guest_end;
mod history;
mod hold;
mod hold_change;
mod holiday_file;
mod holiday_year;
mod holidays;
mod hours_act;
mod hours_book;
mod hours_chain;
mod hours_entry;
mod hours_proof;
mod hours_report;
mod icalendar;
mod id;
mod inbox;
pub mod invite;
pub mod limits;
mod link;
mod list;
mod look;
mod matching;
mod material;
mod meeting;
mod meeting_booking;
mod meeting_note;
mod meeting_offer;
mod meeting_plan;
mod membership;
mod message;
mod mutation;
mod notice;
mod office_hours;
mod on_duty;
mod participation;
mod partner;
mod pass;
mod passing_by;
mod person;
mod please_come;
mod pool;
mod post_change;
mod post_terms;
mod preference;
mod pupil_count;
mod pupil_mark;
mod pupil_take;
mod pupil_terms;
mod qualification;
mod quiet;
mod recall;
mod refusal;
mod refusal_kind;
pub mod rehearsal;
mod release;
mod reminder;
mod report;
mod rights;
mod roll_call;
mod row;
mod row_lists;
mod running_order;
mod school;
mod secret;
mod seen;
mod sending;
mod series;
mod shift;
mod shift_change;
mod shift_comes;
mod shift_offer;
mod shift_rest;
mod shift_take;
mod sign_up;
mod stage_result;
mod stand_in;
mod stand_in_wave;
mod still_coming;
mod supervisor;
mod swap;
mod swap_act;
mod swap_end;
mod swap_fit;
mod tag;
mod taking_part;
mod template;
mod theme;
mod ticket;
mod trip_buses;
mod trip_child;
mod trip_end;
mod trip_mark;
mod trip_plan;
mod trip_slip;
mod turn_act;
mod turn_change;
mod turn_plan;
mod vcard;
mod venue;
mod venue_use;
mod verdict;
mod volunteer;
mod volunteer_act;
mod volunteer_record;
mod waitlist;
mod wanted;
pub mod wire;

pub use access::{Access, AccessKind};
pub use actor::{Actor, Entered, Hat, Proxy};
pub use alert::{Alert, AlertStatus, Certainty, MsgType, Severity, Urgency};
pub use allotment::{Allotment, Fill, Standing, counted_by};
pub use answer::{Answer, Answering, Given};
pub use approval::{Approved, approvers, needs_approval};
pub use arrival::{Admission, Again, Arrival, ArrivalMove, ArrivalState, Arriving, admission};
pub use ask::{AnsweredBy, Ask, Choice, FieldKind, FormField, Reply, file_names};
pub use attachment::{Attachment, FileHash, ParseFileHashError, Picture, Upload};
pub use attendance::{
    Attended, Figures, Heads, Share, Stand, children_came, families, grouped, place_at, sum,
};
pub use audience::{
    Audience, Because, Family, LeftOut, NoFamily, Recipients, Target, Why, addressed, recipients,
};
pub use booking::{Booking, BookingState, Seat};
pub use booking_answer::BookingAnswer;
pub use booking_change::BookingChange;
pub use calendar::{calendar_at, calendar_of};
pub use calendar_entry::{CalendarEntry, CalendarStatus};
pub use calendar_link::{CalendarLink, end_calendar_link};
pub use calendar_words::CalendarLanguage;
pub use campaign::{Campaign, CampaignDraft};
pub use candidate::{Candidate, CheckState, Entry, Reached, ShownCandidate, ShownTurn, is_in, who_is_in};
pub use capacity::{Cut, Losing, PutBack, losing, painless};
pub use check_in::{Appointing, CheckIn, Steward};
pub use child_file::{ChildFile, ChildFileDraft, ChildFiles};
pub use child_number::{FileMatch, Numbered, match_files};
pub use circle::{ConversationDraft, open_with};
pub use clash::{Clash, Stay, clash, overlap};
pub use class_contact::{ClassContact, ClassReady};
pub use class_moved::class_moved;
pub use class_turn::{ClassPart, ClassTurn, FamilyName, TurnPart};
pub use conference::{Conference, ConferenceDraft, ConferenceKind, ConferenceState};
pub use contest::{
    Contest, ContestPlan, ContestState, OrderEntry, ResultsOut, RunningOrder, Stage, StageKind,
};
pub use contest_act::{ContestAct, EntryWish};
pub use contest_times::{ContestTime, contest_times};
pub use conversation::{
    Addressee, Came, Capacity, Conversation, Ended, InboxPartner, Partner, Side, Speaker, Stopped,
};
pub use course::{Course, CourseDraft, CourseKind, CourseState, Lesson, lesson_over};
pub use course_act::CourseAct;
pub use course_count::{CourseFigures, CourseShare, HeldLesson, course_groups, course_shares, course_sum};
pub use decide::decide;
pub use draw::{
    DRAW_RULES, Draw, DrawFault, DrawResult, DrawRoll, DrawSecret, DrawnEntry, RollEntry, RollSession, draw,
    is_value, verify,
};
pub use drawing::DrawDraft;
pub use due::{Due, DueKind};
pub use duty_code::DutyCodeFault;
pub use duty_self::DutyScan;
pub use eligibility::been_before;
pub use ended_right::EndedRight;
pub use event::{Event, EventState, HeldInWas, Moved, SeatRule, Session, SessionState, VenueWas};
pub use event_copy::{copied_sessions, day_of_copy, successor};
pub use event_draft::{EventDraft, SessionDraft};
pub use event_field::EventField;
pub use event_shape::{DayTime, DrawShape, EventShape, HoldShape, SessionShape, ShapeTimes};
pub use facts::{Decision, Facts, Key, Stop};
pub use family_request::{Absence, FamilyRequest, FamilyRequestDraft, PickUp, RequestState, hand_over};
pub use feed::{Feed, ParseFeedError, feeds_of};
pub use file_kind::{FileKind, holds_what_it_says};
pub use file_name::{extension, file_name_of};
pub use gate::{Gate, GateDraft, GateState, Lease};
pub use going_out::goes_out;
pub use guest::{Guest, GuestDraft, is_received};
pub use history::{
    ConversationThen, GivenThen, Gone, GuardianThen, HeardThen, History, NoticeText, NoticeThen, RequestThen,
    SaidThen, history,
};
pub use hold::{Asking, Held, HeldFor, Hold, Kept, hold_of};
pub use holiday_file::{HolidayKey, open as open_holidays, seal as seal_holidays};
pub use holiday_year::{
    Announcement, HolidayDay, HolidayKind, HolidayName, HolidaySpan, HolidayYear, is_weekend,
};
pub use holidays::{DayKind, Holidays, bring_in as bring_in_holidays, holidays};
pub use hours_act::HoursAct;
pub use hours_book::{HoursCorrection, HoursDraft, StarHours};
pub use hours_chain::{ChainFault, ChainFaultIs, ChainWhole, verify_chain, verify_part};
pub use hours_entry::{
    HoursApproval, HoursBy, HoursCheckpoint, HoursEntry, HoursHead, HoursState, minutes as hours_minutes,
    standing as standing_hours,
};
pub use hours_proof::{HoursProof, ProofFault, ProofSays, ProofService, ProofWish, read_proof};
pub use hours_report::{
    HoursFigures, HoursGroups, HoursPart, ReportedAs, ReportedShift, hours_groups, hours_parts, hours_sum,
};
pub use icalendar::ICalendar;
pub use id::{Id, MutationId, Rev, derived, time_ordered};
pub use inbox::{Inbox, InboxDraft};
pub use link::{Bar, Grant, Link, RelationGrants, Remark, Right, Rights, put_link, put_remark};
pub use list::List;
pub use look::Look;
pub use matching::{Fared, Gap, ProposalReason, Proposed, assign, proposal_reasons, propose};
pub use material::{Giving, Material, MaterialDraft};
pub use meeting::{Meeting, MeetingState};
pub use meeting_booking::{MeetingBooking, MeetingWish};
pub use meeting_note::MeetingNote;
pub use meeting_offer::{Break, MeetingOffer, OfferDraft, Slot, lost_meetings, slots_of};
pub use meeting_plan::{PlanSlot, PlanWindow, PlanWish, Unplannable, plan, slots_for};
pub use membership::{Membership, keep_for};
pub use message::{Earlier, Message, MessageText, ReadMark, Received};
pub use mutation::{Act, Mutation};
pub use notice::{Changed, Notice, NoticeState, signed_text};
pub use office_hours::OfficeHours;
pub use on_duty::{DutyMark, DutySaid, DutyWish, OnDuty};
pub use participation::{MarkedBy, Participation, ParticipationMark};
pub use partner::{EventPartner, PartnerContact, PartnerDraft, PartnerOrg};
pub use pass::{Pass, PassState};
pub use person::{
    Child, Contact, Enrolment, JoinState, Person, Relation, Role, RoleKind, joined, put_child, put_contact,
    put_person, put_role,
};
pub use please_come::PleaseCome;
pub use post_terms::{Population, PostEntry, PostTerms, StandInRule, SwapRule};
pub use preference::{PersonalQuiet, Preference, ToTell};
pub use pupil_mark::PupilMark;
pub use pupil_take::{PupilConsent, PupilFill, PupilState, PupilTake, PupilWish, why_no_pupil, with_adult};
pub use pupil_terms::PupilTerms;
pub use qualification::{Qualification, QualificationDraft, Qualified, lacking};
pub use quiet::QuietHours;
pub use recall::Recall;
pub use refusal::Refusal;
pub use report::{Report, ReportClosed, ReportDraft, ReportReason, Reported, may_read_along, read_reported};
pub use rights::{
    Invitable, POWERS, Power, hats_of, may_invite, may_join, may_redeem, name_with_power, power_of,
    wears_power,
};
pub use roll_call::{Marked, Marking, RollMark, RollState};
pub use row::{Change, Kind, Noun, Row};
pub use running_order::{ORDER_RULES, Turn, TurnMark, TurnMoved, running_order, turn_times};
pub use school::{Level, Place, School, Term, Year, put_place, put_year};
pub use secret::{ParseSecretError, Secret};
pub use seen::Seen;
pub use sending::{AskAgain, NoticeDraft};
pub use series::{Occurrence, Series, SeriesDraft, occurrences, occurrences_avoiding};
pub use shift::{CalledOff, Post, PostDraft, Shift, ShiftDraft, ShiftMoved};
pub use shift_comes::why_not;
pub use shift_take::{OfferFrom, Take, TakeOffer, TakeState};
pub use sign_up::SignUp;
pub use stage_result::{Correction, Outcome, StageResult};
pub use stand_in::{StandInSearch, StandInState, StandInWave, StandInWish};
pub use swap::{SwapOffer, SwapPart, SwapSide, SwapState};
pub use swap_act::SwapAct;
pub use swap_fit::swap_why_not;
pub use tag::tidy_tags;
pub use template::{Template, TemplateDraft};
pub use theme::{Theme, ThemeDraft, ThemeMessages, ThemePost};
pub use trip_buses::{BusLoad, Rider, Seated, SeatedBecause, Seating, seating};
pub use trip_child::{BusMove, SlipSaid, SlipState, TripChild};
pub use trip_end::{TripEnded, TripEnding, TripLeft, not_accounted_for};
pub use trip_mark::{TripMark, TripMarked, TripMarking, TripWhere};
pub use trip_plan::{Bus, SlipSent, Trip, TripPlan};
pub use turn_act::ShiftTurns;
pub use turn_plan::{TurnCount, TurnLength, TurnPlan, lay_turns, turn_counts};
pub use vcard::{CardFault, Told, VCard, VCardFault, read_vcards, vcards};
pub use venue::{Venue, VenueDraft, VenueDrop, VenueName, VenuePut};
pub use venue_use::{VenueTrouble, venue_troubles};
pub use verdict::Verdict;
pub use volunteer_act::VolunteerAct;
pub use volunteer_record::{CouldCome, Opening, VolunteerRecord};
pub use wanted::{DayPart, Wanted};
