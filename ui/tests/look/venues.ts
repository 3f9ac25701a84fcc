// Venues, and what is on in them.
import type { EventPublish, Fitting, VenueExceeded, VenueHere, VenueUse, Venues, VenueView } from '../../src/lib/bindings';
import { LONG, ago, at, campuses, count, id, pick, times, type School } from './people';

const NAMES = ['新美书画廊', '校史馆', '队史廊', '七彩风车池', '新美研学堂', '报告厅'];
const name = (n: number): string => (n < NAMES.length ? NAMES[n]! : `${1 + Math.floor(n / 4)} 楼 ${101 + n} 活动室`);
const TAKES = [60, 120, 40, 300, 36, 600];

/** Where an event of the pictures is. */
export const hall: VenueHere = { id: id('venue', 0), name: '新美书画廊', location: '三楼东侧', note: '轮椅可到，入口在电梯旁', capacity: 60, place: campuses[1]!, dropped: false };
/** Where a session of its own is. */
export const pond: VenueHere = { id: id('venue', 3), name: '七彩风车池', location: '南门内', note: '', capacity: 300, place: campuses[0]!, dropped: false };

const useAt = (n: number, venue: number): VenueUse => ({
  event: id('event', n),
  title: n === 0 ? LONG : pick(['红岩精神巡展', '菁菁读书堂', '家长开放日'], n),
  session: id('session', n * 10 + venue),
  name: `第 ${n + 1} 场`,
  starts: at(2 + n * 3, '09:30'),
  ends: at(2 + n * 3, '10:00'),
  capacity: n === 1 ? 66 : 30,
  over: n === 1 && venue === 0,
});

export function venuesOf({ role, size }: School): Venues {
  const desk = role === 'coordinator';
  const one = (n: number): VenueView => ({
    id: id('venue', n),
    draft: { place: pick(campuses, n < 3 ? 1 : 0).id, name: name(n), location: pick(['三楼东侧', '', '南门内'], n), capacity: pick(TAKES, n), note: n === 0 ? hall.note : '' },
    place: pick(campuses, n < 3 ? 1 : 0),
    names: n === 1 ? [{ name: '校史陈列室', at: ago(60 * 24 * 200) }] : [],
    keeps: desk,
    coming: times(size === 0 ? 0 : pick([3, 1, 0, size === 'many' ? 24 : 5], n), (use) => useAt(use, n)),
    at: ago(60 * 24 * n),
  });
  return { venues: times(count(size, 5, 60), one), places: desk ? (size === 1 ? campuses.slice(1, 2) : campuses) : [] };
}

export function exceedingOf(given: School, venue: string, capacity: number): VenueExceeded {
  const coming = venuesOf(given).venues.find((one) => one.id === venue)?.coming ?? [];
  return { sessions: coming.filter((use) => use.capacity > capacity) };
}

/** As the core would say of one session alone; what meets what is its own to know. */
export function fittingOf(given: School, plan: EventPublish): Fitting {
  const { venues } = venuesOf(given);
  const troubles = plan.sessions.flatMap(({ held_in, capacity }, session) => {
    const venue = venues.find(({ id }) => id === (held_in ?? plan.held_in));
    return venue && capacity > venue.draft.capacity ? [{ session, refusal: { code: 'venue-too-small' as const, venue: venue.draft.name, capacity: venue.draft.capacity, seats: capacity } }] : [];
  });
  return { troubles };
}
