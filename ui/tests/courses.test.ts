// Courses: signing up for several lessons, the desk's list of parents, materials, a parent's own record, and the count of a term.
import { describe, expect, it } from 'vitest';
import type { CourseGive, CourseMark, CoursePut, CourseSignUp, EventPublish } from '../src/lib/bindings';
import { attendanceOf, countOf, courseOf, recordOf } from './look/courses';
import { own } from './look/people';
import { all, button, clean, click, core, open, sent, settle, type, words } from './window';

const { route } = await import('../src/lib/route.svelte');
const { arrivedUnmarked, marksOf, restUnmarked } = await import('../src/screens/course/attending');
const { planned } = await import('../src/screens/course/planning');
const { planFrom } = await import('../src/screens/event/theme/start');
const { toPublish } = await import('../src/screens/event/plan');
const { shareWords } = await import('../src/screens/course/words');

const COURSE = { id: 'course-0000' };
const SESSION = { session: 'session-0040' };
const given = { role: 'coordinator', size: 'some' } as const;
const boxes = () => [...document.querySelectorAll<HTMLInputElement>('main article input[type=checkbox]')];
const main = () => words(document.querySelector('main'));

describe('a course as a family', () => {
  it('puts the next lesson first and says how one stands in each', async () => {
    await open('parent', 'course', COURSE);
    expect(words(document.querySelector('main h2'))).toBe('下一课');
    expect(words(document.querySelector('main article h3'))).toBe('第三讲：怎样和孩子谈理想');
    expect(main()).toContain('已参加');
    expect(main()).toContain('未记录');
    expect(main()).toContain('不算缺席');
    await clean();
  });
  it('signs up for what is ticked, for who is ticked', async () => {
    await open('parent', 'course', COURSE);
    expect(main()).toContain('先在上面选至少一课');
    boxes()[0]!.click();
    await settle();
    await click(button('报 1 课'));
    expect(sent<CourseSignUp>('course.sign-up')).toEqual({ sessions: ['session-0043'], children: own.map(({ id }) => id), adults: 1 });
    expect(all()).toContain('联网后自动提交');
  });
  it('says of each lesson that was not saved why', async () => {
    await open('parent', 'course', COURSE);
    core.answers['course.sign-up'] = { lessons: [{ session: 'session-0043', fault: { fault: 'refused', refusal: { code: 'full' } } }] };
    boxes()[0]!.click();
    await settle();
    await click(button('报 1 课'));
    expect(main()).toContain('“第四讲：青春期前的十次谈话”没有报');
    expect(boxes()[0]!.checked).toBe(true);
  });
  it('has no desk', async () => {
    await open('parent', 'course', COURSE);
    expect(button('记到场')).toBeUndefined();
    expect(main()).not.toContain('加资料');
  });
});

describe('the desk of a course', () => {
  it('keeps a new one', async () => {
    await open('coordinator', 'courses');
    await click(button('新建课程'));
    const dialog = document.querySelector('dialog')!;
    await type('做智慧家长', dialog.querySelector('input[data-first]')!);
    await click(button('保存课程', dialog));
    expect(sent<CoursePut>('course.put')).toEqual({ course: null, draft: { place: 'campus-0001', title: '做智慧家长', about: '', programme: '', for_whom: '', kind: 'parents', published: false }, version: 0 });
  });
  it('plans the next lesson with the course, and as the last one', () => {
    const { line } = courseOf(given);
    const fresh = toPublish(planFrom(planned(line, 'Asia/Shanghai').plan, 'Asia/Shanghai'));
    expect(fresh.lesson).toEqual({ course: line.id, speakers: '' });
    expect(fresh.programme).toBe('新美家长发展中心');
    const plan: EventPublish = { ...fresh, title: '第三讲', lesson: { course: 'another', speakers: '周敏' } };
    const again = planned(line, 'Asia/Shanghai', { plan, left_out: [], astray: [], partner_gone: false, weeks: 4, title: '第三讲' });
    expect(toPublish(planFrom(again.plan, 'Asia/Shanghai')).lesson).toEqual({ course: line.id, speakers: '周敏' });
  });
  it('gives what waits for the end of the lesson at once', async () => {
    await open('coordinator', 'course', COURSE);
    await click(button('现在就给'));
    expect(sent<CourseGive>('course.set-giving')).toEqual({ material: 'material-0002', giving: 'now' });
    await clean();
  });
});

describe('which parents came', () => {
  it('is marked by one press, with what was seen', async () => {
    await open('coordinator', 'courseAttendance', SESSION);
    await click(button('李雨桐爸爸（陈志远）到了'));
    expect(sent<CourseMark>('course.mark')).toEqual({ session: SESSION.session, marks: [{ guardian: 'person-0001', child: 'child-0000', came: true, seen: 0 }] });
    expect(main()).toContain('林岚记没到、何静记到了');
    await clean();
  });
  it('is marked by a name and Enter', async () => {
    await open('coordinator', 'courseAttendance', SESSION);
    const input = document.querySelector<HTMLInputElement>('main form input')!;
    await type('20240005', input);
    await settle();
    document.querySelector<HTMLFormElement>('main form')!.requestSubmit();
    await settle();
    expect(sent<CourseMark>('course.mark')?.marks.map(({ child, came }) => [child, came])).toEqual([['child-0004', true]]);
    expect(input.value).toBe('');
  });
  it('goes from parent to parent by arrows', async () => {
    await open('coordinator', 'courseAttendance', SESSION);
    const all = [...document.querySelectorAll<HTMLElement>('[data-came]')];
    all[0]!.focus();
    all[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
    expect(document.activeElement).toBe(all[1]);
  });
  it('takes who was let in as there and leaves who is not known', () => {
    const { families } = attendanceOf(given, '');
    const blank = families.map((family) => ({ ...family, guardians: family.guardians.map((one) => ({ ...one, came: null })) }));
    const arrived = arrivedUnmarked(blank);
    expect(arrived.every(({ family, guardian }) => family.let_in !== null && guardian.booked)).toBe(true);
    const rest = restUnmarked(blank);
    expect(rest.length + arrived.length).toBe(blank.filter(({ booked }) => booked).length);
    expect(marksOf(rest, false).every(({ came, seen }) => !came && seen >= 0)).toBe(true);
    expect(restUnmarked(families.map((family) => ({ ...family, guardians: family.guardians.map((one) => ({ ...one, came: true })) })))).toEqual([]);
  });
});

describe('the record and the count', () => {
  it('is one parent’s own', async () => {
    await open('parent', 'courseRecord');
    expect(main()).toContain(`参加家长课程 ${recordOf({ role: 'parent', size: 'some' }).took_part} 次`);
    expect(main()).toContain('另一位家长看不到');
    await clean();
  });
  it('says what is counted, what is not known, and how to read it', async () => {
    await open('coordinator', 'courseCount');
    const { figures } = countOf(given).whole;
    expect(main()).toContain(`${figures.times} 人次`);
    expect(main()).toContain('1 次课没有记到场');
    expect(main()).toContain('各班相加等于全校');
    await click(button('存成 Excel'));
    expect(sent('course.count-export')).toMatchObject({ term: { year: 'year', term: 0 } });
    await clean();
  });
  it('has a share only where there are children', () => {
    expect(shareWords({ reached: 1, children: 3 })).toBe('33.3%');
    expect(shareWords({ reached: 0, children: 0 })).toBe('');
  });
  it('is reached from the events', async () => {
    await open('parent', 'events');
    await click(button('课程'));
    expect(route.screen).toBe('courses');
  });
});
