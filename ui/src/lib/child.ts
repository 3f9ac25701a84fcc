// A child in words, always told apart.
import type { ChildName } from './bindings';
import { m, nameShown } from './messages';

const SURNAMES_OF_TWO = new Set(
  '欧阳 司马 上官 诸葛 东方 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 端木 独孤 南宫 长孙 宇文 轩辕 司空 钟离 闾丘 申屠 公冶 太史 澹台 淳于 单于'.split(' '),
);

/** "李雨桐", or "李雨桐（0412）" beside another of that name. */
export function childName(child: Pick<ChildName, 'name' | 'tail'>): string {
  return child.tail ? m.common_child_tail({ name: child.name, tail: child.tail }) : nameShown(child.name);
}

/** "雨桐": what the family says. A name that is not surely surname and given name stays whole. */
export function givenName(name: string): string {
  const letters = [...name];
  if (!letters.every((letter) => /\p{Script=Han}/u.test(letter))) return nameShown(name);
  const two = SURNAMES_OF_TWO.has(letters.slice(0, 2).join(''));
  if (two) return letters.length === 4 ? letters.slice(2).join('') : name;
  return letters.length === 3 ? letters.slice(1).join('') : name;
}

/** "雨桐、雨辰"; the whole names where two would sound alike. */
export function givenNames(children: readonly Pick<ChildName, 'name' | 'tail'>[]): string {
  const short = children.map((child) => givenName(child.name));
  const alike = new Set(short).size < short.length || children.some((child) => child.tail);
  return (alike ? children.map(childName) : short).join(m.common_comma());
}
