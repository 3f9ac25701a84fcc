// A conference day or a guidance station being opened or changed.
import { fromDate } from '@internationalized/date';
import type { ConferenceChange, ConferenceKind, ConferenceLine, ConferencePublish } from '$lib/bindings';
import { schoolNow } from '$lib/school.svelte';
import { instant } from '$lib/when';
import { m } from '$messages';
import { whole } from '../event/plan';
import { LIMITS } from './words';

export interface ConferenceForm {
  kind: ConferenceKind;
  place: string;
  title: string;
  about: string;
  opens: string;
  closes: string;
  minutes: string;
}

/** Minutes of a talk where nothing else is said: short ones on a conference day, an advice needs its time. */
export const MINUTES: Record<ConferenceKind, string> = { 'conference-day': '10', guidance: '30' };

/** Booking opens tomorrow evening and closes after ten days; a guidance station stays open a term. */
export function freshConference(zone: string, kind: ConferenceKind, place = ''): ConferenceForm {
  const midnight = fromDate(schoolNow(), zone).set({ hour: 0, minute: 0, second: 0, millisecond: 0 });
  const opens = midnight.add({ days: 1 }).set({ hour: 19 });
  const closes = opens.add(kind === 'guidance' ? { days: 120 } : { days: 9 }).set({ hour: 20 });
  return { kind, place, title: '', about: '', opens: opens.toString(), closes: closes.toString(), minutes: MINUTES[kind] };
}

export function formOf(line: ConferenceLine): ConferenceForm {
  const { kind, title, about, opens, closes } = line;
  return { kind, place: line.place.id, title, about, opens, closes, minutes: String(line.minutes) };
}

export type ConferenceErrors = Partial<Record<'place' | 'title' | 'opens' | 'closes' | 'minutes', string>>;

/** What is still missing, by field; every sentence says what to do. */
export function conferenceErrors(form: ConferenceForm): ConferenceErrors {
  const errors: ConferenceErrors = {};
  const minutes = whole(form.minutes, LIMITS.minutes);
  if (!form.place) errors.place = m.conference_plan_no_place();
  if (!form.title.trim()) errors.title = m.conference_plan_no_title();
  if (!form.opens) errors.opens = m.conference_plan_no_time();
  if (!form.closes) errors.closes = m.conference_plan_no_time();
  else if (form.opens && instant(form.closes) <= instant(form.opens)) errors.closes = m.conference_plan_closes_first();
  if (minutes === undefined || minutes < LIMITS.least) errors.minutes = m.conference_offer_number({ least: LIMITS.least, limit: LIMITS.minutes });
  return errors;
}

const said = ({ title, about, opens, closes, minutes }: ConferenceForm) => ({ title: title.trim(), about: about.trim(), opens, closes, minutes: Number(minutes) });

/** As the core takes it. Only for a complete form. */
export const toPublish = (form: ConferenceForm): ConferencePublish => ({ kind: form.kind, place: form.place, ...said(form) });
export const toChange = (form: ConferenceForm, { id, version }: Pick<ConferenceLine, 'id' | 'version'>): ConferenceChange => ({ conference: id, ...said(form), version });
