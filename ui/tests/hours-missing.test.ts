// After a restore: entries of one's own that the school has not got any more.
import { expect, it } from 'vitest';
import type { HoursAskAgain, HoursKnowMissing } from '../src/lib/bindings';
import { all, button, clean, click, core, hear, open, sent, words } from './window';

const note = () => document.querySelector('section[aria-labelledby=lost]');
const restored = () => open('parent', 'hours', {}, { restored: true });

it('says which they are and how they stood', async () => {
  await restored();
  for (const said of ['有 4 条您自己的记录，恢复之前在，现在不在了', '整理班级图书角', '1 小时 30 分钟', '原来已认定：何静，账本第 119 条', '原来在待审批', '它更正的那一条又在待审批']) expect(words(note())).toContain(said);
  expect(note()!.querySelectorAll('li button')).toHaveLength(3);
  await clean();
});

it('asks for one again by one press, with what stood', async () => {
  await restored();
  await click(button('重新申请：整理班级图书角'));
  expect(sent<HoursAskAgain>('hours.ask-again')).toEqual({ entry: 'lost-0001', evidence: '学校恢复数据前已有这条记录，当时已认定（何静，账本第 119 条）' });
  expect(all()).toContain('已重新申请“整理班级图书角”');
  await click(button('重新更正：阳光食堂陪餐'));
  expect(sent<HoursAskAgain>('hours.ask-again')!.entry).toBe('lost-0002');
});

it('is told that one knows, and goes by itself', async () => {
  await restored();
  await click(button('知道了', note()!));
  expect(sent<HoursKnowMissing>('hours.know-missing')).toEqual({ entries: ['lost-0000', 'lost-0001', 'lost-0002', 'lost-0003'] });
  core.school = { ...core.school, restored: false };
  await hear('changed', ['hours']);
  expect(note()).toBeNull();
});

it('is silent where nothing was lost', async () => {
  await open('parent', 'hours');
  expect(note()).toBeNull();
});
