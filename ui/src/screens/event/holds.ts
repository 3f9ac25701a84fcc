// Seats that are kept for some families: as they are planned, and in words.
import { parseZonedDateTime } from '@internationalized/date';
import type { HeldFor, HoldView, PlannedHold, SessionFill } from '$lib/bindings';
import { placesName } from '$lib/place';
import { instant, moment } from '$lib/when';
import { m } from '$messages';
import { LIMITS, whole } from './numbers';

export const HOLDS = 5;

export type HeldIs = HeldFor['is'];

export interface HoldPlan {
  /** One that is there already. */
  id?: string;
  of: HeldIs;
  places: string[];
  seats: string;
  until: string;
}

export interface HoldErrors {
  seats?: string;
  until?: string;
  places?: string;
}

export const GROUPS: readonly HeldIs[] = ['siblings', 'staff', 'places', 'phoned'];

export function groupWords(of: HeldIs): string {
  return { staff: m.hold_staff, siblings: m.hold_siblings, places: m.hold_places, phoned: m.hold_phoned }[of]();
}

export function groupNote(of: HeldIs): string {
  return { staff: m.hold_staff_note, siblings: m.hold_siblings_note, places: m.hold_places_note, phoned: m.hold_phoned_note }[of]();
}

/** The next one: for a group that has none yet, until a day before sign-up closes. */
export function nextHold(holds: readonly HoldPlan[], closes: string, withPlaces = true): HoldPlan {
  const of = GROUPS.find((group) => (group !== 'places' || withPlaces) && !holds.some((hold) => hold.of === group)) ?? 'siblings';
  return { of, places: [], seats: '5', until: closes ? parseZonedDateTime(closes).subtract({ days: 1 }).toString() : '' };
}

/** What is still missing of each. `closes`: where there is no waitlist, when sign-up does. */
export function holdErrors(holds: readonly HoldPlan[], starts: string, capacity: string, closes = ''): HoldErrors[] {
  const most = whole(capacity, LIMITS.seats) ?? LIMITS.seats;
  const sum = holds.reduce((all, { seats }) => all + (whole(seats, LIMITS.seats) ?? 0), 0);
  return holds.map(({ of, places, seats, until }, i) => {
    const errors: HoldErrors = {};
    if (whole(seats, most) === undefined) errors.seats = m.hold_need_seats({ limit: most });
    else if (sum > most && i === holds.length - 1) errors.seats = m.hold_too_many();
    if (!until) errors.until = m.event_plan_no_time();
    else if (starts && instant(until) >= instant(starts)) errors.until = m.hold_late();
    else if (closes && instant(until) >= instant(closes)) errors.until = m.hold_closed();
    if (of === 'places' && places.length === 0) errors.places = m.hold_need_places();
    return errors;
  });
}

export function planned(holds: readonly HoldPlan[] = []): PlannedHold[] {
  const of = ({ of: is, places }: HoldPlan): HeldFor => (is === 'places' ? { is, places: [...places] } : { is });
  return holds.map((hold) => ({ id: hold.id ?? null, of: of(hold), seats: Number(hold.seats), until: hold.until }));
}

export function holdsOf({ holds }: Pick<SessionFill, 'holds'>): HoldPlan[] {
  return holds.map(({ id, of, places, seats, until }) => ({ id, of: of.is, places: places.map((place) => place.id), seats: String(seats), until }));
}

/** A hold as the core plans it, in the form. */
export const asPlanned = ({ id, of, seats, until }: PlannedHold): HoldPlan => ({ id: id ?? undefined, of: of.is, places: of.is === 'places' ? [...of.places] : [], seats: String(seats), until });

/** "三年级" or "教职工家庭". */
export function heldFor({ of, places }: Pick<HoldView, 'of' | 'places'>, place = ''): string {
  return of.is === 'places' ? placesName(places, place) : groupWords(of.is);
}

/** What a family has to know: what is kept for it, and what is not. */
export function familyWords(session: SessionFill, place: string, zone: string, now: Date): string[] {
  return session.holds.filter(({ left }) => left > 0).map((hold) => {
    const given = { count: hold.left, group: heldFor(hold, place), when: moment(hold.until, zone, now).replaceAll(' ', '\u00a0').replace('周', '周\u2060') };
    return hold.own ? m.hold_own_in(given) : m.hold_other(given);
  });
}

/** What the desk has to know. */
export function deskWords(session: SessionFill, place: string, zone: string, now: Date): string[] {
  return session.holds.map((hold) => m.hold_desk({ group: heldFor(hold, place), seats: hold.seats, count: hold.left, when: moment(hold.until, zone, now) }));
}

/** All that is kept, to be compared. */
export function holdsWords(holds: readonly HoldPlan[], whom: (places: readonly string[]) => string, when: (at: string) => string): string {
  const words = holds.map(({ of, places, seats, until }) => m.hold_words({ group: of === 'places' ? whom(places) : groupWords(of), seats, when: when(until) }));
  return words.join(m.common_comma()) || m.hold_words_none();
}
