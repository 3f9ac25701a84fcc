// 请假: what is typed, what is missing, what is sent.
import type { DayPart, Wanted } from '$lib/bindings';
import { m } from '$messages';
import { addDays } from '../shift/posts';
import { quickDays, type When } from './days';

export const LEAVE = { days: 60, back: 7, ahead: 366, reason: 200 } as const;

export interface LeavePlan {
  children: string[];
  /** Empty while it is left to what is likely at this hour. */
  when: When | '';
  /** The days, where they are neither today nor tomorrow. */
  from: string;
  to: string;
  part: DayPart;
  reason: string;
}

export const freshLeave = (): LeavePlan => ({ children: [], when: '', from: '', to: '', part: 'whole-day', reason: '' });

export interface LeaveErrors {
  children?: string;
  when?: string;
  from?: string;
  to?: string;
  reason?: string;
}

/** First and last day. A draft may name a Monday that is no choice any more: then there are none. */
export function leaveDays(plan: LeavePlan, today: string, likely: When): { from: string; to: string } {
  const when = plan.when || likely;
  if (when === 'dates') return { from: plan.from, to: plan.to || plan.from };
  const date = quickDays(today).find((one) => one.when === when)?.date ?? '';
  return { from: date, to: date };
}

export function leaveErrors(plan: LeavePlan, today: string, likely: When): LeaveErrors {
  const errors: LeaveErrors = {};
  const { from, to } = leaveDays(plan, today, likely);
  if (!plan.children.length) errors.children = m.request_no_child();
  if (!from) errors[(plan.when || likely) === 'dates' ? 'from' : 'when'] = m.request_no_day();
  else if (from < addDays(today, -LEAVE.back)) errors.from = m.request_too_early({ count: LEAVE.back });
  else if (from > addDays(today, LEAVE.ahead)) errors.from = m.request_too_far();
  else if (to < from) errors.to = m.request_ends_first();
  else if (to > addDays(from, LEAVE.days - 1)) errors.to = m.request_too_long({ count: LEAVE.days });
  if (!plan.reason.trim()) errors.reason = m.request_no_reason();
  return errors;
}

/** Part of a day is of a single one. */
export function toLeave(plan: LeavePlan, today: string, likely: When): Wanted {
  const { from, to } = leaveDays(plan, today, likely);
  return { is: 'leave', from, to, part: from === to ? plan.part : 'whole-day', reason: plan.reason.trim() };
}

/** A quick word fills the field, or takes the place of another; what somebody typed is kept. */
export function withWord(reason: string, word: string, words: readonly string[]): string {
  const typed = reason.trim();
  if (!typed || words.includes(typed)) return word;
  return typed.includes(word) ? typed : m.request_reason_and({ reason: typed, word });
}
