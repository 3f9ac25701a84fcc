// Saying who is there: at once, one press takes it back while it has not left this computer.
import { asFault, call, type Fault } from '$lib/api';
import type { RollLine } from '$lib/bindings';
import { childName } from '$lib/child';
import { toasts } from '$lib/toast.svelte';
import { m } from '$messages';
import { takeBack } from '../notice/answering';

export class Calling {
  /** Children whose mark is being saved. */
  busy = $state.raw<ReadonlySet<string>>(new Set());
  fault = $state.raw<Fault>();
  /** One toast at a time: a bus is called faster than three can be read. */
  #toast: number | undefined;

  async say(session: string, stop: number, { child, version }: RollLine, here: boolean, note = ''): Promise<boolean> {
    if (this.busy.has(child.id)) return false;
    this.busy = new Set([...this.busy, child.id]);
    this.fault = undefined;
    try {
      const { mutation } = await call('trip.mark', { session, stop, marks: [{ child: child.id, here, note: note.trim(), replaces: version }] });
      if (this.#toast !== undefined) toasts.dismiss(this.#toast);
      toasts.say(m.trip_roll_marked({ name: childName(child), state: here ? m.trip_roll_here() : m.trip_roll_away() }), () => void undo(mutation));
      this.#toast = toasts.said.at(-1)?.id;
      return true;
    } catch (thrown) {
      this.fault = asFault(thrown);
      return false;
    } finally {
      this.busy = new Set([...this.busy].filter((id) => id !== child.id));
    }
  }
}

async function undo(mutation: string): Promise<void> {
  try {
    await takeBack([mutation]);
    toasts.say(m.trip_roll_undone());
  } catch {
    toasts.say(m.trip_roll_undo_late());
  }
}
