// The table as a file of its own: made by the core, kept in the folder for downloads.
import { asFault, call, type Fault } from '$lib/api';
import type { KeptFile } from '$lib/bindings';
import { prefs } from '$lib/prefs.svelte';

export class Exporting {
  busy = $state(false);
  kept = $state.raw<KeptFile>();
  fault = $state.raw<Fault>();

  save = (notice: string): Promise<void> => this.#do(async () => void (this.kept = await call('notice.export', { notice, language: prefs.language })));

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
