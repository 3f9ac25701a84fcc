// A file of its own for each child: whose each is stands on the screen, is looked at, and only then may it go.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import axe from 'axe-core';
import type { NoticeSendFiles } from '../src/lib/bindings';
import { childAt, home, NOW, type School } from './look/people';
import { matchOf, ownFile } from './look/own';
import { ask } from './look/school';

const core = vi.hoisted(() => ({ role: 'teacher' as 'teacher' | 'parent', drafts: new Map<string, string>(), asked: [] as { ask: string; with: unknown }[] }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: Record<string, string> } }) => {
    core.asked.push(request);
    if (request.ask === 'draft.get') return { body: core.drafts.get(request.with.key!) ?? '' };
    if (request.ask === 'draft.put') core.drafts.set(request.with.key!, request.with.body!);
    return ask({ role: core.role, size: 'some' }, request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');
const { blank } = await import('../src/screens/notice/compose');
const { childFilesOf, fileOf, seenOf, strayWords, sumsOf } = await import('../src/screens/notice/own/owning');

const teacher: School = { role: 'teacher', size: 'some' };
const files = [ownFile(0), ownFile(1), ownFile(5, '20230201-王梓涵.pdf'), ownFile(7, '班级合影.pdf')];
const settle = async (ms = 60) => {
  for (let i = 0; i < 6; i++) {
    await vi.advanceTimersByTimeAsync(ms / 6);
    flushSync();
  }
};
let app: Record<string, unknown> | undefined;
const work = () => document.querySelector('main')!;
const text = () => work().textContent!.replace(/\s+/g, ' ');
const primary = () => work().querySelector<HTMLButtonElement>('.dock button.primary')!;
const tick = () => work().querySelector<HTMLInputElement>('.own .tick input')!;
const sent = () => core.asked.find((one) => one.ask === 'notice.send-files')?.with as NoticeSendFiles | undefined;
async function open(screen: 'compose' | 'notice', params: Record<string, string> = {}, draft: object | undefined = undefined) {
  if (draft) core.drafts.set('notice.compose', JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], title: '成绩单', ...draft }));
  route.start('today');
  app = mount(App, { target: document.body });
  await settle();
  route.go(screen, params as never);
  await settle(400);
}

beforeEach(() => {
  prefs.language = 'zh-CN';
  core.role = 'teacher';
  vi.useFakeTimers({ now: new Date(NOW) });
});
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  vi.useRealTimers();
  core.drafts.clear();
  core.asked.length = 0;
  document.body.replaceChildren();
});

it('what is sent is only what is somebody\'s, and another match has to be looked at again', () => {
  const asked = { audience: { include: [], except: [] }, names: files.map(({ name }) => name), keeps: null };
  const matched = matchOf(teacher, asked);
  expect(sumsOf(matched)).toEqual({ given: 2, kept: 0, without: 10, strays: 2 });
  expect(childFilesOf(matched, files, false)).toEqual({ keeps: false, files: [{ child: childAt(0).id, file: files[0] }, { child: childAt(1).id, file: files[1] }] });
  expect(fileOf(matched.children[0]!, files)).toBe(files[0]!.name);
  expect(fileOf(matched.children[2]!, files)).toBe('');
  const seen = (of: typeof files, keeps = false) => seenOf(asked.audience, of, keeps, matchOf(teacher, { ...asked, names: of.map(({ name }) => name), keeps: keeps ? 'old' : null }));
  expect(seen(files)).toBe(seen([...files]));
  expect(seen(files)).not.toBe(seen(files.slice(1)));
  expect(seen(files)).not.toBe(seen(files, true));
});

it('each reason names who is meant and what to do', () => {
  const [child, other] = [childAt(0), childAt(1)];
  const words = [{ is: 'unknown' } as const, { is: 'not-addressed', child } as const, { is: 'several', child, other } as const, { is: 'second', child } as const, { is: 'names-another', child, other } as const].map(strayWords);
  expect(new Set(words).size).toBe(5);
  expect(words.slice(1).every((one) => one.includes(child.name))).toBe(true);
});

it('it goes only after the table was looked at, with the files of its children', async () => {
  await open('compose', {}, { own: files });
  expect(text()).toContain('有文件的学生 2 名，没有的 10 名；不会发出的文件 2 个');
  expect(text()).toContain('班级合影.pdf');
  expect(text()).toContain('请核对每份文件对应的学生');
  expect(primary().disabled).toBe(true);
  tick().click();
  await settle();
  expect(primary().disabled).toBe(false);
  // Another file is gone: it has to be looked at again.
  work().querySelector<HTMLButtonElement>('[aria-label="去掉“班级合影.pdf”"]')!.click();
  await settle(200);
  expect(primary().disabled).toBe(true);
  tick().click();
  await settle();
  primary().click();
  await settle(200);
  expect(sent()?.child_files.files.map(({ child }) => child)).toEqual([childAt(0).id, childAt(1).id]);
  expect(sent()?.child_files.keeps).toBe(false);
  expect(core.asked.some((one) => one.ask === 'notice.send')).toBe(false);
});

it('the table can be used by everybody', async () => {
  await open('compose', {}, { own: files });
  vi.useRealTimers();
  expect((await axe.run(work(), { rules: { 'color-contrast': { enabled: false } } })).violations).toEqual([]);
}, 20_000);

it('what is signed cannot carry them, and says so', async () => {
  await open('compose', {}, { own: files, ask: { is: 'sign' }, body: '请签字' });
  expect(text()).toContain('请改为“知道了”');
  expect(primary().disabled).toBe(true);
});

it('a new version keeps the files of the old one until they are removed', async () => {
  await open('compose', { supersedes: 'own-files' });
  expect(text()).toContain('沿用原来的');
  tick().click();
  await settle();
  primary().click();
  await settle(200);
  expect(sent()?.child_files).toEqual({ files: [], keeps: true });
});

it('a family reads the file of its own child', async () => {
  core.role = 'parent';
  await open('notice', { id: 'own-files' });
  expect(text()).toContain('您孩子的文件');
  const [first] = [...work().querySelectorAll<HTMLButtonElement>('button')].filter((one) => one.getAttribute('aria-label')?.startsWith('打开'));
  first!.click();
  await settle();
  expect(core.asked.find((one) => one.ask === 'file.open')?.with).toMatchObject({ of: 'child-file-0' });
});
