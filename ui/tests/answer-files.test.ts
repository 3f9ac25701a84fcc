// Files as an answer: what a form keeps while it is filled in, what is sent, what the author sees.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Attachment, FormField, NoticeOpened } from '../src/lib/bindings';
import { photo, plan } from './look/files';
import { asks, openNotice } from './look/notices';
import type { School } from './look/people';
import { ask } from './look/school';

const core = vi.hoisted(() => ({ school: undefined as unknown, notice: undefined as unknown, drafts: new Map<string, string>(), asked: [] as { ask: string; with: unknown }[] }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: Record<string, string> } }) => {
    core.asked.push(request);
    if (request.ask === 'notice.open') return core.notice;
    if (request.ask === 'draft.get') return { body: core.drafts.get(request.with.key!) ?? '' };
    if (request.ask === 'draft.put') core.drafts.set(request.with.key!, request.with.body!);
    if (request.ask === 'notice.answer') return { mutation: 'm1' };
    if (request.ask === 'file.save-answers') return { files: 2, last: '1 李雨桐 集合地点示意图.jpg' };
    return ask(core.school as School, request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');
const { toasts } = await import('../src/lib/toast.svelte');
const { Coming } = await import('../src/screens/notice/answer/coming.svelte');
const { filesIn, replyOf, sameReply, typedOf, withFiles, wrongIn } = await import('../src/screens/notice/answer/form');
const { replyWords } = await import('../src/screens/notice/replies');

const fields: FormField[] = asks.back.fields;
let app: Record<string, unknown> | undefined;
const work = () => document.querySelector('main')!;
const text = () => work().textContent!.replace(/\s+/g, ' ');
const settle = async () => {
  for (let i = 0; i < 6; i++) {
    await new Promise((resolve) => setTimeout(resolve, 15));
    flushSync();
  }
};
async function open(notice: NoticeOpened, school: School) {
  core.school = school;
  core.notice = notice;
  history.replaceState(null, '', `/index.html?${new URLSearchParams({ screen: 'notice', with: JSON.stringify({ id: 'back' }) })}`);
  route.start('today');
  app = mount(App, { target: document.body });
  await settle();
}
beforeEach(() => {
  Object.assign(prefs, { language: 'zh-CN' });
  core.asked.length = 0;
  core.drafts.clear();
  toasts.said = [];
});
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
});

it('what was typed becomes what is sent, and comes back as it was typed', () => {
  const typed = [withFiles([plan, photo]), ' 谢谢 '];
  const reply = replyOf(fields, typed);
  expect(reply).toEqual({ is: 'fill-in', values: [`${plan.name}\n${photo.name}`, '谢谢'], files: [plan, photo] });
  expect(typedOf(reply, fields)).toEqual([withFiles([plan, photo]), '谢谢']);
  expect(sameReply(reply, replyOf(fields, typedOf(reply, fields)))).toBe(true);
  expect(sameReply(reply, replyOf(fields, [withFiles([plan]), '谢谢']))).toBe(false);
  expect(replyWords(reply, asks.back)).toContain(`${plan.name}、${photo.name}`);
});

it('two files of one name are told apart, and what is no list is none', () => {
  const other: Attachment = { ...photo, sha256: '9'.repeat(64) };
  const reply = replyOf(fields, [withFiles([photo, other]), '']);
  expect(reply.files.map(({ name }) => name)).toEqual(['集合地点示意图.jpg', '集合地点示意图 (2).jpg']);
  expect(reply.values[0]).toBe('集合地点示意图.jpg\n集合地点示意图 (2).jpg');
  expect(filesIn('not a list')).toEqual([]);
  expect(wrongIn(fields[0]!, '')).toBe('请加上文件');
  expect(wrongIn(fields[0]!, withFiles([plan]))).toBe('');
  expect(wrongIn({ ...fields[0]!, required: false }, '')).toBe('');
});

it('a name stays as short as the school takes it, and there is room for five files in the whole form', () => {
  const long: Attachment = { ...photo, name: `${'长'.repeat(56)}.jpg` };
  const reply = replyOf(fields, [withFiles([long, { ...long, sha256: '8'.repeat(64) }]), '']);
  expect([...reply.files[1]!.name]).toHaveLength(60);
  expect(reply.files[1]!.name.endsWith('长 (2).jpg')).toBe(true);
  const both: FormField[] = [fields[0]!, { ...fields[0]!, label: '照片' }];
  const coming = new Coming();
  expect(coming.room(1, both, [withFiles([plan, photo]), ''])).toBe(3);
  coming.set(0, 2);
  expect(coming.room(1, both, [withFiles([plan, photo]), ''])).toBe(1);
  expect(coming.hold()).toBe(true);
  coming.set(0, 0);
  expect([coming.waits, coming.hold()]).toEqual([false, false]);
});

it('what was added by mistake is taken out again', async () => {
  const parent: School = { role: 'parent', size: 'some' };
  const notice = openNotice(parent, 'back');
  core.drafts.set('notice.answer.back', JSON.stringify({ [notice.sheet[0]!.child.id]: [withFiles([plan, photo]), ''] }));
  core.drafts.set(`notice.answer.${notice.line.id}`, core.drafts.get('notice.answer.back')!);
  await open(notice, parent);
  const form = work().querySelector('form')!;
  expect(form.textContent).toContain(plan.name);
  form.querySelector<HTMLButtonElement>(`button[aria-label="去掉“${plan.name}”"]`)!.click();
  await settle();
  expect(form.textContent).not.toContain(plan.name);
  expect(form.textContent).toContain(photo.name);
});

it('a family is asked for the file that is missing, and a kept draft brings its files back', async () => {
  const parent: School = { role: 'parent', size: 'some' };
  const notice = openNotice(parent, 'back');
  const child = notice.sheet[0]!.child.id;
  await open(notice, parent);
  work().querySelector<HTMLButtonElement>('button[type=submit]')!.click();
  await settle();
  expect(text()).toContain('请加上文件');
  expect(core.asked.some((one) => one.ask === 'notice.answer')).toBe(false);
  await unmount(app!);
  core.drafts.set('notice.answer.back', JSON.stringify({ [child]: [withFiles([plan]), '第二页明天交'] }));
  core.drafts.set(`notice.answer.${notice.line.id}`, core.drafts.get('notice.answer.back')!);
  await open(notice, parent);
  expect(text()).toContain(plan.name);
  work().querySelector<HTMLButtonElement>('button[type=submit]')!.click();
  await settle();
  const sent = core.asked.find((one) => one.ask === 'notice.answer')!.with as { replies: unknown[] };
  expect(sent.replies).toEqual([{ child, reply: { is: 'fill-in', values: [plan.name, '第二页明天交'], files: [plan] }, replaces: 0 }]);
});

it('the family opens what it sent; the author opens it by child and saves all of it at once', async () => {
  const parent: School = { role: 'parent', size: 'some' };
  await open(openNotice(parent, 'back'), parent);
  const shown = [...work().querySelectorAll('li')].find((row) => row.textContent!.includes('第二页是照片'))!;
  shown.querySelector<HTMLButtonElement>(`button[aria-label="打开“${plan.name}”"]`)!.click();
  await settle();
  const opened = core.asked.find((one) => one.ask === 'file.open')!.with as { of: string; sha256: string };
  expect(opened).toEqual({ of: expect.stringContaining('answer-'), sha256: plan.sha256 });
  await unmount(app!);
  const teacher: School = { role: 'teacher', size: 'some' };
  const notice = openNotice(teacher, 'back');
  const files = notice.sheet.flatMap(({ answers }) => answers).reduce((sum, answer) => sum + answer.files.length, 0);
  expect(files).toBeGreaterThan(0);
  await open(notice, teacher);
  const save = [...work().querySelectorAll('button')].find((one) => one.textContent!.includes('保存交来的文件'))!;
  expect(save.textContent).toContain(String(files));
  save.click();
  await settle();
  expect(core.asked.some((one) => one.ask === 'file.save-answers')).toBe(true);
  expect(toasts.said.map(({ text }) => text).join()).toContain('2 个文件');
});
