// The opening rehearsed from the plan that is being written: what is asked, what is said first, and the ways out.
import { beforeEach, describe, expect, it } from 'vitest';
import type { EventRehearse, EventRehearsed } from '../src/lib/bindings';
import { rehearsed } from './look/rehearsals';
import { rehearsedPlan } from './look/rehearsal-scenes';
import { all, allSent, box, button, clean, click, core, open as openAs, press, sent, settle, type, words } from './window';

const { route } = await import('../src/lib/route.svelte');
const { freshPlan } = await import('../src/screens/event/plan');
const { afterWords, canRehearse, enoughOf, fullWords, leftOut, leftOutWords, supposedErrors, toRehearse, usual, withEnough } = await import('../src/screens/event/rehearse/rehearse');
const { rehearsingOf } = await import('../src/screens/event/rehearse/rehearsing.svelte');

const ZONE = 'Asia/Shanghai';
const coordinator = { role: 'coordinator' as const, size: 'some' as const };
const plan = () => ({ ...freshPlan(ZONE), ...structuredClone(rehearsedPlan) });
const ask = (change: Partial<EventRehearse> = {}) => ({ ...toRehearse(plan(), usual(), 7), ...change });
const told = (change: Partial<EventRehearsed> = {}): EventRehearsed => ({ ...rehearsed(coordinator, ask()), ...change });
const field = (name: string) => [...document.querySelectorAll('label')].find((label) => words(label).startsWith(name))!.closest('.field')!.querySelector('input')!;
const section = (name: string) => words([...document.querySelectorAll('main section')].find((one) => words(one.querySelector('h2')) === name));
const open = async (draft: object = rehearsedPlan) => {
  core.drafts.set('event.plan', JSON.stringify(draft));
  await openAs('coordinator', 'rehearse');
};
const play = () => click(document.querySelector<HTMLElement>('main form button[type=submit]'));

// What a window before this one left is not of this test.
beforeEach(() => void rehearsingOf('none'));

describe('what is asked', () => {
  it('is the plan as it would be published, and numbers', () => {
    const { plan: sentPlan, suppose, runs, seed } = ask();
    expect(sentPlan).toMatchObject({ title: '家长开放日', sessions: [{ capacity: 60 }, { capacity: 60 }], draw: null });
    expect(suppose).toEqual({ want_percent: 50, two_adults_percent: 30, first_minute_percent: 30, hours: 24, suits: 3, times: 1, prefer: 'even', give_back_percent: 5, late: [], late_minutes: 60, staff_hours: 24 });
    expect([runs, seed]).toEqual([200, 7]);
  });
  it('needs no title and no public value, but places, times and seats', () => {
    expect(canRehearse({ ...plan(), title: '' })).toBe(true);
    expect(canRehearse({ ...plan(), draws: true, publicValue: '' })).toBe(true);
    expect(canRehearse({ ...plan(), place: '' })).toBe(false);
    expect(canRehearse({ ...plan(), sessions: [{ ...plan().sessions[0]!, capacity: '0' }] })).toBe(false);
  });
  it('has bounds, each with its sentence', () => {
    expect(supposedErrors(usual())).toEqual({});
    const errors = supposedErrors({ ...usual(), want: '101', hours: '0', suits: 'x', giveBack: '', staffHours: '1.5' });
    expect(Object.keys(errors).toSorted()).toEqual(['giveBack', 'hours', 'staffHours', 'suits', 'want']);
    expect(errors.want).toBe('请填 0 到 100 的整数。');
  });
});

describe('what came of it, in words', () => {
  it('names the classes left out in the order of the school, with what would be otherwise', () => {
    const left = leftOut(told(), 'race');
    expect(left.map(({ class: { id } }) => id)).toEqual(['class-0003', 'class-0005', 'class-0008']);
    expect(leftOutWords(left[0]!, 'race')).toEqual(['19 家想来，多数试演里没有名额', '班里 38 家有 30 家要等老师代办', '抽签的话大约 10 家有名额']);
    expect(leftOutWords(left[1]!, 'race')[0]).toContain('不到全校的一半');
    expect(leftOutWords(left[2]!, 'race')).toEqual(['没有一场是给他们的']);
    expect(leftOut(told(), 'draw')).toHaveLength(1);
  });
  it('says when a session is full, in seconds, minutes and hours', () => {
    expect([7, 59, 60, 3_540, 7_500].map(afterWords)).toEqual(['7 秒', '59 秒', '1 分钟', '59 分钟', '2 小时 5 分钟']);
    const { race } = told().sessions[0]!;
    expect(fullWords(race, 200, 'race')).toBe('开放后 47 秒 报满');
    expect(fullWords({ ...race, full_runs: 120 }, 200, 'race')).toContain('200 次里 120 次报满');
    expect(fullWords({ ...race, full_runs: 0, full_after_s: null }, 200, 'race')).toBe('没有报满过');
  });
  it('knows whether seats would help, and takes none away', () => {
    expect(enoughOf(told())).toBe('more');
    const sessions = (enough: number | null) => told().sessions.map((session) => ({ ...session, enough }));
    expect(enoughOf(told({ sessions: sessions(40) }))).toBe('fits');
    expect(enoughOf(told({ sessions: sessions(null) }))).toBe('never');
    // The plan names them the other way round.
    const turned = { ...plan(), sessions: plan().sessions.toReversed() };
    const [first, second] = told().sessions;
    const more = told({ sessions: [{ ...first!, enough: 40 }, { ...second!, enough: 99 }] });
    expect(withEnough(turned, more).map(({ name, capacity }) => [name, capacity])).toEqual([['第 2 场', '99'], ['第 1 场', '60']]);
  });
});

describe('the screen', () => {
  it('says first that nothing is sent, plays, and says who is left out before any figure', async () => {
    await open();
    expect(all()).toContain('什么都不会发出去，也不会存下来');
    expect(all()).toContain('还没有演');
    await play();
    expect(sent<EventRehearse>('event.rehearse')).toMatchObject({ runs: 200, seed: null, plan: { title: '家长开放日' } });
    const first = section('先看这些');
    expect(first).toContain('228 家想来，120 家有名额。');
    expect(first).toContain('本部一年级4班');
    expect(first).toContain('19 家想来，多数试演里没有名额');
    const heads = [...document.querySelectorAll('main h2')].map(words);
    expect(heads.indexOf('先看这些')).toBeLessThan(heads.indexOf('每一场'));
    expect(section('每一场')).toContain('60 / 60 个名额');
    expect(all()).toContain('这次的种子是 20261');
    expect(['event.publish', 'event.change'].flatMap(allSent)).toEqual([]);
    await clean();
  });
  it('is played by the keyboard', async () => {
    await open();
    field('想来的家庭').focus();
    document.querySelector('form')!.requestSubmit();
    await settle();
    expect(allSent('event.rehearse')).toHaveLength(1);
    await press('Tab');
  });
  it('marks a number that cannot be, opens what hides it, and asks nothing', async () => {
    await open();
    await type('0', field('每个孩子最多几场有空来'));
    await play();
    expect(allSent('event.rehearse')).toEqual([]);
    expect(all()).toContain('请填 1 到 40 的整数。');
    expect(document.querySelector('details')!.open).toBe(true);
  });
  it('plays what was changed with the same chances, and says so until then', async () => {
    await open();
    await play();
    await type('90', field('第 1 场的名额'));
    expect(all()).toContain('下面还是改之前演的');
    await click('按现在的计划再演');
    expect(sent<EventRehearse>('event.rehearse')).toMatchObject({ seed: 20_261, plan: { sessions: [{ capacity: 90 }, { capacity: 60 }] } });
    expect(all()).not.toContain('下面还是改之前演的');
    await click('换个种子再演');
    expect(sent<EventRehearse>('event.rehearse')!.seed).toBeNull();
  });
  it('puts seats that would do into the plan, which can be undone', async () => {
    await open();
    await play();
    await click('计划改成这些名额');
    const seats = () => (JSON.parse(core.drafts.get('event.plan')!) as typeof rehearsedPlan).sessions.map(({ capacity }) => capacity);
    await settle(400);
    expect(seats()).toEqual(['118', '118']);
    await click('撤销');
    await settle(400);
    expect(seats()).toEqual(['60', '60']);
  });
  it('goes back to the plan with a draw, where its value is asked for', async () => {
    core.drafts.set('event.plan', JSON.stringify(rehearsedPlan));
    await openAs('coordinator', 'plan');
    await click('试演开放报名');
    await play();
    expect(section('可以怎么办')).toContain('改成抽签的话，想来的 228 家里大约 120 家有名额，1 个班被落下');
    await click('在计划里改成抽签');
    await settle(400);
    expect(JSON.parse(core.drafts.get('event.plan')!)).toMatchObject({ draws: true });
    expect(route.screen).toBe('plan');
    expect(all()).toContain('等哪个公开数值');
  });
  it('says when nobody could come, when the plan is not complete, and when it failed', async () => {
    core.answers['event.rehearse'] = told({ families: 0, classes: [] });
    await open();
    await play();
    expect(all()).toContain('没有家庭可以来');
    core.faults['event.rehearse'] = { fault: 'refused', refusal: { code: 'no-power', power: 'manage-events' } };
    await click('按现在的计划再演');
    expect(all()).toContain('没有家庭可以来');
    expect(button('再试一次')).toBeTruthy();
  });
  it('leads back to a plan that is not complete', async () => {
    await open({ ...rehearsedPlan, place: '' });
    expect(all()).toContain('计划还差几处');
    await click('回到计划');
    expect(allSent('event.rehearse')).toEqual([]);
  });
  it('is reached from the plan, which first marks what is missing', async () => {
    core.drafts.set('event.plan', JSON.stringify({ ...rehearsedPlan, closes: '' }));
    await openAs('coordinator', 'plan');
    await click('试演开放报名');
    expect(route.screen).toBe('plan');
    expect(all()).toContain('还有几处要补');
  });
  it('is reached from the plan when it is complete', async () => {
    core.drafts.set('event.plan', JSON.stringify({ ...rehearsedPlan, title: '' }));
    await openAs('coordinator', 'plan');
    await click('试演开放报名');
    expect(route.screen).toBe('rehearse');
    await click(box('一半家庭最想来第一场'));
    await play();
    expect(sent<EventRehearse>('event.rehearse')).toMatchObject({ suppose: { prefer: 'first' }, plan: { title: '还没有名称的活动' } });
  });
});
