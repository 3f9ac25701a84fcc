// Turns of classes: what a family, its contact, a teacher and a desk read of them.
import type { ClassInTurn, ClassesInTurn, FamilyName, TurnDay, TurnPartView, TurnsPreviewed } from '../../src/lib/bindings';
import { adults, at, children, classAt, count, id, pick, times, type School } from './people';
import { shiftAt } from './things';

const family = (n: number): FamilyName => ({ child: pick(children, n), relation: n % 3 ? 'mother' : 'father' });
const part = (n: number, state: TurnPartView['state'], more: Partial<TurnPartView> = {}): TurnPartView => ({ person: id('family', n), family: family(n), state, entered: false, may_take_back: false, pending: null, ...more });

function dayAt(n: number, fills: boolean): TurnDay {
  const left = n % 3;
  const turn = { class: classAt(1), places: 2, left, until: at(n, '12:00'), kept: n > 0, mine: true };
  const parts = [part(n, 'taken', { entered: n === 1 }), part(n + 1, 'offered', { may_take_back: true }), part(n + 2, n % 2 ? 'said-no' : null, n % 2 ? {} : { pending: { is: 'saved' } })];
  const starts = at(n + 1, '07:40');
  return {
    line: { ...shiftAt(0), id: id('shift', 40 + n), title: '护学岗，西门', starts, ends: at(n + 1, '08:10'), needed: 3, taken: 3 - left, terms: { ...shiftAt(0).terms, handbook: n === 0 ? '一、提前五分钟到西门保安亭，领反光背心。\n二、两人一组，站在斑马线两端。' : '' }, own: n === 3 ? 'taken' : null, mine: n === 3, called_off: null, why_not: null, pending: null, turns: [turn], opens: null },
    turn,
    parts: fills ? parts.slice(0, 1 + (n % 3)) : [],
  };
}

export function turnsOf({ role, size }: School): ClassesInTurn {
  const minds = role === 'teacher' || role === 'coordinator';
  const contact = role === 'parent' && size !== 1;
  const one: ClassInTurn = {
    class: classAt(1),
    contacts: size === 0 ? [] : [{ person: id('person', 1), name: contact ? pick(adults, 0) : pick(adults, 3), family: family(0), until: '2027-08-31', me: contact, pending: null }],
    contact: contact && size !== 0,
    minds,
    ready: role === 'parent' ? size !== 1 : null,
    ready_pending: null,
    ready_entered: false,
    families: minds || contact ? times(count(size, 4, 40), (n) => ({ person: id('family', n + 5), family: family(n + 5), entered: n === 1 })) : [],
    parents: minds ? times(count(size, 8, 90), (n) => ({ person: id('family', n), name: pick(adults, n), family: family(n) })) : [],
    days: times(count(size, 5, 60), (n) => dayAt(n, minds || contact)),
  };
  return { classes: size === 0 && role !== 'parent' ? [] : [one] };
}

export function turnPreviewOf(size: School['size'], classes: readonly string[] | undefined): TurnsPreviewed {
  const days = classes ? count(size, 6, 60) : 0;
  const whose = (n: number) => classAt(classes?.length ? Math.floor(n / 3) % classes.length : 0);
  return {
    classes: times(6, (n) => ({ class: classAt(n), before: { shifts: n % 3, places: (n % 3) * 2 }, after: { shifts: (n % 3) + (classes?.includes(classAt(n).id) ? 3 : 0), places: 6 } })),
    shifts: times(days, (n) => ({ shift: id('shift', n), starts: at(n + 1, '07:40'), ends: at(n + 1, '08:10'), needed: 3, taken: n % 3, class: n === 0 ? null : whose(n), places: n === 0 ? 0 : 2, until: n === 0 ? null : at(n - 1, '07:40'), was: n === 2 ? [classAt(4)] : [] })),
    turns: times(days, (n) => ({ shift: id('shift', n), turns: [{ class: whose(n).id, places: 2, until: at(n, '07:40') }] })),
  };
}
