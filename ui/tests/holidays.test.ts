// Public holidays and the weekends worked for them: beside a date, in a week, left out of what repeats, and brought in.
import { beforeEach, describe, expect, it } from 'vitest';
import type { DayKind, DayView, FamilyToday, HolidaysSet, Today } from '../src/lib/bindings';
import { kindOf, schoolDaysOf, SPANS } from './look/holidays';
import { at, home } from './look/people';
import { ask } from './look/school';
import { all, allSent, box, button, clean, click, core, open, openSettings, sent, settle, type, words } from './window';

const { noteOf, signOf, spanDays, spanWords } = await import('../src/screens/holidays/words');
const { blank } = await import('../src/screens/notice/compose');
const { prefs } = await import('../src/lib/prefs.svelte');

const national = { zh: '国庆节', en: 'National Day' };
const OFF: DayKind = { is: 'holiday', name: national };
const WORKED: DayKind = { is: 'make-up-workday', name: national };
const UNKNOWN: DayKind = { is: 'not-announced', weekend: false };
/** Every day is this. */
const always = (kind: DayKind) => (core.answers['holidays.days'] = ({ days }: { days: string[] }) => ({ days: days.map((date) => ({ date, kind })) }));

describe('in words', () => {
  it('a day says what it is, and one like any other says nothing', () => {
    expect(noteOf(OFF, '2026-10-01')).toBe('这天国庆节放假。仍可安排，请先想好家长来不来得了。');
    expect(noteOf(WORKED, '2026-10-10')).toContain('国庆节调休，照常上班上学');
    expect([noteOf({ is: 'workday' }, '2026-10-12'), noteOf({ is: 'weekend' }, '2026-10-17')]).toEqual(['', '']);
    expect(signOf(OFF)).toEqual({ sign: '休', words: '国庆节放假', off: true });
    expect(signOf(WORKED)).toEqual({ sign: '班', words: '国庆节调休上班', off: false });
    expect(signOf(UNKNOWN)).toBeUndefined();
  });
  it('the last days of a year wait for the announcement of the next', () => {
    expect(noteOf(UNKNOWN, '2026-12-28')).toContain('2027 年的放假安排还没有公布');
    expect(noteOf(UNKNOWN, '2027-03-01')).toContain('2027 年');
    expect(noteOf(UNKNOWN, '2026-12-25')).toContain('2026 年');
  });
  it('days in a row are one', () => {
    expect(SPANS.map((span) => `${spanDays(span)} ${spanWords(span)}`)).toEqual(['09-20 周日 国庆节调休上班', '09-25 周五 至 09-27 周日 中秋节放假', '10-01 周四 至 10-07 周三 国庆节放假', '10-10 周六 国庆节调休上班']);
    prefs.language = 'en';
    expect(spanWords(SPANS[2]!)).toBe('Holiday: National Day');
  });
});

describe('beside a date that is planned', () => {
  it.each([
    ['coordinator', 'plan'],
    ['coordinator', 'planShifts'],
  ] as const)('of %s in %s it is said, and nothing is refused', async (role, screen) => {
    always(OFF);
    await open(role, screen);
    expect(all()).toContain('这天国庆节放假');
    expect(document.querySelector('.sign')?.textContent).toBe('休');
    await clean();
  });
  it('a day nothing was announced of says so', async () => {
    always(UNKNOWN);
    await open('coordinator', 'plan');
    expect(all()).toMatch(/202\d 年的放假安排还没有公布，这天可能会变/);
  });
  it('an ordinary day says nothing', async () => {
    always({ is: 'workday' });
    await open('coordinator', 'plan');
    expect(allSent('holidays.days').length).toBeGreaterThan(0);
    expect(all()).not.toMatch(/放假安排|放假。/);
  });
});

describe('shifts on school days', () => {
  beforeEach(() => {
    core.answers['holidays.school-days'] = ({ count }: { count: number }) => schoolDaysOf('2026-09-30', count);
  });
  it('go around holidays and over weekends that are worked', async () => {
    await open('coordinator', 'planShifts');
    expect(all()).toContain('已按放假安排避开：10-01 周四 至 10-07 周三（国庆节放假）、10-10 周六（国庆节调休上班）');
    expect(sent('holidays.school-days')).toMatchObject({ count: 5 });
    await click([...document.querySelectorAll('button')].find((one) => words(one).startsWith('加 5 班')));
    expect(words(document.querySelector('#shifts'))).toContain('6');
    expect(all()).toContain('10-10 周六 07:30');
  });
  it('or by the week, by a rule of RFC 5545 that holidays are left out of', async () => {
    await open('coordinator', 'planShifts');
    const starts = [7, 9, 14].map((days) => at(days, '07:30'));
    core.answers['series.times'] = { times: starts, left_out: [], on_holidays: [], not_announced: null, too_many: false };
    await click(button('按周重复'));
    await type('3', [...document.querySelectorAll('label')].find((one) => words(one).startsWith('连最后一班'))!.closest('.field')!.querySelector('input')!);
    await settle();
    expect(sent('series.times')).toMatchObject({ rule: expect.stringMatching(/^FREQ=WEEKLY;BYDAY=..;COUNT=3$/), skip_holidays: true });
    await click(button('加上 2 班'));
    expect(words(document.querySelector('#shifts'))).toContain('3');
  });
  it('say from when on they only hope', async () => {
    core.answers['holidays.school-days'] = ({ count }: { count: number }) => schoolDaysOf('2026-12-24', count);
    await open('coordinator', 'planShifts');
    expect(all()).toContain('从 12-28 周一起的放假安排还没有公布，先按周一到周五排');
  });
});

describe('a notice that repeats', () => {
  const letter = (more: object) =>
    JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], title: '大扫除', body: '带抹布', later: true, send_at: at(4, '16:00'), repeats: true, weekdays: ['FR'], until: '2027-01-15', ...more });
  const falls = { at: '2027-01-01T16:00:00+08:00[Asia/Shanghai]', name: { zh: '元旦', en: "New Year's Day" } };
  const times = [at(4, '16:00'), at(11, '16:00')];
  beforeEach(() => {
    core.answers['series.times'] = ({ skip_holidays: skips }: { skip_holidays: boolean }) => ({ times, left_out: skips ? [falls] : [], on_holidays: skips ? [] : [falls], not_announced: times[1], too_many: false });
  });
  it('tells that it falls on a holiday, until its author leaves them out', async () => {
    core.drafts.set('notice.compose', letter({}));
    await open('teacher', 'compose');
    expect(all()).toContain('正好放假：2027-01-01 周五（元旦）');
    expect(all()).not.toContain('公布以后');
    await click(box('跳过放假'));
    expect(sent('series.times')).toMatchObject({ skip_holidays: true });
    expect(all()).toContain('跳过：2027-01-01 周五（元旦）');
    expect(all()).toContain('从 12-04 周五起的放假安排还没有公布。公布以后，放假的那几次会自动跳过。');
    await clean();
  });
  it('is sent with the wish', async () => {
    core.drafts.set('notice.compose', letter({ skipHolidays: true }));
    await open('teacher', 'compose');
    await click([...document.querySelectorAll('button')].find((one) => words(one).endsWith('发给 42 家')));
    expect(sent('series.send')).toMatchObject({ skip_holidays: true, rule: expect.stringContaining('BYDAY=FR') });
  });
  it('that was begun in an older window leaves nothing out', async () => {
    const old = JSON.parse(letter({}));
    delete old.skipHolidays;
    core.drafts.set('notice.compose', JSON.stringify(old));
    await open('teacher', 'compose');
    expect(sent('series.times')).toMatchObject({ skip_holidays: false });
  });
});

describe('in a week', () => {
  const today = (marks: DayView[]) => {
    core.answers['today.open'] = () => ({ ...(ask(core.school, { ask: 'today.open', with: {} }) as Extract<Today, { is: 'family' }> & FamilyToday), marks });
  };
  it('a day has its sign, and its name for who does not see it', async () => {
    today([{ date: at(2, '00:00').slice(0, 10), kind: OFF }, { date: at(3, '00:00').slice(0, 10), kind: WORKED }]);
    await open('parent');
    const heads = [...document.querySelectorAll('[role=columnheader]')].map(words);
    expect(heads[3]).toBe('三 25休国庆节放假');
    expect(heads[4]).toBe('四 26班国庆节调休上班');
    expect(document.querySelector('.mark [aria-hidden]')?.textContent).toBe('休');
    await clean();
  });
  it('what comes is told to everybody, and to who plans that nothing was announced', async () => {
    core.answers['holidays.soon'] = { spans: SPANS.slice(2), not_announced: 2027 };
    await open('parent');
    expect(all()).toContain('近期放假和调休 10-01 周四 至 10-07 周三国庆节放假10-10 周六国庆节调休上班');
    expect(all()).not.toContain('2027 年的放假安排');
  });
  it.each(['teacher', 'coordinator'] as const)('a %s reads that the next year is open', async (role) => {
    await open(role);
    expect(all()).toContain('2027 年的放假安排还没有公布');
  });
});

describe('bringing a year in', () => {
  const input = () => document.querySelector<HTMLInputElement>('dialog input[type=file]')!;
  async function choose(text: string, size?: number) {
    const file = Object.assign(new File([text], '2027.holidays'), { text: async () => text });
    if (size) Object.defineProperty(file, 'size', { value: size });
    Object.defineProperty(input(), 'files', { value: [file], configurable: true });
    input().dispatchEvent(new Event('change', { bubbles: true }));
    await settle(400);
  }
  it('shows what is known and what is not, and sends the file as it is', async () => {
    await openSettings('administrator');
    const shown = words(document.querySelector('dialog'));
    expect(shown).toContain('2027 年 还没有公布');
    expect(shown).toContain('国办发明电〔2025〕7号');
    expect(button('导入新的安排')).toBeDefined();
    await choose('xinmei-holidays 1 …\n{}\n');
    expect(sent<HolidaysSet>('holidays.set')).toEqual({ file: 'xinmei-holidays 1 …\n{}\n' });
    await clean();
  });
  it('says why a file was not taken', async () => {
    core.faults['holidays.set'] = { fault: 'refused', refusal: { code: 'holiday-file-forged' } };
    await openSettings('administrator');
    await choose('x');
    expect(words(document.querySelector('dialog'))).toContain('文件内容和签名对不上');
  });
  it('reads no film into memory', async () => {
    await openSettings('administrator');
    await choose('x', 2_000_000);
    expect(sent('holidays.set')).toBeUndefined();
    expect(words(document.querySelector('dialog'))).toContain('这个文件读不出来');
  });
  it('is nobody else’s', async () => {
    await openSettings('teacher');
    expect(input()).toBeNull();
  });
});

it('the school of these pictures knows what was announced', () => {
  expect(kindOf('2026-10-03')).toEqual(OFF);
  expect(kindOf('2026-10-10')).toEqual(WORKED);
});
