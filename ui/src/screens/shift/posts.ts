// Shifts: who is missing where, and a post being planned.
import { fromDate, parseDate, parseZonedDateTime } from '@internationalized/date';
import { formLimits, type CampaignName, type PostTerms, type PostView, type RosterShift, type ShiftLine, type ShiftPost } from '$lib/bindings';
import { isPending } from '$lib/items';
import { schoolNow } from '$lib/school.svelte';
import { instant, isPast } from '$lib/when';
import { m } from '$messages';
import { whole } from '../event/plan';
import { pupilErrors, pupilPlan, toPupils, type PupilErrors, type PupilTermsPlan } from '../pupil/pupils';

export const MOST_SHIFTS = formLimits.volunteer.shifts;
export const MOST_NEEDED = formLimits.volunteer.needed;
const DAY_MS = 86_400_000;

/** People a shift still needs; one that was called off needs nobody. */
export function missing(line: Pick<ShiftLine, 'needed' | 'taken' | 'called_off'>): number {
  return line.called_off ? 0 : Math.max(0, line.needed - line.taken);
}

/** One's own first; the rest by time. What one asked for counts as one's own, also while it waits. */
export function isOwn(line: ShiftLine): boolean {
  return line.mine || line.own === 'asked' || isPending(line.pending);
}

/** Somebody asks one to come, and one has not said a word. */
export function isOffered(line: ShiftLine): boolean {
  return !isOwn(line) && line.own === 'offered';
}

/** The school said no or called it off: it stays in sight until its time has passed. */
export function isNews(line: ShiftLine): boolean {
  return !isOwn(line) && (line.own === 'declined' || line.own === 'called-off' || line.own === 'released');
}

/** Campaigns these shifts belong to, each once, by name. */
export function campaignsOf(lines: readonly ShiftLine[]): CampaignName[] {
  const found = new Map(lines.flatMap(({ campaign }) => (campaign ? [[campaign.id, campaign] as const] : [])));
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
}

/** "2026-11-30", the day in its zone: RFC 9557 begins with it. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** Monday of the week of a day. */
export function mondayOf(day: string): string {
  const date = parseDate(day);
  const weekday = (date.toDate('UTC').getUTCDay() + 6) % 7;
  return date.subtract({ days: weekday }).toString();
}

/** Monday of the week to look at first: on a Friday evening that is the next one. With nothing soon, this week's. */
export function weekOfNext(posts: readonly PostView[], now: Date, zone: string): string {
  const today = mondayOf(dayOf(fromDate(now, zone).toString()));
  const coming = posts.flatMap((post) => post.shifts).map((s) => s.line).filter((line) => !isPast(line.ends, now));
  const next = addDays(today, 7);
  const weeks = coming.map((line) => mondayOf(dayOf(line.starts)));
  return !weeks.includes(today) && weeks.includes(next) ? next : today;
}

export function addDays(day: string, days: number): string {
  return parseDate(day).add({ days }).toString();
}

/** Monday to Friday, and the weekend days on which there is something. */
export function weekDays(monday: string, posts: readonly PostView[]): string[] {
  const used = new Set(posts.flatMap((post) => post.shifts.map((s) => dayOf(s.line.starts))));
  return Array.from({ length: 7 }, (_, i) => addDays(monday, i)).filter((day, i) => i < 5 || used.has(day));
}

export interface RosterRow {
  post: PostView;
  cells: RosterShift[][];
}

/** Posts with something in these days, each day's shifts by start; the emptiest first. */
export function rosterRows(posts: readonly PostView[], days: readonly string[]): RosterRow[] {
  const rows = posts.map((post) => ({
    post,
    cells: days.map((day) => post.shifts.filter((s) => dayOf(s.line.starts) === day)),
  }));
  return rows.filter((row) => row.cells.some((cell) => cell.length > 0));
}

export function missingIn(rows: readonly RosterRow[]): number {
  return rows.flatMap((row) => row.cells.flat()).reduce((sum, s) => sum + missing(s.line), 0);
}

export interface ShiftPlan {
  starts: string;
  ends: string;
  needed: string;
}

export interface PostPlan {
  place: string;
  title: string;
  about: string;
  meetingPoint: string;
  programme: string;
  shifts: ShiftPlan[];
  /** A draft of an older window has none. */
  terms?: TermsPlan;
}

/** What else a post says, as it is typed. */
/** A draft of an older window says nothing of pupils. */
export type TermsPlan = Omit<PostTerms, 'rest_min' | 'pupils'> & { rest: string; pupils?: PupilTermsPlan };

/** As the school's limits have them. */
export const TERMS_LIMITS = { handbook: formLimits.volunteer.about, rest: formLimits.volunteer.rest, requires: formLimits.volunteer.requires };

export function freshTerms(): TermsPlan {
  return { campaign: null, tags: [], population: 'everyone', entry: 'open', handbook: '', supervisor: null, held_in: null, requires: [], rest: '0', stand_in: 'by-itself', swap: 'free', pupils: pupilPlan(null), guests: false };
}

export function termsOf({ rest_min, pupils, ...terms }: PostTerms): TermsPlan {
  return { ...terms, rest: String(rest_min), pupils: pupilPlan(pupils) };
}

/** A post that stands, as it is changed: its shifts stay, new ones are added. */
export function changeOf(post: PostView): PostPlan {
  return { place: post.place.id, title: post.title, about: post.about, meetingPoint: post.meeting_point, programme: post.programme, shifts: [], terms: termsOf(post.terms) };
}

/** In a week, before school. */
export function firstShift(zone: string): ShiftPlan {
  const start = fromDate(schoolNow(), zone).add({ days: 7 }).set({ hour: 7, minute: 30, second: 0, millisecond: 0 });
  return { starts: start.toString(), ends: start.add({ minutes: 40 }).toString(), needed: '4' };
}

export function freshPost(zone: string, place = ''): PostPlan {
  return {
    place,
    title: '',
    about: '',
    meetingPoint: '',
    programme: '',
    shifts: [firstShift(zone)],
    terms: freshTerms(),
  };
}

/** The last shift on its next school day; a blank one while that is not known. */
export function nextShift(shifts: readonly ShiftPlan[], day: string | undefined): ShiftPlan {
  const last = shifts.at(-1);
  if (!last?.starts || !last.ends || !day) return { starts: '', ends: '', needed: last?.needed ?? '1' };
  return movedTo(last, day);
}

/** The same times on another day. */
function movedTo(shift: ShiftPlan, day: string): ShiftPlan {
  const days = Math.round((parseDate(day).toDate('UTC').getTime() - parseDate(dayOf(shift.starts)).toDate('UTC').getTime()) / DAY_MS);
  const moved = (at: string) => parseZonedDateTime(at).add({ days }).toString();
  return { ...shift, starts: moved(shift.starts), ends: moved(shift.ends) };
}

/** The same shift on each of these days. Those that stand already are left alone. */
export function repeated(shift: ShiftPlan | undefined, days: readonly string[], standing: readonly ShiftPlan[]): ShiftPlan[] {
  if (!shift?.starts || !shift.ends) return [];
  const taken = new Set(standing.map((one) => instantOf(one.starts)));
  const more = days.map((day) => movedTo(shift, day)).filter(({ starts }) => !taken.has(instantOf(starts)));
  return more.slice(0, Math.max(0, MOST_SHIFTS - standing.length));
}

/** The last shift at each of these times, as long by the clock on the wall. Those that stand already are left alone. */
export const repeatedAt = (shifts: readonly ShiftPlan[], times: readonly string[]): ShiftPlan[] => repeated(shifts.at(-1), times.map(dayOf), shifts);

const instantOf = (at: string) => (at ? instant(at).getTime() : 0);

export interface PostErrors {
  place?: string;
  title?: string;
  shifts: { starts?: string; ends?: string; needed?: string }[];
  rest?: string;
  pupils?: PupilErrors;
}

export function postErrors(plan: PostPlan): PostErrors {
  const errors: PostErrors = { shifts: plan.shifts.map(() => ({})) };
  if (!plan.place) errors.place = m.shift_plan_no_place();
  if (!plan.title.trim()) errors.title = m.shift_plan_no_title();
  const rest = plan.terms?.rest.trim() ?? '';
  if (rest !== '' && rest !== '0' && whole(rest, TERMS_LIMITS.rest) === undefined) errors.rest = m.volunteer_rest_wrong({ limit: TERMS_LIMITS.rest });
  const pupils = pupilErrors(plan.terms?.pupils);
  if (Object.keys(pupils).length) errors.pupils = pupils;
  plan.shifts.forEach((shift, i) => {
    const at = errors.shifts[i]!;
    if (!shift.starts) at.starts = m.shift_plan_no_time();
    if (!shift.ends) at.ends = m.shift_plan_no_time();
    else if (shift.starts && instant(shift.ends) <= instant(shift.starts)) at.ends = m.shift_plan_ends_first();
    if (whole(shift.needed, MOST_NEEDED) === undefined) at.needed = m.shift_plan_number({ limit: MOST_NEEDED });
  });
  return errors;
}

export function toPost(plan: PostPlan): ShiftPost {
  const byStart = plan.shifts.toSorted((a, b) => instantOf(a.starts) - instantOf(b.starts));
  return {
    place: plan.place,
    title: plan.title.trim(),
    about: plan.about.trim(),
    meeting_point: plan.meetingPoint.trim(),
    programme: plan.programme.trim(),
    shifts: byStart.map(({ starts, ends, needed }) => ({ starts, ends, needed: Number(needed) })),
    terms: toTerms(plan.terms ?? freshTerms()),
  };
}

function toTerms({ rest, pupils, ...terms }: TermsPlan): PostTerms {
  return { ...terms, guests: terms.guests && terms.population === 'everyone', handbook: terms.handbook.trim(), rest_min: Number(rest) || 0, pupils: toPupils(pupils) };
}
