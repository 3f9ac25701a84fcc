// "知道了" for one child or several, and taking it back.
import { call } from '$lib/api';

/** One answer for each child, so that each can be taken back; all of them are in the outbox, or none. */
export async function acknowledge(notice: string, children: readonly string[]): Promise<string[]> {
  const mutations: string[] = [];
  try {
    for (const child of children) mutations.push((await call('notice.acknowledge', { notice, children: [child], on_behalf_of: null })).mutation);
    return mutations;
  } catch (thrown) {
    await takeBack(mutations).catch(() => undefined);
    throw thrown;
  }
}

/** The newest first: numbers in the outbox have no gaps. */
export async function takeBack(mutations: readonly string[]): Promise<void> {
  for (const mutation of mutations.toReversed()) await call('outbox.take-back', { mutation });
}
