// What the family's side of a notice says beside the answers themselves.
import type { Ask, Reply } from '$lib/bindings';
import { failedSentence, type Failed } from '$lib/items';
import { soon } from '$lib/when';
import { m } from '$messages';
import { replyWords } from '../replies';

/** "已同意", "书法": what was answered, in a row that names the child. */
export function saidWords(reply: Reply, ask: Ask): string {
  if (reply.is !== 'sign') return replyWords(reply, ask);
  return reply.agrees ? m.answer_signed_agrees() : m.answer_signed_disagrees();
}

/** Why an answer did not arrive and what to do; two codes mean another thing for an answer than for a sign-up. */
export function failedWords(state: Failed, zone: string): string {
  const refusal = state.is === 'refused' ? state.refusal : undefined;
  if (refusal?.code === 'closed') return m.answer_failed_closed({ since: soon(refusal.since, zone) });
  if (refusal?.code === 'too-many') return m.answer_failed_changes();
  return failedSentence(state, zone);
}

/** "请选择": what a notice in a list wants; empty where it only informs. */
export function asksWords(ask: Ask): string {
  const words: Partial<Record<Ask['is'], () => string>> = {
    read: m.answer_asks_read,
    acknowledge: m.answer_asks_acknowledge,
    choose: m.answer_asks_choose,
    'fill-in': m.answer_asks_fill_in,
    sign: m.answer_asks_sign,
  };
  return words[ask.is]?.() ?? '';
}

interface GoSaid {
  act: string;
  /** For those who hear the button without what stands beside it. */
  of: string;
}

/** The button of a duty that is done on the notice's own page: "去选择". */
export function goWords(ask: Ask, title: string): GoSaid {
  switch (ask.is) {
    case 'choose':
      return { act: m.answer_go_choose(), of: m.answer_go_choose_of({ title }) };
    case 'fill-in':
      return { act: m.answer_go_fill_in(), of: m.answer_go_fill_in_of({ title }) };
    case 'sign':
      return { act: m.answer_go_sign(), of: m.answer_go_sign_of({ title }) };
    default:
      return { act: m.answer_go_read(), of: m.answer_go_read_of({ title }) };
  }
}
