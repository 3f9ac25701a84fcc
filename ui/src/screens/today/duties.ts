// What is still to do, and what was done just now: a done one folds into a line where it stood.
import type { Duty } from '$lib/bindings';

/** One duty of the family, whichever of its children are still open. */
export function keyOf({ what, children }: Duty): string {
  if (what.is === 'meet') return `meet ${what.asked.conference} ${what.asked.person} ${what.asked.child.id}`;
  if (what.is === 'contest') return `contest ${what.contest} ${what.asks.is} ${children.map(({ id }) => id).join(' ')}`;
  if (what.is === 'come') return `come ${what.shift}`;
  if (what.is === 'renew') return `renew ${what.qualification}`;
  if (what.is === 'receive') return `receive ${what.guest}`;
  if (what.is === 'fill-turns') return `fill-turns ${what.class.id}`;
  if (what.is === 'still-coming') return `still-coming ${what.shift}`;
  const id = what.is === 'answer' ? what.notice : what.is === 'choose' ? what.event : what.booking.id;
  return `${what.is} ${id}`;
}

/** Done on this visit. */
export interface Acted {
  duty: Duty;
  words: string;
  /** The card it stood under; empty at the top. */
  after: string;
  /** Its items in the outbox; empty until the core has taken it. */
  mutations: readonly string[];
  /** The core no longer counts it as open. */
  settled: boolean;
}

export type DutyRow = { key: string; duty: Duty } & ({ is: 'open'; first: boolean } | { is: 'acted'; acted: Acted });

/** Cards in the core's order, folded lines where their card stood. */
export function rowsOf(duties: readonly Duty[], acted: readonly Acted[]): DutyRow[] {
  const folded = new Set(acted.map((one) => keyOf(one.duty)));
  const open = duties.filter((duty) => !folded.has(keyOf(duty)));
  const rows: DutyRow[] = open.map((duty, i) => ({ is: 'open', key: keyOf(duty), duty, first: i === 0 }));
  for (const one of acted) {
    const at = rows.findIndex((row) => row.key === one.after);
    rows.splice(at + 1, 0, { is: 'acted', key: keyOf(one.duty), duty: one.duty, acted: one });
  }
  return rows;
}

/** The row a duty stands under. */
export function above(rows: readonly DutyRow[], duty: Duty): string {
  const at = rows.findIndex((row) => row.key === keyOf(duty));
  return rows[at - 1]?.key ?? '';
}

/** After news from the core: what it no longer counts has settled; what came back after that is open again. */
export function settle(acted: readonly Acted[], duties: readonly Duty[]): Acted[] {
  const open = new Set(duties.map(keyOf));
  return acted.filter((one) => !(one.settled && open.has(keyOf(one.duty)))).map((one) => (one.settled || open.has(keyOf(one.duty)) ? one : { ...one, settled: true }));
}

/** Done lately, less what is still shown as folded. */
export function doneLately(done: readonly Duty[], acted: readonly Acted[]): Duty[] {
  const folded = new Set(acted.map((one) => keyOf(one.duty)));
  return done.filter((duty) => !folded.has(keyOf(duty)));
}
