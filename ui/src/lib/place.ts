// A place in words: "本部三年级2班".
import type { PlaceName } from './bindings';
import { m } from './messages';

const grades = [
  m.common_grade_1,
  m.common_grade_2,
  m.common_grade_3,
  m.common_grade_4,
  m.common_grade_5,
  m.common_grade_6,
  m.common_grade_7,
  m.common_grade_8,
  m.common_grade_9,
];

/** "三年级", as it is called this school year. */
export function gradeName(grade: number | null): string {
  return (grades[(grade ?? 0) - 1] ?? m.common_grade_left)();
}

/** "三年级2班", where the campus is plain to see; any other place as `placeName` says it. */
export function className(place: PlaceName): string {
  if (place.level !== 'class' || place.number === null) return placeName(place);
  return m.common_class({ grade: gradeName(place.grade), number: place.number });
}

/**
 * "三年级1、2班；东校区四年级": the classes of one grade together, a campus only where it is another than the one that
 * is plain to see.
 */
export function placesName(places: readonly PlaceName[], campus: string): string {
  const groups = new Map<string, PlaceName[]>();
  for (const place of places) {
    const key = place.level === 'class' && place.number !== null ? `${place.name} ${place.grade}` : place.id;
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  const several = [...groups.values()].some((group) => group.length > 1);
  const words = [...groups.values()].map((group) => {
    const [first] = group as [PlaceName];
    if (group.length === 1) return first.name === campus ? className(first) : placeName(first);
    const numbers = group.map(({ number }) => number ?? 0).toSorted((a, b) => a - b);
    const within = m.common_classes({ grade: gradeName(first.grade), numbers: numbers.join(m.common_comma()) });
    return first.name === campus ? within : m.common_at_campus({ campus: first.name, place: within });
  });
  return words.join(several ? m.common_semicolon() : m.common_comma());
}

/** "本部三年级2班", "本部三年级", "东校区". */
export function placeName(place: PlaceName): string {
  if (place.level === 'school' || place.level === 'campus') return place.name;
  const within = place.level === 'class' && place.number !== null ? className(place) : gradeName(place.grade);
  return place.name ? m.common_at_campus({ campus: place.name, place: within }) : within;
}
