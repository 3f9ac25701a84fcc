// Which rows of a long list are in the document. Layout is what costs in a webview, so never more than fifty.
import type { Attachment } from 'svelte/attachments';

export const MOST_ROWS = 50;
/** Rows kept ready above and below what is seen. */
const SPARE = 6;
/** Where nothing can be measured yet (first frame, tests). */
const ASSUMED_HEIGHT = 600;

export class Rows {
  /** The row that Tab reaches; it stays in the document wherever the list is scrolled to. */
  active = $state(0);
  #count: () => number;
  #estimate: () => number;
  #heights = $state.raw<ReadonlyMap<number, number>>(new Map());
  #top = $state(0);
  #view = $state(ASSUMED_HEIGHT);
  #list: HTMLElement | undefined;
  #scroller: Element | undefined;

  constructor(count: () => number, estimate: () => number) {
    this.#count = count;
    this.#estimate = estimate;
  }

  /** Where each row begins; one more entry for the end. */
  #offsets = $derived.by(() => {
    const n = this.#count();
    const typical = this.#estimate();
    const offsets = new Float64Array(n + 1);
    for (let i = 0; i < n; i++) offsets[i + 1] = offsets[i]! + (this.#heights.get(i) ?? typical);
    return offsets;
  });

  get height(): number {
    return this.#offsets[this.#count()] ?? 0;
  }
  offset(index: number): number {
    return this.#offsets[index] ?? 0;
  }

  /** The row that covers this height. */
  #at(y: number): number {
    let low = 0;
    let high = Math.max(0, this.#count() - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#offsets[middle]! <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  shown = $derived.by(() => {
    const n = this.#count();
    if (n === 0) return [];
    const from = Math.max(0, this.#at(this.#top) - SPARE);
    const to = Math.min(n, this.#at(this.#top + this.#view) + 1 + SPARE, from + MOST_ROWS - 1);
    const indices: number[] = [];
    const active = Math.min(this.active, n - 1);
    if (active < from) indices.push(active);
    for (let i = from; i < to; i++) indices.push(i);
    if (active >= to) indices.push(active);
    return indices;
  });

  /** On the element that holds the rows. */
  list: Attachment<HTMLElement> = (element) => {
    this.#list = element;
    const scroller = element.closest('[data-scroller]') ?? document.documentElement;
    this.#scroller = scroller;
    const look = () => {
      const box = element.getBoundingClientRect();
      const frame = scroller.getBoundingClientRect();
      this.#top = Math.max(0, Math.max(0, frame.top) - box.top);
      this.#view = scroller.clientHeight || ASSUMED_HEIGHT;
    };
    const target = scroller === document.documentElement ? window : scroller;
    const watch = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(look);
    target.addEventListener('scroll', look, { passive: true });
    watch?.observe(scroller);
    look();
    return () => {
      target.removeEventListener('scroll', look);
      watch?.disconnect();
    };
  };

  /** On each row: its real height, where it differs from the estimate. */
  row = (index: number): Attachment<HTMLElement> => (element) => {
    if (typeof ResizeObserver === 'undefined') return;
    const watch = new ResizeObserver(() => {
      const height = element.offsetHeight;
      if (height === 0 || height === (this.#heights.get(index) ?? this.#estimate())) return;
      this.#heights = new Map(this.#heights).set(index, height);
    });
    watch.observe(element);
    return () => watch.disconnect();
  };

  /** Moves the active row, brings it into sight, gives it focus. */
  move(to: number): void {
    this.active = Math.max(0, Math.min(this.#count() - 1, to));
    const index = this.active;
    requestAnimationFrame(() => {
      const row = this.#list?.querySelector<HTMLElement>(`[data-index="${index}"]`);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView?.({ block: 'nearest' });
    });
  }

  /** Arrows, Home, End and the page keys. Says whether the key was one of them. */
  steer(event: KeyboardEvent): boolean {
    const page = Math.max(1, Math.floor((this.#scroller?.clientHeight || ASSUMED_HEIGHT) / this.#estimate()) - 1);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const step = steps[event.key];
    if (step !== undefined) this.move(this.active + step);
    else if (event.key === 'Home') this.move(0);
    else if (event.key === 'End') this.move(this.#count() - 1);
    else return false;
    event.preventDefault();
    return true;
  }
}
