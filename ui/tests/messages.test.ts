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
        expect(noun === 'common' ? common : [noun], key).toContain(key.split('_')[0]);
      }
    }
  });
  it('keeps the tone: no exclamation marks', () => {
    for (const locale of ['zh-CN', 'en']) for (const file of files) expect(JSON.stringify(read(locale, file))).not.toMatch(/[!！]/);
  });
});
