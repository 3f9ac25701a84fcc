// 代办: what staff enter for a family says for whom and how the family told.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { enteredWords } from '../src/lib/person';
import { sessionAt } from './look/people';
import { deskBooking } from './look/things';

const asked = vi.hoisted(() => [] as { ask: string; with: unknown }[]);
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, { request }: { request: { ask: string; with: unknown } }) => {
    asked.push(request);
    return { mutation: 'm' };
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { default: BookingDialog } = await import('../src/screens/event/BookingDialog.svelte');

const settle = async () => {
  await new Promise((later) => setTimeout(later));
  flushSync();
};

describe('a booking at the desk', () => {
  let dialog: Record<string, unknown> | undefined;
  const open = async (decides: boolean) => {
    const booking = deskBooking(1);
    const props = { booking: { ...booking, state: { is: 'confirmed' as const }, guardian: { ...booking.guardian, decides } }, session: sessionAt(1), sessions: [sessionAt(1)], zone: 'Asia/Shanghai', now: new Date(), onchange: () => undefined, onclose: () => undefined };
    dialog = mount(BookingDialog, { target: document.body, props });
    await settle();
    return props.booking;
  };
  const button = () => [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === '代为取消报名');
  afterEach(async () => {
    if (dialog) await unmount(dialog);
    asked.length = 0;
  });

  it('is given back for the guardian, with what the family said', async () => {
    const { id, guardian } = await open(true);
    const note = document.querySelector<HTMLInputElement>('dialog input')!;
    note.value = ' 妈妈来电 ';
    note.dispatchEvent(new Event('input', { bubbles: true }));
    button()!.click();
    await settle();
    expect(asked).toEqual([{ ask: 'event.withdraw', with: { booking: id, on_behalf_of: { person: guardian.id, note: '妈妈来电' } } }]);
  });
  it('is nobody’s to give back where the guardian may not decide', async () => {
    await open(false);
    expect(button()).toBeUndefined();
    expect(document.querySelector('dialog input')).toBeNull();
  });
});

it('is told to the family in one sentence', () => {
  expect(enteredWords({ by: '张晓梅', note: '妈妈来电' })).toBe('张晓梅老师代办，妈妈来电');
  expect(enteredWords({ by: '张晓梅', note: '' })).toBe('张晓梅老师代办');
});
