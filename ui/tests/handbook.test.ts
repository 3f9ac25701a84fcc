// The handbook of a post, wherever somebody needs it on the day.
import { describe, expect, it } from 'vitest';
import { keptOf } from './look/keeping';
import { at } from './look/people';
import { shiftAt } from './look/things';
import { turnsOf } from './look/turns';
import { clean, core, open as openAs, words } from './window';

const HANDBOOK = '一、领反光背心。\n二、两人一组。';
const line = (n: number) => ({ ...shiftAt(n), starts: at(1, '07:40'), ends: at(1, '08:20'), terms: { ...shiftAt(n).terms, handbook: HANDBOOK } });
const within = (what: string) => [...document.querySelectorAll(`${what} details`)].map((one) => words(one));

const kept = keptOf({ role: 'parent', size: 'some' });

describe('the handbook of a post', () => {
  it('is in the list of shifts, and not where a post has none', async () => {
    const bare = shiftAt(3);
    core.answers['shift.list'] = { shifts: [{ ...line(2), mine: false, own: null }, { ...bare, terms: { ...bare.terms, handbook: '' } }], may_plan: false, places: [] };
    core.answers['volunteer.keeping'] = { ...kept, mine: [] };
    core.answers['hours.own-duty'] = { duties: [], turns: null };
    await openAs('parent', 'shifts', {});
    expect(within('main')).toEqual(['岗位手册 一、领反光背心。 二、两人一组。']);
  });
  it('is where one is asked whether one still comes', async () => {
    core.answers['shift.list'] = { shifts: [{ ...line(1), mine: true, own: 'taken' }], may_plan: false, places: [] };
    core.answers['volunteer.keeping'] = { ...kept, mine: kept.mine.map((one) => ({ ...one, handbook: HANDBOOK })) };
    await openAs('parent', 'shifts', {});
    expect(within('section[aria-labelledby=still]')).toEqual(['岗位手册 一、领反光背心。 二、两人一组。']);
    await clean();
  });
  it('is at the turn of one’s class', async () => {
    const { classes } = turnsOf({ role: 'parent', size: 'some' });
    const [one] = classes;
    const days = one!.days.map((entry, n) => ({ ...entry, line: { ...entry.line, terms: { ...entry.line.terms, handbook: n ? '' : HANDBOOK } } }));
    core.answers['turns.classes'] = { classes: [{ ...one!, days }] };
    await openAs('parent', 'turns', {});
    expect(within('.turn')).toEqual(['岗位手册 一、领反光背心。 二、两人一组。']);
    await clean();
  });
});
