// Shared inboxes, as whoever administers the school keeps them.
import type { HatLine, Inboxes } from '../../src/lib/bindings';
import { campuses, classAt, count, id, pick, school, times, type School } from './people';
import { inboxLines } from './talks';

/** Heads and counsellors of the school, one of a campus, class teachers, and one who has left. */
const hats: HatLine[] = [
  { role: id('role', 2), name: '何敏', title: '校长', subject: null, place: school, over: false },
  { role: id('role', 3), name: '吴军', title: '德育主任', subject: null, place: school, over: false },
  { role: id('role', 4), name: '陈红', title: '教务主任', subject: null, place: school, over: false },
  { role: id('role', 5), name: '周丽', title: '心理教师', subject: null, place: school, over: false },
  { role: id('role', 6), name: '孙立', title: '德育主任', subject: null, place: school, over: true },
  { role: id('role', 7), name: '冯玲', title: '校区主任', subject: null, place: campuses[1]!, over: false },
  { role: id('role', 0), name: '张晓梅', title: '班主任', subject: '语文', place: classAt(11), over: false },
];

export function inboxesOf({ role, size }: School): Inboxes {
  const keeps = role === 'administrator';
  const line = (n: number) => ({ ...pick(inboxLines, n), inbox: id('inbox', n), may_keep: keeps });
  const more = [
    { ...line(2), name: '东校区后勤', about: '校服、午餐、校车', place: campuses[1]!, readers: [] },
    { ...line(3), name: '疫情咨询', about: '', closed: true },
  ];
  const inboxes = size === 'some' ? [line(0), line(1), ...more] : times(count(size, 0, 30), (n) => ({ ...line(n), name: n < 2 ? line(n).name : `${line(n).name} ${n + 1}` }));
  return { inboxes, places: keeps ? [school, ...campuses, ...times(12, (n) => classAt(n * 5))] : [], hats: keeps ? hats : [] };
}
