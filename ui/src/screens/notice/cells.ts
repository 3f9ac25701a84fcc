// The state of a child on a class sheet: one word, one tone, one shape.
import type { AnswerView, Ask, GuardianName, NoticeOpened, PlaceName, SheetCell } from '$lib/bindings';
import { hasFailed, isPending } from '$lib/items';
import type { Tone } from '$lib/states';
import { m } from '$messages';
import { replyWords } from './replies';

export type CellState = 'done' | 'entered' | 'read' | 'disagrees' | 'partly' | 'received' | 'waiting' | 'pending' | 'refused' | 'unable' | 'not-joined' | 'paper';

/** What the school has. While a wish waits here the cell shows it as it is foreseen, and that is no answer yet. */
export const settledAnswers = (cell: Pick<SheetCell, 'answers' | 'pending'>): readonly AnswerView[] => (isPending(cell.pending) ? [] : cell.answers);

export const isDone = (cell: SheetCell): boolean => cell.done && !isPending(cell.pending);

/** Somebody was told, and nothing has come back; what waits on this computer has been answered. */
export const isSilent = (cell: SheetCell): boolean => !cell.unreached && !cell.done && !isPending(cell.pending);

export const disagrees = ({ now }: AnswerView): boolean => now.reply.is === 'sign' && !now.reply.agrees;

export function stateOf(cell: SheetCell, ask: Ask): CellState {
  if (isPending(cell.pending)) return 'pending';
  if (cell.answers.some(disagrees)) return 'disagrees';
  if (cell.done) {
    if (cell.answers.every(({ now }) => now.entered)) return 'entered';
    return ask.is === 'read' ? 'read' : 'done';
  }
  if (hasFailed(cell.pending)) return 'refused';
  if (cell.answers.length) return 'partly';
  if (cell.unreached === 'not-joined') return 'not-joined';
  if (cell.unreached === 'on-paper') return 'paper';
  if (cell.unreached === 'cannot-receive') return 'unable';
  return ask.is === 'nothing' ? 'received' : 'waiting';
}

export const toneOf: Record<CellState, Tone> = {
  done: 'green',
  entered: 'green',
  read: 'green',
  disagrees: 'red',
  partly: 'honey',
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
    read: m.ask_cell_read,
    disagrees: m.ask_cell_disagrees,
    partly: m.ask_cell_part,
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

/** "书法", "同意", "1 / 2 人": what a cell says of its child. */
export function cellWords(cell: SheetCell, ask: Ask): string {
  const state = stateOf(cell, ask);
  const [first] = cell.answers;
  if (state === 'partly') return m.ask_cell_partly({ answered: cell.answers.length, of: Math.max(cell.answers.length + 1, deciders(cell).length) });
  if ((state !== 'done' && state !== 'entered') || !first) return wordOfCell(state);
  if (ask.is === 'choose') return choseWords(cell, ask);
  if (ask.is === 'sign') return replyWords(first.now.reply, ask);
  if (ask.is === 'fill-in') return m.ask_cell_filled();
  return wordOfCell(state);
}

/** Two guardians who chose the same are told once. */
const choseWords = (cell: SheetCell, ask: Ask): string => [...new Set(cell.answers.map(({ now }) => replyWords(now.reply, ask)))].join(m.common_semicolon());

export const deciders = (cell: SheetCell): GuardianName[] => cell.guardians.filter(({ decides }) => decides);

/** Who may be answered for from here: those who may decide, or the one who was named. */
export function answerable(cell: SheetCell, { answered_by: who }: Pick<NoticeOpened, 'answered_by'>): GuardianName[] {
  if (!cell.may_enter) return [];
  return deciders(cell).filter(({ id }) => who.is !== 'guardian' || who.person === id);
}

/** The answer a guardian would change: one's own where each has one, else the child's. */
export function answerOf(cell: SheetCell, { answered_by: who }: Pick<NoticeOpened, 'answered_by'>, guardian: string): AnswerView | undefined {
  return who.is === 'each-guardian' ? cell.answers.find(({ now }) => now.guardian_id === guardian) : cell.answers[0];
}

/** Everybody once: who is not done is silent, waits here to be sent, or is out of reach. */
export interface Tally {
  done: number;
  waiting: number;
  pending: number;
  unable: number;
  absent: number;
}

export function tallyOf(cells: readonly SheetCell[], ask: Ask): Tally {
  const tally: Tally = { done: 0, waiting: 0, pending: 0, unable: 0, absent: 0 };
  for (const cell of cells) {
    if (isDone(cell) || stateOf(cell, ask) === 'received') tally.done += 1;
    else if (isSilent(cell)) tally.waiting += 1;
    else if (isPending(cell.pending)) tally.pending += 1;
    else if (cell.unreached === 'cannot-receive') tally.unable += 1;
    else tally.absent += 1;
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
