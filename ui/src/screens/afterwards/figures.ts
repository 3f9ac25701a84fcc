// The figures of a report as rows of a table, and the bars beside them.
import type { Figures, Heads, Counted, Stand, TermCount } from '$lib/bindings';
import { placeName } from '$lib/place';
import type { PlaceName } from '$lib/bindings';
import { m } from '$messages';

export interface Row {
  key: string;
  name: string;
  /** A quiet line under the name. */
  note?: string;
  /** What stands before the figures: as many as the table has columns for. */
  begins?: readonly string[];
  counted: Counted;
}

export const people = ({ children, adults }: Heads): number => children + adults;
export const there = ({ came, walked_in }: Figures): number => people(came) + walked_in;

export const placeWords = (place: PlaceName | null): string => (place ? placeName(place) : m.after_no_class());

const stands: Record<Stand, () => string> = {
  ahead: m.after_stand_ahead,
  on: m.after_stand_on,
  checked: m.after_stand_checked,
  unchecked: m.after_stand_unchecked,
  'called-off': m.after_stand_called_off,
};
export const standWords = (stand: Stand): string => stands[stand]();

/** A column of children and adults. */
export interface HeadsColumn {
  key: 'expected' | 'came' | 'absent' | 'unknown' | 'withdrew' | 'waited';
  label: string;
}

/** Columns in which there is something; who was expected and who came always. */
export function columnsOf(whole: Figures): HeadsColumn[] {
  const all: HeadsColumn[] = [
    { key: 'expected', label: m.after_col_expected() },
    { key: 'came', label: m.after_col_came() },
    { key: 'absent', label: m.after_col_absent() },
    { key: 'unknown', label: m.after_col_unknown() },
    { key: 'withdrew', label: m.after_col_withdrew() },
    { key: 'waited', label: m.after_col_waited() },
  ];
  return all.filter(({ key }) => key === 'expected' || key === 'came' || people(whole[key]) > 0);
}

export interface Part {
  kind: 'came' | 'walked_in' | 'absent' | 'unknown';
  from: number;
  width: number;
}

/** The parts of one bar, in a box of this width; `most` people fill it. */
export function bar({ came, absent, unknown, walked_in }: Figures, most: number, width: number): Part[] {
  const sizes: [Part['kind'], number][] = [
    ['came', people(came)],
    ['walked_in', walked_in],
    ['absent', people(absent)],
    ['unknown', people(unknown)],
  ];
  const scale = width / Math.max(1, most);
  let from = 0;
  const parts: Part[] = [];
  for (const [kind, size] of sizes) {
    if (size > 0) parts.push({ kind, from: round(from * scale), width: round(size * scale) });
    from += size;
  }
  return parts;
}
const round = (value: number): number => Math.round(value * 10) / 10;

/** How many people the longest bar stands for. */
export const longest = (rows: readonly Row[]): number => Math.max(1, ...rows.map(({ counted: { figures } }) => people(figures.expected) + figures.walked_in));

/** Which parts occur, for the words under the bars. */
export const partsIn = (rows: readonly Row[]): Part['kind'][] => {
  const found = new Set(rows.flatMap(({ counted }) => bar(counted.figures, 1, 1).map(({ kind }) => kind)));
  return (['came', 'walked_in', 'absent', 'unknown'] as const).filter((kind) => found.has(kind));
};

/** Events, sessions and seats of a row of a term. */
export const termBegins = ({ events, sessions, capacity }: TermCount, seats: boolean): string[] => [String(events), String(sessions), ...(seats ? [capacity === null ? '' : String(capacity)] : [])];
