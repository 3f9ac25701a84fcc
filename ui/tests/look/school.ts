// A school that answers from memory, for pictures and for axe. Its people are invented; its size is chosen.
import { photo, small } from './files';
import { matchOf } from './own';
import type { Calls, ProfileStanding } from '../../src/lib/bindings';
import { waits } from '../../src/lib/items';
import { afterAnswers } from './afterwards';
import { alarmsOf, alerts, declined, proposed, rollOf } from './alerts';
import { gateAnswers } from './at-gate';
import { todayOf } from './day';
import { boardAnswers } from './gates';
import { NOW, ago, at, campuses, childAt, classAt, count, gradeAt, guardianAt, home, id, meOf, pick, school, times, type School } from './people';
import { conferenceDesk, conferenceFor, conferenceOf, conferencesOf, mineOf, planned, previewOf as slotPreview } from './conferences';
import { contestOf, contestsOf } from './contests';
import { noticeAt, openNotice } from './notices';
import { boardPeople } from './asked-people';
import { dutyCodeOf, dutyRollOf, dutyShiftsOf, hoursDeskOf, hoursReportOf, missingOf, myHoursOf, ownDutiesOf, proofOf, scannedOf, starsOf } from './hours';
import { attendanceOf, countOf, courseOf, coursesOf, recordOf } from './courses';
import { plannedOn, themeDraft, themesOf } from './themes';
import { exceedingOf, fittingOf, venuesOf } from './venues';
import { deliveryOf, fillOf, seriesOf, templatesOf, timesOf } from './authoring';
import { CHANGED, changedDesk, losersOf } from './desks';
import { drawDeskOf, drawOf, recomputed } from './draws';
import { rehearsed } from './rehearsals';
import { dayListOf, requestsOf } from './requests';
import { poisoned } from './hostile';
import { historyOf } from './history';
import { daysOf, schoolDaysOf, soonOf, yearsOf } from './holidays';
import { signUpOf } from './signups';
import { hatsToHand, inboxOf, reportedThread, reportsOf } from './reports';
import { inboxesOf } from './inboxes';
import { museumTrip, tripAnswers } from './trips';
import { partnersOf, talksOf, threadOf } from './talks';
import { activities, classChild, deskBooking, eventAt, failedOf, importOf, lineAt, openedOf, outboxOf, postsOf, previewOf, previewOfPart, previewWithout, shiftAt, stripAt } from './things';

import { turnPreviewOf, turnsOf } from './turns';
import { catalogueOf } from './volunteering';
import { keptOf } from './keeping';
import { swapPartnersOf, swapsOf } from './swaps';
import { pupilRollOf, pupilShiftsOf } from './pupils';
export { NOW, type Role, type School, type Size } from './people';

const saved = { mutation: 'mutation-0000' };

/** Every answer of the door. */
export function answers(given: School): { [N in keyof Calls]: (asked: Calls[N]['request']) => Calls[N]['reply'] } {
  const { role, size } = given;
  const outbox = given.failed ? failedOf() : given.line || given.standing ? outboxOf(size) : [];
  const standing = (): ProfileStanding => (given.standing ? { is: given.standing } : { is: 'ready', me: meOf(given) });
  const places = [...campuses, ...times(12, gradeAt), ...times(60, classAt)];
  const find = ({ text }: { text: string }) => ({ children: times(count(size, 12, 50), classChild).filter(({ child }) => child.name.includes(text)), more: size === 'many' });
  return {
    'profile.status': standing,
    'profile.unlock': () => ({ is: 'ready', me: meOf(given) }),
    'profile.wear': standing,
    'profile.sign-in': standing,
    'profile.sign-out': () => ({}),
    'join.look': () => ({ school: school.name, address: 'school.example:8443' }),
    'join.enrol': () => ({ is: 'ready', me: meOf(given) }),
    'sync.status': () => ({ state: given.line ?? 'synced', contact: given.line === 'offline' ? ago(12) : ago(0), waiting: outbox.filter((item) => waits(item.state)).length, failed: outbox.filter((item) => !waits(item.state)).length, address: 'school.example:8443', now: NOW }),
    'sync.now': () => ({}),
    'outbox.list': () => ({ items: outbox }),
    'outbox.seen': () => ({}),
    'outbox.take-back': () => ({}),
    'draft.get': ({ key }) => ({ body: given.drafts?.[key] ?? '' }),
    'draft.put': () => ({}),
    'today.open': () => todayOf(given),
    'file.give': ({ bytes }) => ({ file: 'file-1', have: bytes, attachment: photo }),
    'file.open': () => ({}),
    'file.save-answers': () => ({ files: 2, last: '1 李雨桐 重庆科技馆研学行程.pdf' }),
    'file.save': () => ({ path: '/home/li/下载/重庆科技馆研学行程.pdf', name: '重庆科技馆研学行程.pdf' }),
    'file.thumbnail': () => ({ content: small }),
    'file.read': () => ({ content: '' }),
    'notice.list': () => ({ notices: listOf(given) }),
    'notice.open': ({ notice }) => openNotice(given, notice),
    'notice.asked': ({ child }) => ({ child: childAt(Number(child.slice(-4)) || 0), notices: listOf(given).filter(({ ask, state }) => ask.is !== 'nothing' && state.is === 'sent').map((line) => ({ ...line, mine: false, children: [], answered: 0, of: 0 })) }),
    'notice.match-files': (asked) => matchOf(given, asked),
    'notice.send-files': () => saved,
    'notice.reach': () => ({ places: size === 1 ? [home] : role === 'head' ? [school, ...places] : places, activities: role === 'coordinator' ? activities : [] }),
    'notice.names': ({ audience }) => ({ names: activities.filter((name) => audience.include.some(({ id: part }) => (name.is === 'event' ? name.event : name.is === 'post' ? name.post : '') === part)).slice(0, 1).map((name) => (name.is === 'event' && audience.include[0]?.kind === 'came' ? { ...name, who: 'came' } : name)) }),
    'notice.preview': ({ audience }) => ({ ...previewWithout((audience.include.some(({ kind }) => kind !== 'place' && kind !== 'child') ? previewOfPart : previewOf)(size), audience.except), approvers: given.approvers ?? null }),
    'notice.send': () => saved,
    'notice.recall': () => saved,
    'notice.seen': () => saved,
    'notice.remind': () => saved,
    'notice.approve': () => saved,
    'notice.decline': () => saved,
    'alert.now': () => alarmsOf(given),
    'alert.roll': ({ class: asked }) => rollOf(given, asked),
    'alert.mark': () => saved,
    'school.quiet': () => saved,
    'school.hold': () => saved,
    'school.travel': () => saved,
    'holidays.days': ({ days }) => daysOf(days, given),
    'holidays.school-days': ({ after, count }) => schoolDaysOf(after, count, given),
    'holidays.soon': () => soonOf(given),
    'holidays.list': () => yearsOf(),
    'holidays.set': () => saved,
    'notification.settings': () => ({ quiet: { is: 'school' }, digest: null, shown: { is: 'service', name: 'gnome-shell' }, here: { language: 'zh-CN', stays: false }, waiting: size === 'some' ? 3 : 0, next: size === 'some' ? at(0, '18:00') : null }),
    'notification.prefer': () => saved,
    'calendar.link': () => ({ made: size === 'some' ? at(-3, '19:20') : null, address: size === 'some' ? 'https://school.example:8443/calendar/Hq3zC0m1Yt8bVx5KfWn7RpLs2Gd9Ju6Ea4Xo1Ti0QwA.ics' : null, private: false, pending: null }),
    'calendar.make': () => saved,
    'calendar.end': () => saved,
    'calendar.save': () => ({ path: '/home/li/下载/家长开放日（雨桐）.ics', name: '家长开放日（雨桐）.ics' }),
    'calendar.print': () => ({ content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' }),
    'notification.here': () => ({}),
    'conversation.office-hours': () => saved,
    'notice.answer': () => saved,
    'notice.table': () => ({ name: '秋游 回应 2026-11-23.xlsx', content: '' }),
    'notice.export': () => ({ name: '秋游 回应 2026-11-23.xlsx', folder: '/home/zhang/下载' }),
    'file.show': () => ({}),
    'paper.save': ({ title }) => ({ name: `${title}.pdf`, folder: '/home/zhang/下载' }),
    'notice.delivery': () => deliveryOf(given),
    'series.times': ({ rule, from, skip_holidays }) => timesOf(rule, from, skip_holidays, given),
    'series.send': () => saved,
    'series.list': () => seriesOf(given),
    'series.end': () => saved,
    'template.list': () => templatesOf(given),
    'template.fill': ({ template, values }) => fillOf(given, template, values as Record<string, string>),
    'template.put': () => saved,
    'template.drop': () => saved,
    'pupil.shifts': () => pupilShiftsOf(given),
    'pupil.roll': ({ shift }) => pupilRollOf(given, shift),
    'pupil.enter': () => saved,
    'pupil.withdraw': () => saved,
    'pupil.mark': () => saved,
    'hours.mine': () => myHoursOf(given),
    'hours.missing': () => missingOf(given),
    'hours.ask-again': () => saved,
    'hours.know-missing': () => ({}),
    'hours.desk': () => hoursDeskOf(given),
    'hours.shifts': () => dutyShiftsOf(given),
    'hours.roll': ({ shift, find }) => dutyRollOf(given, shift, find),
    'hours.mark': () => saved,
    'hours.own-duty': () => ownDutiesOf(given),
    'hours.code': () => dutyCodeOf(),
    'hours.check-out': () => saved,
    'hours.scan': ({ code }) => scannedOf(code),
    'hours.report': () => hoursReportOf(given),
    'hours.report-table': () => ({ name: '2026 秋 志愿报告.xlsx', content: '' }),
    'hours.report-export': () => ({ name: '2026 秋 志愿报告 2026-11-23.xlsx', folder: '/home/zhou/下载' }),
    'hours.request': () => saved,
    'hours.approve': () => saved,
    'hours.refuse': () => saved,
    'hours.withdraw': () => saved,
    'hours.correct': () => saved,
    'hours.issue': () => saved,
    'hours.proof': () => proofOf(),
    'hours.checkpoints': () => ({ checkpoints: [], school_key: '4a1f00c29be37d51'.repeat(4) }),
    'hours.stars': () => starsOf(given),
    'hours.set-stars': () => saved,
    'course.list': () => coursesOf(given),
    'course.open': () => courseOf(given),
    'course.put': () => saved,
    'course.end': () => saved,
    'course.give': () => saved,
    'course.set-giving': () => saved,
    'course.take-back': () => saved,
    'course.sign-up': ({ sessions }) => ({ lessons: sessions.map((session) => ({ session, fault: null })) }),
    'course.attendance': ({ find }) => attendanceOf(given, find),
    'course.mark': () => saved,
    'course.record': () => recordOf(given),
    'course.count': () => countOf(given),
    'course.count-table': () => ({ name: '2026 秋 家长课程统计 2026-11-23.xlsx', content: '' }),
    'course.count-export': () => ({ name: '2026 秋 家长课程统计 2026-11-23.xlsx', folder: '/home/zhou/下载' }),
    'theme.list': () => themesOf(given),
    'theme.of': () => themeDraft(0),
    'theme.plan': ({ place, first, values }) => ({ plan: plannedOn(place, first, values as Record<string, string>), missing: [], astray: [], partner_gone: false }),
    'theme.put': () => saved,
    'theme.drop': () => saved,
    'venue.list': () => venuesOf(given),
    'venue.put': () => saved,
    'venue.drop': () => saved,
    'venue.exceeding': ({ venue, capacity }) => exceedingOf(given, venue, capacity),
    'venue.fits': ({ plan }) => fittingOf(given, plan),
    'contest.list': () => contestsOf(given),
    'contest.open': ({ contest }) => contestOf(given, contest),
    'contest.put': () => saved,
    'contest.times': () => ({ turns: 38, ends: at(0, '12:30') }),
    'contest.step': () => saved,
    'event.copy': () => ({ plan: { ...plannedOn(campuses[1]!.id, '2027-11-25', {}), trip: museumTrip }, left_out: [classAt(30)], astray: [], partner_gone: true, weeks: 52 }),
    'event.list': () => ({ events: times(count(size, 10, 2_000), (n) => eventAt(n, role)), may_plan: role === 'coordinator', places: size === 1 ? campuses.slice(1) : places, turns: null }),
    'event.open': ({ event }) => drawOf(given, event) ?? signUpOf(given, event) ?? openedOf(given, event === 'event-0001'),
    'event.sign-up': () => saved,
    'event.withdraw': () => saved,
    'event.accept': () => saved,
    'event.decline': () => saved,
    'event.desk': ({ event }) => drawDeskOf(given, event) ?? (event === CHANGED ? changedDesk(given) : { event: signUpOf(given, event) ?? openedOf(given, false), bookings: times(count(size, 24, 2_000), deskBooking), draw: null }),
    'event.publish': () => saved,
    'event.change': () => saved,
    'event.change-booking': () => saved,
    'event.cancel-session': () => saved,
    'event.losing': ({ capacity }) => losersOf(capacity),
    'event.cancel': () => saved,
    'event.draw': () => saved,
    'event.rehearse': (asked) => rehearsed(given, asked),
    'event.recompute': () => recomputed(given.differs),
    'event.capacity': () => saved,
    ...boardAnswers(given),
    ...afterAnswers(given),
    ...gateAnswers(given, boardAnswers(given)),
    ...tripAnswers(given),
    'shift.list': () => ({ shifts: times(count(size, 9, 2_000), (n) => shiftAt(n, role === 'parent' && n === 1, role)), may_plan: role === 'coordinator', places: campuses }),
    'shift.take': () => saved,
    'shift.drop': () => saved,
    'shift.post': () => saved,
    'volunteer.catalogue': () => catalogueOf(given),
    'turns.classes': () => turnsOf(given),
    'turns.preview': ({ plan }) => turnPreviewOf(size, plan?.classes),
    'volunteer.put-campaign': () => saved,
    'volunteer.put-qualification': () => saved,
    'volunteer.change-post': () => saved,
    'volunteer.step': () => saved,
    ...boardPeople(given),
    'volunteer.keeping': () => keptOf(given),
    'volunteer.swaps': () => swapsOf(given),
    'volunteer.offer-swap': () => saved,
    'volunteer.swap-with': () => swapPartnersOf(given),
    'shift.roster': () => ({ posts: postsOf(size) }),
    'conference.list': () => conferencesOf(given),
    'conference.open': ({ conference, children }) => conferenceFor(conferenceOf(given, conference), children.map((one) => find({ text: '' }).children.find(({ child }) => child.id === one)!.child)),
    'conference.plan': (asked) => planned(given, asked),
    'conference.book': () => saved,
    'conference.withdraw': () => saved,
    'conference.mine': ({ conference }) => mineOf(given, conference),
    'conference.slots': slotPreview,
    'conference.offer': () => saved,
    'conference.withdraw-offer': () => saved,
    'conference.cancel-meeting': () => saved,
    'conference.please-come': () => saved,
    'conference.note': () => saved,
    'conference.desk': ({ conference }) => conferenceDesk(given, conference),
    'conference.publish': () => saved,
    'conference.change': () => saved,
    'conference.cancel': () => saved,
    'request.list': () => requestsOf(given),
    'request.make': () => saved,
    'request.answer': () => saved,
    'request.withdraw': () => saved,
    'conversation.list': () => talksOf(given),
    'conversation.open': ({ most }) => threadOf(given, most),
    'conversation.partners': () => partnersOf(given),
    'conversation.begin': () => ({ ...saved, conversation: 'conversation-0000' }),
    'conversation.say': () => saved,
    'conversation.edit': () => saved,
    'conversation.delete': () => saved,
    'conversation.receive': () => saved,
    'conversation.read': () => saved,
    'conversation.bring-in': () => saved,
    'conversation.take-out': () => saved,
    'conversation.end': () => saved,
    'inbox.list': () => inboxesOf(given),
    'inbox.keep': () => saved,
    'inbox.close': () => saved,
    'conversation.hand-over': () => saved,
    'conversation.hats': () => hatsToHand(given),
    'conversation.inbox': () => inboxOf(given),
    'report.list': () => reportsOf(given),
    'report.make': () => saved,
    'report.read': reportedThread,
    'report.close': () => saved,
    'report.stop': () => saved,
    'report.let-write': () => saved,
    'report.appoint-reader': () => saved,
    'history.open': ({ at }) => historyOf(given, at),
    'gate.day': ({ day }) => dayListOf(given, day),
    'class.list': () => ({ classes: times(count(size, 6, 60), lineAt), may_invite: true }),
    'class.open': () => ({ line: { ...lineAt(11), children: count(size, 12, 2_000) }, children: times(count(size, 12, 2_000), classChild), may_invite: true, may_set_rights: role === 'administrator' }),
    'class.find': find,
    'class.invites': () => ({ strips: times(count(size, 6, 84), stripAt) }),
    'import.preview': () => importOf(size),
    'import.confirm': () => ({ id: 'import-1', rows: 31, kept: 0 }),
    'import.undo': () => ({ id: 'import-1', rows: 31, kept: 2 }),
    'import.history': () => ({ imports: times(count(size, 3, 200), (n) => ({ id: id('import', n), name: '2026 秋季学生名册（校办 11 月 20 日定稿）.xlsx', at: ago(60 * 24 * (n + 1)), by: '何静', counts: { new: 12, changed: 3, moved: 0, left: 1, unchanged: 2_310, staff: 0, staff_left: 0, faulty: 4, unidentified: 0 }, undone: n === 1, undoable: n !== 1 && n < 2 })) }),
    'remark.list': () => ({
      wordings: times(count(size, 4, 120), (n) => ({
        text: pick(['父母离异，由外婆接送', '仅母亲可接', '奶奶照顾，爸爸妈妈在外地，有事先打电话给奶奶，微信也可以', '不与父亲联系'], n) + (n > 3 ? ` ${n}` : ''),
        relations: ['mother', 'father', 'maternal-grandmother'],
        remarks: times(3, (k) => ({ id: id('remark', n * 10 + k), child: childAt(n + k), guardians: [guardianAt(n), guardianAt(n + 1)] })),
      })),
    }),
    'remark.decide': () => saved,
    'class.on-paper': () => ({ mutation: 'm-paper' }),
    'rights.set': () => saved,
  };
}

/** Alerts and what waits for a head stand above the usual ones. */
function listOf(given: School) {
  const { role, size } = given;
  const usual = times(count(size, 6, 2_000), (n) => noticeAt(n, role));
  const first = usual[0];
  if (!given.alert || !first) return usual;
  const of = (n: number, more: Partial<typeof first>) => ({ ...first, id: id('alert', n), author: '熊立新', author_title: '校长', mine: role === 'head', changed: null, due: null, ...more });
  const sent = { is: 'sent' as const, at: ago(12) };
  const told = [
    of(0, { title: '暴雨红色预警，孩子留在教室', alert: alerts.actual, state: sent }),
    of(1, { title: '消防疏散演练', alert: alerts.exercise, state: sent }),
    of(2, { title: '解除：暴雨红色预警，孩子留在教室', alert: alerts.clear, state: sent, answered: 0, of: 0 }),
    of(3, { title: '燃气管道泄漏，请从东门离开', alert: alerts.actual, state: { is: 'superseded', by: 'alert-actual', at: ago(40) } }),
  ];
  const waiting = [of(4, { title: '全校冬季作息从 12 月 1 日起调整', state: proposed }), of(5, { title: '寒假托管报名', state: declined })];
  return role === 'parent' ? [...told, ...usual] : [...told, ...waiting, ...usual];
}

/** One ask, as the door takes it: the reply, or a fault thrown. */
export function ask(given: School, request: { ask: string; with: unknown }): unknown {
  const name = request.ask as keyof Calls;
  const fault = given.faults?.[name];
  if (fault) throw fault;
  const reply = (answers(given)[name] as (asked: unknown) => unknown)(request.with);
  return given.hostile ? poisoned(reply, given.hostile, given.from) : reply;
}
