// Where a notification leads: below the screen of the rail that it belongs to, so that "back" is where one expects it.
import type { OpensAt } from '$lib/bindings';
import { route } from '$lib/route.svelte';

export function openAt(at: OpensAt): void {
  switch (at.is) {
    case 'today':
      return route.start('today');
    case 'requests':
      return route.start('requests');
    case 'roll-call':
      route.start('notices');
      return route.go('alert', { incident: at.incident });
    case 'reports':
      return route.start('reports');
    case 'shifts':
      return route.start('shifts');
    case 'turns':
      route.start('shifts');
      return route.go('turns', {});
    case 'outbox':
      route.start('today');
      return route.go('outbox', {});
    case 'notice':
      route.start('notices');
      return route.go('notice', { id: at.notice });
    case 'conversation':
      route.start('conversations');
      return route.go('conversation', { id: at.conversation });
    case 'conference':
      route.start('conferences');
      return route.go('conference', { id: at.conference });
    case 'event':
      route.start('events');
      return route.go('event', { id: at.event });
  }
}
