// What stays at the foot of the window says how high it is, so that what floats stays above it.
type Foot = '--foot' | '--dock';

/** Those that are there now, and how high each is. */
const there: Record<Foot, Map<HTMLElement, number>> = { '--foot': new Map(), '--dock': new Map() };

/** Above the highest of them. */
function say(name: Foot): void {
  const { style } = document.documentElement;
  const heights = [...there[name].values()];
  if (heights.length) style.setProperty(name, `${Math.max(...heights)}px`);
  else style.removeProperty(name);
}

function watch(name: Foot, height: () => number, element: HTMLElement): (() => void) | undefined {
  if (typeof ResizeObserver === 'undefined') return undefined;
  const observer = new ResizeObserver(() => {
    there[name].set(element, height());
    say(name);
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
    there[name].delete(element);
    say(name);
  };
}

/** Narrow, the rail lies at the foot of the window. */
export const footOf = (rail: HTMLElement) => watch('--foot', () => (rail.offsetTop > 0 ? rail.offsetHeight : 0), rail);

/** A bar at the foot of the work, with the button that sends. */
export const dockOf = (bar: HTMLElement) => watch('--dock', () => bar.offsetHeight, bar);
