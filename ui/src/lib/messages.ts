// Every sentence of the window, in the language that is worn.
import { m as sentences } from './paraglide/messages.js';
import { shapes, untwisted } from './plain';

type Slots = Record<string, unknown>;
/** Slots that hold the name of somebody, or of a shared inbox. */
const NAMES = new Set(['name', 'who', 'by', 'author', 'child', 'guardian', 'reader', 'inbox']);

const inSlot = (slot: string, value: unknown) => (typeof value !== 'string' ? value : NAMES.has(slot) ? nameShown(value) : untwisted(value));
const plain = (slots: Slots): Slots => Object.fromEntries(Object.entries(slots).map(([slot, value]) => [slot, inSlot(slot, value)]));

type Sentence = (slots?: Slots, ...options: unknown[]) => string;
const said = Object.entries(sentences as unknown as Record<string, Sentence>).map(([key, say]): [string, Sentence] => [
  key,
  (slots, ...options) => say(slots && plain(slots), ...options),
]);

/** As the catalogue has them; what is put into a slot cannot turn the words around it. */
export const m = Object.fromEntries(said) as unknown as typeof sentences;

/** A name as it is shown: where nothing of it could be seen, that is said. */
export const nameShown = (name: string): string => (name === '' || shapes(name) ? untwisted(name) : m.common_name_unseen());
/** Several of them: "张晓梅、罗文". */
export const namesShown = (names: readonly string[]): string => names.map(nameShown).join(m.common_comma());
