// Courses: their lessons, materials, the desk's list of parents, a parent's own record, and the count of a term.
import type { AttendanceView, AttendFamily, AttendGuardian, CourseCount, CourseFigures, CourseLine, CourseOpened, CourseRecord, Courses, LessonView, MarkedBy, MaterialView } from '../../src/lib/bindings';
import { plan, view } from './files';
import { ago, at, booking, campuses, childAt, classAt, count, gradeAt, guardianAt, id, NOW, own, pick, sessionAt, times, type School } from './people';
import { eventAt } from './things';

const TITLE = '新美家长发展中心：做会说话的家长';
const days = [-20, -6, 9, 23];
const titles = ['第一讲：和孩子好好说话', '第二讲：作业、屏幕和睡觉', '第三讲：怎样和孩子谈理想', '第四讲：青春期前的十次谈话'];
const speakers = ['心理教师 周敏', '三年级组 李文 老师', '德育主任 陈立 · 退休教师 王秀芝', ''];

function lineOf({ role }: School, n: number): CourseLine {
  const everybody = n % 2 === 1;
  return {
    id: id('course', n),
    title: everybody ? pick(['菁菁读书堂', '伏枥故事堂'], n) : TITLE,
    about: '每月一课，晚上七点。讲座之后分组练习，主讲老师留下答疑。',
    programme: everybody ? '菁菁读书堂' : '新美家长发展中心',
    for_whom: everybody ? '三至五年级家庭' : '全体家长',
    kind: everybody ? 'everybody' : 'parents',
    state: n === 3 ? 'ended' : n === 2 && role === 'coordinator' ? 'draft' : 'published',
    version: 1,
    place: campuses[1]!,
    desk: role === 'coordinator',
    lessons: 4,
    held: n === 3 ? 4 : 2,
    next: n === 3 ? null : { event: id('event', 22), title: titles[2]!, starts: at(9, '19:00') },
    took_part: role === 'parent' && !everybody ? 1 : 0,
  };
}

export function coursesOf(given: School): Courses {
  return { courses: times(count(given.size, 4, 40), (n) => lineOf(given, n)), places: given.role === 'coordinator' ? [campuses[1]!] : [] };
}

const material = (n: number, more: Partial<MaterialView> = {}): MaterialView => ({ id: id('material', n), file: view({ ...plan, name: pick(['和孩子好好说话：十个开场白.pdf', '家庭谈话记录表.pdf', '约定表三张.pdf'], n), sha256: String(n + 1).repeat(64).slice(0, 64) }), giving: 'now', given: true, waits: null, ...more });

function lessonOf(given: School, n: number): LessonView {
  const { role } = given;
  const [day, desk, over] = [days[n % 4]! + 28 * Math.floor(n / 4), role === 'coordinator', n % 4 < 2 && n < 4];
  const session = { ...sessionAt(n, 58, 0, day), id: id('session', 40 + n), name: `第 ${n + 1} 讲`, starts: at(day, '19:00'), ends: at(day, '20:30'), capacity: 160, used: over ? 96 : 88, open_seats: over ? 0 : 72, begun: over };
  const mine = role === 'parent' && n % 4 !== 3 ? [{ ...booking(20 + n, { is: 'confirmed' as const }), session }] : [];
  const materials = n % 4 === 0 ? [material(0), ...(desk ? [material(1, { giving: 'took-part', given: false })] : role === 'parent' ? [material(1, { giving: 'took-part', given: false })] : [])] : n % 4 === 2 && desk ? [material(2, { giving: 'afterwards', given: false })] : [];
  return {
    line: { ...eventAt(1, role), id: id('event', 20 + n), title: titles[n % 4]!, programme: '新美家长发展中心', venue: '本部报告厅', state: { is: 'published' }, starts: session.starts, ends: session.ends, opens: at(day - 20, '08:00'), closes: at(day - 1, '18:00'), open_now: !over, sessions: [session], mine, eligible: role === 'parent' ? own : [], desk, draw: null },
    speakers: speakers[n % 4]!,
    over,
    own: over && role === 'parent' ? [{ session: session.id, is: n % 4 === 0 ? 'took-part' : 'unknown' }] : [],
    may_join: over ? [] : [{ session: session.id, children: mine.length ? [] : own.map(({ id }) => id) }],
    clashes: [],
    on_its_page: false,
    materials,
    desk: desk ? [{ session: session.id, came: n % 4 === 0 ? 71 : 0, unmarked: n % 4 === 0 ? 9 : over ? 64 : 88, may_mark: over }] : [],
  };
}

export function courseOf(given: School): CourseOpened {
  const lessons = times(count(given.size, 4, 40), (n) => lessonOf(given, n));
  const line = lineOf(given, 0);
  return { line: given.size === 0 ? { ...line, lessons: 0, held: 0, next: null, took_part: 0 } : { ...line, lessons: lessons.length }, lessons, most_adults: 6, turns: null };
}

const marked = (came: boolean, n = 0, blind = false): MarkedBy => ({ came, by: id('person', 90 + n), by_name: pick(['林岚', '何静'], n), at: ago(600 - n), blind });

function parentOf(n: number, k: number): AttendGuardian {
  const came = k > 0 ? null : n % 5 === 4 ? null : n % 7 !== 3;
  const disputed = n === 2 && k === 0;
  const marks = disputed ? [marked(false), marked(true, 1, true)] : came === null ? [] : n === 5 ? [marked(!came), marked(came, 1)] : [marked(came)];
  return { name: guardianAt(2 * n + k), booked: k === 0 && n !== 6, counts: true, came, disputed, marks, seen: marks.length, waits: n === 1 && k === 0 ? { is: 'saved' } : null };
}
function familyOf(n: number): AttendFamily {
  return { children: n % 6 === 1 ? [childAt(n), childAt(n + 7)] : [childAt(n)], number: `20240${String(n + 1).padStart(3, '0')}`, booked: n !== 6, let_in: n % 3 === 1 ? 2 : null, guardians: times(n % 4 === 3 ? 1 : 2, (k) => parentOf(n, k)) };
}

export function attendanceOf({ size }: School, find: string): AttendanceView {
  const families = times(count(size, 9, 300), familyOf);
  return {
    course: id('course', 0),
    course_title: TITLE,
    title: titles[0]!,
    speakers: speakers[0]!,
    venue: '本部报告厅',
    name: '第 1 讲',
    starts: at(-6, '19:00'),
    ends: at(-6, '20:30'),
    families,
    found: find ? [{ ...familyOf(10), booked: false, let_in: null, guardians: [{ ...parentOf(4, 0), booked: false }] }] : [],
    may_mark: true,
    opens: null,
    came: families.flatMap(({ guardians }) => guardians).filter(({ came }) => came).length,
    unmarked: families.filter(({ guardians }) => guardians.every(({ came }) => came === null)).length,
    waiting: size === 0 ? 0 : 1,
  };
}

export function recordOf({ size }: School): CourseRecord {
  const lessons = times(count(size, 4, 40), (n) => ({ course: id('course', 0), course_title: TITLE, programme: '新美家长发展中心', title: titles[n % 4]!, speakers: speakers[n % 4]!, venue: '本部报告厅', starts: at(-6 - 14 * n, '19:00'), ends: at(-6 - 14 * n, '20:30'), came: n % 4 !== 2, corrected: n === 1 }));
  return { school: '江畔实验小学', name: '李建国', lessons, took_part: lessons.filter(({ came }) => came).length, made: NOW };
}

const figuresAt = (n: number): CourseFigures => ({ times: 14 + ((n * 5) % 20), parents: 10 + ((n * 3) % 14), children: 42, reached: 12 + ((n * 7) % 26), missed: n % 4, unknown: n % 3 });
const sum = (all: readonly CourseFigures[]): CourseFigures => all.reduce((whole, one) => ({ times: whole.times + one.times, parents: whole.parents + one.parents, children: whole.children + one.children, reached: whole.reached + one.reached, missed: whole.missed + one.missed, unknown: whole.unknown + one.unknown }), { times: 0, parents: 0, children: 0, reached: 0, missed: 0, unknown: 0 });

export function countOf({ size }: School): CourseCount {
  const classes = times(count(size, 12, 60), (n) => ({ place: classAt(n), figures: figuresAt(n) }));
  const figures = sum(classes.map((one) => one.figures));
  const whole = { sessions: size === 0 ? 0 : 5, unrecorded: size === 0 ? 0 : 1, figures };
  const terms = ['2026 秋', '2026 春'].map((name, n) => ({ id: { year: 'year', term: n }, name, from: '2026-09-01', to: '2027-01-20' }));
  const grades = times(12, gradeAt).map((place) => ({ place, figures: sum(classes.filter((one) => one.place.grade === place.grade && one.place.name === place.name).map((one) => one.figures)) }));
  return {
    terms,
    term: terms[0]!,
    whole,
    programmes: [{ name: '新美家长发展中心', count: whole }, { name: '', count: { sessions: 0, unrecorded: 0, figures: { ...figures, times: 0, parents: 0, reached: 0, unknown: 0 } } }],
    courses: [{ name: TITLE, count: whole }],
    campuses: [{ place: campuses[0]!, figures }],
    grades: grades.filter((one) => one.figures.children > 0),
    classes,
    lessons: times(count(size, 5, 40), (n) => ({ event: id('event', 20 + n), session: id('session', 40 + n), course: TITLE, title: titles[n % 4]!, name: `第 ${n + 1} 讲`, programme: '新美家长发展中心', speakers: speakers[n % 4]!, starts: at(-60 + 12 * n, '19:00'), recorded: n !== 3, times: n === 3 ? 0 : 60 + n, unknown: n === 3 ? 64 : 4 })),
    ahead: 2,
    called_off: 1,
    made: NOW,
  };
}
