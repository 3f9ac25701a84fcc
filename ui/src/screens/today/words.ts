// Today's things in words.
import type { BookingView, ChildName, Coming, DayView, Duty, DutyKind, EventSoon, FamilyToday, OutboxItem, PendingWish, SessionFill } from '$lib/bindings';
import { waits } from '$lib/items';
import { className } from '$lib/place';
import { instant, moment, soon } from '$lib/when';
import { wordOf, type Fact, type Tone } from '$lib/states';
import type { Lane, WeekDay } from '$parts/WeekStrip.svelte';
import { getLocale } from '$lib/paraglide/runtime.js';
import { m } from '$messages';
import { toneOf as meetingTone } from '../conference/words';
import { pendingWords, said, sessionName } from '../event/words';
import { signOf } from '../holidays/words';

/** What is due within this time is said in red. */
const SOON_MS = 36 * 3_600_000;

export interface DueSaid {
  words: string;
  due: boolean;
}

/** "今晚 20:00 截止", "周二 18:00 前", "昨天 18:00 已到期". */
export function dueWords(duty: Duty, zone: string, now: Date): DueSaid | null {
  if (!duty.due) return null;
  const when = soon(duty.due, zone, now);
  const left = instant(duty.due).getTime() - now.getTime();
  // Whoever is to be received may still come: nothing is overdue.
  if (left <= 0 && duty.what.is === 'receive') return { words: m.guest_today_when({ when }), due: true };
  if (left <= 0) return { words: m.today_overdue({ when }), due: true };
  const words = { answer: m.common_when_by, choose: m.today_closes, offer: m.today_confirm_by, meet: m.today_closes, contest: m.common_when_by, renew: m.common_when_by, 'still-coming': m.common_when_by, 'fill-turns': m.turn_opens_at, come: m.getting_until, receive: m.guest_today_when }[duty.what.is]({ when });
  return { words, due: duty.what.is === 'offer' || left < SOON_MS };
}

type Choose = Extract<DutyKind, { is: 'choose' }>;

/** "11-26 周四 08:30 起，3 场，还剩 12 个名额". */
export function chooseWords(what: Choose, zone: string, now: Date): string {
  const when = moment(what.starts, zone, now);
  if (what.left === 0) return m.today_choose_full({ when });
  if (what.sessions === 1) return m.today_choose_one({ when, left: what.left });
  return m.today_choose_meta({ when, sessions: what.sessions, left: what.left });
}

export const titleOf = ({ what }: Duty): string => (what.is === 'offer' ? what.booking.title : what.is === 'renew' ? what.name : what.is === 'fill-turns' ? m.turn_duty({ class: className(what.class), count: what.missing }) : what.is === 'receive' ? m.guest_today({ name: what.name }) : what.title);

/** "新‘心’相印，第 2 场，2 人"; "护学岗，东门". */
export function comingWords(one: Coming, zone: string): string {
  if (one.what.is === 'booking') {
    const { session, size } = one.what.booking;
    return m.today_coming_booking({ title: one.title, session: sessionName(session, zone), count: size });
  }
  if (one.what.is === 'meeting') {
    const { kind, person_name: name } = one.what.meeting;
    return kind === 'guidance' ? m.today_coming_guidance({ name }) : m.today_coming_meeting({ title: one.title, name });
  }
  return one.place ? m.today_coming_place({ title: one.title, place: one.place }) : one.title;
}

/** A shift's or a change's state; a booking has more to say. `items`: the outbox, which knows whether it was sent. */
export function comingFact(one: Coming, items: readonly OutboxItem[]): Fact {
  if (one.what.is === 'changed') return { state: 'changed' };
  if (one.what.is === 'booking' || one.what.is === 'meeting' || one.what.is === 'contest' || !one.what.pending) return { state: 'confirmed' };
  const sent = items.some(({ about, state }) => about.act === 'take-shift' && about.title === one.title && state.is === 'sent');
  return { state: sent ? 'sent' : 'saved' };
}

function toneOf({ what }: Coming, zone: string): Tone {
  if (what.is === 'changed') return 'blue';
  if (what.is === 'meeting') return meetingTone(what.meeting.state);
  if (what.is === 'contest') return 'green';
  if (what.is === 'shift') return what.pending ? 'honey' : 'green';
  const words = said(what.booking.state, zone, what.booking.session);
  if (!('fact' in words)) return words.tone;
  const tones: Partial<Record<Fact['state'], Tone>> = { confirmed: 'green', offered: 'red', refused: 'red' };
  return tones[words.fact.state] ?? 'honey';
}

/** "取消报名：已保存在本机，联网后自动提交"; why not, where the school said no. */
export function wishWords(wish: PendingWish, zone: string, booking?: Pick<BookingView, 'children' | 'adults'>): string {
  const what = pendingWords(wish, zone, booking);
  return waits(wish.state) ? m.today_wish({ what, state: wordOf({ state: wish.state.is }) }) : what;
}

/** What fits a narrow column: what stands before a comma or a quotation, unless that is within a phrase; else the first letters. */
export function shortTitle(title: string): string {
  const [head = title] = title.split(/[，,：:（(]/);
  const [lead = '', ...quoted] = head.split(/[“”"‘’「」《》]/).map((part) => part.trim());
  const phrase = [...lead].length === 1 ? head.trim() : lead || quoted.find((part) => [...part].length > 1);
  const bare = phrase || title;
  const letters = [...bare];
  const most = /\p{Script=Han}/u.test(bare) ? 6 : 14;
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : bare;
}

/**
 * "2026-11-23" in the school's zone. Put together from its parts: how a locale orders them differs between the
 * libraries of two web views.
 */
export function dateIn(at: string, zone: string): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const of: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format.formatToParts(instant(at))) of[type] = value;
  return `${of.year}-${of.month}-${of.day}`;
}

/** "一 23", "Mo 23". */
export function weekDays(dates: readonly string[], today: string, marks: readonly DayView[] = []): WeekDay[] {
  const named = new Intl.DateTimeFormat(getLocale(), { timeZone: 'UTC', weekday: getLocale() === 'en' ? 'short' : 'narrow' });
  // Two letters tell English days apart; one character is enough in Chinese.
  const weekday = (date: string) => named.format(new Date(`${date}T00:00:00Z`)).slice(0, 2);
  return dates.map((date) => ({
    date,
    label: m.today_week_day({ weekday: weekday(date), day: Number(date.slice(8)) }),
    today: date === today,
    mark: marks.filter((one) => one.date === date).map(({ kind }) => signOf(kind))[0],
  }));
}

/** One lane a child; the guardian's own, where something is on. */
export function lanesOf(day: FamilyToday, zone: string, clock: (at: string) => string, open: (one: Coming) => void): Lane[] {
  const shown = day.coming.filter((one) => day.week.includes(dateIn(one.starts, zone)));
  const lane = (id: string, name: string, mine: (one: Coming) => boolean): Lane => ({
    child: { id, name },
    entries: shown.filter(mine).map((one, i) => ({
      id: `${one.starts} ${i}`,
      date: dateIn(one.starts, zone),
      words: `${clock(one.starts)}\n${shortTitle(one.title)}`,
      tone: toneOf(one, zone),
      onopen: () => open(one),
    })),
  });
  const lanes = day.children.map((child) => lane(child.id, child.name, (one) => one.children.some(({ id }) => id === child.id)));
  const own = lane('me', m.today_me(), (one) => one.children.length === 0);
  return own.entries.length ? [...lanes, own] : lanes;
}

/** "12-01 周二 19:00 开放报名". */
export function eventWords(event: EventSoon, zone: string, now: Date): string {
  const words = { opens: m.today_opens, closes: m.today_event_closes, starts: m.today_starts };
  return words[event.when]({ when: soon(event.at, zone, now) });
}

export function fillWords({ used, capacity, waiting }: Pick<SessionFill, 'used' | 'capacity' | 'waiting'>): string {
  return waiting ? m.today_fill_waiting({ used, capacity, waiting }) : m.today_fill({ used, capacity });
}

export const listOf = (children: readonly ChildName[], name: (child: ChildName) => string): string => children.map(name).join(m.common_comma());
