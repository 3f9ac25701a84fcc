// A rehearsal: what is supposed, as it is typed and as it is asked; what came of it, in words.
import type { ClassFigures, EventRehearse, EventRehearsed, Fates, RehearsedClass, RehearsedSession, SessionFigures, Suppositions } from '$lib/bindings';
import { m } from '$messages';
import { isComplete, planErrors, toPublish, type EventPlan } from '../plan';

/** Openings of one rehearsal: more make it no surer than what is supposed. */
export const RUNS = 200;

/** What a field may hold; as the core's limits. */
export const BOUNDS = {
  want: [0, 100],
  firstMinute: [0, 100],
  hours: [1, 168],
  twoAdults: [0, 100],
  suits: [1, 40],
  times: [1, 40],
  giveBack: [0, 100],
  lateMinutes: [0, 10_080],
  staffHours: [0, 168],
} as const satisfies Record<string, readonly [number, number]>;

export type SupposedNumber = keyof typeof BOUNDS;
export type Supposed = Record<SupposedNumber, string> & { prefer: Suppositions['prefer']; late: string[] };

/** A popular open day of a primary school. */
export function usual(): Supposed {
  return { want: '50', firstMinute: '30', hours: '24', twoAdults: '30', suits: '3', times: '1', giveBack: '5', lateMinutes: '60', staffHours: '24', prefer: 'even', late: [] };
}

function whole(text: string, [least, most]: readonly [number, number]): number | undefined {
  const number = Number(text.trim());
  return /^\d+$/.test(text.trim()) && number >= least && number <= most ? number : undefined;
}

export type SupposedErrors = Partial<Record<SupposedNumber, string>>;

export function supposedErrors(supposed: Supposed): SupposedErrors {
  const errors: SupposedErrors = {};
  for (const [key, [least, most]] of Object.entries(BOUNDS) as [SupposedNumber, readonly [number, number]][]) {
    if (whole(supposed[key], [least, most]) === undefined) errors[key] = m.rehearse_number({ least, most });
  }
  return errors;
}

/** What it is called decides nothing here, and neither does which value draws it. */
function named(plan: EventPlan): EventPlan {
  return { ...plan, title: plan.title.trim() || m.rehearse_plan_untitled(), publicValue: plan.publicValue?.trim() || '-' };
}

export const canRehearse = (plan: EventPlan): boolean => isComplete(planErrors(named(plan)));

/** As the core takes it. Only for a plan that can be rehearsed and numbers that are right. */
export function toRehearse(plan: EventPlan, supposed: Supposed, seed: number | null): EventRehearse {
  const { want, firstMinute, hours, twoAdults, suits, times, giveBack, lateMinutes, staffHours, prefer, late } = supposed;
  return {
    plan: toPublish(named(plan)),
    suppose: {
      want_percent: Number(want),
      two_adults_percent: Number(twoAdults),
      first_minute_percent: Number(firstMinute),
      hours: Number(hours),
      suits: Number(suits),
      times: Number(times),
      prefer,
      give_back_percent: Number(giveBack),
      late: [...late],
      late_minutes: Number(lateMinutes),
      staff_hours: Number(staffHours),
    },
    runs: RUNS,
    seed,
  };
}

/** The way the plan goes, or the one it is compared with. */
export type Way = 'race' | 'draw';

export const wayOf = ({ draws }: EventRehearsed): Way => (draws ? 'draw' : 'race');
export const otherWay = (way: Way): Way => (way === 'race' ? 'draw' : 'race');
export const wayWords = (way: Way): string => (way === 'race' ? m.draw_plan_first() : m.draw_plan_draw());

export function fatesOf(told: EventRehearsed, way: Way): Fates | null {
  return way === 'race' ? told.race : told.draw;
}
export const seatsOf = (session: RehearsedSession, way: Way): SessionFigures | null => (way === 'race' ? session.race : session.draw);
export const classOf = (line: RehearsedClass, way: Way): ClassFigures | null => (way === 'race' ? line.race : line.draw);

/** Classes left out, in the order of the school: nobody is ranked. */
export function leftOut(told: EventRehearsed, way: Way): RehearsedClass[] {
  return told.classes.filter((line) => classOf(line, way)?.left_out);
}

/** "12 家想来，多数试演里没有名额；班里 38 家有 9 家要等老师代办；抽签的话大约 5 家有名额": each a piece of its own. */
export function leftOutWords(line: RehearsedClass, way: Way): string[] {
  const figures = classOf(line, way);
  if (!figures?.left_out) return [];
  if (figures.left_out === 'no-session') return [m.rehearse_left_no_session()];
  const count = figures.wanting.median;
  const words = [figures.left_out === 'nobody' ? m.rehearse_left_nobody({ count }) : m.rehearse_left_few({ count })];
  if (figures.by_staff) words.push(m.rehearse_left_staff({ families: figures.families, count: figures.by_staff }));
  const other = classOf(line, otherWay(way));
  if (other && !other.left_out) words.push(way === 'race' ? m.rehearse_left_draw({ count: other.seated.median }) : m.rehearse_left_race({ count: other.seated.median }));
  return words;
}

/** What became of families without a seat, what there is none of left out. */
export function fateWords(fates: Fates): string[] {
  const said = [
    [fates.waiting, m.rehearse_fate_waiting],
    [fates.turned_away, m.rehearse_fate_turned_away],
    [fates.partly, m.rehearse_fate_partly],
    [fates.too_large, m.rehearse_fate_too_large],
    [fates.too_late, m.rehearse_fate_too_late],
    [fates.no_session, m.rehearse_fate_no_session],
    [fates.gave_back, m.rehearse_fate_gave_back],
  ] as const;
  return said.filter(([spread]) => spread.median > 0).map(([spread, words]) => words({ count: spread.median }));
}

/** "40 秒", "12 分钟", "3 小时 5 分钟". */
export function afterWords(seconds: number): string {
  if (seconds < 60) return m.rehearse_seconds({ count: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return m.rehearse_minutes({ count: minutes });
  return m.rehearse_hours_time({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

export function fullWords(figures: SessionFigures, runs: number, way: Way): string {
  if (way === 'draw') return m.rehearse_drawn();
  if (figures.full_after_s === null) return m.rehearse_full_never();
  const time = afterWords(figures.full_after_s);
  return figures.full_runs === runs ? m.rehearse_full({ time }) : m.rehearse_full_some({ runs, full: figures.full_runs, time });
}

/** How many seats would do: fewer than planned is enough too. */
export type Enough = 'fits' | 'more' | 'never';

export function enoughOf(told: EventRehearsed): Enough {
  if (told.sessions.some(({ enough }) => enough === null)) return 'never';
  return told.sessions.some(({ enough, race }) => (enough ?? 0) > race.capacity) ? 'more' : 'fits';
}

/** The plan with so many seats: sessions by start, as they are told; none gets fewer than it has. */
export function withEnough(plan: EventPlan, told: EventRehearsed): EventPlan['sessions'] {
  const byStart = toPublish(named(plan)).sessions;
  return plan.sessions.map((session) => {
    const at = byStart.findIndex(({ name, starts }) => name === session.name.trim() && starts === session.starts);
    const enough = told.sessions[at]?.enough ?? 0;
    return { ...session, capacity: String(Math.max(enough, Number(session.capacity))) };
  });
}
