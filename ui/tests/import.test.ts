import { Blob as NodeBlob } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FaultLine, ImportPreviewed, RemarkView } from '../src/lib/bindings';
import { prefs } from '../src/lib/prefs.svelte';
import { faultSums, leaving, tabsOf, toWrite } from '../src/screens/import/counts';
import { fileCodes, fileWords, lineCodes, lineWords, whereWords } from '../src/screens/import/faults';
import { toBase64 } from '../src/screens/import/file';
import { grantsOf, openRelations, relationsOf, toggleBarred, toggleNone, toggleRight, type Choices } from '../src/screens/import/grants';

const counts = { new: 12, changed: 4, moved: 2, left: 3, unchanged: 900, staff: 1, faulty: 2, staff_left: 5, unidentified: 0 };
const fault = (more: Partial<FaultLine> = {}): FaultLine => ({ sheet: '学生', line: 18, column: '电话1', code: 'bad-phone', value: '138', hint: false, ...more });
const preview = (more: Partial<ImportPreviewed> = {}): ImportPreviewed => ({ id: 'i', name: '名册.xlsx', year: 2026, counts, faults: [], changes: [], remarks: [], ...more });

/** jsdom's own Blob cannot be read. */
const blob = (part: Uint8Array | string) => new NodeBlob([part]) as unknown as Blob;

beforeEach(() => {
  prefs.language = 'zh-CN';
});

describe('counts', () => {
  it('takes nobody out unless that is ticked', () => {
    expect(toWrite(counts, { pupils: false, staff: false })).toBe(19);
    expect(toWrite(counts, { pupils: true, staff: false })).toBe(22);
    expect(toWrite(counts, { pupils: false, staff: true })).toBe(24);
  });
  it('takes nobody out while lines are of nobody known', () => {
    expect(leaving({ ...counts, unidentified: 1 }, { pupils: true, staff: true })).toEqual({ pupils: 0, staff: 0 });
    expect(leaving(counts, { pupils: true, staff: true })).toEqual({ pupils: 3, staff: 5 });
  });
  it('counts lines that are not imported once, however many faults they have', () =>
    expect(faultSums([fault(), fault({ column: '姓名', code: 'missing' }), fault({ line: 19 }), fault({ hint: true })])).toEqual({ errors: 2, hints: 1 }));
  it('shows what is wrong first, and only where something is', () => {
    expect(tabsOf(preview()).map(({ label, count }) => [label, count])).toEqual([
      ['新增', 12],
      ['变更', 4],
      ['换班', 2],
      ['转出', 3],
      ['教职工', 1],
    ]);
    expect(tabsOf(preview({ faults: [fault()] }))[0]).toMatchObject({ value: 'faults', count: 1 });
  });
});

describe('faults', () => {
  /** The codes of an enum of the reader, as they travel. */
  const codesOf = (name: string) => {
    const source = readFileSync('../crates/roster/src/fault.rs', 'utf8');
    const body = source.split(`pub enum ${name} {`)[1]!.split('\n}')[0]!;
    return [...body.matchAll(/^ {4}([A-Z]\w+)/gm)].map(([, variant]) => variant!.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase());
  };
  it('has a sentence for every code of the reader', () => {
    expect(lineCodes.toSorted()).toEqual(codesOf('FaultCode').toSorted());
    expect(fileCodes.toSorted()).toEqual(codesOf('ReadFault').toSorted());
    for (const language of ['zh-CN', 'en'] as const) {
      prefs.language = language;
      const said = lineCodes.map((code) => lineWords(fault({ code })));
      expect(new Set(said).size).toBe(lineCodes.length);
      expect(said.join()).not.toContain('undefined');
    }
  });
  it('says where', () => {
    expect(whereWords(fault())).toBe('学生 第 18 行');
    expect(whereWords(fault({ sheet: '' }))).toBe('第 18 行');
    expect(whereWords(fault({ line: 0 }))).toBe('学生 整张表');
  });
  it('tells an unknown code rather than nothing', () => expect(lineWords(fault({ code: 'new-one' }))).toContain('new-one'));
  it('tells why a file was not taken', () => {
    expect(fileWords({ fault: 'denied', code: 'roster-old-excel', detail: '' }).next).toContain('.xls');
    expect(fileWords({ fault: 'denied', code: 'roster-unreadable', detail: 'encrypted: …' }).next).toContain('密码');
    expect(fileWords({ fault: 'denied', code: 'roster-unreadable', detail: '' }).next).toContain('另存为');
    expect(fileWords({ fault: 'denied', code: 'lines-unread', detail: '' }).next).toContain('看不出是谁');
    expect(fileWords({ fault: 'denied', code: 'import-settled', detail: '' }).next).toContain('撤销');
    expect(fileWords({ fault: 'denied', code: 'no-power', detail: '' }).title).toContain('身份');
    expect(fileWords({ fault: 'offline' }).title).toContain('连着学校');
  });
});

describe('the file', () => {
  it('is written as base64, piece by piece', async () => {
    const bytes = Uint8Array.from({ length: 500_000 }, (_, i) => (i * 7) % 256);
    const seen: number[] = [];
    const text = await toBase64(blob(bytes), (read) => seen.push(read), () => true);
    expect(text).toBe(Buffer.from(bytes).toString('base64'));
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(bytes.length);
  });
  it('stops when it is no longer wanted', async () => expect(await toBase64(blob('abc'), () => undefined, () => false)).toBeUndefined());
});

describe('remarks', () => {
  const remark = (relations: RemarkView['guardians'][number]['relation'][]): RemarkView => ({
    id: relations.join(),
    child: { id: 'k', name: '李雨桐', tail: '', class: null },
    guardians: relations.map((relation) => ({ id: relation, name: '某', relation, decides: false })),
  });
  it('asks only for relations that occur', () =>
    expect(relationsOf([remark(['father']), remark(['father', 'mother'])], ['mother', 'father', 'other'])).toEqual(['mother', 'father']));
  it('guesses nothing: a line without a tick is not decided', () => {
    const choices: Choices = {};
    expect(openRelations(['mother', 'father'], choices)).toEqual(['mother', 'father']);
    choices.father = toggleNone({ rights: [], none: false, barred: false });
    expect(openRelations(['mother', 'father'], choices)).toEqual(['mother']);
  });
  it('keeps "none" and "keep away" apart from rights', () => {
    const some = toggleRight({ rights: [], none: true, barred: false }, 'messages');
    expect(some).toEqual({ rights: ['messages'], none: false, barred: false });
    expect(toggleBarred(some)).toEqual({ rights: [], none: false, barred: true });
    expect(grantsOf(['mother', 'father'], { mother: some, father: toggleBarred(some) })).toEqual([
      { relation: 'mother', rights: ['messages'], barred: false },
      { relation: 'father', rights: [], barred: true },
    ]);
  });
});
