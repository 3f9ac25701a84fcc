// Who was taken out of a notice: who would be told if nobody had been, without who is.
import type { AudienceName, NoticePreviewed } from '$lib/bindings';
import { live } from '$lib/live.svelte';
import { audienceOf } from './compose';
import { takenOut } from './reasons';

interface Of {
  reach: NoticePreviewed;
  chosen: readonly AudienceName[];
}

export class TakingOut {
  #of: () => Of;
  readonly whole = live(() => (this.some ? { ask: 'notice.preview', with: { audience: { ...audienceOf(this.#of().chosen), except: [] }, send_at: null }, topics: ['notice', 'class'] } : null));

  /** Call while a component initialises. */
  constructor(of: () => Of) {
    this.#of = of;
  }

  /** Whether anybody was to be left out. */
  get some(): boolean {
    return this.#of().chosen.some(({ except }) => except);
  }
  readonly children = $derived.by(() => {
    const { reach, chosen } = this.#of();
    return this.whole.value && takenOut(this.whole.value, reach, chosen);
  });
}
