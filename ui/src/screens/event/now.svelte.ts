const TICK_MS = 20_000;

/** The time of day, moving on. Call while a component initialises. */
export function ticking(): { readonly value: Date } {
  let value = $state.raw(new Date());
  $effect(() => {
    const timer = setInterval(() => (value = new Date()), TICK_MS);
    return () => clearInterval(timer);
  });
  return {
    get value() {
      return value;
    },
  };
}
