// Answers of a family, one for each child, and taking them back.
import { call } from '$lib/api';
import type { ChildReply, Reply, SheetCell } from '$lib/bindings';
import { mineOf } from './replies';

/** What is sent for a child: it names the answer on the screen, so that none is replaced unseen. */
export const replyFor = (cell: SheetCell, reply: Reply): ChildReply => ({ child: cell.child.id, reply, replaces: mineOf(cell)?.version ?? 0 });

/** One item for each child, so that each can be taken back; all of them are in the outbox, or none. */
export async function answer(notice: string, replies: readonly ChildReply[]): Promise<string[]> {
  const mutations: string[] = [];
  try {
    for (const reply of replies) mutations.push((await call('notice.answer', { notice, replies: [reply], on_behalf_of: null })).mutation);
    return mutations;
  } catch (thrown) {
    await takeBack(mutations).catch(() => undefined);
    throw thrown;
  }
}

/** "知道了" for children nobody answered for. */
export function acknowledge(notice: string, children: readonly string[]): Promise<string[]> {
  return answer(notice, children.map((child) => ({ child, reply: { is: 'acknowledge' }, replaces: 0 })));
}

/** The newest first: numbers in the outbox have no gaps. */
export async function takeBack(mutations: readonly string[]): Promise<void> {
  for (const mutation of mutations.toReversed()) await call('outbox.take-back', { mutation });
}
