import { instant } from '$lib/when';
import { ticking } from '../event/now.svelte';

/** The school's time of day, moving on from what the core said. Call while a component initialises. */
export function schoolClock(said: () => string): { readonly value: Date } {
  const here = ticking();
  const ahead = $derived(instant(said()).getTime() - Date.now());
  return {
    get value() {
      return new Date(here.value.getTime() + ahead);
    },
  };
}
