// 对话: what a family and its teachers say to each other, in lists and in threads.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageView } from '../src/lib/bindings';
import { prefs } from '../src/lib/prefs.svelte';
import { texts } from './look/corpus';
import { NOW, type Role, type Size } from './look/people';
import { ask } from './look/school';
import { message, mother, threadOf } from './look/talks';

const core = vi.hoisted(() => ({ role: 'parent' as unknown, size: 'some' as unknown, asked: [] as { ask: string; with: unknown }[], replies: {} as Record<string, unknown> }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request: asked }: { request: { ask: string; with: unknown } }) => {
    core.asked.push(asked);
    const reply = core.replies[asked.ask];
    if (reply instanceof Error) throw reply.cause;
    return reply ?? ask({ role: core.role as Role, size: core.size as Size }, asked);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { route } = await import('../src/lib/route.svelte');
const { toasts } = await import('../src/lib/toast.svelte');
const { pieces, readers, lastOwn } = await import('../src/screens/conversation/words');

const copied: string[] = [];
Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (text: string) => void copied.push(text) } });
if (!('escape' in (globalThis.CSS ?? {}))) globalThis.CSS = { escape: (text: string) => text } as never;

describe('links in a text', () => {
  const links = (text: string) => pieces(text).flatMap((piece) => ('link' in piece ? [[piece.link, piece.host]] : []));
  it('end where the sentence goes on', () => {
    expect(links('看 https://www.example.org/a?b=1。谢谢')).toEqual([['https://www.example.org/a?b=1', 'www.example.org']]);
    expect(links('(http://example.org/x), 好')).toEqual([['http://example.org/x', 'example.org']]);
    expect(links('两个：https://a.example，https://b.example/路')).toEqual([['https://a.example', 'a.example'], ['https://b.example/路', 'b.example']]);
  });
  it('are told by the host they really go to', () => {
    expect(links('https://bank.example@evil.example/login')).toEqual([['https://bank.example@evil.example/login', 'evil.example']]);
  });
  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'xinmei://join?x', 'https://', 'www.example.org'])('are only those of the web: %s', (text) => {
    expect(links(text)).toEqual([]);
  });
  it('lose nothing of the text', () => {
    for (const text of [...texts, 'a https://b.example c', '']) expect(pieces(text).map((piece) => ('link' in piece ? piece.link : piece.text)).join('')).toBe(text);
  });
});

it('read marks stand under the last message of one’s own that the school has', () => {
  const mine = (n: number, more: Partial<MessageView> = {}) => message(n, { own: true, ...more });
  expect(lastOwn([mine(0), mine(1, { deleted: NOW }), mine(2, { pending: { is: 'saved' } }), message(3)])).toBe(mine(0).id);
  expect(lastOwn([message(0)])).toBeUndefined();
  expect(readers([{ name: '张晓梅', up_to: 3 }, { name: '罗文', up_to: 2 }], 3)).toEqual(['张晓梅']);
});

describe('the screens', () => {
  let app: Record<string, unknown> | undefined;
  const settle = async () => {
    for (let i = 0; i < 4; i++) {
      await vi.advanceTimersByTimeAsync(50);
      flushSync();
    }
  };
  async function open(role: Role, screen: string, params: object | undefined = undefined, size: Size = 'some') {
    Object.assign(core, { role, size });
    const query = new URLSearchParams({ screen, ...(params ? { with: JSON.stringify(params) } : {}) });
    history.replaceState(null, '', `/index.html?${query}`);
    route.start('today');
    app = mount(App, { target: document.body });
    await settle();
  }
  const thread = (role: Role, size: Size = 'some') => open(role, 'conversation', { id: 'conversation-0000' }, size);
  const sent = (name: string) => core.asked.filter((one) => one.ask === name).map((one) => one.with);
  const work = () => document.querySelector('dialog') ?? document.querySelector('main')!;
  const named = (button: Element) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '';
  async function press(words: string) {
    const button = [...work().querySelectorAll('button')].find((one) => named(one) === words || one.textContent?.trim() === words);
    expect(button, words).toBeDefined();
    button!.click();
    await settle();
  }
  const box = () => work().querySelector<HTMLTextAreaElement>('form textarea')!;
  async function type(text: string, into: HTMLInputElement | HTMLTextAreaElement = box()) {
    into.value = text;
    into.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
  }
  const field = (label: string) => {
    const id = [...work().querySelectorAll('label')].find((one) => one.textContent?.startsWith(label))?.htmlFor;
    return document.querySelector<HTMLInputElement>(`#${CSS.escape(id ?? '')}`)!;
  };
  const rows = () => [...document.querySelectorAll('main article')];

  beforeEach(() => {
    Object.assign(prefs, { language: 'zh-CN', showsRead: true });
    core.asked.length = 0;
    core.replies = {};
    copied.length = 0;
    toasts.said = [];
    vi.useFakeTimers({ now: new Date(NOW) });
  });
  afterEach(async () => {
    if (app) await unmount(app);
    app = undefined;
    vi.useRealTimers();
  });

  it('staff read the child first, then what waits for them', async () => {
    await open('teacher', 'conversations');
    const first = rows()[0]?.textContent ?? '';
    expect(first.indexOf('李雨桐')).toBeLessThan(first.indexOf('数学练习册'));
    expect(first).toContain('等您回复');
    expect(first).toContain('2 条新消息');
    expect(rows()[4]?.textContent).toContain('已结束');
    expect(rows()[3]?.textContent).toContain('已保存在本机');
  });
  it.each([['parent', '还没有对话'], ['teacher', '家长写给您的会出现在这里']] as const)('says what will be there: %s', async (role, words) => {
    await open(role, 'conversations', undefined, 0);
    expect(work().textContent).toContain(words);
  });
  it('draws a few rows of very many', async () => {
    await open('teacher', 'conversations', undefined, 'many');
    expect(rows().length).toBeLessThanOrEqual(50);
  });
  it('a family writes to the class teacher with two fields', async () => {
    await open('parent', 'conversations', undefined, 1);
    await press('新对话');
    await press('发送');
    expect(work().textContent).toContain('还没有写内容');
    expect(sent('conversation.begin')).toEqual([]);
    await type('数学书', field('什么事'));
    await type(' 忘带了 ', field('想说的话'));
    await press('发送');
    expect(sent('conversation.begin')).toEqual([{ child: 'own-1', with: { is: 'role', role: 'role-0000' }, title: '数学书', text: '忘带了', files: [] }]);
    expect(route.screen).toBe('conversation');
  });
  it('what is begun names its child before a letter is typed, and an untouched form is no draft', async () => {
    await open('parent', 'conversations', { begin: true }, 1);
    await vi.advanceTimersByTimeAsync(500);
    expect(sent('draft.put')).toEqual([]);
    await type('数学书', field('什么事'));
    await vi.advanceTimersByTimeAsync(300);
    const [kept] = sent('draft.put') as { key: string; body: string }[];
    expect(kept?.body).toContain('own-1');
  });
  it('a fault while beginning keeps every letter', async () => {
    core.replies['conversation.begin'] = new Error('', { cause: { fault: 'disk-full' } });
    await open('parent', 'conversations', { begin: true }, 1);
    await type('数学书', field('什么事'));
    await type('忘带了', field('想说的话'));
    await press('发送');
    expect(work().textContent).toContain('硬盘满了');
    expect([field('什么事').value, field('想说的话').value]).toEqual(['数学书', '忘带了']);
  });

  it('a message goes by Ctrl and Enter, and only then the box is empty', async () => {
    await thread('parent');
    await type(' 好的 ');
    core.replies['conversation.say'] = new Error('', { cause: { fault: 'disk-full' } });
    box().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
    await settle();
    expect(box().value.trim()).toBe('好的');
    delete core.replies['conversation.say'];
    box().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
    await settle();
    expect(sent('conversation.say').at(-1)).toEqual({ conversation: 'conversation-0000', text: '好的', quotes: null, files: [] });
    expect(box().value).toBe('');
  });
  it('what is typed is kept under the child’s name within 300 ms', async () => {
    await thread('parent');
    box().value = '还没写完';
    box().dispatchEvent(new Event('input', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(300);
    expect(sent('draft.put')).toEqual([{ key: 'conversation/conversation-0000/own-1', body: JSON.stringify({ text: '还没写完', files: [], quotes: '', edits: '', edited: '' }) }]);
  });
  it('is not sent when it is too long, and says by how much', async () => {
    await thread('parent');
    await type('长'.repeat(2001));
    expect(work().textContent).toContain('2001 字，最多 2000 字');
    expect(work().querySelector<HTMLButtonElement>('form button[type=submit]')?.disabled).toBe(true);
  });
  it('quotes, and lets go by Escape', async () => {
    await thread('teacher');
    await press('引用：好的。');
    expect(document.activeElement).toBe(box());
    box().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settle();
    await press('引用：好的。');
    await type('嗯');
    await press('发送');
    expect(sent('conversation.say')).toEqual([{ conversation: 'conversation-0000', text: '嗯', quotes: 'message-0002', files: [] }]);
  });
  it('edits one’s own in its time, and leaves the draft alone', async () => {
    await thread('parent');
    await type('草稿还在');
    await press('编辑：今天还有一件事。');
    await type('今天还有两件事。');
    await press('改好了');
    expect(sent('conversation.edit')).toEqual([{ message: 'message-0007', text: '今天还有两件事。' }]);
    expect(box().value).toBe('草稿还在');
    expect([...document.querySelectorAll('main button')].filter((one) => named(one).startsWith('编辑：'))).toHaveLength(1);
  });
  it('takes back, says 收到, and undoes what has not left', async () => {
    await thread('parent');
    await press('撤回：今天还有一件事。');
    await press('收到：可以的，放门卫室写上班级姓名，我请值日同');
    await press('撤销：外婆四点来接。');
    expect([sent('conversation.delete'), sent('conversation.receive'), sent('outbox.take-back')]).toEqual([[{ message: 'message-0007' }], [{ message: 'message-0001' }], [{ mutation: 'mutation-0008' }]]);
  });
  it('tells what became of each message', async () => {
    await thread('parent');
    const text = work().textContent ?? '';
    for (const words of ['已保存在本机', '这个对话已经结束，没有发出去', '刚写的这句没赶上', '收到：张晓梅', '已读：张晓梅', '改过 1 次', '撤回了一条消息']) expect(text).toContain(words);
    await press('改过 1 次');
    expect(work().textContent).toContain('好地。');
  });
  it('copies a link and never leaves the window', async () => {
    await thread('teacher');
    const link = [...work().querySelectorAll('button')].find((one) => one.textContent?.includes('https://www.example.org'))!;
    expect(link.querySelector('b')?.textContent).toBe('www.example.org');
    link.click();
    await settle();
    expect(copied).toEqual(['https://www.example.org/reading/2026?grade=3']);
    expect(work().querySelector('a[href]')).toBeNull();
  });
  it('notes once what was on the screen, shown or not as the reader likes', async () => {
    await thread('parent', 'many');
    expect(sent('conversation.read')).toEqual([{ conversation: 'conversation-0000', up_to: 2000, shown: true }]);
    await unmount(app!);
    core.asked.length = 0;
    prefs.showsRead = false;
    await thread('parent', 'many');
    expect(sent('conversation.read')).toEqual([{ conversation: 'conversation-0000', up_to: 2000, shown: false }]);
  });
  it('goes back a step at a time', async () => {
    await thread('teacher', 'many');
    expect(rows()).toHaveLength(50);
    await press('更早的消息');
    expect(sent('conversation.open').at(-1)).toEqual({ conversation: 'conversation-0000', most: 100 });
    expect(rows()).toHaveLength(100);
  });
  it('an ended one is read only, and leads to another', async () => {
    await thread('parent', 0);
    expect(work().querySelector('form')).toBeNull();
    await press('新对话');
    expect([route.screen, work().querySelector('form') !== null]).toEqual(['conversations', true]);
  });
  it('who is in it is shown to everybody, with how they came', async () => {
    await thread('parent');
    const circle = document.querySelector('aside')?.textContent ?? '';
    expect(circle).toContain('由张晓梅请进来');
    expect(circle).toContain('李雨桐的家长');
    expect(circle).not.toContain('结束对话');
  });
  it('staff end it by a button that names the act', async () => {
    await thread('teacher');
    document.querySelector<HTMLElement>('aside .acts button:last-child')!.click();
    await settle();
    await press('结束对话');
    expect(sent('conversation.end')).toEqual([{ conversation: 'conversation-0000' }]);
    expect(toasts.said.at(-1)?.undo).toBeUndefined();
  });
  it('Today leads to what waits', async () => {
    await open('teacher', 'today');
    await press('打开：李雨桐，数学练习册落在家里了');
    expect(route.here).toEqual({ screen: 'conversation', params: { id: 'conversation-0000' } });
  });
  it('shows what somebody wrote to attack a reader as the text it is', async () => {
    const messages = texts.map((text, n) => message(n, { text, by: { ...mother, name: text.slice(0, 20) }, quotes: { id: 'message-0000', by: text.slice(0, 20), text }, earlier: [{ text, until: NOW }] }));
    core.replies['conversation.open'] = { ...threadOf({ role: 'teacher', size: 'some' }, 50), messages };
    await thread('teacher');
    for (const older of [...work().querySelectorAll<HTMLElement>('button[aria-expanded=false]')]) older.click();
    await settle();
    expect(rows()).toHaveLength(texts.length);
    const log = work().querySelector('[role=log]')!;
    expect(log.querySelectorAll('script, img, iframe, form, base, meta, style, video, template, details, math, a, [onerror], [onload], [onmouseover], [ontoggle], [srcdoc]')).toHaveLength(0);
    // Only the shapes of our own buttons.
    expect([...log.querySelectorAll('svg')].every((shape) => shape.classList.contains('lucide-icon') || shape.classList.contains('lucide'))).toBe(true);
    expect((window as unknown as { hacked?: number }).hacked).toBeUndefined();
    for (const text of texts.slice(0, 20)) expect(log.textContent).toContain(text);
  });
});
