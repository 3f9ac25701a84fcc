import { describe, expect, it } from 'vitest';
import type { LineState, OutboxItem } from '../src/lib/bindings';
import { parkedCodes, waits } from '../src/lib/items';
import { prefs } from '../src/lib/prefs.svelte';
import { aboutWords, asText, lineWords, nextWords } from '../src/screens/outbox/words';

const zone = 'Asia/Shanghai';
const now = new Date('2026-11-23T02:24:00Z');
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const line = (state: LineState, contact: string | null, waiting = 0, failed = 0) => lineWords({ state, contact, waiting, failed, address: 'school.example:8443', now: now.toISOString() }, zone, now);

describe('the sync line', () => {
  it('says how it stands, in the words of the design', () => {
    expect(line('synced', before(0))).toEqual({ state: 'synced', words: '已同步 · 刚刚' });
    expect(line('offline', before(12), 41)).toEqual({ state: 'offline', words: '离线 12 分钟，41 条待提交' });
    expect(line('synced', before(0), 0, 1)).toEqual({ state: 'failed', words: '1 项未办成，请查看' });
  });
  it('counts a long absence in hours and days', () => {
    expect(line('offline', before(0)).words).toBe('离线');
    expect(line('offline', null, 2).words).toBe('离线，2 条待提交');
    expect(line('offline', before(150)).words).toBe('离线 2 小时');
    expect(line('offline', before(60 * 50), 3).words).toBe('离线 2 天，3 条待提交');
  });
  it('puts first what stops everything', () => {
    expect(line('signed-out', before(5), 3, 2).words).toBe('请重新登录，3 条待提交');
    expect(line('update-needed', before(5)).words).toBe('请更新新美家校');
    expect(line('clock-wrong', before(5), 0, 2)).toEqual({ state: 'failed', words: '这台电脑的日期不对，请改正日期和时间' });
    expect(line('busy', before(5))).toEqual({ state: 'offline', words: '学校这会儿很忙，过一会儿自动再试' });
    expect(line('busy', before(5), 3).words).toContain('3 条待提交');
  });
  it('keeps quiet about the short talk after every change', () => {
    expect(line('syncing', before(0)).words).toBe('已同步 · 刚刚');
    expect(line('syncing', null).words).toBe('正在同步');
    expect(line('syncing', before(0), 1).words).toBe('1 条待提交');
  });
});

describe('an item', () => {
  const about = { act: 'sign-up', title: '菁菁读书堂', children: ['李雨桐', '李雨辰'], people: 3, text: '' };
  it('is one sentence', () => {
    expect(aboutWords(about)).toBe('报名：菁菁读书堂，3 人（李雨桐、李雨辰）');
    expect(aboutWords({ act: 'answer', title: '冬季校服尺码登记', children: ['李雨桐'], people: 0, text: '138' })).toBe('回应通知：冬季校服尺码登记（李雨桐）');
    expect(aboutWords({ act: 'take-shift', title: '', children: [], people: 0, text: '' })).toBe('报名志愿：标题已不在本机');
    expect(aboutWords({ act: 'set-travel-time', title: '0', children: [], people: 0, text: '' })).toBe('校区之间的路程：0 分钟');
    expect(aboutWords({ act: 'of-a-newer-core', title: '某事', children: [], people: 0, text: '' })).toBe('一项改动：某事');
  });
  it('says what happens next', () => {
    expect(nextWords({ is: 'saved' }, 'offline', zone)).toBe('联网后自动提交，不用再做什么。');
    expect(nextWords({ is: 'saved' }, 'signed-out', zone)).toBe('重新登录后自动提交。');
    expect(nextWords({ is: 'refused', refusal: { code: 'full' } }, 'synced', zone)).toContain('报满');
    expect(nextWords({ is: 'saved' }, 'busy', zone)).toContain('自动再试');
    expect(nextWords({ is: 'saved' }, 'clock-wrong', zone)).toContain('日期和时间');
  });
  it.each(['zh-CN', 'en'] as const)('that was put aside says why and what now, in %s', (language) => {
    prefs.language = language;
    const said = [...parkedCodes, 'of-a-newer-school'].map((code) => nextWords({ is: 'parked', code }, 'synced', zone));
    expect(new Set(said).size).toBe(parkedCodes.length + 1);
    expect(said.at(-1)).toContain('of-a-newer-school');
    expect(said.slice(0, -1).join()).not.toMatch(/undefined|number-reused|too-large/);
    prefs.language = 'zh-CN';
  });
  it('that failed keeps what was typed', () => {
    const typed: OutboxItem = { mutation: 'm', about: { ...about, text: '请穿校服' }, state: { is: 'unreadable' }, composed: '2026-11-23T02:20:00Z', upload: null };
    expect(waits(typed.state)).toBe(false);
    expect(asText([typed], zone)).toMatch(/读不出来.*\n请穿校服$/s);
    expect(asText([{ ...typed, state: { is: 'saved' } }], zone)).not.toContain('请穿校服');
  });
  it('can be kept as text', () => {
    const items: OutboxItem[] = [{ mutation: 'm', about, state: { is: 'saved' }, composed: '2026-11-23T02:20:00Z', upload: null }];
    expect(asText(items, zone)).toBe('11-23 周一 10:20：报名：菁菁读书堂，3 人（李雨桐、李雨辰）。已保存在本机，联网后自动提交');
  });
});
