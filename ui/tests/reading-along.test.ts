// Who reads what a family answered and saw: the author, the class that may read along, and what the family is told of it; reminding by
// hand; whom a change asks again; and what the administrator settles.
import { describe, expect, it, vi } from 'vitest';
import type { NoticeOpened, NoticeSend } from '../src/lib/bindings';
import { classAt, home, at, ago, meOf, type Role } from './look/people';
import { given, openNotice } from './look/notices';
import { all, allSent, box, button, clean, click, close, core, open, openSettings, settle, words } from './window';

const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');
const { asksClasses, blank, classesOf, requestOf } = await import('../src/screens/notice/compose');
const { actedWords } = await import('../src/screens/notice/delivery/ways');

const shows = (role: Role, more: Partial<NoticeOpened>, line: Partial<NoticeOpened['line']> = {}, id = 'sign-open') => {
  const opened = openNotice({ role, size: 'some' }, id);
  core.answers['notice.open'] = { ...opened, ...more, line: { ...opened.line, due: at(2, '18:00'), ...line } };
  return open(role, 'notice', { id });
};

describe('a family', () => {
  it('reads who sees its answer before it gives one', async () => {
    await shows('parent', { class_reads: true });
    expect(all()).toContain('您的回应只有发布人和班主任看得到');
    await close();
    await shows('parent', { class_reads: false });
    expect(all()).toContain('您的回应只有发布人看得到');
    expect(all()).not.toContain('发布人和班主任');
  });
  it('has its look noted after a moment, once', async () => {
    await shows('parent', { seen: false });
    expect(allSent('notice.seen')).toEqual([]);
    await settle(2_400);
    expect(allSent('notice.seen')).toEqual([{ notice: 'sign-open' }]);
    await settle(6_000);
    expect(allSent('notice.seen')).toHaveLength(1);
  });
  it.each([
    ['where it was noted before', { seen: true }, {}, true],
    ['of what was taken back', { seen: false }, { state: { is: 'recalled' as const, at: ago(5), words: '' } }, true],
    ['who lets others know with the answer only', { seen: false }, {}, false],
  ])('has nothing noted %s', async (_, more, line, shown) => {
    prefs.showsRead = shown;
    await shows('parent', more, line);
    await settle(6_000);
    expect(allSent('notice.seen')).toEqual([]);
  });
  it('is not noted while it only passes by', async () => {
    await shows('parent', { seen: false });
    route.start('today');
    await settle(6_000);
    expect(allSent('notice.seen')).toEqual([]);
  });
});

describe('the author', () => {
  it('reminds those who are silent at a press, and reads when', async () => {
    await shows('teacher', { reminded_at: [], reminders: [] }, { mine: true });
    const press = button('再提醒');
    expect(words(press)).toMatch(/^再提醒 \d+ 家一次$/);
    await click(press);
    expect(allSent('notice.remind')).toEqual([{ notice: 'sign-open' }]);
    expect(all()).toContain('会再提醒还没回应的家庭');
    await close();
    await shows('teacher', { reminded_at: [at(0, '09:10')], reminders: [], reminding: { is: 'refused', refusal: { code: 'reminded-lately', again: at(0, '10:10') } } }, { mine: true });
    expect(all()).toContain('今天 09:10 已提醒');
    expect(all()).toContain('刚刚提醒过，今天 10:10 以后可以再提醒');
  });
  it.each([
    ['that is over', { due: at(-1, '18:00'), mine: true }],
    ['of a colleague', { mine: false }],
    ['that asks nothing', { ask: { is: 'nothing' as const }, mine: true }],
  ])('cannot remind of one %s', async (_, line) => {
    await shows('teacher', {}, line);
    expect(button('再提醒')).toBeUndefined();
  });
  it('reads why fewer are reminded than have not answered', async () => {
    await shows('teacher', {}, { mine: true });
    const [open_, waiting, pending, absent, unable] = [...document.querySelectorAll('aside .open dd')].map((one) => Number(words(one)));
    expect([waiting, pending, absent, unable].every((count) => count! > 0)).toBe(true);
    expect(waiting! + pending! + absent! + unable!).toBe(open_);
    expect(button(`未回应 ${open_}`) ?? box(`未回应 ${open_}`)).toBeTruthy();
    expect(words(button('再提醒'))).toBe(`再提醒 ${waiting} 家一次`);
    expect(all()).toContain(`“等回应”的 ${waiting} 家在设备上能收到提醒。另有 ${absent! + unable!} 家也没回应，提醒到不了`);
  });
  it('sees how many looked, and when each did', async () => {
    await shows('teacher', {}, { mine: true });
    const row = [...document.querySelectorAll('aside dl > div')].map(words).find((one) => one.startsWith('看过'));
    const sheet = openNotice({ role: 'teacher', size: 'some' }, 'sign-open').sheet;
    expect(row).toBe(`看过${sheet.filter(({ seen }) => seen).length}`);
    const guardian = { id: 'g', name: '刘芳', relation: 'mother' as const, decides: true };
    const one = { guardian, way: { is: 'held' as const, since: null }, seen: at(0, '07:45'), acted: null };
    expect(actedWords(one, 'Asia/Shanghai')).toBe('今天 07:45 看过');
    expect(actedWords({ ...one, acted: { at: at(0, '08:00'), entered: null } }, 'Asia/Shanghai')).toBe('今天 08:00 已回应');
  });
});

describe('a class teacher', () => {
  it('works with the own class of what a colleague asked', async () => {
    await shows('teacher', {}, { mine: false });
    expect(all()).toContain('这里是本班的回应，发布人看得到全部');
    expect(button('给他们另写一条通知')).toBeDefined();
    expect(button('撤回')).toBeUndefined();
  });
  it('sees on Today who asked', async () => {
    await open('teacher', 'today');
    expect(all()).toContain('德育主任');
  });
});

describe('composing', () => {
  const place = { is: 'place' as const, place: home, except: false };
  const child = { is: 'child' as const, child: { id: 'c', name: '李雨桐', tail: '', class: home, role: null } as never, except: false };
  const letter = (more: object) => ({ ...blank(), audience: [place], ask: { is: 'acknowledge' as const }, ...more });
  it('lets the class read along where whole places are asked, unless the author says otherwise', () => {
    const reads = (more: object) => requestOf(letter(more), 1, null).class_reads;
    expect([reads({}), reads({ class_reads: false }), reads({ audience: [child] }), reads({ ask: { is: 'nothing' } })]).toEqual([true, false, false, false]);
    const event = { is: 'event' as const, event: 'e', title: '开放日', session: null, waiting: false, except: true };
    expect(asksClasses(letter({ audience: [place, event] }) as never)).toBe(false);
  });
  it('asks again only whom the change concerns, and nobody where all are asked anyway', () => {
    const again = { places: [home.id], choices: [1] };
    const request = (keeps: boolean): NoticeSend => requestOf(letter({ again, keeps_answers: true }), 1, 'old', keeps);
    expect([request(true).asks_again, request(false).asks_again]).toEqual([again, { places: [], choices: [] }]);
    const list = [0, 1, 0].map((n) => ({ children: [{ ...(child as { child: object }).child, class: classAt(n) }], guardians: [], because: [] }));
    expect(classesOf({ list } as never).map(({ id }) => id)).toEqual([classAt(0).id, classAt(1).id]);
  });
  it('offers a head to let classes read along, and asks no class teacher', async () => {
    core.answers['notice.open'] = { ...openNotice({ role: 'coordinator', size: 'some' }, 'sign-open'), class_reads: false };
    await open('coordinator', 'compose', { supersedes: 'sign-open' });
    expect(box('班主任看得到本班的回应')?.checked).toBe(false);
    await close();
    await open('teacher', 'compose', { supersedes: 'sign-open' });
    expect(box('班主任看得到本班的回应')).toBeUndefined();
  });
});

describe('the administrator', () => {
  it('sets how long a notice is held', async () => {
    await openSettings('administrator');
    expect(box('2 分钟')?.checked).toBe(true);
    await click(box('5 分钟'));
    expect(allSent('school.hold')).toEqual([{ seconds: 300 }]);
  });
  it('sets how long it takes from one campus to the other', async () => {
    await openSettings('administrator');
    expect(box('30 分钟')?.checked).toBe(true);
    await click(box('45 分钟'));
    expect(allSent('school.travel')).toEqual([{ minutes: 45 }]);
    expect(all()).toContain('两个校区之间的路程按 45 分钟算');
  });
  it('finds among the usual times the one the school has', async () => {
    core.answers['profile.status'] = { is: 'ready', me: { ...meOf({ role: 'administrator', size: 'some' }), travel_min: 100 } };
    await openSettings('administrator');
    expect(box('100 分钟')?.checked).toBe(true);
    await click(box('不算'));
    expect(allSent('school.travel')).toEqual([{ minutes: 0 }]);
  });
  it('sets an evening of their own for those who work there', async () => {
    await openSettings('administrator');
    const [, staff] = [...document.querySelectorAll('form.hours')].filter((one) => words(one).includes('静音时段'));
    expect(words(staff)).toContain('教职工静音时段');
    await click([...staff!.querySelectorAll('label')].find((one) => words(one) === '不设')?.querySelector('input'));
    await click([...staff!.querySelectorAll('button')].find((one) => words(one) === '保存静音时段'));
    expect(allSent('school.quiet')).toEqual([{ quiet: null, staff: true }]);
  });
});

it('says on the slip how whoever signed is related, and what came along', async () => {
  const opened = openNotice({ role: 'teacher', size: 1 }, 'sign-open');
  const signed = { id: 'a', version: 1, mine: false, files: [], earlier: [], now: given({ is: 'sign', agrees: true, sha256: 'f'.repeat(64) }, { relation: 'mother', guardian: '刘芳' }) };
  const sheet = opened.sheet.slice(0, 1).map((cell) => ({ ...cell, pending: null, done: true, answers: [signed] }));
  vi.stubGlobal('print', vi.fn());
  await shows('teacher', { sheet }, { mine: true });
  await click('打印已签的 1 份');
  const slip = words(document.querySelector('.paper article.slip'));
  expect(slip).toContain('刘芳 （妈妈）');
  for (const { attachment } of opened.files) expect(slip).toContain(`${attachment.name}${attachment.sha256}`);
  expect(opened.files.length).toBeGreaterThan(0);
  expect(window.print).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

describe('whoever only hears of what the whole school is told', () => {
  it.each(['counsellor', 'administrator'] as const)('%s finds it in the rail, reads it, and is promised no sheet', async (role) => {
    await open(role);
    await click([...document.querySelectorAll<HTMLElement>('nav button, nav a')].find((one) => words(one).startsWith('通知')));
    expect(route.screen).toBe('notices');
    expect(all()).toContain('周三放学改到 15:40');
    expect(button('发通知'), 'they send none').toBeUndefined();
    await close();
    await open(role, 'notice', { id: 'colleague' });
    expect(all()).toContain('每十个孩子有一位老师带队');
    expect(all()).not.toContain('名单还没有送到');
    expect(button('录入纸质回执')).toBeUndefined();
    await clean();
  });
  it('reads what will be listed while there is nothing', async () => {
    await open('counsellor', 'notices', {}, { size: 0 });
    expect(all()).toContain('学校发给全校家庭的通知会列在这里');
  });
});
