// Whether a plan fits where it is to be, asked of the core as it is typed.
import type { EventOpened, Fitting, Refusal, VenueFits } from '$lib/bindings';
import { toChange, type ChangedPlan } from './changing';
import { byStart, isComplete, planErrors, toPublish, type EventPlan } from './plan';

const namesVenue = (plan: EventPlan): boolean => Boolean(plan.heldIn) || plan.sessions.some(({ heldIn }) => heldIn);

/** What to ask; nothing where no venue is named, or where a time or number is still missing. */
export function fitsOf(plan: EventPlan, opened?: EventOpened): VenueFits | null {
  const timed = { ...plan, title: plan.title.trim() || '-', place: plan.place || '-' };
  if (!namesVenue(plan) || !isComplete(planErrors(timed))) return null;
  return { event: opened?.line.id ?? null, plan: opened ? toChange(plan as ChangedPlan, opened).plan : toPublish(plan) };
}

/** Why each session does not fit, in the order of the form. */
export function misfitsOf(plan: EventPlan, fitting: Fitting | undefined): (Refusal | undefined)[] {
  if (!fitting?.troubles.length) return [];
  const sent = byStart(plan.sessions);
  return plan.sessions.map((session) => fitting.troubles.find((one) => one.session === sent.indexOf(session))?.refusal);
}
