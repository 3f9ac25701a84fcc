// Hours of volunteers: one's own, to approve, who came.
import { of, scene, sizes, type Scene } from './scene';

const shift = { shift: 'shift-0000' };

export const hoursScenes: readonly Scene[] = [
  ...sizes('hours', 'parent', 'hours'),
  scene('hours-missing', of('parent', 'some', { restored: true }), 'hours'),
  scene('hours-request', of('parent', 'some'), 'hours', {}, [{ click: 'main header button:last-child' }]),
  { ...scene('hours-proof', of('parent', 'some'), 'hours', {}, [{ click: 'section[aria-labelledby=proofs] li button' }, { click: 'dialog footer button:last-child' }]), print: true },
  ...sizes('hours-desk', 'coordinator', 'hoursDesk'),
  scene('hours-for', of('coordinator', 'some'), 'hoursDesk', {}, [{ click: 'main header button:nth-child(2)' }, { type: '李', into: 'dialog .combobox-input' }, { key: 'ArrowDown' }, { key: 'Enter' }]),
  scene('hours-issue', of('coordinator', 'some'), 'hoursDesk', {}, [{ click: 'section[aria-labelledby=answered] li:first-child button:last-child' }]),
  ...sizes('hours-shifts', 'coordinator', 'dutyShifts'),
  ...sizes('hours-duty', 'coordinator', 'duty', shift),
  scene('hours-duty-times', of('coordinator', 'some'), 'duty', shift, [{ click: '.people li:nth-child(4) button:last-child' }]),
  ...sizes('hours-report', 'coordinator', 'hoursReport'),
  ...sizes('duty-kiosk', 'coordinator', 'dutyKiosk', shift),
  scene('duty-kiosk-in', of('coordinator', 'some'), 'dutyKiosk', shift, [{ type: 'XV000000000000000000000000', into: 'main form input' }, { key: 'Enter' }]),
  scene('duty-code', of('parent', 'some'), 'shifts', {}, [{ click: 'section[aria-labelledby=own-duties] button' }]),
];
