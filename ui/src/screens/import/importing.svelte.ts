// One import from the chosen file to what was written. Nothing is written before `confirm`.
import { asFault, call, type Fault } from '$lib/api';
import type { ImportOutcome, ImportPreviewed } from '$lib/bindings';
import { me } from '$lib/me.svelte';
import { schoolNow } from '$lib/school.svelte';
import { m } from '$messages';
import { leaving, type Leave } from './counts';
import { fileWords, yearsToChoose } from './faults';
import { MAX_BYTES, toBase64 } from './file';

/** Faults that the same file would meet again. */
const FILES_FAULT: readonly Fault['fault'][] = ['denied', 'refused', 'invalid'];
type Step = 'choose' | 'reading' | 'checking' | 'preview' | 'writing' | 'done';

export class Importing {
  step = $state<Step>('choose');
  name = $state('');
  read = $state(0);
  size = $state(0);
  preview = $state.raw<ImportPreviewed>();
  outcome = $state.raw<ImportOutcome>();
  /** Those absent from the file leave only when this is ticked. */
  leave = $state<Leave>({ pupils: false, staff: false });
  trouble = $state.raw<{ title: string; next: string }>();
  /** The file says several school years: one of these is to be chosen. */
  years = $state.raw<readonly number[]>([]);
  /** Nothing is wrong with the file: it can be asked about again as it is. */
  again = $state.raw<() => void>();
  #turn = 0;
  #content = '';

  choose = async (file: File): Promise<void> => {
    const turn = ++this.#turn;
    this.#blank(file);
    if (file.size > MAX_BYTES) {
      this.trouble = { title: m.import_denied(), next: m.import_too_large({ size: Math.ceil(file.size / 1_048_576) }) };
      return;
    }
    this.step = 'reading';
    const going = () => turn === this.#turn;
    let content: string | undefined;
    try {
      content = await toBase64(file, (bytes) => (this.read = bytes), going);
    } catch {
      if (going()) this.#stop({ title: m.import_denied(), next: m.import_unreadable() });
      return;
    }
    if (content === undefined) return;
    this.#content = content;
    await this.#check(turn, null);
  };

  /** The same file as one of another school year: where its title does not say it, or says it wrong. */
  readAs = async (year: number): Promise<void> => {
    await this.#check(++this.#turn, year);
  };

  async #check(turn: number, year: number | null): Promise<void> {
    this.leave = { pupils: false, staff: false };
    this.#quiet();
    this.step = 'checking';
    try {
      const preview = await call('import.preview', { name: this.name, content: this.#content, year });
      if (turn !== this.#turn) return;
      this.preview = preview;
      this.step = 'preview';
    } catch (thrown) {
      if (turn !== this.#turn) return;
      const fault = asFault(thrown);
      this.years = yearsToChoose(fault, me.value?.year ?? schoolNow().getFullYear());
      if (this.years.length) {
        this.step = 'choose';
        return;
      }
      this.#stop(fileWords(fault));
      if (!FILES_FAULT.includes(fault.fault)) this.again = () => void this.#check(++this.#turn, year);
    }
  }

  /** Whatever is under way no longer counts. */
  cancel = (): void => {
    this.#turn += 1;
    this.step = 'choose';
    this.preview = undefined;
    this.#quiet();
    this.#content = '';
  };

  confirm = async (): Promise<void> => {
    if (!this.preview) return;
    this.step = 'writing';
    this.trouble = undefined;
    try {
      const { pupils, staff } = leaving(this.preview.counts, this.leave);
      this.outcome = await call('import.confirm', { id: this.preview.id, let_leave: pupils > 0, let_staff_leave: staff > 0 });
      this.step = 'done';
    } catch (thrown) {
      const fault: Fault = asFault(thrown);
      this.trouble = fileWords(fault);
      this.step = 'preview';
    }
  };

  #blank(file: File): void {
    this.name = file.name;
    this.size = file.size;
    this.read = 0;
    this.leave = { pupils: false, staff: false };
    this.preview = undefined;
    this.outcome = undefined;
    this.#quiet();
    this.step = 'choose';
  }
  #quiet(): void {
    this.trouble = undefined;
    this.years = [];
    this.again = undefined;
  }
  #stop(trouble: { title: string; next: string }): void {
    this.trouble = trouble;
    this.step = 'choose';
  }
}
