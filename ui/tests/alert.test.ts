// Alerts: the band on every screen, the roll-call, and how one is sounded.
import { describe, expect, it, vi } from 'vitest';
import type { Alert, NoticeSend, OutboxItem } from '../src/lib/bindings';
import { alarmOf, alarmsOf, alerts, marked, rollChild, rollOf } from './look/alerts';
import { ago, at, id, meOf, NOW, school as whole, ZONE, type Role, type School } from './look/people';
import { previewOf } from './look/things';
import { button, clean, click, close, core, hear, open as openAs, press, sent, settle, words } from './window';

const { route } = await import('../src/lib/route.svelte');
const { blankCall, callAfter, readCall, sendOf } = await import('../src/screens/alert/alarm');
const { byUrgency, countWords, inBand, isOver, saidWords, sortWords } = await import('../src/screens/alert/words');
const { aboutWords } = await import('../src/screens/outbox/words');
const { refusedWords } = await import('../src/screens/alert/refused');
const { openNotice } = await import('./look/notices');

const now = new Date(NOW);
const open = (role: Role, screen = 'today', params: object = {}, more: Partial<School> = { alert: 'actual' }) => openAs(role, screen, params, more);
const band = () => document.querySelector('section[aria-label="警报"]');

describe('in words', () => {
  const of = (more: Partial<Alert>) => ({ ...alerts.actual, ...more });
  it('an exercise never looks like the real thing', () => {
    expect(sortWords(alerts.actual)).toBe('警报');
    expect(sortWords(alerts.exercise)).toBe('演练');
    expect([of({ msg_type: 'cancel' }), { ...alerts.exercise, msg_type: 'cancel' as const }].map(sortWords)).toEqual(['警报解除', '演练结束']);
  });
  it('whoever says it is named; one’s own children are with oneself', () => {
    const said = marked(0, 'safe', { at: '2026-11-23T02:12:00Z' });
    expect(saidWords(said, ZONE, now, 'me')).toBe('在老师身边，张晓梅 10:12');
    expect(saidWords({ ...said, by_title: '', by_name: '刘芳' }, ZONE, now, 'me')).toBe('在身边，刘芳 10:12');
    expect(saidWords({ ...said, by: 'me', by_title: '' }, ZONE, now, 'me')).toBe('在您身边，10:12');
    expect(saidWords({ ...said, state: 'needs-help', note: '在医务室', at: '2026-11-22T02:12:00Z' }, ZONE, now, 'me')).toBe('需要帮助，张晓梅 昨天 10:12：在医务室');
  });
  it('counts whom nobody has heard of, and not who is away', () => {
    const count = { children: 42, safe: 36, needs_help: 1, picked_up: 1, unknown: 2 };
    expect(countWords(count)).toEqual(['已确认 38 / 40', '1 人需要帮助', '2 人还没有消息']);
    expect(countWords({ ...count, needs_help: 0, unknown: 0 })).toEqual(['已确认 37 / 37']);
  });
  it('puts first the class where somebody needs help, and keeps the school’s order within', () => {
    const of = (name: string, needs_help: number, unknown: number) => ({ name, count: { children: 9, safe: 0, picked_up: 0, needs_help, unknown } });
    expect(byUrgency([of('a', 0, 0), of('b', 0, 9), of('c', 1, 0), of('d', 0, 1)]).map(({ name }) => name)).toEqual(['c', 'b', 'd', 'a']);
  });
  it('is over after its time, without another answer of the core', () => {
    const ends = of({ expires: ago(1) });
    expect([isOver(ends, now), isOver(of({ expires: ago(-1) }), now), isOver({ ...ends, msg_type: 'cancel' }, now)]).toEqual([true, false, false]);
    const shown = inBand([{ alert: alerts.clear, at: ago(60 * 5) }, { alert: alerts.clear, at: ago(60 * 7) }, { alert: alerts.exercise, at: ago(1) }, { alert: ends, at: ago(9) }, { alert: alerts.actual, at: ago(2) }], now);
    expect(shown.map(({ at }) => at)).toEqual([ago(2), ago(1), ago(60 * 5)]);
  });
  it('says a conflict as what it is', () => {
    expect(refusedWords({ is: 'refused', refusal: { code: 'answered-already', by: '刘芳' } }, ZONE)).toContain('刘芳先记下了');
    expect(aboutWords({ act: 'mark-roll-call', title: '消防演练', children: ['李雨桐'], people: 0, text: '' })).toContain('点名：消防演练');
  });
});

describe('the band', () => {
  it('stands on every screen, above it, and is read out once', async () => {
    await open('parent', 'today');
    expect(words(band())).toContain('暴雨红色预警');
    expect(words(document.querySelector('[role=alert]'))).toContain('警报：暴雨红色预警，孩子留在教室。熊立新校长');
    for (const screen of ['notices', 'events', 'outbox'] as const) {
      route.start(screen);
      await settle();
      expect(words(band())).toContain('暴雨红色预警');
      expect(band()!.closest('main')).toBeNull();
    }
    const said = document.querySelector('[role=alert]')!.firstChild;
    await hear('changed', ['alert']);
    expect(document.querySelector('[role=alert]')!.firstChild).toBe(said);
    await clean();
  });
  it('is not there where nothing is on', async () => {
    await open('parent', 'today', {}, {});
    expect(words(band())).toBe('');
  });
  it('lets a guardian say where a child is, in one press', async () => {
    await open('parent');
    expect(words(band())).toContain('雨桐：在老师身边，张晓梅 10:21');
    expect(words(band())).toContain('雨辰：还没有消息');
    await click('我已接到');
    expect(sent('alert.mark')).toEqual({ incident: 'alert-actual', marks: [{ child: 'own-2', state: 'picked-up', note: '', replaces: 0 }] });
  });
  it('offers nothing to press to whoever may not say it', async () => {
    core.answers['alert.now'] = { alarms: [{ ...alarmOf({ role: 'parent', size: 1 }, 'actual'), children: [{ ...rollChild(0, true), may_mark: false, may_fetch: false }] }] };
    await open('parent');
    expect(words(band())).toContain('还没有消息');
    expect(button('我已接到')).toBeUndefined();
  });
  it('lets whoever may only fetch the child say that, and nothing else', async () => {
    core.answers['alert.now'] = { alarms: [{ ...alarmOf({ role: 'parent', size: 1 }, 'actual'), children: [{ ...rollChild(0, true), may_mark: false, may_fetch: true }] }] };
    await open('parent');
    expect(button('我已接到')).toBeDefined();
    expect(button('在我身边') ?? button('需要帮助')).toBeUndefined();
  });
  it('tells staff how far the roll-call has come, and leads there', async () => {
    await open('teacher');
    expect(words(band())).toMatch(/已确认 \d+ \/ \d+·?.*1 人需要帮助/);
    await click('点名：暴雨红色预警，孩子留在教室');
    expect(route.here).toEqual({ screen: 'alert', params: { incident: 'alert-actual' } });
  });
  it('says 演练 where it is one', async () => {
    await open('teacher', 'today', {}, { alert: 'exercise' });
    expect(words(band())).toMatch(/^演练：|演练/);
    expect(document.querySelector('article.actual')).toBeNull();
    expect(document.querySelector('article.exercise')).not.toBeNull();
  });
});

describe('the roll-call', () => {
  it.each(['teacher', 'parent', 'head'] as const)('is reached from the notice once the band is gone: %s', async (role) => {
    await open(role, 'notice', { id: 'alert-actual' }, { alert: undefined });
    expect(words(band())).toBe('');
    await click('点名');
    expect(route.here).toEqual({ screen: 'alert', params: { incident: 'alert-actual' } });
  });
  it('is not offered where there is none', async () => {
    core.answers['notice.open'] = { ...openNotice({ role: 'parent', size: 'some' }, 'alert-actual'), incident: null };
    await open('parent', 'notice', { id: 'alert-actual' }, { alert: undefined });
    expect(button('点名')).toBeUndefined();
  });
  const rows = () => [...document.querySelectorAll<HTMLElement>('[data-row]')];
  it('is called by keys, one child after the other', async () => {
    await open('teacher', 'alert', { incident: 'alert-actual' });
    expect(rows()).toHaveLength(40);
    await press('j');
    expect(document.activeElement).toBe(rows()[1]);
    for (const [key, state] of [['1', 'safe'], ['2', 'needs-help'], ['3', 'picked-up']] as const) {
      const child = rows().indexOf(document.activeElement as HTMLElement);
      await press(key);
      expect(sent('alert.mark')).toMatchObject({ marks: [{ child: id('child', child), state }] });
      await vi.advanceTimersByTimeAsync(50);
      expect(document.activeElement).toBe(rows()[child + 1]);
    }
  });
  it('marks the rest at once: who is away or known is left as it is', async () => {
    await open('teacher', 'alert', { incident: 'alert-actual' });
    const open_ = rollOf(core.school, null).children.filter(({ said, absent }) => !said && !absent);
    await press('a');
    const { marks } = sent<{ marks: { child: string; state: string }[] }>('alert.mark')!;
    expect(marks.map(({ child }) => child)).toEqual(open_.map(({ child }) => child.id));
    expect(new Set(marks.map(({ state }) => state))).toEqual(new Set(['safe']));
  });
  const saved = (n: number, state: OutboxItem['state'] = { is: 'saved' }): OutboxItem => ({ mutation: id('mutation', n), about: { act: 'mark-roll-call', title: '', children: [], people: 0, text: '' }, state, composed: ago(0), upload: null });
  it('takes all of them back by one press, while none has left', async () => {
    await open('teacher', 'alert', { incident: 'alert-actual' });
    const count = rollOf(core.school, null).children.filter(({ said, absent }) => !said && !absent).length;
    core.answers['alert.mark'] = { mutation: id('mutation', count - 1) };
    core.answers['outbox.list'] = { items: Array.from({ length: count }, (_, n) => saved(n)) };
    await press('a');
    await click('撤销');
    expect(core.asked.filter((one) => one.ask === 'outbox.take-back').map((one) => (one.with as { mutation: string }).mutation)).toEqual(Array.from({ length: count }, (_, n) => id('mutation', count - 1 - n)));
  });
  it('says so where it is too late, and takes nothing back by halves', async () => {
    await open('teacher', 'alert', { incident: 'alert-actual' });
    core.answers['alert.mark'] = { mutation: id('mutation', 1) };
    core.answers['outbox.list'] = { items: [saved(0, { is: 'sent' }), saved(1)] };
    await press('a');
    await click('撤销');
    expect(sent('outbox.take-back')).toBeUndefined();
    expect(words(document.body)).toContain('已经送到学校，不能撤销');
  });
  it('names the version it replaces, and says in words who was first', async () => {
    await open('teacher', 'alert', { incident: 'alert-actual' });
    await click('需要帮助：李雨桐');
    expect(sent('alert.mark')).toMatchObject({ marks: [{ child: 'child-0000', state: 'needs-help', replaces: 1 }] });
    expect(words(rows()[17])).toContain('刘芳先记下了，和您的不一样');
    expect(words(rows()[2])).toContain('已保存在本机');
  });
  it('takes a short note for who needs help', async () => {
    await open('teacher', 'alert', { incident: 'alert-actual' });
    const field = rows()[5]!.querySelector('input')!;
    field.value = '校医来了';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    rows()[5]!.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settle();
    expect(sent('alert.mark')).toMatchObject({ marks: [{ child: 'child-0005', state: 'needs-help', note: '校医来了' }] });
  });
  it('shows a head all classes, the most urgent first, and opens the one that is chosen', async () => {
    await open('head', 'alert', { incident: 'alert-actual' });
    const classes = [...document.querySelectorAll<HTMLElement>('main nav li button')];
    expect(classes).toHaveLength(48);
    expect(words(classes[0])).toContain('1 人需要帮助');
    classes[3]!.click();
    await settle();
    expect(sent<{ class: string }>('alert.roll')?.class).not.toBe('class-0011');
    expect(button('解除警报')).toBeDefined();
  });
  it('has nothing to mend for those who hear or type it', async () => {
    await open('head', 'alert', { incident: 'alert-actual' }, { alert: 'actual', size: 1 });
    await clean();
  });
  it('stays in the class that is open, also when nothing is left in it', async () => {
    await open('teacher', 'alert', { incident: 'alert-actual' });
    await hear('changed', ['alert']);
    expect(sent<{ class: string }>('alert.roll')?.class).toBe('class-0011');
  });
});

describe('sounding one', () => {
  const toSchool = [{ is: 'place' as const, place: whole, except: false }];
  const draft = (more: object) => JSON.stringify({ ...blankCall(), audience: toSchool, title: '暴雨', body: '留在教室', ...more });
  it('is offered to heads alone', async () => {
    await open('teacher', 'notices', {}, {});
    expect(button('发警报')).toBeUndefined();
    await close();
    await open('head', 'notices', {}, {});
    await click('发警报');
    expect(route.screen).toBe('alarm');
  });
  it('does not go before somebody has said whether it is real', async () => {
    core.drafts.set('alert.compose', draft({}));
    await open('head', 'alarm', {}, {});
    expect(button('先选真实还是演练')?.disabled).toBe(true);
    expect([...document.querySelectorAll<HTMLInputElement>('input[type=radio]')].slice(0, 2).map(({ checked }) => checked)).toEqual([false, false]);
    document.querySelector<HTMLInputElement>('input[value=exercise]')!.click();
    await settle(400);
    await click('立即向 42 家发出演练通知');
    expect(sent<NoticeSend>('notice.send')).toMatchObject({ families_seen: 42, send_at: null, audience: { include: [{ kind: 'place', id: 'school' }], except: [] }, alert: { status: 'exercise', msg_type: 'alert', urgency: 'immediate', severity: 'severe', certainty: 'observed', roll_call: true, expires: null } });
    expect(core.drafts.get('alert.compose')).toBe('');
  });
  it('waits for nobody: neither for the night nor for a second head', async () => {
    core.answers['notice.preview'] = { ...previewOf('some'), quiet_until: at(1, '06:30'), approvers: [] };
    core.drafts.set('alert.compose', draft({ status: 'actual' }));
    await open('head', 'alarm', {}, {});
    expect(button('立即向 42 家发出警报')?.disabled).toBe(false);
    expect(words(document.body)).not.toContain('那时学校在静音时段');
  });
  it('says that it cannot leave where the school is out of reach', async () => {
    core.answers['notice.preview'] = { ...previewOf('some'), as_of: ago(30) };
    core.drafts.set('alert.compose', draft({ status: 'actual' }));
    await open('head', 'alarm', {}, {});
    expect(words(document.querySelector('.dock'))).toContain('请先用广播和电话通知');
    await click('立即向 42 家发出警报');
    expect(words(document.body)).toContain('已保存在本机，联网后立即发出');
  });
  it('does not lose what was written where it could not be sent', async () => {
    core.faults['notice.send'] = { fault: 'disk-full' };
    core.drafts.set('alert.compose', draft({ status: 'actual' }));
    await open('head', 'alarm', {}, {});
    await click('立即向 42 家发出警报');
    expect(document.querySelector<HTMLInputElement>('.fields-of input:not([type=radio]):not(.combobox-input)')?.value).toBe('暴雨');
    expect(words(document.querySelector('.trouble'))).not.toBe('');
  });
  it('gives the all-clear to the same places in one press', async () => {
    await open('head', 'alarm', { follows: 'alert-actual', kind: 'cancel' });
    await click('立即告诉 42 家警报解除');
    expect(sent<NoticeSend>('notice.send')).toMatchObject({ supersedes: 'alert-actual', title: '解除：暴雨红色预警，孩子留在教室', ask: { is: 'nothing' }, audience: { include: [{ kind: 'place', id: 'school' }], except: [] }, alert: { status: 'actual', msg_type: 'cancel', roll_call: false, expires: null } });
    expect(sent<NoticeSend>('notice.send')!.body).toContain('恢复正常');
  });
  it('follows what stands now: an update may have come meanwhile', async () => {
    const opened = openNotice({ role: 'head', size: 'some' }, 'alert-actual');
    core.answers['notice.open'] = opened;
    const old = { ...opened, line: { ...opened.line, id: 'old', state: { is: 'superseded' as const, by: 'alert-actual', at: ago(1) } } };
    let first = true;
    Object.defineProperty(core.answers, 'notice.open', { configurable: true, enumerable: true, get: () => (first ? ((first = false), old) : opened) });
    await open('head', 'alarm', { follows: 'old', kind: 'update' });
    await click('立即向 42 家发出警报');
    expect(sent<NoticeSend>('notice.send')).toMatchObject({ supersedes: 'alert-actual', alert: { msg_type: 'update', roll_call: true } });
  });
  it('begins an all-clear that fits, and reads an older draft as none', () => {
    const opened = openNotice({ role: 'head', size: 'some' }, 'alert-actual');
    const long = { ...opened, line: { ...opened.line, title: '长'.repeat(80) } };
    expect([...callAfter(long, alerts.exercise, 'cancel').title]).toHaveLength(80);
    expect(callAfter(opened, alerts.exercise, 'cancel').title).toContain('演练结束');
    expect(readCall('{"title":1}')).toBeUndefined();
    expect(readCall(JSON.stringify({ audience: [], title: '暴雨' }))).toEqual({ ...blankCall(), title: '暴雨' });
    expect(sendOf({ ...blankCall(), status: 'actual', expires: at(1, '08:00') }, 1).alert?.expires).toBe(at(1, '08:00'));
  });
});

it('marks alerts in the list of notices', async () => {
  await open('head', 'notices');
  const list = words(document.querySelector('[role=grid]'));
  for (const word of ['警报', '演练', '警报解除', '等待审核', '没有同意']) expect(list).toContain(word);
  expect(alarmsOf({ role: 'head', size: 'some', alert: 'two' }).alarms).toHaveLength(2);
  expect(meOf({ role: 'head', size: 'some' }).hats[0]?.kind).toBe('head');
});
