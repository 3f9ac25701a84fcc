// Pictures of contests.
import { of, scene, SIZES, sizes, type Scene } from './scene';

const desk = (name: string, size: 0 | 1 | 'some' | 'many', tab: string, steps: Scene['steps'] = []) => scene(`coordinator-contest-${name}`, of('coordinator', size), 'contest', { id: 'election', tab }, steps);

export const contestScenes: Scene[] = [
  ...sizes('parent-contests', 'parent', 'contests'),
  scene('parent-contest', of('parent', 'some'), 'contest', { id: 'election' }),
  scene('parent-contest-lost', of('parent', 'some'), 'contest', { id: 'lost' }),
  scene('parent-contest-nominate', of('parent', 'some'), 'contest', { id: 'open' }, [{ click: '[role=tabpanel] > .stack > .row button' }]),
  scene('parent-contest-shown', of('parent', 'many'), 'contest', { id: 'election', tab: 'shown' }),
  scene('teacher-contest', of('teacher', 'some'), 'contest', { id: 'open' }),
  ...SIZES.map((size) => desk(`candidates-${size}`, size, 'candidates')),
  { ...desk('order', 'some', 'order'), print: true },
  desk('order-many', 'many', 'order'),
  desk('results', 'some', 'results'),
  scene('coordinator-contest-plan', of('coordinator', 'some'), 'planContest', { id: 'election' }),
  scene('coordinator-contest-plan-wrong', of('coordinator', 'some'), 'planContest', {}, [{ click: 'button[type=submit]' }]),
];
