// Words of swaps: a shift by its day and hour.
import type { OwnSwap, SwapShift } from '$lib/bindings';
import { isPending } from '$lib/items';
import { clock, day } from '$lib/when';
import { m } from '$messages';

/** "11-25 周三 07:30", in one piece: a line does not break within a date. */
export const swapWhen = (shift: SwapShift, zone: string, now?: Date): string =>
  `${day(shift.starts, zone, now)} ${clock(shift.starts, zone)}`.replaceAll('-', '\u2060-\u2060').replaceAll(' ', '\u00a0');

/** What one gives and what one gets for it. */
export function ownSwapWords(one: OwnSwap, zone: string, now: Date): string {
  const gives = swapWhen(one.gives, zone, now);
  const gets = one.gets ? [one.gets] : one.want;
  return gets.length ? m.swap_mine_for({ gives, gets: gets.map((shift) => swapWhen(shift, zone, now)).join(m.swap_or()) }) : m.swap_mine_any({ gives });
}

/** How a swap of one's own stands. */
export function swapStateWords(one: OwnSwap): string {
  switch (one.state) {
    case 'agreed':
      // What waits here is the school's to answer: nobody confirms it where two may swap by themselves.
      return one.confirmed || !isPending(one.pending) ? m.swap_state_agreed() : m.swap_state_said();
    case 'done':
      return m.swap_state_done();
    case 'refused':
      return m.swap_state_refused({ reason: one.reason });
    case 'lapsed':
    case 'withdrawn':
      return m.swap_state_lapsed();
    case 'open':
      return m.swap_state_open();
  }
}
