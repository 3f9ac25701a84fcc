// Check-in of an event from the organiser's chair: it is set up, gates and stewards, seats nobody came for, and the
// list of a session.
import { describe, expect, it } from 'vitest';
import type { BoardView, CheckInArrive, CheckInFind, GateSession, PartyView, SheetView } from '../src/lib/bindings';
import { arrivalAt, boardOf, gateAt, NOT_SET_UP, partyAt, sheetOf, WAITS } from './look/gates';
import { own, times, type School } from './look/people';
import { all, allSent, button, clean, click, core, hear, open as openAs, press, sent, settle, type, words } from './window';

const { toasts } = await import('../src/lib/toast.svelte');
const { matches, rowsOf, standOf, tally } = await import('../src/screens/check-in/board/sheet');

const coordinator: School = { role: 'coordinator', size: 'some' };
const SECOND = 'session-0001';
const work = () => words(document.querySelector('main'));
const dialog = () => document.querySelector<HTMLDialogElement>('dialog');
const said_ = () => toasts.said.map(({ text }) => text).join();
const rows = () => [...document.querySelectorAll<HTMLElement>('[role=grid] [data-index]')];
const rowOf = (name: string) => rows().find((row) => words(row).includes(name))!;
const board = (change: Partial<BoardView> = {}): BoardView => ({ ...boardOf(coordinator, 'event-0000'), ...change });
const second = (change: Partial<GateSession>) => board().sessions.map((one) => (one.id === SECOND ? { ...one, ...change } : one));
async function open(change: Partial<BoardView> = {}, event = 'event-0000') {
  core.answers['check-in.board'] = { ...boardOf(coordinator, event), ...change };
  await openAs('coordinator', 'check-in-board', { id: event });
}
/** A list of exactly these parties. */
function listed(parties: PartyView[], more: Partial<SheetView> = {}) {
  core.answers['check-in.sheet'] = { ...sheetOf(coordinator, SECOND), parties, walked_in: [], ...more };
}

describe('before it is set up', () => {
  it('says what it does, and does it at a press', async () => {
    await open({}, NOT_SET_UP);
    for (const told of ['断网也照常', '没有电话', '码就在家长的报名卡片上']) expect(work()).toContain(told);
    expect(button('在本机开一个签到口')).toBeUndefined();
    expect(allSent('check-in.sheet')).toEqual([]);
    await click('准备签到');
    expect(sent('check-in.set-up')).toEqual({ event: NOT_SET_UP });
    await clean();
  });
  it('waits without a second button, and says why it was not taken', async () => {
    await open({}, WAITS);
    expect(work()).toContain('已保存在本机，联网后自动提交');
    expect(button('准备签到')).toBeUndefined();
    core.answers['check-in.board'] = { ...boardOf(coordinator, WAITS), pending: { is: 'refused', refusal: { code: 'event-not-open' } } };
    await hear('changed', ['outbox']);
    expect(document.querySelector('main .due')).not.toBeNull();
    expect(button('准备签到')).toBeTruthy();
  });
  it('is nothing a steward can do', async () => {
    const { line } = boardOf(coordinator, NOT_SET_UP);
    await open({ line: { ...line, supervises: false } }, NOT_SET_UP);
    expect(button('准备签到')).toBeUndefined();
    expect(work()).toContain('活动协调员准备好以后');
  });
});

describe('how many are here', () => {
  it('is a number and words, of each session; the one that goes on is chosen', async () => {
    await open({ sessions: second({ came: 41, expected: 60, on_site: 38, walked_in: 3, absent: 7 }) });
    const [, card] = [...document.querySelectorAll('.sessions button')];
    for (const told of ['41', '/ 60 人已到', '在场 38 人', '现场来的 3 人', '7 家没到']) expect(words(card)).toContain(told);
    expect(card!.getAttribute('aria-pressed')).toBe('true');
    expect(card!.querySelector('[role=progressbar]')!.getAttribute('aria-valuetext')).toBe('应到 60 人，已到 41 人');
    expect(sent('check-in.sheet')).toEqual({ session: SECOND });
    await click(document.querySelector<HTMLElement>('.sessions button:last-child'));
    expect(sent('check-in.sheet')).toEqual({ session: 'session-0002' });
  });
  it('follows what the gates say', async () => {
    await open({ sessions: second({ came: 41 }) });
    core.answers['check-in.board'] = board({ sessions: second({ came: 42 }) });
    await hear('changed', ['check-in']);
    expect(words(document.querySelector('.sessions [aria-pressed=true] .count'))).toBe('42');
  });
});

describe('gates', () => {
  it('are told by what they say: heard or not, what is left, when it was last heard of', async () => {
    await open({ gates: [gateAt(0, { leases: [{ session: SECOND, seats: 6, used: 2 }] }), gateAt(1, { heard: false, last: null, leases: [] })] });
    const [north, south] = [...document.querySelectorAll('aside section:first-child li')].map(words);
    for (const told of ['北门', '周敏', '就是这台电脑', '已是最新', '用了 2 个，还有 4 个', '4 分钟前']) expect(north).toContain(told);
    for (const told of ['南门', '还没联网确认', '还没有人入场']) expect(south).toContain(told);
    expect(south).not.toContain('已是最新');
  });
  it('are revoked only after what it means was read; never this one', async () => {
    await open({ gates: [gateAt(0), gateAt(1, { leases: [{ session: SECOND, seats: 6, used: 2 }] })] });
    expect(button('收回签到口“北门”')).toBeUndefined();
    await click('收回签到口“南门”');
    expect(sent('check-in.revoke-gate')).toBeUndefined();
    for (const told of ['列为冲突', '没用完的 4 个现场名额', '收回后不能恢复']) expect(words(dialog())).toContain(told);
    await click(button('收回签到口', dialog()!));
    expect(sent('check-in.revoke-gate')).toEqual({ gate: 'gate-0001' });
    expect(dialog()).toBeNull();
  });
  it('lead from here to this computer’s own', async () => {
    await open({ own: null, gates: [] });
    expect(words(document.querySelector('aside'))).toContain('还没有签到口');
    expect(button('在本机开一个签到口')).toBeTruthy();
    core.answers['check-in.board'] = board();
    await hear('changed', ['check-in']);
    expect(button('回到签到口“北门”')).toBeTruthy();
  });
  it('are not this computer’s once it was closed', async () => {
    await open({ own: gateAt(0, { state: { is: 'closed', at: '2026-11-23T01:00:00Z' } }) });
    expect(button('在本机开一个签到口')).toBeTruthy();
  });
});

describe('stewards', () => {
  it('are found by name among those who are none yet, and end with a press', async () => {
    await open({ stewards: [{ role: 'p1', name: '吴军', title: '保卫处' }], staff: [{ role: 'p2', name: '张晓梅', title: '班主任' }] });
    const input = document.querySelector<HTMLInputElement>('aside .combobox-input')!;
    await click(document.querySelector<HTMLElement>('aside .combobox-open'));
    input.focus();
    await press('ArrowDown');
    expect([...document.querySelectorAll('[role=option]')].map(words)).toEqual(['张晓梅班主任']);
    await press('Enter');
    expect(sent('check-in.appoint')).toEqual({ event: 'event-0000', role: 'p2', ends: false });
    await click('吴军不再签到');
    expect(sent('check-in.appoint')).toEqual({ event: 'event-0000', role: 'p1', ends: true });
  });
});

describe('seats nobody came for', () => {
  it('are not to be had before it begins', async () => {
    await open({ sessions: second({ begun: false, absent: 7, releasing: 0 }) });
    expect(button('让出未到座位')).toBeUndefined();
    expect(work()).toContain('09:30 开场后，可以让出没到的座位');
  });
  it('cost families, who are read by name first', async () => {
    listed([partyAt(0, SECOND, 'in'), partyAt(1, SECOND, 'absent'), partyAt(4, SECOND, 'absent')]);
    await open({ sessions: second({ begun: true, absent: 2 }), gates: [gateAt(0), gateAt(1, { heard: false })] });
    await click('让出未到座位（2 家）');
    expect(sent('check-in.release')).toBeUndefined();
    for (const told of ['没到的 2 家会失去', '开着 2 个签到口', '陈契', '王梓萱']) expect(words(dialog())).toContain(told);
    expect(words(dialog())).not.toContain('李雨桐');
    await click(button('让出未到座位（2 家）', dialog()!));
    expect(sent('check-in.release')).toEqual({ session: SECOND, families: 2 });
    expect(dialog()).toBeNull();
  });
  it('are read once more where somebody came meanwhile', async () => {
    await open({ sessions: second({ begun: true, absent: 2 }) });
    await click('让出未到座位（2 家）');
    core.answers['check-in.board'] = board({ sessions: second({ begun: true, absent: 1 }) });
    await hear('changed', ['check-in']);
    await click(button('让出未到座位（1 家）', dialog()!));
    expect(sent('check-in.release')).toBeUndefined();
    expect(words(dialog())).toContain('家数变了');
    await click(button('让出未到座位（1 家）', dialog()!));
    expect(sent('check-in.release')).toEqual({ session: SECOND, families: 1 });
  });
  it('are read once more where the school counts otherwise', async () => {
    core.faults['check-in.release'] = { fault: 'refused', refusal: { code: 'audience-changed', seen: 2, now: 1 } };
    await open({ sessions: second({ begun: true, absent: 2 }) });
    await click('让出未到座位（2 家）');
    await click(button('让出未到座位（2 家）', dialog()!));
    expect(words(dialog())).toContain('家数变了');
  });
  it('wait for the gates that have not heard, and for no others', async () => {
    await open({ sessions: second({ begun: true, releasing: 3, released: 5 }), gates: [gateAt(0), gateAt(1, { heard: false }), gateAt(2, { heard: false, state: { is: 'revoked', at: '2026-11-23T01:00:00Z' } })] });
    expect(work()).toContain('等 1 个签到口联网确认，3 家的座位');
    expect(work()).toContain('已让出 5 家的座位');
  });
});

describe('what two gates did', () => {
  const again = arrivalAt(1, { children: [own[0]!], gate_name: '南门', state: { is: 'again', gate_name: '北门', at: '2026-11-23T01:12:00Z' }, at: '2026-11-23T01:20:00Z' });
  it('says who, where first, where again, what to do; and is struck out', async () => {
    await open({ conflicts: [again, arrivalAt(2, { booking: null, name: '校友 3 位', people: 3, gate_name: '西门', state: { is: 'conflict' } })] });
    for (const told of ['要核对的 2 处', '签了两次', '李雨桐', '北门 09:12 已经入场，南门 09:20 又签了一次', '请问一下“南门”', '校友 3 位', '他们没有座位']) expect(work()).toContain(told);
    await click(document.querySelector<HTMLElement>('section li button'));
    expect(sent('check-in.correct')).toEqual({ arrival: 'arrival-0001', to: 'undo' });
    await clean();
  });
  it('is not told twice: the one that is in has no line of its own', async () => {
    await open({ conflicts: [again, arrivalAt(3, { state: { is: 'in' }, again: [{ arrival: 'arrival-0001', gate_name: '南门', at: '2026-11-23T01:20:00Z' }] })] });
    expect(work()).toContain('要核对的 1 处');
  });
});

describe('the list', () => {
  const parties = [partyAt(0, SECOND, 'in'), partyAt(1, SECOND, 'absent'), partyAt(4, SECOND, 'left'), partyAt(6, SECOND, 'released'), partyAt(7, SECOND, 'gone'), partyAt(8, SECOND, 'part')];
  const walk = arrivalAt(9, { booking: null, name: '沈老师的妹妹', people: 2 });
  it('has one state for each', () => {
    const made = rowsOf({ parties, walked_in: [walk, { ...walk, id: 'x', state: { is: 'undone' } }] });
    expect(made.map(standOf)).toEqual(['in', 'absent', 'left', 'released', 'gone', 'in', 'in']);
    expect(tally(made)).toEqual({ all: 7, absent: 1, in: 3, left: 1 });
  });
  it('who was struck out has not come', () => {
    const [party] = parties as [PartyView];
    const struck = { ...party, admission: { is: 'may' as const, seats: 2 }, arrivals: party.arrivals.map((one) => ({ ...one, state: { is: 'undone' as const } })) };
    expect(rowsOf({ parties: [struck], walked_in: [] }).map(standOf)).toEqual(['absent']);
  });
  it('is filtered by state', async () => {
    listed(parties, { walked_in: [walk] });
    await open();
    expect(rows()).toHaveLength(7);
    expect(words(rowOf('张艺馨'))).toContain('已取消报名');
    expect(words(rowOf('沈老师的妹妹'))).toContain('现场来的');
    for (const [label, names] of [['没到 1', ['陈契']], ['已离场 1', ['王梓萱']]] as const) {
      await click([...document.querySelectorAll('label')].find((one) => words(one) === label)?.querySelector('input'));
      expect(rows().map((row) => names.some((name) => words(row).includes(name)))).toEqual([true]);
    }
  });
  it('is searched by what is seen, and by letters that only the core understands', async () => {
    listed(parties);
    core.answers['check-in.find'] = ({ text }: CheckInFind) => ({ parties: text === 'cq' ? [parties[1]!] : [], more: false });
    await open();
    const input = document.querySelector<HTMLInputElement>('input[type=search]')!;
    await type('梓萱', input);
    expect(rows().map((row) => words(row).includes('王梓萱'))).toEqual([true]);
    expect(sent('check-in.find')).toBeUndefined();
    await type('cq', input);
    expect(sent('check-in.find')).toEqual({ event: 'event-0000', session: SECOND, text: 'cq' });
    expect(rows().map((row) => words(row).includes('陈契'))).toEqual([true]);
    core.faults['check-in.find'] = { fault: 'offline' };
    await type('cqi', input);
    expect(document.querySelector('main .fault')).not.toBeNull();
    await type('没有的人', input);
    expect(work()).toContain('没有这样的');
    await click('看全部');
    expect(rows()).toHaveLength(6);
  });
  it('finds by class and the last digits', () => {
    const [row] = rowsOf({ parties: [partyAt(3, SECOND, 'absent')], walked_in: [] });
    expect(['413', '班', '阿', ' 欧阳 '].map((text) => matches(row!, text, new Set()))).toEqual([true, true, false, true]);
  });
  it('lets in, sees them off and back, each undone by a press', async () => {
    listed([parties[1]!, parties[0]!, parties[2]!]);
    await open();
    await click('陈契 到了');
    expect(sent<CheckInArrive>('check-in.arrive')).toEqual({ event: 'event-0000', session: SECOND, booking: 'pass-0001', name: '', seats: parties[1]!.size, extra: 0, at: null });
    expect(said_()).toContain('陈契 到了');
    toasts.said.at(-1)!.undo!();
    await settle();
    expect(sent('check-in.correct')).toEqual({ arrival: 'arrival-0000', to: 'undo' });
    await click('李雨桐 离场');
    expect(sent('check-in.correct')).toEqual({ arrival: 'arrival-0000', to: 'left' });
    await click('王梓萱 回来了');
    expect(sent('check-in.correct')).toEqual({ arrival: 'arrival-0004', to: 'back' });
    toasts.said.at(-1)!.undo!();
    await settle();
    expect(sent('check-in.correct')).toEqual({ arrival: 'arrival-0004', to: 'left' });
  });
  it('lets nobody in where this computer is no gate, or the doors are shut', async () => {
    listed(parties);
    await open({ own: null });
    expect(button('陈契 到了')).toBeUndefined();
    expect(button('李雨桐 离场')).toBeTruthy();
    await click(rowOf('陈契'));
    expect(words(dialog())).toContain('在这台电脑上开一个签到口，就能在这里补记');
    expect(button('记 2 人到了', dialog()!)).toBeUndefined();
  });
  it('is nothing, one, and two thousand, of which few are in the document', async () => {
    listed([]);
    await open({ conflicts: [] });
    expect(work()).toContain('这一场的名单上还没有人');
    expect(button('打印')).toBeUndefined();
    listed([parties[0]!]);
    await hear('changed', ['check-in']);
    expect(rows()).toHaveLength(1);
    listed(times(2_000, (n) => partyAt(n, SECOND)));
    await hear('changed', ['check-in']);
    expect(document.querySelector('[role=grid]')!.getAttribute('aria-rowcount')).toBe('2001');
    expect(rows().length).toBeGreaterThan(5);
    expect(rows().length).toBeLessThanOrEqual(51);
  });
  it('opens each party: how many, when; what was wrong is struck out', async () => {
    listed([parties[5]!]);
    await open({ conflicts: [] });
    await click(rows()[0]);
    expect(words(dialog())).toContain('到了 1 / 2 人');
    await click(button('记 1 人到了', dialog()!));
    expect(sent<CheckInArrive>('check-in.arrive')!.seats).toBe(1);
    await click(rows()[0]);
    await click(button('划掉', dialog()!));
    expect(sent('check-in.correct')).toEqual({ arrival: 'arrival-0008', to: 'undo' });
    await clean();
  });
});

it('is led to from the desk', async () => {
  await openAs('coordinator', 'desk', { id: 'event-0000' });
  await click('签到');
  expect(sent('check-in.board')).toEqual({ event: 'event-0000' });
  expect(all()).toContain('名单');
});
