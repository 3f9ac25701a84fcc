import type { Component } from 'svelte';
import type { Density } from './prefs.svelte';
import type { ScreenName } from './route.svelte';

/** An entry of the rail. Only what works is listed. */
export interface RailItem {
  screen: ScreenName;
  /** Other screens that lie under this entry. */
  holds?: readonly ScreenName[];
  label: () => string;
  icon: Component;
  count?: number;
  /** The count is of things due: shown in red. */
  due?: boolean;
}

/** One capacity of the person at the window: guardian of these children, teacher of this class. */
export interface Hat {
  id: string;
  /** "班主任", "雨桐、雨辰的家长". */
  title: string;
  /** Where it holds: "本部三年级2班"; empty for a family, and for the school as a whole. */
  place: string;
  density: Density;
  rail: readonly RailItem[];
}
