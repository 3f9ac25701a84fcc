// What people typed is text on every screen: nothing of it runs, becomes markup, or turns our own words around.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileNames, texts } from './look/corpus';
import { UNSEEN } from './look/hostile';
import { nameless, wicked, type Scene } from './look/scenes';
import { ask, NOW } from './look/school';

const core = vi.hoisted(() => ({ scene: undefined as unknown }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: unknown } }) => ask((core.scene as Scene).school, request),
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');
const { m, nameShown } = await import('../src/lib/messages');
const { childName } = await import('../src/lib/child');
const { guardianName } = await import('../src/lib/person');

let app: Record<string, unknown> | undefined;
async function settle() {
  for (let i = 0; i < 4; i++) {
    await vi.advanceTimersByTimeAsync(50);
    flushSync();
  }
}
function press(element: HTMLElement | null) {
  // A choice of a list is taken as the pointer is lifted.
  if (element?.matches('.combobox-item')) element.dispatchEvent(new MouseEvent('pointerup', { bubbles: true, button: 0 }));
  else element?.click();
}
function type(field: HTMLInputElement | null, text: string) {
  if (!field) return;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
async function open(scene: Scene) {
  core.scene = scene;
  prefs.language = 'zh-CN';
  const query = new URLSearchParams({ screen: scene.screen ?? 'today', ...(scene.link && { link: scene.link }), ...(scene.with && { with: JSON.stringify(scene.with) }) });
  history.replaceState(null, '', `/index.html?${query}`);
  route.start('today');
  app = mount(App, { target: document.body });
  await settle();
  for (const step of scene.steps ?? []) {
    if ('click' in step) press(document.querySelector<HTMLElement>(step.click));
    if ('key' in step) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: step.key, bubbles: true, cancelable: true }));
    if ('type' in step) type(document.querySelector<HTMLInputElement>(step.into), step.type);
    await settle();
  }
}

beforeEach(() => vi.useFakeTimers({ now: new Date(NOW) }));
afterEach(async () => {
  vi.useRealTimers();
  if (app) await unmount(app);
  app = undefined;
});

/** The widest have two thousand parts; a machine may be busy. */
const PATIENCE = 30_000;
const MARKUP = 'script, iframe, base, meta, style, video, template, math, object, embed, form[action], a[href]:not([href^="#"]), [srcdoc], [onerror], [onload], [onmouseover], [ontoggle]';

/** As it can be found again: where it stands in a sentence, nothing in it turns letters; a field has one line. */
const bare = (text: string) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
const found = new Set<string>();

const SAID = ['aria-label', 'title', 'placeholder', 'alt'];
/** Every text that is shown or read out, with the element it is of. */
function* saidOn(page: HTMLElement): Generator<[string, string]> {
  for (const element of page.querySelectorAll('*')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? '');
    // What is chosen stands in a field too; what is typed there is the person's own.
    const chosen = element instanceof HTMLInputElement && element.matches('.combobox-input') ? [element.value] : [];
    for (const text of [...own, ...chosen, ...SAID.map((name) => element.getAttribute(name) ?? '')]) yield [text, element.outerHTML.slice(0, 200)];
  }
}

describe('what people may type', () => {
  it('is enough of it, and no two are one', () => {
    expect(texts.length).toBeGreaterThanOrEqual(200);
    expect(fileNames.length).toBeGreaterThanOrEqual(60);
    expect(new Set(texts).size).toBe(texts.length);
    expect(new Set(fileNames).size).toBe(fileNames.length);
  });
});

describe('what people typed', () => {
  let unseen = 0;
  const signs = wicked.filter(({ school }) => school.hostile === 'signs');
  it.each(signs.map((scene) => [scene.name, scene] as const))('%s', async (_, scene) => {
    await open(scene);
    expect(document.querySelector('h1')).not.toBeNull();
    const shown = [document.body.textContent ?? '', ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value)].join('\n');
    const read = bare(shown);
    const here = [...texts, ...fileNames].filter((text) => read.includes(bare(text).trim() || bare(text)));
    for (const text of here) found.add(text);
    expect(here.filter((text) => bare(text).trim()).length, 'nothing typed is shown').toBeGreaterThan(0);
    expect([...document.body.querySelectorAll(MARKUP)].map((element) => element.outerHTML.slice(0, 120))).toEqual([]);
    expect([...document.body.querySelectorAll('img')].filter((image) => !/^(data:image|blob:)/.test(image.src))).toEqual([]);
    expect((window as unknown as { hacked?: number }).hacked).toBeUndefined();
    expect(shown).not.toMatch(/undefined|\bNaN\b|\[object/);
  }, PATIENCE);
  it('was all of it somewhere on a screen', () => {
    expect(texts.filter((text) => !found.has(text))).toEqual([]);
    expect(fileNames.filter((text) => !found.has(text))).toEqual([]);
  });
  it.each(nameless.map((scene) => [scene.name, scene] as const))('says so where nothing of a name can be seen: %s', async (_, scene) => {
    await open(scene);
    expect(document.querySelector('h1')).not.toBeNull();
    expect([...saidOn(document.body)].filter(([text]) => text.includes(UNSEEN[0]!)).map(([, where]) => where)).toEqual([]);
    unseen += document.body.textContent!.split(m.common_name_unseen()).length - 1;
  }, PATIENCE);
  it('and names were on those screens', () => {
    expect(unseen).toBeGreaterThan(nameless.length);
  });
  it('is said to be there where nothing of a name can be seen, and a name that can stays whole', () => {
    const unseen = ['\u200b', '\u202e\u2066 \u2069', '\u3164\u115f', '\u2800\ufeff'];
    const child = { id: 'c', tail: '', class: null };
    for (const name of unseen) {
      expect([nameShown(name), childName({ ...child, name }), m.notice_teacher({ name })]).toEqual(['（看不见的名字）', '（看不见的名字）', '（看不见的名字）老师']);
      expect(guardianName({ ...child, name: '李雨桐' }, { name, relation: 'mother' })).toBe('李雨桐妈妈（（看不见的名字））');
    }
    expect(['', '张\u200d三', '\u202e王'].map(nameShown)).toEqual(['', '张\u200d三', '王']);
  });
  it('cannot turn the words of a sentence around', () => {
    expect(m.notice_teacher({ name: '张\u202egpj.exe' })).toBe('张gpj.exe老师');
    expect(m.alert_heard({ sort: '\u2067警报', title: '\u2066a\u2069', who: '\u202d王' })).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});
