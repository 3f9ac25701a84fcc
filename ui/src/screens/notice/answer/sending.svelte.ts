// An answer on its way into the outbox: undone by one press, told in words where it could not be kept.
import { asFault } from '$lib/api';
import type { ChildReply } from '$lib/bindings';
import { faultWords } from '$lib/faults';
import { toasts } from '$lib/toast.svelte';
import { answer, takeBack } from '../answering';

export class Sending {
  /** The first child it is for, while it is being kept. */
  busy = $state('');
  trouble = $state('');
  #notice: () => string;

  constructor(notice: () => string) {
    this.#notice = notice;
  }

  /** Whether it is in the outbox. `said`: what was done, for the line that offers to undo it. */
  async send(replies: readonly ChildReply[], said: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = replies[0]?.child ?? '';
    this.trouble = '';
    try {
      const mutations = await answer(this.#notice(), replies);
      // Too late to take back is no harm: the school then has the answer, and says so.
      toasts.say(said, () => void takeBack(mutations).catch((thrown) => toasts.say(faultWords(asFault(thrown)).next)));
      return true;
    } catch (thrown) {
      this.trouble = faultWords(asFault(thrown)).next;
      return false;
    } finally {
      this.busy = '';
    }
  }
}
