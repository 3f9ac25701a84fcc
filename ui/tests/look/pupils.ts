// Pupils in shifts: what a family puts its children down for, and who marks them.
import type { PupilChild, PupilConsent, PupilCounts, PupilLine, PupilRoll, PupilShift, PupilShifts } from '../../src/lib/bindings';
import { ago, at, childAt, classAt, count, id, NOW, times, type School } from './people';

const terms = { places: 16, per_adult: 5, from_grade: 3 };
const counts: PupilCounts = { pupils: 12, waiting: 2, adults: 2, adults_wanted: 1, left: 4 };
const consent: PupilConsent = { by: 'me', by_name: '李建国', at: ago(60 * 14) };
const own = (has_adult: boolean): PupilChild['own'] => ({ state: 'down', has_adult, consent, entered: has_adult ? { by: '周敏', note: '妈妈来电' } : null });

function shiftOf(n: number): PupilShift {
  const child = (k: number, more: Partial<PupilChild> = {}): PupilChild => ({ child: childAt(k), decides: true, own: null, why_not: null, clash: null, clash_far: false, pending: null, ...more });
  const children = n === 1 ? [child(0, { own: own(false) }), child(1, { own: own(true) })] : n === 4 ? [child(0, { clash: '三年级家长开放日' }), child(1, { pending: { is: 'saved' } })] : [child(0), child(1)];
  return { shift: id('shift', n), title: '护学岗“我是小交警”，东门', starts: at(1, '07:40'), ends: at(1, '08:20'), terms, counts: n === 1 ? counts : { pupils: 3, waiting: 0, adults: 2, adults_wanted: 0, left: 13 }, called_off: null, children };
}

export function pupilShiftsOf({ role, size }: School): PupilShifts {
  if (size === 0) return { shifts: [], served: [], turns: null };
  const family = role === 'parent';
  const shifts = [0, 1, 4].map(shiftOf).map((one) => (family ? one : { ...one, children: [] }));
  const service = (n: number) => ({ shift: id('shift', 90 + n), post: id('post', 1), title: n ? '“绿书签”志愿者实践活动' : '护学岗“我是小交警”，东门', starts: at(-3 - n, '07:40'), said: n === 2 ? { is: 'missed' as const, excuse: '发烧' } : { is: 'came' as const, from: '2026-11-19T23:40:00Z', until: '2026-11-20T00:20:00Z' }, minutes: n === 2 ? null : 40, by: '张晓梅' });
  return { shifts, served: family && size !== 1 ? [{ child: childAt(0), minutes: 80, services: times(3, service) }] : [], turns: null };
}

function lineOf(n: number): PupilLine {
  const said = n % 3 === 0 ? { is: 'came' as const, from: '2026-11-22T23:36:00Z', until: null } : n === 4 ? { is: 'missed' as const, excuse: '发烧' } : null;
  return { child: { ...childAt(n), class: classAt(n % 2 ? 11 : 12) }, has_adult: n < 10, gone: false, consent, entered: n === 2 ? { by: '周敏', note: '妈妈来电' } : null, said, minutes: null, overstays: n === 3, seen: said ? 1 : 0, marks: [], disputed: false, waits: n === 3 ? { is: 'saved' } : null };
}

export function pupilRollOf({ size, role }: School, shift: string): PupilRoll {
  const pupils = times(count(size, 12, 200), lineOf);
  const takes = shift !== id('shift', 2) && pupils.length > 0;
  return { terms: takes ? terms : null, counts, may_mark: true, may_enter: role === 'coordinator', may_take_out: role === 'coordinator', starts: at(0, '07:40'), ends: at(0, '12:20'), now: NOW, pupils_in: takes ? 4 : 0, adults_in: 0, adults_short: takes ? 1 : 0, pupils: takes ? pupils : [], turns: null };
}
