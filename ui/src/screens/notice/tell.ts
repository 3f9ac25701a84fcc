// How a notice is said outside its own page.
import type { Ask, Changed } from '$lib/bindings';
import { moment } from '$lib/when';
import { m } from '$messages';

/** A title around its changed fact. */
export function splitTitle(title: string, changed: Changed | null): { before: string; fact: Changed | null; after: string } {
  const at = changed ? title.indexOf(changed.now) : -1;
  if (!changed || at < 0) return { before: title, fact: null, after: '' };
  return { before: title.slice(0, at).trimEnd(), fact: changed, after: title.slice(at + changed.now.length).trimStart() };
}

/** For a class's WeChat group: title and deadline. It is given no names, so it can tell none. */
export function groupText(notice: { title: string; ask: Ask; due: string | null }, zone: string): string {
  const { title } = notice;
  const acknowledge = notice.ask === 'acknowledge';
  if (!notice.due) return acknowledge ? m.notice_group_text_ack({ title }) : m.notice_group_text({ title });
  const due = moment(notice.due, zone);
  return acknowledge ? m.notice_group_text_due({ title, due }) : m.notice_group_text_due_read({ title, due });
}

/** "1:32" until it goes out. */
export function leftUntil(until: string, now: Date): string {
  const seconds = Math.max(0, Math.ceil((new Date(until).getTime() - now.getTime()) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Puts text on the clipboard; says whether it is there. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
