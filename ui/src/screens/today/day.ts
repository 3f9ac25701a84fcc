// Today's answer, shared by the rail and the screen.
import { createContext } from 'svelte';
import type { Live } from '$lib/live.svelte';

export const [getDay, setDay] = createContext<Live<'today.open'>>();
