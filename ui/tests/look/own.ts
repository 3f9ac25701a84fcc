// Files that are each for one child, as they are matched before a notice is sent.
import type { Attachment, ChildFileView, MatchedChild, NoticeMatchFiles, NoticeMatched } from '$lib/bindings';
import { plan, view } from './files';
import { childAt, count, own, times, type School } from './people';

const digit = (n: number): string => (n % 10).toString();
const numberAt = (n: number): string => `202302${String(n + 1).padStart(2, '0')}`;
export const ownFile = (n: number, name = `${numberAt(n)}-${childAt(n).name}.pdf`): Attachment => ({ ...plan, sha256: digit(n + 1).repeat(64), name });

/** As the core would: by number, then what belongs to nobody. */
export function matchOf({ size }: School, { names, keeps }: NoticeMatchFiles): NoticeMatched {
  const children = times(count(size, 12, 2_000), (n): MatchedChild => {
    const at = names.findIndex((name) => name.startsWith(numberAt(n)) && name.includes(childAt(n).name));
    return { child: childAt(n), number: numberAt(n), file: at >= 0 ? { is: 'given', at } : keeps ? { is: 'kept', name: ownFile(n).name } : { is: 'none' } };
  });
  const taken = children.flatMap(({ file }) => (file.is === 'given' ? [file.at] : []));
  const strays = names.flatMap((name, at) => {
    if (taken.includes(at)) return [];
    return [{ at, why: name.startsWith('2023') ? { is: 'names-another' as const, child: childAt(0), other: childAt(1) } : { is: 'unknown' as const } }];
  });
  return { children, strays };
}

/** What comes with a notice: a family sees its own child's alone. */
export const ownOf = ({ role, size }: School): ChildFileView[] => {
  const children = role === 'parent' ? own.slice(0, count(size, 1, 2)) : times(count(size, 9, 60), (n) => childAt(n));
  return children.map((child, n) => ({ id: `child-file-${n}`, child, number: numberAt(n), file: view(ownFile(n, `${numberAt(n)}-${child.name}.pdf`)) }));
};
