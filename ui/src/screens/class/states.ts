// How a guardian stands: one word, one tone.
import type { ClassChild, ClassGuardian, JoinState, Right } from '$lib/bindings';
import type { Tone } from '$lib/states';
import { m } from '$messages';

export const RIGHTS: readonly Right[] = ['messages', 'decide', 'records', 'pick-up'];

export const toneOf: Record<JoinState, Tone> = { joined: 'green', 'not-joined': 'honey', 'on-paper': 'plain', 'ask-office': 'red' };

export function wordOf(state: JoinState): string {
  const words: Record<JoinState, () => string> = {
    joined: m.class_state_joined,
    'not-joined': m.class_state_not_joined,
    'on-paper': m.class_state_on_paper,
    'ask-office': m.class_state_ask_office,
  };
  return words[state]();
}

export function rightWord(right: Right): string {
  const words: Record<Right, () => string> = {
    messages: m.class_right_messages,
    decide: m.class_right_decide,
    records: m.class_right_records,
    'pick-up': m.class_right_pick_up,
  };
  return words[right]();
}

export function rightNote(right: Right): string {
  const notes: Record<Right, () => string> = {
    messages: m.class_right_messages_note,
    decide: m.class_right_decide_note,
    records: m.class_right_records_note,
    'pick-up': m.class_right_pick_up_note,
  };
  return notes[right]();
}

/** Strips can be printed for those who may be invited and are not here yet. */
export const invitable = (guardian: ClassGuardian): boolean => guardian.state === 'not-joined';

/** A child nobody of whose guardians has joined. */
export const alone = (child: ClassChild): boolean => !child.guardians.some(({ state }) => state === 'joined');

/** Persons, each once: a guardian of twins gets one strip. */
export const personsOf = (children: readonly ClassChild[]): string[] => [
  ...new Set(children.flatMap((child) => child.guardians.filter(invitable).map(({ person }) => person))),
];
