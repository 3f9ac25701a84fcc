// What each role's Today says.
import type { Coming, Duty, JoinCount, Today } from '../../src/lib/bindings';
import { declined, proposed } from './alerts';
import { asks as asked, meeting } from './conferences';
import { marksOf } from './holidays';
import { asks } from './notices';
import { absentOf, waitingAt } from './requests';
import { linesOf } from './talks';
import { LONG, NOW, ago, at, booking, childAt, classAt, count, hatsOf, id, pick, sessions, stateAt, times, type School } from './people';
import { askersOf } from './volunteering';

export function todayOf(given: School): Today {
  const { role, size } = given;
  const joins = (many: number): JoinCount[] => times(count(size, Math.min(6, many), many), (n) => ({ place: classAt(n), guardians: 80, joined: (n * 17) % 78 }));
  const soon = times(count(size, 2, 6), (n) => ({
    event: id('event', n),
    title: n % 2 ? '菁菁读书堂' : LONG,
    when: pick(['closes', 'opens', 'starts'] as const, n),
    at: at(n, '20:00'),
    sessions: sessions().slice(0, n % 2 ? 1 : 3),
  }));
  if (role === 'counsellor') {
    const questions = linesOf(given).filter(({ waits_for_us }) => waits_for_us);
    return { is: 'teacher', now: NOW, own: [], held: [], approvals: [], unanswered: [], not_joined: [], events: soon, questions, requests: [], reports: 0, absent: absentOf({ ...given, size: 0 }), meetings: !given.meets ? [] : [meeting(20, { is: 'booked' }, { conference: 'guidance', kind: 'guidance', guardian_name: '刘芳', room: '心语小屋', starts: at(0, '14:00'), ends: at(0, '14:30') })] };
  }
  if (role === 'teacher' || role === 'head') {
    return {
      is: 'teacher',
      own: [],
      now: NOW,
      held: size === 0 ? [] : [
        { notice: 'notice-0001', title: '周三放学改到 15:40', until: ago(-1.5), state: { is: 'held', until: ago(-1.5) }, pending: null, families: 42 },
        ...(size === 1 ? [] : [{ notice: 'notice-0002', title: '重庆科技馆参观同意书', until: null, state: { is: 'held' as const, until: ago(-2) }, pending: { is: 'saved' as const }, families: 42 }]),
        ...(role === 'head' ? [{ notice: 'proposed-mine', title: '全校冬季作息从 12 月 1 日起调整', until: null, state: proposed, pending: null, families: 1_204 }, { notice: 'declined', title: '寒假托管报名', until: null, state: declined, pending: null, families: 1_204 }] : []),
      ],
      approvals: role === 'head' ? times(count(size, 2, 12), (n) => ({ notice: n ? id('proposed', n) : 'proposed', title: pick(['全校冬季作息从 12 月 1 日起调整', '关于调整本学期第十四周升旗仪式时间并请各位家长提前十分钟送孩子到校的通知'], n), author: pick(['何静', '吴军'], n), author_title: pick(['教务主任', '德育主任'], n), families: 1_204, since: ago(95 + n * 400) })) : [],
      unanswered: times(count(size, 3, 40), (n) => ({
        notice: id('notice', n),
        title: n % 2 ? '重庆科技馆参观同意书' : '周三放学改到 15:40，请家长知悉并转告来接孩子的老人',
        author: n === 2 ? '德育主任' : null,
        due: n === 1 ? at(-1, '18:00') : at(1, '20:00'),
        children: 42,
        answered: 42 - 3 - n,
        silent: times(Math.min(6, 3 + n), (k) => childAt(k)),
      })),
      not_joined: joins(1),
      events: soon,
      questions: linesOf(given).filter(({ waits_for_us }) => waits_for_us),
      requests: times(count(size, 4, 60), waitingAt),
      reports: 0,
      absent: absentOf(given),
      meetings: times(given.meets ? count(size, 3, 40) : 0, (n) => meeting(n, { is: 'booked' }, { child: childAt(n), guardian_name: pick(['刘芳', '陈志远', '王磊'], n), starts: at(0, `${String(14 + Math.floor(n / 6)).padStart(2, '0')}:${n % 6}0`) })),
    };
  }
  if (role === 'coordinator') {
    return {
      is: 'coordinator',
      own: [],
      asking: askersOf(),
      now: NOW,
      questions: linesOf(given).filter(({ waits_for_us }) => waits_for_us),
      missing: times(count(size, 5, 180), (n) => ({
        shift: id('shift', n),
        post: id('post', n % 4),
        title: pick(['“我是小交警”护学岗 东门', '食堂陪餐', '图书馆整理'], n),
        starts: at(n % 9, '07:30'),
        ends: at(n % 9, '08:10'),
        needed: 4,
        taken: n % 4,
        missing: 4 - (n % 4),
        adults_wanted: n === 2 ? 2 : 0,
      })),
      hours: count(size, 3, 60),
      events: soon,
      to_do: [
        { event: 'draw-rolled', title: '重庆科技馆研学', since: at(0, '09:00'), what: { is: 'draw' as const, public_value: '抽签当天的上证指数收盘价' } },
        { event: 'event-0001', title: '第一讲：和孩子好好说话', since: at(-2, '20:30'), what: { is: 'roll' as const, session: 'session-0001', name: '第一讲', families: 18 } },
      ].slice(0, count(size, 2, 2)),
    };
  }
  if (role === 'administrator') {
    return {
      is: 'administrator',
      now: NOW,
      remark_wordings: count(size, 3, 120),
      remark_children: count(size, 9, 400),
      not_joined: joins(60),
      classes: size === 0 ? 0 : 60,
      reports: count(size, 2, 40),
    };
  }
  const kids = hatsOf(role, size)[0]!.children;
  const duties: Duty[] = [
    { children: kids.slice(0, 1), due: at(0, '20:00'), what: { is: 'choose', event: 'event-0000', title: LONG, sessions: 3, left: 12, starts: at(3, '08:30') } },
    { children: kids, due: at(1, '20:00'), what: { is: 'answer', notice: 'notice-0000', title: '周三放学改到 15:40', author: '张晓梅', ask: asks.acknowledge, sent: ago(12), changed: { was: '15:00', now: '15:40' }, reminded: null } },
    { children: kids.slice(-1), due: at(0, '18:00'), what: { is: 'offer', booking: booking(1, { is: 'offered', until: at(0, '18:00') }) } },
    { children: kids.slice(-1), due: at(4, '18:00'), what: { is: 'answer', notice: 'sign-open', title: '重庆科技馆参观同意书', author: '王静', ask: asks.sign, sent: ago(1500), changed: null, reminded: ago(55) } },
  ];
  const coming = times(
    count(size, 5, 300),
    (n): Coming => ({
      starts: at(n, '15:40'),
      ends: n % 3 === 0 ? null : at(n, '16:30'),
      children: n % 5 === 2 ? [] : [pick(kids, n)],
      title: n % 5 === 2 ? '“我是小交警”护学岗' : n % 3 === 0 ? '放学' : '新‘心’相印，‘育’见美好',
      place: n % 5 === 2 ? '东门' : '南门',
      what: n % 5 === 2 ? { is: 'shift', shift: id('shift', n), pending: n > 5 } : n % 3 === 0 ? { is: 'changed', notice: 'notice-0000' } : { is: 'booking', booking: booking(n, stateAt(n), '新‘心’相印，‘育’见美好') },
    }),
  );
  const met = (['saved', 'booked'] as const).map((is, n): Coming => {
    const one = meeting(n, { is }, { starts: at(n + 1, '16:30'), ends: at(n + 1, '16:40'), ...(n && { conference: 'guidance', kind: 'guidance', title: '周三家校共育指导站', person_name: '苏婉', child: kids[0]! }) });
    return { starts: one.starts, ends: one.ends, children: [one.child], title: one.title, place: one.room, what: { is: 'meeting', meeting: one } };
  });
  const more = (n: number): Duty => ({ ...duties[3]!, what: { is: 'answer', notice: id('more', n), title: `第 ${n + 1} 份${pick(['同意书', '选课单', '登记表', '提醒'], n)}`, author: '王静', ask: pick([asks.sign, asks.choose, asks.form, asks.read], n), sent: ago(1500), changed: null, reminded: null } });
  const helps: Duty[] = [
    { children: [], due: at(1, '07:40'), what: { is: 'still-coming', shift: 'shift-0001', title: '护学岗“我是小交警”，东门', starts: at(1, '07:40'), meeting_point: '东门保安亭' } },
    { children: [], due: at(1, '18:00'), what: { is: 'come', shift: 'shift-0005', title: '食堂陪餐', starts: at(2, '11:30'), ends: at(2, '12:30'), meeting_point: '食堂一层门口', offer: { source: { from: 'desk' }, by: '周敏', words: '周四早上缺一位，您上次来过，孩子们还记得您。', at: ago(90), until: at(1, '18:00') }, why_not: null } },
    { children: [], due: at(2, '12:00'), what: { is: 'fill-turns', class: classAt(1), missing: 3, days: 2, starts: at(3, '07:40') } },
  ];
  const week = times(given.festive ? 6 : 5, (n) => at(n, '00:00').slice(0, 10));
  return {
    is: 'family',
    now: NOW,
    children: kids,
    duties: given.helps ? [...helps, ...duties] : given.meets ? [{ children: kids.slice(0, 1), due: at(9, '20:00'), what: { is: 'meet', asked, title: '期中家长会面谈日' } }, ...duties] : size === 'many' ? [...duties, ...times(60, more)] : duties.slice(0, count(size, 4, 4)),
    done: size === 0 ? [] : [{ ...duties[3]!, what: { is: 'answer', notice: 'notice-0009', title: '冬季校服尺码登记', author: '张晓梅', ask: asks.form, sent: ago(4000), changed: null, reminded: null } }],
    unread: linesOf(given).filter(({ unread }) => unread > 0),
    coming: given.meets ? [...met, ...coming] : coming,
    clashes: size === 'some' || size === 'many' ? [{ first: '雨桐 新‘心’相印，第 2 场', second: '雨辰 放学', at: at(2, '15:40'), too_far: false }, ...(size === 'many' ? [{ first: '雨桐 放学', second: '“我是小交警”护学岗 东门', at: at(3, '15:50'), too_far: true }] : [])] : [],
    week,
    marks: marksOf(week, given),
  };
}
