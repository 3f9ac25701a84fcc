// Slips of paper in a test: the dialog that enters them, what it says, and what it kept.
import { mount, unmount } from 'svelte';
import { afterEach, beforeEach, vi } from 'vitest';
import type { NoticeAnswer, NoticeOpened, Reply } from '../src/lib/bindings';
import { allSent, core, settle, words } from './core';
import { openNotice } from './look/notices';
import type { School } from './look/people';

const { slipsOf } = await import('../src/screens/notice/ask/paper.svelte');
const { default: PaperEntry } = await import('../src/screens/notice/ask/PaperEntry.svelte');

export const closed = vi.fn();
let entry: Record<string, unknown> | undefined;
let notice: NoticeOpened;
/** In most families here one may decide; where two may, that is said. */
export async function open(id: string, size: School['size'] = 'some', several = false): Promise<void> {
  const usual = openNotice({ role: 'teacher', size }, id);
  notice = several ? usual : { ...usual, sheet: usual.sheet.map((cell) => ({ ...cell, guardians: cell.guardians.slice(0, 1) })) };
  entry = mount(PaperEntry, { target: document.body, props: { notice, onclose: closed } });
  await settle();
}
export async function close(): Promise<void> {
  if (entry) await unmount(entry);
  entry = undefined;
  document.body.replaceChildren();
}
/** What becomes of the next calls that keep or take back; those after them go well. */
export const faults: (object | undefined)[] = [];

export const dialog = () => document.querySelector('dialog')!;
export const text = () => words(dialog());
export const alert = () => words(dialog().querySelector('[role=alert]'));
export const name = () => words(dialog().querySelector('.name'));
export const said = () => dialog().querySelector('.said')?.textContent?.trim();
export const input = (selector: string) => dialog().querySelector<HTMLInputElement>(selector)!;

/** Who is still to be entered, as it stood when the dialog was opened. */
export const pile = () => slipsOf(notice);
export const waiting = () => pile().map(({ cell }) => cell);
export const ids = () => waiting().map(({ child }) => child.id);
/** For whom, and by whom it was signed. */
export const signed = () => answers().map(({ replies: [first], on_behalf_of: by }) => [first!.child, by!.person]);
export const answers = () => allSent('notice.answer') as NoticeAnswer[];
export const replies = () => answers().map(({ replies: [first] }): [string, Reply] => [first!.child, first!.reply]);
export const takenBack = () => (allSent('outbox.take-back') as { mutation: string }[]).map(({ mutation }) => mutation);
/** Everything that was kept or taken back, in its order. */
export const kept = () => core.asked.map((one) => one.ask).filter((one) => one === 'notice.answer' || one === 'outbox.take-back');
export const chose = (...choices: number[]): Reply => ({ is: 'choose', choices });

beforeEach(() => {
  const next = (reply: () => object) => () => {
    const fault = faults.shift();
    if (fault) throw fault;
    return reply();
  };
  core.answers = { 'notice.answer': next(() => ({ mutation: `m${kept().length}` })), 'outbox.take-back': next(() => ({})) };
});
afterEach(async () => {
  await close();
  faults.length = 0;
  closed.mockReset();
});
