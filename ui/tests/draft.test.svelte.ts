import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../src/lib/api';
import type { MessageView, NoticeOpened } from '../src/lib/bindings';
import { templatesOf } from './look/authoring';
import { photo } from './look/files';
import { openNotice } from './look/notices';
import { NOW, ZONE, type School } from './look/people';
import { waitingAt } from './look/requests';
import { ask } from './look/school';
import { threadOf } from './look/talks';
import { openedOf } from './look/things';

const core = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock('../src/lib/api', async (original) => ({ ...(await original<typeof import('../src/lib/api')>()), call: core.call }));
const { DraftKeeper, KEEP_MS } = await import('../src/lib/draft.svelte');
const { toasts } = await import('../src/lib/toast.svelte');
const { default: AnswerRow } = await import('../src/screens/request/AnswerRow.svelte');
const { default: ApprovalActs } = await import('../src/screens/notice/ApprovalActs.svelte');
const { default: CellDialog } = await import('../src/screens/notice/CellDialog.svelte');
const { default: CloseDialog } = await import('../src/screens/report/CloseDialog.svelte');
const { default: Composer } = await import('../src/screens/conversation/Composer.svelte');
const { default: EventOnBehalf } = await import('../src/screens/event/OnBehalf.svelte');
const { default: HelpNote } = await import('../src/screens/alert/HelpNote.svelte');
const { default: KeepDialog } = await import('../src/screens/notice/template/KeepDialog.svelte');
const { default: OnBehalf } = await import('../src/screens/request/OnBehalf.svelte');
const { default: ReportDialog } = await import('../src/screens/report/ReportDialog.svelte');
const { default: StopDialog } = await import('../src/screens/report/StopDialog.svelte');
const { default: TemplateDialog } = await import('../src/screens/notice/template/TemplateDialog.svelte');
const { default: TemplateRow } = await import('../src/screens/notice/template/TemplateRow.svelte');

beforeEach(() => {
  vi.useFakeTimers();
  core.call.mockResolvedValue({});
});
afterEach(() => {
  vi.useRealTimers();
  core.call.mockReset();
});
const puts = () => core.call.mock.calls.filter(([ask]) => ask === 'draft.put').map(([, args]) => (args as { body: string }).body);

it('is kept within 300 ms, also while the typing never stops', async () => {
  expect(KEEP_MS).toBeLessThanOrEqual(300);
  const keeper = new DraftKeeper('notice.compose');
  let text = '';
  let oldest = 0;
  for (let ms = 0; ms < 3000; ms += 50) {
    keeper.keep((text += '字'));
    await vi.advanceTimersByTimeAsync(50);
    const kept = puts().at(-1)?.length ?? 0;
    // What is not kept yet was typed in the last 300 ms: 50 ms a letter.
    oldest = Math.max(oldest, (text.length - kept) * 50);
  }
  expect(oldest).toBeLessThanOrEqual(300);
});

it('puts the newest words once, not each letter', async () => {
  const keeper = new DraftKeeper('notice.compose');
  keeper.keep('周');
  keeper.keep('周三');
  keeper.keep('周三放学');
  await vi.advanceTimersByTimeAsync(300);
  expect(puts()).toEqual(['周三放学']);
  expect(keeper.state).toBe('kept');
});

it('leaves at once when the screen is left', async () => {
  const keeper = new DraftKeeper('notice.compose');
  keeper.keep('周三');
  await keeper.flush();
  expect(puts()).toEqual(['周三']);
});

it('comes back, and is gone when it was sent', async () => {
  core.call.mockResolvedValueOnce({ body: '周三' });
  const keeper = new DraftKeeper('notice.compose');
  expect(await keeper.restore()).toBe('周三');
  await keeper.clear();
  expect(puts()).toEqual(['']);
  expect(keeper.state).toBe('blank');
});

it('says when it could not be kept, and tries again with the next letter', async () => {
  core.call.mockRejectedValueOnce({ fault: 'disk-full' } satisfies Fault);
  const keeper = new DraftKeeper('notice.compose');
  keeper.keep('周');
  await vi.advanceTimersByTimeAsync(300);
  expect(keeper.state).toBe('failed');
  keeper.keep('周三');
  await vi.advanceTimersByTimeAsync(300);
  expect(keeper.state).toBe('kept');
});

// Each form of the window, as somebody types into it, is killed with the window, comes back, and is done with.
describe('what is typed into', () => {
  const teacher: School = { role: 'teacher', size: 'some' };
  const coordinator: School = { role: 'coordinator', size: 'some' };
  const head: School = { role: 'head', size: 'some' };
  const drafts = new Map<string, string>();
  let shown: Record<string, unknown> | undefined;
  const settle = async (ms = 300) => {
    for (let i = 0; i < 6; i++) {
      await vi.advanceTimersByTimeAsync(ms / 6);
      flushSync();
    }
  };
  const all = <E extends HTMLElement>(selector: string) => [...document.body.querySelectorAll<E>(selector)];
  const typed = () => all<HTMLInputElement>('input:not([type=radio], [type=checkbox], [type=file]), textarea').map(({ value }) => value);
  async function type(selector: string, text: string, at = 0) {
    const field = all<HTMLInputElement>(selector).at(at)!;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
  }
  async function press(selector: string, at = 0) {
    all(selector).at(at)!.click();
    await settle();
  }
  /** A choice of a list is taken as the pointer is lifted. */
  async function pick(selector: string) {
    all(selector)[0]!.dispatchEvent(new MouseEvent('pointerup', { bubbles: true, button: 0 }));
    await settle();
  }
  const show = async (component: Component<never>, props: object) => {
    shown = mount(component as Component<object>, { target: document.body, props });
    await settle();
  };
  const close = async () => {
    if (shown) await unmount(shown);
    shown = undefined;
    document.body.innerHTML = '';
  };

  interface Case {
    component: Component<never>;
    props: object;
    key: string;
    write: () => Promise<void>;
    /** What of it must be there again. */
    words: string[];
    /** Done with: the draft is gone. */
    done: () => Promise<void>;
    /** The act that takes it, where there is one. */
    act?: string;
  }
  const notice = (id: string, school: School) => openNotice(school, id);
  const cellOf = (opened: NoticeOpened) => opened.sheet.find((cell) => cell.may_enter && !cell.done && !cell.pending && cell.guardians.some(({ decides }) => decides))!;
  const form = notice('form-open', teacher);
  const back = notice('back', teacher);
  const thread = threadOf(teacher, 50);
  const template = templatesOf(teacher).templates[0]!;
  const request = waitingAt(1);
  const composing = { take: () => () => undefined };
  const cases: [string, Case][] = [
    ['a report', { component: ReportDialog as never, props: { open: true, message: thread.messages[0], child: 'child-0000' }, key: 'report.make/message-0000/child-0000', write: () => type('textarea', '反复骂人'), words: ['反复骂人'], done: () => press('dialog .primary'), act: 'report.make' }],
    ['the words of stopping somebody', { component: StopDialog as never, props: { report: 'r', child: 'child-0000', guardian: 'g', name: '刘芳', onclose: () => undefined }, key: 'report.stop/r/g/child-0000', write: () => type('textarea', '辱骂老师').then(() => type('textarea', '教导处', 1)), words: ['辱骂老师', '教导处'], done: () => press('dialog .danger'), act: 'report.stop' }],
    ['the words of settling a report', { component: CloseDialog as never, props: { open: true, report: 'r', child: 'child-0000' }, key: 'report.close/r/child-0000', write: () => type('textarea', '谈过了').then(() => type('textarea', '请好好说话', 1)), words: ['谈过了', '请好好说话'], done: () => press('dialog .primary'), act: 'report.close' }],
    ['a reason not to agree to a notice', { component: ApprovalActs as never, props: { notice: notice('proposed', head) }, key: 'notice.decline/proposed', write: () => press('button', 1).then(() => type('textarea', '日期不对')), words: ['日期不对'], done: () => press('.danger'), act: 'notice.decline' }],
    ['a few words to a request', { component: AnswerRow as never, props: { request, first: true, zone: ZONE, now: new Date(NOW) }, key: `request.answer/${request.id}/${request.child.id}`, write: () => press('.plain').then(() => type('input', '好好休息')), words: ['好好休息'], done: () => press('.primary'), act: 'request.answer' }],
    ['where help is needed', { component: HelpNote as never, props: { name: '李雨桐', incident: 'i', child: 'child-0000', note: '', onsave: async () => true }, key: 'alert.note/i/child-0000', write: () => type('input', '在医务室'), words: ['在医务室'], done: () => press('button') }],
    ['the name of a template', { component: KeepDialog as never, props: { draft: template.draft, onclose: () => undefined }, key: 'template.keep', write: () => type('dialog input', '开放日'), words: ['开放日'], done: () => press('dialog .primary'), act: 'template.put' }],
    ['another name of a template', { component: TemplateRow as never, props: { template, onuse: () => undefined }, key: `template.rename/${template.id}`, write: () => press('button.plain').then(() => type('input', '开放日')), words: ['开放日'], done: () => press('button'), act: 'template.put' }],
    ['the fields of a template', { component: TemplateDialog as never, props: { composing, onclose: () => undefined }, key: 'template.fill', write: () => press('dialog li:last-child .acts button', -1).then(() => type('dialog input', '周五')), words: ['周五'], done: async () => { for (const n of typed().keys()) await type('dialog input', '周五', n); await press('dialog .primary'); }, act: 'template.fill' }],
    ['a form entered for a family', { component: CellDialog as never, props: { notice: form, cell: cellOf(form), onclose: () => undefined }, key: `notice.proxy/form-open/${cellOf(form).child.id}`, write: () => type('dialog input[inputmode=decimal]', '130'), words: ['130'], done: async () => { await enterAll(); await press('dialog .primary'); }, act: 'notice.answer' }],
    ['a seat that was phoned in', { component: EventOnBehalf as never, props: { open: true, opened: openedOf(coordinator, false), zone: ZONE, now: new Date(NOW) }, key: 'event.on-behalf/event-0000', write: async () => { await type('.combobox-input', '李'); await pick('.combobox-item'); await type('dialog .pair input', '妈妈来电'); }, words: ['妈妈来电'], done: () => press('dialog .primary'), act: 'event.sign-up' }],
    ['a request that was phoned in', { component: OnBehalf as never, props: { open: true, zone: ZONE, now: new Date(NOW) }, key: 'request.on-behalf', write: async () => { await type('.combobox-input', '李'); await pick('.combobox-item'); await type('dialog .form input:not(.combobox-input, [type=radio])', '发烧'); }, words: ['发烧'], done: () => press('dialog .primary'), act: 'request.make' }],
  ];
  /** Whatever a form still asks for. */
  async function enterAll() {
    for (const radios of all('dialog fieldset')) {
      radios.querySelector<HTMLInputElement>('input[type=radio]:not(:checked)')?.click();
      await settle();
    }
    for (const [n, field] of all<HTMLInputElement>('dialog input:not([type=radio], [type=checkbox], [inputmode=decimal])').entries()) if (!field.value) await type('dialog input:not([type=radio], [type=checkbox], [inputmode=decimal])', '好', n);
  }

  beforeEach(() => {
    drafts.clear();
    vi.setSystemTime(new Date(NOW));
    core.call.mockImplementation(async (name: string, given: Record<string, string>) => {
      if (name === 'draft.get') return { body: drafts.get(given.key!) ?? '' };
      if (name === 'draft.put') return void (given.body ? drafts.set(given.key!, given.body) : drafts.delete(given.key!));
      return ask(teacher, { ask: name, with: given });
    });
  });
  afterEach(close);

  it.each(cases)('%s survives a kill, and is forgotten when it is done with', async (_, { component, props, key, write, words, done, act }) => {
    await show(component, props);
    expect(drafts.has(key), 'an untouched form is no draft').toBe(false);
    await write();
    const onDisk = new Map(drafts);
    expect([...onDisk.keys()]).toContain(key);
    // What is put away when a window closes in peace does not count.
    await close();
    drafts.clear();
    for (const [name, body] of onDisk) drafts.set(name, body);
    await show(component, props);
    expect(typed()).toEqual(expect.arrayContaining(words));
    await done();
    if (act) expect(core.call.mock.calls.map(([name]) => name)).toContain(act);
    expect(drafts.has(key), 'it is done with').toBe(false);
  });

  it('a changed message and a quotation come back where they were', async () => {
    const own = thread.messages.find(({ may_change }) => may_change)!;
    const said = thread.messages.find(({ own }) => !own)!;
    const key = `conversation/${thread.line.id}/${thread.line.child.id}`;
    await show(Composer as never, { thread });
    await type('textarea', '还没写完');
    (shown as { edit: (message: MessageView) => void }).edit(own);
    await settle();
    await type('textarea', '今天还有两件事');
    const onDisk = drafts.get(key)!;
    await close();
    drafts.set(key, onDisk);
    await show(Composer as never, { thread });
    expect(typed()).toEqual(['今天还有两件事']);
    await press('.primary');
    expect(core.call.mock.calls.find(([name]) => name === 'conversation.edit')?.[1]).toEqual({ message: own.id, text: '今天还有两件事' });
    expect(typed()).toEqual(['还没写完']);
    (shown as { quote: (message: MessageView) => void }).quote(said);
    await settle();
    const quoting = drafts.get(key)!;
    await close();
    drafts.set(key, quoting);
    await show(Composer as never, { thread });
    expect(document.body.querySelector('.about')).not.toBeNull();
    await press('.primary');
    expect(core.call.mock.calls.find(([name]) => name === 'conversation.say')?.[1]).toMatchObject({ text: '还没写完', quotes: said.id });
    expect(drafts.has(key)).toBe(false);
  });

  it('a scan for a family is named by its draft, and comes back', async () => {
    const cell = cellOf(back);
    const key = `notice.proxy/back/${cell.child.id}`;
    await show(CellDialog as never, { notice: back, cell, onclose: () => undefined });
    const picker = document.body.querySelector<HTMLInputElement>('dialog input[type=file]')!;
    Object.defineProperty(picker, 'files', { value: [{ name: photo.name, size: 1, slice: () => ({ arrayBuffer: async () => new ArrayBuffer(1) }) }] });
    picker.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    const onDisk = drafts.get(key)!;
    expect(onDisk).toContain(photo.sha256);
    // The notice was taken back meanwhile: nothing can be entered, and the scan is still named.
    await close();
    drafts.set(key, onDisk);
    await show(CellDialog as never, { notice: { ...back, line: { ...back.line, state: { is: 'recalled', at: NOW, words: '' } } }, cell, onclose: () => undefined });
    expect(drafts.get(key)).toBe(onDisk);
    await close();
    await show(CellDialog as never, { notice: back, cell, onclose: () => undefined });
    expect(document.body.textContent).toContain(photo.name);
  });

  it('what was begun for a family that answered itself is nobody’s any more', async () => {
    const cell = cellOf(form);
    const key = `notice.proxy/form-open/${cell.child.id}`;
    await show(CellDialog as never, { notice: form, cell, onclose: () => undefined });
    await type('dialog input[inputmode=decimal]', '130');
    await close();
    expect(drafts.has(key)).toBe(true);
    const given = notice('form-open', teacher).sheet.find(({ done }) => done)!;
    await show(CellDialog as never, { notice: form, cell: { ...given, child: cell.child }, onclose: () => undefined });
    expect(drafts.has(key)).toBe(false);
  });

  it('a call that came to nothing is not carried into the next, and is brought back by one press', async () => {
    let open = true;
    const props = { get open() { return open; }, set open(to: boolean) { open = to; }, zone: ZONE, now: new Date(NOW) };
    await show(OnBehalf as never, props);
    await type('dialog .form input:not(.combobox-input, [type=radio])', '发烧');
    await press('dialog footer button');
    expect([open, drafts.has('request.on-behalf')]).toEqual([false, false]);
    await close();
    toasts.said.at(-1)!.undo!();
    await settle();
    expect(open).toBe(true);
    await show(OnBehalf as never, props);
    expect(typed()).toContain('发烧');
  });
});
