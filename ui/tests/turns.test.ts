// 护学岗: what a family, its contact, a teacher and a desk do about turns of classes.
import { describe, expect, it } from 'vitest';
import type { VolunteerStep } from '../src/lib/bindings';
import { choose, clean, click, core, open as openAs, sent, settle, words } from './window';
import { children } from './look/people';
import { turnsOf } from './look/turns';

const { ownTurnWords, partWords, wholeWithin } = await import('../src/screens/turn/words');

const press = (name: string, within: ParentNode = document) => click([...within.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? words(one)).startsWith(name)));
const dialog = () => document.querySelector('dialog')!;
const page = () => words(document.querySelector('main') ?? document.body);

describe('a family', () => {
  it('says that it is ready, and is told that each time it decides anew', async () => {
    const { classes } = turnsOf({ role: 'parent', size: 1 });
    core.answers['turns.classes'] = { classes };
    await openAs('parent', 'turns', {});
    expect(page()).toContain('每一班来不来再由您定');
    expect(page()).not.toContain('请一个家庭');
    await press('我愿意参加护学岗');
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'say-ready', ready: true });
    await clean();
  });
});

describe('a contact', () => {
  it('asks a family that is ready, and not without one', async () => {
    await openAs('parent', 'turns', {});
    await press('请一个家庭');
    await press('请对方来', dialog());
    expect(words(dialog())).toContain('请选一个家庭。');
    expect(words(dialog())).toContain('不用说原因');
    expect(sent('volunteer.step')).toBeUndefined();
    await clean();
  });
  it('takes back what it asked', async () => {
    await openAs('parent', 'turns', {});
    await press('不用了');
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'release-offer' });
  });
  it('reads names of children and no names of parents', async () => {
    await openAs('parent', 'turns', {});
    const { classes } = turnsOf({ role: 'parent', size: 'some' });
    expect(classes[0]!.parents).toEqual([]);
    expect(document.querySelectorAll('.parts li').length).toBeGreaterThan(0);
  });
});

describe('a teacher', () => {
  it('enters for a family that telephoned that it may be asked, or no longer', async () => {
    await openAs('teacher', 'turns', {});
    expect(page()).toContain('（代办）');
    await press('代办登记：');
    await press('登记愿意', dialog());
    expect(words(dialog())).toContain('请选一个家庭。');
    await choose(dialog(), '已登记愿意');
    await press('登记不再愿意', dialog());
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'say-ready', ready: false, on_behalf_of: { person: 'family-0005', note: '' } });
    await press('代办登记：');
    await choose(dialog(), children[0]!);
    await press('登记愿意', dialog());
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'say-ready', ready: true, on_behalf_of: { person: 'family-0000', note: '' } });
    await clean();
  });
  it('names a contact, and nobody without choosing', async () => {
    const { classes } = turnsOf({ role: 'teacher', size: 'some' });
    core.answers['turns.classes'] = { classes: [{ ...classes[0]!, contacts: [] }] };
    await openAs('teacher', 'turns', {});
    expect(page()).toContain('还没有联系人');
    await press('给');
    await press('指定联系人', dialog());
    expect(words(dialog())).toContain('请选一位家长。');
    expect(words(dialog())).toContain('看不到电话和档案');
    await clean();
  });
});

describe('a desk', () => {
  it('lays nothing without a class', async () => {
    await openAs('coordinator', 'planTurns', { id: 'post-0001' });
    await press('排好');
    expect(page()).toContain('请至少选一个班。');
    expect(sent('volunteer.step')).toBeUndefined();
    await clean();
  });
});

describe('words', () => {
  const turn = turnsOf({ role: 'parent', size: 'some' }).classes[0]!.days[1]!.turn;
  const now = new Date('2026-11-26T02:00:00Z');
  it('say what is missing while it is kept, and that it is open afterwards', () => {
    expect(ownTurnWords({ ...turn, kept: true, left: 1 }, 'Asia/Shanghai', now)).toContain('还缺 1 人');
    expect(ownTurnWords({ ...turn, kept: true, left: 0 }, 'Asia/Shanghai', now)).toBe('留给本班的 2 人已补齐');
    expect(ownTurnWords({ ...turn, kept: false }, 'Asia/Shanghai', now)).toBe('已向大家开放');
    expect(partWords('said-no')).toBe('来不了');
  });
  it('take whole numbers within bounds only', () => {
    expect([wholeWithin('2', 1, 3), wholeWithin('0', 1, 3), wholeWithin('2.5', 1, 3), wholeWithin('', 0, 3)]).toEqual([2, undefined, undefined, undefined]);
  });
});
