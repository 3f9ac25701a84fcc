// Which requests stand where.
import type { RequestView } from '$lib/bindings';
import { hasFailed, isPending } from '$lib/items';

/**
 * A request the school did not take is no request: what failed is told above the list. Only what was made here and is
 * not at the school yet has no guardian's name.
 */
export function atSchoolOnly({ guardian, pending }: RequestView): boolean {
  return guardian !== '' || !hasFailed(pending);
}

/** Somebody still has something to do or to look forward to. */
export function isCurrent({ state, over, wanted, pending }: RequestView): boolean {
  if (isPending(pending)) return true;
  if (state.is === 'open') return !over || wanted.is === 'leave';
  return state.is === 'agreed' && !over;
}
