// What people typed, where it stands among words that are not theirs.

/** Embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX 9). */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Without the signs that turn the order of letters around: a picture called "gpj.exe" cannot look like one called "exe.jpg". */
export const untwisted = (text: string): string => text.replace(TURNS, '');

/** Spaces, signs of control, fillers and marks without a letter to stand on. */
const SHAPELESS = /[\p{Cc}\p{Cf}\p{M}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** What of it has a shape of its own on the screen. */
export const shapes = (text: string): string => text.replace(SHAPELESS, '');
