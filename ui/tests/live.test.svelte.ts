import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Fault } from '../src/lib/api';

const core = vi.hoisted(() => ({ hear: undefined as ((topics: string[]) => void) | undefined, call: vi.fn() }));
vi.mock('../src/lib/api', async (original) => ({
  ...(await original<typeof import('../src/lib/api')>()),
  call: core.call,
  onChanged: (hear: (topics: string[]) => void) => {
    core.hear = hear;
    return () => (core.hear = undefined);
  },
}));
const { live } = await import('../src/lib/live.svelte');

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  core.call.mockReset();
});

it('refetches once for many changes, keeping the old value meanwhile', async () => {
  core.call.mockResolvedValueOnce({ body: '一' }).mockResolvedValueOnce({ body: '二' });
  let hello!: ReturnType<typeof live<'draft.get'>>;
  const stop = $effect.root(() => {
    hello = live(() => ({ ask: 'draft.get', with: { key: '' } }));
  });
  flushSync();
  expect(hello.loading).toBe(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(hello.value).toEqual({ body: '一' });

  core.hear?.(['elsewhere']);
  core.hear?.(['draft']);
  core.hear?.(['draft', 'elsewhere']);
  expect(hello.value).toEqual({ body: '一' });
  await vi.advanceTimersByTimeAsync(100);
  expect(core.call).toHaveBeenCalledTimes(2);
  expect(hello.value).toEqual({ body: '二' });
  stop();
  expect(core.hear).toBeUndefined();
});

it('lets go of what is not there any more', async () => {
  core.call.mockResolvedValueOnce({ body: '一' }).mockRejectedValueOnce({ fault: 'invalid', what: 'notice' } satisfies Fault);
  let hello!: ReturnType<typeof live<'draft.get'>>;
  const stop = $effect.root(() => {
    hello = live(() => ({ ask: 'draft.get', with: { key: '' } }));
  });
  flushSync();
  await vi.advanceTimersByTimeAsync(0);
  await hello.refetch();
  expect(hello.value).toBeUndefined();
  expect(hello.fault).toEqual({ fault: 'invalid', what: 'notice' });
  stop();
});

it('keeps what it had when a refetch fails', async () => {
  core.call.mockResolvedValueOnce({ body: '一' }).mockRejectedValueOnce({ fault: 'offline' } satisfies Fault);
  let hello!: ReturnType<typeof live<'draft.get'>>;
  const stop = $effect.root(() => {
    hello = live(() => ({ ask: 'draft.get', with: { key: '' } }));
  });
  flushSync();
  await vi.advanceTimersByTimeAsync(0);
  await hello.refetch();
  expect(hello.value).toEqual({ body: '一' });
  expect(hello.fault).toEqual({ fault: 'offline' });
  stop();
});
