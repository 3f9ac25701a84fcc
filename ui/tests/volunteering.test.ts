// Campaigns, qualifications, and asking to come: what a desk keeps and what a volunteer reads before anything is pressed.
import { describe, expect, it } from 'vitest';
import type { ShiftTake, VolunteerPutCampaign, VolunteerPutQualification, VolunteerStep } from '../src/lib/bindings';
import { all, button, clean, click, core, open as openAs, sent, settle, type, words } from './window';
import { catalogueOf } from './look/volunteering';

const { heldWords, campaignErrors, campaignDays } = await import('../src/screens/volunteer/words');
const { refusalSentence } = await import('../src/lib/refusals');

const ZONE = 'Asia/Shanghai';
const dialog = () => document.querySelector('dialog')!;
const press = (name: string, within: ParentNode = document) => click([...within.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? words(one)).startsWith(name)));
const field = (name: string, within: ParentNode = document) =>
  [...within.querySelectorAll('label')].find((label) => words(label).startsWith(name))!.closest('.field')!.querySelector<HTMLInputElement>('input, textarea')!;
const rowOf = (text: string) => [...document.querySelectorAll<HTMLElement>('.shift')].find((row) => words(row).includes(text))!;

describe('the desk', () => {
  it('keeps a campaign, with what is missing marked first', async () => {
    await openAs('coordinator', 'volunteering', {});
    await press('新建主题活动');
    await press('保存', dialog());
    expect(words(dialog())).toContain('请写名称。');
    expect(words(dialog())).toContain('请填日期。');
    expect(sent('volunteer.put-campaign')).toBeUndefined();
    await clean();
  });
  it('changes a campaign by the version it looked at', async () => {
    await openAs('coordinator', 'volunteering', {});
    await press('改“新美志愿者学雷锋活动”');
    await type(' 学雷锋日 ', field('名称', dialog()));
    await press('保存', dialog());
    await settle();
    expect(sent<VolunteerPutCampaign>('volunteer.put-campaign')).toMatchObject({ campaign: 'campaign-0001', version: 1, draft: { name: '学雷锋日', from: '2026-12-05' } });
  });
  it('changes a qualification by the version it looked at', async () => {
    await openAs('coordinator', 'volunteering', {});
    await press('改“护学岗培训”');
    await press('保存', dialog());
    await settle();
    expect(sent<VolunteerPutQualification>('volunteer.put-qualification')).toMatchObject({ qualification: 'qualification-0001', version: 1 });
  });
  it('takes a qualification back with a reason only', async () => {
    await openAs('coordinator', 'volunteering', {});
    await press('收回');
    await press('收回', dialog());
    expect(words(dialog())).toContain('请写原因');
    await type('录错了人', field('原因', dialog()));
    await press('收回', dialog());
    await settle();
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'withdraw-qualification', reason: '录错了人' });
  });
  it('confirms nobody without a person and a day', async () => {
    await openAs('coordinator', 'volunteering', {});
    await press('确认谁有“健康证”');
    await press('确认谁有', dialog());
    expect(words(dialog())).toContain('请至少选一个人。');
    expect(words(dialog())).toContain('请填今天或以后的日期。');
    expect(sent('volunteer.step')).toBeUndefined();
  });
  it('is empty at first, and says what campaigns and qualifications are for', async () => {
    core.answers['volunteer.catalogue'] = catalogueOf({ role: 'coordinator', size: 0 });
    await openAs('coordinator', 'volunteering', {});
    expect(all()).toContain('还没有主题活动');
    expect(all()).toContain('还没有资质');
  });
  it('answers who asks, and says why not', async () => {
    await openAs('coordinator', 'roster', { shift: 'shift-0001' });
    const asking = document.querySelector<HTMLElement>('aside')!;
    expect(words(asking)).toContain('申请参加的人');
    // Swaps that wait for the desk are agreed to beside it.
    const yes = [...asking.querySelectorAll('button')].map((one) => one.getAttribute('aria-label') ?? '').filter((label) => label.startsWith('同意') && !label.includes('换班'));
    await press(yes[0]!, asking);
    expect(sent<VolunteerStep>('volunteer.step')?.step).toMatchObject({ step: 'answer-volunteer', agrees: true });
    await clean();
  });
});

describe('a volunteer', () => {
  it('reads what is missing before anything is pressed', async () => {
    await openAs('parent', 'shifts', {});
    const row = rowOf('您还没有“健康证”');
    expect(words(row)).toContain('社区卫生服务中心办理');
    expect([...row.querySelectorAll('button')].map(words)).not.toContain('我来');
    expect(all()).toContain('我的资质');
    expect(all()).toContain('还有 14 天');
    await clean();
  });
  it('takes the shift that needs people instead of one that was called off', async () => {
    await openAs('parent', 'shifts', {});
    const row = rowOf('这一班取消了');
    expect(words(row)).toContain('当天停课，改到下周');
    await press('改报这一班', row);
    expect(sent<ShiftTake>('shift.take')).toEqual({ shift: 'shift-0008', on_behalf_of: null });
  });
  it('takes a question back', async () => {
    await openAs('parent', 'shifts', {});
    expect(all()).toContain('已申请，等学校确认');
    await click(button('取消申请'));
    expect(sent('shift.drop')).toMatchObject({ on_behalf_of: null });
  });
});

describe('in words', () => {
  const held = catalogueOf({ role: 'coordinator', size: 'some' }).qualifications[0]!.people[0]!;
  it('says how somebody has a qualification, and whether something is to be done', () => {
    expect(heldWords(held, ZONE)).toMatchObject({ due: false });
    expect(heldWords({ ...held, ends_in: 0 }, ZONE)).toEqual({ words: '今天到期', due: true });
    expect(heldWords({ ...held, counts: false, until: '2026-11-01' }, ZONE)).toMatchObject({ words: expect.stringContaining('已过期'), due: true });
    expect(heldWords({ ...held, until: null }, ZONE).words).toContain('长期有效');
    expect(heldWords({ ...held, withdrawn: '录错了人' }, ZONE).words).toContain('录错了人');
  });
  it('says the days of a campaign, and what is wrong with them', () => {
    const draft = { place: 'p', name: '绿书签', about: '', tags: [], from: '2026-12-05', to: '2026-12-05' };
    expect(campaignDays(draft, ZONE)).not.toContain('至');
    expect(campaignErrors(draft)).toEqual({});
    expect(campaignErrors({ ...draft, to: '2026-12-04' })).toHaveProperty('to');
  });
  it('says what a refusal means', () => {
    expect(refusalSentence({ code: 'missing-qualification', qualification: 'q', name: '健康证', until: '2026-12-10' }, ZONE)).toContain('12-10');
    expect(refusalSentence({ code: 'other-volunteers', population: 'staff' }, ZONE)).toContain('教职工');
    expect(refusalSentence({ code: 'short-rest', with: 's', minutes: 60 }, ZONE)).toContain('60 分钟');
  });
});
