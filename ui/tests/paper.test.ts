// Slips of paper, entered one after the other by keys.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NoticeAnswer, NoticeOpened, Reply, SheetCell } from '../src/lib/bindings';
import { openNotice, SHA } from './look/notices';
import { ask } from './look/school';
import { guardianAt, type School } from './look/people';

const core = vi.hoisted(() => ({
  asked: [] as { ask: string; with: unknown }[],
  /** What becomes of the next calls; those after them go well. */
  faults: [] as (string | undefined)[],
}));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: unknown } }) => {
    const mine = request.ask === 'notice.answer' || request.ask === 'outbox.take-back';
    if (!mine) return ask({ role: 'teacher', size: 'some' } as School, request as never);
    core.asked.push(request);
    const fault = core.faults.shift();
    if (fault) throw { fault };
    return request.ask === 'notice.answer' ? { mutation: `m${core.asked.length}` } : {};
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { prefs } = await import('../src/lib/prefs.svelte');
const { markOf, placeOf } = await import('../src/screens/notice/ask/marks');
const { takesPaper, toEnter, wayOf } = await import('../src/screens/notice/ask/paper.svelte');
const { default: PaperEntry } = await import('../src/screens/notice/ask/PaperEntry.svelte');

let entry: Record<string, unknown> | undefined;
let notice: NoticeOpened;
const closed = vi.fn();
async function settle() {
  for (let i = 0; i < 6; i++) {
    await new Promise((later) => setTimeout(later));
    flushSync();
  }
}
async function open(id: string, size: School['size'] = 'some') {
  notice = openNotice({ role: 'teacher', size }, id);
  entry = mount(PaperEntry, { target: document.body, props: { notice, onclose: closed } });
  await settle();
}
/** Where the focus is, as on a real keyboard. */
async function press(...keys: string[]) {
  for (const key of keys) {
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await settle();
  }
}
async function type(words: string, into: HTMLInputElement | HTMLTextAreaElement) {
  into.focus();
  into.value = words;
  into.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}
const dialog = () => document.querySelector('dialog')!;
const text = () => dialog().textContent!.replace(/\s+/g, ' ');
const alert = () => dialog().querySelector('[role=alert]')!.textContent;
const name = () => dialog().querySelector('.name')!.textContent;
const said = () => dialog().querySelector('.said')?.textContent?.trim();
const button = (words: string) => [...document.querySelectorAll('button')].find((one) => one.textContent?.includes(words))!;
const input = (selector: string) => dialog().querySelector<HTMLInputElement>(selector)!;
const answers = () => core.asked.filter((one) => one.ask === 'notice.answer').map((one) => one.with as NoticeAnswer);
const replies = () => answers().map(({ replies: [first] }): [string, Reply] => [first!.child, first!.reply]);
const takenBack = () => core.asked.filter((one) => one.ask === 'outbox.take-back').map((one) => (one.with as { mutation: string }).mutation);
const ids = () => toEnter(notice).map(({ child }) => child.id);
const chose = (...choices: number[]): Reply => ({ is: 'choose', choices });

beforeEach(() => {
  prefs.language = 'zh-CN';
});
afterEach(async () => {
  if (entry) await unmount(entry);
  entry = undefined;
  core.asked.length = 0;
  core.faults.length = 0;
  closed.mockReset();
});

describe('what is entered from paper', () => {
  it('is whatever was asked, once it was sent', () => {
    const takes = (id: string, more: Partial<NoticeOpened['line']> = {}) => {
      const { line } = openNotice({ role: 'teacher', size: 1 }, id);
      return takesPaper({ line: { ...line, ...more } });
    };
    expect(['nothing-open', 'read-open', 'choose-many', 'choose-several', 'form-open', 'back', 'sign-open'].map((id) => takes(id))).toEqual([false, true, true, true, true, true, true]);
    expect(takes('sign-open', { state: { is: 'superseded', by: 'n2', at: '' } })).toBe(false);
  });
  it('is entered for those only who may still be answered for', () => {
    const { sheet, ...opened } = openNotice({ role: 'teacher', size: 1 }, 'form-silent');
    const cell = sheet[0]!;
    const left = (more: Partial<SheetCell>) => toEnter({ ...opened, sheet: [{ ...cell, ...more }] }).length;
    expect(left({})).toBe(1);
    expect([left({ done: true }), left({ pending: { is: 'saved' } }), left({ may_enter: false }), left({ guardians: [guardianAt(1, false)] })]).toEqual([0, 0, 0, 0]);
    expect(left({ pending: { is: 'refused', refusal: { code: 'text-changed' } } })).toBe(1);
  });
  it('has a way for each kind', () => {
    const way = (id: string) => wayOf(openNotice({ role: 'teacher', size: 1 }, id).line.ask);
    expect(['sign-open', 'choose-many', 'choose-several', 'form-photo', 'back'].map(way)).toEqual(['key', 'key', 'several', 'form', 'dialog']);
  });
  it('has a key of its own for each of as many choices as there can be', () => {
    const marks = Array.from({ length: 20 }, (_, place) => markOf(place));
    expect(new Set(marks).size).toBe(20);
    expect(marks.every((mark, place) => mark && placeOf(mark.toLowerCase()) === place)).toBe(true);
    expect([markOf(20), placeOf('Enter'), placeOf('i'), placeOf('0'), placeOf('')]).toEqual(['', -1, -1, -1, -1]);
  });
});

describe('a slip that is one key', () => {
  it('is saved and goes on, for the guardian, noted as from paper', async () => {
    await open('choose-open');
    const [first, second] = toEnter(notice);
    await press('2', '4');
    expect(replies()).toEqual([
      [first!.child.id, chose(1)],
      [second!.child.id, chose(3)],
    ]);
    expect(answers()[0]).toMatchObject({ notice: 'choose-open', replies: [{ replaces: 0 }], on_behalf_of: { person: first!.guardians[0]!.id, note: '纸质回执' } });
    expect(text()).toContain('已录入 2 / 22');
  });
  it('signs the text that was sent', async () => {
    await open('sign-open');
    await press('y', 'N');
    expect(replies().map(([, reply]) => reply)).toEqual([true, false].map((agrees) => ({ is: 'sign', agrees, sha256: SHA })));
  });
  it('has letters beyond nine choices', async () => {
    await open('choose-many');
    await press('a', 'C', 'D', 'i');
    expect(replies().map(([, reply]) => reply)).toEqual([chose(9), chose(11)]);
  });
  it('is not entered where there is no room, nor beyond what is entered here', async () => {
    await open('choose-many');
    await press('4');
    expect(alert()).toContain('“合唱”已经满了');
    await press('7', '7');
    expect(alert()).toContain('“羽毛球”已经满了');
    expect(button('羽毛球').disabled).toBe(true);
    await press('ArrowLeft');
    // Its own place.
    expect(button('羽毛球').disabled).toBe(false);
    expect(replies()).toEqual([[ids()[0], chose(6)]]);
  });
  it('is corrected from where it went wrong, and goes on where the pile is', async () => {
    await open('choose-open');
    await press('1', '1', '1', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    expect(said()).toBe('已录入：书法');
    const fourth = toEnter(notice)[3]!.child.name;
    await press('2');
    expect(takenBack()).toEqual(['m1']);
    expect(replies().at(-1)).toEqual([ids()[0], chose(1)]);
    expect(name()).toContain(fourth);
    expect(text()).toContain('已录入 3 / 22');
  });
  it('pressed again as it stands is not sent again', async () => {
    await open('choose-open');
    await press('1', 'ArrowLeft', '1');
    expect(core.asked).toHaveLength(1);
  });
  it('of the wrong child is taken back', async () => {
    await open('choose-open');
    await press('1', 'PageUp', 'Backspace');
    expect(takenBack()).toEqual(['m1']);
    expect(said()).toBeUndefined();
    expect(text()).toContain('已录入 0 / 22');
    await press('Backspace');
    expect(core.asked).toHaveLength(2);
    // Nothing is left that could be taken back once more.
    await press('2');
    expect(takenBack()).toEqual(['m1']);
    expect(replies().at(-1)).toEqual([ids()[0], chose(1)]);
  });
  it('pressed and undone faster than it is saved leaves nothing behind', async () => {
    await open('choose-open');
    for (const key of ['1', 'ArrowLeft', '2', 'ArrowLeft', 'Backspace']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await settle();
    expect(core.asked.map((one) => one.ask)).toEqual(['notice.answer', 'outbox.take-back', 'notice.answer', 'outbox.take-back']);
    expect(takenBack()).toEqual(['m1', 'm3']);
    expect(text()).toContain('已录入 0 / 22');
  });
  it('that the school has already stands, and says so', async () => {
    await open('choose-open');
    core.faults = [undefined, 'busy'];
    await press('1', 'ArrowLeft', '2');
    expect(alert()).toContain(`${toEnter(notice)[0]!.child.name}`);
    expect(alert()).toContain('已经交给学校');
    await press('ArrowLeft');
    expect(said()).toBe('已录入：书法');
  });
  it('that was not kept says so until it is entered again', async () => {
    await open('choose-open');
    core.faults = ['disk-full'];
    const first = toEnter(notice)[0]!.child.name;
    await press('1', '2');
    expect(alert()).toContain(`${first}没有存下`);
    expect(text()).toContain('已录入 1 / 22');
    await press('ArrowLeft', 'ArrowLeft');
    expect(said()).toBeUndefined();
    await press('1');
    expect(alert()).toBe('');
    expect(text()).toContain('已录入 2 / 22');
  });
  it('ends with the last child', async () => {
    await open('sign-open', 'some');
    await press(...ids().map(() => 'Y'));
    expect(text()).toContain('都录完了');
    expect(replies()).toHaveLength(ids().length);
    button('录到这里').click();
    expect(closed).toHaveBeenCalledOnce();
  });
  it('leaves Enter on a button to the button', async () => {
    await open('read-open');
    button('录到这里').focus();
    await press('Enter');
    expect(core.asked).toEqual([]);
  });
  it('leaves a key with Ctrl to the window', async () => {
    await open('choose-open');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '1', ctrlKey: true, bubbles: true }));
    await settle();
    expect(core.asked).toEqual([]);
  });
});

describe('a slip with several ticks', () => {
  it('is ticked by keys and kept by Enter', async () => {
    await open('choose-several');
    await press('3', '1', 'Enter', '2', '2', '1', 'Enter');
    expect(replies().map(([, reply]) => reply)).toEqual([chose(0, 2), chose(0)]);
    expect(text()).toContain('已录入 2 / 22');
  });
  it('has no more ticks than may be, and not none', async () => {
    await open('choose-several');
    await press('Enter');
    expect(alert()).toContain('还没有选');
    await press('1', '2', '3');
    expect(alert()).toContain('已选满 2 项');
    await press('Enter');
    expect(replies()).toEqual([[ids()[0], chose(0, 1)]]);
  });
  it('counts the room that was entered here', async () => {
    await open('choose-several');
    for (let n = 0; n < 6; n++) await press('3', 'Enter');
    await press('3');
    expect(alert()).toContain('已经满了');
    expect(input('.lines label:nth-child(3) input').disabled).toBe(true);
  });
  it('is corrected, and undone with its ticks', async () => {
    await open('choose-several');
    await press('1', 'Enter', 'ArrowLeft', '2', 'Enter');
    expect(takenBack()).toEqual(['m1']);
    expect(replies().at(-1)).toEqual([ids()[0], chose(0, 1)]);
    await press('ArrowLeft', 'Backspace', 'Enter');
    expect(takenBack()).toEqual(['m1', 'm3']);
    expect(alert()).toContain('还没有选');
  });
  it('is kept by Enter from a box that was clicked', async () => {
    await open('choose-several');
    input('.lines label:nth-child(2) input').click();
    input('.lines label:nth-child(2) input').focus();
    await settle();
    await press('Enter');
    expect(replies()).toEqual([[ids()[0], chose(1)]]);
  });
});

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
    expect(name()).toContain(toEnter(notice)[1]!.child.name);
    expect(number().value).toBe('');
    expect(dialog().querySelector(':checked')).toBeNull();
    expect(document.activeElement).toBe(number());
  });
  it('says beside the field what is wrong, and stays', async () => {
    await open('form-open');
    await type('一米三', number());
    await press('Enter');
    expect(core.asked).toEqual([]);
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
    expect(core.asked).toEqual([]);
    expect(text()).toContain('请把年、月、日都填上');
    parts[1]!.focus();
    await press('1', '1');
    parts[2]!.focus();
    await press('2', '7', 'Enter');
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
    expect(core.asked).toHaveLength(1);
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
    button('撤销').click();
    await settle();
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
    expect(name()).toContain(toEnter(notice)[0]!.child.name);
    expect(core.asked).toEqual([]);
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
    const [first, second] = toEnter(notice);
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
    expect(core.asked).toEqual([]);
  });
});

describe('the dialog of a child above the slips', () => {
  it('counts what was entered there, once, and goes on', async () => {
    await open('form-photo');
    const [first, second] = toEnter(notice);
    button(`打开${first!.child.name}的窗口`).click();
    await settle();
    const own = [...document.querySelectorAll('dialog')][1]!;
    own.querySelector<HTMLInputElement>('input[type=radio]')!.click();
    await settle();
    await type('130', own.querySelector<HTMLInputElement>('input[inputmode=decimal]')!);
    [...own.querySelectorAll<HTMLInputElement>('input[type=radio]')].find((one) => one.parentElement!.textContent === '120')!.click();
    await settle();
    button('代办：记下回应').click();
    await settle();
    expect(replies().map(([child]) => child)).toEqual([first!.child.id]);
    expect(document.querySelectorAll('dialog')).toHaveLength(1);
    expect(text()).toContain('已录入 1 / 22');
    expect(name()).toContain(second!.child.name);
    await press('PageUp');
    expect(said()).toBe('已录入');
    // It is changed where it was entered.
    expect(button('撤销')).toBeUndefined();
  });
});

describe('how many there are', () => {
  it('one child, or two thousand', async () => {
    await open('form-silent', 1);
    expect(text()).toContain('已录入 0 / 1');
    await unmount(entry!);
    document.body.replaceChildren();
    await open('form-silent', 'many');
    expect(text()).toContain('已录入 0 / 2000');
    expect(dialog().querySelectorAll('.name')).toHaveLength(1);
  });
});
