// Venues: what is typed of one, and how it reads.
import { formLimits, type VenueDraft, type VenueHere, type VenueView } from '$lib/bindings';
import { placeName } from '$lib/place';
import { m } from '$messages';
import type { Choice } from '$parts/Combobox.svelte';
import { whole } from '../event/numbers';

export const VENUE_LIMITS = formLimits.venue;

export interface VenueForm {
  place: string;
  name: string;
  location: string;
  capacity: string;
  note: string;
}

export interface VenueErrors {
  name?: string;
  capacity?: string;
}

export function formOf(venue: VenueView | undefined, place: string): VenueForm {
  if (!venue) return { place, name: '', location: '', capacity: '', note: '' };
  const { draft } = venue;
  return { ...draft, capacity: String(draft.capacity) };
}

export function venueErrors(form: VenueForm): VenueErrors {
  const errors: VenueErrors = {};
  if (!form.name.trim()) errors.name = m.venue_no_name();
  if (whole(form.capacity, VENUE_LIMITS.people) === undefined) errors.capacity = m.venue_capacity_wrong({ most: VENUE_LIMITS.people });
  return errors;
}

export function draftOf(form: VenueForm): VenueDraft {
  return { place: form.place, name: form.name.trim(), location: form.location.trim(), capacity: Number(form.capacity), note: form.note.trim() };
}

/** One is chosen by its name; where it is and how many it takes stand beside. */
export const choiceOf = ({ id, draft, place }: VenueView): Choice => ({
  value: id,
  label: draft.name,
  note: m.venue_takes({ count: draft.capacity }),
  group: placeName(place),
  below: draft.location ? [draft.location] : [],
});

/** One that is still named although nothing new is held in it. */
export const goneChoice = (venue: VenueHere): Choice => ({ value: venue.id, label: venue.name, note: m.venue_gone() });

/** 七彩风车池（东校区，一楼） */
export function hereWords({ name, place, location }: VenueHere): string {
  const within = [placeName(place), location].filter(Boolean).join(m.common_comma());
  return m.venue_here({ name, where: within });
}
