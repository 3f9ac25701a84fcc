// 收回来改: one's own notice is taken back and written again, in one press. What has gone out is not taken back unsaid: a new
// version of it is written instead.
import { parseAbsolute } from '@internationalized/date';
import { asFault, call } from '$lib/api';
import type { NoticeLine } from '$lib/bindings';
import { isPending } from '$lib/items';
import { me } from '$lib/me.svelte';
import { route } from '$lib/route.svelte';
import { toasts } from '$lib/toast.svelte';
import { instant, isPast } from '$lib/when';
import { Wish } from '$lib/wish.svelte';
import { m } from '$messages';
import { isSetFor } from './tell';

type Standing = Pick<NoticeLine, 'state' | 'pending'>;

/** Families have it, or have it by the time a word of this computer could come. */
export const hasGone = ({ state, pending }: Standing): boolean => state.is === 'sent' || (state.is === 'held' && !isPending(pending) && isPast(state.until));

/** It was taken back, or is being: it can be written again. */
export const isTakenBack = ({ state, pending }: Standing): boolean => state.is === 'recalled' || (state.is === 'sent' && isPending(pending));

export class Rewriting {
  #wish = new Wish();
  #opening = $state(false);

  get busy(): boolean {
    return this.#opening || this.#wish.busy;
  }
  get fault() {
    return this.#wish.fault;
  }

  begin = async (notice: string): Promise<void> => {
    if (this.busy) return;
    this.#opening = true;
    try {
      const { line } = await call('notice.open', { notice });
      if (hasGone(line)) return late(line);
      if (line.state.is !== 'recalled' && !(await this.#wish.send('notice.recall', { notice, words: '' }, m.notice_rewrite_said(), true))) return;
      route.go('compose', { again: notice, at: setFor(line) });
    } catch (thrown) {
      this.#wish.fault = asFault(thrown);
    } finally {
      this.#opening = false;
    }
  };
}

function late({ id, title }: NoticeLine): void {
  toasts.say(m.notice_rewrite_late({ title }));
  route.go('compose', { supersedes: id });
}

/** When it was to go out, if not at once: that stays. */
function setFor({ state }: NoticeLine): string | undefined {
  return state.is === 'held' && isSetFor(state.until) ? parseAbsolute(instant(state.until).toISOString(), me.zone).toString() : undefined;
}
