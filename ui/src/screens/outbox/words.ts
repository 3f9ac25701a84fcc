// What waits, and how the line to the school stands, in words.
import type { About, ItemState, OutboxItem, SyncLine } from '$lib/bindings';
import { failedSentence, waits, type Failed } from '$lib/items';
import { atSchool } from '$lib/school.svelte';
import { ago, instant, moment } from '$lib/when';
import { m, nameShown, namesShown } from '$messages';
import { refusedWords } from '../alert/refused';
import { CONFERENCE_ACTS, meetingFailed } from '../conference/words';
import { CONTEST_ACTS, contestFailed } from '../contest/words';
import { changeRefused } from '../event/words';
import { approvalFailed } from '../notice/approving';
import { titleDays } from '../request/days';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface LineSaid {
  /** The shape, as the part SyncLine knows it. */
  state: 'synced' | 'syncing' | 'offline' | 'failed';
  words: string;
}

/** "已同步 · 刚刚", "离线 12 分钟，41 条待提交", "1 项未办成，请查看". */
export function lineWords(line: SyncLine, zone: string, now: Date): LineSaid {
  const { contact, waiting: count, failed } = line;
  // What stops everything comes first, then what did not work out.
  if (line.state === 'signed-out') return { state: 'failed', words: count ? m.sync_signed_out_waiting({ count }) : m.sync_signed_out() };
  if (line.state === 'update-needed') return { state: 'failed', words: count ? m.sync_update_waiting({ count }) : m.sync_update() };
  if (line.state === 'clock-wrong') return { state: 'failed', words: count ? m.sync_clock_waiting({ count }) : m.sync_clock() };
  if (failed) return { state: 'failed', words: m.sync_failed({ count: failed }) };
  if (line.state === 'offline') return { state: 'offline', words: offlineWords(contact, count, now) };
  if (line.state === 'busy') return { state: 'offline', words: count ? m.sync_busy_waiting({ count }) : m.sync_busy() };
  const fresh = contact !== null && now.getTime() - instant(contact).getTime() < MINUTE;
  if (count) return { state: 'syncing', words: m.sync_waiting({ count }) };
  // The short talk that follows every change is no news.
  if (line.state === 'syncing' && !fresh) return { state: 'syncing', words: m.sync_syncing() };
  return { state: 'synced', words: contact ? m.sync_synced({ when: ago(contact, zone, now) }) : m.sync_syncing() };
}

function offlineWords(contact: string | null, count: number, now: Date): string {
  const away = contact === null ? 0 : now.getTime() - instant(contact).getTime();
  if (away < MINUTE) return count ? m.sync_offline_bare_waiting({ count }) : m.sync_offline_bare();
  if (away < HOUR) {
    const minutes = Math.floor(away / MINUTE);
    return count ? m.sync_offline_waiting({ minutes, count }) : m.sync_offline({ minutes });
  }
  if (away < DAY) {
    const hours = Math.floor(away / HOUR);
    return count ? m.sync_offline_hours_waiting({ hours, count }) : m.sync_offline_hours({ hours });
  }
  const days = Math.floor(away / DAY);
  return count ? m.sync_offline_days_waiting({ days, count }) : m.sync_offline_days({ days });
}

const acts: Record<string, (slots: { title: string }) => string> = {
  'send-child-files': m.sync_act_send_child_files,
  'send-notice': m.sync_act_send_notice,
  'repeat-notice': m.sync_act_repeat_notice,
  'end-series': m.sync_act_end_series,
  'recall-notice': m.sync_act_recall_notice,
  'remind-notice': m.sync_act_remind_notice,
  'mark-seen': m.sync_act_mark_seen,
  'set-hold-window': m.sync_act_set_hold_window,
  'set-travel-time': m.sync_act_set_travel_time,
  'set-holidays': m.sync_act_set_holidays,
  'approve-notice': m.sync_act_approve_notice,
  'decline-notice': m.sync_act_decline_notice,
  'mark-roll-call': m.sync_act_mark_roll_call,
  answer: m.sync_act_answer,
  'publish-event': m.sync_act_publish_event,
  'change-event': m.sync_act_change_event,
  'cancel-event': m.sync_act_cancel_event,
  'cancel-session': m.sync_act_cancel_session,
  'set-capacity': m.sync_act_set_capacity,
  draw: m.sync_act_draw,
  'sign-up': m.sync_act_sign_up,
  'change-booking': m.sync_act_change_booking,
  withdraw: m.sync_act_withdraw,
  'open-check-in': m.sync_act_open_check_in,
  'appoint-steward': m.sync_act_appoint_steward,
  'open-gate': m.sync_act_open_gate,
  'lease-seats': m.sync_act_lease_seats,
  'release-no-shows': m.sync_act_release_no_shows,
  'agree-release': m.sync_act_agree_release,
  'close-gate': m.sync_act_close_gate,
  'revoke-gate': m.sync_act_revoke_gate,
  arrive: m.sync_act_arrive,
  'correct-arrival': m.sync_act_correct_arrival,
  'accept-offer': m.sync_act_accept_offer,
  'decline-offer': m.sync_act_decline_offer,
  'post-shifts': m.sync_act_post_shifts,
  'take-shift': m.sync_act_take_shift,
  'drop-shift': m.sync_act_drop_shift,
  'put-campaign': m.sync_act_put_campaign,
  'end-campaign': m.sync_act_end_campaign,
  'change-post': m.sync_act_change_post,
  'end-post': m.sync_act_end_post,
  'call-off-shift': m.sync_act_call_off_shift,
  'answer-volunteer': m.sync_act_answer_volunteer,
  'offer-shift': m.getting_act_offer,
  'answer-offer': m.getting_act_answer,
  'release-offer': m.getting_act_release,
  'change-shift': m.getting_act_change,
  'confirm-shift': m.keeping_act_confirm,
  'search-stand-in': m.keeping_act_search,
  'stop-stand-in': m.keeping_act_stop,
  'wish-stand-in': m.keeping_act_wish,
  'offer-swap': m.swap_act_offer,
  'accept-swap': m.swap_act_accept,
  'withdraw-swap': m.swap_act_withdraw,
  'answer-swap': m.swap_act_answer,
  'swap-shifts': m.swap_act_enter,
  'enter-pupil': m.pupil_act_enter,
  'withdraw-pupil': m.pupil_act_withdraw,
  'mark-pupils': m.pupil_act_mark,
  'add-guest': m.guest_act_add,
  'change-sponsor': m.guest_act_sponsor,
  'remove-guest': m.guest_act_remove,
  'put-qualification': m.sync_act_put_qualification,
  'drop-qualification': m.sync_act_drop_qualification,
  'confirm-qualification': m.sync_act_confirm_qualification,
  'withdraw-qualification': m.sync_act_withdraw_qualification,
  'set-turns': m.turn_act_set,
  'appoint-contact': m.turn_act_appoint,
  'end-contact': m.turn_act_end,
  'say-ready': m.turn_act_ready,
  'ask-family': m.turn_act_ask,
  'mark-duty': m.hours_act_mark,
  'check-out': m.duty_act_check_out,
  'request-hours': m.hours_act_request,
  'approve-hours': m.hours_act_approve,
  'refuse-hours': m.hours_act_refuse,
  'withdraw-hours': m.hours_act_withdraw,
  'correct-hours': m.hours_act_correct,
  'issue-proof': m.hours_act_issue,
  'set-stars': m.hours_act_stars,
  'open-conference': m.sync_act_open_conference,
  'change-conference': m.sync_act_change_conference,
  'cancel-conference': m.sync_act_cancel_conference,
  'offer-slots': m.sync_act_offer_slots,
  'withdraw-slots': m.sync_act_withdraw_slots,
  'please-come': m.sync_act_please_come,
  'book-meetings': m.sync_act_book_meetings,
  'withdraw-meeting': m.sync_act_withdraw_meeting,
  'cancel-meeting': m.sync_act_cancel_meeting,
  'write-meeting-note': m.sync_act_write_meeting_note,
  'make-request': leaveOrPickUp(m.sync_act_ask_leave, m.sync_act_ask_pick_up),
  'answer-request': leaveOrPickUp(m.sync_act_answer_leave, m.sync_act_answer_pick_up),
  'withdraw-request': leaveOrPickUp(m.sync_act_withdraw_leave, m.sync_act_withdraw_pick_up),
  'open-conversation': m.sync_act_open_conversation,
  'say-message': m.sync_act_say_message,
  'edit-message': m.sync_act_edit_message,
  'delete-message': m.sync_act_delete_message,
  'receive-message': m.sync_act_receive_message,
  'mark-read': m.sync_act_mark_read,
  'bring-in': m.sync_act_bring_in,
  'take-out': m.sync_act_take_out,
  'end-conversation': m.sync_act_end_conversation,
  'hand-over': m.sync_act_hand_over,
  'keep-inbox': m.sync_act_keep_inbox,
  'close-inbox': m.sync_act_close_inbox,
  'report-message': m.sync_act_report_message,
  'close-report': m.sync_act_close_report,
  'stop-writing': m.sync_act_stop_writing,
  'let-write': m.sync_act_let_write,
  'appoint-reader': m.sync_act_appoint_reader,
  'set-quiet-hours': orNone(m.sync_act_set_quiet_hours, m.sync_act_end_quiet_hours),
  'set-office-hours': orNone(m.sync_act_set_office_hours, m.sync_act_end_office_hours),
  'set-preferences': m.sync_act_set_preferences,
  'make-calendar-link': m.sync_act_make_calendar_link,
  'end-calendar-link': m.sync_act_end_calendar_link,
  'put-template': m.sync_act_put_template,
  'drop-template': m.sync_act_drop_template,
  'put-theme': m.sync_act_put_theme,
  'put-course': m.course_act_put,
  'end-course': m.course_act_end,
  'put-material': m.course_act_material,
  'set-giving': m.course_act_giving,
  'drop-material': m.course_act_take_back,
  'mark-participation': m.course_act_mark,
  'drop-theme': m.sync_act_drop_theme,
  'put-venue': m.venue_act_put,
  'drop-venue': m.venue_act_drop,
  'put-contest': m.sync_act_put_contest,
  'cancel-contest': m.sync_act_cancel_contest,
  'enter-candidate': m.sync_act_enter_candidate,
  'check-candidate': m.sync_act_check_candidate,
  'withdraw-candidate': m.sync_act_withdraw_candidate,
  'draw-order': m.sync_act_draw_order,
  'move-turn': m.sync_act_move_turn,
  'show-order': m.sync_act_show_order,
  'mark-turn': m.sync_act_mark_turn,
  'set-result': m.sync_act_set_result,
  'publish-results': m.sync_act_publish_results,
  'put-partner': m.sync_act_put_partner,
  'drop-partner': m.sync_act_drop_partner,
  'name-partner': m.sync_act_name_partner,
  'plan-trip': m.sync_act_plan_trip,
  'move-bus': m.sync_act_move_bus,
  'mark-trip': m.sync_act_mark_trip,
  'end-trip': m.sync_act_end_trip,
  'decide-remarks': m.sync_act_decide_remarks,
  'set-rights': m.sync_act_set_rights,
  'set-on-paper': m.sync_act_set_on_paper,
};

type ActWords = (slots: { title: string }) => string;

/** Without hours they are ended. */
function orNone(set: ActWords, end: () => string): ActWords {
  return ({ title }) => (title === m.sync_untitled() ? end() : set({ title }));
}

/** A leave is called by its days, a pick-up by the name of who comes; what is gone from here, by neither. */
function leaveOrPickUp(leave: ActWords, pickUp: ActWords): ActWords {
  return ({ title }) => {
    if (title === m.sync_untitled()) return m.sync_act_other({ title });
    const days = titleDays(title);
    return days ? leave({ title: days }) : pickUp({ title: nameShown(title) });
  };
}

/** "报名：菁菁读书堂，2 人（李雨桐、李雨辰）". */
export function aboutWords(about: About): string {
  const name = about.title || m.sync_untitled();
  const title = about.people > 0 ? m.sync_people({ title: name, count: about.people }) : name;
  const what = (acts[about.act] ?? m.sync_act_other)({ title });
  return about.children.length ? m.sync_for({ what, children: namesShown(about.children) }) : what;
}

/** One reason means something else for some acts: a yes that came too late closes no sign-up. */
function failedWords(state: Failed, zone: string, act: string): string {
  if (act === 'approve-notice') return approvalFailed(state, zone);
  if (act === 'change-booking') return changeRefused(state, zone);
  if ((CONFERENCE_ACTS as readonly string[]).includes(act)) return meetingFailed(state, zone);
  if (CONTEST_ACTS.includes(act)) return contestFailed(state, zone);
  return act === 'mark-roll-call' ? refusedWords(state, zone) : failedSentence(state, zone);
}

/** What it means and what happens next. */
export function nextWords(state: ItemState, line: SyncLine['state'] | undefined, zone: string, act = ''): string {
  if (!waits(state)) return failedWords(state, zone, act);
  if (state.is === 'sent') return m.sync_next_sent();
  if (line === 'clock-wrong') return m.sync_next_clock();
  if (line === 'busy') return m.sync_next_busy();
  if (line === 'signed-out') return m.sync_next_signed_out();
  return line === 'update-needed' ? m.sync_next_update() : m.sync_next_saved();
}

/** One line each, to keep or to show to the school. */
export function asText(items: readonly OutboxItem[], zone: string): string {
  const state = (item: OutboxItem) => {
    if (!waits(item.state)) return m.sync_refused_text({ reason: failedWords(item.state, zone, item.about.act) });
    return item.state.is === 'sent' ? m.state_sent() : m.state_saved();
  };
  const line = (item: OutboxItem) => m.sync_line_text({ when: moment(atSchool(item.composed), zone), what: aboutWords(item.about), state: state(item) });
  // What was typed goes along where nothing else will bring it back.
  const typed = ({ about, state: at }: OutboxItem) => (waits(at) ? '' : about.text.trim());
  return items.flatMap((item) => [line(item), typed(item)]).filter((one) => one).join('\n');
}
