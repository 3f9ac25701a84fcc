// The table as a file of its own: made by the core, kept in the folder for downloads.
import { asFault, call, type Fault } from '$lib/api';
import type { KeptFile } from '$lib/bindings';
import { prefs } from '$lib/prefs.svelte';
import { toasts } from '$lib/toast.svelte';
import { m } from '$messages';

export class Exporting {
  busy = $state(false);
  kept = $state.raw<KeptFile>();
  fault = $state.raw<Fault>();

  save = (notice: string): Promise<void> => this.#do(async () => void (this.kept = await call('notice.export', { notice, language: prefs.language })));

  /** The files that families sent back, each under 学号 and name. */
  gather = (notice: string): Promise<void> =>
    this.#do(async () => {
      const { files } = await call('file.save-answers', { notice });
      toasts.say(m.ask_files_saved({ count: files }));
    });

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
