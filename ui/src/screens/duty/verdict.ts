// What a kiosk says of a code, in words; the colour and the shape only say it again.
import type { DutyScan, DutyScanned, GuestOf } from '$lib/bindings';
import { clock, span } from '$lib/when';
import { m } from '$messages';
import { guestWords } from '../shift/guests';

export interface KioskVerdict {
  /** Green: done. Honey: nothing was to be done. Red: not of this shift. */
  colour: 'green' | 'honey' | 'red';
  word: string;
  name: string;
  next: string;
}

function personVerdict(what: DutyScan, name: string, zone: string, now: Date): KioskVerdict {
  switch (what.is) {
    case 'in':
      return { colour: 'green', word: m.duty_kiosk_in(), name, next: m.duty_kiosk_in_next() };
    case 'out':
      return { colour: 'green', word: m.duty_kiosk_out(), name, next: m.duty_kiosk_out_next({ from: clock(what.from, zone), until: clock(now.toISOString(), zone) }) };
    case 'already-in':
      return { colour: 'honey', word: m.duty_kiosk_already_in(), name, next: m.duty_kiosk_already_in_next({ from: clock(what.from, zone) }) };
    case 'already-out':
      return { colour: 'honey', word: m.duty_kiosk_already_out(), name, next: m.duty_kiosk_already_out_next({ until: clock(what.until, zone) }) };
  }
}

/** Whoever stands there says who receives a guest. */
function withGuest(verdict: KioskVerdict, guest: GuestOf | null): KioskVerdict {
  return guest ? { ...verdict, next: `${guestWords(guest)} ${verdict.next}` } : verdict;
}

export function verdictOf(scanned: DutyScanned, zone: string, now: Date): KioskVerdict {
  switch (scanned.is) {
    case 'person':
      return withGuest(personVerdict(scanned.what, scanned.name, zone, now), scanned.guest);
    case 'nobody-receives':
      return { colour: 'red', word: m.guest_kiosk_alone(), name: scanned.name, next: m.guest_kiosk_alone_next() };
    case 'other-shift':
      return { colour: 'red', word: m.duty_kiosk_other(), name: scanned.name, next: m.duty_kiosk_other_next({ title: scanned.title, when: span(scanned.starts, scanned.ends, zone, now) }) };
    case 'gave-back':
      return { colour: 'red', word: m.duty_kiosk_gave_back(), name: scanned.name, next: m.duty_kiosk_gave_back_next() };
    case 'not-here':
      return { colour: 'red', word: m.duty_kiosk_not_here(), name: '', next: m.duty_kiosk_not_here_next() };
    case 'forged':
      return { colour: 'red', word: m.duty_kiosk_forged(), name: '', next: m.duty_kiosk_forged_next() };
    case 'unreadable':
      return { colour: 'red', word: m.duty_kiosk_unreadable(), name: '', next: m.duty_kiosk_unreadable_next() };
  }
}

/** What a scanner typed: a code of ours, a ticket of an event, or a long run of signs that is nobody's name. */
export const isScan = (text: string): boolean => /^XV[0-9A-V]{20,}$/i.test(text.trim()) || /^[\x21-\x7e]{20,}$/.test(text.trim());
