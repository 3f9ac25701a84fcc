// The core as the window meets it in a test: the school of tests/look, what was asked of it, and what it is made to answer. Whoever uses it
// imports the window's own files after it, with `await import`: what they are given of Tauri is replaced here.
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { NOW, type School } from './look/people';
import { ask } from './look/school';

interface Asked {
  ask: string;
  with: unknown;
}
const usual: School = { role: 'teacher', size: 'some' };
export const core = {
  school: usual,
  /** What is said instead of what the school says; a function is asked each time. */
  answers: {} as Record<string, unknown>,
  faults: {} as Record<string, unknown>,
  drafts: new Map<string, string>(),
  asked: [] as Asked[],
};
let hearing: { event: string; hear: (event: { payload: unknown }) => void }[] = [];

function reply({ ask: name, with: given }: Asked): unknown {
  const { key, body } = given as { key: string; body: string };
  if (core.faults[name]) throw core.faults[name];
  if (name in core.answers) {
    const answer = core.answers[name];
    return typeof answer === 'function' ? answer(given) : answer;
  }
  if (name === 'draft.get' && core.drafts.has(key)) return { body: core.drafts.get(key) };
  if (name === 'draft.put') core.drafts.set(key, body);
  return ask(core.school, { ask: name, with: given });
}
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: Asked }) => {
    core.asked.push(request);
    return reply(request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({
  listen: async (event: string, hear: (event: { payload: unknown }) => void) => {
    const one = { event, hear };
    hearing.push(one);
    return () => void (hearing = hearing.filter((other) => other !== one));
  },
}));
const { prefs } = await import('../src/lib/prefs.svelte');
const { toasts } = await import('../src/lib/toast.svelte');

/** Whatever waits for a moment has its moment. */
export async function settle(ms = 60): Promise<void> {
  for (let i = 0; i < 6; i++) {
    await vi.advanceTimersByTimeAsync(ms / 6);
    flushSync();
  }
}
/** Something comes from the core unasked. */
export async function hear(event: string, payload: unknown): Promise<void> {
  for (const one of hearing) if (one.event === event) one.hear({ payload });
  await settle(400);
}
/** With what the core was asked so, each time and last. */
export const allSent = (name: string): unknown[] => core.asked.filter((one) => one.ask === name).map((one) => one.with);
export const sent = <T>(name: string): T | undefined => allSent(name).at(-1) as T | undefined;

/** As it is read: a blank that does not break is a blank. */
const read = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();
export const words = (element: Element | null | undefined): string => read(element?.textContent);
export const label = (element: Element | null | undefined): string => read(element?.getAttribute('aria-label'));
export const all = (): string => words(document.body);
/** What has these words or this name; else what begins with them. */
function called<E extends Element>(from: readonly E[], name: string): E | undefined {
  const asked = read(name);
  return from.find((one) => words(one) === asked || label(one) === asked) ?? from.find((one) => words(one).startsWith(asked));
}
export const button = (name: string, within: ParentNode = document): HTMLButtonElement | undefined => called([...within.querySelectorAll('button')], name);
/** The box or radio of this label. */
export const box = (name: string, within: ParentNode = document): HTMLInputElement | null | undefined => called([...within.querySelectorAll('label')], name)?.querySelector('input');

/** A button by its words, or whatever else. */
export async function click(what: string | HTMLElement | null | undefined): Promise<void> {
  const found = typeof what === 'string' ? button(what) : what;
  expect(found, `${what} in: ${all()}`).toBeTruthy();
  found!.click();
  await settle();
}
export async function type(text: string, into: HTMLInputElement | HTMLTextAreaElement): Promise<void> {
  into.value = text;
  into.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}
/** Keys where the focus is, as on a real keyboard. */
export async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await settle();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) });
  Object.assign(prefs, { language: 'zh-CN', keys: true, showsRead: true });
  Object.assign(core, { school: usual, answers: {}, faults: {}, asked: [] });
  core.drafts.clear();
  toasts.said = [];
  hearing = [];
});
afterEach(() => {
  vi.useRealTimers();
});
