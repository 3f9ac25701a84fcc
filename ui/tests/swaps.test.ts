import { expect, it } from 'vitest';
import type { VolunteerOfferSwap, VolunteerStep } from '../src/lib/bindings';
import { all, clean, click, core, open as openAs, sent, words } from './window';

const press = (name: string) => click([...document.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? words(one)).startsWith(name)));

it('shows an offer without a name, and one press answers it', async () => {
  await openAs('parent', 'shifts', {});
  expect(all()).toContain('有人想和您换班');
  expect(all()).toContain('有一位志愿者想用');
  await press('用');
  expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'accept-swap', swap: 'swap-0001', shift: 'shift-0001' });
  await clean();
});

it('takes back what one offered', async () => {
  await openAs('parent', 'shifts', {});
  expect(all()).toContain('还没有人答应');
  await press('收回换班');
  expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'withdraw-swap', swap: 'swap-0002' });
});

it('shows the desk both names, and confirms with one press', async () => {
  await openAs('coordinator', 'roster', {});
  expect(all()).toContain('换班待确认');
  await press('同意 刘芳 与 王强 换班');
  expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'answer-swap', swap: 'swap-0001', agrees: true, seen: expect.any(String) });
  await clean();
});

it('offers a shift of one’s own for any other', async () => {
  await openAs('parent', 'shifts', {});
  await click([...document.querySelectorAll('button')].find((one) => words(one) === '换班')!);
  await press('发出换班');
  expect(sent<VolunteerOfferSwap>('volunteer.offer-swap')).toMatchObject({ want: [] });
});

it('stands on the day of whoever works here too, and says what it falls on', async () => {
  const { swapsOf } = await import('./look/swaps');
  core.answers['volunteer.swaps'] = { ...swapsOf({ role: 'parent', size: 'some' }), desk: [] };
  await openAs('coordinator', 'today', {});
  expect(all()).toContain('家长会');
  await press('用');
  expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'accept-swap' });
  await clean();
});
