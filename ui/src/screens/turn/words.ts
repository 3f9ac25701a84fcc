// Turns of classes in words.
import type { FamilyName, TakeState, TurnLine } from '$lib/bindings';
import { relationName } from '$lib/person';
import { className } from '$lib/place';
import { soon } from '$lib/when';
import { m, nameShown } from '$messages';

/** "李雨桐妈妈". */
export const familyWords = ({ child, relation }: FamilyName): string => m.turn_family({ child: nameShown(child), relation: relationName(relation) });

/** How somebody's part in a turn stands; nothing where only a wish to ask them waits. */
export function partWords(state: TakeState | null): string {
  const words: Record<TakeState, () => string> = {
    taken: m.turn_part_taken,
    offered: m.turn_part_offered,
    asked: m.turn_part_asked,
    'said-no': m.turn_part_said_no,
    declined: m.turn_part_released,
    dropped: m.turn_part_dropped,
    released: m.turn_part_released,
    'called-off': m.turn_part_off,
  };
  return state === null ? m.turn_part_offered() : words[state]();
}

/** What everybody reads of a turn at a shift; nothing once it is open. */
export function turnWords(turn: TurnLine, zone: string, now: Date): string | undefined {
  if (!turn.kept) return undefined;
  return m.turn_kept({ class: className(turn.class), places: turn.places, until: soon(turn.until, zone, now) });
}

/** What its own class reads of it. */
export function ownTurnWords(turn: TurnLine, zone: string, now: Date): string {
  if (!turn.kept) return m.turn_opened();
  if (turn.left === 0) return m.turn_kept_full({ places: turn.places });
  return m.turn_kept_left({ places: turn.places, left: turn.left, until: soon(turn.until, zone, now) });
}

/** A whole number within bounds. */
export function wholeWithin(text: string, from: number, to: number): number | undefined {
  const number = /^\d+$/.test(text.trim()) ? Number(text.trim()) : NaN;
  return number >= from && number <= to ? number : undefined;
}
