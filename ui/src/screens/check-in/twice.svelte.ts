// One press may be a slip; a second one soon after is meant.

/** Time enough to read the line and press again, in milliseconds. */
const SOON_MS = 2000;

export class Twice {
  /** Pressed once: the second press acts. */
  waits = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  press(act: () => void): void {
    clearTimeout(this.#timer);
    const meant = this.waits;
    this.waits = !meant;
    if (meant) act();
    else this.#timer = setTimeout(() => (this.waits = false), SOON_MS);
  }
}
