//! The one door: every question the window or the command line may ask, each with its own reply type.
//!
//! A request is `{ "ask": "notice.list", "with": { … } }`. The list below is the whole surface: from it come the
//! [`Request`] enum, the match that answers it, and the TypeScript the window is checked against.

pub mod alert;
pub mod attendance;
pub mod audience;
pub(crate) mod bindings;
pub mod calendar;
pub mod check_in;
pub mod child_file;
pub mod class;
pub mod conference;
pub mod contest;
pub mod conversation;
pub mod course;
pub mod course_count;
pub mod delivery;
pub mod desk;
pub mod desk_duty;
#[macro_use]
mod door;
pub mod draw;
pub mod duty;
pub mod event;
pub mod family_request;
mod fault;
pub mod file;
pub mod guest;
pub mod hat;
pub mod history;
pub mod holidays;
pub mod hours;
pub mod hours_report;
pub mod imports;
pub mod inbox;
pub mod keeping;
pub mod meeting_offer;
pub mod meeting_plan;
pub mod notice;
pub mod notification;
pub mod paper;
pub mod participation;
pub mod partner;
pub mod preview;
pub mod profile;
pub mod pupil;
pub mod rehearsal;
pub mod report;
pub mod school;
pub mod series;
pub mod shift;
pub mod swap;
pub mod sync;
pub mod table;
pub mod template;
pub mod theme;
pub mod ticket;
pub mod today;
pub mod trip;
pub mod trip_end;
pub mod turns;
pub mod venue;
pub mod venue_fit;
pub mod volunteer;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::MutationId;

pub use fault::Fault;

/// A wish was saved on this computer, durably.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Saved {
    /// Its id; the outbox shows what becomes of it.
    pub mutation: MutationId,
}

/// Nothing to say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Done {}

/// A question with a reply type. Implemented in `view/`, one file for each noun.
pub trait Ask {
    /// What it is answered with.
    type Reply: Serialize;

    /// Answers it: from the replica, or through the outbox, or (where it says so) from the school's server.
    fn answer(self, client: &crate::Client) -> impl Future<Output = Result<Self::Reply, Fault>> + Send;
}

door! {
    "profile.status" ProfileStatus(profile::Status) -> profile::Standing;
    "profile.unlock" ProfileUnlock(profile::Unlock) -> profile::Standing;
    "profile.wear" ProfileWear(profile::Wear) -> profile::Standing;
    "profile.sign-in" ProfileSignIn(profile::SignIn) -> profile::Standing;
    "profile.sign-out" ProfileSignOut(profile::SignOut) -> Done;
    "join.look" JoinLook(profile::Look) -> profile::Looked;
    "join.enrol" JoinEnrol(profile::Join) -> profile::Standing;
    "sync.status" SyncStatus(sync::Status) -> sync::Line;
    "sync.now" SyncNow(sync::Now) -> Done;
    "outbox.list" OutboxList(sync::ListOutbox) -> sync::Outbox;
    "outbox.seen" OutboxSeen(sync::Seen) -> Done;
    "outbox.take-back" OutboxTakeBack(sync::TakeBack) -> Done;
    "draft.get" DraftGet(sync::GetDraft) -> sync::Draft;
    "draft.put" DraftPut(sync::PutDraft) -> Done;
    "today.open" TodayOpen(today::Open) -> today::Today;
    "file.give" FileGive(file::Give) -> file::Given;
    "file.open" FileOpen(file::Open) -> Done;
    "file.save" FileSave(file::Save) -> file::SavedAt;
    "file.save-answers" FileSaveAnswers(file::SaveAnswers) -> file::SavedAnswers;
    "file.thumbnail" FileThumbnail(file::Thumbnail) -> file::Jpeg;
    "file.read" FileRead(file::Read) -> file::Piece;
    "notice.list" NoticeList(notice::List) -> notice::Notices;
    "notice.open" NoticeOpen(notice::Open) -> notice::Opened;
    "notice.asked" NoticeAsked(notice::Asked) -> notice::AskedOf;
    "notice.reach" NoticeReach(notice::Reach) -> notice::Places;
    "notice.names" NoticeNames(audience::Names) -> audience::Named;
    "notice.preview" NoticePreview(notice::Preview) -> notice::Previewed;
    "notice.send" NoticeSend(notice::Send) -> Saved;
    "notice.match-files" NoticeMatchFiles(child_file::Match) -> child_file::Matched;
    "notice.send-files" NoticeSendFiles(child_file::SendFiles) -> Saved;
    "notice.recall" NoticeRecall(notice::Recall) -> Saved;
    "notice.seen" NoticeSeen(notice::MarkSeen) -> Saved;
    "notice.remind" NoticeRemind(notice::Remind) -> Saved;
    "notice.approve" NoticeApprove(notice::Approve) -> Saved;
    "notice.decline" NoticeDecline(notice::Decline) -> Saved;
    "notice.answer" NoticeAnswer(notice::Answer) -> Saved;
    "notice.delivery" NoticeDelivery(delivery::Ask) -> delivery::Delivery;
    "notice.table" NoticeTable(table::Table) -> table::MadeFile;
    "notice.export" NoticeExport(table::Export) -> table::KeptFile;
    "file.show" FileShow(table::Show) -> Done;
    "paper.save" PaperSave(paper::Save) -> table::KeptFile;
    "series.times" SeriesTimes(series::Ask) -> series::Times;
    "series.send" SeriesSend(series::Begin) -> Saved;
    "series.list" SeriesList(series::List) -> series::AllSeries;
    "series.end" SeriesEnd(series::End) -> Saved;
    "template.list" TemplateList(template::List) -> template::Templates;
    "template.fill" TemplateFill(template::Fill) -> template::Filled;
    "template.put" TemplatePut(template::Put) -> Saved;
    "template.drop" TemplateDrop(template::Drop) -> Saved;
    "theme.list" ThemeList(theme::List) -> theme::Themes;
    "theme.of" ThemeOf(theme::Of) -> xinmei_model::ThemeDraft;
    "theme.plan" ThemePlan(theme::Plan) -> theme::Planned;
    "theme.put" ThemePut(theme::Put) -> Saved;
    "theme.drop" ThemeDrop(theme::Drop) -> Saved;
    "venue.list" VenueList(venue::List) -> venue::Venues;
    "venue.put" VenuePut(venue::Put) -> Saved;
    "venue.drop" VenueDrop(venue::Drop) -> Saved;
    "venue.exceeding" VenueExceeding(venue::Exceeding) -> venue::VenueExceeded;
    "venue.fits" VenueFits(venue_fit::Fits) -> venue_fit::Fitting;

    "partner.list" PartnerList(partner::List) -> partner::PartnerOrgs;
    "partner.put" PartnerPut(partner::Put) -> Saved;
    "partner.drop" PartnerDrop(partner::Drop) -> Saved;
    "partner.name" PartnerName(partner::Name) -> Saved;
    "partner.cards" PartnerCards(partner::Cards) -> partner::CardFile;
    "partner.export" PartnerExport(partner::Export) -> table::KeptFile;
    "partner.read" PartnerRead(partner::Read) -> partner::CardsRead;
    "partner.bring-in" PartnerBringIn(partner::BringIn) -> Saved;
    "trip.open" TripOpen(trip::Open) -> trip::TripView;
    "trip.plan" TripPlan(trip::Plan) -> Saved;
    "trip.buses" TripBuses(trip::Buses) -> trip::BusList;
    "trip.move" TripMove(trip::Move) -> Saved;
    "trip.roll" TripRoll(trip::Roll) -> trip::TripRoll;
    "trip.mark" TripMark(trip::Mark) -> Saved;
    "trip.end" TripEnd(trip_end::End) -> Saved;
    "trip.bus-table" TripBusTable(trip::BusTable) -> table::MadeFile;
    "trip.bus-export" TripBusExport(trip::BusExport) -> table::KeptFile;
    "course.list" CourseList(course::List) -> course::Courses;
    "course.open" CourseOpen(course::Open) -> course::Opened;
    "course.put" CoursePut(course::Put) -> Saved;
    "course.end" CourseEnd(course::End) -> Saved;
    "course.give" CourseGive(course::Give) -> Saved;
    "course.set-giving" CourseSetGiving(course::SetGiving) -> Saved;
    "course.take-back" CourseTakeBack(course::TakeBack) -> Saved;
    "course.sign-up" CourseSignUp(course::SignUp) -> course::SignedUp;
    "course.attendance" CourseAttendance(participation::Attendance) -> participation::AttendanceView;
    "course.mark" CourseMark(participation::Mark) -> Saved;
    "course.record" CourseRecord(participation::Record) -> participation::RecordView;
    "course.count" CourseCount(course_count::Count) -> course_count::CountView;
    "course.count-table" CourseCountTable(course_count::CountTable) -> table::MadeFile;
    "course.count-export" CourseCountExport(course_count::CountExport) -> table::KeptFile;

    "alert.now" AlertNow(alert::Now) -> alert::Alarms;
    "alert.roll" AlertRoll(alert::Roll) -> alert::RollCall;
    "alert.mark" AlertMark(alert::Mark) -> Saved;

    "event.list" EventList(event::List) -> event::Events;
    "event.open" EventOpen(event::Open) -> event::Opened;
    "event.sign-up" EventSignUp(event::SignUp) -> Saved;
    "event.withdraw" EventWithdraw(event::Withdraw) -> Saved;
    "event.accept" EventAccept(event::Accept) -> Saved;
    "event.decline" EventDecline(event::Decline) -> Saved;
    "event.desk" EventDesk(desk::Desk) -> desk::DeskView;
    "event.publish" EventPublish(desk::Publish) -> Saved;
    "event.copy" EventCopy(desk::Copy) -> desk::Copied;
    "event.rehearse" EventRehearse(rehearsal::Rehearse) -> rehearsal::Rehearsed;
    "event.change" EventChange(desk::Change) -> Saved;
    "event.change-booking" EventChangeBooking(event::ChangeBooking) -> Saved;
    "event.cancel" EventCancel(desk::Cancel) -> Saved;
    "event.cancel-session" EventCancelSession(desk::CancelSession) -> Saved;
    "event.losing" EventLosing(desk::Losing) -> desk::Losers;
    "event.capacity" EventCapacity(desk::Capacity) -> Saved;
    "event.report" EventReport(attendance::Report) -> attendance::ReportView;
    "event.term-report" EventTermReport(attendance::TermReport) -> attendance::TermView;
    "event.report-table" EventReportTable(attendance::ReportTable) -> table::MadeFile;
    "event.report-export" EventReportExport(attendance::ReportExport) -> table::KeptFile;
    "event.certificate" EventCertificate(attendance::Certify) -> attendance::Certificate;
    "event.draw" EventDraw(draw::Draw) -> Saved;
    "event.recompute" EventRecompute(draw::Recompute) -> draw::Recomputed;

    "check-in.list" CheckInList(check_in::List) -> check_in::CheckIns;
    "check-in.board" CheckInBoard(check_in::Board) -> check_in::BoardView;
    "check-in.find" CheckInFind(check_in::Find) -> check_in::Parties;
    "check-in.scan" CheckInScan(check_in::Scan) -> check_in::Scanned;
    "check-in.arrive" CheckInArrive(check_in::Arrive) -> check_in::LetIn;
    "check-in.correct" CheckInCorrect(check_in::Correct) -> Saved;
    "check-in.sheet" CheckInSheet(check_in::Sheet) -> check_in::SheetView;
    "check-in.badges" CheckInBadges(ticket::Badges) -> ticket::BadgeSheet;
    "check-in.ticket" CheckInTicket(ticket::ShowTicket) -> ticket::Ticket;
    "check-in.look" CheckInLook(ticket::Look) -> ticket::Seen;
    "check-in.set-up" CheckInSetUp(check_in::SetUp) -> Saved;
    "check-in.appoint" CheckInAppoint(check_in::Appoint) -> Saved;
    "check-in.open-gate" CheckInOpenGate(check_in::OpenGate) -> Saved;
    "check-in.lease" CheckInLease(check_in::SetLease) -> Saved;
    "check-in.release" CheckInRelease(check_in::Release) -> Saved;
    "check-in.agree" CheckInAgree(check_in::Agree) -> Saved;
    "check-in.close-gate" CheckInCloseGate(check_in::CloseGate) -> Saved;
    "check-in.revoke-gate" CheckInRevokeGate(check_in::RevokeGate) -> Saved;

    "conference.list" ConferenceList(conference::List) -> conference::Conferences;
    "conference.open" ConferenceOpen(conference::Open) -> conference::Opened;
    "conference.plan" ConferencePlan(meeting_plan::Plan) -> meeting_plan::Planned;
    "conference.book" ConferenceBook(conference::Book) -> Saved;
    "conference.withdraw" ConferenceWithdraw(conference::Withdraw) -> Saved;
    "conference.mine" ConferenceMine(meeting_offer::Mine) -> meeting_offer::MyConference;
    "conference.slots" ConferenceSlots(meeting_offer::Slots) -> meeting_offer::OfferPreview;
    "conference.offer" ConferenceOffer(meeting_offer::Offer) -> Saved;
    "conference.withdraw-offer" ConferenceWithdrawOffer(meeting_offer::WithdrawOffer) -> Saved;
    "conference.cancel-meeting" ConferenceCancelMeeting(meeting_offer::CancelMeeting) -> Saved;
    "conference.please-come" ConferencePleaseCome(meeting_offer::PleaseCome) -> Saved;
    "conference.note" ConferenceNote(meeting_offer::Note) -> Saved;
    "conference.desk" ConferenceDesk(meeting_offer::Desk) -> meeting_offer::ConferenceDeskView;
    "conference.publish" ConferencePublish(meeting_offer::Publish) -> Saved;
    "conference.change" ConferenceChange(meeting_offer::Change) -> Saved;
    "conference.cancel" ConferenceCancel(meeting_offer::Cancel) -> Saved;

    "contest.list" ContestList(contest::List) -> contest::Contests;
    "contest.open" ContestOpen(contest::Open) -> contest::Opened;
    "contest.put" ContestPut(contest::Put) -> Saved;
    "contest.times" ContestTimes(contest::Times) -> contest::Room;
    "contest.step" ContestStep(contest::Step) -> Saved;
    "shift.list" ShiftList(shift::List) -> shift::Shifts;
    "shift.take" ShiftTake(shift::Take) -> Saved;
    "shift.drop" ShiftDrop(shift::Drop) -> Saved;
    "shift.post" ShiftPost(shift::Post) -> Saved;
    "shift.roster" ShiftRoster(shift::Roster) -> shift::Posts;
    "volunteer.catalogue" VolunteerCatalogue(volunteer::Catalogue) -> volunteer::Catalogued;
    "volunteer.put-campaign" VolunteerPutCampaign(volunteer::PutCampaign) -> Saved;
    "volunteer.put-qualification" VolunteerPutQualification(volunteer::PutQualification) -> Saved;
    "volunteer.change-post" VolunteerChangePost(volunteer::ChangePost) -> Saved;
    "volunteer.step" VolunteerStep(volunteer::Step) -> Saved;
    "volunteer.guests" VolunteerGuests(guest::Guests) -> guest::GuestsFound;
    "volunteer.add-guest" VolunteerAddGuest(guest::AddGuest) -> Saved;
    "volunteer.guest-pass" VolunteerGuestPass(guest::ShowPass) -> guest::GuestPass;
    "turns.classes" TurnsClasses(turns::Classes) -> turns::ClassesInTurn;
    "turns.preview" TurnsPreview(turns::Preview) -> turns::TurnsPreviewed;
    "volunteer.people" VolunteerPeople(volunteer::People) -> volunteer::PeopleFound;
    "volunteer.fits" VolunteerFits(volunteer::Fits) -> volunteer::FitsFound;
    "volunteer.propose" VolunteerPropose(volunteer::Propose) -> volunteer::Proposal;
    "volunteer.keeping" VolunteerKeeping(keeping::Keeping) -> keeping::Kept;
    "volunteer.swaps" VolunteerSwaps(swap::Swaps) -> swap::SwapList;
    "volunteer.offer-swap" VolunteerOfferSwap(swap::OfferSwap) -> Saved;
    "volunteer.swap-with" VolunteerSwapWith(swap::SwapWith) -> swap::SwapPartners;
    "pupil.shifts" PupilShifts(pupil::Shifts) -> pupil::PupilShifts;
    "pupil.enter" PupilEnter(pupil::Enter) -> Saved;
    "pupil.withdraw" PupilWithdraw(pupil::Withdraw) -> Saved;
    "pupil.roll" PupilRoll(pupil::Roll) -> pupil::PupilRoll;
    "pupil.mark" PupilMark(pupil::Mark) -> Saved;
    "hours.mine" HoursMine(hours::Mine) -> hours::MyHours;
    "hours.missing" HoursMissing(hours::Missing) -> hours::MissingHours;
    "hours.ask-again" HoursAskAgain(hours::AskAgain) -> Saved;
    "hours.know-missing" HoursKnowMissing(hours::KnowMissing) -> Done;
    "hours.desk" HoursDesk(hours::Desk) -> hours::HoursDeskView;
    "hours.shifts" HoursShifts(hours::Shifts) -> hours::DutyShifts;
    "hours.roll" HoursRoll(hours::Roll) -> hours::DutyRoll;
    "hours.mark" HoursMark(hours::Mark) -> Saved;
    "hours.own-duty" HoursOwnDuty(duty::Own) -> duty::OwnDuties;
    "hours.code" HoursCode(duty::ShowCode) -> duty::DutyCode;
    "hours.check-out" HoursCheckOut(duty::CheckOut) -> Saved;
    "hours.scan" HoursScan(duty::Scan) -> duty::Scanned;
    "hours.report" HoursReport(hours_report::Report) -> hours_report::ReportView;
    "hours.report-table" HoursReportTable(hours_report::ReportTable) -> table::MadeFile;
    "hours.report-export" HoursReportExport(hours_report::ReportExport) -> table::KeptFile;
    "hours.request" HoursRequest(hours::Request) -> Saved;
    "hours.approve" HoursApprove(hours::Approve) -> Saved;
    "hours.refuse" HoursRefuse(hours::Refuse) -> Saved;
    "hours.withdraw" HoursWithdraw(hours::Withdraw) -> Saved;
    "hours.correct" HoursCorrect(hours::Correct) -> Saved;
    "hours.issue" HoursIssue(hours::Issue) -> Saved;
    "hours.proof" HoursShowProof(hours::ShowProof) -> hours::ProofView;
    "hours.checkpoints" HoursCheckpoints(hours::Checkpoints) -> hours::KeptCheckpoints;
    "hours.stars" HoursStars(hours::LookStars) -> hours::StarHoursView;
    "hours.set-stars" HoursSetStars(hours::SetStars) -> Saved;

    "request.list" RequestList(family_request::List) -> family_request::Requests;
    "request.make" RequestMake(family_request::Make) -> Saved;
    "request.answer" RequestAnswer(family_request::Answer) -> Saved;
    "request.withdraw" RequestWithdraw(family_request::Withdraw) -> Saved;
    "conversation.list" ConversationList(conversation::List) -> conversation::Conversations;
    "conversation.open" ConversationOpen(conversation::Open) -> conversation::Thread;
    "conversation.partners" ConversationPartners(conversation::Partners) -> conversation::PartnerList;
    "conversation.begin" ConversationBegin(conversation::Begin) -> conversation::Begun;
    "conversation.say" ConversationSay(conversation::Say) -> Saved;
    "conversation.edit" ConversationEdit(conversation::Edit) -> Saved;
    "conversation.delete" ConversationDelete(conversation::Delete) -> Saved;
    "conversation.receive" ConversationReceive(conversation::Receive) -> Saved;
    "conversation.read" ConversationRead(conversation::Read) -> Saved;
    "conversation.bring-in" ConversationBringIn(conversation::BringIn) -> Saved;
    "conversation.take-out" ConversationTakeOut(conversation::TakeOut) -> Saved;
    "conversation.end" ConversationEnd(conversation::End) -> Saved;
    "conversation.hand-over" ConversationHandOver(conversation::HandOver) -> Saved;
    "conversation.office-hours" ConversationOfficeHours(conversation::SetOfficeHours) -> Saved;
    "conversation.hats" ConversationHats(conversation::ListHats) -> conversation::Hats;
    "conversation.inbox" ConversationInbox(conversation::LookInbox) -> conversation::Inbox;
    "inbox.list" InboxList(inbox::List) -> inbox::Inboxes;
    "inbox.keep" InboxKeep(inbox::Keep) -> Saved;
    "inbox.close" InboxClose(inbox::Close) -> Saved;
    "report.list" ReportList(report::List) -> report::Reports;
    "report.make" ReportMake(report::Make) -> Saved;
    "report.read" ReportRead(report::Read) -> report::ReportedThread;
    "report.close" ReportClose(report::Close) -> Saved;
    "report.stop" ReportStop(report::Stop) -> Saved;
    "report.appoint-reader" ReportAppointReader(report::AppointReader) -> Saved;
    "report.let-write" ReportLetWrite(report::LetWrite) -> Saved;
    "history.open" HistoryOpen(history::Open) -> history::HistoryView;
    "gate.day" GateDay(family_request::Day) -> family_request::DayList;

    "notification.settings" NotificationSettings(notification::Settings) -> notification::Chosen;
    "notification.prefer" NotificationPrefer(notification::Prefer) -> Saved;
    "notification.here" NotificationHere(notification::SetHere) -> Done;

    "calendar.link" CalendarLink(calendar::Look) -> calendar::Address;
    "calendar.make" CalendarMake(calendar::Make) -> Saved;
    "calendar.end" CalendarEnd(calendar::End) -> Saved;
    "calendar.save" CalendarSave(calendar::Save) -> file::SavedAt;
    "calendar.print" CalendarPrint(calendar::Print) -> calendar::Text;

    "class.list" ClassList(class::List) -> class::Classes;
    "class.open" ClassOpen(class::Open) -> class::Class;
    "class.find" ClassFind(class::Find) -> class::Found;
    "class.invites" ClassInvites(class::Invites) -> class::Strips;
    "class.on-paper" ClassOnPaper(class::SetOnPaper) -> Saved;

    "import.preview" ImportPreview(imports::Preview) -> imports::Previewed;
    "import.confirm" ImportConfirm(imports::Confirm) -> imports::Outcome;
    "import.undo" ImportUndo(imports::Undo) -> imports::Outcome;
    "import.history" ImportHistory(imports::History) -> imports::Imports;
    "remark.list" RemarkList(imports::ListRemarks) -> imports::Remarks;
    "remark.decide" RemarkDecide(imports::DecideRemarks) -> Saved;
    "holidays.days" HolidaysDays(holidays::Days) -> holidays::DayKinds;
    "holidays.school-days" HolidaysSchoolDays(holidays::SchoolDays) -> holidays::SchoolDaysAhead;
    "holidays.soon" HolidaysSoon(holidays::Soon) -> holidays::SoonSpans;
    "holidays.list" HolidaysList(holidays::List) -> holidays::HolidayYears;
    "holidays.set" HolidaysSet(holidays::Set) -> Saved;
    "school.quiet" SchoolQuiet(school::SetQuiet) -> Saved;
    "school.hold" SchoolHold(school::SetHold) -> Saved;
    "school.travel" SchoolTravel(school::SetTravel) -> Saved;
    "rights.set" RightsSet(imports::SetRights) -> Saved;
}
