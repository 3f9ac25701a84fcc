// What is being composed, as data: kept as a draft, previewed, sent.
import { childName } from '$lib/child';
import { placeName } from '$lib/place';
import { instant } from '$lib/when';
import { m } from '$messages';
import type { AnsweredBy, Ask, Attachment, Audience, AudienceName, Changed, ChildName, GuardianName, NoticePreviewed, NoticeSend, PlaceName, Target, TemplateDraft, Why } from '$lib/bindings';
import type { Weekday } from './series/repeat';
import { freshAsk, isEmptyAsk, readAsk, tidyAsk, type AskKind } from './ask/asking';

/** As the school's limits have them. */
export const TITLE_CHARS = 80;
export const BODY_CHARS = 4000;
export const TARGETS = 200;
export const FILES = 10;
const AHEAD_MS = 366 * 86_400_000;

export interface Letter {
  audience: AudienceName[];
  title: string;
  body: string;
  ask: Ask;
  /** What was asked before another was picked: it comes back with its kind. */
  aside: Ask[];
  answered_by: AnsweredBy;
  /** RFC 9557, empty while unset. */
  due: string;
  /** Before it is due, whoever has not answered is reminded. */
  reminds: boolean;
  /** Not as soon as it can go, but at `send_at`. */
  later: boolean;
  /** RFC 9557, empty while unset. */
  send_at: string;
  /** Again every week. */
  repeats: boolean;
  weekdays: Weekday[];
  /** ISO 8601, the last day it may come. */
  until: string;
  /** What was answered to the notice it replaces stands; sent only where it can. */
  keeps_answers: boolean;
  was: string;
  now: string;
  /** What it carries, as the core made it. */
  files: Attachment[];
  /** Files that are each for one child, by their names. */
  own: Attachment[];
  /** Those of the notice it replaces stand where a child has no new one. */
  own_keeps: boolean;
}

export const blank = (): Letter => ({
  audience: [],
  title: '',
  body: '',
  ask: freshAsk('acknowledge'),
  aside: [],
  answered_by: { is: 'any-guardian' },
  due: '',
  reminds: false,
  later: false,
  send_at: '',
  repeats: false,
  weekdays: [],
  until: '',
  keeps_answers: false,
  was: '',
  now: '',
  files: [],
  own: [],
  own_keeps: false,
});

export const isBlank = ({ audience, title, body, due, send_at, ask, aside, files, own }: Letter): boolean =>
  !audience.length && !files.length && !own.length && !title.trim() && !body.trim() && !due && !send_at && [ask, ...aside].every(isEmptyAsk);

/** Reads a kept draft; one that an older window wrote differently counts as none. */
export function readLetter(text: string): Letter | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== 'object' || found === null || !('audience' in found) || !Array.isArray(found.audience)) return undefined;
    return { ...blank(), ...(found as Partial<Letter>), ask: readAsk('ask' in found ? found.ask : undefined) };
  } catch {
    return undefined;
  }
}

/** Another kind is asked; what was written for the one before waits aside. */
export function withKind(letter: Letter, kind: AskKind): Pick<Letter, 'ask' | 'aside'> {
  const others = [...letter.aside.filter(({ is }) => is !== letter.ask.is), letter.ask].filter((ask) => !isEmptyAsk(ask));
  return { ask: others.find(({ is }) => is === kind) ?? freshAsk(kind), aside: others.filter(({ is }) => is !== kind) };
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

/** Somebody who may decide for every child of an audience of single children. */
export interface Signatory {
  guardian: GuardianName;
  child: ChildName;
}

/** Who could be named to answer. A place has nobody who may decide for all of it. */
export function signatoriesOf(names: readonly AudienceName[], { list }: Pick<NoticePreviewed, 'list'>): Signatory[] {
  const included = names.filter(({ except }) => !except);
  const children = included.flatMap((name) => (name.is === 'child' ? [name.child] : []));
  const [first] = children;
  if (!first || children.length < included.length) return [];
  const deciding = (child: ChildName) => list.filter((family) => family.children.some(({ id }) => id === child.id)).flatMap(({ guardians }) => guardians.filter(({ decides }) => decides));
  const others = children.slice(1).map((child) => new Set(deciding(child).map(({ id }) => id)));
  return deciding(first).filter(({ id }) => others.every((ids) => ids.has(id))).map((guardian) => ({ guardian, child: first }));
}

/** More than a year ahead the school takes no notice. */
export const isTooFar = (at: string, now: Date): boolean => instant(at).getTime() > now.getTime() + AHEAD_MS;

export const isBefore = (one: string, other: string): boolean => instant(one).getTime() <= instant(other).getTime();

export const sendAt = ({ later, send_at }: Pick<Letter, 'later' | 'send_at'>): string | null => (later && send_at) || null;

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

/** `keeps`: what was answered to the notice it replaces can stand, and shall. */
export function requestOf(letter: Letter, seen: number, supersedes: string | null, keeps = false): NoticeSend {
  return {
    audience: audienceOf(letter.audience),
    families_seen: seen,
    title: letter.title.trim(),
    body: letter.body.trim(),
    ask: tidyAsk(letter.ask),
    answered_by: letter.ask.is === 'nothing' ? { is: 'any-guardian' } : letter.answered_by,
    due: letter.due || null,
    send_at: sendAt(letter),
    supersedes,
    keeps_answers: keeps,
    changed: supersedes ? changedOf(letter) : null,
    reminds: letter.reminds && letter.due !== '' && letter.ask.is !== 'nothing',
    alert: null,
    files: letter.files,
  };
}

/** What a template keeps of it: its words, not whom it goes to nor when; and nobody by name. */
export function templateOf({ title, body, ask, answered_by, reminds }: Letter): TemplateDraft {
  return {
    name: '',
    title: title.trim(),
    body: body.trim(),
    ask: tidyAsk(ask),
    answered_by: answered_by.is === 'guardian' ? { is: 'any-guardian' } : answered_by,
    reminds: reminds && ask.is !== 'nothing',
  };
}
