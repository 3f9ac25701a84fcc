// A fault in words: what happened, and what to do next.
import type { Fault } from './api';
import { m } from './paraglide/messages.js';

export interface Told {
  title: string;
  next: string;
}

/** The core's codes are kebab or dotted ("event.full"); messages are `refusal_event_full`. */
export function refusalWords(code: string): string {
  const told = (m as unknown as Record<string, (() => string) | undefined>)[`refusal_${code.replace(/[^a-z0-9]+/gi, '_')}`];
  return told ? told() : m.refusal_unknown({ code });
}

export function faultWords(fault: Fault): Told {
  switch (fault.fault) {
    case 'offline':
      return { title: m.fault_offline(), next: m.fault_offline_next() };
    case 'signed-out':
      return { title: m.fault_signed_out(), next: m.fault_signed_out_next() };
    case 'update-needed':
      return { title: m.fault_update_needed(), next: m.fault_update_needed_next() };
    case 'refused':
      return { title: m.fault_refused(), next: refusalWords(fault.code) };
    case 'invalid':
      return { title: m.fault_invalid(), next: refusalWords(fault.code) };
    case 'broken':
      return { title: m.fault_broken(), next: m.fault_broken_next({ report: fault.report }) };
  }
}
