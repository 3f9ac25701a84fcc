// The values of a form: what is wrong with them, as the school would see it, and how they travel.
import type { FormField } from '$lib/bindings';
import { m } from '$messages';

/** As the school's limits have it. */
export const REPLY_CHARS = 500;
/** Digits with at most one point among them, and perhaps a sign. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** As it is sent. A number typed in full-width digits is the same number. */
export function tidy({ value: kind }: FormField, typed: string): string {
  if (kind.is === 'choice') return typed;
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
    return kind === 'choice' || kind === 'date' ? m.answer_field_choose() : m.answer_field_missing();
  }
  if (over(value) > 0) return m.answer_field_over({ count: over(value) });
  if (kind === 'number' && !NUMBER.test(value)) return m.answer_field_number();
  if (kind === 'date' && !DAY.test(value)) return m.answer_field_choose();
  return '';
}

export const tidyAll = (fields: readonly FormField[], values: readonly string[]): string[] => fields.map((field, i) => tidy(field, values[i] ?? ''));

export const sameValues = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((value, i) => value === other[i]);
