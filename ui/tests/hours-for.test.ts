// 代为登记时长: the desk enters hours for whoever telephoned. And the days it proposes for a certificate.
import { describe, expect, it } from 'vitest';
import type { HoursIssue, HoursRequest } from '../src/lib/bindings';
import { campuses } from './look/people';
import { hoursDeskOf } from './look/hours';
import { all, button, clean, click, core, open as openAs, press, sent, settle, type, words } from './window';

const dialog = () => document.querySelector('dialog')!;
const option = () => [...document.querySelectorAll<HTMLElement>('[role=option]')];
const desk = async () => {
  await openAs('coordinator', 'hoursDesk');
  await click(button('代为登记时长'));
  await settle(400);
};
/** Chosen by the keyboard, as somebody on the telephone would. */
async function choose(text: string) {
  const input = dialog().querySelector<HTMLInputElement>('.combobox-input')!;
  input.focus();
  if (text) await type(text, input);
  else await click(dialog().querySelector<HTMLElement>('.combobox-open'));
  await settle();
  if (!option().some((one) => one.dataset['highlighted'] !== undefined)) await press('ArrowDown');
  await press('Enter');
}
const first = () => dialog().querySelector<HTMLInputElement>('input[placeholder="妈妈来电"]')!;
const named = (name: string) => {
  const found = [...dialog().querySelectorAll('label')].find((one) => words(one).startsWith(name))!;
  return document.getElementById(found.htmlFor) as HTMLInputElement;
};

describe('the desk enters hours', () => {
  it('for a parent who telephoned, found by their child', async () => {
    await desk();
    await click(button('登记', dialog()));
    expect(sent('hours.request')).toBeUndefined();
    expect(words(dialog())).toContain('请先选给谁登记。');
    await choose('李');
    const guardian = dialog().querySelector<HTMLInputElement>('fieldset input[type=radio]:checked[name]')!;
    expect(guardian).toBeTruthy();
    await type('妈妈来电', first());
    await type('整理图书角', named('对方做了什么'));
    await type('王老师在场', dialog().querySelector('textarea')!);
    await click(button('登记', dialog()));
    const request = sent<HoursRequest>('hours.request')!;
    expect(request).toMatchObject({ place: campuses[0]!.id, title: '整理图书角', day: '2026-11-23', minutes: 60, evidence: '妈妈来电\n王老师在场' });
    expect(request.on_behalf_of).toMatchObject({ note: '妈妈来电' });
    expect(request.on_behalf_of!.person).toMatch(/^\w+-\d+/);
    expect(all()).toContain('等另一位老师审批');
    expect(dialog()).toBeNull();
  });
  it('for a member of staff, and never for oneself', async () => {
    core.answers['volunteer.catalogue'] = { campaigns: [], qualifications: [], staff: [{ person: 'me', name: '周敏' }, { person: 'person-0041', name: '何静' }], may_keep: true };
    await desk();
    await click([...dialog().querySelectorAll('label')].find((one) => words(one) === '教职工')!.querySelector('input'));
    await settle();
    await click(dialog().querySelector<HTMLElement>('.combobox-open'));
    expect(option().map((one) => words(one))).toEqual([expect.stringContaining('何静')]);
    await choose('');
    await type('整理图书角', named('对方做了什么'));
    await type('王老师在场', dialog().querySelector('textarea')!);
    await click(button('登记', dialog()));
    expect(sent<HoursRequest>('hours.request')).toMatchObject({ evidence: '王老师在场', on_behalf_of: { person: 'person-0041', note: '' } });
  });
  it('at places whose desk it is, and says so where it is the desk of none', async () => {
    core.answers['shift.list'] = { shifts: [], may_plan: true, places: [] };
    await desk();
    expect(words(dialog())).toContain('这个身份不能代为登记时长');
  });
  it('says what went wrong, and tries again', async () => {
    core.faults['hours.mine'] = { fault: 'offline' };
    await desk();
    expect(dialog().querySelector('.fault')).toBeTruthy();
    core.faults = {};
    await click(dialog().querySelector<HTMLElement>('.body button'));
    await settle(400);
    expect(words(dialog())).toContain('给谁登记');
    await clean();
  });
  it('keeps what was typed where it is refused', async () => {
    await desk();
    await choose('李');
    await type('整理图书角', named('对方做了什么'));
    await type('王老师在场', dialog().querySelector('textarea')!);
    core.faults['hours.request'] = { fault: 'refused', refusal: { code: 'too-many', field: 'waiting', limit: 20 } };
    await click(button('登记', dialog()));
    expect(dialog().querySelector('.fault')).toBeTruthy();
    expect(named('对方做了什么').value).toBe('整理图书角');
  });
  it('alone: one’s own hours are asked for without choosing anybody', async () => {
    await openAs('parent', 'hours');
    await click(button('申报时长'));
    expect(words(dialog())).not.toContain('给谁登记');
  });
});

describe('a certificate from the desk', () => {
  const issue = async () => {
    await openAs('coordinator', 'hoursDesk');
    await click(button('开证明'));
    await settle(400);
    await click(button('开证明', dialog()));
    return sent<HoursIssue>('hours.issue');
  };
  it('is proposed for the school year so far', async () => {
    expect(await issue()).toMatchObject({ from: '2026-09-01', to: '2026-11-23' });
  });
  it('holds an entry of an earlier year', async () => {
    const view = hoursDeskOf({ role: 'coordinator', size: 'some' });
    core.answers['hours.desk'] = { ...view, answered: view.answered.map((line) => ({ ...line, day: '2026-05-04' })) };
    expect(await issue()).toMatchObject({ from: '2026-05-04', to: '2026-11-23' });
  });
});
