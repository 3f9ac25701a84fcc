import { beforeEach, describe, expect, it } from 'vitest';
import type { AudienceName, Because, ChildName, Entered, GivenView, NoticePreviewed, PlaceName, SheetCell } from '../src/lib/bindings';
import { prefs } from '../src/lib/prefs.svelte';
import { sheetsOf, stateOf, tallyOf } from '../src/screens/notice/cells';
import { audienceOf, blank, changedOf, guessChanged, idOf, isBlank, readLetter, requestOf } from '../src/screens/notice/compose';
import { reasonsIn, reasonsOf, takenOut, unreachedChildren } from '../src/screens/notice/reasons';
import { groupText, leftUntil, splitTitle } from '../src/screens/notice/tell';

const zone = 'Asia/Shanghai';
const ask = { is: 'acknowledge' } as const;
const place = (id: string): PlaceName => ({ id, level: 'class', name: '本部', grade: 3, number: 2 });
const child = (id: string, at = place('c1')): ChildName => ({ id, name: `孩子${id}`, tail: '', class: at });
const guardian = { id: 'g', name: '刘芳', relation: 'mother' as const, decides: true };
const cell = (id: string, more: Partial<SheetCell> = {}): SheetCell => ({ child: child(id), number: id, answers: [], done: false, may_answer: true, pending: null, guardians: [guardian], may_enter: true, seen: false, unreached: null, ...more });

const answered = (entered: Entered | null = null): Pick<SheetCell, 'answers' | 'done'> => {
  const now: GivenView = { reply: { is: 'acknowledge' }, guardian: '刘芳', guardian_id: 'g', relation: null, entered, at: '2026-11-23T10:00:00Z', late: false };
  return { answers: [{ id: 'a', version: 1, mine: false, now, files: [], earlier: [] }], done: true };
};

beforeEach(() => {
  prefs.language = 'zh-CN';
});

describe('for the WeChat group', () => {
  const notice = { title: '周三放学改到 15:40', ask, due: '2026-11-24T20:00:00+08:00[Asia/Shanghai]' };
  it('says title and deadline, with the weekday', () => {
    const text = groupText(notice, zone);
    expect(text).toContain('周三放学改到 15:40');
    expect(text).toContain('11-24 周二 20:00');
  });
  it('tells no names, whatever the notice knows', () => {
    const whole = { ...notice, author: '张晓梅', children: [child('1')], sheet: [cell('2', answered({ by: '张晓梅', note: '妈妈来电' }))] };
    for (const language of ['zh-CN', 'en'] as const) {
      prefs.language = language;
      expect(groupText(whole, zone)).not.toMatch(/张晓梅|孩子|刘芳/);
    }
  });
  it('promises no deadline where there is none', () => {
    expect(groupText({ ...notice, due: null }, zone)).not.toMatch(/20:00|前/);
    expect(groupText({ ...notice, ask: { is: 'nothing' }, due: null }, zone)).not.toContain('知道了');
  });
});

describe('the changed fact', () => {
  it('is guessed from the one time or number that differs', () => {
    expect(guessChanged('周三 15:00 放学', '周三放学改到 15:40')).toEqual({ was: '15:00', now: '15:40' });
    expect(guessChanged('11月25日家长会', '11月26日家长会')).toEqual({ was: '11月25日', now: '11月26日' });
    expect(guessChanged('9:00 到 10:00', '9:30 到 10:30')).toBeNull();
    expect(guessChanged('家长会', '家长会改期')).toBeNull();
  });
  it('is only sent where its new value stands in the title', () => {
    const letter = { ...blank(), title: '放学改到 15:40', was: '15:00', now: '15:40' };
    expect(changedOf(letter)).toEqual({ was: '15:00', now: '15:40' });
    expect(changedOf({ ...letter, now: '16:00' })).toBeNull();
    expect(changedOf({ ...letter, was: '' })).toBeNull();
    expect(requestOf(letter, 42, null).changed).toBeNull();
  });
  it('is shown in its place', () => {
    expect(splitTitle('周三 15:40 放学', { was: '15:00', now: '15:40' })).toEqual({ before: '周三', fact: { was: '15:00', now: '15:40' }, after: '放学' });
    expect(splitTitle('周三放学', { was: '15:00', now: '15:40' }).fact).toBeNull();
  });
});

describe('composing', () => {
  const names: AudienceName[] = [
    { is: 'place', place: place('c1'), except: false },
    { is: 'child', child: child('5'), except: true },
  ];
  const preview: NoticePreviewed = {
    families: 3,
    children: 4,
    both: 1,
    list: [
      { children: [child('1')], guardians: [guardian], because: [] },
      { children: [child('2'), child('9', place('c2'))], guardians: [guardian], because: [] },
      { children: [child('3', place('c2'))], guardians: [guardian], because: [] },
    ],
    unreached: [
      { child: child('7'), guardian, why: 'not-joined' },
      { child: child('7'), guardian, why: 'on-paper' },
      { child: child('8'), guardian: null, why: 'cannot-receive' },
    ],
    left_out: [],
    no_family: [],
    noise: { today: 1, class: null },
    goes_out: null,
    quiet_until: null,
    approvers: null,
    as_of: null,
  };
  it('sends exactly whom it shows, and the number on the button', () => {
    expect(audienceOf(names)).toEqual({ include: [{ kind: 'place', id: 'c1' }], except: [{ kind: 'child', id: '5' }] });
    const request = requestOf({ ...blank(), audience: names, title: ' 放学 ' }, preview.families, null);
    expect([request.families_seen, request.title, request.due]).toEqual([3, '放学', null]);
  });
  it('explains the number: reasons add up to it', () => {
    const reasons = reasonsOf(preview);
    expect(reasons.map(({ place: at, families }) => [at?.id, families])).toEqual([
      ['c1', 2],
      ['c2', 1],
    ]);
    expect(reasons.reduce((sum, { families }) => sum + families, 0)).toBe(preview.families);
  });
  it('names what families take part in, where that is why they are told', () => {
    const session = { id: 's1', name: '第 1 场', starts: '2026-11-26T10:00:00+08:00[Asia/Shanghai]' };
    const comes: Because = { is: 'event', title: '校园开放日', session, who: 'comes' };
    const helps: Because = { is: 'post', title: '护学岗', shift: { id: 'h1', starts: session.starts, ends: '2026-11-26T11:00:00+08:00[Asia/Shanghai]' } };
    const one = (because: Because[], n: number) => ({ children: [child(String(n))], guardians: [guardian], because });
    const list = [one([comes], 1), one([{ ...comes, who: 'waits' }], 2), one([helps], 3), one([comes], 4), one([{ is: 'place', place: place('c1') }, comes], 5), one([{ is: 'child' }], 6)];
    expect(reasonsOf({ list }).map(({ place: at, part, families }) => [at?.id ?? part, families])).toEqual([
      [expect.stringMatching(/^报了校园开放日：第 1 场，11-26/), 2],
      [expect.stringMatching(/^候补校园开放日/), 1],
      [expect.stringMatching(/^护学岗值班，11-26 .*–/), 1],
      ['c1', 1],
      ['单独选了这一家', 1],
    ]);
  });
  it('says of each child what brought it in, and of the family what cannot be said of one', () => {
    const grade: PlaceName = { id: 'g3', level: 'grade', name: '本部', grade: 3, number: null };
    const other: PlaceName = { ...place('c9'), grade: 1 };
    const comes: Because = { is: 'event', title: '校园开放日', session: { id: 's1', name: '第 1 场', starts: '2026-11-26T10:00:00+08:00[Asia/Shanghai]' }, who: 'comes' };
    const because: Because[] = [{ is: 'place', place: grade }, { is: 'child' }, comes];
    const alone: AudienceName[] = [{ is: 'child', child: child('2', other), except: false }, { is: 'child', child: child('1'), except: true }];
    const two = reasonsIn({ children: [child('1'), child('2', other)], guardians: [guardian], because }, alone);
    expect(two.each.map(({ child: { id }, why }) => [id, why])).toEqual([
      ['1', ['选了本部三年级']],
      ['2', ['单独选了这一家']],
    ]);
    expect(two.all).toEqual([expect.stringMatching(/^报了校园开放日：第 1 场，11-26/)]);
    // Of an only child everything can be said.
    const one = reasonsIn({ children: [child('1')], guardians: [guardian], because }, []);
    expect([one.each[0]!.why.length, one.all]).toEqual([3, []]);
  });
  it('names who was taken out, and by which of what was left out', () => {
    const one = (n: string, at = place('c1')) => ({ children: [child(n, at)], guardians: [guardian], because: [] });
    const whole = { list: [one('1'), one('2'), one('3', place('c2')), one('4')], unreached: [{ child: child('5', place('c2')), guardian, why: 'on-paper' as const }] };
    const event: AudienceName = { is: 'event', event: 'e1', title: '开放日', session: null, who: 'comes', except: true };
    const except: AudienceName[] = [{ is: 'place', place: place('c1'), except: false }, { is: 'place', place: place('c2'), except: true }, { is: 'child', child: child('2'), except: true }, event];
    const out = (chosen: AudienceName[]) => takenOut(whole, { list: [one('1')], unreached: [] }, chosen).map(({ child: { id }, why }) => [id, why]);
    expect(out(except)).toEqual([
      ['2', '除外：孩子2一家'],
      ['3', '除外：本部三年级2班'],
      ['4', '除外：开放日：来的家庭'],
      ['5', '除外：本部三年级2班'],
    ]);
    expect(out([...except, { is: 'post', post: 'p1', title: '护学岗', shift: null, except: true }])[2]).toEqual(['4', '除外的其中一项：开放日：来的家庭、护学岗：值班的人']);
  });
  it('keeps who comes, who waits and each session of an event apart', () => {
    const event: AudienceName = { is: 'event', event: 'e1', title: '校园开放日', session: null, who: 'comes', except: false };
    const parts: AudienceName[] = [event, { ...event, who: 'waits' }, { ...event, who: 'came' }, { ...event, session: { id: 's1', name: '第 1 场', starts: '2026-11-26T10:00:00+08:00[Asia/Shanghai]' } }, { is: 'post', post: 'p1', title: '护学岗', shift: null, except: true }];
    expect(audienceOf(parts)).toEqual({
      include: [
        { kind: 'event', id: 'e1' },
        { kind: 'waiting', id: 'e1' },
        { kind: 'came', id: 'e1' },
        { kind: 'session', id: 's1' },
      ],
      except: [{ kind: 'post', id: 'p1' }],
    });
    expect(new Set(parts.map(idOf)).size).toBe(5);
  });
  it('counts a family without anyone once, however many guardians', () => expect(unreachedChildren(preview)).toBe(2));
  it('comes back from a draft as it was, and not from rubbish', () => {
    const letter = { ...blank(), audience: names, title: '放学', body: '一\n二' };
    expect(readLetter(JSON.stringify(letter))).toEqual(letter);
    expect(readLetter('')).toBeUndefined();
    expect(readLetter('{"title":1}')).toBeUndefined();
    expect(isBlank(blank())).toBe(true);
    expect(isBlank(letter)).toBe(false);
  });
});

describe('the class sheet', () => {
  const cells = [
    cell('1', answered()),
    cell('2', answered({ by: '张晓梅', note: '' })),
    cell('3'),
    cell('4', { pending: { is: 'saved' } }),
    cell('5', { unreached: 'cannot-receive' }),
    cell('6', { unreached: 'not-joined' }),
    cell('7', { unreached: 'on-paper' }),
  ];
  it('says no where a wish failed, however it did', () =>
    expect([{ is: 'unreadable' as const }, { is: 'parked' as const, code: 'too-large' }].map((pending) => stateOf(cell('9', { pending }), ask))).toEqual(['refused', 'refused']));
  it('gives each child one state', () =>
    expect(cells.map((one) => stateOf(one, ask))).toEqual(['done', 'entered', 'waiting', 'pending', 'unable', 'not-joined', 'paper']));
  it('counts an answer on paper even where nobody can receive', () =>
    expect(stateOf(cell('8', { ...answered(), unreached: 'on-paper' }), ask)).toBe('done'));
  it('adds up', () => expect(tallyOf(cells, ask)).toEqual({ done: 2, waiting: 1, pending: 1, unable: 1, absent: 2 }));
  it('is one sheet a class, in the order given', () => {
    const mixed = [cell('1'), { ...cell('2'), child: child('2', place('c2')) }, cell('3')];
    expect(sheetsOf(mixed).map((sheet) => sheet.cells.map(({ number }) => number))).toEqual([['1', '3'], ['2']]);
  });
});

it('counts down to the second', () => {
  const now = new Date('2026-11-23T09:30:00Z');
  expect(leftUntil('2026-11-23T09:31:32Z', now)).toBe('1:32');
  expect(leftUntil('2026-11-23T09:30:05Z', now)).toBe('0:05');
  expect(leftUntil('2026-11-23T09:29:00Z', now)).toBe('0:00');
});
