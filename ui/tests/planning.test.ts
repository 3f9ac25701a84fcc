// The coordinator's side of an event that changes: its form, fewer seats, a session called off, a booking entered anew.
import { beforeEach, describe, expect, it } from 'vitest';
import type { BookingAnswer, DeskBooking, EventCapacity, EventChange, EventPublish } from '../src/lib/bindings';
import { CHANGED, changedDesk, questions } from './look/desks';
import { at, classAt, gradeAt } from './look/people';
import { deskBooking } from './look/things';
import { all, allSent, box, button, clean, click, core, hear, open as openAs, sent, settle, type, words } from './window';

const { route } = await import('../src/lib/route.svelte');
const { answersWords, inTab, siblingsOf } = await import('../src/screens/event/desk');
const { changeErrors, changesOf, planOf, toChange, toldBy } = await import('../src/screens/event/changing');
const { freshPlan, isComplete, nextSession, placesUnder, planErrors, toPublish } = await import('../src/screens/event/plan');

const ZONE = 'Asia/Shanghai';
const now = new Date('2026-11-23T02:24:00Z');
const desk = () => changedDesk({ role: 'coordinator', size: 'some' });
const open = (screen: 'desk' | 'plan', params: object = { id: CHANGED }) => openAs('coordinator', screen, params);
const side = () => words(document.querySelector('aside'));
const dialog = () => document.querySelector('dialog')!;
const field = (name: string, within: ParentNode = document) =>
  [...within.querySelectorAll('label')].find((label) => words(label).startsWith(name))!.closest('.field')!.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')!;

describe('what a form would change', () => {
  const changes = (edit: (plan: ReturnType<typeof planOf>) => void) => {
    const { event, bookings } = desk();
    const plan = planOf(event);
    edit(plan);
    return changesOf(plan, event, bookings, [classAt(30), gradeAt(7)], ZONE, now);
  };
  it('is nothing while nothing is changed', () => {
    expect(changes(() => undefined)).toEqual([]);
    expect(changes((plan) => (plan.title = ` ${plan.title} `))).toEqual([]);
  });
  it('says when a session is moved, and tells who booked it and no other', () => {
    const [moved] = changes((plan) => Object.assign(plan.sessions[0]!, { starts: at(4, '08:50'), ends: at(4, '09:40') }));
    expect(moved).toMatchObject({ what: '第 1 场', was: '08:30', now: '08:50', moves: true });
    const live = desk().bookings.filter(({ session, state }) => session === 'session-0000' && !inTab(state, 'gone'));
    expect(new Set(moved!.told)).toEqual(new Set(live.map(({ guardian }) => guardian.id)));
  });
  it('names the day where it is another, and both ends where it is longer', () => {
    const [other] = changes((plan) => Object.assign(plan.sessions[0]!, { starts: at(5, '08:30'), ends: at(5, '09:20') }));
    expect(other).toMatchObject({ was: '11-27 周五 08:30–09:20', now: '11-28 周六 08:30–09:20' });
    const [longer] = changes((plan) => (plan.sessions[0]!.ends = at(4, '09:40')));
    expect(longer).toMatchObject({ was: '08:30–09:20', now: '08:30–09:40' });
  });
  it('counts a family once, however much of it concerns them', () => {
    const both = changes((plan) => {
      plan.venue = '二楼多功能厅';
      Object.assign(plan.sessions[0]!, { starts: at(4, '08:50'), ends: at(4, '09:40') });
    });
    expect(both.map(({ told }) => told.length > 0)).toEqual([true, true]);
    expect(toldBy(both)).toBe(both[0]!.told.length);
  });
  it('tells nobody of a title, a question or a session more', () => {
    const quiet = changes((plan) => {
      plan.title = '开放日';
      plan.questions = plan.questions.slice(1);
      plan.sessions.push({ name: '第 4 场', starts: at(4, '14:30'), ends: at(4, '15:20'), capacity: '40' });
    });
    expect(quiet).toHaveLength(3);
    expect(toldBy(quiet)).toBe(0);
  });
});

describe('a session for who comes for the first time', () => {
  it('is a change of whom it is for, and tells nobody', () => {
    const { event, bookings } = desk();
    const plan = planOf(event);
    plan.sessions[0]!.firstTimers = true;
    expect(changesOf(plan, event, bookings, [], ZONE, now)).toEqual([{ what: '第 1 场，对象', was: '来过的也可以', now: '只给第一次来的', told: [] }]);
    expect(toChange(plan, event).plan.sessions.map(({ first_timers }) => first_timers)).toEqual([true, false, false]);
  });
  it('stays one while it is changed, also where it was called off', () => {
    const { event } = desk();
    for (const session of event.line.sessions) session.first_timers = true;
    expect(toChange(planOf(event), event).plan.sessions.map(({ first_timers }) => first_timers)).toEqual([true, true, true]);
  });
  it('is followed by one more of them', () => {
    const { sessions: [first] } = freshPlan(ZONE);
    expect(nextSession([{ ...first!, firstTimers: true }]).firstTimers).toBe(true);
  });
});

describe('what is sent', () => {
  it('names the sessions that are there, with seats as they stand by now, and no id for a new one', () => {
    const { event } = desk();
    const plan = planOf(event);
    plan.sessions[1]!.capacity = '99';
    plan.sessions.push({ name: '第 4 场', starts: at(4, '14:30'), ends: at(4, '15:20'), capacity: '40' });
    const { version, plan: sentPlan } = toChange(plan, event);
    expect(version).toBe(3);
    expect(sentPlan.sessions.map(({ id, capacity }) => [id, capacity])).toEqual([['session-0000', 60], ['session-0001', 24], ['session-0002', 60], [null, 40]]);
  });
  it('leaves what was called off as it is, and moves nothing into the past', () => {
    const { event } = desk();
    const plan = planOf(event);
    Object.assign(plan.sessions[2]!, { name: 'x', starts: '' });
    Object.assign(plan.sessions[0]!, { starts: at(-1, '08:30') });
    expect(changeErrors(plan, event, now).sessions).toEqual([{ starts: '这个时间已经过去。' }, {}, {}]);
    plan.sessions[0]!.starts = at(4, '08:30');
    expect(toChange(plan, event).plan.sessions[2]).toMatchObject({ name: '第 3 场', starts: event.line.sessions[2]!.starts });
  });
  it('holds questions as they are asked, none that was left empty', () => {
    const plan = { ...freshPlan(ZONE, 'east'), title: '研学', questions: [...questions, { label: ' ', value: { is: 'text' as const }, required: true }] };
    expect(isComplete(planErrors(plan))).toBe(true);
    expect(toPublish(plan)).toMatchObject({ questions, child_limit: 1, sessions: [{ id: null, eligible: [], first_timers: false }] });
    expect(planErrors({ ...plan, questions: [{ label: '车', value: { is: 'choice', choices: ['会'] }, required: true }] }).questions).toBeTruthy();
  });
  it('is for a part of whom the event is for', () => {
    const [grade, inside, outside] = [gradeAt(6), { ...classAt(30), name: '东校区', grade: 1 }, classAt(40)];
    expect(placesUnder([grade, inside, outside], [grade.id])).toEqual([grade, inside]);
    expect(placesUnder([grade, inside, outside], [])).toHaveLength(3);
  });
});

describe('the desk counts', () => {
  const answers: BookingAnswer[] = [{ question: '会晕车吗', answer: '会' }, { question: '别的', answer: '' }];
  it('a family without a seat among those that are gone, one of a session called off where it was', () => {
    expect(inTab({ is: 'displaced', instead: [] }, 'gone')).toBe(true);
    expect(inTab({ is: 'displaced', instead: [] }, 'booked')).toBe(false);
    expect(inTab({ is: 'cancelled', reason: '', instead: [] }, 'booked')).toBe(true);
  });
  it('answers in one line', () => {
    expect(answersWords(answers)).toBe('会晕车吗：会');
    expect(answersWords([{ question: '别的', answer: '会晕车，\n请安排前排' }])).toBe('会晕车， 请安排前排');
    expect(answersWords([])).toBe('');
  });
  it('children of the same guardian', () => {
    const [one, other] = [deskBooking(1), { ...deskBooking(2), guardian: deskBooking(1).guardian }] as [DeskBooking, DeskBooking];
    expect(siblingsOf(one, [one, other, deskBooking(3)])).toEqual(other.children);
  });
});

describe('an event is changed', () => {
  beforeEach(() => core.drafts.clear());
  it('from its desk, and the button says how many are told', async () => {
    await open('desk');
    await click('改活动');
    expect(route.here).toEqual({ screen: 'plan', params: { id: CHANGED } });
    await settle(400);
    expect(button('保存修改')?.disabled).toBe(true);
    expect(all()).toContain('名额在报名台上改');
    expect(all()).toContain('已有人报名，不能再改');
    await type('二楼多功能厅', field('写清地点'));
    expect(side()).toContain('二楼多功能厅');
    await settle(400);
    expect(core.drafts.get(`event.change/${CHANGED}`)).toContain('二楼多功能厅');
    const told = /(\d+) 家会收到提醒/.exec(side())?.[1];
    await click(`保存修改，告诉 ${told} 家`);
    expect(sent<EventChange>('event.change')).toMatchObject({ event: CHANGED, version: 3, plan: { venue: '二楼多功能厅' } });
    expect(core.drafts.get(`event.change/${CHANGED}`)).toBe('');
    expect(route.screen).toBe('desk');
  });
  it('not over the head of somebody who was faster', async () => {
    core.drafts.set(`event.change/${CHANGED}`, JSON.stringify({ ...planOf(desk().event), version: 2, title: '旧标题' }));
    await open('plan');
    expect(all()).toContain('这个活动刚刚被别人改过');
    expect(button('保存修改')?.disabled).toBe(true);
    await click('换成现在的内容');
    expect(all()).not.toContain('这个活动刚刚被别人改过');
    expect(core.asked.some(({ ask }) => ask === 'event.change')).toBe(false);
  });
  it('follows what stands while nothing was written', async () => {
    await open('plan');
    const later = desk();
    core.answers['event.desk'] = { ...later, event: { ...later.event, version: 4, line: { ...later.event.line, title: '新标题' } } };
    await hear('changed', ['event']);
    expect(field('标题').value).toBe('新标题');
    expect(all()).not.toContain('刚刚被别人改过');
  });
  it('can be read and used by anybody', async () => {
    await open('plan');
    await clean();
  });
  it('and shows beside the form whom each session is for', async () => {
    await open('plan');
    expect(side()).toContain('只限 东校区二年级');
    expect(side()).not.toContain('只给第一次来的');
    await click(box('只给第一次来的孩子'));
    expect(side()).toContain('第 1 场，对象');
    expect(words([...document.querySelectorAll('aside .lines li')][0])).toContain('只给第一次来的');
    await click('保存修改');
    expect(sent<EventChange>('event.change')!.plan.sessions.map(({ first_timers }) => first_timers)).toEqual([true, false, false]);
  });
  it('as a new one asks what is to be asked', async () => {
    await open('plan', {});
    await type('重庆科技馆研学', field('标题'));
    await click('加一个问题');
    expect(all()).not.toContain('文件');
    await type('会晕车吗', document.querySelector<HTMLInputElement>('[data-row]')!);
    await type('2', field('每个孩子最多报几场'));
    await click('发布');
    expect(sent<EventPublish>('event.publish')).toMatchObject({ child_limit: 2, questions: [{ label: '会晕车吗', value: { is: 'text' }, required: true }] });
  });
});

describe('fewer seats', () => {
  const reduce = async (to: string) => {
    await open('desk', { id: 'event-0000' });
    await click('改名额');
    await type(to, document.querySelector<HTMLInputElement>('.edit input')!);
    await click('改为这个数');
  };
  it('name whom it costs one, want a reason, and say how many are told', async () => {
    await reduce('24');
    expect(words(dialog())).toContain('回到候补最前面，3 家');
    expect(words(dialog())).toContain('不能再候补，1 家');
    expect(sent('event.capacity')).toBeUndefined();
    await click('减到 24 个，告诉 4 家');
    expect(sent('event.capacity')).toBeUndefined();
    await type(' 体育馆检修 ', field('为什么减少', dialog()));
    await click('减到 24 个，告诉 4 家');
    expect(sent<EventCapacity>('event.capacity')).toEqual({ session: 'session-0000', capacity: 24, cut: { reason: '体育馆检修', families: 4 } });
    expect(document.querySelector('dialog')).toBeNull();
    expect(document.querySelector('.edit')).toBeNull();
  });
  it('are sent at once where they cost nobody anything', async () => {
    await reduce('40');
    expect(document.querySelector('dialog')).toBeNull();
    expect(sent<EventCapacity>('event.capacity')).toEqual({ session: 'session-0000', capacity: 40, cut: null });
  });
  it('are looked at again where the list changed meanwhile', async () => {
    core.faults['event.capacity'] = { fault: 'refused', refusal: { code: 'audience-changed', seen: 4, now: 5 } };
    await reduce('24');
    await type('检修', field('为什么减少', dialog()));
    const before = allSent('event.losing').length;
    await click('减到 24 个，告诉 4 家');
    expect(allSent('event.losing').length).toBe(before + 1);
    expect(words(dialog())).toContain('名单刚刚有变化');
    await clean();
  });
  it('can be just as few as cost nobody anything', async () => {
    await open('desk', { id: 'event-0000' });
    await click(document.querySelector<HTMLElement>('.sessions button:nth-child(2)'));
    await click('改名额');
    await type('24', document.querySelector<HTMLInputElement>('.edit input')!);
    await click('改为这个数');
    await click('改成 58 个，不影响任何家庭');
    expect(sent<EventCapacity>('event.capacity')).toEqual({ session: 'session-0001', capacity: 58, cut: null });
  });
});

describe('one session', () => {
  it('says at the desk whom it is for', async () => {
    const { event, bookings } = desk();
    core.answers['event.desk'] = { event: { ...event, line: { ...event.line, sessions: event.line.sessions.map((one) => ({ ...one, first_timers: one.id === 'session-0001' })) } }, bookings };
    await open('desk');
    expect(words(document.querySelector('.line'))).not.toContain('只给第一次来的');
    await click(document.querySelector<HTMLElement>('.sessions button:nth-child(2)'));
    expect(words(document.querySelector('.line'))).toMatch(/只限 .+ 只给第一次来的/);
  });
  it('is called off with a reason, and its families are counted', async () => {
    await open('desk');
    await click('取消这一场');
    expect(words(dialog())).toMatch(/\d+ 家会看到这一场已取消和原因/);
    const [cancel] = [...dialog().querySelectorAll('button')].filter((one) => words(one).startsWith('取消这一场'));
    await click(cancel);
    expect(sent('event.cancel-session')).toBeUndefined();
    await type('老师外出', field('为什么取消', dialog()));
    await click(cancel);
    expect(sent('event.cancel-session')).toEqual({ session: 'session-0000', reason: '老师外出' });
  });
  it('that was called off stays, with its families, and cannot be changed', async () => {
    await open('desk');
    await click(document.querySelector<HTMLElement>('.sessions button:last-child'));
    expect(all()).toContain('已取消：主讲的老师当天外出');
    expect(button('改名额')).toBeUndefined();
    expect(button('取消这一场')).toBeUndefined();
    expect(all()).toContain('这一场已取消');
    await clean();
  });
});

describe('a booking at the desk', () => {
  it('shows what was answered, and is changed for the family', async () => {
    await open('desk');
    const row = document.querySelector<HTMLElement>('[data-index="0"]')!;
    expect(words(row)).toContain('孩子会晕车吗：不会');
    await click(row);
    expect(words(dialog().querySelector('dl'))).toContain('不会');
    await click('改人数');
    expect(button('保存修改', dialog())?.disabled).toBe(true);
    await click(box('会', dialog()));
    await type('妈妈来电', field('备注', dialog()));
    await click(button('保存修改', dialog()));
    const { id, guardian, children, adults } = desk().bookings[0]!;
    expect(sent('event.change-booking')).toEqual({ booking: id, children: children.map((child) => child.id), adults, answers: ['会', ''], wishes: [], on_behalf_of: { person: guardian.id, note: '妈妈来电' } });
  });
  it('says why it holds no seats any more', async () => {
    await open('desk');
    await click(document.querySelector<HTMLElement>('.sessions button:nth-child(2)'));
    await click(document.querySelector<HTMLElement>('[role=tab]:nth-child(2)'));
    await click(document.querySelector<HTMLElement>('[data-index="0"]'));
    expect(words(dialog())).toContain('名额减少： 体育馆当天要检修');
    await clean();
  });
});

describe('what this computer wants changed and the school has not said yet', () => {
  it('stands over the desk until it has', async () => {
    const waits = desk();
    core.answers['event.desk'] = { ...waits, event: { ...waits.event, pending: { act: 'set-capacity', state: { is: 'saved' }, party: null } } };
    await open('desk');
    const line = [...document.querySelectorAll('[role=status]')].map(words).find((text) => text.startsWith('改名额'));
    expect(line).toContain('联网后自动提交');
    core.answers['event.desk'] = waits;
    hear('changed', ['event']);
    await settle(80);
    expect([...document.querySelectorAll('[role=status]')].map(words).some((text) => text.startsWith('改名额'))).toBe(false);
  });
});
