// Why the school said no, as one sentence: what happened, what it means, what to do next.
import type { Refusal } from './bindings';
import { m, nameShown } from './messages';
import { clock, day, moment, soon } from './when';

/** `zone` is the school's; every time in the sentence is its wall time. */
export function refusalSentence(refusal: Refusal, zone: string): string {
  switch (refusal.code) {
    case 'not-found':
      return m.refusal_not_found();
    case 'no-right':
      return m.refusal_no_right();
    case 'no-power':
      return m.refusal_no_power();
    case 'malformed':
      return refusal.field.startsWith('own-quiet.') ? m.refusal_own_quiet() : refusal.field.startsWith('quiet.') ? m.refusal_quiet_hours() : refusal.field.startsWith('hours.') ? m.refusal_office_hours() : refusal.field === 'lesson' ? m.refusal_lesson_kept() : m.refusal_malformed();
    case 'too-many':
      return refusal.field === 'entries' ? m.refusal_draw_full({ limit: refusal.limit }) : m.refusal_too_many({ limit: refusal.limit });
    case 'not-open-yet':
      return m.refusal_not_open_yet({ opens: soon(refusal.opens, zone) });
    case 'closed':
      return m.refusal_closed({ since: soon(refusal.since, zone) });
    case 'started':
      return m.refusal_started({ since: soon(refusal.since, zone) });
    case 'file-missing':
      return m.refusal_file_missing({ name: refusal.name });
    case 'file-for-nobody':
      return m.refusal_file_for_nobody({ name: refusal.name });
    case 'full':
      return m.refusal_full();
    case 'already-booked':
      return m.refusal_already_booked();
    case 'family-limit':
      return m.refusal_family_limit({ limit: refusal.limit });
    case 'not-eligible':
      return m.refusal_not_eligible();
    case 'not-first-time':
      return m.refusal_not_first_time();
    case 'booking-gone':
      return m.refusal_booking_gone();
    case 'notice-gone':
      return m.refusal_notice_gone();
    case 'no-approver':
      return m.refusal_no_approver();
    case 'nothing-asked':
      return m.refusal_nothing_asked();
    case 'reminded-lately':
      return m.refusal_reminded_lately({ when: soon(refusal.again, zone) });
    case 'other-guardian':
      return m.refusal_other_guardian();
    case 'answered-already':
      return m.refusal_answered_already({ by: refusal.by });
    case 'choice-full':
      return m.refusal_choice_full({ choice: refusal.choice });
    case 'text-changed':
      return m.refusal_text_changed();
    case 'request-gone':
      return m.refusal_request_gone();
    case 'pick-up-barred':
      return m.refusal_pick_up_barred();
    case 'conversation-ended':
      return m.refusal_conversation_ended();
    case 'writing-stopped':
      return m.refusal_writing_stopped({ why: refusal.why, call: refusal.call });
    case 'reads-only':
      return m.refusal_reads_only();
    case 'nobody-left':
      return m.refusal_nobody_left();
    case 'report-closed':
      return m.refusal_report_closed();
    case 'concerned':
      return m.refusal_concerned();
    case 'message-fixed':
      return m.refusal_message_fixed();
    case 'audience-changed':
      return m.refusal_audience_changed({ seen: refusal.seen, now: refusal.now });
    case 'audience-empty':
      return m.refusal_audience_empty();
    case 'due-too-early':
      return m.refusal_due_too_early({ when: soon(refusal.goes_out, zone) });
    case 'party-waits':
      return m.refusal_party_waits({ size: refusal.size });
    case 'changed-meanwhile':
      return m.refusal_changed_meanwhile();
    case 'session-cancelled':
      return m.refusal_session_cancelled({ reason: refusal.reason.trim().replace(/[。.]+$/u, '') });
    case 'child-seats':
      return m.refusal_child_seats({ limit: refusal.limit });
    case 'child-limit':
      return m.refusal_child_limit({ limit: refusal.limit });
    case 'venue-too-small':
      return m.venue_refused_small({ venue: refusal.venue, capacity: refusal.capacity, seats: refusal.seats });
    case 'venue-taken': {
      const { venue, title, left, seats } = refusal;
      const said = { venue, title, seats, when: moment(refusal.starts, zone) };
      return left > 0 ? m.venue_refused_taken({ ...said, left }) : m.venue_refused_taken_none(said);
    }
    case 'swap-over':
      return m.swap_refused_over();
    case 'swap-off':
      return m.swap_refused_off();
    case 'swap-unfit':
      return refusal.name ? m.swap_refused_unfit_name({ name: nameShown(refusal.name) }) : m.swap_refused_unfit();
    case 'seats-held':
      return m.refusal_seats_held({ used: refusal.used });
    case 'gate-closed':
      return m.refusal_gate_closed();
    case 'no-walk-in-seats':
      return m.refusal_no_walk_in_seats({ left: refusal.left });
    case 'already-in':
      return m.refusal_already_in({ gate: nameShown(refusal.gate_name), time: clock(refusal.at, zone) });
    case 'seat-released':
      return m.refusal_seat_released();
    case 'other-session':
      return m.refusal_other_session();
    case 'gates-open':
      return m.refusal_gates_open({ gates: refusal.gates });
    case 'event-not-open':
      return m.refusal_event_not_open();
    case 'draw-not-yet':
      return m.refusal_draw_not_yet({ from: soon(refusal.from, zone) });
    case 'draw-pending':
      return m.refusal_draw_pending();
    case 'stage-ahead':
      return m.refusal_stage_ahead({ starts: soon(refusal.starts, zone) });
    case 'results-missing':
      return m.refusal_results_missing({ missing: refusal.missing });
    case 'later-told':
      return m.refusal_later_told({ stage: nameShown(refusal.stage) });
    case 'trip-ended':
      return m.refusal_trip_ended({ when: moment(refusal.since, zone) });
    case 'not-all-back':
      return m.refusal_not_all_back({ children: refusal.children });
    case 'draw-done':
      return m.refusal_draw_done();
    case 'shift-full':
      return m.refusal_shift_full();
    case 'hours-own':
      return m.refusal_hours_own();
    case 'hours-disputed':
      return m.refusal_hours_disputed();
    case 'hours-settled':
      return m.refusal_hours_settled();
    case 'shift-clash':
      return m.refusal_shift_clash();
    case 'short-rest':
      return m.refusal_short_rest({ minutes: refusal.minutes });
    case 'missing-qualification':
      return refusal.until ? m.refusal_qualification_ends({ name: nameShown(refusal.name), day: day(`${refusal.until}T12:00[${zone}]`, zone) }) : m.refusal_missing_qualification({ name: nameShown(refusal.name) });
    case 'other-volunteers':
      return refusal.population === 'staff' ? m.refusal_other_staff() : m.refusal_other_parents();
    case 'no-pupils':
      return m.refusal_no_pupils();
    case 'no-guests':
      return m.refusal_no_guests();
    case 'nobody-receives':
      return m.refusal_nobody_receives();
    case 'guests-come':
      return m.refusal_guests_come({ count: refusal.guests });
    case 'shift-off':
      return m.refusal_shift_off();
    case 'post-ended':
      return m.refusal_post_ended();
    case 'shift-already':
      return m.refusal_shift_already();
    case 'slot-taken':
      return m.refusal_slot_taken({ when: moment(refusal.starts, zone) });
    case 'meeting-clash':
      return (refusal.too_far ? m.refusal_meeting_far : m.refusal_meeting_clash)({ when: moment(refusal.at, zone) });
    case 'holiday-file-unreadable':
      return m.refusal_holiday_file_unreadable();
    case 'holiday-file-foreign':
      return m.refusal_holiday_file_foreign({ key: refusal.key });
    case 'holiday-file-forged':
      return m.refusal_holiday_file_forged();
    case 'holiday-file-wrong':
      return m.refusal_holiday_file_wrong({ what: refusal.what });
    case 'holidays-older':
      return m.refusal_holidays_older({ year: refusal.year, published: refusal.published, edition: refusal.edition });
    case 'depends-on':
      return m.refusal_depends_on();
    case 'taken-back':
      return m.refusal_taken_back();
    case 'unreadable':
      return m.refusal_unreadable();
    default:
      return unknown(refusal);
  }
}

/** A newer school may have reasons this window has no sentence for yet. */
function unknown(refusal: never): string {
  return m.refusal_unknown({ code: (refusal as Refusal).code });
}
