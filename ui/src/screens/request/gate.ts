// The day's list, put in the order it is read in.
import type { AbsentView, PlaceName } from '$lib/bindings';

export interface AwayClass {
  /** None for a child that is in no class now. */
  place: PlaceName | null;
  away: AbsentView[];
}

/** The children of each class together, in the order of the list. */
export function byClass(absent: readonly AbsentView[]): AwayClass[] {
  const classes = new Map<string, AwayClass>();
  for (const one of absent) {
    const place = one.child.class;
    const found = classes.get(place?.id ?? '');
    if (found) found.away.push(one);
    else classes.set(place?.id ?? '', { place, away: [one] });
  }
  return [...classes.values()];
}
