// Getting people: whoever is asked answers with one press, and a desk sees how somebody fits before it asks.
import { describe, expect, it } from 'vitest';
import type { ShiftTake, VolunteerFit, VolunteerStep } from '../src/lib/bindings';
import { button, click, fromMenu, open as openAs, sent, settle, type, words } from './window';

const { fitWords, mayAsk, reasonWords } = await import('../src/screens/shift/fits');

const ZONE = 'Asia/Shanghai';
const dialog = () => document.querySelector('dialog')!;
const press = (name: string, within: ParentNode = document) => click([...within.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? words(one)).startsWith(name)));
const cell = (text: string) => [...document.querySelectorAll<HTMLElement>('td button')].find((one) => words(one).includes(text))!;

describe('who is asked to come', () => {
  it('reads who asks, in their words, and answers with one press', async () => {
    await openAs('parent', 'shifts');
    const asked = document.querySelector<HTMLElement>('section[aria-labelledby=offered]')!;
    expect(words(asked)).toContain('周敏请您来');
    await press('会来：食堂陪餐', asked);
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toEqual({ step: 'answer-offer', shift: 'shift-0005', agrees: true });
  });
  it('says no without being asked why', async () => {
    await openAs('parent', 'shifts');
    await press('来不了', document.querySelector('section[aria-labelledby=offered]')!);
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toEqual({ step: 'answer-offer', shift: 'shift-0005', agrees: false });
    expect(document.querySelector('dialog')).toBeNull();
  });
  it('is thanked where there are enough people', async () => {
    await openAs('parent', 'shifts');
    expect(words(document.body)).toContain('人够了，这一班不用来了，谢谢您');
  });
});

describe('the desk', () => {
  it('sees how somebody fits before it asks, and asks or enters', async () => {
    await openAs('coordinator', 'roster', {});
    await press('安排人');
    await click(document.querySelectorAll<HTMLElement>('.person')[1]);
    await settle();
    expect(cell('没有“健康证”')).toBeTruthy();
    await click(cell('可以'));
    await settle();
    await type('周二早上缺一位', dialog().querySelector('textarea')!);
    await press('请', dialog());
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'offer-shift', people: ['helper-0001'], words: '周二早上缺一位' });
    await click(cell('可以'));
    await press('已说好', dialog());
    await settle();
    expect(sent<ShiftTake>('shift.take')?.on_behalf_of).toEqual({ person: 'helper-0001', note: '' });
  });
  it('looks at one post alone', async () => {
    await openAs('coordinator', 'roster', {});
    const titles = () => [...document.querySelectorAll('tbody th')].map((one) => words(one));
    const all = titles();
    const input = document.querySelector<HTMLInputElement>('.week .combobox-input')!;
    const key = async (name: string) => {
      input.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
      await settle();
    };
    await click(document.querySelector<HTMLElement>('.week .combobox-open'));
    input.focus();
    // 全部岗位 first, then each of them.
    for (const name of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await key(name);
    const option = [...document.querySelectorAll<HTMLElement>('[role=option]')].find((one) => one.dataset['highlighted'] !== undefined)!;
    const picked = words(option);
    await key('Enter');
    expect(all).toContain(picked);
    expect(titles()).toEqual([picked]);
  });
  it('asks nobody by looking at a proposal, and not whom it unticked', async () => {
    await openAs('coordinator', 'roster', {});
    await press('给缺人的班建议人选');
    await settle();
    expect(sent('volunteer.step')).toBeUndefined();
    expect(words(dialog())).toContain('这学期还没来过');
    await click(dialog().querySelector('input[type=checkbox]'));
    await press('请这', dialog());
    await settle();
    const first = sent<VolunteerStep>('volunteer.step')?.step;
    expect(first).toMatchObject({ step: 'offer-shift' });
    expect(first && 'people' in first && first.people.includes('helper-0000')).toBe(false);
  });
  it('changes no shift to fewer than come', async () => {
    await openAs('coordinator', 'roster', { shift: 'shift-0002' });
    await fromMenu(document.querySelector<HTMLElement>('.acts .more-trigger'), '改这一班');
    const needed = dialog().querySelector<HTMLInputElement>('input[inputmode=numeric]')!;
    await type('1', needed);
    await press('保存', dialog());
    expect(words(dialog())).toContain('已有 2 人报名，不能少于 2');
    expect(sent('volunteer.step')).toBeUndefined();
    await type('5', needed);
    await press('保存', dialog());
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'change-shift', shift: 'shift-0002', needed: 5, version: 0 });
  });
});

it('says in a cell what stands in the way first, then what to think of', () => {
  const fit = (more: Partial<VolunteerFit>): VolunteerFit => ({ shift: 's', part: null, why_not: null, reasons: [], ...more });
  expect(fitWords(fit({ part: 'offered' }), ZONE).words).toBe('已请');
  expect(fitWords(fit({ why_not: { code: 'short-rest', with: 'x', minutes: 60 } }), ZONE).tone).toBe('not');
  expect(fitWords(fit({ reasons: [{ is: 'this-term', shifts: 0 }, { is: 'busy' }] }), ZONE)).toEqual({ tone: 'warns', words: '这个时间有别的事' });
  expect([mayAsk(undefined), mayAsk(fit({})), mayAsk(fit({ part: 'taken' })), mayAsk(fit({ part: 'released' }))]).toEqual([true, true, false, true]);
  expect(reasonWords({ is: 'this-term', shifts: 0 })).toBe('这学期还没来过');
  expect(button).toBeTypeOf('function');
});
