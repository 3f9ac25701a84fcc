// Who speaks, who is in it, and what somebody wrote, in words.
import type { Addressee, ChildName, InboxLine, InboxPartner, MessageView, Partner, PartnerChoice, Speaker } from '$lib/bindings';
import type { Choice } from '$parts/Combobox.svelte';
import { givenName } from '$lib/child';
import { relationName } from '$lib/person';
import { m, nameShown } from '$messages';
import { hoursWords } from '../settings/hours';

/** "张晓梅 班主任"; "雨桐妈妈（刘芳）". */
export function speakerName(by: Speaker, child: ChildName): string {
  const { capacity, name } = by;
  if (capacity.is === 'staff') return m.conversation_staff({ name, title: capacity.title });
  return m.common_guardian({ child: givenName(child.name), relation: relationName(capacity.relation), name });
}

/** "张晓梅 班主任"; who only reads along is called so wherever the name stands. */
export function partnerWords({ name, title, reads_only }: Partner): string {
  const who = m.conversation_staff({ name, title });
  return reads_only ? m.conversation_reads_only_of({ who }) : who;
}

/** Everybody of the school in it: staff, then shared inboxes. */
export const circleWords = (it: { with: readonly Partner[]; inboxes: readonly InboxPartner[] }): string[] => [...it.with.map(partnerWords), ...it.inboxes.map(({ name }) => nameShown(name))];

/** "3 位老师看得到：熊立新（校长）、…". */
export function readersWords({ readers }: Pick<InboxLine, 'readers'>): string {
  if (!readers.length) return m.inbox_readers_none();
  return m.inbox_readers({ count: readers.length, names: readers.map(({ name, title }) => m.inbox_reader({ name, title })).join(m.common_comma()) });
}

/** How somebody of the school or an inbox came into it; empty for whoever was there from the first. */
export function cameWords({ came }: Pick<Partner, 'came'>): string {
  if (came.is === 'appointed') return m.conversation_appointed({ by: came.by });
  if (came.is === 'brought-in') return m.conversation_brought_in({ by: came.by });
  return came.is === 'took-over' ? m.conversation_took_over({ name: came.from }) : '';
}

/** A member of staff to choose: by name, and by what the school calls the hat. */
export function choiceOf({ role, name, title, subject, office_hours }: PartnerChoice) {
  const hours = office_hours && m.conversation_hours_of({ hours: hoursWords(office_hours) });
  return { value: role, label: nameShown(name), note: [title, subject, hours].filter(Boolean).join(' · ') };
}

/** Staff and shared inboxes to choose from, each under its own heading; an inbox says what it is for and who reads it. */
export function whomOf(staff: readonly PartnerChoice[], inboxes: readonly InboxLine[]): Choice[] {
  const heads = inboxes.length > 0;
  return [
    ...staff.map((one) => ({ ...choiceOf(one), group: heads ? m.conversation_group_staff() : undefined })),
    ...inboxes.map((one) => ({ value: one.inbox, label: nameShown(one.name), group: m.conversation_group_inboxes(), below: [one.about, readersWords(one)].filter(Boolean) })),
  ];
}

/** Whom a choice of `whomOf` means. */
export const addressee = (value: string, inboxes: readonly Pick<InboxLine, 'inbox'>[]): Addressee => (inboxes.some(({ inbox }) => inbox === value) ? { is: 'inbox', inbox: value } : { is: 'role', role: value });

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
