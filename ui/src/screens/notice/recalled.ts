// A notice that was taken back, as those read it who had it: nothing of what it said is here.
import type { NoticeLine } from '$lib/bindings';
import { m } from '$messages';

/** Only its author keeps what it said; a notice that says something has a title. */
export const isTrace = (line: NoticeLine): boolean => line.state.is === 'recalled' && !line.title;

/** What stands where the title stood: what its author says instead. */
export function traceWords(line: NoticeLine): string {
  return line.state.is === 'recalled' && line.state.words ? line.state.words : m.notice_recalled_title();
}
