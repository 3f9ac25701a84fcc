// Programme tags as they are typed: the core keeps them in the same form.
import type { EventLine } from '$lib/bindings';
import { m } from '$messages';

/** As the school's limits have them. */
export const TAGS = 8;
export const TAG_CHARS = 30;

const tidy = (tag: string): string => tag.trim().normalize('NFC');

/** With one more; one that is there already is not there twice. */
export function withTag(tags: readonly string[], typed: string): string[] {
  const tag = tidy(typed);
  return tag && !tags.includes(tag) ? [...tags, tag] : [...tags];
}

/** Why what is typed cannot be added, in words. */
export function tagError(typed: string, tags: readonly string[]): string | undefined {
  const tag = tidy(typed);
  if (!tag) return undefined;
  if ([...tag].length > TAG_CHARS) return m.theme_tag_long({ limit: TAG_CHARS });
  return tags.length >= TAGS && !tags.includes(tag) ? m.theme_tags_many({ limit: TAGS }) : undefined;
}

/** Tags used before in the school, those used most first. */
export function knownTags(events: readonly Pick<EventLine, 'tags'>[]): string[] {
  const used = new Map<string, number>();
  for (const { tags } of events) for (const tag of tags) used.set(tag, (used.get(tag) ?? 0) + 1);
  return [...used].sort(([a, n], [b, k]) => k - n || a.localeCompare(b, 'zh-CN')).map(([tag]) => tag);
}
