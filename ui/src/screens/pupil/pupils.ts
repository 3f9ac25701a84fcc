// Pupils in shifts: whom a family can put down, and what one press says on the day.
import { formLimits, type DutySaid, type PupilChild, type PupilLine, type PupilMark, type PupilRoll, type PupilShift, type PupilTerms } from '$lib/bindings';
import { childName } from '$lib/child';
import { isPending } from '$lib/items';
import { refusalSentence } from '$lib/refusals';
import { instant, isPast } from '$lib/when';
import { m } from '$messages';
import { whole } from '../event/plan';

export const PUPIL_LIMITS = { places: formLimits.volunteer.pupils, per_adult: formLimits.volunteer.per_adult, from_grade: formLimits.volunteer.grade };

export const isDown = (child: PupilChild): boolean => child.own?.state === 'down';

/** Children one could put down now. */
export function canGo(pupils: PupilShift): PupilChild[] {
  if (!pupils.terms || pupils.called_off || pupils.counts.left === 0) return [];
  return pupils.children.filter((one) => one.decides && !isDown(one) && !one.why_not && !isPending(one.pending));
}

/** Why a child could not be put down now, as a sentence; nothing where it is said beside it already, or the child is down. */
export function whyNotWords(one: PupilChild, terms: PupilTerms, zone: string): string | undefined {
  const why = one.why_not;
  if (!why || !one.decides || isDown(one) || isPending(one.pending)) return undefined;
  const name = childName(one.child);
  switch (why.code) {
    case 'started':
    case 'shift-off':
    case 'shift-already':
    case 'no-pupils':
      return undefined;
    case 'shift-clash':
      return m.pupil_why_clash({ name });
    case 'short-rest':
      return m.pupil_why_rest({ name, minutes: why.minutes });
    case 'not-eligible':
      return terms.from_grade ? m.pupil_why_grade({ name, grade: terms.from_grade }) : m.pupil_why_other({ name, reason: refusalSentence(why, zone) });
    default:
      return m.pupil_why_other({ name, reason: refusalSentence(why, zone) });
  }
}

/** A shift in which one's own children have a part, or where something about them is on its way. */
export const hasOwn = (pupils: PupilShift | undefined): boolean => !!pupils?.children.some((one) => isDown(one) || one.own?.state === 'called-off' || isPending(one.pending));

export const unmarked = (pupils: readonly PupilLine[]): PupilLine[] => pupils.filter((line) => line.said === null && !line.gone);
export const inside = (pupils: readonly PupilLine[]): PupilLine[] => pupils.filter(({ said }) => said?.is === 'came' && !said.until);

/** Classes with two or more of whom nothing was said. */
export function openClasses(pupils: readonly PupilLine[]): { id: string; lines: PupilLine[] }[] {
  const found = new Map<string, PupilLine[]>();
  for (const line of unmarked(pupils)) if (line.child.class) found.set(line.child.class.id, [...(found.get(line.child.class.id) ?? []), line]);
  return [...found].map(([id, lines]) => ({ id, lines })).filter(({ lines }) => lines.length > 1);
}

export const marks = (pupils: readonly PupilLine[], say: (line: PupilLine) => DutySaid): PupilMark[] => pupils.map((line) => ({ child: line.child.id, said: say(line), seen: line.seen }));

const iso = (at: string): string => instant(at).toISOString();

/** In: from now; once the shift is over, for all of it. */
export function arrived(roll: PupilRoll, now: Date): DutySaid {
  if (isPast(roll.ends, now)) return { is: 'came', from: iso(roll.starts), until: iso(roll.ends) };
  return { is: 'came', from: now.toISOString(), until: null };
}

/** Out: now; of a shift that is over, as it ended. */
export function left({ said }: PupilLine, roll: PupilRoll, now: Date): DutySaid {
  const from = said?.is === 'came' ? said.from : iso(roll.starts);
  const end = isPast(roll.ends, now) ? iso(roll.ends) : now.toISOString();
  return { is: 'came', from, until: end > from ? end : now.toISOString() };
}

/** As they are typed. */
export interface PupilTermsPlan {
  on: boolean;
  places: string;
  per_adult: string;
  from_grade: string;
}

export const pupilPlan = (terms: PupilTerms | null | undefined): PupilTermsPlan => ({
  on: !!terms,
  places: String(terms?.places ?? 12),
  per_adult: String(terms?.per_adult ?? 5),
  from_grade: terms?.from_grade ? String(terms.from_grade) : '',
});

export type PupilErrors = Partial<Record<keyof typeof PUPIL_LIMITS, number>>;

/** Each field that is wrong, with the most it may be. */
export function pupilErrors(plan: PupilTermsPlan | undefined): PupilErrors {
  if (!plan?.on) return {};
  const wrong = (Object.keys(PUPIL_LIMITS) as (keyof typeof PUPIL_LIMITS)[]).filter((key) => !(key === 'from_grade' && !plan[key].trim()) && whole(plan[key], PUPIL_LIMITS[key]) === undefined);
  return Object.fromEntries(wrong.map((key) => [key, PUPIL_LIMITS[key]]));
}

/** Fewer pupils could come than there are places, even with every adult there. */
export interface FewAdults {
  adults: number;
  per_adult: number;
  most: number;
  places: number;
  /** Of that shift alone: others need more. */
  some: boolean;
}

/** The shift for which it is so, of those that need the fewest adults; not while something is no number yet. */
export function fewAdults(plan: PupilTermsPlan, needed: readonly string[], mostNeeded: number): FewAdults | undefined {
  const [places, per_adult] = [whole(plan.places, PUPIL_LIMITS.places), whole(plan.per_adult, PUPIL_LIMITS.per_adult)];
  const adults = needed.map((one) => whole(one, mostNeeded)).filter((one) => one !== undefined);
  if (!plan.on || places === undefined || per_adult === undefined || !adults.length) return undefined;
  const fewest = Math.min(...adults);
  const most = fewest * per_adult;
  return most < places ? { adults: fewest, per_adult, most, places, some: Math.max(...adults) > fewest } : undefined;
}

export function toPupils(plan: PupilTermsPlan | undefined): PupilTerms | null {
  if (!plan?.on) return null;
  const grade = Number(plan.from_grade) || 0;
  return { places: Number(plan.places), per_adult: Number(plan.per_adult), ...(grade ? { from_grade: grade } : {}) };
}
