// Partners: the list, a form, cards that are brought in. Trips: the desk, buses on paper, the roll-call on a bus.
import { of, scene, sizes, type Scene } from './scene';
import { ALL_HERE, NO_TRIP, OVER, TWO_MISSING } from './trips';

const trip = { id: 'event-0003' };
const roll = { id: 'session-0000' };

export const tripScenes: readonly Scene[] = [
  ...sizes('coordinator-partners', 'coordinator', 'partners'),
  scene('teacher-partners', of('teacher', 'some'), 'partners'),
  scene('coordinator-partners-form', of('coordinator', 'some'), 'partners', undefined, [{ click: 'li:first-child article .row button:last-child' }]),
  ...sizes('coordinator-trip', 'coordinator', 'trip', trip),
  scene('coordinator-trip-plan', of('coordinator', 'some'), 'trip', { id: NO_TRIP }),
  scene('teacher-trip', of('teacher', 'some'), 'trip', trip),
  { ...scene('coordinator-trip-print', of('coordinator', 'some'), 'trip', trip, [{ click: 'main section button:has(.lucide-printer)' }]), print: true },
  ...sizes('coordinator-roll', 'coordinator', 'tripRoll', roll),
  scene('teacher-roll', of('teacher', 'some'), 'tripRoll', roll),
  scene('coordinator-roll-done', of('coordinator', 'some'), 'tripRoll', { id: ALL_HERE }),
  scene('coordinator-roll-over', of('coordinator', 'some'), 'tripRoll', { id: OVER }),
  scene('coordinator-roll-end', of('coordinator', 'some'), 'tripRoll', { id: TWO_MISSING }, [{ click: '.end button' }]),
  scene('parent-trip', of('parent', 'some'), 'event', trip),
];
