// A notice that asks to be read: open on a visible screen for a moment, it was read.
import { asFault, call } from '$lib/api';
import type { NoticeOpened } from '$lib/bindings';
import { faultWords } from '$lib/faults';
import { isPending } from '$lib/items';
import { replyFor } from '../answering';

/** Shorter, and it was only passed by. */
export const READ_MS = 2_000;

export class Seen {
  trouble = $state('');
  #notice: () => NoticeOpened;
  #asked = new Set<string>();

  /** Call while a component initialises. */
  constructor(notice: () => NoticeOpened) {
    this.#notice = notice;
    // As text: news of the notice that change nothing here must not start the time anew.
    const unread = $derived(this.#unread().map(({ child }) => child.id).join());
    $effect(() => {
      if (!unread) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const look = () => {
        clearTimeout(timer);
        if (document.visibilityState === 'visible') timer = setTimeout(() => void this.#say(), READ_MS);
      };
      document.addEventListener('visibilitychange', look);
      look();
      return () => {
        clearTimeout(timer);
        document.removeEventListener('visibilitychange', look);
      };
    });
  }

  #unread() {
    return this.#notice().sheet.filter((cell) => cell.may_answer && !cell.done && !isPending(cell.pending));
  }

  /** Once for each child, all in one: nobody takes back that a notice was read. */
  async #say(): Promise<void> {
    const cells = this.#unread().filter(({ child }) => !this.#asked.has(child.id));
    if (!cells.length) return;
    for (const { child } of cells) this.#asked.add(child.id);
    try {
      await call('notice.answer', { notice: this.#notice().line.id, replies: cells.map((cell) => replyFor(cell, { is: 'read' })), on_behalf_of: null });
      this.trouble = '';
    } catch (thrown) {
      for (const { child } of cells) this.#asked.delete(child.id);
      this.trouble = faultWords(asFault(thrown)).next;
    }
  }
}
