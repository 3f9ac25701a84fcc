// Every screen of the window, by name. Its props are its params: `route.go('notice', { id })`.
import Today from './Today.svelte';

export const screens = {
  today: Today,
};
