// 代办 in the office: what is asked of a family, and the way to enter what it says; nothing of what anybody answered.
import { describe, expect, it, vi, beforeEach, afterEach } from 'vitest';
import { all, button, clean, click, core, open, sent, words } from './window';
import { NOW } from './look/people';
import { openNotice } from './look/notices';

beforeEach(() => void vi.useFakeTimers({ now: new Date(NOW) }));
afterEach(() => void vi.useRealTimers());

/** A notice as the office opens it for one child. */
function calledAbout(notice: string) {
  const opened = openNotice({ role: 'teacher', size: 'some' }, notice);
  const cell = opened.sheet.find((one) => !one.done)!;
  core.answers['notice.open'] = { ...opened, on_behalf: true, families: 0, sheet: [{ ...cell, answers: [], done: false, may_enter: true }], line: { ...opened.line, mine: false, of: 0, answered: 0 } };
  return cell;
}

describe('the office takes a call', () => {
  it('finds what is asked of a child from the class list', async () => {
    await open('administrator', 'class', { id: 'class-0011' });
    const [first] = [...document.querySelectorAll('button')].filter((one) => words(one) === '替家长回应');
    await click(first);
    expect(core.asked.some(({ ask }) => ask === 'notice.asked')).toBe(true);
    expect(all()).toContain('这里看不到谁已经回应');
    expect(document.querySelector('.progress')).toBeNull();
    await clean();
  });

  it('says so where nothing was asked', async () => {
    await open('administrator', 'asked', { child: 'child-0001' }, { size: 0 });
    expect(all()).toContain('近 30 天没有请这一家回应的通知');
  });

  it('opens a notice for that child, without a count or a sheet, and enters what the family says', async () => {
    const cell = calledAbout('choose-open');
    await open('administrator', 'notice', { id: 'choose-open', child: cell.child.id });
    expect(sent('notice.open')).toEqual({ notice: 'choose-open', child: cell.child.id });
    expect(all()).toContain('这里看不到这一家是否回应过');
    for (const wrong of ['未回应', '存成 Excel', '看送达情况', '这里是本班的回应']) expect(all()).not.toContain(wrong);
    await click('录入家长说的');
    expect(all()).not.toContain('等回应');
    expect(core.asked.some(({ ask }) => ask === 'notice.delivery')).toBe(false);
    expect(button('代办：记下回应')).toBeTruthy();
    await clean();
  });
});
