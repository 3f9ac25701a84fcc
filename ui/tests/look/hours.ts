// Hours of volunteers: one's own ledger, what waits for approval, who of a shift came, a certificate.
import type { DutyCode, DutyLine, DutyRoll, DutyShift, DutyScanned, DutyShifts, HoursDeskView, HoursIs, HoursLine, HoursReport, HoursReportOf, MissingHours, MissingLine, MyHours, OwnDuties, PlaceName, ProofLine, ProofView, StarHoursView, TermName } from '../../src/lib/bindings';
import { adults, ago, at, campuses, childAt, classAt, count, gradeAt, id, NOW, pick, school, times, type School } from './people';

const TITLES = ['护学岗“我是小交警”，东门', '整理班级图书角', '阳光食堂陪餐', '“绿书签”志愿者实践活动'];
const day = (back: number) => new Date(Date.UTC(2026, 10, 23 - back)).toISOString().slice(0, 10);
const approved = (n: number): HoursIs => ({ is: 'approved', by: '何静', at: ago(1400 + n), seq: 120 - n, hash: 'a1b2c3d4'.repeat(8) });

function lineOf(n: number, state: HoursIs, more: Partial<HoursLine> = {}): HoursLine {
  const shift = n % 2 === 0;
  return {
    id: id('entry', n), person: id('person', n), name: pick(adults, n), of: [childAt(n).name], place: campuses[0]!, title: pick(TITLES, n), programme: shift ? '“我是小交警”' : '', day: day(n + 1),
    minutes: pick([40, 90, 60, 100], n), from_shift: shift, evidence: shift ? '' : '张老师在场，有照片', files: [], instead_of: null, reason: '', entered_by: shift ? '周敏' : pick(adults, n), entered_at: ago(1500 + n), state,
    pending: null, may_answer: false, others: false, may_withdraw: false, may_correct: false, ...more,
  };
}
const mineLine = (n: number): HoursLine => {
  const own = { name: '李建国', of: [], person: 'me' };
  if (n === 0) return lineOf(1, { is: 'waiting' }, { ...own, id: id('entry', 0), entered_by: '李建国', may_withdraw: true });
  if (n === 2) return lineOf(n, { is: 'corrected', minutes: 30 }, own);
  if (n === 3) return lineOf(n, approved(n), { ...own, minutes: 30, instead_of: 60, reason: '提前离开', may_correct: true });
  if (n === 4) return lineOf(n, { is: 'refused', by: '何静', reason: '属于班级值日，不算志愿服务' }, own);
  return lineOf(n, approved(n), { ...own, may_correct: true });
};
const proofLine = (n: number): ProofLine => ({ id: id('proof', n), number: `20261120-3f9a1c2d${n}e5f`, from: '2026-09-01', to: day(3 + n), minutes: 310, issued: day(2 + n), by_name: null });

export function myHoursOf({ size }: School): MyHours {
  const entries = times(count(size, 6, 120), mineLine);
  return {
    person: 'me', entries, minutes: entries.length ? 310 : 0, waiting: entries.length ? 90 : 0,
    terms: entries.length ? [{ name: '2026 秋', minutes: 250 }, { name: '2026 春', minutes: 60 }] : [],
    stars: entries.length ? { stars: 1, of: 4, next: 10 } : null,
    proofs: times(size === 'some' ? 1 : size === 'many' ? 6 : 0, proofLine),
    places: [...campuses, school],
    copy: { kept: entries.length, fault: size === 'many' ? { seq: 118, entry: id('entry', 3), is: 'altered' } : null },
    most_minutes: 1440, earliest: '2025-11-22', today: '2026-11-23', year: ['2026-08-01', '2026-11-23'],
  };
}

/** Of a school that was restored from last week's backup. */
export function missingOf({ restored, size }: School): MissingHours {
  const line = (n: number, again: MissingLine['again'], stood: HoursIs = approved(n)): MissingLine => ({ id: id('lost', n), title: pick(TITLES, n), day: day(n + 1), minutes: pick([40, 90, 60, 100], n), stood, again });
  const some = [line(0, 'request', { is: 'waiting' }), line(1, 'request'), line(2, 'correct'), line(3, 'later')];
  return { entries: restored ? [...some, ...times(size === 'many' ? 30 : 0, (n) => line(n + 4, n % 7 === 6 ? 'too-old' : 'request'))] : [] };
}

export function hoursDeskOf({ size }: School): HoursDeskView {
  const n = count(size, 6, 200);
  const waiting = times(n, (k) => lineOf(k, { is: 'waiting' }, k === 2 ? { others: true } : k === 3 ? { pending: { is: 'saved' }, may_answer: true } : { may_answer: true }));
  return { waiting, answered: times(size === 0 ? 0 : count(size, 4, 200), (k) => lineOf(k, k === 1 ? { is: 'refused', by: '何静', reason: '没有在场的老师' } : approved(k), { id: id('answered', k), may_correct: k !== 1 })), more: size === 'many', proofs: times(size === 0 ? 0 : 2, (k) => ({ line: proofLine(k), name: pick(adults, k) })), year: ['2026-09-01', '2026-11-23'], copy: { kept: n, fault: null }, most_minutes: 1440, today: '2026-11-23' };
}

const shiftOf = (n: number, today = true): DutyShift => ({ id: id('shift', n), title: pick(TITLES, 2 * n), meeting_point: '东门保安亭', starts: today ? at(0, '07:40') : at(-n, '07:40'), ends: today ? at(0, '08:20') : at(-n, '08:20'), today, may_mark: true, people: 4, unmarked: n % 3, came: 4 - (n % 3), overstays: n === 0 ? 1 : 0, supervised: n === 1, invites: n === 1 });
export const dutyShiftsOf = ({ size }: School): DutyShifts => ({ shifts: times(count(size, 4, 60), (n) => shiftOf(n, n < 2)) });

function dutyLine(n: number): DutyLine {
  const came = (until: string | null) => ({ is: 'came' as const, from: `2026-11-22T23:3${n % 6}:00Z`, until });
  const said = n % 4 === 3 ? null : n % 4 === 2 ? { is: 'missed' as const, excuse: '孩子发烧' } : n % 4 === 1 ? came(null) : came('2026-11-23T00:20:00Z');
  const mark = (says: NonNullable<DutyLine['said']>, by: string) => ({ said: says, by: by ? id('person', 90) : null, by_name: by, at: ago(30), blind: false });
  return {
    person: id('person', n), name: pick(adults, n), of: [childAt(n).name], guest: n === 2 ? { guest: id('guest', 0), organisation: '青禾社区图书馆', sponsor: '张晓梅', received: true } : null, said, minutes: said?.is === 'came' && said.until ? 40 : null, seen: said ? 1 : 0,
    marks: !said ? [] : n === 4 ? [mark({ is: 'missed' } as never, '周敏'), mark(said, '何静')] : [mark(said, '周敏')], disputed: n === 4, overstays: n % 4 === 1,
    entry: n % 4 === 0 ? { is: 'waiting' } : null, waits: n === 2 ? { is: 'saved' } : null,
  };
}
export function dutyRollOf({ size }: School, shift: string, find: string): DutyRoll {
  const all = times(count(size, 8, 200), dutyLine);
  const people = all.filter(({ name }) => name.includes(find));
  const open = all.filter(({ said }) => !said).length;
  return { shift: { ...shiftOf(0), id: shift, invites: shift === id('shift', 1), people: all.length, unmarked: open, came: all.filter(({ said }) => said?.is === 'came').length }, opens: null, now: NOW, people, classes: all.length ? [0, 1].map((n) => ({ place: classAt(n), people: 3 - n })) : [], waiting: all.filter(({ waits }) => waits).length, turns: null };
}

/** A square that looks like a code. */
const qr = times(57, (y) => times(57, (x) => (x < 7 && y < 7) || (x > 49 && y < 7) || (x < 7 && y > 49) || (x * 7 + y * 13 + x * y) % 3 === 0));
export const proofOf = (): ProofView => ({ line: proofLine(0), name: '李建国', school: school.name, entries: 5, services: [{ title: TITLES[0]!, minutes: 160 }, { title: TITLES[1]!, minutes: 90 }, { title: '', minutes: 60 }], stars: 1, training: '护学岗安全培训', awards: '', evaluation: '守时负责', text: 'xinmei-certificate 1\n…', qr, key: '4a1f00c29be37d51' });

export const starsOf = ({ role }: School): StarHoursView => ({ hours: [1, 10, 50, 100], may_set: role === 'administrator', most: 5, waits: null });

export function ownDutiesOf({ role, size }: School): OwnDuties {
  const duty = (n: number, more: Partial<OwnDuties['duties'][number]>): OwnDuties['duties'][number] => ({ shift: id('shift', n), title: pick(TITLES, 2 * n), meeting_point: '东门保安亭', handbook: '一、提前五分钟到东门保安亭，领反光背心。\n二、两人一组。', starts: at(0, '10:00'), ends: at(0, '11:30'), said: null, by: '', may_leave: false, has_code: true, waits: null, ...more });
  if (role !== 'parent' || size === 0) return { duties: [], turns: null };
  return { duties: [duty(0, {}), ...(size === 'many' ? [duty(1, { said: { is: 'came' as const, from: '2026-11-23T02:02:00Z', until: null }, by: '张晓梅', may_leave: true })] : [])], turns: null };
}
export const dutyCodeOf = (): DutyCode => ({ name: '李建国', code: `XV${'0'.repeat(128)}`, qr });

export function scannedOf(code: string): DutyScanned {
  const person = { is: 'person' as const, person: id('person', 0), name: '李建国', guest: null };
  if (code.startsWith('XVOUT')) return { ...person, what: { is: 'out', from: '2026-11-22T23:40:00Z' } };
  if (code.startsWith('XVTWICE')) return { ...person, what: { is: 'already-in', from: '2026-11-22T23:40:00Z' } };
  if (code.startsWith('XVOTHER')) return { is: 'other-shift', name: '王芳', title: TITLES[3]!, starts: at(1, '07:40'), ends: at(1, '08:20') };
  return code.startsWith('XV') ? { ...person, what: { is: 'in' } } : { is: 'unreadable' };
}

export function hoursReportOf({ size }: School): HoursReport {
  const terms: TermName[] = [{ id: { year: 'year-2026', term: 0 }, name: '2026 秋', from: '2026-09-01', to: '2027-01-20' }, { id: { year: 'year-2025', term: 1 }, name: '2026 春', from: '2026-02-20', to: '2026-07-10' }];
  const zero = { approved: 0, waiting: 0, people: 0, came: 0, excused: 0, missed: 0, shifts: 0, needed: 0, filled: 0, pupils: 0, services: 0, served: 0 };
  const of = (n: number, shifts = true) => ({ approved: 3600 - 413 * (n % 8), waiting: 60 * (n % 3), people: 42 - 4 * (n % 8), came: 96 - 9 * (n % 8), excused: n % 3, missed: n % 2, shifts: shifts ? 24 - (n % 8) : 0, needed: shifts ? 120 : 0, filled: shifts ? 96 - 9 * (n % 8) : 0, pupils: n % 3 ? 0 : 6 + n, services: n % 3 ? 0 : 14 + n, served: n % 3 ? 0 : 560 + 40 * n });
  const group = (names: HoursReportOf[], shifts = true): HoursReport['classes'] => ({ rows: names.map((of_, n) => ({ of: of_, figures: of(n, shifts) })), twice: zero });
  const named = (...names: string[]): HoursReportOf[] => names.map((name) => ({ is: 'named', name }));
  const places = (all: readonly PlaceName[]): HoursReportOf[] => all.map((place) => ({ is: 'place', place }));
  const most = size === 'many' ? 30 : 5;
  const empty = size === 0;
  const or = (rows: HoursReportOf[]) => (empty ? [] : rows);
  return {
    terms, term: terms[0]!, whole: empty ? zero : { approved: 14_820, waiting: 640, people: 128, came: 402, excused: 14, missed: 5, shifts: 96, needed: 480, filled: 421, pupils: 27, services: 51, served: 2_040 },
    classes: { ...group(or([...places(times(most, classAt)), { is: 'staff' }, { is: 'other' }]), false), twice: empty ? zero : { ...zero, approved: 340, people: 3, came: 6 } },
    grades: group(or(places(times(3, gradeAt))), false), campuses: group(or(places(campuses))), programmes: group(or([...named('“我是小交警”', '“绿书签”志愿者实践活动'), { is: 'nothing' }])),
    campaigns: group(or([...named('平安上学路'), { is: 'nothing' }])), posts: group(or([...named(...TITLES), { is: 'nothing' }])), months: group(or([9, 10, 11].map((month) => ({ is: 'month', year: 2026, month })))), by_term: group(or(named('2026 秋', '2026 春'))),
    ahead: empty ? 0 : 22, called_off: empty ? 0 : 1, made: NOW,
  };
}
