/** Narrow, the rail lies at the foot of the window: `--foot` says how high, so that what floats stays above it. */
export function footOf(rail: HTMLElement): (() => void) | undefined {
  if (typeof ResizeObserver === 'undefined') return undefined;
  const { style } = document.documentElement;
  const watch = new ResizeObserver(() => style.setProperty('--foot', rail.offsetTop > 0 ? `${rail.offsetHeight}px` : '0px'));
  watch.observe(rail);
  return () => {
    watch.disconnect();
    style.removeProperty('--foot');
  };
}
