// That a family had a notice before it: told once, and only where the person lets others know what they have read.
import { call } from '$lib/api';
import type { NoticeOpened } from '$lib/bindings';
import { prefs } from '$lib/prefs.svelte';

/** What passes by faster was not read. */
const SEEN_AFTER_MS = 1500;

/** Watches a notice on the screen of a family; called while the component is made. */
export function noteSeen(opened: () => NoticeOpened | undefined): void {
  const open = $derived.by(() => {
    const value = opened();
    return value && !value.seen && value.line.state.is === 'sent' && prefs.showsRead ? value.line.id : null;
  });
  $effect(() => {
    const notice = open;
    if (!notice) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') timer = setTimeout(() => void call('notice.seen', { notice }).catch(() => undefined), SEEN_AFTER_MS);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  });
}
