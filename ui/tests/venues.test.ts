// Venues: kept by the desk, chosen in a plan, read by families.
import { describe, expect, it } from 'vitest';
import type { EventPublish, VenuePut, VenueView } from '../src/lib/bindings';
import { all, button, click, core, open as openAs, sent, settle, type, words } from './window';
import { hall, pond, venuesOf } from './look/venues';
import { openedOf } from './look/things';

const { draftOf, formOf, venueErrors } = await import('../src/screens/venue/venues');
const { freshPlan, toPublish } = await import('../src/screens/event/plan');
const { fitsOf, misfitsOf } = await import('../src/screens/event/fitting');
const { changesOf, planOf } = await import('../src/screens/event/changing');
const { refusalSentence } = await import('../src/lib/refusals');
const { whereToGo, whereWords } = await import('../src/screens/event/words');

const ZONE = 'Asia/Shanghai';
const at = (time: string) => `2026-12-10T${time}:00+08:00[${ZONE}]`;
const coordinator = { role: 'coordinator', size: 'some' } as Parameters<typeof venuesOf>[0];
const dialog = () => document.querySelector('dialog')!;
const field = (name: string, within: ParentNode = document) =>
  [...within.querySelectorAll('label')].find((label) => words(label).startsWith(name))!.closest('.field')!.querySelector<HTMLInputElement>('input')!;
const row = (name: string) => document.querySelector<HTMLElement>(`article[aria-label="${name}"]`)!;
const press = (name: string, within: ParentNode = document) => click([...within.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? words(one)).startsWith(name)));

describe('the list of venues', () => {
  it('says what each takes, how it was called and what is on there', async () => {
    await openAs('coordinator', 'venues', {});
    expect(words(row('新美书画廊'))).toContain('可容 60 人');
    expect(words(row('新美书画廊'))).toContain('名额 66 个，超过可容的 60 人');
    expect(words(row('校史馆'))).toContain('原名 校史陈列室');
    expect(words(row('队史廊'))).toContain('接下来没有安排');
  });
  it('shows three sessions, and the others when asked', async () => {
    core.answers['venue.list'] = venuesOf({ ...coordinator, size: 'many' });
    await openAs('coordinator', 'venues', {});
    const first = row('七彩风车池');
    expect(first.querySelectorAll('li').length).toBe(3);
    await press('还有 21 场', first);
    expect(row('七彩风车池').querySelectorAll('li').length).toBe(24);
  });
  it('is empty at first, and says what it is for', async () => {
    core.answers['venue.list'] = { ...venuesOf(coordinator), venues: [] };
    await openAs('coordinator', 'venues', {});
    expect(all()).toContain('还没有场地');
    expect(all()).toContain('超出容量会先提醒');
  });
  it('lets nobody else change anything', async () => {
    core.answers['venue.list'] = venuesOf({ ...coordinator, role: 'teacher' });
    await openAs('teacher', 'venues', {});
    expect(button('添加场地')).toBeUndefined();
    expect(row('校史馆').querySelector('.acts')).toBeNull();
  });
});

describe('a venue', () => {
  it('is added, with what is missing marked first', async () => {
    await openAs('coordinator', 'venues', {});
    await click(button('添加场地'));
    await press('存下', dialog());
    expect(words(dialog())).toContain('请写场地的名称。');
    expect(words(dialog())).toContain('请填 1 到 20000 的整数。');
    await type(' 信仰大课堂 ', field('名称', dialog()));
    await type('120', field('可容多少人', dialog()));
    await press('存下', dialog());
    await settle();
    expect(sent<VenuePut>('venue.put')).toMatchObject({ venue: null, draft: { name: '信仰大课堂', capacity: 120, location: '', note: '' } });
    expect(document.querySelector('dialog')).toBeNull();
  });
  it('made smaller names the sessions that have more seats, before it is saved', async () => {
    await openAs('coordinator', 'venues', {});
    await press('修改场地', row('新美书画廊'));
    await type('40', field('可容多少人', dialog()));
    await settle(400);
    expect(words(dialog())).toContain('有 1 场的名额会超过 40 人。已报名的家庭都不受影响');
    await type('80', field('可容多少人', dialog()));
    await settle(400);
    expect(words(dialog())).not.toContain('会超过');
  });
  it('that gets another name leaves what was published as it is, and says so', async () => {
    await openAs('coordinator', 'venues', {});
    await press('修改场地', row('新美书画廊'));
    await type('书画廊', field('名称', dialog()));
    await settle();
    expect(words(dialog())).toContain('已发布的活动仍写“新美书画廊”');
  });
  it('is used no more by one press that says what is still to come, and again by another', async () => {
    await openAs('coordinator', 'venues', {});
    await press('停用场地', row('新美书画廊'));
    expect(words(dialog())).toContain('之后还有 3 场在这里，照常进行');
    await press('停用', dialog().querySelector('footer')!);
    await settle();
    expect(sent('venue.drop')).toEqual({ venue: hall.id });
    await click(button('撤销'));
    await settle();
    expect(sent<VenuePut>('venue.put')).toMatchObject({ venue: hall.id, draft: { name: '新美书画廊', capacity: 60 } });
  });
  it('is sent as it reads, without blanks around it', () => {
    const [one] = venuesOf(coordinator).venues as [VenueView];
    expect(draftOf(formOf(one, ''))).toEqual(one.draft);
    expect(venueErrors({ ...formOf(undefined, 'p'), name: ' ', capacity: '1.5' })).toEqual({ name: '请写场地的名称。', capacity: '请填 1 到 20000 的整数。' });
  });
});

describe('a plan', () => {
  const session = (name: string, from: string, capacity: string, heldIn: string | null = null) => ({ name, starts: at(from), ends: at('18:00'), capacity, heldIn });
  const plan = { ...freshPlan(ZONE, 'p'), title: '巡展', venue: '东门外', heldIn: hall.id as string | null, sessions: [session('二', '10:00', '80'), session('一', '09:00', '30', pond.id)] };
  it('names a venue instead of words, and a session one of its own', () => {
    const { venue, held_in, sessions } = toPublish(plan);
    expect({ venue, held_in, own: sessions.map((one) => one.held_in) }).toEqual({ venue: '', held_in: hall.id, own: [pond.id, null] });
    expect(toPublish({ ...plan, heldIn: null }).venue).toBe('东门外');
    // A draft of an older window names none.
    const { heldIn: _, ...older } = plan;
    expect(toPublish(older)).toMatchObject({ venue: '东门外', held_in: null });
  });
  it('is asked about only once it names a venue and all its times', () => {
    expect(fitsOf({ ...plan, title: '' })?.plan.held_in).toBe(hall.id);
    expect(fitsOf({ ...plan, heldIn: null, sessions: plan.sessions.map((one) => ({ ...one, heldIn: null })) })).toBeNull();
    expect(fitsOf({ ...plan, sessions: [{ ...plan.sessions[0]!, starts: '' }] })).toBeNull();
  });
  it('is told of the session that does not fit, in the order of the form', () => {
    const refusal = { code: 'venue-too-small', venue: hall.name, capacity: 60, seats: 80 } as const;
    expect(misfitsOf(plan, { troubles: [{ session: 1, refusal }] })).toEqual([refusal, undefined]);
    expect(misfitsOf(plan, undefined)).toEqual([]);
  });
  it('says so beside the session as it is typed', async () => {
    await openAs('coordinator', 'plan', {});
    const box = field('地点');
    box.focus();
    await type('书画廊', box);
    await settle();
    const option = [...document.querySelectorAll('[role=option]')].find((one) => words(one).startsWith('新美书画廊'));
    option!.dispatchEvent(new MouseEvent('pointerup', { bubbles: true, button: 0 }));
    await settle();
    expect(words(document.querySelector('main')!)).toContain('可容 60 人');
    await type('61', field('名额'));
    await settle(400);
    expect(words(document.querySelector('.misfit')!)).toBe('新美书画廊可容 60 人，名额不能是 61 个。请减少名额，或换一个场地。');
    await type('巡展', field('标题'));
    await type('60', field('名额'));
    await settle(400);
    expect(words(document.querySelector('.misfit')!)).toBe('');
    await click(button('发布，'));
    expect(sent<EventPublish>('event.publish')).toMatchObject({ venue: '', held_in: hall.id });
  });
  it('that changes tells who has a seat that it is elsewhere', () => {
    const opened = openedOf(coordinator, false);
    const changed = { ...planOf(opened), heldIn: pond.id };
    changed.sessions = changed.sessions.map((one) => ({ ...one, heldIn: null }));
    const said = changesOf(changed, opened, [], [], ZONE, new Date(at('08:00').slice(0, 25)), venuesOf(coordinator).venues);
    expect(said.map(({ what, was, now }) => [what, was, now])).toEqual([
      ['地点', '新美书画廊', '七彩风车池'],
      [expect.stringContaining('地点'), '七彩风车池', '和活动一样'],
    ]);
  });
});

describe('families', () => {
  it('read where to go, how to get there, and the session that is elsewhere', async () => {
    await openAs('parent', 'event', { id: 'event-0000' });
    expect(all()).toContain('三楼东侧');
    expect(all()).toContain('轮椅可到');
    expect(all()).toContain('地点：七彩风车池（');
  });
  it('read the name an event had and the one its venue has now', async () => {
    const opened = openedOf({ role: 'parent', size: 'some' } as typeof coordinator, false);
    core.answers['event.open'] = { ...opened, line: { ...opened.line, venue: '校史陈列室', held_in: { ...hall, name: '校史馆' } } };
    await openAs('parent', 'event', { id: 'event-0000' });
    expect(all()).toContain('校史陈列室');
    expect(all()).toContain('现名“校史馆”');
  });
  it('are sent to the session, not to its event', () => {
    const { line } = openedOf({ role: 'parent', size: 'some' } as typeof coordinator, false);
    const [first, , third] = line.sessions;
    expect(whereWords(line, third!)).toBe('七彩风车池');
    expect(whereToGo(line, third!)).toContain('七彩风车池');
    expect(whereWords(line, first!)).toBe('新美书画廊');
  });
});

describe('a refusal', () => {
  it('names the numbers, and the event that is there', () => {
    const taken = { code: 'venue-taken', venue: '新美书画廊', title: '书画展', starts: at('09:30'), left: 12, seats: 40 } as const;
    expect(refusalSentence(taken, ZONE)).toContain('新美书画廊还有“书画展”，只剩 12 人的地方，排不下 40 个名额');
    expect(refusalSentence({ ...taken, left: 0 }, ZONE)).toContain('新美书画廊已被“书画展”占满');
  });
});
