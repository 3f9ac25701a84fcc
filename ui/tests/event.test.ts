import { beforeEach, describe, expect, it } from 'vitest';
import type { BookingView, ChildName, EventOpened, SessionFill } from '../src/lib/bindings';
import { prefs } from '../src/lib/prefs.svelte';
import { draw, growth, inTab, table } from '../src/screens/event/desk';
import { deciders } from '../src/screens/event/family';
import { freshPlan, isComplete, nextSession, placesWithin, planErrors, toPublish } from '../src/screens/event/plan';
import { bestSession, canChoose, defaults, openSeatsOf, seatsFor, shownOf, joining, timesLeft, changeable, fitted, fewFree, insteadOf } from '../src/screens/event/seats';
import { atWords, cameWords, clashWords, giveBackWords, glued, groupText, lostWords, onlyWords, pendingWords, refusedSentence, releasedWords, said, windowWords } from '../src/screens/event/words';

const zone = 'Asia/Shanghai';
const now = new Date('2026-11-23T10:00:00+08:00');
const east = { id: 'east', level: 'campus' as const, name: '东校区', grade: null, number: null };
const c12 = { id: 'c12', level: 'class' as const, name: '东校区', grade: 1, number: 2 };
const tong: ChildName = { id: 'c1', name: '李雨桐', tail: '', class: c12 };
const chen: ChildName = { id: 'c2', name: '李雨辰', tail: '', class: c12 };

/** `open_seats` and `begun` are the core's to say; here the seats nobody waits for. */
function session(id: string, hour: number, used: number, waiting = 0, begun = false): SessionFill {
  const at = (h: number) => `2026-11-27T${String(h).padStart(2, '0')}:00:00+08:00[${zone}]`;
  return { id, name: `第 ${id} 场`, starts: at(hour), ends: at(hour + 1), capacity: 60, used, waiting, open_seats: waiting || begun ? 0 : Math.max(0, 60 - used), begun, pool: null, cancelled: null, moved: null, eligible: [], first_timers: false, held_in: null, holds: [] };
}
function opened(change: Partial<EventOpened> = {}, line: Partial<EventOpened['line']> = {}): EventOpened {
  const sessions = [session('1', 9, 60, 3), session('2', 10, 58), session('3', 11, 20)];
  return {
    line: {
      id: 'e', title: '家长开放日', programme: '', tags: [], look: 'plain', place: east, venue: '校史馆', held_in: null, state: { is: 'published' },
      starts: sessions[0]!.starts, ends: sessions[2]!.ends,
      opens: `2026-11-20T19:00:00+08:00[${zone}]`, closes: `2026-11-23T20:00:00+08:00[${zone}]`,
      open_now: true, sessions, mine: [], eligible: [tong, chen], desk: false, draw: null, ...line,
    },
    about: '', seat_rule: 'adults', family_limit: 4, waitlist: true, withdraw_until: sessions[0]!.starts,
    for_whom: [], clashes: [], open_now: true, seats_left: 4, most_adults: 6, child_limit: 1, child_seats: null, questions: [], version: 0, theme: null, lesson: null, course: null, venue_was: null, pending: null,
    may_join: (line.sessions ?? sessions).map(({ id }) => ({ session: id, children: ['c1', 'c2'] })), turns: null, ...change,
  };
}
function booking(change: Partial<BookingView>): BookingView {
  return {
    id: 'b', event: 'e', title: '家长开放日', session: session('1', 9, 60), children: [tong], adults: 1, size: 1, came: null, released: null, certificate: false,
    state: { is: 'confirmed' }, entered: null, withdraw_until: `2026-11-26T20:00:00+08:00[${zone}]`, pending: null,
    may_withdraw: true, may_change: true, answers: [], put_back: null, moved: null, venue_was: null, wishes: [], misses: null, drawn: null, ...change,
  };
}
beforeEach(() => {
  prefs.language = 'zh-CN';
});

describe('at the door', () => {
  const came = { people: 1, gate_name: '北门', at: '2026-11-27T01:21:00Z', left: false };
  it('says who came in where, and of whom only some did', () => {
    expect(cameWords({ size: 1 }, came, zone)).toBe('09:21 在北门入场，1 人。');
    expect(cameWords({ size: 3 }, came, zone)).toBe('09:21 起在北门入场，3 人里来了 1 人。');
    expect(cameWords({ size: 3 }, { ...came, left: true }, zone)).toContain('已离场');
  });
  it('says since when the seats of who did not come are gone', () => {
    expect(releasedWords({ released: '2026-11-23T01:21:00Z' }, zone, now)).toContain('09:21 座位让给了别的家庭');
    expect(releasedWords({ released: null }, zone, now)).toContain('让给了别的家庭');
  });
});

describe('sign-up starts with what most families want', () => {
  it('all eligible children, one adult, the first session with room', () => {
    expect(defaults(opened())).toEqual({ session: '2', children: ['c1', 'c2'], adults: 1 });
  });
  it('passes over a clash where another session has room', () => {
    expect(defaults(opened({ clashes: [{ session: '2', with: '护学岗', at: '', too_far: false }] })).session).toBe('3');
  });
  it('stays within what one family may hold', () => {
    expect(defaults(opened({ seat_rule: 'everyone', seats_left: 2 })).children).toEqual(['c1']);
  });
  it('asks for no adult where the children sit', () => {
    expect(defaults(opened({ seat_rule: 'children' })).adults).toBe(0);
  });
  it('asks only for those the core lets join, in a session that is for them', () => {
    const some = opened({ may_join: [{ session: '2', children: ['c2'] }, { session: '3', children: [] }] });
    expect(joining(some, '2')).toEqual([chen]);
    expect(joining(some, '1')).toEqual([]);
    expect(defaults(some)).toEqual({ session: '2', children: ['c2'], adults: 1 });
    // Where the most of them can come together; who is helped elsewhere is not counted.
    const apart = opened({ may_join: [{ session: '2', children: ['c2'] }, { session: '3', children: ['c1', 'c2'] }] });
    expect(defaults(apart)).toEqual({ session: '3', children: ['c1', 'c2'], adults: 1 });
    expect(defaults(apart, new Set(['c1']))).toEqual({ session: '2', children: ['c2'], adults: 1 });
  });
  it('goes on in a series, until a child has all its sessions', () => {
    const mine = [booking({ session: session('2', 10, 58) }), booking({ id: 'd', session: session('3', 11, 20), state: { is: 'displaced', instead: [] } })];
    const series = opened({ child_limit: 3 }, { mine });
    expect([timesLeft(series, 'c1'), timesLeft(series, 'c2')]).toEqual([2, 3]);
  });
  it('counts what was given back before it was sent as never done', () => {
    const undone = booking({ state: { is: 'saved' }, pending: { act: 'withdraw', state: { is: 'saved' }, party: null } });
    expect(shownOf([undone, booking({ state: { is: 'confirmed' }, pending: undone.pending })])).toHaveLength(1);
  });
  it('proposes the waitlist only where nothing is free, and nothing where there is none', () => {
    const full = [session('1', 9, 60, 2), session('2', 10, 60)];
    expect(bestSession(opened({}, { sessions: full }), 1)).toBe('1');
    expect(bestSession(opened({ waitlist: false }, { sessions: full }), 1)).toBe('');
  });
  it('never proposes what has begun', () => {
    const sessions = [session('1', 9, 60, 3, true), session('2', 10, 58, 0, true), session('3', 11, 20)];
    expect(bestSession(opened({}, { sessions }), 1)).toBe('3');
    expect(canChoose(sessions[1]!, 1, true)).toBe(false);
  });
});

describe('seats', () => {
  it('follow the rule of the event', () => {
    expect([seatsFor('adults', 2, 1), seatsFor('children', 2, 1), seatsFor('everyone', 2, 1)]).toEqual([1, 2, 3]);
  });
  it('behind a waitlist are not for the newcomer', () => {
    const [waited, free] = [session('1', 9, 58, 2), session('2', 9, 58)];
    expect(openSeatsOf([waited, free, session('3', 9, 40, 0, true)])).toBe(2);
    expect([canChoose(waited, 1, false), canChoose(waited, 1, true), canChoose(free, 3, false)]).toEqual([false, true, false]);
  });
});

describe('words', () => {
  const full = { is: 'refused' as const, refusal: { code: 'full' as const }, instead: [session('2', 10, 58)] };
  it('say what filled up and what is left', () => {
    expect(refusedSentence(booking({ state: full }), true, zone)).toBe('您离线期间 09:00 场已报满，10:00 场还有 2 个名额。');
    expect(refusedSentence(booking({ state: full }), false, zone)).toBe('09:00 场已报满，10:00 场还有 2 个名额。');
    expect(refusedSentence(booking({ state: { ...full, instead: [] } }), false, zone)).toContain('没有名额');
  });
  it('name what is at the same time, and what is on another campus too soon before or after', () => {
    const clash = { session: '2', with: '护学岗', at: `2026-11-27T10:10:00+08:00[${zone}]`, too_far: false };
    expect(clashWords(clash, 30, zone)).toBe('和 10:10 的“护学岗”冲突');
    expect(clashWords({ ...clash, too_far: true }, 25, zone)).toBe('和 10:10 的“护学岗”隔得太近，两个校区之间约要 25 分钟');
  });
  it('say whom a session is for, and nothing where it is for all', () => {
    const only = (eligible: SessionFill['eligible'], first_timers: boolean) => onlyWords({ eligible, first_timers }, east);
    expect([only([], false), only([c12], false), only([c12], true)]).toEqual([[], ['只限 一年级2班'], ['只限 一年级2班', '只给第一次来的']]);
  });
  it('of the window name the day', () => {
    const { line } = opened();
    expect(windowWords(line, zone, now)).toEqual({ words: '今晚 20:00 截止', tone: 'red' });
    expect(windowWords({ ...line, open_now: false, opens: `2026-12-01T19:00:00+08:00[${zone}]` }, zone, now).words).toBe('12-01 周二 19:00 开放报名');
    expect(windowWords({ ...line, open_now: false }, zone, new Date('2026-11-23T20:00:00+08:00')).words).toBe('报名已截止');
    // Its moment has come and the core was not asked again yet: nothing is closed before its time.
    expect(windowWords({ ...line, open_now: false }, zone, now)).toEqual({ words: '现在开放报名', tone: 'blue' });
    // The core knows better than any clock here.
    expect(windowWords(line, zone, new Date('2026-11-26T00:00:00+08:00')).words).toContain('截止');
    expect(windowWords(line, zone, new Date('2026-11-26T00:00:00+08:00')).words).not.toBe('报名已截止');
  });
  it('for the class group carry title, times and deadline, and no name of a person', () => {
    const text = groupText(opened({}, { mine: [booking({ entered: { by: '张晓梅', note: '' } })] }), zone, now);
    expect(text).toContain('家长开放日');
    expect(text).toContain('11-27 周五 09:00–10:00');
    expect(text).toContain('11-23 周一 20:00');
    for (const name of ['李雨桐', '雨辰', '张晓梅']) expect(text).not.toContain(name);
  });
});

describe('a booking that something happened to', () => {
  const reason = '体育馆检修。';
  const put_back = { reason, at: '2026-11-22T08:00:00Z' };
  const at2 = session('2', 10, 58);
  it('says why, and that its session alone was called off', () => {
    const off = { ...at2, cancelled: '老师外出' };
    const cancelled = booking({ session: off, state: { is: 'cancelled', reason: '老师外出', instead: [session('3', 11, 20)] } });
    expect(lostWords(cancelled)).toEqual(['这一场取消了：老师外出。']);
    expect(said(cancelled.state, zone, off)).toEqual({ words: '这一场已取消', tone: 'red' });
    expect(said(cancelled.state, zone, at2)).toEqual({ words: '活动已取消', tone: 'red' });
    expect(lostWords(booking({ state: { is: 'displaced', instead: [] }, put_back }))[0]).toBe('学校把名额减到了 60：体育馆检修。');
    expect(said({ is: 'displaced', instead: [] }, zone)).toEqual({ words: '名额减少，没能保住', tone: 'red' });
    expect(lostWords(booking({ state: { is: 'waitlisted', place: 1 }, put_back }))).toContain('您排在候补最前面。');
    expect(lostWords(booking({ state: { is: 'waitlisted', place: 3 }, put_back })).join('')).not.toContain('最前面');
    expect(lostWords(booking({ put_back }))).toEqual([]);
  });
  it('is offered only sessions that every child of it may join', () => {
    const instead = [at2, session('3', 11, 20)];
    const displaced = booking({ children: [tong, chen], state: { is: 'displaced', instead } });
    const some = opened({ may_join: [{ session: '2', children: ['c1'] }, { session: '3', children: ['c1', 'c2'] }] });
    expect(insteadOf(displaced, some).map(({ id }) => id)).toEqual(['3']);
    expect(insteadOf(displaced, opened({}, { state: { is: 'cancelled', reason, at: null } }))).toEqual([]);
    expect(insteadOf(booking({}), some)).toEqual([]);
  });
  it('fits into what is free with fewer', () => {
    const waits = booking({ session: { ...at2, capacity: 58, used: 56 }, children: [tong, chen], adults: 2, size: 4, state: { is: 'waitlisted', place: 1 } });
    expect(fewFree(waits)).toBe(2);
    expect(fewFree({ ...waits, size: 2 })).toBe(0);
    expect(fewFree({ ...waits, state: { is: 'confirmed' } })).toBe(0);
    // Whoever stands before them would be first.
    expect(fewFree({ ...waits, state: { is: 'waitlisted', place: 2 } })).toBe(0);
    expect(fitted(waits, 'everyone', 2)).toEqual({ children: ['c1', 'c2'], adults: 0 });
    expect(fitted(waits, 'everyone', 1)).toEqual({ children: ['c1'], adults: 0 });
    expect(fitted(waits, 'adults', 1)).toEqual({ children: ['c1', 'c2'], adults: 1 });
  });
  it('may be changed as far as sign-up and giving back allow', () => {
    const two = booking({ children: [tong, chen], adults: 2 });
    expect(changeable(two, opened())).toEqual({ more: true, fewer: true, answers: false, wishes: false });
    expect(changeable(two, opened({ open_now: false }))).toMatchObject({ more: false, fewer: true });
    expect(changeable({ ...two, may_withdraw: false }, opened({ open_now: false }))).toMatchObject({ more: false, fewer: false, answers: false, wishes: false });
    const asked = opened({ open_now: false, questions: [{ label: '备注', value: { is: 'text' }, required: false }] });
    expect(changeable(two, asked).answers).toBe(true);
  });
  it('that is being changed says into what; a no leaves it as it was', () => {
    const wish = (party: { children: string[]; adults: number }) => ({ act: 'change-booking', state: { is: 'sent' as const }, party });
    expect(pendingWords(wish({ children: ['c1'], adults: 2 }), zone, booking({}))).toBe('改成 2 大 1 小');
    expect(pendingWords(wish({ children: ['c1', 'c2'], adults: 0 }), zone, booking({}))).toBe('改成 2 个孩子');
    expect(pendingWords(wish({ children: ['c1'], adults: 1 }), zone, booking({}))).toBe('改填的内容');
    const no = (code: 'full' | 'not-eligible') => ({ ...wish({ children: ['c1'], adults: 2 }), state: { is: 'refused' as const, refusal: { code } } });
    for (const code of ['full', 'not-eligible'] as const) expect(pendingWords(no(code), zone, booking({}))).toMatch(/^没改成：.*原来的报名不变。$/);
  });
  it('booked for another time may be given back until it begins', () => {
    const moved = { starts: at2.starts, ends: at2.ends, at: '2026-11-22T08:00:00Z' };
    expect(giveBackWords(booking({ moved }), zone)).toBe('时间改了，开场前都可以退');
  });
  it('keeps the number of its session on one line', () => {
    expect(glued('第 2 场 求真课堂')).toBe('第\u00a02\u00a0场 求真课堂');
    expect(glued('上午场')).toBe('上午场');
  });
});

describe('plan', () => {
  const plan = () => ({ ...freshPlan(zone, 'east'), title: '开放日' });
  it('is complete once it has a place and a title', () => {
    expect(isComplete(planErrors(plan()))).toBe(true);
    expect(Object.keys(planErrors(freshPlan(zone)))).toEqual(['sessions', 'place', 'title']);
  });
  it('copies the last session an hour later', () => {
    const [first] = plan().sessions;
    const next = nextSession([first!]);
    expect(next.starts.slice(11, 16)).toBe('10:30');
    expect(next).toMatchObject({ name: '第 2 场', capacity: first!.capacity });
  });
  it('says which session is wrong', () => {
    const bad = plan();
    bad.sessions.push({ ...bad.sessions[0]!, ends: bad.sessions[0]!.starts, capacity: '0' });
    expect(planErrors(bad).sessions).toEqual([{}, { ends: expect.any(String), capacity: expect.any(String) }]);
  });
  it('goes out in order of time', () => {
    const two = plan();
    two.sessions = [nextSession(two.sessions), two.sessions[0]!];
    expect(toPublish(two).sessions.map((s) => s.name)).toEqual(['第 1 场', '第 2 场']);
  });
  it('offers the grades and classes of its campus only', () => {
    const other = { ...c12, id: 'm32', name: '本部' };
    expect(placesWithin([east, c12, other], east)).toEqual([c12]);
  });
});

describe('desk', () => {
  const at = (minute: number, size: number, is: 'confirmed' | 'withdrawn' = 'confirmed') => ({
    id: `${minute}`, session: '1', children: [tong], guardian: { id: 'g', name: '刘芳', relation: 'mother' as const, decides: true },
    entered: null, adults: size, size, at: new Date(minute * 60_000).toISOString(), state: { is }, answers: [], put_back: null, may_change: false, wishes: [], misses: null, drawn: null,
  });
  it('counts seats over time, without those given back', () => {
    const points = growth([at(20, 2), at(10, 1), at(15, 3, 'withdrawn')]);
    expect(points.map((p) => p.seats)).toEqual([1, 3]);
    expect(table(points, 0, 20 * 60_000, 2).map((p) => p.seats)).toEqual([1, 3]);
    expect(draw(points, 6, 0, 20 * 60_000, 100, 60).path).toBe('M0 60H50V50H100V30H100');
  });
  it('draws two thousand sign-ups with few points', () => {
    const points = growth(Array.from({ length: 2_000 }, (_, i) => at(i, 1)));
    const { path, y } = draw(points, 2_000, 0, 2_000 * 60_000, 280, 96);
    expect(path.split('H').length).toBeLessThan(250);
    expect(y).toBe(0);
  });
  it('puts each booking under one tab', () => {
    expect(inTab({ is: 'waitlisted', place: 1 }, 'waiting')).toBe(true);
    expect(inTab({ is: 'saved' }, 'booked')).toBe(true);
    expect(inTab({ is: 'withdrawn' }, 'booked')).toBe(false);
    expect(inTab({ is: 'withdrawn' }, 'gone')).toBe(true);
  });
});

it('acts for a family only through a guardian who may decide for every child', () => {
  const guardian = (person: string, rights: ('decide' | 'messages')[]) => ({ link: person, person, name: person, relation: 'mother' as const, state: "joined" as const, rights, barred: false });
  const of = (child: ChildName, ...guardians: ReturnType<typeof guardian>[]) => ({ child, number: '', sex: '', guardians });
  const first = of(tong, guardian('g1', ['decide']), guardian('g2', ['decide']), guardian('g3', ['messages']));
  expect(deciders([first]).map((g) => g.person)).toEqual(['g1', 'g2']);
  expect(deciders([first, of(chen, guardian('g1', ['decide']))]).map((g) => g.person)).toEqual(['g1']);
  expect(deciders([])).toEqual([]);
});

it('says when the school took a booking, and when one was made that it does not have', () => {
  const at = '2026-11-21T12:24:00Z';
  expect(atWords({ at, state: { is: 'confirmed' } }, zone)).toBe('学校收到：11-21 周六 20:24');
  for (const is of ['saved', 'sent'] as const) expect(atWords({ at, state: { is } }, zone)).toBe('11-21 周六 20:24 办理');
});
