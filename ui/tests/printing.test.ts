// What goes on paper: one list for the teacher, and a notice in large type for each family without a device.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, NoticeOpened, NoticePreviewed, SheetCell, Why } from '../src/lib/bindings';
import { asks, openNotice } from './look/notices';
import { home, NOW, school, ZONE, type School } from './look/people';
import { previewOf } from './look/things';

const core = vi.hoisted(() => ({ preview: undefined as unknown, asked: [] as unknown[] }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: unknown } }) => {
    if (request.ask !== 'notice.preview') return {};
    core.asked.push(request.with);
    if (!core.preview) throw { fault: 'invalid', what: 'audience' };
    return core.preview;
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { me } = await import('../src/lib/me.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { default: ClassSheet } = await import('../src/screens/notice/ClassSheet.svelte');
const { blanksOf, choiceBoxes, toPrint } = await import('../src/screens/notice/ask/printing');

const teacher: School = { role: 'teacher', size: 'some' };
const opened = (id: string, more: Partial<NoticeOpened> = {}): NoticeOpened => ({ ...openNotice(teacher, id), ...more });
let sheet: Record<string, unknown> | undefined;
let notice: NoticeOpened;
const print = vi.fn();
const settle = async () => {
  for (let i = 0; i < 4; i++) {
    await vi.advanceTimersByTimeAsync(10);
    flushSync();
  }
};
async function open(given: NoticeOpened) {
  notice = given;
  sheet = mount(ClassSheet, { target: document.body, props: { notice } });
  await settle();
}
const button = (words: string) => [...document.querySelectorAll('button')].find((one) => one.textContent?.trim().startsWith(words));
async function press(words: string) {
  expect(button(words), words).toBeDefined();
  button(words)!.click();
  await settle();
}
const paper = () => document.querySelector('.paper.print-only');
const words = (from: Element | null = paper()) => from!.textContent!.replace(/\s+/g, ' ');
const letters = () => [...paper()!.querySelectorAll('article')];

beforeEach(() => {
  prefs.language = 'zh-CN';
  vi.stubGlobal('print', print);
  vi.useFakeTimers({ now: new Date(NOW) });
  vi.spyOn(me, 'zone', 'get').mockReturnValue(ZONE);
  vi.spyOn(me, 'value', 'get').mockReturnValue({ school: school.name } as Me);
});
afterEach(async () => {
  if (sheet) await unmount(sheet);
  sheet = undefined;
  print.mockReset();
  core.preview = undefined;
  core.asked.length = 0;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('for whom', () => {
  it('is who has no device or has not joined, and is still asked; never why a family may not receive', () => {
    const cell = openNotice(teacher, 'sign-open').sheet.find(({ done, pending }) => !done && !pending)!;
    const printed = (more: Partial<SheetCell>) => toPrint({ ...openNotice(teacher, 'sign-open'), sheet: [{ ...cell, ...more }] }).length === 1;
    expect([printed({ unreached: 'on-paper' }), printed({ unreached: 'not-joined' })]).toEqual([true, true]);
    expect([printed({ unreached: null }), printed({ unreached: 'cannot-receive' }), printed({ unreached: 'on-paper', done: true }), printed({ unreached: 'on-paper', pending: { is: 'saved' } })]).toEqual([false, false, false, false]);
    expect(printed({ unreached: 'on-paper', pending: { is: 'refused', refusal: { code: 'text-changed' } } })).toBe(true);
  });
});

describe('where one guardian is reached, and another has to answer too', () => {
  const each = openNotice(teacher, 'each-open');
  const silent = each.sheet.find(({ done, pending, answers, unreached }) => !done && !pending && !answers.length && !unreached)!;
  const partly = each.sheet.find(({ answers, done, pending, unreached }) => answers.length === 1 && !done && !pending && !unreached)!;
  const left = (cell: SheetCell, at: number, why: Why) => ({ child: cell.child, guardian: cell.guardians[at]!, why });
  const away = (...left_out: ReturnType<typeof left>[]): NoticePreviewed => ({ ...previewOf('some'), unreached: [], left_out });
  const printed = (cell: SheetCell, whys: NoticePreviewed, more: Partial<NoticeOpened> = {}) => toPrint({ ...each, sheet: [cell], ...more }, whys).map(({ to }) => to?.id);

  it('is that guardian alone, as long as there is no answer, and never one who may not receive', () => {
    const [, second] = silent.guardians;
    expect(printed(silent, away(left(silent, 1, 'on-paper')))).toEqual([second!.id]);
    expect(printed(silent, away(left(silent, 1, 'not-joined')))).toEqual([second!.id]);
    expect(printed(silent, away(left(silent, 1, 'cannot-receive')))).toEqual([]);
    expect(printed(silent, away())).toEqual([]);
    const answered = partly.guardians.findIndex(({ id }) => id === partly.answers[0]!.now.guardian_id);
    expect(printed(partly, away(left(partly, answered, 'on-paper'), left(partly, 1 - answered, 'on-paper')))).toEqual([partly.guardians[1 - answered]!.id]);
  });
  it('is nobody where it is enough that one answers', () => {
    expect(printed(silent, away(left(silent, 1, 'on-paper')), { answered_by: { is: 'any-guardian' } })).toEqual([]);
    expect(printed(silent, away(left(silent, 1, 'on-paper')), { line: { ...each.line, ask: asks.nothing } })).toEqual([]);
  });
  it('is the one who was named, and nobody else', () => {
    const [first, second] = silent.guardians;
    const named = (person: string) => printed(silent, away(left(silent, 1, 'on-paper')), { answered_by: { is: 'guardian', person, name: '' } });
    expect([named(second!.id), named(first!.id)]).toEqual([[second!.id], []]);
  });
  it('is each of them where nobody is reached, also while the list is not here', () => {
    const both = silent.guardians.map(({ id }) => id);
    const gone = { ...silent, unreached: 'on-paper' as const };
    expect(printed(gone, { ...away(), unreached: [left(gone, 0, 'on-paper'), left(gone, 1, 'not-joined')] })).toEqual(both);
    expect(toPrint({ ...each, sheet: [gone] }).map(({ to }) => to?.id)).toEqual(both);
    expect(toPrint({ ...each, sheet: [{ ...gone, guardians: [] }] }).map(({ to }) => to)).toEqual([null]);
  });
  it('has a letter and a line with the own name', async () => {
    core.preview = away(left(silent, 1, 'on-paper'));
    await open({ ...each, sheet: [silent] });
    const name = `${silent.child.name}${{ father: '爸爸', mother: '妈妈' }[silent.guardians[1]!.relation as string] ?? ''}`;
    await press('打印大字通知（1 份）');
    expect(words(letters()[0]!)).toContain(name);
    expect(words(letters()[0]!)).toContain(`（${silent.guardians[1]!.name}）`);
    expect(words(letters()[0]!.querySelector('section'))).toContain(`（${silent.guardians[1]!.name}）`);
    expect(words()).not.toContain('的家长');
    window.dispatchEvent(new Event('afterprint'));
    await settle();
    await press('打印名单');
    expect([...paper()!.querySelectorAll('tbody tr')].map((row) => words(row.children[1]!))).toEqual([expect.stringContaining(`（${silent.guardians[1]!.name}）`)]);
  });
  it('is asked of the whole notice by its author, and of the class by who reads along', async () => {
    core.preview = away();
    await open(each);
    await open({ ...each, line: { ...each.line, mine: false } });
    expect(core.asked).toEqual([
      { audience: each.audience_is, send_at: null },
      { audience: { include: [{ kind: 'place', id: home.id }], except: [] }, send_at: null },
    ]);
  });
});

describe('what a slip leaves open', () => {
  const blanks = (id: string) => blanksOf(opened(id)).map(({ label, is, boxes }) => [label, is, boxes.map(({ mark, words: text }) => `${mark}${text}`).join()]);
  it('is nothing where nothing is asked', () => expect(blanks('nothing-open')).toEqual([]));
  it('is a box to tick, or two to decide', () => {
    expect(blanks('read-open')).toEqual([['', 'boxes', '已读']]);
    expect(blanks('sign-open')).toEqual([['签字', 'boxes', '同意,不同意']]);
  });
  it('is the choices, each beside the key that enters it', () => {
    expect(blanks('choose-several')[0]!.slice(0, 2)).toEqual(['最多选 2 项', 'boxes']);
    expect(choiceBoxes(opened('choose-many')).map(({ mark }) => mark).join('')).toBe('123456789ABC');
    expect(choiceBoxes(opened('choose-many'))[3]).toEqual({ mark: '4', words: '合唱（已满）' });
  });
  it('is each field of a form, as it can be written by hand', () =>
    expect(blanks('form-photo')).toEqual([
      ['身高（厘米） 必填', 'line', ''],
      ['尺码 必填', 'boxes', '120,130,140,150'],
      ['几件 选填', 'boxes', '1 件,2 件,3 件,4 件,5 件,6 件,7 件,8 件'],
      ['希望哪天领 选填', 'day', ''],
      ['要告诉老师的话 选填', 'line', ''],
      ['一寸照片 选填', 'file', ''],
    ]));
});

describe('a notice in large type', () => {
  it('is offered with how many there are, printed once, and gone afterwards', async () => {
    await open(opened('sign-open'));
    const count = toPrint(notice).length;
    expect(count).toBeGreaterThan(1);
    await press(`打印大字通知（${count} 份）`);
    expect(print).toHaveBeenCalledOnce();
    expect(paper()!.querySelector('.sheet.large')).not.toBeNull();
    expect(letters()).toHaveLength(count);
    window.dispatchEvent(new Event('afterprint'));
    await settle();
    expect(paper()).toBeNull();
  });
  it('says for whom, what, by when, from whom and with which files, and has a slip of its own', async () => {
    await open(opened('sign-open'));
    await press('打印大字通知');
    const child = toPrint(notice)[1]!.cell;
    const letter = letters()[1]!;
    for (const said of [`${child.child.name}的家长`, `学号 ${child.number}`, '重庆科技馆参观同意书', '学校为每个孩子买了保险', '请在 11-27 周五 20:00 前交回下面的回执', '江畔实验小学', '张晓梅老师', '重庆科技馆研学行程.pdf', '集合地点示意图.jpg']) expect(words(letter)).toContain(said);
    const slip = letter.querySelector('section')!;
    for (const said of [child.child.name, `学号 ${child.number}`, '重庆科技馆参观同意书', '同意', '不同意', '家长签名', '沿虚线剪下']) expect(words(slip)).toContain(said);
    expect(slip.querySelectorAll('.box')).toHaveLength(2);
  });
  it('names the file of this child and of no other', async () => {
    const carried = opened('sign-open');
    const [first, second] = toPrint(carried).map(({ cell }) => cell);
    const [file] = openNotice(teacher, 'own-files').child_files;
    const own = { ...file!, file: { ...file!.file, attachment: { ...file!.file.attachment, name: '成绩单.pdf' } } };
    await open({ ...carried, child_files: [{ ...own, child: second!.child }] });
    await press('打印大字通知');
    expect([words(letters()[0]!), words(letters()[1]!)].map((one) => one.includes('成绩单.pdf'))).toEqual([false, true]);
    expect(words(letters()[0]!)).toContain(first!.child.name);
  });
  it('that asks nothing has no slip, and is offered all the same', async () => {
    await open(opened('nothing-open'));
    expect(button('复制成表格')).toBeUndefined();
    expect(button('存成 Excel')).toBeUndefined();
    expect(button('录入纸质回执')).toBeUndefined();
    await press('打印大字通知');
    expect(words()).toContain('仍在南门');
    expect(words()).toContain('11-27 周五 20:00 前');
    expect(words()).not.toContain('回执');
    expect(paper()!.querySelector('section')).toBeNull();
  });
  it('cannot turn the words around it', async () => {
    const carried = opened('sign-open');
    const [file] = carried.files;
    await open({ ...carried, files: [{ ...file!, attachment: { ...file!.attachment, name: '\u202egpj.exe' } }] });
    await press('打印大字通知');
    expect(words()).toContain('gpj.exe');
    expect(words()).not.toContain('\u202e');
  });
});

describe('the list', () => {
  it('has a line for each child to ask on paper, with room for the answer and a signature', async () => {
    await open(opened('choose-many'));
    await press('打印名单');
    expect(print).toHaveBeenCalledOnce();
    const rows = [...paper()!.querySelectorAll('tbody tr')];
    const asked = toPrint(notice);
    expect(rows.map((row) => row.children[1]!.textContent)).toEqual(asked.map(({ cell }) => cell.child.name));
    expect(rows.every((row) => row.children.length === 4)).toBe(true);
    expect(words()).toContain('请家长：选一项');
    expect(words(paper()!.querySelector('ol li:last-child'))).toBe('C不参加');
  });
  it('of what asks nothing has room for how the family was told', async () => {
    await open(opened('nothing-open'));
    await press('打印名单');
    expect(words(paper()!.querySelector('thead'))).toBe('学号姓名怎么转告的、哪天');
    expect(words()).not.toContain('请家长');
  });
  it('has two boxes to sign', async () => {
    await open(opened('sign-open'));
    await press('打印名单');
    expect(words(paper()!.querySelector('tbody tr'))).toMatch(/□ 同意.*□ 不同意/);
  });
  it('is one page a class', async () => {
    await open(openNotice({ role: 'teacher', size: 'many' }, 'nothing-open'));
    await press('打印名单');
    const classes = new Set(toPrint(notice).map(({ cell }) => cell.child.class!.id));
    expect(classes.size).toBeGreaterThan(1);
    expect(paper()!.querySelectorAll('.sheet')).toHaveLength(classes.size);
  });
});

describe('nothing is offered to print', () => {
  it('where everybody is reached', async () => {
    const reached = opened('sign-open');
    await open({ ...reached, sheet: reached.sheet.map((cell) => ({ ...cell, unreached: null })) });
    expect(button('打印名单')).toBeUndefined();
    expect(button('打印大字通知')).toBeUndefined();
  });
  it('of a notice that another one took the place of', async () => {
    const old = opened('nothing-open');
    await open({ ...old, line: { ...old.line, ask: asks.nothing, state: { is: 'superseded', by: 'n2', at: NOW } } });
    expect(document.querySelector('#class-sheet')).not.toBeNull();
    expect(button('打印大字通知')).toBeUndefined();
  });
});
