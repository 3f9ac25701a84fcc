import { beforeEach, describe, expect, it } from 'vitest';
import type { HoldView, SessionFill } from '../src/lib/bindings';
import { prefs } from '../src/lib/prefs.svelte';
import { deskWords, familyWords, holdErrors, holdsOf, holdsWords, nextHold, planned, type HoldPlan } from '../src/screens/event/holds';
import { freshPlan, isComplete, planErrors, toPublish } from '../src/screens/event/plan';
import { sessionAt } from './look/people';
import { button, click, open, settle } from './window';

const zone = 'Asia/Shanghai';
const now = new Date('2026-11-23T10:00:00+08:00');
const until = `2026-11-24T12:00:00+08:00[${zone}]`;
const plain: HoldPlan = { of: 'siblings', places: [], seats: '8', until };
const c12 = { id: 'c12', level: 'class' as const, name: '东校区', grade: 1, number: 2 };
const view = (change: Partial<HoldView> = {}): HoldView => ({ id: 'h', of: { is: 'siblings' }, places: [], seats: 8, left: 5, until, own: false, ...change });
const session = (...holds: HoldView[]): SessionFill => ({ ...sessionAt(0), holds });

beforeEach(() => {
  prefs.language = 'zh-CN';
});

describe('seats that are to be kept', () => {
  it('are for a group that has none yet, until a day before sign-up closes', () => {
    const first = nextHold([], `2026-11-25T20:00:00+08:00[${zone}]`);
    expect(first).toMatchObject({ of: 'siblings', until: `2026-11-24T20:00:00+08:00[${zone}]` });
    expect(nextHold([first], '').of).toBe('staff');
  });
  it('say what is missing, each where it is missing', () => {
    const starts = until;
    expect(holdErrors([{ ...plain, seats: '0' }], '', '60')[0]?.seats).toBe('写 1 到 60 的数字');
    expect(holdErrors([plain], starts, '60')[0]?.until).toBe('要在这一场开始前');
    expect(holdErrors([{ ...plain, of: 'places' }], '', '60')[0]?.places).toBe('选一个年级或班级');
    expect(holdErrors([plain, { ...plain, of: 'staff', seats: '3' }], '', '10').map(({ seats }) => seats)).toEqual([undefined, '留的加起来比这一场的名额多']);
    expect(holdErrors([plain], '', '60')).toEqual([{}]);
    expect(holdErrors([plain], '', '60', until)[0]?.until).toBe('没有候补，要在报名截止前');
  });
  it('stop a plan that would be refused, and go with one that is sent', () => {
    const fresh = freshPlan(zone, 'east');
    const plan = (seats: string) => ({ ...fresh, title: '开放日', sessions: [{ ...fresh.sessions[0]!, holds: [{ ...nextHold([], fresh.closes), seats }] }] });
    expect(isComplete(planErrors(plan('x')))).toBe(false);
    expect(toPublish(plan('8')).sessions[0]?.holds).toMatchObject([{ id: null, of: { is: 'siblings' }, seats: 8 }]);
    expect(toPublish({ ...plan('8'), draws: true }).sessions[0]?.holds).toEqual([]);
  });
  it('come back as they were planned', () => {
    const holds = [view(), view({ id: 'p', of: { is: 'places', places: ['c12'] }, places: [c12] })];
    expect(planned(holdsOf(session(...holds)))).toEqual([
      { id: 'h', of: { is: 'siblings' }, seats: 8, until },
      { id: 'p', of: { is: 'places', places: ['c12'] }, seats: 8, until },
    ]);
  });
});

describe('in words', () => {
  it('a family reads what is kept for it and what is not, while something is left', () => {
    const shown = familyWords(session(view({ own: true }), view({ of: { is: 'staff' }, left: 2 }), view({ left: 0 })), '', zone, now);
    expect(shown).toHaveLength(2);
    expect(shown[0]).toMatch(/^其中 5 个为多子女家庭留着，您家可以报，留到/u);
    expect(shown[1]).toMatch(/^另有 2 个名额留给教职工家庭，/u);
  });
  it('the desk reads what is left, even if it is nothing', () => {
    expect(deskWords(session(view({ left: 0 })), '', zone, now)[0]).toMatch(/^多子女家庭留 8 个，还剩 0 个，/u);
  });
  it('a change names all that is kept', () => {
    const words = holdsWords([plain, { ...plain, of: 'places', places: ['c12'] }], () => '一年级2班', () => '明天');
    expect(words).toBe('多子女家庭 8 个（到明天）、一年级2班 8 个（到明天）');
    expect(holdsWords([], String, String)).toBe('不留');
  });
});

describe('the form', () => {
  it('keeps seats by keyboard: the focus goes to the new group, and back to where one is added', async () => {
    await open('coordinator', 'plan', {});
    const opener = () => [...document.querySelectorAll<HTMLButtonElement>('[data-add]')].at(0);
    await click(opener());
    await settle();
    expect(opener()).toBeDefined();
    expect(document.activeElement?.closest('[role=group]')?.getAttribute('aria-label')).toBe('多子女家庭');
    await click(button('不再留给多子女家庭'));
    await settle();
    expect(opener()?.getAttribute('aria-label')).toContain('为一些家庭留名额');
    expect(document.activeElement).toBe(opener());
  });
});
