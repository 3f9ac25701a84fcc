// Hours of volunteers: one's own ledger, what waits for approval, who of a shift came, certificates.
import { describe, expect, it } from 'vitest';
import type { HoursApprove, HoursCorrect, HoursIssue, HoursMark, HoursRefuse, HoursRequest, HoursSetStars } from '../src/lib/bindings';
import { dutyRollOf } from './look/hours';
import { all, button, clean, click, open, openSettings, sent, type, words } from './window';

const { minutesOf, timeWords } = await import('../src/screens/hours/words');
const { arrived, left, stillIn, unmarked } = await import('../src/screens/hours/marking');

const SHIFT = { shift: 'shift-0000' };
const given = { role: 'coordinator', size: 'some' } as const;
const main = () => words(document.querySelector('main'));
const dialog = () => document.querySelector('dialog')!;

describe('how long', () => {
  it('is said in hours and minutes', () => {
    expect([0, 45, 60, 100].map((minutes) => timeWords(minutes))).toEqual(['0 分钟', '45 分钟', '1 小时', '1 小时 40 分钟']);
    expect(timeWords(100, 'en')).toBe('1 h 40 min');
  });
  it('is read from two fields, or is none', () => {
    expect([minutesOf('1', '30'), minutesOf('', '45'), minutesOf('2', ''), minutesOf('1', '60'), minutesOf('一', '0'), minutesOf('-1', '5')]).toEqual([90, 45, 120, undefined, undefined, undefined]);
  });
});

describe('one’s own hours', () => {
  it('say what counts, what waits, and what was put in place of what', async () => {
    await open('parent', 'hours');
    for (const said of ['5 小时 10 分钟', '待审批', '1 小时 30 分钟', '2026 秋', '已更正', '更正原因：提前离开', '属于班级值日', '不排名', '校验点都对得上']) expect(main()).toContain(said);
    await clean();
  });
  it('say so where the copy does not fit', async () => {
    await open('parent', 'hours', {}, { size: 'many' });
    expect(document.querySelector('main [role=alert]')?.textContent).toContain('第 118 条的内容和认定时不一样');
  });
  it('say what to do where there are none', async () => {
    await open('parent', 'hours', {}, { size: 0 });
    expect(main()).toContain('还没有志愿时长');
    expect(button('开证明')).toBeUndefined();
    await clean();
  });
  it('are asked for with what shows them', async () => {
    await open('parent', 'hours');
    await click(button('申报时长'));
    await click(button('申报', dialog()));
    expect(sent('hours.request')).toBeUndefined();
    expect(words(dialog())).toContain('请写怎样能证明');
    await type('运动会摄影', dialog().querySelector('input[data-first]')!);
    await type('照片已发给班主任', dialog().querySelector('textarea')!);
    await click(button('申报', dialog()));
    expect(sent<HoursRequest>('hours.request')).toEqual({ place: 'campus-0000', title: '运动会摄影', programme: '', day: '2026-11-23', minutes: 60, evidence: '照片已发给班主任', files: [], on_behalf_of: null });
    expect(all()).toContain('已申报“运动会摄影”');
  });
  it('are corrected by a new entry with a reason, and taken back while they wait', async () => {
    await open('parent', 'hours');
    await click(button('撤回'));
    expect(sent('hours.withdraw')).toEqual({ entry: 'entry-0000' });
    await click(button('更正'));
    await click(button('提交更正', dialog()));
    expect(words(dialog())).toContain('和现在的时长一样');
    const [hours] = dialog().querySelectorAll('input');
    await type('0', hours!);
    await type('写错了', dialog().querySelector('input[data-first]')!);
    await click(button('提交更正', dialog()));
    expect(sent<HoursCorrect>('hours.correct')).toMatchObject({ entry: 'entry-0001', minutes: 30, reason: '写错了' });
  });
  it('come as a certificate, which is shown in both languages', async () => {
    await open('parent', 'hours');
    await click(button('开证明'));
    await click(button('开证明', dialog()));
    expect(sent<HoursIssue>('hours.issue')).toEqual({ person: null, from: '2026-08-01', to: '2026-11-23', training: '', awards: '', evaluation: '' });
    await click(button('查看和打印'));
    expect(words(document.querySelector('dialog[open]') ?? dialog())).toContain('Certificate of Volunteer Service');
    expect(all()).toContain('4a1f00c29be37d51');
  });
});

describe('approving', () => {
  it('takes what is picked, and never what is one’s own or waits', async () => {
    await open('coordinator', 'hoursDesk');
    expect(main()).toContain('这一条要由别人审批');
    expect(document.querySelectorAll('main li input[type=checkbox]')).toHaveLength(4);
    await click(document.querySelector<HTMLElement>('main .tick input'));
    await click(button('认定（4）'));
    expect(sent<HoursApprove>('hours.approve')!.entries).toEqual([0, 1, 4, 5].map((n) => ({ entry: `entry-000${n}`, minutes: [40, 90, 60, 100][n % 4] })));
    await clean();
  });
  it('refuses with a reason', async () => {
    await open('coordinator', 'hoursDesk');
    await click(document.querySelector<HTMLElement>('main li input'));
    await click(button('不认定'));
    await click(button('不认定', dialog()));
    expect(sent('hours.refuse')).toBeUndefined();
    await type('没有在场的老师', dialog().querySelector('input')!);
    await click(button('不认定', dialog()));
    expect(sent<HoursRefuse>('hours.refuse')).toEqual({ entries: ['entry-0000'], reason: '没有在场的老师' });
  });
  it('has nothing to do where nothing waits', async () => {
    await open('coordinator', 'hoursDesk', {}, { size: 0 });
    expect(main()).toContain('没有要审批的');
    await clean();
  });
});

describe('who came', () => {
  it('is marked one by one by keyboard, or all at once', async () => {
    await open('coordinator', 'duty', SHIFT);
    for (const said of ['未到：孩子发烧', '还没有签退', '两处记得不一样', '1 条在本机等待提交']) expect(main()).toContain(said);
    await click(button('全部签退（2 人）'));
    expect(sent<HoursMark>('hours.mark')!.people.map(({ said }) => said.is)).toEqual(['came', 'came']);
    await type('诸葛', document.querySelector('main form input')!);
    document.querySelector('main form')!.dispatchEvent(new SubmitEvent('submit', { cancelable: true, bubbles: true }));
    await clean();
  });
  it('goes by the shift once it is over, and by the clock before', () => {
    const roll = dutyRollOf(given, 'shift-0000', '');
    const [before, after] = [new Date('2026-11-22T23:50:00Z'), new Date('2026-11-23T02:00:00Z')];
    expect(arrived(roll.shift, before)).toEqual({ is: 'came', from: before.toISOString(), until: null });
    expect(arrived(roll.shift, after)).toEqual({ is: 'came', from: '2026-11-22T23:40:00.000Z', until: '2026-11-23T00:20:00.000Z' });
    expect(left(stillIn(roll.people)[0]!, roll.shift, before)).toMatchObject({ until: before.toISOString() });
    expect(unmarked(roll.people)).toHaveLength(2);
  });
  it('has shifts of today first', async () => {
    await open('coordinator', 'dutyShifts');
    expect(main()).toContain('1 人没签退');
    await clean();
  });
});

it('stars are set by the administrator, rising', async () => {
  await openSettings('administrator');
  const field = [...document.querySelectorAll<HTMLInputElement>('dialog input')].find(({ value }) => value === '1 10 50 100')!;
  await type('10 5', field);
  await click(button('保存星级'));
  expect(sent('hours.set-stars')).toBeUndefined();
  await type('10，50', field);
  await click(button('保存星级'));
  expect(sent<HoursSetStars>('hours.set-stars')).toEqual({ hours: [10, 50] });
});
