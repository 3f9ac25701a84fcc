// The second pair of eyes: before sending, on a head's Today, on the notice, and for its author.
import { describe, expect, it } from 'vitest';
import { home, ZONE } from './look/people';
import { todayOf } from './look/day';
import { button, clean, click, core, open, sent, settle, words } from './window';

const { route } = await import('../src/lib/route.svelte');
const { countsOf } = await import('../src/screens/hats');
const { approvalFailed, approverNames, proposeWords, wayOf } = await import('../src/screens/notice/approving');
const { aboutWords, nextWords } = await import('../src/screens/outbox/words');
const { blank } = await import('../src/screens/notice/compose');

const all = () => words(document.querySelector('main'));

const xiong = { name: '熊立新', title: '校长' };
const wu = { name: '吴军', title: '德育主任' };

describe('in words', () => {
  it('names who could agree', () => {
    expect([[], [xiong], [xiong, wu]].map(approverNames)).toEqual(['', '熊立新校长', '熊立新校长或吴军德育主任']);
    expect(approverNames([xiong, wu, xiong, wu, xiong, wu])).toBe('熊立新校长、吴军德育主任、熊立新校长、吴军德育主任等，另有 2 位');
  });
  it('names the act', () => {
    expect([[xiong], [xiong, wu]].map(proposeWords)).toEqual(['交给校长审核', '交给负责人审核']);
    expect([undefined, { approvers: null }, { approvers: [] }, { approvers: [wu] }].map(wayOf)).toEqual(['sends', 'sends', 'nobody', 'proposes']);
  });
  it('says what to do where the yes came too late', () => {
    const late = approvalFailed({ is: 'refused', refusal: { code: 'closed', since: '2026-11-23T09:30:00+08:00[Asia/Shanghai]' } }, ZONE);
    expect(late).toContain('今天 09:30');
    expect(late).not.toContain('报名');
    // In the outbox too, where all acts stand together.
    const closed = { is: 'refused' as const, refusal: { code: 'closed' as const, since: '2026-11-23T09:30:00+08:00[Asia/Shanghai]' } };
    expect(nextWords(closed, 'synced', ZONE, 'approve-notice')).toBe(late);
    expect(nextWords(closed, 'synced', ZONE, 'sign-up')).toContain('报名');
  });
  it('names the acts in the outbox', () => {
    const about = (act: string) => aboutWords({ act, title: '冬季作息', children: [], people: 0, text: '' });
    expect(['approve-notice', 'decline-notice'].map(about)).toEqual(['同意发出通知：冬季作息', '不同意通知：冬季作息']);
  });
});

describe('before sending', () => {
  const drafts = { 'notice.compose': JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], title: '冬季作息' }) };
  it('says that it will first go to another head, and the button names the act', async () => {
    await open('head', 'compose', {}, { approvers: [xiong, wu], drafts });
    expect(words(document.querySelector('.dock'))).toContain('发给全校，需要另一位负责人同意：熊立新校长或吴军德育主任');
    await click('交给负责人审核');
    expect(sent('notice.send')).toBeDefined();
    expect(words(document.body)).toContain('已交给负责人审核');
  });
  it('is not sent where nobody could agree, and says what to do', async () => {
    await open('head', 'compose', {}, { approvers: [], drafts });
    expect(button('发给 42 家')?.disabled).toBe(true);
    expect(all()).toContain('请校办给另一位校长或德育主任设好职务');
    await clean();
  });
  it('goes as ever where nobody has to agree', async () => {
    await open('head', 'compose', {}, { approvers: null, drafts });
    expect(button('发给 42 家')?.disabled).toBe(false);
    expect(all()).not.toContain('另一位负责人');
  });
});

describe('whoever is to agree', () => {
  it('finds it on Today, and counted in the rail', async () => {
    await open('head', 'today');
    expect(all()).toContain('等您同意 2 件');
    const counts = countsOf(todayOf({ role: 'head', size: 'some' }));
    const without = countsOf(todayOf({ role: 'teacher', size: 'some' }));
    expect(counts.notices?.count).toBe((without.notices?.count ?? 0) + 2);
    await click('看内容：全校冬季作息从 12 月 1 日起调整');
    expect(route.here).toEqual({ screen: 'notice', params: { id: 'proposed' } });
  });
  it('reads the whole, then agrees; it can be undone while it waits', async () => {
    await open('head', 'notice', { id: 'proposed' });
    expect(all()).toContain('早上 8:10 到校');
    expect(all()).toContain('等待审核，自今天 08:49');
    await click('同意发出');
    expect(sent('notice.approve')).toEqual({ notice: 'proposed' });
    await click('撤销');
    expect(sent('outbox.take-back')).toEqual({ mutation: 'mutation-0000' });
  });
  it('says no only with a reason, of 200 characters at most', async () => {
    await open('head', 'notice', { id: 'proposed' });
    await click('不同意');
    const area = document.querySelector('textarea')!;
    expect(document.activeElement).toBe(area);
    const write = async (text: string) => {
      area.value = text;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      await settle();
    };
    expect(button('不同意，告诉作者')?.disabled).toBe(true);
    await write('字'.repeat(201));
    expect(button('不同意，告诉作者')?.disabled).toBe(true);
    expect(all()).toContain('多了 1 个字');
    await write(' 时间请再核对 ');
    button('不同意，告诉作者')!.closest('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settle();
    expect(sent('notice.decline')).toEqual({ notice: 'proposed', reason: '时间请再核对' });
  });
  it('keeps the reason that could not be saved', async () => {
    core.faults['notice.decline'] = { fault: 'disk-full' };
    await open('head', 'notice', { id: 'proposed' });
    await click('不同意');
    const area = document.querySelector('textarea')!;
    area.value = '时间请再核对';
    area.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    button('不同意，告诉作者')!.closest('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settle();
    expect(document.querySelector('textarea')?.value).toBe('时间请再核对');
    await clean();
  });
  it('is not asked again where the answer is given', async () => {
    await open('head', 'notice', { id: 'proposed-late' });
    expect(button('同意发出')).toBeUndefined();
    expect(all()).toContain('已经等不到它发出');
  });
});

describe('its author', () => {
  it('sees since when it waits, and can take it back', async () => {
    await open('head', 'notice', { id: 'proposed-mine' });
    expect(all()).toContain('现在还没有家庭看到');
    await click('收回，不再审核');
    expect(sent('notice.recall')).toEqual({ notice: 'proposed-mine', words: '' });
  });
  it('reads who said no, and why, and submits it again', async () => {
    await open('head', 'notice', { id: 'declined' });
    expect(all()).toContain('吴军德育主任没有同意，今天 10:04');
    expect(all()).toContain('课后服务应是 17:30');
    await click('改好再交');
    expect(route.here).toEqual({ screen: 'compose', params: { again: 'declined' } });
  });
  it('has both on Today', async () => {
    await open('head', 'today');
    expect(all()).toContain('等另一位负责人同意，自今天 08:49');
    expect(all()).toContain('吴军德育主任没有同意：课后服务应是 17:30');
    await click('改好再交：寒假托管报名');
    expect(route.here).toEqual({ screen: 'compose', params: { again: 'declined' } });
  });
});

it('a family sees quietly who agreed', async () => {
  await open('parent', 'notice', { id: 'approved' });
  expect(all()).toContain('经熊立新校长审核');
  expect(button('同意发出')).toBeUndefined();
});
