// What an author of notices has beside them: templates, and how far a notice came.
import type { AllSeries, Delivery, GuardianDelivery, TemplateDraft, TemplateFilled, Templates, Times, Way } from '../../src/lib/bindings';
import { LONG, ago, at, childAt, count, guardianAt, id, pick, times, type School } from './people';
import { kindOf } from './holidays';

const draft = (name: string, title: string, body: string, ask: TemplateDraft['ask'] = { is: 'acknowledge' }): TemplateDraft => ({ name, title, body, ask, answered_by: { is: 'any-guardian' }, reminds: ask.is !== 'nothing' });
const drafts: readonly TemplateDraft[] = [
  draft('家长开放日邀请', '{日期}家长开放日，请到{地点}', '{日期}是家长开放日，主题是{主题}。请在{时间}前到{地点}签到。'),
  draft('陪餐报名', '{日期}陪餐，请选一天', '{日期}起开放陪餐，每天 2 位家长。', { is: 'choose', choices: [{ text: '周二', limit: 2 }, { text: '周四', limit: 2 }], most: 1 }),
  draft('研学同意书', '{地点}研学同意书', '{日期}到{地点}研学一天，{集合时间}从东门乘车。我知道孩子要听从老师安排。', { is: 'sign' }),
  draft('明天带伞', '明天带伞', '明天有雨，请给孩子带伞。', { is: 'nothing' }),
  draft(LONG, LONG, LONG),
];
const fieldsOf = ({ title, body }: TemplateDraft) => [...new Set([...`${title}${body}`.matchAll(/\{([^{}\n]+)\}/g)].map(([, name]) => name!))];

export function templatesOf({ role, size }: School): Templates {
  const keeps = role === 'administrator';
  const templates = times(count(size, 5, 50), (n) => {
    const one = pick(drafts, n);
    const school = n % 5 < 3;
    return { id: id('template', n), draft: one, fields: fieldsOf(one), school, may_change: school ? keeps : true, at: ago(60 * n) };
  });
  return { templates: templates.toSorted((a, b) => Number(a.school) - Number(b.school)), may_keep: true, may_keep_school: keeps };
}

export function fillOf(school: School, template: string, values: Record<string, string>): TemplateFilled {
  const { draft: one, fields } = templatesOf(school).templates.find((found) => found.id === template)!;
  const fill = (text: string) => text.replace(/\{([^{}\n]+)\}/g, (gap, name: string) => values[name]?.trim() || gap);
  return { title: fill(one.title), body: fill(one.body), missing: fields.filter((name) => !values[name]?.trim()) };
}

const WAYS: readonly Way[] = [
  { is: 'held', since: ago(50) },
  { is: 'not-yet' },
  { is: 'held', since: null },
  { is: 'not-joined' },
  { is: 'held', since: ago(60 * 20) },
  { is: 'on-paper' },
  { is: 'no-device' },
  { is: 'cannot-receive' },
  { is: 'unknown' },
];

export function deliveryOf({ size, line }: School): Delivery {
  const one = (n: number): GuardianDelivery => ({
    guardian: guardianAt(n),
    way: pick(WAYS, n),
    seen: n % 4 === 1 ? ago(45) : null,
    acted: n % 9 === 0 ? { at: ago(20), entered: null } : n % 9 === 3 ? { at: ago(90), entered: { by: '张晓梅', note: '妈妈来电' } } : null,
  });
  return {
    as_of: ago(line === 'offline' ? 60 * 15 : 0),
    last_known: line === 'offline',
    children: times(count(size, 42, 2_000), (n) => ({ child: childAt(n), guardians: n % 21 === 20 ? [] : n % 3 === 2 ? [one(n)] : [one(n), one(n + 4)] })),
  };
}

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** As many as a notice may repeat, and one more, which is too many. */
const MOST = 60;

/** What the core makes of the rules that the window writes. */
export function timesOf(rule: string, from: string, skips: boolean, given: School): Times {
  const { FREQ, BYDAY = '', BYMONTHDAY = '', UNTIL = '', COUNT = '' } = Object.fromEntries(rule.split(';').map((part) => part.split('='))) as Record<string, string>;
  const first = new Date(`${from.slice(0, 16)}Z`);
  const last = UNTIL.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z');
  const matches = (day: Date): boolean => {
    const days = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    if (BYMONTHDAY) return day.getUTCDate() === (Number(BYMONTHDAY) + (BYMONTHDAY.startsWith('-') ? days + 1 : 0));
    const name = DAYS[day.getUTCDay()]!;
    const nth = FREQ === 'MONTHLY' ? (BYDAY.startsWith('-1') ? (day.getUTCDate() > days - 7 ? '-1' : '') : String(Math.ceil(day.getUTCDate() / 7))) : '';
    return !BYDAY || BYDAY.split(',').includes(`${nth}${name}`);
  };
  const found: string[] = [];
  for (let n = 0; n < 3_000 && found.length <= MOST && !(COUNT && found.length === Number(COUNT)); n++) {
    const day = new Date(first.getTime() + n * 86_400_000);
    const at = `${day.toISOString().slice(0, 16)}:00+08:00[Asia/Shanghai]`;
    if (last && Date.parse(at.slice(0, 25)) > Date.parse(last)) break;
    if (matches(day)) found.push(at);
  }
  const onHoliday = found.flatMap((at) => {
    const kind = kindOf(at.slice(0, 10), given);
    return kind.is === 'holiday' ? [{ at, name: kind.name }] : [];
  });
  const times = skips ? found.filter((at) => kindOf(at.slice(0, 10), given).is !== 'holiday') : found;
  const not_announced = times.find((at) => kindOf(at.slice(0, 10), given).is === 'not-announced') ?? null;
  return { times, left_out: skips ? onHoliday : [], on_holidays: skips ? [] : onHoliday, not_announced, too_many: found.length > MOST };
}

export const seriesOf = ({ size, role }: School): AllSeries => ({
  series: times(role === 'teacher' ? count(size, 2, 8) : 0, (n) => ({ id: id('series', n), title: pick(['周五大扫除，请带抹布', LONG], n), coming: n === 1 ? [] : [at(4, '16:00'), at(11, '16:00'), at(18, '16:00')], of: 8 })),
});
