// Reports of messages, and hats whose conversations are handed over.
import type { Hats, Inbox, ReportedThread, Reports, ReportView } from '../../src/lib/bindings';
import { ago, childAt, classAt, count, guardianAt, id, pick, times, type School } from './people';
import { texts } from './corpus';
import { accessLog, choices, mother, teacher } from './talks';

const REASONS = ['insult', 'threat', 'harassment', 'privacy', 'other'] as const;

export const reportAt = (n: number, role: School['role'], more: Partial<ReportView> = {}): ReportView => ({
  id: id('report', n),
  child: childAt(n),
  said_by: mother,
  by: teacher,
  reason: pick(REASONS, n),
  words: n === 1 ? '' : n === 4 ? pick(texts, 0) : '昨天开始反复骂人，我已经请他停下。',
  at: ago(60 + n * 300),
  closed: n > 2 ? { by: '陈志', at: ago(30), to_reporter: '已经和这位家长谈过。', to_all: '请好好说话。' } : null,
  log: n === 1 ? [] : accessLog,
  guardians: [
    { guardian: guardianAt(n), stopped: false },
    { guardian: guardianAt(n + 1), stopped: true },
  ],
  readers: n > 2 ? [] : choices,
  appointed: n === 3 ? [{ role: 'role-appointed', name: '苏婉', title: '心理教师' }] : [],
  concerned: n === 2,
  pending: role === 'administrator' && n === 1 ? { is: 'sent' } : null,
  ...more,
});

export function reportsOf({ role, size }: School): Reports {
  return { reports: times(count(size, 6, 2_000), (n) => reportAt(n, role)), may_read: role === 'administrator' };
}

export const reportedThread = (): ReportedThread => ({
  title: '作业的事',
  with: [{ role: id('role', 0), person: id('staff', 0), name: '张晓梅', title: '班主任', came: { is: 'first' }, since: ago(4000), reads_only: false }, { role: id('role', 5), person: id('staff', 5), name: '周丽', title: '心理教师', came: { is: 'brought-in', by: '张晓梅' }, since: ago(3000), reads_only: true }],
  inboxes: [{ inbox: id('inbox', 0), name: '教导处', came: { is: 'first' }, since: ago(4000) }],
  messages: [
    { id: id('message', 0), by: mother, text: '作业太多了，孩子写到十点。', quotes: null, at: ago(300), earlier: [], deleted: null },
    { id: id('message', 1), by: teacher, text: '我看一下，明天和数学老师商量。', quotes: { id: id('message', 0), by: '刘芳', text: '作业太多了，孩子写到十点。' }, at: ago(280), earlier: [], deleted: null },
    { id: id('message', 2), by: mother, text: '你们老师都不负责！', quotes: null, at: ago(270), earlier: [{ text: '你们老师都不负责', until: ago(268) }], deleted: null },
    { id: id('message', 3), by: mother, text: '', quotes: null, at: ago(260), earlier: [], deleted: ago(255) },
  ],
  reported: id('message', 2),
});

export const hatsToHand = ({ size }: School): Hats => ({
  hats: times(count(size, 6, 300), (n) => ({ role: id('role', n), name: pick(['张晓梅', '罗文', '何敏', '陈红', '周丽', '吴敏'], n), title: pick(['班主任', '任课教师'], n), subject: n % 2 ? '数学' : null, place: classAt(n % 60), over: n === 3 })),
});
export const inboxOf = ({ size }: School): Inbox => ({ open: size === 1 ? 0 : 3, substitutes: size === 'many' ? [] : choices.slice(1) });
