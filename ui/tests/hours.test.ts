// Quiet hours, office hours and reminders: who sets them, what an author is told, and what a family that has not answered sees.
import { beforeEach, describe, expect, it } from 'vitest';
import type { NoticePreviewed, NoticeSend, QuietHours } from '../src/lib/bindings';
import { ago, at, home, meOf, type Role } from './look/people';
import { noticeAt, openNotice } from './look/notices';
import { previewOf } from './look/things';
import { all, box, button, click, close, core, open, openSettings, sent, settle, words } from './window';

const { blank, readLetter, requestOf } = await import('../src/screens/notice/compose');
const { hoursWords } = await import('../src/screens/settings/hours');
const { choiceOf } = await import('../src/screens/conversation/words');
const { aboutWords } = await import('../src/screens/outbox/words');

const NIGHT: QuietHours = { from: '22:00:00', until: '06:30:00' };
const settings = (role: Role, quiet: QuietHours | null) => {
  core.answers['profile.status'] = () => ({ is: 'ready', me: { ...meOf(core.school), quiet, quiet_staff: null } });
  return openSettings(role);
};
/** The parts of both times: hour and minute from, hour and minute until. */
const part = (n: number) => document.querySelectorAll<HTMLElement>('form .date-part')[n]!;
async function press(element: HTMLElement, ...keys: string[]) {
  element.focus();
  for (const key of keys) element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settle();
}

beforeEach(() => {
  core.answers['profile.status'] = () => ({ is: 'ready', me: { ...meOf(core.school), quiet: NIGHT, quiet_staff: null } });
});

describe('quiet hours of the school', () => {
  it('are told to a family, and cannot be changed by it', async () => {
    await settings('parent', NIGHT);
    expect(all()).toContain('学校 22:00–06:30 是静音时段');
    expect(part(0)).toBeUndefined();
  });
  it('are not spoken of to a family where there are none', async () => {
    await settings('parent', null);
    expect(all()).not.toContain('静音时段');
  });
  it('are set by whoever settles things for the school', async () => {
    await settings('administrator', NIGHT);
    expect([0, 1, 2, 3].map((n) => words(part(n)))).toEqual(['22', '00', '06', '30']);
    expect(button('保存静音时段')).toBeUndefined();
    await press(part(0), 'ArrowDown');
    await press(part(1), '3', '0');
    await click('保存静音时段');
    expect(sent('school.quiet')).toEqual({ quiet: { from: '21:30', until: '06:30' }, staff: false });
  });
  it('can be ended', async () => {
    await settings('administrator', NIGHT);
    await click(box('不设'));
    await click('保存静音时段');
    expect(sent('school.quiet')).toEqual({ quiet: null, staff: false });
  });
  it('begin with a proposal where there are none', async () => {
    await settings('administrator', null);
    expect(part(0)).toBeUndefined();
    await click(box('每天'));
    await click('保存静音时段');
    expect(sent('school.quiet')).toEqual({ quiet: { from: '22:00', until: '06:30' }, staff: false });
  });
  it('are never sent half: a time that was left with a part emptied is the last whole one', async () => {
    await settings('administrator', NIGHT);
    for (let i = 0; i < 2; i++) await press(part(2), 'Backspace');
    expect(words(part(2))).toBe('––');
    part(2).blur();
    await settle();
    expect(words(part(2))).toMatch(/^\d\d$/);
  });
  it('say what is wrong where the school refuses them', async () => {
    core.faults['school.quiet'] = { fault: 'refused', refusal: { code: 'malformed', field: 'quiet.until' } };
    await settings('administrator', NIGHT);
    await press(part(0), '0', '6');
    await press(part(1), '3', '0');
    await click('保存静音时段');
    expect(all()).toContain('最长 14 小时');
  });
  it('are named in the outbox', () => {
    const about = (title: string) => aboutWords({ act: 'set-quiet-hours', title, children: [], people: 0, text: '' });
    expect([about('22:00–06:30'), about('')]).toEqual(['学校静音时段：22:00–06:30', '取消学校静音时段']);
    expect([hoursWords(NIGHT), hoursWords(null)]).toEqual(['22:00–06:30', '']);
  });
});

describe('office hours', () => {
  it('are said by whoever talks with families, in the hat that is on', async () => {
    await settings('teacher', null);
    expect(all()).toContain('我的答复时间');
    await press(part(0), 'ArrowUp');
    await click('保存答复时间');
    expect(sent('conversation.office-hours')).toEqual({ hours: { from: '09:00', until: '17:30' } });
  });
  it('need not be told', async () => {
    await settings('teacher', null);
    await click(box('不写明'));
    await click('保存答复时间');
    expect(sent('conversation.office-hours')).toEqual({ hours: null });
  });
  it('are nobody’s who talks with no family', async () => {
    await settings('administrator', NIGHT);
    expect(all()).not.toContain('我的答复时间');
  });
  it('say what is wrong where the school refuses them', async () => {
    core.faults['conversation.office-hours'] = { fault: 'refused', refusal: { code: 'malformed', field: 'hours.until' } };
    await settings('teacher', null);
    await press(part(0), 'ArrowUp');
    await click('保存答复时间');
    expect(all()).toContain('结束要在开始之后');
  });
  it('tell a family when its message will be seen, and do not keep it from writing', async () => {
    await open('parent', 'conversation', { id: 'conversation-0000' });
    expect(all()).toContain('现在不是老师的答复时间，明天 08:00 以后看到');
    expect(button('发送')).toBeDefined();
  });
  it('stand beside the name of whom one writes to', () => {
    const one = { role: 'r', name: '张晓梅', title: '班主任', subject: '语文' };
    expect(choiceOf({ ...one, office_hours: { from: '08:00:00', until: '17:30:00' } }).note).toBe('班主任 · 语文 · 答复时间：周一至周五 08:00–17:30');
    expect(choiceOf({ ...one, subject: null, office_hours: null }).note).toBe('班主任');
  });
  it('are named in the outbox', () => {
    const about = (title: string) => aboutWords({ act: 'set-office-hours', title, children: [], people: 0, text: '' });
    expect([about('08:00–17:30'), about('')]).toEqual(['我的答复时间：08:00–17:30', '不再写明答复时间']);
  });
});

describe('an author', () => {
  const letter = (more: object) => JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], title: '社团', ...more });
  const dock = () => words(document.querySelector('.dock'));
  it('is told when it really goes out, beside the button and on it', async () => {
    core.answers['notice.preview'] = { ...previewOf('some'), quiet_until: at(1, '06:30'), goes_out: at(1, '06:30') } satisfies NoticePreviewed;
    core.drafts.set('notice.compose', letter({}));
    await open('teacher', 'compose');
    expect(dock()).toContain('那时学校在静音时段，明天 06:30 才发出');
    expect(button('到 明天 06:30 发给 42 家')?.disabled).toBe(false);
  });
  it('cannot ask for answers before it goes out', async () => {
    core.answers['notice.preview'] = { ...previewOf('some'), quiet_until: at(1, '06:30'), goes_out: at(1, '06:30') } satisfies NoticePreviewed;
    core.drafts.set('notice.compose', letter({ due: at(1, '06:00') }));
    await open('teacher', 'compose');
    expect(all()).toContain('通知 明天 06:30 才发出，最晚时间要在那之后');
  });
  it('asks for the list with the time it is to go out', async () => {
    core.drafts.set('notice.compose', letter({ later: true, send_at: at(1, '23:00') }));
    await open('teacher', 'compose');
    expect(core.asked.filter((one) => one.ask === 'notice.preview').at(-1)?.with).toMatchObject({ send_at: at(1, '23:00') });
  });
  it('lets it remind by itself, where there is a deadline', async () => {
    core.drafts.set('notice.compose', letter({}));
    await open('teacher', 'compose');
    expect(all()).not.toContain('截止前自动提醒');
    await close();
    core.drafts.set('notice.compose', letter({ due: at(2, '18:00') }));
    await open('teacher', 'compose');
    await click([...document.querySelectorAll<HTMLElement>('label.tick')].find((one) => words(one).startsWith('截止前自动提醒'))?.querySelector('input'));
    await click('发给 42 家');
    expect(sent<NoticeSend>('notice.send')?.reminds).toBe(true);
  });
  it('does not remind of what has no end or asks nothing', () => {
    const request = (more: object) => requestOf({ ...blank(), reminds: true, due: at(2, '18:00'), ...more }, 1, null).reminds;
    expect([request({}), request({ due: '' }), request({ ask: { is: 'nothing' } })]).toEqual([true, false, false]);
    expect(readLetter(JSON.stringify({ audience: [] }))?.reminds).toBe(false);
  });
  it('sees when it reminds, and what went out already', async () => {
    const opened = openNotice({ role: 'teacher', size: 'some' }, 'notice-0000');
    core.answers['notice.open'] = { ...opened, line: { ...opened.line, mine: true, reminded: at(0, '08:00') }, reminders: [at(0, '08:00'), at(1, '18:00')], reminded_at: [at(0, '08:00'), at(0, '09:10')] };
    await open('teacher', 'notice', { id: 'notice-0000' });
    expect([...document.querySelectorAll('aside li')].map(words)).toEqual(['今天 08:00 已提醒', '今天 09:10 已提醒', '明天 18:00 提醒还没回应的']);
  });
  it('keeps the choice in a new version, also where the deadline was too near for a reminder', async () => {
    const opened = openNotice({ role: 'teacher', size: 'some' }, 'notice-0000');
    core.answers['notice.open'] = { ...opened, line: { ...opened.line, mine: true, due: at(2, '18:00') }, reminds: true, reminders: [] };
    await open('teacher', 'compose', { supersedes: 'notice-0000' });
    const tick = [...document.querySelectorAll<HTMLElement>('label.tick')].find((one) => words(one).startsWith('截止前自动提醒'));
    expect(tick?.querySelector('input')?.checked).toBe(true);
  });
  it('is not told of reminders where there are none', async () => {
    core.answers['notice.open'] = { ...openNotice({ role: 'teacher', size: 'some' }, 'notice-0000'), reminders: [] };
    await open('teacher', 'notice', { id: 'notice-0000' });
    expect(all()).not.toContain('自动提醒');
  });
});

describe('a family', () => {
  it('sees that it was reminded of what is open, and not of what is done', async () => {
    const line = { ...noticeAt(0, 'parent'), due: at(1, '20:00'), state: { is: 'sent' as const, at: ago(600) }, reminded: ago(55), of: 2, pending: null };
    core.answers['notice.list'] = { notices: [{ ...line, id: 'open', answered: 0 }, { ...line, id: 'done', answered: 2 }] };
    await open('parent', 'notices');
    expect(all().match(/提醒过/g)).toHaveLength(1);
  });
  it('sees it on the duty of Today', async () => {
    await open('parent', 'today');
    expect(all().match(/55 分钟前提醒过/g)).toHaveLength(1);
  });
});
