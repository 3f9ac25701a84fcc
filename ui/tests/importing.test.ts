// From the chosen file to the preview: what is asked of the school, and what the administrator is asked.
import { Blob as NodeBlob } from 'node:buffer';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault, ImportPreview } from '../src/lib/bindings';
import { ask } from './look/school';

const core = vi.hoisted(() => ({ asked: [] as unknown[], answers: [] as (unknown | undefined)[] }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: unknown } }) => {
    if (request.ask !== 'import.preview') return ask({ role: 'administrator', size: 0 }, request);
    core.asked.push(request.with);
    const fault = core.answers.shift();
    if (fault) throw fault;
    return ask({ role: 'administrator', size: 'some' }, request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { Importing } = await import('../src/screens/import/importing.svelte');
const { yearsToChoose } = await import('../src/screens/import/faults');
const { default: Import } = await import('../src/screens/Import.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');

const differ: Fault = { fault: 'denied', code: 'years-differ', detail: 'The titles of this roster name several school years (2027, 2026). Import each year by itself, or say which year it is.' };
/** jsdom's own File cannot be read. */
const file = (name = '名册.xlsx') => Object.assign(new NodeBlob(['roster']), { name }) as unknown as File;
const yearsAsked = () => core.asked.map((one) => (one as ImportPreview).year);

let shown: Record<string, unknown> | undefined;
beforeEach(() => {
  prefs.language = 'zh-CN';
  core.asked.length = core.answers.length = 0;
});
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
});

describe('years that differ', () => {
  it('are the file’s own, in order; without them those about now', () => {
    expect(yearsToChoose(differ, 2030)).toEqual([2026, 2027]);
    expect(yearsToChoose({ ...differ, detail: '' }, 2026)).toEqual([2025, 2026, 2027]);
    expect(yearsToChoose({ fault: 'denied', code: 'roster-encrypted', detail: '2026 2027' }, 2026)).toEqual([]);
    expect(yearsToChoose({ fault: 'offline' }, 2026)).toEqual([]);
  });
  it('are asked about, and the same file is read as the one that was chosen', async () => {
    core.answers.push(differ);
    const importing = new Importing();
    await importing.choose(file());
    expect([importing.step, importing.trouble, importing.years]).toEqual(['choose', undefined, [2026, 2027]]);
    await importing.readAs(2027);
    expect([importing.step, importing.years]).toEqual(['preview', []]);
    expect(yearsAsked()).toEqual([null, 2027]);
    expect(new Set(core.asked.map((one) => (one as ImportPreview).content)).size).toBe(1);
  });
  it('are forgotten with another file', async () => {
    core.answers.push(differ);
    const importing = new Importing();
    await importing.choose(file());
    await importing.choose(file('另一份.xlsx'));
    expect([importing.step, importing.years, yearsAsked()]).toEqual(['preview', [], [null, null]]);
  });
  it.each(['zh-CN', 'en'] as const)('are a question with the focus on it and a button for each, in %s', async (language) => {
    prefs.language = language;
    core.answers.push(differ);
    shown = mount(Import, { target: document.body });
    flushSync();
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(input, 'files', { value: [file()] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('H2'));
    expect(document.activeElement?.textContent).toContain('名册.xlsx');
    const [first, second] = document.activeElement!.parentElement!.querySelectorAll('button');
    expect([first?.textContent, second?.textContent].join()).toMatch(/2026.2027.*2027.2028/);
    expect(document.querySelector('[role=alert]')?.textContent?.trim()).toBe('');
    second!.click();
    await vi.waitFor(() => expect(document.querySelector('[role=tablist]')).not.toBeNull());
    expect(yearsAsked()).toEqual([null, 2027]);
    // The keyboard goes on from the preview.
    expect(document.activeElement?.tagName).toBe('H2');
  });
});

describe('a school that cannot be reached', () => {
  it('can be asked again with the same file, as of the same year', async () => {
    const importing = new Importing();
    core.answers.push(differ, { fault: 'offline' });
    await importing.choose(file());
    await importing.readAs(2026);
    expect([importing.step, importing.trouble?.next]).toEqual(['choose', '文件不用重选，联网后再试一次。']);
    importing.again?.();
    await vi.waitFor(() => expect(importing.step).toBe('preview'));
    expect(yearsAsked()).toEqual([null, 2026, 2026]);
  });
  it('is another thing than a file that cannot be read', async () => {
    const importing = new Importing();
    core.answers.push({ fault: 'denied', code: 'roster-encrypted', detail: '' });
    await importing.choose(file());
    expect([importing.again, importing.trouble?.next]).toEqual([undefined, '工作簿有密码，读不了。请存一份没有密码的。']);
  });
});
