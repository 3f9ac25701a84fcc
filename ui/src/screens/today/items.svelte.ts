// J and K walk the things on a page, whatever their shape; Enter does what the one in focus does.
import { useKeys } from '$lib/keys.svelte';
import { m } from '$messages';

/** Call while a component initialises. What is walked carries `data-item` and can take the focus. */
export function itemKeys(root: () => HTMLElement | undefined): void {
  const step = (by: number) => {
    const items = [...(root()?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    if (!items.length) return;
    const at = items.findIndex((item) => item.contains(document.activeElement));
    const next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView?.({ block: 'nearest' });
  };
  useKeys(() => [
    { key: 'j', does: m.key_next, run: () => step(1) },
    { key: 'k', does: m.key_previous, run: () => step(-1) },
  ]);
}
