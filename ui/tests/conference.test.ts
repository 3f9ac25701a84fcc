// A conference day and the guidance station as a family meets them: it plans, books, gives back; and what the list, Today and the outbox say of it.
import { describe, expect, it } from 'vitest';
import type { ConferenceBook, ConferencePlan, Refusal } from '../src/lib/bindings';
import { conferenceOf, states } from './look/conferences';
import { at } from './look/people';
import { all, allSent, box, button, clean, click, core, hear, open, press, sent, settle, words } from './window';

const { route } = await import('../src/lib/route.svelte');
const { prefs } = await import('../src/lib/prefs.svelte');
const { toasts } = await import('../src/lib/toast.svelte');
const { aboutWords, nextWords } = await import('../src/screens/outbox/words');
const { failedHere } = await import('../src/screens/outbox/here');
const { meetingRefusal, windowWords, gapWords } = await import('../src/screens/conference/words');
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
    // By where it stands: a busy button says so before its words.
    await click(document.querySelector<HTMLElement>('.dock button'));
    expect(sent('conference.book')).toBeUndefined();
    answer({ is: 'conflict', wishes: [] });
  });
});

describe('the list', () => {
  it('leads a family to what it was asked to, and shows what is booked', async () => {
    await open('parent', 'conferences');
    expect(all()).toContain('张晓梅老师请您来');
    expect(all()).toContain('家校共育指导站');
    expect(button('开放面谈')).toBeUndefined();
    await clean();
  });
  it('leads the coordinator to the desk, a teacher to the own list', async () => {
    await open('coordinator', 'conferences');
    await click(document.querySelector<HTMLElement>('[role=row][data-index="0"]'));
    expect(route.here).toEqual({ screen: 'conferenceDesk', params: { id: 'day' } });
    await open('teacher', 'conferences');
    await click(document.querySelector<HTMLElement>('[role=row][data-index="0"]'));
    expect(route.here).toEqual({ screen: 'conference', params: { id: 'day' } });
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
