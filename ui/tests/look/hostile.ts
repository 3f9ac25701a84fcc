// People who mean harm, on every screen: what they typed stands where a usual school has its words.
import { fileNames, texts } from './corpus';

/** A megabyte without a place to break. */
const LINE = 'x'.repeat(1024 * 1024);

/** Nothing of it can be seen: a space without width, and a filler. */
export const UNSEEN = '\u200b\u3164';

/** Whether every text is one of these, every long text a line of a megabyte, or every name one that cannot be seen. */
export type Hostile = 'signs' | 'line' | 'names';
// What a person wrote in the school of these pictures is Chinese; ids, codes, times and addresses are not. What the
// core computes of it, and picks from a list, is none of theirs.
const TYPED = /\p{Script=Han}/u;
const FILE = /\.[a-z]{3,4}$/;
const NOT_TYPED = new Set(['sex', 'zone']);
const LONG = new Set(['body', 'text', 'title', 'about', 'words', 'reason']);
const NAMES = new Set(['name', 'author', 'by', 'from', 'guardian', 'teacher', 'reader', 'who', 'agreed_by', 'person_name', 'received', 'children', 'no_family']);
const NAME = /^[\p{Script=Han}·]{2,12}$/u;
/** What has a name and is nobody: a place, a session, a template. */
const isThing = (value: object): boolean => 'level' in value || 'starts' in value || 'draft' in value;

/** A draft is text that holds what was typed. */
const isDraft = (key: string, was: string): boolean => key === 'body' && was.startsWith('{"');

/** The same answer, as if everybody who wrote a part of it meant harm. Each scene begins elsewhere among what they write. */
export function poisoned<T>(reply: T, how: Hostile, from = 0): T {
  let n = 0;
  let files = 0;
  const wicked = (was: string, key: string): string => {
    if (how === 'names') return NAMES.has(key) && NAME.test(was) ? UNSEEN : was;
    if (isDraft(key, was)) return JSON.stringify(walk(JSON.parse(was), ''));
    if (!TYPED.test(was) || NOT_TYPED.has(key)) return was;
    // One of them a screen: more than one is no person's.
    if (how === 'line') return LONG.has(key) && n++ === 0 ? LINE : was;
    const file = FILE.test(was);
    const [all, place] = file ? [fileNames, files++] : [texts, n++];
    const [round, at] = [Math.floor(place / all.length), (from + place) % all.length];
    // Names of one list differ, as the core has them.
    return file ? `${round || ''}${all[at]}` : `${all[at]}${round || ''}`;
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return wicked(value, key);
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (value === null || typeof value !== 'object') return value;
    if (how === 'names' && isThing(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
  };
  return walk(reply, '') as T;
}

/** Every scene in which something typed is shown. */
export const VIEWS: readonly string[] = [
  'join-found', 'parent-today-some', 'parent-today-failed', 'parent-hats', 'parent-notices-some', 'parent-notice', 'parent-answer-choose-open', 'parent-answer-form-open', 'parent-answer-sign-done',
  'parent-answer-earlier', 'parent-answer-slip', 'parent-events-some', 'parent-event', 'parent-event-mine', 'parent-signup-off', 'parent-signup-moved', 'parent-signup-back', 'parent-signup-series', 'parent-signup-answered', 'parent-shifts-some', 'parent-outbox-some', 'removed', 'parent-talks-some', 'parent-talk-some',
  'parent-talk-stopped', 'parent-talk-report', 'parent-talks-begin', 'parent-requests-some', 'parent-requests-leave', 'parent-history-some', 'teacher-history-then', 'teacher-today-some', 'teacher-notices-some',
  'teacher-notice-some', 'teacher-answers-choose-open', 'teacher-answers-form-open', 'teacher-notice-cell', 'teacher-delivery-some', 'teacher-export', 'teacher-templates-some', 'teacher-template-fields', 'teacher-template-keep',
  'teacher-update-some', 'teacher-compose-files', 'teacher-compose-list', 'teacher-talks-some', 'teacher-talk-some', 'teacher-talk-bring', 'teacher-requests-some', 'teacher-gate-some', 'coordinator-gate-some', 'teacher-classes-some',
  'teacher-class-some', 'teacher-reissue', 'teacher-strips-some', 'coordinator-today-some', 'coordinator-desk-some', 'coordinator-booking', 'coordinator-roster-some', 'coordinator-plan', 'administrator-today-some', 'administrator-classes-some', 'administrator-rights',
  'administrator-reports-some', 'administrator-report-2', 'administrator-report-3', 'administrator-report-read', 'administrator-report-stop', 'administrator-remarks-open', 'administrator-import-some', 'administrator-import-preview-some',
  'alert-band-parent-two', 'alert-band-teacher-two', 'alert-notices-head', 'alert-notice-head', 'alert-roll-some', 'alert-roll-head', 'alarm-update', 'alarm-clear', 'approval-today-some', 'approval-head', 'approval-declined', 'approval-approved',
  'administrator-inboxes-some', 'administrator-inboxes-readers', 'administrator-inboxes-change', 'administrator-inboxes-close', 'own-compose', 'own-compose-strays', 'own-update', 'own-teacher', 'own-parent', 'teacher-talk-bring-list', 'teacher-talk-bring-inbox',
  'teacher-talk-give', 'teacher-talk-take-out', 'teacher-talk-leave', 'teacher-talk-end', 'teacher-talk-edit', 'teacher-compose-names-get', 'teacher-compose-names-except', 'coordinator-tell-names', 'teacher-repeat-month', 'teacher-requests-phoned',
  'teacher-requests-note', 'teacher-answers-back', 'parent-answer-back-change', 'coordinator-on-behalf-find', 'approval-head-decline', 'coordinator-tell-some', 'after-report-some', 'after-term-some', 'after-certificate', 'alarm-actual', 'teacher-strips-large',
  'teacher-paper-choose-many', 'teacher-paper-choose-several', 'teacher-paper-form-photo', 'teacher-paper-sign-open', 'teacher-paper-each', 'teacher-paper-said', 'teacher-paper-dialog', 'teacher-print-list-choose-many-some', 'teacher-print-list-form-photo-some',
  'teacher-print-letters-sign-open-some', 'teacher-print-letters-form-photo-some', 'teacher-print-letters-each-open-some', 'teacher-recall', 'parent-recalled', 'teacher-held', 'teacher-taken-back', 'teacher-rewrite', 'teacher-rewrite-late', 'teacher-colleague',
  'coordinator-desk-changed', 'coordinator-desk-off', 'coordinator-booking-answers', 'coordinator-booking-put-back', 'coordinator-booking-change', 'coordinator-fewer', 'coordinator-change', 'coordinator-plan-questions',
  'coordinator-again-some', 'administrator-report-appoint', 'teacher-class-on-paper', 'teacher-compose-each', 'administrator-notices-some', 'counsellor-notice',
  'gate-list', 'gate-in', 'gate-released', 'gate-conflict', 'gate-found', 'gate-steward', 'gate-session', 'gate-seats', 'gate-away', 'board-all-some', 'board-steward', 'board-party', 'board-release', 'board-revoke', 'board-appoint', 'board-paper-found', 'board-print-sheet-some',
  'board-print-badges-some', 'ticket', 'ticket-print', 'parent-draw-open', 'parent-draw-entered', 'parent-draw-rolled', 'parent-draw-won', 'parent-draw-wishes', 'parent-draw-again', 'coordinator-plan-draw', 'coordinator-desk-draw-open', 'coordinator-desk-draw-rolled', 'coordinator-booking-draw',
  'parent-conferences-some', 'parent-conference-states', 'parent-conference-guidance', 'parent-conference-times', 'parent-conference-conflict', 'parent-conference-off', 'parent-today-meet', 'teacher-today-meet', 'teacher-conference-some', 'teacher-conference-asked', 'teacher-conference-cancel', 'teacher-offer-change',
  'counsellor-conference', 'counsellor-conference-note', 'coordinator-conferences-some', 'coordinator-conference-some', 'coordinator-conference-offer', 'coordinator-conference-change',
];
/** Those that show a text whole. */
export const LINES: readonly string[] = ['parent-notice', 'parent-talks-some', 'parent-talk-some', 'parent-outbox-some', 'teacher-update-some', 'alert-band-parent-two', 'parent-history-some', 'administrator-report-read', 'board-all-some', 'parent-conference-off', 'counsellor-conference', 'parent-draw-open'];
