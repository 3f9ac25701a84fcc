// What people typed, where it stands among words that are not theirs.

/** Embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX 9). */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Without the signs that turn the order of letters around: a picture called "gpj.exe" cannot look like one called "exe.jpg". */
export const untwisted = (text: string): string => text.replace(TURNS, '');
