// Alerts and roll-call in words.
import type { Alert, Marked, NoticeLine, RollChild, RollCount, RollState } from '$lib/bindings';
import { getLocale } from '$lib/paraglide/runtime.js';
import { instant, isPast, clock, soon } from '$lib/when';
import { m, nameShown } from '$messages';
import { dateIn } from '../today/words';

/** What an alert looks like: meant, rehearsed, or over. */
export type Sort = 'actual' | 'exercise' | 'clear';
export const sortOf = ({ msg_type, status }: Pick<Alert, 'msg_type' | 'status'>): Sort => (msg_type === 'cancel' ? 'clear' : status);

/** "警报", "警报更新", "警报解除", "演练", … */
export function sortWords({ msg_type, status }: Pick<Alert, 'msg_type' | 'status'>): string {
  const words: Record<Alert['status'], Record<Alert['msg_type'], () => string>> = {
    actual: { alert: m.alert_actual, update: m.alert_actual_update, cancel: m.alert_actual_clear },
    exercise: { alert: m.alert_exercise, update: m.alert_exercise_update, cancel: m.alert_exercise_clear },
  };
  return words[status][msg_type]();
}

/** What ends it, on a button. */
export const clearWords = ({ status }: Pick<Alert, 'status'>): string => (status === 'exercise' ? m.alert_clear_exercise() : m.alert_clear());

/** Over by itself. */
export const isOver = (alert: Pick<Alert, 'msg_type' | 'expires'>, now: Date): boolean =>
  alert.msg_type !== 'cancel' && alert.expires !== null && isPast(alert.expires, now);

/** "熊立新校长". */
export const personWords = (name: string, title: string): string => (title ? m.alert_person({ name, title }) : nameShown(name));

/** Whose notice it is: "张晓梅老师"; an alert comes from an office: "熊立新校长". */
export const authorWords = ({ alert, author, author_title }: Pick<NoticeLine, 'alert' | 'author' | 'author_title'>): string =>
  alert && author_title ? personWords(author, author_title) : m.notice_teacher({ name: author });

/** With the title, as in conversations: "张晓梅 班主任". */
export const authorInFull = (line: Pick<NoticeLine, 'alert' | 'author' | 'author_title'>): string =>
  line.author_title && !line.alert ? m.conversation_staff({ name: line.author, title: line.author_title }) : authorWords(line);

/** "1,204" */
export const numberWords = (count: number): string => new Intl.NumberFormat(getLocale()).format(count);

/** "15:12" today, else with its day. */
export function timeWords(at: string, zone: string, now: Date): string {
  return dateIn(at, zone) === dateIn(now.toISOString(), zone) ? clock(at, zone) : soon(at, zone, now);
}

/** Of whom something is known. */
export const knownOf = ({ safe, needs_help, picked_up }: RollCount): number => safe + needs_help + picked_up;
/** Of whom something should be known: whoever is away today counts once something is said. */
export const calledOf = (count: RollCount): number => knownOf(count) + count.unknown;

/** "已确认 38 / 40", "1 人需要帮助", "2 人还没有消息". */
export function countWords(count: RollCount): string[] {
  const words = [m.alert_count({ known: numberWords(knownOf(count)), of: numberWords(calledOf(count)) })];
  if (count.needs_help) words.push(m.alert_count_help({ count: numberWords(count.needs_help) }));
  if (count.unknown) words.push(m.alert_count_unknown({ count: numberWords(count.unknown) }));
  return words;
}

export function stateWords(state: RollState): string {
  const words: Record<RollState, () => string> = { safe: m.alert_safe, 'needs-help': m.alert_needs_help, 'picked-up': m.alert_picked_up };
  return words[state]();
}

/** What was said of a child: "在老师身边，张晓梅 15:12"; of one's own: "在您身边，15:12". */
export function saidWords(said: Marked, zone: string, now: Date, me: string): string {
  const time = timeWords(said.at, zone, now);
  const mine = said.by === me;
  const state = mine ? mineWords(said.state, said.by_title !== '') : said.state === 'safe' && said.by_title ? m.alert_safe_teacher() : stateWords(said.state);
  const words = mine ? m.alert_said_mine({ state, time }) : m.alert_said({ state, name: said.by_name, time });
  return said.note ? m.alert_said_note({ said: words, note: said.note }) : words;
}

function mineWords(state: RollState, staff: boolean): string {
  if (state === 'needs-help' || (staff && state === 'picked-up')) return stateWords(state);
  return state === 'safe' ? m.alert_safe_mine() : m.alert_picked_up_mine();
}

/** Nothing is known of them, and they are expected here. */
export const isUnknown = ({ said, absent }: RollChild): boolean => said === null && !absent;

/** Somebody has to come; nothing is known; done. Within each, as the school counts. */
export function urgency({ needs_help, unknown }: RollCount): number {
  return needs_help ? 0 : unknown ? 1 : 2;
}

/** The most urgent first; what is alike stays in its order. */
export function byUrgency<T extends { count: RollCount }>(classes: readonly T[]): T[] {
  return classes.toSorted((a, b) => urgency(a.count) - urgency(b.count));
}

/** For how long an all-clear stays in sight: as the core has it. */
const CLEAR_MS = 6 * 3_600_000;

/** What the band shows now: the core was asked a while ago, and time moves on. What is meant comes first. */
export function inBand<T extends { alert: Alert; at: string }>(alarms: readonly T[], now: Date): T[] {
  const order: Record<Sort, number> = { actual: 0, exercise: 1, clear: 2 };
  const shown = ({ alert, at }: T) => (alert.msg_type === 'cancel' ? now.getTime() - instant(at).getTime() < CLEAR_MS : !isOver(alert, now));
  return alarms.filter(shown).toSorted((a, b) => order[sortOf(a.alert)] - order[sortOf(b.alert)]);
}
