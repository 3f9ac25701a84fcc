// The counts of an import: what confirming it would write.
import type { ChangeSort, Counts, FaultLine, ImportPreviewed } from '$lib/bindings';
import { m } from '$messages';

/** Who leaves, as it was ticked. */
export interface Leave {
  pupils: boolean;
  staff: boolean;
}

export const SORTS: readonly ChangeSort[] = ['new', 'changed', 'moved', 'left', 'staff'];
export type Tab = ChangeSort | 'faults';

export function tabWord(tab: Tab): string {
  const words: Record<Tab, () => string> = {
    new: m.import_tab_new,
    changed: m.import_tab_changed,
    moved: m.import_tab_moved,
    left: m.import_tab_left,
    staff: m.import_tab_staff,
    faults: m.import_tab_faults,
  };
  return words[tab]();
}

/** Whether somebody may be let go at all: not while lines are of nobody known. */
export const mayLetGo = ({ unidentified }: Counts): boolean => unidentified === 0;

/** Absence from the file alone takes nobody out: pupils and staff leave only when that is ticked, each by itself. */
export function leaving(counts: Counts, leave: Leave): { pupils: number; staff: number } {
  const may = mayLetGo(counts);
  return { pupils: may && leave.pupils ? counts.left : 0, staff: may && leave.staff ? counts.staff_left : 0 };
}

export function toWrite(counts: Counts, leave: Leave): number {
  const { pupils, staff } = leaving(counts, leave);
  return counts.new + counts.changed + counts.moved + counts.staff + pupils + staff;
}

/** Lines that are not imported, and places somebody should look at. */
export function faultSums(faults: readonly FaultLine[]): { errors: number; hints: number } {
  const hints = faults.filter(({ hint }) => hint).length;
  const lines = new Set(faults.filter(({ hint }) => !hint).map(({ sheet, line }) => `${sheet} ${line}`));
  return { errors: lines.size, hints };
}

/** Tabs with something in them, in the order of the words 新增 变更 换班 转出; what is wrong first of all. */
export function tabsOf({ counts, faults }: ImportPreviewed): { value: Tab; label: string; count: number }[] {
  const sorts = SORTS.map((sort) => ({ value: sort as Tab, label: tabWord(sort), count: counts[sort] }));
  const wrong = faults.length ? [{ value: 'faults' as Tab, label: tabWord('faults'), count: faults.length }] : [];
  return [...wrong, ...sorts];
}
