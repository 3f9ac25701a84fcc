// An event that was published, as its form begins, and what the form would change for whom.
import type { DeskBooking, EventChange, EventOpened, PlaceName, SessionFill, VenueView } from '$lib/bindings';
import { placeName, placesName } from '$lib/place';
import { clock, day, instant, isPast, moment, span } from '$lib/when';
import { m } from '$messages';
import { tidyFields } from '../notice/ask/asking';
import { guardiansOf } from './desk';
import { holdsOf, holdsWords } from './holds';
import { lookWords } from './looks';
import { planErrors, toPublish, type EventPlan, type PlanErrors, type SessionPlan } from './plan';
import { ruleWords } from './words';

/** The version that was looked at goes with what was written: another may change the event meanwhile. */
export interface ChangedPlan extends EventPlan {
  version: number;
}

const ids = (places: readonly PlaceName[]): string[] => places.map(({ id }) => id);

/** The first that has these seats, if another has them too. */
function sharedWith(sessions: readonly SessionFill[], { id, pool }: Pick<SessionFill, 'id' | 'pool'>): number | undefined {
  const first = pool === null ? -1 : sessions.findIndex((other) => other.pool === pool);
  return first < 0 || sessions[first]!.id === id ? undefined : first;
}

export function planOf(opened: EventOpened): ChangedPlan {
  const { line } = opened;
  return {
    version: opened.version,
    place: line.place.id,
    title: line.title,
    about: opened.about,
    venue: line.venue,
    heldIn: line.held_in?.id ?? null,
    programme: line.programme,
    tags: [...line.tags],
    look: line.look,
    eligible: ids(opened.for_whom),
    seatRule: opened.seat_rule,
    familyLimit: String(opened.family_limit),
    childLimit: String(opened.child_limit),
    childSeats: String(opened.child_seats ?? ''),
    questions: structuredClone(opened.questions),
    waitlist: opened.waitlist,
    opens: line.opens,
    closes: line.closes,
    withdrawUntil: opened.withdraw_until,
    sessions: line.sessions.map(({ id, name, starts, ends, capacity, pool, held_in, eligible, first_timers, ...rest }) => ({ id, name, starts, ends, capacity: String(capacity), sharesWith: sharedWith(line.sessions, { id, pool }), heldIn: held_in?.id ?? null, eligible: ids(eligible), firstTimers: first_timers, holds: holdsOf(rest) })),
    draws: line.draw !== null,
    publicValue: line.draw?.public_value ?? '',
    decimals: String(line.draw?.decimals ?? 2),
    known: line.draw?.known ?? '',
    theme: opened.theme,
    course: opened.lesson?.course ?? '',
    speakers: opened.lesson?.speakers ?? '',
  };
}

/** What can be done about it no more: it was called off, or has begun. */
export const isFixed = (session: SessionFill): boolean => session.begun || session.cancelled !== null;

/** Whom a seat is for is settled once somebody has one or waits for one; in a draw, once wishes are taken. */
export function isTaken({ line }: EventOpened): boolean {
  return (line.draw !== null && line.draw.phase.is !== 'not-open') || line.sessions.some(({ used, waiting }) => used + waiting > 0);
}

export const sessionOf = (opened: EventOpened, { id }: SessionPlan): SessionFill | undefined => opened.line.sessions.find((session) => session.id === id);

const sameTime = (one: string, other: string): boolean => instant(one).getTime() === instant(other).getTime();
const sameIds = (one: readonly string[], other: readonly string[]): boolean => [...one].sort().join(' ') === [...other].sort().join(' ');

function moves(session: SessionFill, plan: SessionPlan): boolean {
  return plan.starts !== '' && plan.ends !== '' && !(sameTime(session.starts, plan.starts) && sameTime(session.ends, plan.ends));
}

/** As of a new plan; and nothing is moved into the past. */
export function changeErrors(plan: EventPlan, opened: EventOpened, now: Date): PlanErrors {
  const errors = planErrors(plan);
  plan.sessions.forEach((one, i) => {
    const session = sessionOf(opened, one);
    if (session && isFixed(session)) errors.sessions[i] = {};
    else if (session && moves(session, one) && isPast(one.starts, now)) errors.sessions[i]!.starts ??= m.plan_past();
  });
  return errors;
}

/** As the core takes it. Seats are the desk's to change: they go as they stand by now. How they are given was settled as it was published. */
export function toChange(plan: ChangedPlan, opened: EventOpened): EventChange {
  const asStands = plan.sessions.map((one) => {
    const session = sessionOf(opened, one);
    if (!session) return one;
    const { name, starts, ends, held_in, eligible, first_timers } = session;
    const capacity = String(session.capacity);
    return isFixed(session) ? { id: one.id, name, starts, ends, capacity, sharesWith: one.sharesWith, heldIn: held_in?.id ?? null, eligible: ids(eligible), firstTimers: first_timers, holds: holdsOf(session) } : { ...one, capacity };
  });
  return { event: opened.line.id, version: plan.version, plan: { ...toPublish({ ...plan, sessions: asStands }), draw: null, partner: null, trip: null } };
}

/** One thing that would read otherwise. */
export interface Changed {
  what: string;
  was: string;
  now: string;
  /** Guardians who are told. */
  told: readonly string[];
  /** A session that moves: who booked it may leave. */
  moves?: boolean;
}

/** "10:20" to "10:40" where the rest is plain; the day where it is another one. */
function timesOf(session: SessionFill, plan: SessionPlan, zone: string, now: Date): { was: string; now: string } {
  const length = (one: { starts: string; ends: string }) => instant(one.ends).getTime() - instant(one.starts).getTime();
  const sameDay = [session.starts, session.ends, plan.ends].every((at) => day(at, zone, now) === day(plan.starts, zone, now));
  const words = ({ starts, ends }: { starts: string; ends: string }) => {
    if (!sameDay) return span(starts, ends, zone, now);
    return length(session) === length(plan) ? clock(starts, zone) : `${clock(starts, zone)}–${clock(ends, zone)}`;
  };
  return { was: words(session), now: words(plan) };
}

function sessionChanges(plan: ChangedPlan, opened: EventOpened, bookings: readonly DeskBooking[], known: Known): Changed[] {
  const { zone, now, whom, venue } = known;
  return plan.sessions.flatMap((one): Changed[] => {
    const name = one.name.trim();
    const session = sessionOf(opened, one);
    if (!session) {
      const when = one.starts && one.ends ? span(one.starts, one.ends, zone, now) : '';
      return [{ what: m.plan_changed_new({ session: name }), was: '', now: when, told: [] }];
    }
    if (isFixed(session)) return [];
    const changes: Changed[] = [];
    const what = session.name || clock(session.starts, zone);
    if (name !== session.name) changes.push({ what: m.event_plan_session_name(), was: session.name, now: name, told: [] });
    if (moves(session, one)) changes.push({ what, ...timesOf(session, one, zone, now), told: guardiansOf(bookings, session.id), moves: true });
    if ((one.heldIn ?? null) !== (session.held_in?.id ?? null)) {
      const [was, next] = [session.held_in?.name, venue(one.heldIn)].map((name) => name || m.venue_session_same());
      changes.push({ what: `${what}${m.common_comma()}${m.venue_fact()}`, was: was!, now: next!, told: guardiansOf(bookings, session.id) });
    }
    const eligible = one.eligible ?? [];
    if (!sameIds(eligible, ids(session.eligible))) changes.push({ what: m.plan_changed_whom({ session: what }), was: whom(ids(session.eligible)), now: whom(eligible), told: [] });
    const first = one.firstTimers ?? false;
    if (first !== session.first_timers) changes.push({ what: m.plan_changed_whom({ session: what }), was: firstWords(session.first_timers), now: firstWords(first), told: [] });
    const kept = [holdsOf(session), one.holds ?? []].map((holds) => holdsWords(holds, whom, (at) => (at ? moment(at, zone, now) : '')));
    if (kept[0] !== kept[1]) changes.push({ what: m.hold_changed({ session: what }), was: kept[0]!, now: kept[1]!, told: [] });
    return changes;
  });
}

interface Known {
  zone: string;
  now: Date;
  whom: (places: readonly string[]) => string;
  /** A venue's name. */
  venue: (id: string | null | undefined) => string;
}

/** What the form would change, in words, and who is told of it. */
export function changesOf(plan: ChangedPlan, opened: EventOpened, bookings: readonly DeskBooking[], places: readonly PlaceName[], zone: string, now: Date, venues: readonly VenueView[] = []): Changed[] {
  const { line } = opened;
  const before = planOf(opened);
  const whom = (chosen: readonly string[]) => placesName(places.filter((p) => chosen.includes(p.id)), line.place.name) || m.plan_everyone();
  const venue = (id: string | null | undefined) => venues.find((one) => one.id === id)?.draft.name ?? '';
  const known: Known = { zone, now, whom, venue };
  const when = (at: string) => (at ? moment(at, zone, now) : '');
  const changes: Changed[] = [];
  const put = (what: string, was: string, next: string, told: readonly string[] = []) => {
    if (was !== next) changes.push({ what, was, now: next, told });
  };
  put(m.event_plan_name(), before.title, plan.title.trim());
  const where = plan.heldIn === before.heldIn && plan.heldIn ? before.venue : plan.heldIn ? venue(plan.heldIn) : plan.venue.trim();
  put(m.event_plan_venue(), before.venue, where, guardiansOf(bookings));
  changes.push(...sessionChanges(plan, opened, bookings, known));
  if ((before.course ?? '') !== (plan.course ?? '')) changes.push({ what: m.course_field(), was: '', now: plan.course ? m.plan_changed() : m.course_field_none(), told: [] });
  if (plan.course) put(m.course_field_speakers(), before.speakers ?? '', (plan.speakers ?? '').trim());
  put(m.event_plan_programme(), before.programme, plan.programme.trim());
  put(m.theme_tags(), (before.tags ?? []).join(m.common_comma()), (plan.tags ?? []).join(m.common_comma()));
  put(m.look_title(), lookWords(before.look ?? 'plain'), lookWords(plan.look ?? 'plain'));
  if (before.about !== plan.about.trim()) changes.push({ what: m.event_plan_about(), was: '', now: m.plan_changed(), told: [] });
  if (!sameIds(before.eligible, plan.eligible)) put(m.event_plan_whom(), wholeWhom(before.eligible, whom, line.place), wholeWhom(plan.eligible, whom, line.place));
  put(m.event_plan_rule(), ruleWords(before.seatRule), ruleWords(plan.seatRule));
  put(m.event_plan_limit(), before.familyLimit, plan.familyLimit.trim());
  put(m.plan_child_limit(), before.childLimit, plan.childLimit.trim());
  put(m.plan_child_seats(), before.childSeats ?? '', (plan.childSeats ?? '').trim());
  if (JSON.stringify(before.questions) !== JSON.stringify(tidyFields(plan.questions))) changes.push({ what: m.plan_questions(), was: '', now: m.plan_changed(), told: [] });
  if (before.waitlist !== plan.waitlist) put(m.event_plan_waitlist(), waits(before), waits(plan));
  put(m.event_plan_opens(), when(before.opens), when(plan.opens));
  put(m.event_plan_closes(), when(before.closes), when(plan.closes));
  put(m.event_plan_give_back(), when(before.withdrawUntil), when(plan.withdrawUntil));
  return changes;
}

const firstWords = (first: boolean): string => (first ? m.event_session_first() : m.plan_changed_first_no());
const waits = ({ waitlist }: EventPlan): string => (waitlist ? m.event_plan_waitlist_yes() : m.event_plan_waitlist_no());

function wholeWhom(chosen: readonly string[], whom: (chosen: readonly string[]) => string, at: PlaceName): string {
  return chosen.length ? whom(chosen) : m.event_plan_everyone_at({ place: placeName(at) });
}

/** How many families are told of it all; none twice. */
export const toldBy = (changes: readonly Changed[]): number => new Set(changes.flatMap(({ told }) => told)).size;
