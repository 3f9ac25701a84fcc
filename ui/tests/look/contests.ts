// A council election in stages: as a family, a class teacher and its desk find it.
import type { CandidateView, ContestLine, ContestOpened, Contests, ContestState, OwnStage, Stage, StageKind, StageView, TurnMark } from '../../src/lib/bindings';
import { photo, view as fileView } from './files';
import { ago, at, campuses, childAt, classAt, count, id, own, pick, times, type School } from './people';

const turns: StageKind = { is: 'in-turn', minutes: 3, buffer: 1, breaks: [], seed_from: '12 月 1 日上证指数收盘价' };
const stage = (n: number, name: string, day: number, from: string, until: string, kind: StageKind, venue: string): Stage => ({ id: id('stage', n), name, venue, starts: at(day, from), ends: at(day, until), kind, note: n === 4 ? '请带一件乐器或作品' : '' });
export const STAGES: Stage[] = [
  stage(0, '笔试', -3, '12:30', '13:10', { is: 'together' }, '阶梯教室'),
  stage(1, '海报展示', -1, '08:00', '17:00', { is: 'on-show', due: at(-1, '08:00') }, '队史廊'),
  stage(2, '现场自我介绍', 0, '10:00', '12:30', turns, '礼堂'),
  stage(3, '才艺展示', 2, '14:00', '16:30', turns, '礼堂'),
  stage(4, '现场提问', 3, '14:00', '16:30', turns, '礼堂'),
];
const said = ['我想让每个班都有自己的植物角，也想听听大家的想法。', '如果我当选，我会每周去广播站读同学们写的话。', ''];

const lineOf = ({ role, size }: School, n = 0): ContestLine => ({
  id: n ? id('contest', n) : 'election',
  title: pick(['2026—2027届大队委换届选举', '红岩故事我来讲', '“我眼中的学校”绘画比赛'], n),
  place: campuses[0]!,
  state: n === 2 && role === 'coordinator' ? { is: 'draft' } : ({ is: 'published' } as ContestState),
  opens: at(-20, '08:00'),
  closes: at(n ? 5 : -8, '18:00'),
  open_now: n > 0,
  next: STAGES[2]!,
  stages: STAGES.length,
  mine: role === 'parent' && !n && size ? own.slice(0, 1) : [],
  runs: role === 'coordinator',
  pending: null,
});
export const contestsOf = (given: School): Contests => ({ contests: times(count(given.size, 3, 20), (n) => lineOf(given, n)), places: given.role === 'coordinator' ? campuses : [] });

const MARKS: TurnMark[] = ['done', 'done', 'called', 'here', 'here', 'absent', 'waiting'];
function stagesOf(n: number, runs: boolean): OwnStage[] {
  return STAGES.map(({ id: which, kind }, s) => {
    const minute = n * 4;
    const clock = (more: number) => at(s === 2 ? 0 : s - 1, `${String(10 + Math.floor((minute + more) / 60)).padStart(2, '0')}:${String((minute + more) % 60).padStart(2, '0')}`);
    const turn = kind.is === 'in-turn' && s === 2 ? { number: n + 1, starts: clock(0), ends: clock(3), mark: MARKS[n] ?? ('waiting' as TurnMark), moved: n === 3 ? { reason: '去看牙', was: at(0, '10:04'), at: ago(90) } : null, pending: n === 2 } : null;
    const told = s === 0 ? { outcome: { is: 'goes-on' as const }, published: ago(3000), corrections: [], pending: false } : s === 2 && runs && n < 2 ? { outcome: { is: n ? ('out' as const) : ('goes-on' as const) }, published: null, corrections: [], pending: n === 1 } : null;
    return { stage: which, is_in: true, turn, result: told };
  });
}
export function candidate(n: number, given: School): CandidateView {
  const runs = given.role === 'coordinator';
  const family = given.role === 'parent';
  const poster = n % 3 === 2 ? null : fileView(photo);
  return {
    id: id('candidate', n),
    child: family ? own[0]! : childAt(n, classAt(n)),
    nominated_by: n % 4 ? '王磊' : '张晓梅',
    agreed: n !== 4,
    guardian_name: '王磊',
    entered: null,
    shows: n % 5 !== 1,
    entry: { statement: pick(said, n), poster, at: ago(5000) },
    earlier: n === 0 && runs ? [{ statement: pick(said, 1), poster, at: ago(9000) }] : [],
    check: n % 4 === 1 ? { is: 'unchecked' } : n % 4 === 2 ? { is: 'revise', by: '周敏', words: '海报上有家里的电话，请去掉。', at: ago(3500) } : { is: 'fine', by: '周敏', at: ago(4000) },
    is_shown: n % 4 === 0,
    withdrawn: null,
    version: 1,
    until: at(-1, '08:00'),
    may_change: family && n % 4 !== 0,
    may_decide: family,
    may_withdraw: family,
    stages: stagesOf(n, runs),
    pending: null,
  };
}

export function contestOf(given: School, which: string): ContestOpened {
  const runs = given.role === 'coordinator';
  const many = count(given.size, given.role === 'parent' ? 1 : 12, 42);
  const candidates = times(given.role === 'parent' ? Math.min(many, 1) : many, (n) => candidate(n, given));
  const lost = which === 'lost';
  if (lost && candidates[0]) {
    candidates[0].stages = candidates[0].stages.map((one, s) => ({ ...one, is_in: s === 0, turn: null, result: s === 0 ? { outcome: { is: 'out' }, published: ago(60), corrections: [], pending: false } : null }));
  }
  const drawn = (s: number) => (s === 2 ? { seed: '3902.81', entries: candidates.length, at: ago(4000), shown: true, moves: 1, agrees: true } : null);
  const stages = STAGES.map((one, s): StageView => ({ stage: one, over: s < 2, last: s === 4, order: drawn(s), results: s === 0 ? ago(3000) : null, room: one.kind.is === 'in-turn' ? 38 : 0, in_it: runs ? candidates.map(({ id: one }) => one) : [], missing: s === 2 ? Math.max(0, candidates.length - 2) : candidates.length, may_draw: runs && s > 2, may_tell: runs && s > 0 && s < 3 }));
  const shown = times(many, (n) => ({ id: id('shown', n), name: childAt(n).name, class: classAt(n), entry: n % 3 === 2 ? null : { statement: pick(said, n), poster: fileView(photo), at: ago(4000) }, turns: [{ stage: STAGES[2]!.id, number: n + 1, starts: at(0, '10:04') }], reached: [{ stage: STAGES[0]!.id, office: null }] }));
  return {
    line: lineOf(given),
    plan: { place: campuses[0]!.id, title: lineOf(given).title, about: '五个环节，人人都有机会。', eligible: [], per_class: 3, opens: at(-20, '08:00'), closes: at(-8, '18:00'), stages: STAGES },
    eligible: [],
    stages,
    candidates,
    may_enter: which === 'open' ? (given.role === 'parent' ? own.slice(1) : times(3, (n) => childAt(n + 6))) : [],
    shown,
    version: 2,
    statement_chars: 300,
    reason_chars: 200,
    seed_chars: 80,
    office_chars: 20,
    turns: null,
  };
}
