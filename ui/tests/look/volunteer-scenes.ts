// Campaigns, qualifications, and a post that is changed.
import { of, scene, sizes, type Scene } from './scene';
import { id } from './people';

export const volunteerScenes: readonly Scene[] = [
  ...sizes('coordinator-volunteering', 'coordinator', 'volunteering'),
  scene('coordinator-campaign', of('coordinator', 'some'), 'volunteering', {}, [{ click: 'section[aria-labelledby=campaigns] li:first-child .acts button:first-child' }]),
  scene('coordinator-qualify', of('coordinator', 'some'), 'volunteering', {}, [{ click: 'section[aria-labelledby=qualifications] li:first-child .acts button:first-child' }]),
  scene('coordinator-change-post', of('coordinator', 'some'), 'changePost', { id: id('post', 1) }),
  ...sizes('coordinator-wall', 'coordinator', 'shiftWall'),
];
