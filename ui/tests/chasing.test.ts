// Reminding those who have not answered: whom it names, and what it says.
import { beforeEach, expect, it, vi } from 'vitest';
import type { AudienceName, NoticeLine, SheetCell } from '../src/lib/bindings';
import { openNotice } from './look/notices';
import { at, childAt, classAt, home, id, NOW, times, ZONE } from './look/people';

vi.mock('@tauri-apps/api/core', () => ({ invoke: async () => ({}) }));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { me } = await import('../src/lib/me.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { TARGETS, TITLE_CHARS } = await import('../src/screens/notice/compose');
const { reminderOf } = await import('../src/screens/notice/ask/reminding');
const { isSilent } = await import('../src/screens/notice/cells');

const notice = openNotice({ role: 'teacher', size: 1 }, 'form-silent');
const silent: SheetCell = { ...notice.sheet[0]!, unreached: null };
const cellAt = (n: number, place = home, more: Partial<SheetCell> = {}): SheetCell => ({ ...silent, child: { ...childAt(n, place), id: id('child', n) }, ...more });
const reminded = (sheet: SheetCell[], line: Partial<NoticeLine> = {}, audience: AudienceName[] = notice.audience) => reminderOf({ line: { ...notice.line, ...line }, sheet, audience });
const wide = (count: number, place = (n: number) => classAt(n % 3)) => times(count, (n) => cellAt(n, place(n)));
const except: AudienceName = { is: 'child', child: childAt(4), except: true };

beforeEach(() => {
  prefs.language = 'zh-CN';
  vi.useFakeTimers({ now: new Date(NOW) });
  vi.spyOn(me, 'zone', 'get').mockReturnValue(ZONE);
  return () => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  };
});

it('is silent who was told and has not answered; what waits here is answered', () => {
  expect(isSilent(silent)).toBe(true);
  const others: Partial<SheetCell>[] = [{ unreached: 'on-paper' }, { unreached: 'not-joined' }, { unreached: 'cannot-receive' }, { done: true }, { pending: { is: 'saved' } }];
  expect(others.map((more) => isSilent({ ...silent, ...more }))).toEqual(others.map(() => false));
  expect(isSilent({ ...silent, pending: { is: 'refused', refusal: { code: 'text-changed' } } })).toBe(true);
});

it('goes to the silent children alone, one by one', () => {
  const { audience, wide: whole, about } = reminded([cellAt(0), cellAt(1, home, { done: true }), cellAt(2), cellAt(3, home, { unreached: 'on-paper' })]);
  expect(audience).toEqual([0, 2].map((n) => ({ is: 'child', child: cellAt(n).child, except: false })));
  expect([whole, about]).toEqual([false, notice.line.title]);
});

it('names as many as can be named, and then whole classes, less who was left out', () => {
  expect(reminded(wide(TARGETS)).audience).toHaveLength(TARGETS);
  const { audience, wide: whole } = reminded([...wide(TARGETS + 1), cellAt(900, classAt(9), { done: true })], {}, [{ is: 'place', place: classAt(50), except: false }, except]);
  expect(whole).toBe(true);
  expect(audience).toEqual([...[0, 1, 2].map((n) => ({ is: 'place', place: classAt(n), except: false })), except]);
});

it('goes to whom it went where there are more classes than can be named', () => {
  const audience: AudienceName[] = [{ is: 'place', place: home, except: false }, except];
  expect(reminded(wide(TARGETS + 1, classAt), {}, audience).audience).toEqual(audience);
  // Those left out are names too.
  expect(reminded(wide(TARGETS + 1, (n) => classAt(n % (TARGETS - 1))), {}, audience).audience).toHaveLength(TARGETS);
  expect(reminded(wide(TARGETS + 1, (n) => classAt(n % TARGETS)), {}, audience).audience).toEqual(audience);
});

it('goes to whom it went where the silent are of no class', () =>
  expect(reminded(times(TARGETS + 1, (n) => cellAt(n, null as never)), {}, [except]).audience).toEqual([except]));

it('says what it is about, and by when', () => {
  const said = (due: string | null) => reminded([silent], { title: '校服尺码', due }).body;
  expect(said(null)).toBe('还没有收到您家对“校服尺码”的回应。请打开那条通知看一看。');
  expect(said(at(4, '20:00'))).toBe('还没有收到您家对“校服尺码”的回应。请在周五 20:00 前打开那条通知看一看。');
  expect(said(at(-1, '20:00'))).toBe('“校服尺码”的最晚时间已经过了，还没有收到您家的回应。现在补上也来得及。');
});

it('has a title that fits, cut between whole characters', () => {
  expect(reminded([silent], { title: '校服尺码' }).title).toBe('提醒：校服尺码');
  const { title } = reminded([silent], { title: '𬀪'.repeat(TITLE_CHARS) });
  expect([...title]).toHaveLength(TITLE_CHARS);
  expect([...title].at(-1)).toBe('𬀪');
});
