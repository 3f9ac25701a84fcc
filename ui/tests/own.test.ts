// A file of its own for each child: whose each is stands on the screen, is looked at, and only then may it go.
import { expect, it } from 'vitest';
import type { NoticeSendFiles } from '../src/lib/bindings';
import { childAt, home, type School } from './look/people';
import { matchOf, ownFile } from './look/own';
import { allSent, clean, click, core, open, sent, settle, words } from './window';

const { blank } = await import('../src/screens/notice/compose');
const { childFilesOf, fileOf, seenOf, strayWords, sumsOf } = await import('../src/screens/notice/own/owning');

const teacher: School = { role: 'teacher', size: 'some' };
const files = [ownFile(0), ownFile(1), ownFile(5, '20230201-王梓涵.pdf'), ownFile(7, '班级合影.pdf')];
const work = () => document.querySelector('main')!;
const text = () => words(work());
const primary = () => work().querySelector<HTMLButtonElement>('.dock button.primary')!;
const tick = () => click(work().querySelector<HTMLInputElement>('.own .tick input'));
const childFiles = () => sent<NoticeSendFiles>('notice.send-files')?.child_files;
function compose(draft: object) {
  core.drafts.set('notice.compose', JSON.stringify({ ...blank(), audience: [{ is: 'place', place: home, except: false }], title: '成绩单', ...draft }));
  return open('teacher', 'compose');
}

it('what is sent is only what is somebody\'s, and another match has to be looked at again', () => {
  const asked = { audience: { include: [], except: [] }, names: files.map(({ name }) => name), keeps: null };
  const matched = matchOf(teacher, asked);
  expect(sumsOf(matched)).toEqual({ given: 2, kept: 0, without: 10, strays: 2 });
  expect(childFilesOf(matched, files, false)).toEqual({ keeps: false, files: [{ child: childAt(0).id, file: files[0] }, { child: childAt(1).id, file: files[1] }] });
  expect(fileOf(matched.children[0]!, files)).toBe(files[0]!.name);
  expect(fileOf(matched.children[2]!, files)).toBe('');
  const seen = (of: typeof files, keeps = false) => seenOf(asked.audience, of, keeps, matchOf(teacher, { ...asked, names: of.map(({ name }) => name), keeps: keeps ? 'old' : null }));
  expect(seen(files)).toBe(seen([...files]));
  expect(seen(files)).not.toBe(seen(files.slice(1)));
  expect(seen(files)).not.toBe(seen(files, true));
});

it('each reason names who is meant and what to do', () => {
  const [child, other] = [childAt(0), childAt(1)];
  const words = [{ is: 'unknown' } as const, { is: 'not-addressed', child } as const, { is: 'several', child, other } as const, { is: 'second', child } as const, { is: 'names-another', child, other } as const].map(strayWords);
  expect(new Set(words).size).toBe(5);
  expect(words.slice(1).every((one) => one.includes(child.name))).toBe(true);
});

it('it goes only after the table was looked at, with the files of its children', async () => {
  await compose({ own: files });
  expect(text()).toContain('有文件的学生 2 名，没有的 10 名；不会发出的文件 2 个');
  expect(text()).toContain('班级合影.pdf');
  expect(text()).toContain('请核对每份文件对应的学生');
  expect(primary().disabled).toBe(true);
  await tick();
  expect(primary().disabled).toBe(false);
  // Another file is gone: it has to be looked at again.
  await click('去掉“班级合影.pdf”');
  await settle(200);
  expect(primary().disabled).toBe(true);
  await tick();
  await click(primary());
  await settle(200);
  expect(childFiles()?.files.map(({ child }) => child)).toEqual([childAt(0).id, childAt(1).id]);
  expect(childFiles()?.keeps).toBe(false);
  expect(allSent('notice.send')).toEqual([]);
});

it('the table can be used by everybody', async () => {
  await compose({ own: files });
  await clean();
});

it('what is signed cannot carry them, and says so', async () => {
  await compose({ own: files, ask: { is: 'sign' }, body: '请签字' });
  expect(text()).toContain('请改为“知道了”');
  expect(primary().disabled).toBe(true);
});

it('a new version keeps the files of the old one until they are removed', async () => {
  await open('teacher', 'compose', { supersedes: 'own-files' });
  expect(text()).toContain('沿用原来的');
  await tick();
  await click(primary());
  await settle(200);
  expect(childFiles()).toEqual({ files: [], keeps: true });
});

it('a family reads the file of its own child', async () => {
  await open('parent', 'notice', { id: 'own-files' });
  expect(text()).toContain('您孩子的文件');
  await click(work().querySelector<HTMLButtonElement>('button[aria-label^=打开]'));
  expect(sent('file.open')).toMatchObject({ of: 'child-file-0' });
});
