// Reports and the access log in words.
import type { AccessView, ReportReason } from '$lib/bindings';
import { moment } from '$lib/when';
import { m } from '$messages';

/** What one may write, as the school's rules have it. */
export const MOST = 500;
/** Why somebody is stopped, and whom they may talk to: a note. */
export const NOTE_MOST = 200;
export const REASONS: readonly ReportReason[] = ['insult', 'threat', 'harassment', 'privacy', 'other'];

export function reasonWords(reason: ReportReason): string {
  const words: Record<ReportReason, () => string> = {
    insult: m.report_insult,
    threat: m.report_threat,
    harassment: m.report_harassment,
    privacy: m.report_privacy,
    other: m.report_other,
  };
  return words[reason]();
}

/** "09-03 周四 10:12 由信息管理员陈志查看，因为举报（辱骂、歧视）". */
export function accessWords({ by: name, title, at, what }: AccessView, zone: string): string {
  const said = { when: moment(at, zone), name, title };
  switch (what.is) {
    case 'read':
      return m.report_log_read({ ...said, reason: reasonWords(what.reason) });
    case 'closed':
      return m.report_log_closed({ ...said, words: what.words });
    case 'appointed':
      return m.report_log_appointed({ ...said, reader: m.conversation_staff({ name: what.reader, title: what.reader_title }) });
    case 'handed-on':
      return m.report_log_handed_on({ ...said, reader: m.conversation_staff({ name: what.reader, title: what.reader_title }) });
    case 'dismissed':
      return m.report_log_dismissed({ ...said, reader: m.conversation_staff({ name: what.reader, title: what.reader_title }) });
    case 'stopped':
      return m.report_log_stopped({ ...said, guardian: what.guardian, why: what.why });
    case 'let-write':
      return m.report_log_let_write({ ...said, guardian: what.guardian });
  }
}

export const lengthOf = (text: string): number => [...text.trim()].length;

/** Why a text cannot go yet: nothing in it (`need`), or too much. */
export function textError(text: string, need: string, most = MOST): string {
  const count = lengthOf(text);
  if (!count) return need;
  return count > most ? m.report_room({ count, most }) : '';
}
