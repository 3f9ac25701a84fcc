// The table as a file of its own: made by the core, kept in the folder for downloads.
import { call } from '$lib/api';
import { FileKeeping } from '$lib/keeping.svelte';
import { prefs } from '$lib/prefs.svelte';
import { toasts } from '$lib/toast.svelte';
import { m } from '$messages';

export class Exporting extends FileKeeping {
  save = (notice: string): Promise<void> => this.run(async () => void (this.kept = await call('notice.export', { notice, language: prefs.language })));

  /** The files that families sent back, each under 学号 and name. */
  gather = (notice: string): Promise<void> =>
    this.run(async () => {
      const { files } = await call('file.save-answers', { notice });
      toasts.say(m.ask_files_saved({ count: files }));
    });
}
