// Who there is at the invented school, and how its lists are made as long as a picture needs them.
import type { BookingIs, BookingView, Calls, ChildName, DrawFault, Fault, GuardianName, HatView, LineState, Me, NoticePreviewed, PlaceName, ProfileStanding, Relation, SessionFill } from '../../src/lib/bindings';
import type { Hostile } from './hostile';

export type Role = 'parent' | 'teacher' | 'coordinator' | 'administrator' | 'head' | 'counsellor';
/** Nothing, one of each, as on a usual day, or as many as a school of 2,400 can bring. */
export type Size = 0 | 1 | 'some' | 'many';

export interface School {
  /** Whoever looks may only read in conversations. */
  stopped?: boolean;
  /** Whoever looks only reads along in the conversation. */
  along?: boolean;
  role: Role;
  size: Size;
  /** Today has meetings with the school, and somebody asks the family to come. */
  meets?: boolean;
  /** Today asks whether the family comes to shifts, and its class has turns to fill. */
  helps?: boolean;
  /** It was restored from a backup, and has lost hours. */
  restored?: boolean;
  standing?: Exclude<ProfileStanding['is'], 'ready'>;
  line?: LineState;
  /** Things done here that did not work out. */
  failed?: boolean;
  /** What is on: alerts, an exercise, an all-clear. */
  alert?: 'actual' | 'exercise' | 'clear' | 'two';
  /** What is composed goes to the whole school: who else could agree to it. */
  approvers?: NoticePreviewed['approvers'];
  /** What does not agree as a draw is worked out again. */
  differs?: DrawFault;
  /** What was being written, by its key. */
  drafts?: Record<string, string>;
  /** Everybody who wrote something meant harm. */
  hostile?: Hostile;
  /** Where among what they write this scene begins. */
  from?: number;
  /** How it stands with the gate of this computer; without it there is nothing to check in to. */
  gate?: 'here' | 'fresh' | 'conflict' | 'before' | 'pending' | 'refused' | 'revoked' | 'not-set-up' | 'empty' | 'several' | 'none';
  /** There are holidays, and weekends worked for them, in the days that are looked at: these are made up. */
  festive?: boolean;
  /** Asks that fail, and how. */
  faults?: Partial<Record<keyof Calls, Fault>>;
}

/** Monday, 23 November 2026, 10:24 at the school. */
export const NOW = '2026-11-23T02:24:00Z';
export const ZONE = 'Asia/Shanghai';
export const LONG = '家长开放日“牵手同前行，相遇见美好”';

export const at = (day: number, time: string) => {
  const date = new Date(Date.UTC(2026, 10, 23 + day)).toISOString().slice(0, 10);
  return `${date}T${time}:00+08:00[${ZONE}]`;
};
export const ago = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
export const id = (kind: string, n: number) => `${kind}-${String(n).padStart(4, '0')}`;
export const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;
export const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
export const count = (size: Size, some: number, many: number) => (size === 'some' ? some : size === 'many' ? many : size);

export const school: PlaceName = { id: 'school', level: 'school', name: '江畔实验小学', grade: null, number: null };
export const campuses: PlaceName[] = ['本部', '东校区'].map((name, n) => ({ id: id('campus', n), level: 'campus', name, grade: null, number: null }));
export const classAt = (n: number): PlaceName => ({
  id: id('class', n),
  level: 'class',
  name: n < 30 ? '本部' : '东校区',
  grade: (Math.floor(n / 5) % 6) + 1,
  number: (n % 5) + 1,
});
export const gradeAt = (n: number): PlaceName => ({ id: id('grade', n), level: 'grade', name: n < 6 ? '本部' : '东校区', grade: (n % 6) + 1, number: null });
export const home = classAt(11);

export const children = ['李雨桐', '陈契', '阿依古丽·买买提江', '欧阳一诺', '王梓萱', '赵子涵', '何𬀪', '张艺馨', '刘宇轩', '周沐晨', '诸葛明远', '孙宁'];
export const adults = ['刘芳', '陈志远', '买买提·吐尔逊', '欧阳文', '王磊', '赵倩', '何静', '张晓梅', '刘建军', '周敏', '诸葛青', '孙丽华'];
export const relations: readonly Relation[] = ['mother', 'father', 'paternal-grandmother', 'maternal-grandfather', 'mother', 'other'];

export const childAt = (n: number, place: PlaceName | null = home): ChildName => ({
  id: id('child', n),
  name: pick(children, n),
  tail: n % 12 === 3 ? String(410 + n) : '',
  class: place,
});
export const guardianAt = (n: number, decides = true): GuardianName => ({ id: id('person', n), name: pick(adults, n), relation: pick(relations, n), decides });
export const own: ChildName[] = [
  { id: 'own-1', name: '李雨桐', tail: '', class: home },
  { id: 'own-2', name: '李雨辰', tail: '', class: classAt(31) },
];

export function hatsOf(role: Role, size: Size): HatView[] {
  const family = size === 0 ? [] : size === 1 ? own.slice(0, 1) : own;
  const guardian: HatView = { hat: { is: 'guardian' }, kind: null, title: '', place: null, children: family };
  const staff = (kind: HatView['kind'], title: string, place: PlaceName): HatView => ({ hat: { is: 'staff', role: kind ?? '' }, kind, title, place, children: [] });
  if (role === 'parent') return [guardian];
  if (role === 'teacher') return [staff('class-teacher', '', home), guardian];
  if (role === 'coordinator') return [staff('coordinator', '活动协调员', campuses[1]!)];
  if (role === 'head') return [staff('head', '校长', school)];
  if (role === 'counsellor') return [staff('counsellor', '心理教师', school)];
  return [staff('administrator', '', school)];
}

export function meOf({ role, size }: School): Me {
  const names: Record<Role, string> = { parent: '李建国', teacher: '张晓梅', coordinator: '周敏', administrator: '何静', head: '熊立新', counsellor: '苏婉' };
  const hats = hatsOf(role, size);
  return { person: 'me', name: names[role], school: school.name, zone: ZONE, year: 2026, hats, hat: hats[0]!.hat, quiet: { from: '22:00:00', until: '06:30:00' }, quiet_staff: { from: '19:00:00', until: '07:00:00' }, hold_s: 120, travel_min: 30, sets_quiet: role === 'administrator', office_hours: role === 'teacher' ? { from: '08:00:00', until: '17:30:00' } : null, keeps_office_hours: role === 'teacher' || role === 'coordinator', arriving: false };
}

export const sessionAt = (n: number, used = 58, waiting = 0, day = 4): SessionFill => ({
  id: id('session', n),
  name: `第 ${n + 1} 场`,
  starts: at(day, `${String(8 + n).padStart(2, '0')}:30`),
  ends: at(day, `${String(9 + n).padStart(2, '0')}:20`),
  capacity: 60,
  used,
  waiting,
  open_seats: day < 0 || waiting > 0 ? 0 : Math.max(0, 60 - used),
  begun: day < 0,
  pool: null,
  cancelled: null,
  moved: null,
  held_in: null,
  eligible: [],
  first_timers: false,
  holds: [],
});
export const sessions = (day = 4) => [sessionAt(0, 60, 14, day), sessionAt(1, 58, 0, day), sessionAt(2, 41, 0, day)];

export const stateAt = (n: number): BookingIs =>
  pick<BookingIs>([{ is: 'confirmed' }, { is: 'confirmed' }, { is: 'waitlisted', place: 2 }, { is: 'offered', until: at(0, '20:00') }, { is: 'saved' }, { is: 'sent' }, { is: 'withdrawn' }, { is: 'confirmed' }], n);
export const booking = (n: number, state: BookingIs, title = LONG): BookingView => ({
  id: id('booking', n),
  event: 'event-0000',
  title,
  session: sessionAt(n % 3, 58, 0, 4 + n),
  children: [pick(own, n)],
  adults: 1,
  size: 2,
  state,
  entered: null,
  withdraw_until: at(3 + n, '20:00'),
  may_withdraw: true,
  may_change: true,
  came: null,
  released: null,
  certificate: false,
  answers: [],
  put_back: null,
  moved: null,
  venue_was: null,
  wishes: [],
  misses: null,
  drawn: null,
  pending: null,
});
