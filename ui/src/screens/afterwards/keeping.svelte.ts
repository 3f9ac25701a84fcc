// A report as a file of its own: a workbook by the core, or what the page prints.
import { call } from '$lib/api';
import type { ReportOf } from '$lib/bindings';
import { FileKeeping } from '$lib/keeping.svelte';
import { keepOnPaper } from '$lib/paper';
import { prefs } from '$lib/prefs.svelte';

export class Keeping extends FileKeeping {
  table = (of: ReportOf): Promise<void> => this.run(async () => void (this.kept = await call('event.report-export', { of, language: prefs.language })));
  page = (title: string): Promise<void> => this.run(async () => void (await keepOnPaper(title)));
}
