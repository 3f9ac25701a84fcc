// Seats are drawn: at each step, wishes in order, and worked out again; planned, and drawn at the desk.
import { DRAWS, VALUE } from './draws';
import { of, scene, type Scene } from './scene';

const drawDraft = JSON.stringify({ title: '重庆科技馆研学', draws: true, publicValue: '' });

export const drawScenes: readonly Scene[] = [
  ...DRAWS.map((id) => scene(`parent-${id}`, of('parent', 'some'), 'event', { id })),
  scene('parent-draw-wishes', of('parent', 'some'), 'event', { id: 'draw-open' }, [{ click: 'fieldset ul li:nth-child(2) button' }, { click: 'fieldset ul li:first-child button' }]),
  scene('parent-draw-missing', of('parent', 'some'), 'event', { id: 'draw-open' }, [{ click: 'main form button[type=submit]' }]),
  scene('parent-draw-change', of('parent', 'some'), 'event', { id: 'draw-entered' }, [{ key: 'e' }]),
  scene('parent-draw-why', of('parent', 'some'), 'event', { id: 'draw-rolled' }, [{ click: 'main details summary' }]),
  scene('parent-draw-again', of('parent', 'some'), 'event', { id: 'draw-won' }, [{ click: 'section > .row.apart > button' }]),
  scene('parent-draw-again-numbers', of('parent', 'some'), 'event', { id: 'draw-won' }, [{ click: 'section > .row.apart > button' }, { click: 'dialog details + details summary' }]),
  scene('parent-draw-again-bad', of('parent', 'some', { differs: 'changed' }), 'event', { id: 'draw-won' }, [{ click: 'section > .row.apart > button' }]),
  scene('coordinator-plan-draw', of('coordinator', 'some', { drafts: { 'event.plan': drawDraft } }), 'plan', {}),
  scene('coordinator-plan-draw-wrong', of('coordinator', 'some', { drafts: { 'event.plan': drawDraft } }), 'plan', {}, [{ click: 'form button[type=submit]' }]),
  scene('coordinator-change-draw', of('coordinator', 'some'), 'plan', { id: 'draw-rolled' }),
  ...['draw-open', 'draw-rolled', 'draw-won'].map((id) => scene(`coordinator-desk-${id}`, of('coordinator', 'some'), 'desk', { id })),
  scene('coordinator-desk-draw-none', of('coordinator', 0), 'desk', { id: 'draw-open' }),
  scene('coordinator-desk-draw-value', of('coordinator', 'some'), 'desk', { id: 'draw-rolled' }, [{ type: VALUE, into: 'main form input' }]),
  scene('coordinator-desk-draw-early', of('coordinator', 'some', { line: 'offline' }), 'desk', { id: 'draw-rolled' }),
  scene('coordinator-booking-draw', of('coordinator', 'some'), 'desk', { id: 'draw-open' }, [{ click: '[data-index="0"]' }]),
  scene('coordinator-on-behalf-draw', of('coordinator', 'some'), 'desk', { id: 'draw-open' }, [{ click: 'header .row button:last-child' }]),
];
