// Saying where children are: at once, one press takes it back while it has not left this computer.
import { asFault, call, type Fault } from '$lib/api';
import type { RollChild, RollState } from '$lib/bindings';
import { toasts } from '$lib/toast.svelte';
import { m } from '$messages';
import { takeBack } from '../notice/answering';

export class Marking {
  /** Children whose mark is being saved. */
  busy = $state.raw<ReadonlySet<string>>(new Set());
  fault = $state.raw<Fault>();
  readonly incident: () => string;
  /** One toast at a time: a class is called faster than three can be read. */
  #toast: number | undefined;

  constructor(incident: () => string) {
    this.incident = incident;
  }

  /** Says it of these children, all or none. `words` tell what was done. */
  async mark(children: readonly RollChild[], state: RollState, words: string, note = ''): Promise<boolean> {
    const ids = children.map(({ child }) => child.id);
    if (!ids.length || ids.some((id) => this.busy.has(id))) return false;
    this.busy = new Set([...this.busy, ...ids]);
    this.fault = undefined;
    try {
      const marks = children.map(({ child, version }) => ({ child: child.id, state, note: note.trim(), replaces: version }));
      const { mutation } = await call('alert.mark', { incident: this.incident(), marks });
      this.#say(words, mutation, ids.length);
      return true;
    } catch (thrown) {
      this.fault = asFault(thrown);
      return false;
    } finally {
      this.busy = new Set([...this.busy].filter((id) => !ids.includes(id)));
    }
  }

  #say(words: string, mutation: string, count: number): void {
    if (this.#toast !== undefined) toasts.dismiss(this.#toast);
    toasts.say(words, () => void undo(mutation, count));
    this.#toast = toasts.said.at(-1)?.id;
  }
}

/** Marks saved together were composed at the same moment; the named one is the last of them. */
async function undo(mutation: string, count: number): Promise<void> {
  try {
    const { items } = await call('outbox.list', {});
    const last = items.find((item) => item.mutation === mutation);
    const together = items.filter(({ about, state, composed }) => about.act === 'mark-roll-call' && state.is === 'saved' && composed === last?.composed);
    if (together.length < count) return toasts.say(m.alert_undo_late());
    await takeBack(together.map((item) => item.mutation));
    toasts.say(m.alert_undone());
  } catch {
    toasts.say(m.alert_undo_late());
  }
}
