// What is kept as a file beside the app, one thing at a time: where it is, or why it is not.
import { asFault, call, type Fault } from './api';
import type { KeptFile } from './bindings';

export class FileKeeping {
  busy = $state(false);
  kept = $state.raw<KeptFile>();
  fault = $state.raw<Fault>();

  show = (): Promise<void> => this.run(async () => void (this.kept && (await call('file.show', { name: this.kept.name }))));

  protected async run(act: () => Promise<void>): Promise<void> {
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
