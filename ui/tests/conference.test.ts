// A conference day and the guidance station: a family plans and books, a teacher offers times, the desk sees how full it is.
import { describe, expect, it } from 'vitest';
import type { ConferenceBook, ConferenceOffer, ConferencePlan, ConferencePublish, Refusal } from '../src/lib/bindings';
import { conferenceOf, states } from './look/conferences';
import { at } from './look/people';
import { all, allSent, box, button, clean, click, core, hear, open, press, sent, settle, type, words } from './window';

const { route } = await import('../src/lib/route.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { toasts } = await import('../src/lib/toast.svelte');
const { aboutWords, nextWords } = await import('../src/screens/outbox/words');
const { failedHere } = await import('../src/screens/outbox/here');
const { meetingRefusal, windowWords, gapWords } = await import('../src/screens/conference/words');
const { offerErrors, isOffered, toTimes, nextBreak, runsOf } = await import('../src/screens/conference/offering');
const { conferenceErrors, freshConference, toPublish } = await import('../src/screens/conference/planning');
const { hatOf } = await import('../src/screens/hats');

const zone = 'Asia/Shanghai';
const TONG = 'own-1';
const CHEN = 'own-2';
const asked = () => sent<ConferencePlan>('conference.plan')!;
const wished = () => asked().wishes.map(({ child, person }) => `${child} ${person}`);
const steps = () => [...document.querySelectorAll('.step')].map(words);
const dock = () => words(document.querySelector('.dock'));
const family = (id = 'day', more: object = {}) => open('parent', 'conference', { id }, more);
const tick = async (name: string) => {
  box(name)!.click();
  await settle(400);
};

describe('a family', () => {
  it('finds who asked for it ticked already, with what was written', async () => {
    await family();
    expect(box('张晓梅老师')!.checked).toBe(true);
    expect(box('王静老师')!.checked).toBe(false);
    expect(wished()).toEqual([`${TONG} person-zhang`]);
    expect(all()).toContain('“想和您聊聊雨桐这学期的阅读”');
    expect(steps()).toHaveLength(1);
    await clean();
  });
  it('cannot wish for who offers no time, and reads that', async () => {
    await family();
    expect(box('陈思远老师')!.disabled).toBe(true);
    expect(words(box('陈思远老师')!.closest('li'))).toContain('还没有放出时间');
  });
  it('sees one plan across children, teachers and campuses, with the way between them', async () => {
    await family();
    await tick('王静老师');
    await tick('罗文老师');
    expect(wished()).toEqual([`${TONG} person-zhang`, `${TONG} person-wang`, `${CHEN} person-luo`]);
    expect(steps()).toHaveLength(3);
    expect(words(document.querySelector('.plan'))).toMatch(/去东校区，中间有 \d+ 分钟（路上按 30 分钟算）/);
    expect(steps()[2]).toContain('雨辰：罗文老师');
  });
  it('books all of the plan in one press, at the instants that were shown', async () => {
    await family();
    await tick('罗文老师');
    await click('约下这 2 次面谈');
    const { conference, meetings, on_behalf_of } = sent<ConferenceBook>('conference.book')!;
    expect(allSent('conference.book')).toHaveLength(1);
    expect([conference, on_behalf_of]).toEqual(['day', null]);
    expect(meetings).toHaveLength(2);
    expect(meetings[0]).toEqual({ offer: 'offer-0000', starts: '2026-12-05T01:00:00.000Z', child: TONG });
    expect(meetings[1]!.child).toBe(CHEN);
    expect(toasts.said.at(-1)?.text).toBe('已约 2 次面谈，学校确认后会告诉您');
  });
  it('keeps one time and plans the rest around it; lets go of it again', async () => {
    await family();
    expect(asked().locked).toEqual([]);
    await click('就定这个时间：张晓梅老师 09:00');
    await settle(400);
    expect(asked().locked).toEqual([{ offer: 'offer-0000', starts: '2026-12-05T01:00:00.000Z', child: TONG }]);
    expect(words(button('已定 09:00：张晓梅老师'))).toBe('已定 09:00');
    await click('已定 09:00：张晓梅老师');
    await settle(400);
    expect(asked().locked).toEqual([]);
  });
  it('chooses another time among those that are free; what clashes is left out and said', async () => {
    await family();
    await click('张晓梅老师，换个时间');
    const offered = [...document.querySelectorAll('.picker .times button')].map(words);
    expect(offered).toContain('09:20');
    expect(offered).not.toContain('09:10');
    expect(offered).not.toContain('10:00');
    expect(words(document.querySelector('.picker'))).toContain('另有 1 个时间和您的““我是小交警”护学岗”冲突');
    await click([...document.querySelectorAll<HTMLButtonElement>('.picker .times button')].find((one) => words(one) === '09:20'));
    await settle(400);
    expect(asked().locked).toEqual([{ offer: 'offer-0000', starts: '2026-12-05T01:20:00.000Z', child: TONG }]);
    expect(steps()[0]).toContain('09:20');
  });
  it('reads which wishes do not fit together, and lets go of one', async () => {
    core.answers['conference.plan'] = ({ wishes }: ConferencePlan) => {
      const [child] = conferenceOf(core.school, 'day').children;
      if (wishes.length < 2) return { is: 'plan', meetings: [], starts: null, ends: null };
      return { is: 'conflict', wishes: [{ child: child!.child, person: 'person-zhang', person_name: '张晓梅', free: 2 }, { child: child!.child, person: 'person-wang', person_name: '王静', free: 0 }] };
    };
    await family();
    await tick('王静老师');
    expect(all()).toContain('这 2 次面谈排不到一起');
    expect(all()).toContain('雨桐：张晓梅老师 能约的时间有 2 个');
    expect(all()).toContain('雨桐：王静老师 没有能约的时间了');
    expect(button('约下这')).toBeUndefined();
    expect(dock()).toContain('先处理上面的冲突');
    await clean();
  });
  it('lets go of one wish of a conflict by one press', async () => {
    core.answers['conference.plan'] = ({ wishes }: ConferencePlan) => ({ is: 'conflict', wishes: wishes.slice(0, 1).map(() => ({ child: conferenceOf(core.school, 'day').children[0]!.child, person: 'person-zhang', person_name: '张晓梅', free: 0 })) });
    await family();
    expect(all()).toContain('张晓梅老师排不进去');
    await click('这次不约：雨桐：张晓梅老师');
    await settle(400);
    expect(box('张晓梅老师')!.checked).toBe(false);
    expect(document.querySelector('.conflict')).toBeNull();
  });
  it('says not before and not after, and takes it back where nothing fits', async () => {
    await family();
    const [hour, minute] = [...document.querySelectorAll<HTMLElement>('.bounds .date-part')];
    hour!.focus();
    await press('1', '0');
    minute!.focus();
    await press('3', '0');
    await settle(400);
    expect(asked().from).toBe('2026-12-05T02:30:00.000Z');
    expect(asked().until).toBeNull();
    expect(words(document.querySelector('.conflict'))).toContain('在您定的时间里没有空');
    await click('不限时间，再排一次');
    await settle(400);
    expect(asked().from).toBeNull();
    expect(document.querySelector('.conflict')).toBeNull();
  });
  it('has what is booked stand where it is, and books only what is new', async () => {
    await family('states');
    const [booked, saved] = states;
    expect(asked().locked.map(({ offer }) => offer).toSorted()).toEqual([booked!.offer, saved!.offer].toSorted());
    await tick('罗文老师');
    await click('约下这');
    expect(sent<ConferenceBook>('conference.book')!.meetings.every(({ offer }) => offer !== booked!.offer)).toBe(true);
  });
  it('reads every state of a meeting, why one came to nothing, and takes another time at once', async () => {
    await family('states');
    for (const said of ['已约好', '已保存在本机，联网后自动提交', '未约上', '老师来不了', '12-05 周六 09:20 这个时间刚被别家约走', '老师临时去外地教研']) expect(all()).toContain(said);
    await click('改约 10:20');
    expect(sent<ConferenceBook>('conference.book')).toEqual({ conference: 'day', meetings: [{ offer: 'offer-0003', starts: '2026-12-05T02:20:00.000Z', child: TONG }], on_behalf_of: null });
    await clean();
  });
  it('gives a meeting back, and can undo that', async () => {
    await family('states');
    await click('不去了：12-05 周六 09:00，张晓梅老师');
    expect(sent('conference.withdraw')).toEqual({ meeting: states[0]!.id, on_behalf_of: null });
    expect(toasts.said.at(-1)?.undo).toBeDefined();
    expect(document.querySelectorAll('[aria-label^="不去了"]')).toHaveLength(2);
  });
  it('reads who knows of its meetings: not the other guardian', async () => {
    await family();
    expect(all()).toContain('孩子的另一位监护人看不到，也可以自己另约一次');
    route.go('conference', { id: 'guidance' } as never);
    await settle(400);
    expect(all()).toContain('另一位监护人、班主任和学校都看不到，搜索里也没有');
    expect(all()).toContain('这两周每晚固定九点熄灯');
    expect(all()).toContain('只有您和苏婉老师看得到');
  });
  it('can look before booking opens, and reads when', async () => {
    await family('soon');
    expect(all()).toContain('明天 19:00 开始预约。现在可以先看看');
    expect(box('张晓梅老师')!.disabled).toBe(true);
    expect(button('约下这')).toBeUndefined();
    expect(button('就定这个时间')).toBeUndefined();
  });
  it('reads that it was called off, and why', async () => {
    await family('off');
    expect(all()).toContain('原因：流感高发，改为电话沟通');
    expect(document.querySelector('.tick')).toBeNull();
  });
  it('is told in the words of meetings that a time was taken; nothing is lost', async () => {
    await family();
    core.faults['conference.book'] = { fault: 'refused', refusal: { code: 'slot-taken', offer: 'offer-0000', starts: at(12, '09:00') } };
    await click('约下这 1 次面谈');
    expect(all()).toContain('12-05 周六 09:00 这个时间刚被别家约走，所以这一次都没有约上');
    expect(box('张晓梅老师')!.checked).toBe(true);
  });
  it('does not book an old plan while another is being made', async () => {
    await family();
    let answer: (value: unknown) => void = () => undefined;
    core.answers['conference.plan'] = () => new Promise((done) => (answer = done));
    await tick('王静老师');
    // Busy, it says so before its words.
    await click(document.querySelector<HTMLElement>('.dock button'));
    expect(sent('conference.book')).toBeUndefined();
    answer({ is: 'conflict', wishes: [] });
  });
});

describe('the list', () => {
  it('leads a family to what it was asked to, and shows what is booked', async () => {
    await open('parent', 'conferences');
    expect(all()).toContain('张晓梅请您来');
    expect(all()).toContain('家校共育指导站');
    expect(button('开放面谈')).toBeUndefined();
    await clean();
  });
  it('leads the coordinator to the desk, a teacher to the own list', async () => {
    await open('coordinator', 'conferences');
    await click(document.querySelector<HTMLElement>('[role=row][data-index="0"]'));
    expect(route.here).toEqual({ screen: 'conferenceDesk', params: { id: 'day' } });
    route.start('conferences' as never);
    await settle(400);
    core.school = { role: 'teacher', size: 'some' };
  });
  it('says what will be there where there is nothing', async () => {
    await open('parent', 'conferences', {}, { size: 0 });
    expect(all()).toContain('现在没有可以约的面谈');
  });
  it('stands in the rail of those it concerns, and of nobody else', () => {
    const rail = (kind: 'administrator' | 'counsellor' | null) => hatOf({ hat: { is: 'guardian' }, kind, title: '', place: null, children: [] }, {}).rail.map(({ screen }) => screen);
    expect(rail(null)).toContain('conferences');
    expect(rail('counsellor')).toContain('conferences');
    expect(rail('administrator')).not.toContain('conferences');
  });
});

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
  it('calls the day off with a reason, and not without', async () => {
    await open('coordinator', 'conferenceDesk', { id: 'day' });
    await click('取消面谈');
    await click(button('取消面谈', document.querySelector('dialog footer')!));
    expect(sent('conference.cancel')).toBeUndefined();
    await type('流感', document.querySelector('dialog textarea')!);
    await click(button('取消面谈', document.querySelector('dialog footer')!));
    expect(sent('conference.cancel')).toEqual({ conference: 'day', reason: '流感' });
  });
  it('changes what was looked at, by its version', async () => {
    await open('coordinator', 'planConference', { id: 'day' });
    await click('保存改动');
    expect(sent('conference.change')).toMatchObject({ conference: 'day', version: 3, minutes: 10 });
  });
});

describe('Today', () => {
  it('has the family choose a time where somebody asks it to come', async () => {
    await open('parent', 'today', {}, { meets: true });
    expect(all()).toContain('期中家长会面谈日：张晓梅老师请您来');
    await click('约时间：张晓梅老师');
    expect(route.here).toEqual({ screen: 'conference', params: { id: 'day' } });
  });
  it('calls a meeting of the guidance station by no more than it must', async () => {
    await open('parent', 'today', {}, { meets: true });
    expect(all()).toContain('学校预约：苏婉老师');
    expect(words(document.querySelector('main ul.lines'))).not.toContain('指导站');
  });
  it('shows a teacher who comes, and where', async () => {
    await open('teacher', 'today', {}, { meets: true });
    expect(all()).toContain('今天 14:00 李雨桐家长（刘芳） 教学楼 203（本部）');
  });
  it('opens the conference a notification is about', async () => {
    await open('parent');
    await hear('open', { hat: null, at: { is: 'conference', conference: 'day' } });
    expect(route.here).toEqual({ screen: 'conference', params: { id: 'day' } });
  });
});

describe('words', () => {
  const about = (act: string) => ({ act, title: '期中家长会面谈日', text: '', children: ['李雨桐'], people: 0 });
  it('names what waits in the outbox, every act by its own words', () => {
    const acts = ['open-conference', 'change-conference', 'cancel-conference', 'offer-slots', 'withdraw-slots', 'please-come', 'book-meetings', 'withdraw-meeting', 'cancel-meeting', 'write-meeting-note'];
    const said = acts.map((act) => aboutWords(about(act)));
    expect(new Set(said).size).toBe(acts.length);
    expect(said.join('')).not.toContain('一项改动');
    expect(nextWords({ is: 'refused', refusal: { code: 'changed-meanwhile' } }, undefined, zone, 'book-meetings')).toContain('老师刚改了时间');
  });
  it('shows what failed where somebody looks for it, and once', () => {
    const item = (act: string, state: object) => ({ mutation: act, about: about(act), state, composed: '2026-11-23T02:00:00Z', upload: null }) as never;
    const parked = { is: 'parked', code: 'broken' };
    expect(failedHere([item('book-meetings', parked), item('sign-up', parked)], 'conference')).toHaveLength(1);
    expect(failedHere([item('book-meetings', { is: 'refused', refusal: { code: 'slot-taken', offer: 'x', starts: at(12, '09:00') } })], 'conference')).toHaveLength(0);
    expect(failedHere([item('open-conference', { is: 'refused', refusal: { code: 'no-power', power: 'x' } })], 'conference')).toHaveLength(1);
  });
  it('says why, in the words of meetings and in both languages', () => {
    const refusals: Refusal[] = [{ code: 'slot-taken', offer: 'x', starts: at(12, '09:00') }, { code: 'meeting-clash', at: at(12, '09:00'), too_far: false }, { code: 'meeting-clash', at: at(12, '09:00'), too_far: true }, { code: 'changed-meanwhile' }, { code: 'seats-held', used: 3 }];
    for (const language of ['zh-CN', 'en'] as const) {
      prefs.language = language;
      const said = refusals.map((refusal) => meetingRefusal(refusal, zone));
      expect(new Set(said).size).toBe(refusals.length);
      expect(said.slice(0, 3).every((sentence) => sentence.includes('09:00'))).toBe(true);
    }
  });
  it('says when one can book', () => {
    const line = { state: { is: 'planned' as const }, opens: at(1, '19:00'), closes: at(9, '20:00'), open_now: false } as never;
    expect(windowWords(line, zone, new Date('2026-11-23T02:24:00Z')).words).toBe('明天 19:00 开始预约');
    expect(windowWords(line, zone, new Date('2026-12-10T02:24:00Z')).words).toContain('截止');
  });
  it('tells a walk, a pause and none apart', () => {
    const place = { id: 'east', level: 'campus' as const, name: '东校区', grade: null, number: null };
    expect(gapWords({ gap_min: null, travels: false, place }, 30)).toBe('');
    expect(gapWords({ gap_min: 0, travels: false, place }, 30)).toBe('紧接着');
    expect(gapWords({ gap_min: 20, travels: false, place }, 30)).toBe('中间空 20 分钟');
    expect(gapWords({ gap_min: 40, travels: true, place }, 30)).toContain('去东校区，中间有 40 分钟');
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
