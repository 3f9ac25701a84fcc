// 收回来改: a slip seen before it goes out, or after it was taken back, is mended in one press and nothing is typed twice.
import { describe, expect, it } from 'vitest';
import type { NoticeOpened, NoticeSend } from '../src/lib/bindings';
import { ago } from './look/people';
import { openNotice } from './look/notices';
import { photo } from './look/files';
import { all, allSent, button, clean, click, close, core, open, press, sent, type, words } from './window';

const { route } = await import('../src/lib/route.svelte');
const { hasGone, isTakenBack } = await import('../src/screens/notice/rewriting.svelte');

/** A notice of one's own, as it is opened; others as usual. */
function stands(id: string, line: Partial<NoticeOpened['line']>, more: Partial<NoticeOpened> = {}): void {
  const usual = openNotice(core.school, id);
  core.answers['notice.open'] = ({ notice }: { notice: string }) => (notice === id ? { ...usual, line: { ...usual.line, mine: true, ...line }, ...more } : openNotice(core.school, notice));
}
const held = (minutes = 1.5) => ({ state: { is: 'held' as const, until: ago(-minutes) } });
const field = (label: string) => [...document.querySelectorAll('label')].find((one) => words(one) === label)!.parentElement!.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')!;
const dock = () => words(document.querySelector('.dock'));

describe('before it has gone out', () => {
  it('is taken back and opened with all it said, in one press on Today', async () => {
    stands('notice-0001', { ...held(), title: '周三放学改到 15:30' });
    await open('teacher', 'today');
    await click('收回来改：周三放学改到 15:40');
    expect(sent('notice.recall')).toEqual({ notice: 'notice-0001', words: '' });
    expect(route.here).toEqual({ screen: 'compose', params: { again: 'notice-0001', at: undefined } });
    expect(words(document.querySelector('h1'))).toBe('改一改再发');
    expect(document.activeElement).toBe(document.querySelector('h1'));
    expect([field('标题').value, field('正文').value.split('\n')[1]]).toEqual(['周三放学改到 15:30', '请把时间告诉来接孩子的家人。如果需要托管，请直接回复我。']);
    expect(all()).toContain('正在收回，原来写的都在这里');
    await clean();
  });
  it('goes out changed, with whom it was for, what it asks, by when and its files', async () => {
    stands('sign-open', { ...held(), title: '重庆科技馆参观同意书' }, { files: [{ ...openNotice(core.school, 'sign-open').files[0]!, attachment: photo }], answered_by: { is: 'each-guardian' }, reminds: true, class_reads: false });
    await open('teacher', 'notice', { id: 'sign-open' });
    await click('收回来改');
    await type('重庆科技馆参观同意书（更正）', field('标题'));
    await click('发给 41 家');
    const { line, audience_is } = openNotice(core.school, 'sign-open');
    expect(sent<NoticeSend>('notice.send')).toMatchObject({ title: '重庆科技馆参观同意书（更正）', audience: audience_is, ask: line.ask, due: line.due, answered_by: { is: 'each-guardian' }, reminds: true, class_reads: false, files: [photo], supersedes: null });
  });
  it('is done by a key on its page, which the help names', async () => {
    stands('notice-0002', held());
    await open('teacher', 'notice', { id: 'notice-0002' });
    await press('e');
    expect(sent('notice.recall')).toEqual({ notice: 'notice-0002', words: '' });
    expect(route.screen).toBe('compose');
    await close();
    await open('teacher', 'notice', { id: 'notice-0002' });
    await press('?');
    expect(words(document.querySelector('dialog'))).toContain('收回来改');
  });
  it('keeps when it was set to go out', async () => {
    stands('notice-0002', held(60 * 30));
    await open('teacher', 'notice', { id: 'notice-0002' });
    await click('收回来改');
    expect(sent('notice.recall')).toBeDefined();
    expect(route.here.params.at).toBe('2026-11-24T16:24:00+08:00[Asia/Shanghai]');
    expect(dock()).toContain('明天 16:24');
  });
  it('still replaces what it was to replace, also from Today, which does not say what', async () => {
    stands('notice-0001', held(), { supersedes: 'choose-open', keeps_answers: true });
    await open('teacher', 'today');
    await click('收回来改：周三放学改到 15:40');
    expect(all()).toContain('替代“下学期社团选课”');
    await click('发给 41 家');
    expect(sent<NoticeSend>('notice.send')?.supersedes).toBe('choose-open');
  });
  it('waits for nobody’s yes any more', async () => {
    await open('head', 'notice', { id: 'proposed-mine' });
    await click('收回来改');
    expect(sent('notice.recall')).toEqual({ notice: 'proposed-mine', words: '' });
    expect(route.screen).toBe('compose');
  });
  it('says so while the school has not heard of it', async () => {
    stands('notice-0002', { ...held(), pending: { is: 'saved' } });
    await open('teacher', 'notice', { id: 'notice-0002' });
    await click('收回来改');
    expect(all()).toContain('收回还没有送到学校');
  });
  it('stays where it is if it could not be taken back', async () => {
    stands('notice-0001', held());
    core.faults['notice.recall'] = { fault: 'disk-full' };
    await open('teacher', 'today');
    await click('收回来改：周三放学改到 15:40');
    expect(route.screen).toBe('today');
    expect(document.querySelector('[role=alert]')).not.toBeNull();
    core.faults['notice.recall'] = { fault: 'refused', refusal: { code: 'notice-gone', by: null } };
    await click('收回来改：周三放学改到 15:40');
    expect([...document.querySelectorAll('[role=alert]')].map(words).join()).toContain('已经撤回或者有了新的一条');
    await clean();
  });
});

describe('just after it has gone out', () => {
  it.each([
    ['it is with families', { state: { is: 'sent' as const, at: ago(0) } }],
    ['its time is over, and no word of it came yet', held(0)],
  ])('is not taken back unsaid; a new version is written instead: %s', async (_, line) => {
    stands('notice-0001', { ...line, title: '周三放学改到 15:30' });
    await open('teacher', 'today');
    await click('收回来改：周三放学改到 15:40');
    expect(allSent('notice.recall')).toEqual([]);
    expect(route.here).toEqual({ screen: 'compose', params: { supersedes: 'notice-0001' } });
    expect(all()).toContain('“周三放学改到 15:30”刚刚已经发出，家里可能已经看到。');
    expect(all()).toContain('替代“周三放学改到 15:30”');
    await click('发给 41 家');
    expect(sent<NoticeSend>('notice.send')?.supersedes).toBe('notice-0001');
  });
  it('is told from what waits on this computer, however late', () => {
    const waiting = { ...held(-5), pending: { is: 'saved' as const } };
    expect([hasGone(waiting), hasGone({ ...held(-5), pending: null }), hasGone({ ...held(), pending: null })]).toEqual([false, true, false]);
  });
});

describe('after it was taken back', () => {
  const recalled = { state: { is: 'recalled' as const, at: ago(3), words: '时间写错了' } };
  it('is written again with all it said, and replaces nothing that it replaced already', async () => {
    stands('sign-open', recalled, { supersedes: 'notice-0003' });
    await open('teacher', 'notice', { id: 'sign-open' });
    expect(button('撤回通知')).toBeUndefined();
    await click('改一改再发');
    expect(allSent('notice.recall'), 'once is enough').toEqual([]);
    expect(field('标题').value).toBe('重庆科技馆参观同意书');
    await click('发给 41 家');
    expect(sent<NoticeSend>('notice.send')?.supersedes).toBeNull();
  });
  it('anybody can find it there', async () => {
    stands('sign-open', recalled);
    await open('teacher', 'notice', { id: 'sign-open' });
    await clean();
  });
  it('can be, as soon as it is said on this computer', async () => {
    stands('sign-open', { pending: { is: 'saved' } });
    await open('teacher', 'notice', { id: 'sign-open' });
    expect(button('撤回通知'), 'it was pressed').toBeUndefined();
    await press('e');
    expect(route.here).toEqual({ screen: 'compose', params: { again: 'sign-open' } });
  });
  it('is for its author alone', async () => {
    expect(isTakenBack({ ...recalled, pending: null })).toBe(true);
    stands('sign-open', { ...recalled, mine: false, title: '' });
    await open('teacher', 'notice', { id: 'sign-open' });
    expect(button('改一改再发')).toBeUndefined();
    await press('e');
    expect(route.screen).toBe('notice');
  });
  it('is not offered for an alert, which has its own ways', async () => {
    await open('head', 'notice', { id: 'alert-actual' }, { alert: 'actual' });
    expect([button('改一改再发'), button('收回来改')]).toEqual([undefined, undefined]);
  });
});
