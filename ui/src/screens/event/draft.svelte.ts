// A form that survives a kill: read once when it opens, kept while it is typed.
import { untrack } from 'svelte';
import { DraftKeeper } from '$lib/draft.svelte';

/** Call while a component initialises. `value` is deep state: bind fields to it. */
export class FormDraft<T extends object> {
  value: T;
  keeper: DraftKeeper;
  #fresh: string;
  /** Nothing is kept before the old draft was read, or it would be lost. */
  #ready = $state(false);
  /** The old draft was read, if there was one. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Something in it is somebody's work. */
  get touched(): boolean {
    return JSON.stringify(this.value) !== this.#fresh;
  }

  constructor(key: string, fresh: T) {
    const value = $state(fresh);
    this.value = value;
    this.#fresh = JSON.stringify(fresh);
    this.keeper = new DraftKeeper(key);
    void this.#restore();
    $effect(() => {
      const body = JSON.stringify(this.value);
      // An untouched form is no draft, and neither is one that is as it was again.
      if (this.#ready) untrack(() => this.keeper.keep(body === this.#fresh ? '' : body));
    });
    $effect(() => () => void this.keeper.flush());
  }

  /** What follows from what is known, and is not yet somebody's work. */
  prefill(known: Partial<T>): void {
    const untouched = JSON.stringify(this.value) === this.#fresh;
    Object.assign(this.value, known);
    if (untouched) this.#fresh = JSON.stringify(this.value);
  }

  /** Empty again: it was published, or thrown away. */
  clear(fresh: T): Promise<void> {
    this.#fresh = JSON.stringify(fresh);
    Object.assign(this.value, fresh);
    return this.keeper.clear();
  }

  /** Thrown away. Gives the way to have it again, which the next form of this key then reads; none where nothing was typed. */
  async drop(fresh: T): Promise<(() => Promise<void>) | undefined> {
    const was = JSON.stringify(this.value);
    const touched = was !== this.#fresh;
    await this.clear(fresh);
    if (!touched) return undefined;
    return () => {
      this.keeper.keep(was);
      return this.keeper.flush();
    };
  }

  async #restore(): Promise<void> {
    const body = await this.keeper.restore();
    // A draft of an older window may lack fields: they stay as they are.
    if (body) Object.assign(this.value, JSON.parse(body) as Partial<T>);
    this.#ready = true;
  }
}
