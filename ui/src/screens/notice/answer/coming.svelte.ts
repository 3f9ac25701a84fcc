// Files on their way into a form: it waits for them, and there is room for so many in all of it.
import type { FormField } from '$lib/bindings';
import { FILES_PER_ANSWER, filesIn } from './form';

/** What is focused first when a form cannot be sent. */
export const FIRST_WRONG = '[aria-invalid], .invalid input:not([type=file]), .invalid [role=spinbutton], .invalid .add button';

export class Coming {
  /** How many are coming into a field, by its place. */
  #coming = $state.raw<ReadonlyMap<number, number>>(new Map());
  /** It was tried to send it meanwhile. */
  waits = $state(false);

  get busy(): boolean {
    return this.#sum() > 0;
  }
  set = (field: number, count: number): void => {
    if ((this.#coming.get(field) ?? 0) === count) return;
    this.#coming = new Map([...this.#coming, [field, count]]);
    if (!this.busy) this.waits = false;
  };
  /** Whether it must wait. */
  hold(): boolean {
    this.waits = this.busy;
    return this.waits;
  }
  /** Files that the other fields leave room for. */
  room(field: number, fields: readonly FormField[], values: readonly string[]): number {
    const others = fields.map(({ value }, i) => (i !== field && value.is === 'file' ? filesIn(values[i] ?? '').length : 0));
    const taken = others.reduce((sum, count) => sum + count, 0) + this.#sum(field);
    return Math.max(0, FILES_PER_ANSWER - taken);
  }
  #sum(without?: number): number {
    return [...this.#coming].reduce((sum, [field, count]) => sum + (field === without ? 0 : count), 0);
  }
}
