// Choosing: what is picked, and where there is room.
import type { ChoiceView } from '$lib/bindings';
import { m } from '$messages';

/** One replaces the other where there is one; several come and go, in the order of the choices. */
export function pick(value: readonly number[], place: number, most: number): number[] {
  if (most === 1) return [place];
  return value.includes(place) ? value.filter((one) => one !== place) : [...value, place].toSorted((a, b) => a - b);
}

/** Those for whom this would be a new place. */
const newcomers = (place: number, held: readonly (readonly number[])[]) => held.filter((one) => !one.includes(place)).length;

/** Whether all of them would still find a place, as last heard. */
export function roomFor({ left }: ChoiceView, place: number, held: readonly (readonly number[])[]): boolean {
  return left === null || left >= newcomers(place, held);
}

/** "还有 3 个名额", "已满"; nothing where there is no limit. */
export function roomWords({ left }: ChoiceView, place: number, held: readonly (readonly number[])[]): string {
  if (left === null) return '';
  const wanted = newcomers(place, held);
  if (wanted === 0) return left === 0 ? m.answer_room_held() : m.answer_room({ count: left });
  if (left === 0) return m.answer_room_none();
  return left < wanted ? m.answer_room_short({ count: left }) : m.answer_room({ count: left });
}
