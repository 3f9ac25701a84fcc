// The one field has the focus: whatever is typed or scanned goes there, wherever somebody pressed last.
import type { Attachment } from 'svelte/attachments';
import type { Command } from './commands';
import type { Gating } from './gating.svelte';

interface Given {
  field: HTMLInputElement | undefined;
  commands: readonly Command[];
  gating: Gating;
}

const inDialog = () => document.querySelector('dialog[open]') !== null;
const typesElsewhere = (target: EventTarget | null, field: HTMLElement | undefined) =>
  target instanceof HTMLElement && target !== field && target.closest('input, textarea, select') !== null;

/** Keys reach the gate before anything else in the window, and the field takes the focus back after a press. */
export function holdingFocus(given: () => Given): Attachment<HTMLElement> {
  return (mode) => {
    const take = () => {
      if (!inDialog()) given().field?.focus({ preventScroll: true });
    };
    const onkey = (event: KeyboardEvent) => {
      const { field } = given();
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      if (inDialog() || typesElsewhere(event.target, field)) return;
      if (acts(event, given())) {
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key.length === 1 && event.target !== field && !(event.key === ' ' && event.target instanceof HTMLButtonElement)) {
        // The letter itself follows the focus.
        take();
        event.stopPropagation();
      }
    };
    // A press leaves the focus on what was pressed, and a dialog gives it back to nobody in particular.
    const onpress = () => setTimeout(take);
    window.addEventListener('keydown', onkey, true);
    window.addEventListener('focus', take);
    window.addEventListener('close', onpress, true);
    mode.addEventListener('click', onpress);
    take();
    return () => {
      window.removeEventListener('keydown', onkey, true);
      window.removeEventListener('focus', take);
      window.removeEventListener('close', onpress, true);
      mode.removeEventListener('click', onpress);
    };
  };
}

/** Whether the key meant something at the gate. */
function acts(event: KeyboardEvent, { field, commands, gating }: Given): boolean {
  const command = commands.find(({ key }) => key === event.key);
  const run = command?.onkey ?? command?.run;
  // One that is held down acts once.
  if (run && !event.repeat) run();
  else if (run) return true;
  // A button that Tab went to is pressed by Enter.
  else if (event.target instanceof HTMLButtonElement) return false;
  else if (event.key === 'Enter') void gating.enter();
  else if (event.key === 'ArrowDown') gating.steer(1);
  else if (event.key === 'ArrowUp') gating.steer(-1);
  else return event.target === field && gating.count(event.key);
  return true;
}
