// Seats that several sessions share: planned, changed, read by families, counted once.
import { describe, expect, it } from 'vitest';
import { all, button, click, core, open as openAs, press, sent, settle, type, words } from './window';
import type { EventPublish } from '../src/lib/bindings';
import type { SessionPlan } from '../src/screens/event/plan';
import { openedOf } from './look/things';
import { shared as sessions, signUpOf } from './look/signups';

const { freshPlan, isComplete, nextSession, planErrors, seatsOf, toPublish } = await import('../src/screens/event/plan');
const { repeatedSessions } = await import('../src/screens/event/repeating');
const { counted, isShared, sharable, sharedWords, without } = await import('../src/screens/event/shared');
const { openSeatsOf, total } = await import('../src/screens/event/seats');
const { planOf, toChange } = await import('../src/screens/event/changing');
const { planFrom } = await import('../src/screens/event/theme/start');

const ZONE = 'Asia/Shanghai';
const coordinator = { role: 'coordinator', size: 'some' } as Parameters<typeof openedOf>[0];
const at = (time: string) => `2026-12-10T${time}:00+08:00[${ZONE}]`;

/** The afternoon was written first; noon and morning share its seats. */
function plan() {
  const fresh = { ...freshPlan(ZONE, 'campus-0000'), title: '种子的旅行' };
  const session = (name: string, hour: number, more: Partial<SessionPlan> = {}): SessionPlan => ({ name, starts: at(`${hour}:00`), ends: at(`${hour}:50`), capacity: '24', ...more });
  return { ...fresh, sessions: [session('下午场', 14), session('上午场', 10, { sharesWith: 0, capacity: '' }), session('中午场', 12, { sharesWith: 0 }), session('晚场', 18, { capacity: '9' })] };
}

describe('a plan in which sessions share seats', () => {
  it('is complete without a number of its own, and counts them once', () => {
    expect(isComplete(planErrors(plan()))).toBe(true);
    expect(seatsOf(plan())).toBe(33);
  });
  it('is sent by start, each naming the one whose seats it has', () => {
    const { sessions } = toPublish(plan());
    expect(sessions.map(({ name, capacity, shares_with }) => [name, capacity, shares_with])).toEqual([
      ['上午场', 24, 2],
      ['中午场', 24, 2],
      ['下午场', 24, 2],
      ['晚场', 9, null],
    ]);
  });
  it('keeps no seats of them for some', () => {
    const held = plan();
    const hold = { of: 'siblings' as const, places: [], seats: '2', until: at('08:00') };
    held.sessions[0] = { ...held.sessions[0]!, holds: [hold] };
    held.sessions[3] = { ...held.sessions[3]!, holds: [hold] };
    expect(toPublish(held).sessions.map(({ holds }) => holds.length)).toEqual([0, 0, 0, 1]);
  });
  it('shares nothing where seats are drawn', () => {
    const drawn = toPublish({ ...plan(), draws: true });
    expect(drawn.sessions.map(({ capacity, shares_with }) => [capacity, shares_with])).toEqual([[24, null], [24, null], [24, null], [9, null]]);
  });
  it('goes on sharing when the first is taken out', () => {
    const left = without(plan().sessions, 0);
    expect(left.map(({ name, sharesWith, capacity }) => [name, sharesWith, capacity])).toEqual([['上午场', undefined, '24'], ['中午场', 0, '24'], ['晚场', undefined, '9']]);
    expect(without(plan().sessions, 1).map(({ sharesWith }) => sharesWith)).toEqual([undefined, 0, undefined]);
  });
  it('lets a session join who shares with nobody, and none that others share with', () => {
    const none = () => false;
    expect(sharable(plan().sessions, 3, none)).toEqual([0]);
    expect(sharable(plan().sessions, 0, none)).toEqual([]);
    expect(sharable(plan().sessions, 1, none)).toEqual([0]);
    // What stands alone was published so.
    const alone = [{ ...plan().sessions[3]!, id: 'session-9' }, ...plan().sessions.slice(3)];
    expect(sharable(alone, 1, none)).toEqual([]);
  });
  it('goes on in the next session and in those that repeat it', () => {
    const all = plan().sessions.slice(0, 3);
    expect(nextSession(all).sharesWith).toBe(0);
    expect(repeatedSessions(all, [at('16:00')])[0]!.sharesWith).toBe(0);
  });
});

describe('what was published', () => {
  const opened = () => signUpOf(coordinator, 'event-shared')!;
  it('counts once, as the one with most to be had', () => {
    expect(total(sessions)).toEqual({ used: 18, capacity: 24, waiting: 0 });
    const begun = sessions.map((session, i) => (i === 0 ? { ...session, begun: true, open_seats: 0 } : session));
    expect([openSeatsOf(begun), counted(begun).map(({ id }) => id)]).toEqual([6, [sessions[1]!.id]]);
    const other = { ...sessions[0]!, id: 'session-9', pool: null, used: 1, capacity: 5, open_seats: 4 };
    expect(total([...sessions, other])).toEqual({ used: 19, capacity: 29, waiting: 0 });
  });
  it('is sent back as it stands, and a new session may join', () => {
    const before = planOf(opened());
    expect(before.sessions.map(({ sharesWith }) => sharesWith)).toEqual([undefined, 0, 0]);
    expect(isShared(before.sessions, 0)).toBe(true);
    const more = { ...before, sessions: [...before.sessions, nextSession(before.sessions)] };
    expect(toChange(more, opened()).plan.sessions.map(({ capacity, shares_with }) => [capacity, shares_with])).toEqual([[24, 0], [24, 0], [24, 0], [24, 0]]);
  });
  it('is told with whom, without what was called off', () => {
    expect(sharedWords(sessions[0]!, sessions, ZONE)).toBe('和第\u00a02\u00a0场、第\u00a03\u00a0场共用这 24 个名额');
    const off = sessions.map((session, i) => (i === 2 ? { ...session, cancelled: '老师外出' } : session));
    expect(sharedWords(off[0]!, off, ZONE)).toBe('和第\u00a02\u00a0场共用这 24 个名额');
    expect(sharedWords({ ...sessions[0]!, pool: null }, sessions, ZONE)).toBe('');
  });
  it('comes with a theme or a copy', () => {
    const copied = planFrom(toPublish(plan()), ZONE);
    expect(toPublish(copied).sessions.map(({ shares_with }) => shares_with)).toEqual([2, 2, 2, null]);
  });
});

describe('in the window', () => {
  it('families read it where they choose', async () => {
    core.answers['event.open'] = signUpOf({ role: 'parent', size: 'some' } as Parameters<typeof openedOf>[0], 'event-shared')!;
    await openAs('parent', 'event', { id: 'event-shared' });
    expect(all()).toContain('和第 2 场、第 3 场共用这 24 个名额');
  });
  it('a coordinator plans it: a second session, shared with the first', async () => {
    await openAs('coordinator', 'plan', {});
    await click(button('加一场'));
    await click([...document.querySelectorAll('button')].find((one) => words(one) === '和别的场共用名额'));
    const input = document.querySelector<HTMLInputElement>('.share .combobox-input')!;
    await click(document.querySelector<HTMLElement>('.share .combobox-open'));
    input.focus();
    await press('ArrowDown');
    expect([...document.querySelectorAll('[role=option]')].map(words)).toEqual(['自己的名额', '和第 1 场共用']);
    await press('ArrowDown');
    await press('Enter');
    await settle();
    expect(all()).toContain('和第 1 场共用');
    const title = [...document.querySelectorAll('label')].find((label) => words(label).startsWith('标题'))!;
    await type('种子的旅行', title.closest('.field')!.querySelector('input')!);
    await click(button('发布，共'));
    expect((sent('event.publish') as EventPublish).sessions.map(({ capacity, shares_with }) => [capacity, shares_with])).toEqual([[60, 0], [60, 0]]);
  });
});
