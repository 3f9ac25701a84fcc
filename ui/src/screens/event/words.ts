// An event and its bookings in words.
import type { BookingIs, BookingView, PartyIn, ChildName, DeskBooking, EventLine, EventOpened, PendingWish, PlaceName, SeatRule, SessionClash, SessionFill } from '$lib/bindings';
import { childName } from '$lib/child';
import { failedSentence, waits, type Failed } from '$lib/items';
import { className, placeName, placesName } from '$lib/place';
import { refusalSentence } from '$lib/refusals';
import type { Fact, Tone } from '$lib/states';
import { by, clock, instant, moment, soon, span } from '$lib/when';
import { m, nameShown } from '$messages';
import { hereWords } from '../venue/venues';

/** Said of a booking: one of the fixed facts, or a word of its own. */
export type Said = { fact: Fact } | { words: string; tone: Tone };

/** `session`: the one it is for, where the session alone may have been called off. */
export function said(state: BookingIs, zone: string, session?: Pick<SessionFill, 'cancelled'>): Said {
  switch (state.is) {
    case 'saved':
    case 'sent':
    case 'confirmed':
    case 'released':
      return { fact: { state: state.is } };
    case 'waitlisted':
      return state.place === null
        ? { words: m.event_waiting(), tone: 'honey' }
        : { fact: { state: 'waitlisted', place: state.place } };
    case 'offered':
      return { fact: { state: 'offered', until: soon(state.until, zone) } };
    case 'refused':
      return { fact: { state: 'refused', reason: reason(state, zone) } };
    case 'entered':
      return { words: m.draw_entered(), tone: 'honey' };
    case 'not-drawn':
      return { words: m.draw_not_drawn(), tone: 'plain' };
    case 'withdrawn':
      return { words: m.event_given_back(), tone: 'plain' };
    case 'lapsed':
      return { words: m.event_lapsed(), tone: 'plain' };
    case 'displaced':
      return { words: m.event_displaced(), tone: 'red' };
    case 'cancelled':
      return { words: session?.cancelled ? m.event_session_off() : m.event_cancelled(), tone: 'red' };
  }
}

type Refused = Extract<BookingIs, { is: 'refused' }>;

function reason(state: Refused, zone: string): string {
  return state.refusal.code === 'full' ? m.event_reason_full() : refusalSentence(state.refusal, zone);
}

/** "第 2 场": its number does not leave it for the next line. */
export const glued = (words: string): string => words.replace(/第 (\S+) (?=\p{Script=Han})/gu, '第\u00a0$1\u00a0');

/** "第 2 场", or its time where it has no name. */
export function sessionName(session: SessionFill, zone: string): string {
  return glued(session.name) || sessionTime(session, zone);
}

/** In the organiser's words, where a sentence of ours goes on after them. */
const unended = (words: string): string => words.trim().replace(/[。.；;，,]+$/u, '');

type Changing = Pick<BookingView, 'children' | 'adults'> & Partial<Pick<BookingView, 'wishes'>>;

/** "改成 2 大 1 小", or that the same people come and something else is answered. */
function changedWords(wish: PendingWish, booking: Changing | undefined): string {
  const { children, adults } = wish.party ?? { children: [], adults: 0 };
  const had = booking?.children.map(({ id }) => id);
  const same = had && booking?.adults === adults && had.length === children.length && had.every((id) => children.includes(id));
  if ((same || !wish.party) && booking?.wishes?.length) return m.draw_change();
  return same || !wish.party ? m.event_change_waits_answers() : m.event_change_waits({ party: partyWords(children.length, adults) });
}

/** "2 大 1 小". */
export function partyWords(children: number, adults: number): string {
  return adults > 0 ? m.event_change_party({ adults, children }) : m.event_change_party_children({ children });
}

/** Why a booking was not changed, and that it stands as it was. */
export function changeRefused(state: Failed, zone: string): string {
  const full = state.is === 'refused' && state.refusal.code === 'full';
  return full ? m.event_change_full() : m.event_change_refused({ reason: failedSentence(state, zone) });
}

/** A wish about a booking: what was asked, or why the school said no. */
export function pendingWords(wish: PendingWish, zone: string, booking?: Changing): string {
  if (wish.act === 'change-booking') return waits(wish.state) ? changedWords(wish, booking) : changeRefused(wish.state, zone);
  const refused = waits(wish.state) ? undefined : failedSentence(wish.state, zone);
  if (wish.act === 'accept-offer') return refused ? m.event_accept_refused({ reason: refused }) : m.event_accept_waits();
  if (wish.act === 'decline-offer') return refused ? m.event_decline_refused({ reason: refused }) : m.event_decline_waits();
  return refused ? m.event_give_back_refused({ reason: refused }) : m.event_give_back_waits();
}

/** "09:30 场". */
export function sessionTime(session: SessionFill, zone: string): string {
  return m.event_session_at({ time: clock(session.starts, zone) });
}

/** Why it did not work out and what is left: "您离线期间 9:00 场已报满，10:00 场还有 2 个名额。" */
export function refusedSentence(booking: BookingView, wasOffline: boolean, zone: string): string {
  if (booking.state.is !== 'refused') return '';
  const [other] = booking.state.instead;
  if (booking.state.refusal.code !== 'full') return refusalSentence(booking.state.refusal, zone);
  const time = sessionTime(booking.session, zone);
  if (!other) return wasOffline ? m.event_full_offline_none({ time }) : m.event_full_none({ time });
  const given = { time, other: sessionTime(other, zone), seats: other.open_seats };
  return wasOffline ? m.event_full_offline(given) : m.event_full_instead(given);
}

export interface WindowSaid {
  words: string;
  tone: Tone;
}

/** Why a booking has no seats, or may have none. Empty where nothing happened to it. */
export function lostWords({ state, session, put_back }: BookingView): string[] {
  if (state.is === 'cancelled') return [session.cancelled ? m.event_session_off_because({ reason: unended(state.reason) }) : m.event_reason({ reason: state.reason })];
  if (!put_back || (state.is !== 'displaced' && state.is !== 'waitlisted')) return [];
  const [seats, reason] = [session.capacity, unended(put_back.reason)];
  const cut = m.event_put_back({ seats, reason });
  if (state.is === 'displaced') return [cut, m.event_displaced_note()];
  return [cut, state.place === 1 || state.place === null ? m.event_put_back_first() : m.event_put_back_among()];
}

/** Who of a party is in, where and when: "09:21 在北门入场，2 / 3 人". */
export function cameWords({ size }: Pick<BookingView, 'size'>, came: PartyIn, zone: string): string {
  const given = { time: clock(came.at, zone), gate: nameShown(came.gate_name), people: came.people };
  if (came.left) return m.event_came_left(given);
  return came.people < size ? m.event_came_some({ ...given, size }) : m.event_came(given);
}

/** Why its seats are gone, since when, and what to do at the door. */
export function releasedWords({ released }: Pick<BookingView, 'released'>, zone: string, now: Date): string {
  return released ? m.event_released_at({ when: moment(released, zone, now) }) : m.event_released_note();
}

/** Of two clocks that are a breath apart the core's is right. */
const BREATH_MS = 1_000;

/** Whether sign-up is shut because it has not begun; whether it is shut at all is the core's to say. */
export function opensLater(line: Pick<EventLine, 'opens' | 'open_now'>, now: Date): boolean {
  return !line.open_now && now < instant(line.opens);
}

/** Its moment has come; the core will say so as soon as it is asked again. Nothing is closed before its time. */
export function opensNow(line: Pick<EventLine, 'opens' | 'closes' | 'open_now'>, now: Date): boolean {
  return !line.open_now && now >= instant(line.opens) && now.getTime() < instant(line.closes).getTime() - BREATH_MS;
}

/** The sign-up window: "12-01 周二 19:00 开放报名", "今晚 20:00 截止", "报名已截止". */
export function windowWords(line: Pick<EventLine, 'opens' | 'closes' | 'state' | 'open_now'>, zone: string, now: Date): WindowSaid {
  if (line.state.is === 'cancelled') return { words: m.event_cancelled(), tone: 'red' };
  if (line.state.is === 'draft') return { words: m.state_draft(), tone: 'plain' };
  if (opensLater(line, now)) return { words: m.event_opens({ when: moment(line.opens, zone, now) }), tone: 'blue' };
  if (opensNow(line, now)) return { words: m.event_opens_now(), tone: 'blue' };
  if (!line.open_now) return { words: m.event_closed(), tone: 'plain' };
  const soonDue = instant(line.closes).getTime() - now.getTime() < 36 * 3_600_000;
  return { words: m.event_closes({ when: soon(line.closes, zone, now) }), tone: soonDue ? 'red' : 'plain' };
}

/** "还有 12 个名额", "已报满，可以候补", "已报满". */
export function seatsWords(left: number, waitlist: boolean): string {
  if (left > 0) return m.event_seats_left({ count: left });
  return waitlist ? m.event_full_waitlist() : m.event_full();
}

/** "/ 60 人，候补 3", beside the number of seats taken. */
export function peopleWords({ capacity, waiting }: Pick<SessionFill, 'capacity' | 'waiting'>): string {
  return waiting > 0 ? m.event_of_people({ capacity, waiting }) : m.event_of_people_none({ capacity });
}

export function ruleWords(rule: SeatRule): string {
  const words = { adults: m.event_rule_adults, children: m.event_rule_children, everyone: m.event_rule_everyone };
  return words[rule]();
}

/** "只限 二年级", "只给第一次来的"; nothing where it is for everybody the event is for. */
export function onlyWords({ eligible, first_timers }: Pick<SessionFill, 'eligible' | 'first_timers'>, at: PlaceName): string[] {
  const places = eligible.length ? [m.event_session_only({ places: placesName(eligible, at.name) })] : [];
  return first_timers ? [...places, m.event_session_first()] : places;
}

/** What makes it hard to come: something at the same time, or on another campus and too close to get there. */
export function clashWords(clash: SessionClash, travel_min: number, zone: string): string {
  const given = { with: clash.with, time: clock(clash.at, zone) };
  return clash.too_far ? m.event_clash_far({ ...given, minutes: travel_min }) : m.event_clash(given);
}

export function list(words: readonly string[]): string {
  return words.join(m.common_comma());
}

/** "王梓萱、王梓墨，一年级3班"; the campus is named only where the event is for several. */
export function childrenWords(children: readonly ChildName[], at: PlaceName): string {
  const classOf = ({ class: place }: ChildName) => place && (place.name === at.name ? className(place) : placeName(place));
  const places = [...new Set(children.map(classOf))];
  if (places.length === 1) {
    const names = list(children.map(childName));
    return places[0] ? m.event_child_of({ child: names, place: places[0] }) : names;
  }
  return list(children.map((child) => childrenWords([child], at)));
}

export function forWhom(places: readonly PlaceName[], at: PlaceName): string {
  return places.length ? placesName(places, at.name) : placeName(at);
}

/** Where a session is, as families read it. */
export const whereWords = (line: EventLine, session: SessionFill): string => session.held_in?.name || line.venue || placeName(line.place);

/** The same with the campus. */
export function whereToGo(line: EventLine, session: SessionFill): string {
  const venue = session.held_in ?? line.held_in;
  const words = session.held_in?.name ?? line.venue;
  return [placeName(venue?.place ?? line.place), words].filter(Boolean).join(' ');
}

/** What the school copies into the class group: what, when, where, until when. Never who. */
export function groupText(opened: EventOpened, zone: string, now: Date): string {
  const { line } = opened;
  const sessions = line.sessions.map((s) => {
    const when = span(s.starts, s.ends, zone, now);
    const given = { name: s.name, when: s.held_in ? `${when} ${hereWords(s.held_in)}` : when };
    return s.cancelled === null ? m.event_group_session(given) : m.event_group_session_off(given);
  });
  const lines = [
    line.title,
    ...sessions,
    line.venue ? m.event_group_venue({ place: placeName(line.place), venue: line.venue }) : m.event_group_place({ place: placeName(line.place) }),
    m.event_group_for({ places: forWhom(opened.for_whom, line.place) }),
    line.draw && m.draw_group({ value: line.draw.public_value }),
    line.draw && 'roll_sha256' in line.draw.phase && m.draw_group_roll({ hash: line.draw.phase.roll_sha256 }),
    opensLater(line, now) && m.event_group_opens({ when: moment(line.opens, zone, now) }),
    line.state.is === 'cancelled'
      ? m.event_group_cancelled({ reason: line.state.reason })
      : m.event_group_closes({ when: moment(line.closes, zone, now) }),
  ];
  return lines.filter((one) => one).join('\n');
}

/** "周三 20:00 前可以取消"; who booked another time may leave until it begins. */
export function giveBackWords(booking: BookingView, zone: string): string {
  if (booking.moved) return m.event_give_back_moved();
  return m.event_give_back_until({ when: by(booking.withdraw_until, zone) });
}

/** When the school took it; a wish carries the time at which it was made here. */
export function atWords({ at, state }: Pick<DeskBooking, 'at' | 'state'>, zone: string): string {
  const when = moment(at, zone);
  return ['saved', 'sent', 'refused'].includes(state.is) ? m.sync_composed({ when }) : m.event_at({ when });
}
