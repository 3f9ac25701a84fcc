// The act of composing: restores what was left, previews the audience, sends, and asks again when the list moved.
import { asFault, call } from '$lib/api';
import { DraftKeeper } from '$lib/draft.svelte';
import { faultWords } from '$lib/faults';
import { live } from '$lib/live.svelte';
import { isPast } from '$lib/when';
import { m } from '$messages';
import { audienceOf, blank, BODY_CHARS, guessChanged, isBlank, lengthOf, readLetter, requestOf, TITLE_CHARS, type Letter } from './compose';

export class Composing {
  letter = $state<Letter>(blank());
  /** The notice this one replaces. */
  before = $state.raw<{ id: string; title: string }>();
  ready = $state(false);
  sending = $state(false);
  trouble = $state('');
  readonly keeper: DraftKeeper;
  readonly preview = live(() => (this.chosen ? { ask: 'notice.preview', with: { audience: audienceOf(this.letter.audience) }, topics: ['notice', 'class'] } : null));
  #supersedes: string | undefined;
  #again: string | undefined;

  constructor(supersedes: string | undefined, again: string | undefined) {
    this.#supersedes = supersedes;
    this.#again = again;
    const from = again ?? supersedes;
    this.keeper = new DraftKeeper(from ? `notice.compose.${from}` : 'notice.compose');
    void this.#begin();
    $effect(() => {
      const text = JSON.stringify(this.letter);
      if (this.ready) this.keeper.keep(isBlank(this.letter) ? '' : text);
    });
    $effect(() => () => void this.keeper.flush());
  }

  get chosen(): boolean {
    return this.letter.audience.some((name) => !name.except);
  }
  /** The list as it stands for what is chosen now. */
  get reach() {
    return this.chosen ? this.preview.value : undefined;
  }
  readonly titleOver = $derived(lengthOf(this.letter.title) - TITLE_CHARS);
  readonly bodyOver = $derived(lengthOf(this.letter.body) - BODY_CHARS);
  readonly duePast = $derived(this.letter.due !== '' && isPast(this.letter.due));
  readonly factMissing = $derived(this.letter.now.trim() !== '' && !this.letter.title.includes(this.letter.now.trim()));
  /** What is still missing, in words; empty when it can go. */
  readonly missing = $derived.by(() => {
    if (!this.chosen) return m.notice_missing_audience();
    if (!this.letter.title.trim()) return m.notice_missing_title();
    return '';
  });
  get sendable(): boolean {
    const wrong = this.titleOver > 0 || this.bodyOver > 0 || this.duePast || this.factMissing;
    return !this.missing && !wrong && !this.preview.loading && (this.reach?.families ?? 0) > 0;
  }

  /** A title that differs in one time or number from the one it replaces says itself what changed. */
  guess = (): void => {
    const { letter, before } = this;
    if (!before || (letter.was && letter.now && !this.factMissing)) return;
    const fact = guessChanged(before.title, letter.title);
    if (fact) Object.assign(letter, fact);
  };

  drop = async (): Promise<void> => {
    this.letter = blank();
    await this.keeper.clear();
    await this.#prefill();
  };

  /** Says whether it went. */
  send = async (): Promise<boolean> => {
    const seen = this.reach?.families ?? 0;
    this.sending = true;
    this.trouble = '';
    try {
      await call('notice.send', requestOf(this.letter, seen, this.before?.id ?? null));
      this.ready = false;
      await this.keeper.clear();
      return true;
    } catch (thrown) {
      const fault = asFault(thrown);
      // The list moved while it was being written: show the new one, and let the author press again.
      if (fault.fault === 'refused' && fault.refusal.code === 'audience-changed') {
        this.trouble = m.notice_audience_moved({ seen: fault.refusal.seen, now: fault.refusal.now });
        await this.preview.refetch();
      } else this.trouble = faultWords(fault).next;
      return false;
    } finally {
      this.sending = false;
    }
  };

  async #begin(): Promise<void> {
    const kept = readLetter(await this.keeper.restore());
    await this.#prefill(kept);
    this.ready = true;
  }

  async #prefill(kept?: Letter): Promise<void> {
    const from = this.#again ?? this.#supersedes;
    if (kept) this.letter = kept;
    if (!from) return;
    try {
      const { line, body, audience } = await call('notice.open', { notice: from });
      if (this.#supersedes) this.before = { id: this.#supersedes, title: line.title };
      if (kept) return;
      const due = line.due && !isPast(line.due) ? line.due : '';
      const fact = this.#again ? line.changed : null;
      this.letter = { audience, title: line.title, body, ask: line.ask, due, was: fact?.was ?? '', now: fact?.now ?? '' };
    } catch (thrown) {
      this.trouble = faultWords(asFault(thrown)).next;
    }
  }
}
