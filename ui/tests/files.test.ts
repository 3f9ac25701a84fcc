// Files: added piece by piece, shown with what is known of them, opened and saved by the core.
import { Blob as NodeBlob } from 'node:buffer';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Attachment, FileGive } from '../src/lib/bindings';
import { prefs } from '../src/lib/prefs.svelte';
import { carried, photo, plan, small, view } from './look/files';

const core = vi.hoisted(() => ({ asked: [] as { ask: string; with: unknown }[], reply: (_: { ask: string; with: unknown }): unknown => ({}) }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request: asked }: { request: { ask: string; with: unknown } }) => {
    core.asked.push(asked);
    const reply = core.reply(asked);
    if (reply instanceof Error) throw reply.cause;
    return reply;
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: FileList } = await import('../src/screens/file/FileList.svelte');
const { default: FilePicker } = await import('../src/screens/file/FilePicker.svelte');
const { Giving, FILE_BYTES } = await import('../src/screens/file/giving.svelte');
const { sizeWords, standWords } = await import('../src/screens/file/words');
const { toasts } = await import('../src/lib/toast.svelte');

const fault = (code: string) => new Error('', { cause: { fault: 'denied', code, detail: '' } });
let app: Record<string, unknown> | undefined;
const settle = async () => {
  for (let i = 0; i < 8; i++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    flushSync();
  }
};
const button = (name: string) => [...document.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name)!;

beforeEach(() => {
  Object.assign(prefs, { language: 'zh-CN' });
  core.asked.length = 0;
  toasts.said = [];
});
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
});

/** A file of so many bytes; jsdom's own Blob cannot be read. */
const file = (name: string, bytes: number) => Object.assign(new NodeBlob([new Uint8Array(bytes)]), { name }) as unknown as File;

it('a file goes to the core in pieces, in their order', async () => {
  const pieces: FileGive[] = [];
  core.reply = ({ with: given }) => {
    const piece = given as FileGive;
    pieces.push(piece);
    const have = piece.at + atob(piece.content).length;
    return { file: 'file-1', have, attachment: have === piece.bytes ? plan : null };
  };
  const added: Attachment[] = [];
  const giving = new Giving((one) => added.push(one));
  await giving.add([file('行程.pdf', 450_000)]);
  expect(added).toEqual([plan]);
  expect(pieces.map(({ at, file }) => [at, file])).toEqual([[0, null], [196_608, 'file-1'], [393_216, 'file-1']]);
  expect(pieces.every(({ content }) => content.length <= 350_000)).toBe(true);
  expect(giving.busy).toBe(false);
});

it('what is too large is not read, and what is refused says why and stays until it is put away', async () => {
  core.reply = () => fault('file-type-mismatch');
  const giving = new Giving(() => undefined);
  const large = Object.defineProperty(file('大.mp4', 1), 'size', { value: FILE_BYTES + 1 });
  await giving.add([large, file('报名表.pdf', 10), file('空.txt', 0)]);
  expect(core.asked.map(({ with: given }) => (given as FileGive).name)).toEqual(['报名表.pdf', '空.txt']);
  expect(giving.adding.map(({ trouble }) => trouble?.title)).toEqual(['文件太大', '文件内容和名字对不上', '文件内容和名字对不上']);
  expect(giving.busy).toBe(false);
  giving.drop(giving.adding[0]!.key);
  expect(giving.adding).toHaveLength(2);
});

it('one that is put away on its way is not added', async () => {
  let go: (() => void) | undefined;
  core.reply = () => new Promise((resolve) => (go = () => resolve({ file: 'file-1', have: 10, attachment: plan })));
  const added: Attachment[] = [];
  const giving = new Giving((one) => added.push(one));
  const done = giving.add([file('行程.pdf', 10)]);
  await settle();
  expect(giving.busy).toBe(true);
  giving.drop(giving.adding[0]!.key);
  go?.();
  await done;
  expect([added, giving.adding]).toEqual([[], []]);
});

it('says that one is still being taken in, and that it is looked at once all of it was given', async () => {
  const go: (() => void)[] = [];
  core.reply = ({ with: given }) => new Promise((resolve) => go.push(() => resolve({ file: 'f', have: (given as FileGive).at + 196_608, attachment: go.length === 2 ? photo : null })));
  app = mount(FilePicker, { target: document.body, props: { files: [], most: 3 } });
  const group = () => document.querySelector('[role=group]')!;
  group().dispatchEvent(Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer: { types: ['Files'], files: [file('合影.jpg', 300_000)] } }));
  await settle();
  expect(group().getAttribute('aria-busy')).toBe('true');
  expect(document.querySelector('[role=status]')?.textContent).toContain('还有 1 个文件正在添加');
  expect(document.querySelector('[role=progressbar]')?.getAttribute('aria-label') ?? document.querySelector('progress')?.getAttribute('aria-label')).toContain('合影.jpg');
  go[0]!();
  await settle();
  expect(document.body.textContent).toContain('正在收下：检查内容，图片去掉拍摄地点和时间');
  go[1]!();
  await settle();
  expect(document.body.textContent).not.toContain('正在');
  expect(group().getAttribute('aria-busy')).toBe('false');
});

it('files dropped on the page are added, up to the limit, and removed by name', async () => {
  core.reply = ({ ask, with: given }) => (ask === 'file.give' ? { file: 'f', have: 1, attachment: { ...plan, name: (given as FileGive).name } } : { content: small });
  app = mount(FilePicker, { target: document.body, props: { files: [photo], most: 3 } });
  await settle();
  const drop = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer: { types: ['Files'], files: [file('a.pdf', 1), file('b.pdf', 1), file('c.pdf', 1)] } });
  document.querySelector('[role=group]')!.dispatchEvent(drop);
  await settle();
  expect(drop.defaultPrevented).toBe(true);
  const names = () => [...document.querySelectorAll('.name')].map((one) => one.textContent);
  expect(names()).toEqual(['集合地点示意图.jpg', 'a.pdf', 'b.pdf']);
  expect(document.body.textContent).toContain('最多 3 个附件，有 1 个没有添加');
  expect(button('添加文件').disabled).toBe(true);
  button('去掉“a.pdf”').click();
  await settle();
  expect(names()).toEqual(['集合地点示意图.jpg', 'b.pdf']);
});

it('a file is opened and saved by the core; what it says of a fault is told beside it', async () => {
  core.reply = ({ ask }) => (ask === 'file.save' ? { path: '/x', name: '行程 (2).pdf' } : ask === 'file.open' ? fault('file-deceives') : { content: small });
  app = mount(FileList, { target: document.body, props: { of: 'notice-1', files: carried } });
  await settle();
  expect(button('打开“乘车助手.exe”')).toBeUndefined();
  expect(document.body.textContent).toContain('这类文件不能在这里打开，只能保存');
  button(`打开“${plan.name}”`).click();
  await settle();
  expect(document.querySelector('[role=alert] .due')?.textContent).toContain('没有打开');
  button(`把“${plan.name}”保存到下载文件夹`).click();
  await settle();
  expect(core.asked.filter(({ ask }) => ask !== 'file.thumbnail')).toEqual([
    { ask: 'file.open', with: { of: 'notice-1', sha256: plan.sha256 } },
    { ask: 'file.save', with: { of: 'notice-1', sha256: plan.sha256 } },
  ]);
  expect(JSON.stringify(toasts.said)).toContain('行程 (2).pdf');
  expect([...document.querySelectorAll('img')].map(({ src }) => src.slice(0, 22))).toEqual(['data:image/jpeg;base64']);
});

it('says how large it is and how it stands', () => {
  expect([0, 1023, 1024, 57_834, 1_262_953].map(sizeWords)).toEqual(['0 字节', '1023 字节', '1 KB', '56 KB', '1.2 MB']);
  expect(standWords(view(plan))).toBe('');
  expect(standWords(view(plan, { here: 0 }))).toBe('');
  expect(standWords(view(photo, { here: 300_000 }))).toBe('293 KB，共 1.2 MB');
  expect(standWords(view(photo, { sent: 0 }))).toContain('正在上传：0 字节，共 1.2 MB');
  expect(standWords(view(photo, { sent: photo.bytes }))).toContain('已上传');
});
