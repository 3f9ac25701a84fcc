// Check-in on paper: a sheet that is entered afterwards, what is printed, and the ticket a family shows.
import { describe, expect, it, vi } from 'vitest';
import type { BoardView, CheckInArrive, CheckInFind, PartyView, SheetView } from '../src/lib/bindings';
import { boardOf, gateSession, partyAt, sheetOf, ticketOf } from './look/gates';
import { booking as bookingAt, own, sessionAt, ZONE, type School } from './look/people';
import { openedOf } from './look/things';
import { allSent, button, clean, click, core, hear, open as openAs, press, sent, settle, type, words } from './window';

const { inTab } = await import('../src/screens/event/desk');
const { said } = await import('../src/screens/event/words');
const { onDay } = await import('../src/screens/check-in/board/sheet');

const coordinator: School = { role: 'coordinator', size: 'some' };
const SECOND = 'session-0001';
const work = () => words(document.querySelector('main'));
const dialog = () => document.querySelector<HTMLDialogElement>('dialog');
const board = (change: Partial<BoardView> = {}): BoardView => ({ ...boardOf(coordinator, 'event-0000'), ...change });
async function open(change: Partial<BoardView> = {}, event = 'event-0000') {
  core.answers['check-in.board'] = { ...boardOf(coordinator, event), ...change };
  await openAs('coordinator', 'check-in-board', { id: event });
}
/** A list of exactly these parties. */
function listed(parties: PartyView[], more: Partial<SheetView> = {}) {
  core.answers['check-in.sheet'] = { ...sheetOf(coordinator, SECOND), parties, walked_in: [], ...more };
}

describe('a sheet of paper is entered afterwards', () => {
  const parties = [partyAt(0, SECOND, 'absent'), partyAt(5, SECOND, 'absent'), partyAt(9, SECOND, 'in')];
  const [tong, he, zhou] = parties as [PartyView, PartyView, PartyView];
  const found: Record<string, PartyView[]> = { lyt: [tong], z: [he, tong], zmc: [zhou], '0412': [tong] };
  const input = () => dialog()!.querySelector<HTMLInputElement>('[role=combobox]')!;
  async function begin(change: Partial<BoardView> = {}) {
    core.answers['check-in.find'] = ({ text }: CheckInFind) => ({ parties: found[text] ?? [], more: false });
    let n = 0;
    core.answers['check-in.arrive'] = () => ({ mutation: 'm', arrival: `arrival-${n++}` });
    await open(change);
    await click('录入纸质签到表');
  }
  const came = () => allSent('check-in.arrive').map((one) => [(one as CheckInArrive).booking, (one as CheckInArrive).seats]);

  it('by keys alone: initials, Enter, the next; at the time on the paper', async () => {
    await begin();
    expect(document.activeElement).toBe(input());
    await type('lyt', input());
    await press('Enter');
    expect(sent<CheckInArrive>('check-in.arrive')).toEqual({ event: 'event-0000', session: SECOND, booking: 'pass-0000', name: '', seats: tong.size, extra: 0, at: '2026-11-23T01:30:00.000Z' });
    expect([input().value, document.activeElement === input()]).toEqual(['', true]);
    await type('z', input());
    await press('ArrowDown', 'Enter');
    expect(came()).toEqual([['pass-0000', 2], ['pass-0000', 2]]);
    expect(words(dialog())).toContain('已录入 2 家');
    await clean();
  });
  it('of some of a family, with their number; four digits are no number', async () => {
    await begin();
    await type('lyt 1', input());
    expect(sent<CheckInFind>('check-in.find')!.text).toBe('lyt');
    await press('Enter');
    await type('lyt 9', input());
    await press('Enter');
    expect(words(dialog()!.querySelector('[role=alert]'))).toContain('记了 2 人；多来的 7 人要用现场名额');
    await type('0412', input());
    await press('Enter');
    expect(came()).toEqual([['pass-0000', 1], ['pass-0000', 2], ['pass-0000', 2]]);
  });
  it('never of a family that answered to something typed before', async () => {
    await begin();
    let answer: (value: unknown) => void = () => undefined;
    await type('z', input());
    core.answers['check-in.find'] = () => new Promise((resolve) => (answer = resolve));
    await type('zm', input());
    await press('Enter');
    expect(came()).toEqual([]);
    answer({ parties: [he, tong], more: false });
    await settle();
    // Several: they are to be seen before Enter means one of them.
    expect(came()).toEqual([]);
  });
  it('of nobody who is in already, or whom nobody knows', async () => {
    await begin();
    await type('zmc', input());
    await press('Enter');
    expect(words(dialog()!.querySelector('[role=alert]'))).toContain('已在南门签到');
    await type('qqq', input());
    await press('Enter');
    expect(words(dialog()!.querySelector('[role=alert]'))).toContain('没有找到“qqq”');
    expect(came()).toEqual([]);
  });
  it('is undone one by one', async () => {
    await begin();
    await type('lyt', input());
    await press('Enter');
    await click('撤销 李雨桐');
    expect(sent('check-in.correct')).toEqual({ arrival: 'arrival-0', to: 'undo' });
    expect(words(dialog())).toContain('还没有录入');
  });
  it('keeps what was typed where it could not be written down', async () => {
    core.faults['check-in.arrive'] = { fault: 'refused', refusal: { code: 'gate-closed' } };
    await begin();
    await type('lyt', input());
    await press('Enter');
    expect(input().value).toBe('lyt');
    expect(words(dialog()!.querySelector('[role=alert]'))).not.toBe('');
    expect(words(dialog())).toContain('还没有录入');
  });
  it('at no time that has not come: the session of this afternoon', async () => {
    await begin({ sessions: board().sessions.map((one) => ({ ...one, starts: one.starts.replace(/T\d\d/, 'T15') })) });
    core.answers['check-in.sheet'] = { ...sheetOf(coordinator, SECOND), session: { ...gateSession('some', 1), starts: gateSession('some', 1).starts.replace('T09', 'T15') } };
    await hear('changed', ['check-in']);
    await click(button('录完了', dialog()!));
    await click('录入纸质签到表');
    await type('lyt', input());
    await press('Enter');
    expect(came()).toEqual([]);
    expect(words(dialog())).toContain('这个时间还没到');
  });
  it('is a time on the day of the session, in the zone of the school', () => {
    const session = { starts: '2026-11-23T08:30:00+08:00[Asia/Shanghai]' };
    expect(onDay(session, '09:05', ZONE)).toBe('2026-11-23T01:05:00.000Z');
    expect([onDay(session, '', ZONE), onDay(session, '9', ZONE)]).toEqual([null, null]);
  });
  it('needs a gate on this computer', async () => {
    await begin({ own: null });
    expect(dialog()!.querySelector('input')).toBeNull();
    expect(button('在本机开一个签到口', dialog()!)).toBeTruthy();
  });
});

describe('on paper', () => {
  const paper = () => document.querySelector('.paper');
  const print = vi.fn();
  async function choose(what: 'sheet' | 'badges', words: string) {
    vi.stubGlobal('print', print.mockReset());
    await open({ conflicts: [] });
    await click(document.querySelector<HTMLElement>('main section button:has(.lucide-printer)'));
    await click(dialog()!.querySelector<HTMLInputElement>(`[value=${what}]`));
    await click(button(words, dialog()!));
  }
  it('is a sheet to sign: a line for each party that has seats, and empty ones', async () => {
    listed([partyAt(0, SECOND, 'absent'), partyAt(5, SECOND, 'in'), partyAt(2, SECOND, 'released'), partyAt(7, SECOND, 'gone')]);
    await choose('sheet', '打印');
    expect(print).toHaveBeenCalledOnce();
    expect(dialog()).toBeNull();
    const lines = [...paper()!.querySelectorAll('table:first-of-type tbody tr')].slice(0, 2).map((row) => words(row));
    expect(lines[0]).toContain('李雨桐');
    expect(lines[1]).toContain('、');
    for (const none of ['阿依古丽', '张艺馨']) expect(words(paper())).not.toContain(none);
    expect(words(paper())).toContain('共 2 家，6 人');
    expect(words(paper()!.querySelector('thead'))).toContain('家长签名');
    expect(words(paper())).toContain('11-23 周一 09:30–10:20');
    expect(paper()!.querySelectorAll('.walked tr')).toHaveLength(12);
    window.dispatchEvent(new Event('afterprint'));
    await settle();
    expect(paper()).toBeNull();
    vi.unstubAllGlobals();
  });
  it('is kept as a file that says what it is, without a dialog of the system', async () => {
    await choose('sheet', '存成 PDF');
    expect(sent<{ title: string }>('paper.save')!.title).toMatch(/第.2.场 签到表$/);
    expect(print).not.toHaveBeenCalled();
    expect(paper()).toBeNull();
    vi.unstubAllGlobals();
  });
  it('is a badge for each party, in the order of the sheet, with its own code', async () => {
    const parties = [partyAt(4, SECOND, 'absent'), partyAt(0, SECOND, 'in')];
    listed([...parties, partyAt(2, SECOND, 'released'), partyAt(7, SECOND, 'gone')]);
    const [first, next] = parties.map(({ booking }) => ticketOf(booking));
    core.answers['check-in.badges'] = { badges: [first!, { ...next!, qr: [[true]] }, ticketOf('of-another-list')] };
    await choose('badges', '打印');
    const badges = [...paper()!.querySelectorAll('article')];
    expect(badges.map((one) => words(one.querySelector('b')))).toEqual(['王梓萱', '李雨桐']);
    expect(badges[1]!.querySelector('path.dark')!.getAttribute('d')).toBe('M4 4h1v1h-1z');
    vi.unstubAllGlobals();
  });
  it('is no badge for whoever has no seat any more, and the dialog stays until the codes are there', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const parties = [partyAt(4, SECOND, 'absent'), partyAt(2, SECOND, 'released'), partyAt(7, SECOND, 'gone')];
    listed(parties);
    core.answers['check-in.badges'] = () => new Promise((resolve) => (answer = resolve));
    await choose('badges', '打印');
    expect(words(dialog())).toContain('1 张，');
    expect(paper()).toBeNull();
    answer({ badges: [ticketOf(parties[0]!.booking)] });
    await settle();
    expect(dialog()).toBeNull();
    expect(paper()!.querySelectorAll('article')).toHaveLength(1);
    vi.unstubAllGlobals();
  });
  it('is nothing where the codes cannot be had, and that is said', async () => {
    core.faults['check-in.badges'] = { fault: 'offline' };
    await choose('badges', '打印');
    expect([paper(), print.mock.calls.length]).toEqual([null, 0]);
    expect(words(dialog()!.querySelector('.fault'))).not.toBe('');
    vi.unstubAllGlobals();
  });
});

describe('a family', () => {
  const family: School = { role: 'parent', size: 'some' };
  async function booked(change: Partial<ReturnType<typeof bookingAt>>) {
    const opened = openedOf(family, true);
    core.answers['event.open'] = { ...opened, line: { ...opened.line, venue: '报告厅', mine: [{ ...bookingAt(0, { is: 'confirmed' }), children: own, adults: 1, ...change }] } };
    await openAs('parent', 'event', { id: 'event-0000' });
  }
  it('shows its ticket: code, letters, who, when, where', async () => {
    await booked({});
    await click('入场码');
    expect(sent('check-in.ticket')).toEqual({ booking: 'booking-0000' });
    for (const told of ['请出示给签到老师', '李雨桐', '李雨辰', '1 大 2 小', '11-27 周五 08:30–09:20', '报告厅', '没有网络也能打开']) expect(words(dialog())).toContain(told);
    const code = ticketOf('booking-0000').code;
    expect(dialog()!.querySelector('.typed')!.textContent!.replace(/\s/g, '')).toBe(code);
    expect(dialog()!.querySelector('svg[role=img]')!.getAttribute('aria-label')).toBe('李雨桐、李雨辰的入场码');
    await clean();
  });
  it('prints it', async () => {
    const print = vi.fn();
    vi.stubGlobal('print', print);
    await booked({});
    await click('入场码');
    await click(button('打印', dialog()!));
    expect(print).toHaveBeenCalledOnce();
    const paper = document.querySelector('.paper .sheet.large')!;
    expect(words(paper)).toContain('李雨桐');
    expect(paper.closest('.booking')).toBeNull();
    vi.unstubAllGlobals();
  });
  it('has one as long as it may come, and no longer', async () => {
    await booked({ state: { is: 'waitlisted', place: 2 } });
    expect(button('入场码')).toBeUndefined();
    core.answers['event.open'] = { ...openedOf(family, true), line: { ...openedOf(family, true).line, mine: [{ ...bookingAt(0, { is: 'confirmed' }), session: sessionAt(0, 58, 0, -1) }] } };
    await hear('changed', ['booking']);
    expect(button('入场码')).toBeUndefined();
    core.answers['event.open'] = { ...openedOf(family, true), line: { ...openedOf(family, true).line, mine: [bookingAt(0, { is: 'confirmed' })] } };
    await hear('changed', ['booking']);
    expect(button('入场码')).toBeTruthy();
  });
  it('that did not come reads what became of its seats', async () => {
    await booked({ state: { is: 'released' }, may_withdraw: false, may_change: false });
    expect(work()).toContain('没有到场，座位已让给别人');
    expect(work()).toContain('有现场名额就能入场');
    expect(button('入场码')).toBeUndefined();
    expect(said({ is: 'released' }, ZONE)).toEqual({ fact: { state: 'released' } });
    expect(inTab({ is: 'released' }, 'gone')).toBe(true);
    expect(inTab({ is: 'released' }, 'booked')).toBe(false);
  });
});

