// One import from the chosen file to what was written. Nothing is written before `confirm`.
import { asFault, call, type Fault } from '$lib/api';
import type { ImportOutcome, ImportPreviewed } from '$lib/bindings';
import { m } from '$messages';
import { leaving, type Leave } from './counts';
import { fileWords } from './faults';
import { MAX_BYTES, toBase64 } from './file';

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
    const turn = ++this.#turn;
    this.leave = { pupils: false, staff: false };
    this.trouble = undefined;
    await this.#check(turn, year);
  };

  async #check(turn: number, year: number | null): Promise<void> {
    this.step = 'checking';
    try {
      const preview = await call('import.preview', { name: this.name, content: this.#content, year });
      if (turn !== this.#turn) return;
      this.preview = preview;
      this.step = 'preview';
    } catch (thrown) {
      if (turn === this.#turn) this.#stop(fileWords(asFault(thrown)));
    }
  }

  /** Whatever is under way no longer counts. */
  cancel = (): void => {
    this.#turn += 1;
    this.step = 'choose';
    this.preview = undefined;
    this.trouble = undefined;
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
    this.trouble = undefined;
    this.step = 'choose';
  }
  #stop(trouble: { title: string; next: string }): void {
    this.trouble = trouble;
    this.step = 'choose';
  }
}
