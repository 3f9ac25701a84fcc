// A year has four digits. What is typed on the way there is kept for the eye alone: 20 is no year that anybody means.
import type { DateValue } from '@internationalized/date';

const FIRST_YEAR = 1000;

export class ShortYear<T extends DateValue> {
  /** As it stands in the field. */
  date = $state.raw<T>();
  #away = $state(false);

  /** What the field holds, less a year that is not whole. */
  take(next: T | undefined): T | undefined {
    this.date = next && next.year < FIRST_YEAR ? next : undefined;
    return this.date ? undefined : next;
  }
  /** Whether it was left so: nobody is told while typing. */
  get left(): boolean {
    return this.date !== undefined && this.#away;
  }
  came = (): void => {
    this.#away = false;
  };
  went = (event: FocusEvent & { currentTarget: HTMLElement }): void => {
    this.#away = !event.currentTarget.contains(event.relatedTarget as Node | null);
  };
}
