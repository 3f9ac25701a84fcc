// What the gate says of who stands there: one word, one shape, one colour, and what to do next.
import type { Admission, ArrivalView, GateSession, PartyView, Refusal, Scanned } from '$lib/bindings';
import { childName } from '$lib/child';
import { nameShown } from '$lib/messages';
import { clock, moment } from '$lib/when';
import { m } from '$messages';
import { sessionWords } from './board/words';
import type { Tone } from './sound.svelte';

export type VerdictIs =
  | { is: 'in' }
  | Exclude<Admission, { is: 'may' }>
  | { is: 'unlisted' | 'no-ticket' | 'left' | 'back' | 'absent' | 'undone' | 'closed' | 'no-seats' }
  | { is: 'early' | 'late'; when: string }
  | { is: 'fault'; title: string; next: string };

export type Verdict = VerdictIs & {
  /** "李雨桐、李雨辰". */
  names: string;
  /** Who came, went, or is back. */
  people: number;
  /** Of them on the gate's own seats. */
  extra: number;
  party?: PartyView;
};

export type Colour = 'green' | 'honey' | 'red' | 'blue' | 'plain';

const COLOURS: Record<VerdictIs['is'], Colour> = {
  in: 'green',
  already: 'honey',
  'other-session': 'red',
  released: 'red',
  gone: 'red',
  unlisted: 'red',
  'no-ticket': 'red',
  closed: 'red',
  'no-seats': 'red',
  early: 'red',
  late: 'red',
  fault: 'red',
  absent: 'honey',
  left: 'blue',
  back: 'green',
  undone: 'plain',
};
export const colourOf = ({ is }: VerdictIs): Colour => COLOURS[is];
/** What is only said needs no tone: the person at the gate did it. */
export const toneOf = (verdict: VerdictIs): Tone | undefined => (verdict.is === 'undone' ? undefined : ['green', 'blue'].includes(colourOf(verdict)) ? 'in' : 'stop');

export const namesOf = ({ children }: Pick<PartyView, 'children'>): string => children.map(childName).join(m.common_comma());
/** Of who walked in, what the gate wrote. */
export const whoOf = (arrival: Pick<ArrivalView, 'children' | 'name'>): string => (arrival.children.length ? namesOf(arrival) : nameShown(arrival.name));

export function wordOf(verdict: VerdictIs): string {
  switch (verdict.is) {
    case 'in':
      return m.check_in_may();
    case 'already':
      return m.check_in_already();
    case 'other-session':
      return m.check_in_other_session();
    case 'released':
      return m.check_in_released();
    case 'gone':
      return m.check_in_gone();
    case 'unlisted':
      return m.check_in_unlisted();
    case 'no-ticket':
      return m.check_in_no_ticket();
    case 'left':
      return m.check_in_left();
    case 'back':
      return m.check_in_back();
    case 'absent':
      return m.check_in_absent();
    case 'undone':
      return m.check_in_undone();
    case 'closed':
      return m.check_in_closed();
    case 'no-seats':
      return m.check_in_no_seats();
    case 'early':
      return m.check_in_early();
    case 'late':
      return m.check_in_late();
    case 'fault':
      return verdict.title;
  }
}

export interface Here {
  sessions: readonly GateSession[];
  zone: string;
  now: Date;
  /** Seats of the gate's own that are left for the session. */
  left: number;
}

/** One line: what to do now. */
export function nextOf(verdict: Verdict, here: Here): string {
  switch (verdict.is) {
    case 'in':
      return verdict.extra ? m.check_in_may_extra({ extra: verdict.extra }) : m.check_in_may_next();
    case 'already':
      return m.check_in_already_next({ gate: nameShown(verdict.gate_name), time: clock(verdict.at, here.zone) });
    case 'other-session': {
      const session = here.sessions.find(({ id }) => id === verdict.session);
      return session ? m.check_in_other_session_next({ session: sessionWords(session, here.zone), when: moment(session.starts, here.zone, here.now) }) : m.check_in_other_session_gone();
    }
    case 'released':
    case 'unlisted':
    case 'gone':
      return ownSeats(verdict.is, here.left);
    case 'no-ticket':
      return m.check_in_no_ticket_next();
    case 'left':
      return m.check_in_left_next();
    case 'back':
      return m.check_in_back_next();
    case 'absent':
      return m.check_in_absent_next();
    case 'undone':
      return m.check_in_undone_next();
    case 'closed':
      return m.check_in_closed_next();
    case 'no-seats':
      return m.check_in_no_seats_next();
    case 'early':
      return m.check_in_early_next({ when: moment(verdict.when, here.zone, here.now) });
    case 'late':
      return m.check_in_late_next({ when: moment(verdict.when, here.zone, here.now) });
    case 'fault':
      return verdict.next;
  }
}

function ownSeats(is: 'released' | 'unlisted' | 'gone', left: number): string {
  if (left > 0) return m.check_in_released_own({ left });
  return is === 'released' ? m.check_in_released_next() : is === 'gone' ? m.check_in_gone_next() : m.check_in_unlisted_next();
}

const of = (is: VerdictIs, party?: PartyView, people = 0, extra = 0): Verdict => ({ ...is, names: party ? namesOf(party) : '', people, extra, party });
export const verdictOf = of;

/** What a scan came to. `undefined`: they may come in, and nobody was let in yet. */
export function scanned({ party, ticket, arrival }: Scanned): Verdict | undefined {
  if (!ticket) return of({ is: 'no-ticket' });
  if (!party) return of({ is: 'unlisted' });
  if (arrival !== null) {
    // As it was before: everybody of the booking who had not come yet.
    return of({ is: 'in' }, party, party.admission.is === 'may' ? party.admission.seats : party.size);
  }
  return party.admission.is === 'may' ? undefined : of(party.admission, party);
}

/** The core knew better than what was on the screen. `undefined`: not of this party. */
export function refusedAs(refusal: Refusal, party?: PartyView): Verdict | undefined {
  switch (refusal.code) {
    case 'already-in':
      return of({ is: 'already', gate_name: refusal.gate_name, at: refusal.at }, party);
    case 'seat-released':
      return of({ is: 'released' }, party);
    case 'other-session':
      return of({ is: 'other-session', session: refusal.session }, party);
    case 'booking-gone':
      return of({ is: 'gone' }, party);
    case 'gate-closed':
      return of({ is: 'closed' }, party);
    case 'no-walk-in-seats':
      return of({ is: 'no-seats' }, party);
    case 'not-open-yet':
      return of({ is: 'early', when: refusal.opens }, party);
    case 'closed':
      return of({ is: 'late', when: refusal.since }, party);
    default:
      return undefined;
  }
}

/** Where somebody is let in now, or next: by time, the first that admits and is not over. */
export function sessionNow(sessions: readonly GateSession[], next: GateSession | null, now: Date): GateSession | undefined {
  const ahead = sessions.filter(({ ends }) => new Date(ends.replace(/\[.*$/, '')).getTime() > now.getTime());
  return ahead.find(({ admits }) => admits) ?? sessions.find(({ id }) => id === next?.id) ?? sessions.at(-1);
}
