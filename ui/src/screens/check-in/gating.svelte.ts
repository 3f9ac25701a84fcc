// One gate at work: who is meant, how many come, what was said last.
import { asFault, call, type Fault } from '$lib/api';
import type { ArrivalView, BoardView, GateSession, PartyView } from '$lib/bindings';
import { faultWords } from '$lib/faults';
import type { Live } from '$lib/live.svelte';
import { nameShown } from '$lib/messages';
import { schoolNow } from '$lib/school.svelte';
import { Search } from './search.svelte';
import { sound } from './sound.svelte';
import { isScan, ticketIn } from './ticket';
import { refusedAs, scanned, sessionNow, toneOf, verdictOf, whoOf, type Verdict } from './verdict';

/** What one key sets at most; more are counted with +. */
const DIGIT = /^[1-9]$/;

export class Gating {
  readonly search: Search;
  verdict = $state.raw<Verdict>();
  /** Whoever is found now leaves, or is back. */
  leaving = $state(false);
  /** The session somebody chose; else the one that admits now. */
  picked = $state<string>();
  #people = $state<number>();
  #waiting = $state(0);
  #line = Promise.resolve();
  #board: Live<'check-in.board'>;

  constructor(board: Live<'check-in.board'>) {
    this.#board = board;
    this.search = new Search(
      () => (this.session ? { event: this.event, session: this.session.id } : undefined),
      () => !this.value?.line.supervises,
    );
  }

  get busy(): boolean {
    return this.#waiting > 0;
  }
  get value(): BoardView | undefined {
    return this.#board.value;
  }
  get event(): string {
    return this.value?.line.event ?? '';
  }
  get session(): GateSession | undefined {
    const { value } = this;
    if (!value) return undefined;
    return value.sessions.find(({ id }) => id === this.picked) ?? sessionNow(value.sessions, value.line.next, schoolNow());
  }
  /** Seats of the gate's own that it may still give in this session. */
  get left(): number {
    const lease = this.value?.own?.leases.find(({ session }) => session === this.session?.id);
    return Math.max(0, (lease?.seats ?? 0) - (lease?.used ?? 0));
  }
  /** The newest that can be undone. */
  get last(): ArrivalView | undefined {
    return this.value?.recent.find(({ state }) => state.is !== 'undone');
  }

  /** What was settled between this gate and another: a coordinator has those of all gates. */
  get conflicts(): readonly ArrivalView[] {
    const here = this.value?.own?.id;
    return this.value?.conflicts.filter(({ gate }) => gate === here) ?? [];
  }

  /** How many of the chosen party come. */
  get people(): number {
    const most = this.most;
    return Math.min(most, Math.max(1, this.#people ?? (this.#free || 1)));
  }
  get #free(): number {
    const admission = this.search.chosen?.admission;
    return admission?.is === 'may' ? admission.seats : 0;
  }
  /** The booking's seats, and what the gate has of its own. */
  get most(): number {
    return Math.max(1, this.#free + this.left);
  }
  set people(people: number) {
    this.#people = people;
  }
  get extra(): number {
    return Math.max(0, this.people - this.#free);
  }

  /** Letting in, or noting who leaves and is back. */
  turn(): void {
    this.leaving = !this.leaving;
    this.clear();
    this.verdict = undefined;
  }
  /** Another session. What was said of the last one does not hold for it. */
  choose(session: string): void {
    this.picked = session;
    this.clear();
    this.verdict = undefined;
  }

  type(text: string): void {
    this.#people = undefined;
    this.search.type(text);
  }
  steer(step: number): void {
    this.#people = undefined;
    this.search.steer(step);
  }
  clear(): void {
    this.#people = undefined;
    this.search.clear();
  }

  /** A key that means people, not letters: + and −, and a digit once it is clear who is meant. */
  count(key: string): boolean {
    const { chosen, text, steered, parties } = this.search;
    if (this.leaving || chosen?.admission.is !== 'may') return false;
    if (key === '+' || key === '=') this.people += 1;
    else if (key === '-') this.people -= 1;
    // Somebody who types a number of a pupil goes on typing it.
    else if (DIGIT.test(key) && !/\d$/.test(text) && (steered || parties.length === 1)) this.people = Number(key);
    else return false;
    return true;
  }

  /** Enter. */
  async enter(): Promise<void> {
    const { text } = this.search;
    const code = ticketIn(text);
    // A scanner does not wait: what it read is out of the field before the next is typed.
    if (code) return this.scan(code);
    if (isScan(text)) {
      this.clear();
      return this.say(verdictOf({ is: 'no-ticket' }));
    }
    if (this.busy) return;
    if (!this.search.fresh) await this.search.ask();
    const party = this.search.chosen;
    if (party) await (this.leaving ? this.move(party) : this.admit(party));
  }

  async scan(code: string): Promise<void> {
    const { event, session, leaving } = this;
    this.clear();
    if (!session) return;
    await this.#work(async () => {
      // A ticket lets in whoever may come in: of who is about to leave it only says whose it is.
      const read = await call('check-in.scan', { event, session: session.id, code, looks: leaving });
      if (leaving && read.party) return this.#moved(read.party);
      const verdict = scanned(read);
      if (verdict) this.say(verdict);
      else if (read.party) this.search.propose(read.party);
    });
  }

  /** Some of a party that was found, or all of it. */
  async admit(party: PartyView): Promise<void> {
    const { event, session, people, extra } = this;
    if (!session) return;
    this.clear();
    if (party.admission.is !== 'may') return this.say(verdictOf(party.admission, party));
    await this.#work(async () => {
      await call('check-in.arrive', { event, session: session.id, booking: party.booking, name: '', seats: people - extra, extra, at: null });
      this.say(verdictOf({ is: 'in' }, party, people, extra));
    }, party);
  }

  /** On the gate's own seats; with a party whose seats are no more, or without one. */
  async walkIn(name: string, people: number, party?: PartyView): Promise<void> {
    const { event, session } = this;
    if (!session) return;
    this.clear();
    await this.#work(async () => {
      await call('check-in.arrive', { event, session: session.id, booking: party?.booking ?? null, name: party ? '' : name, seats: 0, extra: people, at: null });
      this.say({ ...verdictOf({ is: 'in' }, party, people, people), ...(party ? {} : { names: nameShown(name) }) });
    }, party);
  }

  async move(party: PartyView): Promise<void> {
    this.clear();
    await this.#work(() => this.#moved(party), party);
  }
  /** Everybody of the party who is here leaves; where all have left, they are back. */
  async #moved(party: PartyView): Promise<void> {
    const here = party.arrivals.filter(({ state }) => state.is === 'in');
    const moved = here.length ? here : party.arrivals.filter(({ state }) => state.is === 'out');
    const to = here.length ? 'left' : 'back';
    for (const { id } of moved) await call('check-in.correct', { arrival: id, to });
    const people = moved.reduce((sum, one) => sum + one.people, 0);
    this.say(verdictOf({ is: moved.length ? to : 'absent' }, party, people));
  }

  async undo(arrival: ArrivalView | undefined): Promise<void> {
    if (!arrival) return;
    await this.#work(async () => {
      await call('check-in.correct', { arrival: arrival.id, to: 'undo' });
      this.say({ ...verdictOf({ is: 'undone' }, undefined, arrival.people), names: whoOf(arrival) });
    });
  }

  say(verdict: Verdict): void {
    this.verdict = verdict;
    const tone = toneOf(verdict);
    if (tone) sound.play(tone);
  }

  /** One after the other, however fast they come. */
  #work(act: () => Promise<void>, party?: PartyView): Promise<void> {
    this.#waiting += 1;
    this.#line = this.#line.then(async () => {
      try {
        await act();
      } catch (thrown) {
        this.say(failedAs(asFault(thrown), party));
      }
      this.#waiting -= 1;
      void this.#board.refetch();
    });
    return this.#line;
  }
}

function failedAs(fault: Fault, party?: PartyView): Verdict {
  const known = fault.fault === 'refused' ? refusedAs(fault.refusal, party) : undefined;
  return known ?? verdictOf({ is: 'fault', ...faultWords(fault) }, party);
}
