// An event being planned: what the form starts with, what is still missing, what is sent.
import { fromDate, parseZonedDateTime, type ZonedDateTime } from '@internationalized/date';
import type { EventPublish, FormField, Look, PlaceName, SeatRule, TripPlan } from '$lib/bindings';
import { schoolNow } from '$lib/school.svelte';
import { instant } from '$lib/when';
import { m } from '$messages';
import { askMissing, askWrong, tidyFields } from '../notice/ask/asking';
import { holdErrors, planned, type HoldErrors, type HoldPlan } from './holds';
import { LIMITS, whole } from './numbers';
import { isShared, seatsAt } from './shared';

export { LIMITS, whole } from './numbers';

export interface SessionPlan {
  /** One that is there already. */
  id?: string;
  name: string;
  starts: string;
  ends: string;
  capacity: string;
  /** The place in the plan of the session whose seats it shares; `capacity` is that one's then. A draft of an older window has no such field. */
  sharesWith?: number;
  /** A venue of its own; none is where the event is. */
  heldIn?: string | null;
  /** Grades and classes it is for; none is whoever the event is for. A draft of an older window has no such field. */
  eligible?: string[];
  /** Only for children who have not come to anything of the same programme before. */
  firstTimers?: boolean;
  /** Seats that are kept for some families; none in a draft of an older window. */
  holds?: HoldPlan[];
}

export interface EventPlan {
  place: string;
  title: string;
  about: string;
  venue: string;
  /** One of the school's venues; else the words alone say where. A draft of an older window has no such field. */
  heldIn?: string | null;
  programme: string;
  /** Further tags it counts for. A draft of an older window has no such field. */
  tags?: string[];
  /** Its colour. A draft of an older window has no such field. */
  look?: Look;
  eligible: string[];
  seatRule: SeatRule;
  familyLimit: string;
  childLimit: string;
  /** Seats for each child that comes; none is as many as the family may have. A draft of an older window has no such field. */
  childSeats?: string;
  questions: FormField[];
  waitlist: boolean;
  opens: string;
  closes: string;
  withdrawUntil: string;
  sessions: SessionPlan[];
  /** Seats are drawn. A draft of an older window has no such fields. */
  draws?: boolean;
  /** Which public value decides, in words. */
  publicValue?: string;
  /** With how many decimals it is published. */
  decimals?: string;
  /** When it will be known. */
  known?: string;
  /** The theme it is planned from. */
  theme?: string | null;
  /** The course it is a lesson of, and who speaks there. A draft of an older window has no such fields. */
  course?: string;
  speakers?: string;
  /** With whom it is held, and where it goes, as a theme or a past event has them. A draft of an older window has no such fields. */
  partner?: string | null;
  trip?: TripPlan | null;
}

/** A fortnight ahead at 09:30; sign-up opens tomorrow evening, closes two days before; a draw waits for the afternoon between. */
export function freshPlan(zone: string, place = ''): EventPlan {
  const midnight = fromDate(schoolNow(), zone).set({ hour: 0, minute: 0, second: 0, millisecond: 0 });
  const start = midnight.add({ days: 14 }).set({ hour: 9, minute: 30 });
  return {
    place,
    title: '',
    about: '',
    venue: '',
    heldIn: null,
    programme: '',
    tags: [],
    look: 'plain',
    eligible: [],
    seatRule: 'adults',
    familyLimit: '2',
    childLimit: '1',
    childSeats: '',
    questions: [],
    waitlist: true,
    opens: midnight.add({ days: 1 }).set({ hour: 19 }).toString(),
    closes: start.add({ days: -2 }).set({ hour: 20, minute: 0 }).toString(),
    withdrawUntil: start.add({ days: -1 }).set({ hour: 20, minute: 0 }).toString(),
    sessions: [
      { name: m.event_session_name({ number: 1 }), starts: start.toString(), ends: start.add({ minutes: 50 }).toString(), capacity: '60' },
    ],
    draws: false,
    publicValue: '',
    decimals: '2',
    known: start.add({ days: -1 }).set({ hour: 15, minute: 30 }).toString(),
    theme: null,
    course: '',
    speakers: '',
    partner: null,
    trip: null,
  };
}

function shifted(at: string, hours: number): string {
  return at ? parseZonedDateTime(at).add({ hours }).toString() : '';
}

/** The next session: as the last one, an hour later. */
export function nextSession(sessions: readonly SessionPlan[]): SessionPlan {
  const last = sessions.at(-1);
  const name = m.event_session_name({ number: sessions.length + 1 });
  if (!last) return { name, starts: '', ends: '', capacity: '60' };
  return { name, starts: shifted(last.starts, 1), ends: shifted(last.ends, 1), capacity: last.capacity, sharesWith: last.sharesWith, heldIn: last.heldIn ?? null, eligible: [...(last.eligible ?? [])], firstTimers: last.firstTimers ?? false };
}

/** Grades and classes that lie at a place: a place carries its campus's name, the school lies above all. */
export function placesWithin(places: readonly PlaceName[], at: PlaceName | undefined): PlaceName[] {
  if (!at) return [];
  return places.filter((p) => (p.level === 'grade' || p.level === 'class') && (at.level === 'school' || p.name === at.name));
}

/** Of these, the ones that lie in what is chosen: whom a session may be for, if the event is for some only. */
export function placesUnder(places: readonly PlaceName[], chosen: readonly string[]): PlaceName[] {
  if (!chosen.length) return [...places];
  const above = places.filter((p) => chosen.includes(p.id) && p.level === 'grade');
  return places.filter((p) => chosen.includes(p.id) || above.some((grade) => grade.name === p.name && grade.grade === p.grade));
}

/** Places that run a desk of their own. */
export function hosts(places: readonly PlaceName[]): PlaceName[] {
  const large = places.filter((p) => p.level === 'school' || p.level === 'campus');
  return large.length ? large : [...places];
}

export interface PlanErrors {
  place?: string;
  title?: string;
  closes?: string;
  opens?: string;
  withdrawUntil?: string;
  familyLimit?: string;
  childLimit?: string;
  childSeats?: string;
  questions?: string;
  publicValue?: string;
  decimals?: string;
  known?: string;
  sessions: { starts?: string; ends?: string; capacity?: string; holds?: HoldErrors[] }[];
}

const later = (a: string, b: string) => instant(a) > instant(b);

/** What is still missing, by field; every sentence says what to do. */
export function planErrors(plan: EventPlan): PlanErrors {
  const errors: PlanErrors = { sessions: plan.sessions.map(() => ({})) };
  if (!plan.place) errors.place = m.event_plan_no_place();
  if (!plan.title.trim()) errors.title = m.event_plan_no_title();
  if ([...plan.title].length > LIMITS.title) errors.title = m.event_plan_long_title({ limit: LIMITS.title });
  if (!plan.opens) errors.opens = m.event_plan_no_time();
  if (!plan.closes) errors.closes = m.event_plan_no_time();
  else if (plan.opens && !later(plan.closes, plan.opens)) errors.closes = m.event_plan_closes_first();
  if (!plan.withdrawUntil) errors.withdrawUntil = m.event_plan_no_time();
  if (whole(plan.familyLimit, LIMITS.seats) === undefined) errors.familyLimit = m.event_plan_number({ limit: LIMITS.seats });
  if (!plan.draws && whole(plan.childLimit, LIMITS.sessions) === undefined) errors.childLimit = m.event_plan_number({ limit: LIMITS.sessions });
  const [each, all] = [plan.childSeats?.trim() ?? '', whole(plan.familyLimit, LIMITS.seats) ?? LIMITS.seats];
  if (each && whole(each, all) === undefined) errors.childSeats = m.plan_child_seats_wrong({ limit: all });
  const asked = { is: 'fill-in' as const, fields: plan.questions };
  const missing = tidyFields(plan.questions).length ? askMissing(asked, '') : '';
  if (missing || askWrong(asked)) errors.questions = missing || m.plan_questions_wrong();
  Object.assign(errors, plan.draws ? drawErrors(plan) : {});
  plan.sessions.forEach((session, i) => {
    const at = errors.sessions[i]!;
    if (!session.starts) at.starts = m.event_plan_no_time();
    if (!session.ends) at.ends = m.event_plan_no_time();
    else if (session.starts && !later(session.ends, session.starts)) at.ends = m.event_plan_ends_first();
    if (seatsAt(plan.sessions, i) === i && whole(session.capacity, LIMITS.seats) === undefined) at.capacity = m.event_plan_number({ limit: LIMITS.seats });
    const held = plan.draws || isShared(plan.sessions, i) ? [] : holdErrors(session.holds ?? [], session.starts, session.capacity, plan.waitlist ? '' : plan.closes);
    if (held.some((errors) => Object.keys(errors).length > 0)) at.holds = held;
  });
  return errors;
}

/** Digits of a small number; none where it is none. */
function decimalsOf({ decimals = '2' }: Pick<EventPlan, 'decimals'>): number | undefined {
  const text = decimals.trim();
  return /^\d$/.test(text) && Number(text) <= LIMITS.decimals ? Number(text) : undefined;
}

type DrawErrors = Pick<PlanErrors, 'publicValue' | 'decimals' | 'known' | 'withdrawUntil'>;

/** Nobody may know the value while entries are taken, nobody is drawn for what has begun, and who is drawn can give the seat back. */
function drawErrors(plan: EventPlan): DrawErrors {
  const { publicValue = '', known = '', closes, sessions, withdrawUntil } = plan;
  const errors: DrawErrors = {};
  if (decimalsOf(plan) === undefined) errors.decimals = m.draw_plan_need_decimals({ most: LIMITS.decimals });
  if (known && withdrawUntil && later(known, withdrawUntil)) errors.withdrawUntil = m.draw_plan_withdraw();
  if (!publicValue.trim()) errors.publicValue = m.draw_plan_need_value();
  if ([...publicValue.trim()].length > LIMITS.title) errors.publicValue = m.draw_plan_long_value({ limit: LIMITS.title });
  if (!known) errors.known = m.event_plan_no_time();
  else if (closes && !later(known, closes)) errors.known = m.draw_plan_need_known();
  else if (sessions.some(({ starts }) => starts && !later(starts, known))) errors.known = m.draw_plan_before();
  return errors;
}

export function isComplete(errors: PlanErrors): boolean {
  const { sessions, ...own } = errors;
  return Object.keys(own).length === 0 && sessions.every((s) => Object.keys(s).length === 0);
}

export function seatsOf(plan: EventPlan): number {
  const own = plan.draws ? plan.sessions : plan.sessions.filter((_, i) => seatsAt(plan.sessions, i) === i);
  return own.reduce((sum, s) => sum + (whole(s.capacity, LIMITS.seats) ?? 0), 0);
}

/** In the order in which they are sent. Only for a complete plan. */
export function byStart(sessions: readonly SessionPlan[]): SessionPlan[] {
  return sessions.toSorted((a, b) => zoned(a.starts).compare(zoned(b.starts)));
}

/** The seats of each session, with the place of the one they are shared with among `sent`; a draw shares none. */
function seats(plan: EventPlan, sent: readonly SessionPlan[], session: SessionPlan): { capacity: number; shares_with: number | null } {
  const at = plan.sessions.indexOf(session);
  const first = plan.sessions[seatsAt(plan.sessions, at)] ?? session;
  const shares = !plan.draws && isShared(plan.sessions, at);
  return { capacity: Number(first.capacity), shares_with: shares ? sent.indexOf(first) : null };
}

/** As the core takes it. Only for a complete plan. */
export function toPublish(plan: EventPlan): EventPublish {
  const sent = byStart(plan.sessions);
  return {
    place: plan.place,
    title: plan.title.trim(),
    about: plan.about.trim(),
    venue: plan.heldIn ? '' : plan.venue.trim(),
    held_in: plan.heldIn ?? null,
    programme: plan.programme.trim(),
    tags: [...(plan.tags ?? [])],
    look: plan.look ?? 'plain',
    eligible: [...plan.eligible],
    seat_rule: plan.seatRule,
    family_limit: Number(plan.familyLimit),
    // A child's second entry could be drawn into the same session.
    child_limit: plan.draws ? 1 : Number(plan.childLimit),
    child_seats: plan.childSeats?.trim() ? Number(plan.childSeats) : null,
    questions: tidyFields(plan.questions),
    waitlist: plan.waitlist,
    opens: plan.opens,
    closes: plan.closes,
    withdraw_until: plan.withdrawUntil,
    sessions: sent.map((session) => ({
      id: session.id ?? null,
      name: session.name.trim(),
      starts: session.starts,
      ends: session.ends,
      ...seats(plan, sent, session),
      held_in: session.heldIn ?? null,
      eligible: [...(session.eligible ?? [])],
      first_timers: session.firstTimers ?? false,
      // A draw is by tickets alone, and of what is shared nothing is kept.
      holds: plan.draws || isShared(plan.sessions, plan.sessions.indexOf(session)) ? [] : planned(session.holds),
    })),
    draw: plan.draws ? { public_value: (plan.publicValue ?? '').trim(), decimals: decimalsOf(plan) ?? 0, known: plan.known ?? '' } : null,
    theme: plan.theme ?? null,
    partner: plan.partner ?? null,
    trip: plan.trip ?? null,
    lesson: plan.course ? { course: plan.course, speakers: (plan.speakers ?? '').trim() } : null,
  };
}

function zoned(at: string): ZonedDateTime {
  return parseZonedDateTime(at);
}
