// Conference days and the guidance station in words.
import type { ChildName, ClassChild, ClassGuardian, ConferenceKind, ConferenceLine, MeetingIs, MeetingView, PlannedMeeting, Refusal, RoleKind } from '$lib/bindings';
import { failedSentence, type Failed } from '$lib/items';
import { refusalSentence } from '$lib/refusals';
import type { Fact, Tone } from '$lib/states';
import { clock, day, longDay, soon, span } from '$lib/when';
import { m } from '$messages';

export const LIMITS = { title: 80, about: 4_000, reason: 200, words: 200, room: 40, note: 2_000, minutes: 120, least: 5, buffer: 60, breaks: 8 };

/** What the outbox calls these acts. */
export const CONFERENCE_ACTS = ['open-conference', 'change-conference', 'cancel-conference', 'offer-slots', 'withdraw-slots', 'please-come', 'book-meetings', 'withdraw-meeting', 'cancel-meeting', 'write-meeting-note'] as const;

export const kindWords = (kind: ConferenceKind): string => (kind === 'guidance' ? m.conference_kind_guidance() : m.conference_kind_day());

const roles: Record<RoleKind, () => string> = {
  'class-teacher': m.common_kind_class_teacher,
  'subject-teacher': m.common_kind_subject_teacher,
  coordinator: m.common_kind_coordinator,
  head: m.common_kind_head,
  counsellor: m.common_kind_counsellor,
  administrator: m.common_kind_administrator,
};
export const roleWords = (role: RoleKind): string => roles[role]();

type Times = Pick<ConferenceLine, 'starts' | 'ends'>;

/** "12-05 周六 09:00–16:30"; that nobody has offered a time yet. */
export function timesWords({ starts, ends }: Times, zone: string, now: Date): string {
  return starts && ends ? span(starts, ends, zone, now) : m.conference_no_times();
}

/** When one can book, or could. */
export function windowWords(line: ConferenceLine, zone: string, now: Date): { words: string; tone: Tone } {
  if (line.state.is === 'cancelled') return { words: m.conference_called_off(), tone: 'red' };
  if (line.open_now) return { words: m.conference_closes({ when: soon(line.closes, zone, now) }), tone: 'honey' };
  if (new Date(now) < at(line.opens)) return { words: m.conference_opens({ when: soon(line.opens, zone, now) }), tone: 'blue' };
  return { words: m.conference_closed({ when: soon(line.closes, zone, now) }), tone: 'plain' };
}
const at = (zoned: string) => new Date(zoned.replace(/\[.*$/, ''));

/** What is said of a meeting: the words every screen shares where there are some, else its own. */
export function saidOf(state: MeetingIs): { fact: Fact } | { words: string; tone: Tone } {
  switch (state.is) {
    case 'saved':
    case 'sent':
      return { fact: { state: state.is } };
    case 'booked':
      return { words: m.conference_booked(), tone: 'green' };
    case 'refused':
      return { words: m.conference_refused(), tone: 'red' };
    case 'withdrawn':
      return { words: m.conference_withdrawn(), tone: 'plain' };
    case 'cancelled':
      return { words: m.conference_cancelled(), tone: 'red' };
  }
}

export function toneOf(state: MeetingIs): Tone {
  const said = saidOf(state);
  return 'fact' in said ? 'honey' : said.tone;
}

/** Whether the family still counts on it. */
export const isLive = ({ state }: Pick<MeetingView, 'state'>): boolean => state.is === 'saved' || state.is === 'sent' || state.is === 'booked';

/** One reason means something else of a meeting than of an event. */
export function meetingRefusal(refusal: Refusal, zone: string): string {
  switch (refusal.code) {
    case 'changed-meanwhile':
      return m.conference_no_hours_changed();
    case 'event-not-open':
      return m.conference_no_longer();
    case 'not-open-yet':
      return m.conference_no_not_yet({ when: soon(refusal.opens, zone) });
    case 'closed':
      return m.conference_no_closed({ when: soon(refusal.since, zone) });
    case 'started':
      return m.conference_no_started({ when: soon(refusal.since, zone) });
    case 'not-eligible':
      return m.conference_no_not_eligible();
    case 'too-many':
      return m.conference_no_too_many({ limit: refusal.limit });
    case 'seats-held':
      return m.conference_no_held({ count: refusal.used });
    case 'audience-changed':
      return m.conference_no_count({ seen: refusal.seen, now: refusal.now });
    case 'malformed':
      return m.conference_no_malformed();
    default:
      return refusalSentence(refusal, zone);
  }
}

export const meetingFailed = (state: Failed, zone: string): string => (state.is === 'refused' ? meetingRefusal(state.refusal, zone) : failedSentence(state, zone));

/** What lies between a meeting and the one before it; nothing before the first. */
export function gapWords({ gap_min: gap, travels, place }: Pick<PlannedMeeting, 'gap_min' | 'travels' | 'place'>, travel: number): string {
  if (gap === null) return '';
  if (travels) return m.conference_gap_travel({ place: place.name, minutes: gap, travel });
  return gap > 0 ? m.conference_gap({ minutes: gap }) : m.conference_gap_none();
}

/** "12 月 5 日 星期六", once for all that lies on it. */
export function byDay<T extends { starts: string }>(items: readonly T[], zone: string): { day: string; items: T[] }[] {
  const days: { key: string; day: string; items: T[] }[] = [];
  for (const item of items) {
    const key = day(item.starts, zone);
    const last = days.at(-1);
    if (last?.key === key) last.items.push(item);
    else days.push({ key, day: longDay(item.starts, zone), items: [item] });
  }
  return days;
}

export const hours = ({ starts, ends }: { starts: string; ends: string }, zone: string): string => `${clock(starts, zone)}–${clock(ends, zone)}`;

/** "李雨桐家长（刘芳）": staff think by child. */
export const comesWords = (child: string, meeting: Pick<MeetingView, 'guardian_name'>): string => m.conference_comes({ child, name: meeting.guardian_name });

/** Where on which campus; the campus alone where no room is named. */
export const whereWords = (room: string, campus: string): string => (room ? m.conference_where({ room, campus }) : campus);

/** Guardians who are told of every one of these children: who has their messages may meet about them. */
export function readers(children: readonly ClassChild[]): ClassGuardian[] {
  const [first, ...others] = children;
  const reads = ({ guardians }: ClassChild, person: string) => guardians.some((one) => one.person === person && one.rights.includes('messages'));
  return (first?.guardians ?? []).filter(({ person }) => [first!, ...others].every((child) => reads(child, person)));
}

export const keyOf = (child: Pick<ChildName, 'id'>, person: string): string => `${child.id} ${person}`;
