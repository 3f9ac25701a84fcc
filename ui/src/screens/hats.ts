// What the rail offers to each hat. An entry is added when its screen works.
import House from '@lucide/svelte/icons/house';
import type { RailItem } from '$lib/hats';
import { m } from '$messages';

export const todayItem: RailItem = { screen: 'today', label: m.today_title, icon: House };
