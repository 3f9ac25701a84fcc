// 签到 at a gate: scanned, searched, counted, undone; what it says, and what it asks of the core.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BoardView, CheckInArrive, CheckInCorrect } from '../src/lib/bindings';
import { boardAtGate, came, EVENT, FIRST, NEXT, partyOf, recentAtGate, scanOf, sessionsAtGate, siblings, ticket } from './look/at-gate';
import { NOW, ZONE } from './look/people';
import { all, allSent, button, clean, click, core, hear, open as openAs, press, sent, settle, type, words } from './window';

const { toasts } = await import('../src/lib/toast.svelte');
const { sound } = await import('../src/screens/check-in/sound.svelte');
const { isScan, ticketIn } = await import('../src/screens/check-in/ticket');
const { colourOf, nextOf, sessionNow, toneOf, verdictOf } = await import('../src/screens/check-in/verdict');

const open = (gate: 'here' | 'before' | 'conflict' | 'fresh' | 'revoked' = 'here', role: 'coordinator' | 'parent' = 'coordinator') => openAs(role, 'check-in', { id: EVENT }, { gate });
const field = () => document.querySelector<HTMLInputElement>('.mode input')!;
const verdict = () => words(document.querySelector('.verdict'));
const dialog = () => document.querySelector('dialog');
const board = (more: Partial<BoardView> = {}): BoardView => ({ ...boardAtGate({ role: 'coordinator', size: 'some', gate: 'here' }, EVENT), ...more });
/** As a scanner does: letters into the field, then Enter. */
async function scan(code: string) {
  await type(code, field());
  await press('Enter');
}
const find = async (text: string) => {
  await type(text, field());
  await settle(300);
};
let tones: string[] = [];

beforeEach(() => {
  localStorage.clear();
  sound.on = true;
  tones = [];
  vi.spyOn(sound, 'play').mockImplementation((tone) => void tones.push(tone));
});

describe('what is typed', () => {
  it('is a ticket where it ends with one, also in small letters and after what was left in the field', () => {
    expect(ticketIn(ticket('A'))).toBe(ticket('A'));
    expect(ticketIn(`lyt${ticket('A').toLowerCase()}`)).toBe(ticket('A'));
    expect(ticketIn('xm')).toBeUndefined();
    expect(ticketIn(`XM${'W'.repeat(29)}`)).toBeUndefined();
  });
  it('is a scan where nobody is called so', () => {
    expect(isScan('6901234567892690123456789')).toBe(true);
    expect(isScan('liyutong')).toBe(false);
    expect(isScan('0412')).toBe(false);
  });
});

describe('the verdict', () => {
  const here = { sessions: sessionsAtGate(), zone: ZONE, now: new Date(NOW), left: 0 };
  it('has a colour and a tone for each: green alone sounds like a yes', () => {
    expect([colourOf({ is: 'in' }), toneOf({ is: 'in' })]).toEqual(['green', 'in']);
    expect([colourOf({ is: 'already', gate_name: '', at: NOW }), toneOf({ is: 'already', gate_name: '', at: NOW })]).toEqual(['honey', 'stop']);
    for (const is of ['released', 'gone', 'unlisted', 'no-ticket'] as const) expect([is, colourOf({ is }), toneOf({ is })]).toEqual([is, 'red', 'stop']);
    expect(toneOf({ is: 'undone' })).toBeUndefined();
  });
  it('says which session it is for, and offers the gate’s own seats only where there are any', () => {
    expect(nextOf(verdictOf({ is: 'other-session', session: NEXT }), here)).toMatch(/第\s2\s场，11-23 周一 12:30/);
    expect(nextOf(verdictOf({ is: 'other-session', session: NEXT }), { ...here, sessions: here.sessions.map((one) => ({ ...one, name: '' })) })).toContain('12:30 场');
    expect(nextOf(verdictOf({ is: 'released' }), here)).toContain('没有现场名额');
    expect(nextOf(verdictOf({ is: 'released' }), { ...here, left: 3 })).toContain('还有 3 个现场名额');
  });
  it('is for the session that admits now: of two the one that is not over', () => {
    const [first, second] = sessionsAtGate();
    const over = { ...first!, ends: '2026-11-23T08:00:00+08:00[Asia/Shanghai]' };
    expect(sessionNow([over, { ...second!, admits: true }], null, new Date(NOW))?.id).toBe(NEXT);
    expect(sessionNow([first!, second!], second!, new Date(NOW))?.id).toBe(FIRST);
    expect(sessionNow([{ ...first!, admits: false }, second!], second!, new Date(NOW))?.id).toBe(NEXT);
  });
});

describe('a gate', () => {
  it('fills the window, and its one field has the focus wherever somebody presses', async () => {
    await open();
    expect(document.activeElement).toBe(field());
    await click('F4离场');
    expect(document.activeElement).toBe(field());
    (document.activeElement as HTMLElement).blur();
    await press('l');
    expect(document.activeElement).toBe(field());
    await clean();
  });
  it('lets in whoever is scanned, at once, and says how many', async () => {
    await open();
    await scan(ticket('A'));
    expect(sent('check-in.scan')).toEqual({ event: EVENT, session: FIRST, code: ticket('A'), looks: false });
    expect(verdict()).toMatch(/可入场.*3 人.*李雨桐、李雨辰/);
    expect(field().value).toBe('');
    expect(tones).toEqual(['in']);
    expect(allSent('check-in.find')).toEqual([]);
  });
  it.each([
    ['B', '已签过', '南门'],
    ['C', '不在本场', '第 2 场'],
    ['D', '座位已让出', 'F2'],
    ['E', '已取消报名', 'F2'],
    ['F', '不在名单', 'F2'],
  ])('says of ticket %s: %s, with what to do', async (letter, word, next) => {
    await open();
    await scan(ticket(letter));
    expect(verdict()).toContain(word);
    expect(verdict()).toContain(next);
    expect(tones).toEqual(['stop']);
    expect(allSent('check-in.arrive')).toEqual([]);
  });
  it('takes scans that come faster than the core answers, each of them', async () => {
    await open();
    let answer: (() => void)[] = [];
    core.answers['check-in.scan'] = ({ code }: { code: string }) => new Promise((done) => answer.push(() => done({ party: code === ticket('A') ? siblings() : came(), ticket: true, arrival: code === ticket('A') ? 'a' : null })));
    await scan(ticket('B'));
    await scan(ticket('A'));
    expect(allSent('check-in.scan')).toHaveLength(1);
    answer.splice(0).forEach((one) => one());
    await settle();
    answer.splice(0).forEach((one) => one());
    await settle();
    expect(allSent('check-in.scan')).toHaveLength(2);
    expect(verdict()).toContain('可入场');
  });
  it('knows a shopping code from a name', async () => {
    await open();
    await scan('690123456789269012345678');
    expect(verdict()).toContain('不是入场码');
    expect(allSent('check-in.find')).toEqual([]);
  });
  it('finds by initials, steers by arrows, and Enter lets the whole party in', async () => {
    await open();
    await find('l');
    expect(document.querySelectorAll('[role=option]')).toHaveLength(7);
    await press('ArrowDown', 'ArrowUp', 'Enter');
    expect(sent<CheckInArrive>('check-in.arrive')).toMatchObject({ session: FIRST, booking: siblings().booking, seats: 3, extra: 0 });
    expect(verdict()).toContain('3 人');
  });
  it('counts by a digit, and by plus beyond the booking on its own seats, as far as there are any', async () => {
    await open();
    await find('lyt');
    await press('2', 'Enter');
    expect(sent<CheckInArrive>('check-in.arrive')).toMatchObject({ seats: 2, extra: 0 });
    await find('lyt');
    await press('+', '+', '+', '+', '+');
    expect(all()).toContain('最多 6 人');
    await press('Enter');
    expect(sent<CheckInArrive>('check-in.arrive')).toMatchObject({ seats: 3, extra: 3 });
  });
  it('leaves a digit to who types a number of a pupil', async () => {
    core.answers['check-in.find'] = { parties: [siblings()], more: false };
    await open();
    await find('041');
    const key = new KeyboardEvent('keydown', { key: '2', bubbles: true, cancelable: true });
    field().dispatchEvent(key);
    expect(key.defaultPrevented).toBe(false);
  });
  it('does not ask the core for who may not come in', async () => {
    await open();
    await find('l');
    await press('ArrowDown', 'Enter');
    expect(allSent('check-in.arrive')).toEqual([]);
    expect(verdict()).toContain('已签过');
  });
  it('says what the core knew better', async () => {
    await open();
    await find('lyt');
    core.faults['check-in.arrive'] = { fault: 'refused', refusal: { code: 'already-in', gate_name: '南门', at: '2026-11-23T02:20:00Z' } };
    await press('Enter');
    expect(verdict()).toMatch(/已签过.*10:20 在南门/);
    core.faults['check-in.arrive'] = { fault: 'refused', refusal: { code: 'not-open-yet', opens: '2026-11-23T13:30:00+08:00[Asia/Shanghai]' } };
    await find('lyt');
    await press('Enter');
    expect(verdict()).toMatch(/还没到时间.*13:30/);
  });
  it('shows a steward one family at a time, and none where too many fit', async () => {
    await open('here', 'parent');
    await find('l');
    expect(document.querySelectorAll('[role=option]')).toHaveLength(1);
    expect(all()).toContain('第 1 家，共 7 家');
    await press('ArrowDown');
    expect(document.querySelectorAll('[role=option]')).toHaveLength(1);
    expect(all()).toContain('第 2 家，共 7 家');
    await find('z');
    expect(document.querySelectorAll('[role=option]')).toHaveLength(0);
    expect(all()).toContain('不止 8 家');
    await press('Enter');
    expect(allSent('check-in.arrive')).toEqual([]);
  });
  it('undoes the last, and any of the last five', async () => {
    await open();
    await press('F8');
    expect(sent<CheckInCorrect>('check-in.correct')).toEqual({ arrival: recentAtGate()[0]!.id, to: 'undo' });
    expect(verdict()).toContain('已撤销');
    expect(document.querySelectorAll('aside li')).toHaveLength(5);
    await click('撤销：沈老师的妹妹一家');
    expect(sent<CheckInCorrect>('check-in.correct')?.arrival).toBe(recentAtGate()[2]!.id);
  });
  it('notes who leaves and who is back, and a scan then lets nobody in', async () => {
    await open();
    await press('F4');
    core.answers['check-in.find'] = { parties: [partyOf(1, { is: 'may', seats: 1 }, { arrivals: [scanOf(1), scanOf(2, { state: { is: 'undone' } })] })], more: false };
    await find('lyt');
    await press('Enter');
    expect(allSent('check-in.correct')).toEqual([{ arrival: scanOf(1).id, to: 'left' }]);
    expect(verdict()).toMatch(/已离场.*2 人/);
    await scan(ticket('A'));
    expect(sent('check-in.scan')).toMatchObject({ looks: true });
    expect(verdict()).toContain('还没进场');
    expect(allSent('check-in.arrive')).toEqual([]);
  });
  it('says why there is no gate any more where somebody took its seats', async () => {
    await open('revoked');
    expect(all()).toContain('北门被收回了');
    expect(button('在本机开一个签到口')).toBeTruthy();
  });
  it('lets in who walks in, from its own seats', async () => {
    await open();
    await press('F2');
    expect(words(dialog())).toContain('还有 3 个现场名额');
    await click(button('让 1 人入场'));
    expect(words(dialog())).toContain('请写是谁来了');
    await type('沈老师的妹妹一家', dialog()!.querySelector('input')!);
    // In the name it is a letter.
    await press('+');
    expect(button('让 1 人入场')).toBeTruthy();
    // jsdom opens no dialog by itself.
    dialog()!.setAttribute('open', '');
    dialog()!.querySelector<HTMLElement>('.stepper button:last-child')!.focus();
    await press('+');
    await click(button('让 2 人入场'));
    expect(sent<CheckInArrive>('check-in.arrive')).toMatchObject({ session: FIRST, booking: null, name: '沈老师的妹妹一家', seats: 0, extra: 2 });
    expect(verdict()).toContain('沈老师的妹妹一家');
  });
  it('lets in on its own seats whose seats went to others, under their booking', async () => {
    await open();
    await scan(ticket('D'));
    await press('F2');
    await click(button('让 1 人入场'));
    expect(sent<CheckInArrive>('check-in.arrive')).toMatchObject({ booking: 'booking-0023', name: '', seats: 0, extra: 1 });
  });
  it('has nothing to give where there are no seats, and asks for some', async () => {
    await open('fresh');
    await press('F2');
    expect(words(dialog())).toContain('没有现场名额');
    expect(button('让 1 人入场')).toBeUndefined();
    await click('再要现场名额');
    await click(button('多一', dialog()!) ?? dialog()!.querySelectorAll('.bar button')[1] as HTMLElement);
    await click('要这么多');
    expect(sent('check-in.lease')).toEqual({ session: FIRST, seats: 1 });
  });
  it('checks in to another session where somebody chose it', async () => {
    await open();
    await press('F6');
    await click([...dialog()!.querySelectorAll('button')].find((one) => words(one).startsWith('第 2 场')));
    await scan(ticket('A'));
    expect(sent('check-in.scan')).toMatchObject({ session: NEXT });
  });
  it('goes on without a network, and says so calmly', async () => {
    await openAs('coordinator', 'check-in', { id: EVENT }, { gate: 'here', line: 'offline' });
    expect(all()).toContain('断网时照常签到，联网后自动提交（41 条待提交）');
    await scan(ticket('A'));
    expect(verdict()).toContain('可入场');
  });
  it('agrees to what was taken back by itself, once for a round', async () => {
    core.answers['check-in.board'] = () => board({ to_agree: 2 });
    await open();
    await hear('changed', ['check-in']);
    await hear('changed', ['check-in']);
    expect(allSent('check-in.agree')).toEqual([{ event: EVENT, round: 2 }]);
    core.answers['check-in.board'] = () => board({ to_agree: 3 });
    await hear('changed', ['check-in']);
    expect(allSent('check-in.agree').at(-1)).toEqual({ event: EVENT, round: 3 });
  });
  it('shows what it and another gate both did until somebody has read it', async () => {
    await open('conflict');
    expect(all()).toContain('东校区体育馆西侧门 10:10 先签过');
    for (const seen of [...document.querySelectorAll<HTMLElement>('.conflicts button')]) await click(seen);
    expect(all()).not.toContain('和别的签到口重了');
    await hear('changed', ['check-in']);
    expect(all()).not.toContain('和别的签到口重了');
  });
  it('can be silent', async () => {
    await open();
    await press('F7');
    expect(sound.on).toBe(false);
    expect(localStorage.getItem('xinmei.check-in.sound')).toBe('off');
    expect(all()).toContain('开声音');
  });
  it('reads what is held into the camera once, and looks only while the picture is shown', async () => {
    core.answers['check-in.look'] = { picture: 'x', code: ticket('A') };
    await open();
    expect(allSent('check-in.look')).toEqual([]);
    await press('F3');
    await settle(1_000);
    expect(allSent('check-in.look').length).toBeGreaterThan(4);
    expect(allSent('check-in.scan')).toHaveLength(1);
    await press('F3');
    const looks = allSent('check-in.look').length;
    await settle(1_000);
    expect(allSent('check-in.look')).toHaveLength(looks);
  });
  it('says why there is no picture', async () => {
    core.faults['check-in.look'] = { fault: 'denied', code: 'camera-busy', detail: '' };
    await open();
    await press('F3');
    expect(all()).toContain('摄像头正被别的程序使用');
  });
  it('puts away what was typed first, then itself', async () => {
    await open();
    await find('l');
    await press('Escape');
    expect(field().value).toBe('');
    await press('Escape');
    expect(words(document.querySelector('.mode'))).toContain('再按一次 Esc 退出签到');
    await settle(2100);
    // Too late to be meant: it is a first one again.
    await press('Escape');
    expect(document.querySelector('.mode')).not.toBeNull();
    await press('Escape');
    expect(document.querySelector('.mode')).toBeNull();
    await click('撤销：沈老师的妹妹一家');
    expect(toasts.said.at(-1)?.text).toBe('已撤销：沈老师的妹妹一家');
    await click('进入签到');
    expect(document.activeElement).toBe(field());
  });
  it('is closed by name', async () => {
    await open();
    await press('F9');
    await click(button('关闭签到口', dialog()!.querySelector('footer')!));
    expect(sent('check-in.close-gate')).toEqual({ event: EVENT });
  });
});

describe('before a gate is open', () => {
  it('asks for its name and seats, and for the seats once it is there', async () => {
    await open('before');
    await click(button('在本机开一个签到口', document.querySelector('form')!));
    expect(all()).toContain('请写一个名字');
    await type('北门', document.querySelector<HTMLInputElement>('form input')!);
    await click(document.querySelectorAll<HTMLElement>('form .bar button')[1]);
    await click(button('在本机开一个签到口', document.querySelector('form')!));
    expect(sent('check-in.open-gate')).toEqual({ event: EVENT, name: '北门' });
    expect(allSent('check-in.lease')).toEqual([]);
    core.answers['check-in.board'] = () => board({ recent: [] });
    await hear('changed', ['check-in']);
    expect(allSent('check-in.lease')).toEqual([{ session: FIRST, seats: 1 }]);
    expect(document.activeElement).toBe(field());
  });
  it('is in the rail only where there is something to check in to', async () => {
    await openAs('parent', 'today', {}, {});
    expect(button('签到', document.querySelector('nav')!)).toBeUndefined();
    core.answers['check-in.list'] = { events: [board().line] };
    await hear('changed', ['check-in']);
    await click(button('签到', document.querySelector('nav')!));
    await settle(400);
    expect(sent('check-in.board')).toEqual({ event: EVENT });
  });
});
