// Partners and their cards; trips with their slips, buses and roll-call.
import type { BusList, Calls, CardsRead, PartnerView, RiderView, RollLine, SlipStand, TripMarked, TripEndView, TripRoll, TripSession, TripView } from '../../src/lib/bindings';
import { ago, at, childAt, classAt, count, id, own, pick, times, type School, type Size } from './people';

const saved = { mutation: 'mutation-0000' };
/** An event that is made no trip yet, and one that everybody came to. */
export const NO_TRIP = 'event-0007';
export const ALL_HERE = 'session-0009';

const named = ['重庆红岩博物馆', '重庆科技馆', '红岩联线', '重庆市沙坪坝区歌乐山革命纪念馆（烈士墓、渣滓洞、白公馆）管理处青少年教育部'];
export const partnerAt = (n: number): PartnerView => ({
  id: id('partner', n),
  draft: {
    name: n < named.length ? named[n]! : `${pick(named, n)}${n}`,
    about: pick(['博物馆', '科技馆', '', '纪念馆'], n),
    address: pick(['渝中区红岩村 52 号', '江北区文星门街 7 号', '', '沙坪坝区壮志路 2 号'], n),
    contacts: n % 4 === 2 ? [] : [{ name: pick(['罗敏', '邓一帆', '何晓岚'], n), title: '宣教部主任', phone: '023-6330-0192', email: n % 2 ? '' : 'luo@hongyan.example.org' }, ...(n % 4 === 0 ? [{ name: '简华', title: '讲解预约', phone: '139-0000-0192', email: '' }] : [])],
    website: n % 2 ? '' : 'https://hongyan.example.org',
    note: n % 3 ? '' : '周一闭馆；团队提前一周预约。',
  },
  events: n % 3,
  at: ago(600 * n),
});
export const cardsRead: CardsRead = {
  fault: null,
  partners: [
    { partner: null, draft: { ...partnerAt(1).draft, name: '重庆自然博物馆' }, is: 'new' },
    { partner: id('partner', 0), draft: partnerAt(0).draft, is: 'changed' },
    { partner: id('partner', 2), draft: partnerAt(2).draft, is: 'same' },
  ],
  unreadable: [
    { line: 12, name: '老朋友', fault: { is: 'version', version: '2.1' } },
    { line: 31, name: '', fault: { is: 'no-name' } },
  ],
};

const stops = ['出发前', '到馆', '离馆', '返校'];
const plan = { from: '学校东门', to: '重庆科技馆', meeting_point: '东门候车处', children_per_adult: 10, buses: [{ name: '1 号车', seats: 45 }, { name: '2 号车', seats: 33 }], slip: true, stops };
export const museumTrip = plan;
const sessionName = (n = 0) => ({ id: id('session', n), name: '上午出发', starts: at(4, '08:30') });
const slipAt = (n: number): SlipStand => pick(['signed', 'signed', 'signed', 'missing', 'signed', 'refused', 'signed', 'late', 'signed', 'half'], n);
const kid = (n: number) => childAt(n, classAt(30 + Math.floor(n / 20)));

const goes: TripEndView = { at: null, may: true, open: [], left: [] };
/** A trip that is over, and one of which two are missing. */
export const OVER = 'session-0010';
export const TWO_MISSING = 'session-0011';
const endOf = (session: string, may: boolean): TripEndView =>
  session === OVER ? { at: ago(9), may, open: [], left: [{ child: kid(1), left: { reason: '妈妈在馆门口接走了', by: id('person', 9), by_name: '陈静', at: ago(9) } }] } : { ...goes, may, open: session === TWO_MISSING ? [kid(1), kid(4)] : [] };

function sessionOf(size: Size): TripSession {
  const children = count(size, 48, 400);
  const slips = times(children, slipAt);
  const of = (stand: SlipStand) => slips.filter((one) => one === stand).length;
  return {
    session: sessionName(),
    children,
    whole: true,
    adults_needed: Math.ceil(children / 10),
    adults: children ? 4 : 0,
    adults_short: children ? Math.max(0, Math.ceil(children / 10) - 4) : 0,
    parents: children ? 2 : 0,
    escorts: children ? ['陈静', '何军'] : [],
    slips: { signed: of('signed'), half: of('half'), refused: of('refused'), missing: of('missing') + of('late'), late: of('late') },
    open: slips.flatMap((slip, n) => (slip === 'signed' ? [] : [{ child: kid(n), slip, by: slip === 'refused' || slip === 'half' ? '王芳' : '' }])),
    stops: stops.map((name, n) => ({ name, here: n ? 0 : Math.max(0, children - 12), away: n || !children ? 0 : 1 })),
    end: goes,
  };
}
export function tripOf({ role, size }: School, event: string): TripView {
  const staff = role !== 'parent';
  const desk = role === 'coordinator';
  const is = event !== NO_TRIP && (staff || event === 'event-0003');
  const session = sessionOf(size);
  return {
    event,
    title: '重庆科技馆参观',
    partner: is ? { id: id('partner', 1), name: '重庆科技馆', contacts: staff ? partnerAt(1).draft.contacts : [] } : null,
    plan: is ? plan : null,
    may_plan: desk,
    sessions: is && staff ? [role === 'teacher' ? { ...session, whole: false } : session] : [],
    slips: is && staff ? [{ notice: 'sign-open', at: ago(2_000) }] : [],
    own: is && !staff ? own.slice(0, 2).map((child, n) => ({ child, session: sessionName(), progress: n ? 'ahead' : 'on-the-way', stop: n ? '' : '到馆', at: n ? null : ago(18), ended: null })) : [],
  };
}
export function busesOf({ role, size }: School): BusList {
  const children = count(size, 48, 400);
  const rider = (n: number): RiderView => ({ child: kid(n), booking: id('booking', n), adults: n === 3 ? 1 : 0, because: n === 5 ? 'by-hand' : n % 17 === 16 ? 'with-family' : 'with-class', slip: slipAt(n) });
  const first = times(Math.min(children, 30), rider);
  const second = times(Math.min(Math.max(0, children - 30), 28), (n) => rider(n + 30));
  return {
    title: '重庆科技馆参观',
    session: sessionName(),
    meeting_point: plan.meeting_point,
    buses: [
      { name: '1 号车', seats: 45, taken: first.length + 3, parents: 1, escorts: 2, lacks: 0, children: first },
      { name: '2 号车', seats: 33, taken: second.length + 1, parents: 1, escorts: 0, lacks: second.length ? 1 : 0, children: second },
    ],
    left: times(Math.max(0, children - 58), (n) => ({ ...rider(n + 58), because: null })).slice(0, 40),
    adults_left: children > 58 ? 3 : 0,
    may_move: role !== 'teacher',
  };
}
const marked = (here: boolean, note = '', by = '陈静'): TripMarked => ({ here, note, by: id('person', 9), by_name: by, at: ago(6) });
export function tripRollOf({ size, role }: School, { session, stop, find }: Calls['trip.roll']['request']): TripRoll {
  const children = count(size, role === 'teacher' ? 9 : 40, 400);
  const at = stop ?? 1;
  const all = session === ALL_HERE || session === OVER;
  const line = (n: number): RollLine => {
    const away = !all && n === 1;
    const open = !all && (n === 2 || n === 4);
    const contested = !all && n === 0;
    return {
      child: kid(n),
      bus: n % 3 ? '1 号车' : '2 号车',
      slip: slipAt(n),
      said: open ? null : marked(!away && !contested, away ? '奶奶接走了' : ''),
      against: contested ? marked(true, '', '何军') : null,
      earlier: [],
      version: open ? 0 : contested ? 2 : 1,
      left_at: !all && n === 4 && at > 0 ? '出发前' : null,
      left_note: !all && n === 4 && at > 0 ? '发烧，家长接回家了' : '',
      pending: n === 3 ? { is: 'saved' } : null,
    };
  };
  const rank = (one: RollLine) => (one.against ? 0 : !one.said ? 1 : one.said.here ? 3 : 2);
  const lines = times(children, line).toSorted((one, other) => rank(one) - rank(other));
  return {
    event: 'event-0003',
    title: '重庆科技馆参观',
    session: { ...sessionName(), id: session },
    stops: stops.map((name, n) => ({ name, here: n < at ? children - 1 : n === at ? lines.filter(({ said }) => said?.here).length : 0, away: n < at ? 1 : 0 })),
    stop: at,
    children,
    lines: lines.filter(({ child }) => child.name.includes(find ?? '')),
    whole: role !== 'teacher',
    opens: null,
    end: endOf(session, role !== 'teacher'),
  };
}

type Asks = 'partner.list' | 'partner.put' | 'partner.drop' | 'partner.name' | 'partner.cards' | 'partner.export' | 'partner.read' | 'partner.bring-in' | 'trip.open' | 'trip.plan' | 'trip.buses' | 'trip.move' | 'trip.roll' | 'trip.mark' | 'trip.end' | 'trip.bus-table' | 'trip.bus-export';
export const tripAnswers = (given: School): { [N in Asks]: (asked: Calls[N]['request']) => Calls[N]['reply'] } => ({
  'partner.list': ({ find }) => {
    const all = times(count(given.size, 4, 300), partnerAt);
    return { partners: all.filter(({ draft }) => draft.name.includes(find ?? '')), all: all.length, may_keep: given.role === 'coordinator' };
  },
  'partner.put': () => saved,
  'partner.drop': () => saved,
  'partner.name': () => saved,
  'partner.cards': () => ({ name: '合作单位.vcf', text: 'BEGIN:VCARD\r\nEND:VCARD\r\n' }),
  'partner.export': () => ({ name: '合作单位.vcf', folder: '/home/zhou/下载' }),
  'partner.read': () => cardsRead,
  'partner.bring-in': () => saved,
  'trip.open': ({ event }) => tripOf(given, event),
  'trip.plan': () => saved,
  'trip.buses': () => busesOf(given),
  'trip.move': () => saved,
  'trip.roll': (asked) => tripRollOf(given, asked),
  'trip.mark': () => saved,
  'trip.end': () => saved,
  'trip.bus-table': () => ({ name: '分车名单.xlsx', content: '' }),
  'trip.bus-export': () => ({ name: '重庆科技馆参观 分车名单 2026-11-30.xlsx', folder: '/home/zhou/下载' }),
});
