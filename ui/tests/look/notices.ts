// Notices of every kind: as a line, and opened by the family or by its author.
import { carried } from './files';
import { ownOf } from './own';
import type { AnsweredBy, AnswerView, Ask, ChoiceView, GivenView, NoticeLine, NoticeOpened, Reply, SheetCell } from '../../src/lib/bindings';
import { isLetter, letterOf } from './alerts';
import { photo, plan, view } from './files';
import { adults, ago, at, childAt, classAt, count, guardianAt, home, id, own, pick, times, type Role, type School } from './people';

export const SHA = '3fa9c2107bd14e58a6f0c9d35b7e82410d6c4f9be1a25378c0d49e6b7f1a8325';
export const asks = {
  nothing: { is: 'nothing' },
  read: { is: 'read' },
  acknowledge: { is: 'acknowledge' },
  sign: { is: 'sign' },
  choose: {
    is: 'choose',
    choices: [
      { text: '书法', limit: 12 },
      { text: '跳绳', limit: 20 },
      { text: '编程', limit: 8 },
      { text: '不参加', limit: null },
    ],
    most: 1,
  },
  several: {
    is: 'choose',
    choices: [
      { text: '11 月 30 日（周一）下午 3:30–4:20', limit: null },
      { text: '12 月 2 日（周三）下午 3:30–4:20', limit: null },
      { text: '12 月 4 日（周五）晚上 7:00–7:50，线上', limit: 30 },
    ],
    most: 2,
  },
  form: {
    is: 'fill-in',
    fields: [
      { label: '身高（厘米）', value: { is: 'number' }, required: true },
      { label: '尺码', value: { is: 'choice', choices: ['120', '130', '140', '150'] }, required: true },
      { label: '几件', value: { is: 'choice', choices: ['1 件', '2 件', '3 件', '4 件', '5 件', '6 件', '7 件', '8 件'] }, required: false },
      { label: '希望哪天领', value: { is: 'date' }, required: false },
      { label: '要告诉老师的话', value: { is: 'text' }, required: false },
    ],
  },
  back: {
    is: 'fill-in',
    fields: [
      { label: '签好的回执', value: { is: 'file' }, required: true },
      { label: '要告诉老师的话', value: { is: 'text' }, required: false },
    ],
  },
} satisfies Record<string, Ask>;
/** A form that was sent back, with two files. */
export const sentBack: Reply = { is: 'fill-in', values: [`${plan.name}\n${photo.name}`, '第二页是照片'], files: [plan, photo] };
const REPLIES: Record<Ask['is'], readonly Reply[]> = {
  nothing: [],
  read: [{ is: 'read' }],
  acknowledge: [{ is: 'acknowledge' }],
  choose: [{ is: 'choose', choices: [0] }, { is: 'choose', choices: [1] }, { is: 'choose', choices: [2] }, { is: 'choose', choices: [0] }],
  'fill-in': [
    { is: 'fill-in', values: ['138.5', '140', '1 件', '2026-11-27', '袖子请长一点'], files: [] },
    { is: 'fill-in', values: ['121', '120', '', '', ''], files: [] },
  ],
  sign: [{ is: 'sign', agrees: true, sha256: SHA }, { is: 'sign', agrees: true, sha256: SHA }, { is: 'sign', agrees: false, sha256: SHA }],
};
export const replyTo = (ask: Ask, n = 0): Reply => (ask === asks.back ? sentBack : pick(REPLIES[ask.is], n));

const TITLES = ['周三放学改到 15:40', '重庆科技馆参观同意书', '冬季校服尺码登记', '关于调整本学期第十四周升旗仪式时间并请各位家长提前十分钟送孩子到校的通知', 'Sports day'];
const ASKED: readonly Ask[] = [asks.acknowledge, asks.sign, asks.form, asks.nothing, asks.choose];

/** Who sends none hears only of those that went out to the whole school. */
const hears = (role: Role): boolean => role === 'administrator' || role === 'counsellor';

export function noticeAt(n: number, role: Role): NoticeLine {
  const staff = role !== 'parent';
  if (hears(role)) return { ...noticeAt(n, 'parent'), children: [], answered: 0, of: 0, pending: null };
  // Whoever had one that was taken back has nothing of what it said.
  const trace = n % 5 === 4 && !(staff && n % 2 === 0);
  const ask = trace ? asks.nothing : pick(ASKED, n);
  return {
    id: id('notice', n),
    title: trace ? '' : pick(TITLES, n),
    author: pick(['张晓梅', '王静'], n),
    author_title: pick(['班主任', ''], n),
    mine: staff && n % 2 === 0,
    at: ago(12 + n * 700),
    state: pick<NoticeLine['state']>([{ is: 'sent', at: ago(10) }, { is: 'sent', at: ago(10) }, staff ? { is: 'held', until: ago(-1.6) } : { is: 'sent', at: ago(10) }, { is: 'superseded', by: 'notice-0000', at: ago(300) }, { is: 'recalled', at: ago(400), words: n === 4 ? '集合时间写错了，正确的时间下午重发。' : '' }], n),
    ask,
    due: ask.is === 'nothing' ? null : at(1 - (n % 3), '20:00'),
    changed: n === 0 ? { was: '15:00', now: '15:40' } : null,
    reminded: n % 3 === 1 ? ago(55) : null,
    children: staff ? [] : own,
    answered: trace ? 0 : staff ? 30 : n % 3,
    of: trace ? 0 : staff ? 42 : 2,
    alert: null,
    pending: n === 1 && !staff ? { is: 'saved' } : null,
  };
}

export const given = (reply: Reply, more: Partial<GivenView> = {}): GivenView => ({ reply, guardian: '李建国', guardian_id: 'me', relation: 'father', entered: null, at: ago(30), late: false, ...more });
export const answer = (now: GivenView, more: Partial<AnswerView> = {}): AnswerView => ({ id: `answer-${now.at}`, version: 1 + (more.earlier?.length ?? 0), mine: true, now, files: now.reply.is === 'fill-in' ? now.reply.files.map((file) => view(file)) : [], earlier: [], ...more });
const liuFang = { guardian: '刘芳', guardian_id: 'person-0000' };
/** A child of the family, not answered for yet. */
export const ownCell = (n: number, more: Partial<SheetCell> = {}): SheetCell => ({ child: own[n] ?? childAt(4), number: String(n + 1), answers: [], done: false, may_answer: true, pending: null, guardians: [], may_enter: false, seen: false, unreached: null, ...more });

/** The class sheet of its author, or the family's own children: where that is for three, the last is not theirs to decide for. */
export function sheetOf({ role, size }: School, ask: Ask = asks.acknowledge, by: AnsweredBy = { is: 'any-guardian' }, silent = false): SheetCell[] {
  if (role === 'parent') return times(count(size, 3, 2), (n) => ownCell(n, { may_answer: n !== 2 }));
  const each = by.is === 'each-guardian';
  return times(count(size, 42, 2_000), (n) => {
    const answered = !silent && ask.is !== 'nothing' && n % 5 < 2;
    const reply = (k: number) => given(replyTo(ask, n + k), { guardian: pick(adults, n + k), guardian_id: id('person', n + k), at: ago(30 + n * 7), entered: n % 7 === 0 ? { by: '张晓梅', note: '妈妈来电' } : null, late: n === 10 });
    const first = answered && answer(reply(0), { mine: false, earlier: n % 6 === 0 && ask.is !== 'acknowledge' ? [reply(1)] : [] });
    const second = answered && each && n % 5 === 0 && answer({ ...reply(5), entered: null }, { mine: false });
    return {
      child: childAt(n, size === 'many' ? classAt(Math.floor(n / 42)) : home),
      number: String((n % 42) + 1).padStart(2, '0'),
      answers: [first, second].filter((one) => one !== false),
      done: answered && (!each || n % 5 === 0),
      may_answer: false,
      pending: !silent && n % 11 === 4 ? { is: 'saved' } : null,
      guardians: [guardianAt(n), guardianAt(n + 5)],
      may_enter: true,
      seen: answered || n % 5 === 3,
      unreached: silent ? 'on-paper' : n % 13 === 12 ? 'not-joined' : n % 17 === 16 ? 'on-paper' : n === 8 ? 'cannot-receive' : null,
    };
  });
}

interface Case {
  ask: Ask;
  title: string;
  body: string;
  due?: string;
  by?: AnsweredBy;
  /** Room left in each choice. */
  left?: (number | null)[];
  /** The family's children; each open where nothing is said. */
  cells?: Partial<SheetCell>[];
  /** A colleague of whoever reads asked it. */
  colleague?: boolean;
  /** Nobody of the class answered: no family has a device. */
  silent?: boolean;
}
const CLUBS = { ask: asks.choose, title: '下学期社团选课', body: '每个孩子选一门，周四下午上课。选好以后，截止前可以修改。', left: [3, 9, 0, null] };
/** More than there are digits. */
export const clubs: Extract<Ask, { is: 'choose' }> = {
  is: 'choose',
  choices: ['书法', '跳绳', '编程', '合唱', '篮球', '足球', '羽毛球', '围棋', '剪纸', '科学小实验', '英语绘本', '不参加'].map((text, n) => ({ text, limit: n % 3 === 0 ? 8 : null })),
  most: 1,
};
/** A form to which a file may be added. */
export const withPhoto: Ask = { is: 'fill-in', fields: [...asks.form.fields, { label: '一寸照片', value: { is: 'file' }, required: false }] };
const MEETING = { ask: asks.several, title: '家长会时间，您哪天方便', body: '请选出方便的时间，选的人最多的一场就是开会的时间。', left: [null, null, 6] };
const UNIFORM = { ask: asks.form, title: '冬季校服尺码登记', body: '请量好身高再填。尺码拿不准就选大一号。' };
const TRIP = {
  ask: asks.sign,
  title: '重庆科技馆参观同意书',
  body: '12 月 3 日（周四）全年级到重庆科技馆参观，8:20 从南门乘车出发，16:30 回到学校。\n学校为每个孩子买了保险，每十个孩子有一位老师带队。孩子要听从老师安排，不离开队伍。\n请选择是否同意孩子参加。',
};
const READ = { ask: asks.read, title: '寒假前的安全提醒', body: '天气转冷，请和孩子一起检查家里的取暖设备，睡前关好。过马路走斑马线，不看手机。' };
const done = (...answers: AnswerView[]): Partial<SheetCell> => ({ answers, done: true });
const chose = (n: number, more?: Partial<GivenView>) => given({ is: 'choose', choices: [n] }, more);
const signed = (agrees: boolean, more?: Partial<GivenView>) => given({ is: 'sign', agrees, sha256: SHA }, more);
const PAST = at(-1, '20:00');

/** Notices in the states a family can find them in, by the id they are opened with; to their author, with the class's answers. */
export const cases: Readonly<Record<string, Case>> = {
  'nothing-open': { ask: asks.nothing, title: '周三放学改到 15:40', body: '本周三（11 月 25 日）教师研修结束较晚，放学改到 15:40，仍在南门。\n请把时间告诉来接孩子的家人。' },
  'read-open': READ,
  'read-done': { ...READ, cells: [done(answer(given({ is: 'read' }))), done(answer(given({ is: 'read' }, { ...liuFang, at: ago(60 * 30) })))] },
  'choose-open': CLUBS,
  'choose-several': MEETING,
  'choose-full': { ...CLUBS, left: [0, 0, 0, null], cells: [done(answer(chose(2))), {}] },
  'choose-none': { ...MEETING, ask: { is: 'choose', choices: [{ text: '上午', limit: 20 }, { text: '下午', limit: 20 }], most: 1 }, left: [0, 0] },
  'choose-changed': {
    ...CLUBS,
    cells: [
      done(answer(chose(1), { earlier: [chose(0, { ...liuFang, at: ago(60 * 50) }), chose(3, { at: ago(60 * 26) })] })),
      done(answer(chose(0, { ...liuFang, entered: { by: '张晓梅', note: '妈妈来电' }, late: true }))),
    ],
  },
  'choose-pending': { ...CLUBS, cells: [{ ...done(answer(chose(1))), pending: { is: 'saved' } }, { ...done(answer(chose(0))), pending: { is: 'sent' } }] },
  'choose-refused': { ...CLUBS, left: [0, 9, 0, null], cells: [{ pending: { is: 'refused', refusal: { code: 'choice-full', choice: '书法' } } }, { ...done(answer(chose(1, liuFang))), pending: { is: 'refused', refusal: { code: 'answered-already', by: '刘芳' } } }] },
  'choose-closed': { ...CLUBS, due: PAST, cells: [{ ...done(answer(chose(1))), may_answer: false }, {}] },
  'choose-many': { ...CLUBS, ask: clubs, left: [3, null, null, 0, null, null, 1] },
  'choose-all': { ...CLUBS, ask: { ...clubs, choices: [...clubs.choices, ...clubs.choices.slice(0, 8).map(({ text, limit }) => ({ text: `${text}（提高班，要有基础）`, limit }))], most: 3 }, left: [3, null, null, 0, null, null, 1] },
  'form-open': UNIFORM,
  'form-silent': { ...UNIFORM, silent: true },
  'form-photo': { ...UNIFORM, ask: withPhoto },
  'form-done': { ...UNIFORM, cells: [done(answer(given(replyTo(asks.form)), { earlier: [given(replyTo(asks.form, 1), { at: ago(60 * 30) })] })), done(answer(given(replyTo(asks.form, 1), liuFang)))] },
  'form-refused': { ...UNIFORM, cells: [{ pending: { is: 'refused', refusal: { code: 'no-right', right: 'decide' } } }, {}] },
  'sign-open': TRIP,
  colleague: { ...TRIP, colleague: true },
  'sign-done': { ...TRIP, cells: [done(answer(signed(true, { ...liuFang, at: ago(60 * 38) }))), done(answer(signed(false), { earlier: [signed(true, { at: ago(60 * 20) })] }))] },
  'sign-pending': { ...TRIP, cells: [{ ...done(answer(signed(true))), pending: { is: 'saved' } }, {}] },
  'sign-refused': { ...TRIP, cells: [{ pending: { is: 'refused', refusal: { code: 'text-changed' } } }, { ...done(answer(signed(true))), pending: { is: 'refused', refusal: { code: 'closed', since: PAST } } }] },
  'sign-late': { ...TRIP, due: PAST, cells: [{ ...done(answer(signed(true, { late: true }))), may_answer: false }, {}] },
  'each-open': { ...TRIP, by: { is: 'each-guardian' }, cells: [{ answers: [answer(signed(true, liuFang), { mine: false })] }, done(answer(signed(true, liuFang), { mine: false }), answer(signed(true)))] },
  'each-acknowledge': { ask: asks.acknowledge, title: '周三放学改到 15:40', body: '仍在南门。', by: { is: 'each-guardian' }, cells: [{ answers: [answer(given({ is: 'acknowledge' }, liuFang), { mine: false })] }, {}] },
  'named-other': { ...TRIP, by: { is: 'guardian', person: 'person-0000', name: '刘芳' }, cells: [{ may_answer: false, ...done(answer(signed(true, liuFang), { mine: true })) }, { may_answer: false }] },
  'named-me': { ...TRIP, by: { is: 'guardian', person: 'me', name: '李建国' } },
  back: { ask: asks.back, title: '研学回执请交回', body: '签好后拍照或扫描，交到这里就行。', cells: [{}, done(answer(given(sentBack)))] },
  'acknowledge-done': { ask: asks.acknowledge, title: '周三放学改到 15:40', body: '仍在南门。', cells: [done(answer(given({ is: 'acknowledge' }, { ...liuFang, entered: { by: '张晓梅', note: '妈妈来电' } }))), { pending: { is: 'refused', refusal: { code: 'no-right', right: 'decide' } } }] },
};

function choicesOf({ ask, left }: Case, staff: boolean): ChoiceView[] {
  if (ask.is !== 'choose') return [];
  return ask.choices.map(({ text, limit }, n) => ({ text, limit, left: left?.[n] ?? (limit === null ? null : limit), taken: staff ? [14, 11, 8, 9][n] ?? 0 : 0 }));
}

export function openNotice(school: School, notice: string): NoticeOpened {
  const opened = openedAs(school, notice);
  return isLetter(notice) ? letterOf(opened, notice, school) : opened;
}

function openedAs(school: School, notice: string): NoticeOpened {
  const { role, size } = school;
  const staff = role !== 'parent';
  const found: Case | undefined = cases[notice];
  const line = noticeAt(Number(notice.slice(-4)) || 0, role);
  const by: AnsweredBy = found?.by ?? { is: 'any-guardian' };
  const ask = found?.ask ?? line.ask;
  const asOpened = found
    ? { title: found.title, ask, due: found.due ?? at(4, '20:00'), changed: null, state: { is: 'sent' as const, at: ago(10) }, mine: staff && !hears(role) && !found.colleague, ...(found.colleague ? { author: '吴军', author_title: '德育主任' } : {}), pending: null, reminded: found.title.includes('科技馆') ? ago(55) : null }
    : { mine: role === 'teacher' };
  const sheet = hears(role) ? [] : found && !staff ? times(Math.min(2, count(size, 2, 2)), (n) => ownCell(n, found.cells?.[n])) : sheetOf(school, ask, by, found?.silent);
  const asked = found && !staff && by.is === 'guardian' && by.person !== 'me' ? 0 : sheet.length;
  return {
    line: { ...line, ...asOpened, id: notice, ...(staff ? {} : { answered: sheet.filter((cell) => cell.done).length, of: asked, children: own.slice(0, count(size, 2, 2)) }) },
    body: found?.body ?? (size === 0 ? '' : '本周三（11 月 25 日）教师研修结束较晚，放学改到 15:40，仍在南门。\n请把时间告诉来接孩子的家人。如果需要托管，请直接回复我。'),
    audience: [{ is: 'place', place: home, except: false }, { is: 'child', child: childAt(4), except: true }],
    families: count(size, 42, 2_000),
    sheet,
    on_behalf: false,
    reminds: line.mine && staff,
    reminders: line.mine && staff ? [ago(55), ago(-60 * 20)] : [],
    reminded_at: line.reminded && staff ? [ago(55)] : [],
    reminding: null,
    seen: false,
    class_reads: true,
    supersedes: null,
    keeps_answers: false,
    audience_is: { include: [{ kind: 'place', id: home.id }], except: [{ kind: 'child', id: 'child-0004' }] },
    answered_by: by,
    choices: choicesOf(found ?? { ask, title: '', body: '' }, staff),
    approved: null,
    may_approve: false,
    sha256: SHA,
    incident: null,
    files: notice.startsWith('sign-') || size === 'many' ? carried : [],
    child_files: notice.startsWith('own-') ? ownOf(school) : [],
  };
}
