// Which cells of a sheet are looked at. The counts beside it and the sheet itself are two parts of one screen.
import type { NoticeOpened, SheetCell } from '$lib/bindings';
import { disagrees, isDone, settledAnswers } from '../cells';

export type Filter = 'all' | 'open' | 'done' | 'agrees' | 'disagrees' | `choice-${number}`;

const signed = (cell: SheetCell, agrees: boolean) => settledAnswers(cell).some(({ now }) => now.reply.is === 'sign' && now.reply.agrees === agrees);

/** Agreed is what everybody asked agreed to; one who disagrees is enough to look at the child. */
export function isIn(cell: SheetCell, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return !isDone(cell);
    case 'done':
      return isDone(cell);
    case 'agrees':
      return isDone(cell) && signed(cell, true) && !settledAnswers(cell).some(disagrees);
    case 'disagrees':
      return signed(cell, false);
    default: {
      const place = Number(filter.slice('choice-'.length));
      return settledAnswers(cell).some(({ now }) => now.reply.is === 'choose' && now.reply.choices.includes(place));
    }
  }
}

export const countIn = (cells: readonly SheetCell[], filter: Filter): number => cells.reduce((sum, cell) => sum + Number(isIn(cell, filter)), 0);

class SheetView {
  #notice = $state('');
  #filter = $state<Filter>('all');

  /** What is looked at of this notice; of another one everything is. */
  of({ line }: Pick<NoticeOpened, 'line'>): Filter {
    return this.#notice === line.id ? this.#filter : 'all';
  }
  look({ line }: Pick<NoticeOpened, 'line'>, filter: Filter): void {
    this.#notice = line.id;
    this.#filter = filter;
  }
}

export const view = new SheetView();
