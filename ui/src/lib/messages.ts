// Every sentence of the window, in the language that is worn.
import { m as sentences } from './paraglide/messages.js';
import { untwisted } from './plain';

type Slots = Record<string, unknown>;
const plain = (slots: Slots): Slots => Object.fromEntries(Object.entries(slots).map(([name, value]) => [name, typeof value === 'string' ? untwisted(value) : value]));

type Sentence = (slots?: Slots, ...options: unknown[]) => string;
const said = Object.entries(sentences as unknown as Record<string, Sentence>).map(([key, say]): [string, Sentence] => [
  key,
  (slots, ...options) => say(slots && plain(slots), ...options),
]);

/** As the catalogue has them; what is put into a slot cannot turn the words around it. */
export const m = Object.fromEntries(said) as unknown as typeof sentences;
