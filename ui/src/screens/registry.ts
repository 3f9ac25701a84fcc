// Every screen of the window, by name. Its props are its params: `route.go('notice', { id })`.
import Alarm from './Alarm.svelte';
import Alert from './Alert.svelte';
import Asked from './Asked.svelte';
import CheckIn from './CheckIn.svelte';
import CheckInBoard from './CheckInBoard.svelte';
import Class from './Class.svelte';
import Classes from './Classes.svelte';
import Compose from './Compose.svelte';
import Conference from './Conference.svelte';
import ConferenceDesk from './ConferenceDesk.svelte';
import Conferences from './Conferences.svelte';
import Contest from './Contest.svelte';
import Contests from './Contests.svelte';
import Course from './Course.svelte';
import CourseAttendance from './CourseAttendance.svelte';
import CourseCount from './CourseCount.svelte';
import CourseRecord from './CourseRecord.svelte';
import Courses from './Courses.svelte';
import Conversation from './Conversation.svelte';
import Conversations from './Conversations.svelte';
import Desk from './Desk.svelte';
import Duty from './Duty.svelte';
import DutyShifts from './DutyShifts.svelte';
import DutyKiosk from './DutyKiosk.svelte';
import Event from './Event.svelte';
import EventReport from './EventReport.svelte';
import Events from './Events.svelte';
import Gate from './Gate.svelte';
import History from './History.svelte';
import Hours from './Hours.svelte';
import HoursDesk from './HoursDesk.svelte';
import HoursReport from './HoursReport.svelte';
import Import from './Import.svelte';
import Inboxes from './Inboxes.svelte';
import Notice from './Notice.svelte';
import Notices from './Notices.svelte';
import OfferSlots from './OfferSlots.svelte';
import Outbox from './Outbox.svelte';
import Partners from './Partners.svelte';
import Plan from './Plan.svelte';
import PlanContest from './PlanContest.svelte';
import PlanConference from './PlanConference.svelte';
import PlanShifts from './PlanShifts.svelte';
import ChangePost from './ChangePost.svelte';
import Volunteering from './Volunteering.svelte';
import Rehearse from './Rehearse.svelte';
import Remarks from './Remarks.svelte';
import Report from './Report.svelte';
import Reports from './Reports.svelte';
import Requests from './Requests.svelte';
import Roster from './Roster.svelte';
import Shifts from './Shifts.svelte';
import ShiftWall from './ShiftWall.svelte';
import Strips from './Strips.svelte';
import TermReport from './TermReport.svelte';
import Today from './Today.svelte';
import Venues from './Venues.svelte';
import Turns from './Turns.svelte';
import PlanTurns from './PlanTurns.svelte';
import Trip from './Trip.svelte';
import TripRoll from './TripRoll.svelte';

export const screens = {
  today: Today,
  outbox: Outbox,
  notices: Notices,
  asked: Asked,
  notice: Notice,
  compose: Compose,
  classes: Classes,
  class: Class,
  strips: Strips,
  import: Import,
  remarks: Remarks,
  events: Events,
  event: Event,
  desk: Desk,
  eventReport: EventReport,
  termReport: TermReport,
  venues: Venues,
  plan: Plan,
  rehearse: Rehearse,
  partners: Partners,
  trip: Trip,
  tripRoll: TripRoll,
  courses: Courses,
  course: Course,
  courseAttendance: CourseAttendance,
  courseCount: CourseCount,
  courseRecord: CourseRecord,
  'check-in': CheckIn,
  'check-in-board': CheckInBoard,
  shifts: Shifts,
  roster: Roster,
  shiftWall: ShiftWall,
  planShifts: PlanShifts,
  changePost: ChangePost,
  volunteering: Volunteering,
  turns: Turns,
  planTurns: PlanTurns,
  hours: Hours,
  hoursDesk: HoursDesk,
  dutyShifts: DutyShifts,
  duty: Duty,
  dutyKiosk: DutyKiosk,
  hoursReport: HoursReport,
  conferences: Conferences,
  conference: Conference,
  conferenceDesk: ConferenceDesk,
  planConference: PlanConference,
  offerSlots: OfferSlots,
  contests: Contests,
  contest: Contest,
  planContest: PlanContest,
  requests: Requests,
  conversations: Conversations,
  conversation: Conversation,
  inboxes: Inboxes,
  gate: Gate,
  history: History,
  reports: Reports,
  report: Report,
  alert: Alert,
  alarm: Alarm,
};
