// Courses in words.
import type { CourseFigures, CourseKind, Giving, MarkedBy, OwnIs } from '$lib/bindings';
import type { Tone } from '$lib/states';
import { m } from '$messages';

const kinds: Record<CourseKind, () => string> = { parents: m.course_kind_parents, everybody: m.course_kind_everybody };
export const kindWords = (kind: CourseKind): string => kinds[kind]();

const givings: Record<Giving, () => string> = { now: m.course_giving_now, afterwards: m.course_giving_afterwards, 'took-part': m.course_giving_took_part };
export const givingWords = (giving: Giving): string => givings[giving]();

/** How a material may be given: only a course for parents knows who took part. */
export const givingsOf = (kind: CourseKind): { value: Giving; label: string }[] =>
  (['now', 'afterwards', 'took-part'] as const).filter((giving) => giving !== 'took-part' || kind === 'parents').map((value) => ({ value, label: givingWords(value) }));

const own: Record<OwnIs, { words: () => string; tone: Tone }> = {
  'took-part': { words: m.course_own_took_part, tone: 'green' },
  missed: { words: m.course_own_missed, tone: 'plain' },
  unknown: { words: m.course_own_unknown, tone: 'plain' },
};
export const ownWords = (is: OwnIs): { words: string; tone: Tone } => ({ words: own[is].words(), tone: own[is].tone });

/** "林老师记到了、王老师记没到": the last of it last. */
export const marksWords = (marks: readonly MarkedBy[]): string =>
  marks.map(({ by_name, came }) => (came ? m.course_attend_mark_came({ by: by_name }) : m.course_attend_mark_missed({ by: by_name }))).join(m.common_comma());

/** "62.5%"; nothing where there are no children. */
export function shareWords({ reached, children }: Pick<CourseFigures, 'reached' | 'children'>): string {
  return children ? `${(Math.round((reached * 1000) / children) / 10).toString()}%` : '';
}
