// The calendar: an address that is made, copied, replaced and ended, and one booking as a file.
import { flushSync, mount, unmount } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { CalendarAddress } from '../src/lib/bindings';
import { at } from './look/people';
import { all, allSent, button, clean, click, core, hear, openSettings, settle } from './window';

const { aboutWords } = await import('../src/screens/outbox/words');
const { toasts } = await import('../src/lib/toast.svelte');
const { default: AddToCalendar } = await import('../src/screens/event/AddToCalendar.svelte');

const ADDRESS = 'https://school.example:8443/calendar/secret.ics';
const made: CalendarAddress = { made: at(-3, '19:20'), address: ADDRESS, private: false, pending: null };
const settings = (link: Partial<CalendarAddress>) => {
  core.answers['calendar.link'] = () => ({ ...made, ...link });
  return openSettings('parent');
};

describe('the address of a calendar', () => {
  it('is made at a press, and says first who can read it', async () => {
    await settings({ made: null, address: null });
    expect(all()).toContain('知道这个地址的人都能看到这些安排和孩子的名字');
    expect(button('复制地址')).toBeUndefined();
    await click('生成日历地址');
    expect(allSent('calendar.make')).toEqual([{}]);
    expect(toasts.said.at(-1)).toMatchObject({ text: '日历地址已生成', undo: undefined });
  });
  it('says so where it can be pressed: in the dialog that is on top, and in the window once that is closed', async () => {
    await settings({});
    const undo = vi.fn();
    toasts.say('已改', undo);
    await settle();
    const dialog = document.querySelector('dialog')!;
    const [said] = [...document.querySelectorAll('.toast')].filter((one) => one.textContent?.includes('已改'));
    expect(dialog.contains(said!)).toBe(true);
    await click(button('撤销', said!));
    expect(undo).toHaveBeenCalledOnce();
    toasts.say('又改了');
    dialog.dispatchEvent(new Event('close'));
    await settle();
    expect([...document.querySelectorAll('.toast')].map((one) => one.textContent).join()).toContain('又改了');
    expect(document.querySelector('dialog .toast')).toBeNull();
  });
  it('waits in sight until the school has it', async () => {
    await settings({ pending: { is: 'saved' } });
    expect(all()).toContain('日历订阅 已保存在本机');
    core.answers['calendar.link'] = () => made;
    await hear('changed', ['outbox']);
    expect(all()).not.toContain('日历订阅 已保存在本机');
  });
  it('is copied, or marked where the clipboard is out of reach', async () => {
    const writeText = vi.fn(async (_: string) => undefined);
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    await settings({});
    await click('复制地址');
    expect(writeText).toHaveBeenCalledWith(ADDRESS);
    expect(toasts.said.at(-1)?.text).toBe('日历地址已复制');
    writeText.mockRejectedValue(new Error('no'));
    await click('复制地址');
    expect(document.querySelector('.hand')?.textContent).toBe(ADDRESS);
  });
  it('is replaced and ended only when asked twice, because it cannot be taken back', async () => {
    await settings({});
    await click('停用地址');
    expect(allSent('calendar.end')).toEqual([]);
    await click('先不改');
    expect(button('停用，旧地址立即失效')).toBeUndefined();
    await click('停用地址');
    expect(document.activeElement).toBe(button('停用，旧地址立即失效'));
    await click('停用，旧地址立即失效');
    expect(allSent('calendar.end')).toEqual([{}]);
    await click('换一个地址');
    await click('换一个，旧地址立即失效');
    expect(allSent('calendar.make')).toEqual([{}]);
  });
  it('is known to the computer alone that made it', async () => {
    await settings({ address: null });
    expect(all()).toContain('地址是在另一台电脑上生成的');
    expect(button('复制地址')).toBeUndefined();
    expect(button('换一个地址')).toBeDefined();
  });
  it('says where most calendars cannot read it', async () => {
    await settings({ private: true });
    expect(all()).toContain('学校用的是自己的证书');
    await clean();
  });
  it('says why it was not made', async () => {
    core.faults['calendar.make'] = { fault: 'disk-full' };
    await settings({ made: null, address: null });
    await click('生成日历地址');
    expect(document.querySelector('.calendar')?.textContent).toContain('硬盘满了');
  });
  it('is named in the outbox', () => {
    const about = (act: string) => aboutWords({ act, title: '', children: [], people: 0, text: '' });
    expect([about('make-calendar-link'), about('end-calendar-link')]).toEqual(['生成日历地址', '停用日历地址']);
  });
});

describe('a booking for a calendar', () => {
  it('is saved as a file, and says where', async () => {
    const app = mount(AddToCalendar, { target: document.body, props: { booking: 'booking-1' } });
    flushSync();
    await click('加到日历');
    expect(allSent('calendar.save')).toEqual([{ booking: 'booking-1', language: 'zh-CN' }]);
    expect(toasts.said.at(-1)?.text).toBe('已保存到下载文件夹：家长开放日（雨桐）.ics，打开它就加进日历');
    core.faults['calendar.save'] = { fault: 'denied', code: 'no-downloads', detail: '' };
    await click('加到日历');
    await settle();
    expect(all()).toContain('下载文件夹');
    await unmount(app);
  });
});
