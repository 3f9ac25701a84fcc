// The answers as a table: on the screen, and for a spreadsheet.
import type { AnswerView, Ask, FormField, GivenView, NoticeOpened, SheetCell } from '$lib/bindings';
import { childName } from '$lib/child';
import { enteredWords } from '$lib/person';
import { placeName } from '$lib/place';
import { moment } from '$lib/when';
import { m } from '$messages';
import { cellWords, isDone, settledAnswers } from '../cells';
import { replyWords, valueWords } from '../replies';

/** A child, with one answer; where each guardian answers, one row for each of them. */
export interface Row {
  key: string;
  cell: SheetCell;
  given: GivenView | undefined;
}

export function rowsOf(cells: readonly SheetCell[]): Row[] {
  return cells.flatMap((cell): Row[] => {
    const row = (answer: AnswerView | undefined): Row => ({ key: `${cell.child.id} ${answer?.now.guardian_id ?? ''}`, cell, given: answer?.now });
    const answers = settledAnswers(cell);
    return answers.length ? answers.map(row) : [row(undefined)];
  });
}

export const fieldsOf = (ask: Ask): readonly FormField[] => (ask.is === 'fill-in' ? ask.fields : []);

/** What stands in a field; empty where nothing does. */
export function valueOf({ given }: Row, ask: Ask, at: number): string {
  const reply = given?.reply;
  return reply?.is === 'fill-in' ? valueWords(fieldsOf(ask)[at], reply.values[at] ?? '') : '';
}

/** What was answered, or how it stands without an answer. */
export const saidOf = ({ cell, given }: Row, ask: Ask): string => (given ? replyWords(given.reply, ask) : cellWords(cell, ask));

const stateWords = (cell: SheetCell, ask: Ask): string => (isDone(cell) ? m.ask_cell_answered() : cellWords(cell, ask));

/** A spreadsheet would take these for a formula, and a number for a number, losing its first zeros. */
const FORMULA = /^[=+\-@＝＋－＠]/;
const asText = (text: string): string => `'${text}`;

function plain(text: string): string {
  // A tab or a new line would begin another cell.
  const line = text.replace(/\s*[\t\r\n]+\s*/g, ' ').trim();
  return FORMULA.test(line) ? asText(line) : line;
}

/** Tab-separated, as a spreadsheet pastes it. */
export function answersText({ line, sheet }: Pick<NoticeOpened, 'line' | 'sheet'>, zone: string): string {
  const { ask } = line;
  const fields = fieldsOf(ask);
  const answer = fields.length ? fields.map(({ label }) => label) : [m.ask_table_answer()];
  const head = [m.ask_table_number(), m.ask_table_child(), m.ask_table_class(), ...answer, m.ask_table_state(), m.ask_table_who(), m.ask_table_when(), m.ask_table_entered()];
  const body = rowsOf(sheet).map((row) => {
    const { cell, given } = row;
    const said = fields.length ? fields.map((_, i) => valueOf(row, ask, i)) : [given ? replyWords(given.reply, ask) : ''];
    const when = given ? moment(given.at, zone) : '';
    const entered = given?.entered ? enteredWords(given.entered) : '';
    const words = [childName(cell.child), cell.child.class ? placeName(cell.child.class) : '', ...said, stateWords(cell, ask), given?.guardian ?? '', when, entered];
    return [asText(cell.number), ...words.map(plain)];
  });
  return [head.map(plain), ...body].map((cells) => cells.join('\t')).join('\n');
}
