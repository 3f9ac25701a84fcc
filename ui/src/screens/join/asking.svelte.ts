// Something asked of a school one has not joined yet, or of the lock of this computer.
import type { Fault } from '$lib/api';
import { joinFault } from './invite';

export class Asking {
  busy = $state(false);
  fault = $state.raw<Fault>();

  async run(ask: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.fault = undefined;
    try {
      await ask();
    } catch (thrown) {
      this.fault = joinFault(thrown);
    } finally {
      this.busy = false;
    }
  }
}
