// Rows that are written one under the other: moved, taken out, pasted.
import { tick } from 'svelte';

/** One up or down; the ends are the ends. */
export function moved<T>(rows: readonly T[], from: number, to: number): T[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row === undefined || to < 0 || to >= rows.length) return [...rows];
  next.splice(to, 0, row);
  return next;
}

export const without = <T>(rows: readonly T[], at: number): T[] => rows.filter((_, i) => i !== at);

export const replaced = <T>(rows: readonly T[], at: number, row: T): T[] => rows.map((one, i) => (i === at ? row : one));

/** "1. ", "2、", "（3）", "④", "- ": what a list in a chat puts before each line. */
const MARK = /^\s*(?:[（(]?\d{1,2}\s*[.．、)）:：](?!\d)|[①-⑳•·*]|-(?=\s))\s*/u;

/** The lines of what was pasted, as rows. A 接龙 out of WeChat brings its heading along: only its numbered lines count. */
export function pastedRows(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const isRollCall = /^#?\s*接龙/.test(lines[0] ?? '');
  const rows = isRollCall ? lines.filter((line) => MARK.test(line)) : lines;
  return rows.map((line) => line.replace(MARK, '').trim()).filter(Boolean);
}

/** Digits as a number, also full-width ones; `null` where there are none. */
export function wholeNumber(typed: string): number | null {
  const digits = typed.normalize('NFKC').replace(/\D/g, '');
  return digits ? Number(digits) : null;
}

/** Puts the focus where the work goes on: into a row, or on the button that moved it there. */
export async function focusRow(list: HTMLElement, at: number, moved: -1 | 0 | 1 = 0): Promise<void> {
  await tick();
  const row = list.children[at];
  const buttons = row?.querySelectorAll<HTMLButtonElement>('[data-move]');
  const button = moved ? buttons?.[moved < 0 ? 0 : 1] : undefined;
  (button && !button.disabled ? button : row?.querySelector<HTMLElement>('[data-row]'))?.focus();
}
