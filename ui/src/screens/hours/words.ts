// Hours of volunteers in words: how long, how an entry stands, who came.
import type { ChainFault, DutyLine, DutySaid, HoursIs, HoursLine, MissingLine } from '$lib/bindings';
import { clock } from '$lib/when';
import { m } from '$messages';

type Locale = 'zh-CN' | 'en';

/** 1 小时 40 分钟; 45 分钟; 0 分钟. */
export function timeWords(minutes: number, locale?: Locale): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const options = locale ? { locale } : undefined;
  if (!hours) return m.hours_time_minutes({ minutes: rest }, options);
  return rest ? m.hours_time_both({ hours, minutes: rest }, options) : m.hours_time_hours({ hours }, options);
}

/** The names of who is meant, with their children where the desk knows them. */
export const whoWords = ({ name, of }: Pick<HoursLine, 'name' | 'of'>): string => (of.length ? m.hours_who({ name, children: of.join(m.common_comma()) }) : name);

export function stateTone(state: HoursIs): 'green' | 'honey' | 'red' | 'plain' {
  return ({ waiting: 'honey', approved: 'green', corrected: 'plain', refused: 'red', withdrawn: 'plain' } as const)[state.is];
}

export function stateWords(state: HoursIs): string {
  return { waiting: m.hours_waiting, approved: m.hours_approved, corrected: m.hours_corrected, refused: m.hours_refused, withdrawn: m.hours_withdrawn }[state.is]();
}

/** What stands below an entry: who did what, and why. */
export function storyWords(line: HoursLine): string[] {
  const said = [m.hours_entered({ by: line.entered_by })];
  if (line.instead_of !== null) said.push(m.hours_instead_of({ time: timeWords(line.instead_of) }));
  if (line.reason) said.push(m.hours_reason({ reason: line.reason }));
  if (line.evidence) said.push(m.hours_evidence({ evidence: line.evidence }));
  const { state } = line;
  if (state.is === 'approved') said.push(m.hours_approved_by({ by: state.by, seq: state.seq }));
  if (state.is === 'corrected') said.push(m.hours_corrected_to({ time: timeWords(state.minutes) }));
  if (state.is === 'refused') said.push(m.hours_refused_by({ by: state.by, reason: state.reason }));
  return said;
}

/** How an entry stood that is missing now, and what stands in the way of asking for it. */
export function lostWords({ stood, again }: MissingLine): string[] {
  const was = stood.is === 'approved' ? m.hours_missing_was_approved({ by: stood.by, seq: stood.seq }) : m.hours_missing_was_waiting();
  const next = { request: undefined, correct: m.hours_missing_is_correction(), later: m.hours_missing_later(), 'too-old': m.hours_missing_too_old() }[again];
  return next ? [was, next] : [was];
}

/** What is said of it to whoever approves it once more. */
export const lostEvidence = (stood: HoursIs): string =>
  stood.is === 'approved' ? m.hours_missing_evidence_approved({ by: stood.by, seq: stood.seq }) : m.hours_missing_evidence_waiting();

export function saidWords(said: DutySaid, zone: string): string {
  if (said.is === 'missed') return said.excuse ? m.hours_missed_because({ excuse: said.excuse }) : m.hours_missed();
  const from = clock(said.from, zone);
  return said.until ? m.hours_came_until({ from, until: clock(said.until, zone) }) : m.hours_came_since({ from });
}

/** Who said what of somebody, in their order. */
export function marksWords({ marks }: Pick<DutyLine, 'marks'>, zone: string): string {
  return marks.map(({ said, by_name }) => m.hours_marked({ said: saidWords(said, zone), by: by_name || m.hours_by_clock() })).join(m.hours_then());
}

export function faultWords({ seq, is }: ChainFault): string {
  const what = {
    altered: m.hours_fault_altered,
    missing: m.hours_fault_missing,
    twice: m.hours_fault_moved,
    moved: m.hours_fault_moved,
    unsigned: m.hours_fault_unsigned,
    'cut-off': m.hours_fault_missing,
    'beyond-head': m.hours_fault_moved,
    'not-as-signed': m.hours_fault_signed,
    'foreign-checkpoint': m.hours_fault_signed,
    hidden: m.hours_fault_moved,
  }[is];
  return what({ seq });
}

/** Minutes of two fields, hours and minutes; `undefined` where they are none. */
export function minutesOf(hours: string, minutes: string): number | undefined {
  const whole = (text: string) => (/^\d{1,4}$/.test(text.trim() || '0') ? Number(text.trim() || '0') : undefined);
  const [h, min] = [whole(hours), whole(minutes)];
  return h === undefined || min === undefined || min > 59 ? undefined : h * 60 + min;
}
