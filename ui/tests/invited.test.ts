import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, NOW, type School } from './look/school';
import { LINK } from './look/scenes';

const core = vi.hoisted(() => ({ asked: [] as { ask: string; with: unknown }[], school: undefined as unknown }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: unknown } }) => {
    core.asked.push(request);
    return ask(core.school as School, request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { takeInvite } = await import('../src/screens/join/asked');

let app: Record<string, unknown> | undefined;
async function open(standing: School['standing'], search: string) {
  core.school = { role: 'parent', size: 'some', standing } satisfies School;
  history.replaceState(null, '', `/index.html${search}`);
  app = mount(App, { target: document.body });
  await settle();
}
const settle = async () => {
  for (let i = 0; i < 4; i++) {
    await vi.advanceTimersByTimeAsync(20);
    flushSync();
  }
};
const press = async (words: string) => {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === words);
  expect(button, words).toBeDefined();
  button?.click();
  await settle();
};
const title = () => document.querySelector('h1')?.textContent;
const typed = () => document.querySelector<HTMLInputElement>('form input')?.value;
const asking = `?link=${encodeURIComponent(LINK)}`;

beforeEach(() => vi.useFakeTimers({ now: new Date(NOW) }));
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  core.asked.length = 0;
  vi.useRealTimers();
});

describe('the address', () => {
  const take = (address: string) => {
    let left = address;
    const strip = takeInvite(address, (next) => (left = next));
    return { strip, left };
  };
  it('gives the invite once, and keeps what else it says', () => {
    const { strip, left } = take(`tauri://localhost/index.html?lang=en&link=${encodeURIComponent(LINK)}`);
    expect(strip).toEqual({ link: LINK, address: 'school.example:8443', code: '7K2M-QXRT-9ABC' });
    expect(left).toBe('tauri://localhost/index.html?lang=en');
    expect(take(left).strip).toBeUndefined();
  });
  it('reads an address and a code as well; anything else is no invite', () => {
    expect(take('http://localhost/?link=https%3A%2F%2Fschool.example%3A8443+7K2M-QXRT-9ABC').strip).toMatchObject({ link: '', address: 'school.example:8443', code: '7K2M-QXRT-9ABC' });
    expect(take('http://localhost/?link=javascript%3Aalert(1)')).toEqual({ strip: undefined, left: 'http://localhost/' });
    expect(take('http://localhost/').strip).toBeUndefined();
  });
});

describe('a window opened with an invite', () => {
  it('has it filled in, asks nobody before the button is pressed, and a reload does not repeat it', async () => {
    await open('new', asking);
    expect(title()).toBe('加入学校');
    expect(typed()).toBe(LINK);
    expect(location.search).toBe('');
    expect(core.asked.map((one) => one.ask)).not.toContain('join.look');
    await press('找到学校');
    expect(core.asked.at(-1)).toEqual({ ask: 'join.look', with: { address: LINK, code: '' } });
    expect(title()).toBe('江畔实验小学');
  });
  it('says whose it is where somebody has joined, and changes nothing', async () => {
    await open(undefined, asking);
    expect(document.querySelector('dialog h2')?.textContent).toBe('这里已经属于李建国');
    expect(document.querySelector('dialog')?.textContent).toContain('江畔实验小学');
    await press('继续使用');
    expect(document.querySelector('dialog')).toBeNull();
    expect(core.asked.map((one) => one.ask)).not.toContain('join.enrol');
  });
  it('asks for the password first where it is locked; the invite is one press away', async () => {
    await open('locked', asking);
    expect(title()).toBe('欢迎回来');
    expect(document.body.textContent).toContain('收到一张邀请条');
    await press('用这张邀请条加入');
    expect(typed()).toBe(LINK);
    await press('返回');
    expect(title()).toBe('欢迎回来');
    expect(document.body.textContent).not.toContain('收到一张邀请条');
  });
  it('goes straight to joining where the school removed the computer', async () => {
    await open('removed', asking);
    expect(typed()).toBe(LINK);
    await press('返回');
    expect(title()).toBe('学校已停用这台电脑');
  });
  it('is an ordinary window without one', async () => {
    await open('new', '');
    expect(typed()).toBe('');
  });
});

describe('知道了 for several children', () => {
  it('is one answer each, all taken back by one press, the newest first', async () => {
    const { acknowledge, takeBack } = await import('../src/screens/notice/answering');
    core.school = { role: 'parent', size: 'some' } satisfies School;
    await acknowledge('n', ['a', 'b']);
    expect(core.asked.map((one) => one.with)).toEqual(['a', 'b'].map((child) => ({ notice: 'n', replies: [{ child, reply: { is: 'acknowledge' }, replaces: 0 }], on_behalf_of: null })));
    core.asked.length = 0;
    await takeBack(['m1', 'm2']);
    expect(core.asked.map((one) => one.with)).toEqual([{ mutation: 'm2' }, { mutation: 'm1' }]);
  });
  it('leaves nothing behind where not all could be kept', async () => {
    const { acknowledge } = await import('../src/screens/notice/answering');
    let answered = 0;
    core.school = { role: 'parent', size: 'some', get faults() { return ++answered === 2 ? { 'notice.answer': { fault: 'disk-full' } } : undefined; } } as School;
    await expect(acknowledge('n', ['a', 'b'])).rejects.toEqual({ fault: 'disk-full' });
    expect(core.asked.at(-1)).toEqual({ ask: 'outbox.take-back', with: { mutation: 'mutation-0000' } });
  });
});
