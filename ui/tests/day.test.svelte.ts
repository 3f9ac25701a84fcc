// A day that was only begun: it is the form's to forget, not the field's to keep.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { box, button, click, core, open, press, settle, words } from './window';

const { blank } = await import('../src/screens/notice/compose');
const { default: DayField, HALF_DAY } = await import('../src/parts/DayField.svelte');

const parts = (within: ParentNode = document) => [...within.querySelectorAll<HTMLElement>('[role=spinbutton]')];
/** Digits, part by part: the year, the month, the day. */
async function enter(within: ParentNode, ...typed: string[]) {
  for (const [n, digits] of typed.entries()) {
    parts(within)[n]!.focus();
    await press(...digits);
  }
  flushSync();
}
const digits = (within: ParentNode = document) => parts(within).map(words).filter((text) => /\d/.test(text));

describe('of a form that knows half a day', () => {
  let field: Record<string, unknown> | undefined;
  const form = $state({ day: '' });
  const show = async () => {
    form.day = '';
    field = mount(DayField, { target: document.body, props: { label: '哪天', halves: true, get value() { return form.day; }, onchange: (day: string) => (form.day = day) } });
    await settle();
  };
  afterEach(async () => {
    if (field) await unmount(field);
    field = undefined;
  });

  it.each([['a year of two digits', ['26', '12', '05']], ['only a month', ['', '12']]])('%s is gone when the form is emptied, and may be begun again', async (_, typed) => {
    await show();
    await enter(document, ...typed);
    expect(form.day).toBe(HALF_DAY);
    expect(digits().length).toBeGreaterThan(0);
    form.day = '';
    await settle();
    expect(digits()).toEqual([]);
    expect(form.day, 'the field does not say it again').toBe('');
    await enter(document, '2026', '12', '05');
    expect(form.day).toBe('2026-12-05');
  });
  it('a short year gives way to the day the form puts there, and does not come back when that is emptied', async () => {
    await show();
    await enter(document, '26', '12', '05');
    form.day = '2026-12-11';
    await settle();
    expect(digits()).toEqual(['2026', '12', '11']);
    form.day = '';
    await settle();
    expect(digits()).toEqual([]);
  });
});

it('of a letter that was put away: no day of it is left in the next', async () => {
  core.drafts.set('notice.compose', JSON.stringify({ ...blank(), title: '读书记录', later: true, repeats: true, send_at: '' }));
  await open('teacher', 'compose');
  const due = () => document.querySelector<HTMLElement>('main .terms')!;
  await enter(due(), '26', '12', '05', '18', '00');
  expect(digits(due()).length).toBeGreaterThan(0);
  await click('丢掉草稿');
  expect(digits(due())).toEqual([]);
  expect(button('撤销')).toBeDefined();
  expect(box('知道了')).toBeDefined();
});
