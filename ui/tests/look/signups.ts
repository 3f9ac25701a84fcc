// What a family meets on the page of an event: it opens, it is changed, a session is called off, seats are taken back.
import type { BookingView, EventOpened, FormField } from '../../src/lib/bindings';
import { ago, at, booking, own, sessionAt, ZONE, type School } from './people';
import { openedOf } from './things';

const held = (is: 'siblings' | 'staff' | 'places', seats: number, left: number, mine: boolean) => ({ id: `hold-${is}`, of: is === 'places' ? { is, places: [] } : { is }, places: [], seats, left, until: at(1, '12:00'), own: mine });
export const familyQuestions: FormField[] = [
  { label: '来校方式', value: { is: 'choice', choices: ['步行', '自驾', '校车'] }, required: true },
  { label: '车牌号（自驾才填，方便门卫放行）', value: { is: 'text' }, required: false },
  { label: '吃素的有几位', value: { is: 'number' }, required: false },
  { label: '方便面谈的日期', value: { is: 'date' }, required: true },
];
const [first, second, third] = [sessionAt(0, 60, 14), sessionAt(1, 58), sessionAt(2, 41)];
const both = own.map(({ id }) => id);
const [tong] = own;
const mine = (change: Partial<BookingView>): BookingView => ({ ...booking(0, { is: 'confirmed' }), session: second, children: [tong!], size: 1, ...change });

export const shared = [first, second, third].map((session) => ({ ...session, pool: first.id, capacity: 24, used: 18, waiting: 0, open_seats: 6 }));

type Make = (opened: EventOpened) => EventOpened;
const withMine = (opened: EventOpened, bookings: BookingView[], change: Partial<EventOpened> = {}): EventOpened => ({ ...opened, ...change, line: { ...opened.line, ...change.line, mine: bookings } });
const may = (...sessions: [string, string[]][]): EventOpened['may_join'] => sessions.map(([session, children]) => ({ session, children }));
const some: readonly ['session-0000', 'session-0001', 'session-0002'] = ['session-0000', 'session-0001', 'session-0002'];

const moved = { starts: at(4, '14:30'), ends: at(4, '15:20'), at: ago(90) };
const lost = { reason: '体育馆的看台临时检修', at: ago(40) };
const off = '主讲老师去外地参加比赛';

const makes: Record<string, Make> = {
  'event-waits': (opened) => {
    const opens = `2026-11-23T10:24:42+08:00[${ZONE}]`;
    return { ...opened, open_now: false, turns: '2026-11-23T02:24:42Z', line: { ...opened.line, opens, open_now: false } };
  },
  'event-displaced': (opened) =>
    withMine(opened, [mine({ session: { ...second, capacity: 2, used: 2, open_seats: 0 }, adults: 3, size: 3, state: { is: 'displaced', instead: [third] }, may_withdraw: false, may_change: false, put_back: lost })], { may_join: may([some[1], []], [some[2], [tong!.id]]), seats_left: 4 }),
  'event-released': (opened) => withMine(opened, [mine({ session: sessionAt(1, 58, 0, -1), state: { is: 'released' }, released: ago(25), may_withdraw: false, may_change: false })]),
  'event-after': (opened) => withMine(opened, [mine({ session: sessionAt(1, 58, 0, -4), certificate: true, may_withdraw: false, may_change: false })]),
  'event-came': (opened) => withMine(opened, [mine({ session: { ...second, begun: true }, adults: 1, size: 2, came: { people: 2, gate_name: '北门', at: ago(12), left: false }, may_withdraw: false, may_change: false })]),
  'event-moved': (opened) =>
    withMine(opened, [mine({ session: { ...second, moved }, moved, venue_was: { venue: '操场', held_in: null, at: ago(90) }, answers: [{ question: '来校方式', answer: '自驾' }, { question: '车牌号', answer: '渝A 12345' }, { question: '备注', answer: '' }] })], {
      may_join: may([some[1], ['own-2']]),
      venue_was: { venue: '操场', held_in: null, at: ago(90) },
      line: { ...opened.line, sessions: [first, { ...second, moved }, third] },
    }),
  'event-off': (opened) =>
    withMine(opened, [mine({ session: { ...second, cancelled: off, open_seats: 0 }, state: { is: 'cancelled', reason: off, instead: [third] }, may_withdraw: false, may_change: false })], {
      may_join: may([some[0], both], [some[2], both]),
      line: { ...opened.line, sessions: [{ ...first, eligible: [own[1]!.class!] }, { ...second, cancelled: off, open_seats: 0 }, third] },
    }),
  'event-back': (opened) =>
    withMine(opened, [mine({ session: { ...second, capacity: 58, used: 56, open_seats: 0, waiting: 1 }, adults: 3, size: 3, state: { is: 'waitlisted', place: 1 }, put_back: lost })], { may_join: may([some[1], ['own-2']]), seats_left: 1 }),
  'event-series': (opened) =>
    withMine(opened, [mine({ answers: [{ question: '来校方式', answer: '步行' }] })], {
      child_limit: 3,
      family_limit: 12,
      seats_left: 11,
      questions: familyQuestions,
      may_join: may([some[0], both], [some[1], ['own-2']], [some[2], both]),
      line: { ...opened.line, sessions: [{ ...first, eligible: [own[1]!.class!] }, second, { ...third, moved }] },
    }),
  // On the other campus ten minutes later; and a session for who was never there.
  'event-far': (opened) => ({
    ...opened,
    clashes: [{ session: some[1], with: '食堂陪餐', at: at(4, '10:30'), too_far: true }],
    may_join: may([some[0], both], [some[1], both], [some[2], []]),
    line: { ...opened.line, sessions: [{ ...first, used: 52, waiting: 0, open_seats: 8 }, second, { ...third, eligible: [own[1]!.class!], first_timers: true }] },
  }),
  // Seats that are kept: for this family, and for others.
  'event-held': (opened) => ({
    ...opened,
    line: {
      ...opened.line,
      sessions: [
        { ...first, used: 40, waiting: 0, open_seats: 15, holds: [held('siblings', 8, 5, true), held('staff', 5, 5, false)] },
        { ...second, used: 55, waiting: 0, open_seats: 0, holds: [{ ...held('places', 5, 5, false), places: [own[1]!.class!] }] },
        third,
      ],
    },
  }),
  // One amount for all sessions.
  'event-shared': (opened) => ({ ...opened, line: { ...opened.line, sessions: shared } }),
  'event-changing': (opened) => withMine(opened, [mine({ pending: { act: 'change-booking', state: { is: 'sent' }, party: { children: both, adults: 2 } } }), mine({ id: 'booking-0009', session: third, children: [own[1]!], adults: 2, size: 2, pending: { act: 'change-booking', state: { is: 'refused', refusal: { code: 'full' } }, party: { children: both, adults: 4 } } })], { seats_left: 1, may_join: may([some[1], []]) }),
};

/** One of the events above, as this family has it. */
export function signUpOf(given: School, event: string): EventOpened | undefined {
  return makes[event]?.(openedOf(given, false));
}
