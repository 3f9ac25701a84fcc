// Grown-ups in words. Staff think by child, so a guardian is named by the child.
import type { ChildName, Entered, GuardianName, Relation } from './bindings';
import { childName } from './child';
import { m } from './messages';

/** "妈妈", "外婆". */
export function relationName(relation: Relation): string {
  const words: Record<Relation, () => string> = {
    father: m.common_relation_father,
    mother: m.common_relation_mother,
    'paternal-grandfather': m.common_relation_paternal_grandfather,
    'paternal-grandmother': m.common_relation_paternal_grandmother,
    'maternal-grandfather': m.common_relation_maternal_grandfather,
    'maternal-grandmother': m.common_relation_maternal_grandmother,
    other: m.common_relation_other,
  };
  return words[relation]();
}

/** "李雨桐妈妈（刘芳）". */
export function guardianName(child: Pick<ChildName, 'name' | 'tail'>, guardian: Pick<GuardianName, 'name' | 'relation'>): string {
  return m.common_guardian({ child: childName(child), relation: relationName(guardian.relation), name: guardian.name });
}

/** 代办: "张晓梅老师代办，妈妈来电". */
export function enteredWords({ by, note }: Entered): string {
  return note ? m.common_proxy_by_note({ name: by, note }) : m.common_proxy_by({ name: by });
}
