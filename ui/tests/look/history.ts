// What a family had in its hands at a moment.
import type { HistoryView, NoticeThen } from '../../src/lib/bindings';
import { ago, at, childAt, count, guardianAt, id, own, times, type School } from './people';
import { texts } from './corpus';
import { mother, teacher } from './talks';

const CHOICES = [{ text: '去', limit: null }, { text: '不去', limit: null }];

function noticeThen(n: number, with_: string[]): NoticeThen {
  const text = { title: n === 0 ? '今天 15:00 放学' : n === 2 ? '周五参观红岩博物馆，去不去' : n > 3 ? texts[n % texts.length]! : '周三放学改到 15:40', body: n === 1 ? '请到东门接。\n下雨改到南门。' : '', ask: n === 2 ? ({ is: 'choose', choices: CHOICES, most: 1 } as const) : ({ is: 'acknowledge' } as const), due: n === 2 ? at(1, '20:00') : null, changed: n === 1 ? { was: '15:00', now: '15:40' } : null, supersedes: null };
  return {
    id: id('notice', n),
    author: '张晓梅',
    author_title: '班主任',
    text: n === 3 ? null : text,
    sent: ago(200 + n * 400),
    reminded: n === 2 ? [ago(150)] : [],
    with: n === 3 ? [] : with_,
    answers: n === 2 ? [
      { reply: { is: 'choose', choices: [0] }, by: '刘芳', entered: null, at: ago(900), replaced: ago(160) },
      { reply: { is: 'choose', choices: [1] }, by: '李建国', entered: { by: '张晓梅', note: '爸爸来电' }, at: ago(160), replaced: null },
    ] : [],
    gone: n === 0 ? { is: 'replaced', at: ago(20), by: id('notice', 1) } : n === 3 ? { is: 'recalled', at: ago(500) } : null,
  };
}

export function historyOf({ role, size }: School, when: string | null): HistoryView {
  const staff = role !== 'parent';
  const people = staff ? [guardianAt(0), guardianAt(1)] : [guardianAt(0)];
  const none = size === 0;
  return {
    child: staff ? childAt(0) : own[0]!,
    history: {
      at: when ?? ago(0),
      guardians: people.map((one, n) => ({ person: one.id, name: one.name, relation: one.relation, heard: n ? 'not-joined' : 'heard' })),
      notices: times(count(size, 5, 200), (n) => noticeThen(n, people.slice(0, 1).map((one) => one.id))),
      older: size === 'many' ? 40 : 0,
      conversations: none ? [] : [{
        id: id('conversation', 0),
        title: '数学练习册落在家里了',
        with: [{ role: id('role', 0), person: id('staff', 0), name: '张晓梅', title: '班主任', came: { is: 'first' }, since: ago(5000), reads_only: false }],
        inboxes: [{ inbox: id('inbox', 0), name: '教导处', came: { is: 'brought-in', by: '张晓梅' }, since: ago(4000) }],
        ended: null,
        older: size === 'many' ? 12 : 0,
        said: [
          { id: id('message', 0), by: mother, at: ago(700), text: '张老师，雨桐的数学练习册落在家里了。', edited: ago(698), deleted: null, received: [{ person: id('staff', 0), name: '张晓梅', at: ago(690) }] },
          { id: id('message', 1), by: teacher, at: ago(650), text: '', edited: null, deleted: ago(645), received: [] },
        ],
      }],
      requests: none ? [] : [
        { id: id('request', 0), wanted: { is: 'pick-up', by: '王建国', relation: '外公', phone: '', at: at(0, '16:10') }, guardian: '刘芳', entered: null, asked: ago(500), state: { is: 'agreed', by: '张晓梅', note: '', at: ago(480) } },
        { id: id('request', 1), wanted: { is: 'leave', from: '2026-11-20', to: '2026-11-20', part: 'whole-day', reason: '发烧' }, guardian: '李建国', entered: null, asked: ago(6000), state: { is: 'open' } },
      ],
      before: none ? null : ago(160),
      after: when ? ago(20) : null,
    },
  };
}
