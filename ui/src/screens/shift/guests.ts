// Guests from outside, in words.
import type { GuestOf } from '$lib/bindings';
import { m, nameShown } from '$messages';

/** "客人，青禾社区图书馆，由 张晓梅 接待". */
export function guestWords({ organisation, sponsor, received }: GuestOf): string {
  const who = organisation ? m.guest_of({ organisation }) : m.guest_of_plain();
  const by = received ? m.guest_received({ name: nameShown(sponsor) }) : m.guest_alone({ name: nameShown(sponsor) });
  return `${who}${m.common_comma()}${by}`;
}
