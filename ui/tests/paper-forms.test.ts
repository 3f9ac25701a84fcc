// Forms from slips of paper: their fields by keys, and what has to be entered in the dialog of the child.
import { describe, expect, it } from 'vitest';
import { click, press, settle, type } from './core';
import { dialog, ids, input, kept, name, open, replies, said, takenBack, text, waiting } from './slips';

describe('a form on paper', () => {
  const number = () => input('input[inputmode=decimal]');
  const size = () => input('input[type=radio]');
  const note = () => dialog().querySelector('textarea')!;
  const values = () => replies().map(([, reply]) => (reply.is === 'fill-in' ? reply.values : []));

  it('begins in its first field, is kept by Enter, and goes on empty', async () => {
    await open('form-open');
    expect(document.activeElement).toBe(number());
    await type(' １３８．５ ', number());
    size().focus();
    await press('3');
    expect((document.activeElement as HTMLInputElement).checked).toBe(true);
    await type('袖子长一点', note());
    await press('Enter');
    expect(replies()).toEqual([[ids()[0], { is: 'fill-in', values: ['138.5', '140', '', '', '袖子长一点'], files: [] }]]);
    expect(name()).toContain(waiting()[1]!.child.name);
    expect(number().value).toBe('');
    expect(dialog().querySelector(':checked')).toBeNull();
    expect(document.activeElement).toBe(number());
  });
  it('says beside the field what is wrong, and stays', async () => {
    await open('form-open');
    await type('一米三', number());
    await press('Enter');
    expect(kept()).toEqual([]);
    expect(document.getElementById(number().getAttribute('aria-describedby')!)?.textContent).toBe('请只写数字，比如 36.5');
    expect(document.activeElement).toBe(number());
    await type('130', number());
    await press('Enter');
    expect(text()).toContain('这一项要选');
    expect(document.activeElement).toBe(size());
    await press('2', 'Enter');
    expect(values()).toEqual([['130', '130', '', '', '']]);
  });
  it('does not lose half a day', async () => {
    await open('form-open');
    await type('130', number());
    size().focus();
    await press('1');
    const parts = [...dialog().querySelectorAll<HTMLElement>('[role=spinbutton]')];
    parts[0]!.focus();
    await press('2', '0', '2', '6', 'Enter');
    expect(kept()).toEqual([]);
    expect(text()).toContain('请把年、月、日都填上');
    parts[1]!.focus();
    await press('1', '1');
    parts[2]!.focus();
    await press('2', '7', 'Enter');
    expect(values()).toEqual([['130', '120', '', '2026-11-27', '']]);
  });
  it('takes no year of two digits', async () => {
    await open('form-open');
    await type('130', number());
    size().focus();
    await press('1');
    const part = (n: number) => dialog().querySelectorAll<HTMLElement>('[role=spinbutton]')[n]!;
    part(1).focus();
    await press('1', '1');
    part(2).focus();
    await press('2', '7');
    part(0).focus();
    await press('2', '0', 'Enter');
    expect(kept()).toEqual([]);
    expect(text()).toContain('请把年、月、日都填上');
    part(0).focus();
    await press('2', '6', 'Enter');
    expect(values()).toEqual([['130', '120', '', '2026-11-27', '']]);
  });
  it('leaves Enter to an open list, and a new line to Shift', async () => {
    await open('form-open');
    const list = input('[role=combobox]');
    list.focus();
    list.setAttribute('aria-expanded', 'true');
    await press('Enter');
    note().focus();
    note().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true, bubbles: true }));
    await settle();
    expect(text()).not.toContain('这一项要填');
    await press('Enter');
    expect(text()).toContain('这一项要填');
  });
  it('is corrected from what was typed, and not sent again as it stands', async () => {
    await open('form-open');
    await type('130', number());
    size().focus();
    await press('1', 'Enter', 'PageUp');
    expect(number().value).toBe('130');
    expect(said()).toBe('已录入');
    await press('Enter');
    expect(kept()).toHaveLength(1);
    await press('PageUp');
    await type('131', number());
    await press('Enter');
    expect(takenBack()).toEqual(['m1']);
    expect(values()).toEqual([
      ['130', '120', '', '', ''],
      ['131', '120', '', '', ''],
    ]);
  });
  it('is undone with what was typed', async () => {
    await open('form-open');
    await type('130', number());
    size().focus();
    await press('1', 'Enter', 'PageUp');
    await click('撤销');
    expect(takenBack()).toEqual(['m1']);
    expect(number().value).toBe('');
  });
  it('keeps what was typed while another child is looked at', async () => {
    await open('form-open');
    await type('130', number());
    await press('PageDown');
    expect(number().value).toBe('');
    await press('PageUp');
    expect(number().value).toBe('130');
  });
  it('leaves its arrows and digits to the fields', async () => {
    await open('form-open');
    await press('ArrowRight', 'Backspace', '1');
    expect(name()).toContain(waiting()[0]!.child.name);
    expect(kept()).toEqual([]);
  });
  it('says that a file cannot be entered, and is kept without one that may be left out', async () => {
    await open('form-photo');
    expect(text()).toContain('“一寸照片”是文件，在这里录不了');
    expect(dialog().querySelector('input[type=file]')).toBeNull();
    await type('130', number());
    size().focus();
    await press('1', 'Enter');
    expect(replies()).toEqual([[ids()[0], { is: 'fill-in', values: ['130', '120', '', '', '', ''], files: [] }]]);
  });
});

describe('a form that requires a file', () => {
  it('leads to the dialog of its child by one key, and back', async () => {
    await open('back');
    const [first, second] = waiting();
    expect(text()).toContain('“签好的回执”是文件，在这里录不了');
    expect(dialog().querySelector('form')).toBeNull();
    await press('PageDown', 'PageUp', 'Enter');
    const [, own] = document.querySelectorAll('dialog');
    expect(own!.textContent).toContain(first!.child.name);
    // The keys are the upper dialog's.
    await press('ArrowRight');
    expect(name()).toContain(first!.child.name);
    own!.dispatchEvent(new Event('close'));
    await settle();
    expect(document.querySelectorAll('dialog')).toHaveLength(1);
    expect(text()).toContain('已录入 0 / 22');
    await press('ArrowRight');
    expect(name()).toContain(second!.child.name);
    expect(kept()).toEqual([]);
  });
});

describe('the dialog of a child above the slips', () => {
  it('counts what was entered there, once, and goes on', async () => {
    await open('form-photo');
    const [first, second] = waiting();
    await click(`打开${first!.child.name}的窗口`);
    const own = [...document.querySelectorAll('dialog')][1]!;
    own.querySelector<HTMLInputElement>('input[type=radio]')!.click();
    await settle();
    await type('130', own.querySelector<HTMLInputElement>('input[inputmode=decimal]')!);
    [...own.querySelectorAll<HTMLInputElement>('input[type=radio]')].find((one) => one.parentElement!.textContent === '120')!.click();
    await settle();
    await click('代办：记下回应');
    expect(replies().map(([child]) => child)).toEqual([first!.child.id]);
    expect(document.querySelectorAll('dialog')).toHaveLength(1);
    expect(text()).toContain('已录入 1 / 22');
    expect(name()).toContain(second!.child.name);
    await press('PageUp');
    expect(said()).toBe('已录入');
    // It is changed where it was entered; for a moment a toast above the dialog takes it back.
    const undo = [...document.querySelectorAll('button')].filter((one) => one.textContent!.trim() === '撤销' && !one.closest('.toasts'));
    expect(undo).toEqual([]);
  });
});
