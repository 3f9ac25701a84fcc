// Campaigns and qualifications in words, and as they are typed.
import { formLimits, type CampaignDraft, type CampaignView, type QualificationDraft, type QualificationView, type QualifiedView } from '$lib/bindings';
import { day } from '$lib/when';
import { m, nameShown } from '$messages';

/** As the school's limits have them. */
export const VOLUNTEER_LIMITS = formLimits.volunteer;

const noon = (date: string, zone: string) => `${date}T12:00[${zone}]`;

/** A day of the school's calendar: "12-31 周四". */
export const dayWords = (date: string, zone: string): string => day(noon(date, zone), zone);

/** How somebody has a qualification, and whether something is to be done about it. */
export function heldWords(held: QualifiedView, zone: string): { words: string; due: boolean } {
  if (held.withdrawn !== null) return { words: m.volunteer_withdrawn_why({ by: nameShown(held.by), reason: held.withdrawn }), due: true };
  if (held.until === null) return { words: `${m.volunteer_lasting()} · ${m.volunteer_by({ by: nameShown(held.by) })}`, due: false };
  const until = dayWords(held.until, zone);
  if (!held.counts) return { words: m.volunteer_over({ day: until }), due: true };
  if (held.ends_in === 0) return { words: m.volunteer_ends_today(), due: true };
  if (held.ends_in !== null) return { words: m.volunteer_ends_soon({ day: until, days: held.ends_in }), due: true };
  return { words: `${m.volunteer_until({ day: until })} · ${m.volunteer_by({ by: nameShown(held.by) })}`, due: false };
}

/** A campaign's days: one, or from and to. */
export function campaignDays({ from, to }: Pick<CampaignDraft, 'from' | 'to'>, zone: string): string {
  return from === to ? dayWords(from, zone) : m.volunteer_campaign_days({ from: dayWords(from, zone), to: dayWords(to, zone) });
}

export function campaignFill({ posts, taken, needed }: CampaignView): string {
  return needed ? m.volunteer_campaign_fill({ posts, taken, needed }) : m.volunteer_campaign_quiet({ posts });
}

export type CampaignForm = CampaignDraft & { tags: string[] };

export function campaignForm(campaign: CampaignView | undefined, place: string): CampaignForm {
  return campaign ? { ...campaign.draft, tags: [...(campaign.draft.tags ?? [])] } : { place, name: '', about: '', tags: [], from: '', to: '' };
}

export function campaignErrors(form: CampaignForm): { name?: string; from?: string; to?: string } {
  const errors: { name?: string; from?: string; to?: string } = {};
  if (!form.name.trim()) errors.name = m.volunteer_no_name();
  if (!form.from) errors.from = m.volunteer_no_day();
  if (!form.to) errors.to = m.volunteer_no_day();
  else if (form.from && form.to < form.from) errors.to = m.volunteer_to_first();
  return errors;
}

export function qualificationForm(one: QualificationView | undefined, place: string): QualificationDraft {
  return one ? { ...one.draft, training: !!one.draft.training } : { place, name: '', about: '', expires: false, training: false };
}
