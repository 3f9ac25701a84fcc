// What a notice asks and what was answered, in words: the same for the family and for staff.
import type { AnswerView, Ask, FormField, Reply, SheetCell } from '$lib/bindings';
import { untwisted } from '$lib/plain';
import { day } from '$lib/when';
import { m } from '$messages';

/** "选择": what a notice asks, as short as a filter or a pill needs it. */
export function askWords(ask: Ask): string {
  const words: Record<Ask['is'], () => string> = {
    nothing: m.answer_ask_nothing,
    read: m.answer_ask_read,
    acknowledge: m.answer_ask_acknowledge,
    choose: m.answer_ask_choose,
    'fill-in': m.answer_ask_fill_in,
    sign: m.answer_ask_sign,
  };
  return words[ask.is]();
}

/** A value as it is read: a day shows its weekday, files their names. */
export function valueWords(field: FormField | undefined, value: string): string {
  const isDay = field?.value.is === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  // A day has no hour; at noon it is the same day in its own zone.
  if (isDay) return day(`${value}T12:00:00Z`, 'UTC');
  return field?.value.is === 'file' ? untwisted(value.split('\n').join(m.common_comma())) : value;
}

export interface Filled {
  label: string;
  words: string;
}

/** The fields that were filled, in their order. */
export function filled(values: readonly string[], ask: Ask): Filled[] {
  const fields = ask.is === 'fill-in' ? ask.fields : [];
  return fields.flatMap((field, i) => {
    const value = values[i]?.trim();
    return value ? [{ label: field.label, words: valueWords(field, value) }] : [];
  });
}

/** "书法、跳绳", "同意", "题目：早晨；画种：水彩". */
export function replyWords(reply: Reply, ask: Ask): string {
  switch (reply.is) {
    case 'read':
      return m.answer_said_read();
    case 'acknowledge':
      return m.answer_said_acknowledge();
    case 'choose': {
      const choices = ask.is === 'choose' ? ask.choices : [];
      return reply.choices.map((place) => choices[place]?.text ?? '').join(m.common_comma());
    }
    case 'fill-in': {
      const said = filled(reply.values, ask).map(({ label, words }) => m.answer_said_field({ label, value: words }));
      return said.length ? said.join(m.common_semicolon()) : m.answer_said_nothing();
    }
    case 'sign':
      return reply.agrees ? m.answer_said_agrees() : m.answer_said_disagrees();
  }
}

/** The answer that whoever sits here would change. */
export const mineOf = (cell: Pick<SheetCell, 'answers'>): AnswerView | undefined => cell.answers.find((answer) => answer.mine);
