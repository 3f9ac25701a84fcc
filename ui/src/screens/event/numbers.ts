// Limits of the form, and numbers as they are typed.

export const LIMITS = { title: 80, about: 4_000, reason: 200, sessions: 40, seats: 5_000, value: 30, decimals: 6 };

/** A whole number from 1 to `most`, or nothing. */
export function whole(text: string, most: number): number | undefined {
  const number = Number(text.trim());
  return /^\d+$/.test(text.trim()) && number >= 1 && number <= most ? number : undefined;
}
