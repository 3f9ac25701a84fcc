// What the page prints, by the system's dialog or straight into a file.
import { asFault, call } from '$lib/api';
import { faultWords } from '$lib/faults';
import { toasts } from '$lib/toast.svelte';
import { m } from '$messages';

/** A window that cannot make a file of what it prints. */
const NONE = 'no-paper';

/** Keeps what the page prints now as a PDF called so; where this window cannot, the dialog opens. True once it is done. */
export async function keepOnPaper(title: string): Promise<boolean> {
  try {
    const { name } = await call('paper.save', { title });
    toasts.say(m.common_paper_kept({ name }));
    return true;
  } catch (thrown) {
    const fault = asFault(thrown);
    if (fault.fault === 'denied' && fault.code === NONE) {
      window.print();
      return false;
    }
    toasts.say(m.common_told(faultWords(fault)));
    return true;
  }
}
