// Themes of events, and the plans they make.
import type { DayTime, EventPublish, ThemeDraft, Themes, ThemeView } from '../../src/lib/bindings';
import { ago, at, count, id, pick, times, type School } from './people';

const day = (days: number, time: string): DayTime => ({ days, time: `${time}:00` });

export function themeDraft(n: number): ThemeDraft {
  return {
    name: pick(['开放日：牵手同前行，相遇见美好', '菁菁读书堂共读', '入队仪式'], n),
    event: {
      title: pick(['家长开放日“牵手同前行，相遇见美好”', '菁菁读书堂：《{书名}》共读', '“今天我入队了”{年份}年入队仪式'], n),
      about: '走进课堂，看孩子怎样学习。',
      venue: '各班教室',
      programme: '家长开放日',
      tags: ['六大中心工作'],
      seat_rule: 'adults',
      family_limit: 2,
      child_limit: 1,
      questions: [],
      waitlist: true,
      opens: day(-7, '08:00'),
      closes: day(-2, '20:00'),
      withdraw_until: day(-1, '20:00'),
      sessions: [{ name: '第 1 场', starts: day(0, '08:40'), ends: day(0, '10:10'), capacity: 60, first_timers: false }],
      draw: null,
    },
    posts: n === 2 ? [] : [{ title: '开放日引导岗', meeting_point: '七彩风车池', needed: 4, before_min: 30, after_min: 15 }],
    messages: { invitation: id('template', 0), reminder: null, thanks: null },
    survey: n === 2 ? [] : [{ label: '这次开放日，您满意吗？', value: { is: 'choice', choices: ['满意', '一般', '不满意'] }, required: true }],
  };
}

export function themesOf({ role, size }: School): Themes {
  const one = (n: number): ThemeView => {
    const draft = themeDraft(n);
    const fields = [...draft.event.title.matchAll(/\{(.+?)\}/g)].map(([, name]) => name!);
    return { id: id('theme', n), draft, fields, used: n % 3, at: ago(60 * n) };
  };
  return { themes: role === 'coordinator' ? times(count(size, 3, 50), one) : [], may_keep: role === 'coordinator' };
}

/** The second theme on a day of its own. */
export function plannedOn(place: string, first: string, values: Record<string, string>): EventPublish {
  const on = (time: string) => `${first}T${time}:00+08:00[Asia/Shanghai]`;
  return {
    place,
    title: `菁菁读书堂：《${values['书名'] ?? '城南旧事'}》共读`,
    about: '亲子共读，一次一章。',
    venue: '菁菁读书堂',
    held_in: null,
    programme: '菁菁读书堂',
    tags: ['六位一体'],
    look: 'plum',
    eligible: [],
    seat_rule: 'everyone',
    family_limit: 4,
    child_limit: 1,
    child_seats: null,
    questions: [],
    waitlist: true,
    opens: at(1, '08:00'),
    closes: at(2, '20:00'),
    withdraw_until: at(2, '20:00'),
    sessions: [{ id: null, name: '第三章', starts: on('16:40'), ends: on('17:30'), capacity: 30, shares_with: null, held_in: null, eligible: [], first_timers: false, holds: [] }],
    draw: null,
    theme: id('theme', 1),
    lesson: null,
    partner: null,
    trip: null,
  };
}
