// The values of a form: what is wrong with them, as the school would see it, and how they travel.
import type { Attachment, FormField, Reply } from '$lib/bindings';
import { m } from '$messages';

/** As the school's limits have them. */
export const REPLY_CHARS = 500;
export const FILES_PER_ANSWER = 5;
const NAME_CHARS = 60;
/** Digits with at most one point among them, and perhaps a sign. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export type FillingIn = Extract<Reply, { is: 'fill-in' }>;

/** The files of a field, which are kept while it is filled in as the text of a list: the draft of a form is words. */
export function filesIn(typed: string): Attachment[] {
  try {
    const found: unknown = JSON.parse(typed || '[]');
    return Array.isArray(found) ? (found as Attachment[]) : [];
  } catch {
    return [];
  }
}
export const withFiles = (files: readonly Attachment[]): string => (files.length ? JSON.stringify(files) : '');

/** A form as it is filled in, from what was answered. */
export function typedOf({ values, files }: FillingIn, fields: readonly FormField[]): string[] {
  return fields.map((field, i) => {
    const value = values[i] ?? '';
    if (field.value.is !== 'file') return value;
    return withFiles(value.split('\n').flatMap((name) => files.filter((file) => file.name === name)));
  });
}

/** `作业.jpg`, `作业 (2).jpg`: in one answer no two files have one name. */
function named(file: Attachment, taken: Set<string>): Attachment {
  const dot = file.name.lastIndexOf('.');
  const [stem, end] = dot > 0 ? [file.name.slice(0, dot), file.name.slice(dot)] : [file.name, ''];
  let name = file.name;
  for (let turn = 2; taken.has(name); turn++) {
    const last = ` (${turn})${end}`;
    name = [...stem].slice(0, NAME_CHARS - last.length).join('') + last;
  }
  taken.add(name);
  return { ...file, name };
}

/** What is sent for a form as it was filled in. */
export function replyOf(fields: readonly FormField[], typed: readonly string[]): FillingIn {
  const taken = new Set<string>();
  const files: Attachment[] = [];
  const values = tidyAll(fields, typed).map((value, i) => {
    if (fields[i]!.value.is !== 'file') return value;
    const own = filesIn(value).map((file) => named(file, taken));
    files.push(...own);
    return own.map(({ name }) => name).join('\n');
  });
  return { is: 'fill-in', values, files };
}

/** As it is sent. A number typed in full-width digits is the same number. */
export function tidy({ value: kind }: FormField, typed: string): string {
  if (kind.is === 'choice' || kind.is === 'file') return typed;
  return kind.is === 'number' ? typed.normalize('NFKC').replace('。', '.').trim() : typed.trim();
}

/** By how many characters it is too long; zero or less where it fits. */
export const over = (typed: string): number => [...typed.trim()].length - REPLY_CHARS;

/** What is wrong with a value, in words; empty where it can be sent. */
export function wrongIn(field: FormField, typed: string): string {
  const value = tidy(field, typed);
  const kind = field.value.is;
  if (!value) {
    if (!field.required) return '';
    if (kind === 'file') return m.answer_field_file();
    return kind === 'choice' || kind === 'date' ? m.answer_field_choose() : m.answer_field_missing();
  }
  if (kind === 'file') return '';
  if (over(value) > 0) return m.answer_field_over({ count: over(value) });
  if (kind === 'number' && !NUMBER.test(value)) return m.answer_field_number();
  if (kind === 'date' && !DAY.test(value)) return m.answer_field_day();
  return '';
}

export const tidyAll = (fields: readonly FormField[], values: readonly string[]): string[] => fields.map((field, i) => tidy(field, values[i] ?? ''));

export const sameValues = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((value, i) => value === other[i]);

/** Whether two answers to a form say the same. */
export const sameReply = (one: FillingIn, other: FillingIn): boolean =>
  sameValues(one.values, other.values) && sameValues(one.files.map(({ sha256 }) => sha256), other.files.map(({ sha256 }) => sha256));
