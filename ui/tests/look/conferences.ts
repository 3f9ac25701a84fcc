// A conference day on two campuses, and the guidance station: what a family, a teacher and the desk find there.
import type { ChildName, AskedChild, ConferenceDeskView, ConferenceLine, ConferenceOpened, ConferencePlan, ConferencePlanned, Conferences, DaySlot, MeetingIs, MeetingView, MyConference, OfferPreview, OfferTimes, OfferView, PlannedMeeting, PleaseComeView, SlotView, TeacherOffer } from '../../src/lib/bindings';
import { toZoned, parseDateTime } from '@internationalized/date';
import { ago, at, campuses, childAt, count, id, own, pick, school as whole, times, ZONE, type School } from './people';

const [tong, chen] = own as [(typeof own)[0], (typeof own)[0]];
const [west, east] = campuses as [(typeof campuses)[0], (typeof campuses)[0]];
/** Saturday, 5 December. */
const DAY = 12;
const hour = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const staff = [
  { person: 'person-zhang', name: '张晓梅', role: 'class-teacher' as const, place: west, room: '教学楼 203' },
  { person: 'person-wang', name: '王静', role: 'subject-teacher' as const, place: west, room: '教学楼 305' },
  { person: 'person-luo', name: '罗文', role: 'class-teacher' as const, place: east, room: '' },
  { person: 'person-chen', name: '陈思远', role: 'subject-teacher' as const, place: east, room: '东楼 102 英语教室' },
];
const counsellor = { person: 'person-su', name: '苏婉', role: 'counsellor' as const, place: west, room: '心语小屋' };

const slotsOf = (teacher: (typeof staff)[0] | typeof counsellor, offer: string, from: number, each: number, many: number, day = DAY): SlotView[] =>
  times(many, (n) => ({ offer, starts: at(day, hour(from + n * each)), ends: at(day, hour(from + n * each + each)), room: teacher.room, place: teacher.place, state: n % 3 === 1 ? 'taken' : 'free', clash: n === 6 ? { with: '“我是小交警”护学岗', too_far: false } : null }));

export const asks: PleaseComeView = { conference: 'day', child: tong, person: 'person-zhang', person_name: '张晓梅', words: '想和您聊聊雨桐这学期的阅读', at: ago(300) };

export const meeting = (n: number, state: MeetingIs, more: Partial<MeetingView> = {}): MeetingView => ({
  id: id('meeting', n), conference: 'day', kind: 'conference-day', title: '期中家长会面谈日', child: n % 2 ? chen : tong, guardian: 'me', guardian_name: '李建国',
  person: pick(staff, n).person, person_name: pick(staff, n).name, offer: id('offer', n), starts: at(DAY, hour(540 + n * 10)), ends: at(DAY, hour(550 + n * 10)), room: pick(staff, n).room, place: pick(staff, n).place,
  state, entered: null, may_withdraw: state.is === 'booked' || state.is === 'saved' || state.is === 'sent', pending: null, note: null, ...more,
});
const instead = times(3, (n) => ({ offer: 'offer-0003', starts: at(DAY, hour(600 + n * 20)), ends: at(DAY, hour(610 + n * 20)) }));

const NOTE = { text: '雨桐睡前紧张，和换座位有关。商量好：这两周每晚固定九点熄灯，苏老师周四午休再见一次雨桐。', author: '苏婉', at: ago(200), pending: null };
const advice = (state: MeetingIs, more: Partial<MeetingView> = {}) => meeting(20, state, { conference: 'guidance', kind: 'guidance', title: '周三家校共育指导站', person: counsellor.person, person_name: counsellor.name, room: counsellor.room, place: west, starts: at(2, '14:00'), ends: at(2, '14:30'), ...more });

/** Every state a family finds a meeting in. */
export const states: readonly MeetingView[] = [
  meeting(0, { is: 'booked' }),
  meeting(1, { is: 'saved' }),
  meeting(2, { is: 'refused', refusal: { code: 'slot-taken', offer: 'offer-0002', starts: at(DAY, '09:20') }, instead }),
  meeting(3, { is: 'cancelled', reason: '老师临时去外地教研，周一会在“对话”里和您约电话', instead }),
  meeting(4, { is: 'booked' }, { pending: { is: 'saved' }, may_withdraw: false }),
];

export function lineOf(given: School, which = 'day'): ConferenceLine {
  const { role, size } = given;
  const guidance = which === 'guidance';
  const cancelled = which === 'off';
  const mine = role !== 'parent' ? [] : guidance ? [advice({ is: 'booked' }, { note: NOTE, starts: at(-1, '14:00'), ends: at(-1, '14:30'), may_withdraw: false })] : which === 'states' || cancelled ? [...states] : size === 'many' ? [meeting(0, { is: 'booked' })] : [];
  return {
    id: which, kind: guidance ? 'guidance' : 'conference-day', title: guidance ? '周三家校共育指导站' : '期中家长会面谈日', about: guidance ? '孩子睡不好、不想上学、兄弟吵架，都可以来聊。' : '请提前五分钟到教室门口等候。东校区停车位少，建议步行或坐车来。',
    place: whole, state: cancelled ? { is: 'cancelled', reason: '流感高发，改为电话沟通，班主任会和您联系', at: ago(60) } : { is: 'planned' }, opens: which === 'soon' ? at(1, '19:00') : at(-2, '19:00'), closes: at(9, '20:00'), open_now: which !== 'soon' && !cancelled, minutes: guidance ? 30 : 10, version: 3,
    starts: size === 0 ? null : guidance ? at(2, '14:00') : at(DAY, '09:00'), ends: size === 0 ? null : guidance ? at(16, '16:30') : at(DAY, '11:40'), people: size === 0 ? 0 : guidance ? 1 : 4, free: size === 0 ? 0 : 38, mine, please_come: role === 'parent' && !guidance && size !== 0 && !cancelled ? [asks] : [],
    runs: role === 'coordinator' || (guidance && role === 'counsellor'), desk: role === 'coordinator' && !guidance, may_offer: role === 'teacher' || role === 'counsellor', pending: null,
  };
}

export function conferencesOf(given: School): Conferences {
  const { role, size } = given;
  const kinds = ['day', 'guidance', 'soon', 'off', 'states'];
  const conferences = times(count(size, role === 'parent' ? 5 : 4, 60), (n) => ({ ...lineOf(given, pick(kinds, n)), id: n < kinds.length ? pick(kinds, n) : id('conference', n) }));
  return { conferences, day_places: role === 'coordinator' ? campuses : [], guidance_places: role === 'coordinator' || role === 'counsellor' ? [whole] : [], turns: null };
}

const taught = (teacher: (typeof staff)[0], n: number, which: string): TeacherOffer => ({
  person: teacher.person, name: teacher.name, role: teacher.role, please_come: teacher.person === asks.person ? asks : null,
  meeting: which === 'states' && n < 2 ? states[n]! : null,
  slots: n === 3 && which !== 'wide' ? [] : slotsOf(teacher, id('offer', n), 540, 10, 14),
});

export function conferenceOf(given: School, which: string): ConferenceOpened {
  const line = lineOf(given, which);
  const kids = given.size === 1 ? [tong] : [tong, chen];
  const advises: TeacherOffer = { ...counsellor, please_come: null, meeting: null, slots: [2, 9, 16].flatMap((day) => slotsOf(counsellor, id('advice', day), 840, 30, 5, day)) };
  const teachers = (n: number) => (given.size === 0 ? [] : line.kind === 'guidance' ? [advises] : n ? [taught(staff[2]!, 2, which), taught(staff[3]!, 3, which)] : [taught(staff[0]!, 0, which), taught(staff[1]!, 1, which)]);
  return { line, children: kids.map((child, n) => ({ child, teachers: teachers(n) })), most_wishes: 12, most_meetings: 24, turns: null };
}

/** For children of somebody else's, where some are asked for. */
export const conferenceFor = (opened: ConferenceOpened, others: readonly ChildName[]): ConferenceOpened => (others.length ? { ...opened, children: others.map((child, n) => ({ child, teachers: opened.children[n % opened.children.length]?.teachers ?? [] })) } : opened);

/** One after the other, the way between the campuses kept; what is locked stays. Three wishes or more with bounds do not fit. */
export function planned(given: School, asked: ConferencePlan): ConferencePlanned {
  const opened = conferenceOf(given, asked.conference);
  const of = (wish: ConferencePlan['wishes'][0]) => {
    const { child, teachers } = opened.children.find((one) => one.child.id === wish.child)!;
    return { child, teacher: teachers.find((one) => one.person === wish.person)! };
  };
  if (asked.from !== null || asked.until !== null) return { is: 'conflict', wishes: asked.wishes.slice(0, 3).map((wish, n) => ({ child: of(wish).child, person: wish.person, person_name: of(wish).teacher.name, free: n === 0 ? 0 : 2 })) };
  let before: PlannedMeeting | undefined;
  const minutes = (from: string, to: string) => (Date.parse(to.slice(0, 25)) - Date.parse(from.slice(0, 25))) / 60_000;
  const meetings = asked.wishes.flatMap((wish): PlannedMeeting[] => {
    const { child, teacher } = of(wish);
    const lock = asked.locked.find((one) => one.child === wish.child && teacher.slots.some(({ offer, starts }) => offer === one.offer && Date.parse(starts.slice(0, 25)) === Date.parse(one.starts)));
    const fits = ({ starts, place }: SlotView) => !before || minutes(before.ends, starts) >= (before.place.id === place.id ? 0 : 30);
    const slot = teacher.slots.find((one) => (lock ? Date.parse(one.starts.slice(0, 25)) === Date.parse(lock.starts) : one.state === 'free' && !one.clash && fits(one)));
    if (!slot) return [];
    const travels = before !== undefined && before.place.id !== slot.place.id;
    const { offer, starts, ends, room, place } = slot;
    before = { child, person: wish.person, person_name: teacher.name, offer, starts, ends, room, place, gap_min: before ? minutes(before.ends, starts) : null, travels, stays: teacher.meeting?.starts === starts };
    return [before];
  });
  return { is: 'plan', meetings, starts: meetings[0]?.starts ?? null, ends: meetings.at(-1)?.ends ?? null };
}

const timesOf = (day: number, from: string, until: string, minutes: number, more: Partial<OfferTimes> = {}): OfferTimes => ({ place: west.id, room: '教学楼 203', from: at(day, from), until: at(day, until), minutes, buffer: 0, breaks: [], ...more });
const stateAt = (n: number): MeetingIs => (n === 5 ? { is: 'cancelled', reason: '那一刻要开会', instead: [] } : { is: 'booked' });
const slotAt = (from: number, each: number, day: number, guidance: boolean) => (n: number): DaySlot => ({
  starts: at(day, hour(from + n * each)), ends: at(day, hour(from + n * each + each)),
  meeting: n % 3 === 2 && n !== 5 ? null : { ...(guidance ? advice(stateAt(n), { note: n === 0 ? NOTE : null }) : meeting(n, stateAt(n))), id: id('held', n), child: childAt(n), guardian_name: pick(['刘芳', '陈志远', '王磊', '赵倩'], n), entered: n === 3 ? { by: '周敏', note: '奶奶来电' } : null, pending: n === 4 ? { is: 'saved' } : null },
});
export function offerOf(n: number, given: School, guidance = false): OfferView {
  const who = guidance ? counsellor : pick(staff, n);
  const slots = times(guidance ? 5 : given.size === 'many' ? 36 : 8, slotAt(guidance ? 840 : 540, guidance ? 30 : 10, guidance ? 2 : DAY, guidance));
  return { id: id('offer', n), person: who.person, person_name: who.name, role: who.role, place: who.place, times: { ...(guidance ? timesOf(2, '14:00', '16:30', 30) : timesOf(DAY, '09:00', '11:40', 10, { buffer: n % 2 ? 5 : 0 })), room: who.room }, slots, booked: slots.filter((slot) => slot.meeting?.state.is === 'booked').length, pending: n === 2 ? { is: 'sent' } : null };
}
const askedAt = (n: number): AskedChild => ({ child: childAt(n), asked: n === 0 ? '想和您聊聊雨桐这学期的阅读' : n % 5 === 2 ? '' : null, meetings: n === 2 ? [meeting(1, { is: 'booked' }, { guardian_name: '刘芳' }), meeting(2, { is: 'booked' }, { guardian_name: '李建国' })] : [], pending: n === 7 ? { is: 'saved' } : null });

export function mineOf(given: School, which: string): MyConference {
  const guidance = which === 'guidance';
  const line = lineOf(given, which);
  return { line, offers: given.size === 0 ? [] : times(given.size === 1 ? 1 : guidance ? 1 : 2, (n) => offerOf(n * 2, given, guidance)), places: given.size === 1 ? [west] : campuses, children: given.role === 'teacher' && !guidance ? times(count(given.size, 12, 42), askedAt) : [] };
}
export function conferenceDesk(given: School, which: string): ConferenceDeskView {
  return { line: lineOf(given, which), offers: times(count(given.size, 6, 90), (n) => offerOf(n, given)), asked: given.size === 0 ? 0 : 9, asked_booked: 6 };
}

/** What the school's rule would give: one after the other, none over a break. */
export function previewOf({ times: given, offer }: { times: OfferTimes; offer: string | null }): OfferPreview {
  const clock = (zoned: string) => Number(zoned.slice(11, 13)) * 60 + Number(zoned.slice(14, 16));
  const zoned = (minute: number) => toZoned(parseDateTime(`${given.from.slice(0, 10)}T${hour(minute)}`), ZONE).toString();
  const slots: OfferPreview['slots'] = [];
  for (let from = clock(given.from); from + given.minutes <= clock(given.until); ) {
    const pause = given.breaks.find((one) => from < clock(one.until) && from + given.minutes > clock(one.from));
    if (pause) from = clock(pause.until);
    else {
      slots.push({ starts: zoned(from), ends: zoned(from + given.minutes) });
      from += given.minutes + given.buffer;
    }
  }
  return { slots, losing: offer && clock(given.from) > 540 ? [meeting(0, { is: 'booked' }), meeting(1, { is: 'booked' })] : [] };
}
