// Conversations: what families and staff say to each other about one child.
import { photo, plan, view } from './files';
import type { AccessView, ConversationLine, InboxLine, InboxPartner, PartnerList, Conversations, MessageView, Partner, PartnerChoice, Speaker, Thread } from '../../src/lib/bindings';
import { adults, ago, at, childAt, count, guardianAt, id, own, pick, school, times, type School } from './people';
import { texts } from './corpus';

const partner = (name: string, title: string, n: number, came: Partner['came'] = { is: 'first' }, reads_only = false): Partner => ({ role: id('role', n), person: id('staff', n), name, title, came, since: ago(4000), reads_only });
const zhang = partner('张晓梅', '班主任', 0);
export const choices: PartnerChoice[] = [
  { role: id('role', 0), name: '张晓梅', title: '班主任', subject: '语文', office_hours: { from: '08:00:00', until: '17:30:00' } },
  { role: id('role', 1), name: '罗文', title: '任课教师', subject: '数学', office_hours: null },
  { role: id('role', 2), name: '何敏', title: '校长', subject: null, office_hours: null },
];
const reader = (n: number, name: string, title: string): PartnerChoice => ({ role: id('role', n), name, title, subject: null, office_hours: null });
export const inboxLines: InboxLine[] = [
  { inbox: id('inbox', 0), name: '教导处', about: '转学、学籍、课程和考试安排', place: school, readers: [reader(2, '何敏', '校长'), reader(3, '吴军', '德育主任'), reader(4, '陈红', '教务主任')], closed: false, may_keep: false },
  { inbox: id('inbox', 1), name: '心理辅导', about: '孩子情绪、睡眠、同伴关系；只有心理教师和德育主任看得到', place: school, readers: [reader(5, '周丽', '心理教师'), reader(3, '吴军', '德育主任')], closed: false, may_keep: false },
];
const office: InboxPartner = { inbox: id('inbox', 0), name: '教导处', came: { is: 'brought-in', by: '张晓梅' }, since: ago(3000) };
export const teacher: Speaker = { person: id('staff', 0), name: '张晓梅', capacity: { is: 'staff', title: '班主任' } };
export const mother: Speaker = { person: id('person', 0), name: '刘芳', capacity: { is: 'guardian', relation: 'mother' } };
const TITLES = ['数学练习册落在家里了', '想调一下座位', '水杯', '在家读书的事：《城南旧事》第三章孩子读不太懂，家里怎么带比较好', '这周的值日'];
const TEXTS = [
  '张老师早，雨桐的数学练习册落在家里了，我中午送到东门门卫室可以吗？',
  '可以的，放门卫室写上班级姓名，我请值日同学去拿。',
  '好的。',
  '昨天拿到了，谢谢。另外雨桐最近课间常去菁菁读书堂，读得很投入，跟您说一声。\n书目在这里 https://www.example.org/reading/2026?grade=3，不用买，图书馆有。',
];

export const message = (n: number, more: Partial<MessageView> = {}): MessageView => ({
  id: id('message', n),
  seq: n + 1,
  by: n % 2 ? teacher : mother,
  own: false,
  text: pick(TEXTS, n),
  quotes: null,
  at: ago(4000 - n * 60),
  earlier: [],
  deleted: null,
  received: [],
  may_change: false,
  may_receive: false,
  may_report: false,
  report: null,
  pending: null,
  mutation: null,
  files: [],
  ...more,
});

export const line = (n: number, staff: boolean, more: Partial<ConversationLine> = {}): ConversationLine => ({
  id: id('conversation', n),
  child: staff ? childAt(n) : pick(own, n),
  title: pick(TITLES, n),
  with: n === 2 ? [zhang, partner('何敏', '校长', 2, { is: 'brought-in', by: '张晓梅' })] : [zhang],
  inboxes: n === 1 ? [office] : [],
  last: ago(10 + n * 190),
  last_text: pick(TEXTS, n),
  last_by: n % 2 ? teacher : { ...mother, name: pick(adults, n) },
  unread: n < 2 ? 2 - n : 0,
  waits_for_us: n < 3,
  ended: n === 4 ? { by: '张晓梅', at: ago(900) } : null,
  pending: n === 3 ? { is: 'saved' } : n === 5 ? { is: 'refused', refusal: { code: 'no-right', right: 'messages' } } : null,
  ...more,
});

/** Somebody looked in, stopped the father, and let him write again. */
export const accessLog: AccessView[] = [
  { by: '陈志', title: '信息管理员', at: ago(800), what: { is: 'read', reason: 'insult' } },
  { by: '何敏', title: '校长', at: ago(700), what: { is: 'stopped', person: id('person', 1), guardian: '李建国', why: '辱骂老师' } },
  { by: '陈志', title: '信息管理员', at: ago(600), what: { is: 'closed', words: '请好好说话。' } },
];

const isStaff = ({ role }: School) => role !== 'parent';
export const linesOf = (given: School): ConversationLine[] => times(count(given.size, 6, 2_000), (n) => line(n, isStaff(given)));

export function talksOf(given: School): Conversations {
  const staff = isStaff(given);
  return { conversations: linesOf(given), children: staff ? [] : own.slice(0, given.size === 1 ? 1 : undefined), may_begin: true, substitutes: staff ? choices.slice(1) : [] };
}
/** The class teacher reads counselling as well. */
const readByTeacher = inboxLines.map((line, n) => (n ? { ...line, readers: [...line.readers, { ...choices[0]!, role: 'class-teacher' }] } : line));
export const partnersOf = ({ role }: School): PartnerList => ({ partners: choices, inboxes: role === 'teacher' ? readByTeacher : inboxLines });

/** Every state of a message. */
function some(staff: boolean): MessageView[] {
  const mine = (n: number) => (n % 2 === 1) === staff;
  const all = times(4, (n) => message(n, { own: mine(n), may_receive: !mine(n), may_report: !mine(n), report: !mine(n) && n > 1 ? { at: ago(900), closed: { by: '陈志', at: ago(600), to_reporter: '已经和他谈过，谢谢您告诉学校。', to_all: '请好好说话。' }, pending: null } : null, files: n === 1 ? [view(photo), view(plan, { here: 0 })] : [] }));
  const base = { own: true, by: staff ? teacher : mother };
  return [
    ...all,
    message(4, { own: !staff, received: ['张晓梅'], quotes: { id: id('message', 1), by: '张晓梅', text: TEXTS[1]! }, earlier: [{ text: '好地。', until: ago(3700) }], text: '好的，谢谢老师。' }),
    message(5, { own: staff, text: '', deleted: ago(300) }),
    message(6, { own: !staff, by: staff ? mother : mother, text: pick(texts, 0), may_receive: staff }),
    message(7, { ...base, text: '今天还有一件事。', may_change: true, at: ago(3) }),
    message(8, { ...base, text: '外婆四点来接。', files: [view(photo, { sent: 420_000 })], pending: { is: 'saved' }, mutation: 'mutation-0008', at: ago(1) }),
    message(9, { ...base, text: '刚写的这句没赶上。', pending: { is: 'refused', refusal: { code: 'conversation-ended' } }, mutation: 'mutation-0009', at: ago(1) }),
  ];
}

export function threadOf(given: School, most: number): Thread {
  const staff = isStaff(given);
  const { size } = given;
  const ended = size === 0;
  const stopped = given.stopped ?? false;
  const many = times(Math.min(most, 2_000), (n) => message(2_000 - Math.min(most, 2_000) + n, { own: (n % 2 === 1) === staff }));
  const along = given.along ?? false;
  const [zhang, head] = line(2, staff).with as [Partner, Partner];
  const mine = { ...zhang, role: staff ? 'class-teacher' : zhang.role };
  const circle = [along ? { ...mine, came: head.came, reads_only: true } : mine, along ? partner('罗文', '任课教师', 1) : head, ...(along ? [] : [partner('周丽', '心理教师', 5, head.came, true)])];
  const acts = staff && !ended && !along;
  return {
    line: line(0, staff, { ended: ended ? { by: '张晓梅', at: ago(60) } : null, child: staff ? childAt(0) : own[0]!, with: circle, inboxes: [office] }),
    messages: size === 'many' ? many : size === 'some' ? some(staff) : [message(0, { own: !staff, may_receive: staff })],
    more: size === 'many' && most < 2_000,
    guardians: staff ? [guardianAt(0), guardianAt(1)] : [guardianAt(0)],
    marks: staff ? [{ name: '刘芳', up_to: 8 }, { name: '李建国', up_to: 3 }] : [{ name: '张晓梅', up_to: 8 }],
    read_up_to: 1,
    may_say: !ended && !along && !(stopped && !staff),
    log: size === 'some' ? accessLog : [],
    stopped: stopped && !staff ? { guardian: id('person', 0), name: '刘芳', by: '何敏', title: '校长', at: ago(700), why: '辱骂老师', call: '教导处陈老师，办公室 201' } : null,
    may_end: acts,
    reads_only: along,
    inboxes: inboxLines.slice(0, 1),
    inboxes_beside: acts ? inboxLines.slice(1) : [],
    may_take_out: !staff || ended ? [] : [{ is: 'role', role: 'class-teacher' }, ...(along ? [] : [{ is: 'role' as const, role: id('role', 2) }, { is: 'role' as const, role: id('role', 5) }, { is: 'inbox' as const, inbox: id('inbox', 0) }])],
    back_at: !staff && !ended ? at(1, '08:00') : null,
    colleagues: acts ? choices.slice(1, 2) : [],
    side: staff ? 'school' : 'family',
  };
}
