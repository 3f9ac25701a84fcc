// What stands beside each choice on a slip of paper, and is the key that enters it.

/** One key for each choice there can be, so that every slip takes one press; I and O would be read as digits. */
const MARKS = '123456789ABCDEFGHJKL';

export const markOf = (place: number): string => MARKS[place] ?? '';

/** Which choice a key stands for; -1 where it stands for none. */
export const placeOf = (key: string): number => (key.length === 1 ? MARKS.indexOf(key.toUpperCase()) : -1);
