// Campaigns, qualifications and what posts ask for: what a volunteer and a desk see of them.
import type { AskingVolunteer, PostTerms, PostView, QualifiedView, ShiftLine, VolunteerCatalogued, Volunteer } from '../../src/lib/bindings';
import { adults, ago, at, campuses, children, count, id, pick, times, type School } from './people';

const campaigns = ['“绿书签”志愿者实践活动', '新美志愿者学雷锋活动', '校园讲解员'];
const named = (n: number) => ({ id: id('campaign', n % 3), name: pick(campaigns, n) });

const plain: PostTerms = { campaign: null, tags: [], population: 'everyone', entry: 'open', handbook: '', supervisor: null, held_in: null, requires: [], rest_min: 0, stand_in: 'by-itself', swap: 'free', pupils: null, guests: false };
const health = { qualification: id('qualification', 0), name: '健康证', about: '社区卫生服务中心办理，把照片发给食堂管理员核对。' };

/** What a shift's post says, and one's own part in it. */
export function volunteeredAt(n: number, mine: boolean, role = 'parent'): Pick<ShiftLine, 'clash_far' | 'offer' | 'version' | 'moved' | 'terms' | 'campaign' | 'supervisor' | 'venue' | 'requires' | 'own' | 'reason' | 'called_off' | 'why_not' | 'instead'> {
  const asked = n % 9 === 2 || n % 9 === 6;
  const off = n % 9 === 7;
  const declined = n % 9 === 6;
  const lacks = n % 9 === 8;
  const called = n === 5 && role === 'parent';
  const released = n === 3 && role === 'parent';
  return {
    terms: { ...plain, entry: asked ? 'asked' : 'open', rest_min: n % 9 === 3 ? 60 : 0, handbook: n % 9 === 3 ? '一、提前五分钟到东门保安亭，领反光背心。\n二、两人一组，站在斑马线两端。\n三、有事先找带班老师。' : '' },
    campaign: n % 2 ? named(n) : null,
    supervisor: n % 3 === 0 ? '周敏' : '',
    venue: n % 9 === 2 ? '校史馆' : '',
    requires: lacks ? [{ ...health, has: false, until: null }] : n % 9 === 3 ? [{ ...health, has: true, until: null }] : [],
    clash_far: n === 14,
    offer: called || released ? { source: { from: 'desk' }, by: '周敏', words: n % 5 ? '' : '周四早上缺一位，您上次来过，孩子们还记得您。', at: ago(90), until: at(Math.floor(n / 3), '18:00') } : null,
    version: 0,
    moved: mine ? { starts: at(0, '07:20'), ends: at(0, '08:00'), at: ago(40) } : null,
    own: mine ? 'taken' : called ? 'offered' : released ? 'released' : off ? 'called-off' : declined ? 'declined' : asked ? 'asked' : null,
    reason: declined ? '这一班够了，周五还缺人' : '',
    called_off: off ? { reason: '当天停课，改到下周', at: ago(30) } : null,
    why_not: lacks ? { code: 'missing-qualification', qualification: health.qualification, name: health.name, until: null } : null,
    instead: off || declined ? { shift: id('shift', n + 1), starts: at(4, '16:30'), ends: at(4, '17:10') } : null,
  };
}

export function postAt(n: number): Pick<PostView, 'about' | 'meeting_point' | 'programme' | 'terms' | 'campaign' | 'version' | 'ended' | 'pending'> {
  return { about: '和小交警一起护送同学过马路。', meeting_point: '东门保安亭', programme: '“我是小交警”', terms: { ...plain, entry: n % 2 ? 'asked' : 'open', handbook: '一、提前五分钟到。', rest_min: 60 }, campaign: n % 2 ? named(n) : null, version: 2, ended: n === 3, pending: null };
}

export function askingAt(n: number): Volunteer[] {
  return n % 5 === 1 ? times(2, (k) => ({ person: id('asker', n * 3 + k), name: pick(adults, n + k + 4), of: [`${pick(children, n + k)}妈妈`], entered: null, lacks: k ? ['健康证'] : [], guest: null, pending: null, offer: null, reason: '', trouble: null, still_comes: null })) : [];
}

export function askersOf(): AskingVolunteer[] {
  return times(3, (n) => ({ shift: id('shift', n + 1), title: '讲解员，校史馆', starts: at(n + 1, '16:30'), ends: at(n + 1, '17:10'), name: pick(adults, n) }));
}

function held(n: number, until: string | null): QualifiedView {
  return { person: id('person', n), name: pick(adults, n), of: [`${pick(children, n)}${n % 2 ? '爸爸' : '妈妈'}`], until, counts: true, ends_in: until === '2026-12-10' ? 14 : null, by: '周敏', at: ago(600 * n), withdrawn: null };
}

export function catalogueOf({ role, size }: School): VolunteerCatalogued {
  const keeps = role === 'coordinator';
  const some = size === 0 ? 0 : size === 1 ? 1 : 3;
  return {
    campaigns: times(some, (n) => ({
      id: id('campaign', n), place: campuses[n % 2]!, version: n, ended: n === 2, keeps, posts: n + 1, needed: n === 2 ? 0 : 24, taken: 13 * (n + 1) % 24, pending: n === 1 ? { is: 'saved' } : null,
      draft: { place: campuses[n % 2]!.id, name: pick(campaigns, n), about: n ? '' : '六周的阅读志愿活动：整理图书角、做绿书签、带小组同学读一本书。', tags: n ? [] : ['六大工程', '五项创新'], from: n === 1 ? '2026-12-05' : '2026-11-23', to: n === 1 ? '2026-12-05' : '2026-12-31' },
    })),
    qualifications: times(Math.min(some, 2), (n) => ({
      id: id('qualification', n), place: campuses[0]!, version: n, seen: keeps ? '2026-11-20T08:00:00Z' : null, dropped: false, keeps, confirms: keeps,
      draft: { place: campuses[0]!.id, name: n ? '护学岗培训' : '健康证', about: n ? '每月第一个周六 9:00 在报告厅，四十分钟。' : health.about, expires: n === 0 },
      own: role === 'parent' ? held(1, n ? null : '2026-12-10') : null,
      people: keeps ? times(count(size, 4, 200), (k) => held(k, n ? null : k === 1 ? '2026-12-10' : '2027-08-31')) : [],
    })),
    places: keeps ? campuses : [],
    staff: keeps ? times(12, (n) => ({ person: id('person', 40 + n), name: pick(adults, n) })) : [],
  };
}
