// What is being answered for each child, kept on the screen until the school has it.
import type { SheetCell } from '$lib/bindings';
import { hasFailed, isPending } from '$lib/items';

interface Typed<V> {
  value: V;
  /** It is in the outbox, or was. */
  sent: boolean;
}

export class Typing<V> {
  #typed = $state.raw<Readonly<Record<string, Typed<V>>>>({});

  /** Still to be sent, or to be sent again: refused, or taken back. */
  #live({ child, done, pending }: SheetCell): Typed<V> | undefined {
    const typed = this.#typed[child.id];
    return typed && (!typed.sent || hasFailed(pending) || !done) ? typed : undefined;
  }

  /** Whether it can be answered now: for the first time, or because 修改 was pressed. */
  isOpen(cell: SheetCell): boolean {
    return cell.may_answer && !isPending(cell.pending) && (!cell.done || this.#live(cell) !== undefined);
  }
  value(cell: SheetCell): V | undefined {
    return this.#live(cell)?.value;
  }
  type(cell: SheetCell, value: V, sent = false): void {
    this.#typed = { ...this.#typed, [cell.child.id]: { value, sent } };
  }
  /** It went into the outbox; should the school say no, it is still here. */
  sent(cell: SheetCell): void {
    const typed = this.#typed[cell.child.id];
    if (typed) this.type(cell, typed.value, true);
  }
  drop({ child }: SheetCell): void {
    const { [child.id]: _, ...others } = this.#typed;
    this.#typed = others;
  }
  /** What the school does not have yet, by child: what would be lost with the window. */
  unsettled(cells: readonly SheetCell[]): Record<string, V> {
    const kept = cells.flatMap((cell): [string, V][] => {
      const typed = this.#live(cell) ?? (isPending(cell.pending) ? this.#typed[cell.child.id] : undefined);
      return typed ? [[cell.child.id, typed.value]] : [];
    });
    return Object.fromEntries(kept);
  }
}
