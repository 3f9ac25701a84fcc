// Asking for one or several children at once: one item for each, so that the class teacher of each answers for theirs.
import { asFault, call, type Fault } from '$lib/api';
import type { OutboxItem, Proxy, RequestView, Wanted } from '$lib/bindings';
import { toasts } from '$lib/toast.svelte';
import { m } from '$messages';
import { takeBack } from '../notice/answering';

export class Making {
  busy = $state(false);
  fault = $state.raw<Fault>();

  /** Whether it is in the outbox, for all of them or for none. `said`: what was done, for the line that offers to undo it. */
  async send(children: readonly string[], wanted: Wanted, proxy: Proxy | null, said: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.fault = undefined;
    const made: string[] = [];
    try {
      for (const child of children) made.push((await call('request.make', { child, wanted, on_behalf_of: proxy })).mutation);
      toasts.say(said, () => void undo(made));
      return true;
    } catch (thrown) {
      this.fault = asFault(thrown);
      await takeBack(made).catch(() => undefined);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** As if it had never been asked, while it has not left this computer. */
export async function undo(mutations: readonly string[]): Promise<void> {
  try {
    await takeBack(mutations);
    toasts.say(m.request_undone());
  } catch {
    toasts.say(m.request_undo_late());
  }
}

const ACTS = ['make-request', 'answer-request', 'withdraw-request'];

/** How the outbox calls a request. */
export function titleOf(wanted: Wanted): string {
  if (wanted.is === 'pick-up') return wanted.by;
  return wanted.from === wanted.to ? wanted.from : `${wanted.from} – ${wanted.to}`;
}

/**
 * The item that can still be taken back for this request: an item does not name what it is about, so the one that is
 * surely it, or none.
 */
export function savedItem({ child, wanted, pending }: RequestView, items: readonly OutboxItem[]): OutboxItem | undefined {
  if (pending?.is !== 'saved') return undefined;
  const name = child.tail ? `${child.name} ${child.tail}` : child.name;
  const alike = items.filter(({ about, state }) => state.is === 'saved' && ACTS.includes(about.act) && about.title === titleOf(wanted) && about.children.includes(name));
  return alike.length === 1 ? alike[0] : undefined;
}
