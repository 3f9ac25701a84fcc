// A file of its own for each child: whose each is comes from the core; here it becomes words and what is sent.
import { childName } from '$lib/child';
import { m } from '$messages';
import type { Attachment, Audience, ChildFiles, MatchedChild, NoticeMatched, StrayWhy } from '$lib/bindings';

/** As the school's limits have it: the children of a large school. */
export const CHILD_FILES = 3000;

/** Why a file goes to nobody. */
export function strayWords(why: StrayWhy): string {
  switch (why.is) {
    case 'unknown':
      return m.own_stray_unknown();
    case 'not-addressed':
      return m.own_stray_not_addressed({ child: childName(why.child) });
    case 'several':
      return m.own_stray_several({ child: childName(why.child), other: childName(why.other) });
    case 'second':
      return m.own_stray_second({ child: childName(why.child) });
    case 'names-another':
      return m.own_stray_names_another({ child: childName(why.child), other: childName(why.other) });
  }
}

/** What the file of a child is called; empty where there is none. */
export function fileOf({ file }: MatchedChild, files: readonly Attachment[]): string {
  if (file.is === 'given') return files[file.at]?.name ?? '';
  return file.is === 'kept' ? file.name : '';
}

export interface Sums {
  given: number;
  kept: number;
  without: number;
  strays: number;
}

export function sumsOf({ children, strays }: NoticeMatched): Sums {
  const count = (is: MatchedChild['file']['is']) => children.filter(({ file }) => file.is === is).length;
  return { given: count('given'), kept: count('kept'), without: count('none'), strays: strays.length };
}

/** What was looked at: another audience, another file or another match has to be looked at again. */
export const seenOf = (audience: Audience, files: readonly Attachment[], keeps: boolean, matched: NoticeMatched): string =>
  JSON.stringify([audience, files.map(({ sha256, name }) => [sha256, name]), keeps, matched.children.map(({ child, file }) => [child.id, file]), matched.strays.map(({ at, why }) => [at, why.is])]);

/** What is sent: only what is somebody's. */
export function childFilesOf({ children }: NoticeMatched, files: readonly Attachment[], keeps: boolean): ChildFiles {
  const found = children.flatMap(({ child, file }) => {
    const given = file.is === 'given' ? files[file.at] : undefined;
    return given ? [{ child: child.id, file: given }] : [];
  });
  return { files: found, keeps };
}
