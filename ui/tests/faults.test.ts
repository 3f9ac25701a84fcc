import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import type { Fault } from '../src/lib/bindings';
import { faultWords } from '../src/lib/faults';
import { prefs } from '../src/lib/prefs.svelte';
import { school } from '../src/lib/school.svelte';
import { fileWords } from '../src/screens/import/faults';

/** What the server answers a device with, not its own console; below 500: above, the school is busy. 426 is a fault of its own. */
const sources = readdirSync('../crates/server/src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.rs') && !/main\.rs|demo|holidays\.rs|verify\.rs/.test(path));
const server = sources.flatMap((path) => [...readFileSync(`../crates/server/src/${path}`, 'utf8').matchAll(/caller\(\s*4\d\d,\s*"([a-z-]+)"/g)].map(([, code]) => code!));
const codes = [...new Set(server)].filter((code) => code !== 'update-needed').toSorted();
const denied = (code: string): Fault => ({ fault: 'denied', code, detail: '' });

beforeEach(() => {
  prefs.language = 'zh-CN';
});

it.each(['zh-CN', 'en'] as const)('has a sentence for every code of the server, in %s', (language) => {
  prefs.language = language;
  expect(codes.length).toBeGreaterThan(15);
  for (const code of codes) {
    const { title, next } = fileWords(denied(code));
    expect([code, next]).not.toEqual([code, faultWords(denied('of-a-newer-school')).next.replace('of-a-newer-school', code)]);
    expect(`${title} ${next}`).not.toMatch(/undefined|\[object/);
  }
});

it('says where the school would be', () => {
  expect(faultWords({ fault: 'offline' }).title).toBe('现在连不上学校');
  school.hear({ now: new Date().toISOString(), address: 'school.example:8443' });
  expect(faultWords({ fault: 'offline' }).title).toContain('school.example:8443');
});

it('says what to do about a busy school and a wrong clock', () => {
  expect(faultWords({ fault: 'busy', retry_s: 30 }).next).toContain('30 秒');
  expect(faultWords({ fault: 'clock-wrong' }).next).toContain('日期和时间');
});
