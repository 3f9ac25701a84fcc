// Seats that are drawn: a family wishes, changes its mind, waits, and works the draw out again; a desk plans and draws.
import { describe, expect, it, vi } from 'vitest';
import type { DrawFault, EventChange, EventChangeBooking, EventDraw, EventOpened, EventPublish, EventSignUp, Recomputed } from '../src/lib/bindings';
import { COMMITMENT, drawDeskOf, drawOf, NAMED, recomputed, ROLL, SECRET, SEED, TICKET, VALUE } from './look/draws';
import { at } from './look/people';
import { all, box, button, clean, click, core, open as openAs, press, sent, settle, type, words } from './window';

const { planOf, toChange, isTaken } = await import('../src/screens/event/changing');
const { freshPlan, isComplete, planErrors, toPublish } = await import('../src/screens/event/plan');
const { inTab } = await import('../src/screens/event/desk');
const { groupText, pendingWords } = await import('../src/screens/event/words');
const { aboutWords } = await import('../src/screens/outbox/words');
const { short } = await import('../src/screens/event/draw/words');

const ZONE = 'Asia/Shanghai';
const parent = { role: 'parent' as const, size: 'some' as const };
const coordinator = { role: 'coordinator' as const, size: 'some' as const };
const work = () => words(document.querySelector('main'));
const dialog = () => document.querySelector('dialog')!;
const card = () => document.querySelector<HTMLElement>('main .booking')!;
const open = async (event: string, change: (opened: EventOpened) => EventOpened = (opened) => opened) => {
  core.answers['event.open'] = change(drawOf(parent, event)!);
  await openAs('parent', 'event', { id: event });
};
/** A button for one session; its name holds the session's, whose number is glued to it. */
const act = (name: string, within: ParentNode = document) => [...within.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? '').replace(/\s+/g, ' ').startsWith(name));
const ranking = (within: ParentNode = document.querySelector('main')!) => [...within.querySelectorAll('fieldset ol > li')].map((row) => words(row.querySelector('b')));
const field = (name: string, within: ParentNode = document) =>
  [...within.querySelectorAll('label')].find((label) => words(label).startsWith(name))!.closest('.field')!.querySelector('input')!;

describe('a family makes wishes', () => {
  it('begins without an order that nobody chose, and sends the one that was', async () => {
    await open('draw-open');
    expect(work()).toContain('还没有选。先点最想去的一场。');
    expect(work()).not.toContain('报满');
    await click(act('第 2 场，加为第 1 志愿'));
    await click(act('第 1 场，加为第 2 志愿'));
    expect(ranking()).toEqual(['第 2 场', '第 1 场']);
    await click('参加抽签');
    expect(sent<EventSignUp>('event.sign-up')).toEqual({ session: 'session-0001', others: ['session-0000'], children: ['own-1', 'own-2'], adults: 1, answers: [], on_behalf_of: null });
    expect(all()).toContain('志愿已保存在本机');
  });
  it('moves a wish by its buttons, and says where it is now', async () => {
    await open('draw-open');
    await click(act('第 2 场，加为第 1 志愿'));
    await click(act('第 1 场，加为第 2 志愿'));
    expect(act('往上移：第 2 场')!.disabled).toBe(true);
    await click(act('往上移：第 1 场'));
    expect(ranking()).toEqual(['第 1 场', '第 2 场']);
    expect([...document.querySelectorAll('fieldset [role=status]')].map(words)).toContain('第 1 场现在是第 1 志愿');
    await click(act('去掉：第 1 场'));
    expect(ranking()).toEqual(['第 2 场']);
    expect(act('第 1 场，加为第 2 志愿')).toBeTruthy();
  });
  it('moves it by the keyboard, and the focus goes along', async () => {
    await open('draw-open');
    await click(act('第 2 场，加为第 1 志愿'));
    await click(act('第 1 场，加为第 2 志愿'));
    const hold = async (key: string) => {
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, altKey: true, bubbles: true, cancelable: true }));
      await settle();
    };
    expect(words(document.activeElement)).toContain('第 1 场');
    await hold('ArrowUp');
    expect(ranking()).toEqual(['第 1 场', '第 2 场']);
    expect(words(document.activeElement)).toContain('第 1 场');
    // The ends are the ends; and without Alt an arrow scrolls.
    await hold('ArrowUp');
    await press('ArrowDown');
    expect(ranking()).toEqual(['第 1 场', '第 2 场']);
    await hold('ArrowDown');
    expect(ranking()).toEqual(['第 2 场', '第 1 场']);
  });
  it('sends nothing without a wish, and leads to where one is made', async () => {
    await open('draw-open');
    await click('参加抽签');
    expect(sent('event.sign-up')).toBeUndefined();
    expect(work()).toContain('请选至少一场。');
    expect(document.activeElement).toBe(act('第 1 场，加为第 1 志愿'));
    await clean();
  });
  it('offers no session that is not for all of them, or too small for the party', async () => {
    await open('draw-open');
    expect(work()).toContain('选中的孩子里有人不能参加这一场');
    expect(act('第 3 场，加为')).toBeUndefined();
    await click(box('辰 李雨辰'));
    expect(act('第 3 场，加为第 1 志愿')).toBeTruthy();
    expect(work()).toContain('和 10:20 的“护学岗”冲突');
  });
  it('is told when a wish that was made does not fit any more', async () => {
    await open('draw-open');
    await click(box('辰 李雨辰'));
    await click(act('第 3 场，加为第 1 志愿'));
    await click(box('辰 李雨辰'));
    await click('参加抽签');
    expect(sent('event.sign-up')).toBeUndefined();
    expect(words(document.querySelector('.says'))).toBe('选中的孩子里有人不能参加这一场');
  });
  it('makes no more wishes than an entry may have', async () => {
    await open('draw-open', (opened) => ({ ...opened, line: { ...opened.line, draw: { ...opened.line.draw!, most_wishes: 1 } } }));
    await click(act('第 1 场，加为第 1 志愿'));
    expect(work()).toContain('最多 1 个志愿，已经选满。');
    expect(act('第 2 场，加为')).toBeUndefined();
  });
  it('keeps an order that was thought about', async () => {
    await open('draw-open');
    await click(act('第 2 场，加为第 1 志愿'));
    await settle(400);
    expect(JSON.parse(core.drafts.get('event.enter-draw/draw-open')!)).toMatchObject({ wishes: ['session-0001'] });
  });
});

describe('an entry', () => {
  it('says that it is in the draw, with its wishes in order', async () => {
    await open('draw-entered');
    expect(words(card().querySelector('.pill'))).toBe('在抽签中');
    expect([...card().querySelectorAll('ol b')].map(words)).toEqual(['第 2 场', '第 1 场']);
    expect(card().textContent).not.toContain('报名成功');
    expect(button('加到日历')).toBeUndefined();
    expect(work()).toContain('先填后填机会一样。已有 86 份');
    await clean();
  });
  it('counts before the close however early it was made', async () => {
    await open('draw-saved');
    expect(words(card())).toContain('截止前到达学校就算数，先后不影响机会。');
    expect(words(card())).not.toContain('按学校收到的先后算');
  });
  it('has its order changed, as a whole', async () => {
    await open('draw-entered');
    await press('e');
    expect(words(dialog().querySelector('h2'))).toBe('改志愿');
    expect(ranking(dialog())).toEqual(['第 2 场', '第 1 场']);
    expect(words(dialog())).toContain('还没有改动');
    await click(act('往上移：第 1 场', dialog()));
    await click([...dialog().querySelectorAll('footer button')].at(-1) as HTMLElement);
    expect(sent<EventChangeBooking>('event.change-booking')).toEqual({ booking: 'entry-0000', children: ['own-1', 'own-2'], adults: 1, answers: [], wishes: ['session-0000', 'session-0001'], on_behalf_of: null });
    expect(document.querySelector('dialog')).toBeNull();
  });
  it('stays in its order where only who comes is changed', async () => {
    await open('draw-entered');
    await press('e');
    await click(button('多一位', dialog()));
    await click([...dialog().querySelectorAll('footer button')].at(-1) as HTMLElement);
    expect(sent<EventChangeBooking>('event.change-booking')).toMatchObject({ adults: 2, wishes: [] });
  });
  it('says what waits to be changed of it', async () => {
    await open('draw-reordering');
    expect(words(card())).toContain('改志愿 已提交，等学校确认');
    const { mine: [one] } = drawOf(parent, 'draw-reordering')!.line;
    expect(pendingWords({ ...one!.pending!, party: { children: ['own-1'], adults: 1 } }, ZONE, one)).toBe('改成 1 大 1 小');
  });
  it('is left by one press', async () => {
    await open('draw-entered');
    await click('退出抽签');
    expect(sent('event.withdraw')).toEqual({ booking: 'entry-0000', on_behalf_of: null });
    expect(all()).toContain('已退出抽签');
  });
  it('stands on the list once that is published: nothing to change, and what leaving means', async () => {
    await open('draw-rolled');
    expect(button('改志愿')).toBeUndefined();
    expect(words(card())).toContain('名单已固定：现在退出，您的签仍算在里面');
    expect(words(card())).toContain('以前 1 次没抽中，这次多 1 张签');
  });
});

describe('where the draw stands', () => {
  const step = () => words(document.querySelector('main [aria-current=step]'));
  it.each([
    ['soon', '1 填志愿', '开始填志愿'],
    ['open', '1 填志愿', '今天'],
    ['closing', '2 公布名单', '学校正在公布名单'],
    ['rolled', '3 抽签', `12-04 周五 15:30 以后，等“${NAMED}”公布，就抽签`],
  ])('%s', async (what, current, said) => {
    await open(`draw-${what}`, (opened) => (what === 'open' ? { ...opened, line: { ...opened.line, draw: { ...opened.line.draw!, phase: { is: 'wishes', until: at(0, '12:00') } } } } : opened));
    expect(step()).toBe(current);
    expect(work()).toContain(said);
    expect(work()).toContain(NAMED);
    expect(button('重新计算')).toBeUndefined();
    expect(work()).toContain(what === 'rolled' ? short(ROLL) : short(COMMITMENT));
  });
  it('drawn', async () => {
    await open('draw-won');
    expect(step()).toBe('');
    expect(work()).toContain('86 份志愿，60 份抽中');
    expect(work()).toContain(`公布的是 ${VALUE}`);
    expect(button('重新计算')).toBeTruthy();
    await clean();
  });
  it.each([
    ['won', '报名成功', '抽中第 2 志愿，86 份里排第 12'],
    ['waits', '候补第 3 位', '没有抽中，按抽签的先后候补'],
    ['missed', '未抽中', '下次抽签多一张签'],
  ])('%s says how it came out', async (what, pill, said) => {
    await open(`draw-${what}`);
    expect(words(card().querySelector('.pill'))).toBe(pill);
    expect(words(card())).toContain(said);
    expect(words(card().querySelector('h3'))).toMatch(what === 'won' ? /^第 1 场/ : what === 'missed' ? /^我家的志愿$/ : /^第 2 场/);
  });
  it('is told in the class group, with what a later roll can be compared with', () => {
    const text = (event: string) => groupText(drawOf(coordinator, event)!, ZONE, new Date('2026-11-23T02:24:00Z'));
    expect(text('draw-open')).toContain(`到时按“${NAMED}”抽`);
    expect(text('draw-open')).not.toContain('指纹');
    expect(text('draw-rolled')).toContain(`抽签名单指纹：${ROLL}`);
  });
});

describe('the draw worked out again', () => {
  const again = async (result: Recomputed, event = 'draw-won') => {
    core.answers['event.recompute'] = result;
    await open(event);
    await click('重新计算');
  };
  const steps = () => [...dialog().querySelectorAll('ol.lines > li')].map((row) => [row.className.split(' ')[0], words(row)] as const);
  it('agrees, says so of every step, and names the own place', async () => {
    await again(recomputed());
    expect(sent('event.recompute')).toEqual({ event: 'draw-won' });
    expect(words(dialog().querySelector('.verdict'))).toContain('算出来的和公布的一样');
    expect(steps().map(([verdict]) => verdict)).toEqual(Array(6).fill('agrees'));
    for (const [, said] of steps()) expect(said).toMatch(/^一致/);
    expect(words(dialog())).toContain('86 份里排第 12，抽中第 2 志愿：第 1 场');
    expect(words(dialog())).toContain(`签号 ${short(TICKET)}`);
    await clean();
  });
  it.each<[DrawFault, string]>([
    ['commitment', '公布的密封数，和发布活动时的指纹对不上'],
    ['plan', '名单不是按这个活动发布时说好的来的'],
    ['roll', '名单和它的指纹对不上'],
    ['changed', '名单在公布后改过'],
    ['order', '公布的先后，和算出来的签号不一样'],
    ['outcome', '有的志愿得到的场次，和算出来的不一样'],
  ])('names %s where it does not agree, and vouches for nothing after it', async (fault, said) => {
    await again(recomputed(fault));
    expect(words(dialog().querySelector('.verdict'))).toContain('有一步对不上');
    expect(words(dialog())).not.toContain('算出来的和公布的一样');
    const all = steps().map(([verdict]) => verdict);
    const at = all.indexOf('differs');
    expect(steps()[at]![1]).toContain(said);
    expect(all.slice(0, at).every((verdict) => verdict === 'agrees')).toBe(true);
    expect(all.slice(at + 1).every((verdict) => verdict === 'unchecked')).toBe(true);
    for (const [, skipped] of steps().slice(at + 1)) expect(skipped).toMatch(/前面对不上，没有再算。$/);
    // From a list that is not the published one nothing follows for the family.
    expect(words(dialog()).includes('我家的签')).toBe(fault === 'order' || fault === 'outcome');
  });
  it('does not claim to have seen the list before, where it did not', async () => {
    await again(recomputed(null, { roll_seen: null }));
    const changed = steps()[3]!;
    expect(changed[0]).toBe('unchecked');
    expect(changed[1]).toContain('在抽签后才收到名单');
  });
  it('explains, and gives all that somebody else needs', async () => {
    await again(recomputed(null, { mine: [] }), 'draw-missed');
    expect(words(dialog())).toContain('为什么可以相信');
    expect(words(dialog())).toContain(NAMED);
    expect(words(dialog())).not.toContain('我家的签');
    const given = words(dialog().querySelector('dl')).replace(/\s/g, '');
    for (const number of [COMMITMENT, SECRET, VALUE, ROLL, SEED]) expect(given).toContain(number);
    const written = vi.fn(async (_: string) => undefined);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: written } });
    await click(button('复制全部数值', dialog()));
    // Whole, without the gaps that only help the eye.
    expect(written.mock.calls[0]![0]).toContain(SECRET);
  });
  it('says why it cannot be, without closing', async () => {
    core.faults['event.recompute'] = { fault: 'invalid', what: 'draw' };
    await open('draw-won');
    await click('重新计算');
    expect(words(dialog())).toContain('还没有抽签');
    delete core.faults['event.recompute'];
  });
});

describe('a draw is planned', () => {
  const plan = { ...freshPlan(ZONE, 'east'), title: '研学', draws: true, publicValue: ` ${NAMED} ` };
  it('with a public value that is known between the close and the first session', () => {
    expect(isComplete(planErrors(plan))).toBe(true);
    expect(toPublish({ ...plan, childLimit: '3' })).toMatchObject({ child_limit: 1, draw: { public_value: NAMED, known: plan.known } });
    expect(planErrors({ ...plan, publicValue: ' ' }).publicValue).toBe('请写清等哪个公开数值。');
    expect(planErrors({ ...plan, publicValue: '数'.repeat(81) }).publicValue).toBe('最多 80 个字。');
    expect(planErrors({ ...plan, known: plan.closes }).known).toBe('要晚于报名截止。');
    expect(planErrors({ ...plan, known: plan.sessions[0]!.starts }).known).toBe('要早于第一场开始。');
    expect(planErrors({ ...plan, known: '' }).known).toBeTruthy();
  });
  it('or is none, also in a draft of an older window', () => {
    const { draws: _, publicValue: __, known: ___, ...older } = plan;
    expect(toPublish(older).draw).toBeNull();
    expect(isComplete(planErrors(older))).toBe(true);
  });
  it('by a choice in the form', async () => {
    await openAs('coordinator', 'plan');
    await type('重庆科技馆研学', field('标题'));
    expect(work()).toContain('每个孩子最多报几场');
    await click(box('抽签'));
    expect(work()).not.toContain('每个孩子最多报几场');
    await click('发布，共');
    expect(sent('event.publish')).toBeUndefined();
    expect(work()).toContain('请写清等哪个公开数值。');
    await type(NAMED, field('等哪个公开数值'));
    expect(words(document.querySelector('aside'))).toContain(`截止后抽签，等“${NAMED}”`);
    await clean();
    vi.useFakeTimers();
    await click('发布，共');
    expect(sent<EventPublish>('event.publish')?.draw?.public_value).toBe(NAMED);
  });
  it('once: a change says nothing of it', async () => {
    const opened = drawOf(coordinator, 'draw-open')!;
    expect(toChange({ ...planOf(opened), title: '别的' }, opened).plan.draw).toBeNull();
    expect([isTaken(opened), isTaken(drawOf(coordinator, 'draw-soon')!)]).toEqual([true, false]);
    core.answers['event.desk'] = drawDeskOf(coordinator, 'draw-open');
    await openAs('coordinator', 'plan', { id: 'draw-open' });
    expect(box('先到先得')).toBeFalsy();
    expect(work()).toContain('发布时定下，不能再改。');
    await type('科技馆', field('标题'));
    await click('保存修改');
    expect(sent<EventChange>('event.change')?.plan).toMatchObject({ title: '科技馆', draw: null, child_limit: 1 });
  });
});

describe('the desk of a draw', () => {
  const desk = async (event: string, change: (desk: NonNullable<ReturnType<typeof drawDeskOf>>) => object = (it) => it) => {
    core.answers['event.desk'] = change(drawDeskOf(coordinator, event)!);
    await openAs('coordinator', 'desk', { id: event });
  };
  const tabs = () => [...document.querySelectorAll('[role=tab]')].map(words);
  it('counts wishes by session and preference', async () => {
    await desk('draw-open');
    const rows = [...document.querySelectorAll('main tbody tr')].map(words);
    expect(rows[1]).toMatch(/^第 2 场\s*41\s*12\s*0\s*52 \/ 20$/);
    expect(words(document.querySelector('.sessions button'))).toContain('43 / 20 个名额，38 份');
    expect(tabs()).toHaveLength(1);
    expect(tabs()[0]).toMatch(/^第一志愿/);
    expect(work()).toMatch(/志愿：第\s1\s场，再 第\s2\s场/);
    expect(button('改名额')).toBeTruthy();
    await clean();
  });
  it('draws with what was published, beside what was agreed on', async () => {
    await desk('draw-rolled');
    expect(words(document.querySelector('main form'))).toContain(NAMED);
    expect(button('改名额')).toBeUndefined();
    await click([...document.querySelectorAll<HTMLElement>('main form button')].at(-1));
    expect(sent('event.draw')).toBeUndefined();
    expect(work()).toContain('请写公布的数值。');
    await type(` ${VALUE} `, field('公布的数值'));
    await click(`按“${VALUE}”抽签，不能重来`);
    expect(sent<EventDraw>('event.draw')).toEqual({ event: 'draw-rolled', value: VALUE });
    // What cannot be undone is not offered to be.
    expect(button('撤销')).toBeUndefined();
  });
  it('says from when on, where it is too early', async () => {
    await desk('draw-rolled', (it) => ({ ...it, draw: { ...it.draw!, may_draw: false } }));
    expect(document.querySelector('main form')).toBeNull();
    expect(work()).toContain('12-04 周五 15:30 以后才能抽签');
  });
  it('draws once: while it waits there is nothing to enter', async () => {
    await desk('draw-rolled', (it) => ({ ...it, event: { ...it.event, pending: { act: 'draw', state: { is: 'saved' }, party: null } } }));
    expect(document.querySelector('main form')).toBeNull();
    expect(words(document.querySelector('main p[role=status].row'))).toContain('抽签：重庆科技馆研学');
  });
  it('has who was not drawn by themselves', async () => {
    await desk('draw-won');
    expect(tabs().map((tab) => tab.split(/\s/)[0])).toEqual(['报名', '候补', '未抽中']);
    expect([inTab({ is: 'not-drawn' }, 'not-drawn'), inTab({ is: 'not-drawn' }, 'booked'), inTab({ is: 'entered' }, 'booked'), inTab({ is: 'withdrawn' }, 'not-drawn')]).toEqual([true, false, true, false]);
    expect(button('重新计算')).toBeTruthy();
  });
  it('enters a family that phones, with its wishes', async () => {
    await desk('draw-open');
    await click('代办报名');
    expect(ranking(dialog())).toEqual([]);
    await click(act('第 3 场，加为第 1 志愿', dialog()));
    await click(act('第 1 场，加为第 2 志愿', dialog()));
    expect(ranking(dialog())).toEqual(['第 3 场', '第 1 场']);
    expect(words(dialog())).not.toContain('护学岗');
    expect(words(dialog().querySelector('footer'))).toContain('代为参加抽签');
  });
  it('is named in the outbox', () => {
    expect(aboutWords({ act: 'draw', title: '重庆科技馆研学', text: VALUE, children: [], people: 0 })).toBe('抽签：重庆科技馆研学');
  });
});
