// A theme being kept: what is still missing, and what is sent.
import type { ThemeDraft, ThemePost } from '$lib/bindings';
import { m } from '$messages';
import { askMissing, askWrong, tidyFields } from '../../notice/ask/asking';
import { LIMITS } from '../plan';

/** As the school's limits have them. */
export const POSTS = 10;
export const NEEDED = 200;
export const AROUND = 360;

export interface ThemeErrors {
  name?: string;
  title?: string;
  posts?: string;
  survey?: string;
}

const isIn = (number: number, least: number, most: number) => Number.isInteger(number) && number >= least && number <= most;
const isPost = ({ title, needed, before_min, after_min }: ThemePost) => title.trim() !== '' && isIn(needed, 1, NEEDED) && isIn(before_min, 0, AROUND) && isIn(after_min, 0, AROUND);

export function themeErrors(draft: ThemeDraft): ThemeErrors {
  const errors: ThemeErrors = {};
  if (!draft.name.trim()) errors.name = m.theme_no_name();
  if (!draft.event.title.trim()) errors.title = m.event_plan_no_title();
  if ([...draft.event.title].length > LIMITS.title) errors.title = m.event_plan_long_title({ limit: LIMITS.title });
  if (!draft.posts.every(isPost)) errors.posts = m.theme_posts_wrong({ needed: NEEDED, minutes: AROUND });
  const asked = { is: 'fill-in' as const, fields: draft.survey };
  const missing = tidyFields(draft.survey).length ? askMissing(asked, '') : '';
  if (missing || askWrong(asked)) errors.survey = missing || m.plan_questions_wrong();
  return errors;
}

export const tidyTheme = (draft: ThemeDraft): ThemeDraft => ({ ...draft, name: draft.name.trim(), survey: tidyFields(draft.survey) });

export const freshThemePost = (): ThemePost => ({ title: '', meeting_point: '', needed: 2, before_min: 30, after_min: 15 });
