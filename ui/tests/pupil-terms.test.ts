// Places for pupils that the needed adults do not reach: said while the post is written, and no bar.
import { describe, expect, it } from 'vitest';
import { all, box, button, click, core, open as openAs, type, words } from './window';
import { campuses } from './look/people';

const { fewAdults, pupilPlan } = await import('../src/screens/pupil/pupils');

const { freshPost, freshTerms, postErrors, toPost } = await import('../src/screens/shift/posts');

const plan = (places: string, per_adult: string) => ({ on: true, places, per_adult, from_grade: '' });
const field = (name: string) => {
  const label = [...document.querySelectorAll('label')].find((one) => words(one).startsWith(name))!;
  return document.getElementById(label.htmlFor) as HTMLInputElement;
};
const said = () => words(document.querySelector('fieldset .few'));

describe('needed adults × pupils to one adult', () => {
  it('fewer than the places is said, with the sum', () => {
    expect(fewAdults(plan('8', '3'), ['2'], 200)).toEqual({ adults: 2, per_adult: 3, most: 6, places: 8, some: false });
    expect(fewAdults(plan('8', '3'), ['4', '2'], 200)).toMatchObject({ adults: 2, some: true });
  });
  it('enough is not', () => {
    expect(fewAdults(plan('6', '3'), ['2'], 200)).toBeUndefined();
    expect(fewAdults(plan('5', '3'), ['2', '3'], 200)).toBeUndefined();
  });
  it('nor while a field is no number, where no pupils come, or where no shift stands', () => {
    for (const typed of [plan('', '3'), plan('8', '0'), plan('8', '三'), { ...pupilPlan(null), places: '400' }]) expect(fewAdults(typed, ['2'], 200)).toBeUndefined();
    expect(fewAdults(plan('8', '3'), [], 200)).toBeUndefined();
    expect(fewAdults(plan('8', '3'), ['', '0'], 200)).toBeUndefined();
  });
});

describe('in the form of a post', () => {
  it('it is said while typing, and it can be published all the same', async () => {
    core.answers['shift.list'] = { shifts: [], may_plan: true, places: [campuses[0]] };
    await openAs('coordinator', 'planShifts', {});
    await click(box('学生可以在大人照看下参加'));
    await type('8', field('每班学生名额'));
    await type('3', field('一位大人最多带几名'));
    await type('2', field('要几人'));
    expect(said()).toBe('需要 2 位大人 × 每位最多带 3 名 = 6 名，学生名额却有 8 个：大人来齐了，也有学生等不到大人。照样可以保存。');
    await type('3', field('要几人'));
    expect(said()).toBe('');
    await type('2', field('要几人'));
    expect(button('发布 1 班')?.disabled).toBe(false);
    const post = { ...freshPost('Asia/Shanghai', 'campus-0000'), title: '护绿行动', terms: { ...freshTerms(), pupils: plan('8', '3') } };
    expect(postErrors(post)).toEqual({ shifts: [{}] });
    expect(toPost(post).terms.pupils).toEqual({ places: 8, per_adult: 3 });
  });
  it('it goes by the shifts that stand, of a post that is changed', async () => {
    await openAs('coordinator', 'changePost', { id: 'post-0001' });
    await click(box('学生可以在大人照看下参加'));
    await type('500', field('每班学生名额'));
    await type('1', field('一位大人最多带几名'));
    expect(said()).toContain('学生名额却有 500 个');
    expect(all()).not.toContain('undefined');
  });
});
