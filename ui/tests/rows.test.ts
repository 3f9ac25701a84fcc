import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { expect, it, vi } from 'vitest';
import { MOST_ROWS } from '../src/lib/rows.svelte';
import DataTable from '../src/parts/DataTable.svelte';
import WindowedList from '../src/parts/WindowedList.svelte';

const items = Array.from({ length: 2000 }, (_, i) => `项 ${i}`);
const row = createRawSnippet<[string, number]>((item) => ({ render: () => `<span>${item()}</span>` }));
const rowsShown = () => [...document.querySelectorAll<HTMLElement>('[data-index]')];
const press = (key: string) => {
  document.querySelector('[data-index][tabindex="0"]')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
};

it('keeps at most fifty rows of two thousand in the document', () => {
  const list = mount(WindowedList<string>, { target: document.body, props: { label: '项', items, row, rowHeight: 4 } });
  flushSync();
  expect(rowsShown().length).toBeGreaterThan(10);
  expect(rowsShown().length).toBeLessThanOrEqual(MOST_ROWS);
  press('End');
  expect(rowsShown().length).toBeLessThanOrEqual(MOST_ROWS);
  expect(document.querySelector('[tabindex="0"][data-index]')?.textContent).toContain('项 1999');
  void unmount(list);
});

it('walks with the arrows, opens with Enter, and has one tab stop', () => {
  const onopen = vi.fn();
  const list = mount(WindowedList<string>, { target: document.body, props: { label: '项', items, row, onopen } });
  flushSync();
  press('ArrowDown');
  press('ArrowDown');
  press('ArrowUp');
  press('Enter');
  expect(onopen).toHaveBeenCalledExactlyOnceWith('项 1');
  expect(document.querySelectorAll('[data-index][tabindex="0"]')).toHaveLength(1);
  void unmount(list);
});

it('shows nothing of an empty list', () => {
  const list = mount(WindowedList<string>, { target: document.body, props: { label: '项', items: [], row } });
  flushSync();
  expect(rowsShown()).toHaveLength(0);
  void unmount(list);
});

it('windows tables too', () => {
  const columns = [{ key: 'name', label: '名', text: (item: string) => item }];
  const table = mount(DataTable<string>, { target: document.body, props: { label: '项', items, columns } });
  flushSync();
  expect(rowsShown().length).toBeGreaterThan(0);
  expect(rowsShown().length).toBeLessThanOrEqual(MOST_ROWS);
  void unmount(table);
});
