// An answer that reads otherwise by time alone: sign-up opens, a session begins. No row changes then, so nobody is told.
import { untrack } from 'svelte';
import type { Ask } from './api';
import type { Live } from './live.svelte';
import { schoolNow, type Clock } from './school.svelte';
import { instant } from './when';

/** A timer is told of no correction of the clock and sleeps with the computer: it looks again after this time at the latest. */
const LOOK_MS = 20_000;
/** The core's clock may be a breath behind: what was asked at the moment itself is asked again. */
const AGAIN_MS = 1_000;

/** Asks again as the school's clock passes `turns`, and lets `now` be exact then. Call while a component initialises. */
export function turning<N extends Ask>(of: Live<N>, turns: () => string | null | undefined, now?: Clock): void {
  $effect(() => {
    const at = turns();
    // Each answer, and each that failed, sets the next timer.
    void of.value;
    void of.fault;
    const due = at ? instant(at).getTime() : NaN;
    const left = due - schoolNow().getTime();
    untrack(() => now?.look());
    if (Number.isNaN(left)) return;
    let timer = setTimeout(step, left > 0 ? Math.min(left, LOOK_MS) : AGAIN_MS);
    function step() {
      const left = due - schoolNow().getTime();
      if (left > 0) return void (timer = setTimeout(step, Math.min(left, LOOK_MS)));
      now?.look();
      void of.refetch();
    }
    return () => clearTimeout(timer);
  });
}
