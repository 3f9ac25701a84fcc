// 共用信箱 and 只旁读: whom one writes to, who is in a conversation, and how the school keeps its inboxes.
import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlaceName } from '../src/lib/bindings';
import { prefs } from '../src/lib/prefs.svelte';
import { inboxesOf } from './look/inboxes';
import { campuses, classAt, gradeAt, NOW, school, type Role, type School, type Size } from './look/people';
import { ask } from './look/school';
import { line, threadOf } from './look/talks';

const core = vi.hoisted(() => ({ school: {} as unknown, asked: [] as { ask: string; with: unknown }[], replies: {} as Record<string, unknown> }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request: asked }: { request: { ask: string; with: unknown } }) => {
    core.asked.push(asked);
    const reply = core.replies[asked.ask];
    if (reply instanceof Error) throw reply.cause;
    return reply ?? ask(core.school as School, asked);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { route } = await import('../src/lib/route.svelte');
const { toasts } = await import('../src/lib/toast.svelte');
const { covers, errorsOf, freshInbox, mayRead } = await import('../src/screens/inbox/plan');
const { seesWithout } = await import('../src/screens/conversation/leaving');
const { aboutWords } = await import('../src/screens/outbox/words');
HTMLCanvasElement.prototype.getContext = () => null;
// The whole window is started for each, and axe reads all of it.
vi.setConfig({ testTimeout: 20_000 });
if (!('escape' in (globalThis.CSS ?? {}))) globalThis.CSS = { escape: (text: string) => text } as never;
Element.prototype.scrollIntoView ??= () => undefined;

let app: Record<string, unknown> | undefined;
const settle = async () => {
  for (let i = 0; i < 4; i++) {
    await vi.advanceTimersByTimeAsync(50);
    flushSync();
  }
};
async function open(role: Role, screen: string, params?: object, more: Partial<School> = {}, size: Size = 'some') {
  core.school = { role, size, ...more };
  const query = new URLSearchParams({ screen, ...(params ? { with: JSON.stringify(params) } : {}) });
  history.replaceState(null, '', `/index.html?${query}`);
  route.start('today');
  app = mount(App, { target: document.body });
  await settle();
}
const talk = (role: Role, more: Partial<School> = {}) => open(role, 'conversation', { id: 'conversation-0000' }, more);
const sent = (name: string) => core.asked.filter((one) => one.ask === name).map((one) => one.with);
const work = () => document.querySelector('dialog') ?? document.querySelector('main')!;
const words = (of: Element | null = work()) => of?.textContent?.replace(/\s+/g, ' ') ?? '';
const buttons = (within: Element = work()) => [...within.querySelectorAll('button')];
const named = (button: Element) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '';
async function press(what: string) {
  const button = buttons().find((one) => named(one) === what);
  expect(button, `${what} among ${buttons().map(named).join(' | ')}`).toBeDefined();
  button!.focus();
  button!.click();
  await settle();
}
const field = (label: string) => {
  const id = [...work().querySelectorAll('label')].find((one) => one.textContent?.startsWith(label))?.htmlFor;
  return document.querySelector<HTMLInputElement>(`#${CSS.escape(id ?? '')}`)!;
};
async function type(label: string, text: string) {
  const into = field(label);
  into.value = text;
  into.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}
const options = () => [...document.querySelectorAll('[role=option]')];
/** Opens a list of choices by its keys, and takes the one with these words. */
async function choose(label: string, what: string) {
  const into = field(label);
  into.focus();
  into.value = '';
  into.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
  const option = options().find((one) => words(one).startsWith(what));
  expect(option, `${what} among ${options().map(words).join(' | ')}`).toBeDefined();
  option!.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, button: 0 }));
  (option as HTMLElement).click();
  await settle();
}
async function tick(value: string) {
  work().querySelector<HTMLInputElement>(`input[type=radio][value="${value}"]`)!.click();
  await settle();
}
async function wellMade() {
  vi.useRealTimers();
  const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
}
if (!('PointerEvent' in globalThis)) globalThis.PointerEvent = MouseEvent as never;

beforeEach(() => {
  document.title = 'title';
  Object.assign(prefs, { language: 'zh-CN', showsRead: true });
  core.asked.length = 0;
  core.replies = {};
  toasts.said = [];
  vi.useFakeTimers({ now: new Date(NOW) });
});
afterEach(async () => {
  vi.useRealTimers();
  if (app) await unmount(app);
  app = undefined;
});

describe('whom one writes to', () => {
  it('a family finds inboxes after its teachers, with what they are for and who reads them', async () => {
    await open('parent', 'conversations', { begin: true }, {}, 1);
    const into = field('写给谁');
    into.focus();
    into.value = '';
    into.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    const heads = [...document.querySelectorAll('.combobox-head')].map((one) => one.textContent);
    expect(heads).toEqual(['老师', '共用信箱']);
    expect(options().map(words).slice(0, 3).join()).toContain('班主任');
    const office = words(options()[3]!);
    for (const part of ['教导处', '转学、学籍', '3 位老师看得到：何敏（校长）、吴军（德育主任）、陈红（教务主任）']) expect(office).toContain(part);
    await wellMade();
  });
  it('and writes to one', async () => {
    await open('parent', 'conversations', { begin: true }, {}, 1);
    await choose('写给谁', '心理辅导');
    expect(words()).toContain('2 位老师看得到：周丽');
    expect(words()).toContain('看“心理辅导”的 2 位老师能看到');
    await type('什么事', '睡不好');
    await type('想说的话', '这两周总睡不好');
    await press('发送');
    expect(sent('conversation.begin')).toEqual([{ child: 'own-1', with: { is: 'inbox', inbox: 'inbox-0001' }, title: '睡不好', text: '这两周总睡不好', files: [] }]);
  });
  it('staff write as themselves, or as an inbox they read and no other', async () => {
    core.replies['draft.get'] = { body: JSON.stringify({ child: 'child-0000', name: '李雨桐', title: '约个时间', text: '周三可以吗' }) };
    await open('teacher', 'conversations', { begin: true });
    const group = [...work().querySelectorAll('fieldset')].find((one) => words(one).startsWith('用谁的名义写'))!;
    expect([...group.querySelectorAll('label')].map(words).map((one) => one.trim())).toEqual(['我自己', '心理辅导']);
    await tick('inbox-0001');
    await press('发送');
    expect(sent('conversation.begin')[0]).toMatchObject({ with: { is: 'inbox', inbox: 'inbox-0001' } });
  });
  it('staff who change nothing write as themselves', async () => {
    core.replies['draft.get'] = { body: JSON.stringify({ child: 'child-0000', name: '李雨桐', title: '约个时间', text: '周三可以吗' }) };
    await open('teacher', 'conversations', { begin: true });
    await press('发送');
    expect(sent('conversation.begin')[0]).toMatchObject({ with: null });
  });
  it('a row says through which inbox it is here, and that one only reads along', async () => {
    const along = { ...line(1, true), with: [{ ...line(0, true).with[0]!, role: 'class-teacher', reads_only: true }] };
    core.replies['conversation.list'] = { conversations: [{ ...along, waits_for_us: true }], children: [], may_begin: true, substitutes: [] };
    await open('teacher', 'conversations');
    const row = words(document.querySelector('main article'));
    expect(row).toContain('教导处');
    expect(row).toContain('只旁读');
    expect(row).not.toContain('等您回复');
  });
});

describe('who is in it', () => {
  const circle = () => document.querySelector('aside .circle')!;
  it('is shown to a family with who reads an inbox and why somebody only reads', async () => {
    await talk('parent');
    for (const part of ['教导处', '3 位老师看得到：何敏（校长）', '周丽 心理教师', '只旁读', '为了照看孩子，看得到，不发言']) expect(words(circle())).toContain(part);
    expect(buttons(circle())).toEqual([]);
    expect(document.querySelector('aside .acts')).toBeNull();
    expect(words(document.querySelector('header .note'))).toContain('周丽 心理教师（只旁读）');
    await wellMade();
  });
  it('a colleague is brought in to answer, or only to read along', async () => {
    await talk('teacher');
    await press('请同事或信箱加入');
    expect(words()).toContain('家长也会看到有人加入');
    await choose('请谁', '罗文');
    await tick('reads');
    expect(words()).toContain('但不发言');
    await press('请进来');
    expect(sent('conversation.bring-in')).toEqual([{ conversation: 'conversation-0000', who: { is: 'role', role: 'role-0001' }, reads_only: true }]);
    expect(toasts.said.at(-1)?.text).toBe('已请罗文旁读');
  });
  it('an inbox is brought in by the same control, and always to answer', async () => {
    await talk('teacher');
    await press('请同事或信箱加入');
    await tick('reads');
    await choose('请谁', '心理辅导');
    expect(work().querySelector('input[type=radio]')).toBeNull();
    expect(words()).toContain('2 位老师看得到：周丽');
    await press('请进来');
    expect(sent('conversation.bring-in')).toEqual([{ conversation: 'conversation-0000', who: { is: 'inbox', inbox: 'inbox-0001' }, reads_only: false }]);
  });
  it('only who may be taken out is offered, and only after it was confirmed', async () => {
    await talk('teacher');
    expect(buttons(circle()).map(named)).toEqual(['请出：何敏', '请出：周丽', '请出：教导处']);
    await press('请出：周丽');
    expect(sent('conversation.take-out')).toEqual([]);
    expect(words()).toContain('周丽不再看到这个对话');
    await press('请出');
    expect(sent('conversation.take-out')).toEqual([{ conversation: 'conversation-0000', who: { is: 'role', role: 'role-0005' } }]);
    expect([route.screen, document.querySelector('dialog')]).toEqual(['conversation', null]);
    expect(document.activeElement).toBe(circle());
    expect(toasts.said.at(-1)?.text).toContain('周丽不再参与');
  });
  it('who leaves is asked first, and is then at the list', async () => {
    await talk('teacher');
    await press('离开这个对话');
    expect(words()).toContain('离开后您不再看到');
    await press('取消');
    expect(sent('conversation.take-out')).toEqual([]);
    await press('离开这个对话');
    await press('离开这个对话');
    expect(sent('conversation.take-out')).toEqual([{ conversation: 'conversation-0000', who: { is: 'role', role: 'class-teacher' } }]);
    expect(route.screen).toBe('conversations');
  });
  it('a leave the school would refuse says why, and stays', async () => {
    core.replies['conversation.take-out'] = new Error('', { cause: { fault: 'refused', refusal: { code: 'nobody-left' } } });
    await talk('teacher');
    await press('离开这个对话');
    await press('离开这个对话');
    expect(words(document.querySelector('dialog [role=alert]'))).toContain('总要有一位能答复的老师');
    expect(route.screen).toBe('conversation');
  });
  it('handing it on brings somebody in before oneself leaves', async () => {
    await talk('teacher');
    await press('交给别人');
    await choose('交给谁', '罗文');
    await press('交出并离开');
    const wishes = core.asked.filter((one) => /bring-in|take-out/.test(one.ask));
    expect(wishes).toEqual([
      { ask: 'conversation.bring-in', with: { conversation: 'conversation-0000', who: { is: 'role', role: 'role-0001' }, reads_only: false } },
      { ask: 'conversation.take-out', with: { conversation: 'conversation-0000', who: { is: 'role', role: 'class-teacher' } } },
    ]);
    expect([route.screen, toasts.said.at(-1)?.text]).toEqual(['conversations', '对话已交给罗文']);
  });
  it('where only the leaving fails it says so, and does not bring in twice', async () => {
    core.replies['conversation.take-out'] = new Error('', { cause: { fault: 'disk-full' } });
    await talk('teacher');
    await press('交给别人');
    await choose('交给谁', '罗文');
    await press('交出并离开');
    expect(words(document.querySelector('dialog [role=alert]'))).toContain('罗文已经请进来了，您还没有离开');
    delete core.replies['conversation.take-out'];
    await press('交出并离开');
    expect([sent('conversation.bring-in').length, sent('conversation.take-out').length, route.screen]).toEqual([1, 2, 'conversations']);
  });
  it('where one only reads along there is nothing to write in, and a line says so', async () => {
    await talk('teacher', { along: true });
    expect(work().querySelector('form')).toBeNull();
    expect(words()).toContain('您只旁读这个对话');
    expect(buttons(document.querySelector('aside')!).map(named)).toEqual(['离开这个对话']);
    await wellMade();
  });
  it('is still seen through an inbox by who left it', () => {
    const thread = threadOf({ role: 'teacher', size: 'some' }, 50);
    const self = { is: 'role', role: 'class-teacher' } as const;
    expect(seesWithout(thread, 'class-teacher', self)).toBe(false);
    const office = thread.inboxes[0]!;
    const reads = { ...thread, inboxes: [{ ...office, readers: [...office.readers, { ...office.readers[0]!, role: 'class-teacher' }] }] };
    expect(seesWithout(reads, 'class-teacher', self)).toBe(true);
    expect(seesWithout({ ...reads, line: { ...reads.line, with: [] } }, 'class-teacher', { is: 'inbox', inbox: office.inbox })).toBe(false);
  });
  it('stands in what was reported and in what a family had', async () => {
    await open('administrator', 'report', { id: 'report-0000' });
    buttons(document.querySelector('main section')!)[0]!.click();
    await settle();
    expect(words()).toContain('张晓梅 班主任、周丽 心理教师（只旁读）、教导处');
    await unmount(app!);
    await open('parent', 'history', {});
    expect(words()).toContain('张晓梅 班主任、教导处');
  });
});

describe('how the school keeps them', () => {
  const given = (role: Role) => inboxesOf({ role, size: 'some' });
  it('shows each with who reads it, and what nobody reads or is closed', async () => {
    await open('administrator', 'inboxes');
    const rows = [...document.querySelectorAll('main article')].map(words);
    expect(rows[0]).toContain('3 位老师看得到：何敏（校长）');
    expect(rows[2]).toContain('现在没有老师在看，家长选不到它');
    expect(rows[3]).toContain('已停用');
    expect(buttons().map(named)).toContain('重新启用：疫情咨询');
    expect(buttons().map(named)).not.toContain('停用：疫情咨询');
    await wellMade();
  });
  it('says what it would be for where there is none', async () => {
    await open('administrator', 'inboxes', undefined, {}, 0);
    expect(words()).toContain('还没有共用信箱');
  });
  it('offers nothing to change to who may not', async () => {
    await open('teacher', 'inboxes');
    expect(words()).toContain('教导处');
    expect(buttons().map(named)).toEqual([]);
  });
  it('a new one is asked for what it lacks, and is then kept whole', async () => {
    await open('administrator', 'inboxes');
    await press('新信箱');
    expect(words(document.activeElement)).toBe('新信箱');
    await press('保存信箱');
    expect(words()).toContain('请写信箱的名字');
    expect(words()).toContain('至少要有一位老师来看');
    expect(document.activeElement).toBe(field('信箱叫什么'));
    await type('信箱叫什么', ' 心理辅导 ');
    await type('什么事写到这里', '情绪和睡眠');
    await choose('谁来看', '周丽');
    await choose('谁来看', '吴军');
    await press('保存信箱');
    expect(sent('inbox.keep')).toEqual([{ inbox: null, name: '心理辅导', about: '情绪和睡眠', place: 'school', readers: ['role-0005', 'role-0003'] }]);
    expect([document.querySelector('main form'), named(document.activeElement!)]).toEqual([null, '新信箱']);
    expect(toasts.said.at(-1)?.text).toBe('“心理辅导”已保存');
  });
  it('lists only who works with all its families and has not left', async () => {
    const { hats } = given('administrator');
    const names = (place: PlaceName) => mayRead(hats, place).map(({ name }) => name);
    expect(names(school)).toEqual(['何敏', '吴军', '陈红', '周丽']);
    expect(names(campuses[1]!)).toContain('冯玲');
    expect(names(classAt(11))).toContain('张晓梅');
    expect(mayRead(hats, undefined)).toEqual([]);
    expect([covers(gradeAt(2), classAt(11)), covers(gradeAt(8), classAt(11)), covers(campuses[1]!, classAt(11)), covers(classAt(11), gradeAt(2)), covers(campuses[0]!, gradeAt(2))]).toEqual([true, false, false, false, true]);
    expect(errorsOf({ ...freshInbox(), name: '名'.repeat(21), about: '事'.repeat(201), place: 'school', readers: ['role-0007'] }, ['冯玲'])).toEqual({
      name: '21 字，最多 20 字',
      about: '201 字，最多 200 字',
      place: '',
      readers: '冯玲不负责这里的家庭，请去掉，或者换一个范围',
    });
  });
  it('a change begins with what is there; a reader is taken off and the place is kept', async () => {
    await open('administrator', 'inboxes');
    await press('修改：心理辅导');
    expect([field('信箱叫什么').value, field('给哪里的家长').value]).toEqual(['心理辅导', school.name]);
    const chips = () => buttons().filter((one) => named(one).includes('点一下去掉'));
    chips()[0]!.click();
    await settle();
    expect(document.activeElement).toBe(chips()[0]);
    await press('保存信箱');
    expect(sent('inbox.keep')).toEqual([{ inbox: 'inbox-0001', name: '心理辅导', about: expect.any(String), place: 'school', readers: ['role-0003'] }]);
    expect(named(document.activeElement!)).toBe('修改：心理辅导');
  });
  it('what is typed is kept, an untouched form is not, and a fault loses nothing', async () => {
    core.replies['inbox.keep'] = new Error('', { cause: { fault: 'disk-full' } });
    await open('administrator', 'inboxes');
    await press('修改：教导处');
    await vi.advanceTimersByTimeAsync(500);
    expect(sent('draft.put')).toEqual([]);
    await type('信箱叫什么', '教务处');
    await vi.advanceTimersByTimeAsync(300);
    expect(sent('draft.put').at(-1)).toMatchObject({ key: 'inbox/inbox-0000', body: expect.stringContaining('教务处') });
    await press('保存信箱');
    expect(words()).toContain('硬盘满了');
    expect(field('信箱叫什么').value).toBe('教务处');
  });
  it('closing is confirmed, and says what goes on', async () => {
    await open('administrator', 'inboxes');
    await press('停用：教导处');
    expect(words()).toContain('已经开始的对话照常');
    expect(sent('inbox.close')).toEqual([]);
    await wellMade();
    vi.useFakeTimers({ now: new Date(NOW) });
    await press('停用信箱');
    expect(sent('inbox.close')).toEqual([{ inbox: 'inbox-0000' }]);
    expect(document.querySelector('dialog')).toBeNull();
  });
  it('N begins a new one, and not for who may not', async () => {
    await open('administrator', 'inboxes');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
    await settle();
    expect(document.querySelector('main form')).not.toBeNull();
    await wellMade();
  });
  it('what could not be read says so, with a way to try again', async () => {
    await open('administrator', 'inboxes', undefined, { faults: { 'inbox.list': { fault: 'offline' } } });
    const asked = sent('inbox.list').length;
    await press('再试一次');
    expect(sent('inbox.list').length).toBe(asked + 1);
  });
});

it('the outbox names each act', () => {
  const about = (act: string) => aboutWords({ act, title: '教导处', children: [], people: 0 } as never);
  expect(['take-out', 'keep-inbox', 'close-inbox'].map(about)).toEqual(['离开或请出对话：教导处', '保存共用信箱：教导处', '停用共用信箱：教导处']);
});
