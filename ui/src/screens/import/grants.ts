// What a remark means, decided line by line; nothing is decided until somebody did.
import type { Relation, RelationGrants, RemarkView, Right } from '$lib/bindings';

export interface Choice {
  rights: Right[];
  /** "None" and "keep away" are decisions; no tick at all is not. */
  none: boolean;
  barred: boolean;
}
export type Choices = Partial<Record<Relation, Choice>>;

export const open = (): Choice => ({ rights: [], none: false, barred: false });

export const decided = ({ rights, none, barred }: Choice): boolean => rights.length > 0 || none || barred;

export function toggleRight(choice: Choice, right: Right): Choice {
  const rights = choice.rights.includes(right) ? choice.rights.filter((one) => one !== right) : [...choice.rights, right];
  return { rights, none: false, barred: false };
}
export const toggleNone = (choice: Choice): Choice => ({ rights: [], none: !choice.none, barred: false });
export const toggleBarred = (choice: Choice): Choice => ({ rights: [], none: false, barred: !choice.barred });

/** Relations whose line still waits. */
export const openRelations = (relations: readonly Relation[], choices: Choices): Relation[] => relations.filter((relation) => !decided(choices[relation] ?? open()));

/** Only the relations of the children that are decided now. */
export function relationsOf(remarks: readonly RemarkView[], order: readonly Relation[]): Relation[] {
  const present = new Set(remarks.flatMap(({ guardians }) => guardians.map(({ relation }) => relation)));
  return order.filter((relation) => present.has(relation));
}

export const grantsOf = (relations: readonly Relation[], choices: Choices): RelationGrants[] =>
  relations.map((relation) => {
    const { rights, barred } = choices[relation] ?? open();
    return { relation, rights: barred ? [] : rights, barred };
  });
