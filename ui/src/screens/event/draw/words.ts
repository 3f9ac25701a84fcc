// A draw in words: where it stands, what a family wished for, what recomputing it came to.
import type { DrawFault, DrawnPlace, DrawView, EventLine, OwnEntry, Recomputed, RecomputedStep, SessionFill } from '$lib/bindings';
import { moment, soon } from '$lib/when';
import { m } from '$messages';
import { LIMITS } from '../plan';
import { sessionName } from '../words';
import { wished } from './wishes';

/** Of a hash what a person compares: eight signs in two groups. Two of them that are not the same look so. */
export const short = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;

/** A whole hash in groups, so that an eye keeps its place. */
export const grouped = (hash: string): string => hash.replace(/(.{4})(?=.)/g, '$1 ');

/** Whether a public value is written in the one form the draw takes: digits, a point, so many decimals. */
export function isValue(value: string, decimals: number): boolean {
  const form = decimals ? new RegExp(`^(0|[1-9]\\d*)\\.\\d{${decimals}}$`) : /^(0|[1-9]\d*)$/;
  return value.length <= LIMITS.value && form.test(value);
}

/** Wishes are taken, the roll is published, it is drawn: which of the three is under way. */
export function stepOf({ phase }: DrawView): number {
  return { 'not-open': 0, wishes: 0, closing: 1, rolled: 2, drawn: 3 }[phase.is];
}

/** What is now, and what comes next. */
export function phaseWords(draw: DrawView, { opens, closes }: Pick<EventLine, 'opens' | 'closes'>, zone: string, now: Date): string {
  const { phase, entries, public_value: value } = draw;
  switch (phase.is) {
    case 'not-open':
      return m.draw_phase_not_open({ opens: moment(opens, zone, now), closes: moment(closes, zone, now) });
    case 'wishes':
      return m.draw_phase_wishes({ until: soon(phase.until, zone, now), entries });
    case 'closing':
      return m.draw_phase_closing();
    case 'rolled':
      return m.draw_phase_rolled({ entries, value, known: moment(draw.known, zone, now) });
    case 'drawn':
      return m.draw_phase_drawn({ at: moment(phase.at, zone, now), entries, seated: phase.seated });
  }
}

/** In a list of events, in a few words. */
export function rowWords({ phase, entries }: DrawView): string {
  if (phase.is === 'not-open') return m.draw_row();
  if (phase.is === 'drawn') return m.draw_row_drawn();
  return phase.is === 'wishes' ? m.draw_row_wishes({ entries }) : m.draw_row_waits({ entries });
}

/** "第 2 场，再第 1 场": wishes in one line. */
export function wishesWords(wishes: readonly string[], sessions: readonly SessionFill[], zone: string): string {
  return m.draw_wishes_line({ sessions: wished(sessions, wishes).map((session) => sessionName(session, zone)).join(m.draw_wishes_then()) });
}

/** "抽中第 1 志愿，先后排第 12，共 86 份". */
export function drawnWords({ place, of, wish }: DrawnPlace): string {
  return wish === null ? m.draw_drawn_none({ place, of }) : m.draw_drawn({ wish, place, of });
}

/** The same, as it was worked out here. */
export function ownWords({ place, session, wish }: OwnEntry, of: number, sessions: readonly SessionFill[], zone: string): string {
  const got = sessions.find(({ id }) => id === session);
  return got && wish !== null ? m.draw_own({ place, of, wish, session: sessionName(got, zone) }) : m.draw_own_none({ place, of });
}

export type Verdict = 'agrees' | 'differs' | 'unchecked';

/** Whether a step agrees. Who saw the roll only after the draw has nothing older to compare it with. */
export function verdictOf({ step, agrees }: RecomputedStep, seen: string | null): Verdict {
  if (agrees === false) return 'differs';
  return agrees === null || (step === 'changed' && seen === null) ? 'unchecked' : 'agrees';
}

export const verdictWords = (verdict: Verdict): string => ({ agrees: m.draw_agrees, differs: m.draw_differs, unchecked: m.draw_unchecked })[verdict]();

type StepWords = Record<DrawFault, () => string>;

/** What is compared with what, in plain words. What was not looked at is not vouched for. */
export function stepWords({ step, agrees }: RecomputedStep, { roll_seen }: Recomputed, zone: string): string {
  if (agrees === false) return faultWords(step);
  if (agrees === null) return m.draw_skipped({ what: skipped(step) });
  if (step === 'changed') return roll_seen === null ? m.draw_step_unseen() : m.draw_step_changed({ when: moment(roll_seen, zone) });
  const words: StepWords = { commitment: m.draw_step_commitment, plan: m.draw_step_plan, roll: m.draw_step_roll, changed: m.draw_step_unseen, order: m.draw_step_order, outcome: m.draw_step_outcome };
  return words[step]();
}

function skipped(step: DrawFault): string {
  const words: StepWords = { commitment: m.draw_skip_commitment, plan: m.draw_skip_plan, roll: m.draw_skip_roll, changed: m.draw_skip_changed, order: m.draw_skip_order, outcome: m.draw_skip_outcome };
  return words[step]();
}

/** What it means that a step does not agree. */
export function faultWords(step: DrawFault): string {
  const words: StepWords = { commitment: m.draw_fault_commitment, plan: m.draw_fault_plan, roll: m.draw_fault_roll, changed: m.draw_fault_changed, order: m.draw_fault_order, outcome: m.draw_fault_outcome };
  return words[step]();
}

/** Everything that somebody else needs to work it out without this program, one to a line. */
export function numbersOf(result: Recomputed): (readonly [string, string])[] {
  return [
    [m.draw_number_commitment(), result.commitment],
    [m.draw_number_secret(), result.secret],
    [m.draw_number_value(), result.value],
    [m.draw_number_roll(), result.roll_sha256],
    [m.draw_number_seed(), result.seed],
  ];
}

/** Of 32 bytes in hex; what was published in words is shown as it was written. */
export const isHash = (number: string): boolean => /^[0-9a-f]{64}$/.test(number);
