// An alert being written, as data: kept as a draft, previewed, sent.
import type { Alert, AlertStatus, Audience, AudienceName, Certainty, MsgType, NoticeOpened, NoticeSend, Severity, Urgency } from '$lib/bindings';
import { m } from '$messages';
import { audienceOf, lengthOf, TITLE_CHARS } from '../notice/compose';

export interface Call {
  /** Nothing is chosen beforehand: whether it is meant is said by whoever sends it. */
  status: AlertStatus | '';
  audience: AudienceName[];
  title: string;
  body: string;
  urgency: Urgency;
  severity: Severity;
  certainty: Certainty;
  roll_call: boolean;
  /** Families press "知道了". */
  acknowledge: boolean;
  /** RFC 9557, empty while unset. */
  expires: string;
}

export const blankCall = (): Call => ({
  status: '',
  audience: [],
  title: '',
  body: '',
  urgency: 'immediate',
  severity: 'severe',
  certainty: 'observed',
  roll_call: true,
  acknowledge: true,
  expires: '',
});

export const isBlankCall = ({ status, audience, title, body, expires }: Call): boolean => !status && !audience.length && !title.trim() && !body.trim() && !expires;

/** Reads a kept draft; one that an older window wrote differently counts as none. */
export function readCall(text: string): Call | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== 'object' || found === null || !('audience' in found) || !Array.isArray(found.audience)) return undefined;
    return { ...blankCall(), ...(found as Partial<Call>) };
  } catch {
    return undefined;
  }
}

/** What is composed after another: the same places, the same kind. */
export interface Followed {
  notice: string;
  msg_type: Exclude<MsgType, 'alert'>;
  alert: Alert;
  title: string;
  /** Exactly as it was: the all-clear leaves nobody out. */
  audience: Audience;
}

/** How an update, or the all-clear, begins. */
export function callAfter({ line, body, audience }: NoticeOpened, alert: Alert, msg_type: Followed['msg_type']): Call {
  const { status, urgency, severity, certainty } = alert;
  const same = { ...blankCall(), status, audience, urgency, severity, certainty };
  if (msg_type === 'update') return { ...same, title: line.title, body, roll_call: alert.roll_call, acknowledge: line.ask.is !== 'nothing' };
  const exercise = status === 'exercise';
  const title = exercise ? m.alert_clear_title_exercise({ title: line.title }) : m.alert_clear_title({ title: line.title });
  const short = lengthOf(title) > TITLE_CHARS ? [...title].slice(0, TITLE_CHARS).join('') : title;
  return { ...same, title: short, body: exercise ? m.alert_clear_body_exercise() : m.alert_clear_body(), roll_call: false, acknowledge: false };
}

export function sendOf(call: Call & { status: AlertStatus }, seen: number, followed?: Followed): NoticeSend {
  const clear = followed?.msg_type === 'cancel';
  const { status, urgency, severity, certainty } = call;
  return {
    audience: followed?.audience ?? audienceOf(call.audience),
    families_seen: seen,
    title: call.title.trim(),
    body: call.body.trim(),
    ask: { is: call.acknowledge ? 'acknowledge' : 'nothing' },
    answered_by: { is: 'any-guardian' },
    due: null,
    send_at: null,
    supersedes: followed?.notice ?? null,
    keeps_answers: false,
    asks_again: { places: [], choices: [] },
    changed: null,
    class_reads: false,
    reminds: false,
    alert: { status, msg_type: followed?.msg_type ?? 'alert', urgency, severity, certainty, roll_call: call.roll_call && !clear, expires: clear ? null : call.expires || null },
    files: [],
  };
}
