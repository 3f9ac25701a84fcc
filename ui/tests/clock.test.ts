// A computer whose clock is two days fast: everything on the screen goes by the school's time.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { at, home } from './look/people';
import { ask, NOW, type School } from './look/school';

const core = vi.hoisted(() => ({ school: undefined as unknown, draft: '' }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: unknown } }) =>
    request.ask === 'draft.get' ? { body: core.draft } : ask(core.school as School, request),
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');
const { atSchool, school, schoolNow } = await import('../src/lib/school.svelte');
const { blank } = await import('../src/screens/notice/compose');
const { ago, isPast } = await import('../src/lib/when');

const DAY = 86_400_000;
let app: Record<string, unknown> | undefined;
async function open(given: School, screen: string, params: object = {}) {
  core.school = given;
  history.replaceState(null, '', `/index.html?${new URLSearchParams({ screen, with: JSON.stringify(params) })}`);
  route.start('today');
  app = mount(App, { target: document.body });
  for (let i = 0; i < 6; i++) {
    await vi.advanceTimersByTimeAsync(50);
    flushSync();
  }
  return document.body.textContent ?? '';
}
const button = (words: string) => [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes(words));

beforeEach(() => {
  prefs.language = 'zh-CN';
  vi.useFakeTimers({ now: Date.parse(NOW) + 2 * DAY });
});
afterEach(async () => {
  vi.useRealTimers();
  if (app) await unmount(app);
  app = undefined;
  school.ahead = 0;
  core.draft = '';
});

it('the offset comes with every answer about the line', () => {
  expect(schoolNow().toISOString()).not.toBe(new Date(NOW).toISOString());
  school.hear({ now: NOW, address: '' });
  expect(schoolNow().toISOString()).toBe(new Date(NOW).toISOString());
  expect(isPast('2026-11-24T20:00:00+08:00')).toBe(false);
  expect(ago('2026-11-23T02:12:00Z', 'Asia/Shanghai')).toBe('12 分钟前');
  // What this computer wrote down itself is moved along.
  expect(ago(atSchool(new Date(Date.now() - 3 * 60_000).toISOString()), 'Asia/Shanghai')).toBe('3 分钟前');
});

it('sign-up stays enabled', async () => {
  expect(await open({ role: 'parent', size: 'some' }, 'event', { id: 'event-0000' })).toContain('今晚 20:00 截止');
  expect(document.querySelector<HTMLButtonElement>('form button[type=submit]')?.disabled).toBe(false);
});

it('a notice can be sent', async () => {
  // Due tomorrow at the school; by this computer's clock that was yesterday.
  core.draft = JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], title: '放学', due: at(1, '20:00') });
  await open({ role: 'teacher', size: 'some' }, 'compose', {});
  expect(button('发给')?.disabled).toBe(false);
  school.ahead = 0;
  flushSync();
  expect(button('发给')?.disabled).toBe(true);
});

it('what is said beside a time is right', async () => {
  expect(await open({ role: 'parent', size: 'some' }, 'notices')).toContain('12 分钟前');
});

it('what is held goes out when the school says', async () => {
  const text = await open({ role: 'teacher', size: 'some' }, 'today');
  expect(text).toMatch(/1:(30|29) 后发出/);
  expect(text).toContain('联网后开始计时');
});
