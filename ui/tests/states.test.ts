import { mount, flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { tones, wordOf, type Fact } from '../src/lib/states';
import StatePill from '../src/parts/StatePill.svelte';

const facts: [Fact, string, string][] = [
  [{ state: 'saved' }, '已保存在本机，联网后自动提交', 'honey'],
  [{ state: 'sent' }, '已提交，等学校确认', 'honey'],
  [{ state: 'confirmed' }, '报名成功', 'green'],
  [{ state: 'waitlisted', place: 2 }, '候补第 2 位', 'honey'],
  [{ state: 'offered', until: '今晚 20:00' }, '有名额了，请在今晚 20:00 前确认', 'red'],
  [{ state: 'refused', reason: '已报满' }, '未报上：已报满', 'red'],
  [{ state: 'changed' }, '已更新', 'blue'],
];

it.each(facts)('%o has one word and one colour', (fact, word, tone) => {
  expect(wordOf(fact)).toBe(word);
  expect(tones[fact.state]).toBe(tone);
});

it('shows a shape beside the word', () => {
  for (const [fact, word, tone] of facts) {
    document.body.replaceChildren();
    mount(StatePill, { target: document.body, props: { fact } });
    flushSync();
    const pill = document.querySelector('.pill');
    expect(pill?.textContent?.trim()).toBe(word);
    expect(pill?.classList.contains(tone)).toBe(true);
    expect(pill?.querySelector('svg')).not.toBeNull();
  }
});
