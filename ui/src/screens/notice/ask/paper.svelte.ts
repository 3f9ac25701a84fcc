// Entering answers from paper, one child after the other: each is saved the moment its key is pressed.
import { asFault, call, type Fault } from '$lib/api';
import type { Ask, ChoiceView, NoticeOpened, Reply, SheetCell } from '$lib/bindings';
import { childName } from '$lib/child';
import { faultWords, hasLeft } from '$lib/faults';
import { isPending } from '$lib/items';
import { m } from '$messages';
import { pick, roomFor } from '../answer/choices';
import { replyOf } from '../answer/form';
import { answerable, answerOf } from '../cells';
import { replyWords } from '../replies';
import { fieldsOf } from './answers';
import { markOf, placeOf } from './marks';

export const takesPaper = ({ line }: Pick<NoticeOpened, 'line'>): boolean => line.state.is === 'sent' && line.ask.is !== 'nothing';

type Asked = Pick<NoticeOpened, 'line' | 'sheet' | 'answered_by' | 'sha256' | 'choices'>;

/** The first who may decide and has not answered. */
const guardianFor = (cell: SheetCell, notice: Asked) => answerable(cell, notice).find(({ id }) => !answerOf(cell, notice, id));

/** Children somebody can still be answered for, in 学号 order. */
export const toEnter = (notice: Asked): SheetCell[] => notice.sheet.filter((cell) => !cell.done && !isPending(cell.pending) && guardianFor(cell, notice));

/** How a slip is entered: by one key, by as many as were ticked, as a form, or not here because a file belongs to it. */
export type Way = 'key' | 'several' | 'form' | 'dialog';

export function wayOf(ask: Ask): Way {
  if (ask.is === 'fill-in') return ask.fields.some(({ value, required }) => required && value.is === 'file') ? 'dialog' : 'form';
  return ask.is === 'choose' && ask.most > 1 ? 'several' : 'key';
}

export interface Key {
  /** As it stands on the key: "1", "B", "Y", "Enter". */
  key: string;
  words: string;
  reply: Reply;
}

/** What each key answers, where one is an answer. */
export function keysOf({ line, sha256 }: Pick<NoticeOpened, 'line' | 'sha256'>): Key[] {
  const { ask } = line;
  if (wayOf(ask) !== 'key') return [];
  const key = (name: string, reply: Reply): Key => ({ key: name, words: replyWords(reply, ask), reply });
  if (ask.is === 'choose') return ask.choices.map((_, place) => key(markOf(place), { is: 'choose', choices: [place] }));
  if (ask.is === 'sign') return [key('Y', { is: 'sign', agrees: true, sha256 }), key('N', { is: 'sign', agrees: false, sha256 })];
  return [key('Enter', { is: ask.is === 'read' ? 'read' : 'acknowledge' })];
}

/** By child. */
type Of<T> = Readonly<Record<string, T>>;

function less<T>(all: Of<T>, child: string): Of<T> {
  const { [child]: _, ...others } = all;
  return others;
}
const PAGES: Of<number> = { PageUp: -1, PageDown: 1 };
const ARROWS: Of<number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
const sameReply = (one: Reply, other: Reply): boolean => JSON.stringify(one) === JSON.stringify(other);

export class PaperEntries {
  /** Which child is asked for; the last one stays when all are through. */
  at = $state(0);
  /** The list as it was begun: what is entered does not shift it. */
  readonly cells: readonly SheetCell[];
  readonly keys: readonly Key[];
  readonly way: Way;
  #notice: Asked;
  /** What is shown as entered; nothing is known of what was entered in a child's own dialog. */
  #entries = $state.raw<Of<Reply | null>>({});
  #picked = $state.raw<Of<readonly number[]>>({});
  #typed = $state.raw<Of<readonly string[]>>({});
  /** Of the key that was pressed last. */
  #trouble = $state('');
  /** Told until the child is entered again: the keys go on faster than anybody reads. */
  #unsaved = $state.raw<Of<string>>({});
  /** What went into the outbox. */
  #kept = new Map<string, { reply: Reply; mutation: string }>();
  /** One after the other, however fast the keys come. */
  #queue: Promise<void> = Promise.resolve();

  constructor(notice: Asked) {
    this.#notice = notice;
    this.cells = toEnter(notice);
    this.keys = keysOf(notice);
    this.way = wayOf(notice.line.ask);
  }

  get cell(): SheetCell | undefined {
    return this.cells[this.at];
  }
  get entered(): number {
    return Object.keys(this.#entries).length;
  }
  get trouble(): string {
    return this.#trouble || (Object.values(this.#unsaved)[0] ?? '');
  }
  guardian(cell: SheetCell) {
    return guardianFor(cell, this.#notice);
  }
  /** As last heard, less what was entered here since for the others. */
  readonly choices: readonly ChoiceView[] = $derived.by(() => {
    const others = Object.entries(this.#entries).filter(([child]) => child !== this.cell?.child.id);
    const taken = others.flatMap(([, reply]) => (reply?.is === 'choose' ? reply.choices : []));
    return this.#notice.choices.map((choice, place) => (choice.left === null ? choice : { ...choice, left: Math.max(0, choice.left - taken.filter((one) => one === place).length) }));
  });
  readonly #most = $derived.by(() => (this.#notice.line.ask.is === 'choose' ? this.#notice.line.ask.most : 1));
  readonly #fields = $derived.by(() => fieldsOf(this.#notice.line.ask));

  hasRoom({ reply }: Pick<Key, 'reply'>): boolean {
    return reply.is !== 'choose' || reply.choices.every((place) => this.#hasPlace(place));
  }
  #hasPlace(place: number): boolean {
    const choice = this.choices[place];
    return !choice || roomFor(choice, place, [[]]);
  }
  /** Of what was entered here and can still be taken back. */
  mayUndo({ child }: SheetCell): boolean {
    return Boolean(this.#entries[child.id]);
  }
  /** "已录入：书法"; a form stands in its fields. */
  words({ child }: SheetCell): string {
    const reply = this.#entries[child.id];
    if (reply === undefined) return '';
    return reply && reply.is !== 'fill-in' ? m.ask_paper_said({ what: replyWords(reply, this.#notice.line.ask) }) : m.ask_paper_kept();
  }
  /** What is ticked on the slip of this child so far. */
  picked({ child }: SheetCell): readonly number[] {
    return this.#picked[child.id] ?? [];
  }
  tick({ child }: SheetCell, picked: readonly number[]): void {
    this.#trouble = '';
    this.#picked = { ...this.#picked, [child.id]: picked };
  }
  /** The fields of this child's slip as they are typed. */
  typed({ child }: SheetCell): readonly string[] {
    return this.#typed[child.id] ?? this.#fields.map(() => '');
  }
  type({ child }: SheetCell, values: readonly string[]): void {
    this.#typed = { ...this.#typed, [child.id]: values };
  }
  move(by: number): void {
    this.#trouble = '';
    this.at = Math.max(0, Math.min(this.cells.length - 1, this.at + by));
  }

  /** Says whether the key was one of them. */
  press(name: string): boolean {
    const { cell } = this;
    // In a form the arrows belong to its fields.
    const step = PAGES[name] ?? (this.way === 'form' ? 0 : (ARROWS[name] ?? 0));
    if (step) {
      this.move(step);
      return true;
    }
    if (!cell || this.way === 'form' || this.way === 'dialog') return false;
    if (name === 'Backspace') {
      void this.undo();
      return true;
    }
    if (this.way === 'several') return this.#pressSeveral(cell, name);
    const key = this.keys.find((one) => one.key.toLowerCase() === name.toLowerCase());
    if (key) void this.keep(key.reply);
    return key !== undefined;
  }

  #pressSeveral(cell: SheetCell, name: string): boolean {
    const picked = this.picked(cell);
    if (name === 'Enter') {
      if (picked.length) void this.keep({ is: 'choose', choices: [...picked] });
      else this.#trouble = m.ask_paper_none();
      return true;
    }
    const place = placeOf(name);
    const choice = this.choices[place];
    if (!choice) return false;
    if (picked.includes(place)) this.tick(cell, pick(picked, place, this.#most));
    else if (picked.length >= this.#most) this.#trouble = m.answer_choose_enough({ count: this.#most });
    else if (!this.#hasPlace(place)) this.#trouble = m.ask_paper_full({ what: choice.text });
    else this.tick(cell, pick(picked, place, this.#most));
    return true;
  }

  /** The form of this child, whose fields were found right. */
  keepForm(): Promise<void> {
    return this.cell ? this.keep(replyOf(this.#fields, this.typed(this.cell))) : this.#queue;
  }

  /** Shown at once, kept in its turn; the next child is asked for meanwhile. */
  keep(reply: Reply): Promise<void> {
    const { cell } = this;
    if (!cell) return this.#queue;
    this.#trouble = '';
    if (!this.hasRoom({ reply })) {
      this.#trouble = m.ask_paper_full({ what: replyWords(reply, this.#notice.line.ask) });
      return this.#queue;
    }
    const shown = this.#entries[cell.child.id];
    const same = shown && sameReply(shown, reply);
    if (!same) this.#entries = { ...this.#entries, [cell.child.id]: reply };
    this.#goOn();
    return same ? this.#queue : this.#then(cell, reply);
  }

  /** Entered for the wrong child: what waits here never leaves this computer. */
  undo(): Promise<void> {
    const { cell } = this;
    this.#trouble = '';
    if (!cell || !this.mayUndo(cell)) return this.#queue;
    const { id } = cell.child;
    this.#entries = less(this.#entries, id);
    this.#picked = less(this.#picked, id);
    this.#typed = less(this.#typed, id);
    return this.#then(cell, undefined);
  }

  /** It was entered in this child's own dialog. */
  elsewhere({ child }: SheetCell): void {
    this.#entries = { ...this.#entries, [child.id]: null };
    this.#goOn();
  }

  /** To the next child without an entry: who went back to correct one goes on where the pile is. */
  #goOn(): void {
    const next = this.cells.findIndex(({ child }, at) => at > this.at && !(child.id in this.#entries));
    if (next >= 0) this.at = next;
  }

  #then(cell: SheetCell, reply: Reply | undefined): Promise<void> {
    this.#queue = this.#queue.then(() => this.#save(cell, reply));
    return this.#queue;
  }

  async #save(cell: SheetCell, reply: Reply | undefined): Promise<void> {
    const { id } = cell.child;
    const name = childName(cell.child);
    const kept = this.#kept.get(id);
    const fault = kept && (await this.#takeBack(kept.mutation));
    if (fault) {
      this.#entries = { ...this.#entries, [id]: kept.reply };
      this.#unsaved = { ...this.#unsaved, [id]: hasLeft(fault) ? m.ask_paper_late({ name }) : m.ask_paper_stands({ name, reason: faultWords(fault).next }) };
      return;
    }
    this.#kept.delete(id);
    this.#unsaved = less(this.#unsaved, id);
    const guardian = guardianFor(cell, this.#notice);
    if (!reply || !guardian) return;
    try {
      const replies = [{ child: id, reply, replaces: 0 }];
      const { mutation } = await call('notice.answer', { notice: this.#notice.line.id, replies, on_behalf_of: { person: guardian.id, note: m.ask_paper_note() } });
      this.#kept.set(id, { reply, mutation });
    } catch (thrown) {
      // What was pressed for this child since is still to come, and shown.
      if (this.#entries[id] === reply) this.#entries = less(this.#entries, id);
      this.#unsaved = { ...this.#unsaved, [id]: m.ask_paper_trouble({ name, reason: faultWords(asFault(thrown)).next }) };
    }
  }

  /** Entered anew before the school has it: what was entered first never leaves this computer. */
  async #takeBack(mutation: string): Promise<Fault | undefined> {
    try {
      await call('outbox.take-back', { mutation });
      return undefined;
    } catch (thrown) {
      return asFault(thrown);
    }
  }
}
