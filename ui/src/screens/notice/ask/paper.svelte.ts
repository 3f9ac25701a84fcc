// Entering answers from paper, one child after the other: each is saved the moment its key is pressed.
import { asFault, call, type Fault } from '$lib/api';
import type { Ask, ChoiceView, GuardianName, NoticeOpened, Reply, SheetCell } from '$lib/bindings';
import { childName } from '$lib/child';
import { faultWords, hasLeft } from '$lib/faults';
import { isPending } from '$lib/items';
import { guardianName } from '$lib/person';
import { m } from '$messages';
import { pick, roomFor } from '../answer/choices';
import { replyOf } from '../answer/form';
import { answerable, answerOf } from '../cells';
import { replyWords } from '../replies';
import { fieldsOf } from './answers';
import { markOf, placeOf, signerAt, signKey } from './marks';

export const takesPaper = ({ line }: Pick<NoticeOpened, 'line'>): boolean => line.state.is === 'sent' && line.ask.is !== 'nothing';

type Asked = Pick<NoticeOpened, 'line' | 'sheet' | 'answered_by' | 'sha256' | 'choices'>;

/** Who may decide and has not answered: a slip is one of theirs. */
const signersOf = (cell: SheetCell, notice: Asked): GuardianName[] => answerable(cell, notice).filter(({ id }) => !answerOf(cell, notice, id));

/** Children somebody can still be answered for, in 学号 order. */
export const toEnter = (notice: Asked): SheetCell[] => notice.sheet.filter((cell) => !cell.done && !isPending(cell.pending) && signersOf(cell, notice).length > 0);

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

/** A piece of paper of a child: one, or one of each guardian who has to answer. */
export interface Slip {
  id: string;
  cell: SheetCell;
  /** Whose it may be. */
  signers: readonly GuardianName[];
  /** The how many-th of its child, from 1. */
  nth: number;
  of: number;
}

/** The pile, child after child. Where a file belongs to it the child's own dialog asks whose it is. */
export function slipsOf(notice: Asked): Slip[] {
  const each = notice.answered_by.is === 'each-guardian' && wayOf(notice.line.ask) !== 'dialog';
  return toEnter(notice).flatMap((cell) => {
    const signers = signersOf(cell, notice);
    const of = each ? signers.length : 1;
    return Array.from({ length: of }, (_, at) => ({ id: `${cell.child.id}/${at}`, cell, signers, nth: at + 1, of }));
  });
}

/** What was on a slip, and who signed it. */
interface Entry {
  reply: Reply;
  by: string;
}

/** By slip. */
type Of<T> = Readonly<Record<string, T>>;

function less<T>(all: Of<T>, slip: string): Of<T> {
  const { [slip]: _, ...others } = all;
  return others;
}
const PAGES: Of<number> = { PageUp: -1, PageDown: 1 };
const ARROWS: Of<number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
const same = (one: Entry, other: Entry): boolean => JSON.stringify(one) === JSON.stringify(other);

export class PaperEntries {
  /** Which slip is asked for; the last one stays when all are through. */
  at = $state(0);
  /** The pile as it was begun: what is entered does not shift it. */
  readonly slips: readonly Slip[];
  readonly keys: readonly Key[];
  readonly way: Way;
  #notice: Asked;
  /** What is shown as entered; nothing is known of what was entered in a child's own dialog. */
  #entries = $state.raw<Of<Entry | null>>({});
  /** Who was said to have signed. Never from one child to the next. */
  #signed = $state.raw<Of<string>>({});
  #picked = $state.raw<Of<readonly number[]>>({});
  #typed = $state.raw<Of<readonly string[]>>({});
  /** Of the key that was pressed last. */
  #trouble = $state('');
  /** Told until the slip is entered again: the keys go on faster than anybody reads. */
  #unsaved = $state.raw<Of<string>>({});
  /** What went into the outbox. */
  #kept = new Map<string, { entry: Entry; mutation: string }>();
  /** One after the other, however fast the keys come. */
  #queue: Promise<void> = Promise.resolve();

  constructor(notice: Asked) {
    this.#notice = notice;
    this.slips = slipsOf(notice);
    this.keys = keysOf(notice);
    this.way = wayOf(notice.line.ask);
  }

  get slip(): Slip | undefined {
    return this.slips[this.at];
  }
  get entered(): number {
    return Object.keys(this.#entries).length;
  }
  get trouble(): string {
    return this.#trouble || (Object.values(this.#unsaved)[0] ?? '');
  }
  /** As last heard, less what was entered here since for the others. */
  readonly choices: readonly ChoiceView[] = $derived.by(() => {
    const others = Object.entries(this.#entries).filter(([slip]) => slip !== this.slip?.id);
    const taken = others.flatMap(([, entry]) => (entry?.reply.is === 'choose' ? entry.reply.choices : []));
    return this.#notice.choices.map((choice, place) => (choice.left === null ? choice : { ...choice, left: Math.max(0, choice.left - taken.filter((one) => one === place).length) }));
  });
  readonly #most = $derived.by(() => (this.#notice.line.ask.is === 'choose' ? this.#notice.line.ask.most : 1));
  readonly #fields = $derived.by(() => fieldsOf(this.#notice.line.ask));

  /** Whose other slip of the same child was entered, or said to be theirs. */
  isTaken({ id, cell }: Slip, guardian: string): boolean {
    return this.slips.some((other) => other.cell === cell && other.id !== id && this.#signerOf(other) === guardian);
  }
  #signerOf({ id }: Slip): string | undefined {
    return this.#entries[id]?.by ?? this.#signed[id];
  }
  /** One who is left is no choice; of several, who signed is said, never guessed. */
  signer(slip: Slip): GuardianName | undefined {
    const said = this.#signerOf(slip);
    if (said) return slip.signers.find(({ id }) => id === said);
    const left = slip.signers.filter(({ id }) => !this.isTaken(slip, id));
    return left.length === 1 ? left[0] : undefined;
  }
  /** What was entered for another is entered for this one instead. */
  sign(slip: Slip, guardian: GuardianName): Promise<void> {
    this.#trouble = '';
    if (this.isTaken(slip, guardian.id)) {
      this.#trouble = m.ask_paper_signed_other({ name: guardianName(slip.cell.child, guardian) });
      return this.#queue;
    }
    this.#signed = { ...this.#signed, [slip.id]: guardian.id };
    const entry = this.#entries[slip.id];
    return entry && entry.by !== guardian.id ? this.#enter(slip, { ...entry, by: guardian.id }) : this.#queue;
  }

  hasRoom({ reply }: Pick<Key, 'reply'>): boolean {
    return reply.is !== 'choose' || reply.choices.every((place) => this.#hasPlace(place));
  }
  #hasPlace(place: number): boolean {
    const choice = this.choices[place];
    return !choice || roomFor(choice, place, [[]]);
  }
  /** Of what was entered here and can still be taken back. */
  mayUndo({ id }: Slip): boolean {
    return Boolean(this.#entries[id]);
  }
  /** "已录入：书法"; a form stands in its fields. */
  words({ id }: Slip): string {
    const entry = this.#entries[id];
    if (entry === undefined) return '';
    return entry && entry.reply.is !== 'fill-in' ? m.ask_paper_said({ what: replyWords(entry.reply, this.#notice.line.ask) }) : m.ask_paper_kept();
  }
  /** What is ticked on this slip so far. */
  picked({ id }: Slip): readonly number[] {
    return this.#picked[id] ?? [];
  }
  tick({ id }: Slip, picked: readonly number[]): void {
    this.#trouble = '';
    this.#picked = { ...this.#picked, [id]: picked };
  }
  /** The fields of this slip as they are typed. */
  typed({ id }: Slip): readonly string[] {
    return this.#typed[id] ?? this.#fields.map(() => '');
  }
  type({ id }: Slip, values: readonly string[]): void {
    this.#typed = { ...this.#typed, [id]: values };
  }
  move(by: number): void {
    this.#trouble = '';
    this.at = Math.max(0, Math.min(this.slips.length - 1, this.at + by));
  }

  /** Says whether the key was one of them. */
  press(name: string): boolean {
    const { slip } = this;
    // In a form the arrows belong to its fields.
    const step = PAGES[name] ?? (this.way === 'form' ? 0 : (ARROWS[name] ?? 0));
    if (step) {
      this.move(step);
      return true;
    }
    if (!slip || this.way === 'form' || this.way === 'dialog') return false;
    if (name === 'Backspace') {
      void this.undo();
      return true;
    }
    const signer = slip.signers.length > 1 ? slip.signers[signerAt(name)] : undefined;
    if (signer) {
      void this.sign(slip, signer);
      return true;
    }
    if (this.way === 'several') return this.#pressSeveral(slip, name);
    const key = this.keys.find((one) => one.key.toLowerCase() === name.toLowerCase());
    if (key) void this.keep(key.reply);
    return key !== undefined;
  }

  #pressSeveral(slip: Slip, name: string): boolean {
    const picked = this.picked(slip);
    if (name === 'Enter') {
      if (picked.length) void this.keep({ is: 'choose', choices: [...picked] });
      else this.#trouble = m.ask_paper_none();
      return true;
    }
    const place = placeOf(name);
    const choice = this.choices[place];
    if (!choice) return false;
    if (picked.includes(place)) this.tick(slip, pick(picked, place, this.#most));
    else if (picked.length >= this.#most) this.#trouble = m.answer_choose_enough({ count: this.#most });
    else if (!this.#hasPlace(place)) this.#trouble = m.ask_paper_full({ what: choice.text });
    else this.tick(slip, pick(picked, place, this.#most));
    return true;
  }

  /** The form of this slip, whose fields were found right. */
  keepForm(): Promise<void> {
    return this.slip ? this.keep(replyOf(this.#fields, this.typed(this.slip))) : this.#queue;
  }

  /** Shown at once, kept in its turn; the next slip is asked for meanwhile. */
  keep(reply: Reply): Promise<void> {
    const { slip } = this;
    if (!slip) return this.#queue;
    this.#trouble = '';
    const signer = this.signer(slip);
    if (!signer) {
      this.#trouble = this.way === 'form' ? m.ask_paper_sign_form() : m.ask_paper_sign_first({ keys: slip.signers.map((_, at) => signKey(at)).join(m.common_comma()) });
      return this.#queue;
    }
    if (!this.hasRoom({ reply })) {
      this.#trouble = m.ask_paper_full({ what: replyWords(reply, this.#notice.line.ask) });
      return this.#queue;
    }
    const entry = { reply, by: signer.id };
    const shown = this.#entries[slip.id];
    const kept = shown && same(shown, entry) ? this.#queue : this.#enter(slip, entry);
    this.#goOn();
    return kept;
  }
  #enter(slip: Slip, entry: Entry): Promise<void> {
    this.#entries = { ...this.#entries, [slip.id]: entry };
    return this.#then(slip, entry);
  }

  /** Entered for the wrong child: what waits here never leaves this computer. */
  undo(): Promise<void> {
    const { slip } = this;
    this.#trouble = '';
    if (!slip || !this.mayUndo(slip)) return this.#queue;
    this.#entries = less(this.#entries, slip.id);
    this.#signed = less(this.#signed, slip.id);
    this.#picked = less(this.#picked, slip.id);
    this.#typed = less(this.#typed, slip.id);
    return this.#then(slip, undefined);
  }

  /** It was entered in this child's own dialog. */
  elsewhere(): void {
    if (!this.slip) return;
    this.#entries = { ...this.#entries, [this.slip.id]: null };
    this.#goOn();
  }

  /** To the next slip without an entry: who went back to correct one goes on where the pile is. */
  #goOn(): void {
    const next = this.slips.findIndex(({ id }, at) => at > this.at && !(id in this.#entries));
    if (next >= 0) this.at = next;
  }

  #then(slip: Slip, entry: Entry | undefined): Promise<void> {
    this.#queue = this.#queue.then(() => this.#save(slip, entry));
    return this.#queue;
  }

  async #save({ id, cell }: Slip, entry: Entry | undefined): Promise<void> {
    const name = childName(cell.child);
    const kept = this.#kept.get(id);
    const fault = kept && (await this.#takeBack(kept.mutation));
    if (fault) {
      this.#entries = { ...this.#entries, [id]: kept.entry };
      this.#unsaved = { ...this.#unsaved, [id]: hasLeft(fault) ? m.ask_paper_late({ name }) : m.ask_paper_stands({ name, reason: faultWords(fault).next }) };
      return;
    }
    this.#kept.delete(id);
    this.#unsaved = less(this.#unsaved, id);
    if (!entry) return;
    try {
      const replies = [{ child: cell.child.id, reply: entry.reply, replaces: 0 }];
      const { mutation } = await call('notice.answer', { notice: this.#notice.line.id, replies, on_behalf_of: { person: entry.by, note: m.ask_paper_note() } });
      this.#kept.set(id, { entry, mutation });
    } catch (thrown) {
      // What was pressed for this slip since is still to come, and shown.
      if (this.#entries[id] === entry) this.#entries = less(this.#entries, id);
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
