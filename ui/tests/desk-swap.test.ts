// 代办 of a swap: the desk chooses both, and reads what speaks against it before it is sent.
import { expect, it } from 'vitest';
import type { VolunteerStep, VolunteerSwapWith } from '../src/lib/bindings';
import { all, button, choose, clean, click, core, fromMenu, open as openAs, sent, settle, words } from './window';

const dialog = () => document.querySelector('dialog')!;
const people = () => document.querySelectorAll<HTMLElement>('.lines .more-trigger');
it('swaps two who telephoned, once it is seen that both can', async () => {
  await openAs('coordinator', 'roster', { shift: 'shift-0001' });
  await fromMenu(people()[0], '代为换班');
  const { person, shift } = sent<VolunteerSwapWith>('volunteer.swap-with')!;
  expect(shift).toBe('shift-0001');
  await click(button('代为换班', dialog()));
  expect(words(dialog())).toContain('请选和谁换。');
  expect(sent('volunteer.step')).toBeUndefined();
  await choose(dialog(), '王强');
  const lines = [...dialog().querySelectorAll('.lines li')].map(words);
  expect([lines.length, lines.every((line) => line.endsWith('可以来'))]).toEqual([2, true]);
  await click(button('代为换班', dialog()));
  await settle();
  expect(sent<VolunteerStep>('volunteer.step')?.step).toEqual({ step: 'swap-shifts', one: { person, shift }, other: { person: 'person-0001', shift: 'shift-0003' }, note: '' });
  expect(all()).toContain('撤销');
  await clean();
});

it('says of each of the two what speaks against it, and sends nothing then', async () => {
  await openAs('coordinator', 'roster', { shift: 'shift-0001' });
  await fromMenu(people()[0], '代为换班');
  await choose(dialog(), '陈静');
  const [one, other] = [...dialog().querySelectorAll('.lines li')].map(words);
  expect(one).toContain('480');
  expect(other).toContain('不能来');
  expect(button('代为换班', dialog())!.disabled).toBe(true);
  await choose(dialog(), '赵丽');
  expect(words(dialog())).toContain('由学校核对');
  expect(button('代为换班', dialog())!.disabled).toBe(false);
});

it('says where there is nobody to swap with', async () => {
  core.answers['volunteer.swap-with'] = { partners: [] };
  await openAs('coordinator', 'roster', { shift: 'shift-0001' });
  await fromMenu(people()[0], '代为换班');
  expect(words(dialog())).toContain('没有可以换的');
  expect(button('代为换班', dialog())).toBeUndefined();
});

it('keeps one filled button on the panel of a shift, and the seldom things in a menu by the keyboard', async () => {
  await openAs('coordinator', 'roster', { shift: 'shift-0001' });
  const acts = document.querySelector<HTMLElement>('.acts:has(.more-trigger)')!;
  expect(acts.querySelectorAll('.primary').length).toBeLessThan(2);
  const trigger = acts.querySelector<HTMLElement>('.more-trigger')!;
  trigger.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await settle();
  const items = [...document.querySelectorAll('[role=menuitem]')].map(words);
  for (const name of ['改这一班', '取消这一班', '给整个岗位的人发通知', '改岗位、加班次', '不再招人']) expect(items).toContain(name);
  await clean();
});
