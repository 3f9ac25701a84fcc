// The board in words: a state is a word and a shape wherever it stands.
import type { Component } from 'svelte';
import LogOut from '@lucide/svelte/icons/log-out';
import type { Admission, ArrivalView, GateSession, GateView } from '$lib/bindings';
import { nameShown } from '$lib/messages';
import type { Tone } from '$lib/states';
import { clock } from '$lib/when';
import { m } from '$messages';
import { glued } from '../../event/words';
import { cameOf, counted, standOf, type Row } from './sheet';

export interface Said {
  words: string;
  tone: Tone;
  icon?: Component;
}

/** "第 2 场", or its time where it has no name. */
export function sessionWords(session: Pick<GateSession, 'name' | 'starts'>, zone: string): string {
  return glued(session.name) || m.event_session_at({ time: clock(session.starts, zone) });
}

export function standWords(row: Row): Said {
  const stand = standOf(row);
  const [came, size] = [cameOf(row), row.party?.size ?? 0];
  if (stand === 'in') return { words: came < size ? m.check_in_board_state_part({ came, size }) : m.check_in_board_state_in(), tone: 'green' };
  if (stand === 'left') return { words: m.check_in_board_state_left(), tone: 'plain', icon: LogOut };
  if (stand === 'released') return { words: m.check_in_board_state_released(), tone: 'honey' };
  if (stand === 'gone') return { words: m.check_in_board_state_gone(), tone: 'plain' };
  return { words: m.check_in_board_state_absent(), tone: 'plain' };
}

/** "09:12 北门": when and where they came last. */
export function cameWords(row: Row, zone: string): string {
  const last = counted(row).at(-1);
  return last ? m.check_in_board_at({ time: clock(last.at, zone), gate: nameShown(last.gate_name) }) : '';
}

/** What became of one arrival. */
export function arrivalWords({ state }: ArrivalView, zone: string): string {
  if (state.is === 'in') return m.check_in_board_state_in();
  if (state.is === 'out') return m.check_in_board_left_at({ time: clock(state.at, zone) });
  if (state.is === 'undone') return m.check_in_board_state_undone();
  if (state.is === 'again') return m.check_in_board_state_again({ gate: nameShown(state.gate_name), time: clock(state.at, zone) });
  return m.check_in_board_state_conflict();
}

/** Why nobody can be let in with it; nothing where somebody can. */
export function admissionWords(admission: Admission, zone: string): string {
  switch (admission.is) {
    case 'may':
      return admission.seats > 0 ? '' : m.check_in_board_all_in();
    case 'already':
      return m.check_in_board_already({ gate: nameShown(admission.gate_name), time: clock(admission.at, zone) });
    case 'other-session':
      return m.check_in_board_other_session();
    case 'released':
      return m.check_in_board_released_note();
    case 'gone':
      return m.check_in_board_gone_note();
  }
}

/** Open gates that have not said that they know what was taken back. */
export const unheard = (gates: readonly GateView[]): GateView[] => gates.filter(({ state, heard }) => state.is === 'open' && !heard);
