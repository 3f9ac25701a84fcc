// The colours an event can have, in words.
import type { Look } from '$lib/bindings';
import { m } from '$messages';

const words: Record<Look, () => string> = { plain: m.look_plain, green: m.look_green, red: m.look_red, blue: m.look_blue, gold: m.look_gold, plum: m.look_plum };
export const LOOKS = Object.keys(words) as Look[];
export const lookWords = (look: Look): string => words[look]();
