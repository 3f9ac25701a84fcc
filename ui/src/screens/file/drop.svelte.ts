// Files that are dropped on a part of the screen.

export class Drop {
  /** Whether files hang over it. */
  over = $state(false);
  readonly #take: (files: Iterable<File>) => void;

  constructor(take: (files: Iterable<File>) => void) {
    this.#take = take;
  }

  readonly dragged = (event: DragEvent): void => {
    if (this.#carries(event)) this.over = true;
  };
  readonly left = (): void => void (this.over = false);
  readonly dropped = (event: DragEvent): void => {
    if (!this.#carries(event)) return;
    this.over = false;
    this.#take(event.dataTransfer?.files ?? []);
  };

  /** Text and links that are dragged by go where they always went. */
  #carries(event: DragEvent): boolean {
    if (!event.dataTransfer?.types.includes('Files')) return false;
    event.preventDefault();
    return true;
  }
}
