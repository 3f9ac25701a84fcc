// What did not work out is told where somebody looks for it.
import { describe, expect, it } from 'vitest';
import type { ItemState, OutboxItem } from '../src/lib/bindings';
import { LONG, NOW, type Role } from './look/people';
import { all, allSent, click, open, words } from './window';

const { ACTS, failedHere } = await import('../src/screens/outbox/here');

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
    expect(told('event')).toEqual(['publish-event', 'change-event', 'cancel-event', 'cancel-session', 'set-capacity']);
    expect(told('notice')).toEqual([]);
    expect(told('shift')).toEqual(['post-shifts', 'change-post', 'end-post', 'call-off-shift', 'change-shift', 'answer-volunteer', 'offer-shift', 'release-offer', 'search-stand-in', 'stop-stand-in', 'offer-swap', 'accept-swap', 'answer-swap', 'swap-shifts', 'enter-pupil', 'mark-pupils', 'add-guest', 'change-sponsor', 'remove-guest']);
    expect([told('remark'), told('class')]).toEqual([['decide-remarks'], ['set-rights']]);
  });
  it('that cannot be read any more is about nothing that is known', () => {
    const lost = [item('', '', { is: 'unreadable' })];
    expect(failedHere(lost, 'event', '')).toEqual([]);
    expect(failedHere(lost)).toHaveLength(1);
  });
});

describe('the screens', () => {
  const look = (role: Role, screen: string, params?: object) => open(role, screen, params, { failed: true });
  const headings = () => [...document.querySelectorAll('main article h3')].map(words);
  /** What stands under "未办成", whatever else the screen lists. */
  const told = () => [...document.querySelectorAll('main section')].find((one) => words(one.querySelector('h2')).includes('未办成'))?.querySelectorAll('article') ?? [];

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
  ] as const)('of a %s: %s', async (role, screen, params, what) => {
    await look(role, screen, params);
    expect(headings()).toContain(what);
    expect(words(document.querySelector('main'))).toContain('未办成');
  });
  it.each(['parent', 'teacher', 'coordinator', 'administrator'] as const)('of a %s: today, whatever it is about', async (role) => {
    await look(role, 'today');
    expect(told()).toHaveLength(2);
    expect(all()).toMatch(/7 项未办成.*还有 5 项/);
  });
  it('say nothing of another event', async () => {
    await look('parent', 'event', { id: 'event-0000' });
    expect(told()).toHaveLength(2);
    expect(words(document.querySelector('main'))).not.toContain('校服');
  });
  it('let it be put away where it is read', async () => {
    await look('parent', 'event', { id: 'event-0000' });
    await click('收起');
    expect(allSent('outbox.seen')).toContainEqual({ mutation: 'failed-0000' });
  });
});
