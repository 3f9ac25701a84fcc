// Every screen and dialog, as somebody meets it: who looks, how much there is, where, and what was pressed before.
import { planOf } from '../../src/screens/event/changing';
import { afterScenes } from './after-scenes';
import { alertScenes } from './alert-scenes';
import { courseScenes } from './course-scenes';
import { hoursScenes } from './hours-scenes';
import { gateScenes } from './at-gate';
import { boardScenes } from './board-scenes';
import { CHANGED, changedDesk, questions } from './desks';
import { drawScenes } from './draw-scenes';
import { LINES, VIEWS, type Hostile } from './hostile';
import { contestScenes } from './contest-scenes';
import { volunteerScenes } from './volunteer-scenes';
import { meetingScenes } from './meeting-scenes';
import { rehearsalScenes } from './rehearsal-scenes';
import { tripScenes } from './trip-scenes';
import { cases } from './notices';
import { ownFile } from './own';
import { at, childAt, classAt, home, school as whole, times } from './people';
import { of, scene, SIZES, sizes, type Scene, type Step } from './scene';
import type { Size } from './school';

export type { Scene, Step } from './scene';

export const LINK = 'xinmei://join?at=school.example:8443&pin=abc&code=7K2M-QXRT-9ABC';

const ownDraft = JSON.stringify({ audience: [{ is: 'place', place: home, except: false }], title: '期末成绩单', body: '每位家长只看到自己孩子的一份。', ask: { is: 'acknowledge' }, own: [ownFile(0), ownFile(1), ownFile(3), ownFile(5, '20230201-王梓涵.pdf'), ownFile(7, '班级合影.pdf')] });
/** More files that are nobody's than there are names that mean harm. */
const straysDraft = JSON.stringify({ audience: [{ is: 'place', place: home, except: false }], title: '期末成绩单', own: times(90, (n) => ownFile(n, `班级合影 ${n + 1}.pdf`)) });
/** A class and one child of another, without two families. */
const choosingDraft = JSON.stringify({
  audience: [
    { is: 'place', place: home, except: false },
    { is: 'child', child: childAt(7, classAt(31)), except: false },
    { is: 'child', child: childAt(5), except: true },
    { is: 'place', place: classAt(12), except: true },
  ],
  title: '明天带水壶',
  body: '明天有体育节，请给孩子带水壶。',
});
const eachDraft = JSON.stringify({ audience: [{ is: 'place', place: home, except: false }], title: '重庆科技馆参观同意书', body: '请两位监护人都签字。', ask: { is: 'sign' }, answered_by: { is: 'each-guardian' } });
const repeatDraft = (more: object) => JSON.stringify({ audience: [{ is: 'place', place: home, except: false }], title: '本月读书记录请签字', later: true, send_at: at(4, '16:00'), repeats: true, ...more });
const toSchool = [{ is: 'place', place: whole, except: false }];
const letterDraft = JSON.stringify({ audience: toSchool, title: '全校冬季作息从 12 月 1 日起调整', body: '12 月 1 日（周二）起执行冬季作息。' });
/** An event as it is being changed: a session later, another place, one session more. */
const changedPlan = planOf(changedDesk({ role: 'coordinator', size: 'some' }).event);
const [moving, ...staying] = changedPlan.sessions;
const changeDraft = JSON.stringify({
  ...changedPlan,
  venue: '二楼多功能厅',
  closes: at(1, '20:00'),
  sessions: [{ ...moving, starts: at(4, '08:50'), ends: at(4, '09:40') }, ...staying, { name: '第 4 场', starts: at(4, '14:30'), ends: at(4, '15:20'), capacity: '40', eligible: [], firstTimers: true }],
});
const staleDraft = JSON.stringify({ ...changedPlan, version: 2, title: '家长开放日' });
const holdsDraft = JSON.stringify({ title: '家长开放日', sessions: [{ name: '第 1 场', starts: at(14, '09:30'), ends: at(14, '10:20'), capacity: '60', holds: [{ of: 'siblings', places: [], seats: '10', until: at(11, '12:00') }, { of: 'places', places: [], seats: '70', until: at(11, '12:00') }] }] });
const sharedDraft = JSON.stringify({ title: '种子的旅行', sessions: [{ name: '第 1 组', starts: at(14, '16:20'), ends: at(14, '17:20'), capacity: '24' }, { name: '第 2 组', starts: at(15, '16:20'), ends: at(15, '17:20'), capacity: '', sharesWith: 0 }, { name: '第 3 组', starts: at(16, '16:20'), ends: at(16, '17:20'), capacity: '30' }] });
const venueDraft = JSON.stringify({ title: '红岩精神巡展', heldIn: 'venue-0000', sessions: [{ name: '第 1 场', starts: at(14, '09:30'), ends: at(14, '10:00'), capacity: '30' }, { name: '第 2 场', starts: at(14, '10:00'), ends: at(14, '10:30'), capacity: '80' }, { name: '第 3 场', starts: at(14, '10:30'), ends: at(14, '11:00'), capacity: '200', heldIn: 'venue-0003' }] });
const questionsDraft = JSON.stringify({ title: '重庆科技馆研学', questions: [...questions, { label: '吃素的有几位', value: { is: 'number' }, required: false }] });
const notice = { id: 'notice-0000' };
const event = { id: 'event-0000' };
const place = { id: 'class-0011' };
const persons = ['person-0001', 'person-0002'];
/** 录入纸质回执. */
const ENTER: Step = { click: 'main .acts button:has(.lucide-keyboard)' };
const printed = (id: string, size: Size): Scene[] =>
  (['list', 'letters'] as const).map((what) => ({
    ...scene(`teacher-print-${what}-${id}-${size}`, of('teacher', size), 'notice', { id }, [{ click: `main button:has(.lucide-${what === 'list' ? 'printer' : 'file-text'})` }]),
    print: true,
  }));

const usual: readonly Scene[] = [
  // Before the frame.
  scene('join', of('parent', 'some', { standing: 'new' })),
  { ...scene('join-link', of('parent', 'some', { standing: 'new' })), link: LINK },
  scene('join-code', of('parent', 'some', { standing: 'new' }), undefined, undefined, [{ type: '7k2mqx', into: 'input' }]),
  { ...scene('join-found', of('parent', 'some', { standing: 'new' }), undefined, undefined, [{ click: 'form button[type=submit]' }]), link: LINK },
  {
    ...scene('join-refused', of('parent', 'some', { standing: 'new', faults: { 'join.look': { fault: 'denied', code: 'invite-used', detail: '' } } }), undefined, undefined, [{ click: 'form button[type=submit]' }]),
    link: LINK,
  },
  { ...scene('joined-link', of('parent', 'some')), link: LINK },
  scene('unlock', of('parent', 'some', { standing: 'locked' })),
  { ...scene('unlock-link', of('parent', 'some', { standing: 'locked' })), link: LINK },
  scene('unlock-wrong', of('parent', 'some', { standing: 'locked', faults: { 'profile.unlock': { fault: 'denied', code: 'password-wrong', detail: '' } } }), undefined, undefined, [
    { type: 'wrong', into: 'input' },
    { click: 'form button[type=submit]' },
    { click: 'summary' },
  ]),
  scene('removed-none', of('parent', 0, { standing: 'removed' })),
  scene('removed', of('parent', 'some', { standing: 'removed' })),
  scene('fault', of('parent', 'some', { faults: { 'profile.status': { fault: 'broken', report: 'A1B2' } } })),

  // A parent.
  ...sizes('parent-today', 'parent', 'today'),
  scene('parent-today-festive', of('parent', 'some', { festive: true }), 'today'),
  scene('parent-offline', of('parent', 'some', { line: 'offline' }), 'today'),
  scene('parent-today-toast', of('parent', 'some'), 'today', undefined, [{ click: 'li:nth-child(2) .acts button' }]),
  scene('parent-settings', of('parent', 'some'), 'today', undefined, [{ click: '.hat-trigger' }, { click: '.hat-item:last-child' }]),
  scene('parent-settings-calendar', of('parent', 'some'), 'today', undefined, [{ click: '.hat-trigger' }, { click: '.hat-item:last-child' }, { click: 'dialog .calendar .acts button:last-child' }]),
  scene('parent-settings-own', of('parent', 'some'), 'today', undefined, [{ click: '.hat-trigger' }, { click: '.hat-item:last-child' }, { click: 'dialog form label:has([value=own])' }, { click: 'dialog form label:has([value=daily])' }]),
  scene('teacher-settings', of('teacher', 'some'), 'today', undefined, [{ click: '.hat-trigger' }, { click: '.hat-line + .hat-item' }]),
  scene('administrator-settings-school', of('administrator', 'some'), 'today', undefined, [{ click: '.hat-trigger' }, { click: '.hat-item:last-child' }, { click: 'dialog .hold .small' }]),
  scene('administrator-settings', of('administrator', 'some'), 'today', undefined, [{ click: '.hat-trigger' }, { click: '.hat-item:last-child' }]),
  scene('parent-hats', of('teacher', 'some'), 'today', undefined, [{ click: '.hat-trigger' }]),
  scene('parent-keys', of('parent', 'some'), 'notices', undefined, [{ key: '?' }]),
  ...sizes('parent-notices', 'parent', 'notices'),
  scene('parent-notice', of('parent', 'some'), 'notice', notice),
  scene('parent-notice-toast', of('parent', 'some'), 'notice', notice, [{ click: 'main .all button' }]),
  // What a notice can ask, in the states a family finds it in.
  scene('parent-recalled', of('parent', 'some'), 'notice', { id: 'notice-0004' }),
  scene('parent-recalled-wordless', of('parent', 'some'), 'notice', { id: 'notice-0009' }),
  scene('teacher-held', of('teacher', 'some'), 'notice', { id: 'notice-0002' }),
  scene('teacher-taken-back', of('teacher', 'some'), 'notice', { id: 'notice-0014' }),
  scene('teacher-rewrite', of('teacher', 'some'), 'notice', { id: 'notice-0002' }, [{ key: 'e' }]),
  scene('teacher-rewrite-late', of('teacher', 'some'), 'today', undefined, [{ click: '.held > button:first-of-type' }]),
  scene('teacher-recall', of('teacher', 'some'), 'notice', { id: 'sign-open' }, [{ click: 'aside .danger' }]),
  ...Object.keys(cases).map((id) => scene(`parent-answer-${id}`, of('parent', 'some'), 'notice', { id })),
  ...['read-open', 'choose-open', 'form-open', 'sign-open'].map((id) => scene(`parent-answer-one-${id}`, of('parent', 1), 'notice', { id })),
  scene('parent-answer-same', of('parent', 'some'), 'notice', { id: 'choose-open' }, [{ click: 'main input[type=checkbox]' }, { click: 'main input[type=radio]' }]),
  scene('parent-answer-enough', of('parent', 1), 'notice', { id: 'choose-several' }, [{ click: 'main label:nth-child(1) input' }, { click: 'main label:nth-child(2) input' }]),
  scene('parent-answer-change', of('parent', 'some'), 'notice', { id: 'choose-changed' }, [{ click: 'main li .plain' }]),
  scene('parent-answer-earlier', of('parent', 'some'), 'notice', { id: 'choose-changed' }, [{ click: 'main summary' }]),
  scene('parent-answer-wrong', of('parent', 'some'), 'notice', { id: 'form-open' }, [{ type: '一米三', into: 'main input[inputmode=decimal]' }, { click: 'main button[type=submit]' }]),
  scene('parent-answer-back-wrong', of('parent', 'some'), 'notice', { id: 'back' }, [{ click: 'main button[type=submit]' }]),
  scene('parent-answer-back-change', of('parent', 'some'), 'notice', { id: 'back' }, [{ click: 'main li .plain' }]),
  scene('parent-answer-form-change', of('parent', 'some'), 'notice', { id: 'form-done' }, [{ click: 'main li .plain' }]),
  scene('parent-answer-sign-toast', of('parent', 'some'), 'notice', { id: 'sign-open' }, [{ click: 'main .primary' }]),
  scene('parent-answer-sign-change', of('parent', 'some'), 'notice', { id: 'sign-done' }, [{ click: 'main li .plain' }]),
  { ...scene('parent-answer-slip', of('parent', 'some'), 'notice', { id: 'sign-done' }, [{ click: 'main li .plain:has(.lucide-printer)' }]), print: true },
  ...sizes('parent-events', 'parent', 'events'),
  scene('parent-event', of('parent', 'some'), 'event', event),
  scene('parent-event-many', of('parent', 'many'), 'event', event),
  scene('parent-event-mine', of('parent', 'some'), 'event', { id: 'event-0001' }),
  // It opens this minute; it is moved, called off, made smaller; several sessions, with questions.
  ...(['waits', 'displaced', 'moved', 'off', 'back', 'series', 'far', 'changing'] as const).map((what) => scene(`parent-signup-${what}`, of('parent', 'some'), 'event', { id: `event-${what}` })),
  scene('parent-signup-change', of('parent', 'some'), 'event', { id: 'event-moved' }, [{ key: 'e' }, { click: 'dialog .bar button:last-child' }]),
  scene('parent-signup-fewer', of('parent', 'some'), 'event', { id: 'event-back' }, [{ click: '.booking .primary' }]),
  scene('parent-signup-answers', of('parent', 'some'), 'event', { id: 'event-series' }, [{ click: 'form .foot .primary' }]),
  scene('parent-signup-answered', of('parent', 'some'), 'event', { id: 'event-moved' }, [{ click: '.booking summary' }]),
  ...sizes('parent-shifts', 'parent', 'shifts'),
  ...sizes('parent-outbox', 'parent', 'outbox', {}, { line: 'offline' }),
  scene('parent-busy', of('parent', 1, { line: 'busy' }), 'outbox'),
  scene('parent-clock-wrong', of('parent', 1, { line: 'clock-wrong' }), 'outbox'),
  scene('parent-fault-busy', of('parent', 'some', { faults: { 'event.list': { fault: 'busy', retry_s: 30 } } }), 'events'),
  scene('parent-sign-in', of('parent', 'some', { line: 'signed-out' }), 'outbox', {}, [{ click: 'header .row button' }]),
  ...(['today', 'events', 'notices', 'shifts'] as const).map((screen) => scene(`parent-${screen}-failed`, of('parent', 'some', { failed: true }), screen)),
  scene('parent-event-shared', of('parent', 'some'), 'event', { id: 'event-shared' }),
  scene('coordinator-desk-shared', of('coordinator', 'some'), 'desk', { id: 'event-shared' }),
  scene('coordinator-plan-shared', of('coordinator', 'some', { drafts: { 'event.plan': sharedDraft } }), 'plan', {}),
  scene('parent-event-held', of('parent', 'some'), 'event', { id: 'event-held' }),
  scene('parent-event-failed', of('parent', 'some', { failed: true }), 'event', event),
  scene('parent-notice-failed', of('parent', 'some', { failed: true }), 'notice', notice),
  scene('parent-load-fault', of('parent', 'some', { faults: { 'event.list': { fault: 'offline' } } }), 'events'),

  // Conversations.
  ...(['parent', 'teacher'] as const).flatMap((role) => [
    ...sizes(`${role}-talks`, role, 'conversations'),
    ...sizes(`${role}-talk`, role, 'conversation', { id: 'conversation-0000' }),
    scene(`${role}-talks-begin`, of(role, 'some'), 'conversations', { begin: true }),
    scene(`${role}-talks-begin-wrong`, of(role, 'some'), 'conversations', { begin: true }, [{ click: 'form button[type=submit]' }]),
    scene(`${role}-talk-edit`, of(role, 'some'), 'conversation', { id: 'conversation-0000' }, [{ click: '.own .acts button:nth-of-type(2)' }]),
  ]),
  scene('teacher-talks-hand', of('teacher', 'some'), 'conversations', undefined, [{ click: 'main header button:last-child' }]),
  scene('teacher-talk-bring', of('teacher', 'some'), 'conversation', { id: 'conversation-0000' }, [{ click: 'aside .acts button:first-child' }]),
  scene('teacher-talk-end', of('teacher', 'some'), 'conversation', { id: 'conversation-0000' }, [{ click: 'aside .acts button:last-child' }]),
  scene('teacher-talk-bring-list', of('teacher', 'some'), 'conversation', { id: 'conversation-0000' }, [{ click: 'aside .acts button:first-child' }, { click: 'dialog .combobox-open' }]),
  scene('teacher-talk-bring-inbox', of('teacher', 'some'), 'conversation', { id: 'conversation-0000' }, [{ click: 'aside .acts button:first-child' }, { click: 'dialog .combobox-open' }, { click: '.combobox-item:has(.combobox-below)' }]),
  scene('teacher-talk-give', of('teacher', 'some'), 'conversation', { id: 'conversation-0000' }, [{ click: 'aside .acts button:nth-child(2)' }]),
  scene('teacher-talk-leave', of('teacher', 'some'), 'conversation', { id: 'conversation-0000' }, [{ click: 'aside .acts button:nth-child(3)' }]),
  scene('teacher-talk-take-out', of('teacher', 'some'), 'conversation', { id: 'conversation-0000' }, [{ click: 'aside li button' }]),
  scene('teacher-talk-along', of('teacher', 1, { along: true }), 'conversation', { id: 'conversation-0000' }),
  scene('teacher-talks-begin-inbox', of('teacher', 'some'), 'conversations', { begin: true }, [{ type: '李', into: '.combobox-input' }, { click: '.combobox-item' }]),
  scene('parent-talks-begin-list', of('parent', 1), 'conversations', { begin: true }, [{ click: '.combobox-open' }]),
  scene('parent-talks-begin-inbox', of('parent', 1), 'conversations', { begin: true }, [{ click: '.combobox-open' }, { click: '.combobox-item:has(.combobox-below)' }]),
  scene('parent-talks-fault', of('parent', 'some', { faults: { 'conversation.list': { fault: 'offline' } } }), 'conversations'),

  scene('parent-talk-report', of('parent', 'some'), 'conversation', { id: 'conversation-0000' }, [{ click: 'article:nth-of-type(2) > .acts button:last-child' }]),
  scene('parent-talk-stopped', of('parent', 'some', { stopped: true }), 'conversation', { id: 'conversation-0000' }),

  // Shared inboxes.
  ...sizes('administrator-inboxes', 'administrator', 'inboxes'),
  scene('administrator-inboxes-new', of('administrator', 0), 'inboxes', undefined, [{ click: 'header .row button' }, { click: 'form button[type=submit]' }]),
  scene('administrator-inboxes-readers', of('administrator', 'some'), 'inboxes', undefined, [{ click: 'header .row button' }, { click: '.readers .combobox-open' }]),
  scene('administrator-inboxes-change', of('administrator', 'some'), 'inboxes', undefined, [{ click: 'article button' }]),
  scene('administrator-inboxes-close', of('administrator', 'some'), 'inboxes', undefined, [{ click: 'article button:last-child' }]),
  scene('administrator-inboxes-fault', of('administrator', 'some', { faults: { 'inbox.list': { fault: 'offline' } } }), 'inboxes'),

  // Reports, and handing over for others.
  ...sizes('administrator-reports', 'administrator', 'reports'),
  ...[0, 1, 2, 3].map((n) => scene(`administrator-report-${n}`, of('administrator', 'some'), 'report', { id: `report-000${n}` })),
  scene('administrator-report-read', of('administrator', 'some'), 'report', { id: 'report-0000' }, [{ click: 'main section button' }]),
  scene('administrator-report-read-closed', of('administrator', 'some', { faults: { 'report.read': { fault: 'denied', code: 'report-closed', detail: '' } } }), 'report', { id: 'report-0000' }, [{ click: 'main section button' }]),
  scene('administrator-report-close', of('administrator', 'some'), 'report', { id: 'report-0000' }, [{ click: 'header .row button' }, { click: 'dialog .primary' }]),
  scene('administrator-report-appoint', of('administrator', 'some'), 'report', { id: 'report-0000' }, [{ click: 'aside .act button' }]),
  scene('administrator-report-stop', of('administrator', 'some'), 'report', { id: 'report-0000' }, [{ click: 'aside li:first-child button' }]),
  ...([1, 'some', 'many'] as const).map((size) => scene(`administrator-hand-${size}`, of('administrator', size), 'reports', undefined, [{ click: 'fieldset label:last-child' }, { type: '张', into: '.combobox-input' }, { click: '.combobox-item' }])),
  scene('administrator-hand-offline', of('administrator', 'some', { faults: { 'conversation.inbox': { fault: 'offline' } } }), 'reports', undefined, [{ click: 'fieldset label:last-child' }, { type: '张', into: '.combobox-input' }, { click: '.combobox-item' }]),

  // What a family had in its hands.
  ...sizes('parent-history', 'parent', 'history', {}),
  ...sizes('teacher-history', 'teacher', 'history', { child: 'child-0000' }),
  scene('teacher-history-then', of('teacher', 'some'), 'history', { child: 'child-0000' }, [{ click: 'form .acts button:nth-child(2)' }]),
  scene('parent-history-offline', of('parent', 'some', { faults: { 'history.open': { fault: 'offline' } } }), 'history', {}),

  // Leave and pick-ups.
  ...sizes('parent-requests', 'parent', 'requests'),
  ...(['leave', 'pick-up'] as const).flatMap((make) => [
    scene(`parent-requests-${make}`, of('parent', 'some'), 'requests', { make }),
    scene(`parent-requests-${make}-one`, of('parent', 1), 'requests', { make }),
    scene(`parent-requests-${make}-wrong`, of('parent', 'some'), 'requests', { make }, [{ click: 'form button[type=submit]' }]),
  ]),
  scene('parent-requests-days', of('parent', 'some'), 'requests', { make: 'leave' }, [{ click: 'form fieldset label:has([value=dates])' }]),
  scene('parent-requests-toast', of('parent', 1), 'requests', { make: 'leave' }, [{ click: '.quick button' }, { click: 'form button[type=submit]' }]),
  scene('parent-requests-fault', of('parent', 'some', { faults: { 'request.list': { fault: 'offline' } } }), 'requests'),
  ...sizes('teacher-requests', 'teacher', 'requests'),
  scene('teacher-requests-note', of('teacher', 'some'), 'requests', undefined, [{ click: 'article .plain' }]),
  scene('teacher-requests-phoned', of('teacher', 'some'), 'requests', undefined, [{ click: 'header .row button' }, { type: '李', into: 'dialog .combobox-input' }, { click: '.combobox-item' }]),
  scene('teacher-requests-phoned-pick-up', of('teacher', 'some'), 'requests', undefined, [{ click: 'header .row button' }, { click: 'dialog fieldset label:last-child' }, { click: 'dialog .primary' }]),
  scene('teacher-requests-withdraw', of('teacher', 'some'), 'requests', undefined, [{ click: '[aria-labelledby=answered] button.plain' }]),
  ...sizes('teacher-gate', 'teacher', 'gate', {}),
  ...SIZES.map((size) => ({ ...scene(`coordinator-gate-${size}`, of('coordinator', size), 'gate'), print: size === 'some' || size === 'many' })),
  scene('coordinator-gate-other', of('coordinator', 'some'), 'gate', undefined, [{ key: 'ArrowRight' }]),

  // A teacher.
  ...sizes('teacher-today', 'teacher', 'today'),
  ...sizes('teacher-notices', 'teacher', 'notices'),
  ...sizes('teacher-notice', 'teacher', 'notice', notice),
  ...['read-open', 'choose-open', 'choose-several', 'form-open', 'sign-open', 'each-open', 'named-other', 'back'].map((id) => scene(`teacher-answers-${id}`, of('teacher', 'some'), 'notice', { id })),
  scene('teacher-notice-cell', of('teacher', 'some'), 'notice', notice, [{ click: '.grid > button:nth-child(3)' }]),
  // What a colleague asked of the class; and who is asked again by a new version of what was asked of three grades.
  scene('teacher-colleague', of('teacher', 'some'), 'notice', { id: 'colleague' }),
  ...([1, 'some', 'many'] as const).map((size) => scene(`coordinator-again-${size}`, of('coordinator', size), 'compose', { supersedes: 'choose-open' }, [{ click: 'main label.tick:has(+ .terms) input' }])),
  scene('teacher-repeat', of('teacher', 'some'), 'compose', {}, [{ click: 'details.beside-input summary' }, { click: 'label:has([value=later])' }, { click: '.repeat .tick input' }]),
  // Slips of paper, entered by keys; and what goes out on paper.
  ...['read-open', 'choose-open', 'choose-many', 'choose-several', 'choose-all', 'form-open', 'form-photo', 'sign-open', 'back'].map((id) => scene(`teacher-paper-${id}`, of('teacher', 'some'), 'notice', { id }, [ENTER])),
  ...([1, 'many'] as const).map((size) => scene(`teacher-paper-form-${size}`, of('teacher', size), 'notice', { id: 'form-silent' }, [ENTER])),
  scene('teacher-paper-each', of('teacher', 'some'), 'notice', { id: 'each-open' }, [ENTER, { key: 'ArrowRight' }, { key: 'q' }, { key: 'y' }]),
  scene('teacher-paper-unsigned', of('teacher', 'some'), 'notice', { id: 'sign-open' }, [ENTER, { key: 'y' }]),
  scene('teacher-paper-signed', of('teacher', 'some'), 'notice', { id: 'sign-open' }, [ENTER, { key: 'w' }]),
  scene('teacher-paper-0', of('teacher', 0), 'notice', { id: 'form-silent' }),
  scene('teacher-paper-said', of('teacher', 'some'), 'notice', { id: 'choose-open' }, [ENTER, { key: 'q' }, { key: '2' }, { key: 'w' }, { key: '1' }, { key: 'ArrowLeft' }]),
  scene('teacher-paper-ticked', of('teacher', 'some'), 'notice', { id: 'choose-several' }, [ENTER, { key: '1' }, { key: '3' }]),
  scene('teacher-paper-wrong', of('teacher', 'some'), 'notice', { id: 'form-open' }, [ENTER, { type: '一米三', into: 'dialog input[inputmode=decimal]' }, { key: 'Enter' }]),
  scene('teacher-paper-dialog', of('teacher', 'some'), 'notice', { id: 'back' }, [ENTER, { key: 'Enter' }]),
  ...['nothing-open', 'read-open', 'choose-open', 'choose-many', 'choose-several', 'choose-all', 'form-photo', 'sign-open', 'each-open'].flatMap((id) => printed(id, 'some')),
  ...printed('form-silent', 1),
  ...printed('sign-open', 'many'),
  scene('teacher-repeat-day', of('teacher', 'some', { drafts: { 'notice.compose': repeatDraft({ every: 'day', until: '2027-01-15' }) } }), 'compose', {}, [{ click: 'details.beside-input summary' }, { click: '.ends label:first-child' }]),
  scene('teacher-repeat-month', of('teacher', 'some', { drafts: { 'notice.compose': repeatDraft({ every: 'month', month: 'last', ends: 'count', count: 4 }) } }), 'compose', {}, [{ click: 'details.beside-input summary' }, { click: '.ends label:last-child' }]),
  scene('teacher-repeat-month-rare', of('teacher', 'some', { drafts: { 'notice.compose': repeatDraft({ every: 'month', ends: 'count', count: 99, send_at: at(38, '16:00') }) } }), 'compose', {}, [{ click: '.ends label:last-child' }]),
  scene('teacher-export', of('teacher', 'some'), 'notice', { id: 'choose-open' }, [{ click: '.acts button:has(.lucide-file-spreadsheet)' }]),
  ...([1, 'some', 'many'] as const).map((size) => scene(`teacher-delivery-${size}`, of('teacher', size), 'notice', { id: 'choose-open' }, [{ click: 'aside button:has(.lucide-monitor-check)' }])),
  scene('teacher-delivery-held', of('teacher', 'some'), 'notice', { id: 'choose-open' }, [{ click: 'aside button:has(.lucide-monitor-check)' }, { click: '[role=tab]:nth-child(2)' }]),
  scene('teacher-delivery-offline', of('teacher', 'some', { line: 'offline' }), 'notice', { id: 'choose-open' }, [{ click: 'aside button:has(.lucide-monitor-check)' }]),
  ...SIZES.map((size) => scene(`teacher-templates-${size}`, of('teacher', size), 'compose', { supersedes: 'notice-0000' }, [{ click: '.acts button:has(.lucide-files)' }])),
  scene('teacher-template-fields', of('teacher', 'some'), 'compose', { supersedes: 'notice-0000' }, [{ click: '.acts button:has(.lucide-files)' }, { click: 'dialog li:last-child .acts button:last-child' }, { click: 'dialog footer .primary' }]),
  scene('teacher-template-keep', of('teacher', 'some'), 'compose', { supersedes: 'notice-0000' }, [{ click: '.acts button:has(.lucide-bookmark-plus)' }]),
  scene('teacher-compose', of('teacher', 'some'), 'compose', {}),
  scene('teacher-compose-each', of('teacher', 'some', { drafts: { 'notice.compose': eachDraft } }), 'compose', {}),
  scene('teacher-compose-empty-list', of('teacher', 'some'), 'compose', {}, [{ type: '没有这个班', into: '.combobox-input' }]),
  scene('teacher-compose-files', of('teacher', 'some'), 'compose', { supersedes: 'sign-open' }, [{ file: '集合地点示意图.jpg' }]),
  scene('teacher-compose-file-wrong', of('teacher', 'some', { faults: { 'file.give': { fault: 'denied', code: 'file-type-mismatch', detail: '' } } }), 'compose', { supersedes: 'notice-0000' }, [{ file: '报名表.pdf' }]),
  scene('own-compose', of('teacher', 'some', { drafts: { 'notice.compose': ownDraft } }), 'compose', {}, [{ click: '.own .tick input' }]),
  scene('own-compose-strays', of('teacher', 'some', { drafts: { 'notice.compose': straysDraft } }), 'compose', {}),
  scene('own-compose-many', of('teacher', 'many', { drafts: { 'notice.compose': ownDraft } }), 'compose', {}),
  scene('own-update', of('teacher', 'some'), 'compose', { supersedes: 'own-files' }),
  scene('own-teacher', of('teacher', 'some'), 'notice', { id: 'own-files' }),
  scene('own-parent', of('parent', 'some'), 'notice', { id: 'own-files' }),
  scene('teacher-compose-list', of('teacher', 'some'), 'compose', {}, [{ type: '三年级', into: '.combobox-input' }]),
  ...SIZES.map((size) => scene(`teacher-update-${size}`, of('teacher', size), 'compose', { supersedes: 'notice-0000' })),
  scene('teacher-compose-names', of('teacher', 'many'), 'compose', { supersedes: 'notice-0000' }, [{ click: '.sums .not' }]),
  ...(['get', 'except'] as const).map((tab) => scene(`teacher-compose-names-${tab}`, of('teacher', 'some', { drafts: { 'notice.compose': choosingDraft } }), 'compose', {}, [{ click: '.sums button' }, ...(tab === 'except' ? [{ click: 'dialog [role=tab]:last-child' }] : [])])),
  scene('teacher-events', of('teacher', 'some'), 'events'),
  scene('teacher-event', of('teacher', 'some'), 'event', event),
  scene('teacher-shifts', of('teacher', 'some'), 'shifts'),
  ...sizes('teacher-classes', 'teacher', 'classes'),
  ...sizes('teacher-class', 'teacher', 'class', place),
  scene('teacher-class-on-paper', of('teacher', 'some'), 'class', place, [{ click: 'main li:has(.pick input) .acts button:first-child' }]),
  scene('teacher-reissue', of('teacher', 'some'), 'class', place, [{ click: '.acts button' }]),
  ...SIZES.map((size) => ({ ...scene(`teacher-strips-${size}`, of('teacher', size), 'strips', { persons: size === 0 ? [] : persons, title: '本部三年级2班' }), print: size === 'some' })),
  { ...scene('teacher-strips-large', of('teacher', 'some'), 'strips', { persons, title: '本部三年级2班' }, [{ click: 'fieldset label:last-child' }]), print: true },
  scene('teacher-strips-offline', of('teacher', 'some', { faults: { 'class.invites': { fault: 'offline' } } }), 'strips', { persons, title: '本部三年级2班' }),

  scene('teacher-today-failed', of('teacher', 'some', { failed: true }), 'today'),
  scene('teacher-class-failed', of('teacher', 'some', { failed: true }), 'class', place),

  // A coordinator.
  scene('coordinator-desk-failed', of('coordinator', 'some', { failed: true }), 'desk', event),
  scene('coordinator-roster-failed', of('coordinator', 'some', { failed: true }), 'roster', {}),
  ...sizes('coordinator-today', 'coordinator', 'today'),
  ...sizes('coordinator-events', 'coordinator', 'events'),
  ...sizes('coordinator-desk', 'coordinator', 'desk', event),
  ...SIZES.map((size) => scene(`coordinator-tell-${size}`, of('coordinator', size), 'compose', { to: { kind: 'event', id: 'event-0000' } })),
  scene('coordinator-tell-names', of('coordinator', 'many'), 'compose', { to: { kind: 'event', id: 'event-0000' } }, [{ click: '.sums button' }]),
  scene('coordinator-tell-choose', of('coordinator', 'some'), 'compose', {}, [{ type: '牵手', into: '.combobox-input' }]),
  scene('coordinator-desk-waiting', of('coordinator', 'some'), 'desk', event, [{ click: '[role=tab]:nth-child(2)' }]),
  scene('coordinator-desk-seats', of('coordinator', 'some'), 'desk', event, [{ click: '.line .edge button:last-child' }]),
  scene('coordinator-booking', of('coordinator', 'some'), 'desk', event, [{ click: '[data-index="3"]' }]),
  scene('coordinator-desk-changed', of('coordinator', 'some'), 'desk', { id: CHANGED }),
  scene('coordinator-desk-off', of('coordinator', 'some'), 'desk', { id: CHANGED }, [{ click: '.sessions button:last-child' }]),
  scene('coordinator-booking-answers', of('coordinator', 'some'), 'desk', { id: CHANGED }, [{ click: '[data-index="1"]' }]),
  scene('coordinator-booking-put-back', of('coordinator', 'some'), 'desk', { id: CHANGED }, [{ click: '.sessions button:nth-child(2)' }, { click: '[role=tab]:nth-child(2)' }, { click: '[data-index="0"]' }]),
  scene('coordinator-booking-change', of('coordinator', 'some'), 'desk', { id: CHANGED }, [{ click: '[data-index="1"]' }, { click: 'dialog footer button:nth-child(2)' }]),
  scene('coordinator-session-cancel', of('coordinator', 'some'), 'desk', { id: CHANGED }, [{ click: '.line .edge button' }]),
  scene('coordinator-fewer', of('coordinator', 'some'), 'desk', event, [{ click: '.sessions button:nth-child(2)' }, { click: '.line .edge button:last-child' }, { key: '2' }, { key: '4' }, { click: '.edit .primary' }]),
  scene('coordinator-change', of('coordinator', 'some', { drafts: { [`event.change/${CHANGED}`]: changeDraft } }), 'plan', { id: CHANGED }),
  scene('coordinator-change-sessions', of('coordinator', 'some', { drafts: { [`event.change/${CHANGED}`]: changeDraft } }), 'plan', { id: CHANGED }, [{ click: 'section .whom .plain' }]),
  scene('coordinator-change-none', of('coordinator', 'some'), 'plan', { id: CHANGED }),
  scene('coordinator-change-stale', of('coordinator', 'some', { drafts: { [`event.change/${CHANGED}`]: staleDraft } }), 'plan', { id: CHANGED }),
  scene('coordinator-plan-questions', of('coordinator', 'some', { drafts: { 'event.plan': questionsDraft } }), 'plan', {}, [{ click: 'fieldset .plain:last-child' }]),
  scene('coordinator-cancel', of('coordinator', 'some'), 'desk', event, [{ click: 'header .row button:nth-last-child(2)' }]),
  scene('coordinator-on-behalf', of('coordinator', 'some'), 'desk', event, [{ click: 'header .row button:last-child' }]),
  scene('coordinator-on-behalf-find', of('coordinator', 'some'), 'desk', event, [{ click: 'header .row button:last-child' }, { type: '李', into: 'dialog .combobox-input' }]),
  scene('coordinator-plan', of('coordinator', 'some'), 'plan', {}),
  scene('coordinator-plan-holds', of('coordinator', 'some', { drafts: { 'event.plan': holdsDraft } }), 'plan', {}, [{ click: 'li .hold input:checked' }]),
  scene('coordinator-plan-repeat', of('coordinator', 'some'), 'plan', {}, [{ click: 'section[aria-labelledby=sessions] > .row button:nth-child(2)' }]),
  ...SIZES.map((size) => scene(`coordinator-themes-${size}`, of('coordinator', size), 'events', {}, [{ click: 'header .row button:nth-child(1)' }])),
  ...SIZES.map((size) => scene(`coordinator-venues-${size}`, of('coordinator', size), 'venues')),
  scene('coordinator-venue-keep', of('coordinator', 'some'), 'venues', {}, [{ click: 'article .acts button:first-child' }, { click: 'dialog .narrow input' }, { key: 'Backspace' }]),
  scene('coordinator-venue-drop', of('coordinator', 'some'), 'venues', {}, [{ click: 'article .acts button:last-child' }]),
  scene('coordinator-plan-venue', of('coordinator', 'some', { drafts: { 'event.plan': venueDraft } }), 'plan', {}, [{ click: 'section[aria-labelledby=sessions] li:nth-child(3) .own input' }]),
  scene('coordinator-theme-day', of('coordinator', 'some'), 'events', {}, [{ click: 'header .row button:nth-child(1)' }, { click: 'dialog li:nth-child(2) .row .row button:last-child' }]),
  scene('coordinator-keep-theme', of('coordinator', 'some'), 'desk', event, [{ click: 'text=存为主题' }]),
  scene('coordinator-plan-wrong', of('coordinator', 'some'), 'plan', {}, [{ click: 'form button[type=submit]' }]),
  scene('coordinator-shifts', of('coordinator', 'some'), 'shifts'),
  ...sizes('coordinator-roster', 'coordinator', 'roster', {}),
  scene('coordinator-plan-shifts', of('coordinator', 'some'), 'planShifts', {}),
  scene('coordinator-plan-shifts-festive', of('coordinator', 'some', { festive: true }), 'planShifts', {}),
  scene('coordinator-plan-festive', of('coordinator', 'some', { festive: true }), 'plan', {}),
  scene('teacher-compose-festive', of('teacher', 'some', { festive: true, drafts: { 'notice.compose': repeatDraft({ every: 'day', weekends: false, until: '2027-01-15', skipHolidays: true }) } }), 'compose', {}),
  scene('coordinator-plan-shifts-wrong', of('coordinator', 'some'), 'planShifts', {}, [{ click: 'form button[type=submit]' }]),
  scene('coordinator-outbox', of('coordinator', 'some', { line: 'update-needed' }), 'outbox'),

  // An administrator.
  ...sizes('administrator-today', 'administrator', 'today'),
  ...sizes('administrator-import', 'administrator', 'import'),
  ...SIZES.map((size) => scene(`administrator-import-preview-${size}`, of('administrator', size), 'import', undefined, [{ file: 'roster.xlsx' }])),
  scene('administrator-import-refused', of('administrator', 'some', { faults: { 'import.preview': { fault: 'denied', code: 'roster-encrypted', detail: '' } } }), 'import', undefined, [{ file: 'roster.xlsx' }]),
  scene('administrator-import-years', of('administrator', 'some', { faults: { 'import.preview': { fault: 'denied', code: 'years-differ', detail: 'The titles of this roster name several school years (2025, 2026).' } } }), 'import', undefined, [{ file: '2026 秋季学生名册（校办 11 月 20 日定稿）.xlsx' }]),
  scene('administrator-import-offline', of('administrator', 'some', { faults: { 'import.preview': { fault: 'offline' } } }), 'import', undefined, [{ file: 'roster.xlsx' }]),
  scene('administrator-import-done', of('administrator', 'some'), 'import', undefined, [{ file: 'roster.xlsx' }, { click: '.acts button:last-child' }]),
  scene('administrator-remarks-failed', of('administrator', 'some', { failed: true }), 'remarks'),
  ...sizes('administrator-remarks', 'administrator', 'remarks'),
  scene('administrator-remarks-open', of('administrator', 'some'), 'remarks', undefined, [{ click: 'summary' }]),
  ...sizes('administrator-notices', 'administrator', 'notices'),
  ...([0, 'some'] as const).map((size) => scene(`counsellor-notices-${size}`, of('counsellor', size), 'notices')),
  scene('counsellor-notice', of('counsellor', 'some'), 'notice', { id: 'colleague' }),
  ...sizes('administrator-classes', 'administrator', 'classes'),
  scene('administrator-class', of('administrator', 'some'), 'class', place),
  ...sizes('administrator-asked', 'administrator', 'asked', { child: 'child-0001' }),
  scene('administrator-rights', of('administrator', 'some'), 'class', place, [{ click: '[data-index="0"] .acts button:last-child' }]),

  ...meetingScenes,
  ...contestScenes,
  ...volunteerScenes,
  ...drawScenes,
  ...rehearsalScenes,
  ...boardScenes,
  ...afterScenes,
  ...courseScenes,
  ...hoursScenes,
  ...gateScenes,
  ...tripScenes,
  ...alertScenes,

  // What goes to the whole school waits for a second head.
  ...sizes('approval-today', 'head', 'today'),
  scene('approval-head', of('head', 'some'), 'notice', { id: 'proposed' }),
  scene('approval-head-decline', of('head', 'some'), 'notice', { id: 'proposed' }, [{ click: 'aside .row button:last-child' }]),
  scene('approval-head-late', of('head', 'some'), 'notice', { id: 'proposed-late' }),
  scene('approval-mine', of('head', 'some'), 'notice', { id: 'proposed-mine' }),
  scene('approval-declined', of('head', 'some'), 'notice', { id: 'declined' }),
  scene('approval-approved', of('parent', 'some'), 'notice', { id: 'approved' }),
  scene('approval-compose', of('head', 'some', { approvers: [{ name: '熊立新', title: '校长' }, { name: '吴军', title: '德育主任' }], drafts: { 'notice.compose': letterDraft } }), 'compose', {}),
  scene('approval-compose-nobody', of('head', 'some', { approvers: [], drafts: { 'notice.compose': letterDraft } }), 'compose', {}),
];

/** How far two scenes begin from each other: together they show everything. */
const APART = 3;
/** The same screens, as people who mean harm would have them. */
function poisonedScenes(names: readonly string[], how: Hostile): Scene[] {
  return names.map((name, n) => {
    const found = usual.find((one) => one.name === name);
    if (!found) throw new Error(`no scene is called ${name}`);
    return { ...found, name: `hostile-${how}-${name}`, school: { ...found.school, hostile: how, from: n * APART } };
  });
}
/** The same screens, where nobody's name can be seen. */
export const nameless: readonly Scene[] = poisonedScenes(VIEWS, 'names');
export const wicked: readonly Scene[] = [...poisonedScenes(VIEWS, 'signs'), ...poisonedScenes(LINES, 'line')];
export const scenes: readonly Scene[] = [...usual, ...wicked];
