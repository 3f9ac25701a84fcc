// What is being composed, as data: kept as a draft, previewed, sent.
import { childName } from '$lib/child';
import { me } from '$lib/me.svelte';
import { placeName } from '$lib/place';
import { instant, moment, span } from '$lib/when';
import { m } from '$messages';
import type { AnsweredBy, Ask, AskAgain, Attachment, Audience, AudienceName, Changed, ChildName, EventPart, GuardianName, NoticePreviewed, NoticeSend, PlaceName, Target, TemplateDraft } from '$lib/bindings';
import { freshRepeat, type Repeat } from './series/repeat';
import { freshAsk, isEmptyAsk, readAsk, tidyAsk, type AskKind } from './ask/asking';

/** As the school's limits have them. */
export const TITLE_CHARS = 80;
export const BODY_CHARS = 4000;
export const TARGETS = 200;
export const FILES = 10;
const AHEAD_MS = 366 * 86_400_000;

export interface Letter extends Repeat {
  audience: AudienceName[];
  title: string;
  body: string;
  ask: Ask;
  /** What was asked before another was picked: it comes back with its kind. */
  aside: Ask[];
  answered_by: AnsweredBy;
  /** RFC 9557, empty while unset. */
  due: string;
  /** Class teachers read what their class answers. */
  class_reads: boolean;
  /** Before it is due, whoever has not answered is reminded. */
  reminds: boolean;
  /** Not as soon as it can go, but at `send_at`. */
  later: boolean;
  /** RFC 9557, empty while unset. */
  send_at: string;
  /** Again and again, as the rest of it says. */
  repeats: boolean;
  /** What was answered to the notice it replaces stands; sent only where it can. */
  keeps_answers: boolean;
  /** But not of these: classes by id, choices by their place. */
  again: AskAgain;
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
  class_reads: true,
  reminds: false,
  later: false,
  send_at: '',
  repeats: false,
  ...freshRepeat(),
  keeps_answers: false,
  again: { places: [], choices: [] },
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
    return { ...blank(), ...(found as Partial<Letter>), audience: found.audience.map(readName), ask: readAsk('ask' in found ? found.ask : undefined) };
  } catch {
    return undefined;
  }
}

/** Older windows kept whether an event's families wait where there is a word now. */
function readName(kept: AudienceName & { waiting?: boolean }): AudienceName {
  return kept.is === 'event' && !kept.who ? { ...kept, who: kept.waiting ? 'waits' : 'comes' } : kept;
}

/** Another kind is asked; what was written for the one before waits aside. */
export function withKind(letter: Letter, kind: AskKind): Pick<Letter, 'ask' | 'aside'> {
  const others = [...letter.aside.filter(({ is }) => is !== letter.ask.is), letter.ask].filter((ask) => !isEmptyAsk(ask));
  return { ask: others.find(({ is }) => is === kind) ?? freshAsk(kind), aside: others.filter(({ is }) => is !== kind) };
}

const partKinds = { comes: 'event', waits: 'waiting', came: 'came' } as const satisfies Record<EventPart, Target['kind']>;
const partWords: Record<EventPart, (about: { title: string }) => string> = { comes: m.notice_to_event, waits: m.notice_to_waiting, came: m.notice_to_came };

export function targetOf(name: AudienceName): Target {
  switch (name.is) {
    case 'place':
      return { kind: 'place', id: name.place.id };
    case 'child':
      return { kind: 'child', id: name.child.id };
    case 'event':
      if (name.session) return { kind: 'session', id: name.session.id };
      return { kind: partKinds[name.who], id: name.event };
    case 'post':
      return name.shift ? { kind: 'shift', id: name.shift.id } : { kind: 'post', id: name.post };
  }
}

export function idOf(name: AudienceName): string {
  const { kind, id } = targetOf(name);
  // Who comes to an event, who waits for it and who came are parts of one event.
  return kind === 'waiting' || kind === 'came' ? `${kind}/${id}` : id;
}

export function audienceWords(name: AudienceName): string {
  switch (name.is) {
    case 'place':
      return placeName(name.place);
    case 'child':
      return m.notice_to_family({ name: childName(name.child) });
    case 'event':
      if (name.session) return m.notice_to_session({ title: name.title, session: name.session.name, when: moment(name.session.starts, me.zone) });
      return partWords[name.who]({ title: name.title });
    case 'post':
      return name.shift ? m.notice_to_shift({ title: name.title, when: span(name.shift.starts, name.shift.ends, me.zone) }) : m.notice_to_post({ title: name.title });
  }
}

export function audienceOf(names: readonly AudienceName[]): Audience {
  return { include: names.filter((n) => !n.except).map(targetOf), except: names.filter((n) => n.except).map(targetOf) };
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

/** Whole places are asked, and nobody because of what they take part in: only then is there something for a class to read. */
export const asksClasses = ({ ask, audience }: Pick<Letter, 'ask' | 'audience'>): boolean =>
  ask.is !== 'nothing' && audience.some((name) => name.is === 'place' && !name.except) && !audience.some((name) => name.is === 'event' || name.is === 'post');

/** The classes of those who receive it, in the order of the list. */
export function classesOf({ list }: Pick<NoticePreviewed, 'list'>): PlaceName[] {
  const classes = list.flatMap(({ children }) => children.flatMap((child) => child.class ?? []));
  return [...new Map(classes.map((one) => [one.id, one])).values()];
}

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
    asks_again: keeps ? letter.again : { places: [], choices: [] },
    changed: supersedes ? changedOf(letter) : null,
    class_reads: letter.class_reads && asksClasses(letter),
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
