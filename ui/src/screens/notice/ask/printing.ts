// What goes on paper, and for whom.
import type { FormField, GuardianName, NoticeOpened, NoticePreviewed, SheetCell, Why } from '$lib/bindings';
import { childName } from '$lib/child';
import { isPending } from '$lib/items';
import { guardianName } from '$lib/person';
import { m } from '$messages';
import { answerOf, deciders } from '../cells';
import { askWords, replyWords } from '../replies';
import { markOf } from './marks';

/** One list for the teacher, a notice in large type for each child, or what was signed; that as a PDF, too. */
export type Printing = 'list' | 'letters' | 'slips' | 'slips-kept';

/** A letter, and a line of the list: to a family, or to the guardian who has to answer himself. */
export interface Post {
  id: string;
  cell: SheetCell;
  to: GuardianName | null;
}
/** Whom nothing reaches, one by one, as the list of recipients stands. */
export type Away = Pick<NoticePreviewed, 'unreached' | 'left_out'>;
type Told = Pick<NoticeOpened, 'line' | 'sheet' | 'answered_by'>;

/** Whether it is not enough that somebody of the family is reached. */
export const asksEach = ({ line, answered_by: by }: Pick<NoticeOpened, 'line' | 'answered_by'>): boolean => line.ask.is !== 'nothing' && by.is !== 'any-guardian';

/** Why a family may not receive is for the office alone. */
const onPaper = (why: Why | null | undefined): boolean => why === 'on-paper' || why === 'not-joined';

/** Who is asked or told on paper. As long as nothing is known of each guardian, the family says it. */
export function toPrint(notice: Told, away?: Away): Post[] {
  const open = notice.sheet.filter((cell) => !cell.done && !isPending(cell.pending));
  const family = (cell: SheetCell): Post[] => (onPaper(cell.unreached) ? [{ id: cell.child.id, cell, to: null }] : []);
  if (!asksEach(notice)) return open.flatMap(family);
  const whys = away && new Map([...away.unreached, ...away.left_out].map(({ child, guardian, why }) => [`${child.id}/${guardian?.id}`, why]));
  return open.flatMap((cell) => {
    const asked = deciders(cell).filter(({ id }) => notice.answered_by.is !== 'guardian' || notice.answered_by.person === id);
    if (!asked.length) return family(cell);
    const silent = asked.filter(({ id }) => !answerOf(cell, notice, id) && onPaper(whys ? whys.get(`${cell.child.id}/${id}`) : cell.unreached));
    return silent.map((to) => ({ id: `${cell.child.id}/${to.id}`, cell, to }));
  });
}

/** Who a line of the list is about. */
export const postWords = ({ cell, to }: Post): string => (to ? guardianName(cell.child, to) : childName(cell.child));

/** Children for whom something was signed, as the school has it. */
export const toKeep = (cells: readonly SheetCell[]): SheetCell[] => cells.filter((cell) => cell.answers.some(({ now }) => now.reply.is === 'sign') && !isPending(cell.pending));

export interface Box {
  /** The key that enters it; empty where none does. */
  mark: string;
  words: string;
}

/** Room to answer in: boxes to tick, a line to write on, a day, or a file that comes with the slip. */
export interface Blank {
  label: string;
  is: 'boxes' | 'line' | 'day' | 'file';
  boxes: Box[];
}

type Asked = Pick<NoticeOpened, 'line' | 'choices'>;

/** "选一项", "签字": what a family should do. */
export function howWords({ ask }: Asked['line']): string {
  if (ask.is !== 'choose') return askWords(ask);
  return ask.most === 1 ? m.answer_choose_one() : m.answer_choose_most({ count: ask.most });
}

/** What there is to choose from, by its marks. One that is full says so: on paper nothing is shut. */
export const choiceBoxes = ({ choices }: Pick<NoticeOpened, 'choices'>): Box[] =>
  choices.map(({ text, left }, place) => ({ mark: markOf(place), words: left === 0 ? m.ask_print_full({ what: text }) : text }));

function blankOf(field: FormField): Blank {
  const { value } = field;
  const label = (field.required ? m.answer_field_required : m.answer_field_optional)({ label: field.label });
  if (value.is === 'choice') return { label, is: 'boxes', boxes: value.choices.map((words) => ({ mark: '', words })) };
  return { label, is: value.is === 'date' ? 'day' : value.is === 'file' ? 'file' : 'line', boxes: [] };
}

/** What a slip leaves open, in the order it is asked; nothing where nothing is asked. */
export function blanksOf(notice: Asked): Blank[] {
  const { ask } = notice.line;
  if (ask.is === 'nothing') return [];
  if (ask.is === 'fill-in') return ask.fields.map(blankOf);
  const label = howWords(notice.line);
  if (ask.is === 'choose') return [{ label, is: 'boxes', boxes: choiceBoxes(notice) }];
  if (ask.is === 'sign') return [{ label, is: 'boxes', boxes: [true, false].map((agrees) => ({ mark: '', words: replyWords({ is: 'sign', agrees, sha256: '' }, ask) })) }];
  return [{ label: '', is: 'boxes', boxes: [{ mark: '', words: replyWords({ is: ask.is }, ask) }] }];
}
