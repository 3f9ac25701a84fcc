import { untrack } from 'svelte';
import { prefs } from './prefs.svelte';

export interface Shortcut {
  /** As `KeyboardEvent.key`, lower case for letters: 'j', 'n', '/', '?', 'Escape'. */
  key: string;
  ctrl?: boolean;
  /** What it does, for the help; a function, so that it follows the language. */
  does: () => string;
  run: () => void;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role="spinbutton"]') !== null;

/** The shortcuts in force. The newest wins, so a list's J/K serve the list just opened. */
class Keys {
  #force = $state.raw<Shortcut[]>([]);
  helpOpen = $state(false);

  /** What the help shows: one entry a key, the one that would act. */
  get inForce(): Shortcut[] {
    const seen = new Map<string, Shortcut>();
    for (const shortcut of this.#force) seen.set(`${shortcut.ctrl === true}${shortcut.key}`, shortcut);
    return [...seen.values()];
  }

  add(shortcuts: Shortcut[]): () => void {
    this.#force = [...this.#force, ...shortcuts];
    return () => {
      this.#force = this.#force.filter((one) => !shortcuts.includes(one));
    };
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const ctrl = event.ctrlKey || event.metaKey;
    // Single letters must not act while someone types, in a dialog, or where they are switched off (WCAG 2.1.4).
    if (!ctrl && event.key !== 'Escape' && (!prefs.keys || isTyping(event.target))) return;
    if (document.querySelector('dialog[open]')) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const shortcut = this.#force.findLast((one) => one.key === key && (one.ctrl ?? false) === ctrl);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  }
}

export const keys = new Keys();

/** Registers shortcuts for as long as the component lives. Call while it initialises. */
export function useKeys(shortcuts: () => Shortcut[]): void {
  $effect(() => {
    const registered = shortcuts();
    return untrack(() => keys.add(registered));
  });
}
