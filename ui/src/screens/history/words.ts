// What a family had in its hands, in words.
import type { GivenThen, GuardianThen, HeardThen, NoticeThen, RequestState } from '$lib/bindings';
import { enteredWords } from '$lib/person';
import type { Tone } from '$lib/states';
import { instant, moment } from '$lib/when';
import { m, namesShown } from '$messages';
import { saidWords } from '../notice/answer/words';

export function heardWords(heard: HeardThen): string {
  const words: Record<HeardThen, () => string> = {
    heard: m.history_heard,
    'not-joined': m.history_not_joined,
    'on-paper': m.history_on_paper,
    'ask-office': m.history_ask_office,
  };
  return words[heard]();
}

export interface State {
  words: string;
  tone: Tone;
}

/** Whether a notice was no longer there at the moment: only its trace was. */
export const isGone = ({ gone }: NoticeThen, at: string): boolean => gone !== null && instant(gone.at) <= instant(at);

/** How a notice stood at the moment, and what became of it. */
export function stateOf(notice: NoticeThen, at: string, zone: string): State {
  const { gone } = notice;
  if (!gone) return { words: m.history_in_hand(), tone: 'green' };
  const when = moment(gone.at, zone);
  if (gone.is === 'replaced') return { words: m.history_replaced_later({ when }), tone: 'blue' };
  return isGone(notice, at) ? { words: m.history_recalled({ when }), tone: 'plain' } : { words: m.history_recalled_later({ when }), tone: 'red' };
}

/** "在 刘芳、李建国 手里". */
export function withWords(notice: NoticeThen, guardians: readonly GuardianThen[]): string {
  const names = guardians.filter(({ person }) => notice.with.includes(person)).map(({ name }) => name);
  return names.length ? m.history_with({ names: namesShown(names) }) : m.history_with_nobody();
}

/** "刘芳 11-26 周四 10:30 回答：去（张老师代办）". */
export function givenWords(given: GivenThen, notice: NoticeThen, zone: string): string {
  const what = notice.text ? saidWords(given.reply, notice.text.ask) : '';
  const said = { by: given.by, when: moment(given.at, zone), what };
  return given.entered ? m.history_answered_entered({ ...said, entered: enteredWords(given.entered) }) : m.history_answered(said);
}

export function requestState(state: RequestState): State {
  const states: Record<RequestState['is'], () => State> = {
    open: () => ({ words: m.request_waits(), tone: 'honey' }),
    agreed: () => ({ words: m.request_agreed(), tone: 'green' }),
    declined: () => ({ words: m.request_declined(), tone: 'red' }),
    withdrawn: () => ({ words: m.request_withdrawn(), tone: 'plain' }),
    revoked: () => ({ words: m.request_revoked(), tone: 'red' }),
  };
  return states[state.is]();
}
