// How it was: what families who came are asked, to be changed before it goes.
import type { AudienceName } from '$lib/bindings';
import { m } from '$messages';
import type { Letter } from '../notice/compose';

export function surveyOf(names: readonly AudienceName[]): Pick<Letter, 'title' | 'body' | 'ask'> {
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
