// The list of a session as the board shows it: who is expected and who walked in, each in one state.
import { parseZonedDateTime, toZoned } from '@internationalized/date';
import type { ArrivalView, ChildName, GateSession, PartyView, SheetView } from '$lib/bindings';
import { childName } from '$lib/child';
import { nameShown } from '$lib/messages';
import { className, placeName } from '$lib/place';
import { m } from '$messages';

/** A party on the list, or somebody who walked in. */
export interface Row {
  id: string;
  party: PartyView | null;
  arrivals: readonly ArrivalView[];
}
export type Stand = 'absent' | 'in' | 'left' | 'released' | 'gone';
export const FILTERS = ['all', 'absent', 'in', 'left'] as const;
export type Filter = (typeof FILTERS)[number];

/** Its people came: whoever left may come back. */
export const counts = ({ state }: ArrivalView): boolean => state.is === 'in' || state.is === 'out';
export const counted = ({ arrivals }: Row): ArrivalView[] => arrivals.filter(counts);
export const cameOf = (row: Row): number => counted(row).reduce((sum, { people }) => sum + people, 0);

export function rowsOf({ parties, walked_in }: Pick<SheetView, 'parties' | 'walked_in'>): Row[] {
  const listed = parties.map((party): Row => ({ id: party.booking, party, arrivals: party.arrivals }));
  const walked = walked_in.filter(counts).map((arrival): Row => ({ id: arrival.id, party: null, arrivals: [arrival] }));
  return [...listed, ...walked];
}

export function standOf(row: Row): Stand {
  const came = counted(row);
  if (came.some(({ state }) => state.is === 'in')) return 'in';
  if (came.length) return 'left';
  const is = row.party?.admission.is;
  return is === 'released' || is === 'gone' ? is : 'absent';
}

/** Seats of the booking nobody has taken. */
export const seatsLeft = ({ party }: Pick<Row, 'party'>): number => (party?.admission.is === 'may' ? party.admission.seats : 0);

/** Whoever may still come has a ticket, and a badge with it: as the core has it. */
export const ticketed = ({ admission }: Pick<PartyView, 'admission'>): boolean => admission.is !== 'released' && admission.is !== 'gone';

export function tally(rows: readonly Row[]): Record<Filter, number> {
  const sums: Record<Filter, number> = { all: rows.length, absent: 0, in: 0, left: 0 };
  for (const row of rows) {
    const stand = standOf(row);
    if (stand === 'absent' || stand === 'in' || stand === 'left') sums[stand] += 1;
  }
  return sums;
}

/** Of whom there is a child's name; of others what the gate wrote. */
export function namesOf({ party, arrivals }: Row): string {
  const children = party?.children ?? arrivals[0]?.children ?? [];
  return children.length ? children.map(childName).join(m.common_comma()) : nameShown(arrivals[0]?.name ?? '');
}
export const childrenOf = ({ party, arrivals }: Row): readonly ChildName[] => party?.children ?? arrivals[0]?.children ?? [];

/** Their classes; the campus only where the list has several. */
export function classesOf(children: readonly ChildName[], campus: string): string {
  const classes = children.flatMap(({ class: place }) => (place ? [place.name === campus ? className(place) : placeName(place)] : []));
  return [...new Set(classes)].join(m.common_comma());
}
/** The campus of everybody on the list; none where there are several. */
export function campusOf(rows: readonly Row[]): string {
  const names = new Set(rows.flatMap(childrenOf).flatMap(({ class: place }) => (place ? [place.name] : [])));
  const [first] = names;
  return names.size === 1 && first ? first : '';
}

/** By what the window has itself. Pinyin only the core knows: `known` are the bookings it found. */
export function matches(row: Row, text: string, known: ReadonlySet<string>): boolean {
  const wanted = text.trim().toLowerCase();
  if (!wanted || known.has(row.id)) return true;
  const children = childrenOf(row);
  const words = [namesOf(row), ...children.map(({ tail }) => tail), classesOf(children, ''), classesOf(children, campusOf([row]))];
  return words.some((word) => word.toLowerCase().includes(wanted));
}

/** "09:12" on the day of the session, as an instant; none where the time is not whole. */
export function onDay(session: Pick<GateSession, 'starts'>, time: string, zone: string): string | null {
  const [hour, minute] = time.split(':').map(Number);
  if (hour === undefined || minute === undefined || Number.isNaN(hour) || Number.isNaN(minute)) return null;
  return toZoned(parseZonedDateTime(session.starts), zone).set({ hour, minute, second: 0, millisecond: 0 }).toDate().toISOString();
}
