// Programme tags, a past event held again, themes, and sessions that repeat.
import { beforeEach, describe, expect, it } from 'vitest';
import type { EventPublish, ThemePlan, ThemePut } from '../src/lib/bindings';
import { all, box, button, click, core, open as openAs, sent, settle, type, words } from './window';
import { openedOf } from './look/things';
import { plannedOn, themeDraft } from './look/themes';
import { museumTrip } from './look/trips';

const { route } = await import('../src/lib/route.svelte');
const { knownTags, tagError, withTag } = await import('../src/screens/event/tags');
const { repeatedSessions, weeklyRule } = await import('../src/screens/event/repeating');
const { toPublish } = await import('../src/screens/event/plan');
const { planFrom } = await import('../src/screens/event/theme/start');
const { themeErrors, tidyTheme } = await import('../src/screens/event/theme/keeping');
const { postFrom } = await import('../src/screens/event/theme/posting');

const ZONE = 'Asia/Shanghai';
const field = (name: string, within: ParentNode = document) =>
  [...within.querySelectorAll('label')].find((label) => words(label).startsWith(name))!.closest('.field')!.querySelector<HTMLInputElement>('input, textarea')!;
const chips = () => [...field('项目标签').closest('.field')!.parentElement!.querySelectorAll('li span')].map(words).filter(Boolean);
const dialog = () => document.querySelector('dialog')!;
const press = async (input: HTMLElement, key: string) => {
  input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settle();
};
const open = (screen: 'desk' | 'plan' | 'events', params: object = {}) => openAs('coordinator', screen, params);

describe('programme tags', () => {
  it('are kept in one form and each once', () => {
    expect(withTag(['六大工程'], '  六大工程 ')).toEqual(['六大工程']);
    expect(withTag(['Caf\u00e9'], 'Cafe\u0301')).toEqual(['Caf\u00e9']);
    expect(withTag([], '   ')).toEqual([]);
  });
  it('say why one more cannot be', () => {
    expect(tagError('字'.repeat(31), [])).toBe('标签最多 30 个字。');
    expect(tagError('字'.repeat(30), [])).toBeUndefined();
    const eight = Array.from({ length: 8 }, (_, n) => `标签${n}`);
    expect(tagError('第九个', eight)).toBe('最多 8 个标签。');
    expect(tagError('标签3', eight)).toBeUndefined();
  });
  it('are offered from what the school used, the most used first', () => {
    expect(knownTags([{ tags: ['五项创新'] }, { tags: ['六大工程', '五项创新'] }, { tags: [] }])).toEqual(['五项创新', '六大工程']);
  });
  it('are entered by Enter, taken back by Backspace, and published', async () => {
    await open('plan');
    const input = field('项目标签');
    await type('六大工程', input);
    await press(input, 'Enter');
    await type('五项创新', field('项目标签'));
    await press(field('项目标签'), 'Enter');
    expect(input.value).toBe('');
    expect(chips()).toEqual(['六大工程', '五项创新']);
    await press(field('项目标签'), 'Backspace');
    expect(chips()).toEqual(['六大工程']);
    await type('开放日', field('标题'));
    await settle();
    await click(button('发布，'));
    expect(sent<EventPublish>('event.publish')?.tags).toEqual(['六大工程']);
  });
});

describe('the colour of an event', () => {
  it('is chosen by name, and published', async () => {
    await open('plan');
    await click(box('梅紫'));
    await type('开放日', field('标题'));
    await settle();
    await click(button('发布，'));
    expect(sent<EventPublish>('event.publish')?.look).toBe('plum');
  });
});

describe('sessions that repeat', () => {
  const first = { name: '第 1 场', starts: `2026-12-02T15:30:00+08:00[${ZONE}]`, ends: `2026-12-02T16:20:00+08:00[${ZONE}]`, capacity: '30', eligible: ['g3'], firstTimers: true };
  it('follow a rule of RFC 5545, in the order of the week', () => {
    expect(weeklyRule(['FR', 'WE'], 8)).toBe('FREQ=WEEKLY;BYDAY=WE,FR;COUNT=8');
  });
  it('keep wall time, length, seats and whom they are for, and are numbered on', () => {
    const times = [first.starts, `2026-12-09T15:30:00+08:00[${ZONE}]`];
    expect(repeatedSessions([first], times)).toEqual([{ ...first, name: '第 2 场', starts: times[1], ends: '2026-12-09T16:20:00+08:00[Asia/Shanghai]', heldIn: null, holds: [] }]);
  });
  it('keep seats for the same families, until as long before each', () => {
    const kept = { ...first, holds: [{ id: 'hold-1', of: 'siblings' as const, places: [], seats: '6', until: `2026-11-30T12:00:00+08:00[${ZONE}]` }] };
    const [next] = repeatedSessions([kept], [`2026-12-09T15:30:00+08:00[${ZONE}]`]);
    // A hold of its own: the id is the first one's.
    expect(next?.holds).toEqual([{ of: 'siblings', places: [], seats: '6', until: `2026-12-07T12:00:00+08:00[${ZONE}]` }]);
  });
  it('end at the same time of day where the clocks change between', () => {
    const berlin = { ...first, starts: '2026-10-21T15:30:00+02:00[Europe/Berlin]', ends: '2026-10-21T17:00:00+02:00[Europe/Berlin]' };
    expect(repeatedSessions([berlin], ['2026-10-28T15:30:00+01:00[Europe/Berlin]'])[0]?.ends).toBe('2026-10-28T17:00:00+01:00[Europe/Berlin]');
  });
  it('ask the core for the times of the rule, and add them to the form', async () => {
    core.answers['series.times'] = { times: ['2026-12-14T09:30:00+08:00[Asia/Shanghai]', '2026-12-21T09:30:00+08:00[Asia/Shanghai]'], left_out: [], on_holidays: [], not_announced: null, too_many: false };
    await open('plan');
    await click(button('按周重复'));
    await type('3', field('连最后一场'));
    await settle(400);
    expect(sent<{ rule: string; skip_holidays: boolean }>('series.times')).toMatchObject({ rule: expect.stringMatching(/^FREQ=WEEKLY;BYDAY=..;COUNT=3$/), skip_holidays: true });
    await click(button('加上 2 场'));
    expect(words(button('发布，'))).toContain('3 场');
  });
  it('are no more than an event can have, and say so', async () => {
    await open('plan');
    await click(button('按周重复'));
    await type('41', field('连最后一场'));
    await settle();
    expect(all()).toContain('请填 2 到 40 的整数。');
    expect(button('加上 0 场')?.disabled).toBe(true);
  });
});

describe('a past event held again', () => {
  it('comes back from the form as the core planned it', () => {
    const plan = plannedOn('campus', '2027-04-15', { 书名: '草房子' });
    const again = toPublish(planFrom(plan, ZONE));
    expect(again).toEqual({ ...plan, draw: null });
  });
  it('opens its own form from the desk, and says who could not come along', async () => {
    await open('desk', { id: 'event-0000' });
    await click(button('再办一次'));
    await settle(400);
    expect(route.screen).toBe('plan');
    expect(sent('event.copy')).toEqual({ event: 'event-0000' });
    expect(field('标题').value).toBe('菁菁读书堂：《城南旧事》共读');
    expect(all()).toContain('整体后移 52 周');
    expect(all()).toContain('现在没有对应的班了');
    // Where it went comes along, and can be left out; the partner is in the directory no more.
    expect(all()).toContain('外出：学校东门 → 重庆科技馆');
    expect(all()).toContain('合作单位已不在名录里');
    expect(toPublish(planFrom({ ...plannedOn('p', '2027-11-25', {}), trip: museumTrip, partner: 'partner-0001' }, ZONE))).toMatchObject({ trip: museumTrip, partner: 'partner-0001' });
    await click(button('不作为外出活动'));
    expect(all()).not.toContain('外出：学校东门');
    await type('菁菁读书堂：《草房子》共读', field('标题'));
    await settle(400);
    // Nothing that was written for another event is overwritten.
    expect([...core.drafts.keys()]).toEqual(['event.plan/copy/event-0000']);
  });
});

describe('themes', () => {
  it('are begun from a day, with every gap filled', async () => {
    await open('events');
    await click(button('从主题新建'));
    await click(button('用这个', [...dialog().querySelectorAll('li')][1]!));
    await click(button('按主题填好', dialog()));
    expect(sent('theme.plan')).toBeUndefined();
    expect(words(dialog())).toContain('这一项还没有填');
    await type('草房子', field('书名', dialog()));
    await click(button('按主题填好', dialog()));
    await settle(400);
    expect(sent<ThemePlan>('theme.plan')).toMatchObject({ theme: 'theme-0001', values: { 书名: '草房子' } });
    expect(route.screen).toBe('plan');
    expect(field('标题').value).toBe('菁菁读书堂：《草房子》共读');
    await click(button('发布，'));
    expect(sent<EventPublish>('event.publish')?.theme).toBe('theme-0001');
  });
  it('are kept from the desk, in place of the one of that name', async () => {
    await open('desk', { id: 'event-0000' });
    await click(button('存为主题'));
    await settle(400);
    expect(words(dialog())).toContain('已有一个同名的主题');
    await type('春季开放日', field('主题名称', dialog()));
    await click(button('存下', dialog()));
    const put = sent<ThemePut>('theme.put');
    expect(put?.theme).toBeNull();
    expect(put?.draft).toEqual({ ...themeDraft(0), name: '春季开放日' });
  });
  it('say what is wrong with a post, a title, a survey', () => {
    const draft = themeDraft(0);
    expect(themeErrors(draft)).toEqual({});
    expect(themeErrors({ ...draft, name: ' ' }).name).toBeDefined();
    expect(themeErrors({ ...draft, event: { ...draft.event, title: '' } }).title).toBeDefined();
    for (const wrong of [{ needed: 0 }, { needed: -1 }, { before_min: 361 }, { title: ' ' }]) expect(themeErrors({ ...draft, posts: [{ ...draft.posts[0]!, ...wrong }] }).posts).toBeDefined();
    const blank = { label: '', value: { is: 'text' as const }, required: false };
    expect(tidyTheme({ ...draft, name: ' a ', survey: [...draft.survey, blank] })).toEqual({ ...draft, name: 'a' });
  });
  it('make a shift of each session that takes place, around it', () => {
    const opened = openedOf({ role: 'coordinator', size: 'some' }, false);
    const [one, ...rest] = opened.line.sessions;
    const line = { ...opened.line, sessions: [{ ...one!, cancelled: '停电' }, ...rest] };
    const plan = postFrom(themeDraft(0).posts[0]!, { line });
    expect(plan.shifts).toHaveLength(rest.length);
    const [shift] = plan.shifts;
    const minutes = (a: string, b: string) => (Date.parse(b.slice(0, 25)) - Date.parse(a.slice(0, 25))) / 60_000;
    expect(minutes(shift!.starts, rest[0]!.starts)).toBe(30);
    expect(minutes(rest[0]!.ends, shift!.ends)).toBe(15);
    expect(shift!.needed).toBe('4');
  });
  it('offer at the desk what belongs to the event, each form filled', async () => {
    await open('desk', { id: 'event-0000' });
    await settle(400);
    expect(all()).toContain('按主题还要做');
    await click(button('排岗：开放日引导岗'));
    await settle(400);
    expect(route.screen).toBe('planShifts');
    expect(field('岗位').value).toBe('开放日引导岗');
    route.back();
    await settle(400);
    await click(button('发反馈问卷'));
    await settle(600);
    expect(route.screen).toBe('compose');
    expect([...document.querySelectorAll('input')].map(({ value }) => value)).toContain('这次开放日，您满意吗？');
  });
});

beforeEach(() => {
  core.drafts.clear();
});
