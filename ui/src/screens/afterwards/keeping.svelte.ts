// A report as a file of its own: a workbook by the core, or what the page prints.
import { asFault, call, type Fault } from '$lib/api';
import type { KeptFile, ReportOf } from '$lib/bindings';
import { keepOnPaper } from '$lib/paper';
import { prefs } from '$lib/prefs.svelte';

export class Keeping {
  busy = $state(false);
  kept = $state.raw<KeptFile>();
  fault = $state.raw<Fault>();

  table = (of: ReportOf): Promise<void> => this.#do(async () => void (this.kept = await call('event.report-export', { of, language: prefs.language })));
  page = (title: string): Promise<void> => this.#do(async () => void (await keepOnPaper(title)));
  show = (): Promise<void> => this.#do(async () => void (this.kept && (await call('file.show', { name: this.kept.name }))));

  async #do(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.fault = undefined;
    try {
      await act();
    } catch (thrown) {
      this.fault = asFault(thrown);
    } finally {
      this.busy = false;
    }
  }
}
