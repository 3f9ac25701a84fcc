// Who speaks, who is in it, and what somebody wrote, in words.
import type { ChildName, MessageView, Partner, PartnerChoice, Speaker } from '$lib/bindings';
import { givenName } from '$lib/child';
import { relationName } from '$lib/person';
import { m } from '$messages';
import { hoursWords } from '../settings/hours';

/** "张晓梅 班主任"; "雨桐妈妈（刘芳）". */
export function speakerName(by: Speaker, child: ChildName): string {
  const { capacity, name } = by;
  if (capacity.is === 'staff') return m.conversation_staff({ name, title: capacity.title });
  return m.common_guardian({ child: givenName(child.name), relation: relationName(capacity.relation), name });
}

/** How a member of staff came into it; empty for whoever was there from the first. */
export function cameWords({ came }: Partner): string {
  if (came.is === 'brought-in') return m.conversation_brought_in({ by: came.by });
  return came.is === 'took-over' ? m.conversation_took_over({ from: came.from }) : '';
}

/** A member of staff to choose: by name, and by what the school calls the hat. */
export function choiceOf({ role, name, title, subject, office_hours }: PartnerChoice) {
  const hours = office_hours && m.conversation_hours_of({ hours: hoursWords(office_hours) });
  return { value: role, label: name, note: [title, subject, hours].filter(Boolean).join(' · ') };
}

/** What it says in one line of a list or a quotation. */
export const oneLine = (text: string): string => text || m.conversation_deleted_short();

export type Piece = { text: string } | { link: string; host: string };

/** Only what a browser would open, up to the first space or Chinese sign; a full stop at its end is the sentence's. */
const LINK = /https?:\/\/[^\s<>"'，。；：！？、（）《》【】“”‘’\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/gi;

/** Text and the links in it. A link is told by its host: what it calls itself may lie. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const link = match[0].replace(/[.,;:!?)\]]+$/, '');
    const host = hostOf(link);
    if (!host) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ link, host });
    from = match.index + link.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

function hostOf(link: string): string {
  try {
    return new URL(link).host;
  } catch {
    return '';
  }
}

/** Names of those who show that they have read up to here. */
export function readers(marks: readonly { name: string; up_to: number }[], seq: number): string[] {
  return marks.filter(({ up_to }) => up_to >= seq).map(({ name }) => name);
}

/** The last message of one's own that the school has: read marks stand under it. */
export function lastOwn(messages: readonly MessageView[]): string | undefined {
  return messages.findLast(({ own, pending, deleted }) => own && !pending && !deleted)?.id;
}

/** What was said, in words; what is only a file is called by its name. */
export const textOf = ({ text, files }: Pick<MessageView, 'text' | 'files'>): string => text || (files[0]?.attachment.name ?? '');
