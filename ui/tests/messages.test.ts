import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import settings from '../project.inlang/settings.json';

type Catalogue = Record<string, unknown>;
const read = (locale: string, file: string) => {
  const { $schema: _, ...messages } = JSON.parse(readFileSync(`messages/${locale}/${file}`, 'utf8')) as Catalogue;
  return messages;
};
const files = readdirSync('messages/zh-CN').sort();
const slots = (message: unknown) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(svelte|ts)$/.test(path) && !/paraglide|gallery|bindings/.test(path))
  .map((path) => ({ path, text: readFileSync(`src/${path}`, 'utf8') }));
/** Looked up by a code of the core, or by the name of a state. */
const BY_NAME = /^(fault|state)_/;

describe('catalogues', () => {
  it('has the same files in both languages, all of them compiled', () => {
    expect(readdirSync('messages/en').sort()).toEqual(files);
    const compiled = settings['plugin.inlang.messageFormat'].pathPattern.map((path) => path.split('/').at(-1));
    expect(compiled.toSorted()).toEqual(files);
  });
  it.each(files)('%s has the same keys and slots in both', (file) => {
    const [zh, en] = [read('zh-CN', file), read('en', file)];
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const key of Object.keys(zh)) expect([key, slots(en[key])]).toEqual([key, slots(zh[key])]);
  });
  it('names a key once, with the noun of its file', () => {
    const common = ['common', 'state', 'key', 'fault'];
    const seen = new Set<string>();
    for (const file of files) {
      const noun = file.replace('.json', '');
      for (const key of Object.keys(read('zh-CN', file))) {
        expect(seen.has(key), key).toBe(false);
        seen.add(key);
        expect((noun === 'common' ? common : [noun.replaceAll('-', '_')]).some((name) => key.startsWith(`${name}_`)), key).toBe(true);
      }
    }
  });
  it('holds nothing that nobody says', () => {
    const used = new Set(sources.flatMap(({ text }) => [...text.matchAll(/\bm\.(\w+)/g)].map(([, key]) => key)));
    const unused = files.flatMap((file) => Object.keys(read('zh-CN', file))).filter((key) => !used.has(key) && !BY_NAME.test(key));
    expect(unused).toEqual([]);
  });
  it('is where every word on the screen comes from', () => {
    const spoken = sources.flatMap(({ path, text }) => {
      const markup = text.replace(/<style>[^]*?<\/style>|<!--[^]*?-->|\/\*[^]*?\*\/|(?<!:)\/\/.*/g, '');
      const bare = path.endsWith('.svelte') ? markup.replace(/<script[^]*?<\/script>/g, '').match(/>[^<>{}=]*\p{L}[^<>{}=]*<\/|(?:aria-label|placeholder|title|alt)="[^"{]+"/gu) : null;
      const chinese = path.endsWith('.svelte') ? markup.match(/.*\p{Script=Han}.*/gu) : null;
      return [...(bare ?? []), ...(chinese ?? [])].map((words) => `${path}: ${words.trim()}`);
    });
    // A language is always named in itself.
    expect(spoken).toEqual(["parts/Settings.svelte: { value: 'zh-CN', label: '简体中文' },"]);
  });
  it('keeps the tone: no exclamation marks', () => {
    for (const locale of ['zh-CN', 'en']) for (const file of files) expect(JSON.stringify(read(locale, file))).not.toMatch(/[!！]/);
  });
});
