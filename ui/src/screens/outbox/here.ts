// What did not work out, told where somebody looks for it and not only in the outbox.
import type { OutboxItem } from '$lib/bindings';
import { waits } from '$lib/items';

/** What a family does about an event. */
const BOOKS = ['sign-up', 'change-booking', 'withdraw', 'accept-offer', 'decline-offer'] as const;
/** What is done on the screens of one noun. */
export const ACTS = {
  event: [...BOOKS, 'publish-event', 'change-event', 'cancel-event', 'cancel-session', 'set-capacity'],
  partner: ['put-partner', 'drop-partner'],
  trip: ['name-partner', 'plan-trip', 'move-bus', 'mark-trip', 'end-trip'],
  'check-in': ['open-check-in', 'appoint-steward', 'open-gate', 'lease-seats', 'release-no-shows', 'agree-release', 'close-gate', 'revoke-gate', 'arrive', 'correct-arrival'],
  notice: ['send-notice', 'send-child-files', 'recall-notice', 'approve-notice', 'decline-notice', 'answer'],
  venue: ['put-venue', 'drop-venue'],
  alert: ['mark-roll-call'],
  shift: ['take-shift', 'drop-shift', 'post-shifts', 'change-post', 'end-post', 'call-off-shift', 'change-shift', 'answer-volunteer', 'offer-shift', 'answer-offer', 'release-offer', 'confirm-shift', 'search-stand-in', 'stop-stand-in', 'wish-stand-in', 'offer-swap', 'accept-swap', 'withdraw-swap', 'answer-swap', 'swap-shifts', 'enter-pupil', 'withdraw-pupil', 'mark-pupils', 'add-guest', 'change-sponsor', 'remove-guest'],
  turn: ['set-turns', 'appoint-contact', 'end-contact', 'say-ready', 'ask-family'],
  volunteer: ['put-campaign', 'end-campaign', 'put-qualification', 'drop-qualification', 'confirm-qualification', 'withdraw-qualification'],
  conference: ['open-conference', 'change-conference', 'cancel-conference', 'offer-slots', 'withdraw-slots', 'please-come', 'book-meetings', 'withdraw-meeting', 'cancel-meeting', 'write-meeting-note'],
  hours: ['mark-duty', 'check-out', 'request-hours', 'approve-hours', 'refuse-hours', 'withdraw-hours', 'correct-hours', 'issue-proof', 'set-stars'],
  contest: ['put-contest', 'cancel-contest', 'enter-candidate', 'check-candidate', 'withdraw-candidate', 'draw-order', 'move-turn', 'show-order', 'mark-turn', 'set-result', 'publish-results'],
  request: ['make-request', 'answer-request', 'withdraw-request'],
  conversation: ['open-conversation', 'say-message', 'edit-message', 'delete-message', 'receive-message', 'bring-in', 'take-out', 'end-conversation', 'hand-over', 'report-message'],
  inbox: ['keep-inbox', 'close-inbox'],
  report: ['close-report', 'stop-writing', 'let-write', 'appoint-reader'],
  remark: ['decide-remarks'],
  class: ['set-rights'],
} as const;
export type Noun = keyof typeof ACTS;

/** A refusal of these is told by the booking, notice, shift or request itself; what was put aside is told by nothing. */
const TOLD: readonly string[] = [...BOOKS, 'open-gate', ...ACTS.notice, ...ACTS.alert, 'take-shift', 'drop-shift', 'answer-offer', 'confirm-shift', 'wish-stand-in', 'withdraw-swap', 'withdraw-pupil', 'offer-slots', 'withdraw-slots', 'please-come', 'book-meetings', 'withdraw-meeting', 'cancel-meeting', 'write-meeting-note', 'answer-request', 'withdraw-request', 'open-conversation', 'say-message', 'edit-message', 'delete-message', 'bring-in', 'take-out', 'end-conversation', 'report-message'];

/**
 * What did not work out about a noun, or about the one thing with this title: an item names no more of what it is
 * about. Without a noun it is all of it.
 */
export function failedHere(items: readonly OutboxItem[], noun?: Noun, title?: string): OutboxItem[] {
  const acts: readonly string[] | undefined = noun && ACTS[noun];
  return items.filter(({ about, state }) => {
    if (waits(state)) return false;
    if (!acts) return true;
    return acts.includes(about.act) && (title === undefined || about.title === title) && !(state.is === 'refused' && TOLD.includes(about.act));
  });
}
