// A trip as it is being planned, and what of it is said in words.
import { formLimits, type Audience, type SlipStand, type TripPlan, type TripSession, type TripView } from '$lib/bindings';
import { childName } from '$lib/child';
import { m } from '$messages';

/** A trip in a form: numbers as they are typed. */
export interface TripForm extends Omit<TripPlan, 'children_per_adult' | 'buses'> {
  ratio: string;
  buses: { name: string; seats: string }[];
}
/** The core judges in the end. */
export const MOST = formLimits.trip;

export const freshTrip = (to = ''): TripForm => ({
  from: '',
  to,
  meeting_point: '',
  ratio: '10',
  buses: [{ name: m.trip_bus_default({ n: 1 }), seats: '45' }],
  slip: true,
  stops: [m.trip_stop_1(), m.trip_stop_2(), m.trip_stop_3(), m.trip_stop_4()],
});

export const formOf = ({ children_per_adult, buses, ...plan }: TripPlan): TripForm => ({
  ...structuredClone(plan),
  ratio: String(children_per_adult),
  buses: buses.map(({ name, seats }) => ({ name, seats: String(seats) })),
});

const counts = (text: string, most: number): boolean => /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;

/** What is missing, in words. */
export function errorsOf(form: TripForm): { from: string; to: string; ratio: string; buses: { name: string; seats: string }[]; stops: string[] } {
  const alone = (names: readonly string[], n: number) => names[n]!.trim() !== '' && names.filter((name) => name.trim() === names[n]!.trim()).length === 1;
  const buses = form.buses.map(({ name }) => name);
  return {
    from: form.from.trim() ? '' : m.trip_error_from(),
    to: form.to.trim() ? '' : m.trip_error_to(),
    ratio: counts(form.ratio, MOST.ratio) ? '' : m.trip_error_ratio({ most: MOST.ratio }),
    buses: form.buses.map(({ seats }, n) => ({ name: alone(buses, n) ? '' : m.trip_error_name(), seats: counts(seats, MOST.seats) ? '' : m.trip_error_seats({ most: MOST.seats }) })),
    stops: form.stops.map((_, n) => (alone(form.stops, n) ? '' : m.trip_error_name())),
  };
}
export const isComplete = ({ from, to, ratio, buses, stops }: ReturnType<typeof errorsOf>): boolean => ![from, to, ratio, ...buses.flatMap((bus) => [bus.name, bus.seats]), ...stops].some(Boolean);

export const toPlan = ({ ratio, buses, ...form }: TripForm): TripPlan => ({ ...form, children_per_adult: Number(ratio), buses: buses.map(({ name, seats }) => ({ name, seats: Number(seats) })) });

export const slipWords: Record<SlipStand, () => string> = {
  none: m.trip_slips_not_needed,
  signed: m.trip_slip_signed,
  half: m.trip_slip_half,
  refused: m.trip_slip_refused,
  missing: m.trip_slip_missing,
  late: m.trip_slip_late,
};
/** A slip that is a reason to stop and look. */
export const isOpen = (slip: SlipStand): boolean => slip !== 'none' && slip !== 'signed';

/** "48 名儿童，需要 5 位成人，已有 4 位，还差 1 位。" */
export const adultsWords = ({ children, adults_needed: needed, adults: have, adults_short: short }: TripSession): string =>
  short ? m.trip_adults_short({ children, needed, have, short }) : m.trip_adults_enough({ children, needed, have });

/** The slip of a trip, as a notice to be looked at and sent. */
export function slipOf({ title, plan }: Pick<TripView, 'title' | 'plan'>): { title: string; body: string } {
  const { from = '', to = '', meeting_point = '', children_per_adult = 1 } = plan ?? {};
  return {
    title: m.trip_slip_title({ title }),
    body: m.trip_slip_body({ title, from, to, meet: meeting_point ? m.trip_slip_meet({ place: meeting_point }) : '', ratio: children_per_adult }),
  };
}
/** Who has a slip already: the others are sent one of their own. */
export const askedAlready = (sessions: readonly TripSession[], all: readonly string[]): Audience['except'] => {
  const late = new Set(sessions.flatMap(({ open }) => open.filter(({ slip }) => slip === 'late').map(({ child }) => child.id)));
  return all.filter((id) => !late.has(id)).map((id) => ({ kind: 'child', id }));
};

export const names = (children: readonly { name: string; tail: string }[]): string => children.map(childName).join(m.common_comma());
