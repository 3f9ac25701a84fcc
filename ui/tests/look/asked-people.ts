// People who are asked to come, and whom a desk could ask.
import type { GuestView, ProposalReason, RosterShift, Volunteer, VolunteerFit } from '../../src/lib/bindings';
import { adults, ago, at, children, count, id, pick, times, type School } from './people';

const offer = (n: number) => ({ source: { from: 'desk' } as const, by: '周敏', words: '', at: ago(60 * n), until: at(1, '18:00') });
const asked = (n: number, more: Partial<Volunteer> = {}): Volunteer => ({ person: id('asked', n), name: pick(adults, n + 2), of: [`${pick(children, n)}妈妈`], guest: null, entered: null, lacks: [], pending: null, offer: offer(n), reason: '', trouble: null, still_comes: null, ...more });

export function askedAt(n: number): Pick<RosterShift, 'offered' | 'said_no' | 'invites'> {
  return { invites: n % 2 === 0, offered: n % 5 === 1 ? [asked(n), asked(n + 1, { pending: { is: 'saved' } })] : [], said_no: n % 5 === 1 ? [asked(n + 2, { reason: '这周出差' })] : [] };
}

const reasons: ProposalReason[][] = [
  [{ is: 'qualified' }, { is: 'this-term', shifts: 1 }, { is: 'usual-time', shifts: 1 }, { is: 'same-campus' }],
  [{ is: 'wished' }, { is: 'this-term', shifts: 0 }, { is: 'same-campus' }],
  [{ is: 'busy' }, { is: 'this-term', shifts: 4 }, { is: 'knows-post', shifts: 3 }, { is: 'other-campus' }, { is: 'asked-lately', times: 2 }],
];
const person = (n: number) => ({ person: id('helper', n), name: pick(adults, n), of: n % 3 === 2 ? [] : [`${pick(children, n)}${n % 2 ? '爸爸' : '妈妈'}`] });

/** A guest at the first shift of the roster. */
const guestView = (): GuestView => ({
  guest: id('guest', 0), person: id('guest-person', 0), name: '何静宜', organisation: '青禾社区图书馆', phone: '000-5550-0101', agreed: '本人在电话里同意登记',
  sponsor: { person: id('staff', 0), name: '张晓梅' }, received: true, mine: false, may_change: true, day: at(0, '07:30').slice(0, 10), came: null, title: '护学岗，东门', meeting_point: '东门保安亭',
  shifts: times(5, (n) => ({ shift: id('shift', n), starts: at(0, '07:30'), ends: at(0, '08:10'), off: false, said: null })), by: '周敏', at: ago(60), pending: null,
});

export function boardPeople({ size }: School) {
  const fit = (shift: string, n: number): VolunteerFit => ({
    shift,
    part: n % 7 === 1 ? 'offered' : n % 7 === 3 ? 'taken' : null,
    why_not: n % 7 === 2 ? { code: 'missing-qualification', qualification: 'health', name: '健康证', until: null } : n % 7 === 5 ? { code: 'shift-clash', with: 'other' } : null,
    reasons: pick(reasons, n),
  });
  return {
    'volunteer.guests': () => ({ guests: [guestView()], staff: [{ person: id('staff', 0), name: '张晓梅' }, { person: id('staff', 1), name: '周雅琴' }], waiting: [] }),
    'volunteer.add-guest': () => ({ mutation: id('mutation', 900) }),
    'volunteer.guest-pass': () => ({ school: '新美小学', name: '何静宜', organisation: '青禾社区图书馆', sponsor: '张晓梅', day: at(1, '16:20').slice(0, 10), title: '“绿书签”志愿者实践活动', meeting_point: '东校区图书角', codes: [{ starts: at(1, '16:20'), ends: at(1, '17:10'), code: 'XV0', qr: times(21, (y) => times(21, (x) => (x * y + x) % 3 === 0)) }] }),
    'volunteer.people': ({ called }: { called: string }) => ({ people: times(count(size, 8, 2_000), person).filter((one) => !called || one.name.includes(called)) }),
    'volunteer.fits': ({ shifts }: { shifts: string[] }) => ({ fits: shifts.map(fit) }),
    'volunteer.propose': ({ shifts }: { shifts: string[] }) => ({
      shifts: shifts.slice(0, 4).map((shift, n) => ({ shift, title: pick(['“我是小交警”护学岗 东门', '食堂陪餐'], n), starts: at(n, '07:30'), ends: at(n, '08:10'), missing: n === 2 ? 1 : 2, people: n === 2 ? [] : times(2, (k) => ({ ...person(n * 2 + k), reasons: pick(reasons, n + k) })) })),
    }),
  };
}
