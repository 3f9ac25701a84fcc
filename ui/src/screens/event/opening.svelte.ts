// The last minute before sign-up opens, by the second.
import type { EventLine } from '$lib/bindings';
import { schoolNow } from '$lib/school.svelte';
import { instant } from '$lib/when';

const MINUTE_MS = 60_000;
/** As in `turning`: a timer sleeps with the computer. */
const LOOK_MS = 20_000;

export interface Opening {
  /** Seconds in the last minute; 0 where it opens this moment, `undefined` before and after. */
  readonly left: number | undefined;
  /** Somebody waited here for it. */
  readonly waited: boolean;
}

/** Call while a component initialises. */
export function opening(line: () => Pick<EventLine, 'opens' | 'closes' | 'open_now' | 'state'> | undefined): Opening {
  let left = $state<number>();
  let waited = $state(false);
  $effect(() => {
    const of = line();
    if (!of || of.open_now || of.state.is !== 'published') return void (left = undefined);
    const [opens, closes] = [instant(of.opens).getTime(), instant(of.closes).getTime()];
    let timer: ReturnType<typeof setTimeout>;
    const step = () => {
      const now = schoolNow().getTime();
      const ms = opens - now;
      left = ms > MINUTE_MS || now >= closes ? undefined : Math.max(0, Math.ceil(ms / 1000));
      if (left !== undefined) waited = true;
      if (ms > MINUTE_MS) timer = setTimeout(step, Math.min(ms - MINUTE_MS, LOOK_MS));
      else if (ms > 0) timer = setTimeout(step, ms % 1000 || 1000);
    };
    step();
    return () => clearTimeout(timer);
  });
  return {
    get left() {
      return left;
    },
    get waited() {
      return waited;
    },
  };
}
