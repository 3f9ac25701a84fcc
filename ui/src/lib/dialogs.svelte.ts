// Which dialogs are open, the last on top. What lies outside the top one cannot be reached: whatever is to be pressed stands in it.
class Dialogs {
  #open = $state.raw<readonly string[]>([]);

  get top(): string | undefined {
    return this.#open.at(-1);
  }
  /** Until what it gives back is called. */
  enter(id: string): () => void {
    this.#open = [...this.#open, id];
    return () => (this.#open = this.#open.filter((one) => one !== id));
  }
}

export const dialogs = new Dialogs();
