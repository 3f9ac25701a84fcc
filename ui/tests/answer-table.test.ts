// The answers as a table that is pasted into a spreadsheet.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ask, SheetCell } from '../src/lib/bindings';
import { answer, asks, given, openNotice, sentBack, SHA } from './look/notices';
import { home, NOW, ZONE } from './look/people';

vi.mock('@tauri-apps/api/core', () => ({ invoke: async () => ({}) }));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { prefs } = await import('../src/lib/prefs.svelte');
const { answersText } = await import('../src/screens/notice/ask/answers');

const notice = openNotice({ role: 'teacher', size: 1 }, 'form-silent');
const cellOf = (more: Partial<SheetCell> = {}): SheetCell => ({ ...notice.sheet[0]!, number: '007', unreached: null, child: { id: 'c1', name: '李雨桐', tail: '', class: home }, ...more });
const table = (ask: Ask, ...sheet: SheetCell[]) => answersText({ line: { ...notice.line, ask }, sheet }, ZONE).split('\n').map((line) => line.split('\t'));
const chose = (n: number, more: Parameters<typeof given>[1] = {}) => answer(given({ is: 'choose', choices: [n] }, { guardian: '刘芳', guardian_id: 'p1', ...more }));
const done = (...answers: SheetCell['answers']): SheetCell => cellOf({ answers, done: true });

beforeEach(() => {
  prefs.language = 'zh-CN';
  vi.useFakeTimers({ now: new Date(NOW) });
  return () => vi.useRealTimers();
});

describe('the table', () => {
  it('has a head, and a row for each child with who answered what and when', () =>
    expect(table(asks.choose, done(chose(0)))).toEqual([
      ['学号', '姓名', '班级', '回应', '状态', '监护人', '时间', '代办'],
      ["'007", '李雨桐', '本部三年级2班', '书法', '已回应', '刘芳', '11-23 周一 09:54', ''],
    ]));
  it('has a column for each field of a form, empty where nothing stands', () => {
    const reply = { is: 'fill-in' as const, values: ['138.5', '140', '', '2026-11-27', ''], files: [] };
    const [head, row] = table(asks.form, done(answer(given(reply))));
    expect(head!.slice(3, 8)).toEqual(['身高（厘米）', '尺码', '几件', '希望哪天领', '要告诉老师的话']);
    expect(row!.slice(3, 8)).toEqual(['138.5', '140', '', '11-27 周五', '']);
    expect(row).toHaveLength(head!.length);
  });
  it('names the files that were sent back', () => {
    const [, row] = table(asks.back, done(answer(given(sentBack))));
    expect(row![3]).toBe('重庆科技馆研学行程.pdf、集合地点示意图.jpg');
  });
  it('says how a child stands without an answer', () => {
    expect(table(asks.choose, cellOf())[1]).toEqual(["'007", '李雨桐', '本部三年级2班', '', '等回应', '', '', '']);
    expect(table(asks.choose, cellOf({ unreached: 'on-paper' }))[1]![4]).toBe('没有设备');
  });
  it('holds nothing that the school does not have yet', () => {
    const [, row] = table(asks.choose, { ...done(chose(0)), pending: { is: 'saved' } });
    expect(row).toEqual(["'007", '李雨桐', '本部三年级2班', '', '等提交', '', '', '']);
  });
  it('has a row for each guardian who answered', () => {
    const second = answer(given({ is: 'sign', agrees: false, sha256: SHA }, { guardian: '李建国', guardian_id: 'p2' }));
    const rows = table(asks.sign, done(answer(given({ is: 'sign', agrees: true, sha256: SHA }, { guardian: '刘芳', guardian_id: 'p1' })), second)).slice(1);
    expect(rows.map((row) => [row[3], row[5]])).toEqual([['同意', '刘芳'], ['不同意', '李建国']]);
  });
  it('says what staff entered, and how the family told', () =>
    expect(table(asks.choose, done(chose(0, { entered: { by: '张晓梅', note: '纸质回执' } })))[1]!.at(-1)).toBe('张晓梅老师代办，纸质回执'));
  it('tells two children of one name apart', () =>
    expect(table(asks.choose, cellOf({ child: { id: 'c2', name: '王梓涵', tail: '0412', class: null } }))[1]!.slice(1, 3)).toEqual(['王梓涵（0412）', '']));
});

describe('what people typed', () => {
  const typed = (text: string) => {
    const [, row, ...more] = table(asks.form, done(answer(given({ is: 'fill-in', values: ['', '', '', '', text], files: [] }))));
    expect([row!.length, more.length]).toEqual([12, 0]);
    return row![7];
  };
  it('stays in its cell', () => {
    expect(typed('第一行\r\n第二行')).toBe('第一行 第二行');
    expect(typed('左\t右')).toBe('左 右');
    expect(typed('  前后  ')).toBe('前后');
  });
  it('is no formula', () => {
    for (const text of ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠a']) expect(typed(text)).toBe(`'${text}`);
    expect(typed('\t=1')).toBe("'=1");
    expect(typed('1=1')).toBe('1=1');
  });
  it('is no formula in a label or a name either', () => {
    const ask: Ask = { is: 'fill-in', fields: [{ label: '=1', value: { is: 'text' }, required: false }] };
    const [head, row] = table(ask, cellOf({ child: { id: 'c3', name: '=cmd', tail: '', class: null } }));
    expect([head![3], row![1]]).toEqual(["'=1", "'=cmd"]);
  });
});
