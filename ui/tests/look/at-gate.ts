// 签到 at one gate: who may come in, who was there already, and what this computer wrote down.
import type { Admission, ArrivalView, BoardView, Calls, CheckInLine, GateSession, PartyView, Scanned } from '../../src/lib/bindings';
import { boardOf } from './gates';
import { LONG, ago, at, childAt, classAt, id, own, times, type School } from './people';
import type { Role } from './school';
import type { Scene, Step } from './scenes';
import { small } from './files';

export const EVENT = 'event-0000';
export const FIRST = 'session-0000';
export const NEXT = 'session-0001';
/** As a scanner types them. */
export const ticket = (letter: string): string => `XM${letter.repeat(29)}`;

const session = (n: number, more: Partial<GateSession>): GateSession => ({
  id: id('session', n),
  name: `第 ${n + 1} 场`,
  starts: at(0, `${10 + 2 * n}:30`),
  ends: at(0, `${11 + 2 * n}:20`),
  doors: at(0, `${String(7 + 2 * n).padStart(2, '0')}:30`),
  admits: n === 0,
  begun: false,
  capacity: 120,
  expected: 112,
  families: 47,
  came: 0,
  on_site: 0,
  walked_in: 0,
  absent: 47,
  releasing: 0,
  released: 0,
  ...more,
});
export const sessionsAtGate = (): GateSession[] => [session(0, { came: 63, on_site: 61, walked_in: 3, absent: 19 }), session(1, {}), session(2, {})];

export const scanOf = (n: number, more: Partial<ArrivalView> = {}): ArrivalView => ({
  id: id('arrival', n),
  session: FIRST,
  booking: id('booking', n),
  children: [childAt(n, classAt(30 + n))],
  name: '',
  people: 2,
  extra: 0,
  gate: id('gate', 0),
  gate_name: '北门',
  at: ago(n + 1),
  on_paper: false,
  state: { is: 'in' },
  again: [],
  pending: null,
  ...more,
});
export const recentAtGate = (): ArrivalView[] => [
  scanOf(0, { children: own, people: 3, pending: { is: 'saved' } }),
  scanOf(1),
  scanOf(2, { booking: null, children: [], name: '沈老师的妹妹一家', people: 2, extra: 2 }),
  scanOf(3, { state: { is: 'undone' } }),
  scanOf(4, { state: { is: 'out', at: ago(3) } }),
  scanOf(5),
];
const conflict = scanOf(8, { at: ago(9), state: { is: 'again', gate_name: '东校区体育馆西侧门', at: ago(14) } });

export function partyOf(n: number, admission: Admission = { is: 'may', seats: 2 }, more: Partial<PartyView> = {}): PartyView {
  return { booking: id('booking', n), session: FIRST, children: [childAt(n, classAt(30 + n))], adults: 1, size: 2, admission, arrivals: [], ...more };
}
export const siblings = (): PartyView => partyOf(20, { is: 'may', seats: 3 }, { children: own, size: 3 });
const already: Admission = { is: 'already', gate_name: '南门', at: ago(26) };
export const came = (): PartyView => partyOf(21, already, { arrivals: [scanOf(21, { gate_name: '南门', at: ago(26) })] });
export const other = (): PartyView => partyOf(22, { is: 'other-session', session: NEXT });
export const released = (): PartyView => partyOf(23, { is: 'released' });

/** What each ticket comes to: A may come in, B was there, C is of another session, D was released, E is given back, F is of another event. */
export function scanAtGate(code: string): Scanned {
  const none = { arrival: null, ticket: true };
  switch (code) {
    case ticket('A'):
      return { party: siblings(), ticket: true, arrival: 'arrival-new' };
    case ticket('B'):
      return { ...none, party: came() };
    case ticket('C'):
      return { ...none, party: other() };
    case ticket('D'):
      return { ...none, party: released() };
    case ticket('E'):
      return { ...none, party: partyOf(24, { is: 'gone' }) };
    case ticket('F'):
      return { ...none, party: null };
    default:
      return { party: null, ticket: false, arrival: null };
  }
}
const found = (): PartyView[] => [siblings(), came(), other(), released(), ...times(3, (n) => partyOf(n))];

export function boardAtGate({ gate, role, line }: School, event: string): BoardView {
  const sessions = gate === 'empty' ? [] : sessionsAtGate();
  const here = gate === 'here' || gate === 'fresh' || gate === 'conflict';
  const leases = gate === 'fresh' ? [] : [{ session: FIRST, seats: 6, used: 3 }];
  const about: CheckInLine = { event, title: LONG, venue: '报告厅', next: sessions[0] ?? null, open: gate !== 'not-set-up', supervises: role === 'coordinator' };
  const opened: BoardView['own'] = { id: 'gate-0000', name: '北门', person_name: '周敏', opened: ago(95), state: { is: 'open' }, leases, heard: true, came: 63, last: ago(1) };
  return {
    line: about,
    sessions,
    own: here ? opened : null,
    revoked: gate === 'revoked' ? { ...opened, state: { is: 'revoked', at: ago(6) } } : null,
    pending: gate === 'pending' ? { is: 'saved' } : gate === 'refused' ? { is: 'refused', refusal: { code: 'too-many', field: 'gates', limit: 20 } } : null,
    gates: [],
    stewards: [],
    staff: [],
    to_agree: null,
    recent: here && gate !== 'fresh' ? recentAtGate() : [],
    conflicts: gate === 'conflict' ? [conflict, scanOf(9, { at: ago(7), again: [{ arrival: 'arrival-x', gate_name: '南门', at: ago(2) }] })] : [],
    waiting: line === 'offline' ? 41 : 0,
    turns: null,
  };
}

type Own = 'check-in.list' | 'check-in.board' | 'check-in.find' | 'check-in.scan' | 'check-in.open-gate' | 'check-in.lease' | 'check-in.agree' | 'check-in.close-gate' | 'check-in.look';
/** Of the door's answers those a gate needs; a school without `gate` has the board's. */
export function gateAnswers(given: School, board: { [N in 'check-in.find']: (asked: Calls[N]['request']) => Calls[N]['reply'] }): { [N in Own]: (asked: Calls[N]['request']) => Calls[N]['reply'] } {
  const saved = { mutation: 'mutation-0000' };
  const { line } = boardAtGate(given, EVENT);
  return {
    'check-in.list': () => ({ events: !given.gate ? [] : given.gate === 'several' ? [line, { ...line, event: 'event-0001', title: '冬季运动会亲子接力', open: false }] : given.gate === 'none' ? [] : [line] }),
    'check-in.board': ({ event }) => (given.gate ? boardAtGate(given, event) : boardOf(given, event)),
    'check-in.find': (asked) => {
      if (!given.gate) return board['check-in.find'](asked);
      if (asked.text === 'l') return { parties: found(), more: false };
      if (asked.text === 'lyt') return { parties: [siblings()], more: false };
      return { parties: asked.text === 'z' ? times(8, (n) => partyOf(n)) : [], more: asked.text === 'z' };
    },
    'check-in.scan': ({ code, looks }) => ({ ...scanAtGate(code), ...(looks ? { arrival: null } : {}) }),
    'check-in.open-gate': () => saved,
    'check-in.lease': () => saved,
    'check-in.agree': () => saved,
    'check-in.close-gate': () => saved,
    'check-in.look': () => ({ picture: small, code: null }),
  };
}

const gate = (name: string, kind: NonNullable<School['gate']>, steps: readonly Step[] = [], more: Partial<School> = {}, role: Role = 'coordinator'): Scene => ({
  name: `gate-${name}`,
  school: { role, size: 'some', gate: kind, ...more },
  screen: 'check-in',
  with: kind === 'several' || kind === 'none' ? {} : { id: EVENT },
  steps,
});
const scan = (letter: string): Step[] => [{ type: ticket(letter), into: '.mode input' }, { key: 'Enter' }];
const typed = (text: string): Step => ({ type: text, into: '.mode input' });

export const gateScenes: readonly Scene[] = [
  gate('list', 'several'),
  gate('list-none', 'none'),
  gate('not-set-up', 'not-set-up', [], {}, 'teacher'),
  gate('empty', 'empty'),
  gate('open', 'before'),
  gate('open-wrong', 'before', [{ click: 'form [type=submit]' }]),
  gate('pending', 'pending', [], {}, 'teacher'),
  gate('refused', 'refused', [], {}, 'teacher'),
  gate('revoked', 'revoked', [], {}, 'teacher'),
  gate('ready', 'fresh'),
  gate('in', 'here', scan('A')),
  gate('already', 'here', scan('B')),
  gate('other', 'here', scan('C')),
  gate('released', 'here', scan('D')),
  gate('unlisted', 'here', scan('F')),
  gate('offline', 'here', scan('A'), { line: 'offline' }),
  gate('conflict', 'conflict'),
  gate('found', 'here', [typed('l')]),
  gate('found-fewer', 'here', [typed('lyt'), { key: '2' }]),
  gate('found-none', 'here', [typed('q')]),
  gate('steward', 'here', [typed('l'), { key: 'ArrowDown' }], {}, 'parent'),
  gate('steward-many', 'here', [typed('z')], {}, 'parent'),
  gate('leaving', 'here', [{ key: 'F4' }]),
  gate('walk-in', 'here', [{ key: 'F2' }]),
  gate('walk-in-none', 'fresh', [{ key: 'F2' }]),
  gate('seats', 'here', [{ key: 'F2' }, { click: 'dialog footer .plain' }]),
  gate('session', 'here', [{ key: 'F6' }]),
  gate('close', 'here', [{ key: 'F9' }]),
  gate('camera', 'here', [{ key: 'F3' }]),
  gate('camera-none', 'here', [{ key: 'F3' }], { faults: { 'check-in.look': { fault: 'denied', code: 'camera-none', detail: '' } } }),
  gate('away', 'here', [{ key: 'Escape' }]),
  gate('alert', 'here', [], { alert: 'actual' }),
];
