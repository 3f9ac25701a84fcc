import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { prefs } from '../src/lib/prefs.svelte';
import type { Refusal } from '../src/lib/bindings';
import { refusalSentence } from '../src/lib/refusals';

/** Every code of the generated type, whatever it carries. */
const source = readFileSync('src/lib/bindings.ts', 'utf8').split('export type Refusal = ')[1]!.split('\n\nexport')[0]!;
const codes = [...source.matchAll(/"code": "([a-z-]+)"/g)].map(([, code]) => code!);
const at = '2026-11-26T09:30:00+08:00[Asia/Shanghai]';
const given = (code: string) => ({ code, again: at, what: 'x', right: 'decide', power: 'invite', field: 'x', limit: 2, opens: at, goes_out: at, starts: at, offer: 'x', too_far: false, from: at, since: at, seen: 42, now: 43, used: 7, size: 3, missing: 4, guests: 2, by: '刘芳', at, with: 'x', booking: 'x', mutation: 'x', choice: '书法', name: '报名表.pdf', reason: '台风', why: '骂人', call: '教导处', left: 2, gate_name: '北门', gates: 2, session: 'x', key: '4a1f', year: 2026, published: '2025-11-04', edition: 1, venue: '校史馆', title: '书画展', capacity: 60, seats: 80, minutes: 60, population: 'staff', qualification: 'x', stage: '现场提问', children: 2 }) as unknown as Refusal;

beforeEach(() => {
  prefs.language = 'zh-CN';
});

it.each(['zh-CN', 'en'] as const)('has a sentence for every refusal in %s', (language) => {
  prefs.language = language;
  expect(codes.length).toBeGreaterThan(20);
  const said = codes.map((code) => refusalSentence(given(code), 'Asia/Shanghai'));
  expect(new Set(said).size).toBe(codes.length);
  for (const sentence of said) expect(sentence).not.toMatch(/undefined|\[object|T09:30|原因编号|Reason /);
});

it('says what happened in the school’s time, and what next', () => {
  expect(refusalSentence({ code: 'audience-changed', seen: 42, now: 43 }, 'Asia/Shanghai')).toContain('43 家');
  expect(refusalSentence(given('closed'), 'Asia/Shanghai')).toContain('09:30');
  expect(refusalSentence({ code: 'answered-already', by: '刘芳' }, 'Asia/Shanghai')).toContain('刘芳先回答了');
  expect(refusalSentence({ code: 'choice-full', choice: '书法' }, 'Asia/Shanghai')).toContain('“书法”已经满了');
});
