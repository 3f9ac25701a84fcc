// The whole window in a test, on the core of `core.ts`: opened as somebody, at a screen, and read by axe.
import axe from 'axe-core';
import { mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { click, core, settle, words } from './core';
import type { Role, School } from './look/people';

export * from './core';
const { default: App } = await import('../src/App.svelte');
const { route } = await import('../src/lib/route.svelte');

// jsdom draws nothing: axe, which looks for letters drawn as icons, is told so.
HTMLCanvasElement.prototype.getContext = () => null;

let app: Record<string, unknown> | undefined;
export async function open(role: Role, screen = 'today', params: object = {}, more: Partial<School> = {}): Promise<void> {
  core.school = { role, size: 'some', ...more };
  history.replaceState(null, '', `/index.html?${new URLSearchParams({ screen, with: JSON.stringify(params) })}`);
  route.start('today');
  app = mount(App, { target: document.body });
  await settle(400);
  route.go(screen as 'today', params as never);
  await settle(400);
}
/** The settings, which stand below the hats. */
export async function openSettings(role: Role): Promise<void> {
  await open(role);
  document.querySelector('.hat-trigger')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await settle();
  await click([...document.querySelectorAll<HTMLElement>('.hat-item')].at(-1));
}
/** Opens a menu (更多) by the keyboard, and presses what stands in it. */
export async function fromMenu(trigger: HTMLElement | null | undefined, name: string): Promise<void> {
  expect(trigger, 'a menu').toBeTruthy();
  trigger!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await settle();
  await click([...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((one) => words(one) === name));
}
/** Chooses in the one combobox within, by the keyboard: the option that says so. */
export async function choose(within: ParentNode, name: string): Promise<void> {
  const input = within.querySelector<HTMLInputElement>('.combobox-input')!;
  const key = async (pressed: string) => {
    input.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
    await settle();
  };
  const at = () => [...document.querySelectorAll<HTMLElement>('[role=option]')].find((one) => one.dataset['highlighted'] !== undefined);
  await click(within.querySelector<HTMLElement>('.combobox-open'));
  input.focus();
  for (let n = 0; n < 60 && !words(at()).includes(name); n++) await key('ArrowDown');
  expect(words(at())).toContain(name);
  await key('Enter');
}
export async function close(): Promise<void> {
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
}
/** Anybody can use what is shown. */
export async function clean(): Promise<void> {
  vi.useRealTimers();
  const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
}

beforeEach(() => {
  // The page has it from index.html.
  document.title = 'title';
});
afterEach(close);
