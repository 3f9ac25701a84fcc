// Alerts and roll-calls, and notices that wait for a second head.
import type { Alarm, Alarms, Alert, Marked, NoticeOpened, NoticeState, RollCall, RollChild, RollClass, RollCount, RollState } from '../../src/lib/bindings';
import { adults, ago, campuses, childAt, classAt, count, home, id, own, pick, school as whole, times, type School } from './people';

/** What is on, as a scene has it. */
export type On = 'actual' | 'exercise' | 'clear' | 'two';
const alert = (more: Partial<Alert> = {}): Alert => ({ status: 'actual', msg_type: 'alert', urgency: 'immediate', severity: 'severe', certainty: 'observed', roll_call: true, expires: null, ...more });
export const alerts: Record<Exclude<On, 'two'>, Alert> = { actual: alert(), exercise: alert({ status: 'exercise', severity: 'minor' }), clear: alert({ msg_type: 'cancel', roll_call: false }) };
const texts = {
  actual: ['暴雨红色预警，孩子留在教室', '请不要出门接孩子。孩子都在三楼以上的教室，由老师看护。雨停以前东门关闭，接送改在南门，时间另行通知。'],
  exercise: ['消防疏散演练', '这是演练。请老师带孩子按疏散路线到操场，点名后回教室。家长不用做什么。'],
  clear: ['解除：暴雨红色预警，孩子留在教室', '情况已经解除，恢复正常。谢谢大家配合。'],
} as const;

export const marked = (n: number, state: RollState, more: Partial<Marked> = {}): Marked => ({ state, note: '', by: id('person', n), by_name: '张晓梅', by_title: '班主任', at: ago(3 + (n % 9)), ...more });

/** A child at roll-call: most are known, some are away, one needs help, some are on their way from here. */
export function rollChild(n: number, fresh = false, child = childAt(n)): RollChild {
  const said =
    fresh || n % 7 === 3 ? null : n === 5 ? marked(n, 'needs-help', { note: '在医务室，脚扭了，校医在看' }) : n % 9 === 4 ? marked(n, 'picked-up', { by_name: pick(adults, n), by_title: '' }) : marked(n, 'safe');
  return {
    child,
    number: String(n + 1).padStart(2, '0'),
    said,
    earlier: n === 5 ? [marked(n, 'safe', { at: ago(14) })] : [],
    version: said ? 1 : 0,
    absent: n % 14 === 10,
    may_mark: true, may_fetch: true,
    pending: n === 2 && !fresh ? { state: 'safe', item: { is: 'saved' } } : n === 17 && !fresh ? { state: 'safe', item: { is: 'refused', refusal: { code: 'answered-already', by: '刘芳' } } } : null,
  };
}

const sum = (counts: readonly RollCount[]): RollCount =>
  counts.reduce((a, b) => ({ children: a.children + b.children, safe: a.safe + b.safe, needs_help: a.needs_help + b.needs_help, picked_up: a.picked_up + b.picked_up, unknown: a.unknown + b.unknown }), { children: 0, safe: 0, needs_help: 0, picked_up: 0, unknown: 0 });
export function countOf(children: readonly RollChild[]): RollCount {
  const of = (state: RollState) => children.filter(({ said }) => said?.state === state).length;
  return { children: children.length, safe: of('safe'), needs_help: of('needs-help'), picked_up: of('picked-up'), unknown: children.filter(({ said, absent }) => !said && !absent).length };
}
/** Forty-eight classes of two campuses: two where somebody needs help, many done. */
function classCount(n: number): RollCount {
  const help = n === 7 || n === 31 ? 1 : 0;
  const unknown = n % 3 === 0 ? (n % 5) + 1 : help;
  return { children: 44, safe: 41 - unknown - help, needs_help: help, picked_up: 2, unknown };
}

/** As many children as the size says; as many classes as the school has where it is a head who looks. */
export function rollOf(given: School, asked: string | null): RollCall {
  const { size, role } = given;
  const rows = times(count(size, 40, 45), (n) => rollChild(n, size === 1));
  const one: RollClass[] = [{ place: home, count: countOf(rows) }];
  const many: RollClass[] = times(48, (n) => (n === 11 ? one[0]! : { place: classAt(n < 24 ? n : n + 6), count: classCount(n) }));
  const classes = role === 'parent' ? [] : role === 'head' ? many : one;
  const alarm = alarmOf({ ...given, alert: given.alert === 'two' || !given.alert ? 'actual' : given.alert }, given.alert === 'exercise' ? 'exercise' : 'actual');
  return { alarm: { ...alarm, roll: classes.length ? sum(classes.map((one) => one.count)) : null }, classes, class: classes.length ? (asked ?? home.id) : null, children: classes.length ? rows : [] };
}

export function alarmOf({ role, size }: School, sort: Exclude<On, 'two'>): Alarm {
  const kids = size === 1 ? own.slice(0, 1) : own;
  const family = kids.map((child, n): RollChild => ({ child, number: '', said: n === 0 && size === 1 ? null : n === 0 ? marked(0, 'safe') : sort === 'clear' ? marked(1, 'picked-up', { by: 'me', by_name: '李建国', by_title: '' }) : null, earlier: [], version: n ? 0 : 1, absent: false, may_mark: true, may_fetch: true, pending: null }));
  const [title, body] = texts[sort];
  return {
    notice: `alert-${sort}`,
    incident: `alert-${sort}`,
    alert: alerts[sort],
    title,
    body,
    author: '熊立新',
    author_title: '校长',
    at: ago(12),
    places: sort === 'exercise' ? [campuses[0]!] : [whole],
    called: true,
    children: role === 'parent' ? family : [],
    roll: role === 'parent' ? null : role === 'head' ? sum(times(48, classCount)) : countOf(times(40, (n) => rollChild(n, size === 1))),
    may_end: role === 'head' && sort !== 'clear',
  };
}

export function alarmsOf(given: School): Alarms {
  if (!given.alert) return { alarms: [] };
  const sorts = given.alert === 'two' ? (['exercise', 'actual'] as const) : [given.alert];
  return { alarms: sorts.map((sort) => alarmOf(given, sort)) };
}

const LETTER = { title: '全校冬季作息从 12 月 1 日起调整', body: '12 月 1 日（周二）起执行冬季作息：\n早上 8:10 到校，下午 15:50 放学，课后服务到 17:40。\n请家长按新的时间接送，南门、东门同时开放。' };
export const proposed: NoticeState = { is: 'proposed', since: ago(95) };
export const declined: NoticeState = { is: 'declined', by: '吴军', title: '德育主任', reason: '课后服务应是 17:30，请和后勤核对以后再发。', at: ago(20) };

/** Notices opened by their id: who looks decides whose they are. */
export function letterOf(opened: NoticeOpened, notice: string, { role }: School): NoticeOpened {
  const base = { ...opened, audience: [{ is: 'place' as const, place: whole, except: false }], audience_is: { include: [{ kind: 'place' as const, id: whole.id }], except: [] }, families: 1_204, sheet: [], reminders: [], supersedes: null };
  const line = { ...opened.line, id: notice, author: '何静', author_title: '教务主任', mine: false, ask: { is: 'acknowledge' as const }, due: null, changed: null, pending: null, at: ago(95) };
  if (notice.startsWith('alert-')) {
    const sort = notice.slice(6) as Exclude<On, 'two'>;
    const [title, body] = texts[sort];
    return { ...base, body, incident: notice, sheet: role === 'parent' ? opened.sheet : [], line: { ...line, title, author: '熊立新', author_title: '校长', mine: role === 'head', alert: alerts[sort], state: { is: 'sent', at: ago(12) }, at: ago(12) } };
  }
  const told = { ...base, ...LETTER };
  const state = notice === 'declined' ? declined : notice === 'approved' ? { is: 'sent' as const, at: ago(10) } : proposed;
  const failed = notice === 'proposed-late' ? { is: 'refused' as const, refusal: { code: 'closed' as const, since: ago(5) } } : null;
  return {
    ...told,
    sheet: notice === 'approved' && role === 'parent' ? opened.sheet : [],
    line: { ...line, title: LETTER.title, mine: notice.endsWith('mine') || notice === 'declined', state, pending: failed },
    may_approve: notice.startsWith('proposed') && !/mine|late/.test(notice),
    approved: notice === 'approved' ? { person: 'person-0009', name: '熊立新', title: '校长', at: ago(12) } : null,
  };
}
export const isLetter = (notice: string) => /^(alert-|proposed|declined|approved)/.test(notice);
