// Something asked of the school: said at once, undone by one press while it waits.
import { asFault, call, type Calls, type Fault } from './api';
import type { Saved } from './bindings';
import { faultWords, hasLeft } from './faults';
import { toasts } from './toast.svelte';
import { m } from './messages';

type Wishes = { [N in keyof Calls]: Calls[N]['reply'] extends Saved ? N : never }[keyof Calls];

export class Wish {
  busy = $state(false);
  fault = $state.raw<Fault>();

  /** Whether the core took it. `words` say what was done; what the button named as final is not offered back. */
  async send<N extends Wishes>(name: N, args: Calls[N]['request'], words: string, final = false): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.fault = undefined;
    try {
      const { mutation } = (await call(name, args)) as Saved;
      toasts.say(words, final ? undefined : () => void takeBack(mutation));
      return true;
    } catch (thrown) {
      this.fault = asFault(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

async function takeBack(mutation: string): Promise<void> {
  try {
    await call('outbox.take-back', { mutation });
    toasts.say(m.event_taken_back());
  } catch (thrown) {
    const fault = asFault(thrown);
    toasts.say(hasLeft(fault) ? m.event_too_late() : m.common_told(faultWords(fault)));
  }
}
