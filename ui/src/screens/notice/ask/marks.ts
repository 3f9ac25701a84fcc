// What stands beside each choice on a slip of paper, and is the key that enters it.

/** One key for each choice there can be, so that every slip takes one press; I and O would be read as digits. */
const MARKS = '123456789ABCDEFGHJKL';

export const markOf = (place: number): string => MARKS[place] ?? '';

/** Which choice a key stands for; -1 where it stands for none. */
export const placeOf = (key: string): number => (key.length === 1 ? MARKS.indexOf(key.toUpperCase()) : -1);

/** Letters that are no choice, nor yes or no. */
const SIGNS = 'QWRTUPXZ';

/** The key that says who of the family signed; of so many nobody has more. */
export const signKey = (at: number): string => SIGNS[at] ?? '';

/** Which of the family a key stands for; -1 where it stands for nobody. */
export const signerAt = (key: string): number => (key.length === 1 ? SIGNS.indexOf(key.toUpperCase()) : -1);
