// When a person is told: what they choose, what this computer does, and where a click on a notification leads.
import { beforeEach, describe, expect, it } from 'vitest';
import type { NotificationChosen, Opening } from '../src/lib/bindings';
import { at, hatsOf, meOf, type Role } from './look/people';
import { ask } from './look/school';
import { all, box, button, click, core, hear, open, openSettings, sent, settle, words } from './window';

const { prefs } = await import('../src/lib/prefs.svelte');
const { route } = await import('../src/lib/route.svelte');

const save = () => click('保存提醒方式');
const settings = (role: Role, chosen: Partial<NotificationChosen> = {}) => {
  core.answers['notification.settings'] = () => ({ ...(ask(core.school, { ask: 'notification.settings', with: {} }) as object), ...chosen });
  return openSettings(role);
};
/** A notification beside the window is clicked. */
const follow = (opening: Opening) => hear('open', opening);

beforeEach(() => {
  core.answers['profile.wear'] = ({ hat }: { hat: unknown }) => ({ is: 'ready', me: { ...meOf(core.school), hat } });
});

describe('when a person is told', () => {
  it('is in the hours of the school until they choose', async () => {
    await settings('parent');
    expect(all()).toContain('学校静音的时候（22:00–06:30）不弹出提醒，结束后再告诉您');
    expect(button('保存提醒方式')).toBeUndefined();
  });
  it('is in the evening of staff for whoever works there', async () => {
    await settings('teacher');
    expect(all()).toContain('学校静音的时候（19:00–07:00）不弹出提醒');
  });
  it('is in hours of their own', async () => {
    await settings('parent');
    await click(box('自己定'));
    await save();
    expect(sent('notification.prefer')).toEqual({ quiet: { is: 'own', hours: { from: '22:00', until: '06:30' } }, digest: null });
  });
  it('is once a day, and what would be too late comes by itself', async () => {
    await settings('parent', { quiet: { is: 'never' } });
    await click(box('每天合成一条'));
    expect(all()).toContain('等到那时就太迟的，比如候补名额，单独提醒');
    await save();
    expect(sent('notification.prefer')).toEqual({ quiet: { is: 'never' }, digest: '18:00' });
  });
  it('is as it was kept, and nothing is to be saved', async () => {
    await settings('teacher', { quiet: { is: 'own', hours: { from: '18:00:00', until: '07:30:00' } }, digest: '07:40:00' });
    expect([...document.querySelectorAll('form .date-part')].slice(0, 6).map(words)).toEqual(['18', '00', '07', '30', '07', '40']);
    expect(button('保存提醒方式')).toBeUndefined();
    await click(box('来一条提醒一条'));
    await click(box('每天合成一条'));
    expect(button('保存提醒方式')).toBeUndefined();
  });
  it('says what waits, and until when', async () => {
    await settings('parent', { waiting: 3, next: at(0, '18:00') });
    expect(all()).toContain('现在有 3 条在等，今晚 18:00 提醒您');
  });
  it('says why hours were not taken', async () => {
    core.faults['notification.prefer'] = { fault: 'refused', refusal: { code: 'malformed', field: 'own-quiet.until' } };
    await settings('parent');
    await click(box('自己定'));
    await save();
    expect(all()).toContain('最长 18 小时');
    expect(button('保存提醒方式')).toBeDefined();
  });
});

describe('this computer', () => {
  it('says that it shows none, and then does not offer to stay for it', async () => {
    await settings('parent', { shown: { is: 'nowhere' } });
    expect(all()).toContain('这台电脑没有可用的通知服务');
    expect(all()).not.toContain('关闭窗口以后');
  });
  it('goes on telling after the window is closed, where one chose so', async () => {
    await settings('parent');
    expect(all()).toContain('由 gnome-shell 显示提醒');
    await click(box('继续提醒'));
    expect(sent('notification.here')).toEqual({ here: { language: 'zh-CN', stays: true } });
  });
  it('tells in the language of the window', async () => {
    await open('parent');
    expect(sent('notification.here')).toBeUndefined();
    prefs.language = 'en';
    await settle();
    expect(sent('notification.here')).toEqual({ here: { language: 'en', stays: false } });
  });
  it('counts what waits before its name', async () => {
    await open('parent');
    expect(document.title).toMatch(/^\(\d+\) 新美家校$/);
  });
});

describe('a click on a notification', () => {
  it('opens the notice below the list of notices', async () => {
    await open('parent');
    await follow({ hat: { is: 'guardian' }, at: { is: 'notice', notice: 'notice-0000' } });
    expect(route.here).toEqual({ screen: 'notice', params: { id: 'notice-0000' } });
    route.back();
    expect(route.screen).toBe('notices');
    expect(sent('profile.wear')).toBeUndefined();
  });
  it('puts on the hat it was for', async () => {
    await open('teacher');
    await follow({ hat: { is: 'guardian' }, at: { is: 'conversation', conversation: 'conversation-0000' } });
    expect(sent('profile.wear')).toEqual({ hat: { is: 'guardian' } });
    expect(route.screen).toBe('conversation');
  });
  it('stays where it is, and says why, when the hat is not worn any more', async () => {
    core.faults['profile.wear'] = { fault: 'invalid', what: 'hat' };
    await open('teacher');
    await follow({ hat: { is: 'staff', role: 'gone' }, at: { is: 'requests' } });
    expect(route.screen).toBe('today');
    expect(document.querySelector('[role=status]')?.textContent?.trim()).toBeTruthy();
  });
  it.each([
    [{ is: 'today' }, 'today'],
    [{ is: 'requests' }, 'requests'],
    [{ is: 'event', event: 'event-0000' }, 'event'],
    [{ is: 'outbox' }, 'outbox'],
  ] as const)('leads to %o', async (place, screen) => {
    await open('parent');
    await follow({ hat: null, at: place });
    expect(route.screen).toBe(screen);
    expect(hatsOf('parent', 'some').length).toBe(1);
  });
});
