// Partners and their cards; a trip's plan, slips and buses; its roll-call by keyboard alone.
import { beforeEach, describe, expect, it } from 'vitest';
import type { PartnerBringIn, PartnerPut, TripBusExport, TripEndWish, TripMarkWish, TripMove, TripPlanWish } from '../src/lib/bindings';
import { button, clean, click, core, open as openAs, sent, settle, type, words } from './window';
import { NO_TRIP, OVER, partnerAt, TWO_MISSING } from './look/trips';

const { errorsOf: partnerErrors, freshPartner, toKeep, cardWords } = await import('../src/screens/partner/plan');
const { askedAlready, errorsOf, freshTrip, isComplete, toPlan, adultsWords } = await import('../src/screens/trip/plan');
const { tripOf } = await import('./look/trips');
const { route } = await import('../src/lib/route.svelte');

const field = (name: string, within: ParentNode = document) =>
  [...within.querySelectorAll('label')].find((label) => words(label).startsWith(name))!.closest('.field')!.querySelector<HTMLInputElement>('input, textarea')!;
const open = (screen: 'partners' | 'trip' | 'tripRoll' | 'event' | 'desk', params: object = {}, role: 'coordinator' | 'teacher' | 'parent' = 'coordinator') => openAs(role, screen, params);
const dialog = () => document.querySelector('dialog')!;
const press = async (key: string) => {
  document.querySelector('[role=grid]')!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settle();
};

beforeEach(() => {
  core.answers = {};
});

describe('partners', () => {
  it('say what is missing before they are kept', () => {
    const plan = { ...freshPartner(), website: 'hongyan', contacts: [{ name: '', title: '', phone: '打我', email: 'x' }] };
    const errors = partnerErrors(plan);
    expect([errors.name, errors.website, errors.contacts[0]!.name, errors.contacts[0]!.phone, errors.contacts[0]!.email].every(Boolean)).toBe(true);
    expect(toKeep(freshPartner()).contacts).toEqual([]);
  });
  it('are kept from the form, without contacts that say nothing', async () => {
    await open('partners');
    await click(button('添加单位'));
    await type('重庆自然博物馆', field('单位名称'));
    await click(button('保存'));
    expect(sent<PartnerPut>('partner.put')).toEqual({ partner: null, draft: { ...freshPartner(), name: '重庆自然博物馆', contacts: [] } });
  });
  it('are read, searched and copied by a teacher, who keeps none', async () => {
    await open('partners', {}, 'teacher');
    expect(words(document.querySelector('main')!)).toContain(partnerAt(0).draft.name);
    expect(document.querySelector('button[aria-label^="删除"]')).toBeNull();
    await type('科技', field('查找'));
    await settle(400);
    expect([...document.querySelectorAll('main h2')].map(words)).toEqual(['重庆科技馆']);
    await clean();
  });
  it('are brought in from cards after a look at what is new and what cannot be read', async () => {
    await open('partners');
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(input, 'files', { configurable: true, value: [{ arrayBuffer: async () => new TextEncoder().encode('BEGIN:VCARD').buffer }] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await settle(400);
    const said = words(dialog());
    for (const part of ['重庆自然博物馆', '新单位', '有变化', '老朋友', '版本是 2.1', '既没有姓名']) expect(said).toContain(part);
    await click(button('导入 2 家'));
    expect(sent<PartnerBringIn>('partner.bring-in')?.partners.map(({ partner }) => partner)).toEqual([null, 'partner-0000']);
  });
  it('from a file that is no text say so, and keep nothing', async () => {
    await open('partners');
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(input, 'files', { configurable: true, value: [{ arrayBuffer: async () => new Uint8Array([0xc4, 0xe3]).buffer }] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await settle(400);
    expect(words(dialog())).toContain('不是 UTF-8');
    expect(sent('partner.read')).toBeUndefined();
  });
  it('give a sentence for every way a card can be wrong', () => {
    const faults = [{ is: 'no-end' }, { is: 'version', version: '' }, { is: 'line', line: 3 }, { is: 'encoded', line: 3 }, { is: 'no-name' }, { is: 'unfit', field: 'contacts.phone' }] as const;
    expect(new Set(faults.map(cardWords)).size).toBe(faults.length);
  });
});

describe('a trip', () => {
  it('is planned with buses and stops of different names', () => {
    const form = { ...freshTrip('科技馆'), from: '东门' };
    expect(isComplete(errorsOf(form))).toBe(true);
    expect(isComplete(errorsOf({ ...form, ratio: '0' }))).toBe(false);
    expect(isComplete(errorsOf({ ...form, stops: ['到馆', ' 到馆'] }))).toBe(false);
    expect(toPlan(form)).toMatchObject({ children_per_adult: 10, buses: [{ name: '1 号车', seats: 45 }] });
  });
  it('is made of an event at its desk', async () => {
    await open('trip', { id: NO_TRIP });
    await type('学校东门', field('从哪里出发'));
    await type('重庆科技馆', field('去哪里'));
    await click(button('保存安排'));
    expect(sent<TripPlanWish>('trip.plan')).toMatchObject({ event: NO_TRIP, plan: { from: '学校东门', to: '重庆科技馆', stops: ['出发前', '到馆', '离馆', '返校'] } });
  });
  it('tells its desk how many adults are short, and blocks nothing', async () => {
    const [session] = tripOf({ role: 'coordinator', size: 'some' }, 'event-0003').sessions;
    expect(adultsWords(session!)).toBe('48 名儿童，需要 5 位成人，已有 4 位，还差 1 位。');
    expect(adultsWords({ ...session!, adults: 5, adults_short: 0 })).toBe('48 名儿童，需要 5 位成人，已有 5 位。');
    await open('trip', { id: 'event-0003' });
    expect(words(document.querySelector('main')!)).toContain('还差 1 位');
    await clean();
  });
  it('sends the slip to those alone who came later', async () => {
    const { sessions } = tripOf({ role: 'coordinator', size: 'some' }, 'event-0003');
    const late = sessions[0]!.open.filter(({ slip }) => slip === 'late').map(({ child }) => child.id);
    const others = ['child-9999', ...late];
    expect(askedAlready(sessions, others)).toEqual([{ kind: 'child', id: 'child-9999' }]);
    await open('trip', { id: 'event-0003' });
    await click(button('补发给后来报名的'));
    expect(route.screen).toBe('compose');
    await settle(400);
    expect(field('标题').value).toBe('重庆科技馆参观：外出同意书');
  });
  it('puts a child on another bus', async () => {
    await open('trip', { id: 'event-0003' });
    const choice = document.querySelector<HTMLSelectElement>('main article select')!;
    choice.value = '1';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(sent<TripMove>('trip.move')).toMatchObject({ session: 'session-0000', bus: 1 });
  });
  it('tells a family how far its own child is, and nothing of others', async () => {
    await open('event', { id: 'event-0003' }, 'parent');
    const said = words(document.querySelector('main')!.parentElement!);
    expect(said).toContain('已到（到馆）');
    expect(said).not.toContain('还差');
  });
});

describe('the roll-call', () => {
  it('has who is missing on top, and is done by keyboard alone', async () => {
    await open('tripRoll', { id: 'session-0000' });
    const said = words(document.querySelector('main')!);
    expect(said).toContain('36 / 40');
    expect(said).toContain('还差 4 名');
    expect(said).toContain('在“出发前”就不在了：发烧');
    await press('ArrowDown');
    await press(' ');
    const first = sent<TripMarkWish>('trip.mark');
    expect(first).toMatchObject({ session: 'session-0000', stop: 1, marks: [{ here: true, replaces: 0 }] });
    await press('x');
    expect(sent<TripMarkWish>('trip.mark')?.marks[0]).toMatchObject({ here: false });
    await clean();
  });
  it('finds by initials and goes to the next stop', async () => {
    await open('tripRoll', { id: 'session-0000' });
    await press('l');
    expect(field('查找').value).toBe('l');
    await press('Escape');
    expect(field('查找').value).toBe('');
    await press('ArrowRight');
    await settle(400);
    expect(core.asked.findLast(({ ask }) => ask === 'trip.roll')?.with).toMatchObject({ stop: 2 });
  });
  it('shows both words where two devices said otherwise', async () => {
    await open('tripRoll', { id: 'session-0000' });
    expect(words(document.querySelector('main')!)).toContain('两台设备当时没连上');
  });
});

describe('the end of a trip', () => {
  it('is said once everybody is accounted for', async () => {
    await open('tripRoll', { id: 'session-0000' });
    await click(button('全部返校，结束行程'));
    expect(words(dialog())).toContain('都有着落');
    await click(button('结束行程', dialog()));
    expect(sent<TripEndWish>('trip.end')).toEqual({ session: 'session-0000', reason: '', goes_on: false });
  });
  it('takes a reason where children are not', async () => {
    await open('tripRoll', { id: TWO_MISSING });
    await click(button('全部返校，结束行程'));
    await click(button('结束行程', dialog()));
    expect(sent('trip.end')).toBeUndefined();
    expect(words(dialog())).toContain('请写明这些孩子的去向');
    await type(' 妈妈接走了 ', field('去向', dialog()));
    await click(button('结束行程', dialog()));
    expect(sent<TripEndWish>('trip.end')).toEqual({ session: TWO_MISSING, reason: '妈妈接走了', goes_on: false });
    await clean();
  });
  it('closes the roll-call, shows what was said, and can be taken back', async () => {
    await open('tripRoll', { id: OVER });
    const said = words(document.querySelector('main')!);
    expect(said).toContain('行程已结束');
    expect(said).toContain('妈妈在馆门口接走了（陈静');
    await press(' ');
    expect(sent('trip.mark')).toBeUndefined();
    await click(button('继续点名'));
    expect(sent<TripEndWish>('trip.end')).toMatchObject({ goes_on: true });
    await clean();
  });
  it('is the words of a leader: who knows of a class alone ends nothing', async () => {
    await open('tripRoll', { id: 'session-0000' }, 'teacher');
    expect(words(document.querySelector('main')!)).not.toContain('结束行程');
  });
});

describe('the bus list', () => {
  it('is kept as a workbook', async () => {
    await open('trip', { id: 'event-0003' });
    await click(button('导出 Excel'));
    expect(sent<TripBusExport>('trip.bus-export')).toEqual({ session: 'session-0000', language: 'zh-CN' });
    expect(words(document.querySelector('main')!)).toContain('分车名单 2026-11-30.xlsx');
  });
});
