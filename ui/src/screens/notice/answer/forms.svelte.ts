// Filling in a form for each child. What is typed survives a kill, until the school has it.
import { untrack } from 'svelte';
import type { FormField, NoticeOpened, SheetCell } from '$lib/bindings';
import { DraftKeeper } from '$lib/draft.svelte';
import { isPending } from '$lib/items';
import { mineOf } from '../replies';
import { replyOf, sameReply, typedOf } from './form';
import { Typing } from './typing.svelte';

export class Forms {
  readonly typing = new Typing<string[]>();
  readonly keeper: DraftKeeper;
  ready = $state(false);
  #notice: () => NoticeOpened;

  /** Call while a component initialises. */
  constructor(notice: () => NoticeOpened) {
    this.#notice = notice;
    this.keeper = new DraftKeeper(`notice.answer.${notice().line.id}`);
    void this.#restore();
    $effect(() => {
      const unsettled = this.typing.unsettled(notice().sheet);
      const body = Object.keys(unsettled).length ? JSON.stringify(unsettled) : '';
      if (this.ready) untrack(() => this.keeper.keep(body));
    });
    $effect(() => () => void this.keeper.flush());
  }

  get fields(): FormField[] {
    const { ask } = this.#notice().line;
    return ask.is === 'fill-in' ? ask.fields : [];
  }
  /** What the school has. */
  held(cell: SheetCell): string[] {
    const reply = mineOf(cell)?.now.reply;
    return reply?.is === 'fill-in' ? typedOf(reply, this.fields) : this.fields.map(() => '');
  }
  value(cell: SheetCell): string[] {
    return this.typing.value(cell) ?? this.held(cell);
  }

  async #restore(): Promise<void> {
    const kept = read(await this.keeper.restore());
    for (const cell of this.#notice().sheet) {
      const values = kept[cell.child.id];
      if (!values || values.length !== this.fields.length) continue;
      const answers = cell.answers.flatMap(({ now, earlier }) => [now, ...earlier]);
      const arrived = answers.some(({ reply }) => reply.is === 'fill-in' && sameReply(reply, replyOf(this.fields, values)));
      // It arrived after the window was closed: nothing is left to send.
      if (arrived && !isPending(cell.pending)) continue;
      this.typing.type(cell, values, arrived);
    }
    this.ready = true;
  }
}

/** One that an older window wrote differently counts as none. */
function read(body: string): Record<string, string[]> {
  try {
    const found: unknown = JSON.parse(body || '{}');
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]) && entry[1].every((value) => typeof value === 'string')));
  } catch {
    return {};
  }
}
