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
  core.call.mockResolvedValueOnce({ name: '一' }).mockResolvedValueOnce({ name: '二' });
  let hello!: ReturnType<typeof live<'door.hello'>>;
  const stop = $effect.root(() => {
    hello = live(() => ({ ask: 'door.hello', with: {} }));
  });
  flushSync();
  expect(hello.loading).toBe(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(hello.value).toEqual({ name: '一' });

  core.hear?.(['elsewhere']);
  core.hear?.(['door']);
  core.hear?.(['door', 'elsewhere']);
  expect(hello.value).toEqual({ name: '一' });
  await vi.advanceTimersByTimeAsync(100);
  expect(core.call).toHaveBeenCalledTimes(2);
  expect(hello.value).toEqual({ name: '二' });
  stop();
  expect(core.hear).toBeUndefined();
});

it('keeps what it had when a refetch fails', async () => {
  core.call.mockResolvedValueOnce({ name: '一' }).mockRejectedValueOnce({ fault: 'offline' } satisfies Fault);
  let hello!: ReturnType<typeof live<'door.hello'>>;
  const stop = $effect.root(() => {
    hello = live(() => ({ ask: 'door.hello', with: {} }));
  });
  flushSync();
  await vi.advanceTimersByTimeAsync(0);
  await hello.refetch();
  expect(hello.value).toEqual({ name: '一' });
  expect(hello.fault).toEqual({ fault: 'offline' });
  stop();
});
