// The state of a child on a class sheet: one word, one tone, one shape.
import type { Ask, PlaceName, SheetCell } from '$lib/bindings';
import { waits } from '$lib/items';
import type { Tone } from '$lib/states';
import { m } from '$messages';

export type CellState = 'done' | 'entered' | 'received' | 'waiting' | 'pending' | 'refused' | 'unable' | 'not-joined' | 'paper';

export function stateOf(cell: SheetCell, ask: Ask): CellState {
  if (cell.answer) return cell.answer.entered ? 'entered' : 'done';
  if (cell.pending) return waits(cell.pending) ? 'pending' : 'refused';
  if (cell.unreached === 'not-joined') return 'not-joined';
  if (cell.unreached === 'on-paper') return 'paper';
  if (cell.unreached === 'cannot-receive') return 'unable';
  return ask === 'nothing' ? 'received' : 'waiting';
}

export const toneOf: Record<CellState, Tone> = {
  done: 'green',
  entered: 'green',
  received: 'green',
  waiting: 'honey',
  pending: 'honey',
  refused: 'red',
  unable: 'red',
  'not-joined': 'plain',
  paper: 'plain',
};

export function wordOfCell(state: CellState): string {
  const words: Record<CellState, () => string> = {
    done: m.notice_cell_done,
    entered: m.notice_cell_proxy,
    received: m.notice_cell_received,
    waiting: m.notice_cell_waiting,
    pending: m.notice_cell_pending,
    refused: m.notice_cell_refused,
    unable: m.notice_cell_unable,
    'not-joined': m.notice_cell_not_joined,
    paper: m.notice_cell_paper,
  };
  return words[state]();
}

export interface Tally {
  done: number;
  waiting: number;
  unable: number;
  absent: number;
}

export function tallyOf(cells: readonly SheetCell[], ask: Ask): Tally {
  const tally: Tally = { done: 0, waiting: 0, unable: 0, absent: 0 };
  for (const cell of cells) {
    const state = stateOf(cell, ask);
    if (state === 'done' || state === 'entered' || state === 'received') tally.done += 1;
    else if (state === 'unable') tally.unable += 1;
    else if (state === 'not-joined' || state === 'paper') tally.absent += 1;
    else tally.waiting += 1;
  }
  return tally;
}

export interface Sheet {
  place: PlaceName | null;
  cells: SheetCell[];
}

/** One sheet a class, in the order the school gave. */
export function sheetsOf(cells: readonly SheetCell[]): Sheet[] {
  const sheets = new Map<string, Sheet>();
  for (const cell of cells) {
    const place = cell.child.class;
    const sheet = sheets.get(place?.id ?? '') ?? { place, cells: [] };
    sheet.cells.push(cell);
    sheets.set(place?.id ?? '', sheet);
  }
  return [...sheets.values()];
}
