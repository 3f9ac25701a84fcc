// Getting people: whoever is asked answers with one press, and a desk sees how somebody fits before it asks.
import { describe, expect, it } from 'vitest';
import type { ShiftTake, VolunteerFit, VolunteerStep } from '../src/lib/bindings';
import { button, click, fromMenu, open as openAs, sent, settle, type, words } from './window';

const { fitWords, mayAsk, reasonWords } = await import('../src/screens/shift/fits');

const ZONE = 'Asia/Shanghai';
const dialog = () => document.querySelector('dialog')!;
const press = (name: string, within: ParentNode = document) => click([...within.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? words(one)).startsWith(name)));
const key = async (name: string) => {
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  await settle();
};
async function point(kind: string, on: HTMLElement, clientX: number, clientY: number) {
  on.dispatchEvent(new MouseEvent(kind, { button: 0, clientX, clientY, bubbles: true }));
  await settle();
}
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
  it('takes somebody to a shift by hand, and says over which they are held', async () => {
    await openAs('coordinator', 'roster', {});
    await press('安排人');
    const person = () => document.querySelectorAll<HTMLElement>('.person')[1]!;
    await point('pointerdown', person(), 10, 10);
    await settle();
    const target = cell('可以');
    const put = document.elementFromPoint;
    document.elementFromPoint = () => target;
    try {
      await point('pointermove', person(), 12, 12);
      expect(document.querySelector('.held'), 'a press that shakes is no drag').toBeNull();
      await point('pointermove', person(), 90, 60);
      expect(words(document.querySelector('.held'))).toBe('陈志远');
      expect(target.classList.contains('over')).toBe(true);
      expect(dialog()).toBeNull();
      await point('pointerup', person(), 90, 60);
    } finally {
      document.elementFromPoint = put;
    }
    expect(document.querySelector('.held')).toBeNull();
    expect(target.classList.contains('over')).toBe(false);
    await press('请', dialog());
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'offer-shift', shift: target.dataset['shift'], people: ['helper-0001'] });
  });
  it('asks nobody where somebody is let go beside every shift', async () => {
    await openAs('coordinator', 'roster', {});
    await press('安排人');
    const [, person] = document.querySelectorAll<HTMLElement>('.person');
    await point('pointerdown', person!, 10, 10);
    const put = document.elementFromPoint;
    document.elementFromPoint = () => document.body;
    try {
      await point('pointermove', person!, 90, 60);
      await point('pointerup', person!, 90, 60);
    } finally {
      document.elementFromPoint = put;
    }
    expect(dialog()).toBeNull();
  });
  it('goes from shift to shift by the arrow keys, and back', async () => {
    await openAs('coordinator', 'roster', {});
    const shifts = [...document.querySelectorAll<HTMLElement>('td button[data-shift]')];
    const where = (of: HTMLElement) => {
      const td = of.closest('td')!;
      return { row: (td.parentElement as HTMLTableRowElement).rowIndex, column: td.cellIndex, at: [...td.querySelectorAll('button')].indexOf(of as HTMLButtonElement) };
    };
    const here = () => where(document.activeElement as HTMLElement);
    // One whose next column holds a shift, and one with a shift in a later row of its column: gone to, and back.
    const beside = shifts.find((one) => shifts.some((other) => where(other).row === where(one).row && where(other).column > where(one).column))!;
    const above = shifts.find((one) => shifts.some((other) => where(other).row > where(one).row && where(other).column === where(one).column))!;
    for (const [from, there, back] of [[beside, 'ArrowRight', 'ArrowLeft'], [above, 'ArrowDown', 'ArrowUp']] as const) {
      from.focus();
      const was = here();
      await key(there);
      expect(document.activeElement, there).not.toBe(from);
      if (there === 'ArrowRight') expect([here().row, here().column > was.column]).toEqual([was.row, true]);
      else expect([here().column, here().row > was.row || here().at > was.at]).toEqual([was.column, true]);
      await key(back);
      expect(document.activeElement, back).toBe(from);
    }
  });
  it('is taken to a shift by the arrow keys and a press', async () => {
    await openAs('coordinator', 'roster', {});
    await press('安排人');
    await click(document.querySelectorAll<HTMLElement>('.person')[1]);
    await settle();
    const target = cell('可以');
    const td = target.closest('td')!;
    const before = [...(td.parentElement as HTMLTableRowElement).cells].slice(1, td.cellIndex).flatMap((one) => [...one.querySelectorAll<HTMLElement>('button')]).at(-1);
    const after = [...(td.parentElement as HTMLTableRowElement).cells].slice(td.cellIndex + 1).flatMap((one) => [...one.querySelectorAll<HTMLElement>('button')])[0];
    (before ?? after)!.focus();
    await key(before ? 'ArrowRight' : 'ArrowLeft');
    expect(document.activeElement).toBe(target);
    await click(document.activeElement as HTMLElement);
    expect(dialog()).not.toBeNull();
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
