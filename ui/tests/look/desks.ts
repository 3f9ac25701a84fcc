// A desk where something happened: a session that moved, one that was called off, fewer seats, and questions that were answered.
import type { BookingAnswer, DeskBooking, DeskView, FormField, Losers } from '../../src/lib/bindings';
import { ago, at, campuses, classAt, gradeAt, pick, sessions, times, type School } from './people';
import { deskBooking, openedOf } from './things';

export const CHANGED = 'event-0001';

export const questions: FormField[] = [
  { label: '孩子会晕车吗', value: { is: 'choice', choices: ['不会', '会'] }, required: true },
  { label: '有什么要我们知道的', value: { is: 'text' }, required: false },
];
const answersAt = (n: number): BookingAnswer[] => [
  { question: questions[0]!.label, answer: pick(['不会', '会'], n) },
  { question: questions[1]!.label, answer: pick(['', '会晕车，请安排前排', '对花生过敏，午餐请单独准备，并请带队老师随身带着她书包侧袋里的药', ''], n) },
];

const reason = '体育馆当天要检修，只能坐 24 位家长';
export function changedDesk(given: School): DeskView {
  const opened = openedOf(given, false);
  const [first, second, third] = sessions() as [ReturnType<typeof sessions>[0], ReturnType<typeof sessions>[0], ReturnType<typeof sessions>[0]];
  const all = [
    { ...first, moved: { starts: at(4, '08:00'), ends: at(4, '08:50'), at: ago(60) } },
    { ...second, capacity: 24, used: 24, waiting: 5, open_seats: 0, eligible: [gradeAt(7)] },
    { ...third, open_seats: 0, cancelled: '主讲的老师当天外出，这一场办不成了' },
  ];
  const bookings = times(36, (n): DeskBooking => {
    const one: DeskBooking = { ...deskBooking(n), answers: answersAt(n) };
    if (n % 3 === 2) return { ...one, state: { is: 'cancelled', reason: all[2]!.cancelled!, instead: [] }, may_change: false };
    if (n === 4) return { ...one, state: { is: 'waitlisted', place: 1 }, may_change: true, put_back: { reason, at: ago(40) } };
    if (n === 10) return { ...one, size: 26, adults: 26, state: { is: 'displaced', instead: [] }, may_change: false, put_back: { reason, at: ago(40) } };
    return one;
  });
  return {
    event: { ...opened, version: 3, questions, venue_was: { venue: '报告厅', held_in: null, at: ago(60) }, line: { ...opened.line, id: CHANGED, venue: '体育馆', held_in: null, place: campuses[1]!, sessions: all, mine: [] }, for_whom: [classAt(30), classAt(31), gradeAt(7)] },
    bookings,
    draw: null,
  };
}

/** Fewer than so many seats cost somebody something. */
const HELD = 30;
export function losersOf(capacity: number): Losers {
  if (capacity >= HELD) return { back: [], out: [], painless: HELD };
  return {
    back: times(3, (n) => ({ ...deskBooking(n * 3 + 1), size: 2, state: { is: 'confirmed' } })),
    out: [{ ...deskBooking(12), size: capacity + 1, state: { is: 'waitlisted', place: 3 } }],
    painless: 58,
  };
}
