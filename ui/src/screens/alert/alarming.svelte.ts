// The act of sounding an alert: restores what was left, shows whom it reaches, sends.
import { asFault, call } from '$lib/api';
import { DraftKeeper } from '$lib/draft.svelte';
import { faultWords } from '$lib/faults';
import { live } from '$lib/live.svelte';
import { isPast } from '$lib/when';
import { m } from '$messages';
import { audienceOf, BODY_CHARS, lengthOf, TARGETS, TITLE_CHARS } from '../notice/compose';
import { blankCall, callAfter, isBlankCall, readCall, sendOf, type Call, type Followed } from './alarm';

/** How often an alert can have been replaced meanwhile before one is lost. */
const STEPS = 20;

export class Alarming {
  letter = $state<Call>(blankCall());
  followed = $state.raw<Followed>();
  ready = $state(false);
  sending = $state(false);
  trouble = $state('');
  readonly keeper: DraftKeeper;
  readonly preview = live(() => (this.chosen ? { ask: 'notice.preview', with: { audience: this.followed?.audience ?? audienceOf(this.letter.audience), send_at: null }, topics: ['notice', 'class'] } : null));
  #follows: string | undefined;
  #kind: Followed['msg_type'];
  /** How it begins by itself: nobody has written that. */
  #began = '';

  constructor(follows: string | undefined, kind: Followed['msg_type']) {
    this.#follows = follows;
    this.#kind = kind;
    this.keeper = new DraftKeeper(follows ? `alert.compose.${kind}.${follows}` : 'alert.compose');
    void this.#begin();
    $effect(() => {
      const text = JSON.stringify(this.letter);
      if (this.ready) this.keeper.keep(isBlankCall(this.letter) || text === this.#began ? '' : text);
    });
    $effect(() => () => void this.keeper.flush());
  }

  get chosen(): boolean {
    return this.letter.audience.length > 0;
  }
  get reach() {
    return this.chosen ? this.preview.value : undefined;
  }
  get clears(): boolean {
    return this.#follows !== undefined && this.#kind === 'cancel';
  }
  readonly titleOver = $derived(lengthOf(this.letter.title) - TITLE_CHARS);
  readonly bodyOver = $derived(lengthOf(this.letter.body) - BODY_CHARS);
  readonly expiresWrong = $derived(this.letter.expires && isPast(this.letter.expires) ? m.alert_expires_past() : '');
  /** What is still missing, in words; empty when it can go. */
  readonly missing = $derived.by(() => {
    const { status, audience, title } = this.letter;
    if (!status) return m.alert_missing_kind();
    if (!audience.length) return m.notice_missing_audience();
    if (audience.length > TARGETS) return m.ask_missing_targets({ most: TARGETS });
    return title.trim() ? '' : m.notice_missing_title();
  });
  readonly wrong = $derived(this.titleOver > 0 || this.bodyOver > 0 || this.expiresWrong !== '');
  get sendable(): boolean {
    const follows = this.#follows === undefined || this.followed !== undefined;
    return follows && !this.missing && !this.wrong && !this.preview.loading && (this.reach?.families ?? 0) > 0;
  }

  /** Back to how it began. Gives the way to have it as it was. */
  drop = async (): Promise<() => void> => {
    const was = $state.snapshot(this.letter) as Call;
    this.letter = blankCall();
    await this.keeper.clear();
    await this.#prefill();
    return () => (this.letter = was);
  };

  /** Says whether it went. */
  send = async (): Promise<boolean> => {
    const { status } = this.letter;
    if (!status || !this.sendable) return false;
    this.sending = true;
    this.trouble = '';
    try {
      await call('notice.send', sendOf({ ...($state.snapshot(this.letter) as Call), status }, this.reach?.families ?? 0, this.followed));
      this.ready = false;
      await this.keeper.clear();
      return true;
    } catch (thrown) {
      const fault = asFault(thrown);
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
    const kept = readCall(await this.keeper.restore());
    await this.#prefill(kept);
    this.ready = true;
  }

  async #prefill(kept?: Call): Promise<void> {
    try {
      const opened = this.#follows && (await newest(this.#follows));
      const alert = opened ? opened.line.alert : null;
      if (opened && alert) {
        this.followed = { notice: opened.line.id, msg_type: this.#kind, alert, title: opened.line.title, audience: opened.audience_is };
        const fresh = callAfter(opened, alert, this.#kind);
        this.#began = JSON.stringify(fresh);
        this.letter = { ...fresh, ...kept, audience: opened.audience, status: alert.status };
      } else if (kept) this.letter = kept;
    } catch (thrown) {
      this.trouble = faultWords(asFault(thrown)).next;
    }
  }
}

/** What stands now: somebody else may have sent an update meanwhile. */
async function newest(notice: string) {
  let opened = await call('notice.open', { notice });
  for (let step = 0; step < STEPS && opened.line.state.is === 'superseded'; step++) opened = await call('notice.open', { notice: opened.line.state.by });
  return opened;
}
