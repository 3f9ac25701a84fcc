// Campaigns, qualifications, and a post that is changed.
import { of, scene, sizes, type Scene } from './scene';
import { id } from './people';

export const volunteerScenes: readonly Scene[] = [
  ...sizes('coordinator-volunteering', 'coordinator', 'volunteering'),
  scene('coordinator-campaign', of('coordinator', 'some'), 'volunteering', {}, [{ click: 'section[aria-labelledby=campaigns] li:first-child .acts button:first-child' }]),
  scene('coordinator-qualify', of('coordinator', 'some'), 'volunteering', {}, [{ click: 'section[aria-labelledby=qualifications] li:first-child .acts button:first-child' }]),
  ...sizes('parent-turns', 'parent', 'turns'),
  ...sizes('teacher-turns', 'teacher', 'turns'),
  scene('parent-turns-handbook', of('parent', 'some'), 'turns', {}, [{ click: 'summary' }]),
  scene('parent-turns-ask', of('parent', 'some'), 'turns', {}, [{ click: 'section li:nth-child(2) .state button:last-child' }]),
  scene('teacher-turns-ready', of('teacher', 'some'), 'turns', {}, [{ click: '.who > .line button >> nth=-1' }]),
  scene('teacher-turns-name', of('teacher', 'some'), 'turns', {}, [{ click: '.who > div button' }]),
  scene('coordinator-plan-turns', of('coordinator', 'some'), 'planTurns', { id: id('post', 1) }, [{ click: 'form [role=combobox]' }, { key: 'ArrowDown' }, { key: 'Enter' }]),
  scene('parent-today-helps', of('parent', 'some', { helps: true }), 'today'),
  scene('parent-shifts-wish', of('parent', 'some'), 'shifts', {}, [{ click: 'aside [aria-expanded=false]' }]),
  scene('coordinator-board', of('coordinator', 'some'), 'roster', {}, [{ click: 'header button:nth-child(2)' }, { click: 'main .person >> nth=1' }]),
  scene('coordinator-board-many', of('coordinator', 'many'), 'roster', {}, [{ click: 'header button:nth-child(2)' }]),
  scene('coordinator-board-ask', of('coordinator', 'some'), 'roster', {}, [{ click: 'header button:nth-child(2)' }, { click: 'main .person >> nth=1' }, { click: 'td button:has(.fits)' }]),
  scene('coordinator-propose', of('coordinator', 'some'), 'roster', {}, [{ click: 'text=给缺人的班建议人选' }]),
  scene('coordinator-offered', of('coordinator', 'some'), 'roster', { shift: id('shift', 1) }),
  scene('coordinator-change-shift', of('coordinator', 'some'), 'roster', { shift: id('shift', 1) }, [{ click: '.acts .more-trigger' }, { click: 'text=改这一班' }]),
  scene('coordinator-roster-more', of('coordinator', 'some'), 'roster', { shift: id('shift', 1) }, [{ click: '.acts .more-trigger' }]),
  scene('coordinator-swap-enter', of('coordinator', 'some'), 'roster', { shift: id('shift', 1) }, [{ click: '.lines .more-trigger >> nth=0' }, { click: 'text=代为换班' }, { click: 'dialog [role=combobox]' }, { key: 'ArrowDown' }, { key: 'ArrowDown' }, { key: 'Enter' }]),
  scene('coordinator-change-post', of('coordinator', 'some'), 'changePost', { id: id('post', 1) }),
  scene('coordinator-pupils-few', of('coordinator', 'some'), 'changePost', { id: id('post', 1) }, [{ click: 'text=学生可以在大人照看下参加' }, { type: '1', into: 'fieldset .three input' }]),
  scene('parent-pupils', of('parent', 'some'), 'shifts', {}, [{ click: 'button[aria-label^=孩子去]' }]),
  scene('coordinator-pupils', of('coordinator', 'some'), 'roster', { shift: id('shift', 1) }),
  scene('coordinator-pupil-duty', of('coordinator', 'some'), 'duty', { shift: id('shift', 0) }),
  ...sizes('coordinator-wall', 'coordinator', 'shiftWall'),
];
