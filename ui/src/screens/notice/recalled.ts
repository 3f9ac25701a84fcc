// A notice that was taken back or replaced, as those read it who had it: nothing of what it said is here.
import type { NoticeLine } from '$lib/bindings';
import { m } from '$messages';

/** Only its author keeps what it said, and not as one of the family it was for. */
export const isTrace = (line: NoticeLine): boolean => (line.state.is === 'recalled' || line.state.is === 'superseded') && (!line.mine || line.children.length > 0);

export const traceTitle = (line: NoticeLine): string => (line.state.is === 'superseded' ? m.notice_replaced_title() : m.notice_recalled_title());

/** What stands where the title stood: what its author says instead. */
export function traceWords(line: NoticeLine): string {
  return line.state.is === 'recalled' && line.state.words ? line.state.words : m.notice_recalled_title();
}
