// What was settled between gates is shown at this one until somebody here has read it.
const KEY = 'xinmei.check-in.seen';
/** More than an event brings. */
const MOST = 500;

function kept(): string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

class Seen {
  #ids = $state.raw(new Set(kept()));

  has(arrival: string): boolean {
    return this.#ids.has(arrival);
  }
  add(arrival: string): void {
    const ids = [...this.#ids, arrival].slice(-MOST);
    this.#ids = new Set(ids);
    localStorage.setItem(KEY, JSON.stringify(ids));
  }
}

export const seen = new Seen();
