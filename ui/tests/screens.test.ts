// Every screen of every role comes up, in both languages, and axe has nothing to say. What only a browser can judge
// (contrast, overflow, what was pressed) is judged by `npm run look`.
import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scenes, type Scene } from './look/scenes';
import { ask, NOW } from './look/school';

const core = vi.hoisted(() => ({ scene: undefined as unknown }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: unknown } }) => ask((core.scene as Scene).school, request),
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');

// jsdom draws nothing: axe, which looks for letters drawn as icons, is told so.
HTMLCanvasElement.prototype.getContext = () => null;

let app: Record<string, unknown> | undefined;
async function open(scene: Scene) {
  core.scene = scene;
  const query = new URLSearchParams();
  if (scene.link) query.set('link', scene.link);
  if (scene.screen) query.set('screen', scene.screen);
  if (scene.with) query.set('with', JSON.stringify(scene.with));
  history.replaceState(null, '', `/index.html?${query}`);
  route.start('today');
  app = mount(App, { target: document.body });
  for (let i = 0; i < 4; i++) {
    await vi.advanceTimersByTimeAsync(50);
    flushSync();
  }
}

beforeEach(() => {
  // The page has them from index.html.
  document.title = 'title';
  vi.useFakeTimers({ now: new Date(NOW) });
});
afterEach(async () => {
  vi.useRealTimers();
  if (app) await unmount(app);
  app = undefined;
});

// Pressed steps and very long lists are for the browser; what means harm has a test of its own.
const shown = scenes.filter(({ steps, school }) => !steps?.length && school.size !== 'many' && !school.hostile);
describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  it.each(shown.map((scene) => [scene.name, scene] as const))('%s', async (_, scene) => {
    prefs.language = language;
    await open(scene);
    expect(document.querySelectorAll('h1')).toHaveLength(1);
    expect(document.querySelector('[role=status] > .rows'), 'still loading').toBeNull();
    expect(document.body.textContent).not.toMatch(/undefined|\bNaN\b|\[object/);
    // Roles, names and order: no language changes them, and reading them takes most of the time.
    if (language !== 'zh-CN') return;
    vi.useRealTimers();
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  });
});
