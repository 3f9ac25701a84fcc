// How a person fits a shift, in words: said before anybody is asked.
import { m, nameShown } from '$messages';
import type { ProposalReason, Refusal, RosterShift, VolunteerFit } from '$lib/bindings';
import { refusalSentence } from '$lib/refusals';
import { day } from '$lib/when';

/** What the desk reads of somebody it could ask: reasons, and what to think of. No order of people follows from it. */
export function reasonWords(reason: ProposalReason): string {
  switch (reason.is) {
    case 'qualified':
      return m.getting_because_qualified();
    case 'this-term':
      return reason.shifts === 0 ? m.getting_because_never() : m.getting_because_term({ shifts: reason.shifts });
    case 'knows-post':
      return m.getting_because_post({ shifts: reason.shifts });
    case 'usual-time':
      return m.getting_because_time();
    case 'wished':
      return m.getting_because_wished();
    case 'same-campus':
      return m.getting_because_campus();
    case 'other-campus':
      return m.getting_because_other_campus();
    case 'asked-lately':
      return m.getting_because_asked({ times: reason.times });
    case 'said-no':
      return m.getting_because_said_no();
    case 'busy':
      return m.getting_because_busy();
    case 'too-far':
      return m.getting_because_far();
  }
}

/** To think of before asking: shown in red. */
export const warns = (reason: ProposalReason): boolean => ['busy', 'too-far', 'said-no'].includes(reason.is);

/** Why somebody could not come, as their desk reads it: short, and about them. */
export function whyNotWords(why: Refusal, zone: string): string {
  switch (why.code) {
    case 'shift-clash':
      return m.getting_not_clash();
    case 'short-rest':
      return m.getting_not_rest({ minutes: why.minutes });
    case 'missing-qualification':
      return why.until ? m.getting_not_ends({ name: nameShown(why.name), day: day(`${why.until}T12:00[${zone}]`, zone) }) : m.getting_not_lacks({ name: nameShown(why.name) });
    case 'other-volunteers':
      return why.population === 'staff' ? m.getting_not_staff() : m.getting_not_parents();
    default:
      return refusalSentence(why, zone);
  }
}

export interface FitSaid {
  tone: 'fits' | 'warns' | 'not' | 'stands';
  words: string;
}

/** What stands in a cell of the table for the person who is chosen. */
export function fitWords(fit: VolunteerFit, zone: string): FitSaid {
  switch (fit.part) {
    case 'taken':
      return { tone: 'stands', words: m.getting_fits_comes() };
    case 'asked':
      return { tone: 'stands', words: m.getting_fits_asks() };
    case 'offered':
      return { tone: 'stands', words: m.getting_fits_offered() };
  }
  if (fit.why_not) return { tone: 'not', words: whyNotWords(fit.why_not, zone) };
  if (fit.part === 'said-no') return { tone: 'warns', words: m.getting_fits_said_no() };
  const first = fit.reasons.find(warns);
  return first ? { tone: 'warns', words: reasonWords(first) } : { tone: 'fits', words: m.getting_fits() };
}

/** Whether somebody can be asked to come there. */
export const mayAsk = (fit: VolunteerFit | undefined): boolean => !fit || (!fit.why_not && !['taken', 'asked', 'offered'].includes(fit.part ?? ''));

/** Shifts to come that lack people, by id. */
export const toFill = (shifts: readonly RosterShift[], missing: (shift: RosterShift) => number): string[] =>
  shifts.filter((one) => missing(one) > 0).map((one) => one.line.id);

