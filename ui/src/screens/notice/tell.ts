// How a notice is said outside its own page.
import type { Ask, Changed } from '$lib/bindings';
import { schoolNow } from '$lib/school.svelte';
import { instant, moment } from '$lib/when';
import { m } from '$messages';

/** A title around its changed fact. */
export function splitTitle(title: string, changed: Changed | null): { before: string; fact: Changed | null; after: string } {
  const at = changed ? title.indexOf(changed.now) : -1;
  if (!changed || at < 0) return { before: title, fact: null, after: '' };
  return { before: title.slice(0, at).trimEnd(), fact: changed, after: title.slice(at + changed.now.length).trimStart() };
}

type GroupWords = (given: { title: string }) => string;
type GroupWordsDue = (given: { title: string; due: string }) => string;

/** For a class's WeChat group: title, deadline, and what to do. It is given no names, so it can tell none. */
export function groupText(notice: { title: string; ask: Ask; due: string | null }, zone: string): string {
  const { title, ask, due } = notice;
  const words: Record<Ask['is'], [GroupWords, GroupWordsDue]> = {
    nothing: [m.notice_group_text, m.notice_group_text_due_read],
    read: [m.ask_group_read, m.ask_group_read_due],
    acknowledge: [m.notice_group_text_ack, m.notice_group_text_due],
    choose: [m.ask_group_choose, m.ask_group_choose_due],
    'fill-in': [m.ask_group_fill_in, m.ask_group_fill_in_due],
    sign: [m.ask_group_sign, m.ask_group_sign_due],
  };
  const [plain, dated] = words[ask.is];
  return due ? dated({ title, due: moment(due, zone) }) : plain({ title });
}

/** "1:32" until it goes out. */
export function leftUntil(until: string, now: Date): string {
  const seconds = Math.max(0, Math.ceil((new Date(until).getTime() - now.getTime()) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Longer than anybody counts down. */
const LONG_MS = 3_600_000;

/** It was set to go out then. */
export const isSetFor = (until: string): boolean => instant(until).getTime() - schoolNow().getTime() > LONG_MS;

/** Puts text on the clipboard; says whether it is there. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
