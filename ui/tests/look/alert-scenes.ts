// An alert, an exercise, an all-clear: above every screen, at roll-call, and being sounded.
import { school as whole } from './people';
import { of, scene, SIZES, type Scene } from './scene';

const alarmDraft = (status: string) => JSON.stringify({ status, audience: [{ is: 'place', place: whole, except: false }], title: '暴雨红色预警，孩子留在教室', body: '请不要出门接孩子。孩子都在三楼以上的教室，由老师看护。' });

export const alertScenes: readonly Scene[] = [
  // An alert, an exercise, an all-clear: above every screen, for a family and for staff.
  ...(['actual', 'exercise', 'clear', 'two'] as const).flatMap((alert) => [
    scene(`alert-band-parent-${alert}`, of('parent', 'some', { alert }), 'today'),
    scene(`alert-band-teacher-${alert}`, of('teacher', 'some', { alert }), 'today'),
  ]),
  scene('alert-band-parent-one', of('parent', 1, { alert: 'actual' }), 'notices'),
  scene('alert-band-parent-help', of('parent', 1, { alert: 'actual' }), 'today', undefined, [{ click: '.acts button:nth-child(3)' }]),
  scene('alert-notice-parent', of('parent', 'some', { alert: 'actual' }), 'notice', { id: 'alert-actual' }),
  scene('alert-notice-head', of('head', 'some', { alert: 'exercise' }), 'notice', { id: 'alert-exercise' }),
  scene('alert-notices-head', of('head', 'some', { alert: 'actual' }), 'notices'),
  scene('alert-notices-parent', of('parent', 'some', { alert: 'exercise' }), 'notices'),
  // Roll-call.
  ...SIZES.map((size) => scene(`alert-roll-${size}`, of('teacher', size, { alert: 'actual' }), 'alert', { incident: 'alert-actual' })),
  scene('alert-roll-head', of('head', 'many', { alert: 'actual' }), 'alert', { incident: 'alert-actual' }),
  scene('alert-roll-exercise', of('head', 1, { alert: 'exercise' }), 'alert', { incident: 'alert-exercise' }),
  scene('alert-roll-parent', of('parent', 'some', { alert: 'actual' }), 'alert', { incident: 'alert-actual' }),
  scene('alert-roll-toast', of('teacher', 'some', { alert: 'actual', line: 'offline' }), 'alert', { incident: 'alert-actual' }, [{ key: 'j' }, { key: '1' }]),
  // Sounding one.
  scene('alarm-empty', of('head', 'some'), 'alarm', {}),
  scene('alarm-actual', of('head', 'some', { drafts: { 'alert.compose': alarmDraft('actual') } }), 'alarm', {}),
  scene('alarm-exercise', of('head', 'many', { drafts: { 'alert.compose': alarmDraft('exercise') } }), 'alarm', {}),
  scene('alarm-offline', of('head', 1, { line: 'offline', drafts: { 'alert.compose': alarmDraft('actual') } }), 'alarm', {}),
  scene('alarm-how', of('head', 'some', { drafts: { 'alert.compose': alarmDraft('actual') } }), 'alarm', {}, [{ click: 'main summary' }]),
  scene('alarm-update', of('head', 'some', { alert: 'actual' }), 'alarm', { follows: 'alert-actual', kind: 'update' }),
  scene('alarm-clear', of('head', 'some', { alert: 'actual' }), 'alarm', { follows: 'alert-actual', kind: 'cancel' }),
];
