// What stays at the foot of the window says how high it is, so that what floats stays above it.
type Foot = '--foot' | '--dock';

function watch(name: Foot, height: () => number, element: HTMLElement): (() => void) | undefined {
  if (typeof ResizeObserver === 'undefined') return undefined;
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => style.setProperty(name, `${height()}px`));
  observer.observe(element);
  return () => {
    observer.disconnect();
    style.removeProperty(name);
  };
}

/** Narrow, the rail lies at the foot of the window. */
export const footOf = (rail: HTMLElement) => watch('--foot', () => (rail.offsetTop > 0 ? rail.offsetHeight : 0), rail);

/** A bar at the foot of the work, with the button that sends. */
export const dockOf = (bar: HTMLElement) => watch('--dock', () => bar.offsetHeight, bar);
