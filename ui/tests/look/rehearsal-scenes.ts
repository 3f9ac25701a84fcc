// The opening rehearsed: before, after, with nobody, of a plan that is not complete, and where it fails.
import { at } from './people';
import { of, scene, SIZES, type Scene } from './scene';

const session = (n: number) => ({ name: `第 ${n} 场`, starts: at(14, `${8 + n}:30`.padStart(5, '0')), ends: at(14, `${8 + n}:55`.padStart(5, '0')), capacity: '60' });
/** Two sessions of sixty seats. */
export const rehearsedPlan = { title: '家长开放日', place: 'campus-0000', sessions: [session(1), session(2)] };
const drafts = { 'event.plan': JSON.stringify(rehearsedPlan) };
const play = [{ click: 'main form button[type=submit]' }];

export const rehearsalScenes: readonly Scene[] = [
  scene('coordinator-rehearse-before', of('coordinator', 'some', { drafts }), 'rehearse', {}),
  scene('coordinator-rehearse-more', of('coordinator', 'some', { drafts }), 'rehearse', {}, [{ click: 'main details summary' }]),
  ...SIZES.map((size) => scene(`coordinator-rehearse-${size}`, of('coordinator', size, { drafts }), 'rehearse', {}, play)),
  scene('coordinator-rehearse-draw', of('coordinator', 'some', { drafts: { 'event.plan': JSON.stringify({ ...rehearsedPlan, draws: true }) } }), 'rehearse', {}, play),
  scene('coordinator-rehearse-incomplete', of('coordinator', 'some', { drafts: { 'event.plan': JSON.stringify({ ...rehearsedPlan, place: '' }) } }), 'rehearse', {}),
];
