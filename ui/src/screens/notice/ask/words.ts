// What the author's side says of answers.
import type { Ask } from '$lib/bindings';
import { m } from '$messages';
import { replyWords } from '../replies';
import type { Filter } from './view.svelte';

/** "未回应", "书法", "不同意": which children are looked at. */
export function filterWords(filter: Filter, ask: Ask): string {
  switch (filter) {
    case 'all':
      return m.ask_filter_all();
    case 'open':
      return m.ask_filter_open();
    case 'done':
      return m.ask_filter_done();
    case 'agrees':
    case 'disagrees':
      return replyWords({ is: 'sign', agrees: filter === 'agrees', sha256: '' }, ask);
    default:
      return replyWords({ is: 'choose', choices: [Number(filter.slice('choice-'.length))] }, ask);
  }
}
