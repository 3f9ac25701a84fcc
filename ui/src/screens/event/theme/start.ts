// A plan that is not begun with nothing: a past event held again, or a theme on a day.
import type { EventPublish, PlaceName } from '$lib/bindings';
import { asPlanned } from '../holds';
import type { EventPlan, SessionPlan } from '../plan';
import { freshPlan } from '../plan';

export interface Start {
  /** Whose draft it is: nothing that was written for another is overwritten. */
  key: string;
  plan: EventPublish;
  /** Grades and classes of the past event that have none after them now. */
  leftOut?: readonly PlaceName[];
  /** Sessions whose own venue is used no more, by name. */
  astray?: readonly string[];
  /** Its partner is in the directory no more. */
  partnerGone?: boolean;
  /** What it was made from, in words. */
  from: string;
}

/** The form, as the core would publish it. */
export function planFrom(plan: EventPublish, zone: string): EventPlan {
  const fresh = freshPlan(zone);
  const session = ({ name, starts, ends, capacity, shares_with, held_in = null, eligible = [], first_timers = false, holds = [] }: EventPublish['sessions'][number]): SessionPlan => ({ name, starts, ends, capacity: String(capacity), sharesWith: shares_with ?? undefined, heldIn: held_in, eligible: [...eligible], firstTimers: first_timers, holds: holds.map(asPlanned) });
  return {
    ...fresh,
    place: plan.place,
    title: plan.title,
    about: plan.about,
    venue: plan.venue,
    heldIn: plan.held_in,
    programme: plan.programme,
    tags: [...plan.tags],
    look: plan.look,
    eligible: [...plan.eligible],
    seatRule: plan.seat_rule,
    familyLimit: String(plan.family_limit),
    childLimit: String(plan.child_limit ?? 1),
    childSeats: String(plan.child_seats ?? ''),
    questions: structuredClone(plan.questions),
    waitlist: plan.waitlist,
    opens: plan.opens,
    closes: plan.closes,
    withdrawUntil: plan.withdraw_until,
    sessions: plan.sessions.map(session),
    draws: plan.draw !== null,
    publicValue: plan.draw?.public_value ?? '',
    decimals: String(plan.draw?.decimals ?? 2),
    known: plan.draw?.known ?? fresh.known,
    theme: plan.theme,
    course: plan.lesson?.course ?? '',
    speakers: plan.lesson?.speakers ?? '',
    partner: plan.partner,
    trip: plan.trip && structuredClone(plan.trip),
  };
}

