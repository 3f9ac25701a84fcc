// What is being written, kept by the core as it is written: at most 300 ms of typing can be lost.
import { asFault, call, type Fault } from './api';

/** From the first letter that is not kept yet, however fast the typing goes on. */
export const KEEP_MS = 200;

export class DraftKeeper {
  /** Whether what is on screen is also on disk. */
  state = $state<'blank' | 'saving' | 'kept' | 'failed'>('blank');
  fault = $state.raw<Fault>();
  #key: string;
  #body = '';
  #kept = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(key: string) {
    this.#key = key;
  }

  /** What was left here; empty where there is nothing. */
  async restore(): Promise<string> {
    try {
      const { body } = await call('draft.get', { key: this.#key });
      this.#body = this.#kept = body;
      if (body) this.state = 'kept';
      return body;
    } catch (thrown) {
      this.#failed(thrown);
      return '';
    }
  }

  keep(body: string): void {
    if (body === this.#body && this.state !== 'failed') return;
    this.#body = body;
    this.state = 'saving';
    this.#timer ??= setTimeout(() => void this.flush(), KEEP_MS);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const body = this.#body;
    if (body === this.#kept) {
      this.state = body ? 'kept' : 'blank';
      return;
    }
    try {
      await call('draft.put', { key: this.#key, body });
      this.#kept = body;
      this.fault = undefined;
      if (this.#body === body) this.state = body ? 'kept' : 'blank';
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  /** Sent or thrown away: nothing comes back here. */
  clear(): Promise<void> {
    this.#body = '';
    return this.flush();
  }

  #failed(thrown: unknown): void {
    this.fault = asFault(thrown);
    this.state = 'failed';
  }
}
