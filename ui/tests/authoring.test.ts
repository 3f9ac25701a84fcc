// What an author has beside a notice: the table as a file, how far it came, and templates.
import { describe, expect, it } from 'vitest';
import type { NoticeSend, SeriesSend } from '../src/lib/bindings';
import type { Repeat } from '../src/screens/notice/series/repeat';
import { deliveryOf, templatesOf } from './look/authoring';
import { at, childAt, classAt, home, type School } from './look/people';
import { all, button, click, core, open as openAs, sent, settle, type, words } from './window';

const { blank, templateOf } = await import('../src/screens/notice/compose');
const { freshRepeat, monthChoices, rareDay, repeatWords, ruleOf, weekdayOf } = await import('../src/screens/notice/series/repeat');
const { groupOf } = await import('../src/screens/notice/delivery/ways');

const dialog = () => document.querySelector('dialog')!;
const open = (screen: string, params: object = {}, more: Partial<School> = {}) => openAs('teacher', screen, params, more);

describe('the table as a file', () => {
  it('is kept in the language of the window, says where, and is shown on request', async () => {
    await open('notice', { id: 'choose-open' });
    await click('存成 Excel');
    expect(sent('notice.export')).toEqual({ notice: 'choose-open', language: 'zh-CN' });
    expect(all()).toContain('已存为 秋游 回应 2026-11-23.xlsx 在 /home/zhang/下载');
    await click('打开文件夹');
    expect(sent('file.show')).toEqual({ name: '秋游 回应 2026-11-23.xlsx' });
  });
  it('says what to do where nothing can be written', async () => {
    core.faults['notice.export'] = { fault: 'denied', code: 'folder-closed', detail: '' };
    await open('notice', { id: 'choose-open' });
    await click('存成 Excel');
    expect(all()).toContain('“下载”文件夹写不进去');
    expect(all()).not.toContain('已存为');
  });
});

describe('how far a notice came', () => {
  it('is told by family, those first who have it on no device', async () => {
    await open('notice', { id: 'choose-open' });
    await click('看送达情况');
    const { children } = deliveryOf(core.school);
    const waiting = children.filter((child) => groupOf(child) === 'waiting').length;
    expect(words(dialog())).toContain(`还没到设备 ${waiting}`);
    expect(words(dialog())).toContain('学校收到的设备回报');
    expect(words(dialog())).toContain('是不是清楚了，以回应为准');
  });
  it('a family has it as soon as one guardian has', () => {
    const { children } = deliveryOf(core.school);
    const [first] = children;
    expect(groupOf(first!)).toBe('held');
    expect(groupOf({ ...first!, guardians: [] })).toBe('unable');
  });
  it('says that it may stand better by now', async () => {
    await open('notice', { id: 'choose-open' }, { line: 'offline' });
    await click('看送达情况');
    expect(words(dialog())).toContain('现在连不上学校，这是');
  });
  it('stands with each child', async () => {
    await open('notice', { id: 'choose-open' });
    await click(document.querySelector<HTMLElement>('.grid > button'));
    expect(words(dialog().querySelector('section'))).toContain('起在设备上');
  });
  it('is a question the school must answer', async () => {
    core.faults['notice.delivery'] = { fault: 'offline' };
    await open('notice', { id: 'choose-open' });
    await click('看送达情况');
    expect(words(dialog())).toContain('现在连不上学校');
    expect(button('重试', dialog()) ?? button('再试一次', dialog())).toBeDefined();
  });
});

describe('a template', () => {
  const letter = (more: object) => JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], ...more });
  it('fills its gaps and puts its words into the notice, for whom was chosen', async () => {
    core.drafts.set('notice.compose', letter({ title: '别的', due: '' }));
    await open('compose');
    await click('用模板写');
    const found = templatesOf(core.school).templates.find((one) => one.draft.name === '研学同意书')!;
    const row = [...dialog().querySelectorAll('li')].find((one) => words(one).includes('研学同意书'))!;
    await click(button('用这个', row));
    await click('填进通知');
    expect(words(dialog())).toContain('这一项还没有填');
    expect(sent('template.fill')).toBeUndefined();
    const inputs = [...dialog().querySelectorAll('input')];
    expect(inputs).toHaveLength(found.fields.length);
    for (const [n, input] of inputs.entries()) await type(`值${n}`, input);
    await click('填进通知');
    expect(document.querySelector('dialog')).toBeNull();
    await settle(400);
    await click('发给 42 家');
    const { title, ask: asks, audience } = sent<NoticeSend>('notice.send')!;
    expect([title, asks.is]).toEqual([`${'值0'}研学同意书`, 'sign']);
    expect(audience.include).toEqual([{ kind: 'place', id: home.id }]);
  });
  it('gives back what was written before', async () => {
    core.drafts.set('notice.compose', letter({ title: '写了一半' }));
    await open('compose');
    await click('用模板写');
    const row = [...dialog().querySelectorAll('li')].find((one) => words(one).includes('明天带伞'))!;
    await click(button('用这个', row));
    await click('填进通知');
    const title = () => document.querySelector<HTMLInputElement>('.fields > .field input')!.value;
    expect(title()).toBe('明天带伞');
    await click([...document.querySelectorAll('button')].findLast((one) => words(one) === '撤销'));
    expect(title()).toBe('写了一半');
  });
  it('keeps the words of a notice, not whom it goes to; nobody by name', async () => {
    core.drafts.set('notice.compose', letter({ title: '{日期}带水', body: '到{地点}' }));
    await open('compose');
    await click('存为模板');
    await type('带水', dialog().querySelector('input')!);
    expect(words(dialog())).not.toContain('给全校教职工用');
    await click('存下');
    expect(sent('template.put')).toMatchObject({ template: null, school: false, draft: { name: '带水', title: '{日期}带水', ask: { is: 'acknowledge' } } });
    expect(templateOf({ ...blank(), answered_by: { is: 'guardian', person: 'x', name: '刘芳' } }).answered_by).toEqual({ is: 'any-guardian' });
  });
  it('of the same name is replaced, and only who may changes the school’s', async () => {
    core.drafts.set('notice.compose', letter({ title: '明天带伞' }));
    await open('compose');
    await click('存为模板');
    expect(button('替换原来的')).toBeDefined();
    await click('取消');
    await click('用模板写');
    const rows = [...dialog().querySelectorAll('li')];
    const schools = rows.filter((row) => words(row).includes('全校的'));
    expect(schools.length).toBeGreaterThan(0);
    for (const row of schools) expect(button('删除', row)).toBeUndefined();
    await click(button('删除', rows[0]!));
    expect(sent('template.drop')).toBeDefined();
  });
  it('cannot be kept of nothing', async () => {
    await open('compose');
    expect(button('存为模板')!.disabled).toBe(true);
  });
});

describe('the list before it is sent', () => {
  const chosen = [
    { is: 'place', place: home, except: false },
    { is: 'child', child: childAt(7, classAt(31)), except: false },
  ];
  const tab = (n: number) => dialog().querySelectorAll<HTMLElement>('[role=tab]')[n];
  const row = (name: string) => [...dialog().querySelectorAll('[role=row]')].map(words).find((one) => one.startsWith(name));
  async function openNames(audience: object[]) {
    core.drafts.set('notice.compose', JSON.stringify({ ...blank(), audience, title: '明天带水壶' }));
    await open('compose');
    await click(document.querySelector<HTMLElement>('.sums button'));
  }
  it('says of each child why its family gets it, and in which class it is', async () => {
    await openNames(chosen);
    expect(row('李雨桐')).toBe('李雨桐 本部三年级2班 选了本部三年级2班 刘芳');
    expect(row('陈契')).toBe('陈契 本部三年级2班 选了本部三年级2班张艺馨 东校区一年级2班 单独选了这一家 陈志远、何静');
    expect(dialog().querySelectorAll('[role=tab]')).toHaveLength(3);
  });
  it('names who was left out, and by what', async () => {
    await openNames([...chosen, { is: 'child', child: childAt(5), except: true }]);
    expect(words(tab(3))).toMatch(/^除外 \d+$/);
    await click(tab(3));
    expect(row(childAt(5).name)).toBe('赵子涵 本部三年级2班 除外：赵子涵一家');
    expect(row('李雨桐')).toBeUndefined();
    expect(words(document.querySelector('aside'))).toContain('除外：赵子涵一家，看是哪些孩子');
  });
  it('says so where nobody of those was among them', async () => {
    await openNames([...chosen, { is: 'place', place: classAt(40), except: true }]);
    await click(tab(3));
    expect(words(dialog())).toContain('没有除外到谁');
  });
});

describe('a notice that repeats', () => {
  const letter = (more: object) => JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], title: '大扫除', later: true, send_at: at(4, '16:00'), repeats: true, weekdays: ['FR'], until: '2027-01-15', ...more });
  const dock = () => document.querySelector<HTMLButtonElement>('.dock .primary')!;
  const rule = (more: Partial<Repeat>, from = at(4, '16:00')) => ruleOf({ ...freshRepeat(), ...more }, from, 'Asia/Shanghai');
  it('is a rule that ends with the day, on the school’s clock', () => {
    const until = '2027-01-15';
    expect(rule({ weekdays: ['WE', 'MO'], until })).toBe('FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270115T155959Z');
    expect(rule({ weekdays: [], until })).toBe('');
    expect(rule({ every: 'day', until })).toBe('FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270115T155959Z');
    expect(rule({ every: 'day', weekends: true, ends: 'count', count: 5 })).toBe('FREQ=DAILY;COUNT=5');
    expect(weekdayOf('2026-11-26T23:30:00Z', 'Asia/Shanghai')).toBe('FR');
  });
  it('comes each month on the day of the first, as its author means that day', () => {
    const said = (day: string) => monthChoices(`${day}T16:00:00+08:00[Asia/Shanghai]`, 'Asia/Shanghai').map(({ label, part }) => `${label} ${part}`);
    expect(said('2026-12-09')).toEqual(['9 日 BYMONTHDAY=9', '第二个周三 BYDAY=2WE']);
    expect(said('2026-12-25')).toEqual(['25 日 BYMONTHDAY=25', '第四个周五 BYDAY=4FR', '最后一个周五 BYDAY=-1FR']);
    expect(said('2026-12-31')).toEqual(['31 日 BYMONTHDAY=31', '最后一个周四 BYDAY=-1TH', '最后一天 BYMONTHDAY=-1']);
    const monthly = { every: 'month', ends: 'count', count: 3 } as const;
    const last = '2026-12-31T16:00:00+08:00[Asia/Shanghai]';
    expect(rule({ ...monthly, month: 'end' }, last)).toBe('FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3');
    // The first time was moved: what it meant is no choice any more.
    expect(rule({ ...monthly, month: 'end' }, '2026-12-09T16:00:00+08:00[Asia/Shanghai]')).toBe('FREQ=MONTHLY;BYMONTHDAY=9;COUNT=3');
    expect(rule({ ...monthly }, '')).toBe('');
    expect([rareDay({ every: 'month', month: 'day' }, last, 'Asia/Shanghai'), rareDay({ every: 'month', month: 'end' }, last, 'Asia/Shanghai')]).toEqual([31, undefined]);
  });
  it('says in one line how often it comes', () => {
    const said = (more: Partial<Repeat>, from = at(4, '16:00')) => repeatWords({ ...freshRepeat(), ...more }, from, 'Asia/Shanghai');
    expect([said({ every: 'day' }), said({ every: 'day', weekends: true }), said({ weekdays: ['WE', 'MO'] }), said({})]).toEqual(['周一到周五每天', '每天', '每周一、周三', '']);
    expect([said({ every: 'month' }), said({ every: 'month', month: 'last' }), said({ every: 'month' }, '')]).toEqual(['每月 27 日', '每月最后一个周五', '']);
  });
  it.each([1, 61, null])('comes a number of times that makes sense, not %s', (count) => expect(rule({ every: 'day', ends: 'count', count })).toBe(''));
  it('is chosen in the window: every month, the fourth Friday, three times', async () => {
    core.drafts.set('notice.compose', letter({ repeats: false, weekdays: [], until: '' }));
    await open('compose');
    await click(document.querySelector<HTMLElement>('.repeat .tick input'));
    const part = () => document.querySelector('.repeat')!;
    const input = (name: string) => [...part().querySelectorAll('label')].find((one) => words(one) === name)!.querySelector('input')!;
    await click(input('每月'));
    await click(input('第四个周五'));
    await click(input('发够几次'));
    expect(words(part())).toContain('请写一共几次，2 到 60 次');
    expect(dock().disabled).toBe(true);
    await type('３', part().querySelector<HTMLInputElement>('input[inputmode=numeric]')!);
    await settle(400);
    expect(words(document.querySelector('summary'))).toContain('每月第四个周五');
    expect(words(part())).toContain('共 3 次：周五 16:00、12-25 周五 16:00、2027-01-22 周五 16:00');
    await click(dock());
    expect(sent<SeriesSend>('series.send')?.rule).toBe('FREQ=MONTHLY;BYDAY=4FR;COUNT=3');
  });
  it('says when it comes, and is sent as one thing', async () => {
    core.drafts.set('notice.compose', letter({}));
    await open('compose');
    expect(all()).toContain('共 8 次：周五 16:00');
    await click(dock());
    expect(sent<SeriesSend>('series.send')).toMatchObject({ rule: 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20270115T155959Z', notice: { title: '大扫除', send_at: at(4, '16:00') } });
    expect(sent('notice.send')).toBeUndefined();
  });
  it.each([
    ['请选每周哪几天发', { weekdays: [] }],
    ['请选到哪天为止', { until: '' }],
    ['最多重复 60 次', { every: 'day', weekends: true, until: '2027-03-01' }],
    ['学校最远排到一年以后', { every: 'month', ends: 'count', count: 20 }],
    ['一次也没有', { until: '2020-01-15' }],
  ])('cannot go while it says: %s', async (said, more) => {
    core.drafts.set('notice.compose', letter(more));
    await open('compose');
    expect(all()).toContain(said);
    expect(dock().disabled).toBe(true);
  });
  it('of a time that is not later repeats nothing', async () => {
    core.drafts.set('notice.compose', letter({ later: false, weekdays: [] }));
    await open('compose');
    await click(dock());
    expect(sent('notice.send')).toBeDefined();
  });
  it('stands above the list, with the next time, and is stopped there', async () => {
    await open('notices');
    expect(all()).toContain('周五大扫除，请带抹布 下次 周五 16:00，还有 3 次，共 8 次');
    await click('停止周五大扫除，请带抹布');
    expect(sent('series.end')).toEqual({ series: 'series-0000' });
  });
});
