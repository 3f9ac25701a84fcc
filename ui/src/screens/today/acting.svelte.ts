// Doing a duty in place: folded at once, taken back by one press, opened again where it did not work.
import { asFault, type Fault } from '$lib/api';
import type { Duty } from '$lib/bindings';
import { toasts } from '$lib/toast.svelte';
import { m } from '$messages';
import { takeBack } from '../notice/answering';
import { above, keyOf, rowsOf, settle, type Acted, type DutyRow } from './duties';

export class Acting {
  acted = $state.raw<readonly Acted[]>([]);
  faults = $state.raw<Readonly<Record<string, Fault>>>({});
  #duties: () => readonly Duty[];

  constructor(duties: () => readonly Duty[]) {
    this.#duties = duties;
  }

  get rows(): DutyRow[] {
    return rowsOf(this.#duties(), this.acted);
  }
  follow(duties: readonly Duty[]): void {
    const next = settle(this.acted, duties);
    if (next.length !== this.acted.length || next.some((one, i) => one !== this.acted[i])) this.acted = next;
  }

  /** `send` gives the items it put into the outbox. */
  async act(duty: Duty, words: string, send: () => Promise<string[]>): Promise<void> {
    const key = keyOf(duty);
    const { [key]: _, ...others } = this.faults;
    this.faults = others;
    this.acted = [...this.acted, { duty, words, after: above(this.rows, duty), mutations: [], settled: false }];
    try {
      const mutations = await send();
      this.#change(key, (one) => ({ ...one, mutations }));
      toasts.say(words, () => void this.undo(key));
    } catch (thrown) {
      this.#forget(key);
      this.faults = { ...this.faults, [key]: asFault(thrown) };
    }
  }

  async undo(key: string): Promise<void> {
    const one = this.acted.find(({ duty }) => keyOf(duty) === key);
    try {
      await takeBack(one?.mutations ?? []);
      this.#forget(key);
      toasts.say(m.today_undone());
    } catch {
      toasts.say(m.today_undo_late());
    }
  }

  #change(key: string, change: (one: Acted) => Acted): void {
    this.acted = this.acted.map((one) => (keyOf(one.duty) === key ? change(one) : one));
  }
  #forget(key: string): void {
    this.acted = this.acted.filter((one) => keyOf(one.duty) !== key);
  }
}
