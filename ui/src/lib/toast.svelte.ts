export interface Said {
  id: number;
  text: string;
  undo?: () => void;
}

/** Long enough to read and to reach 撤销; the pointer or focus on it holds it. */
const STAY_MS = 10_000;

class Toasts {
  said = $state.raw<Said[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  say(text: string, undo?: () => void): void {
    const one = { id: this.#next++, text, undo };
    // Three are enough to read; an older one gives way.
    this.said = [...this.said, one].slice(-3);
    this.release(one.id);
  }
  dismiss(id: number): void {
    this.hold(id);
    this.said = this.said.filter((one) => one.id !== id);
  }
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
  release(id: number): void {
    this.hold(id);
    this.#timers.set(id, setTimeout(() => this.dismiss(id), STAY_MS));
  }
}

export const toasts = new Toasts();
