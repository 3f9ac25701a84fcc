import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Fault } from '../src/lib/api';

const core = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock('../src/lib/api', async (original) => ({ ...(await original<typeof import('../src/lib/api')>()), call: core.call }));
const { DraftKeeper, KEEP_MS } = await import('../src/lib/draft.svelte');

beforeEach(() => {
  vi.useFakeTimers();
  core.call.mockResolvedValue({});
});
afterEach(() => {
  vi.useRealTimers();
  core.call.mockReset();
});
const puts = () => core.call.mock.calls.filter(([ask]) => ask === 'draft.put').map(([, args]) => (args as { body: string }).body);

it('is kept within 300 ms, also while the typing never stops', async () => {
  expect(KEEP_MS).toBeLessThanOrEqual(300);
  const keeper = new DraftKeeper('notice.compose');
  let text = '';
  let oldest = 0;
  for (let ms = 0; ms < 3000; ms += 50) {
    keeper.keep((text += '字'));
    await vi.advanceTimersByTimeAsync(50);
    const kept = puts().at(-1)?.length ?? 0;
    // What is not kept yet was typed in the last 300 ms: 50 ms a letter.
    oldest = Math.max(oldest, (text.length - kept) * 50);
  }
  expect(oldest).toBeLessThanOrEqual(300);
});

it('puts the newest words once, not each letter', async () => {
  const keeper = new DraftKeeper('notice.compose');
  keeper.keep('周');
  keeper.keep('周三');
  keeper.keep('周三放学');
  await vi.advanceTimersByTimeAsync(300);
  expect(puts()).toEqual(['周三放学']);
  expect(keeper.state).toBe('kept');
});

it('leaves at once when the screen is left', async () => {
  const keeper = new DraftKeeper('notice.compose');
  keeper.keep('周三');
  await keeper.flush();
  expect(puts()).toEqual(['周三']);
});

it('comes back, and is gone when it was sent', async () => {
  core.call.mockResolvedValueOnce({ body: '周三' });
  const keeper = new DraftKeeper('notice.compose');
  expect(await keeper.restore()).toBe('周三');
  await keeper.clear();
  expect(puts()).toEqual(['']);
  expect(keeper.state).toBe('blank');
});

it('says when it could not be kept, and tries again with the next letter', async () => {
  core.call.mockRejectedValueOnce({ fault: 'disk-full' } satisfies Fault);
  const keeper = new DraftKeeper('notice.compose');
  keeper.keep('周');
  await vi.advanceTimersByTimeAsync(300);
  expect(keeper.state).toBe('failed');
  keeper.keep('周三');
  await vi.advanceTimersByTimeAsync(300);
  expect(keeper.state).toBe('kept');
});
