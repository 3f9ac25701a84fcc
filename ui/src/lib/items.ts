// How something saved on this computer stands on its way to the school.
import type { ItemState } from './bindings';
import { m } from './messages';
import { refusalSentence } from './refusals';

export type Waiting = Extract<ItemState, { is: 'saved' | 'sent' }>;
export type Failed = Exclude<ItemState, Waiting>;

/** It needs nobody: it will be sent, or its answer will come. */
export function waits(state: ItemState): state is Waiting {
  return state.is === 'saved' || state.is === 'sent';
}

/** Whether a wish is on its way; one that failed no longer stands in the way of another. */
export function isPending(state: ItemState | null): state is Waiting {
  return state !== null && waits(state);
}

export function hasFailed(state: ItemState | null): state is Failed {
  return state !== null && !waits(state);
}

const parked: Readonly<Record<string, () => string>> = {
  'number-reused': m.sync_parked_number_reused,
  'too-large': m.sync_parked_too_large,
  'push-too-long': m.sync_parked_push_too_long,
  malformed: m.sync_parked_malformed,
  body: m.sync_parked_body,
  broken: m.sync_parked_broken,
};
export const parkedCodes = Object.keys(parked);

/** Why it did not work out and what is left to do, in a sentence. */
export function failedSentence(state: Failed, zone: string): string {
  switch (state.is) {
    case 'refused':
      return refusalSentence(state.refusal, zone);
    case 'parked':
      return (parked[state.code] ?? (() => m.sync_parked({ code: state.code })))();
    case 'unreadable':
      return m.sync_unreadable();
  }
}
