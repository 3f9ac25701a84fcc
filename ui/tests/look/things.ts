// Events, shifts, classes, files: as few or as many as are asked for.
import type { AudienceName, Calls, ChangeLine, ChangeSort, ClassChild, ClassLine, DeskBooking, EventLine, EventOpened, FaultLine, Look, NoticePreviewed, OutboxItem, PlaceName, PostView, RecipientView, RosterShift, ShiftLine, Strip, Target } from '../../src/lib/bindings';
import { hall, pond } from './venues';
import { LONG, adults, ago, at, booking, campuses, childAt, children, classAt, count, guardianAt, id, own, pick, relations, sessionAt, sessions, stateAt, times, type Role, type School, type Size } from './people';
import { askingAt, postAt, volunteeredAt } from './volunteering';
import { askedAt } from './asked-people';

/** A class was chosen; of a few families a child of another class too, by itself. */
function familyAt(n: number, place: PlaceName): RecipientView {
  const one: RecipientView = { children: [childAt(n, place)], guardians: [guardianAt(n)], because: [{ is: 'place', place }] };
  if (n % 12 !== 1) return one;
  return { children: [...one.children, childAt(n + 6, classAt(31))], guardians: [...one.guardians, guardianAt(n + 5)], because: [...one.because, { is: 'child' }] };
}

/** Without those who were left out. */
export function previewWithout({ list, ...rest }: NoticePreviewed, except: readonly Target[]): NoticePreviewed {
  const out = new Set(except.map(({ id }) => id));
  const stays = list.filter(({ children }) => children.every((child) => !out.has(child.id) && !out.has(child.class?.id ?? '')));
  return { ...rest, list: stays, families: stays.length };
}

export function previewOf(size: Size): NoticePreviewed {
  const families = count(size, 42, 2_000);
  const why = (n: number) => pick(['not-joined', 'cannot-receive', 'on-paper'] as const, n);
  return {
    families,
    children: families + 3,
    both: Math.floor(families / 8),
    list: times(families, (n) => familyAt(n, classAt(11 + Math.floor(n / 40)))),
    no_family: [],
    unreached: times(count(size, 3, 140), (n) => ({ child: childAt(n + 1), guardian: n % 4 === 3 ? null : guardianAt(n + 1), why: why(n) })),
    left_out: times(count(size, 2, 60), (n) => ({ child: childAt(n + 4), guardian: guardianAt(n + 4), why: why(n + 1) })),
    noise: { today: 1, class: classAt(11) },
    goes_out: size === 1 ? at(1, '06:30') : ago(-2),
    quiet_until: size === 1 ? at(1, '06:30') : null,
    approvers: null,
    as_of: size === 1 ? ago(90) : null,
  };
}

/** What a coordinator may choose beside places. */
export const activities: AudienceName[] = [
  { is: 'event', event: 'event-0000', title: LONG, session: null, who: 'comes', except: false },
  { is: 'event', event: 'event-0000', title: LONG, session: { id: 'session-0001', name: '第 2 场 求真课堂', starts: at(4, '10:20') }, who: 'comes', except: false },
  { is: 'event', event: 'event-0000', title: LONG, session: null, who: 'waits', except: false },
  { is: 'post', post: 'post-0000', title: '护学岗，东门', shift: null, except: false },
];

/** To who comes to an event, and to who took shifts: some of them colleagues. */
export function previewOfPart(size: Size): NoticePreviewed {
  const { list, ...rest } = previewOf(size);
  const comes = (n: number) => ({ is: 'event' as const, title: LONG, session: { id: id('session', n % 3), name: `第 ${(n % 3) + 1} 场`, starts: at(4, pick(['08:40', '10:20', '14:30'], n)) }, who: n % 11 === 10 ? ('waits' as const) : ('comes' as const) });
  const helps = { is: 'post' as const, title: '护学岗，东门', shift: { id: id('shift', 1), starts: at(1, '07:40'), ends: at(1, '08:20') } };
  return { ...rest, list: list.map((one, n) => ({ ...one, because: n % 9 === 8 ? [helps] : [comes(n)] })), no_family: size === 0 ? [] : ['刘伟', '陈静'] };
}

export function eventAt(n: number, role: Role): EventLine {
  const day = n < 8 ? 4 + n : 4 - n;
  const desk = role === 'coordinator';
  const mine = role === 'parent' && n % 3 !== 0 ? [booking(n, stateAt(n))] : [];
  return {
    id: id('event', n),
    title: pick([LONG, '菁菁读书堂', '新‘心’相印，‘育’见美好', '冬季运动会亲子接力'], n),
    programme: pick(['家长开放日', '', '主题模板 2026 秋'], n),
    tags: pick([['六大工程', '五项创新'], [], ['六位一体']], n),
    look: pick<Look>(['red', 'plain', 'gold', 'blue', 'plum', 'green'], n),
    place: pick(campuses, n + 1),
    venue: pick([hall.name, '二楼多功能厅', ''], n),
    held_in: n % 3 === 0 ? hall : null,
    state: n === 5 ? { is: 'cancelled', reason: '当天有暴雨橙色预警', at: ago(90) } : { is: 'published' },
    starts: at(day, '08:30'),
    ends: at(day, '11:20'),
    opens: n === 2 ? at(2, '19:00') : at(-3, '19:00'),
    closes: n === 0 ? at(0, '20:00') : at(n === 2 ? 3 : 1, '20:00'),
    open_now: n !== 2 && n !== 5 && n < 8,
    sessions: sessions(day).slice(0, n % 2 ? 1 : 3),
    mine,
    eligible: role === 'parent' ? own : [],
    desk,
    draw: null,
  };
}

export const openedOf = ({ role, size }: School, booked: boolean): EventOpened => ({
  line: { ...eventAt(0, role), sessions: sessions(4).map((session, n) => (n === 2 ? { ...session, held_in: pond } : session)), mine: booked ? [booking(0, { is: 'confirmed' }), booking(1, { is: 'offered', until: at(0, '20:00') }), booking(2, { is: 'refused', refusal: { code: 'full' }, instead: [sessionAt(2, 41)] })] : [] },
  about: size === 0 ? '' : '请家长提前十分钟从东门入校，凭报名成功的名字签到。\n' + '每个家庭最多两位家长。孩子在教室上课，家长在教室后排听课，课后与班主任交流。'.repeat(size === 'many' ? 6 : 1),
  seat_rule: 'adults',
  family_limit: 4,
  child_limit: 1,
  child_seats: null,
  questions: [],
  waitlist: true,
  version: 0,
  theme: role === 'coordinator' ? id('theme', 0) : null,
  lesson: null,
  course: null,
  venue_was: null,
  may_join: sessions().map((session) => ({ session: session.id, children: role === 'parent' && !booked ? own.map((child) => child.id) : [] })),
  withdraw_until: at(3, '20:00'),
  for_whom: size === 'many' ? times(18, classAt) : [classAt(30), classAt(31)],
  clashes: [{ session: 'session-0001', with: '雨辰 放学', at: at(4, '09:40'), too_far: false }],
  open_now: true,
  seats_left: booked ? 0 : 4,
  pending: null,
  most_adults: 6,
  turns: null,
});

export const deskBooking = (n: number): DeskBooking => ({
  id: id('desk', n),
  session: id('session', n % 3),
  children: n % 9 === 5 ? [childAt(n, classAt(30)), childAt(n + 1, classAt(30))] : [childAt(n, classAt(30 + (n % 20)))],
  guardian: guardianAt(n, n % 6 !== 4),
  entered: n % 8 === 3 ? { by: '周敏', note: '电话 10:12' } : null,
  adults: 1 + (n % 2),
  size: 1 + (n % 2),
  at: ago(60 * 24 * 3 - (n < 24 ? n * 170 : n * 2)),
  state: stateAt(n),
  answers: [],
  put_back: null,
  may_change: ['confirmed', 'waitlisted', 'offered'].includes(stateAt(n).is),
  wishes: [],
  misses: null,
  drawn: null,
});

export const shiftAt = (n: number, mine = false, role = 'coordinator'): ShiftLine => ({
  id: id('shift', n),
  post: id('post', n % 4),
  title: pick(['“我是小交警”护学岗 东门', '食堂陪餐', '图书馆整理', '放学护送队 南门至滨江路口公交站'], n),
  about: n % 3 ? '' : '请穿反光背心，提前五分钟到。',
  meeting_point: pick(['东门保安室', ''], n),
  programme: pick(['护学岗', ''], n),
  place: pick(campuses, n + 1),
  starts: at(Math.floor(n / 3), pick(['07:30', '11:40', '15:30'], n)),
  ends: at(Math.floor(n / 3), pick(['08:10', '12:30', '16:20'], n)),
  needed: 4,
  taken: n % 5,
  mine,
  entered: mine && n % 3 === 1 ? { by: '周敏', note: '爸爸来电' } : null,
  pending: n === 4 ? { is: 'saved' } : null,
  turns: [],
  opens: null,
  clash: n === 5 ? '雨桐 新‘心’相印，第 2 场' : null,
  ...volunteeredAt(n, mine, role),
});

export const rosterShift = (n: number): RosterShift => ({
  line: { ...shiftAt(n), starts: at(n % 5, '07:30'), ends: at(n % 5, '08:10'), taken: n % 5 > 3 ? 3 : n % 5 },
  people: times(n % 5 > 3 ? 3 : n % 5, (k) => ({ person: id('person', n * 3 + k), name: pick(adults, n + k), of: [`${pick(children, n + k)}${k % 2 ? '爸爸' : '妈妈'}`], guest: null, entered: k === 2 ? { by: '周敏', note: '妈妈来电' } : null, lacks: k === 1 ? ['健康证'] : [], pending: null, offer: null, reason: '', trouble: n === 2 && k === 0 ? { code: 'shift-clash', with: 'other' } : null, still_comes: n % 5 === 2 ? k === 0 : null })),
  asking: askingAt(n),
  ...askedAt(n),
});
export const postsOf = (size: Size): PostView[] =>
  times(count(size, 4, 40), (p) => ({ id: id('post', p), title: shiftAt(p).title, place: campuses[1]!, ...postAt(p), shifts: times(size === 1 ? 1 : 5, (n) => rosterShift(p * 5 + n)) }));

export const lineAt = (n: number): ClassLine => ({ place: classAt(n), teacher: n % 7 === 6 ? '' : pick(adults, n), children: 42, guardians: 80, joined: (n * 17) % 81, undecided: n % 11 === 4 ? 2 : 0 });
export const classChild = (n: number): ClassChild => ({
  child: childAt(n),
  number: String(n + 1).padStart(2, '0'),
  sex: n % 2 ? '男' : '女',
  guardians: n === 7 ? [] : times(n % 4 === 1 ? 4 : 2, (k) => ({
    link: id('link', n * 10 + k),
    person: id('person', n * 3 + k),
    name: pick(adults, n + k),
    relation: pick(relations, n + k),
    state: pick(['joined', 'not-joined', 'on-paper', 'ask-office'] as const, n + k),
    rights: k === 0 ? ['messages', 'decide', 'records', 'pick-up'] : k === 1 ? ['messages'] : [],
    barred: k === 3,
  })),
});

export const modules = times(29, (y) => times(29, (x) => (x < 7 && y < 7) || (x > 21 && y < 7) || (x < 7 && y > 21) || (x * 7 + y * 13 + x * y) % 3 === 0));
export const stripAt = (n: number): Strip => ({
  invite: {
    person: id('person', n),
    person_name: pick(adults, n),
    children: times(n % 3 === 1 ? 2 : 1, (k) => ({ child: id('child', n + k), name: pick(children, n + k), relation: pick(relations, n) })),
    code: '7K2M-QXRT-9ABC',
    link: 'xinmei://join?at=school.example:8443&pin=abc&code=7K2M-QXRT-9ABC',
    address: 'school.example:8443',
    expires: at(14, '20:00'),
  },
  qr: modules,
});

export function outboxOf(size: Size): OutboxItem[] {
  const acts = ['sign-up', 'answer', 'take-shift', 'send-notice', 'withdraw'];
  return times(count(size, 5, 2_000), (n) => ({
    mutation: id('mutation', n),
    about: { act: pick(acts, n), title: pick(['菁菁读书堂', LONG, '“我是小交警”护学岗 东门'], n), children: n % 3 === 2 ? [] : ['李雨桐', '李雨辰'].slice(0, 1 + (n % 2)), people: n % 5 === 0 ? 2 : 0, text: n === 3 ? '请穿校服，七点半在东门集合。' : '' },
    state: n === 1 && size !== 1 ? { is: 'refused', refusal: { code: 'full' } } : n === 3 ? { is: 'unreadable' } : n === 4 ? { is: 'parked', code: 'too-large' } : n % 4 === 2 ? { is: 'sent' } : { is: 'saved' },
    composed: ago(4 + n),
    upload: n === 8 ? { files: 3, there: 1, percent: 42 } : null,
  }));
}

/** What the school did not take, of each noun; and a no that nothing but the outbox keeps. */
export function failedOf(): OutboxItem[] {
  const made: [string, string, string[], number, string, OutboxItem['state']][] = [
    ['sign-up', LONG, ['李雨桐'], 2, '', { is: 'parked', code: 'broken' }],
    ['answer', '周三放学改到 15:40', ['李雨桐', '李雨辰'], 0, '', { is: 'parked', code: 'number-reused' }],
    ['take-shift', '“我是小交警”护学岗 东门', [], 0, '', { is: 'parked', code: 'body' }],
    ['send-notice', '冬季校服尺码登记', [], 0, '请在周五前填好身高和体重。', { is: 'parked', code: 'too-large' }],
    ['set-capacity', LONG, [], 0, '', { is: 'refused', refusal: { code: 'seats-held', used: 58 } }],
    ['set-rights', '陈志远', ['李雨桐'], 0, '', { is: 'parked', code: 'malformed' }],
    ['decide-remarks', '仅母亲可接', ['李雨桐'], 0, '', { is: 'parked', code: 'of-a-newer-school' }],
  ];
  return made.map(([act, title, children, people, text, state], n) => ({ mutation: id('failed', n), about: { act, title, children, people, text }, state, composed: ago(4 + n), upload: null }));
}

export const codes = ['duplicate-number', 'bad-phone', 'unknown-relation', 'bad-class', 'scientific-notation', 'no-guardian', 'missing', 'unknown-sex'];
export function importOf(size: Size): Calls['import.preview']['reply'] {
  const sorts: ChangeSort[] = ['new', 'changed', 'moved', 'left', 'staff'];
  const many = count(size, 6, 500);
  const change = (sort: ChangeSort) => (n: number): ChangeLine => ({ sort, name: pick(children, n), number: String(20260100 + n), was: sort === 'new' ? '' : '本部三年级2班', now: sort === 'left' ? '' : '本部三年级3班；刘芳 妈妈 138 0000 0000' });
  const faults = times(count(size, 9, 2_000), (n): FaultLine => ({ sheet: pick(['三年级学生名单', '四年级'], n), line: 3 + n, column: pick(['学号', '家长1电话', '与学生关系'], n), code: pick(codes, n), value: pick(['20260101', '1380000', '表姐', '三（2）'], n), hint: n % 3 === 1 }));
  return {
    id: 'import-1',
    name: '2026 秋季学生名册（校办 11 月 20 日定稿）.xlsx',
    year: 2026,
    counts: { new: many, changed: many, moved: many, left: many, unchanged: 2_310, staff: many, staff_left: many, faulty: faults.length, unidentified: size === 1 ? 3 : 0 },
    faults,
    changes: sorts.flatMap((sort) => times(many, change(sort))),
    remarks: times(count(size, 2, 120), (n) => ({ text: pick(['父母离异，由外婆接送', '仅母亲可接'], n) + (n > 1 ? ` ${n}` : ''), children: 3 })),
  };
}
