// A family answers a notice, whatever it asks.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChildReply, Fault, GivenView, NoticeOpened, SheetCell } from '../src/lib/bindings';
import { answer, asks, given, openNotice, ownCell, replyTo, SHA } from './look/notices';
import { ago, at, NOW, type School } from './look/people';
import { ask } from './look/school';

const core = vi.hoisted(() => ({
  school: undefined as unknown,
  /** What the notice says now; the test changes it as the school would. */
  notice: undefined as unknown,
  drafts: new Map<string, string>(),
  asked: [] as { ask: string; with: unknown }[],
}));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: Record<string, string> } }) => {
    core.asked.push(request);
    if (request.ask === 'notice.open') return core.notice;
    if (request.ask === 'draft.get') return { body: core.drafts.get(request.with.key!) ?? '' };
    if (request.ask === 'draft.put') core.drafts.set(request.with.key!, request.with.body!);
    const said = ask(core.school as School, request);
    return request.ask === 'notice.answer' ? { mutation: `m${sent().length}` } : said;
  },
}));
const hears: ((event: { payload: string[] }) => void)[] = [];
vi.mock('@tauri-apps/api/event', () => ({
  listen: async (event: string, hear: (event: { payload: string[] }) => void) => {
    if (event === 'changed') hears.push(hear);
    return () => undefined;
  },
}));
const { default: App } = await import('../src/App.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');
const { pick, roomFor, roomWords } = await import('../src/screens/notice/answer/choices');
const { tidy, wrongIn } = await import('../src/screens/notice/answer/form');
const { askWords, replyWords } = await import('../src/screens/notice/replies');

const parent: School = { role: 'parent', size: 'some' };
const opened = (id: string, cells?: Partial<SheetCell>[]): NoticeOpened => {
  const notice = openNotice(parent, id);
  return cells ? { ...notice, sheet: cells.map((cell, n) => ownCell(n, cell)) } : notice;
};
const sent = () => core.asked.filter((one) => one.ask === 'notice.answer').map((one) => (one.with as { replies: ChildReply[] }).replies);
const settle = async (ms = 50) => {
  for (let i = 0; i < 4; i++) {
    await vi.advanceTimersByTimeAsync(ms / 4);
    flushSync();
  }
};
let app: Record<string, unknown> | undefined;
const work = () => document.querySelector('main')!;
const text = () => work().textContent!.replace(/\s+/g, ' ');
async function open(notice: NoticeOpened, school: School = parent) {
  core.school = school;
  core.notice = notice;
  history.replaceState(null, '', `/index.html?${new URLSearchParams({ screen: 'notice', with: JSON.stringify({ id: 'n1' }) })}`);
  route.start('today');
  app = mount(App, { target: document.body });
  await settle(200);
}
async function close() {
  if (app) await unmount(app);
  app = undefined;
  await settle();
}
/** The school has something to say about the notice. */
async function news(notice: NoticeOpened) {
  core.notice = notice;
  for (const hear of hears) hear({ payload: ['notice'] });
  await settle(200);
}
const button = (words: string) => [...work().querySelectorAll('button')].find((one) => one.textContent?.trim() === words || one.getAttribute('aria-label') === words);
async function press(words: string) {
  expect(button(words), words).toBeDefined();
  button(words)!.click();
  await settle();
}
const boxes = (kind = 'radio') => [...work().querySelectorAll<HTMLInputElement>(`input[type=${kind}]`)];
const box = (words: string, nth = 0) => [...work().querySelectorAll('label')].filter((one) => one.textContent?.includes(words))[nth]!.querySelector('input')!;
async function tick(words: string, nth = 0) {
  box(words, nth).click();
  await settle();
}
async function type(words: string, into: HTMLInputElement | HTMLTextAreaElement) {
  into.value = words;
  into.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}
const look = (state: DocumentVisibilityState) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  prefs.language = 'zh-CN';
  core.asked.length = 0;
  core.drafts.clear();
  hears.length = 0;
  vi.useFakeTimers({ now: new Date(NOW) });
});
afterEach(async () => {
  await close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
const saved = { is: 'saved' as const };
const done = (now: GivenView, earlier: GivenView[] = []): Partial<SheetCell> => ({ answers: [answer(now, { earlier })], done: true });
const chose = (n: number, more?: Partial<GivenView>) => given({ is: 'choose', choices: [n] }, more);

describe('a reply in words', () => {
  it('says what was chosen, filled in or decided', () => {
    expect(replyWords({ is: 'choose', choices: [0, 1] }, asks.choose)).toBe('书法、跳绳');
    expect(replyWords({ is: 'sign', agrees: false, sha256: SHA }, asks.sign)).toBe('不同意');
    expect(replyWords(replyTo(asks.form), asks.form)).toBe('身高（厘米）：138.5；尺码：140；几件：1 件；希望哪天领：11-27 周五；要告诉老师的话：袖子请长一点');
    expect(replyWords({ is: 'fill-in', values: ['', '', '', '', ''], files: [] }, asks.form)).toBe('没有填写');
    expect(Object.values(asks).map(askWords)).toEqual(['只看', '看过', '知道了', '签字', '选择', '选择', '填写', '填写']);
  });
});

describe('知道了', () => {
  it('for one child, taken back by one press', async () => {
    await open(opened('each-acknowledge', [{}, {}]));
    await press('替李雨辰点“知道了”');
    expect(sent()).toEqual([[{ child: 'own-2', reply: { is: 'acknowledge' }, replaces: 0 }]]);
    const undo = [...document.querySelectorAll<HTMLButtonElement>('.toast button')].find((one) => one.textContent?.trim() === '撤销');
    undo!.click();
    await settle();
    expect(core.asked).toContainEqual({ ask: 'outbox.take-back', with: { mutation: 'm1' } });
  });
  it('for all, one item each', async () => {
    await open(opened('each-acknowledge', [{}, {}]));
    await press('都知道了');
    expect(sent().map(([one]) => one!.child)).toEqual(['own-1', 'own-2']);
    expect(document.querySelector('.toast')?.textContent).toContain('已记下：雨桐、雨辰，知道了');
  });
  it('is not done before the school said so', async () => {
    await open(opened('each-acknowledge', [{ ...done(given({ is: 'acknowledge' })), pending: saved }]));
    expect(text()).toContain('已保存在本机，联网后自动提交');
    expect(text()).not.toContain('已完成');
    expect(button('替李雨桐点“知道了”')).toBeUndefined();
  });
  it('that was refused says why, and can be said again', async () => {
    await open(opened('acknowledge-done', [{ pending: { is: 'refused', refusal: { code: 'no-right', right: 'decide' } } }]));
    expect(text()).toMatch(/没有办成.*没有办成。请另一位监护人来办/);
    await press('替李雨桐点“知道了”');
    expect(sent()).toHaveLength(1);
  });
  it('by the other guardian names who, and the member of staff who entered it', async () => {
    await open(opened('acknowledge-done'));
    expect(text()).toContain('刘芳');
    expect(text()).toContain('张晓梅老师代办，妈妈来电');
  });
});

describe('a notice that asks to be read', () => {
  it('says so once, for all children, after two seconds', async () => {
    await open(opened('read-open'));
    expect(sent()).toEqual([]);
    await settle(1_600);
    expect(sent()).toEqual([]);
    await settle(400);
    expect(sent()).toEqual([['own-1', 'own-2'].map((child) => ({ child, reply: { is: 'read' }, replaces: 0 }))]);
    await news(opened('read-open'));
    await settle(5_000);
    await news(opened('read-done'));
    await settle(5_000);
    expect(sent()).toHaveLength(1);
    expect(text()).toContain('已读');
  });
  it('counts only time in sight', async () => {
    look('hidden');
    await open(opened('read-open'));
    await settle(5_000);
    look('visible');
    await settle(1_000);
    look('hidden');
    await settle(5_000);
    expect(sent()).toEqual([]);
    look('visible');
    await settle(2_000);
    expect(sent()).toHaveLength(1);
  });
  it('leaves out who was read for, who waits and whom another decides for', async () => {
    await open(opened('read-open', [done(given({ is: 'read' })), { ...done(given({ is: 'read' })), pending: saved }, { may_answer: false }]));
    await settle(5_000);
    expect(sent()).toEqual([]);
  });
  it('is not read by staff', async () => {
    await open(openNotice({ role: 'teacher', size: 1 }, 'read-open'), { role: 'teacher', size: 1 });
    await settle(5_000);
    expect(sent()).toEqual([]);
  });
  it('says where it could not be kept, and tries again later', async () => {
    await open(opened('read-open'), { ...parent, faults: { 'notice.answer': { fault: 'disk-full' } satisfies Fault } });
    await settle(2_000);
    expect(text()).toContain('腾出一些空间');
    core.school = parent;
    look('visible');
    await settle(2_000);
    expect(sent()).toHaveLength(2);
  });
});

describe('choosing', () => {
  it('sends the one that was chosen', async () => {
    await open(opened('choose-open'));
    const submit = button('提交：李雨桐的回答')!;
    expect(submit.disabled).toBe(true);
    await tick('跳绳');
    expect(submit.disabled).toBe(false);
    await press('提交：李雨桐的回答');
    expect(sent()).toEqual([[{ child: 'own-1', reply: { is: 'choose', choices: [1] }, replaces: 0 }]]);
  });
  it('shows the room left, and shuts what is full unless it is one’s own', async () => {
    await open(opened('choose-full'));
    expect(boxes().map((one) => one.disabled)).toEqual([true, true, true, false]);
    expect(text()).toContain('书法 已满');
    await press('修改李雨桐的回答');
    expect(box('编程').checked).toBe(true);
    expect(box('编程').disabled).toBe(false);
    expect(text()).toContain('已满，您的名额还在');
  });
  it('of several ends at the most, with the reason', async () => {
    await open(opened('choose-several', [{}]));
    expect(text()).toContain('最多选 2 项');
    const [first, second, third] = boxes('checkbox');
    third!.click();
    await settle();
    first!.click();
    await settle();
    expect(second!.disabled).toBe(true);
    expect(text()).toContain('已选满 2 项');
    expect(document.getElementById(second!.getAttribute('aria-describedby')!)?.textContent).toContain('已选满');
    await press('提交：李雨桐的回答');
    expect(sent()[0]![0]!.reply).toEqual({ is: 'choose', choices: [0, 2] });
  });
  it('the same for all children is one form, and one item each', async () => {
    await open(opened('choose-open'));
    await tick('孩子们选一样的');
    expect(boxes()).toHaveLength(4);
    await tick('书法');
    await press('提交：李雨桐、李雨辰的回答');
    expect(sent().map(([one]) => [one!.child, one!.reply])).toEqual(['own-1', 'own-2'].map((child) => [child, { is: 'choose', choices: [0] }]));
  });
  it('the same is not offered where it saves nothing', async () => {
    await open(opened('choose-open', [{}, done(chose(0))]));
    expect(text()).not.toContain('孩子们选一样的');
  });
  it('is changed from what stands there, and names the version it replaces', async () => {
    await open(opened('choose-changed'));
    expect(text()).toMatch(/跳绳.*李建国.*改过 2 次/);
    expect(work().querySelectorAll('details li')).toHaveLength(2);
    expect(text()).toContain('截止后才回答');
    await press('修改李雨桐的回答');
    expect(boxes().map((one) => one.checked)).toEqual([false, true, false, false]);
    expect(button('提交：李雨桐的回答')!.disabled).toBe(true);
    await tick('书法');
    await press('提交：李雨桐的回答');
    expect(sent()).toEqual([[{ child: 'own-1', reply: { is: 'choose', choices: [0] }, replaces: 3 }]]);
  });
  it('is kept as it is by one press', async () => {
    await open(opened('choose-changed'));
    await press('修改李雨桐的回答');
    await tick('书法');
    await press('不改了');
    expect(boxes()).toHaveLength(0);
    expect(sent()).toEqual([]);
  });
  it('that was refused keeps what was chosen, and is sent again over what stands there now', async () => {
    const before = opened('choose-open', [{}]);
    await open(before);
    await tick('书法');
    await press('提交：李雨桐的回答');
    await news(opened('choose-open', [{ ...done(chose(0)), pending: saved }]));
    expect(boxes()).toHaveLength(0);
    await news(opened('choose-open', [{ ...done(chose(1, { guardian: '刘芳', guardian_id: 'person-0000' })), pending: { is: 'refused', refusal: { code: 'answered-already', by: '刘芳' } } }]));
    expect(text()).toContain('刘芳先回答了');
    expect(box('书法').checked).toBe(true);
    await press('提交：李雨桐的回答');
    expect(sent().at(-1)).toEqual([{ child: 'own-1', reply: { is: 'choose', choices: [0] }, replaces: 1 }]);
  });
  it('is over once it arrived, also where another changes it later', async () => {
    await open(opened('choose-open', [{}]));
    await tick('书法');
    await press('提交：李雨桐的回答');
    await news(opened('choose-open', [{ ...done(chose(0)), pending: saved }]));
    await news(opened('choose-open', [done(chose(1), [chose(0)])]));
    expect(boxes()).toHaveLength(0);
  });
  it('cannot be changed after it was due', async () => {
    await open(opened('choose-closed'));
    expect(button('修改李雨桐的回答')).toBeUndefined();
    expect(text()).toContain('已经截止，提交过的不能再改');
  });
  it('counts room for those who come new', () => {
    const room = { text: '书法', limit: 12, left: 1, taken: 0 };
    expect([roomFor(room, 0, [[], []]), roomFor(room, 0, [[0], []]), roomFor({ ...room, left: null }, 0, [[], []])]).toEqual([false, true, true]);
    expect([roomWords(room, 0, [[], []]), roomWords(room, 0, [[]]), roomWords({ ...room, left: 0 }, 0, [[]]), roomWords({ ...room, left: null }, 0, [[]])]).toEqual(['只剩 1 个名额，不够分', '还有 1 个名额', '已满', '']);
    expect([pick([2], 0, 1), pick([2], 0, 2), pick([0, 2], 2, 2)]).toEqual([[0], [0, 2], [0]]);
  });
});

describe('a form', () => {
  const one = () => opened('form-open', [{}]);
  const number = () => work().querySelector<HTMLInputElement>('input[inputmode=decimal]')!;
  const KEY = 'notice.answer.form-open';
  it('says at the fields what is missing, before anything is sent', async () => {
    await open(one());
    await press('提交：李雨桐的回答');
    expect(sent()).toEqual([]);
    expect(text()).toContain('这一项要填');
    expect(text()).toContain('这一项要选');
    expect(document.activeElement).toBe(number());
    expect(document.getElementById(number().getAttribute('aria-describedby')!)?.textContent).toBe('这一项要填');
    await type('一米三', number());
    expect(text()).toContain('请只写数字');
  });
  it('sends a value for each field, empty where nothing was entered', async () => {
    await open(one());
    await type(' １３８．５ ', number());
    await tick('140');
    await type('袖子请长一点', work().querySelector('textarea')!);
    await press('提交：李雨桐的回答');
    expect(sent()).toEqual([[{ child: 'own-1', reply: { is: 'fill-in', values: ['138.5', '140', '', '', '袖子请长一点'], files: [] }, replaces: 0 }]]);
  });
  it('marks in words what must be filled', async () => {
    await open(one());
    const labels = [...work().querySelectorAll('label.field-name, legend:not(.unseen), [class*=field-name]')].map((label) => label.textContent?.trim());
    expect(labels).toContain('身高（厘米） 必填');
    expect(labels).toContain('尺码 必填');
    expect(labels).toContain('要告诉老师的话 选填');
  });
  it('survives a kill, and is forgotten once the school has it', async () => {
    await open(one());
    await type('138', number());
    await tick('150');
    await settle(400);
    await close();
    expect(JSON.parse(core.drafts.get(KEY)!)).toEqual({ 'own-1': ['138', '150', '', '', ''] });
    await open(one());
    expect(number().value).toBe('138');
    expect(box('150').checked).toBe(true);
    await press('提交：李雨桐的回答');
    const given_ = given({ is: 'fill-in', values: ['138', '150', '', '', ''], files: [] });
    await news({ ...one(), sheet: [ownCell(0, { ...done(given_), pending: saved })] });
    expect(core.drafts.get(KEY)).not.toBe('');
    await news({ ...one(), sheet: [ownCell(0, done(given_))] });
    await settle(400);
    expect(core.drafts.get(KEY)).toBe('');
  });
  it('that arrived while the window was closed is not filled in again', async () => {
    core.drafts.set(KEY, JSON.stringify({ 'own-1': ['138', '150', '', '', ''] }));
    await open({ ...one(), sheet: [ownCell(0, done(given({ is: 'fill-in', values: ['138', '150', '', '', ''], files: [] })))] });
    expect(work().querySelector('form')).toBeNull();
    await settle(400);
    expect(core.drafts.get(KEY)).toBe('');
  });
  it('that was refused while the window was closed is there to be sent again', async () => {
    core.drafts.set(KEY, JSON.stringify({ 'own-1': ['138', '150', '', '', ''] }));
    await open({ ...one(), sheet: [ownCell(0, { pending: { is: 'refused', refusal: { code: 'no-right', right: 'decide' } } })] });
    expect(number().value).toBe('138');
  });
  it('is not upset by a draft of another window', async () => {
    core.drafts.set(KEY, '{"own-1":["1"],"own-2":7}');
    await open(one());
    expect(number().value).toBe('');
  });
  it('is changed from what stands there', async () => {
    await open(opened('form-done'));
    expect(text()).toContain('138.5');
    await press('修改李雨桐的回答');
    expect(number().value).toBe('138.5');
    await type('139', number());
    await press('提交：李雨桐的回答');
    expect(sent()).toEqual([[{ child: 'own-1', reply: { is: 'fill-in', values: ['139', '140', '1 件', '2026-11-27', '袖子请长一点'], files: [] }, replaces: 2 }]]);
  });
  it('knows what the school takes for a value', () => {
    const field = (is: 'number' | 'text' | 'date', required = false) => ({ label: 'x', value: { is }, required });
    const wrong = (is: 'number' | 'text' | 'date', typed: string) => wrongIn(field(is), typed) !== '';
    expect(['38', '36.5', '-2', '', '３６。５'].map((typed) => wrong('number', typed))).toEqual([false, false, false, false, false]);
    expect(['1e3', '1.', '.5', '1.2.3', '+2', '38cm'].map((typed) => wrong('number', typed))).toEqual([true, true, true, true, true, true]);
    expect([wrong('text', '字'.repeat(500)), wrong('text', '字'.repeat(501)), wrong('date', '2026-11-27'), wrong('date', '27.11.')]).toEqual([false, true, false, true]);
    expect(wrongIn(field('text', true), '  ')).not.toBe('');
    expect(tidy(field('number'), '－２')).toBe('-2');
  });
});

describe('signing', () => {
  it('says who signs and what, and sends the whole fingerprint', async () => {
    await open(opened('sign-open'));
    expect(text()).toContain('上面的全文，就是您签字的内容。');
    expect(text()).toContain('签字人：李建国');
    expect(text()).toContain('文本指纹 3fa9c210');
    await press('同意，为李雨桐签字');
    await press('不同意，为李雨辰签字');
    expect(sent()).toEqual([
      [{ child: 'own-1', reply: { is: 'sign', agrees: true, sha256: SHA }, replaces: 0 }],
      [{ child: 'own-2', reply: { is: 'sign', agrees: false, sha256: SHA }, replaces: 0 }],
    ]);
  });
  it('is changed to the other decision', async () => {
    await open(opened('sign-done'));
    expect(text()).toMatch(/已同意.*刘芳.*周六 20:24/);
    await press('改变决定：李雨桐');
    expect(button('同意，为李雨桐签字')).toBeUndefined();
    await press('不同意，为李雨桐签字');
    expect(sent()[0]![0]).toMatchObject({ reply: { agrees: false }, replaces: 1 });
  });
  it('goes on paper, whole', async () => {
    const print = vi.fn();
    vi.stubGlobal('print', print);
    await open(opened('sign-done'));
    await press('打印存档：李雨辰');
    const slip = work().querySelector('.slip')!.textContent!;
    for (const words of ['重庆科技馆参观同意书', '学校为每个孩子买了保险', '李雨辰', '不同意', '李建国', '2026-11-23 周一', SHA]) expect(slip).toContain(words);
    expect(print).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
  it('is not printed before the school has it', async () => {
    await open(opened('sign-pending'));
    expect(button('打印存档：李雨桐')).toBeUndefined();
  });
  it('that came too late says that the earlier one stands', async () => {
    await open(opened('sign-open', [{ ...done(given({ is: 'sign', agrees: true, sha256: SHA })), may_answer: false, pending: { is: 'refused', refusal: { code: 'closed', since: at(-1, '20:00') } } }]));
    expect(text()).toContain('原来的回答还在');
  });
});

describe('who has to answer', () => {
  it('each guardian: the other’s answer is no answer of one’s own', async () => {
    await open(opened('each-open'));
    expect(text()).toContain('每位监护人各自回答');
    expect(text()).toContain('刘芳');
    await press('同意，为李雨桐签字');
    expect(sent()[0]![0]!.replaces).toBe(0);
    await press('改变决定：李雨辰');
    await press('不同意，为李雨辰签字');
    expect(sent()[1]![0]!.replaces).toBe(1);
  });
  it('another one: nothing is offered', async () => {
    await open(opened('named-other'));
    expect(text()).toContain('请由刘芳回答');
    expect(work().querySelectorAll('[role=group] button')).toHaveLength(0);
    expect(text()).toContain('已同意');
  });
  it('this one', async () => {
    await open(opened('named-me'));
    expect(text()).not.toContain('请由');
    expect(button('同意，为李雨桐签字')).toBeDefined();
  });
  it('one who may not decide is told so', async () => {
    await open(opened('sign-open', [{ may_answer: false }]));
    expect(text()).toContain('要由另一位监护人来回答');
    expect(button('同意，为李雨桐签字')).toBeUndefined();
  });
});

it('a notice that was recalled asks for nothing any more', async () => {
  const notice = opened('sign-open');
  await open({ ...notice, line: { ...notice.line, title: '', state: { is: 'recalled', at: ago(5), words: '' } } });
  expect(button('同意，为李雨桐签字')).toBeUndefined();
});
