// Looking back, reporting a message, settling reports, and handing over for others: each at its screen.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prefs } from '../src/lib/prefs.svelte';
import { NOW, ZONE, ago, type Role, type School, type Size } from './look/people';
import { ask } from './look/school';
import { accessLog } from './look/talks';

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
const { accessWords, textError } = await import('../src/screens/report/words');
const { stateOf } = await import('../src/screens/history/words');

if (!('escape' in (globalThis.CSS ?? {}))) globalThis.CSS = { escape: (text: string) => text } as never;

describe('the screens', () => {
  let app: Record<string, unknown> | undefined;
  const settle = async () => {
    for (let i = 0; i < 4; i++) {
      await vi.advanceTimersByTimeAsync(50);
      flushSync();
    }
  };
  async function open(role: Role, screen: string, params: object | undefined = undefined, size: Size = 'some', more: Partial<School> = {}) {
    core.school = { role, size, ...more };
    const query = new URLSearchParams({ screen, ...(params ? { with: JSON.stringify(params) } : {}) });
    history.replaceState(null, '', `/index.html?${query}`);
    route.start('today');
    app = mount(App, { target: document.body });
    await settle();
  }
  const sent = (name: string) => core.asked.filter((one) => one.ask === name).map((one) => one.with);
  const work = () => document.querySelector('dialog') ?? document.querySelector('main')!;
  const named = (button: Element) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '';
  const button = (words: string) => [...work().querySelectorAll('button')].find((one) => named(one) === words || one.textContent?.trim() === words);
  async function press(words: string) {
    expect(button(words), words).toBeDefined();
    button(words)!.click();
    await settle();
  }
  async function type(text: string, label: string) {
    const id = [...work().querySelectorAll('label')].find((one) => one.textContent?.startsWith(label))?.htmlFor;
    const into = document.querySelector<HTMLTextAreaElement>(`#${CSS.escape(id ?? '')}`)!;
    into.value = text;
    into.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
  }

  beforeEach(() => {
    Object.assign(prefs, { language: 'zh-CN', showsRead: true });
    core.asked.length = 0;
    core.replies = {};
    toasts.said = [];
    vi.useFakeTimers({ now: new Date(NOW) });
  });
  afterEach(async () => {
    if (app) await unmount(app);
    app = undefined;
    vi.useRealTimers();
  });

  it('a family steps from change to change', async () => {
    await open('parent', 'history', {});
    expect(sent('history.open')).toEqual([{ child: 'own-1', at: null }]);
    expect(work().textContent).toContain('后来改成了新的');
    expect(work().textContent).toContain('已经撤回');
    await press('上一次变化');
    expect(sent('history.open').at(-1)).toEqual({ child: 'own-1', at: ago(160) });
    await press('下一次变化');
    expect(sent('history.open').at(-1)).toEqual({ child: 'own-1', at: ago(20) });
    await press('现在');
    expect(sent('history.open').at(-1)).toEqual({ child: 'own-1', at: null });
  });
  it('a fault never stands over what was shown of another moment', async () => {
    await open('parent', 'history', {});
    core.replies['history.open'] = new Error('', { cause: { fault: 'offline' } });
    await press('上一次变化');
    expect(work().textContent).not.toContain('后来改成了新的');
    expect(button('再试一次')).toBeDefined();
  });
  it('staff see who had it and who had not joined', async () => {
    await open('teacher', 'history', { child: 'child-0000' });
    expect(work().textContent).toContain('在刘芳手里');
    expect(work().textContent).toContain('还没有加入，没有送到');
    expect(work().textContent).toContain('只列出您本来就能看的');
  });
  it('is reached from the notices of a family and from a child on the class list', async () => {
    await open('parent', 'notices');
    await press('当时手里有什么');
    expect(route.screen).toBe('history');
    await unmount(app!);
    await open('teacher', 'class', { id: 'class-0011' });
    const first = [...document.querySelectorAll('main button')].find((one) => one.textContent?.trim() === '当时手里有什么') as HTMLButtonElement;
    first.click();
    await settle();
    expect(route.here).toMatchObject({ screen: 'history', params: { child: 'child-0000' } });
  });

  it('a message is reported with a reason, and words where it is another one', async () => {
    await open('parent', 'conversation', { id: 'conversation-0000' });
    await press('举报：可以的，放门卫室写上班级姓名，我请值日同');
    [...work().querySelectorAll<HTMLInputElement>('input[type=radio]')].at(-1)!.click();
    await settle();
    await press('交给学校');
    expect(work().textContent).toContain('请写一句是什么事');
    expect(sent('report.make')).toEqual([]);
    await type(' 请看一下 ', '想对学校说的');
    await press('交给学校');
    expect(sent('report.make')).toEqual([{ message: 'message-0001', reason: 'other', words: '请看一下' }]);
    expect(document.querySelector('dialog')).toBeNull();
  });
  it('whoever was stopped reads why and whom to call, and has nothing to type into', async () => {
    await open('parent', 'conversation', { id: 'conversation-0000' }, 'some', { stopped: true });
    expect(work().textContent).toContain('请联系：教导处陈老师，办公室 201');
    expect(work().querySelector('form textarea')).toBeNull();
  });
  it('everybody in it reads the access log', async () => {
    await open('parent', 'conversation', { id: 'conversation-0000' });
    const side = document.querySelector('aside')!.textContent;
    expect(side).toContain('由信息管理员陈志查看，因为举报（辱骂、歧视）');
    expect(side).toContain('校长何敏请李建国暂停在这里写：辱骂老师');
  });

  it('an administrator reads once asked, and what came is the reported conversation', async () => {
    await open('administrator', 'report', { id: 'report-0000' });
    expect(sent('report.read')).toEqual([]);
    await press('查看这个对话');
    expect(sent('report.read')).toEqual([{ report: 'report-0000' }]);
    expect(work().textContent).toContain('你们老师都不负责！');
    expect(work().textContent).toContain('被举报的是这条');
  });
  it('a refused reading says why', async () => {
    core.replies['report.read'] = new Error('', { cause: { fault: 'denied', code: 'report-closed', detail: '' } });
    await open('administrator', 'report', { id: 'report-0000' });
    await press('查看这个对话');
    expect(work().textContent).toContain('这个举报已经处理完');
  });
  it('a report is settled with both words or not at all', async () => {
    await open('administrator', 'report', { id: 'report-0000' });
    await press('处理完了');
    await type('已经谈过', '对举报的人说');
    await press('处理完');
    expect(work().textContent).toContain('两处都要写');
    expect(sent('report.close')).toEqual([]);
    await type('请好好说话', '对这个对话里的人说');
    await press('处理完');
    expect(sent('report.close')).toEqual([{ report: 'report-0000', to_reporter: '已经谈过', to_all: '请好好说话' }]);
  });
  it('a guardian is stopped and let off again', async () => {
    await open('administrator', 'report', { id: 'report-0000' });
    const side = document.querySelector('aside')!;
    const acts = [...side.querySelectorAll('button')];
    expect(acts.map((one) => one.textContent?.trim())).toEqual(['请暂停写', '恢复写', '请人旁读']);
    acts[1]!.click();
    await settle();
    expect(sent('report.let-write')).toEqual([{ report: 'report-0000', guardian: 'person-0001' }]);
    acts[0]!.click();
    await settle();
    await press('请暂停写');
    expect(sent('report.stop')).toEqual([]);
    await type('辱骂老师', '为什么');
    await type('教导处', '请这位家长找谁');
    await press('请暂停写');
    expect(sent('report.stop')).toEqual([{ report: 'report-0000', guardian: 'person-0000', why: '辱骂老师', call: '教导处' }]);
  });
  it('what concerns oneself is left to somebody else', async () => {
    await open('administrator', 'report', { id: 'report-0002' });
    expect(work().textContent).toContain('请另一位来处理');
    expect(button('处理完了')).toBeUndefined();
    expect(button('查看这个对话')).toBeUndefined();
  });
  it.each([[0, '没有举报'], ['many', '等处理']] as const)('the list with %s', async (size, words) => {
    await open('administrator', 'reports', undefined, size);
    expect(work().textContent).toContain(words);
    expect(document.querySelectorAll('main [data-index]').length).toBeLessThanOrEqual(50);
  });
});

describe('words', () => {
  it('of a log name who, when and why', () => {
    expect(accessWords(accessLog[0]!, ZONE)).toMatch(/^11-22 周日 \d\d:\d\d 由信息管理员陈志查看，因为举报（辱骂、歧视）$/);
  });
  it('of a text that cannot go', () => {
    expect(textError('  ', 'need')).toBe('need');
    expect(textError('好'.repeat(501), 'need')).toContain('501');
    expect(textError('好', 'need')).toBe('');
  });
  it('of a notice taken back, before and after', () => {
    const gone = { is: 'recalled', at: ago(10) } as const;
    const notice = { gone } as Parameters<typeof stateOf>[0];
    expect(stateOf(notice, ago(20), ZONE).words).toContain('后来撤回了');
    expect(stateOf(notice, ago(10), ZONE).words).toContain('已经撤回');
    expect(stateOf({ ...notice, gone: null }, ago(10), ZONE).words).toBe('在手里');
  });
});
