import { expect, it } from 'vitest';
import type { PostView, ShiftLine } from '../src/lib/bindings';
import { addDays, freshPost, isOwn, missing, missingIn, mondayOf, nextShift, postErrors, repeated, rosterRows, toPost, weekDays, weekOfNext } from '../src/screens/shift/posts';

const zone = 'Asia/Shanghai';
const at = (day: string, time: string) => `${day}T${time}:00+08:00[${zone}]`;
const place = { id: 'east', level: 'campus' as const, name: '东校区', grade: null, number: null };
function line(id: string, day: string, needed: number, taken: number, more: Partial<ShiftLine> = {}): ShiftLine {
  return {
    id, post: 'p', title: '护学岗', about: '', meeting_point: '', programme: '', place, needed, taken,
    starts: at(day, '07:30'), ends: at(day, '08:10'), mine: false, entered: null, pending: null, clash: null, ...more,
  };
}
const post = (...lines: ShiftLine[]): PostView => ({ id: 'p', title: '护学岗', place, shifts: lines.map((one) => ({ line: one, people: [] })) });
const friday = { starts: at('2026-11-27', '07:30'), ends: at('2026-11-27', '08:10'), needed: '6' };

it('repeats a shift on school days, at the same wall time', () => {
  const more = repeated(friday, ['2026-11-30', '2026-12-01', '2026-12-02'], [friday]);
  expect(more.map((s) => s.starts)).toEqual([at('2026-11-30', '07:30'), at('2026-12-01', '07:30'), at('2026-12-02', '07:30')]);
  expect(more.every((s) => s.needed === '6')).toBe(true);
});
it('leaves days alone that stand already, and never exceeds the limit', () => {
  expect(repeated(friday, ['2026-11-30', '2026-12-01'], [friday, { ...friday, starts: at('2026-11-30', '07:30') }])).toHaveLength(1);
  expect(repeated(friday, Array.from({ length: 900 }, (_, n) => addDays('2026-11-28', n)), [friday])).toHaveLength(249);
  expect(repeated(undefined, ['2026-11-30'], [])).toEqual([]);
});
it('proposes the next school day', () => {
  expect(nextShift([friday], '2026-11-28').starts).toBe(at('2026-11-28', '07:30'));
  expect(nextShift([friday], undefined)).toEqual({ starts: '', ends: '', needed: '6' });
  const night = { ...friday, ends: at('2026-11-28', '06:00') };
  expect(nextShift([night], '2026-11-30').ends).toBe(at('2026-12-01', '06:00'));
});
it('counts what is missing, never below nothing', () => {
  expect([missing({ needed: 6, taken: 4 }), missing({ needed: 2, taken: 3 })]).toEqual([2, 0]);
  const rows = rosterRows([post(line('a', '2026-11-23', 6, 4), line('b', '2026-11-24', 6, 6))], ['2026-11-23', '2026-11-24']);
  expect(missingIn(rows)).toBe(2);
});
it('shows Monday to Friday, and a weekend day that has something', () => {
  expect(mondayOf('2026-11-29')).toBe('2026-11-23');
  expect(weekDays('2026-11-23', [post(line('a', '2026-11-28', 1, 0))])).toHaveLength(6);
  expect(weekDays('2026-11-23', [])).toHaveLength(5);
});
it('opens at next week once this week is over, and only where something is coming', () => {
  const both = [post(line('a', '2026-11-27', 1, 0), line('b', '2026-11-30', 1, 0))];
  const morning = new Date('2026-11-27T08:09:00+08:00');
  const over = new Date('2026-11-27T08:10:00+08:00');
  expect(weekOfNext(both, morning, zone)).toBe('2026-11-23');
  expect(weekOfNext(both, over, zone)).toBe('2026-11-30');
  expect(weekOfNext(both.map((p) => ({ ...p, shifts: p.shifts.slice(0, 1) })), over, zone)).toBe('2026-11-23');
  expect(weekOfNext([], over, zone)).toBe('2026-11-23');
});
it('keeps under one’s own what waits, but not what was refused', () => {
  expect(isOwn(line('a', '2026-11-23', 1, 0, { pending: { is: 'saved' } }))).toBe(true);
  expect(isOwn(line('a', '2026-11-23', 1, 0, { pending: { is: 'refused', refusal: { code: 'shift-full' } } }))).toBe(false);
});
it('says what a post lacks, and sends its shifts by time', () => {
  expect(Object.keys(postErrors(freshPost(zone)))).toEqual(['shifts', 'place', 'title']);
  const plan = { ...freshPost(zone, 'east'), title: '护学岗', shifts: [nextShift([friday], '2026-11-30'), friday] };
  expect(toPost(plan).shifts.map((s) => s.starts)).toEqual([friday.starts, at('2026-11-30', '07:30')]);
});
