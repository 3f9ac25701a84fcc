// Who came: the report of an event and of a term, and the certificate of a family.
import { BLIND } from './afterwards';
import { of, scene, sizes, type Scene, type Step } from './scene';

const event = { id: 'event-0000' };
const OPEN: Step = { click: '.booking button:has(.lucide-award)' };

export const afterScenes: readonly Scene[] = [
  ...sizes('after-report', 'coordinator', 'eventReport', event).map((one) => ({ ...one, print: one.name.endsWith('some') })),
  scene('after-report-blind', of('coordinator', 'some'), 'eventReport', { id: BLIND }),
  ...sizes('after-term', 'coordinator', 'termReport', {}).map((one) => ({ ...one, print: one.name.endsWith('some') })),
  scene('after-certificate', of('parent', 'some'), 'event', { id: 'event-after' }, [OPEN]),
  { ...scene('after-certificate-print', of('parent', 'some'), 'event', { id: 'event-after' }, [OPEN, { click: 'dialog footer button:has(.lucide-printer)' }]), print: true },
];
