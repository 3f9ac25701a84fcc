// What is supposed, and what came of it, for as long as the window is open: between the plan and its rehearsal one goes back and forth.
import { asFault, call, type Fault } from '$lib/api';
import type { EventRehearse, EventRehearsed } from '$lib/bindings';
import { usual, type Supposed } from './rehearse';

export class Rehearsing {
  supposed = $state<Supposed>(usual());
  busy = $state(false);
  fault = $state.raw<Fault>();
  told = $state.raw<EventRehearsed>();
  /** With which question that was answered. */
  #asked = $state.raw('');

  /** Plays; the old figures stay until the new ones are there. */
  async play(ask: EventRehearse): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.fault = undefined;
    try {
      this.told = await call('event.rehearse', ask);
      this.#asked = questionOf(ask);
    } catch (thrown) {
      this.fault = asFault(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** The figures are of another plan, or of something else supposed. */
  isStale(ask: EventRehearse): boolean {
    return this.told !== undefined && questionOf(ask) !== this.#asked;
  }
}

const questionOf = ({ plan, suppose }: EventRehearse): string => JSON.stringify([{ ...plan, title: '', about: '', venue: '', held_in: null }, suppose]);

/** One for each plan that is open, by who plans it: another hat begins anew. */
let kept: { of: string; rehearsing: Rehearsing } | undefined;

export function rehearsingOf(whose: string): Rehearsing {
  if (kept?.of !== whose) kept = { of: whose, rehearsing: new Rehearsing() };
  return kept.rehearsing;
}
