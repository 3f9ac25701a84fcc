// A screen that strangers stand before takes the whole window, and the whole display where it can: nothing else is to be pressed there.

/** Whether it does. Esc ends it, however it was left. */
export class Full {
  on = $state(false);

  toggle(): void {
    this.on = !this.on;
    // A display that refuses leaves the window covered all the same.
    if (this.on) void document.documentElement.requestFullscreen?.().catch(() => undefined);
    else this.#release();
  }

  end(): void {
    this.on = false;
    this.#release();
  }

  #release(): void {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  }
}
