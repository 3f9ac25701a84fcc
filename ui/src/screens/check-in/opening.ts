// A gate that is being opened: its name, and the seats it asks for as soon as the school has said that it is there.
import { call } from '$lib/api';
import type { BoardView } from '$lib/bindings';
import { m } from '$messages';

/** As the core has it. */
export const MOST_NAME = 20;
/** What one door gives to who walks in: more is another session. */
export const MOST_OWN = 200;

export function nameError(name: string, tried: boolean): string | undefined {
  const chars = [...name.trim()].length;
  if (chars > MOST_NAME) return m.check_in_gate_long();
  return tried && chars === 0 ? m.check_in_gate_no_name() : undefined;
}

/** Seats by session, by event. What was chosen outlives the screen, not the window: then they are asked for at the gate. */
const wanted = new Map<string, ReadonlyMap<string, number>>();

export function keepOpening(event: string, seats: Readonly<Record<string, number>>): void {
  wanted.set(event, new Map(Object.entries(seats).filter(([, count]) => count > 0)));
}

/** The gate is there: asks for the seats, once. */
export async function settleOpening({ line, own }: BoardView): Promise<void> {
  const seats = wanted.get(line.event);
  if (!own || !seats) return;
  wanted.delete(line.event);
  for (const [session, count] of seats) {
    // What is refused stands among what was not done; the gate is open all the same.
    await call('check-in.lease', { session, seats: count }).catch(() => undefined);
  }
}
