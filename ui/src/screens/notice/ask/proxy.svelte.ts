// 代办 of one child's answer: for whom, what, and which answer it changes.
import { untrack } from 'svelte';
import type { NoticeAnswer, NoticeOpened, Reply, SheetCell } from '$lib/bindings';
import { isPending } from '$lib/items';
import { isPast } from '$lib/when';
import { FormDraft } from '../../event/draft.svelte';
import { Coming } from '../answer/coming.svelte';
import { replyOf, typedOf, wrongIn } from '../answer/form';
import { answerable, answerOf } from '../cells';
import { fieldsOf } from './answers';

interface Of {
  notice: NoticeOpened;
  cell: SheetCell;
}

/** What is being entered, as it is kept. */
const fresh = () => ({
  note: '',
  choices: [] as number[],
  values: [] as string[],
  agrees: null as boolean | null,
  /** An answer that stands is changed, not a first one given. */
  changing: false,
  picked: '',
});

export class Proxying {
  /** Files on their way into its form. */
  readonly coming = new Coming();
  /** Survives a kill; and a scan that only it names is not swept away. */
  readonly #draft: FormDraft<ReturnType<typeof fresh>>;
  /** It was tried: now what is missing is said too. */
  asked = $state(false);
  #of: () => Of;

  constructor(of: () => Of) {
    this.#of = of;
    const { notice, cell } = of();
    // Named after the child, so that it goes with the right to know of it.
    this.#draft = new FormDraft(`notice.proxy/${notice.line.id}/${cell.child.id}`, fresh());
    // The family answered itself meanwhile: what was being entered for it is nobody's any more.
    $effect(() => {
      if (this.#draft.ready && this.#settled) untrack(() => void this.clear());
    });
  }

  /** Fields write into it. */
  get typed() {
    return this.#draft.value;
  }
  get changing(): boolean {
    return this.typed.changing;
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
  readonly #settled = $derived(this.#takes && !this.changing && this.#answered.length > 0 && this.#silent.length === 0);
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
  readonly guardian = $derived(this.guardians.length === 1 ? this.guardians[0]!.id : (this.guardians.find(({ id }) => id === this.typed.picked)?.id ?? ''));
  readonly #before = $derived.by(() => {
    const { notice, cell } = this.#of();
    return this.changing && this.guardian ? answerOf(cell, notice, this.guardian) : undefined;
  });
  /** What is chosen already has its place. */
  readonly held = $derived(this.#before?.now.reply.is === 'choose' ? this.#before.now.reply.choices : []);
  readonly #reply = $derived.by((): Reply | undefined => {
    const { ask } = this.#of().notice.line;
    const { sha256 } = this.#of().notice;
    if (ask.is === 'choose') return this.typed.choices.length ? { is: ask.is, choices: [...this.typed.choices] } : undefined;
    if (ask.is === 'sign') return this.typed.agrees === null ? undefined : { is: ask.is, agrees: this.typed.agrees, sha256 };
    if (ask.is === 'read' || ask.is === 'acknowledge') return { is: ask.is };
    const fields = fieldsOf(ask);
    const complete = fields.length > 0 && fields.every((field, i) => !wrongIn(field, this.typed.values[i] ?? ''));
    return complete ? replyOf(fields, this.typed.values) : undefined;
  });
  /** What is sent; nothing while something is missing. */
  readonly request = $derived.by((): NoticeAnswer | undefined => {
    const { notice, cell } = this.#of();
    const reply = this.#reply;
    if (!reply || !this.guardian) return undefined;
    const replies = [{ child: cell.child.id, reply, replaces: this.#before?.version ?? 0 }];
    return { notice: notice.line.id, replies, on_behalf_of: { person: this.guardian, note: this.typed.note.trim() } };
  });

  change = (): void => {
    this.typed.changing = true;
    this.#fill();
  };
  pick = (guardian: string): void => {
    this.typed.picked = guardian;
    this.#fill();
  };
  /** It was entered. */
  clear = (): Promise<void> => this.#draft.clear(fresh());

  /** What is changed begins as it stands. */
  #fill(): void {
    const reply = this.#before?.now.reply;
    if (reply?.is === 'choose') this.typed.choices = [...reply.choices];
    if (reply?.is === 'fill-in') this.typed.values = typedOf(reply, fieldsOf(this.#of().notice.line.ask));
    if (reply?.is === 'sign') this.typed.agrees = reply.agrees;
  }
}
