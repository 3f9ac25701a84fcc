// Who was meant by what is typed: asked once the hand rests, and never while a scanner types.
import { asFault, call, type Fault } from '$lib/api';
import type { PartyView } from '$lib/bindings';
import { isScan } from './ticket';

/** Longer than a scanner needs from one letter to the next, shorter than a person notices. */
export const REST_MS = 90;

export class Search {
  text = $state('');
  parties = $state.raw<readonly PartyView[]>([]);
  more = $state(false);
  /** Which of them is meant. */
  at = $state(0);
  /** Whether the arrows were used: then a digit is a number of people and no letter of a name. */
  steered = $state(false);
  fault = $state.raw<Fault>();
  /** What the parties were found by. */
  #by = $state<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #scope: () => { event: string; session: string } | undefined;
  #one: () => boolean;

  /** `one`: who checks in for a coordinator sees one family, and none where too many fit. */
  constructor(scope: () => { event: string; session: string } | undefined, one: () => boolean) {
    this.#scope = scope;
    this.#one = one;
  }

  /** The list is of what stands in the field now. */
  get fresh(): boolean {
    return this.#by !== undefined && this.#by === this.text.trim();
  }
  get chosen(): PartyView | undefined {
    return this.fresh ? this.parties[this.at] : undefined;
  }

  type(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    if (!text.trim() || isScan(text)) this.clear(text);
    else this.#timer = setTimeout(() => void this.ask(), REST_MS);
  }
  clear(text = ''): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.text = text;
    this.parties = [];
    [this.more, this.at, this.steered, this.fault, this.#by] = [false, 0, false, undefined, undefined];
  }
  /** A scanned party that may come in is asked about like one that was found. */
  propose(party: PartyView): void {
    this.clear();
    this.parties = [party];
    this.#by = '';
  }
  steer(step: number): void {
    if (!this.parties.length) return;
    this.steered = true;
    this.at = (this.at + step + this.parties.length) % this.parties.length;
  }

  /** Asks at once; for Enter before the hand has rested. */
  async ask(): Promise<void> {
    clearTimeout(this.#timer);
    const [scope, text, turn] = [this.#scope(), this.text.trim(), ++this.#turn];
    if (!scope || !text || isScan(text)) return;
    try {
      const { parties: found, more } = await call('check-in.find', { ...scope, text });
      if (turn !== this.#turn) return;
      // Whom nobody sees on the screen Enter does not mean.
      const parties = more && this.#one() ? [] : found;
      const same = this.#by === text ? this.parties[this.at]?.booking : undefined;
      const at = parties.findIndex(({ booking }) => booking === same);
      this.parties = parties;
      this.at = Math.max(0, at);
      if (this.#by !== text) this.steered = false;
      [this.more, this.fault, this.#by] = [more, undefined, text];
    } catch (thrown) {
      if (turn === this.#turn) this.fault = asFault(thrown);
    }
  }
}
