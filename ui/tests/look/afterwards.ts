// What stands afterwards: the report of an event, of a term, and a certificate.
import type { Calls, Counted, EventCertificate, EventReport, Figures, Heads, ReportSession, TermCount, TermReport } from '../../src/lib/bindings';
import { at, campuses, classAt, count, gradeAt, id, LONG, NOW, own, school, times, type School } from './people';

/** No gate was ever set up for it. */
export const BLIND = 'event-blind';

const none: Heads = { children: 0, adults: 0 };
const heads = (children: number, adults: number): Heads => ({ children, adults });
const add = (a: Heads, b: Heads): Heads => heads(a.children + b.children, a.adults + b.adults);
const nothing: Figures = { expected: none, came: none, absent: none, unknown: none, withdrew: none, waited: none, walked_in: 0 };

/** Families of one class, each of a child and an adult. */
function classFigures(n: number, blind: boolean): Figures {
  const [size, away] = [6 + ((n * 7) % 11), n % 4];
  const all = heads(size, size + (n % 3));
  if (blind) return { ...nothing, expected: all, unknown: all };
  const absent = heads(away, away);
  return { expected: all, absent, came: heads(all.children - away, all.adults - away), unknown: none, withdrew: heads(n % 2, n % 2), waited: heads(n % 5 === 4 ? 2 : 0, n % 5 === 4 ? 2 : 0), walked_in: 0 };
}
const sum = (all: readonly Figures[]): Figures =>
  all.reduce(
    (whole, one) => ({ expected: add(whole.expected, one.expected), came: add(whole.came, one.came), absent: add(whole.absent, one.absent), unknown: add(whole.unknown, one.unknown), withdrew: add(whole.withdrew, one.withdrew), waited: add(whole.waited, one.waited), walked_in: whole.walked_in + one.walked_in }),
    nothing,
  );
const counted = (...all: Figures[]): Counted => {
  const figures = sum(all);
  return { figures, families: figures.came.children + figures.unknown.children };
};

export function reportOf({ size }: School, event: string): EventReport {
  const blind = event === BLIND;
  const classes = times(count(size, 12, 60), classAt).map((place, n) => ({ place, figures: classFigures(n, blind) }));
  const walked: Figures = { ...nothing, walked_in: blind ? 0 : 9 };
  const unplaced = size === 0 || blind ? [] : [{ place: null, counted: counted(walked) }];
  const all = classes.map(({ figures }) => figures);
  const parts = size === 0 ? [] : [all.filter((_, n) => n % 2 === 0), all.filter((_, n) => n % 2 === 1)];
  const sessions = parts.map((part, n): ReportSession => ({ id: id('session', n), name: `第 ${n + 1} 场`, starts: at(-4, n ? '10:30' : '08:30'), ends: at(-4, n ? '11:20' : '09:20'), capacity: 120, stand: blind ? 'unchecked' : 'checked', counted: counted(...part, ...(n === 0 && !blind ? [walked] : [])) }));
  const grouped = (key: (n: number) => string | undefined) => classes.map(({ place, figures }, n) => ({ key: key(n) ?? place.id, place, figures }));
  const under = (name: string) => grouped(() => '').filter(({ place }) => place.name === name).map(({ figures }) => figures);
  const grades = times(12, gradeAt).map((place) => ({ place, parts: classes.filter((one) => one.place.grade === place.grade && one.place.name === place.name).map(({ figures }) => figures) }));
  return {
    event,
    title: LONG,
    tags: ['家长开放日'],
    place: school,
    venue: '校史馆、七彩风车池',
    seat_rule: 'everyone',
    cancelled: null,
    sessions,
    whole: counted(...all, ...(unplaced.length ? [walked] : [])),
    campuses: [...campuses.map((place) => ({ place, counted: counted(...under(place.name)) })).filter((one) => one.counted.figures.expected.children), ...unplaced],
    grades: [...grades.filter((one) => one.parts.length).map(({ place, parts }) => ({ place, counted: counted(...parts) })), ...unplaced],
    classes: [...classes.map(({ place, figures }) => ({ place, counted: counted(figures) })), ...unplaced],
    may_ask: size !== 0,
    made: NOW,
  };
}

export function termOf(given: School): TermReport {
  const { size } = given;
  const terms = [
    { id: { year: 'year-2026', term: 0 }, name: '2026 秋', from: '2026-09-01', to: '2027-01-20' },
    { id: { year: 'year-2025', term: 1 }, name: '2026 春', from: '2026-02-20', to: '2026-07-10' },
  ];
  const report = reportOf(given, 'event-0000');
  const events = count(size, 5, 60);
  const each = (n: number): Counted => counted(classFigures(n, n === 2), classFigures(n + 3, n === 2));
  const countOf = (events: number, sessions: number, capacity: number | null, of: Counted): TermCount => ({ events, sessions, capacity, counted: of });
  const all = times(events, each);
  const whole = counted(...all.map(({ figures }) => figures));
  const of = (from: number, step: number) => all.filter((_, n) => n % step === from);
  const programme = (tag: string | null, parts: readonly Counted[]) => ({ tag, count: countOf(parts.length, parts.length * 2, parts.length * 120, counted(...parts.map(({ figures }) => figures))) });
  return {
    terms,
    term: terms[0]!,
    whole: countOf(events, events * 2, events * 120, whole),
    programmes: [programme('家长开放日', of(0, 2)), programme('馆校合作', of(1, 4)), programme(null, of(3, 4))].filter(({ count }) => count.events > 0),
    campuses: report.campuses.map(({ place, counted }) => ({ place, count: countOf(events, events * 2, null, counted) })),
    grades: report.grades.map(({ place, counted }) => ({ place, count: countOf(events, events, null, counted) })),
    events: all.map((one, n) => ({ event: id('event', n), title: n % 2 ? '重庆科技馆研学' : LONG, tags: n % 2 ? ['馆校合作'] : ['家长开放日'], starts: at(-60 + n, '08:30'), count: countOf(1, 2, 120, one) })),
    ahead: size === 0 ? 0 : 3,
    unchecked: events > 2 ? 2 : 0,
    called_off: size === 'some' ? 1 : 0,
    made: NOW,
  };
}

export const certificateOf = (): EventCertificate => ({ school: school.name, title: LONG, tags: ['家长开放日'], session: '第 1 场', starts: at(-4, '08:30'), ends: at(-4, '09:20'), venue: '校史馆', children: own });

type After = 'event.report' | 'event.term-report' | 'event.report-table' | 'event.report-export' | 'event.certificate';
export function afterAnswers(given: School): { [N in After]: (asked: Calls[N]['request']) => Calls[N]['reply'] } {
  return {
    'event.report': ({ event }) => reportOf(given, event),
    'event.term-report': () => termOf(given),
    'event.report-table': () => ({ name: '家长开放日 报告 2026-11-23.xlsx', content: '' }),
    'event.report-export': () => ({ name: '家长开放日 报告 2026-11-23.xlsx', folder: '下载' }),
    'event.certificate': certificateOf,
  };
}
