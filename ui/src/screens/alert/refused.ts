// Why a mark did not count, in the words of a roll-call.
import { failedSentence, type Failed } from '$lib/items';
import { m } from '$messages';

export function refusedWords(item: Failed, zone: string): string {
  if (item.is === 'refused' && item.refusal.code === 'answered-already') return m.alert_mark_conflict({ by: item.refusal.by });
  return failedSentence(item, zone);
}
