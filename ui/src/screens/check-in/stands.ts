// What became of who was let in, in the scans of a gate.
import type { ArrivalView } from '$lib/bindings';
import { waits } from '$lib/items';
import { nameShown } from '$lib/messages';
import { clock } from '$lib/when';
import { m } from '$messages';

export interface Stands {
  words: string;
  tone: 'red' | 'honey' | 'quiet';
}

/** `undefined`: in, as it was written down; nothing to say of it. */
export function standsOf({ state, again, pending }: ArrivalView, zone: string): Stands | undefined {
  const [second] = again;
  if (pending && !waits(pending)) return { words: m.check_in_state_refused(), tone: 'red' };
  if (state.is === 'again') return { words: m.check_in_state_again({ gate: nameShown(state.gate_name), time: clock(state.at, zone) }), tone: 'red' };
  if (state.is === 'conflict') return { words: m.check_in_state_conflict(), tone: 'red' };
  if (state.is === 'undone') return { words: m.check_in_state_undone(), tone: 'quiet' };
  if (second) return { words: m.check_in_state_twice({ gate: nameShown(second.gate_name), time: clock(second.at, zone) }), tone: 'honey' };
  if (state.is === 'out') return { words: m.check_in_state_out(), tone: 'quiet' };
  return undefined;
}
