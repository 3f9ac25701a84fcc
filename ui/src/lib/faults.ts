// A fault in words: what happened, and what to do next.
import type { Fault } from './api';
import { me } from './me.svelte';
import { m } from './messages';
import { refusalSentence } from './refusals';
import { school } from './school.svelte';

export interface Told {
  title: string;
  next: string;
}

/** Codes that mean the same to a person. */
const SAME: Readonly<Record<string, string>> = { address: 'address-unreadable', 'school-unproved': 'not-school', 'proof-wrong': 'not-school', 'pin-wrong': 'not-school' };

/** Codes of the school's door that say less than their sentence. */
const DENIED: Readonly<Record<string, string>> = { body: 'cut-off', 'content-type': 'not-understood', 'upload-offset': 'cut-off', range: 'not-understood', malformed: 'not-understood', method: 'not-understood', 'number-gap': 'number-reused', 'push-too-long': 'too-many', 'session-ended': 'signed-out' };

/** What is kept in the catalogue for a code: `fault_invite_used` and `fault_invite_used_next`. */
function kept(code: string): Told | undefined {
  const words = m as unknown as Record<string, (() => string) | undefined>;
  const key = `fault_${(SAME[code] ?? code).replace(/[^a-z0-9]+/gi, '_')}`;
  const [title, next] = [words[key], words[`${key}_next`]];
  return title && next && { title: title(), next: next() };
}

/** Of something that was asked for and is not here: in a form the same fault means that something is missing in it. */
export const goneWords = (what: string): Told => kept(what) ?? { title: m.fault_gone(), next: m.fault_gone_next() };

/** Only what waits here can be taken back: this wish has left, or is settled. */
export const hasLeft = (fault: Fault): boolean => fault.fault === 'invalid' && fault.what === 'mutation';

export function faultWords(fault: Fault): Told {
  switch (fault.fault) {
    case 'offline':
      return { title: school.address ? m.fault_offline_at({ address: school.address }) : m.fault_offline(), next: m.fault_offline_next() };
    case 'busy':
      return { title: m.fault_busy(), next: m.fault_busy_next({ seconds: Math.max(1, fault.retry_s) }) };
    case 'clock-wrong':
      return { title: m.fault_clock_wrong(), next: m.fault_clock_wrong_next() };
    case 'signed-out':
      return { title: m.fault_signed_out(), next: m.fault_signed_out_next() };
    case 'locked':
      return { title: m.fault_locked(), next: m.fault_locked_next() };
    case 'update-needed':
      return { title: m.fault_update_needed(), next: m.fault_update_needed_next() };
    case 'disk-full':
      return { title: m.fault_disk_full(), next: m.fault_disk_full_next() };
    case 'refused':
      return { title: m.fault_refused(), next: refusalSentence(fault.refusal, me.zone) };
    case 'invalid':
      return kept(fault.what) ?? { title: m.fault_invalid(), next: m.fault_invalid_next() };
    case 'denied':
      return kept(DENIED[fault.code] ?? fault.code) ?? { title: m.fault_denied(), next: m.fault_denied_next({ code: fault.code }) };
    case 'broken':
      return { title: m.fault_broken(), next: m.fault_broken_next({ report: fault.report }) };
  }
}
