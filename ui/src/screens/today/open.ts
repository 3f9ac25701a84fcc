import type { Coming } from '$lib/bindings';
import { route } from '$lib/route.svelte';

/** Where one reads more about a thing that comes. */
export function openComing({ what }: Coming): void {
  if (what.is === 'booking') route.go('event', { id: what.booking.event });
  else if (what.is === 'meeting') route.go('conference', { id: what.meeting.conference });
  else if (what.is === 'contest') route.go('contest', { id: what.contest });
  else if (what.is === 'changed') route.go('notice', { id: what.notice });
  else route.start('shifts');
}
