// 撤回: what its author says about it, and what those read who had it.
import { expect, it, vi } from 'vitest';
import { noticeAt } from './look/notices';
import { ago } from './look/people';
import { all, allSent, button, clean, click, close, core, open, press, sent, settle, type, words } from './window';

const { isTrace } = await import('../src/screens/notice/recalled');

const dialog = () => document.querySelector('dialog')!;
const field = () => dialog().querySelector('textarea')!;

it('takes back what families have with a word for them, which may be left out', async () => {
  await open('teacher', 'notice', { id: 'sign-open' });
  await click('撤回通知');
  expect(words(dialog())).toContain('各家的电脑一联网，原文就消失');
  await type('  集合时间写错了，稍后重发 ', field());
  await click(button('撤回通知', dialog()));
  expect(sent('notice.recall')).toEqual({ notice: 'sign-open', words: '集合时间写错了，稍后重发' });
  expect(all()).toContain('已撤回');
});

it('keeps what was typed, and is left without a word', async () => {
  await open('teacher', 'notice', { id: 'sign-open' });
  await click('撤回通知');
  await type('时间写错了', field());
  await click(button('取消', dialog()));
  await click('撤回通知');
  expect(field().value).toBe('时间写错了');
  expect(allSent('notice.recall')).toEqual([]);
});

it('says how much is too much, and does not go', async () => {
  await open('teacher', 'notice', { id: 'sign-open' });
  await click('撤回通知');
  await type('长'.repeat(201), field());
  await click(button('撤回通知', dialog()));
  expect(words(dialog())).toContain('201');
  expect(allSent('notice.recall')).toEqual([]);
});

it('takes back at once what nobody has yet', async () => {
  await open('teacher', 'notice', { id: 'notice-0002' });
  await click('撤回，不发出');
  expect(sent('notice.recall')).toEqual({ notice: 'notice-0002', words: '' });
});

it('a family reads that it does not hold and what holds instead, in the list and on the page', async () => {
  await open('parent', 'notices');
  expect(all()).toContain('集合时间写错了，正确的时间下午重发。');
  await close();
  await open('parent', 'notice', { id: 'notice-0004' });
  expect(words(document.querySelector('h1'))).toBe('已撤回的通知');
  expect(all()).toContain('原来的内容不再有效，不用再办');
  expect(all()).toContain('张晓梅说集合时间写错了，正确的时间下午重发。');
  expect(document.querySelector('main .primary'), 'there is nothing to do').toBeNull();
  await clean();
});

it('says only that much where its author said nothing', async () => {
  await open('parent', 'notice', { id: 'notice-0009' });
  expect(all()).toContain('原来的内容不再有效');
  expect(all()).not.toContain('王静说');
});

it('its author reads what it said, but not as one of the family it was for', () => {
  const line = noticeAt(4, 'teacher');
  const own = { ...line, state: { is: 'recalled' as const, at: ago(5), words: '' } };
  expect([isTrace(own), isTrace({ ...own, mine: false }), isTrace({ ...own, children: noticeAt(4, 'parent').children })]).toEqual([false, true, true]);
  expect(isTrace({ ...line, mine: false, title: '', state: { is: 'sent', at: ago(5) } }), 'nobody took it back').toBe(false);
});

it('a slip is kept as a PDF under the notice and the child, and printed where the window cannot', async () => {
  const print = vi.fn();
  vi.stubGlobal('print', print);
  await open('parent', 'notice', { id: 'sign-done' });
  const keep = [...document.querySelectorAll<HTMLElement>('main li button')].find((one) => words(one) === '存为 PDF');
  await click(keep);
  expect(sent<{ title: string }>('paper.save')?.title).toMatch(/^重庆科技馆.* 李雨桐$/);
  expect(all()).toContain('已存到“下载”文件夹：');
  expect(document.querySelector('.paper'), 'the page is as it was').toBeNull();
  expect(print).not.toHaveBeenCalled();
  core.faults['paper.save'] = { fault: 'denied', code: 'no-paper', detail: '' };
  await click([...document.querySelectorAll<HTMLElement>('main li button')].find((one) => words(one) === '存为 PDF'));
  expect(print).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

it('a class is kept as one PDF by its author', async () => {
  await open('teacher', 'notice', { id: 'sign-open' });
  const keep = [...document.querySelectorAll('button')].find((one) => /^已签的 \d+ 份存为 PDF$/.test(words(one)));
  await click(keep);
  expect(sent<{ title: string }>('paper.save')?.title).toMatch(/签字回执$/);
});

it('the school lets somebody read along, and says what that means first', async () => {
  await open('administrator', 'report', { id: 'report-0000' });
  await click('请人旁读');
  expect(words(dialog())).toContain('对话里的每个人都会看到是谁、由谁请来');
  const input = dialog().querySelector<HTMLInputElement>('.combobox-input')!;
  input.focus();
  await press('ArrowDown');
  const found = document.querySelector<HTMLElement>('.combobox-item')!;
  found.dispatchEvent(new MouseEvent('pointerup', { bubbles: true, button: 0 }));
  await settle();
  await click(button('请这位老师旁读', dialog()));
  expect(sent<{ report: string }>('report.appoint-reader')?.report).toBe('report-0000');
  await close();
  await open('administrator', 'report', { id: 'report-0003' });
  expect(button('请人旁读'), 'it is settled').toBeUndefined();
});

it('the school ends that, also after the report is settled', async () => {
  await open('administrator', 'report', { id: 'report-0003' });
  await click(button('不再旁读：苏婉 心理教师'));
  expect(sent('report.appoint-reader')).toEqual({ report: 'report-0003', who: 'role-appointed', ends: true });
});

it('one slip is kept after the other, each under its own name', async () => {
  let done: (kept: object) => void = () => undefined;
  core.answers['paper.save'] = () => new Promise((resolve) => (done = resolve));
  await open('parent', 'notice', { id: 'sign-done' });
  const keeps = () => [...document.querySelectorAll<HTMLElement>('main li button')].filter((one) => words(one) === '存为 PDF');
  await click(keeps()[0]);
  await click(keeps().at(-1));
  expect(allSent('paper.save')).toHaveLength(1);
  done({ name: 'x.pdf', folder: '/' });
  await settle();
  await click(keeps().at(-1));
  expect(allSent('paper.save')).toHaveLength(2);
});
