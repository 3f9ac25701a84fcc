// One state has one word and one tone everywhere.
import { m } from './messages';

export type Tone = 'green' | 'red' | 'honey' | 'blue' | 'plain';

/** What can be said of a thing, with what the words need. */
export type Fact =
  | { state: 'saved' }
  | { state: 'sent' }
  | { state: 'confirmed' }
  | { state: 'came' }
  | { state: 'waitlisted'; place: number }
  | { state: 'offered'; until: string }
  | { state: 'refused'; reason: string }
  | { state: 'changed' }
  | { state: 'draft' }
  | { state: 'withdrawn' }
  | { state: 'released' }
  | { state: 'answered' }
  | { state: 'unanswered' }
  | { state: 'unreachable' }
  | { state: 'done' };

export type StateName = Fact['state'];

export const tones: Record<StateName, Tone> = {
  saved: 'honey',
  sent: 'honey',
  confirmed: 'green',
  came: 'green',
  waitlisted: 'honey',
  offered: 'red',
  refused: 'red',
  changed: 'blue',
  draft: 'plain',
  withdrawn: 'plain',
  released: 'plain',
  answered: 'green',
  unanswered: 'honey',
  unreachable: 'red',
  done: 'green',
};

export function wordOf(fact: Fact): string {
  switch (fact.state) {
    case 'waitlisted':
      return m.state_waitlisted({ place: fact.place });
    case 'offered':
      return m.state_offered({ until: fact.until });
    case 'refused':
      return m.state_refused({ reason: fact.reason });
    default:
      return m[`state_${fact.state}`]();
  }
}
