// 请假 and 代接: what a family asks, what its class teacher says, and what the gate reads.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HatView, OutboxItem, RequestView, Today } from '../src/lib/bindings';
import { prefs } from '../src/lib/prefs.svelte';
import { NOW, ZONE, at, home, own, type Role, type Size } from './look/people';
import { familyRequests, leave, pickUp, request } from './look/requests';
import { ask } from './look/school';

const core = vi.hoisted(() => ({ role: 'parent' as unknown, size: 'some' as unknown, asked: [] as { ask: string; with: unknown }[], replies: {} as Record<string, unknown> }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request: asked }: { request: { ask: string; with: unknown } }) => {
    core.asked.push(asked);
    const reply = core.replies[asked.ask];
    if (reply instanceof Error) throw reply.cause;
    return reply ?? ask({ role: core.role as Role, size: core.size as Size }, asked);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { route } = await import('../src/lib/route.svelte');
const { toasts } = await import('../src/lib/toast.svelte');
const { countsOf, hatOf } = await import('../src/screens/hats');
const { aboutWords } = await import('../src/screens/outbox/words');
const { likelyDay, quickDays, titleDays } = await import('../src/screens/request/days');
const { byClass } = await import('../src/screens/request/gate');
const { freshLeave, leaveErrors, toLeave, withWord } = await import('../src/screens/request/leave');
const { savedItem } = await import('../src/screens/request/making.svelte');
const { fetchedBefore, freshPickUp, nextBell, pickUpErrors, toPickUp } = await import('../src/screens/request/pickUp');
const { atSchoolOnly, isCurrent } = await import('../src/screens/request/requests');
const { awayWords, standsOf, wantedWords, wishWords } = await import('../src/screens/request/words');

const now = new Date(NOW);
const today = '2026-11-23';
/** At the school. */
const on = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`);

beforeEach(() => {
  prefs.language = 'zh-CN';
});

describe('the day a family means', () => {
  it('is today while there is school, then the next day there is', () => {
    expect(likelyDay(ZONE, on(today, '07:10'))).toBe('today');
    expect(likelyDay(ZONE, on(today, '20:30'))).toBe('tomorrow');
    expect(likelyDay(ZONE, on('2026-11-27', '20:30'))).toBe('monday');
    expect(likelyDay(ZONE, on('2026-11-28', '09:00'))).toBe('monday');
    expect(likelyDay(ZONE, on('2026-11-29', '09:00'))).toBe('tomorrow');
  });
  it('has a Monday beside it before a weekend', () => {
    expect(quickDays(today).map(({ date }) => date)).toEqual([today, '2026-11-24']);
    expect(quickDays('2026-11-27').map(({ date }) => date)).toEqual(['2026-11-27', '2026-11-28', '2026-11-30']);
    expect(quickDays('2026-11-28').at(-1)).toEqual({ when: 'monday', date: '2026-11-30' });
  });
});

describe('a leave', () => {
  const plan = (more: Partial<ReturnType<typeof freshLeave>> = {}) => ({ ...freshLeave(), children: ['own-1'], reason: ' 发烧 ', ...more });
  const dates = (from: string, to = from) => plan({ when: 'dates', from, to });
  const wrong = (given: ReturnType<typeof freshLeave>) => Object.keys(leaveErrors(given, today, 'today'));
  it('needs a child and a reason, and nothing else', () => {
    expect(wrong(freshLeave())).toEqual(['children', 'reason']);
    expect(wrong(plan({ reason: '  ' }))).toEqual(['reason']);
    expect(wrong(plan())).toEqual([]);
    expect(toLeave(plan(), today, 'today')).toEqual({ is: 'leave', from: today, to: today, part: 'whole-day', reason: '发烧' });
  });
  it('goes from a week back to a year ahead, for sixty days at most', () => {
    expect(wrong(dates('2026-11-16'))).toEqual([]);
    expect(wrong(dates('2026-11-15'))).toEqual(['from']);
    expect(wrong(dates('2027-11-24'))).toEqual([]);
    expect(wrong(dates('2027-11-25'))).toEqual(['from']);
    expect(wrong(dates(today, '2027-01-21'))).toEqual([]);
    expect(wrong(dates(today, '2027-01-22'))).toEqual(['to']);
    expect(wrong(dates(today, '2026-11-22'))).toEqual(['to']);
    expect(wrong(dates(''))).toEqual(['from']);
  });
  it('is of part of a day only where it is one day', () => {
    expect(toLeave({ ...dates(today, '2026-11-24'), part: 'morning' }, today, 'today')).toMatchObject({ part: 'whole-day' });
    expect(toLeave(plan({ part: 'morning', when: 'tomorrow' }), today, 'today')).toMatchObject({ from: '2026-11-24', to: '2026-11-24', part: 'morning' });
  });
  it('of an old draft names no day that is no choice any more', () => {
    expect(wrong(plan({ when: 'monday' }))).toEqual(['when']);
  });
  it('takes a quick word without losing what was typed', () => {
    const words = ['发烧', '看医生'];
    expect([withWord('', '发烧', words), withWord('发烧', '看医生', words), withWord('咳嗽', '看医生', words), withWord('昨晚发烧', '发烧', words)]).toEqual(['发烧', '看医生', '咳嗽，看医生', '昨晚发烧']);
  });
});

describe('a pick-up', () => {
  const plan = (more: Partial<ReturnType<typeof freshPickUp>> = {}) => ({ ...freshPickUp(), children: ['own-1'], by: ' 王建国 ', ...more });
  const bell = at(0, '16:10');
  const wrong = (given: ReturnType<typeof freshPickUp>, when = bell) => Object.keys(pickUpErrors(given, when, now));
  it('is at the bell: today’s, or that of the next school day', () => {
    expect(nextBell(ZONE, now)).toBe(at(0, '16:10'));
    expect(nextBell(ZONE, on(today, '16:10'))).toBe(at(1, '16:10'));
    expect(nextBell(ZONE, on('2026-11-27', '18:00'))).toBe(at(7, '16:10'));
  });
  it('needs a name; a phone number is right or not there', () => {
    expect(wrong(freshPickUp())).toEqual(['children', 'by']);
    expect(wrong(plan())).toEqual([]);
    for (const phone of ['138 0000 0000', '138-0000-0000', '']) expect(wrong(plan({ phone }))).toEqual([]);
    for (const phone of ['1380000000', '138000000000', '+8613800000000', '一三八']) expect(wrong(plan({ phone }))).toEqual(['phone']);
    expect(toPickUp(plan({ phone: '138 0000 0000', relation: ' 外公' }), bell)).toEqual({ is: 'pick-up', by: '王建国', relation: '外公', phone: '13800000000', at: bell });
  });
  it('is ahead, by a year at most', () => {
    expect([wrong(plan(), at(0, '10:24')), wrong(plan(), ''), wrong(plan(), at(366, '10:25')), wrong(plan(), at(366, '10:24'))]).toEqual([['at'], ['at'], ['at'], []]);
  });
  it('offers who came before, the latest first, and nobody the school said no to', () => {
    expect(fetchedBefore(familyRequests).map(({ by }) => by)).toEqual(['王建国', '赵敏']);
    expect(fetchedBefore([])).toEqual([]);
  });
});

describe('a request in words', () => {
  const words = (one: RequestView, staff = false) => {
    const stands = standsOf(one, staff);
    return 'fact' in stands ? stands.fact.state : `${stands.tone} ${stands.words}`;
  };
  it('says what is asked', () => {
    expect(wantedWords(leave(0, 0, 'morning'), ZONE)).toBe('请假 11-23 周一 上午');
    expect(wantedWords(leave(0, 2), ZONE)).toBe('请假 11-23 周一 至 11-25 周三');
    expect(wantedWords(pickUp(0), ZONE)).toBe('代接 11-23 周一 16:10，王建国（外公）');
  });
  it('says how it stands, and never that it is done before the school said so', () => {
    expect(familyRequests.map((one) => words(one))).toEqual([
      'honey 已提交，等班主任回复',
      'saved',
      'honey 已提交，等班主任回复',
      'green 班主任已同意',
      'green 班主任已同意',
      'saved',
      'red 没有同意',
      'green 班主任已同意',
      'plain 已撤回',
      'red 已撤销，请与学校联系',
      'plain 时间已过，没有等到回复',
      'green 班主任已同意',
      'honey 已提交，等班主任回复',
    ]);
    const agreed = request(0, leave(0), { state: { is: 'agreed', by: '张晓梅', note: '', at: NOW } });
    expect([words({ ...agreed, pending: { is: 'sent' } }), wishWords({ ...agreed, pending: { is: 'sent' } })]).toEqual(['sent', '同意']);
    expect(words(agreed, true)).toBe('green 已同意');
    // Entered by who answers, it is one act.
    expect(wishWords({ ...agreed, entered: { by: '张晓梅', note: '' }, pending: { is: 'saved' } })).toBe('');
  });
  it('stands with what is to come, or with what is over', () => {
    expect(familyRequests.filter(atSchoolOnly).map(isCurrent)).toEqual([true, true, true, true, true, true, false, false, false, false, false, true]);
  });
  it('is called in the outbox by its days or by who comes', () => {
    const about = { act: 'make-request', title: today, children: ['李雨桐'], people: 0, text: '发烧' };
    expect(aboutWords(about)).toBe('请假：11-23 周一（李雨桐）');
    expect(aboutWords({ ...about, act: 'withdraw-request', title: `${today} – 2026-11-25` })).toBe('撤回请假：11-23 周一 至 11-25 周三（李雨桐）');
    expect(aboutWords({ ...about, act: 'answer-request', title: '王建国' })).toBe('回复代接：王建国 来接（李雨桐）');
    expect(aboutWords({ ...about, act: 'answer-request', title: '', children: [] })).toBe('一项改动：标题已不在本机');
    expect(titleDays('王建国')).toBe('');
  });
  it('is taken back where the outbox surely holds it', () => {
    const one = request(0, pickUp(0), { pending: { is: 'saved' } });
    const item = (mutation: string, title: string, more: Partial<OutboxItem> = {}): OutboxItem => ({ mutation, about: { act: 'make-request', title, children: ['李雨桐'], people: 0, text: '' }, state: { is: 'saved' }, composed: NOW, upload: null, ...more });
    expect(savedItem(one, [item('a', '赵敏'), item('b', '王建国'), item('c', '王建国', { state: { is: 'sent' } })])?.mutation).toBe('b');
    expect(savedItem(one, [item('a', '王建国'), item('b', '王建国')])).toBeUndefined();
    expect(savedItem({ ...one, pending: { is: 'sent' } }, [item('a', '王建国')])).toBeUndefined();
  });
  it('tells the gate how long a child is away', () => {
    const away = (from: string, to: string, part: 'whole-day' | 'afternoon') => awayWords({ child: own[0]!, from, to, part });
    expect([away(today, today, 'whole-day'), away(today, today, 'afternoon'), away(today, '2026-11-25', 'whole-day')]).toEqual(['', '下午', '到 11-25 周三']);
    const rows = [own[0]!, { ...own[0]!, id: 'k' }, own[1]!].map((child) => ({ child, from: today, to: today, part: 'whole-day' as const }));
    expect(byClass(rows).map(({ place, away: one }) => [place?.id, one.length])).toEqual([[home.id, 2], ['class-0031', 1]]);
  });
});

it('waits behind an entry of the rail', () => {
  const hat = (kind: HatView['kind']): HatView => ({ hat: { is: 'staff', role: 'r' }, kind, title: '', place: home, children: [] });
  const day = { is: 'teacher', own: [], unanswered: [], held: [], approvals: [], questions: [], requests: [familyRequests[0]] } as unknown as Today;
  const rail = (kind: HatView['kind']) => hatOf(hat(kind), countsOf(day)).rail.map(({ screen }) => screen);
  expect(hatOf(hat('class-teacher'), countsOf(day)).rail.find(({ screen }) => screen === 'requests')?.count).toBe(1);
  expect([rail('class-teacher').includes('requests'), rail('subject-teacher').includes('requests'), rail('coordinator').includes('gate'), rail('head').includes('gate'), rail('administrator').includes('gate')]).toEqual([true, false, true, true, false]);
});

it('counts conversations on a coordinator’s Today too', () => {
  const day = { is: 'coordinator', missing: [{}, {}], questions: [{}], to_do: [{}] } as unknown as Today;
  expect(countsOf(day)).toEqual({ today: { count: 4 }, shifts: { count: 2 }, conversations: { count: 1 } });
});

describe('the screens', () => {
  let app: Record<string, unknown> | undefined;
  const settle = async () => {
    for (let i = 0; i < 4; i++) {
      await vi.advanceTimersByTimeAsync(50);
      flushSync();
    }
  };
  async function open(role: Role, screen: string, params: object | undefined = undefined, size: Size = 'some') {
    Object.assign(core, { role, size });
    const query = new URLSearchParams({ screen, ...(params ? { with: JSON.stringify(params) } : {}) });
    history.replaceState(null, '', `/index.html?${query}`);
    route.start('today');
    app = mount(App, { target: document.body });
    await settle();
    core.asked.length = 0;
  }
  const sent = (name: string) => core.asked.filter((one) => one.ask === name).map((one) => one.with);
  const work = () => document.querySelector('dialog') ?? document.querySelector('main')!;
  const named = (button: Element) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '';
  async function press(words: string) {
    const button = [...work().querySelectorAll('button')].find((one) => named(one) === words || one.textContent?.trim() === words);
    expect(button, words).toBeDefined();
    button!.click();
    await settle();
  }
  async function type(label: string, text: string) {
    const id = [...work().querySelectorAll('label')].find((one) => one.textContent?.startsWith(label))?.htmlFor;
    const input = document.querySelector<HTMLInputElement>(`#${CSS.escape(id ?? '')}`)!;
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
  }
  const tick = async (words: string) => {
    const label = [...work().querySelectorAll('label')].find((one) => one.textContent?.trim() === words || one.textContent?.includes(words));
    label!.querySelector('input')!.click();
    await settle();
  };
  const rows = () => [...document.querySelectorAll('main article')];

  // What jsdom lacks.
  if (!('escape' in (globalThis.CSS ?? {}))) globalThis.CSS = { escape: (text: string) => text } as never;

  beforeEach(() => {
    core.asked.length = 0;
    core.replies = {};
    toasts.said = [];
    vi.useFakeTimers({ now });
  });
  afterEach(async () => {
    if (app) await unmount(app);
    app = undefined;
    vi.useRealTimers();
  });

  it('a family with one child asks for leave with two presses', async () => {
    await open('parent', 'requests', { make: 'leave' }, 1);
    await press('发烧');
    await press('提交请假');
    expect(sent('request.make')).toEqual([{ child: 'own-1', wanted: { is: 'leave', from: today, to: today, part: 'whole-day', reason: '发烧' }, on_behalf_of: null }]);
    expect(toasts.said.at(-1)?.text).toBe('雨桐，请假 11-23 周一 全天，已保存在本机');
    expect(work().querySelector('form')).toBeNull();
    expect(work().textContent).not.toContain('草稿');
    // As if it had never been asked.
    toasts.said.at(-1)?.undo?.();
    await settle();
    expect(sent('outbox.take-back')).toEqual([{ mutation: 'mutation-0000' }]);
  });
  it('brothers and sisters are one item each', async () => {
    await open('parent', 'requests', { make: 'leave' });
    await tick('李雨桐');
    await tick('李雨辰');
    await tick('明天');
    await tick('上午');
    await press('看医生');
    await press('提交请假');
    const wanted = { is: 'leave', from: '2026-11-24', to: '2026-11-24', part: 'morning', reason: '看医生' };
    expect(sent('request.make')).toEqual([{ child: 'own-1', wanted, on_behalf_of: null }, { child: 'own-2', wanted, on_behalf_of: null }]);
  });
  it('what is missing is said once it was tried, and nothing is sent', async () => {
    await open('parent', 'requests', { make: 'leave' });
    expect(work().textContent).not.toContain('请选孩子');
    await press('提交请假');
    expect(work().textContent).toContain('请选孩子');
    expect(work().textContent).toContain('请写一下原因');
    expect(document.activeElement?.matches('input[type=checkbox]')).toBe(true);
    expect(sent('request.make')).toEqual([]);
  });
  it('who comes is asked for by name; who came before needs one press', async () => {
    await open('parent', 'requests', { make: 'pick-up' });
    await tick('李雨桐');
    await type('手机号', '138');
    await press('提交代接');
    expect(work().textContent).toContain('手机号是 11 位数字');
    await press('王建国（外公）');
    await press('提交代接');
    expect(sent('request.make')).toEqual([{ child: 'own-1', wanted: { is: 'pick-up', by: '王建国', relation: '外公', phone: '13800000000', at: at(0, '16:10') }, on_behalf_of: null }]);
  });
  it('a fault keeps the form and what was typed', async () => {
    core.replies['request.make'] = new Error('', { cause: { fault: 'disk-full' } });
    await open('parent', 'requests', { make: 'leave' }, 1);
    await press('发烧');
    await press('提交请假');
    expect(work().textContent).toContain('硬盘满了');
    expect(work().querySelector<HTMLInputElement>('form input:not([type=radio])')?.value).toBe('发烧');
  });
  it('what was begun survives a kill, and says so', async () => {
    await open('parent', 'requests', { make: 'leave' }, 1);
    await type('原因', '咳嗽');
    await vi.advanceTimersByTimeAsync(300);
    const [kept] = sent('draft.put') as { key: string; body: string }[];
    expect(kept?.key).toBe('request.leave');
    await unmount(app!);
    core.replies['draft.get'] = { body: kept!.body };
    await open('parent', 'requests', undefined, 1);
    expect(work().querySelector('.ways button')?.textContent).toContain('草稿');
    work().querySelector<HTMLElement>('.ways button')!.click();
    await settle();
    expect(work().querySelector<HTMLInputElement>('form input:not([type=radio])')?.value).toBe('咳嗽');
  });
  it('thrown away by mistake it comes back', async () => {
    await open('parent', 'requests', { make: 'leave' }, 1);
    await type('原因', '咳嗽');
    await press('取消');
    expect(work().querySelector('form')).toBeNull();
    toasts.said.at(-1)?.undo?.();
    await settle();
    expect(work().querySelector<HTMLInputElement>('form input:not([type=radio])')?.value).toBe('咳嗽');
  });
  it('a family takes back what is open or agreed, and leaves out what the school did not take', async () => {
    await open('parent', 'requests');
    expect(rows()).toHaveLength(familyRequests.length - 1);
    expect(work().textContent).toContain('张晓梅老师：好好休息，作业不急');
    expect(work().textContent).toContain('张晓梅老师代办，妈妈来电');
    await press('撤回：请假 11-23 周一 全天');
    expect(sent('request.withdraw')).toEqual([{ request: 'request-0000', on_behalf_of: null }]);
  });
  it('a guardian who may not decide is told who can', async () => {
    core.replies['request.list'] = { requests: [], children: [] };
    await open('parent', 'requests');
    expect(work().querySelector('.ways')).toBeNull();
    expect(work().textContent).toContain('能替孩子做决定的监护人');
  });
  it.each([0, 'many'] as const)('lists nothing and very many (%s)', async (size) => {
    await open('parent', 'requests', undefined, size);
    if (size === 0) expect(work().textContent).toContain('还没有请过假');
    else expect(rows().length).toBeLessThanOrEqual(100);
  });

  it('a class teacher answers with one press', async () => {
    await open('teacher', 'requests');
    await press('同意：李雨桐，请假 11-23 周一 全天');
    await press('不同意：陈契，请假 11-22 周日 上午');
    expect(sent('request.answer')).toEqual([
      { request: 'request-0000', agrees: true, note: '' },
      { request: 'request-0001', agrees: false, note: '' },
    ]);
  });
  it('a word goes with the answer', async () => {
    await open('teacher', 'requests');
    await press('附一句话给李雨桐家');
    await type('附一句话', ' 好好休息 ');
    await press('同意：李雨桐，请假 11-23 周一 全天');
    expect(sent('request.answer')).toEqual([{ request: 'request-0000', agrees: true, note: '好好休息' }]);
  });
  it('says what to do about a pick-up that cannot be agreed to, and not why', async () => {
    await open('teacher', 'requests');
    const row = rows()[2]?.textContent ?? '';
    expect(row).toContain('请联系办公室');
    expect(row).not.toMatch(/禁止|权限|登记|法院/);
  });
  it('a class teacher answers on Today, and sees who is away', async () => {
    await open('teacher', 'today');
    expect(document.querySelector('aside')?.textContent).toContain('今天没来：3 人');
    await press('同意：李雨桐，请假 11-23 周一 全天');
    expect(sent('request.answer')).toEqual([{ request: 'request-0000', agrees: true, note: '' }]);
    await press('今日名单');
    expect(route.screen).toBe('gate');
  });
  it('a class teacher enters a leave for a family that phones', async () => {
    await open('teacher', 'requests');
    await press('家长来电，代办');
    await press('代为请假');
    expect(work().textContent).toContain('请选孩子');
    const input = work().querySelector<HTMLInputElement>('.combobox-input')!;
    input.focus();
    input.value = '李';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    const found = document.querySelector<HTMLElement>('.combobox-item')!;
    found.dispatchEvent(new MouseEvent('pointerup', { bubbles: true, button: 0 }));
    await settle();
    await press('家里有事');
    await type('备注', ' 妈妈来电 ');
    await press('代为请假');
    expect(sent('request.make')).toEqual([{ child: 'child-0000', wanted: { is: 'leave', from: today, to: today, part: 'whole-day', reason: '家里有事' }, on_behalf_of: { person: 'person-0000', note: '妈妈来电' } }]);
    expect(toasts.said.at(-1)?.text).toContain('已代办并同意');
  });
  it('a class teacher takes back for a family that phones', async () => {
    await open('teacher', 'requests');
    const button = [...document.querySelectorAll<HTMLElement>('[aria-labelledby=answered] button')].find((one) => one.textContent?.trim() === '代为撤回')!;
    button.click();
    await settle();
    await press('代为撤回');
    expect(sent('request.withdraw')).toEqual([{ request: 'request-0007', on_behalf_of: { person: 'person-0015', note: '' } }]);
  });

  it('the gate reads who fetches whom, and who is away', async () => {
    await open('coordinator', 'gate');
    const text = work().textContent ?? '';
    for (const words of ['今日名单，11 月 23 日 星期一', '11:40', '王建国（外公）来接', '138 0000 0000', '张晓梅老师同意', '本部一年级1班']) expect(text).toContain(words);
  });
  it('the gate goes to another day by the arrows, and back', async () => {
    await open('coordinator', 'gate');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) {
      window.dispatchEvent(new KeyboardEvent('keydown', { key }));
      await settle();
    }
    expect(sent('gate.day')).toEqual([{ day: '2026-11-24' }, { day: '2026-11-25' }, { day: '2026-11-24' }]);
    expect(work().textContent).toContain('这一天没有请假和代接');
    await press('回到今天');
    expect(sent('gate.day').at(-1)).toEqual({ day: today });
  });
  it('a teacher’s list says nothing of who fetches whom', async () => {
    await open('teacher', 'gate', undefined, 0);
    expect(work().textContent).toContain('今天没有人请假');
    expect(work().textContent).not.toContain('代接');
  });
  it('a coordinator’s empty day says so', async () => {
    await open('coordinator', 'gate', undefined, 0);
    expect(work().textContent).toContain('今天没有请假和代接');
  });
});
