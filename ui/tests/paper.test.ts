// Slips of paper, entered one after the other by keys.
import { describe, expect, it } from 'vitest';
import type { NoticeOpened, SheetCell } from '../src/lib/bindings';
import { openNotice, SHA } from './look/notices';
import { guardianAt } from './look/people';
import { box, button, press, settle, type, words } from './core';
import { alert, answers, chose, close, closed, dialog, faults, ids, input, kept, name, open, pile, replies, said, signed, takenBack, text, waiting } from './slips';

const { markOf, placeOf, signKey, signerAt } = await import('../src/screens/notice/ask/marks');
const { takesPaper, toEnter, wayOf } = await import('../src/screens/notice/ask/paper.svelte');

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
    const signs = Array.from({ length: 8 }, (_, at) => signKey(at));
    expect([...marks, 'Y', 'N'].some((mark) => signs.includes(mark)), 'who signed has keys of its own').toBe(false);
    expect(signs.every((sign, at) => signerAt(sign.toLowerCase()) === at)).toBe(true);
    expect([signKey(8), signerAt('Enter'), signerAt('1')]).toEqual(['', -1, -1]);
    expect([markOf(20), placeOf('Enter'), placeOf('i'), placeOf('0'), placeOf('')]).toEqual(['', -1, -1, -1, -1]);
  });
});

describe('a slip that is one key', () => {
  it('is saved and goes on, for the one guardian who may decide, noted as from paper', async () => {
    await open('choose-open');
    const [first, second] = waiting();
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
    const full = () => [...dialog().querySelectorAll('button')].find((one) => words(one).includes('羽毛球'))!.disabled;
    await open('choose-many');
    await press('4');
    expect(alert()).toContain('“合唱”已经满了');
    await press('7', '7');
    expect(alert()).toContain('“羽毛球”已经满了');
    expect(full()).toBe(true);
    await press('ArrowLeft');
    // Its own place.
    expect(full()).toBe(false);
    expect(replies()).toEqual([[ids()[0], chose(6)]]);
  });
  it('is corrected from where it went wrong, and goes on where the pile is', async () => {
    await open('choose-open');
    await press('1', '1', '1', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    expect(said()).toBe('已录入：书法');
    const fourth = waiting()[3]!.child.name;
    await press('2');
    expect(takenBack()).toEqual(['m1']);
    expect(replies().at(-1)).toEqual([ids()[0], chose(1)]);
    expect(name()).toContain(fourth);
    expect(text()).toContain('已录入 3 / 22');
  });
  it('pressed again as it stands is not sent again', async () => {
    await open('choose-open');
    await press('1', 'ArrowLeft', '1');
    expect(kept()).toHaveLength(1);
  });
  it('of the wrong child is taken back', async () => {
    await open('choose-open');
    await press('1', 'PageUp', 'Backspace');
    expect(takenBack()).toEqual(['m1']);
    expect(said()).toBeUndefined();
    expect(text()).toContain('已录入 0 / 22');
    await press('Backspace');
    expect(kept()).toHaveLength(2);
    // Nothing is left that could be taken back once more.
    await press('2');
    expect(takenBack()).toEqual(['m1']);
    expect(replies().at(-1)).toEqual([ids()[0], chose(1)]);
  });
  it('pressed and undone faster than it is saved leaves nothing behind', async () => {
    await open('choose-open');
    for (const key of ['1', 'ArrowLeft', '2', 'ArrowLeft', 'Backspace']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await settle();
    expect(kept()).toEqual(['notice.answer', 'outbox.take-back', 'notice.answer', 'outbox.take-back']);
    expect(takenBack()).toEqual(['m1', 'm3']);
    expect(text()).toContain('已录入 0 / 22');
  });
  it('that the school has already stands, and says so', async () => {
    await open('choose-open');
    faults.push(undefined, { fault: 'invalid', what: 'mutation' });
    await press('1', 'ArrowLeft', '2');
    expect(alert()).toContain(`${waiting()[0]!.child.name}`);
    expect(alert()).toContain('已经交给学校');
    await press('ArrowLeft');
    expect(said()).toBe('已录入：书法');
  });
  it('that could not be corrected stands, and says why', async () => {
    await open('choose-open');
    faults.push(undefined, { fault: 'disk-full' });
    await press('1', 'ArrowLeft', '2');
    expect(alert()).toContain(`${waiting()[0]!.child.name}还是原来录入的`);
    expect(alert()).not.toContain('已经交给学校');
    await press('ArrowLeft');
    expect(said()).toBe('已录入：书法');
    await press('2');
    expect(alert()).toBe('');
    expect(replies().at(-1)).toEqual([ids()[0], chose(1)]);
  });
  it('that was not kept says so until it is entered again', async () => {
    await open('choose-open');
    faults.push({ fault: 'disk-full' });
    const first = waiting()[0]!.child.name;
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
    button('录到这里')!.click();
    expect(closed).toHaveBeenCalledOnce();
  });
  it('leaves Enter on a button to the button', async () => {
    await open('read-open');
    button('录到这里')!.focus();
    await press('Enter');
    expect(kept()).toEqual([]);
  });
  it('leaves a key with Ctrl to the window', async () => {
    await open('choose-open');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '1', ctrlKey: true, bubbles: true }));
    await settle();
    expect(kept()).toEqual([]);
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

describe('who signed', () => {
  const both = (at: number) => waiting()[at]!.guardians.map(({ id }) => id);
  it('is seen before a key is pressed, and not asked where one alone may', async () => {
    await open('sign-open');
    expect(text()).toContain(`记为${waiting()[0]!.child.name}`);
    expect(dialog().querySelector('fieldset')).toBeNull();
  });
  it('is never guessed where several may: nothing is kept before it is said', async () => {
    await open('sign-open', 'some', true);
    expect(text()).not.toContain('记为');
    await press('y');
    expect(kept()).toEqual([]);
    expect(alert()).toContain('先按 Q、W 选一位');
    expect(name()).toContain(waiting()[0]!.child.name);
    await press('w', 'y');
    expect(signed()).toEqual([[ids()[0], both(0)[1]]]);
    expect(alert()).toBe('');
  });
  it('is said anew for each child', async () => {
    await open('sign-open', 'some', true);
    await press('q', 'y', 'n');
    expect(kept(), 'the next child has parents of its own').toHaveLength(1);
    await press('w', 'n');
    expect(signed()).toEqual([
      [ids()[0], both(0)[0]],
      [ids()[1], both(1)[1]],
    ]);
  });
  it('is picked with the mouse as well, and stays to be seen', async () => {
    await open('sign-open', 'some', true);
    const [, mother] = [...dialog().querySelectorAll('fieldset label')].map(words);
    box(mother!, dialog())!.click();
    await settle();
    expect(box(mother!, dialog())!.checked).toBe(true);
    expect(text()).toContain('记为');
    await press('Y');
    expect(signed()).toEqual([[ids()[0], both(0)[1]]]);
  });
  it('is corrected by one key: what was kept as the other’s is taken back first', async () => {
    await open('sign-open', 'some', true);
    await press('q', 'y', 'ArrowLeft');
    expect(said()).toBe('已录入：同意');
    await press('w');
    expect(takenBack()).toEqual(['m1']);
    expect(signed().at(-1)).toEqual([ids()[0], both(0)[1]]);
    expect(said()).toBe('已录入：同意');
    await press('w');
    expect(kept(), 'as it stands').toHaveLength(3);
  });
  it('is gone with what was undone', async () => {
    await open('sign-open', 'some', true);
    await press('q', 'y', 'ArrowLeft', 'Backspace', 'n');
    expect(alert()).toContain('还没有说是谁签的');
    expect(kept()).toHaveLength(2);
  });
  it('has ticks kept for it too', async () => {
    await open('choose-several', 'some', true);
    await press('1', 'Enter');
    expect(kept()).toEqual([]);
    expect(alert()).toContain('还没有说是谁签的');
    await press('w', 'Enter');
    expect(replies()).toEqual([[ids()[0], chose(0)]]);
    expect(signed()).toEqual([[ids()[0], both(0)[1]]]);
  });
  it('is the first field of a form', async () => {
    await open('form-open', 'some', true);
    const fields = () => [...dialog().querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(document.activeElement).toBe(fields()[0]);
    await type('130', input('input[inputmode=decimal]'));
    fields()[2]!.focus();
    await press('2', 'Enter');
    expect(kept()).toEqual([]);
    expect(alert()).toContain('还没有说是谁签的');
    expect(document.activeElement).toBe(fields()[0]);
    await press('2', 'Enter');
    expect(signed()).toEqual([[ids()[0], both(0)[1]]]);
    expect(document.activeElement, 'and of the next child').toBe(fields()[0]);
    expect(fields()[1]!.checked).toBe(false);
  });
});

describe('where both have to answer', () => {
  /** To the first child of whom nobody has answered. */
  async function toBoth() {
    await open('each-open', 'some', true);
    const at = pile().findIndex(({ of }) => of === 2);
    await press(...Array.from({ length: at }, () => 'ArrowRight'));
    return waiting()[at]!;
  }
  it('both slips of a child are asked for in turn, whichever lies on top', async () => {
    const child = await toBoth();
    expect(text()).toContain('第 1 张，共 2 张');
    await press('w', 'y');
    expect(name()).toContain(child.child.name);
    expect(text()).toContain('第 2 张，共 2 张');
    expect(text(), 'only one is left, and is named').toContain(`记为${child.child.name}`);
    await press('n');
    expect(signed()).toEqual([child.guardians[1]!, child.guardians[0]!].map(({ id }) => [child.child.id, id]));
    expect(replies().map(([, reply]) => reply.is === 'sign' && reply.agrees)).toEqual([true, false]);
    expect(name()).not.toContain(child.child.name);
  });
  it('one slip may be missing', async () => {
    const child = await toBoth();
    await press('q', 'y', 'ArrowRight');
    expect(name()).not.toContain(child.child.name);
    expect(text()).toContain(`已录入 1 / ${pile().length}`);
  });
  it('who has answered is not asked again, and the one who is left is named', async () => {
    await open('each-open', 'some', true);
    expect(pile()[0]).toMatchObject({ of: 1, signers: [{}], cell: { answers: [{}] } });
    await press('y');
    expect(signed()).toEqual([[pile()[0]!.cell.child.id, pile()[0]!.signers[0]!.id]]);
  });
  it('nobody signs both', async () => {
    await toBoth();
    await press('q', 'y', 'q');
    expect(alert()).toContain('那一张已经录了');
    const [taken, left] = dialog().querySelectorAll<HTMLInputElement>('fieldset input');
    expect([taken!.disabled, left!.checked]).toEqual([true, true]);
    await press('y');
    expect(new Set(signed().map(([, by]) => by)).size).toBe(2);
  });
});

describe('how many there are', () => {
  it('one child, or two thousand', async () => {
    await open('form-silent', 1);
    expect(text()).toContain('已录入 0 / 1');
    await close();
    await open('form-silent', 'many');
    expect(text()).toContain('已录入 0 / 2000');
    expect(dialog().querySelectorAll('.name')).toHaveLength(1);
  });
});
