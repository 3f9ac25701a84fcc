// What somebody may write to attack a reader: markup, script, addresses that run, signs that turn text around or hide it.
const RUNS = ['<script>window.hacked = 1</script>', '<img src=x onerror="window.hacked = 1">', '<svg/onload=window.hacked=1>', '<iframe srcdoc="<script>parent.hacked=1</script>">', '<a href="javascript:window.hacked=1">x</a>', '"><b onmouseover=window.hacked=1>x</b>', '<math><mtext><table><mglyph><style><img src=x onerror=window.hacked=1>', '<style>*{display:none}</style>', '<base href="https://evil.example/">', '<meta http-equiv=refresh content="0;url=https://evil.example">', '<form action="https://evil.example"><button>x</button></form>', '{@html "<img src=x onerror=window.hacked=1>"}', '${window.hacked = 1}', '{{constructor.constructor("window.hacked=1")()}}', '&lt;img src=x onerror=window.hacked=1&gt;', '<details open ontoggle=window.hacked=1>', '<video><source onerror="window.hacked=1"></video>', 'javascript:window.hacked=1', 'data:text/html,<script>window.hacked=1</script>', '<template><script>window.hacked=1</script></template>'];
const HIDES = ['请打开 \u202egpj.exe\u202c 看照片', '张\u200b晓\u200d梅', '\u2066https://good.example\u2069/\u202e', '\u0000\u0001\u0007', 'A\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301', '\ufeff老师', '𠀀𪚥𬀪', '\u200b\u200d', '\u202e倒过来的名字', '长'.repeat(400)];
export const hostile: readonly string[] = [...RUNS, ...HIDES];
/** Files that pretend to be elsewhere, to be markup, to be of another kind, or to have no name. */
const FILES = ['../../../etc/passwd.png', '..\\..\\x.exe', 'photo<img src=x onerror=window.hacked=1>.png', '照片\u202egpj.exe', '\u200b.jpg', `${'名'.repeat(80)}.pdf`, 'CON.txt'];
/** A megabyte without a place to break. */
const LINE = 'x'.repeat(1024 * 1024);

/** Whether every text is one of these, or every long text a line of a megabyte. */
export type Hostile = 'signs' | 'line';
// What a person wrote in the school of these pictures is Chinese; ids, codes, times and addresses are not. What the
// core computes of it, and picks from a list, is none of theirs.
const TYPED = /\p{Script=Han}/u;
const FILE = /\.[a-z]{3,4}$/;
const NOT_TYPED = new Set(['sex', 'zone']);
const LONG = new Set(['body', 'text', 'title', 'about', 'words', 'reason']);

/** The same answer, as if everybody who wrote a part of it meant harm. */
export function poisoned<T>(reply: T, how: Hostile): T {
  let n = 0;
  const wicked = (was: string, key: string): string => {
    if (!TYPED.test(was) || NOT_TYPED.has(key)) return was;
    // One of them a screen: more than one is no person's.
    if (how === 'line') return LONG.has(key) && n++ === 0 ? LINE : was;
    const from = FILE.test(was) ? FILES : hostile;
    const [round, at] = [Math.floor(n / from.length), n % from.length];
    n += 1;
    // Names of one list differ, as the core has them.
    return FILE.test(was) ? `${round || ''}${from[at]}` : `${from[at]}${round || ''}`;
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return wicked(value, key);
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
  };
  return walk(reply, '') as T;
}

/** Every scene in which something typed is shown. */
export const VIEWS: readonly string[] = [
  'join-found', 'parent-today-some', 'parent-today-failed', 'parent-hats', 'parent-notices-some', 'parent-notice', 'parent-answer-choose-open', 'parent-answer-form-open', 'parent-answer-sign-done',
  'parent-answer-earlier', 'parent-answer-slip', 'parent-events-some', 'parent-event', 'parent-event-mine', 'parent-shifts-some', 'parent-outbox-some', 'removed', 'parent-talks-some', 'parent-talk-some',
  'parent-talk-stopped', 'parent-talk-report', 'parent-talks-begin', 'parent-requests-some', 'parent-requests-leave', 'parent-history-some', 'teacher-history-then', 'teacher-today-some', 'teacher-notices-some',
  'teacher-notice-some', 'teacher-answers-choose-open', 'teacher-answers-form-open', 'teacher-notice-cell', 'teacher-delivery-some', 'teacher-export', 'teacher-templates-some', 'teacher-template-fields', 'teacher-template-keep',
  'teacher-update-some', 'teacher-compose-files', 'teacher-compose-list', 'teacher-talks-some', 'teacher-talk-some', 'teacher-talk-bring', 'teacher-requests-some', 'teacher-gate-some', 'coordinator-gate-some', 'teacher-classes-some',
  'teacher-class-some', 'teacher-reissue', 'teacher-strips-some', 'coordinator-today-some', 'coordinator-desk-some', 'coordinator-booking', 'coordinator-roster-some', 'coordinator-plan', 'administrator-today-some', 'administrator-classes-some', 'administrator-rights',
  'administrator-reports-some', 'administrator-report-2', 'administrator-report-3', 'administrator-report-read', 'administrator-report-stop', 'administrator-remarks-open', 'administrator-import-some', 'administrator-import-preview-some',
  'alert-band-parent-two', 'alert-band-teacher-two', 'alert-notices-head', 'alert-notice-head', 'alert-roll-some', 'alert-roll-head', 'alarm-update', 'alarm-clear', 'approval-today-some', 'approval-head', 'approval-declined', 'approval-approved',
];
/** Those that show a text whole. */
export const LINES: readonly string[] = ['parent-notice', 'parent-talks-some', 'parent-talk-some', 'parent-outbox-some', 'teacher-update-some', 'alert-band-parent-two', 'parent-history-some', 'administrator-report-read'];
