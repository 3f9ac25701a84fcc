// Guests from outside, in words.
import type { GuestOf, PostView, ShiftLine } from '$lib/bindings';
import { isPast } from '$lib/when';
import { m, nameShown } from '$messages';
import { dayOf } from './posts';

/** "客人，青禾社区图书馆，由 张晓梅 接待". */
export function guestWords({ organisation, sponsor, received }: GuestOf): string {
  const who = organisation ? m.guest_of({ organisation }) : m.guest_of_plain();
  const by = received ? m.guest_received({ name: nameShown(sponsor) }) : m.guest_alone({ name: nameShown(sponsor) });
  return m.guest_words({ who, by });
}

/** A shift as a guest is written down for it. */
export interface GuestShift {
  id: string;
  starts: string;
  ends: string;
  off: boolean;
}

export const guestShift = ({ id, starts, ends, called_off }: Pick<ShiftLine, 'id' | 'starts' | 'ends' | 'called_off'>): GuestShift => ({ id, starts, ends, off: !!called_off });

/** Shifts of the post on that day that are still to come: one guest is there on one day. */
export const sameDay = (post: PostView, line: ShiftLine): GuestShift[] =>
  post.shifts.map((one) => one.line).filter((one) => dayOf(one.starts) === dayOf(line.starts) && !one.called_off && !isPast(one.starts)).map(guestShift);
