// A conference day and the guidance station as staff meet them: times are offered and withdrawn, families asked to come, a day opened and called off.
import { describe, expect, it } from 'vitest';
import type { ConferenceBook, ConferenceOffer, ConferencePublish } from '../src/lib/bindings';
import { states } from './look/conferences';
import { at } from './look/people';
import { all, button, clean, click, core, open, press, sent, settle, type, words } from './window';

const { toasts } = await import('../src/lib/toast.svelte');
const { offerErrors, isOffered, toTimes, nextBreak, runsOf } = await import('../src/screens/conference/offering');
const { conferenceErrors, freshConference, toPublish } = await import('../src/screens/conference/planning');

const zone = 'Asia/Shanghai';

describe('a teacher', () => {
  const mine = (id = 'day') => open('teacher', 'conference', { id });
  it('sees who comes, by the clock, child first', async () => {
    await mine();
    expect(words(document.querySelector('.offers li'))).toContain('09:00 李雨桐家长（刘芳）');
    expect(words(document.querySelector('.offers'))).toContain('周敏老师代办，奶奶来电');
    expect(all()).toContain('空');
    await clean();
  });
  it('asks a family to come, in words or without, and no more', async () => {
    await mine();
    await click(document.querySelector<HTMLElement>('[role=tab]:last-child'));
    await click('请您来：陈契的家长');
    await type('聊聊作业', document.querySelector<HTMLInputElement>('dialog input')!);
    await click(button('请您来', document.querySelector('dialog footer')!));
    expect(sent('conference.please-come')).toEqual({ conference: 'day', child: 'child-0001', words: '聊聊作业', ends: false });
    await click('不用来了：李雨桐');
    expect(sent('conference.please-come')).toEqual({ conference: 'day', child: 'child-0000', words: '', ends: true });
  });
  it('sees both meetings of separated parents about one child', async () => {
    await mine();
    await click(document.querySelector<HTMLElement>('[role=tab]:last-child'));
    expect(all()).toContain('刘芳，12-05 周六 09:10');
    expect(all()).toContain('李建国，12-05 周六 09:20');
  });
  it('cancels a meeting only with a reason that the family reads', async () => {
    await mine();
    await click('我来不了：李雨桐，09:00');
    await click('告诉家长来不了');
    expect(sent('conference.cancel-meeting')).toBeUndefined();
    expect(words(document.querySelector('dialog'))).toContain('请写原因');
    await type('要开会', document.querySelector('dialog textarea')!);
    await click('告诉家长来不了');
    expect(sent('conference.cancel-meeting')).toEqual({ meeting: 'held-0000', reason: '要开会' });
    expect(toasts.said.at(-1)?.undo).toBeUndefined();
  });
  it('sees the slots while the hours are typed, breaks between them, and offers them', async () => {
    await open('teacher', 'offerSlots', { id: 'day' });
    const preview = () => words(document.querySelector('aside'));
    expect(preview()).toContain('15 个时间');
    await click('加一段休息');
    await settle(400);
    expect(preview()).toContain('14 个时间');
    expect(preview()).toContain('休息 10 分钟');
    await click('放出这 14 个时间');
    const offered = sent<ConferenceOffer>('conference.offer')!;
    expect(offered).toMatchObject({ conference: 'day', offer: null, cut: null });
    expect(offered.times).toMatchObject({ place: 'campus-0000', from: at(12, '09:00'), until: at(12, '11:30'), minutes: 10, buffer: 0, breaks: [{ from: at(12, '10:00'), until: at(12, '10:10') }] });
  });
  it('is told where the hours to change are no more, and offers none in their place', async () => {
    await open('teacher', 'offerSlots', { id: 'day', offer: 'offer-withdrawn' });
    expect(all()).toContain('这一项已经不在了');
    expect(document.querySelector('main form, main input')).toBeNull();
    expect(button('返回')).toBeTruthy();
  });
  it('changes hours that cost somebody a meeting only with a reason, and tells how many', async () => {
    core.answers['conference.slots'] = () => ({ slots: [{ starts: at(12, '10:00'), ends: at(12, '10:10') }], losing: states.slice(0, 2) });
    await open('teacher', 'offerSlots', { id: 'day', offer: 'offer-0000' });
    expect(all()).toContain('这样改，2 家约好的面谈就没有了');
    await click('改时间，告诉 2 家');
    expect(sent('conference.offer')).toBeUndefined();
    await type('上午有公开课', document.querySelector('main textarea')!);
    await click('改时间，告诉 2 家');
    expect(sent<ConferenceOffer>('conference.offer')).toMatchObject({ offer: 'offer-0000', cut: { reason: '上午有公开课', families: 2 } });
  });
  it('looks again where another number has booked by now', async () => {
    let losing = states.slice(0, 2);
    core.answers['conference.slots'] = () => ({ slots: [{ starts: at(12, '10:00'), ends: at(12, '10:10') }], losing });
    core.faults['conference.offer'] = { fault: 'refused', refusal: { code: 'audience-changed', seen: 2, now: 3 } };
    await open('teacher', 'offerSlots', { id: 'day', offer: 'offer-0000' });
    await type('上午有公开课', document.querySelector('main textarea')!);
    losing = states.slice(0, 3);
    await click('改时间，告诉 2 家');
    await settle(400);
    expect(all()).toContain('刚才有人约了或退了，现在是 3 家');
    expect(button('改时间，告诉 3 家')).toBeDefined();
  });
});

describe('a counsellor', () => {
  it('reads who reads the notes beside the field, and keeps them', async () => {
    await open('counsellor', 'conference', { id: 'guidance' });
    await click('写记录：陈契');
    const dialog = document.querySelector('dialog')!;
    expect(words(dialog)).toContain('只有您和陈志远看得到。另一位监护人、别的老师和学校都看不到，搜索里也没有。');
    await type('每周四午休见一次', dialog.querySelector('textarea')!);
    await click('保存记录');
    expect(sent('conference.note')).toEqual({ meeting: 'held-0001', text: '每周四午休见一次' });
  });
  it('has no notes on a conference day', async () => {
    await open('teacher', 'conference', { id: 'day' });
    expect(all()).not.toContain('写记录');
  });
  it('may open a guidance station, and no conference day', async () => {
    await open('counsellor', 'planConference', {});
    expect(document.querySelector('main fieldset input[type=radio]')).toBeNull();
    await type('周三指导站', document.querySelector<HTMLInputElement>('main input[type=text]')!);
    await click('开放家校共育指导站');
    expect(sent<ConferencePublish>('conference.publish')).toMatchObject({ kind: 'guidance', place: 'school', title: '周三指导站', minutes: 30 });
  });
});

describe('the desk', () => {
  it('sees by teacher how full it is, and how many of those asked have booked', async () => {
    await open('coordinator', 'conferenceDesk', { id: 'day' });
    expect(words(document.querySelector('[role=grid]'))).toContain('张晓梅 班主任');
    expect(words(document.querySelector('aside'))).toContain('请了 9 家，6 家已约');
    expect(all()).not.toContain('面谈记录');
    await clean();
  });
  it('withdraws the times of somebody who is ill, with a reason and the number of families', async () => {
    await open('coordinator', 'conferenceDesk', { id: 'day' });
    await click(document.querySelector<HTMLElement>('[role=row][data-index="0"]'));
    await click('收回时间');
    await type('张老师病了', document.querySelector('dialog textarea')!);
    await click('收回，告诉这 6 家');
    expect(sent('conference.withdraw-offer')).toEqual({ offer: 'offer-0000', cut: { reason: '张老师病了', families: 6 } });
  });
  const dialog = () => document.querySelector('dialog')!;
  async function called(name: string) {
    const input = dialog().querySelector<HTMLInputElement>('.combobox-input')!;
    input.focus();
    await type(name, input);
    await settle(300);
    await press('ArrowDown');
    await press('Enter');
  }
  it('books for a family that phoned: a time with each, all of them or none', async () => {
    await open('coordinator', 'conferenceDesk', { id: 'wide' });
    await click('代办预约');
    expect(button('代办这 0 个时间', dialog())?.disabled).toBe(true);
    await called('李雨桐');
    expect(core.asked.filter(({ ask }) => ask === 'conference.open').length).toBeGreaterThan(0);
    await click(document.querySelector<HTMLElement>('dialog button[aria-label$="张晓梅老师"]'));
    await click(button('09:00', dialog().querySelector('.picker')!));
    expect(dialog().querySelector('.picker'), 'it is chosen').toBeNull();
    await type('奶奶来电', dialog().querySelector<HTMLInputElement>('input[placeholder]:not([role=combobox])')!);
    await click(button('代办这 1 个时间', dialog()));
    expect(sent<ConferenceBook>('conference.book')).toMatchObject({ conference: 'wide', meetings: [{ child: 'child-0000' }], on_behalf_of: { note: '奶奶来电' } });
    expect(sent<ConferenceBook>('conference.book')!.on_behalf_of!.person).not.toBe('');
    await clean();
  });
  it('gives a time back for a family, and the school is asked as that family', async () => {
    await open('coordinator', 'conferenceDesk', { id: 'day' });
    await click(document.querySelector<HTMLElement>('[role=row][data-index="0"]'));
    await click(dialog().querySelector<HTMLElement>('.acts button'));
    await click('退掉这个时间');
    expect(sent('conference.withdraw')).toMatchObject({ meeting: 'held-0000', on_behalf_of: { note: '' } });
  });
  it('calls the day off with a reason, and not without', async () => {
    await open('coordinator', 'conferenceDesk', { id: 'day' });
    await click('取消面谈');
    await click(button('取消面谈', document.querySelector('dialog footer')!));
    expect(sent('conference.cancel')).toBeUndefined();
    await type('流感', document.querySelector('dialog textarea')!);
    await click(button('取消面谈', document.querySelector('dialog footer')!));
    expect(sent('conference.cancel')).toEqual({ conference: 'day', reason: '流感' });
  });
  it('is told where the one to change is no more', async () => {
    await open('coordinator', 'planConference', { id: 'another' });
    expect(all()).toContain('这一项已经不在了');
    expect(button('返回')).toBeTruthy();
  });
  it('changes what was looked at, by its version', async () => {
    await open('coordinator', 'planConference', { id: 'day' });
    await click('保存改动');
    expect(sent('conference.change')).toMatchObject({ conference: 'day', version: 3, minutes: 10 });
  });
});

describe('times being offered', () => {
  const plan = { place: 'west', room: ' 203 ', day: '2026-12-05', from: '09:00', until: '11:00', minutes: '10', buffer: '0', breaks: [] as { from: string; until: string }[] };
  it('are whole, within limits, and sent by the clock of the school', () => {
    expect(isOffered(offerErrors(plan))).toBe(true);
    expect(toTimes({ ...plan, breaks: [{ from: '10:00', until: '10:10' }, { from: '09:30', until: '09:40' }] }, zone)).toEqual({ place: 'west', room: '203', from: at(12, '09:00'), until: at(12, '11:00'), minutes: 10, buffer: 0, breaks: [{ from: at(12, '09:30'), until: at(12, '09:40') }, { from: at(12, '10:00'), until: at(12, '10:10') }] });
  });
  it.each([
    [{ place: '' }, 'place'],
    [{ day: '' }, 'day'],
    [{ until: '08:00' }, 'until'],
    [{ until: '09:05' }, 'until'],
    [{ minutes: '4' }, 'minutes'],
    [{ minutes: '121' }, 'minutes'],
    [{ buffer: '61' }, 'buffer'],
  ])('say what is missing: %o', (change, field) => {
    expect(offerErrors({ ...plan, ...change })).toHaveProperty(field);
  });
  it('have breaks within them', () => {
    expect(offerErrors({ ...plan, breaks: [{ from: '08:30', until: '08:40' }] }).breaks[0]).toBeDefined();
    expect(nextBreak({ ...plan, breaks: [{ from: '09:50', until: '10:00' }] })).toEqual({ from: '11:00', until: '11:10' });
  });
  it('show a break only where it is longer than between any two', () => {
    const slot = (from: string, until: string) => ({ starts: at(12, from), ends: at(12, until) });
    expect(runsOf({ slots: [slot('09:00', '09:10'), slot('09:15', '09:25'), slot('09:45', '09:55')] }, 5).map(({ pause }) => pause)).toEqual([0, 0, 20]);
  });
});

describe('a conference being opened', () => {
  it('says what is missing, and is sent trimmed', () => {
    const fresh = freshConference(zone, 'conference-day');
    expect(Object.keys(conferenceErrors(fresh))).toEqual(['place', 'title']);
    expect(conferenceErrors({ ...fresh, place: 'west', title: '面谈日', closes: fresh.opens })).toHaveProperty('closes');
    expect(toPublish({ ...fresh, place: 'west', title: ' 面谈日 ' })).toMatchObject({ kind: 'conference-day', title: '面谈日', minutes: 10 });
  });
});
