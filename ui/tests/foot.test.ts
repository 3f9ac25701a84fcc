// What floats stays above the bars at the foot of the window, however many there are.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dockOf, footOf } from '../src/lib/foot';

/** As the browser has it: told at once when it begins to look, and whenever the height changes. */
let tell: (() => void)[] = [];
class Observer {
  constructor(private readonly told: () => void) {}
  observe() {
    tell.push(this.told);
    this.told();
  }
  disconnect() {
    tell = tell.filter((one) => one !== this.told);
  }
}
const bar = (height: number, top = 0) => Object.defineProperties(document.createElement('div'), { offsetHeight: { get: () => height, configurable: true }, offsetTop: { value: top } }) as HTMLDivElement;
const said = (name = '--dock') => document.documentElement.style.getPropertyValue(name);

beforeEach(() => void vi.stubGlobal('ResizeObserver', Observer));
afterEach(() => void vi.unstubAllGlobals());

it('two bars: above the higher of them, and above the one that stays when the other goes', () => {
  const high = dockOf(bar(96));
  const low = dockOf(bar(64));
  expect(said()).toBe('96px');
  low?.();
  expect(said()).toBe('96px');
  const again = dockOf(bar(64));
  high?.();
  expect(said()).toBe('64px');
  again?.();
  expect(said()).toBe('');
});

it('a bar that grows is told anew', () => {
  let height = 64;
  const grows = Object.defineProperty(document.createElement('div'), 'offsetHeight', { get: () => height });
  const leave = dockOf(grows);
  height = 120;
  for (const told of tell) told();
  expect(said()).toBe('120px');
  leave?.();
});

it('the rail counts only where it lies at the foot, and apart from the bars', () => {
  const leave = [footOf(bar(640)), dockOf(bar(64))];
  expect([said('--foot'), said()]).toEqual(['0px', '64px']);
  leave[0]!();
  leave[0] = footOf(bar(56, 584));
  expect(said('--foot')).toBe('56px');
  for (const one of leave) one?.();
});
