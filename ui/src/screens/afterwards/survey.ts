// How it was: what families who came are asked, to be changed before it goes.
import type { AudienceName, FormField } from '$lib/bindings';
import { m } from '$messages';
import type { Letter } from '../notice/compose';

/** The usual questions, or a theme's own. */
export type Survey = true | { title: string; fields: FormField[] };

export function surveyOf(names: readonly AudienceName[], survey: Survey = true): Partial<Letter> {
  if (survey !== true) return { title: survey.title, ask: { is: 'fill-in', fields: structuredClone(survey.fields) } };
  const title = names.flatMap((name) => (name.is === 'event' ? [name.title] : []))[0] ?? '';
  const whole = [m.after_ask_whole_1(), m.after_ask_whole_2(), m.after_ask_whole_3(), m.after_ask_whole_4()];
  const time = [m.after_ask_time_1(), m.after_ask_time_2(), m.after_ask_time_3()];
  return {
    title: m.after_ask_title({ title }),
    body: m.after_ask_body({ title }),
    ask: {
      is: 'fill-in',
      fields: [
        { label: m.after_ask_whole(), value: { is: 'choice', choices: whole }, required: true },
        { label: m.after_ask_time(), value: { is: 'choice', choices: time }, required: false },
        { label: m.after_ask_best(), value: { is: 'text' }, required: false },
        { label: m.after_ask_better(), value: { is: 'text' }, required: false },
      ],
    },
  };
}
