// What a notice asks, while it is being written: its shape, what is wrong with it, and how it is sent.
import type { Ask, Choice, FieldKind, FormField } from '$lib/bindings';
import { m } from '$messages';

/** As the school's limits have them. */
export const CHOICES = 20;
export const FIELDS = 12;
export const ROW_CHARS = 80;
export const PLACES = 5_000;

export type AskKind = Ask['is'];
export type Choosing = Extract<Ask, { is: 'choose' }>;
export type FillingIn = Extract<Ask, { is: 'fill-in' }>;

export const blankChoice = (): Choice => ({ text: '', limit: null });
export const blankField = (): FormField => ({ label: '', value: { is: 'text' }, required: true });

/** What is asked when a kind is picked for the first time. */
export function freshAsk(kind: AskKind): Ask {
  if (kind === 'choose') return { is: kind, choices: [blankChoice(), blankChoice()], most: 1 };
  if (kind === 'fill-in') return { is: kind, fields: [blankField()] };
  return { is: kind };
}

/** From a kept draft. Older windows kept a word where there is an object now. */
export function readAsk(kept: unknown): Ask {
  const isKnown = typeof kept === 'object' && kept !== null && 'is' in kept;
  if (isKnown) return kept as Ask;
  return freshAsk(kept === 'nothing' ? 'nothing' : 'acknowledge');
}

/** Whether nothing was written in it yet. */
export function isEmptyAsk(ask: Ask): boolean {
  if (ask.is === 'choose') return ask.choices.every(({ text, limit }) => !text.trim() && limit === null);
  if (ask.is === 'fill-in') return ask.fields.every(isEmptyField);
  return true;
}
const isEmptyField = ({ label, value }: FormField) => !label.trim() && (value.is !== 'choice' || filledLines(value.choices).length === 0);

export const filledLines = (lines: readonly string[]): string[] => lines.map((line) => line.trim()).filter(Boolean);

function tidyKind(value: FieldKind): FieldKind {
  return value.is === 'choice' ? { is: value.is, choices: filledLines(value.choices) } : { is: value.is };
}

/** The fields of a form as they are sent; also the questions of an event. */
export function tidyFields(fields: readonly FormField[]): FormField[] {
  const filled = fields.filter((field) => !isEmptyField(field));
  return filled.map(({ label, value, required }) => ({ label: label.trim(), value: tidyKind(value), required }));
}

/** As it is sent: what was left empty is not asked. Always the same order of keys, so that two can be compared as text. */
export function tidyAsk(ask: Ask): Ask {
  if (ask.is === 'choose') {
    const choices = ask.choices.map(({ text, limit }) => ({ text: text.trim(), limit })).filter(({ text }) => text);
    return { is: ask.is, choices, most: Math.max(1, Math.min(ask.most, choices.length)) };
  }
  if (ask.is === 'fill-in') return { is: ask.is, fields: tidyFields(ask.fields) };
  return { is: ask.is };
}

export const sameAsk = (one: Ask, other: Ask): boolean => JSON.stringify(tidyAsk(one)) === JSON.stringify(tidyAsk(other));

const over = (text: string): number => [...text.trim()].length - ROW_CHARS;

/** Where the same words stand further up; they could not be told apart among the answers. */
function twin(texts: readonly string[], i: number): number {
  const text = texts[i]?.trim();
  const at = text ? texts.findIndex((one) => one.trim() === text) : -1;
  return at < i ? at : -1;
}

/** What is wrong with a row of words, in words; empty where nothing is. */
function rowWrong(texts: readonly string[], i: number): string {
  const long = over(texts[i] ?? '');
  if (long > 0) return m.ask_row_over({ count: long });
  const same = twin(texts, i);
  return same < 0 ? '' : m.ask_row_same({ number: same + 1 });
}

export const choiceWrong = (choices: readonly Choice[], i: number): string => rowWrong(choices.map(({ text }) => text), i);

export function limitWrong(limit: number | null): string {
  return limit !== null && (limit < 1 || limit > PLACES) ? m.ask_limit_range({ most: PLACES }) : '';
}

export function labelWrong(fields: readonly FormField[], i: number): string {
  const field = fields[i];
  const isNameless = field && !field.label.trim() && !isEmptyField(field);
  return isNameless ? m.ask_field_nameless() : rowWrong(fields.map(({ label }) => label), i);
}

/** Of the choices of one field, written one a line. */
export function linesWrong({ value }: FormField): string {
  if (value.is !== 'choice') return '';
  const lines = filledLines(value.choices);
  if (lines.length > CHOICES) return m.ask_lines_over({ most: CHOICES });
  const long = lines.find((line) => over(line) > 0);
  if (long) return m.ask_line_over({ line: [...long].slice(0, 10).join(''), count: over(long) });
  const twice = lines.find((_, i) => twin(lines, i) >= 0);
  return twice ? m.ask_line_same({ line: twice }) : '';
}

/** Something stands there that cannot be sent; it is told where it stands. */
export function askWrong(ask: Ask): boolean {
  if (ask.is === 'choose') return ask.choices.some(({ limit }, i) => choiceWrong(ask.choices, i) || limitWrong(limit));
  if (ask.is === 'fill-in') return ask.fields.some((field, i) => labelWrong(ask.fields, i) || linesWrong(field));
  return false;
}

/** What is still to be written, in words; empty when it can go. */
export function askMissing(ask: Ask, body: string): string {
  const tidy = tidyAsk(ask);
  if (tidy.is === 'choose') return tidy.choices.length < 2 ? m.ask_missing_choices() : '';
  if (tidy.is === 'sign') return body.trim() ? '' : m.ask_missing_body();
  if (tidy.is !== 'fill-in') return '';
  if (!tidy.fields.length) return m.ask_missing_fields();
  const few = tidy.fields.find(({ value }) => value.is === 'choice' && value.choices.length < 2);
  return few?.label ? m.ask_missing_lines({ label: few.label }) : '';
}
