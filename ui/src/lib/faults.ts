// A fault in words: what happened, and what to do next.
import type { Fault } from './api';
import { me } from './me.svelte';
import { m } from './paraglide/messages.js';
import { refusalSentence } from './refusals';

export interface Told {
  title: string;
  next: string;
}

/** Codes that mean the same to a person. */
const SAME: Readonly<Record<string, string>> = { address: 'address-unreadable', 'school-unproved': 'not-school', 'proof-wrong': 'not-school', 'pin-wrong': 'not-school' };

/** What is kept in the catalogue for a code: `fault_invite_used` and `fault_invite_used_next`. */
function kept(code: string): Told | undefined {
  const words = m as unknown as Record<string, (() => string) | undefined>;
  const key = `fault_${(SAME[code] ?? code).replace(/[^a-z0-9]+/gi, '_')}`;
  const [title, next] = [words[key], words[`${key}_next`]];
  return title && next && { title: title(), next: next() };
}

export function faultWords(fault: Fault): Told {
  switch (fault.fault) {
    case 'offline':
      return { title: m.fault_offline(), next: m.fault_offline_next() };
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
      return kept(fault.code) ?? { title: m.fault_denied(), next: m.fault_denied_next({ code: fault.code }) };
    case 'broken':
      return { title: m.fault_broken(), next: m.fault_broken_next({ report: fault.report }) };
  }
}
