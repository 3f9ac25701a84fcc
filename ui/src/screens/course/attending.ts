// Who is marked with one press.
import type { AttendFamily, AttendGuardian, CourseMarkOf } from '$lib/bindings';

export interface Marking {
  family: AttendFamily;
  guardian: AttendGuardian;
}

export function marksOf(whom: readonly Marking[], came: boolean): CourseMarkOf[] {
  return whom.flatMap(({ family, guardian }) => {
    const child = family.children[0];
    return child ? [{ guardian: guardian.name.id, child: child.id, came, seen: guardian.seen }] : [];
  });
}

const unmarked = ({ guardians }: AttendFamily): boolean => guardians.every(({ came }) => came === null);

/** Whose booking it is, each parent once: one may have booked twice. Who is nothing to the child any more is marked alone: the school would refuse all. */
function bookers(families: readonly AttendFamily[]): Marking[] {
  const seen = new Set<string>();
  return families.flatMap((family) => {
    const guardian = family.guardians.find(({ booked, counts }) => booked && counts);
    if (!guardian || seen.has(guardian.name.id)) return [];
    seen.add(guardian.name.id);
    return [{ family, guardian }];
  });
}

/** Families whom a gate let in and of whom nothing was said: who booked is most likely who came. */
export const arrivedUnmarked = (families: readonly AttendFamily[]): Marking[] => bookers(families.filter((family) => unmarked(family) && (family.let_in ?? 0) > 0));

/** Families that signed up and of whom nothing is known, also not by a gate. */
export const restUnmarked = (families: readonly AttendFamily[]): Marking[] => bookers(families.filter((family) => family.booked && unmarked(family) && !family.let_in));
