// What is being composed, as data: kept as a draft, previewed, sent.
import { childName } from '$lib/child';
import { placeName } from '$lib/place';
import { m } from '$messages';
import type { Ask, Audience, AudienceName, Changed, NoticePreviewed, NoticeSend, PlaceName, Target, Why } from '$lib/bindings';

/** As the school's limits have them. */
export const TITLE_CHARS = 80;
export const BODY_CHARS = 4000;

export interface Letter {
  audience: AudienceName[];
  title: string;
  body: string;
  ask: Ask;
  /** RFC 9557, empty while unset. */
  due: string;
  was: string;
  now: string;
}

export const blank = (): Letter => ({ audience: [], title: '', body: '', ask: 'acknowledge', due: '', was: '', now: '' });

export const isBlank = (letter: Letter): boolean => !letter.audience.length && !letter.title.trim() && !letter.body.trim() && !letter.due;

/** Reads a kept draft; one that an older window wrote differently counts as none. */
export function readLetter(text: string): Letter | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== 'object' || found === null || !('audience' in found) || !Array.isArray(found.audience)) return undefined;
    return { ...blank(), ...(found as Partial<Letter>) };
  } catch {
    return undefined;
  }
}

export const idOf = (name: AudienceName): string => (name.is === 'place' ? name.place.id : name.child.id);

export const audienceWords = (name: AudienceName): string =>
  name.is === 'place' ? placeName(name.place) : m.notice_to_family({ name: childName(name.child) });

export function whyWords(why: Why): string {
  const words: Record<Why, () => string> = {
    'not-joined': m.notice_why_not_joined,
    'on-paper': m.notice_why_on_paper,
    'cannot-receive': m.notice_why_cannot_receive,
  };
  return words[why]();
}

export function audienceOf(names: readonly AudienceName[]): Audience {
  const target = (name: AudienceName): Target => ({ kind: name.is, id: idOf(name) });
  return { include: names.filter((n) => !n.except).map(target), except: names.filter((n) => n.except).map(target) };
}

export const lengthOf = (text: string): number => [...text.trim()].length;

/** The changed fact, where it can be shown: its new value stands in the title. */
export function changedOf({ was, now, title }: Letter): Changed | null {
  const fact = { was: was.trim(), now: now.trim() };
  return fact.was && fact.now && fact.was !== fact.now && title.includes(fact.now) ? fact : null;
}

/** Times, dates and numbers of a title. */
const facts = (title: string): string[] => title.match(/\d+(?:\s?[:：.\-/月]\s?\d+)*(?:\s?[日号])?/g) ?? [];

/** What probably changed between two titles: the one time, date or number that differs. */
export function guessChanged(before: string, after: string): Changed | null {
  const [old, next] = [facts(before), facts(after)];
  const gone = old.filter((fact) => !next.includes(fact));
  const come = next.filter((fact) => !old.includes(fact));
  return gone.length === 1 && come.length === 1 ? { was: gone[0]!, now: come[0]! } : null;
}

export interface Reason {
  place: PlaceName | null;
  families: number;
}

/** How many families each class brings; the sum is the number on the button. */
export function reasonsOf({ list }: NoticePreviewed): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const { children } of list) {
    const place = children[0]?.class ?? null;
    const reason = reasons.get(place?.id ?? '') ?? { place, families: 0 };
    reason.families += 1;
    reasons.set(place?.id ?? '', reason);
  }
  return [...reasons.values()];
}

/** Families are counted by child where nobody is reached: each such child is one family on the screen. */
export const unreachedChildren = ({ unreached }: NoticePreviewed): number => new Set(unreached.map(({ child }) => child.id)).size;

export function requestOf(letter: Letter, seen: number, supersedes: string | null): NoticeSend {
  return {
    audience: audienceOf(letter.audience),
    families_seen: seen,
    title: letter.title.trim(),
    body: letter.body.trim(),
    ask: letter.ask,
    due: letter.due || null,
    supersedes,
    changed: supersedes ? changedOf(letter) : null,
  };
}
