// The second pair of eyes, in words.
import type { Approver, NoticePreviewed } from '$lib/bindings';
import { failedSentence, type Failed } from '$lib/items';
import { soon } from '$lib/when';
import { m } from '$messages';
import { personWords } from '../alert/words';

/** Sent at once, or only once somebody else agreed, or not at all: there is nobody. */
export type Way = 'sends' | 'proposes' | 'nobody';
export function wayOf(reach: Pick<NoticePreviewed, 'approvers'> | undefined): Way {
  if (!reach?.approvers) return 'sends';
  return reach.approvers.length ? 'proposes' : 'nobody';
}

const MOST = 4;
/** "熊立新校长或吴军德育主任". */
export function approverNames(approvers: readonly Approver[]): string {
  const names = approvers.slice(0, MOST).map(({ name, title }) => personWords(name, title));
  const more = approvers.length - names.length;
  if (more > 0) return m.notice_approvers_more({ names: names.join(m.common_comma()), count: more });
  return names.length < 2 ? (names[0] ?? '') : m.notice_approvers_or({ names: names.slice(0, -1).join(m.common_comma()), last: names.at(-1)! });
}

/** "交给校长审核": the title where it is one person's, or of one kind. */
export function proposeWords(approvers: readonly Approver[]): string {
  const titles = new Set(approvers.map(({ title }) => title));
  const [title] = titles;
  return titles.size === 1 && title ? m.notice_propose_to({ title }) : m.notice_propose();
}

/** Why a yes did not count: what should have been answered by then is for its author to date anew. */
export function approvalFailed(item: Failed, zone: string): string {
  if (item.is === 'refused' && item.refusal.code === 'closed') return m.notice_approve_late({ when: soon(item.refusal.since, zone) });
  return failedSentence(item, zone);
}
