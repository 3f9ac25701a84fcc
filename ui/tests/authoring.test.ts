// What an author has beside a notice: the table as a file, how far it came, and templates.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NoticeSend, SeriesSend } from '../src/lib/bindings';
import { deliveryOf, templatesOf } from './look/authoring';
import { at, home, NOW, type School } from './look/people';
import { ask } from './look/school';

const core = vi.hoisted(() => ({ line: undefined as unknown, role: 'teacher' as unknown, faults: {} as Record<string, unknown>, drafts: new Map<string, string>(), asked: [] as { ask: string; with: unknown }[] }));
const school = () => ({ role: core.role, size: 'some', ...(core.line ? { line: core.line } : {}) }) as School;
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: Record<string, string> } }) => {
    core.asked.push(request);
    if (core.faults[request.ask]) throw core.faults[request.ask];
    if (request.ask === 'draft.get') return { body: core.drafts.get(request.with.key!) ?? '' };
    if (request.ask === 'draft.put') core.drafts.set(request.with.key!, request.with.body!);
    return ask(school(), request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');
const { blank, templateOf } = await import('../src/screens/notice/compose');
const { ruleOf, weekdayOf } = await import('../src/screens/notice/series/repeat');
const { groupOf } = await import('../src/screens/notice/delivery/ways');

let app: Record<string, unknown> | undefined;
const settle = async (ms = 60) => {
  for (let i = 0; i < 6; i++) {
    await vi.advanceTimersByTimeAsync(ms / 6);
    flushSync();
  }
};
const words = (element: Element | null | undefined) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const all = () => words(document.body);
const dialog = () => document.querySelector('dialog')!;
const button = (name: string, within: ParentNode = document) => [...within.querySelectorAll('button')].find((one) => words(one) === name);
const sent = <T>(name: string) => core.asked.findLast((one) => one.ask === name)?.with as T | undefined;
async function click(element: HTMLElement | undefined | null) {
  element!.click();
  await settle();
}
async function type(input: HTMLInputElement, text: string) {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}
async function open(screen: string, params: object = {}) {
  history.replaceState(null, '', `?${new URLSearchParams({ screen, with: JSON.stringify(params) })}`);
  route.start('today');
  app = mount(App, { target: document.body });
  await settle(400);
  route.go(screen as 'today', params as never);
  await settle(400);
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) });
  prefs.language = 'zh-CN';
  Object.assign(core, { line: undefined, role: 'teacher', faults: {}, asked: [] });
  core.drafts.clear();
});
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.innerHTML = '';
  vi.useRealTimers();
});

describe('the table as a file', () => {
  it('is kept in the language of the window, says where, and is shown on request', async () => {
    await open('notice', { id: 'choose-open' });
    await click(button('存成 Excel'));
    expect(sent('notice.export')).toEqual({ notice: 'choose-open', language: 'zh-CN' });
    expect(all()).toContain('已存为 秋游 回应 2026-11-23.xlsx 在 /home/zhang/下载');
    await click(button('打开文件夹'));
    expect(sent('file.show')).toEqual({ name: '秋游 回应 2026-11-23.xlsx' });
  });
  it('says what to do where nothing can be written', async () => {
    core.faults['notice.export'] = { fault: 'denied', code: 'folder-closed', detail: '' };
    await open('notice', { id: 'choose-open' });
    await click(button('存成 Excel'));
    expect(all()).toContain('“下载”文件夹写不进去');
    expect(all()).not.toContain('已存为');
  });
});

describe('how far a notice came', () => {
  it('is told by family, those first who have it on no device', async () => {
    await open('notice', { id: 'choose-open' });
    await click(button('看送达情况'));
    const { children } = deliveryOf(school());
    const waiting = children.filter((child) => groupOf(child) === 'waiting').length;
    expect(words(dialog())).toContain(`还没到设备 ${waiting}`);
    expect(words(dialog())).toContain('学校收到的设备回报');
    expect(words(dialog())).toContain('有没有读，以回应为准');
  });
  it('a family has it as soon as one guardian has', () => {
    const { children } = deliveryOf(school());
    const [first] = children;
    expect(groupOf(first!)).toBe('held');
    expect(groupOf({ ...first!, guardians: [] })).toBe('unable');
  });
  it('says that it may stand better by now', async () => {
    core.line = 'offline';
    await open('notice', { id: 'choose-open' });
    await click(button('看送达情况'));
    expect(words(dialog())).toContain('现在连不上学校，这是');
  });
  it('stands with each child', async () => {
    await open('notice', { id: 'choose-open' });
    await click(document.querySelector<HTMLElement>('.grid > button'));
    expect(words(dialog().querySelector('section'))).toContain('起在设备上');
  });
  it('is a question the school must answer', async () => {
    core.faults['notice.delivery'] = { fault: 'offline' };
    await open('notice', { id: 'choose-open' });
    await click(button('看送达情况'));
    expect(words(dialog())).toContain('现在连不上学校');
    expect(button('重试', dialog()) ?? button('再试一次', dialog())).toBeDefined();
  });
});

describe('a template', () => {
  const letter = (more: object) => JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], ...more });
  it('fills its gaps and puts its words into the notice, for whom was chosen', async () => {
    core.drafts.set('notice.compose', letter({ title: '别的', due: '' }));
    await open('compose');
    await click(button('用模板写'));
    const found = templatesOf(school()).templates.find((one) => one.draft.name === '研学同意书')!;
    const row = [...dialog().querySelectorAll('li')].find((one) => words(one).includes('研学同意书'))!;
    await click(button('用这个', row));
    await click(button('填进通知'));
    expect(words(dialog())).toContain('这一项还没有填');
    expect(sent('template.fill')).toBeUndefined();
    const inputs = [...dialog().querySelectorAll('input')];
    expect(inputs).toHaveLength(found.fields.length);
    for (const [n, input] of inputs.entries()) await type(input, `值${n}`);
    await click(button('填进通知'));
    expect(document.querySelector('dialog')).toBeNull();
    await settle(400);
    await click(button('发给 42 家'));
    const { title, ask: asks, audience } = sent<NoticeSend>('notice.send')!;
    expect([title, asks.is]).toEqual([`${'值0'}研学同意书`, 'sign']);
    expect(audience.include).toEqual([{ kind: 'place', id: home.id }]);
  });
  it('gives back what was written before', async () => {
    core.drafts.set('notice.compose', letter({ title: '写了一半' }));
    await open('compose');
    await click(button('用模板写'));
    const row = [...dialog().querySelectorAll('li')].find((one) => words(one).includes('明天带伞'))!;
    await click(button('用这个', row));
    await click(button('填进通知'));
    const title = () => document.querySelector<HTMLInputElement>('.fields > .field input')!.value;
    expect(title()).toBe('明天带伞');
    await click([...document.querySelectorAll('button')].findLast((one) => words(one) === '撤销'));
    expect(title()).toBe('写了一半');
  });
  it('keeps the words of a notice, not whom it goes to; nobody by name', async () => {
    core.drafts.set('notice.compose', letter({ title: '{日期}带水', body: '到{地点}' }));
    await open('compose');
    await click(button('存为模板'));
    await type(dialog().querySelector('input')!, '带水');
    expect(words(dialog())).not.toContain('给全校教职工用');
    await click(button('存下'));
    expect(sent('template.put')).toMatchObject({ template: null, school: false, draft: { name: '带水', title: '{日期}带水', ask: { is: 'acknowledge' } } });
    expect(templateOf({ ...blank(), answered_by: { is: 'guardian', person: 'x', name: '刘芳' } }).answered_by).toEqual({ is: 'any-guardian' });
  });
  it('of the same name is replaced, and only who may changes the school’s', async () => {
    core.drafts.set('notice.compose', letter({ title: '明天带伞' }));
    await open('compose');
    await click(button('存为模板'));
    expect(button('替换原来的')).toBeDefined();
    await click(button('取消'));
    await click(button('用模板写'));
    const rows = [...dialog().querySelectorAll('li')];
    const schools = rows.filter((row) => words(row).includes('全校的'));
    expect(schools.length).toBeGreaterThan(0);
    for (const row of schools) expect(button('删除', row)).toBeUndefined();
    await click(button('删除', rows[0]!));
    expect(sent('template.drop')).toBeDefined();
  });
  it('cannot be kept of nothing', async () => {
    await open('compose');
    expect(button('存为模板')!.disabled).toBe(true);
  });
});

describe('a notice that repeats', () => {
  const letter = (more: object) => JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], title: '大扫除', later: true, send_at: at(4, '16:00'), repeats: true, weekdays: ['FR'], until: '2027-01-15', ...more });
  const dock = () => document.querySelector<HTMLButtonElement>('.dock .primary')!;
  it('is a rule that ends with the day, on the school’s clock', () => {
    expect(ruleOf({ weekdays: ['WE', 'MO'], until: '2027-01-15' }, 'Asia/Shanghai')).toBe('FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270115T155959Z');
    expect(ruleOf({ weekdays: [], until: '2027-01-15' }, 'Asia/Shanghai')).toBe('');
    expect(weekdayOf('2026-11-26T23:30:00Z', 'Asia/Shanghai')).toBe('FR');
  });
  it('says when it comes, and is sent as one thing', async () => {
    core.drafts.set('notice.compose', letter({}));
    await open('compose');
    expect(all()).toContain('共 8 次：周五 16:00');
    await click(dock());
    expect(sent<SeriesSend>('series.send')).toMatchObject({ rule: 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20270115T155959Z', notice: { title: '大扫除', send_at: at(4, '16:00') } });
    expect(sent('notice.send')).toBeUndefined();
  });
  it.each([
    ['请选每周哪几天发', { weekdays: [] }],
    ['请选到哪天为止', { until: '' }],
    ['最多重复 60 次', { until: '2028-01-15' }],
    ['一次也没有', { until: '2020-01-15' }],
  ])('cannot go while it says: %s', async (said, more) => {
    core.drafts.set('notice.compose', letter(more));
    await open('compose');
    expect(all()).toContain(said);
    expect(dock().disabled).toBe(true);
  });
  it('of a time that is not later repeats nothing', async () => {
    core.drafts.set('notice.compose', letter({ later: false, weekdays: [] }));
    await open('compose');
    await click(dock());
    expect(sent('notice.send')).toBeDefined();
  });
  it('stands above the list, with the next time, and is stopped there', async () => {
    await open('notices');
    expect(all()).toContain('周五大扫除，请带抹布 下次 周五 16:00，还有 3 次，共 8 次');
    await click(button('停止周五大扫除，请带抹布'));
    expect(sent('series.end')).toEqual({ series: 'series-0000' });
  });
});
