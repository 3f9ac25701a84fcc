import { expect, it } from 'vitest';
import type { PostTerms, PostView, ShiftLine } from '../src/lib/bindings';
import { addDays, campaignsOf, changeOf, freshPost, isNews, isOwn, missing, missingIn, mondayOf, nextShift, postErrors, repeated, rosterRows, toPost, weekDays, weekOfNext } from '../src/screens/shift/posts';

const zone = 'Asia/Shanghai';
const at = (day: string, time: string) => `${day}T${time}:00+08:00[${zone}]`;
const place = { id: 'east', level: 'campus' as const, name: '东校区', grade: null, number: null };
const terms: PostTerms = { campaign: null, tags: [], population: 'everyone', entry: 'open', handbook: '', supervisor: null, held_in: null, requires: [], rest_min: 0, stand_in: 'by-itself', swap: 'free', pupils: null, guests: false };
function line(id: string, day: string, needed: number, taken: number, more: Partial<ShiftLine> = {}): ShiftLine {
  return {
    id, post: 'p', title: '护学岗', about: '', meeting_point: '', programme: '', place, needed, taken, turns: [], opens: null,
    starts: at(day, '07:30'), ends: at(day, '08:10'), mine: false, entered: null, pending: null, clash: null, clash_far: false, offer: null, version: 0, moved: null,
    terms, campaign: null, supervisor: '', venue: '', requires: [], own: null, reason: '', called_off: null, why_not: null, instead: null, ...more,
  };
}
const post = (...lines: ShiftLine[]): PostView => ({
  id: 'p', title: '护学岗', place, about: '', meeting_point: '东门', programme: '', terms, campaign: null, version: 3, ended: false, pending: null,
  shifts: lines.map((one) => ({ line: one, people: [], asking: [], offered: [], said_no: [], invites: false })),
});
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
  expect([missing({ needed: 6, taken: 4, called_off: null }), missing({ needed: 2, taken: 3, called_off: null })]).toEqual([2, 0]);
  expect(missing({ needed: 6, taken: 0, called_off: { reason: '停课', at: '2026-11-20T00:00:00Z' } }), 'a shift that is off needs nobody').toBe(0);
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
it('puts under one’s own what one asked for, and among the news what was declined or called off', () => {
  const at = (own: ShiftLine['own'], more: Partial<ShiftLine> = {}) => line('a', '2026-11-23', 1, 0, { own, ...more });
  expect([at('asked'), at('taken', { mine: true })].map(isOwn)).toEqual([true, true]);
  expect([at('declined'), at('called-off'), at('asked'), at(null)].map(isNews)).toEqual([true, true, false, false]);
  expect(isNews(at('declined', { pending: { is: 'saved' } })), 'asked again').toBe(false);
});
it('names each campaign once', () => {
  const of = (id: string, name: string) => line(id, '2026-11-23', 1, 0, { campaign: { id: name, name } });
  expect(campaignsOf([of('a', '绿书签'), of('b', '学雷锋'), of('c', '绿书签'), line('d', '2026-11-23', 1, 0)]).map(({ name }) => name)).toEqual(['绿书签', '学雷锋']);
});
it('changes a post without touching its shifts, and says what rest cannot be', () => {
  const plan = changeOf(post(line('a', '2026-11-27', 1, 0)));
  expect(toPost(plan)).toMatchObject({ title: '护学岗', meeting_point: '东门', shifts: [], terms: { entry: 'open', rest_min: 0 } });
  expect(postErrors(plan)).toEqual({ shifts: [] });
  const rest = (text: string) => postErrors({ ...plan, terms: { ...plan.terms!, rest: text } }).rest;
  expect([rest('0'), rest(''), rest('1440')]).toEqual([undefined, undefined, undefined]);
  expect([rest('1441'), rest('一小时'), rest('-5')].every(Boolean)).toBe(true);
});
