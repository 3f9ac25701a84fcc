// A request in words: what is asked, and how it stands.
import type { Component } from 'svelte';
import CalendarX from '@lucide/svelte/icons/calendar-x';
import UserRoundCheck from '@lucide/svelte/icons/user-round-check';
import type { AbsentView, DayPart, RequestView, Wanted } from '$lib/bindings';
import { failedSentence, isPending, type Failed } from '$lib/items';
import type { Fact, Tone } from '$lib/states';
import { moment } from '$lib/when';
import { m, nameShown } from '$messages';
import { dayWords, daysWords } from './days';

export type Kind = Wanted['is'];

export const kindWords = (kind: Kind): string => (kind === 'leave' ? m.request_leave() : m.request_pick_up());
export const kindIcon = (kind: Kind): Component => (kind === 'leave' ? CalendarX : UserRoundCheck);

export function partWords(part: DayPart): string {
  const words: Record<DayPart, () => string> = { 'whole-day': m.request_whole_day, morning: m.request_morning, afternoon: m.request_afternoon };
  return words[part]();
}

/** "王建国（外公）". */
export function fetcherWords({ by, relation }: { by: string; relation: string }): string {
  return relation ? m.request_fetcher({ name: by, relation }) : nameShown(by);
}

/** "请假 11-23 周一 上午"; "代接 11-23 周一 16:10，王建国（外公）". */
export function wantedWords(wanted: Wanted, zone: string): string {
  if (wanted.is === 'pick-up') return m.request_pick_up_of({ when: moment(wanted.at, zone), who: fetcherWords(wanted) });
  const days = daysWords(wanted.from, wanted.to);
  return wanted.from === wanted.to ? m.request_leave_day({ day: days, part: partWords(wanted.part) }) : m.request_leave_days({ days });
}

/** "138 0000 0000", as it is read out. */
export const phoneWords = (phone: string): string => phone.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3');

/** Beside the name of a child that is away: "上午", "到 11-25 周三"; nothing where it is this whole day. */
export function awayWords({ from, to, part }: AbsentView): string {
  if (from !== to) return m.request_until({ day: dayWords(to) });
  return part === 'whole-day' ? '' : partWords(part);
}

/** What is said first of a request. */
export type Stands = { fact: Fact } | { words: string; tone: Tone };

/** `staff`: who reads it is the one who answers. */
export function standsOf({ state, over, wanted, pending }: RequestView, staff = false): Stands {
  // Nothing is done before the school has said so.
  if (isPending(pending)) return state.is === 'open' && pending.is === 'sent' ? { words: m.request_waits(), tone: 'honey' } : { fact: { state: pending.is } };
  switch (state.is) {
    case 'open':
      return over && wanted.is === 'pick-up' ? { words: m.request_missed(), tone: 'plain' } : { words: m.request_waits(), tone: 'honey' };
    case 'agreed':
      return { words: staff ? m.request_agreed_staff() : m.request_agreed(), tone: 'green' };
    case 'declined':
      return { words: m.request_declined(), tone: 'red' };
    case 'withdrawn':
      return { words: m.request_withdrawn(), tone: 'plain' };
    case 'revoked':
      return { words: staff ? m.request_revoked_staff() : m.request_revoked(), tone: 'red' };
  }
}

/** The wish that waits beside its state: "同意", "撤回"; nothing where it is the request itself, also one entered and agreed to at once. */
export function wishWords({ state, pending, entered }: Pick<RequestView, 'state' | 'pending' | 'entered'>): string {
  if (!isPending(pending) || (entered && state.is === 'agreed')) return '';
  if (state.is === 'agreed') return m.request_agree();
  if (state.is === 'declined') return m.request_decline();
  return state.is === 'withdrawn' ? m.request_withdraw() : '';
}

/** Why it was not done, and what next. The general sentence of a time that is past is about events. */
export function failedWords(failed: Failed, zone: string): string {
  if (failed.is !== 'refused' || failed.refusal.code !== 'started') return failedSentence(failed, zone);
  return m.request_failed_past();
}

/** What became of it, in the school's words; empty where there are none. */
export function noteOf({ state }: Pick<RequestView, 'state'>): { by: string; note: string } | undefined {
  return (state.is === 'agreed' || state.is === 'declined') && state.note ? { by: state.by, note: state.note } : undefined;
}
