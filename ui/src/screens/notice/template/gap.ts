// How a gap is written: "{日期}".
import { m } from '$messages';

export const gap = (): string => `{${m.template_gap()}}`;
