// Afterwards: the report of an event and of a term, the survey for who came, and the certificate.
import { beforeEach, describe, expect, it } from 'vitest';
import type { EventReport, NoticePreview } from '../src/lib/bindings';
import { BLIND, certificateOf, reportOf, termOf } from './look/afterwards';
import { booking as bookingAt, own, sessionAt, type School } from './look/people';
import { openedOf } from './look/things';
import { allSent, button, clean, click, core, open as openAs, sent, settle, words } from './window';

const { route } = await import('../src/lib/route.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { bar, columnsOf } = await import('../src/screens/afterwards/figures');
const { readLetter } = await import('../src/screens/notice/compose');

const desk: School = { role: 'coordinator', size: 'some' };
const work = () => words(document.querySelector('main'));
const tables = () => [...document.querySelectorAll('main table')];
const heads = (table: Element) => [...table.querySelectorAll('thead th')].map((one) => words(one));
/** The rows of a table by their names, each with its cells. */
const rows = (table: Element) => [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('th, td.number')].map((cell) => words(cell)));
const open = (event = 'event-0000') => openAs('coordinator', 'eventReport', { id: event });
const people = ({ children, adults }: { children: number; adults: number }) => children + adults;

beforeEach(() => {
  prefs.language = 'zh-CN';
});

describe('the report of an event', () => {
  it('is opened from its desk, and says who came by session, campus, grade and class', async () => {
    await openAs('coordinator', 'desk', { id: 'event-0000' });
    await click(button('报告'));
    expect(route.here).toEqual({ screen: 'eventReport', params: { id: 'event-0000' } });
    const report = reportOf(desk, 'event-0000');
    expect(tables()).toHaveLength(4);
    expect(work()).toContain(`到场 ${people(report.whole.figures.came) + 9} 人，家庭 ${report.whole.families} 家`);
    const [sessions, , , classes] = tables() as [Element, Element, Element, Element];
    expect(heads(sessions)).toEqual(['场次', '签到', '名额', '家庭', '应到', '到场', '未到', '退报', '没有名额', '现场进入']);
    expect(rows(sessions)[0]!.slice(1, 3)).toEqual(['有签到', '120']);
    expect(rows(classes).at(-1)![0]).toBe('班级不详');
    const first = report.classes[0]!.counted.figures;
    expect(rows(classes)[0]![3]).toContain(`孩子 ${first.came.children}，大人 ${first.came.adults}`);
    await clean();
  });
  it('says of an event without check-in only who signed up, and of nobody that they were absent', async () => {
    await open(BLIND);
    expect(work()).toContain('这个活动没有签到记录');
    expect(work()).toContain('家报了名');
    expect(heads(tables()[0]!)).not.toContain('未到');
    expect(heads(tables()[0]!)).toContain('未知');
    expect(document.querySelector('main rect.absent')).toBeNull();
    await clean();
  });
  it('of which some sessions have no check-in says how many', async () => {
    const report = reportOf(desk, 'event-0000');
    const [first, second] = report.sessions as [EventReport['sessions'][0], EventReport['sessions'][0]];
    core.answers['event.report'] = { ...report, sessions: [first, { ...second, stand: 'unchecked' }] };
    await open();
    expect(work()).toContain('1 场没有签到记录，这些场报名的人算“未知”，不算未到');
  });
  it('that was called off says so, and not that nobody signed up', async () => {
    const report = reportOf({ role: 'coordinator', size: 0 }, 'event-0000');
    const off = reportOf(desk, 'event-0000').sessions.map((one) => ({ ...one, stand: 'called-off' as const, counted: report.whole }));
    core.answers['event.report'] = { ...report, cancelled: '大雨', sessions: off };
    await open();
    expect(work()).toContain('已取消：大雨');
    expect(work()).toContain('没有可以统计的场次');
    expect(work()).not.toContain('还没有人报名');
    expect(button('存为 PDF')).toBeUndefined();
  });
  it('with nobody says so, and exports nothing', async () => {
    await openAs('coordinator', 'eventReport', { id: 'event-0000' }, { size: 0 });
    expect(work()).toContain('还没有人报名');
    expect(button('存为 PDF')).toBeUndefined();
  });
  it('draws every figure it names to one scale, and leaves out what nobody is in', () => {
    const figures = { expected: { children: 6, adults: 6 }, came: { children: 4, adults: 4 }, absent: { children: 2, adults: 2 }, unknown: { children: 0, adults: 0 }, withdrew: { children: 0, adults: 0 }, waited: { children: 0, adults: 0 }, walked_in: 4 };
    expect(bar(figures, 16, 160)).toEqual([
      { kind: 'came', from: 0, width: 80 },
      { kind: 'walked_in', from: 80, width: 40 },
      { kind: 'absent', from: 120, width: 40 },
    ]);
    expect(columnsOf(figures).map(({ key }) => key)).toEqual(['expected', 'came', 'absent']);
  });
  it('is kept as a PDF and as a workbook, in the language of the window', async () => {
    await open();
    await click(button('存为 PDF'));
    expect(sent('paper.save')).toEqual({ title: '家长开放日“牵手同前行，相遇见美好” 报告' });
    await click(button('存成 Excel'));
    expect(sent('event.report-export')).toEqual({ of: { is: 'event', event: 'event-0000' }, language: 'zh-CN' });
    expect(work()).toContain('已存到“下载”：家长开放日 报告 2026-11-23.xlsx');
    core.faults['event.report-export'] = { fault: 'disk-full' };
    await click(button('存成 Excel'));
    expect(document.querySelector('main [role=alert], main .fault')).not.toBeNull();
  });
});

describe('the survey', () => {
  it('goes to who came, with questions that are there already', async () => {
    await open();
    await click(button('问卷给到场家庭'));
    await settle(400);
    expect(route.here).toEqual({ screen: 'compose', params: { to: { kind: 'came', id: 'event-0000' }, survey: true } });
    expect(sent<NoticePreview>('notice.preview')?.audience).toEqual({ include: [{ kind: 'came', id: 'event-0000' }], except: [] });
    expect(work()).toContain('到场的家庭');
    const values = [...document.querySelectorAll<HTMLInputElement>('main input, main textarea')].map(({ value }) => value);
    expect(values).toContain('“家长开放日“牵手同前行，相遇见美好””活动反馈');
    expect(values).toEqual(expect.arrayContaining(['总的来说，您觉得这次活动', '时间安排', '希望下次怎样改进']));
  });
  it('is not offered where nobody came, or nobody may be written to', async () => {
    core.answers['event.report'] = { ...reportOf(desk, 'event-0000'), may_ask: false };
    await open();
    expect(button('问卷给到场家庭')).toBeUndefined();
  });
  it('reads a draft that an older window kept of who waits', () => {
    const event = { is: 'event', event: 'event-0000', title: '开放日', session: null, except: false };
    const kept = readLetter(JSON.stringify({ audience: [{ ...event, waiting: true }, { ...event, waiting: false }, { ...event, who: 'came' }] }));
    expect(kept!.audience.map((name) => name.is === 'event' && name.who)).toEqual(['waits', 'comes', 'came']);
  });
});

describe('the report of a term', () => {
  it('is opened from the events, and leads to each of them', async () => {
    await openAs('coordinator', 'events');
    await click(button('学期报告'));
    await settle(400);
    expect(route.here.screen).toBe('termReport');
    const term = termOf(desk);
    expect(work()).toContain(`${term.whole.events} 个活动，${term.whole.sessions} 场`);
    expect(work()).toContain('还有 3 场没有举行');
    expect(tables().map((table) => heads(table)[0])).toEqual(['项目', '项目', '校区', '年级', '活动']);
    expect(rows(tables()[0]!).map(([name]) => name)).toEqual(['家长开放日', '馆校合作', '没有项目']);
    expect(work()).toContain('志愿时长，按项目');
    expect(heads(tables()[1]!)).toContain('认定');
    expect(heads(tables()[2]!)).not.toContain('名额');
    await clean();
  });
  it('of another term is asked for by its name', async () => {
    await openAs('coordinator', 'termReport');
    const other = [...document.querySelectorAll<HTMLInputElement>('main input[type=radio]')][1]!;
    await click(other);
    await settle(400);
    expect(sent('event.term-report')).toEqual({ term: { year: 'year-2025', term: 1 } });
    await click(button('存成 Excel'));
    expect(sent('event.report-export')).toMatchObject({ of: { is: 'term' } });
  });
  it('is a family nothing', async () => {
    await openAs('parent', 'events');
    expect(button('学期报告')).toBeUndefined();
    expect(allSent('event.term-report')).toEqual([]);
  });
  it('of a school without terms says what is missing', async () => {
    core.answers['event.term-report'] = { ...termOf(desk), term: null, terms: [] };
    await openAs('coordinator', 'termReport');
    expect(work()).toContain('学校还没有学期');
    expect(button('存成 Excel')).toBeUndefined();
  });
});

describe('the certificate', () => {
  const family: School = { role: 'parent', size: 'some' };
  async function openBooking(certificate: boolean) {
    const opened = openedOf(family, true);
    core.answers['event.open'] = { ...opened, line: { ...opened.line, mine: [{ ...bookingAt(0, { is: 'confirmed' }), children: own, session: sessionAt(0, 58, 0, -4), certificate }] } };
    await openAs('parent', 'event', { id: 'event-0001' });
  }
  it('is on the card of a family that was there, in both languages, and is kept as a PDF', async () => {
    await openBooking(true);
    await click(button('参加证明'));
    await settle(400);
    const dialog = words(document.querySelector('dialog'));
    const { title, venue } = certificateOf();
    for (const part of ['参加证明', 'Certificate of Attendance', '江畔实验小学', title, venue, '2026年11月19日', 'Thursday', '19 November 2026', own[0]!.name, own[1]!.name]) expect(dialog).toContain(part);
    await click([...document.querySelectorAll<HTMLButtonElement>('dialog button')].find((one) => words(one) === '存为 PDF'));
    expect(sent('paper.save')).toEqual({ title: `参加证明 ${title}` });
  });
  it('is on no other card', async () => {
    await openBooking(false);
    expect(button('参加证明')).toBeUndefined();
  });
});
