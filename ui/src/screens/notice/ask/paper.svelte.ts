// Entering answers from paper, one child after the other: each is saved the moment its key is pressed.
import { asFault, call } from '$lib/api';
import type { NoticeOpened, Reply, SheetCell } from '$lib/bindings';
import { childName } from '$lib/child';
import { faultWords } from '$lib/faults';
import { isPending } from '$lib/items';
import { m } from '$messages';
import { answerable, answerOf } from '../cells';
import { replyWords } from '../replies';

/** As many as there are number keys. */
export const KEYS = 9;

/** Where one key is an answer. */
export function takesPaper({ line }: Pick<NoticeOpened, 'line'>): boolean {
  const { ask, state } = line;
  if (state.is !== 'sent') return false;
  return ask.is === 'read' || ask.is === 'acknowledge' || ask.is === 'sign' || (ask.is === 'choose' && ask.most === 1);
}

type Asked = Pick<NoticeOpened, 'line' | 'sheet' | 'answered_by' | 'sha256' | 'choices'>;

/** The first who may decide and has not answered. */
const guardianFor = (cell: SheetCell, notice: Asked) => answerable(cell, notice).find(({ id }) => !answerOf(cell, notice, id));

/** Children somebody can still be answered for, in 学号 order. */
export const toEnter = (notice: Asked): SheetCell[] => notice.sheet.filter((cell) => !cell.done && !isPending(cell.pending) && guardianFor(cell, notice));

export interface Key {
  /** As it stands on the key: "1", "Y", "Enter"; empty where there is none. */
  key: string;
  words: string;
  reply: Reply;
}

/** What each key answers. */
export function keysOf({ line, sha256 }: Pick<NoticeOpened, 'line' | 'sha256'>): Key[] {
  const { ask } = line;
  const key = (name: string, reply: Reply): Key => ({ key: name, words: replyWords(reply, ask), reply });
  if (ask.is === 'choose') return ask.choices.map((_, i) => key(i < KEYS ? String(i + 1) : '', { is: 'choose', choices: [i] }));
  if (ask.is === 'sign') return [key('Y', { is: 'sign', agrees: true, sha256 }), key('N', { is: 'sign', agrees: false, sha256 })];
  return [key('Enter', { is: ask.is === 'read' ? 'read' : 'acknowledge' })];
}

interface Entry {
  words: string;
  /** Empty until the core has it. */
  mutation: string;
}

export class PaperEntries {
  /** Which child is asked for; the last one stays when all are through. */
  at = $state(0);
  trouble = $state('');
  /** The list as it was begun: what is entered does not shift it. */
  readonly cells: readonly SheetCell[];
  readonly keys: readonly Key[];
  #notice: Asked;
  #entries = $state.raw<Readonly<Record<string, Entry>>>({});
  /** One after the other, however fast the keys come. */
  #queue: Promise<void> = Promise.resolve();

  constructor(notice: Asked) {
    this.#notice = notice;
    this.cells = toEnter(notice);
    this.keys = keysOf(notice);
  }

  get cell(): SheetCell | undefined {
    return this.cells[this.at];
  }
  get entered(): number {
    return Object.keys(this.#entries).length;
  }
  guardian(cell: SheetCell) {
    return guardianFor(cell, this.#notice);
  }
  /** As last heard, less what was entered here since. */
  hasRoom({ words, reply }: Key): boolean {
    const { cell } = this;
    const left = reply.is === 'choose' ? this.#notice.choices[reply.choices[0] ?? 0]?.left : null;
    if (left === null || left === undefined || (cell && this.words(cell) === words)) return true;
    return Object.values(this.#entries).filter((entry) => entry.words === words).length < left;
  }
  words({ child }: SheetCell): string {
    return this.#entries[child.id]?.words ?? '';
  }
  move(by: number): void {
    this.at = Math.max(0, Math.min(this.cells.length - 1, this.at + by));
  }

  /** Says whether the key was one of them. */
  press(name: string): boolean {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[name];
    if (step) {
      this.move(step);
      return true;
    }
    const key = this.keys.find((one) => one.key !== '' && one.key.toLowerCase() === name.toLowerCase());
    if (key) void this.enter(key);
    return key !== undefined;
  }

  /** Shown at once, kept in its turn; the next child is asked for meanwhile. */
  enter(key: Key): Promise<void> {
    const { cell } = this;
    if (!cell) return this.#queue;
    if (!this.hasRoom(key)) {
      this.trouble = m.ask_paper_full({ what: key.words });
      return this.#queue;
    }
    const before = this.#entries[cell.child.id];
    this.#put(cell, { words: key.words, mutation: before?.mutation ?? '' });
    this.move(1);
    this.#queue = this.#queue.then(() => this.#save(cell, key, before?.words ?? ''));
    return this.#queue;
  }

  async #save(cell: SheetCell, key: Key, before: string): Promise<void> {
    const notice = this.#notice;
    const guardian = guardianFor(cell, notice);
    const kept = this.#entries[cell.child.id]?.mutation;
    const name = childName(cell.child);
    if (!guardian) return;
    if (kept && !(await this.#takeBack(kept))) {
      this.#put(cell, { words: before, mutation: kept });
      this.trouble = m.ask_paper_late({ name });
      return;
    }
    try {
      const replies = [{ child: cell.child.id, reply: key.reply, replaces: 0 }];
      const { mutation } = await call('notice.answer', { notice: notice.line.id, replies, on_behalf_of: { person: guardian.id, note: m.ask_paper_note() } });
      this.#put(cell, { words: this.words(cell) || key.words, mutation });
      this.trouble = '';
    } catch (thrown) {
      this.#forget(cell);
      this.trouble = m.ask_paper_trouble({ name, reason: faultWords(asFault(thrown)).next });
    }
  }

  /** Entered anew before the school has it: what was entered first never leaves this computer. */
  async #takeBack(mutation: string): Promise<boolean> {
    try {
      await call('outbox.take-back', { mutation });
      return true;
    } catch {
      return false;
    }
  }

  #put({ child }: SheetCell, entry: Entry): void {
    this.#entries = { ...this.#entries, [child.id]: entry };
  }
  #forget({ child }: SheetCell): void {
    const { [child.id]: _, ...others } = this.#entries;
    this.#entries = others;
  }
}
