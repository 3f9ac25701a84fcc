// What did not work out is told where somebody looks for it.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ItemState, OutboxItem } from '../src/lib/bindings';
import { LONG, NOW, type Role } from './look/people';
import { ask } from './look/school';

const core = vi.hoisted(() => ({ role: 'parent' as unknown, asked: [] as { ask: string; with: unknown }[] }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: unknown } }) => {
    core.asked.push(request);
    return ask({ role: core.role as Role, size: 'some', failed: true }, request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { ACTS, failedHere } = await import('../src/screens/outbox/here');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');

const item = (act: string, title: string, state: ItemState): OutboxItem => ({ mutation: `${act} ${title} ${state.is}`, about: { act, title, children: [], people: 0, text: '' }, state, composed: NOW, upload: null });
const parked: ItemState = { is: 'parked', code: 'broken' };
const refused: ItemState = { is: 'refused', refusal: { code: 'full' } };
const ids = (items: readonly OutboxItem[]) => items.map(({ mutation }) => mutation);

describe('what failed', () => {
  const items = [item('sign-up', 'A', parked), item('withdraw', 'B', parked), item('answer', 'A', parked), item('sign-up', 'A', { is: 'saved' }), item('take-shift', 'A', { is: 'sent' })];
  it('stands with its noun, and with the one thing where that has a name', () => {
    expect(ids(failedHere(items, 'event'))).toEqual(['sign-up A parked', 'withdraw B parked']);
    expect(ids(failedHere(items, 'event', 'B'))).toEqual(['withdraw B parked']);
    expect(ids(failedHere(items, 'notice', 'A'))).toEqual(['answer A parked']);
    expect(failedHere(items, 'shift')).toEqual([]);
    expect(failedHere(items)).toHaveLength(3);
  });
  it('is told once: a booking, a notice and a shift say themselves that they were refused', () => {
    const no = [...ACTS.event, ...ACTS.notice, ...ACTS.shift, ...ACTS.remark, ...ACTS.class].map((act) => item(act, 'A', refused));
    const told = (noun: keyof typeof ACTS) => failedHere(no, noun).map(({ about }) => about.act);
    expect(told('event')).toEqual(['publish-event', 'cancel-event', 'set-capacity']);
    expect(told('notice')).toEqual([]);
    expect(told('shift')).toEqual(['post-shifts']);
    expect([told('remark'), told('class')]).toEqual([['decide-remarks'], ['set-rights']]);
  });
  it('that cannot be read any more is about nothing that is known', () => {
    const lost = [item('', '', { is: 'unreadable' })];
    expect(failedHere(lost, 'event', '')).toEqual([]);
    expect(failedHere(lost)).toHaveLength(1);
  });
});

describe('the screens', () => {
  let app: Record<string, unknown> | undefined;
  const settle = async () => {
    for (let i = 0; i < 4; i++) {
      await vi.advanceTimersByTimeAsync(50);
      flushSync();
    }
  };
  async function open(role: Role, screen: string, params?: object) {
    core.role = role;
    const query = new URLSearchParams({ screen, ...(params ? { with: JSON.stringify(params) } : {}) });
    history.replaceState(null, '', `/index.html?${query}`);
    route.start('today');
    app = mount(App, { target: document.body });
    await settle();
    return document.querySelector('main')!;
  }
  /** What stands under "未办成", whatever else the screen lists. */
  const told = (work: Element) => [...work.querySelectorAll('section')].find((one) => one.querySelector('h2')?.textContent?.includes('未办成'))?.querySelectorAll('article') ?? [];
  beforeEach(() => {
    prefs.language = 'zh-CN';
    core.asked.length = 0;
    vi.useFakeTimers({ now: new Date(NOW) });
  });
  afterEach(async () => {
    vi.useRealTimers();
    if (app) await unmount(app);
    app = undefined;
  });

  it.each([
    ['parent', 'event', { id: 'event-0000' }, `报名：${LONG}，2 人（李雨桐）`],
    ['parent', 'events', undefined, `报名：${LONG}，2 人（李雨桐）`],
    ['parent', 'notice', { id: 'notice-0000' }, '回应通知：周三放学改到 15:40（李雨桐、李雨辰）'],
    ['parent', 'notices', undefined, '回应通知：周三放学改到 15:40（李雨桐、李雨辰）'],
    ['parent', 'shifts', undefined, '报名志愿：“我是小交警”护学岗 东门'],
    ['teacher', 'notices', undefined, '发通知：冬季校服尺码登记'],
    ['coordinator', 'desk', { id: 'event-0000' }, `改名额：${LONG}`],
    ['administrator', 'remarks', undefined, '决定备注：仅母亲可接（李雨桐）'],
    ['administrator', 'class', { id: 'class-0011' }, '修改权限：陈志远（李雨桐）'],
  ] as const)('of a %s: %s', async (role, screen, params, words) => {
    const work = await open(role, screen, params);
    expect([...work.querySelectorAll('article h3')].map((one) => one.textContent)).toContain(words);
    expect(work.textContent).toContain('未办成');
  });
  it.each(['parent', 'teacher', 'coordinator', 'administrator'] as const)('of a %s: today, whatever it is about', async (role) => {
    const work = await open(role, 'today');
    expect(told(work)).toHaveLength(2);
    expect(work.textContent).toMatch(/7 项未办成.*还有 5 项/s);
  });
  it('say nothing of another event', async () => {
    const work = await open('parent', 'event', { id: 'event-0000' });
    expect(told(work)).toHaveLength(2);
    expect(work.textContent).not.toContain('校服');
  });
  it('let it be put away where it is read', async () => {
    const work = await open('parent', 'event', { id: 'event-0000' });
    const away = [...work.querySelectorAll('button')].find((one) => one.textContent?.trim() === '收起');
    away?.click();
    await settle();
    expect(core.asked).toContainEqual({ ask: 'outbox.seen', with: { mutation: 'failed-0000' } });
  });
});
