import { describe, expect, it } from 'vitest';
import type { VolunteerStep } from '../src/lib/bindings';
import { byDay, countdown, lacking, shownOn } from '../src/screens/shift/wall';
import { keptShift } from './look/keeping';
import { adults } from './look/people';
import { all, clean, click, open as openAs, sent, settle, words } from './window';

const press = (name: string) => click([...document.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? words(one)).startsWith(name)));

const zone = 'Asia/Shanghai';
const at = (day: string, time: string) => `${day}T${time}:00+08:00[${zone}]`;
const one = (day: string, from: string, to: string, more = {}) => keptShift(9, { starts: at(day, from), ends: at(day, to), needed: 3, taken: 3, missing: 0, unconfirmed: 0, ...more });
const now = new Date('2026-11-26T07:00:00+08:00');

it('shows where somebody is missing or has not said, and what is on now', () => {
  const full = one('2026-11-26', '09:00', '10:00');
  const short = one('2026-11-26', '09:00', '10:00', { taken: 1, missing: 2 });
  const silent = one('2026-11-27', '09:00', '10:00', { unconfirmed: 1 });
  const on = one('2026-11-26', '06:30', '07:30');
  const over = one('2026-11-26', '05:00', '06:00', { taken: 0, missing: 3 });
  expect(shownOn([full, short, silent, on, over], now)).toEqual([short, silent, on]);
  expect(byDay([short, silent], '2026-11-26')).toEqual({ today: [short], next: [silent] });
  // Full, and the pupils are too many for the adults: somebody is missing.
  const pupils = one('2026-11-26', '09:00', '10:00', { missing: 2, adults_wanted: 2 });
  expect(shownOn([pupils], now)).toEqual([pupils]);
  expect(lacking(pupils)).toBe(2);
});
it('counts adults who are missing for the pupils, in words', async () => {
  await openAs('coordinator', 'shiftWall', {});
  expect(all()).toContain('其中学生还要 2 位大人');
});
it('counts down in minutes, then in hours, and says what is on', () => {
  expect(countdown(one('2026-11-26', '07:35', '08:00'), now)).toBe('还有 35 分钟');
  expect(countdown(one('2026-11-26', '09:05', '10:00'), now)).toBe('还有 2 小时 5 分');
  expect(countdown(one('2026-11-26', '07:00', '08:00'), now)).toBe('正在进行');
});

describe('in the window', () => {
  it('says with one press that one comes, or that one cannot', async () => {
    await openAs('parent', 'shifts', {});
    expect(all()).toContain('还来吗');
    await press('会来：');
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'confirm-shift', shift: 'shift-0001' });
    await press('来不了：');
    expect(sent('shift.drop')).toMatchObject({ shift: 'shift-0001', on_behalf_of: null });
    await clean();
  });
  it('keeps on which days one may be asked', async () => {
    await openAs('parent', 'shifts', {});
    await press('设定');
    await click([...document.querySelectorAll('label')].find((label) => label.textContent?.trim() === '周三')!.querySelector('input')!);
    await press('保存');
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'wish-stand-in', asks: true, days: [3] });
  });
  it('tells the desk how a search stands, and stops it', async () => {
    await openAs('coordinator', 'roster', { shift: 'shift-0001' });
    const aside = document.querySelector<HTMLElement>('aside')!;
    expect(words(aside)).toContain('已问 2 批，共 5 人');
    expect(words(aside)).toContain('2 人还没回“还来吗”');
    await press('不找了');
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'stop-stand-in', shift: 'shift-0001' });
    await clean();
  });
  it('fills the window with where people are missing, names nobody, and is left by Esc', async () => {
    await openAs('coordinator', 'shiftWall', {});
    expect(all()).toContain('现在共缺');
    for (const name of adults) expect(words(document.querySelector<HTMLElement>('.wall')!)).not.toContain(name);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await settle();
    expect(document.querySelector('.wall')).toBeNull();
  });
});
