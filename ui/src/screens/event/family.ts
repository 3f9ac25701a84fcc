// Whose family it is, and who of it may decide.
import type { ChildName, ClassChild, ClassGuardian, GuardianName } from '$lib/bindings';
import { me } from '$lib/me.svelte';

/** Guardians who may decide for every one of these children: 代办 rests on that right. */
export function deciders(children: readonly ClassChild[]): ClassGuardian[] {
  const [first, ...others] = children;
  if (!first) return [];
  const mayFor = (child: ClassChild, person: string) =>
    child.guardians.some((g) => g.person === person && g.rights.includes('decide'));
  return first.guardians.filter((g) => [first, ...others].every((child) => mayFor(child, g.person)));
}

/** A guardian of a class list as other lists name it. */
export function asName(guardian: ClassGuardian): GuardianName {
  const { person: id, name, relation, rights } = guardian;
  return { id, name, relation, decides: rights.includes('decide') };
}

/** Place among one's own children, so that each keeps its colour on every screen. */
export function siblingOf(child: ChildName): number | undefined {
  const own = me.hat?.children.findIndex((one) => one.id === child.id) ?? -1;
  return own < 0 ? undefined : own;
}
