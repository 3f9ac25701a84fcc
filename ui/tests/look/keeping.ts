// Keeping people: who still comes, who stands in, where people are missing.
import type { KeptShift, SearchView, VolunteerKept } from '../../src/lib/bindings';
import { ago, at, campuses, id, times, type School } from './people';

const posts = ['护学岗“我是小交警”，东门', '阳光食堂陪餐', '讲解员，校史馆', '“绿书签”志愿者实践活动', '管理服务先锋'];
const meet = ['东门保安亭', '食堂一层门口', '校史馆门口', '二层图书角', '大厅'];
const second: SearchView = { state: 'searching', waves: 2, asked: 5, said_no: 2, waiting: 3, next: ago(-90), by: '' };

const TAKEN = [4, 2, 3, 1, 4, 3];
/** The last but one is full, and its pupils need adults. */
const adultsAt = (n: number) => (n === 2 ? 2 : n === 4 ? 1 : 0);

export const keptShift = (n: number, more: Partial<KeptShift> = {}): KeptShift => ({
  shift: id('shift', n), post: id('post', n % 5), title: posts[n % 5]!, place: campuses[n % 2]!, meeting_point: meet[n % 5]!,
  starts: at(n < 3 ? 0 : n - 1, ['07:40', '11:30', '16:30', '16:20', '12:10'][n % 5]!), ends: at(n < 3 ? 0 : n - 1, ['18:20', '12:30', '17:10', '17:10', '12:50'][n % 5]!),
  needed: 4, taken: TAKEN[n % 6]!, adults_wanted: adultsAt(n), missing: Math.max(4 - TAKEN[n % 6]!, adultsAt(n)), unconfirmed: n === 4 || n === 1 ? 2 : 0, there: n === 0 ? 3 : 0,
  search: n === 1 ? second : n === 2 ? { ...second, state: 'nobody-left', waves: 4, asked: 9, said_no: 7, waiting: 2, next: null } : null,
  may_search: n === 3, pending: null, ...more,
});

export function keptOf({ role, size }: School): VolunteerKept {
  const desk = role === 'coordinator';
  return {
    mine: role === 'parent' && size !== 0 ? [{ shift: id('shift', 1), title: '护学岗“我是小交警”，东门', starts: at(1, '07:40'), ends: at(1, '08:20'), meeting_point: '东门保安亭', handbook: '一、提前五分钟到东门保安亭，领反光背心。\n二、两人一组。', pending: null }] : [],
    wish: { said: false, asks: true, days: [], part: 'whole-day', pending: null },
    shifts: desk && size !== 0 ? times(size === 'many' ? 24 : 6, (n) => keptShift(n)) : [],
    posts: desk && size !== 0 ? posts.map((title, n) => ({ post: id('post', n), title, shifts: 34 - n * 6, short: [5, 2, 0, 1, 3][n]!, people: [41, 22, 12, 17, 9][n]! })) : [],
  };
}
