// The board of check-in, and what is printed from it.
import { NOT_SET_UP, WAITS } from './gates';
import type { Role, School, Size } from './school';
import type { Scene, Step } from './scenes';

const event = { id: 'event-0000' };
const board = (name: string, size: Size = 'some', steps: readonly Step[] = [], more: Partial<School> = {}, params: object = event, role: Role = 'coordinator'): Scene => ({ name: `board-${name}`, school: { ...more, role, size }, screen: 'check-in-board', with: params, steps });
const PRINT: Step = { click: 'main section button:has(.lucide-printer)' };
const ENTER: Step = { click: 'main button:has(.lucide-list-plus)' };
const printed = (scene: Scene): Scene => ({ ...scene, print: true });

export const boardScenes: readonly Scene[] = [
  board('set-up', 'some', [], {}, { id: NOT_SET_UP }),
  board('set-up-waits', 'some', [], { line: 'offline' }, { id: WAITS }),
  ...([0, 1, 'some', 'many'] as const).map((size) => board(`all-${size}`, size)),
  board('steward', 'some', [], {}, event, 'teacher'),
  board('party', 'some', [{ click: '[data-index="5"]' }]),
  board('party-absent', 'some', [{ click: '[data-index="1"]' }]),
  board('release', 'some', [{ click: '.release button' }]),
  board('revoke', 'some', [{ click: 'aside li:nth-child(2) button' }]),
  board('appoint', 'some', [{ click: 'aside .combobox-open' }]),
  board('filter-none', 'some', [{ type: '没有这个人', into: 'input[type=search]' }]),
  board('paper', 'some', [ENTER]),
  board('paper-found', 'some', [ENTER, { type: '一', into: 'dialog input[role=combobox]' }]),
  board('paper-entered', 'some', [ENTER, { type: '陈', into: 'dialog input[role=combobox]' }, { key: 'Enter' }]),
  board('print', 'some', [PRINT]),
  ...([1, 'some', 'many'] as const).map((size) => printed(board(`print-sheet-${size}`, size, [PRINT, { click: 'dialog footer .primary' }]))),
  ...([1, 'some'] as const).map((size) => printed(board(`print-badges-${size}`, size, [PRINT, { click: 'dialog [value=badges]' }, { click: 'dialog footer .primary' }]))),
  { name: 'ticket', school: { role: 'parent', size: 'some' }, screen: 'event', with: { id: 'event-0001' }, steps: [{ click: '.booking button:has(.lucide-qr-code)' }] },
  printed({ name: 'ticket-print', school: { role: 'parent', size: 'some' }, screen: 'event', with: { id: 'event-0001' }, steps: [{ click: '.booking button:has(.lucide-qr-code)' }, { click: 'dialog footer button:has(.lucide-printer)' }] }),
  { name: 'ticket-came', school: { role: 'parent', size: 'some' }, screen: 'event', with: { id: 'event-came' } },
  { name: 'ticket-released', school: { role: 'parent', size: 'some' }, screen: 'event', with: { id: 'event-released' } },
];
