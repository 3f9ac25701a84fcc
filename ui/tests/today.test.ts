import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChildName, Duty, Fault, HatView, Today } from '../src/lib/bindings';

const core = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock('../src/lib/api', async (original) => ({ ...(await original<typeof import('../src/lib/api')>()), call: core.call }));
const { Acting } = await import('../src/screens/today/acting.svelte');
const { above, doneLately, keyOf, rowsOf, settle } = await import('../src/screens/today/duties');
const { dateIn, dueWords, shortTitle, weekDays } = await import('../src/screens/today/words');
const { goWords } = await import('../src/screens/notice/answer/words');
const { countsOf, hatWords, hatOf } = await import('../src/screens/hats');
const { givenName, givenNames } = await import('../src/lib/child');
const { guardianName } = await import('../src/lib/person');
const { className, placeName, placesName } = await import('../src/lib/place');

const zone = 'Asia/Shanghai';
const now = new Date('2026-11-23T02:24:00Z');
const place = { id: 'c', level: 'class' as const, name: '本部', grade: 3, number: 2 };
const tong: ChildName = { id: 'k1', name: '李雨桐', tail: '', class: place };
const duty = (notice: string, due: string | null = null): Duty => ({
  children: [tong],
  due,
  what: { is: 'answer', notice, title: notice, author: '张晓梅', ask: { is: 'acknowledge' }, sent: '2026-11-23T02:12:00Z', changed: null, reminded: null },
});
const [a, b, c] = [duty('a'), duty('b'), duty('c')];
const shape = (rows: ReturnType<typeof rowsOf>) => rows.map((row) => `${row.is} ${row.key.split(' ')[1]}`);
const acted = (one: Duty, after: string, settled = false) => ({ duty: one, words: '', after, mutations: ['m'], settled });

describe('duties', () => {
  it('fold where they stood; only the first open one is first', () => {
    const rows = rowsOf([a, c], [acted(b, keyOf(a))]);
    expect(shape(rows)).toEqual(['open a', 'acted b', 'open c']);
    expect(rows.filter((row) => row.is === 'open' && row.first).map((row) => row.key)).toEqual([keyOf(a)]);
    expect(above(rows, c)).toBe(keyOf(b));
    expect(shape(rowsOf([b], [acted(a, '')]))).toEqual(['acted a', 'open b']);
  });
  it('settle once the core no longer counts them, and open again when they come back', () => {
    const waiting = [acted(b, '')];
    expect(settle(waiting, [b])[0]?.settled).toBe(false);
    expect(settle(waiting, [a])[0]?.settled).toBe(true);
    expect(settle([acted(b, '', true)], [a, b])).toEqual([]);
  });
  it('are not listed as done twice', () => {
    expect(doneLately([a, b], [acted(b, '')])).toEqual([a]);
  });
});

describe('acting', () => {
  beforeEach(() => void core.call.mockReset());
  it('folds at once and is taken back, the newest item first', async () => {
    const acting = new Acting(() => [a, b]);
    await acting.act(b, '好', () => Promise.resolve(['m1', 'm2']));
    expect(shape(acting.rows)).toEqual(['open a', 'acted b']);
    core.call.mockResolvedValue({});
    await acting.undo(keyOf(b));
    expect(core.call.mock.calls.map(([, args]) => args.mutation)).toEqual(['m2', 'm1']);
    expect(shape(acting.rows)).toEqual(['open a', 'open b']);
  });
  it('opens again with the reason where it did not work', async () => {
    const acting = new Acting(() => [a]);
    await acting.act(a, '好', () => Promise.reject({ fault: 'disk-full' }));
    expect(shape(acting.rows)).toEqual(['open a']);
    expect(acting.faults[keyOf(a)]).toEqual({ fault: 'disk-full' });
  });
  it('stays folded where it is too late to take back', async () => {
    const acting = new Acting(() => [a]);
    await acting.act(a, '好', () => Promise.resolve(['m1']));
    core.call.mockRejectedValue({ fault: 'invalid', what: 'mutation' } satisfies Fault);
    await acting.undo(keyOf(a));
    expect(shape(acting.rows)).toEqual(['acted a']);
  });
});

describe('words of the day', () => {
  it('say in red what is due soon, and what is past', () => {
    expect(dueWords(duty('a', '2026-11-23T20:00:00+08:00[Asia/Shanghai]'), zone, now)).toEqual({ words: '今晚 20:00 前', due: true });
    expect(dueWords(duty('a', '2026-11-27T18:00:00+08:00[Asia/Shanghai]'), zone, now)).toEqual({ words: '周五 18:00 前', due: false });
    expect(dueWords(duty('a', '2026-11-22T18:00:00+08:00[Asia/Shanghai]'), zone, now)).toEqual({ words: '昨天 18:00 已到期', due: true });
    const guest = { is: 'receive', guest: 'g', name: '何静宜', organisation: '', phone: '', title: '护学岗', starts: '2026-11-22T18:00:00+08:00[Asia/Shanghai]', meeting_point: '' } as const;
    expect(dueWords({ ...a, due: guest.starts, what: guest }, zone, now)).toEqual({ words: '昨天 18:00 到', due: true });
    expect(dueWords(a, zone, now)).toBeNull();
  });
  it('fit a narrow column', () => {
    expect(shortTitle('家长开放日“牵手同前行，相遇见美好”')).toBe('家长开放日');
    expect(shortTitle('新“心”相印，“育”见美好')).toBe('新“心”相印');
    expect(shortTitle('“我是小交警”护学岗 东门')).toBe('我是小交警');
    expect(shortTitle('“新心”')).toBe('新心');
    expect(shortTitle('重庆科技馆参观')).toBe('重庆科技馆…');
  });
  it('name the days of the strip', () => {
    const today = dateIn(now.toISOString(), zone);
    expect(weekDays(['2026-11-23', '2026-11-24'], today)).toEqual([
      { date: '2026-11-23', label: '一 23', today: true },
      { date: '2026-11-24', label: '二 24', today: false },
    ]);
  });
});

describe('what a duty’s button says', () => {
  it('is what the notice asks', () => {
    const field = { label: '身高', value: { is: 'number' as const }, required: true };
    const asks = [{ is: 'read' as const }, { is: 'choose' as const, choices: [], most: 1 }, { is: 'fill-in' as const, fields: [field] }, { is: 'sign' as const }];
    expect(asks.map((ask) => goWords(ask, '同意书').act)).toEqual(['打开看看', '去选择', '去填写', '去签字']);
    expect(goWords({ is: 'sign' }, '同意书').of).toBe('去签字：同意书');
  });
});

describe('names', () => {
  it('of places', () => {
    expect(placeName(place)).toBe('本部三年级2班');
    expect(className(place)).toBe('三年级2班');
    expect(placeName({ ...place, level: 'campus', grade: null, number: null })).toBe('本部');
  });
  it('of several places: the classes of one grade together', () => {
    const of = (grade: number, number: number, name = '本部') => ({ ...place, id: `${name}${grade}${number}`, name, grade, number });
    expect(placesName([of(1, 1), of(2, 3)], '本部')).toBe('一年级1班、二年级3班');
    expect(placesName([of(1, 2), of(3, 1), of(1, 1), of(1, 1, '东校区'), of(1, 4, '东校区')], '本部')).toBe('一年级1、2班；三年级1班；东校区一年级1、4班');
    expect(placesName([{ ...place, id: 'g', level: 'grade', number: null }, of(3, 1), of(3, 2)], '东校区')).toBe('本部三年级；本部三年级1、2班');
  });
  it('of people', () => {
    expect(guardianName(tong, { name: '刘芳', relation: 'mother' })).toBe('李雨桐妈妈（刘芳）');
    expect(guardianName({ name: '李雨桐', tail: '0412' }, { name: '刘芳', relation: 'mother' })).toBe('李雨桐（0412）妈妈（刘芳）');
    expect(['李雨桐', '欧阳一诺', '欧阳文', '陈挈', '阿依古丽', '买买提·吐尔逊'].map(givenName)).toEqual(['雨桐', '一诺', '欧阳文', '陈挈', '阿依古丽', '买买提·吐尔逊']);
    expect(givenNames([tong, { name: '王雨桐', tail: '' }])).toBe('李雨桐、王雨桐');
  });
  it('of hats, with what waits behind each entry', () => {
    const family: HatView = { hat: { is: 'guardian' }, kind: null, title: '', place: null, children: [tong] };
    const teacher: HatView = { hat: { is: 'staff', role: 'r' }, kind: 'class-teacher', title: '班主任', place, children: [] };
    expect(hatWords(family)).toEqual({ title: '雨桐的家长', place: '' });
    // Apart, so that a line never ends with what joins them.
    expect(hatWords(teacher)).toEqual({ title: '班主任', place: '本部三年级2班' });
    expect(hatWords({ ...teacher, title: '', place: { ...place, level: 'school' } })).toEqual({ title: '班主任', place: '' });
    expect(hatWords({ ...family, children: [] })).toEqual({ title: '还没有身份', place: '' });
    const day = { is: 'family', duties: [a, b], children: [], done: [], unread: [], coming: [], clashes: [], week: [], marks: [], now: '' } as unknown as Today;
    // Whoever is told of a notice beside the window finds it again.
    for (const kind of ['class-teacher', 'subject-teacher', 'coordinator', 'head', 'counsellor', 'administrator'] as const) expect(hatOf({ ...teacher, kind }, {}).rail.map(({ screen }) => screen), kind).toContain('notices');
    expect(hatOf(family, countsOf(day)).rail.map(({ screen, count }) => [screen, count])).toEqual([['today', 2], ['notices', 2], ['conversations', 0], ['requests', undefined], ['conferences', 0], ['events', 0], ['shifts', undefined]]);
  });
});
