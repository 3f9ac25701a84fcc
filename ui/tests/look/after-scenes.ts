// Who came: the report of an event and of a term, and the certificate of a family.
import { BLIND } from './afterwards';
import { of, scene, sizes, type Scene } from './scene';

const event = { id: 'event-0000' };

export const afterScenes: readonly Scene[] = [
  ...sizes('after-report', 'coordinator', 'eventReport', event).map((one) => ({ ...one, print: one.name.endsWith('some') })),
  scene('after-report-blind', of('coordinator', 'some'), 'eventReport', { id: BLIND }),
  ...sizes('after-term', 'coordinator', 'termReport', {}).map((one) => ({ ...one, print: one.name.endsWith('some') })),
  { name: 'after-certificate', school: of('parent', 'some'), screen: 'event', with: { id: 'event-after' }, steps: [{ click: '.booking button:has(.lucide-award)' }], print: true },
];
