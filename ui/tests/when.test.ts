import { beforeEach, describe, expect, it } from 'vitest';
import { prefs } from '../src/lib/prefs.svelte';
import { ago, by, clock, day, instant, isPast, longDay, moment, soon, span } from '../src/lib/when';

const zone = 'Asia/Shanghai';
const now = new Date('2026-11-23T09:30:00+08:00'); // a Monday

beforeEach(() => {
  prefs.language = 'zh-CN';
});

describe('reading', () => {
  it.each([
    ['2026-11-26T01:30:00Z'],
    ['2026-11-26T09:30:00+08:00'],
    ['2026-11-26T09:30:00+08:00[Asia/Shanghai]'],
    ['2026-11-26T01:30:00Z[Asia/Shanghai]'],
    ['2026-11-26T09:30[Asia/Shanghai]'],
  ])('%s is one instant', (at) => expect(instant(at).toISOString()).toBe('2026-11-26T01:30:00.000Z'));
});

describe('saying', () => {
  it('shows the weekday with every date', () => {
    expect(day('2026-11-26T01:30:00Z', zone, now)).toBe('11-26 周四');
    expect(moment('2026-11-26T01:30:00Z', zone, now)).toBe('11-26 周四 09:30');
    expect(longDay('2026-11-23T01:30:00Z', zone)).toBe('11 月 23 日 星期一');
    expect(clock('2026-11-26T01:30:00Z', zone)).toBe('09:30');
  });
  it('adds the year when it is another one', () =>
    expect(moment('2027-01-05T01:30:00Z', zone, now)).toBe('2027-01-05 周二 09:30'));
  it('reads the clock of the given zone', () =>
    expect(moment('2026-11-26T01:30:00Z', 'America/New_York', now)).toBe('11-25 周三 20:30'));
  it('writes midnight as 00:00', () => expect(clock('2026-11-25T16:00:00Z', zone)).toBe('00:00'));
  it.each([
    ['2026-11-23T20:00:00+08:00', '今晚 20:00'],
    ['2026-11-23T15:00:00+08:00', '今天 15:00'],
    ['2026-11-24T20:00:00+08:00', '明天 20:00'],
    ['2026-11-22T20:00:00+08:00', '昨天 20:00'],
    ['2026-11-26T20:00:00+08:00', '周四 20:00'],
    ['2026-11-30T20:00:00+08:00', '11-30 周一 20:00'],
    ['2026-11-20T20:00:00+08:00', '11-20 周五 20:00'],
  ])('%s is soon said as %s', (at, said) => expect(soon(at, zone, now)).toBe(said));
  it('says what is due', () => expect(by('2026-11-25T20:00:00+08:00', zone, now)).toBe('周三 20:00 前'));
  it('says a span on one day once', () => {
    expect(span('2026-11-27T09:30:00+08:00', '2026-11-27T11:00:00+08:00', zone, now)).toBe('11-27 周五 09:30–11:00');
    expect(span('2026-11-27T22:00:00+08:00', '2026-11-28T06:00:00+08:00', zone, now)).toBe('11-27 周五 22:00 至 11-28 周六 06:00');
  });
  it('says how long ago', () => {
    expect(ago('2026-11-23T09:29:40+08:00', zone, now)).toBe('刚刚');
    expect(ago('2026-11-23T09:18:00+08:00', zone, now)).toBe('12 分钟前');
    expect(ago('2026-11-23T07:10:00+08:00', zone, now)).toBe('今天 07:10');
  });
  it('knows what is past', () => {
    expect(isPast('2026-11-23T09:29:00+08:00', now)).toBe(true);
    expect(isPast('2026-11-23T09:31:00+08:00', now)).toBe(false);
  });
  it('says it in English', () => {
    prefs.language = 'en';
    expect(moment('2026-11-26T01:30:00Z', zone, now)).toBe('Thu 11-26 09:30');
    expect(by('2026-11-23T20:00:00+08:00', zone, now)).toBe('by tonight 20:00');
  });
});
