// Courses: as a family, as the desk, a parent's own record, and the count of a term.
import { of, scene, sizes, type Scene } from './scene';

const course = { id: 'course-0000' };
const session = { session: 'session-0040' };

export const courseScenes: readonly Scene[] = [
  ...sizes('course-list', 'parent', 'courses'),
  ...sizes('course-parent', 'parent', 'course', course),
  scene('course-parent-several', of('parent', 'some'), 'course', course, [{ click: 'main input[type=checkbox]' }]),
  ...sizes('course-list-desk', 'coordinator', 'courses'),
  ...sizes('course-desk', 'coordinator', 'course', course),
  scene('course-dialog', of('coordinator', 'some'), 'courses', {}, [{ click: 'main header button:last-child' }]),
  ...sizes('course-attendance', 'coordinator', 'courseAttendance', session),
  scene('course-attendance-find', of('coordinator', 'some'), 'courseAttendance', session, [{ type: '何', into: 'main form input' }]),
  ...sizes('course-record', 'parent', 'courseRecord').map((one) => ({ ...one, print: one.name.endsWith('some') })),
  ...sizes('course-count', 'coordinator', 'courseCount').map((one) => ({ ...one, print: one.name.endsWith('some') })),
];
