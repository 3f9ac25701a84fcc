// Why each family gets a notice, and which children were taken out of it: in words, from the list as it stands.
import { me } from '$lib/me.svelte';
import { placeName } from '$lib/place';
import { moment, span } from '$lib/when';
import { m } from '$messages';
import type { AudienceName, Because, ChildName, NoticePreviewed, PlaceName, RecipientView, Why } from '$lib/bindings';
import { audienceWords } from './compose';

export function becauseWords(because: Because): string {
  switch (because.is) {
    case 'place':
      return m.notice_because_place({ place: placeName(because.place) });
    case 'child':
      return m.notice_because_child();
    case 'post':
      return m.notice_because_shift({ title: because.title, when: span(because.shift.starts, because.shift.ends, me.zone) });
    case 'event': {
      const about = { title: because.title, session: because.session.name, when: moment(because.session.starts, me.zone) };
      const words = { comes: m.notice_because_comes, waits: m.notice_because_waits, came: m.notice_because_came };
      return words[because.who](about);
    }
  }
}

export function whyWords(why: Why): string {
  const words: Record<Why, () => string> = {
    'not-joined': m.notice_why_not_joined,
    'on-paper': m.notice_why_on_paper,
    'cannot-receive': m.notice_why_cannot_receive,
  };
  return words[why]();
}

/** Whether a child of a class is told as part of a place. Of a campus and a grade the core says the name, not the way there. */
export function liesIn(at: PlaceName | null, place: PlaceName): boolean {
  if (place.level === 'school') return true;
  if (!at) return false;
  if (place.level === 'class') return at.id === place.id;
  return at.name === place.name && (place.level === 'campus' || at.grade === place.grade);
}

export interface ChildReasons {
  child: ChildName;
  /** In words; empty where the family as a whole is told. */
  why: string[];
}

/** Each child of a family with what brought it in, and what brought in the family and cannot be said of one child. */
export function reasonsIn({ children, because }: RecipientView, chosen: readonly AudienceName[]): { each: ChildReasons[]; all: string[] } {
  const alone = new Set(chosen.flatMap((name) => (name.is === 'child' && !name.except ? [name.child.id] : [])));
  const isOf = (child: ChildName, one: Because): boolean => {
    if (children.length === 1) return true;
    if (one.is === 'place') return liesIn(child.class, one.place);
    return one.is === 'child' && alone.has(child.id);
  };
  const each = children.map((child) => ({ child, why: because.filter((one) => isOf(child, one)).map(becauseWords) }));
  const shared = because.filter((one) => !children.some((child) => isOf(child, one)));
  return { each, all: shared.map(becauseWords) };
}

export interface Reason {
  key: string;
  place: PlaceName | null;
  /** What brings its families in, in words; empty where they are told as families of a class. */
  part: string;
  families: number;
}

/** How many families each class brings, or what they take part in; the sum is the number on the button. */
export function reasonsOf({ list }: Pick<NoticePreviewed, 'list'>): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const { because, children } of list) {
    // A whole place is told class by class: its own name says nothing of where the number comes from.
    const [first] = because;
    const part = first && because.every(({ is }) => is !== 'place') ? becauseWords(first) : '';
    const place = part ? null : (children[0]?.class ?? null);
    const key = part || (place?.id ?? '');
    const reason = reasons.get(key) ?? { key, place, part, families: 0 };
    reason.families += 1;
    reasons.set(key, reason);
  }
  return [...reasons.values()];
}

/** Families are counted by child where nobody is reached: each such child is one family on the screen. */
export const unreachedChildren = ({ unreached }: NoticePreviewed): number => new Set(unreached.map(({ child }) => child.id)).size;

type Listed = Pick<NoticePreviewed, 'list' | 'unreached'>;
const childrenOf = ({ list, unreached }: Listed): ChildName[] => [...list.flatMap(({ children }) => children), ...unreached.map(({ child }) => child)];

export interface TakenOut {
  child: ChildName;
  /** Which of what was left out: "除外：本部三年级2班". */
  why: string;
}

/** Who would be told of it if nobody had been left out, and by what each was. */
export function takenOut(whole: Listed, reach: Listed, chosen: readonly AudienceName[]): TakenOut[] {
  const stays = new Set(childrenOf(reach).map(({ id }) => id));
  const gone = new Map(childrenOf(whole).flatMap((child) => (stays.has(child.id) ? [] : [[child.id, child]])));
  const except = chosen.filter((name) => name.except);
  return [...gone.values()].map((child) => {
    const surely = except.filter((name) => (name.is === 'place' ? liesIn(child.class, name.place) : name.is === 'child' && name.child.id === child.id));
    // Who takes part in what was left out the list does not say: then it is one of these.
    const by = surely.length ? surely : except.filter(({ is }) => is === 'event' || is === 'post');
    const name = by.map(audienceWords).join(m.common_comma());
    return { child, why: surely.length || by.length < 2 ? m.notice_audience_except({ name }) : m.notice_except_one_of({ names: name }) };
  });
}

/** What was left out, as it was chosen; empty where nothing was. */
export const exceptWords = (chosen: readonly AudienceName[]): string =>
  chosen
    .filter(({ except }) => except)
    .map(audienceWords)
    .join(m.common_comma());
