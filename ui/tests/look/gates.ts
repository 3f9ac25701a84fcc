// Check-in of one event as its coordinator sees it: sessions, gates, the whole list; and a family's ticket.
import type { Admission, ArrivalState, ArrivalView, BoardView, Calls, GateSession, GateView, PartyView, SheetView, StewardView, Ticket } from '../../src/lib/bindings';
import { LONG, adults, ago, at, childAt, children, classAt, count, id, pick, times, type School, type Size } from './people';
import { modules } from './things';

/** Nothing is set up yet; and the wish to do it waits. */
export const NOT_SET_UP = 'event-0001';
export const WAITS = 'event-0002';

const MANY = 2_000;
const gateNames = ['北门', '南门'];
type Sort = 'in' | 'absent' | 'left' | 'part' | 'paper' | 'waits' | 'twice' | 'released' | 'gone';
const sorts: readonly Sort[] = ['in', 'absent', 'in', 'left', 'absent', 'part', 'paper', 'absent', 'waits', 'in', 'released', 'twice', 'absent', 'gone'];

export const arrivalAt = (n: number, more: Partial<ArrivalView> = {}): ArrivalView => ({
  id: id('arrival', n),
  session: id('session', 1),
  booking: id('pass', n),
  children: [],
  name: '',
  people: 2,
  extra: 0,
  gate: id('gate', n % gateNames.length),
  gate_name: pick(gateNames, n),
  at: ago(70 - (n % 40)),
  on_paper: false,
  state: { is: 'in' },
  again: [],
  pending: null,
  ...more,
});

export function partyAt(n: number, session = id('session', 1), sort: Sort = pick(sorts, n)): PartyView {
  const place = classAt(30 + (Math.floor(n / 4) % 20));
  const coming = n % 9 === 5 ? [childAt(n, place), childAt(n + 1, classAt(30))] : [childAt(n, place)];
  const grown = 1 + (n % 2);
  const size = coming.length + grown;
  const booking = id('pass', n);
  const came = arrivalAt(n, { session, booking, children: coming, people: sort === 'part' ? 1 : size });
  const state: ArrivalState = sort === 'left' ? { is: 'out', at: ago(8) } : { is: 'in' };
  const more: Partial<ArrivalView> = {
    state,
    on_paper: sort === 'paper',
    pending: sort === 'waits' ? { is: 'saved' } : null,
    again: sort === 'twice' ? [{ arrival: id('twice', n), gate_name: '南门', at: ago(40) }] : [],
  };
  const none = sort === 'absent' || sort === 'released' || sort === 'gone';
  const admissions: Partial<Record<Sort, Admission>> = { absent: { is: 'may', seats: size }, part: { is: 'may', seats: size - 1 }, released: { is: 'released' }, gone: { is: 'gone' } };
  const admission = admissions[sort] ?? { is: 'already', gate_name: came.gate_name, at: came.at };
  return { booking, session, children: coming, adults: grown, size, admission, arrivals: none ? [] : [{ ...came, ...more }] };
}

const partiesOf = (size: Size, n: number): PartyView[] => (n === 2 ? times(count(size, 18, 60), (k) => partyAt(k, id('session', 2), 'absent')) : times(count(size, 24, MANY), (k) => partyAt(k, id('session', n))));
const walkedOf = (size: Size, n: number): ArrivalView[] =>
  n !== 1 || size === 0 || size === 1 ? [] : times(2, (k) => arrivalAt(9_000 + k, { session: id('session', n), booking: null, name: k ? '沈老师的妹妹一家' : '', children: k ? [] : [childAt(6, classAt(33))], people: 2 + k, extra: 2 + k }));

export function gateSession(size: Size, n: number): GateSession {
  const parties = partiesOf(size, n);
  const expected = parties.filter(({ admission }) => admission.is !== 'gone' && admission.is !== 'released');
  const here = [...parties.flatMap(({ arrivals }) => arrivals), ...walkedOf(size, n)];
  const people = (of: readonly { people: number }[]) => of.reduce((sum, one) => sum + one.people, 0);
  return {
    id: id('session', n),
    name: `第 ${n + 1} 场`,
    starts: at(0, `${String(8 + n).padStart(2, '0')}:30`),
    ends: at(0, `${String(9 + n).padStart(2, '0')}:20`),
    doors: at(0, `0${5 + n}:30`),
    admits: true,
    begun: n < 2,
    capacity: 60,
    expected: expected.reduce((sum, party) => sum + party.size, 0),
    families: expected.length,
    came: people(here),
    on_site: people(here.filter(({ state }) => state.is === 'in')),
    walked_in: people(walkedOf(size, n)),
    absent: expected.filter(({ arrivals }) => arrivals.length === 0).length,
    releasing: n === 1 && size === 'some' ? 3 : 0,
    released: parties.filter(({ admission }) => admission.is === 'released').length,
  };
}

export const gateAt = (n: number, more: Partial<GateView> = {}): GateView => ({
  id: id('gate', n),
  name: pick(gateNames, n),
  person_name: pick(['周敏', '张晓梅', '吴军'], n),
  opened: ago(110),
  state: { is: 'open' },
  leases: [{ session: id('session', 1), seats: 6, used: 2 }],
  heard: true,
  came: 21,
  last: ago(4),
  ...more,
});
const gatesOf = (size: Size): GateView[] => {
  if (size === 0) return [];
  const usual = [gateAt(0), gateAt(1, { heard: false, came: 14, last: ago(31), leases: [] }), gateAt(2, { name: '东校区体育馆西侧门', came: 3, last: ago(65), leases: [], state: { is: 'revoked', at: ago(50) } }), gateAt(3, { name: '报到处', came: 0, last: null, leases: [], state: { is: 'closed', at: ago(20) } })];
  return size === 1 ? usual.slice(0, 1) : usual;
};
const stewardAt = (n: number): StewardView => ({ role: id('role', n), name: pick(adults, n), title: pick(['班主任', '体育教师', '保卫处'], n) });

const conflictsOf = (size: Size): ArrivalView[] =>
  size === 0 || size === 1
    ? []
    : [
        arrivalAt(11, { id: id('twice', 11), children: [childAt(11, classAt(32))], gate_name: '南门', at: ago(40), state: { is: 'again', gate_name: '北门', at: ago(59) } }),
        arrivalAt(77, { booking: null, name: '校友 3 位', people: 3, extra: 3, gate_name: '东校区体育馆西侧门', at: ago(45), state: { is: 'conflict' } }),
      ];

export function boardOf({ size, role }: School, event: string): BoardView {
  const sessions = times(3, (n) => gateSession(size, n));
  const open = event !== NOT_SET_UP && event !== WAITS;
  const gates = open ? gatesOf(size) : [];
  return {
    line: { event, title: LONG, venue: '报告厅', next: sessions[1]!, open, supervises: role === 'coordinator' },
    sessions,
    own: gates[0] ?? null,
    revoked: null,
    pending: event === WAITS ? { is: 'saved' } : null,
    gates,
    stewards: times(open ? count(size, 3, 40) : 0, stewardAt),
    staff: times(count(size, 12, 200), stewardAt),
    to_agree: null,
    recent: [],
    conflicts: open ? conflictsOf(size) : [],
    waiting: 0,
    turns: null,
  };
}

export function sheetOf({ size }: School, session: string): SheetView {
  const n = Number(session.slice(-4)) || 0;
  return { title: LONG, venue: '报告厅', session: gateSession(size, n), parties: partiesOf(size, n), walked_in: walkedOf(size, n) };
}

export const ticketOf = (booking: string): Ticket => ({ booking, code: 'XM01HC7G2QK8M3V9T4R6W0P5N2J8D1F', qr: modules });

type Board = 'check-in.board' | 'check-in.sheet' | 'check-in.badges' | 'check-in.ticket' | 'check-in.find' | 'check-in.set-up' | 'check-in.appoint' | 'check-in.release' | 'check-in.revoke-gate' | 'check-in.arrive' | 'check-in.correct';
export function boardAnswers(given: School): { [N in Board]: (asked: Calls[N]['request']) => Calls[N]['reply'] } {
  const saved = { mutation: 'mutation-0000' };
  return {
    'check-in.board': ({ event }) => boardOf(given, event),
    'check-in.sheet': ({ session }) => sheetOf(given, session),
    'check-in.badges': ({ session }) => ({ badges: sheetOf(given, session).parties.map(({ booking }) => ticketOf(booking)) }),
    'check-in.ticket': ({ booking }) => ticketOf(booking),
    'check-in.find': ({ session, text }) => {
      const named = sheetOf(given, session).parties.filter((party) => party.children.some(({ name }) => name.includes(text) || (text === 'lyt' && name === children[0])));
      return { parties: named.slice(0, 8), more: named.length > 8 };
    },
    'check-in.set-up': () => saved,
    'check-in.appoint': () => saved,
    'check-in.release': () => saved,
    'check-in.revoke-gate': () => saved,
    'check-in.arrive': () => ({ ...saved, arrival: id('arrival', 0) }),
    'check-in.correct': () => saved,
  };
}
