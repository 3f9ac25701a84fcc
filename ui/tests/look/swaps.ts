// Swaps: offers of others, one's own, and what a desk confirms.
import type { SwapList, SwapPartner, SwapPartners, SwapShift } from '../../src/lib/bindings';
import { ago, at, id, type School } from './people';

const title = '护学岗“我是小交警”，东门';
const shift = (n: number): SwapShift => ({ shift: id('shift', n), starts: at(n, '07:40'), ends: at(n, '08:20') });

export function swapsOf({ role, size }: School): SwapList {
  if (size === 0) return { offers: [], mine: [], may_offer: [], desk: [] };
  const parent = role === 'parent';
  return {
    offers: parent ? [{ swap: id('swap', 1), title, give: shift(3), yours: [shift(1)], clash: '家长会', clash_far: false, confirmed: false }] : [],
    mine: parent ? [{ swap: id('swap', 2), title: '阳光食堂陪餐', gives: shift(2), gets: null, want: [shift(4), shift(5)], began: true, state: 'open', confirmed: false, reason: '', at: ago(60), pending: null }] : [],
    may_offer: parent ? [{ title, give: shift(1), others: [shift(3), shift(4), shift(5)], confirmed: true }] : [],
    desk:
      role === 'coordinator'
        ? [
            { swap: id('swap', 1), post: id('post', 0), title, one: { person: id('person', 1), name: '刘芳', gives: shift(2) }, other: { person: id('person', 2), name: '王强', gives: shift(4) }, seen: at(-1, '20:10'), want: [], words: '那天要出差', waits: true, pending: null },
            { swap: id('swap', 3), post: id('post', 1), title: '阳光食堂陪餐', one: { person: id('person', 3), name: '陈静', gives: shift(5) }, other: null, seen: null, want: [], words: '', waits: false, pending: null },
          ]
        : [],
  };
}

/** With whom somebody who telephoned could swap: one fits, one is elsewhere at that time, of one this computer knows too little. */
export function swapPartnersOf({ size }: School): SwapPartners {
  const fits = { known: true, why_not: null };
  const partner = (n: number, name: string, more: Partial<SwapPartner> = {}): SwapPartner => ({ person: id('person', n), name, of: [], gives: shift(n + 2), one: fits, other: fits, ...more });
  if (size === 0) return { partners: [] };
  return {
    partners: [
      partner(1, '王强', { of: ['王一诺'] }),
      partner(2, '陈静', { one: { known: true, why_not: { code: 'short-rest', with: id('shift', 9), minutes: 480 } }, other: { known: true, why_not: { code: 'shift-clash', with: id('shift', 8) } } }),
      partner(3, '赵丽', { other: { known: false, why_not: null } }),
    ],
  };
}
