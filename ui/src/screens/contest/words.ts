// Contests in words.
import type { CandidateView, ContestLine, Outcome, OwnStage, Refusal, StageView, TurnMark } from '$lib/bindings';
import { failedSentence, type Failed } from '$lib/items';
import { refusalSentence } from '$lib/refusals';
import type { Tone } from '$lib/states';
import { isPast, moment, soon } from '$lib/when';
import { m } from '$messages';
import { ACTS } from '../outbox/here';

export const CONTEST_ACTS: readonly string[] = ACTS.contest;

/** What a contest's refusal means; whatever else the school says is said as everywhere. */
export function contestRefusal(refusal: Refusal, zone: string): string {
  if (refusal.code === 'closed') return m.contest_refused_closed({ since: soon(refusal.since, zone) });
  if (refusal.code === 'started') return m.contest_refused_begun({ since: soon(refusal.since, zone) });
  if (refusal.code === 'booking-gone') return m.contest_refused_gone();
  if (refusal.code === 'already-booked') return m.contest_refused_there();
  if (refusal.code === 'draw-done') return m.contest_refused_drawn();
  if (refusal.code === 'too-many' && refusal.field === 'candidates') return m.contest_refused_full({ limit: refusal.limit });
  if (refusal.code === 'too-many' && refusal.field === 'turns') return m.contest_refused_short({ limit: refusal.limit });
  return refusalSentence(refusal, zone);
}

export const contestFailed = (state: Failed, zone: string): string => (state.is === 'refused' ? contestRefusal(state.refusal, zone) : failedSentence(state, zone));

/** How a contest stands, in one line. */
export function lineWords(line: ContestLine, zone: string, now: Date): string {
  if (line.state.is === 'draft') return m.contest_draft();
  if (line.state.is === 'cancelled') return m.contest_reason({ reason: line.state.reason });
  if (line.open_now) return m.contest_open_until({ when: moment(line.closes, zone, now) });
  if (!isPast(line.opens, now)) return m.contest_opens({ when: moment(line.opens, zone, now) });
  if (line.next) return m.contest_next({ stage: line.next.name, when: moment(line.next.starts, zone, now) });
  return m.contest_over();
}

/** How an entry stands with its family, the desk and the school. */
export function entryState(one: CandidateView): { words: string; tone: Tone } {
  if (one.withdrawn) return { words: m.contest_withdrawn(), tone: 'plain' };
  if (!one.agreed) return { words: m.contest_waits_family(), tone: 'honey' };
  if (one.check.is === 'revise') return { words: m.contest_revise(), tone: 'red' };
  if (one.check.is === 'unchecked') return { words: m.contest_unchecked(), tone: 'honey' };
  if (!one.shows) return { words: m.contest_not_shown(), tone: 'plain' };
  return one.is_shown ? { words: m.contest_on_show(), tone: 'green' } : { words: m.contest_fine(), tone: 'green' };
}

export function outcomeWords(outcome: Outcome, last: boolean): string {
  if (outcome.is === 'elected') return m.contest_elected({ office: outcome.office });
  if (outcome.is === 'goes-on') return m.contest_goes_on();
  return last ? m.contest_set_not() : m.contest_out();
}

/** What a family reads of a result: kind, clear, and never a rank. */
export function familyWords(outcome: Outcome, name: string, last: boolean): string {
  if (outcome.is === 'elected') return m.contest_elected_family({ name, office: outcome.office });
  if (outcome.is === 'goes-on') return m.contest_on_family({ name });
  return last ? m.contest_out_last({ name }) : m.contest_out_family({ name });
}

const marks: Record<TurnMark, () => string> = { waiting: m.contest_is_waiting, here: m.contest_is_here, called: m.contest_is_called, done: m.contest_is_done, absent: m.contest_is_absent };
export const markWords = (mark: TurnMark): string => marks[mark]();
export const markTone: Record<TurnMark, Tone> = { waiting: 'plain', here: 'blue', called: 'honey', done: 'green', absent: 'red' };

/** How a stage is held. */
export function stageWords({ stage }: StageView, zone: string, now: Date): string {
  const { kind } = stage;
  if (kind.is === 'in-turn') return m.contest_stage_in_turn({ minutes: kind.minutes });
  if (kind.is === 'on-show') return m.contest_stage_show({ when: moment(kind.due, zone, now) });
  return m.contest_stage_together();
}

/** A candidate in a stage. */
export const ownStage = (one: CandidateView, stage: string): OwnStage | undefined => one.stages.find((own) => own.stage === stage);

/** Candidates of a stage, in its order. */
export function inStage(view: StageView, candidates: readonly CandidateView[]): CandidateView[] {
  return view.in_it.flatMap((id) => candidates.find((one) => one.id === id) ?? []);
}

/** Whose turn is now, and who comes after: those nobody has noted as done or missing. */
export function board(turns: readonly CandidateView[], stage: string): { now: CandidateView | undefined; next: CandidateView[] } {
  const mark = (one: CandidateView) => ownStage(one, stage)?.turn?.mark;
  return { now: turns.find((one) => mark(one) === 'called'), next: turns.filter((one) => mark(one) === 'waiting' || mark(one) === 'here') };
}
