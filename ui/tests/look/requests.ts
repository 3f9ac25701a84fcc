// Leave and pick-ups: what a family asked, what waits for its class teacher, and the day's list.
import type { AbsentView, DayList, DayPart, PickUpView, Requests, RequestState, RequestView, Wanted } from '../../src/lib/bindings';
import { adults, ago, at, childAt, classAt, count, home, hatsOf, id, own, pick, times, type School } from './people';

const dayAt = (n: number) => at(n, '00:00').slice(0, 10);
const REASONS = ['发烧', '看医生', '家里有事', '昨晚开始咳嗽、发烧到 38.5 度，上午带去儿童医院，如果没有大碍下午就回学校，作业请同学带回来'];
const PARTS: readonly DayPart[] = ['whole-day', 'morning', 'afternoon'];
const FETCHERS = [
  { by: '王建国', relation: '外公', phone: '13800000000' },
  { by: '赵敏', relation: '邻居', phone: '' },
  { by: '阿依古丽·买买提江', relation: '小姨', phone: '13900000000' },
];
export const leave = (from: number, to = from, part: DayPart = 'whole-day', reason = '发烧'): Wanted => ({ is: 'leave', from: dayAt(from), to: dayAt(to), part, reason });
export const pickUp = (day: number, time = '16:10', n = 0): Wanted => ({ is: 'pick-up', ...pick(FETCHERS, n), at: at(day, time) });

export const request = (n: number, wanted: Wanted, more: Partial<RequestView> = {}): RequestView => ({
  id: id('request', n),
  child: own[0]!,
  wanted,
  guardian: '李建国',
  entered: null,
  state: { is: 'open' },
  at: ago(12 + n * 70),
  over: false,
  may_answer: false,
  may_withdraw: false,
  pending: null,
  ...more,
});
const said = (is: 'agreed' | 'declined', n: number, note = ''): RequestState => ({ is, by: '张晓梅', note, at: ago(10 + n * 70) });

/** Every state a family finds one in. */
export const familyRequests: readonly RequestView[] = [
  request(0, leave(0), { may_withdraw: true }),
  request(1, pickUp(0), { pending: { is: 'saved' } }),
  request(2, leave(1, 3, 'whole-day', '家里有事'), { child: own[1]!, pending: { is: 'sent' } }),
  request(3, pickUp(1, '15:40', 1), { state: said('agreed', 3), may_withdraw: true, guardian: '刘芳' }),
  request(4, leave(2, 2, 'afternoon', '看医生'), { state: said('agreed', 4, '好好休息，作业不急'), may_withdraw: true, entered: { by: '张晓梅', note: '妈妈来电' } }),
  request(5, leave(0, 0, 'morning'), { state: { is: 'withdrawn', at: ago(30) }, pending: { is: 'saved' } }),
  request(6, pickUp(3, '16:10', 2), { state: said('declined', 6, '这一天是秋游，统一在南门接，请看通知') }),
  request(7, leave(-4, -3), { state: said('agreed', 7), over: true }),
  request(8, leave(-9, -9, 'morning', '看医生'), { state: { is: 'withdrawn', at: ago(9_000) }, over: true }),
  request(9, pickUp(2), { state: { is: 'revoked', at: ago(60) } }),
  request(10, pickUp(-2), { over: true }),
  request(11, pickUp(1), { state: said('agreed', 3), may_withdraw: true, pending: { is: 'refused', refusal: { code: 'request-gone' } } }),
  // The school did not take it: told above the list.
  request(12, leave(5), { guardian: '', pending: { is: 'refused', refusal: { code: 'too-many', field: 'requests', limit: 20 } } }),
];

/** What families of the class ask: the odd ones are to be fetched. */
const wantedAt = (n: number): Wanted => (n % 3 === 2 ? pickUp(n % 4, pick(['15:40', '16:10', '17:20'], n), n) : leave((n % 9) - 2, (n % 9) - 2 + (n % 4 === 3 ? 3 : 0), n % 4 === 3 ? 'whole-day' : pick(PARTS, n), pick(REASONS, n)));
export const waitingAt = (n: number): RequestView =>
  request(n, n === 0 ? leave(0) : wantedAt(n), { child: childAt(n), guardian: pick(adults, n), may_answer: true, entered: n === 3 ? { by: '周敏', note: '爸爸来电' } : null, pending: n === 2 ? { is: 'refused', refusal: { code: 'pick-up-barred' } } : null });
const STATES: readonly ((n: number) => Partial<RequestView>)[] = [
  (n) => ({ state: said('agreed', n), pending: { is: 'saved' } }),
  (n) => ({ state: said('agreed', n) }),
  (n) => ({ state: said('declined', n, '请走大门，不走后门') }),
  (n) => ({ state: said('agreed', n, '好好休息'), over: true }),
  () => ({ state: { is: 'withdrawn', at: ago(40) } }),
  () => ({ state: { is: 'revoked', at: ago(40) } }),
];
const answeredAt = (n: number): RequestView => request(n, wantedAt(n), { child: childAt((n + 10) % 12), guardian: pick(adults, n + 5), ...pick(STATES, n)(n) });

export function requestsOf({ role, size }: School): Requests {
  if (role === 'parent') {
    const { children } = hatsOf(role, size)[0]!;
    const mine = (one: RequestView) => children.some((child) => child.id === one.child.id);
    const requests = times(count(size, familyRequests.length, 200), (n) => ({ ...pick(familyRequests, n), id: id('request', n) }));
    return { requests: requests.filter(mine), children };
  }
  if (role !== 'teacher') return { requests: [], children: [] };
  const waiting = times(count(size, 4, 60), waitingAt);
  return { requests: [...waiting, ...times(count(size, 7, 200), (n) => answeredAt(n + waiting.length))], children: [] };
}

const absentAt = (n: number, wide: boolean): AbsentView => ({
  child: childAt(n, wide ? classAt(Math.floor(n / 3)) : home),
  from: dayAt(n % 4 === 1 ? -1 : 0),
  to: dayAt(n % 4 === 1 ? 2 : 0),
  part: n % 4 === 1 ? 'whole-day' : pick(PARTS, n),
});
const fetchAt = (n: number): PickUpView => ({ child: childAt(n, classAt(n % 30)), ...pick(FETCHERS, n), at: at(0, pick(['11:40', '15:40', '16:10'], Math.floor(n / 3))), agreed_by: pick(['张晓梅', '王静'], n) });

export const absentOf = ({ role, size }: School): AbsentView[] => times(count(size, role === 'teacher' ? 3 : 9, role === 'teacher' ? 40 : 180), (n) => absentAt(n, role !== 'teacher'));

export function dayListOf(school: School, day: string | null): DayList {
  const gate = school.role === 'coordinator';
  const today = day === null || day === dayAt(0);
  return {
    day: day ?? dayAt(0),
    absent: today ? absentOf(school) : [],
    pick_ups: today && gate ? times(count(school.size, 6, 120), fetchAt).toSorted((a, b) => a.at.localeCompare(b.at)) : [],
    sees_pick_ups: gate,
  };
}
