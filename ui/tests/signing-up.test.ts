// A family on the page of an event: it opens before their eyes, asks something, is changed, called off, made smaller.
import { describe, expect, it, vi } from 'vitest';
import type { EventChangeBooking, EventOpened, EventSignUp } from '../src/lib/bindings';
import { at, NOW } from './look/people';
import { signUpOf } from './look/signups';
import { all, allSent, box, button, clean, click, core, hear, open as openAs, press, sent, settle, type, words } from './window';

const work = () => words(document.querySelector('main'));
const told = () => [...document.querySelectorAll('main [role=status]')].map(words).join('');
const standing = { state: 'synced' as const, contact: NOW, waiting: 0, failed: 0, address: 'school.example:8443' };
const openedOf = (event: string) => signUpOf({ role: 'parent', size: 'some' }, event)!;
/** The school's clock goes on as this computer's does. */
const ticks = () => (core.answers['sync.status'] = () => ({ ...standing, now: new Date().toISOString() }));
const open = async (event: string, change: Partial<EventOpened> = {}) => {
  core.answers['event.open'] = { ...openedOf(event), ...change };
  await openAs('parent', 'event', { id: event });
};

describe('sign-up that opens', () => {
  const opensAt = new Date('2026-11-23T02:24:42Z').getTime();
  /** As the core judges it when it is asked. */
  const judged = (late = 0) => (core.answers['event.open'] = () => {
    const opened = openedOf('event-waits');
    const open_now = Date.now() >= opensAt + late;
    return { ...opened, open_now, turns: open_now ? '2026-11-23T12:00:00Z' : opened.turns, line: { ...opened.line, open_now } };
  });
  it('counts down, and is there at its very second without a word from anybody', async () => {
    ticks();
    judged();
    await openAs('parent', 'event', { id: 'event-waits' });
    expect(work()).toMatch(/还有 4\d 秒开放报名/);
    expect(told()).toBe('不到 1 分钟就开放报名。');
    expect(button('报名')).toBeUndefined();
    await settle(opensAt - Date.now() - 3_000);
    expect(work()).toContain('还有 3 秒开放报名');
    // Not every second is read out.
    expect(told()).toBe('不到 1 分钟就开放报名。');
    await settle(3_120);
    expect(work()).not.toContain('已截止');
    expect(button('报名第')).toBeTruthy();
    expect(told()).toBe('报名开放了，可以选场次。');
    await clean();
  });
  it('is asked again where the core’s clock is a breath behind, and says meanwhile that it opens', async () => {
    ticks();
    judged(1_500);
    await openAs('parent', 'event', { id: 'event-waits' });
    await settle(opensAt - Date.now() + 120);
    expect(work()).toContain('现在开放报名');
    expect(work()).not.toContain('已截止');
    await settle(3_000);
    expect(button('报名第')).toBeTruthy();
    // And not for ever.
    const asked = allSent('event.open').length;
    await settle(10_000);
    expect(allSent('event.open').length).toBe(asked);
  });
  it('goes by the school’s clock, not by this computer’s', async () => {
    core.answers['sync.status'] = () => ({ ...standing, now: new Date(Date.now() - 86_400_000).toISOString() });
    vi.setSystemTime(new Date(NOW).getTime() + 86_400_000);
    await open('event-waits');
    expect(work()).toMatch(/还有 4\d 秒开放报名/);
  });
  it('opens in the list too', async () => {
    ticks();
    core.answers['event.list'] = () => {
      const { line } = openedOf('event-waits');
      const open_now = Date.now() >= opensAt;
      return { events: [{ ...line, open_now }], may_plan: false, places: [], turns: open_now ? null : '2026-11-23T02:24:42Z' };
    };
    await openAs('parent', 'events');
    expect(work()).toContain('开放报名');
    expect(button('选场次')).toBeUndefined();
    await settle(opensAt - Date.now() + 120);
    expect(work()).toContain('截止');
    expect(button('选场次')).toBeTruthy();
  });
  it('says at its end that it is over, not that it opens', async () => {
    ticks();
    const closes = at(0, '10:25');
    core.answers['event.open'] = () => {
      const opened = openedOf('event-waits');
      const open_now = Date.now() < new Date('2026-11-23T02:25:00Z').getTime();
      return { ...opened, open_now, turns: open_now ? '2026-11-23T02:25:00Z' : null, line: { ...opened.line, opens: at(-1, '10:00'), closes, open_now } };
    };
    await openAs('parent', 'event', { id: 'event-waits' });
    expect(button('报名第')).toBeTruthy();
    await settle(60_000);
    expect(work()).toContain('报名已在');
    expect(all()).toContain('报名已截止');
    expect(all()).not.toContain('现在开放报名');
  });
});

describe('two campuses', () => {
  const choice = (session: string) => document.querySelector<HTMLInputElement>(`main form input[value=${session}]`)!;
  it('too far apart for what is there already: said of the session, which is not the one proposed', async () => {
    await open('event-far');
    expect(words(choice('session-0001').closest('label'))).toContain('和 10:30 的“食堂陪餐”隔得太近，两个校区之间约要 30 分钟');
    expect(choice('session-0000').checked).toBe(true);
    await clean();
  });
  it('count less than something at the very same time', async () => {
    const opened = openedOf('event-far');
    await open('event-far', { clashes: [...opened.clashes, { session: 'session-0001', with: '雨辰 放学', at: at(4, '09:40'), too_far: false }] });
    expect(words(choice('session-0001').closest('label'))).toContain('和 09:40 的“雨辰 放学”冲突');
    expect(work()).not.toContain('隔得太近');
  });
  it('are named on Today too, apart from what is at the same time', async () => {
    await openAs('parent', 'today', {}, { size: 'many' });
    expect(all()).toContain('11-25 周三 15:40 时间冲突');
    expect(all()).toContain('11-26 周四 15:50 前赶不到另一个校区，路上约要 30 分钟');
  });
});

it('a session for who comes for the first time says so, and is shut to who was there', async () => {
  await open('event-far');
  const third = document.querySelector<HTMLInputElement>('main form input[value=session-0002]')!;
  expect(words(third.closest('label'))).toMatch(/只限 .+只给第一次来的/);
  expect(third.disabled).toBe(true);
});

describe('a series with questions', () => {
  it('goes on after the first sign-up, and says how often', async () => {
    await open('event-series');
    expect(work()).toContain('每个孩子最多报 3 场');
    expect(work()).toContain('雨桐还可以报 2 场');
    expect(work()).toContain('只限 一年级2班');
    await clean();
  });
  it('asks before it sends, and remembers what was answered last', async () => {
    await open('event-series');
    expect(box('步行')?.checked).toBe(true);
    await click('报名第 3 场');
    expect(sent('event.sign-up')).toBeUndefined();
    expect(work()).toContain('还有要填的');
    expect(work()).toContain('这一项要选');
    const asked = openedOf('event-series').questions.slice(0, 3);
    core.answers['event.open'] = { ...openedOf('event-series'), questions: asked };
    await hear('changed', ['event']);
    await click(box('自驾'));
    await type('渝A 12345', document.querySelector('main textarea')!);
    await type('两', document.querySelector<HTMLInputElement>('main input[inputmode=decimal]')!);
    await click('报名第 3 场');
    expect(sent('event.sign-up')).toBeUndefined();
    await type('２', document.querySelector<HTMLInputElement>('main input[inputmode=decimal]')!);
    await click('报名第 3 场');
    expect(sent<EventSignUp>('event.sign-up')).toMatchObject({ session: 'session-0002', answers: ['自驾', '渝A 12345', '2'] });
  });
  it('sends an empty list where nothing is asked', async () => {
    await open('event-waits', { open_now: true, line: { ...openedOf('event-waits').line, open_now: true } });
    await click('报名第');
    expect(sent<EventSignUp>('event.sign-up')).toMatchObject({ answers: [], on_behalf_of: null });
  });
  it('keeps what is being written', async () => {
    await open('event-series');
    await type('渝A 12345', document.querySelector('main textarea')!);
    await settle(400);
    expect(core.drafts.get('event.sign-up/event-0000')).toContain('渝A 12345');
  });
});

describe('a booking is changed', () => {
  it('says what it would mean before it is pressed, and goes as a whole', async () => {
    await open('event-moved');
    await press('e');
    expect(words(document.querySelector('dialog h2'))).toBe('改报名，第 2 场');
    const dialog = () => words(document.querySelector('dialog'));
    expect(dialog()).toContain('还没有改动');
    await click(button('多一位', document.querySelector('dialog')!));
    expect(dialog()).toContain('名额够才会改成，不够就保持原样。');
    await click(box('辰 李雨辰', document.querySelector('dialog')!));
    await click('改成 2 大 2 小');
    expect(sent<EventChangeBooking>('event.change-booking')).toEqual({ booking: 'booking-0000', children: ['own-1', 'own-2'], adults: 2, answers: [], wishes: [], on_behalf_of: null });
    expect(document.querySelector('dialog')).toBeNull();
  });
  it('can be used by anybody', async () => {
    await open('event-moved', { questions: openedOf('event-series').questions });
    await press('e');
    expect(box('自驾', document.querySelector('dialog')!)?.checked).toBe(true);
    await clean();
  });
  it('gives to others what is not needed any more; who waits keeps the place, and loses it for more', async () => {
    await open('event-back');
    expect(work()).toContain('学校把名额减到了 58：体育馆的看台临时检修。');
    expect(work()).toContain('您排在候补最前面。');
    expect(work()).toContain('现在空着 2 个名额，改成 2 人就能轮到。');
    await click('改人数');
    expect(words(document.querySelector('dialog'))).toContain('人数变少，排的位置不变。');
    expect(button('改成 2 大 1 小')).toBeTruthy();
    const more = () => click(button('多一位', document.querySelector('dialog')!));
    await more();
    await more();
    expect(words(document.querySelector('dialog'))).toContain('人数变多要重新排到队尾。');
    const opened = openedOf('event-back');
    core.answers['event.open'] = { ...opened, line: { ...opened.line, mine: opened.line.mine.map((one) => ({ ...one, state: { is: 'confirmed' }, put_back: null })) } };
    await hear('changed', ['event']);
    await click(button('少一位', document.querySelector('dialog')!));
    await click(button('少一位', document.querySelector('dialog')!));
    expect(words(document.querySelector('dialog'))).toContain('多出的名额会给候补的家庭。');
  });
  it('waits for the school, or was refused and stands as it was', async () => {
    await open('event-changing');
    expect(work()).toContain('改成 2 大 2 小');
    expect(work()).toContain('已提交，等学校确认');
    expect(work()).toContain('没改成：名额不够。原来的报名不变。');
    // One on its way is enough.
    expect([...document.querySelectorAll('main button')].filter((one) => words(one) === '改人数')).toHaveLength(1);
  });
  it('is not offered where nothing may be changed', async () => {
    const opened = openedOf('event-moved');
    await open('event-moved', { line: { ...opened.line, mine: opened.line.mine.map((one) => ({ ...one, may_change: false, may_withdraw: false })) } });
    expect(button('改人数')).toBeUndefined();
    expect(button('取消报名')).toBeUndefined();
  });
});

describe('a booking that something happened to', () => {
  it('was moved: the old is struck out once, with a word for whoever hears it', async () => {
    await open('event-moved');
    const card = document.querySelector('main .booking')!;
    expect(words(card.querySelector('ins'))).toBe('11-27 周五 09:30–10:20');
    expect(words(card.querySelector('s'))).toMatch(/^原.*11-27 周五 14:30–15:20$/);
    expect(words(card)).toContain('已更新');
    expect(words(card)).toContain('时间改了，开场前都可以退');
    expect(words(card)).toContain('已填 2 项');
    expect(words(card.querySelector('dl'))).toContain('渝A 12345');
    await clean();
  });
  it.each([['event-displaced', '名额减少，没能保住'], ['event-off', '这一场取消了：主讲老师去外地参加比赛。']])('%s is offered what is left by one press', async (event, what) => {
    await open(event);
    expect(work()).toContain(what);
    await click('改报 10:30 场');
    expect(sent<EventSignUp>('event.sign-up')).toMatchObject({ session: 'session-0002', children: ['own-1'], answers: [] });
    await clean();
  });
  it('says so where nothing is left', async () => {
    await open('event-displaced', { may_join: [] });
    expect(button('改报')).toBeUndefined();
    expect(work()).toContain('其他场次暂时没有名额');
  });
  it('is asked first where something must be known', async () => {
    await open('event-displaced', { questions: [{ label: '来校方式', value: { is: 'choice', choices: ['步行', '自驾'] }, required: true }] });
    await click('改报 10:30 场');
    expect(sent('event.sign-up')).toBeUndefined();
    await click(box('步行'));
    await click('改报 10:30 场');
    expect(sent<EventSignUp>('event.sign-up')).toMatchObject({ answers: ['步行'] });
  });
  it('a session that was called off cannot be chosen', async () => {
    await open('event-off');
    const off = document.querySelector<HTMLInputElement>('main form input[value=session-0001]')!;
    expect(off.disabled).toBe(true);
    expect(words(off.closest('label'))).toContain('这一场已取消');
    // Whose booking was lost is helped above; the form is for the others.
    expect([box('桐 李雨桐')?.checked, box('辰 李雨辰')?.checked]).toEqual([false, true]);
  });
});
