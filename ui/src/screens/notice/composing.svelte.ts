// The act of composing: restores what was left, previews the audience, sends, and asks again when the list moved.
import { asFault, call } from '$lib/api';
import { DraftKeeper } from '$lib/draft.svelte';
import { faultWords } from '$lib/faults';
import { live } from '$lib/live.svelte';
import { schoolNow } from '$lib/school.svelte';
import { me } from '$lib/me.svelte';
import { isPast, soon } from '$lib/when';
import { m } from '$messages';
import type { NoticeOpened, Target, TemplateDraft, TemplateFilled } from '$lib/bindings';
import { askMissing, askWrong, sameAsk, type AskKind } from './ask/asking';
import { reminderOf } from './ask/reminding';
import { wayOf } from './approving';
import { childFilesOf, seenOf } from './own/owning';
import { FEWEST, isCount, OCCURRENCES, ruleOf } from './series/repeat';
import { surveyOf, type Survey } from '../afterwards/survey';
import { audienceOf, blank, BODY_CHARS, guessChanged, isBefore, isBlank, isTooFar, lengthOf, readLetter, requestOf, sendAt, signatoriesOf, TARGETS, TITLE_CHARS, withKind, type Letter } from './compose';

/** Why it is composed: instead of another, once more, to remind of another, or for who takes part in something. */
export interface Occasion {
  supersedes?: string;
  again?: string;
  /** When that one was to go out, if not at once. */
  at?: string;
  remind?: string;
  to?: Target;
  /** And who else. */
  also?: readonly Target[];
  /** A template it is written from. */
  template?: string;
  /** They are asked how it was: by a theme's questions, or the usual ones. */
  survey?: Survey;
  /** Of those, who is left out. */
  but?: readonly Target[];
  /** They are asked to sign this. */
  slip?: { title: string; body: string };
}

/** Families have it, or are about to. */
const isThere = ({ line }: NoticeOpened): boolean => ['sent', 'held', 'proposed'].includes(line.state.is);

export class Composing {
  letter = $state<Letter>(blank());
  /** The notice this one replaces. */
  before = $state.raw<Pick<NoticeOpened, 'answered_by'> & Pick<NoticeOpened['line'], 'id' | 'title' | 'ask'>>();
  /** The notice this one reminds of. */
  reminded = $state.raw<{ title: string; wide: boolean }>();
  ready = $state(false);
  sending = $state(false);
  /** A file is still on its way in. */
  adding = $state(false);
  /** A file for one child is. */
  owning = $state(false);
  trouble = $state('');
  readonly keeper: DraftKeeper;
  /** The one that is composed once more, as it stands. */
  readonly source = live(() => (this.#occasion.again ? { ask: 'notice.open', with: { notice: this.#occasion.again }, topics: ['notice'] } : null));
  readonly preview = live(() => (this.chosen ? { ask: 'notice.preview', with: { audience: audienceOf(this.letter.audience), send_at: sendAt(this.letter) }, topics: ['notice', 'class'] } : null));
  /** Whose the files are that are each for one child. */
  readonly matching = live(() => (this.owns && this.chosen ? { ask: 'notice.match-files', with: { audience: audienceOf(this.letter.audience), names: this.letter.own.map(({ name }) => name), keeps: this.#keepsOf }, topics: ['class'] } : null));
  /** How it repeats; empty where it does not, or where something is missing. */
  readonly rule = $derived.by(() => (this.repeats ? ruleOf(this.letter, this.letter.send_at, me.zone) : ''));
  readonly times = live(() => (this.rule && sendAt(this.letter) ? { ask: 'series.times', with: { rule: this.rule, from: this.letter.send_at, skip_holidays: this.letter.skipHolidays }, topics: ['holidays'] } : null));
  #occasion: Occasion;
  /** The table of files as it was when it was ticked. */
  #seen = $state('');

  constructor(occasion: Occasion) {
    this.#occasion = occasion;
    const { again, supersedes, remind, to, template, survey } = occasion;
    const from = again ?? supersedes ?? (remind && `remind.${remind}`) ?? (to && `${survey ? 'survey.' : template ? `template.${template}.` : ''}${to.kind}.${to.id}`);
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
  /** When it goes out, if not at once: as asked, or after the quiet hours of the school. */
  get goes(): string | null {
    return this.reach?.quiet_until ?? sendAt(this.letter);
  }
  /** Whether it carries files that are each for one child. */
  get owns(): boolean {
    return this.letter.own.length > 0 || this.#keepsOf !== null;
  }
  get #keepsOf(): string | null {
    return this.letter.own_keeps ? (this.before?.id ?? null) : null;
  }
  get matched() {
    return this.owns && this.chosen ? this.matching.value : undefined;
  }
  get matchFault() {
    return this.owns && this.chosen ? this.matching.fault : undefined;
  }
  /** The table as it stands was looked at. */
  get ownSeen(): boolean {
    return this.#seen !== '' && this.#seen === this.#ownNow;
  }
  see = (seen: boolean): void => void (this.#seen = seen ? this.#ownNow : '');
  get #ownNow(): string {
    const { letter, matched } = this;
    return matched ? seenOf(audienceOf(letter.audience), letter.own, letter.own_keeps, matched) : '';
  }
  readonly ownMissing = $derived.by(() => {
    const { letter, matched } = this;
    if (this.owning) return m.own_wait();
    if (!this.owns) return '';
    if (letter.ask.is === 'sign') return m.own_missing_sign();
    if (this.repeats) return m.own_missing_repeat();
    if (!matched || this.matching.loading) return m.own_wait();
    if (matched.children.every(({ file }) => file.is === 'none')) return m.own_missing_none();
    return this.ownSeen ? '' : m.own_missing_seen();
  });
  /** Whether it comes again. What replaces another comes once. */
  get repeats(): boolean {
    return this.letter.later && this.letter.repeats && !this.before;
  }
  readonly repeatWrong = $derived.by(() => {
    if (!this.repeats) return '';
    const { every, weekdays, ends, until, count } = this.letter;
    if (every === 'week' && !weekdays.length) return m.series_missing_days();
    if (ends === 'until' && !until) return m.series_missing_until();
    if (ends === 'count' && !isCount(count)) return m.series_missing_count({ fewest: FEWEST, most: OCCURRENCES });
    const found = this.rule ? this.times.value : undefined;
    if (found?.too_many) return m.series_too_many({ most: OCCURRENCES });
    const last = found?.times.at(-1);
    if (last && isTooFar(last, schoolNow())) return m.series_too_far({ when: soon(last, me.zone) });
    return found && !last ? m.series_never() : '';
  });
  readonly titleOver = $derived(lengthOf(this.letter.title) - TITLE_CHARS);
  readonly bodyOver = $derived(lengthOf(this.letter.body) - BODY_CHARS);
  readonly dueWrong = $derived.by(() => {
    const { due } = this.letter;
    if (!due) return '';
    if (isPast(due)) return m.notice_field_due_past();
    // The list knows of the hold window and the quiet hours; a time that was just chosen it may not know yet.
    const at = [this.reach?.goes_out, sendAt(this.letter)].find((goes) => goes && isBefore(due, goes));
    return at ? m.ask_due_before_send({ when: soon(at, me.zone) }) : '';
  });
  readonly sendWrong = $derived.by(() => {
    const at = sendAt(this.letter);
    if (!at) return '';
    if (isPast(at)) return m.ask_send_past();
    return isTooFar(at, schoolNow()) ? m.ask_send_far() : '';
  });
  /** Who could be named to answer, as the list stands. */
  readonly signatories = $derived(this.reach ? signatoriesOf(this.letter.audience, this.reach) : []);
  /** A guardian was named whom this audience does not have. */
  readonly strangerNamed = $derived.by(() => {
    const who = this.letter.answered_by;
    return who.is === 'guardian' && this.reach !== undefined && !this.signatories.some(({ guardian }) => guardian.id === who.person);
  });
  /** What was answered to the notice it replaces answers this one too: the same is asked of the same, and nothing signed. */
  readonly mayKeep = $derived.by(() => {
    const { before, letter } = this;
    if (!before || letter.ask.is === 'nothing' || letter.ask.is === 'sign') return false;
    return sameAsk(before.ask, letter.ask) && JSON.stringify(before.answered_by) === JSON.stringify(letter.answered_by);
  });
  readonly factMissing = $derived(this.letter.now.trim() !== '' && !this.letter.title.includes(this.letter.now.trim()));
  /** What is still missing, in words; empty when it can go. */
  readonly missing = $derived.by(() => {
    const { letter } = this;
    if (!this.chosen) return m.notice_missing_audience();
    if (letter.audience.length > TARGETS) return m.ask_missing_targets({ most: TARGETS });
    if (!letter.title.trim()) return m.notice_missing_title();
    const unasked = askMissing(letter.ask, letter.body);
    if (unasked) return unasked;
    if (letter.ask.is !== 'nothing' && this.strangerNamed) return m.ask_missing_guardian();
    if (letter.later && !letter.send_at) return m.ask_missing_send_at();
    return this.adding ? m.file_wait() : this.ownMissing;
  });
  /** Something cannot be sent as it stands; it is told where it stands. */
  readonly wrong = $derived(this.titleOver > 0 || this.bodyOver > 0 || this.dueWrong !== '' || this.sendWrong !== '' || this.repeatWrong !== '' || this.factMissing || askWrong(this.letter.ask));
  get sendable(): boolean {
    return !this.missing && !this.wrong && !this.preview.loading && (this.reach?.families ?? 0) > 0 && wayOf(this.reach) !== 'nobody';
  }

  pickAsk = (kind: AskKind): void => void Object.assign(this.letter, withKind(this.letter, kind));

  /** A title that differs in one time or number from the one it replaces says itself what changed. */
  guess = (): void => {
    const { letter, before } = this;
    if (!before || (letter.was && letter.now && !this.factMissing)) return;
    const fact = guessChanged(before.title, letter.title);
    if (fact) Object.assign(letter, fact);
  };

  /** Back to how it began. Gives the way to have it as it was. */
  drop = async (): Promise<() => void> => {
    const was = $state.snapshot(this.letter);
    this.letter = blank();
    await this.keeper.clear();
    await this.#prefill();
    return () => (this.letter = was);
  };

  /** A template's words in place of what was written; whom it goes to and when stays. Gives the way to have it as it was. */
  take = ({ ask, answered_by, reminds }: TemplateDraft, { title, body }: TemplateFilled): (() => void) => {
    const was = $state.snapshot(this.letter);
    this.letter = { ...this.letter, title, body, ask, answered_by, reminds, aside: [] };
    return () => (this.letter = was);
  };

  /** Says whether it went. */
  send = async (): Promise<boolean> => {
    const seen = this.reach?.families ?? 0;
    this.sending = true;
    this.trouble = '';
    try {
      const notice = requestOf(this.letter, seen, this.before?.id ?? null, this.mayKeep && this.letter.keeps_answers);
      const { matched } = this;
      if (matched) await call('notice.send-files', { notice, child_files: childFilesOf(matched, this.letter.own, this.#keepsOf !== null) });
      else await (this.rule ? call('series.send', { notice, rule: this.rule, skip_holidays: this.letter.skipHolidays }) : call('notice.send', notice));
      this.ready = false;
      await this.keeper.clear();
      return true;
    } catch (thrown) {
      const fault = asFault(thrown);
      // The list moved while it was being written: show the new one, and let the author press again.
      if (fault.fault === 'refused' && fault.refusal.code === 'audience-changed') {
        this.trouble = m.notice_audience_moved({ seen: fault.refusal.seen, now: fault.refusal.now });
        await this.preview.refetch();
      } else {
        this.trouble = faultWords(fault).next;
        // It goes out later than was shown: the deadline tells so too.
        if (fault.fault === 'refused' && fault.refusal.code === 'due-too-early') await this.preview.refetch();
      }
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
    const { again, at = '', supersedes, remind, to, also = [], survey, but = [], slip } = this.#occasion;
    if (kept) this.letter = kept;
    try {
      if (remind) return await this.#remind(remind, kept);
      if (to && !kept) {
        const { names } = await call('notice.names', { audience: { include: [to, ...also], except: [...but] } });
        this.letter = { ...blank(), audience: names, ...(survey ? surveyOf(names, survey) : slip ? { ...slip, ask: { is: 'sign' } } : {}) };
      }
      const once = again ? await call('notice.open', { notice: again }) : undefined;
      const replaced = supersedes ?? once?.supersedes;
      const old = replaced ? await call('notice.open', { notice: replaced }) : undefined;
      // What another has replaced since is not replaced again.
      if (replaced && old && (!again || isThere(old))) this.before = { id: replaced, title: old.line.title, ask: old.line.ask, answered_by: old.answered_by };
      const from = once ?? old;
      if (kept || !from) return;
      const { line, body, audience, answered_by, keeps_answers, class_reads, reminds, files, child_files } = from;
      const { title, ask } = line;
      const due = line.due && !isPast(line.due) ? line.due : '';
      const fact = once ? line.changed : null;
      const own_keeps = (old?.child_files.length ?? 0) > 0;
      this.letter = { ...blank(), audience, title, body, ask, answered_by, due, class_reads, reminds, later: at !== '', send_at: at, files: files.map(({ attachment }) => attachment), own: once ? child_files.map(({ file }) => file.attachment) : [], own_keeps, was: fact?.was ?? '', now: fact?.now ?? '', keeps_answers: once !== undefined && keeps_answers };
    } catch (thrown) {
      this.trouble = faultWords(asFault(thrown)).next;
    }
  }

  /** Words may have been kept; whom it reaches is always those who are silent now. */
  async #remind(notice: string, kept: Letter | undefined): Promise<void> {
    const { wide, ...reminder } = reminderOf(await call('notice.open', { notice }));
    this.reminded = { title: reminder.about, wide };
    const { audience, title, body } = reminder;
    this.letter = { ...blank(), ask: { is: 'nothing' }, title, body, ...kept, audience };
  }
}
