// Whom a list on paper is for.
import type { SheetCell } from '$lib/bindings';
import { isPending } from '$lib/items';

/** Families nothing reaches, and that may be asked on paper; why a family may not receive is for the office alone. */
export const toPrint = (cells: readonly SheetCell[]): SheetCell[] => cells.filter((cell) => (cell.unreached === 'on-paper' || cell.unreached === 'not-joined') && !cell.done && !isPending(cell.pending));
