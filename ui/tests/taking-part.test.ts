// A notice to who takes part in something: from the desk, the roster and the list of what there is to choose.
import { describe, expect, it } from 'vitest';
import type { NoticePreview } from '../src/lib/bindings';
import { click, core, fromMenu, open as openAs, sent, settle, words } from './window';

const { route } = await import('../src/lib/route.svelte');

const open = (screen: 'desk' | 'roster' | 'compose', params: object = {}) => openAs('coordinator', screen, params);
const work = () => words(document.querySelector('main'));
const side = () => words(document.querySelector('aside'));
const buttons = () => [...document.querySelectorAll<HTMLButtonElement>('main button')];
/** By its very words: others begin alike. */
const press = (what: string) => click(buttons().find((one) => words(one) === what));
const pressShift = () => click(document.querySelector('main td button .names')!.closest('button'));
const previewed = () => sent<NoticePreview>('notice.preview')?.audience;

describe('who comes', () => {
  it('is told from the desk: chosen already, with why, and who cannot be reached', async () => {
    await open('desk', { id: 'event-0000' });
    await press('给来的家庭发通知');
    expect(route.here).toEqual({ screen: 'compose', params: { to: { kind: 'event', id: 'event-0000' } } });
    expect(work()).toContain('家长开放日“牵手同前行，相遇见美好”：来的家庭');
    expect(previewed()).toEqual({ include: [{ kind: 'event', id: 'event-0000' }], except: [] });
    expect(side()).toMatch(/\d+ 家报了家长开放日“牵手同前行，相遇见美好”：.*08:40/);
    expect(side()).toContain('刘伟、陈静报了班次，但在这里没有孩子，通知到不了');
  });
  it('is told by session, and who waits by itself', async () => {
    await open('desk', { id: 'event-0000' });
    await click(buttons().find((one) => /^给“.*”的家庭发通知$/.test(words(one))));
    expect(route.here.params).toMatchObject({ to: { kind: 'session' } });
    route.back();
    await settle(400);
    await click(document.querySelector<HTMLElement>('[role=tab]:nth-child(2)'));
    await press('给候补的家庭发通知');
    expect(route.here.params).toEqual({ to: { kind: 'waiting', id: 'event-0000' } });
  });
  it('keeps its draft apart from that of another notice', async () => {
    core.drafts.set('notice.compose', JSON.stringify({ audience: [], title: '别的' }));
    await open('compose', { to: { kind: 'event', id: 'event-0000' } });
    expect(document.querySelector<HTMLInputElement>('main input[type=text]')?.value).not.toBe('别的');
    expect([...core.drafts.keys()]).toContain('notice.compose.event.event-0000');
  });
});

describe('a shift', () => {
  const more = () => document.querySelector<HTMLElement>('.acts .more-trigger');
  it('is told from the roster, it alone or its post', async () => {
    await open('roster');
    await pressShift();
    await fromMenu(more(), '给这一班的人发通知');
    expect(route.here.params).toMatchObject({ to: { kind: 'shift' } });
    route.back();
    await settle(400);
    await pressShift();
    await fromMenu(more(), '给整个岗位的人发通知');
    expect(route.here.params).toMatchObject({ to: { kind: 'post' } });
  });
});
