// What a hat still sees once somebody has left a conversation.
import type { Addressee, Thread } from '$lib/bindings';

/** Whether this hat still sees it: it is in it itself, or reads an inbox that is. */
export function seesWithout(thread: Pick<Thread, 'line' | 'inboxes'>, role: string, who: Addressee): boolean {
  const itself = thread.line.with.some((one) => one.role === role && !(who.is === 'role' && who.role === role));
  return itself || thread.inboxes.some((one) => !(who.is === 'inbox' && who.inbox === one.inbox) && one.readers.some((reader) => reader.role === role));
}
