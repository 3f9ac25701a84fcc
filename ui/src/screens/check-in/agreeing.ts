// A gate that hears that seats were taken back says so by itself: who waits for it cannot be kept waiting for a button.
import { call } from '$lib/api';

const agreed = new Map<string, number>();

/** Once for each round of an event; again if it was not taken. */
export function agree(event: string, round: number): void {
  if ((agreed.get(event) ?? 0) >= round) return;
  agreed.set(event, round);
  call('check-in.agree', { event, round }).catch(() => agreed.delete(event));
}
