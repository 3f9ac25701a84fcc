// What the rail offers to each hat, and how many things wait behind each entry. Only what works is listed.
import Bell from '@lucide/svelte/icons/bell';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CalendarX from '@lucide/svelte/icons/calendar-x';
import DoorOpen from '@lucide/svelte/icons/door-open';
import FileUp from '@lucide/svelte/icons/file-up';
import Handshake from '@lucide/svelte/icons/handshake';
import Heart from '@lucide/svelte/icons/heart';
import House from '@lucide/svelte/icons/house';
import Inbox from '@lucide/svelte/icons/inbox';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import ScanLine from '@lucide/svelte/icons/scan-line';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Stamp from '@lucide/svelte/icons/stamp';
import Users from '@lucide/svelte/icons/users';
import type { HatView, RoleKind, Today } from '$lib/bindings';
import { givenNames } from '$lib/child';
import type { Hat, RailItem } from '$lib/hats';
import { placeName } from '$lib/place';
import { m } from '$messages';

const today: RailItem = { screen: 'today', label: m.today_title, icon: House };
const notices: RailItem = { screen: 'notices', holds: ['notice', 'compose', 'history', 'alert', 'alarm'], label: m.notice_title, icon: Bell };
const events: RailItem = { screen: 'events', holds: ['event', 'desk', 'plan', 'rehearse', 'eventReport', 'termReport', 'venues', 'contests', 'contest', 'planContest', 'partners', 'trip', 'tripRoll'], label: m.event_title, icon: CalendarDays };
const checkIn: RailItem = { screen: 'check-in', holds: ['check-in-board'], label: m.check_in_title, icon: ScanLine };
const shifts: RailItem = { screen: 'shifts', holds: ['roster', 'shiftWall', 'turns', 'planTurns', 'planShifts', 'changePost', 'volunteering', 'hours', 'hoursDesk', 'dutyShifts', 'duty', 'dutyKiosk', 'hoursReport'], label: m.common_rail_shifts, icon: Heart };
const conferences: RailItem = { screen: 'conferences', holds: ['conference', 'conferenceDesk', 'planConference', 'offerSlots'], label: m.conference_title, icon: Handshake };
const requests: RailItem = { screen: 'requests', holds: ['gate'], label: m.request_rail, icon: CalendarX };
const talks: RailItem = { screen: 'conversations', holds: ['conversation'], label: m.conversation_title, icon: MessagesSquare };
const care: RailItem = { screen: 'reports', holds: ['report'], label: m.report_rail, icon: ShieldCheck };
const inboxes: RailItem = { screen: 'inboxes', label: m.inbox_title, icon: Inbox };
const gate: RailItem = { screen: 'gate', label: m.request_gate, icon: DoorOpen };
const classes: RailItem = { screen: 'classes', holds: ['class', 'strips', 'asked'], label: m.class_title, icon: Users };
const roster: RailItem = { screen: 'import', label: m.common_rail_import, icon: FileUp };
const remarks: RailItem = { screen: 'remarks', label: m.common_rail_remarks, icon: Stamp };

const rails: Record<RoleKind | 'guardian', readonly RailItem[]> = {
  guardian: [today, notices, talks, requests, conferences, events, shifts],
  'class-teacher': [today, notices, talks, requests, conferences, events, shifts, classes],
  'subject-teacher': [today, notices, talks, conferences, events, shifts, classes],
  coordinator: [today, events, shifts, conferences, gate, notices, talks, classes],
  head: [today, notices, talks, gate, conferences, events, classes, care],
  counsellor: [today, notices, talks, conferences, events, shifts],
  administrator: [today, roster, remarks, classes, notices, inboxes, care],
};

const kinds: Record<RoleKind, () => string> = {
  'class-teacher': m.common_kind_class_teacher,
  'subject-teacher': m.common_kind_subject_teacher,
  coordinator: m.common_kind_coordinator,
  head: m.common_kind_head,
  counsellor: m.common_kind_counsellor,
  administrator: m.common_kind_administrator,
};

/** "雨桐、雨辰的家长"; "班主任" and where. */
export function hatWords(view: HatView): Pick<Hat, 'title' | 'place'> {
  if (!view.kind) return { title: view.children.length ? m.common_hat_guardian({ children: givenNames(view.children) }) : m.common_hat_none(), place: '' };
  // The school itself needs no naming: there is one.
  return { title: view.title || kinds[view.kind](), place: view.place && view.place.level !== 'school' ? placeName(view.place) : '' };
}

type Counts = Partial<Record<RailItem['screen'], { count: number; due?: boolean }>>;

/** What waits behind each entry. */
export function countsOf(day: Today | undefined): Counts {
  switch (day?.is) {
    case 'family': {
      const of = (...kinds: string[]) => day.duties.filter(({ what }) => kinds.includes(what.is)).length;
      return { today: { count: day.duties.length, due: true }, notices: { count: of('answer') }, conversations: { count: day.unread.length }, events: { count: of('choose', 'offer', 'contest') }, conferences: { count: of('meet') } };
    }
    case 'teacher':
      return { today: { count: day.unanswered.length + day.held.length + day.approvals.length + day.requests.length + day.questions.length + day.reports }, notices: { count: day.unanswered.length + day.approvals.length, due: day.approvals.length > 0 }, conversations: { count: day.questions.length }, requests: { count: day.requests.length }, reports: { count: day.reports, due: true } };
    case 'coordinator':
      return { today: { count: day.missing.length + day.questions.length + day.to_do.length + (day.hours ? 1 : 0) }, shifts: { count: day.missing.length }, conversations: { count: day.questions.length } };
    case 'administrator':
      return { today: { count: day.remark_wordings + day.reports, due: true }, remarks: { count: day.remark_wordings }, reports: { count: day.reports, due: true } };
    default:
      return {};
  }
}

/** How many things wait in the hat that is on: the number before the window's name. */
export function waitingOf(day: Today | undefined): number {
  const counts = countsOf(day);
  // A family's unread conversations are no duties; staff answer theirs as one.
  return (counts.today?.count ?? 0) + (day?.is === 'family' ? day.unread.length : 0);
}

export const hatId = (view: HatView): string => (view.hat.is === 'staff' ? view.hat.role : 'guardian');

/** Whoever was asked to check in has an entry for it, in every hat: beside the events. */
function withCheckIn(rail: readonly RailItem[]): readonly RailItem[] {
  const at = rail.indexOf(events) + 1 || rail.length;
  return rail.toSpliced(at, 0, checkIn);
}

/** A hat as the frame shows it. Before anything has arrived there is none yet: then Today is all there is. */
export function hatOf(view: HatView | undefined, counts: Counts, checksIn = false): Hat {
  if (!view) return { id: '', title: '', place: '', density: 'family', rail: [today] };
  const usual = rails[view.kind ?? 'guardian'];
  const rail = (checksIn ? withCheckIn(usual) : usual).map((item) => ({ ...item, ...counts[item.screen] }));
  return { id: hatId(view), ...hatWords(view), density: view.kind ? 'staff' : 'family', rail };
}
