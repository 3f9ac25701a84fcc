// 代接: what is typed, what is missing, what is sent.
import { fromDate, toZoned } from '@internationalized/date';
import type { RequestView, Wanted } from '$lib/bindings';
import { instant } from '$lib/when';
import { m } from '$messages';
import { isWeekend } from './days';

export const PICK_UP = { name: 100, relation: 20, digits: 11, days: 366 } as const;
const DAY_MS = 86_400_000;
/** The last school bell, where nothing is said. */
const BELL = { hour: 16, minute: 10, second: 0, millisecond: 0 } as const;

export interface PickUpPlan {
  children: string[];
  by: string;
  relation: string;
  phone: string;
  /** `null` while it is left to the next bell; empty while it is being typed anew. */
  at: string | null;
}

export const freshPickUp = (): PickUpPlan => ({ children: [], by: '', relation: '', phone: '', at: null });

/** Today at the bell; once it has rung, on the next day there is school. */
export function nextBell(zone: string, now: Date): string {
  let at = fromDate(now, zone).set(BELL);
  while (at.toDate() <= now || isWeekend(at.toString().slice(0, 10))) at = toZoned(at.add({ days: 1 }), zone);
  return at.toString();
}

/** Digits only: people write spaces and dashes between them. */
export const bare = (phone: string): string => phone.replace(/[\s-]/g, '');

export interface PickUpErrors {
  children?: string;
  by?: string;
  phone?: string;
  at?: string;
}

export function pickUpErrors(plan: PickUpPlan, at: string, now: Date): PickUpErrors {
  const errors: PickUpErrors = {};
  const phone = bare(plan.phone);
  const ahead = at ? instant(at).getTime() - now.getTime() : NaN;
  if (!plan.children.length) errors.children = m.request_no_child();
  if (!plan.by.trim()) errors.by = m.request_no_name();
  if (phone && !new RegExp(`^\\d{${PICK_UP.digits}}$`).test(phone)) errors.phone = m.request_bad_phone({ count: PICK_UP.digits });
  if (Number.isNaN(ahead)) errors.at = m.request_no_time();
  else if (ahead <= 0) errors.at = m.request_time_past();
  else if (ahead > PICK_UP.days * DAY_MS) errors.at = m.request_too_far();
  return errors;
}

export function toPickUp(plan: PickUpPlan, at: string): Wanted {
  return { is: 'pick-up', by: plan.by.trim(), relation: plan.relation.trim(), phone: bare(plan.phone), at };
}

export type Fetcher = Pick<PickUpPlan, 'by' | 'relation' | 'phone'>;

/** Who fetched the child before, the latest first: one press instead of typing. Nobody the school said no to. */
export function fetchedBefore(requests: readonly RequestView[]): Fetcher[] {
  const found = new Map<string, Fetcher>();
  for (const { wanted, state } of requests.toSorted((a, b) => b.at.localeCompare(a.at))) {
    if (wanted.is !== 'pick-up' || state.is === 'revoked' || state.is === 'declined' || found.has(wanted.by)) continue;
    const { by, relation, phone } = wanted;
    found.set(by, { by, relation, phone });
  }
  return [...found.values()].slice(0, MOST_FETCHERS);
}
const MOST_FETCHERS = 3;
