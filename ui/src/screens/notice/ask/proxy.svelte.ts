// 代办 of one child's answer: for whom, what, and which answer it changes.
import type { NoticeAnswer, NoticeOpened, Reply, SheetCell } from '$lib/bindings';
import { isPending } from '$lib/items';
import { isPast } from '$lib/when';
import { Coming } from '../answer/coming.svelte';
import { replyOf, typedOf, wrongIn } from '../answer/form';
import { answerable, answerOf } from '../cells';
import { fieldsOf } from './answers';

interface Of {
  notice: NoticeOpened;
  cell: SheetCell;
}

export class Proxying {
  /** Files on their way into its form. */
  readonly coming = new Coming();
  note = $state('');
  choices = $state.raw<readonly number[]>([]);
  values = $state.raw<readonly string[]>([]);
  agrees = $state<boolean>();
  /** An answer that stands is changed, not a first one given. */
  changing = $state(false);
  /** It was tried: now what is missing is said too. */
  asked = $state(false);
  #picked = $state('');
  #of: () => Of;

  constructor(of: () => Of) {
    this.#of = of;
  }

  /** The school takes answers, and none is on its way from here. */
  readonly #takes = $derived.by(() => {
    const { notice, cell } = this.#of();
    return notice.line.state.is === 'sent' && notice.line.ask.is !== 'nothing' && !isPending(cell.pending);
  });
  readonly #all = $derived.by(() => {
    const { notice, cell } = this.#of();
    return answerable(cell, notice);
  });
  readonly #silent = $derived.by(() => {
    const { notice, cell } = this.#of();
    return this.#all.filter(({ id }) => !answerOf(cell, notice, id));
  });
  readonly #answered = $derived.by(() => {
    const { notice, cell } = this.#of();
    return this.#all.filter(({ id }) => answerOf(cell, notice, id));
  });
  /** Whether nobody may be answered for, though somebody would have to be. */
  readonly nobody = $derived.by(() => this.#takes && this.#of().cell.may_enter && this.#all.length === 0 && !this.#of().cell.done);
  readonly mayEnter = $derived(this.#takes && this.#silent.length > 0);
  /** As the school has it: what was read stays read, and nothing changes after it was due. */
  readonly mayChange = $derived.by(() => {
    const { ask, due } = this.#of().notice.line;
    const changes = ask.is === 'choose' || ask.is === 'fill-in' || ask.is === 'sign';
    return this.#takes && changes && !(due && isPast(due)) && this.#answered.length > 0;
  });
  readonly open = $derived(this.changing ? this.mayChange : this.mayEnter);
  readonly guardians = $derived(this.changing ? this.#answered : this.#silent);
  /** One guardian is no choice; of several, the one who phoned is named, never guessed. */
  readonly guardian = $derived(this.guardians.length === 1 ? this.guardians[0]!.id : (this.guardians.find(({ id }) => id === this.#picked)?.id ?? ''));
  readonly #before = $derived.by(() => {
    const { notice, cell } = this.#of();
    return this.changing && this.guardian ? answerOf(cell, notice, this.guardian) : undefined;
  });
  /** What is chosen already has its place. */
  readonly held = $derived(this.#before?.now.reply.is === 'choose' ? this.#before.now.reply.choices : []);
  readonly #reply = $derived.by((): Reply | undefined => {
    const { ask } = this.#of().notice.line;
    const { sha256 } = this.#of().notice;
    if (ask.is === 'choose') return this.choices.length ? { is: ask.is, choices: [...this.choices] } : undefined;
    if (ask.is === 'sign') return this.agrees === undefined ? undefined : { is: ask.is, agrees: this.agrees, sha256 };
    if (ask.is === 'read' || ask.is === 'acknowledge') return { is: ask.is };
    const fields = fieldsOf(ask);
    const complete = fields.length > 0 && fields.every((field, i) => !wrongIn(field, this.values[i] ?? ''));
    return complete ? replyOf(fields, this.values) : undefined;
  });
  /** What is sent; nothing while something is missing. */
  readonly request = $derived.by((): NoticeAnswer | undefined => {
    const { notice, cell } = this.#of();
    const reply = this.#reply;
    if (!reply || !this.guardian) return undefined;
    const replies = [{ child: cell.child.id, reply, replaces: this.#before?.version ?? 0 }];
    return { notice: notice.line.id, replies, on_behalf_of: { person: this.guardian, note: this.note.trim() } };
  });

  change = (): void => {
    this.changing = true;
    this.#fill();
  };
  pick = (guardian: string): void => {
    this.#picked = guardian;
    this.#fill();
  };

  /** What is changed begins as it stands. */
  #fill(): void {
    const reply = this.#before?.now.reply;
    if (reply?.is === 'choose') this.choices = reply.choices;
    if (reply?.is === 'fill-in') this.values = typedOf(reply, fieldsOf(this.#of().notice.line.ask));
    if (reply?.is === 'sign') this.agrees = reply.agrees;
  }
}
