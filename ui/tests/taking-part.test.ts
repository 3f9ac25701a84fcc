// A notice to who takes part in something: from the desk, the roster and the list of what there is to choose.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flushSync, mount, unmount } from 'svelte';
import { NOW, type School } from './look/people';
import { ask } from './look/school';

const core = vi.hoisted(() => ({ drafts: new Map<string, string>(), asked: [] as { ask: string; with: Record<string, unknown> }[] }));
const coordinator: School = { role: 'coordinator', size: 'some' };
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: Record<string, string> } }) => {
    core.asked.push(request);
    if (request.ask === 'draft.get') return { body: core.drafts.get(request.with.key!) ?? '' };
    if (request.ask === 'draft.put') core.drafts.set(request.with.key!, request.with.body!);
    return ask(coordinator, request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');

const settle = async (ms = 400) => {
  for (let i = 0; i < 6; i++) {
    await vi.advanceTimersByTimeAsync(ms / 6);
    flushSync();
  }
};
let app: Record<string, unknown> | undefined;
const work = () => document.querySelector('main')!.textContent!.replace(/\s+/g, ' ');
const side = () => document.querySelector('aside')!.textContent!.replace(/\s+/g, ' ');
const button = (words: string) => [...document.querySelectorAll<HTMLButtonElement>('main button')].find((one) => one.textContent!.trim() === words);
async function open(screen: 'desk' | 'roster' | 'compose' | 'event', params: object) {
  route.start('today');
  app = mount(App, { target: document.body });
  await settle();
  route.go(screen, params as never);
  await settle();
}
async function press(words: string) {
  const found = button(words);
  expect(found, words).toBeDefined();
  found!.click();
  await settle();
}
const previewed = () => core.asked.filter((one) => one.ask === 'notice.preview').at(-1)?.with.audience;

// The whole window is started for each.
vi.setConfig({ testTimeout: 20_000 });
beforeEach(() => {
  prefs.language = 'zh-CN';
  vi.useFakeTimers({ now: new Date(NOW) });
});
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  vi.useRealTimers();
  core.drafts.clear();
  core.asked.length = 0;
});

describe('who comes', () => {
  it('is told from the desk: chosen already, with why, and who cannot be reached', async () => {
    await open('desk', { id: 'event-0000' });
    await press('给来的家庭发通知');
    expect(route.here).toEqual({ screen: 'compose', params: { to: { kind: 'event', id: 'event-0000' } } });
    expect(work()).toContain('家长开放日“牵手同前行，相遇见美好”：来的家庭');
    expect(previewed()).toEqual({ include: [{ kind: 'event', id: 'event-0000' }], except: [] });
    expect(side()).toMatch(/\d+ 家报了家长开放日“牵手同前行，相遇见美好”：.*08:40/);
    expect(side()).toContain('刘伟、陈静报了班次，但在这里没有孩子，通知到不了');
  });
  it('is told by session, and who waits by itself', async () => {
    await open('desk', { id: 'event-0000' });
    const session = [...document.querySelectorAll<HTMLButtonElement>('main button')].find((one) => /^给“.*”的家庭发通知$/.test(one.textContent!.trim()));
    session!.click();
    await settle();
    expect(route.here.params).toMatchObject({ to: { kind: 'session' } });
    route.back();
    await settle();
    document.querySelector<HTMLElement>('[role=tab]:nth-child(2)')!.click();
    await settle();
    await press('给候补的家庭发通知');
    expect(route.here.params).toEqual({ to: { kind: 'waiting', id: 'event-0000' } });
  });
  it('keeps its draft apart from that of another notice', async () => {
    core.drafts.set('notice.compose', JSON.stringify({ audience: [], title: '别的' }));
    await open('compose', { to: { kind: 'event', id: 'event-0000' } });
    expect(document.querySelector<HTMLInputElement>('main input[type=text]')?.value).not.toBe('别的');
    expect([...core.drafts.keys()]).toContain('notice.compose.event.event-0000');
  });
});

describe('a shift', () => {
  it('is told from the roster, it alone or its post', async () => {
    await open('roster', {});
    document.querySelector('main td button .names')!.closest('button')!.click();
    await settle();
    await press('给这一班的人发通知');
    expect(route.here.params).toMatchObject({ to: { kind: 'shift' } });
    route.back();
    await settle();
    document.querySelector('main td button .names')!.closest('button')!.click();
    await settle();
    await press('给整个岗位的人发通知');
    expect(route.here.params).toMatchObject({ to: { kind: 'post' } });
  });
});
