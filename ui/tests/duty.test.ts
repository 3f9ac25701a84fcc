// The day of a shift: the code one shows, the kiosk that reads it, a class at once, and the report of a term.
import { describe, expect, it } from 'vitest';
import type { HoursCheckOut, HoursMark, HoursScan } from '../src/lib/bindings';
import { button, clean, click, open, sent, settle, type, words } from './window';

const { isScan, verdictOf } = await import('../src/screens/duty/verdict');
const { hasShifts, rowsOf } = await import('../src/screens/hours/report');
const { hoursReportOf } = await import('./look/hours');

const SHIFT = { shift: 'shift-0000' };
const main = () => words(document.querySelector('main'));
const field = () => document.querySelector<HTMLInputElement>('main form input')!;
const enter = async (text: string) => {
  await type(text, field());
  field().form!.requestSubmit();
  await settle();
};

describe('what was typed', () => {
  it('is a code, or a name', () => {
    expect([`XV${'0'.repeat(128)}`, 'XM0000000000000000000000000000000', '6901234567892690123', 'ljg', '李建国', 'lijianguo'].map(isScan)).toEqual([true, true, false, false, false, false]);
  });
});

describe('a verdict', () => {
  it('says in words what its colour says', () => {
    const now = new Date('2026-11-23T02:24:00Z');
    const of = (scanned: Parameters<typeof verdictOf>[0]) => verdictOf(scanned, 'Asia/Shanghai', now);
    const all = [
      of({ is: 'person', person: 'p', name: '李建国', guest: null, what: { is: 'in' } }),
      of({ is: 'person', person: 'p', name: '李建国', guest: null, what: { is: 'out', from: '2026-11-23T00:00:00Z' } }),
      of({ is: 'person', person: 'p', name: '李建国', guest: null, what: { is: 'already-in', from: '2026-11-23T00:00:00Z' } }),
      of({ is: 'gave-back', name: '王芳' }),
      of({ is: 'not-here' }),
      of({ is: 'forged' }),
      of({ is: 'unreadable' }),
    ];
    expect(all.map(({ word }) => word)).toEqual(['已签到', '已签退', '刚才已经签到', '这一班已经退出', '这台电脑的名单上没有', '不是学校签发的码', '不是到岗码']);
    expect(new Set(all.map(({ word }) => word)).size).toBe(all.length);
    expect(all[1]!.next).toContain('10:24');
  });
});

describe('the kiosk', () => {
  it('reads what a scanner types, says who it was, and clears the field', async () => {
    await open('coordinator', 'dutyKiosk', SHIFT);
    expect(main()).toContain('请出示到岗码');
    const code = `XV${'0'.repeat(128)}`;
    await enter(code);
    expect(sent<HoursScan>('hours.scan')).toEqual({ shift: 'shift-0000', code });
    expect(main()).toContain('已签到');
    expect(document.querySelector('main [role=status]')?.textContent).toContain('李建国');
    expect(field().value).toBe('');
    await clean();
  });
  it('takes the whole window, and gives it back by Esc', async () => {
    await open('coordinator', 'dutyKiosk', SHIFT);
    await click(button('全屏'));
    expect(document.querySelector('.full')?.querySelector('form')).toBeTruthy();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await settle();
    expect(document.querySelector('.full')).toBeNull();
    await clean();
  });
  it('finds by name who has no phone, with nothing else about them', async () => {
    await open('coordinator', 'dutyKiosk', SHIFT);
    await type('欧阳', field());
    await click(button('欧阳文 签到'));
    expect(sent<HoursMark>('hours.mark')?.people).toHaveLength(1);
    await clean();
  });
});

describe('one’s own shift', () => {
  it('has a code to show, and is left by oneself', async () => {
    await open('parent', 'shifts', {}, { size: 'many' });
    await click(button('出示到岗码'));
    expect(document.querySelector('dialog svg[role=img]')?.getAttribute('aria-label')).toBe('李建国的到岗码');
    await click(button('关闭', document.querySelector('dialog')!));
    await click(button('我走了'));
    expect(sent<HoursCheckOut>('hours.check-out')).toEqual({ shift: 'shift-0001', until: null });
  });
});

it('leaves Today of a family one filled button on the day of a shift', async () => {
  await open('parent', 'today');
  expect([...document.querySelectorAll('main .primary')].map(words), 'one filled button, that of the shift').toEqual(['出示到岗码']);
});

describe('a supervisor', () => {
  it('finds today’s shift on Today', async () => {
    await open('teacher', 'today');
    expect(main()).toContain('由您带班');
    await click(button('记到岗'));
    expect(main()).toContain('到岗');
    expect(sent('hours.roll')).toMatchObject({ find: '' });
  });
  it('writes a guest down where the post takes them, for that shift alone', async () => {
    await open('teacher', 'duty', { shift: 'shift-0001' });
    await click(button('请客人'));
    const dialog = [...document.querySelectorAll('dialog')].find((one) => words(one).includes('接待人'))!;
    expect(dialog.querySelector('fieldset')).toBeNull();
    await clean();
  });
});

describe('the report', () => {
  it('counts shifts by post, and says what is counted more than once', async () => {
    const report = hoursReportOf({ role: 'coordinator', size: 'some' });
    expect([hasShifts('classes'), hasShifts('posts')]).toEqual([false, true]);
    expect(rowsOf(report, 'posts').at(-1)?.name).toBe('没有班次的时长');
    expect(rowsOf(report, 'months').map(({ name }) => name)).toEqual(['2026 年 9 月', '2026 年 10 月', '2026 年 11 月']);
    await open('coordinator', 'hoursReport');
    for (const said of ['2026 秋 志愿报告', '128 人，认定 247 小时', '重复计入', '合计', '教职工', '报告里没有姓名']) expect(main()).toContain(said);
    await click(button('存成 Excel'));
    await clean();
  });
  it('says so where there is nothing', async () => {
    await open('coordinator', 'hoursReport', {}, { size: 0 });
    expect(main()).toContain('这个学期还没有志愿服务');
    await clean();
  });
});
