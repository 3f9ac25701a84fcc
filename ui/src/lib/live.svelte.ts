import { untrack } from 'svelte';
import { asFault, call, onChanged, type Ask, type Calls, type Fault } from './api';

export interface Query<N extends Ask> {
  ask: N;
  with: Calls[N]['request'];
  /** Topics of `changed` that make the answer old. Without them: the noun of the ask. */
  topics?: string[];
}

/** How long several `changed` in a row are gathered into one refetch. */
const GATHER_MS = 40;

/** An answer that stays true: refetched when its topics change, the old value kept meanwhile, unless it is gone. */
export class Live<N extends Ask> {
  value = $state.raw<Calls[N]['reply']>();
  fault = $state.raw<Fault>();
  loading = $state(true);
  #query: () => Query<N> | null;
  #turn = 0;

  constructor(query: () => Query<N> | null) {
    this.#query = query;
    // One effect: it follows the query's own state, and listens for as long as the screen lives.
    $effect(() => {
      const asked = query();
      const topics = asked ? (asked.topics ?? [asked.ask.split('.')[0] ?? '']) : [];
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = onChanged((changed) => {
        if (timer !== undefined || !changed.some((topic) => topics.includes(topic))) return;
        timer = setTimeout(() => {
          timer = undefined;
          void this.refetch();
        }, GATHER_MS);
      });
      void untrack(() => this.refetch());
      return () => {
        stop();
        clearTimeout(timer);
      };
    });
  }

  refetch = async (): Promise<void> => {
    const asked = untrack(this.#query);
    const turn = ++this.#turn;
    this.loading = asked !== null;
    if (!asked) return;
    try {
      const value = await call(asked.ask, asked.with);
      // A later question has been asked since; its answer counts, not this one.
      if (turn !== this.#turn) return;
      this.value = value;
      this.fault = undefined;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.fault = asFault(thrown);
      // What was asked for is not there any more: taken back, replaced, or no longer for whoever sits here.
      if (this.fault.fault === 'invalid') this.value = undefined;
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  };
}

/** Call while a component initialises. The query may read state; `null` means "nothing to ask yet". */
export function live<N extends Ask>(query: () => Query<N> | null): Live<N> {
  return new Live(query);
}
