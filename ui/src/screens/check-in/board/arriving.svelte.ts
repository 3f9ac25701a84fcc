// Somebody is let in, leaves, is back: said at once, and undone by a correction, which also holds where the wish has left.
import { asFault, call, type Fault } from '$lib/api';
import type { ArrivalMove, CheckInArrive, LetIn } from '$lib/bindings';
import { faultWords } from '$lib/faults';
import { toasts } from '$lib/toast.svelte';
import { m } from '$messages';

/** What takes a move back; of who was struck out nothing does. */
const REVERSE: Partial<Record<ArrivalMove, ArrivalMove>> = { left: 'back', back: 'left' };

export class Arrivals {
  busy = $state(false);
  fault = $state.raw<Fault>();

  async arrive(args: CheckInArrive, words: string): Promise<LetIn | undefined> {
    const done = await this.#send(() => call('check-in.arrive', args));
    if (done) toasts.say(words, () => void take(done.arrival, 'undo'));
    return done;
  }
  async correct(arrival: string, to: ArrivalMove, words: string): Promise<boolean> {
    const done = await this.#send(() => call('check-in.correct', { arrival, to }));
    const reverse = REVERSE[to];
    if (done) toasts.say(words, reverse && (() => void take(arrival, reverse)));
    return done !== undefined;
  }

  async #send<R>(ask: () => Promise<R>): Promise<R | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.fault = undefined;
    try {
      return await ask();
    } catch (thrown) {
      this.fault = asFault(thrown);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}

async function take(arrival: string, to: ArrivalMove): Promise<void> {
  try {
    await call('check-in.correct', { arrival, to });
    toasts.say(m.event_taken_back());
  } catch (thrown) {
    toasts.say(m.common_told(faultWords(asFault(thrown))));
  }
}
