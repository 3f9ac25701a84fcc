// A pile of sign-in sheets is entered by keys alone: initials, Enter, the next.
import { asFault, call } from '$lib/api';
import type { Parties, PartyView } from '$lib/bindings';
import { faultWords } from '$lib/faults';
import { m } from '$messages';

export interface Entered {
  arrival: string;
  child: string;
  people: number;
  /** As it was typed. */
  time: string;
}

/** "lyt 2": two came. Two digits at most; four are the end of a 学号. */
const WITH_PEOPLE = /^(.*\S)\s+(\d{1,2})$/;

export class PaperPile {
  typed = $state('');
  answer = $state.raw<Parties & { text: string }>();
  active = $state(0);
  trouble = $state('');
  /** The newest first. */
  entered = $state.raw<readonly Entered[]>([]);
  busy = $state(false);
  #event: string;
  #session: string;

  constructor(event: string, session: string) {
    this.#event = event;
    this.#session = session;
  }

  #wanted = $derived.by(() => {
    const found = WITH_PEOPLE.exec(this.typed.trim());
    return { text: found?.[1] ?? this.typed.trim(), people: found ? Number(found[2]) : undefined };
  });
  get text(): string {
    return this.#wanted.text;
  }
  /** Parties for what is typed now; of an older question none. */
  get parties(): readonly PartyView[] {
    return this.answer?.text === this.text ? this.answer.parties : [];
  }
  get isKnown(): boolean {
    return this.answer?.text === this.text;
  }

  async type(text: string): Promise<void> {
    this.typed = text;
    this.trouble = '';
    await this.#find();
  }
  step(by: number): void {
    const last = this.parties.length - 1;
    this.active = Math.max(0, Math.min(last, this.active + by));
  }

  /** The party Enter means: the one marked, or the only one, once what was typed is answered. */
  async meant(): Promise<PartyView | undefined> {
    if (!this.text) return undefined;
    const looked = this.isKnown;
    if (!looked) await this.#find();
    if (!looked && this.parties.length > 1) return undefined;
    if (!this.parties.length && this.isKnown) this.trouble = m.check_in_board_paper_nobody({ text: this.text });
    return this.parties[this.active];
  }
  /** How many of it are let in: all that are left, or as many as were typed. */
  peopleOf(seats: number): number {
    return Math.min(Math.max(1, this.#wanted.people ?? seats), seats);
  }

  async enter(party: PartyView, seats: number, at: string, child: string, time: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const more = (this.#wanted.people ?? seats) - seats;
    try {
      const { arrival } = await call('check-in.arrive', { event: this.#event, session: this.#session, booking: party.booking, name: '', seats, extra: 0, at });
      this.entered = [{ arrival, child, people: seats, time }, ...this.entered];
      this.typed = '';
      this.answer = undefined;
      // The paper says more than the booking has seats for.
      this.trouble = more > 0 ? m.check_in_board_paper_more({ child, count: seats, more }) : '';
    } catch (thrown) {
      this.trouble = m.common_told(faultWords(asFault(thrown)));
    } finally {
      this.busy = false;
    }
  }
  async strike(one: Entered): Promise<void> {
    try {
      await call('check-in.correct', { arrival: one.arrival, to: 'undo' });
      this.entered = this.entered.filter(({ arrival }) => arrival !== one.arrival);
    } catch (thrown) {
      this.trouble = m.common_told(faultWords(asFault(thrown)));
    }
  }

  async #find(): Promise<void> {
    const text = this.text;
    if (!text || this.isKnown) return;
    try {
      const found = await call('check-in.find', { event: this.#event, session: this.#session, text });
      // Something else was typed meanwhile.
      if (text !== this.text) return;
      this.answer = { ...found, text };
      this.active = 0;
    } catch (thrown) {
      if (text === this.text) this.trouble = m.common_told(faultWords(asFault(thrown)));
    }
  }
}
