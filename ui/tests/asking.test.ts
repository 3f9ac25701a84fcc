// Writing a notice that asks: what can be asked, when it goes out, who answers, and what is kept of it.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AudienceName, NoticeOpened, NoticePreviewed, NoticeSend } from '../src/lib/bindings';
import { asks, openNotice } from './look/notices';
import { at, childAt, guardianAt, home, NOW, type School } from './look/people';
import { ask } from './look/school';

const core = vi.hoisted(() => ({
  notice: undefined as unknown,
  preview: undefined as unknown,
  drafts: new Map<string, string>(),
  asked: [] as { ask: string; with: unknown }[],
}));
const teacher: School = { role: 'teacher', size: 'some' };
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: Record<string, string> } }) => {
    core.asked.push(request);
    if (request.ask === 'notice.open' && core.notice) return core.notice;
    if (request.ask === 'notice.preview' && core.preview) return core.preview;
    if (request.ask === 'draft.get') return { body: core.drafts.get(request.with.key!) ?? '' };
    if (request.ask === 'draft.put') core.drafts.set(request.with.key!, request.with.body!);
    return ask(teacher, request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: App } = await import('../src/App.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');
const { askMissing, askWrong, choiceWrong, freshAsk, isEmptyAsk, labelWrong, limitWrong, linesWrong, tidyAsk } = await import('../src/screens/notice/ask/asking');
const { moved, pastedRows, wholeNumber } = await import('../src/screens/notice/ask/rows');
const { blank, isBlank, readLetter, requestOf, signatoriesOf, withKind } = await import('../src/screens/notice/compose');

const choice = (text: string, limit: number | null = null) => ({ text, limit });
const inClass: AudienceName = { is: 'place', place: home, except: false };
const only = (n: number, except = false): AudienceName => ({ is: 'child', child: childAt(n), except });
const letter = (more: object) => JSON.stringify({ ...blank(), audience: [inClass], title: '社团', ...more });

const settle = async (ms = 60) => {
  for (let i = 0; i < 6; i++) {
    await vi.advanceTimersByTimeAsync(ms / 6);
    flushSync();
  }
};
let app: Record<string, unknown> | undefined;
const work = () => document.querySelector('main')!;
const button = (words: string) => [...work().querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent!).trim() === words);
const inputs = (name: RegExp) => [...work().querySelectorAll<HTMLInputElement>('input')].filter((one) => name.test(one.getAttribute('aria-label') ?? ''));
const radio = (words: string) => [...work().querySelectorAll('label')].find((one) => one.textContent!.trim() === words)?.querySelector('input');
const preview = () => document.querySelector('aside')!.textContent!.replace(/\s+/g, ' ');
const dock = () => work().querySelector('.dock')!.textContent!.replace(/\s+/g, ' ');
const kept = (key = 'notice.compose') => JSON.parse(core.drafts.get(key)!) as ReturnType<typeof blank>;
const sent = () => core.asked.find((one) => one.ask === 'notice.send')?.with as NoticeSend | undefined;
async function type(input: HTMLInputElement, text: string) {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}
async function press(element: HTMLElement, key: string, more: KeyboardEventInit = {}) {
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  await settle();
}
async function click(element: HTMLElement | undefined | null) {
  element!.click();
  await settle();
}
async function compose(draft = '', params: Record<string, string> = {}, key = 'notice.compose') {
  if (draft) core.drafts.set(key, draft);
  route.start('today');
  app = mount(App, { target: document.body });
  await settle();
  route.go('compose', params);
  await settle(400);
}

beforeEach(() => {
  prefs.language = 'zh-CN';
  vi.useFakeTimers({ now: new Date(NOW) });
});
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  vi.useRealTimers();
  core.notice = core.preview = undefined;
  core.drafts.clear();
  core.asked.length = 0;
});

describe('what is asked', () => {
  it('goes without what was left empty', () => {
    const asked = tidyAsk({ is: 'choose', choices: [choice(' 书法 ', 12), choice(''), choice('跳绳')], most: 3 });
    expect(asked).toEqual({ is: 'choose', choices: [choice('书法', 12), choice('跳绳')], most: 2 });
    const field = { label: ' 尺码 ', value: { is: 'choice' as const, choices: ['120 ', '', '130'] }, required: true };
    expect(tidyAsk({ is: 'fill-in', fields: [field, { label: ' ', value: { is: 'text' }, required: true }] })).toEqual({
      is: 'fill-in',
      fields: [{ label: '尺码', value: { is: 'choice', choices: ['120', '130'] }, required: true }],
    });
  });
  it('has at least two choices, a field, options for a field that has them, and a text to sign', () => {
    expect(askMissing(freshAsk('choose'), '')).toContain('至少写两项');
    expect(askMissing({ is: 'choose', choices: [choice('书法'), choice('跳绳')], most: 1 }, '')).toBe('');
    expect(askMissing(freshAsk('fill-in'), '')).toContain('还没写要填什么');
    expect(askMissing({ is: 'fill-in', fields: [{ label: '尺码', value: { is: 'choice', choices: ['120'] }, required: true }] }, '')).toContain('“尺码”至少要有两个选项');
    expect(askMissing(freshAsk('sign'), ' ')).toContain('签字要有正文');
    expect(askMissing(freshAsk('sign'), '请签字')).toBe('');
    expect(askMissing(freshAsk('acknowledge'), '')).toBe('');
  });
  it('says at each row what is wrong with it', () => {
    const choices = [choice('书法'), choice(' 书法 '), choice('字'.repeat(83)), choice('')];
    expect(choices.map((_, i) => choiceWrong(choices, i))).toEqual(['', '和第 1 项一样，请换个说法', '多了 3 个字', '']);
    expect([null, 0, 1, 5_000, 5_001].map((limit) => limitWrong(limit) !== '')).toEqual([false, true, false, false, true]);
    expect(askWrong({ is: 'choose', choices, most: 1 })).toBe(true);
    const nameless = { label: '', value: { is: 'choice' as const, choices: ['一', '二'] }, required: true };
    expect(labelWrong([nameless], 0)).toBe('还没写要填什么');
    expect(linesWrong({ ...nameless, value: { is: 'choice', choices: ['一', '二', '一'] } })).toBe('“一”写了两次');
    expect(linesWrong({ ...nameless, value: { is: 'choice', choices: Array.from({ length: 21 }, (_, n) => String(n)) } })).toBe('最多 20 项');
  });
  it('comes out of WeChat as rows', () => {
    expect(pastedRows('1. 书法\n2、跳绳\n（3）编程\n④ 合唱\n- 不参加\n')).toEqual(['书法', '跳绳', '编程', '合唱', '不参加']);
    expect(pastedRows('#接龙\n周四社团报名\n1. 书法\n2. 跳绳')).toEqual(['书法', '跳绳']);
    expect(pastedRows('9:00 场\n10:30 场\n3.5 米')).toEqual(['9:00 场', '10:30 场', '3.5 米']);
  });
  it('moves rows to their ends and reads digits of every width', () => {
    expect(moved(['一', '二', '三'], 0, 1)).toEqual(['二', '一', '三']);
    expect(moved(['一', '二'], 1, 2)).toEqual(['一', '二']);
    expect(['１２', ' 8 人', '', 'x'].map(wholeNumber)).toEqual([12, 8, null, null]);
  });
});

describe('a draft', () => {
  const old = (word: string) => readLetter(JSON.stringify({ audience: [inClass], title: '放学', body: '', ask: word, due: '', was: '', now: '' }));
  it('that an older window kept still opens', () => {
    expect(old('nothing')).toEqual({ ...blank(), audience: [inClass], title: '放学', ask: { is: 'nothing' } });
    expect(old('acknowledge')?.ask).toEqual({ is: 'acknowledge' });
  });
  it('keeps what was written for one kind while another is looked at', () => {
    const written = { ...blank(), ask: asks.choose };
    const other = { ...written, ...withKind(written, 'sign') };
    expect([other.ask, other.aside]).toEqual([{ is: 'sign' }, [asks.choose]]);
    expect(isBlank(other)).toBe(false);
    expect(withKind(other, 'choose')).toEqual({ ask: asks.choose, aside: [] });
    expect(isEmptyAsk(freshAsk('fill-in'))).toBe(true);
  });
  it('is kept with all it asks', async () => {
    await compose(letter({}));
    await click(radio('选择'));
    const [first] = inputs(/^第 1 项/);
    await type(first!, '书法');
    await type(inputs(/^名额：第 1 项/)[0]!, '１2人');
    await settle(600);
    expect(kept().ask).toEqual({ is: 'choose', choices: [choice('书法', 12), choice('')], most: 1 });
  });
});

describe('the editor of choices', () => {
  it('goes on with Enter, moves with Alt and an arrow, and takes a pasted list apart', async () => {
    await compose(letter({ ask: { is: 'choose', choices: [choice('书法'), choice('跳绳')], most: 1 } }));
    const rows = () => inputs(/^第 \d+ 项/).map(({ value }) => value);
    await press(inputs(/^第 2 项/)[0]!, 'Enter');
    expect(rows()).toEqual(['书法', '跳绳', '']);
    expect(document.activeElement).toBe(inputs(/^第 3 项/)[0]);
    await press(inputs(/^第 2 项/)[0]!, 'ArrowUp', { altKey: true });
    expect(rows()).toEqual(['跳绳', '书法', '']);
    expect(document.activeElement).toBe(inputs(/^第 1 项/)[0]);
    const paste = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData: { getData: () => '1. 编程\n2. 合唱' } });
    inputs(/^第 3 项/)[0]!.dispatchEvent(paste);
    await settle();
    expect(paste.defaultPrevented).toBe(true);
    expect(rows()).toEqual(['跳绳', '书法', '编程', '合唱']);
    await click(button('去掉：第 1 项'));
    await click(button('往下移：第 1 项'));
    expect(rows()).toEqual(['编程', '书法', '合唱']);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('往下移：第 2 项');
  });
  it('takes no more than twenty, and says so', async () => {
    await compose(letter({ ask: freshAsk('choose') }));
    const lines = Array.from({ length: 23 }, (_, n) => `第 ${n} 组`).join('\n');
    inputs(/^第 1 项/)[0]!.dispatchEvent(Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData: { getData: () => lines } }));
    await settle();
    expect(inputs(/^第 \d+ 项/)).toHaveLength(20);
    expect(work().textContent).toContain('后面 3 项没有放进来');
    expect(button('加一项')).toBeUndefined();
  });
  it('shows the family what it will choose from, and sends just that', async () => {
    await compose(letter({ ask: { is: 'choose', choices: [choice('书法', 12), choice(''), choice('跳绳'), choice('编程')], most: 3 } }));
    expect(preview()).toMatch(/最多选 3 项.*书法 还有 12 个名额 跳绳 编程/);
    await click(button('发给 42 家'));
    expect(sent()?.ask).toEqual({ is: 'choose', choices: [choice('书法', 12), choice('跳绳'), choice('编程')], most: 3 });
  });
  it('does not send what is wrong, and says where to look', async () => {
    await compose(letter({ ask: { is: 'choose', choices: [choice('书法'), choice('书法')], most: 1 } }));
    expect(button('发给 42 家')?.disabled).toBe(true);
    expect(dock()).toContain('标红的地方改好就能发');
  });
});

describe('the editor of a form', () => {
  it('adds, names and orders fields', async () => {
    await compose(letter({ ask: { is: 'fill-in', fields: [{ label: '身高', value: { is: 'number' }, required: true }] } }));
    await click(button('加一栏'));
    await type(inputs(/^第 2 栏/)[0]!, '尺码');
    const kinds = [...work().querySelectorAll('fieldset')].filter((one) => one.querySelector('legend')?.textContent === '填法：第 2 栏');
    await click([...kinds[0]!.querySelectorAll('label')].find((one) => one.textContent!.trim() === '选项')!.querySelector('input'));
    expect(dock()).toContain('“尺码”至少要有两个选项');
    const area = work().querySelectorAll<HTMLTextAreaElement>('textarea')[1]!;
    area.value = '120\n130\n';
    area.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    await click(button('往上移：第 2 栏'));
    await click(button('发给 42 家'));
    expect(sent()?.ask).toEqual({
      is: 'fill-in',
      fields: [
        { label: '尺码', value: { is: 'choice', choices: ['120', '130'] }, required: true },
        { label: '身高', value: { is: 'number' }, required: true },
      ],
    });
  });
});

describe('a signature', () => {
  it('is asked for under a text only', async () => {
    await compose(letter({ ask: { is: 'sign' } }));
    expect(dock()).toContain('签字要有正文');
    expect(work().textContent).toContain('指纹');
    expect(preview()).toContain('不同意');
    expect(button('发给 42 家')?.disabled).toBe(true);
  });
});

describe('who answers', () => {
  const list: NoticePreviewed['list'] = [
    { children: [childAt(0)], guardians: [guardianAt(0), guardianAt(1), guardianAt(2, false)], because: [] },
    { children: [childAt(1)], guardians: [guardianAt(1)], because: [] },
  ];
  const ids = (...names: AudienceName[]) => signatoriesOf(names, { list }).map(({ guardian }) => guardian.id);
  it('can be named for single children only: somebody who decides for all of them', () => {
    expect(ids(only(0))).toEqual(['person-0000', 'person-0001']);
    expect(ids(only(0), only(1))).toEqual(['person-0001']);
    expect(ids(only(0), only(5))).toEqual([]);
    expect(ids(inClass)).toEqual([]);
    expect(ids(inClass, only(0))).toEqual([]);
    expect(ids(inClass, only(0, true))).toEqual([]);
  });
  it('is offered by name where that can be', async () => {
    await compose(letter({}));
    expect(radio('每位监护人')).toBeDefined();
    expect(radio('指定一位')).toBeUndefined();
  });
  it('is sent with the name the list has', async () => {
    core.preview = { families: 1, children: 1, both: 0, list: list.slice(0, 1), unreached: [], left_out: [], no_family: [], noise: { today: 0, class: null }, goes_out: null, quiet_until: null, approvers: null, as_of: null } satisfies NoticePreviewed;
    await compose(letter({ audience: [only(0)] }));
    await click(radio('指定一位'));
    await click(radio('李雨桐爸爸（陈志远）'));
    await click(button('发给 1 家'));
    expect(sent()?.answered_by).toEqual({ is: 'guardian', person: 'person-0001', name: '陈志远' });
  });
  it('must be chosen again when the audience no longer has them', async () => {
    await compose(letter({ answered_by: { is: 'guardian', person: 'person-0000', name: '刘芳' } }));
    expect(dock()).toContain('请重新选谁来回应');
  });
  it('is nobody’s business where nothing is asked', () => {
    const request = requestOf({ ...blank(), ask: { is: 'nothing' }, answered_by: { is: 'each-guardian' } }, 1, null);
    expect(request.answered_by).toEqual({ is: 'any-guardian' });
  });
});

describe('the time it goes out', () => {
  it('is on the button and in what is sent', async () => {
    await compose(letter({ later: true, send_at: at(4, '07:30') }));
    await click(button('到 周五 07:30 发给 42 家'));
    expect(sent()?.send_at).toBe(at(4, '07:30'));
  });
  it('is now where it is not later, whatever was typed before', () => {
    expect(requestOf({ ...blank(), send_at: at(4, '07:30') }, 1, null).send_at).toBeNull();
  });
  it.each([
    ['还没选什么时候发', { later: true }],
    ['这个时间已经过了', { later: true, send_at: at(-1, '07:30') }],
    ['最多提前一年', { later: true, send_at: at(367, '07:30') }],
    ['通知 周五 07:30 才发出，最晚时间要在那之后', { later: true, send_at: at(4, '07:30'), due: at(4, '07:00') }],
  ])('%s', async (words, more) => {
    await compose(letter(more));
    expect(work().textContent).toContain(words);
    expect(work().querySelector<HTMLButtonElement>('.dock .primary')?.disabled).toBe(true);
  });
});

describe('an update', () => {
  const update = async (notice: NoticeOpened) => {
    core.notice = { ...notice, line: { ...notice.line, mine: true } };
    await compose('', { supersedes: 'n1' });
  };
  it('may let answers stand where the same is asked of the same', async () => {
    await update(openNotice(teacher, 'choose-open'));
    const keep = work().querySelector<HTMLInputElement>('input[type=checkbox]')!;
    expect([keep.closest('label')?.textContent, keep.checked]).toEqual([expect.stringContaining('已回应的家庭不再问'), false]);
    await click(keep);
    await click(button('发给 41 家'));
    expect(sent()).toMatchObject({ supersedes: 'n1', keeps_answers: true });
  });
  it('asks everybody again once something else is asked, or of others', async () => {
    await update(openNotice(teacher, 'choose-open'));
    await click(work().querySelector<HTMLInputElement>('input[type=checkbox]')!);
    await type(inputs(/^第 1 项/)[0]!, '软笔书法');
    expect(work().textContent).not.toContain('已回应的家庭不再问');
    await click(button('发给 41 家'));
    expect(sent()?.keeps_answers).toBe(false);
  });
  it.each(['sign-open', 'nothing'])('never offers it for %s', async (id) => {
    const notice = openNotice(teacher, id === 'nothing' ? 'read-open' : id);
    await update(id === 'nothing' ? { ...notice, line: { ...notice.line, ask: { is: 'nothing' } } } : notice);
    expect(work().textContent).not.toContain('已回应的家庭不再问');
  });
  it('can be thrown away and taken back', async () => {
    await compose(letter({ title: '社团' }));
    await click(button('丢掉草稿'));
    const title = () => [...work().querySelectorAll('input')].find((one) => one.id && work().querySelector(`label[for="${one.id}"]`)?.textContent === '标题')!.value;
    expect(title()).toBe('');
    await click([...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === '撤销'));
    expect(title()).toBe('社团');
  });
});
