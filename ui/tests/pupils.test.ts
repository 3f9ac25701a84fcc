// Pupils in shifts: consent in plain words, who waits for an adult, a class marked at once.
import { describe, expect, it } from 'vitest';
import type { PupilEnter, PupilMarkAsk, PupilWithdraw, ShiftTake } from '../src/lib/bindings';
import { all, button, clean, click, core, open as openAs, sent, settle, type, words } from './window';
import { ago, at } from './look/people';
import { shiftAt } from './look/things';
import { pupilShiftsOf } from './look/pupils';

const { pupilErrors, pupilPlan, toPupils } = await import('../src/screens/pupil/pupils');
const { refusalSentence } = await import('../src/lib/refusals');

/** One shift that can be taken, of a post that takes pupils. */
function alone() {
  const line = { ...shiftAt(0), mine: false, own: null, pending: null, called_off: null, why_not: null, offer: null, needed: 4, taken: 1, starts: at(2, '07:30'), ends: at(2, '08:10') };
  core.answers['shift.list'] = { shifts: [{ ...line, terms: { ...line.terms, entry: 'open' as const } }], may_plan: false, places: [] };
}
const dialog = () => document.querySelector('dialog')!;
const press = (name: string, within: ParentNode = document) => click([...within.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? words(one)).startsWith(name)));

describe('a family', () => {
  it('reads who waits for an adult, and how many are enough', async () => {
    await openAs('parent', 'shifts', {});
    expect(all()).toContain('等一位大人');
    expect(all()).toContain('再来 1 位大人就够');
    expect(all()).toContain('一位大人最多带 5 名');
  });
  it('takes the record of a child along on paper', async () => {
    await openAs('parent', 'hours', {});
    const one = pupilShiftsOf({ role: 'parent', size: 'some' }).served[0]!;
    await press(`把${one.child.name}的服务记录`);
    expect(sent('paper.save')).toEqual({ title: `学生志愿服务记录 ${one.child.name}` });
  });
  it('reads before it consents what else the child is expected at', async () => {
    await openAs('parent', 'shifts', {});
    expect(all()).toContain('那时已有“三年级家长开放日”');
  });
  it('puts a child down by words of consent', async () => {
    alone();
    await openAs('parent', 'shifts', {});
    await press('孩子去：');
    expect(words(dialog())).toContain('就是您作为监护人同意');
    expect(words(dialog())).toContain('名额不会被拿走');
    await click(dialog().querySelector('input[type=checkbox]'));
    await press('同意，孩子去', dialog());
    await settle();
    expect(sent<PupilEnter>('pupil.enter')).toMatchObject({ shift: 'shift-0000', on_behalf_of: null });
    expect(sent('shift.take')).toBeUndefined();
    expect(dialog()).toBeNull();
    await clean();
  });
  it('goes together, the adult first', async () => {
    alone();
    await openAs('parent', 'shifts', {});
    await press('一起去：');
    await click(dialog().querySelector('input[type=checkbox]'));
    await press('同意，一起去', dialog());
    await settle();
    expect(sent<ShiftTake>('shift.take')).toMatchObject({ on_behalf_of: null });
    expect(sent<PupilEnter>('pupil.enter')).toBeDefined();
  });
  it('takes a child out again', async () => {
    await openAs('parent', 'shifts', {});
    await click([...document.querySelectorAll('button')].find((one) => one.getAttribute('aria-label')?.endsWith('不去了')));
    expect(sent<PupilWithdraw>('pupil.withdraw')).toMatchObject({ shift: 'shift-0001' });
  });
  it('reads no button for a child that cannot go', async () => {
    const shifts = pupilShiftsOf({ role: 'parent', size: 'some' });
    core.answers['pupil.shifts'] = { ...shifts, shifts: shifts.shifts.map((one) => ({ ...one, children: one.children.map((child) => ({ ...child, decides: false })) })) };
    await openAs('parent', 'shifts', {});
    expect(button('孩子去：')).toBeFalsy();
  });
  it('reads in a sentence why a child cannot go', async () => {
    const shifts = pupilShiftsOf({ role: 'parent', size: 'some' });
    const whys = [{ code: 'shift-clash' as const, with: 'shift-0007' }, { code: 'not-eligible' as const }];
    const children = shifts.shifts[0]!.children.map((child, n) => ({ ...child, own: null, pending: null, why_not: whys[n]! }));
    core.answers['pupil.shifts'] = { ...shifts, shifts: shifts.shifts.map((one) => ({ ...one, children })) };
    await openAs('parent', 'shifts', {});
    expect(all()).toContain('同一时间已经报了另一班');
    expect(all()).toContain('这一班从 3 年级起');
    expect(button('孩子去：')).toBeFalsy();
    await clean();
  });
  it('reads no number of adults that nobody knows', async () => {
    const shifts = pupilShiftsOf({ role: 'parent', size: 'some' });
    core.answers['pupil.shifts'] = { ...shifts, shifts: shifts.shifts.map((one) => ({ ...one, counts: { ...one.counts, pupils: 0, adults: null } })) };
    await openAs('parent', 'shifts', {});
    expect(all()).toContain('其中几位是本校的大人还不知道');
    expect(all()).not.toContain('0 位大人');
  });
  it('reads that the shift of a child was called off', async () => {
    const shifts = pupilShiftsOf({ role: 'parent', size: 'some' });
    const called_off = { reason: '停课', at: ago(60 * 14) };
    const line = { ...shiftAt(1), mine: false, own: null, pending: null, called_off, why_not: { code: 'shift-off' as const }, offer: null };
    core.answers['shift.list'] = { shifts: [line], may_plan: false, places: [] };
    const off = shifts.shifts.map((one) => ({ ...one, called_off, children: one.children.map((child) => ({ ...child, own: child.own && { ...child.own, state: 'called-off' as const } })) }));
    core.answers['pupil.shifts'] = { ...shifts, shifts: off };
    await openAs('parent', 'shifts', {});
    expect(all()).toContain('这一班取消了');
    await clean();
  });
  it('reads what its children did', async () => {
    await openAs('parent', 'hours', {});
    expect(all()).toContain('孩子的服务时长');
    expect(all()).toContain('张晓梅记');
  });
});

describe('the desk and the supervisor', () => {
  it('read the ratio, who consented and who waits', async () => {
    await openAs('coordinator', 'roster', { shift: 'shift-0001' });
    expect(all()).toContain('2 位大人 · 12 名学生 · 一位大人最多带 5 名');
    expect(all()).toContain('李建国');
    await press('代为撤回');
    expect(sent<PupilWithdraw>('pupil.withdraw')).toMatchObject({ on_behalf_of: null });
    await clean();
  });
  it('mark a class at once, and are warned of too few adults', async () => {
    await openAs('coordinator', 'duty', { shift: 'shift-0000' });
    expect(words(document.querySelector('.short')!)).toContain('还差 1 位');
    await press('全到');
    expect(sent<PupilMarkAsk>('pupil.mark')?.pupils.length).toBe(7);
    await clean();
  });
  it('write why a pupil did not come', async () => {
    await openAs('coordinator', 'duty', { shift: 'shift-0000' });
    const section = document.querySelector<HTMLElement>('section[aria-labelledby=pupils]')!;
    await click([...section.querySelectorAll('button')].find((one) => words(one) === '未到'));
    await type('发烧', section.querySelector('form input')!);
    await press('记下', section);
    expect(sent<PupilMarkAsk>('pupil.mark')?.pupils[0]?.said).toMatchObject({ is: 'missed', excuse: '发烧' });
  });
  it('count pupils in the report and name none', async () => {
    await openAs('coordinator', 'hoursReport', {});
    expect(all()).toContain('27 名学生参加过，共 51 人次');
    expect(all()).toContain('学生按报名时的班级算');
    expect(all()).not.toContain('雨桐');
  });
});

describe('a post that takes pupils', () => {
  it('is planned with places, a ratio and a grade', () => {
    expect(pupilErrors({ on: true, places: '0', per_adult: '51', from_grade: '' })).toEqual({ places: 500, per_adult: 50 });
    expect(pupilErrors({ on: false, places: '', per_adult: '', from_grade: '' })).toEqual({});
    expect(toPupils({ on: true, places: '12', per_adult: '5', from_grade: '' })).toEqual({ places: 12, per_adult: 5 });
    expect(toPupils({ ...pupilPlan({ places: 3, per_adult: 1, from_grade: 4 }) })).toEqual({ places: 3, per_adult: 1, from_grade: 4 });
    expect(toPupils(undefined)).toBeNull();
  });
  it('is refused in plain words', () => {
    expect(refusalSentence({ code: 'no-pupils' }, 'Asia/Shanghai')).toBe('这个岗位不招学生。');
  });
});

