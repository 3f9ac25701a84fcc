// Generated from crates/client/src/api by `cargo xtask bindings`. Do not edit.

export type About = { 
/**
 * The act's name: `sign-up`, `acknowledge`…
 */
act: string, 
/**
 * The title of the notice, event or post.
 */
title: string, 
/**
 * What was typed, whole; as it is kept where it cannot be read. A person may copy it.
 */
text: string, 
/**
 * The children concerned.
 */
children: Array<string>, 
/**
 * How many people come, for a sign-up.
 */
people: number, };

export type AbsentView = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * First day.
 */
from: string, 
/**
 * Last day, inclusive.
 */
to: string, 
/**
 * Part of a single day.
 */
part: DayPart, };

export type AccessKind = { "is": "read", 
/**
 * Because this was reported.
 */
reason: ReportReason, } | { "is": "closed", 
/**
 * For everybody in the conversation.
 */
words: string, } | { "is": "appointed", 
/**
 * In which hat.
 */
role: string, 
/**
 * Whom.
 */
reader: string, 
/**
 * What the school calls the hat: 心理老师.
 */
reader_title: string, } | { "is": "dismissed", 
/**
 * In which hat.
 */
role: string, 
/**
 * Whom.
 */
reader: string, 
/**
 * What the school calls the hat.
 */
reader_title: string, } | { "is": "handed-on", 
/**
 * The hat that read along until then.
 */
from: string, 
/**
 * In which hat from now on.
 */
role: string, 
/**
 * Whom.
 */
reader: string, 
/**
 * What the school calls the hat.
 */
reader_title: string, } | { "is": "stopped", 
/**
 * Whom.
 */
person: string, 
/**
 * That guardian's name.
 */
guardian: string, 
/**
 * Why.
 */
why: string, } | { "is": "let-write", 
/**
 * Whom.
 */
person: string, 
/**
 * That guardian's name.
 */
guardian: string, };

export type AccessView = { 
/**
 * Who of the school.
 */
by: string, 
/**
 * In which hat.
 */
title: string, 
/**
 * When.
 */
at: string, 
/**
 * What was done.
 */
what: AccessKind, };

export type Acted = { 
/**
 * When.
 */
at: string, 
/**
 * 代办: who entered it, and why.
 */
entered: Entered | null, };

export type Addressee = { "is": "role", 
/**
 * Which one.
 */
role: string, } | { "is": "inbox", 
/**
 * Which one.
 */
inbox: string, };

export type AdministratorToday = { 
/**
 * The school's now.
 */
now: string, 
/**
 * Remarks to decide: how many wordings.
 */
remark_wordings: number, 
/**
 * Remarks to decide: how many children.
 */
remark_children: number, 
/**
 * Who has not joined, by class, the emptiest first.
 */
not_joined: Array<JoinCount>, 
/**
 * Places known: none means that the roster has not been imported.
 */
classes: number, 
/**
 * Reports of messages that wait to be settled.
 */
reports: number, };

export type Admission = { "is": "may", 
/**
 * Seats of the booking that nobody has taken.
 */
seats: number, } | { "is": "already", 
/**
 * At which gate.
 */
gate_name: string, 
/**
 * When, as that gate's clock says.
 */
at: string, } | { "is": "other-session", 
/**
 * Which.
 */
session: string, } | { "is": "released" } | { "is": "gone" };

export type Again = { 
/**
 * The other row.
 */
arrival: string, 
/**
 * Which gate.
 */
gate_name: string, 
/**
 * When.
 */
at: string, };

export type Alarm = { 
/**
 * The notice.
 */
notice: string, 
/**
 * The first alert of its incident.
 */
incident: string, 
/**
 * What it is, in CAP's words.
 */
alert: Alert, 
/**
 * One line.
 */
title: string, 
/**
 * Plain text.
 */
body: string, 
/**
 * Who sent it.
 */
author: string, 
/**
 * The hat: 校长.
 */
author_title: string, 
/**
 * When it went out.
 */
at: string, 
/**
 * For whom.
 */
places: Array<PlaceName>, 
/**
 * Whether the roll is called: asked for by this alert or by one before it.
 */
called: boolean, 
/**
 * The family's children, each as last heard; in a guardian's hat.
 */
children: Array<RollChild>, 
/**
 * How far the roll-call has come among the children this hat sees; in a staff hat.
 */
roll: RollCount | null, 
/**
 * Whether this hat may update it and give the all-clear.
 */
may_end: boolean, };

export type Alarms = { 
/**
 * The newest first.
 */
alarms: Array<Alarm>, };

export type Alert = { 
/**
 * Whether it is meant.
 */
status: AlertStatus, 
/**
 * The first, what is known now, or the all-clear.
 */
msg_type: MsgType, 
/**
 * How soon one should act.
 */
urgency: Urgency, 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * How sure it is.
 */
certainty: Certainty, 
/**
 * Whether every child is called: safe with me, needs help, picked up.
 */
roll_call: boolean, 
/**
 * After then it is over by itself; it stands until the all-clear if `None`.
 */
expires: string | null, };

export type AlertMark = { 
/**
 * The first alert of the incident.
 */
incident: string, 
/**
 * Who, and where.
 */
marks: Array<ChildMark>, };

export type AlertNow = Record<symbol, never>;

export type AlertRoll = { 
/**
 * The first alert of the incident.
 */
incident: string, 
/**
 * Of which class; the first where something is open if `None`.
 */
class: string | null, };

export type AlertStatus = "actual" | "exercise";

export type AllSeries = { 
/**
 * Those that are not over.
 */
series: Array<SeriesLine>, };

export type AnswerView = { 
/**
 * The row that carries its files, as `file.open` and `file.save` ask for it.
 */
id: string, 
/**
 * What a change of it names, so that nothing is replaced unseen.
 */
version: number, 
/**
 * Whether it is the one that whoever sits here would change.
 */
mine: boolean, 
/**
 * What it says now.
 */
now: GivenView, 
/**
 * What it carries now.
 */
files: Array<FileView>, 
/**
 * What it said before, oldest first.
 */
earlier: Array<GivenView>, };

export type AnsweredBy = { "is": "any-guardian" } | { "is": "each-guardian" } | { "is": "guardian", 
/**
 * Who.
 */
person: string, 
/**
 * That guardian's name, as the school knows it: what a draft says here is replaced.
 */
name: string, };

export type AppointedReader = { 
/**
 * In which hat.
 */
role: string, 
/**
 * Who.
 */
name: string, 
/**
 * What the school calls the hat.
 */
title: string, };

export type ApprovalLine = { 
/**
 * Which.
 */
notice: string, 
/**
 * Title.
 */
title: string, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * 校长
 */
author_title: string, 
/**
 * To how many families.
 */
families: number, 
/**
 * Since when.
 */
since: string, };

export type Approved = { 
/**
 * Who.
 */
person: string, 
/**
 * That person's name.
 */
name: string, 
/**
 * The hat: 校长, 德育主任.
 */
title: string, 
/**
 * When.
 */
at: string, };

export type Approver = { 
/**
 * Name.
 */
name: string, 
/**
 * 校长
 */
title: string, };

export type ArrivalMove = "left" | "back" | "undo";

export type ArrivalState = { "is": "in" } | { "is": "out", 
/**
 * When.
 */
at: string, } | { "is": "undone" } | { "is": "again", 
/**
 * Which gate.
 */
gate_name: string, 
/**
 * When, as that gate's clock says.
 */
at: string, } | { "is": "conflict" };

export type ArrivalView = { 
/**
 * Which.
 */
id: string, 
/**
 * In which session.
 */
session: string, 
/**
 * With which booking.
 */
booking: string | null, 
/**
 * The children of the party.
 */
children: Array<ChildName>, 
/**
 * Who walked in, as it was written.
 */
name: string, 
/**
 * People.
 */
people: number, 
/**
 * Of them on the gate's own seats.
 */
extra: number, 
/**
 * At which gate.
 */
gate: string, 
/**
 * 北门
 */
gate_name: string, 
/**
 * When, as the gate's clock says.
 */
at: string, 
/**
 * Entered afterwards, from paper.
 */
on_paper: boolean, 
/**
 * What became of it.
 */
state: ArrivalState, 
/**
 * Other gates that let the same party in.
 */
again: Array<Again>, 
/**
 * How the wish stands, where the school has not said yet.
 */
pending: ItemState | null, };

export type Ask = { "is": "nothing" } | { "is": "read" } | { "is": "acknowledge" } | { "is": "choose", 
/**
 * What there is to choose from, in this order; at most [`limits::CHOICES`].
 */
choices: Array<Choice>, 
/**
 * How many of them a family may take for one child.
 */
most: number, } | { "is": "fill-in", 
/**
 * Its fields, in this order.
 */
fields: Array<FormField>, } | { "is": "sign" };

export type AskAgain = { 
/**
 * Families of these places.
 */
places: Array<string>, 
/**
 * Families that chose one of these, by their place among the choices.
 */
choices: Array<number>, };

export type AskedChild = { 
/**
 * The child.
 */
child: ChildName, 
/**
 * 请您来: one asked; what it says.
 */
asked: string | null, 
/**
 * Meetings with oneself about this child; separated parents may have one each.
 */
meetings: Array<MeetingView>, 
/**
 * A wish to ask, or to take it back, that waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type AskingVolunteer = { 
/**
 * Which.
 */
shift: string, 
/**
 * Post title.
 */
title: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Who asks.
 */
name: string, };

export type Attachment = { 
/**
 * Where its bytes are.
 */
sha256: string, 
/**
 * As its sender called it; fit to be a file's name on any system.
 */
name: string, 
/**
 * What it is. Whoever opens it looks at its bytes first: this is the sender's word.
 */
kind: FileKind, 
/**
 * How long it is, in bytes.
 */
bytes: number, 
/**
 * For a picture.
 */
picture: Picture | null, };

export type AttendFamily = { 
/**
 * Its children who signed up; else the one they are counted with.
 */
children: Array<ChildName>, 
/**
 * 学号 of the first of them.
 */
number: string, 
/**
 * Signed up.
 */
booked: boolean, 
/**
 * People whom the gates let in with its booking; `None` where no gate did.
 */
let_in: number | null, 
/**
 * Its parents; who signed up stands first.
 */
guardians: Array<AttendGuardian>, };

export type AttendGuardian = { 
/**
 * Who.
 */
name: GuardianName, 
/**
 * Whose booking it is.
 */
booked: boolean, 
/**
 * Is something to the first of the children, today or on the day of the lesson, as far as this computer knows: whoever is not is
 * marked alone, and in no bulk.
 */
counts: boolean, 
/**
 * Was there, or was not; `None` while nothing was said. What waits on this computer counts.
 */
came: boolean | null, 
/**
 * Two desks that did not know of each other said different things.
 */
disputed: boolean, 
/**
 * What was said, the last of it last.
 */
marks: Array<MarkedBy>, 
/**
 * `course.mark` names it: how many marks stood when this was read.
 */
seen: number, 
/**
 * A mark that waits on this computer, or was refused.
 */
waits: ItemState | null, };

export type AttendanceView = { 
/**
 * Of which course.
 */
course: string, 
/**
 * The course's title.
 */
course_title: string, 
/**
 * The lesson's title.
 */
title: string, 
/**
 * Who speaks.
 */
speakers: string, 
/**
 * Where on the campus.
 */
venue: string, 
/**
 * 第 1 场
 */
name: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Families that signed up or came, by class and 学号.
 */
families: Array<AttendFamily>, 
/**
 * What was looked for and is not among them.
 */
found: Array<AttendFamily>, 
/**
 * Whether anything may be marked now.
 */
may_mark: boolean, 
/**
 * From then on something may be marked, where that is ahead.
 */
opens: string | null, 
/**
 * Parents who were there, with what waits on this computer.
 */
came: number, 
/**
 * Families of whom nothing was said.
 */
unmarked: number, 
/**
 * Marks that wait on this computer.
 */
waiting: number, };

export type Audience = { 
/**
 * Who.
 */
include: Array<Target>, 
/**
 * Who not, although included.
 */
except: Array<Target>, };

export type AudienceName = { "is": "place", 
/**
 * Which.
 */
place: PlaceName, 
/**
 * Left out instead of included.
 */
except: boolean, } | { "is": "child", 
/**
 * Whose.
 */
child: ChildName, 
/**
 * Left out instead of included.
 */
except: boolean, } | { "is": "event", 
/**
 * Which.
 */
event: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Only those of one session.
 */
session: SessionName | null, 
/**
 * Which of them.
 */
who: EventPart, 
/**
 * Left out instead of included.
 */
except: boolean, } | { "is": "post", 
/**
 * Which.
 */
post: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Only those of one shift.
 */
shift: ShiftName | null, 
/**
 * Left out instead of included.
 */
except: boolean, };

export type BadgeSheet = { 
/**
 * One for each party.
 */
badges: Array<Ticket>, };

export type Because = { "is": "place", 
/**
 * Which.
 */
place: PlaceName, } | { "is": "child" } | { "is": "event", 
/**
 * Title of the event.
 */
title: string, 
/**
 * Which session.
 */
session: SessionName, 
/**
 * In which way.
 */
who: EventPart, } | { "is": "post", 
/**
 * Title of the post.
 */
title: string, 
/**
 * Which shift.
 */
shift: ShiftName, };

export type Begun = { 
/**
 * The wish.
 */
mutation: string, 
/**
 * The conversation.
 */
conversation: string, };

export type BoardPerson = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * Guardian of these children, where the desk knows them.
 */
of: Array<string>, };

export type BoardView = { 
/**
 * The event.
 */
line: CheckInLine, 
/**
 * Its sessions that take place, by time.
 */
sessions: Array<GateSession>, 
/**
 * The gate this computer is, while it is open.
 */
own: GateView | null, 
/**
 * The gate this computer was until somebody took its seats: why there is none.
 */
revoked: GateView | null, 
/**
 * The wish to open one, or to set check-in up, that waits.
 */
pending: ItemState | null, 
/**
 * Every gate, for who sees the whole list; else none.
 */
gates: Array<GateView>, 
/**
 * Who was asked to check in; for who sees the whole list.
 */
stewards: Array<StewardView>, 
/**
 * Staff who may be asked and were not yet, by name; for who sees the whole list.
 */
staff: Array<StewardView>, 
/**
 * The round this gate has to agree to: the window says `check-in.agree` by itself.
 */
to_agree: number | null, 
/**
 * What this gate wrote down, the newest first; at most ten.
 */
recent: Array<ArrivalView>, 
/**
 * What was settled between gates: the same party twice, and what a gate gave away after its seats were taken back. For
 * who sees the whole list, and of a gate its own.
 */
conflicts: Array<ArrivalView>, 
/**
 * Wishes of this gate the school has not heard of yet.
 */
waiting: number, 
/**
 * When this reads otherwise by time alone.
 */
turns: string | null, };

export type BookingAnswer = { 
/**
 * As it was asked.
 */
question: string, 
/**
 * Empty where nothing was entered.
 */
answer: string, };

export type BookingIs = { "is": "saved" } | { "is": "sent" } | { "is": "entered" } | { "is": "not-drawn" } | { "is": "confirmed" } | { "is": "waitlisted", 
/**
 * 1 is next.
 */
place: number | null, } | { "is": "offered", 
/**
 * By then.
 */
until: string, } | { "is": "refused", 
/**
 * Why.
 */
refusal: Refusal, 
/**
 * The next best: sessions of the same event with free seats, as last heard.
 */
instead: Array<SessionFill>, } | { "is": "withdrawn" } | { "is": "lapsed" } | { "is": "displaced", 
/**
 * The next best: sessions of the same event with free seats, as last heard.
 */
instead: Array<SessionFill>, } | { "is": "released" } | { "is": "cancelled", 
/**
 * In the organiser's words.
 */
reason: string, 
/**
 * The next best, where only this session was called off.
 */
instead: Array<SessionFill>, };

export type BookingView = { 
/**
 * Which.
 */
id: string, 
/**
 * Event.
 */
event: string, 
/**
 * Event title.
 */
title: string, 
/**
 * Session.
 */
session: SessionFill, 
/**
 * The family's children in it.
 */
children: Array<ChildName>, 
/**
 * Adults who come.
 */
adults: number, 
/**
 * Seats it takes.
 */
size: number, 
/**
 * How it stands.
 */
state: BookingIs, 
/**
 * 代办: who entered what it says now, and why.
 */
entered: Entered | null, 
/**
 * Until when the family may give it back.
 */
withdraw_until: string, 
/**
 * Whether the family may give it back now, by this computer's best knowledge.
 */
may_withdraw: boolean, 
/**
 * Whether who comes, and what was answered, may be changed now.
 */
may_change: boolean, 
/**
 * What was asked and answered.
 */
answers: Array<BookingAnswer>, 
/**
 * Why it holds no seats any more.
 */
put_back: PutBack | null, 
/**
 * The session was at this time when it was booked.
 */
moved: Moved | null, 
/**
 * The event was there when it was booked.
 */
venue_was: VenueWas | null, 
/**
 * In a draw: the sessions it wishes for, the best first.
 */
wishes: Array<string>, 
/**
 * In a draw, once the roll is published: earlier draws in which it got nothing.
 */
misses: number | null, 
/**
 * How it came out of the draw.
 */
drawn: DrawnPlace | null, 
/**
 * Who of it was let in at the door, as far as this computer has heard.
 */
came: PartyIn | null, 
/**
 * Nobody had come, and its seats went to others: when.
 */
released: string | null, 
/**
 * The session is over and the children were there: a certificate says so.
 */
certificate: boolean, 
/**
 * A wish about this booking (give back, accept, decline, change) still waits on this computer.
 */
pending: PendingWish | null, };

export type Break = { 
/**
 * From when.
 */
from: string, 
/**
 * Until when.
 */
until: string, };

export type Bus = { 
/**
 * 1 号车
 */
name: string, 
/**
 * Seats beside the driver's; at most [`limits::BUS_SEATS`].
 */
seats: number, };

export type BusList = { 
/**
 * Title of the event.
 */
title: string, 
/**
 * Which session.
 */
session: SessionName, 
/**
 * Where one meets; may be empty.
 */
meeting_point: string, 
/**
 * The buses, in order.
 */
buses: Array<BusView>, 
/**
 * Children for whom there is no seat.
 */
left: Array<RiderView>, 
/**
 * Adults for whom there is none.
 */
adults_left: number, 
/**
 * Whether the hat may put a child on another bus.
 */
may_move: boolean, };

export type BusView = { 
/**
 * 1 号车
 */
name: string, 
/**
 * Its seats.
 */
seats: number, 
/**
 * Those that are taken.
 */
taken: number, 
/**
 * Adults of families.
 */
parents: number, 
/**
 * Staff.
 */
escorts: number, 
/**
 * Adults it lacks.
 */
lacks: number, 
/**
 * Its children, by class.
 */
children: Array<RiderView>, };

export type CalendarAddress = { 
/**
 * When it was made; there is none if `None`.
 */
made: string | null, 
/**
 * Where it is; `None` on every computer but the one that made it, because nobody else knows its secret.
 */
address: string | null, 
/**
 * The school's certificate is of its own authority, which most calendar programs do not know.
 */
private: boolean, 
/**
 * How a wish about it stands that the school has not settled.
 */
pending: ItemState | null, };

export type CalendarEnd = Record<symbol, never>;

export type CalendarLook = { 
/**
 * In which language whoever reads at the address is told how things stand: the address says it.
 */
language: Language, };

export type CalendarMake = Record<symbol, never>;

export type CalendarPrint = { 
/**
 * In which language it says how things stand.
 */
language: Language, };

export type CalendarSave = { 
/**
 * Which.
 */
booking: string, 
/**
 * In which language it says how it stands.
 */
language: Language, };

export type CalendarText = { 
/**
 * Its lines.
 */
content: string, };

export type CalledOff = { 
/**
 * In the desk's words.
 */
reason: string, 
/**
 * When.
 */
at: string, };

export type Came = { "is": "first" } | { "is": "brought-in", 
/**
 * By whom.
 */
by: string, } | { "is": "appointed", 
/**
 * By whom.
 */
by: string, } | { "is": "took-over", 
/**
 * From whom.
 */
from: string, };

export type CampaignDraft = { 
/**
 * The place whose desk runs it. Settled as it is made.
 */
place: string, 
/**
 * “绿书签”志愿者实践活动
 */
name: string, 
/**
 * What it is for; plain text, may be empty.
 */
about: string, 
/**
 * Programme tags its posts count for: 六大工程, 五项创新.
 */
tags?: Array<string>, 
/**
 * Its first day, in the school's calendar.
 */
from: string, 
/**
 * Its last day; the same for a campaign of one day.
 */
to: string, };

export type CampaignName = { 
/**
 * Which.
 */
id: string, 
/**
 * What it is called.
 */
name: string, };

export type CampaignView = { 
/**
 * Which.
 */
id: string, 
/**
 * What it is.
 */
draft: CampaignDraft, 
/**
 * Its place, in words.
 */
place: PlaceName, 
/**
 * The version one looks at.
 */
version: number, 
/**
 * It takes no new posts.
 */
ended: boolean, 
/**
 * Whether the hat keeps it.
 */
keeps: boolean, 
/**
 * Posts that belong to it.
 */
posts: number, 
/**
 * People its shifts to come need.
 */
needed: number, 
/**
 * People who come to them, as last heard.
 */
taken: number, 
/**
 * A wish about it waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type CandidateView = { 
/**
 * Which; known before the school has it.
 */
id: string, 
/**
 * Whom.
 */
child: ChildName, 
/**
 * Who nominated it.
 */
nominated_by: string, 
/**
 * A guardian agreed.
 */
agreed: boolean, 
/**
 * Which.
 */
guardian_name: string, 
/**
 * 代办: who entered what it says now, and why.
 */
entered: Entered | null, 
/**
 * The school may see name, statement and poster.
 */
shows: boolean, 
/**
 * As it reads now, with what waits on this computer.
 */
entry: EntryView, 
/**
 * What it was before, the latest first.
 */
earlier: Array<EntryView>, 
/**
 * What the desk says of it.
 */
check: CheckState, 
/**
 * The whole school sees it as it reads now.
 */
is_shown: boolean, 
/**
 * It was taken out.
 */
withdrawn: string | null, 
/**
 * Counts the versions of the entry.
 */
version: number, 
/**
 * Until when statement and poster may be handed in.
 */
until: string, 
/**
 * They may now, by this hat.
 */
may_change: boolean, 
/**
 * The hat may agree, say whether it is shown, and take it out.
 */
may_decide: boolean, 
/**
 * It may still be taken out.
 */
may_withdraw: boolean, 
/**
 * How it stands in each stage.
 */
stages: Array<OwnStage>, 
/**
 * The newest wish about it that waits on this computer.
 */
pending: PendingStep | null, };

export type Capacity = { "is": "guardian", 
/**
 * How they are related.
 */
relation: Relation, } | { "is": "staff", 
/**
 * 班主任
 */
title: string, };

export type CardFault = { "is": "no-end" } | { "is": "version", 
/**
 * Which; empty where none stands.
 */
version: string, } | { "is": "line", 
/**
 * Which line of the file, from 1.
 */
line: number, } | { "is": "encoded", 
/**
 * Which line of the file, from 1.
 */
line: number, } | { "is": "no-name" } | { "is": "unfit", 
/**
 * Which.
 */
field: string, };

export type CardFile = { 
/**
 * What it is called.
 */
name: string, 
/**
 * What it says.
 */
text: string, };

export type CardNews = "new" | "changed" | "same";

export type CardPartner = { 
/**
 * The one that is there; a new one if `None`.
 */
partner: string | null, 
/**
 * It, with what the file says.
 */
draft: PartnerDraft, 
/**
 * Whether anything is new.
 */
is: CardNews, };

export type CardUnread = { 
/**
 * The line of the file on which it begins, from 1.
 */
line: number, 
/**
 * The name in it, if that was read.
 */
name: string, 
/**
 * Why not.
 */
fault: CardFault, };

export type CardsRead = { 
/**
 * Why nothing of it can be read.
 */
fault: VCardFault | null, 
/**
 * Partners, in the order of the file.
 */
partners: Array<CardPartner>, 
/**
 * Cards that cannot be read, in the order of the file.
 */
unreadable: Array<CardUnread>, };

export type Certainty = "observed" | "likely" | "possible";

export type ChainFault = { 
/**
 * The place in the chain, from 1.
 */
seq: number, 
/**
 * The entry that stands there, if one does.
 */
entry: string | null, 
/**
 * What is wrong with it.
 */
is: ChainFaultIs, };

export type ChainFaultIs = "altered" | "missing" | "twice" | "moved" | "unsigned" | "cut-off" | "beyond-head" | "not-as-signed" | "foreign-checkpoint" | "hidden";

export type ChangeLine = { 
/**
 * What sort.
 */
sort: ChangeSort, 
/**
 * The pupil's or teacher's name.
 */
name: string, 
/**
 * 学号 or 工号
 */
number: string, 
/**
 * Before; empty for new ones.
 */
was: string, 
/**
 * After; empty for those who left.
 */
now: string, };

export type ChangeSort = "new" | "changed" | "moved" | "left" | "staff";

export type Changed = { 
/**
 * "15:00"
 */
was: string, 
/**
 * "15:40"; occurs in the title.
 */
now: string, };

export type CheckInAgree = { 
/**
 * At which event.
 */
event: string, 
/**
 * Up to which round.
 */
round: number, };

export type CheckInAppoint = { 
/**
 * At which event.
 */
event: string, 
/**
 * Whom: one of the hats of who works here.
 */
role: string, 
/**
 * From now on no more; gates they have open are revoked.
 */
ends: boolean, };

export type CheckInArrive = { 
/**
 * At which event.
 */
event: string, 
/**
 * To which session.
 */
session: string, 
/**
 * With which booking; none walks in.
 */
booking: string | null, 
/**
 * Who walks in.
 */
name: string, 
/**
 * Seats of the booking that are taken now.
 */
seats: number, 
/**
 * Seats of the gate's own.
 */
extra: number, 
/**
 * Entered afterwards, from paper: when it was; now if `None`.
 */
at: string | null, };

export type CheckInBadges = { 
/**
 * Which session.
 */
session: string, };

export type CheckInBoard = { 
/**
 * Which event.
 */
event: string, };

export type CheckInCloseGate = { 
/**
 * At which event.
 */
event: string, };

export type CheckInCorrect = { 
/**
 * Which.
 */
arrival: string, 
/**
 * What it is.
 */
to: ArrivalMove, };

export type CheckInFind = { 
/**
 * At which event.
 */
event: string, 
/**
 * The session the gate lets in to.
 */
session: string, 
/**
 * What was typed.
 */
text: string, };

export type CheckInLease = { 
/**
 * Of which session.
 */
session: string, 
/**
 * Seats, those it gave included.
 */
seats: number, };

export type CheckInLine = { 
/**
 * Which.
 */
event: string, 
/**
 * Title.
 */
title: string, 
/**
 * Where on the campus.
 */
venue: string, 
/**
 * The first session that is not over, or the last one.
 */
next: GateSession | null, 
/**
 * Whether check-in was set up.
 */
open: boolean, 
/**
 * Whether the hat sees the whole list.
 */
supervises: boolean, };

export type CheckInList = Record<symbol, never>;

export type CheckInLook = Record<symbol, never>;

export type CheckInOpenGate = { 
/**
 * Of which event.
 */
event: string, 
/**
 * 北门
 */
name: string, };

export type CheckInRelease = { 
/**
 * In which session.
 */
session: string, 
/**
 * Families it costs their seats, as they were seen.
 */
families: number, };

export type CheckInRevokeGate = { 
/**
 * Which.
 */
gate: string, };

export type CheckInScan = { 
/**
 * At which event.
 */
event: string, 
/**
 * The session the gate lets in to.
 */
session: string, 
/**
 * What was read.
 */
code: string, 
/**
 * Say whose it is and write nothing down.
 */
looks: boolean, };

export type CheckInSetUp = { 
/**
 * Of which event.
 */
event: string, };

export type CheckInSheet = { 
/**
 * Which session.
 */
session: string, };

export type CheckInTicket = { 
/**
 * Of which booking.
 */
booking: string, };

export type CheckIns = { 
/**
 * From a week ago on.
 */
events: Array<CheckInLine>, };

export type CheckState = { "is": "unchecked" } | { "is": "fine", 
/**
 * Who looked.
 */
by: string, 
/**
 * When.
 */
at: string, } | { "is": "revise", 
/**
 * Who looked.
 */
by: string, 
/**
 * What has to be otherwise.
 */
words: string, 
/**
 * When.
 */
at: string, };

export type ChildDelivery = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * Each guardian who stands for the child today.
 */
guardians: Array<GuardianDelivery>, };

export type ChildFileDraft = { 
/**
 * Whose.
 */
child: string, 
/**
 * Its name begins with the child's 学号.
 */
file: Attachment, };

export type ChildFileView = { 
/**
 * The row that carries it, as `file.open` and `file.save` ask for it.
 */
id: string, 
/**
 * Whose.
 */
child: ChildName, 
/**
 * 学号
 */
number: string, 
/**
 * The file.
 */
file: FileView, };

export type ChildFiles = { 
/**
 * At most one for each child, and at most [`limits::CHILD_FILES`].
 */
files: Array<ChildFileDraft>, 
/**
 * Those of the notice it replaces stand, except where a child has a new one here.
 */
keeps: boolean, };

export type ChildMark = { 
/**
 * Who.
 */
child: string, 
/**
 * Where.
 */
state: RollState, 
/**
 * In a few words; may be empty.
 */
note: string, 
/**
 * The version of the mark that was on the screen; 0 where there was none.
 */
replaces: number, };

export type ChildName = { 
/**
 * Which.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * The last four of 学号 where two children of that name are in one class; else empty.
 */
tail: string, 
/**
 * The class, while enrolled.
 */
class: PlaceName | null, };

export type ChildReply = { 
/**
 * For whom.
 */
child: string, 
/**
 * What.
 */
reply: Reply, 
/**
 * The version of the answer that was on the screen; 0 where there was none.
 */
replaces: number, };

export type ChildTeachers = { 
/**
 * The child.
 */
child: ChildName, 
/**
 * Those who asked first, then by name.
 */
teachers: Array<TeacherOffer>, };

export type Choice = { 
/**
 * In words.
 */
text: string, 
/**
 * Children it has room for; any number if `None`.
 */
limit: number | null, };

export type ChoiceView = { 
/**
 * In words.
 */
text: string, 
/**
 * Children it has room for.
 */
limit: number | null, 
/**
 * Room left, as last heard; `None` where there is no limit.
 */
left: number | null, 
/**
 * Children it was chosen for: the author sees them all, a family only its own.
 */
taken: number, };

export type Clash = { 
/**
 * The earlier one's title.
 */
first: string, 
/**
 * The later one's title.
 */
second: string, 
/**
 * When the later one starts.
 */
at: string, 
/**
 * They are at different times, but on two campuses, and too close to get from one to the other.
 */
too_far: boolean, };

export type Class = { 
/**
 * As in the list.
 */
line: ClassLine, 
/**
 * Its children.
 */
children: Array<ClassChild>, 
/**
 * Whether the hat may print invites here.
 */
may_invite: boolean, 
/**
 * Whether the hat may set rights.
 */
may_set_rights: boolean, };

export type ClassChild = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * 学号
 */
number: string, 
/**
 * 男 / 女
 */
sex: string, 
/**
 * The guardians.
 */
guardians: Array<ClassGuardian>, };

export type ClassFigures = { 
/**
 * Which.
 */
class: string, 
/**
 * Families it has in the event.
 */
families: number, 
/**
 * Of them, those that staff would enter.
 */
by_staff: number, 
/**
 * Families of it that want to come.
 */
wanting: Spread, 
/**
 * Of them, those all of whose children there got a seat, or had one and gave it back.
 */
seated: Spread, 
/**
 * Of 100 families that want to come so many are seated, over all runs together.
 */
percent: number, 
/**
 * Whether it is left out.
 */
left_out: LeftOutOfSeats | null, };

export type ClassFind = { 
/**
 * What was typed.
 */
text: string, };

export type ClassGuardian = { 
/**
 * The link.
 */
link: string, 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * How related.
 */
relation: Relation, 
/**
 * How they stand.
 */
state: JoinState, 
/**
 * Rights held today; empty for those who only may know that something is withheld.
 */
rights: Array<Right>, 
/**
 * Kept away by an order; told only to those who may set rights.
 */
barred: boolean, };

export type ClassInTurn = { 
/**
 * Which.
 */
class: PlaceName, 
/**
 * Its contacts, by name.
 */
contacts: Array<ContactView>, 
/**
 * Whether one is its contact oneself.
 */
contact: boolean, 
/**
 * Whether the hat names contacts and may ask any family of it.
 */
minds: boolean, 
/**
 * Whether one said that one may be asked; none where one is no family of it.
 */
ready: boolean | null, 
/**
 * A wish to say so, or no longer, waits on this computer, or was refused.
 */
ready_pending: ItemState | null, 
/**
 * 代办: the school entered that one may be asked.
 */
ready_entered: boolean, 
/**
 * Families that may be asked; for its contact and who minds it.
 */
families: Array<ReadyFamily>, 
/**
 * Parents of the class list, by child; only for who minds it.
 */
parents: Array<ParentName>, 
/**
 * Its turns to come, by start.
 */
days: Array<TurnDay>, };

export type ClassInvites = { 
/**
 * For whom.
 */
persons: Array<string>, 
/**
 * A lost computer or a forgotten password: the person's other devices are signed out.
 */
replace_devices: boolean, };

export type ClassLine = { 
/**
 * Which.
 */
place: PlaceName, 
/**
 * 班主任
 */
teacher: string, 
/**
 * Children enrolled.
 */
children: number, 
/**
 * Guardians who may be invited.
 */
guardians: number, 
/**
 * Of those, who have joined.
 */
joined: number, 
/**
 * Children whose remark waits for a decision.
 */
undecided: number, };

export type ClassList = Record<symbol, never>;

export type ClassOnPaper = { 
/**
 * One of the guardian's links.
 */
link: string, 
/**
 * On paper from now on.
 */
on_paper: boolean, };

export type ClassOpen = { 
/**
 * Which.
 */
place: string, };

export type ClassTurn = { 
/**
 * Whose turn.
 */
class: string, 
/**
 * How many places.
 */
places: number, 
/**
 * Then what is not filled is open to everybody: at the latest as the shift begins.
 */
until: string, };

export type Classes = { 
/**
 * The classes.
 */
classes: Array<ClassLine>, 
/**
 * Whether the hat may print invites.
 */
may_invite: boolean, };

export type ClassesInTurn = { 
/**
 * By campus, grade and number. A hat over many classes reads only those that have something to read.
 */
classes: Array<ClassInTurn>, };

export type Coming = { 
/**
 * When.
 */
starts: string, 
/**
 * Until when, where it ends.
 */
ends: string | null, 
/**
 * Whose lane: the children; empty for the guardian's own shift.
 */
children: Array<ChildName>, 
/**
 * What.
 */
title: string, 
/**
 * Where.
 */
place: string, 
/**
 * What it is and how it stands.
 */
what: ComingKind, };

export type ComingKind = { "is": "booking", 
/**
 * The booking.
 */
booking: BookingView, } | { "is": "shift", 
/**
 * Which.
 */
shift: string, 
/**
 * Still waiting to be sent or confirmed.
 */
pending: boolean, } | { "is": "meeting", 
/**
 * The meeting.
 */
meeting: MeetingView, } | { "is": "contest", 
/**
 * Which.
 */
contest: string, } | { "is": "changed", 
/**
 * Which.
 */
notice: string, };

export type ConferenceBook = { 
/**
 * In which conference.
 */
conference: string, 
/**
 * The slots.
 */
meetings: Array<MeetingPick>, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type ConferenceCancel = { 
/**
 * Which.
 */
conference: string, 
/**
 * For families to read.
 */
reason: string, };

export type ConferenceCancelMeeting = { 
/**
 * Which.
 */
meeting: string, 
/**
 * For the family to read.
 */
reason: string, };

export type ConferenceChange = { 
/**
 * Which.
 */
conference: string, 
/**
 * Title.
 */
title: string, 
/**
 * Plain text.
 */
about: string, 
/**
 * When families may begin to book.
 */
opens: string, 
/**
 * When that ends.
 */
closes: string, 
/**
 * Minutes of one meeting, unless an offer says otherwise; 5 to 120.
 */
minutes: number, 
/**
 * The version that was looked at.
 */
version: number, };

export type ConferenceDesk = { 
/**
 * Which.
 */
conference: string, };

export type ConferenceDeskView = { 
/**
 * As in the list.
 */
line: ConferenceLine, 
/**
 * By person, then by start.
 */
offers: Array<OfferView>, 
/**
 * Families that were asked to come.
 */
asked: number, 
/**
 * Of those, families that have booked.
 */
asked_booked: number, };

export type ConferenceKind = "conference-day" | "guidance";

export type ConferenceLine = { 
/**
 * Which.
 */
id: string, 
/**
 * What kind of meetings.
 */
kind: ConferenceKind, 
/**
 * Title.
 */
title: string, 
/**
 * Plain text.
 */
about: string, 
/**
 * The place whose desk runs it. A conference day is for children of every campus.
 */
place: PlaceName, 
/**
 * Where it is in its life.
 */
state: ConferenceState, 
/**
 * When families may begin to book.
 */
opens: string, 
/**
 * When that ends.
 */
closes: string, 
/**
 * Whether they may now, by this computer's best knowledge of the school's time.
 */
open_now: boolean, 
/**
 * Minutes of one meeting, unless an offer says otherwise.
 */
minutes: number, 
/**
 * Counts its changes: `conference.change` names the one that was looked at.
 */
version: number, 
/**
 * The first time that is offered; none yet if `None`.
 */
starts: string | null, 
/**
 * The end of the last one.
 */
ends: string | null, 
/**
 * How many members of staff offer times.
 */
people: number, 
/**
 * Slots that are free and still to come, as last heard.
 */
free: number, 
/**
 * The guardian's meetings here, by start; those that were given back are left out.
 */
mine: Array<MeetingView>, 
/**
 * Whom the family was asked to come to, and no meeting stands for.
 */
please_come: Array<PleaseComeView>, 
/**
 * Whether the hat may change it and call it off.
 */
runs: boolean, 
/**
 * Whether the hat may open `conference.desk`: a conference day's.
 */
desk: boolean, 
/**
 * Whether the hat may offer times here.
 */
may_offer: boolean, 
/**
 * The wish to change it or call it off that waits on this computer.
 */
pending: ItemState | null, };

export type ConferenceList = Record<symbol, never>;

export type ConferenceMine = { 
/**
 * Which.
 */
conference: string, };

export type ConferenceNote = { 
/**
 * Of which meeting.
 */
meeting: string, 
/**
 * As it reads from now on; up to 2 000 characters.
 */
text: string, };

export type ConferenceOffer = { 
/**
 * In which conference.
 */
conference: string, 
/**
 * To change one of one's own; `None` for a new one.
 */
offer: string | null, 
/**
 * What is offered.
 */
times: OfferTimes, 
/**
 * Meant, although families lose a meeting by it: the reason, and how many families there are, as `seats-held` says.
 */
cut: Cut | null, };

export type ConferenceOpen = { 
/**
 * Which.
 */
conference: string, 
/**
 * 代办: for these children of one family; empty for the guardian's own.
 */
children: Array<string>, };

export type ConferenceOpened = { 
/**
 * As in the list.
 */
line: ConferenceLine, 
/**
 * The children about whom one can meet somebody here, each with whom.
 */
children: Array<ChildTeachers>, 
/**
 * Wishes that one plan takes at most.
 */
most_wishes: number, 
/**
 * Meetings of one guardian here at most.
 */
most_meetings: number, 
/**
 * When this reads otherwise by time alone.
 */
turns: string | null, };

export type ConferencePlan = { 
/**
 * In which conference.
 */
conference: string, 
/**
 * Whom to meet, and about which child; at most `most_wishes`.
 */
wishes: Array<MeetingTalk>, 
/**
 * Nothing before this.
 */
from: string | null, 
/**
 * Nothing after this.
 */
until: string | null, 
/**
 * Slots that stay as they are; each for one of the wishes.
 */
locked: Array<MeetingPick>, };

export type ConferencePlanned = { "is": "plan", 
/**
 * By start.
 */
meetings: Array<PlannedMeeting>, 
/**
 * The first one's start.
 */
starts: string | null, 
/**
 * The last one's end.
 */
ends: string | null, } | { "is": "conflict", 
/**
 * The smallest set.
 */
wishes: Array<ConflictWish>, };

export type ConferencePleaseCome = { 
/**
 * To which conference.
 */
conference: string, 
/**
 * Whose family.
 */
child: string, 
/**
 * For the family to read; may be empty.
 */
words: string, 
/**
 * From now on no more.
 */
ends: boolean, };

export type ConferencePublish = { 
/**
 * What kind of meetings.
 */
kind: ConferenceKind, 
/**
 * The place whose desk runs it.
 */
place: string, 
/**
 * Title.
 */
title: string, 
/**
 * Plain text.
 */
about: string, 
/**
 * When families may begin to book.
 */
opens: string, 
/**
 * When that ends.
 */
closes: string, 
/**
 * Minutes of one meeting, unless an offer says otherwise; 5 to 120.
 */
minutes: number, };

export type ConferenceSlots = { 
/**
 * In which conference.
 */
conference: string, 
/**
 * To change one of one's own; `None` for a new one.
 */
offer: string | null, 
/**
 * What would be offered.
 */
times: OfferTimes, };

export type ConferenceState = { "is": "planned" } | { "is": "cancelled", 
/**
 * In the organiser's words.
 */
reason: string, 
/**
 * Since when.
 */
at: string, };

export type ConferenceWithdraw = { 
/**
 * Which.
 */
meeting: string, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type ConferenceWithdrawOffer = { 
/**
 * Which.
 */
offer: string, 
/**
 * Meant, although families lose a meeting by it.
 */
cut: Cut | null, };

export type Conferences = { 
/**
 * By the first time that is offered; where nothing is offered yet, by when booking opens.
 */
conferences: Array<ConferenceLine>, 
/**
 * Places for which the hat may open a conference day; empty where it may not.
 */
day_places: Array<PlaceName>, 
/**
 * Places for which the hat may open a guidance station; empty where it may not.
 */
guidance_places: Array<PlaceName>, 
/**
 * When this list reads otherwise by time alone.
 */
turns: string | null, };

export type ConflictWish = { 
/**
 * About which child.
 */
child: ChildName, 
/**
 * With whom.
 */
person: string, 
/**
 * Name.
 */
person_name: string, 
/**
 * Slots of that person within the given times that are free and meet nothing else the family has.
 */
free: number, };

export type ContactView = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * As the class knows them.
 */
family: FamilyName, 
/**
 * The last day, that of the school year.
 */
until: string, 
/**
 * It is oneself.
 */
me: boolean, 
/**
 * A wish about it waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type ContestAct = { "step": "put-contest", 
/**
 * Which; made by the planner's device for a new one.
 */
contest: string, 
/**
 * What is planned.
 */
plan: ContestPlan, 
/**
 * The version that was looked at; 0 for a new one.
 */
version: number, 
/**
 * Everybody sees it from now on.
 */
publish: boolean, 
/**
 * Why turns move that were told already; may be empty where none do.
 */
reason?: string, } | { "step": "cancel-contest", 
/**
 * Which.
 */
contest: string, 
/**
 * For families to read.
 */
reason: string, } | { "step": "enter-candidate" } & EntryWish | { "step": "check-candidate", 
/**
 * Which.
 */
candidate: string, 
/**
 * The version that was looked at.
 */
version: number, 
/**
 * 请修改: what, for the family to read. It is fine if empty.
 */
revise?: string, } | { "step": "withdraw-candidate", 
/**
 * Which.
 */
candidate: string, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, } | { "step": "draw-order", 
/**
 * In which contest.
 */
contest: string, 
/**
 * Of which stage.
 */
stage: string, 
/**
 * What decides, as everybody can know it by now.
 */
seed: string, } | { "step": "move-turn", 
/**
 * In which stage.
 */
stage: string, 
/**
 * Whom.
 */
candidate: string, 
/**
 * To which place in the order, from 1.
 */
to: number, 
/**
 * Why, for every family whose turn moves.
 */
reason: string, } | { "step": "show-order", 
/**
 * In which contest.
 */
contest: string, 
/**
 * Of which stage.
 */
stage: string, 
/**
 * From now on.
 */
shown: boolean, } | { "step": "mark-turn", 
/**
 * In which stage.
 */
stage: string, 
/**
 * Whose.
 */
candidate: string, 
/**
 * How it stands.
 */
mark: TurnMark, } | { "step": "set-result", 
/**
 * Of which stage.
 */
stage: string, 
/**
 * For whom.
 */
candidate: string, 
/**
 * How.
 */
outcome: Outcome, 
/**
 * Why it is corrected, for whoever was told; empty while it is a draft.
 */
reason?: string, } | { "step": "publish-results", 
/**
 * In which contest.
 */
contest: string, 
/**
 * Of which stage.
 */
stage: string, 
/**
 * Candidates it is told of, as the desk saw them.
 */
candidates: number, };

export type ContestLine = { 
/**
 * Which.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * The place whose desk runs it.
 */
place: PlaceName, 
/**
 * Where it is in its life.
 */
state: ContestState, 
/**
 * From when children may be nominated.
 */
opens: string, 
/**
 * Until when.
 */
closes: string, 
/**
 * Whether they may now, by this computer's best knowledge of the school's time.
 */
open_now: boolean, 
/**
 * The stage that is on or comes next.
 */
next: Stage | null, 
/**
 * How many stages it has.
 */
stages: number, 
/**
 * Own children, or those of the hat's classes, that are in it.
 */
mine: Array<ChildName>, 
/**
 * The hat runs it.
 */
runs: boolean, 
/**
 * The newest wish about it that waits on this computer.
 */
pending: PendingStep | null, };

export type ContestList = Record<symbol, never>;

export type ContestOpen = { 
/**
 * Which.
 */
contest: string, };

export type ContestOpened = { 
/**
 * Its line of the list.
 */
line: ContestLine, 
/**
 * What is planned.
 */
plan: ContestPlan, 
/**
 * For which places, in words; everybody at the place if empty.
 */
eligible: Array<PlaceName>, 
/**
 * Its stages, in their order.
 */
stages: Array<StageView>, 
/**
 * The guardian's children who are in it, or those of the hat's classes; at its desk all.
 */
candidates: Array<CandidateView>, 
/**
 * Children whom the hat may nominate now.
 */
may_enter: Array<ChildName>, 
/**
 * What the school may see of candidates, by class and name.
 */
shown: Array<ShownView>, 
/**
 * Counts its changes: a change names the one that was looked at.
 */
version: number, 
/**
 * The longest statement.
 */
statement_chars: number, 
/**
 * The longest reason.
 */
reason_chars: number, 
/**
 * The longest seed of an order.
 */
seed_chars: number, 
/**
 * The longest title of an office.
 */
office_chars: number, 
/**
 * When this reads otherwise by time alone.
 */
turns: string | null, };

export type ContestPlan = { 
/**
 * The place whose desk runs it; fixed once it is kept.
 */
place: string, 
/**
 * 2026—2027届大队委换届选举
 */
title: string, 
/**
 * Plain text.
 */
about: string, 
/**
 * For whom: grades, classes; everybody at the place if empty.
 */
eligible: Array<string>, 
/**
 * Candidates of one class at most; any number if `None`.
 */
per_class: number | null, 
/**
 * From when children may be nominated.
 */
opens: string, 
/**
 * Until when.
 */
closes: string, 
/**
 * In their order.
 */
stages: Array<Stage>, };

export type ContestPut = { 
/**
 * Which; a new one if `None`.
 */
contest: string | null, 
/**
 * The place whose desk runs it.
 */
place: string, 
/**
 * Title.
 */
title: string, 
/**
 * Plain text.
 */
about: string, 
/**
 * For whom; everybody at the place if empty.
 */
eligible: Array<string>, 
/**
 * Candidates of one class at most.
 */
per_class: number | null, 
/**
 * From when children may be nominated.
 */
opens: string, 
/**
 * Until when.
 */
closes: string, 
/**
 * In their order.
 */
stages: Array<PlannedStage>, 
/**
 * The version that was looked at.
 */
version: number, 
/**
 * Everybody sees it from now on.
 */
publish: boolean, 
/**
 * Why turns move that were told already.
 */
reason: string, };

export type ContestRoom = { 
/**
 * Turns.
 */
turns: number, 
/**
 * When the last of them ends.
 */
ends: string | null, };

export type ContestState = { "is": "draft" } | { "is": "published" } | { "is": "cancelled", 
/**
 * In the desk's words.
 */
reason: string, 
/**
 * Since when.
 */
at: string, };

export type ContestStep = { 
/**
 * What.
 */
step: ContestAct, };

export type ContestTimes = { 
/**
 * From when.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Minutes each.
 */
minutes: number, 
/**
 * Minutes between two.
 */
buffer: number, 
/**
 * When nobody's turn is.
 */
breaks: Array<Break>, };

export type Contests = { 
/**
 * By their next stage; those that are over last.
 */
contests: Array<ContestLine>, 
/**
 * Places for which the hat may plan one; empty where it may not.
 */
places: Array<PlaceName>, };

export type ConversationBegin = { 
/**
 * About whom.
 */
child: string, 
/**
 * With whom of the school; in a staff hat `None`, or an inbox it reads.
 */
with: Addressee | null, 
/**
 * One line.
 */
title: string, 
/**
 * The first message.
 */
text: string, 
/**
 * What it carries, as `file.give` made it.
 */
files: Array<Attachment>, };

export type ConversationBringIn = { 
/**
 * Where.
 */
conversation: string, 
/**
 * Whom.
 */
who: Addressee, 
/**
 * To read along and say nothing.
 */
reads_only: boolean, };

export type ConversationDelete = { 
/**
 * Which.
 */
message: string, };

export type ConversationEdit = { 
/**
 * Which.
 */
message: string, 
/**
 * What it says now.
 */
text: string, };

export type ConversationEnd = { 
/**
 * Which.
 */
conversation: string, };

export type ConversationHandOver = { 
/**
 * Whose; the hat that is on if `None`.
 */
from: string | null, 
/**
 * To whom.
 */
to: string, };

export type ConversationHats = Record<symbol, never>;

export type ConversationInbox = { 
/**
 * Whose.
 */
role: string, };

export type ConversationLine = { 
/**
 * Which.
 */
id: string, 
/**
 * About whom.
 */
child: ChildName, 
/**
 * One line.
 */
title: string, 
/**
 * Staff who take part.
 */
with: Array<Partner>, 
/**
 * Shared inboxes that take part.
 */
inboxes: Array<InboxPartner>, 
/**
 * When something was said last.
 */
last: string, 
/**
 * What: its first 80 characters; empty where it was deleted.
 */
last_text: string, 
/**
 * Who said it.
 */
last_by: Speaker | null, 
/**
 * Messages not seen yet.
 */
unread: number, 
/**
 * Whether the other side spoke last.
 */
waits_for_us: boolean, 
/**
 * Nothing is said any more.
 */
ended: Ended | null, 
/**
 * A wish about it waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type ConversationList = Record<symbol, never>;

export type ConversationOfficeHours = { 
/**
 * From when until when, Monday to Friday; not told if `None`.
 */
hours: OfficeHours | null, };

export type ConversationOpen = { 
/**
 * Which.
 */
conversation: string, 
/**
 * How many messages from its end; what is said meanwhile leaves no gap.
 */
most: number, };

export type ConversationPartners = { 
/**
 * About whom.
 */
child: string, };

export type ConversationRead = { 
/**
 * Where.
 */
conversation: string, 
/**
 * The last [`MessageView::seq`] that was on the screen.
 */
up_to: number, 
/**
 * Whether the others may know now; else when one answers.
 */
shown: boolean, };

export type ConversationReceive = { 
/**
 * Which.
 */
message: string, };

export type ConversationSay = { 
/**
 * Where.
 */
conversation: string, 
/**
 * What.
 */
text: string, 
/**
 * What it answers.
 */
quotes: string | null, 
/**
 * What it carries, as `file.give` made it.
 */
files: Array<Attachment>, };

export type ConversationTakeOut = { 
/**
 * Where.
 */
conversation: string, 
/**
 * Whom.
 */
who: Addressee, };

export type ConversationThen = { 
/**
 * Which.
 */
id: string, 
/**
 * One line.
 */
title: string, 
/**
 * Staff who take part now and did then.
 */
with: Array<Partner>, 
/**
 * Shared inboxes that took part.
 */
inboxes: Array<InboxPartner>, 
/**
 * Whether it was over.
 */
ended: Ended | null, 
/**
 * What had been said, in its order; the last [`limits::LOOK_BACK`].
 */
said: Array<SaidThen>, 
/**
 * Messages before them.
 */
older: number, };

export type Conversations = { 
/**
 * What waits for this side's answer first, the oldest first; then the others, the newest first.
 */
conversations: Array<ConversationLine>, 
/**
 * The family's children whom a conversation may be about; in a staff hat none: it begins at the class list.
 */
children: Array<ChildName>, 
/**
 * Whether this hat may begin one.
 */
may_begin: boolean, 
/**
 * Whom the open ones of this hat may be given to: who may talk about the same classes.
 */
substitutes: Array<PartnerChoice>, };

export type CoordinatorToday = { 
/**
 * The school's now.
 */
now: string, 
/**
 * Conversations in which a family waits for an answer, the oldest first.
 */
questions: Array<ConversationLine>, 
/**
 * Shifts where people are missing, by start.
 */
missing: Array<MissingShift>, 
/**
 * People who ask to come to a shift and wait for an answer, by its start.
 */
asking: Array<AskingVolunteer>, 
/**
 * Hours of volunteers that wait for this person to approve them.
 */
hours: number, 
/**
 * Events that open, close or start, by time.
 */
events: Array<EventSoon>, 
/**
 * What waits for the desk, by since when.
 */
to_do: Array<DeskDuty>, 
/**
 * What this person is asked as a volunteer: to come, and whether they still come. By due time.
 */
own: Array<Duty>, };

export type Copied = { 
/**
 * For the form.
 */
plan: EventPublish, 
/**
 * Grades and classes it was for that have none after them now: nobody in their place was chosen.
 */
left_out: Array<PlaceName>, 
/**
 * Sessions whose own venue is used no more, by name: unless somebody chooses, they are where the event is.
 */
astray: Array<string>, 
/**
 * The partner it was held with is in the directory no more.
 */
partner_gone: boolean, 
/**
 * By so many weeks it moved.
 */
weeks: number, };

export type CopyCheck = { 
/**
 * Checkpoints and entries it was compared with.
 */
kept: number, 
/**
 * What does not fit.
 */
fault: ChainFault | null, };

export type Correction = { 
/**
 * What they were told before.
 */
was: Outcome, 
/**
 * Why it was not so.
 */
reason: string, 
/**
 * Who set it right.
 */
by: string, 
/**
 * When.
 */
at: string, };

export type CountLesson = { 
/**
 * Of which event.
 */
event: string, 
/**
 * Which.
 */
session: string, 
/**
 * The course's title.
 */
course: string, 
/**
 * The lesson's title.
 */
title: string, 
/**
 * 第 1 场
 */
name: string, 
/**
 * A programme tag.
 */
programme: string, 
/**
 * Who spoke.
 */
speakers: string, 
/**
 * When.
 */
starts: string, 
/**
 * Somebody was marked.
 */
recorded: boolean, 
/**
 * Parents who came.
 */
times: number, 
/**
 * As in [`CourseFigures::unknown`].
 */
unknown: number, };

export type CountOf = { 
/**
 * Sessions that have begun.
 */
sessions: number, 
/**
 * Of them: those that are over and of which nobody was marked.
 */
unrecorded: number, 
/**
 * The figures.
 */
figures: CourseFigures, };

export type CountPlace = { 
/**
 * Which; `None` where the class is not known.
 */
place: PlaceName | null, 
/**
 * The figures.
 */
figures: CourseFigures, };

export type CountRow = { 
/**
 * What it is called; empty for lessons without a programme.
 */
name: string, 
/**
 * What.
 */
count: CountOf, };

export type Counted = { 
/**
 * The figures; of several rows they sum to the whole.
 */
figures: Figures, 
/**
 * Families who came; where that is not known, who have a seat. One with children in several rows is in each.
 */
families: number, };

export type Counts = { 
/**
 * 新增
 */
new: number, 
/**
 * 变更
 */
changed: number, 
/**
 * 换班
 */
moved: number, 
/**
 * 转出: in the school, absent from the file.
 */
left: number, 
/**
 * 无变化
 */
unchanged: number, 
/**
 * Staff added or changed.
 */
staff: number, 
/**
 * Staff at the school, absent from the file.
 */
staff_left: number, 
/**
 * Lines with a fault that are not imported.
 */
faulty: number, 
/**
 * Lines that do not say whose they are, and sheets that were not read: nobody may be let go while there are any.
 */
unidentified: number, };

export type CourseAttendance = { 
/**
 * Which session.
 */
session: string, 
/**
 * Further children by name or 学号: of families that came without signing up.
 */
find: string, };

export type CourseCount = { 
/**
 * Terms that have begun, the newest first.
 */
terms: Array<TermName>, 
/**
 * This one; `None` while the school has no terms.
 */
term: TermName | null, 
/**
 * Everything.
 */
whole: CountOf, 
/**
 * By programme tag. A parent who came to two programmes is in each.
 */
programmes: Array<CountRow>, 
/**
 * By course. A parent who came to two courses is in each.
 */
courses: Array<CountRow>, 
/**
 * By campus of the children, as all groupings of places; these sum to the whole.
 */
campuses: Array<CountPlace>, 
/**
 * By grade.
 */
grades: Array<CountPlace>, 
/**
 * By class.
 */
classes: Array<CountPlace>, 
/**
 * Each session, by time.
 */
lessons: Array<CountLesson>, 
/**
 * Sessions that are still to come.
 */
ahead: number, 
/**
 * Sessions that were called off.
 */
called_off: number, 
/**
 * When this was reckoned, by the school's clock.
 */
made: string, };

export type CourseCountAsk = { 
/**
 * Which; the one that has begun last if `None`.
 */
term: TermId | null, };

export type CourseCountExport = { 
/**
 * As [`Count::term`].
 */
term: TermId | null, 
/**
 * In which language.
 */
language: Language, };

export type CourseCountTable = { 
/**
 * As [`Count::term`].
 */
term: TermId | null, 
/**
 * In which language.
 */
language: Language, };

export type CourseDraft = { 
/**
 * The place whose desk runs it. Settled as it is kept first.
 */
place: string, 
/**
 * 做智慧家长
 */
title: string, 
/**
 * Plain text.
 */
about: string, 
/**
 * A programme tag: 新美家长发展中心.
 */
programme: string, 
/**
 * In the desk's words: 一至三年级家长.
 */
for_whom: string, 
/**
 * Whom it is for. Settled as it is kept first.
 */
kind: CourseKind, 
/**
 * Everyone sees it; that is not taken back.
 */
published: boolean, };

export type CourseEnd = { 
/**
 * Which.
 */
course: string, };

export type CourseFigures = { 
/**
 * 参加人次: how often a parent was at a session.
 */
times: number, 
/**
 * Parents who were at one at least; each stands where they came first.
 */
parents: number, 
/**
 * Children who are enrolled.
 */
children: number, 
/**
 * Of them: those of whom a parent was at one at least.
 */
reached: number, 
/**
 * Times a parent was said not to have come.
 */
missed: number, 
/**
 * Bookings with seats at a session that is over, of which no parent was marked either way.
 */
unknown: number, };

export type CourseGive = { 
/**
 * Of which lesson.
 */
event: string, 
/**
 * What `file.give` made of the file.
 */
file: Attachment, 
/**
 * When, and to whom.
 */
giving: Giving, };

export type CourseKind = "parents" | "everybody";

export type CourseLine = { 
/**
 * Which.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Plain text.
 */
about: string, 
/**
 * A programme tag.
 */
programme: string, 
/**
 * For whom, in words.
 */
for_whom: string, 
/**
 * Whom it is for.
 */
kind: CourseKind, 
/**
 * Where it is in its life.
 */
state: CourseState, 
/**
 * Counts its changes: `course.put` names the one that was looked at.
 */
version: number, 
/**
 * The place whose desk runs it.
 */
place: PlaceName, 
/**
 * Whether the hat runs its desk.
 */
desk: boolean, 
/**
 * Lessons that were not called off.
 */
lessons: number, 
/**
 * Of them: those that are over.
 */
held: number, 
/**
 * The next lesson.
 */
next: NextLesson | null, 
/**
 * Sessions in which whoever sits here took part, in a course for parents.
 */
took_part: number, };

export type CourseList = Record<symbol, never>;

export type CourseMark = { 
/**
 * In which session.
 */
session: string, 
/**
 * Of whom.
 */
marks: Array<CourseMarkOf>, };

export type CourseMarkOf = { 
/**
 * Whom.
 */
guardian: string, 
/**
 * The child they are counted with.
 */
child: string, 
/**
 * Was there; was not there otherwise.
 */
came: boolean, 
/**
 * As [`AttendGuardian::seen`].
 */
seen: number, };

export type CourseOpen = { 
/**
 * Which.
 */
course: string, };

export type CourseOpened = { 
/**
 * As in the list.
 */
line: CourseLine, 
/**
 * Lessons, by time.
 */
lessons: Array<LessonView>, 
/**
 * Adults one booking may bring.
 */
most_adults: number, 
/**
 * When this reads otherwise by time alone.
 */
turns: string | null, };

export type CoursePut = { 
/**
 * Which; a new one if `None`.
 */
course: string | null, 
/**
 * What it says.
 */
draft: CourseDraft, 
/**
 * The version that was looked at; 0 for a new one.
 */
version: number, };

export type CourseRecord = { 
/**
 * The school's name.
 */
school: string, 
/**
 * One's own.
 */
name: string, 
/**
 * Sessions one took part in, or was said to have missed, the newest first.
 */
lessons: Array<RecordLesson>, 
/**
 * How many one took part in.
 */
took_part: number, 
/**
 * By the school's calendar, when this was read.
 */
made: string, };

export type CourseRecordAsk = Record<symbol, never>;

export type CourseSetGiving = { 
/**
 * Which.
 */
material: string, 
/**
 * When, and to whom.
 */
giving: Giving, };

export type CourseSignUp = { 
/**
 * Which sessions, at most one of each lesson.
 */
sessions: Array<string>, 
/**
 * Which children.
 */
children: Array<string>, 
/**
 * Adults who come along.
 */
adults: number, };

export type CourseSignedUp = { 
/**
 * In the order in which they were asked for.
 */
lessons: Array<SignedUpFor>, };

export type CourseState = "draft" | "published" | "ended" | "dropped";

export type CourseTakeBack = { 
/**
 * Which.
 */
material: string, };

export type Courses = { 
/**
 * By title.
 */
courses: Array<CourseLine>, 
/**
 * Places the hat may keep courses for.
 */
places: Array<PlaceName>, };

export type Cut = { 
/**
 * For families to read; up to [`limits::NOTE_CHARS`].
 */
reason: string, 
/**
 * Families it costs a seat or a place in line, as the coordinator saw them.
 */
families: number, };

export type DayKind = { "is": "holiday", 
/**
 * Which.
 */
name: HolidayName, } | { "is": "make-up-workday", 
/**
 * For which holiday.
 */
name: HolidayName, } | { "is": "weekend" } | { "is": "workday" } | { "is": "not-announced", 
/**
 * It is a Saturday or Sunday.
 */
weekend: boolean, };

export type DayKinds = { 
/**
 * The days.
 */
days: Array<DayView>, };

export type DayList = { 
/**
 * Which day.
 */
day: string, 
/**
 * Who is away, by class and 学号.
 */
absent: Array<AbsentView>, 
/**
 * Who is fetched by whom, by time.
 */
pick_ups: Array<PickUpView>, 
/**
 * Whether the hat sees who fetches whom: the gate does, other teachers do not.
 */
sees_pick_ups: boolean, };

export type DayPart = "whole-day" | "morning" | "afternoon";

export type DaySlot = { 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Who comes, or came, or was cancelled; `None` while it is free.
 */
meeting: MeetingView | null, };

export type DayTime = { 
/**
 * Days after that day; before it if negative.
 */
days: number, 
/**
 * On the school's clock.
 */
time: string, };

export type DayView = { 
/**
 * Which.
 */
date: string, 
/**
 * What it is.
 */
kind: DayKind, };

export type Delivery = { 
/**
 * When the school said so.
 */
as_of: string, 
/**
 * The school cannot be reached: it may stand better by now.
 */
last_known: boolean, 
/**
 * Every child it is for, by class and 学号.
 */
children: Array<ChildDelivery>, };

export type DeskBooking = { 
/**
 * Which.
 */
id: string, 
/**
 * In which session.
 */
session: string, 
/**
 * The children.
 */
children: Array<ChildName>, 
/**
 * The guardian whose booking it is.
 */
guardian: GuardianName, 
/**
 * 代办: who entered what it says now, and why.
 */
entered: Entered | null, 
/**
 * Adults.
 */
adults: number, 
/**
 * Seats.
 */
size: number, 
/**
 * When the server took it.
 */
at: string, 
/**
 * How it stands.
 */
state: BookingIs, 
/**
 * What was asked and answered.
 */
answers: Array<BookingAnswer>, 
/**
 * Why it holds no seats any more.
 */
put_back: PutBack | null, 
/**
 * Whether who comes may be changed now.
 */
may_change: boolean, 
/**
 * In a draw: the sessions it wishes for, the best first.
 */
wishes: Array<string>, 
/**
 * In a draw, once the roll is published: earlier draws in which it got nothing.
 */
misses: number | null, 
/**
 * How it came out of the draw.
 */
drawn: DrawnPlace | null, };

export type DeskDraw = { 
/**
 * By session, in the order of the event.
 */
wishes: Array<SessionWishes>, 
/**
 * Whether the public value may be entered now, by this computer's best knowledge.
 */
may_draw: boolean, };

export type DeskDuty = { 
/**
 * At which event.
 */
event: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Since when.
 */
since: string, 
/**
 * What.
 */
what: DeskDutyKind, };

export type DeskDutyKind = { "is": "draw", 
/**
 * Which value decides, in words.
 */
public_value: string, } | { "is": "roll", 
/**
 * Which session.
 */
session: string, 
/**
 * Its name.
 */
name: string, 
/**
 * How many families.
 */
families: number, };

export type DeskProof = { 
/**
 * The certificate.
 */
line: ProofLine, 
/**
 * Whose.
 */
name: string, };

export type DeskSession = { 
/**
 * Which.
 */
session: string, 
/**
 * Parents who were marked as there.
 */
came: number, 
/**
 * Families with seats of whom no parent is marked.
 */
unmarked: number, 
/**
 * Whether parents may be marked now.
 */
may_mark: boolean, };

export type DeskSwap = { 
/**
 * Which.
 */
swap: string, 
/**
 * Of which post.
 */
post: string, 
/**
 * Post title.
 */
title: string, 
/**
 * Who made the offer.
 */
one: DeskSwapSide, 
/**
 * Who answered it.
 */
other: DeskSwapSide | null, 
/**
 * When it was answered: the desk says to which answer its own is.
 */
seen: string | null, 
/**
 * What whoever made it would take; any other of the post, if there are none.
 */
want: Array<SwapShift>, 
/**
 * What they said; may be empty.
 */
words: string, 
/**
 * Two agree, and it waits for the desk.
 */
waits: boolean, 
/**
 * An answer waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type DeskSwapSide = { 
/**
 * Who.
 */
person: string, 
/**
 * That person's name.
 */
name: string, 
/**
 * What they give.
 */
gives: SwapShift, };

export type DeskView = { 
/**
 * The event.
 */
event: EventOpened, 
/**
 * Every booking, in order of acceptance.
 */
bookings: Array<DeskBooking>, 
/**
 * Where seats are drawn.
 */
draw: DeskDraw | null, };

export type Done = Record<symbol, never>;

export type Draft = { 
/**
 * Empty where there is none.
 */
body: string, };

export type DraftGet = { 
/**
 * Which screen and row: `notice.compose`, `event.plan`.
 */
key: string, };

export type DraftPut = { 
/**
 * As in `draft.get`.
 */
key: string, 
/**
 * Whatever the screen needs to come back as it was, as text.
 */
body: string, };

export type DrawFault = "commitment" | "plan" | "roll" | "changed" | "order" | "outcome";

export type DrawPhase = { "is": "not-open" } | { "is": "wishes", 
/**
 * Until then.
 */
until: string, } | { "is": "closing" } | { "is": "rolled", 
/**
 * What the roll hashes to.
 */
roll_sha256: string, } | { "is": "drawn", 
/**
 * When.
 */
at: string, 
/**
 * The public value, as the coordinator entered it.
 */
value: string, 
/**
 * The secret, revealed.
 */
secret: string, 
/**
 * What the roll hashes to.
 */
roll_sha256: string, 
/**
 * Entries that got a session.
 */
seated: number, };

export type DrawShape = { 
/**
 * Which public value decides, in words; `{date}` for the day on which it is known.
 */
public_value: string, 
/**
 * With how many decimals it is published.
 */
decimals: number, 
/**
 * When it will be known.
 */
known: DayTime, };

export type DrawView = { 
/**
 * Which public value decides, in words.
 */
public_value: string, 
/**
 * With how many decimals it is written.
 */
decimals: number, 
/**
 * When it will be known; nobody draws before.
 */
known: string, 
/**
 * SHA-256 of the school's secret, as it was published with the event.
 */
commitment: string, 
/**
 * Where it stands.
 */
phase: DrawPhase, 
/**
 * Entries: so far as last heard, then those of the roll.
 */
entries: number, 
/**
 * Sessions one entry may name.
 */
most_wishes: number, };

export type DrawnPlace = { 
/**
 * Its place in the order of the tickets; 1 was served first.
 */
place: number, 
/**
 * Of so many.
 */
of: number, 
/**
 * Which of its wishes it got, 1 being the first; none if `None`.
 */
wish: number | null, };

export type Duty = { 
/**
 * For whom; one message names each child.
 */
children: Array<ChildName>, 
/**
 * By when.
 */
due: string | null, 
/**
 * What.
 */
what: DutyKind, };

export type DutyClass = { 
/**
 * Which.
 */
place: PlaceName, 
/**
 * How many people.
 */
people: number, };

export type DutyCode = { 
/**
 * One's name, as the kiosk says it.
 */
name: string, 
/**
 * In letters.
 */
code: string, 
/**
 * QR code: modules, row by row, `true` is dark; a square.
 */
qr: Array<Array<boolean>>, };

export type DutyKind = { "is": "answer", 
/**
 * Which.
 */
notice: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * What is asked.
 */
ask: Ask, 
/**
 * When it came.
 */
sent: string, 
/**
 * What changed against the notice it replaces.
 */
changed: Changed | null, 
/**
 * The last automatic reminder.
 */
reminded: string | null, } | { "is": "choose", 
/**
 * Which.
 */
event: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Sessions with places left.
 */
sessions: number, 
/**
 * Seats left over all sessions, as last known.
 */
left: number, 
/**
 * The first session's start.
 */
starts: string, } | { "is": "offer", 
/**
 * The booking.
 */
booking: BookingView, } | { "is": "meet", 
/**
 * Who asks, and in which conference.
 */
asked: PleaseComeView, 
/**
 * The conference's title.
 */
title: string, } | { "is": "contest", 
/**
 * Which.
 */
contest: string, 
/**
 * Its title.
 */
title: string, 
/**
 * What.
 */
asks: EntryAsk, } | { "is": "still-coming", 
/**
 * Which.
 */
shift: string, 
/**
 * Post title.
 */
title: string, 
/**
 * When.
 */
starts: string, 
/**
 * Where to meet.
 */
meeting_point: string, } | { "is": "fill-turns", 
/**
 * Which class.
 */
class: PlaceName, 
/**
 * Places not filled.
 */
missing: number, 
/**
 * On so many days.
 */
days: number, 
/**
 * The first of them.
 */
starts: string, } | { "is": "renew", 
/**
 * Which.
 */
qualification: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * How one comes by it; may be empty.
 */
about: string, } | { "is": "receive", 
/**
 * Which.
 */
guest: string, 
/**
 * Name.
 */
name: string, 
/**
 * From where; may be empty.
 */
organisation: string, 
/**
 * How they are reached; may be empty.
 */
phone: string, 
/**
 * Post title.
 */
title: string, 
/**
 * When their first shift begins.
 */
starts: string, 
/**
 * Where to meet.
 */
meeting_point: string, } | { "is": "come", 
/**
 * Which.
 */
shift: string, 
/**
 * Its post.
 */
title: string, 
/**
 * From when.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * Who asks.
 */
offer: ShiftOffer, 
/**
 * Why one could not come, if so.
 */
why_not: Refusal | null, };

export type DutyLine = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * Guardian of these children, where the desk knows them.
 */
of: Array<string>, 
/**
 * What holds, with what waits on this computer.
 */
said: DutySaid | null, 
/**
 * Whole minutes from in to out.
 */
minutes: number | null, 
/**
 * Marks on the row: `hours.mark` names them as seen.
 */
seen: number, 
/**
 * What was said, the last of it last.
 */
marks: Array<DutyMark>, 
/**
 * Two desks said different things.
 */
disputed: boolean, 
/**
 * Still there long after the end.
 */
overstays: boolean, 
/**
 * Comes from outside.
 */
guest: GuestOf | null, 
/**
 * The entry that follows.
 */
entry: HoursIs | null, 
/**
 * A mark that waits on this computer, or was refused.
 */
waits: ItemState | null, };

export type DutyMark = { 
/**
 * What was said.
 */
said: DutySaid, 
/**
 * Who said it; the clock, at the end of the shift, if `None`.
 */
by: string | null, 
/**
 * The name, as everybody reads it.
 */
by_name: string, 
/**
 * When the school heard.
 */
at: string, 
/**
 * It was said without knowing of the mark before it.
 */
blind: boolean, };

export type DutyRoll = { 
/**
 * The shift.
 */
shift: DutyShift, 
/**
 * When people may be marked, if that is still to come.
 */
opens: string | null, 
/**
 * The school's now.
 */
now: string, 
/**
 * By name.
 */
people: Array<DutyLine>, 
/**
 * Classes of which two or more families come, in the order of the school's tree.
 */
classes: Array<DutyClass>, 
/**
 * Marks that wait on this computer.
 */
waiting: number, 
/**
 * When this reads otherwise by time alone.
 */
turns: string | null, };

export type DutySaid = { "is": "came", 
/**
 * Checked in.
 */
from: string, 
/**
 * Checked out; still there if `None`.
 */
until: string | null, } | { "is": "missed", 
/**
 * The excuse, in a few words; there is none if empty.
 */
excuse?: string, };

export type DutyScan = { "is": "in" } | { "is": "out", 
/**
 * Came then.
 */
from: string, } | { "is": "already-in", 
/**
 * Came then.
 */
from: string, } | { "is": "already-out", 
/**
 * Left then.
 */
until: string, };

export type DutyScanned = { "is": "person", 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * What it comes to.
 */
what: DutyScan, 
/**
 * Comes from outside: who receives them is said beside the name.
 */
guest: GuestOf | null, } | { "is": "nobody-receives", 
/**
 * Name.
 */
name: string, } | { "is": "other-shift", 
/**
 * Name.
 */
name: string, 
/**
 * Post title.
 */
title: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, } | { "is": "gave-back", 
/**
 * Name.
 */
name: string, } | { "is": "not-here" } | { "is": "forged" } | { "is": "unreadable" };

export type DutyShift = { 
/**
 * Which.
 */
id: string, 
/**
 * Post title.
 */
title: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * It is today.
 */
today: boolean, 
/**
 * Whether people may be marked now.
 */
may_mark: boolean, 
/**
 * People who said they come.
 */
people: number, 
/**
 * Of whom nothing was said.
 */
unmarked: number, 
/**
 * Who came.
 */
came: number, 
/**
 * Who is still there long after the end, pupils among them.
 */
overstays: number, 
/**
 * Whether whoever sits here is there for its volunteers: 带班.
 */
supervised: boolean, 
/**
 * Whether guests from outside may be written down for it.
 */
invites: boolean, };

export type DutyShifts = { 
/**
 * Those of today first, then the latest first.
 */
shifts: Array<DutyShift>, };

export type DutyWish = { 
/**
 * Of whom.
 */
person: string, 
/**
 * What.
 */
said: DutySaid, 
/**
 * How many marks this desk saw on the row: 0 for none. Who saw them all corrects them.
 */
seen: number, };

export type Earlier = { 
/**
 * Plain text.
 */
text: string, 
/**
 * Until when it said so.
 */
until: string, };

export type Ended = { 
/**
 * Who of the school ended it.
 */
by: string, 
/**
 * When.
 */
at: string, };

export type Entered = { 
/**
 * The member of staff who entered what the row says now.
 */
by: string, 
/**
 * In their words; may be empty.
 */
note: string, };

export type EntryAsk = { "is": "agree" } | { "is": "poster" } | { "is": "revise", 
/**
 * What, in the desk's words.
 */
words: string, };

export type EntryView = { 
/**
 * In the child's words; may be empty.
 */
statement: string, 
/**
 * A picture or a PDF.
 */
poster: FileView | null, 
/**
 * When the school got it.
 */
at: string, };

export type EntryWish = { 
/**
 * In which contest.
 */
contest: string, 
/**
 * Whom.
 */
child: string, 
/**
 * In the child's words, up to [`limits::STATEMENT_CHARS`](crate::limits::STATEMENT_CHARS); may be empty.
 */
statement: string, 
/**
 * A picture or a PDF.
 */
poster?: Attachment | null, 
/**
 * The school may see name, statement and poster.
 */
shows: boolean, 
/**
 * 代办: for which guardian. Staff without one nominate, and the family still has to agree.
 */
on_behalf_of: Proxy | null, 
/**
 * The version that was looked at; 0 where the child was not nominated. Not looked at if `None`.
 */
replaces?: number | null, 
/**
 * Made by the device that nominates: what stands for the child where an order is drawn follows from it.
 */
mark?: string | null, };

export type EventAccept = { 
/**
 * Which.
 */
booking: string, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type EventCancel = { 
/**
 * Which.
 */
event: string, 
/**
 * For families to read.
 */
reason: string, };

export type EventCancelSession = { 
/**
 * Which.
 */
session: string, 
/**
 * For families to read.
 */
reason: string, };

export type EventCapacity = { 
/**
 * Which session.
 */
session: string, 
/**
 * Seats.
 */
capacity: number, 
/**
 * Meant, although families lose seats by it: see `event.losing`.
 */
cut: Cut | null, };

export type EventCertificate = { 
/**
 * The school's name.
 */
school: string, 
/**
 * Title of the event.
 */
title: string, 
/**
 * Its programme tags.
 */
tags: Array<string>, 
/**
 * 第 1 场
 */
session: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Where on the campus.
 */
venue: string, 
/**
 * The family's children who were there, each in the class of that day.
 */
children: Array<ChildName>, };

export type EventCertificateAsk = { 
/**
 * With which booking.
 */
booking: string, };

export type EventChange = { 
/**
 * Which.
 */
event: string, 
/**
 * The version that was looked at.
 */
version: number, 
/**
 * As it is to be.
 */
plan: EventPublish, };

export type EventChangeBooking = { 
/**
 * Which.
 */
booking: string, 
/**
 * All who come.
 */
children: Array<string>, 
/**
 * Adults who come along.
 */
adults: number, 
/**
 * Answers to the event's questions, in their order.
 */
answers: Array<string>, 
/**
 * In a draw: all sessions wished for, the best first; as they are if empty.
 */
wishes: Array<string>, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type EventCopy = { 
/**
 * Which.
 */
event: string, };

export type EventDecline = { 
/**
 * Which.
 */
booking: string, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type EventDesk = { 
/**
 * Which.
 */
event: string, };

export type EventDraw = { 
/**
 * Which.
 */
event: string, 
/**
 * The public value: digits, with a point before its decimals.
 */
value: string, };

export type EventLine = { 
/**
 * Which.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * A programme tag.
 */
programme: string, 
/**
 * Further tags it counts for.
 */
tags: Array<string>, 
/**
 * The place that runs it.
 */
place: PlaceName, 
/**
 * Where on the campus, in the words it was planned with.
 */
venue: string, 
/**
 * Which venue of the school's that is, if one.
 */
held_in: VenueHere | null, 
/**
 * Where it is in its life.
 */
state: EventState, 
/**
 * First session's start.
 */
starts: string, 
/**
 * Last session's end.
 */
ends: string, 
/**
 * When sign-up opens.
 */
opens: string, 
/**
 * When sign-up closes.
 */
closes: string, 
/**
 * Whether sign-up is open by this computer's best knowledge of the school's time.
 */
open_now: boolean, 
/**
 * How it looks.
 */
look: Look, 
/**
 * How full each session is.
 */
sessions: Array<SessionFill>, 
/**
 * The family's bookings here.
 */
mine: Array<BookingView>, 
/**
 * The family's children it is for.
 */
eligible: Array<ChildName>, 
/**
 * Whether the hat runs its desk.
 */
desk: boolean, 
/**
 * Seats are drawn, not given to whoever comes first.
 */
draw: DrawView | null, };

export type EventList = Record<symbol, never>;

export type EventLosing = { 
/**
 * Which session.
 */
session: string, 
/**
 * Seats.
 */
capacity: number, };

export type EventOpen = { 
/**
 * Which.
 */
event: string, };

export type EventOpened = { 
/**
 * As in the list.
 */
line: EventLine, 
/**
 * Plain text.
 */
about: string, 
/**
 * Whom a seat is for.
 */
seat_rule: SeatRule, 
/**
 * Seats one family may hold.
 */
family_limit: number, 
/**
 * Sessions a child may have.
 */
child_limit: number, 
/**
 * Seats a booking may take for each child that comes; as many as the family may have if `None`.
 */
child_seats: number | null, 
/**
 * What a family is asked as it signs up.
 */
questions: Array<FormField>, 
/**
 * Whether a full session has a waitlist.
 */
waitlist: boolean, 
/**
 * Until when a family may give seats back.
 */
withdraw_until: string, 
/**
 * For whom, in words; empty means everyone at its place.
 */
for_whom: Array<PlaceName>, 
/**
 * The theme it was planned from.
 */
theme: string | null, 
/**
 * It is a lesson of a course.
 */
lesson: Lesson | null, 
/**
 * The title of that course, where it may be seen.
 */
course: string | null, 
/**
 * Counts its changes: `event.change` names the one that was looked at.
 */
version: number, 
/**
 * Where it was to be before that was changed.
 */
venue_was: VenueWas | null, 
/**
 * The family's children who may still be signed up, by session.
 */
may_join: Array<MayJoin>, 
/**
 * What the family has at the same time as a session: session, title.
 */
clashes: Array<SessionClash>, 
/**
 * Whether sign-up is open by this computer's best knowledge of the school's time.
 */
open_now: boolean, 
/**
 * Seats the family may still take here.
 */
seats_left: number, 
/**
 * Adults one booking may bring.
 */
most_adults: number, 
/**
 * What this computer wants changed of the event or its sessions, and the school has not said yet; the newest.
 */
pending: PendingWish | null, 
/**
 * When this reads otherwise by time alone: sign-up opens or closes, a session begins, an offer ends.
 */
turns: string | null, };

export type EventPart = "comes" | "waits" | "came";

export type EventPublish = { 
/**
 * The place whose desk runs it.
 */
place: string, 
/**
 * Title.
 */
title: string, 
/**
 * Plain text.
 */
about: string, 
/**
 * Where on the campus; of no account where `held_in` names a venue.
 */
venue: string, 
/**
 * In which venue of the school's.
 */
held_in: string | null, 
/**
 * A programme tag.
 */
programme: string, 
/**
 * Further tags it counts for.
 */
tags: Array<string>, 
/**
 * Grades and classes it is for; empty means everyone at `place`.
 */
eligible: Array<string>, 
/**
 * Whom a seat is for.
 */
seat_rule: SeatRule, 
/**
 * Seats one family may hold.
 */
family_limit: number, 
/**
 * Sessions a child may have; 1 if it is not said.
 */
child_limit: number | null, 
/**
 * Seats a booking may take for each child that comes; as many as the family may have if `None`.
 */
child_seats: number | null, 
/**
 * What a family is asked as it signs up.
 */
questions: Array<FormField>, 
/**
 * How it looks.
 */
look: Look, 
/**
 * Whether a full session has a waitlist.
 */
waitlist: boolean, 
/**
 * When sign-up opens.
 */
opens: string, 
/**
 * When sign-up closes.
 */
closes: string, 
/**
 * Until when a family may give seats back.
 */
withdraw_until: string, 
/**
 * The sessions.
 */
sessions: Array<PlannedSession>, 
/**
 * Seats are drawn when sign-up has closed. Settled as the event is published: a change says nothing of it.
 */
draw: PlannedDraw | null, 
/**
 * The theme it is planned from. Settled as the event is published.
 */
theme: string | null, 
/**
 * It is a lesson of a course.
 */
lesson: Lesson | null, 
/**
 * With whom it is held. Settled as the event is published: a change says nothing of it.
 */
partner: string | null, 
/**
 * It goes somewhere. Settled as the event is published: a change says nothing of it.
 */
trip: TripPlan | null, };

export type EventRecompute = { 
/**
 * Which.
 */
event: string, };

export type EventRehearse = { 
/**
 * As `event.publish` takes it.
 */
plan: EventPublish, 
/**
 * What families are supposed to do.
 */
suppose: Suppositions, 
/**
 * Openings to play, at most [`limits::REHEARSAL_RUNS`](xinmei_model::limits::REHEARSAL_RUNS).
 */
runs: number, 
/**
 * With a seed that was told before, the same figures come out again; `None` for a new one.
 */
seed: number | null, };

export type EventRehearsed = { 
/**
 * With which the same figures come out again.
 */
seed: number, 
/**
 * Openings played.
 */
runs: number, 
/**
 * Families it is for, as this computer knows them.
 */
families: number, 
/**
 * Children it is for for whom nobody may sign up: no guardian may decide.
 */
alone: number, 
/**
 * Of the families, those for which staff would enter it: nobody who decides has joined.
 */
by_staff: number, 
/**
 * The plan has a draw: what is meant is `draw`, and `race` is what it is compared with; else the other way round.
 */
draws: boolean, 
/**
 * The families that want to come, where who comes first is served first.
 */
race: Fates, 
/**
 * The same where seats are drawn. `None` where this plan could not be drawn: a child comes several times, or a session begins
 * before sign-up closes.
 */
draw: Fates | null, 
/**
 * By start.
 */
sessions: Array<RehearsedSession>, 
/**
 * Every class with families it is for, by campus, grade and number.
 */
classes: Array<RehearsedClass>, };

export type EventReport = { 
/**
 * Which.
 */
event: string, 
/**
 * Title.
 */
title: string, 
/**
 * Its programme tags.
 */
tags: Array<string>, 
/**
 * The place whose desk runs it.
 */
place: PlaceName, 
/**
 * Where on the campus.
 */
venue: string, 
/**
 * Whom a seat is for: how a family that came in part is counted follows from it.
 */
seat_rule: SeatRule, 
/**
 * Why it was called off, if it was.
 */
cancelled: string | null, 
/**
 * By time.
 */
sessions: Array<ReportSession>, 
/**
 * All sessions that take place.
 */
whole: Counted, 
/**
 * By campus, as all groupings in the order of the school's tree; whoever is of no known class stands last.
 */
campuses: Array<ReportPlace>, 
/**
 * By grade.
 */
grades: Array<ReportPlace>, 
/**
 * By class.
 */
classes: Array<ReportPlace>, 
/**
 * Whether whoever reads this may write to the families who came, and there are some.
 */
may_ask: boolean, 
/**
 * When this was reckoned, by the school's clock.
 */
made: string, };

export type EventReportAsk = { 
/**
 * Which.
 */
event: string, };

export type EventReportExport = { 
/**
 * Of what.
 */
of: ReportOf, 
/**
 * In which language.
 */
language: Language, };

export type EventReportTable = { 
/**
 * Of what.
 */
of: ReportOf, 
/**
 * In which language.
 */
language: Language, };

export type EventShape = { 
/**
 * One line; in a theme with `{字段}` for what differs each time.
 */
title: string, 
/**
 * Plain text; in a theme with `{字段}` for what differs each time.
 */
about: string, 
/**
 * Where on the campus; what stands where its venue was dropped meanwhile.
 */
venue: string, 
/**
 * In which venue.
 */
held_in?: string | null, 
/**
 * A programme tag.
 */
programme: string, 
/**
 * Further tags it counts for.
 */
tags: Array<string>, 
/**
 * Whom a seat is for.
 */
seat_rule: SeatRule, 
/**
 * Seats one family may hold over all sessions.
 */
family_limit: number, 
/**
 * Sessions a child may have.
 */
child_limit: number, 
/**
 * Seats a booking may take for each child that comes.
 */
child_seats?: number | null, 
/**
 * What a family is asked as it signs up.
 */
questions: Array<FormField>, 
/**
 * How it looks.
 */
look?: Look, 
/**
 * Whether a full session has a waitlist.
 */
waitlist: boolean, 
/**
 * When sign-up opens.
 */
opens: DayTime, 
/**
 * When sign-up closes.
 */
closes: DayTime, 
/**
 * Until when a family may give its seats back on its own.
 */
withdraw_until: DayTime, 
/**
 * The sessions, in order.
 */
sessions: Array<SessionShape>, 
/**
 * How seats are drawn, if they are.
 */
draw: DrawShape | null, 
/**
 * With whom it is held; with nobody where that partner was dropped meanwhile.
 */
partner?: string | null, 
/**
 * Where it goes, if it goes anywhere.
 */
trip?: TripPlan | null, };

export type EventSignUp = { 
/**
 * Which session.
 */
session: string, 
/**
 * Which children: all or none.
 */
children: Array<string>, 
/**
 * Adults who come along.
 */
adults: number, 
/**
 * Answers to the event's questions, in their order.
 */
answers: Array<string>, 
/**
 * In a draw: further sessions, in order of preference.
 */
others: Array<string>, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type EventSoon = { 
/**
 * Which.
 */
event: string, 
/**
 * Title.
 */
title: string, 
/**
 * What happens.
 */
when: Soon, 
/**
 * When.
 */
at: string, 
/**
 * How full its sessions are.
 */
sessions: Array<SessionFill>, };

export type EventState = { "is": "draft" } | { "is": "published" } | { "is": "cancelled", 
/**
 * In the organiser's words.
 */
reason: string, 
/**
 * Since when.
 */
at: string | null, };

export type EventWithdraw = { 
/**
 * Which.
 */
booking: string, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type Events = { 
/**
 * By the first session's start.
 */
events: Array<EventLine>, 
/**
 * Whether the hat may plan events.
 */
may_plan: boolean, 
/**
 * Places the hat may plan for.
 */
places: Array<PlaceName>, 
/**
 * When this list reads otherwise by time alone.
 */
turns: string | null, };

export type FamilyName = { 
/**
 * The child's name.
 */
child: string, 
/**
 * What they are to the child.
 */
relation: Relation, };

export type FamilyToday = { 
/**
 * The school's now, as far as this computer knows.
 */
now: string, 
/**
 * The family's children.
 */
children: Array<ChildName>, 
/**
 * What is still to do: by due time, then by child.
 */
duties: Array<Duty>, 
/**
 * What was done lately; can be folded away.
 */
done: Array<Duty>, 
/**
 * Conversations in which something was said that was not seen yet.
 */
unread: Array<ConversationLine>, 
/**
 * What comes, by time.
 */
coming: Array<Coming>, 
/**
 * Two things of one child or one guardian at the same time.
 */
clashes: Array<Clash>, 
/**
 * Days of the week strip, Monday to Friday or Sunday where something is on or it is worked, as ISO dates.
 */
week: Array<string>, 
/**
 * Those of them that are not as their weekday says.
 */
marks: Array<DayView>, };

export type Fates = { 
/**
 * All that want to come.
 */
wanting: Spread, 
/**
 * All their children for whom there is a session have a seat.
 */
seated: Spread, 
/**
 * Some of their children have.
 */
partly: Spread, 
/**
 * None has, and they stand in a line.
 */
waiting: Spread, 
/**
 * They found no room, and there is no line they could stand in.
 */
turned_away: Spread, 
/**
 * Together they take more seats than a family may have.
 */
too_large: Spread, 
/**
 * They came after sign-up had closed.
 */
too_late: Spread, 
/**
 * No session is for any of their children.
 */
no_session: Spread, 
/**
 * They had seats and gave them back.
 */
gave_back: Spread, };

export type Fault = { "fault": "refused", 
/**
 * Why.
 */
refusal: Refusal, } | { "fault": "invalid", 
/**
 * Which part.
 */
what: string, } | { "fault": "offline" } | { "fault": "busy", 
/**
 * Seconds after which it is worth trying again.
 */
retry_s: number, } | { "fault": "clock-wrong" } | { "fault": "denied", 
/**
 * Stable, as in problem details: `invite-unknown`, `password-short`, `roster-unreadable`…
 */
code: string, 
/**
 * For a log, in English.
 */
detail: string, } | { "fault": "signed-out" } | { "fault": "locked" } | { "fault": "update-needed" } | { "fault": "disk-full" } | { "fault": "broken", 
/**
 * Four hexadecimal digits.
 */
report: string, };

export type FaultLine = { 
/**
 * Sheet name; empty for CSV.
 */
sheet: string, 
/**
 * 1-based, as the spreadsheet shows it; 0 speaks of the whole sheet.
 */
line: number, 
/**
 * Column heading, where one cell is at fault.
 */
column: string, 
/**
 * Stable code; the window has its sentence.
 */
code: string, 
/**
 * What stood there, or the earlier line it repeats.
 */
value: string, 
/**
 * The line is imported all the same.
 */
hint: boolean, };

export type FieldKind = { "is": "text" } | { "is": "number" } | { "is": "date" } | { "is": "choice", 
/**
 * In words.
 */
choices: Array<string>, } | { "is": "file" };

export type Figures = { 
/**
 * Had a seat when it began, or have one.
 */
expected: Heads, 
/**
 * Of them: came. Of a family that came in part children are counted before adults.
 */
came: Heads, 
/**
 * Of them: did not come, where it is known.
 */
absent: Heads, 
/**
 * Of them: nobody checked in, or it is not over yet.
 */
unknown: Heads, 
/**
 * Gave their seats back.
 */
withdrew: Heads, 
/**
 * Wanted a seat and got none.
 */
waited: Heads, 
/**
 * People who came without a seat of their own.
 */
walked_in: number, };

export type FileGive = { 
/**
 * Which, from the second piece on.
 */
file: string | null, 
/**
 * As the person's system calls it.
 */
name: string, 
/**
 * Bytes of the whole.
 */
bytes: number, 
/**
 * Where this piece begins.
 */
at: number, 
/**
 * The piece: base64 (RFC 4648 §4) of at most 256 KiB.
 */
content: string, };

export type FileGiven = { 
/**
 * Which.
 */
file: string, 
/**
 * Bytes taken.
 */
have: number, 
/**
 * Once it is whole: what to send.
 */
attachment: Attachment | null, };

export type FileKind = "pdf" | "jpeg" | "png" | "text" | "document" | "sheet" | "slides" | "audio" | "video" | "other";

export type FileOpen = { 
/**
 * The notice, answer or message that carries it.
 */
of: string, 
/**
 * Which.
 */
sha256: string, };

export type FilePiece = { 
/**
 * Base64 (RFC 4648 §4) of at most 256 KiB; nothing at the end.
 */
content: string, };

export type FileRead = { 
/**
 * The notice, answer or message that carries it.
 */
of: string, 
/**
 * Which.
 */
sha256: string, 
/**
 * From which byte on.
 */
at: number, };

export type FileSave = { 
/**
 * The notice, answer or message that carries it.
 */
of: string, 
/**
 * Which.
 */
sha256: string, };

export type FileSaveAnswers = { 
/**
 * Which.
 */
notice: string, };

export type FileSaved = { 
/**
 * The whole path.
 */
path: string, 
/**
 * The name it has there.
 */
name: string, };

export type FileSavedAnswers = { 
/**
 * Files.
 */
files: number, 
/**
 * The name of the last one, where there was any.
 */
last: string | null, };

export type FileShow = { 
/**
 * As [`KeptFile::name`].
 */
name: string, };

export type FileThumbnail = { 
/**
 * The notice, answer or message that carries it; `None` for one that is being composed here.
 */
of: string | null, 
/**
 * The picture's own hash.
 */
sha256: string, 
/**
 * Its thumbnail's.
 */
thumbnail: string, };

export type FileThumbnailJpeg = { 
/**
 * Base64 (RFC 4648 §4).
 */
content: string, };

export type FileView = { 
/**
 * What its sender says of it.
 */
attachment: Attachment, 
/**
 * Whether it may be opened from here; all may be saved.
 */
opens: boolean, 
/**
 * Bytes that are here already.
 */
here: number, 
/**
 * For one that waits here to be sent: bytes the school has.
 */
sent: number | null, };

export type Fitting = { 
/**
 * One for each session that does not.
 */
troubles: Array<VenueMisfit>, };

export type FormField = { 
/**
 * What is asked.
 */
label: string, 
/**
 * What can be entered.
 */
value: FieldKind, 
/**
 * Whether it must be filled.
 */
required: boolean, };

export type Found = { 
/**
 * The children.
 */
children: Array<ClassChild>, 
/**
 * There are more.
 */
more: boolean, };

export type FreeSlot = { 
/**
 * Of which offer.
 */
offer: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, };

export type GateDay = { 
/**
 * Which day; today if `None`.
 */
day: string | null, };

export type GateSession = { 
/**
 * Which.
 */
id: string, 
/**
 * 第 1 场
 */
name: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * From when on somebody may be let in.
 */
doors: string, 
/**
 * Whether somebody may be let in now.
 */
admits: boolean, 
/**
 * Whether it has begun.
 */
begun: boolean, 
/**
 * Seats.
 */
capacity: number, 
/**
 * Seats of the parties on the list.
 */
expected: number, 
/**
 * Parties on the list.
 */
families: number, 
/**
 * People who came.
 */
came: number, 
/**
 * People who came and have not left.
 */
on_site: number, 
/**
 * Of those who came: without a booking.
 */
walked_in: number, 
/**
 * Families of whom nobody has come.
 */
absent: number, 
/**
 * Families whose seats are free once every gate has heard.
 */
releasing: number, 
/**
 * Families whose seats went to others.
 */
released: number, };

export type GateState = { "is": "open" } | { "is": "closed", 
/**
 * When.
 */
at: string, } | { "is": "revoked", 
/**
 * When.
 */
at: string, };

export type GateView = { 
/**
 * Which.
 */
id: string, 
/**
 * 北门
 */
name: string, 
/**
 * Who stands there.
 */
person_name: string, 
/**
 * Since when.
 */
opened: string, 
/**
 * Where it is in its life.
 */
state: GateState, 
/**
 * Seats it may give, for each session.
 */
leases: Array<Lease>, 
/**
 * Whether it has heard of everything that was taken back.
 */
heard: boolean, 
/**
 * People it let in.
 */
came: number, 
/**
 * When it last let somebody in, as far as the school has heard.
 */
last: string | null, };

export type GivenThen = { 
/**
 * What.
 */
reply: Reply, 
/**
 * By which guardian.
 */
by: string, 
/**
 * 代办: who entered it.
 */
entered: Entered | null, 
/**
 * When the server took it.
 */
at: string, 
/**
 * When another version took its place, before or after the moment.
 */
replaced: string | null, };

export type GivenView = { 
/**
 * What.
 */
reply: Reply, 
/**
 * The guardian whose answer it is.
 */
guardian: string, 
/**
 * Which.
 */
guardian_id: string, 
/**
 * How related; not known of answers of an earlier release.
 */
relation: Relation | null, 
/**
 * 代办: who entered it, and why.
 */
entered: Entered | null, 
/**
 * When.
 */
at: string, 
/**
 * After it was due.
 */
late: boolean, };

export type Giving = "now" | "afterwards" | "took-part";

export type Gone = { "is": "recalled", 
/**
 * When.
 */
at: string, } | { "is": "replaced", 
/**
 * When.
 */
at: string, 
/**
 * Which.
 */
by: string, };

export type GuardianDelivery = { 
/**
 * Who.
 */
guardian: GuardianName, 
/**
 * How far it came.
 */
way: Way, 
/**
 * When the school heard that this guardian had it on the screen.
 */
seen: string | null, 
/**
 * What this guardian answered for the child.
 */
acted: Acted | null, };

export type GuardianHere = { 
/**
 * Who.
 */
guardian: GuardianName, 
/**
 * May only read.
 */
stopped: boolean, };

export type GuardianName = { 
/**
 * Which.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * How related.
 */
relation: Relation, 
/**
 * May decide today: 代办 rests on this right.
 */
decides: boolean, };

export type GuardianThen = { 
/**
 * Who.
 */
person: string, 
/**
 * That guardian's name.
 */
name: string, 
/**
 * How they are related.
 */
relation: Relation, 
/**
 * Whether they heard from the school.
 */
heard: HeardThen, };

export type GuestDraft = { 
/**
 * Made by the device that writes them down.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * From where; may be empty.
 */
organisation?: string, 
/**
 * How they are reached on the day; may be empty.
 */
phone?: string, 
/**
 * Who said that the guest agrees to be written down, and how.
 */
agreed: string, 
/**
 * The member of staff who receives them.
 */
sponsor: string, 
/**
 * Shifts of one post on one day: at most [`limits::SHIFTS_PER_GUEST`].
 */
shifts: Array<string>, };

export type GuestOf = { 
/**
 * Which guest.
 */
guest: string, 
/**
 * From where; may be empty.
 */
organisation: string, 
/**
 * Who receives them.
 */
sponsor: string, 
/**
 * Whether that person works here on the guest's day.
 */
received: boolean, };

export type GuestPass = { 
/**
 * Of which school.
 */
school: string, 
/**
 * Name.
 */
name: string, 
/**
 * From where; may be empty.
 */
organisation: string, 
/**
 * Who receives them.
 */
sponsor: string, 
/**
 * The one day on which it counts.
 */
day: string, 
/**
 * Post title.
 */
title: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * One code for each shift that stands; empty until the school has signed them.
 */
codes: Array<GuestPassCode>, };

export type GuestPassCode = { 
/**
 * From when.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * In letters.
 */
code: string, 
/**
 * QR code: modules, row by row, `true` is dark; a square.
 */
qr: Array<Array<boolean>>, };

export type GuestShift = { 
/**
 * Which.
 */
shift: string, 
/**
 * From when.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * It was called off, or given back.
 */
off: boolean, 
/**
 * What was said of them.
 */
said: DutySaid | null, };

export type GuestView = { 
/**
 * Which.
 */
guest: string, 
/**
 * The person, without an account.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * From where; may be empty.
 */
organisation: string, 
/**
 * How they are reached; empty from the day after.
 */
phone: string, 
/**
 * Who said that they agree to be written down, and how.
 */
agreed: string, 
/**
 * Who receives them.
 */
sponsor: StaffName, 
/**
 * Whether that person works here on the guest's day: a guest without them is let in by the desk alone.
 */
received: boolean, 
/**
 * Whether one receives them oneself.
 */
mine: boolean, 
/**
 * Whether the hat may take them out and let somebody else receive them.
 */
may_change: boolean, 
/**
 * The one day.
 */
day: string, 
/**
 * When somebody said that they came.
 */
came: string | null, 
/**
 * Post title.
 */
title: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * Their shifts, by start.
 */
shifts: Array<GuestShift>, 
/**
 * Who wrote them down.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * A wish about them waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type GuestWaiting = { 
/**
 * The person they will be.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * From where; may be empty.
 */
organisation: string, 
/**
 * For which shifts.
 */
shifts: Array<string>, 
/**
 * How it stands.
 */
state: ItemState, };

export type Hat = { "is": "guardian" } | { "is": "staff", 
/**
 * Which one.
 */
role: string, };

export type HatLine = { 
/**
 * Which.
 */
role: string, 
/**
 * Who wears it.
 */
name: string, 
/**
 * 班主任
 */
title: string, 
/**
 * 语文, for those who teach one.
 */
subject: string | null, 
/**
 * Where it holds.
 */
place: PlaceName, 
/**
 * It is no longer worn.
 */
over: boolean, };

export type HatView = { 
/**
 * Which.
 */
hat: Hat, 
/**
 * What it allows; `None` for a guardian.
 */
kind: RoleKind | null, 
/**
 * 班主任; empty for a guardian.
 */
title: string, 
/**
 * Where it holds; `None` for a guardian.
 */
place: PlaceName | null, 
/**
 * The guardian's children.
 */
children: Array<ChildName>, };

export type Hats = { 
/**
 * The hats.
 */
hats: Array<HatLine>, };

export type Heads = { 
/**
 * Children.
 */
children: number, 
/**
 * Adults.
 */
adults: number, };

export type HeardThen = "heard" | "not-joined" | "on-paper" | "ask-office";

export type Held = { 
/**
 * Which.
 */
notice: string, 
/**
 * Title.
 */
title: string, 
/**
 * Held, or waiting for somebody to agree, or not agreed to lately.
 */
state: NoticeState, 
/**
 * When it goes out; `None` while it waits on this computer, because the hold window begins when the school has it.
 */
until: string | null, 
/**
 * The wish to send it waits on this computer, or for the school's answer.
 */
pending: ItemState | null, 
/**
 * To how many families.
 */
families: number, };

export type HeldFor = { "is": "staff" } | { "is": "siblings" } | { "is": "places", 
/**
 * At most [`limits::TARGETS_PER_AUDIENCE`].
 */
places: Array<string>, } | { "is": "phoned" };

export type History = { 
/**
 * The moment; never later than now.
 */
at: string, 
/**
 * Guardians and whether each heard from the school then: staff see all, a guardian only themselves.
 */
guardians: Array<GuardianThen>, 
/**
 * Notices, the newest first; at most [`limits::LOOK_BACK`].
 */
notices: Array<NoticeThen>, 
/**
 * Older notices that are not shown.
 */
older: number, 
/**
 * Conversations in which something had been said, the newest first.
 */
conversations: Array<ConversationThen>, 
/**
 * Requests, the newest first.
 */
requests: Array<RequestThen>, 
/**
 * When something of this changed last before the moment.
 */
before: string | null, 
/**
 * When something of this changed next.
 */
after: string | null, };

export type HistoryOpen = { 
/**
 * Whose family: a guardian's own, or of a class the hat covers.
 */
child: string, 
/**
 * When; now if `None`.
 */
at: string | null, };

export type HistoryView = { 
/**
 * The child.
 */
child: ChildName, 
/**
 * What was in the family's hands, as far as this hat may see it.
 */
history: History, };

export type HoldShape = { 
/**
 * For whom.
 */
of: HeldFor, 
/**
 * How many.
 */
seats: number, 
/**
 * Then they are free for everybody.
 */
until: DayTime, };

export type HoldView = { 
/**
 * Which.
 */
id: string, 
/**
 * For whom.
 */
of: HeldFor, 
/**
 * For which grades and classes, if for some.
 */
places: Array<PlaceName>, 
/**
 * How many are kept.
 */
seats: number, 
/**
 * How many of them are left, as last heard.
 */
left: number, 
/**
 * Then they are free for everybody.
 */
until: string, 
/**
 * Whether they are for this family, or for whom this desk enters.
 */
own: boolean, };

export type HolidayKind = "holiday" | "workday";

export type HolidayName = { 
/**
 * 春节
 */
zh: string, 
/**
 * Spring Festival
 */
en: string, };

export type HolidaySpan = { 
/**
 * The first.
 */
from: string, 
/**
 * The last; the first itself where it is one day.
 */
to: string, 
/**
 * What they are.
 */
kind: HolidayKind, 
/**
 * The holiday, or for which.
 */
name: HolidayName, };

export type HolidayYearView = { 
/**
 * Which.
 */
year: number, 
/**
 * When it was announced.
 */
published: string, 
/**
 * Which edition of the file.
 */
edition: number, 
/**
 * Where it can be read.
 */
source: string, 
/**
 * The school brought it in; else it is carried with this version.
 */
brought_in: boolean, 
/**
 * By date.
 */
spans: Array<HolidaySpan>, };

export type HolidayYears = { 
/**
 * The latest first.
 */
years: Array<HolidayYearView>, 
/**
 * This year and the next, as far as nothing was announced.
 */
not_announced: Array<number>, };

export type HolidaysDays = { 
/**
 * Which; at most a school year of them is answered.
 */
days: Array<string>, };

export type HolidaysList = Record<symbol, never>;

export type HolidaysSchoolDays = { 
/**
 * After this day.
 */
after: string, 
/**
 * How many; at most a school year of them is answered.
 */
count: number, };

export type HolidaysSet = { 
/**
 * A signed holiday file, whole.
 */
file: string, };

export type HolidaysSoon = { 
/**
 * By date; one that has begun is there until it is over.
 */
spans: Array<HolidaySpan>, 
/**
 * The calendar year of which nothing was announced, where these weeks reach into it.
 */
not_announced: number | null, };

export type HolidaysSoonAsk = Record<symbol, never>;

export type HoursApprove = { 
/**
 * Which, with the minutes that were looked at.
 */
entries: Array<SeenHours>, };

export type HoursAskAgain = { 
/**
 * Which.
 */
entry: string, 
/**
 * What is said of it beside what showed it then.
 */
evidence: string, };

export type HoursCheckOut = { 
/**
 * Which.
 */
shift: string, 
/**
 * When; now if `None`.
 */
until: string | null, };

export type HoursCheckpoint = { 
/**
 * Of which school.
 */
school: string, 
/**
 * Entries in the chain.
 */
count: number, 
/**
 * The hash of the last.
 */
hash: string, 
/**
 * When.
 */
at: string, 
/**
 * Ed25519 by the school's key; unpadded base64url.
 */
signature: string, };

export type HoursCheckpoints = Record<symbol, never>;

export type HoursCode = { 
/**
 * Of which shift.
 */
shift: string, };

export type HoursCorrect = { 
/**
 * Which.
 */
entry: string, 
/**
 * What holds, in minutes.
 */
minutes: number, 
/**
 * Why.
 */
reason: string, };

export type HoursDesk = { 
/**
 * Of whom: a name or its initials; everybody where it is empty.
 */
find: string, };

export type HoursDeskView = { 
/**
 * What waits, the oldest day first.
 */
waiting: Array<HoursLine>, 
/**
 * What was answered, the newest first; see `more`.
 */
answered: Array<HoursLine>, 
/**
 * Whether more was answered than is shown.
 */
more: boolean, 
/**
 * Certificates of theirs, the newest first: who cannot print their own gets them from the desk.
 */
proofs: Array<DeskProof>, 
/**
 * Whether this computer's copy fits itself and what it kept.
 */
copy: CopyCheck, 
/**
 * The longest an entry may be, in minutes.
 */
most_minutes: number, 
/**
 * The school's day.
 */
today: string, 
/**
 * The first and last day a certificate is proposed for: the present school year so far.
 */
year: [string, string], };

export type HoursFigures = { 
/**
 * Minutes that count: approved, and in place of nothing.
 */
approved: number, 
/**
 * Minutes that wait for approval. A correction that waits adds none: it is in place of what counts already.
 */
waiting: number, 
/**
 * People with minutes that count.
 */
people: number, 
/**
 * Times somebody came.
 */
came: number, 
/**
 * Times somebody did not come and was excused.
 */
excused: number, 
/**
 * Times somebody did not come, without an excuse.
 */
missed: number, 
/**
 * Shifts that took place.
 */
shifts: number, 
/**
 * People those needed.
 */
needed: number, 
/**
 * People who said they come to those.
 */
filled: number, 
/**
 * Pupils who were there at least once.
 */
pupils: number, 
/**
 * Times a pupil was there.
 */
services: number, 
/**
 * Minutes pupils were there, as they were noted: nobody approves them.
 */
served: number, };

export type HoursIs = { "is": "waiting" } | { "is": "approved", 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Its place in the chain.
 */
seq: number, 
/**
 * Its hash.
 */
hash: string, } | { "is": "corrected", 
/**
 * What holds instead.
 */
minutes: number, } | { "is": "refused", 
/**
 * By whom.
 */
by: string, 
/**
 * Why.
 */
reason: string, } | { "is": "withdrawn" };

export type HoursIssue = { 
/**
 * Of whom; of whoever sits here if `None`.
 */
person: string | null, 
/**
 * From this day.
 */
from: string, 
/**
 * To this day.
 */
to: string, 
/**
 * By a desk alone; may be empty.
 */
training: string, 
/**
 * The same.
 */
awards: string, 
/**
 * The same.
 */
evaluation: string, };

export type HoursKnowMissing = { 
/**
 * Which.
 */
entries: Array<string>, };

export type HoursLine = { 
/**
 * Which.
 */
id: string, 
/**
 * Whose.
 */
person: string, 
/**
 * That person's name.
 */
name: string, 
/**
 * Guardian of these children, where the desk knows them.
 */
of: Array<string>, 
/**
 * The place whose desks approve it.
 */
place: PlaceName, 
/**
 * What it was.
 */
title: string, 
/**
 * Programme tag.
 */
programme: string, 
/**
 * On which day.
 */
day: string, 
/**
 * How long.
 */
minutes: number, 
/**
 * It comes from a shift.
 */
from_shift: boolean, 
/**
 * What shows it.
 */
evidence: string, 
/**
 * Files that show it.
 */
files: Array<FileView>, 
/**
 * What it is in place of: the minutes of the approved entry.
 */
instead_of: number | null, 
/**
 * Why that is corrected.
 */
reason: string, 
/**
 * Who entered it.
 */
entered_by: string, 
/**
 * When.
 */
entered_at: string, 
/**
 * How it stands.
 */
state: HoursIs, 
/**
 * A wish about it waits on this computer, or was refused.
 */
pending: ItemState | null, 
/**
 * Whether whoever sits here may approve or refuse it.
 */
may_answer: boolean, 
/**
 * Whether it is another's to approve, because whoever sits here entered it or it is their own.
 */
others: boolean, 
/**
 * Whether whoever sits here may take it back.
 */
may_withdraw: boolean, 
/**
 * Whether it may be corrected.
 */
may_correct: boolean, };

export type HoursMark = { 
/**
 * Which shift.
 */
shift: string, 
/**
 * Of whom.
 */
people: Array<DutyWish>, };

export type HoursMine = Record<symbol, never>;

export type HoursMissing = Record<symbol, never>;

export type HoursOwnDuty = Record<symbol, never>;

export type HoursRefuse = { 
/**
 * Which.
 */
entries: Array<string>, 
/**
 * For the volunteer to read.
 */
reason: string, };

export type HoursReport = { 
/**
 * Terms that have begun, the newest first.
 */
terms: Array<TermName>, 
/**
 * This one; `None` while the school has no terms.
 */
term: TermName | null, 
/**
 * Everything, each once.
 */
whole: HoursFigures, 
/**
 * By class of the volunteers' children; whoever has children in two stands in both. Staff and others apart. Pupils by the class they
 * were in as they were put down.
 */
classes: HoursReportGroup, 
/**
 * By grade of those.
 */
grades: HoursReportGroup, 
/**
 * By campus whose desk it is of.
 */
campuses: HoursReportGroup, 
/**
 * By programme: the post's own, and its tags.
 */
programmes: HoursReportGroup, 
/**
 * By campaign.
 */
campaigns: HoursReportGroup, 
/**
 * By post; hours that were asked for without a shift apart.
 */
posts: HoursReportGroup, 
/**
 * By month.
 */
months: HoursReportGroup, 
/**
 * Every term that has begun, the newest first: all of them, whichever is shown.
 */
by_term: HoursReportGroup, 
/**
 * Shifts of the term that are still to come.
 */
ahead: number, 
/**
 * Shifts of the term that were called off.
 */
called_off: number, 
/**
 * When this was reckoned, by the school's clock.
 */
made: string, };

export type HoursReportAsk = { 
/**
 * Which; the one that has begun last if `None`.
 */
term: TermId | null, };

export type HoursReportExport = { 
/**
 * As [`Report::term`].
 */
term: TermId | null, 
/**
 * In which language.
 */
language: Language, };

export type HoursReportGroup = { 
/**
 * In the order of what they are.
 */
rows: Array<HoursReportRow>, 
/**
 * What the rows count beyond the whole, because somebody or something stands in several.
 */
twice: HoursFigures, };

export type HoursReportOf = { "is": "place", 
/**
 * Which.
 */
place: PlaceName, } | { "is": "named", 
/**
 * What it is called.
 */
name: string, } | { "is": "month", 
/**
 * 2026
 */
year: number, 
/**
 * 1 to 12.
 */
month: number, } | { "is": "staff" } | { "is": "guests" } | { "is": "other" } | { "is": "nothing" };

export type HoursReportRow = { 
/**
 * Of what.
 */
of: HoursReportOf, 
/**
 * The figures.
 */
figures: HoursFigures, };

export type HoursReportTable = { 
/**
 * As [`Report::term`].
 */
term: TermId | null, 
/**
 * In which language.
 */
language: Language, };

export type HoursRequest = { 
/**
 * The place whose desks approve it.
 */
place: string, 
/**
 * What it was.
 */
title: string, 
/**
 * A programme tag; may be empty.
 */
programme: string, 
/**
 * On which day.
 */
day: string, 
/**
 * How long.
 */
minutes: number, 
/**
 * What shows it.
 */
evidence: string, 
/**
 * Files that show it, as they were given; at most four.
 */
files: Array<Attachment>, 
/**
 * 代办: for whom.
 */
on_behalf_of: Proxy | null, };

export type HoursRoll = { 
/**
 * Which shift.
 */
shift: string, 
/**
 * Shows only whoever is called so: a name, pinyin, initials; everybody if empty.
 */
find: string, 
/**
 * Shows only families of this class.
 */
class: string | null, };

export type HoursScan = { 
/**
 * At which shift.
 */
shift: string, 
/**
 * What was read.
 */
code: string, };

export type HoursSetStars = { 
/**
 * Of the first star, of the second, and so on; none if empty.
 */
hours: Array<number>, };

export type HoursShifts = Record<symbol, never>;

export type HoursShowProof = { 
/**
 * Which.
 */
proof: string, };

export type HoursStars = Record<symbol, never>;

export type HoursWithdraw = { 
/**
 * Which.
 */
entry: string, };

export type ImportConfirm = { 
/**
 * Which preview.
 */
id: string, 
/**
 * Pupils absent from the file leave; without this they stay.
 */
let_leave: boolean, 
/**
 * Staff absent from the file take their hats off; without this they keep them.
 */
let_staff_leave: boolean, };

export type ImportHistory = Record<symbol, never>;

export type ImportLine = { 
/**
 * Which.
 */
id: string, 
/**
 * The file's name.
 */
name: string, 
/**
 * When.
 */
at: string, 
/**
 * By whom.
 */
by: string, 
/**
 * Its counts.
 */
counts: Counts, 
/**
 * Whether it was undone.
 */
undone: boolean, 
/**
 * Whether it still can be.
 */
undoable: boolean, };

export type ImportOutcome = { 
/**
 * Which import.
 */
id: string, 
/**
 * Rows written.
 */
rows: number, 
/**
 * Rows left as they are, because they changed since.
 */
kept: number, };

export type ImportPreview = { 
/**
 * The file's name, which tells its format.
 */
name: string, 
/**
 * The file, base64 (RFC 4648 §4).
 */
content: string, 
/**
 * The school year it is of, where its title does not say it or says it wrong: 2026 for 2026—2027.
 */
year: number | null, };

export type ImportPreviewed = { 
/**
 * To confirm it.
 */
id: string, 
/**
 * The file's name.
 */
name: string, 
/**
 * The school year it is read as one of, by the calendar year that begins in: 2026 for 2026—2027.
 */
year: number, 
/**
 * Counts, pupils and staff together with the lines that are not imported.
 */
counts: Counts, 
/**
 * Every fault, by sheet and line.
 */
faults: Array<FaultLine>, 
/**
 * What changes, at most 500 lines of each sort.
 */
changes: Array<ChangeLine>, 
/**
 * Remarks that will wait for a decision: wording and how many children.
 */
remarks: Array<RemarkCount>, };

export type ImportUndo = { 
/**
 * Which import.
 */
id: string, };

export type Imports = { 
/**
 * The imports.
 */
imports: Array<ImportLine>, };

export type Inbox = { 
/**
 * Open conversations.
 */
open: number, 
/**
 * Who may take them over.
 */
substitutes: Array<PartnerChoice>, };

export type InboxClose = { 
/**
 * Which.
 */
inbox: string, };

export type InboxKeep = { 
/**
 * Which; a new one if `None`.
 */
inbox: string | null, 
/**
 * What it is called.
 */
name: string, 
/**
 * What it is for; may be empty.
 */
about: string, 
/**
 * For whose families.
 */
place: string, 
/**
 * In which hats it is read.
 */
readers: Array<string>, };

export type InboxLine = { 
/**
 * Which.
 */
inbox: string, 
/**
 * 教导处
 */
name: string, 
/**
 * What it is for; may be empty.
 */
about: string, 
/**
 * For whose families.
 */
place: PlaceName, 
/**
 * Who reads it today.
 */
readers: Array<PartnerChoice>, 
/**
 * Nothing new is asked there.
 */
closed: boolean, 
/**
 * The hat may change and close it.
 */
may_keep: boolean, };

export type InboxList = Record<symbol, never>;

export type InboxPartner = { 
/**
 * Which.
 */
inbox: string, 
/**
 * 教导处, as it was called then.
 */
name: string, 
/**
 * How it came into it.
 */
came: Came, 
/**
 * Since when.
 */
since: string, };

export type Inboxes = { 
/**
 * Open ones first, by the size of their place and by name.
 */
inboxes: Array<InboxLine>, 
/**
 * Places for whose families the hat may make one; none for a hat that may not.
 */
places: Array<PlaceName>, 
/**
 * Hats of those places and above, in which one may be read; none for a hat that may make none.
 */
hats: Array<HatLine>, };

export type Invite = { 
/**
 * For whom.
 */
person: string, 
/**
 * That person's name.
 */
person_name: string, 
/**
 * The children it is for, with the relation, as shown on the strip.
 */
children: Array<InvitedChild>, 
/**
 * Twelve characters of [`CODE_ALPHABET`], in three groups: `7K2M-QXRT-9ABC`.
 */
code: string, 
/**
 * `xinmei://join?…` with address, pin and code.
 */
link: string, 
/**
 * The school's address, as typed by hand: `school.example:8443`.
 */
address: string, 
/**
 * The code ends then.
 */
expires: string, };

export type InvitedChild = { 
/**
 * Which.
 */
child: string, 
/**
 * Name.
 */
name: string, 
/**
 * How the person is related.
 */
relation: Relation, };

export type ItemState = { "is": "saved" } | { "is": "sent" } | { "is": "refused", 
/**
 * Why.
 */
refusal: Refusal, } | { "is": "parked", 
/**
 * Stable, as in problem details: `number-reused`, `too-large`, `malformed`, `broken`…
 */
code: string, } | { "is": "unreadable" };

export type JoinCount = { 
/**
 * Which class.
 */
place: PlaceName, 
/**
 * Guardians who may be invited.
 */
guardians: number, 
/**
 * Of those, who have joined.
 */
joined: number, };

export type JoinEnrol = { 
/**
 * As in `join.look`.
 */
address: string, 
/**
 * As in `join.look`.
 */
code: string, 
/**
 * At least 10 characters, staff 15.
 */
password: string, 
/**
 * What the person calls this computer.
 */
device_name: string, };

export type JoinLook = { 
/**
 * The whole link, or the address as typed.
 */
address: string, 
/**
 * The code as typed; empty where `address` is a link.
 */
code: string, };

export type JoinLooked = { 
/**
 * Its name.
 */
school: string, 
/**
 * Its address, normalised.
 */
address: string, };

export type JoinState = "joined" | "not-joined" | "on-paper" | "ask-office";

export type KeptCheckpoints = { 
/**
 * By place in the chain.
 */
checkpoints: Array<HoursCheckpoint>, 
/**
 * The school's public key: 64 hexadecimal digits.
 */
school_key: string, };

export type KeptFile = { 
/**
 * What it is called.
 */
name: string, 
/**
 * In which folder.
 */
folder: string, };

export type KeptShift = { 
/**
 * Which.
 */
shift: string, 
/**
 * Of which post.
 */
post: string, 
/**
 * Post title.
 */
title: string, 
/**
 * The place that runs it.
 */
place: PlaceName, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * People needed.
 */
needed: number, 
/**
 * People who come, as last heard.
 */
taken: number, 
/**
 * Adults who are missing for the pupils who were put down.
 */
adults_wanted: number, 
/**
 * People who are missing in all: somebody who comes is one of those needed, and an adult for the pupils.
 */
missing: number, 
/**
 * Of those who come, who was asked whether they still come and has not said so.
 */
unconfirmed: number, 
/**
 * Of them, who is there.
 */
there: number, 
/**
 * The search for a stand-in, if there was one.
 */
search: SearchView | null, 
/**
 * Whether the desk may begin one now.
 */
may_search: boolean, 
/**
 * A wish to begin or stop one waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type Language = "zh-CN" | "en";

export type Lease = { 
/**
 * Of which session.
 */
session: string, 
/**
 * Seats it may give.
 */
seats: number, 
/**
 * Seats it gave.
 */
used: number, };

export type LeftChild = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * What was said of it, by whom and when.
 */
left: TripLeft, };

export type LeftOutOfSeats = "no-session" | "nobody" | "few";

export type LeftOutTime = { 
/**
 * When it would come.
 */
at: string, 
/**
 * The holiday.
 */
name: HolidayName, };

export type LeftOutView = { 
/**
 * Whose family.
 */
child: ChildName, 
/**
 * Which guardian; `None` where the child has none.
 */
guardian: GuardianName | null, 
/**
 * Why.
 */
why: Why, };

export type Lesson = { 
/**
 * Of which course.
 */
course: string, 
/**
 * Who speaks, in words: up to [`limits::TITLE_CHARS`].
 */
speakers: string, };

export type LessonView = { 
/**
 * As in the list of events.
 */
line: EventLine, 
/**
 * Who speaks.
 */
speakers: string, 
/**
 * All of its sessions are over, or were called off.
 */
over: boolean, 
/**
 * How whoever sits here stands in each session that has begun.
 */
own: Array<OwnSession>, 
/**
 * The family's children who may still be signed up, by session.
 */
may_join: Array<MayJoin>, 
/**
 * What the family has at the same time.
 */
clashes: Array<SessionClash>, 
/**
 * It asks something, or its seats are drawn: sign-up is on its own page.
 */
on_its_page: boolean, 
/**
 * Materials this person has; for the desk all.
 */
materials: Array<MaterialView>, 
/**
 * For the desk, of each session.
 */
desk: Array<DeskSession>, };

export type LetIn = { 
/**
 * What was written down.
 */
arrival: string, 
/**
 * The wish.
 */
mutation: string, };

export type Level = "school" | "campus" | "grade" | "class";

export type LineState = "synced" | "syncing" | "offline" | "busy" | "clock-wrong" | "signed-out" | "update-needed";

export type Look = "plain" | "green" | "red" | "blue" | "gold" | "plum";

export type Losers = { 
/**
 * They stand first in line again.
 */
back: Array<DeskBooking>, 
/**
 * Their party is larger than all seats.
 */
out: Array<DeskBooking>, 
/**
 * The fewest seats that would cost nobody anything.
 */
painless: number, };

export type MadeFile = { 
/**
 * What it would be called.
 */
name: string, 
/**
 * The file, base64 (RFC 4648 §4).
 */
content: string, };

export type MarkView = { 
/**
 * That person's name.
 */
name: string, 
/**
 * The last [`MessageView::seq`] they had on the screen.
 */
up_to: number, };

export type Marked = { 
/**
 * Where.
 */
state: RollState, 
/**
 * In a few words; may be empty.
 */
note: string, 
/**
 * Who says it.
 */
by: string, 
/**
 * That person's name.
 */
by_name: string, 
/**
 * The hat it was said in, 班主任; empty for a guardian.
 */
by_title: string, 
/**
 * When the server took it.
 */
at: string, };

export type MarkedBy = { 
/**
 * Was there.
 */
came: boolean, 
/**
 * Who said so.
 */
by: string, 
/**
 * The name, as everybody reads it.
 */
by_name: string, 
/**
 * When the school heard.
 */
at: string, 
/**
 * It was said without knowing of the mark before it.
 */
blind: boolean, };

export type MatchedChild = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * 学号
 */
number: string, 
/**
 * Its file.
 */
file: MatchedFile, };

export type MatchedFile = { "is": "given", 
/**
 * Its place among the names.
 */
at: number, } | { "is": "kept", 
/**
 * What it is called.
 */
name: string, } | { "is": "none" };

export type MaterialView = { 
/**
 * Which: `file.open` and `file.save` name it.
 */
id: string, 
/**
 * The file.
 */
file: FileView, 
/**
 * When, and to whom.
 */
giving: Giving, 
/**
 * Whether everybody has it.
 */
given: boolean, 
/**
 * A wish about it that waits on this computer: to give it, to give it otherwise, or to take it back.
 */
waits: ItemState | null, };

export type MayJoin = { 
/**
 * Which session.
 */
session: string, 
/**
 * For whom it is, and who is not in it yet.
 */
children: Array<string>, };

export type Me = { 
/**
 * Identity.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * The school's name; empty until the first sync.
 */
school: string, 
/**
 * IANA zone of every wall time shown.
 */
zone: string, 
/**
 * The calendar year the school year began in.
 */
year: number, 
/**
 * When nothing goes out to anybody.
 */
quiet: QuietHours | null, 
/**
 * Those of staff, where they have their own.
 */
quiet_staff: QuietHours | null, 
/**
 * How long a notice stands in its author's hands, in seconds.
 */
hold_s: number, 
/**
 * How long it takes from one campus to another, in minutes.
 */
travel_min: number, 
/**
 * Whether the hat that is on may set them.
 */
sets_quiet: boolean, 
/**
 * When messages are answered in the hat that is on.
 */
office_hours: OfficeHours | null, 
/**
 * Whether the hat that is on says so at all.
 */
keeps_office_hours: boolean, 
/**
 * Every hat worn today.
 */
hats: Array<HatView>, 
/**
 * The hat that is on.
 */
hat: Hat, 
/**
 * Whether the first sync is still running; lists say "arriving" instead of "empty".
 */
arriving: boolean, };

export type MeetingIs = { "is": "saved" } | { "is": "sent" } | { "is": "booked" } | { "is": "refused", 
/**
 * Why: `slot-taken` where somebody was quicker.
 */
refusal: Refusal, 
/**
 * The next best: free slots of the same person, as last heard; at most six.
 */
instead: Array<FreeSlot>, } | { "is": "withdrawn" } | { "is": "cancelled", 
/**
 * In the school's words.
 */
reason: string, 
/**
 * The next best: free slots of the same person, as last heard; at most six.
 */
instead: Array<FreeSlot>, };

export type MeetingPick = { 
/**
 * Of which offer.
 */
offer: string, 
/**
 * When the slot begins.
 */
starts: string, 
/**
 * About which child.
 */
child: string, };

export type MeetingTalk = { 
/**
 * About which child.
 */
child: string, 
/**
 * With whom.
 */
person: string, };

export type MeetingView = { 
/**
 * Which.
 */
id: string, 
/**
 * In which conference.
 */
conference: string, 
/**
 * Of which kind that is.
 */
kind: ConferenceKind, 
/**
 * Its title.
 */
title: string, 
/**
 * About which child.
 */
child: ChildName, 
/**
 * Whose meeting it is.
 */
guardian: string, 
/**
 * That guardian's name.
 */
guardian_name: string, 
/**
 * Whom they meet.
 */
person: string, 
/**
 * That person's name.
 */
person_name: string, 
/**
 * Of which offer.
 */
offer: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Where on the campus.
 */
room: string, 
/**
 * The campus.
 */
place: PlaceName, 
/**
 * How it stands.
 */
state: MeetingIs, 
/**
 * 代办: who entered what it says now, and why.
 */
entered: Entered | null, 
/**
 * Whether it may be given back now.
 */
may_withdraw: boolean, 
/**
 * A wish to give it back or to cancel it that waits on this computer, or was refused.
 */
pending: ItemState | null, 
/**
 * What was agreed; of the guidance station only, for the two who met.
 */
note: NoteView | null, };

export type MessageView = { 
/**
 * Which.
 */
id: string, 
/**
 * Its place in the conversation, from 1; for one that waits, the place it would have.
 */
seq: number, 
/**
 * Who said it; nobody knows yet for one that could not be foreseen.
 */
by: Speaker | null, 
/**
 * Whether it is one's own.
 */
own: boolean, 
/**
 * Plain text; empty once it was deleted.
 */
text: string, 
/**
 * What it answers.
 */
quotes: Quote | null, 
/**
 * When the school took it, or when it was typed.
 */
at: string, 
/**
 * What it said before, oldest first.
 */
earlier: Array<Earlier>, 
/**
 * When it was taken back.
 */
deleted: string | null, 
/**
 * Who said 收到.
 */
received: Array<string>, 
/**
 * Whether it may be edited or deleted now.
 */
may_change: boolean, 
/**
 * Whether 收到 may be said.
 */
may_receive: boolean, 
/**
 * Whether it may be reported to the school.
 */
may_report: boolean, 
/**
 * One's own report of it.
 */
report: OwnReport | null, 
/**
 * It waits on this computer, or was refused.
 */
pending: ItemState | null, 
/**
 * The wish that would say it, for taking back what was not sent.
 */
mutation: string | null, 
/**
 * What it carries.
 */
files: Array<FileView>, };

export type MissingAgain = "request" | "correct" | "later" | "too-old";

export type MissingHours = { 
/**
 * The newest day first; none while anything is still arriving.
 */
entries: Array<MissingLine>, };

export type MissingLine = { 
/**
 * Which.
 */
id: string, 
/**
 * What it was.
 */
title: string, 
/**
 * On which day.
 */
day: string, 
/**
 * How long.
 */
minutes: number, 
/**
 * How it stood: approved, or waiting.
 */
stood: HoursIs, 
/**
 * How it can come back.
 */
again: MissingAgain, };

export type MissingShift = { 
/**
 * Which.
 */
shift: string, 
/**
 * Of which post.
 */
post: string, 
/**
 * Post title.
 */
title: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * People needed.
 */
needed: number, 
/**
 * People who come.
 */
taken: number, 
/**
 * People who are missing, adults for its pupils among them.
 */
missing: number, 
/**
 * Adults who are missing for its pupils: where no place is free for them, the shift has to need more.
 */
adults_wanted: number, };

export type Moved = { 
/**
 * Wall time and zone.
 */
starts: string, 
/**
 * Wall time and zone.
 */
ends: string, 
/**
 * When that was changed.
 */
at: string, };

export type MsgType = "alert" | "update" | "cancel";

export type MyConference = { 
/**
 * As in the list.
 */
line: ConferenceLine, 
/**
 * One's own offers, by start; those that were withdrawn are left out.
 */
offers: Array<OfferView>, 
/**
 * Where one may offer times: campuses, or the school.
 */
places: Array<PlaceName>, 
/**
 * Children of one's classes, by class and number, with whether one asked for their families.
 */
children: Array<AskedChild>, };

export type MyHours = { 
/**
 * Who.
 */
person: string, 
/**
 * The newest day first; what another entry is in place of, too.
 */
entries: Array<HoursLine>, 
/**
 * What counts, in minutes.
 */
minutes: number, 
/**
 * Minutes that wait for approval.
 */
waiting: number, 
/**
 * By term, the newest first; terms without hours are left out.
 */
terms: Array<TermMinutes>, 
/**
 * Stars, where the school gives any.
 */
stars: Stars | null, 
/**
 * Certificates, the newest first.
 */
proofs: Array<ProofLine>, 
/**
 * Places whose desks approve what is asked for.
 */
places: Array<PlaceName>, 
/**
 * Whether this computer's copy fits itself and what it kept.
 */
copy: CopyCheck, 
/**
 * The longest an entry may be, in minutes.
 */
most_minutes: number, 
/**
 * The earliest day that may be asked for.
 */
earliest: string, 
/**
 * The school's calendar day.
 */
today: string, 
/**
 * The first and last day a certificate is proposed for: the present school year so far.
 */
year: [string, string], };

export type NextBest = { 
/**
 * Which.
 */
shift: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, };

export type NextLesson = { 
/**
 * Which.
 */
event: string, 
/**
 * Title.
 */
title: string, 
/**
 * Its next session.
 */
starts: string, };

export type Noise = { 
/**
 * How many notices that ask for something.
 */
today: number, 
/**
 * Of which class; `None` where it was one family that is named by itself, or nothing was asked.
 */
class: PlaceName | null, };

export type NoteView = { 
/**
 * Plain text.
 */
text: string, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * When, as it reads now.
 */
at: string, 
/**
 * As it reads now it waits on this computer.
 */
pending: ItemState | null, };

export type NoticeAnswer = { 
/**
 * Which.
 */
notice: string, 
/**
 * For whom, and what.
 */
replies: Array<ChildReply>, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type NoticeApprove = { 
/**
 * Which.
 */
notice: string, };

export type NoticeAsked = { 
/**
 * Which child.
 */
child: string, };

export type NoticeDecline = { 
/**
 * Which.
 */
notice: string, 
/**
 * For its author to read.
 */
reason: string, };

export type NoticeDelivery = { 
/**
 * Of which notice.
 */
notice: string, };

export type NoticeExport = { 
/**
 * Of which notice.
 */
notice: string, 
/**
 * In which language.
 */
language: Language, };

export type NoticeLine = { 
/**
 * Which.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * 班主任
 */
author_title: string, 
/**
 * Whether it is one's own.
 */
mine: boolean, 
/**
 * When it was sent, or composed while it is held.
 */
at: string, 
/**
 * Where it is in its life.
 */
state: NoticeState, 
/**
 * What is asked.
 */
ask: Ask, 
/**
 * By when.
 */
due: string | null, 
/**
 * What changed against the notice it replaces.
 */
changed: Changed | null, 
/**
 * The last automatic reminder; for whoever has not answered.
 */
reminded: string | null, 
/**
 * The family's children it is for; empty in a staff hat.
 */
children: Array<ChildName>, 
/**
 * What makes it an alert.
 */
alert: Alert | null, 
/**
 * Children answered for: the family's own, or all whose answers this hat reads.
 */
answered: number, 
/**
 * Children to answer for: the family's own, or all whose answers this hat reads.
 */
of: number, 
/**
 * The wish still waits on this computer.
 */
pending: ItemState | null, };

export type NoticeList = Record<symbol, never>;

export type NoticeMatchFiles = { 
/**
 * To whom.
 */
audience: Audience, 
/**
 * Names of files, in any order; each begins with a 学号.
 */
names: Array<string>, 
/**
 * The notice whose files stand where a child has no new one.
 */
keeps: string | null, };

export type NoticeMatched = { 
/**
 * Every child of the audience, by class and 学号.
 */
children: Array<MatchedChild>, 
/**
 * Files that go to nobody, and why.
 */
strays: Array<Stray>, };

export type NoticeNamed = { 
/**
 * In their order; what is not known here is left out.
 */
names: Array<AudienceName>, };

export type NoticeNames = { 
/**
 * Which.
 */
audience: Audience, };

export type NoticeOpen = { 
/**
 * Which.
 */
notice: string, 
/**
 * For which child an answer is entered, where the whole sheet is not for this hat to read: 代办.
 */
child?: string, };

export type NoticeOpened = { 
/**
 * As in the list.
 */
line: NoticeLine, 
/**
 * Plain text.
 */
body: string, 
/**
 * To whom, in words.
 */
audience: Array<AudienceName>, 
/**
 * Families reached.
 */
families: number, 
/**
 * Each child and its answer: the family's own, or the whole class sheet in 学号 order for the author; for whoever
 * reads along in a class, its children.
 */
sheet: Array<SheetCell>, 
/**
 * Only the answer of one child can be entered here: who has answered, and what, is not for this hat to read.
 */
on_behalf: boolean, 
/**
 * Whether whoever answers for families of a class reads what its families answer.
 */
class_reads: boolean, 
/**
 * Whether its author lets it remind those who have not answered.
 */
reminds: boolean, 
/**
 * When it reminds them, past and to come; for its author.
 */
reminders: Array<string>, 
/**
 * When those who had not answered were reminded, in that order.
 */
reminded_at: Array<string>, 
/**
 * For a family: whether it is noted that this guardian has seen it.
 */
seen: boolean, 
/**
 * To remind them by hand: the wish waits on this computer, or was refused.
 */
reminding: ItemState | null, 
/**
 * The notice this one replaces, for its author's history.
 */
supersedes: string | null, 
/**
 * What was answered to that one stands for this one too.
 */
keeps_answers: boolean, 
/**
 * The audience as it can be composed again.
 */
audience_is: Audience, 
/**
 * Who has to answer.
 */
answered_by: AnsweredBy, 
/**
 * What there is to choose from, with what is known of each; empty where nothing is chosen.
 */
choices: Array<ChoiceView>, 
/**
 * Who else agreed to it, where that was needed.
 */
approved: Approved | null, 
/**
 * Whether whoever sits here may agree to it now, or say no.
 */
may_approve: boolean, 
/**
 * What a signature is given to: SHA-256 of title, body and files, as in [`Reply::Sign`].
 */
sha256: string, 
/**
 * What it carries.
 */
files: Array<FileView>, 
/**
 * What it carries for one child each, as far as whoever sits here sees it; by class and 学号.
 */
child_files: Array<ChildFileView>, 
/**
 * Of an alert that calls the roll, in a hat that sees it: the incident under which it is called.
 */
incident: string | null, };

export type NoticePreview = { 
/**
 * To whom.
 */
audience: Audience, 
/**
 * Not before then.
 */
send_at: string | null, };

export type NoticePreviewed = { 
/**
 * Families that will receive it; the button repeats this number.
 */
families: number, 
/**
 * Children they are told about.
 */
children: number, 
/**
 * Families where two guardians receive it.
 */
both: number, 
/**
 * Each family that receives it, and why; in class and 学号 order.
 */
list: Array<RecipientView>, 
/**
 * Children nobody is told about, each with its guardians and why.
 */
unreached: Array<LeftOutView>, 
/**
 * Other guardians who are left out while their family is told.
 */
left_out: Array<LeftOutView>, 
/**
 * People of shifts who are guardian of no child here: a notice goes to families.
 */
no_family: Array<string>, 
/**
 * How much was asked of them today already.
 */
noise: Noise, 
/**
 * When it would go out, sent now; `None` as long as nothing is known of the school.
 */
goes_out: string | null, 
/**
 * The end of the quiet hours it would wait for.
 */
quiet_until: string | null, 
/**
 * Who else could agree to it, where the whole school is told: `None` where nobody has to.
 */
approvers: Array<Approver> | null, 
/**
 * As of when this list is, where the school cannot be reached.
 */
as_of: string | null, };

export type NoticeReach = Record<symbol, never>;

export type NoticeRecall = { 
/**
 * Which.
 */
notice: string, 
/**
 * Why, or what holds instead, for families who have it; may be empty.
 */
words: string, };

export type NoticeRemind = { 
/**
 * Which.
 */
notice: string, };

export type NoticeSeen = { 
/**
 * Which.
 */
notice: string, };

export type NoticeSend = { 
/**
 * To whom.
 */
audience: Audience, 
/**
 * Families the author saw on the button.
 */
families_seen: number, 
/**
 * One line.
 */
title: string, 
/**
 * Plain text.
 */
body: string, 
/**
 * What is asked.
 */
ask: Ask, 
/**
 * Who has to answer.
 */
answered_by: AnsweredBy, 
/**
 * By when.
 */
due: string | null, 
/**
 * Not before this instant; as soon as the hold window is over if `None`.
 */
send_at: string | null, 
/**
 * The notice it replaces.
 */
supersedes: string | null, 
/**
 * What was answered to that one stands for this one too.
 */
keeps_answers: boolean, 
/**
 * But not of these.
 */
asks_again: AskAgain, 
/**
 * The fact that changed.
 */
changed: Changed | null, 
/**
 * Whoever answers for families of a class reads what its families answer.
 */
class_reads: boolean, 
/**
 * Remind those who have not answered, before the deadline.
 */
reminds: boolean, 
/**
 * What makes it an alert.
 */
alert: Alert | null, 
/**
 * What it carries, as `file.give` made it.
 */
files: Array<Attachment>, };

export type NoticeSendFiles = { 
/**
 * The notice.
 */
notice: NoticeSend, 
/**
 * Each family gets that of its own child.
 */
child_files: ChildFiles, };

export type NoticeState = { "is": "proposed", 
/**
 * Since when.
 */
since: string, } | { "is": "declined", 
/**
 * That person's name.
 */
by: string, 
/**
 * The hat: 校长.
 */
title: string, 
/**
 * Why, for the author.
 */
reason: string, 
/**
 * When.
 */
at: string, } | { "is": "held", 
/**
 * When it goes out.
 */
until: string, } | { "is": "sent", 
/**
 * Since when.
 */
at: string, } | { "is": "recalled", 
/**
 * When.
 */
at: string, 
/**
 * What its author said about that; may be empty.
 */
words: string, } | { "is": "superseded", 
/**
 * By which notice.
 */
by: string, 
/**
 * When.
 */
at: string, };

export type NoticeTable = { 
/**
 * Of which notice.
 */
notice: string, 
/**
 * In which language.
 */
language: Language, };

export type NoticeText = { 
/**
 * One line.
 */
title: string, 
/**
 * Plain text.
 */
body: string, 
/**
 * What was asked.
 */
ask: Ask, 
/**
 * By when.
 */
due: string | null, 
/**
 * What it changed in the notice before it.
 */
changed: Changed | null, 
/**
 * The notice it took the place of.
 */
supersedes: string | null, };

export type NoticeThen = { 
/**
 * Which.
 */
id: string, 
/**
 * The author's name.
 */
author: string, 
/**
 * The hat it was written in.
 */
author_title: string, 
/**
 * What it said; `None` where it was taken back by somebody else.
 */
text: NoticeText | null, 
/**
 * When it went out.
 */
sent: string, 
/**
 * When its reminders went out, up to the moment, to a family that had not answered.
 */
reminded: Array<string>, 
/**
 * Guardians who had it.
 */
with: Array<string>, 
/**
 * What had been answered, oldest first.
 */
answers: Array<GivenThen>, 
/**
 * What became of it, before or after the moment.
 */
gone: Gone | null, };

export type Notices = { 
/**
 * Newest first.
 */
notices: Array<NoticeLine>, };

export type NoticesAsked = { 
/**
 * Whose family.
 */
child: ChildName, 
/**
 * The newest first.
 */
notices: Array<NoticeLine>, };

export type NotificationChosen = { 
/**
 * When they are left alone, on every device.
 */
quiet: PersonalQuiet, 
/**
 * Once a day, all in one, on every device.
 */
digest: string | null, 
/**
 * What this computer shows notifications with.
 */
shown: Shown, 
/**
 * How this computer does it.
 */
here: NotificationHere, 
/**
 * Things that wait for the end of quiet hours or for the digest.
 */
waiting: number, 
/**
 * When the first of them will be told.
 */
next: string | null, };

export type NotificationHere = { 
/**
 * The language of notifications: the window's.
 */
language: NotificationLanguage, 
/**
 * Whether closing the window leaves the program running, so that it goes on telling.
 */
stays: boolean, };

export type NotificationLanguage = "zh-CN" | "en";

export type NotificationPrefer = { 
/**
 * When they are left alone.
 */
quiet: PersonalQuiet, 
/**
 * Once a day, all in one; each by itself if `None`.
 */
digest: string | null, };

export type NotificationSetHere = { 
/**
 * As it is from now on.
 */
here: NotificationHere, };

export type NotificationSettings = Record<symbol, never>;

export type OfferFrom = { "from": "desk" } | { "from": "class", 
/**
 * Which.
 */
class: string, } | { "from": "stand-in" };

export type OfferPreview = { 
/**
 * The slots, by start.
 */
slots: Array<PreviewSlot>, 
/**
 * Families who would lose their meeting: a reason is asked for then.
 */
losing: Array<MeetingView>, };

export type OfferTimes = { 
/**
 * The campus, or the school where it has only one.
 */
place: string, 
/**
 * 教学楼 203
 */
room: string, 
/**
 * From when.
 */
from: string, 
/**
 * Until when, within a day.
 */
until: string, 
/**
 * Minutes of one meeting; 5 to 120.
 */
minutes: number, 
/**
 * Minutes between two meetings; 0 to 60.
 */
buffer: number, 
/**
 * When nobody is met; at most 8.
 */
breaks: Array<Break>, };

export type OfferView = { 
/**
 * Which.
 */
id: string, 
/**
 * Who is there.
 */
person: string, 
/**
 * That person's name.
 */
person_name: string, 
/**
 * What they are.
 */
role: RoleKind, 
/**
 * The campus.
 */
place: PlaceName, 
/**
 * What is offered.
 */
times: OfferTimes, 
/**
 * By start.
 */
slots: Array<DaySlot>, 
/**
 * Slots that are booked.
 */
booked: number, 
/**
 * A wish to offer, change or withdraw it that waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type OfficeHours = { 
/**
 * 08:00
 */
from: string, 
/**
 * 17:30, the first minute that is not; later on the same day.
 */
until: string, };

export type Opening = { 
/**
 * The hat; the one that is on if `None`.
 */
hat: Hat | null, 
/**
 * The place.
 */
at: OpensAt, };

export type OpensAt = { "is": "today" } | { "is": "notice", 
/**
 * Which.
 */
notice: string, } | { "is": "conversation", 
/**
 * Which.
 */
conversation: string, } | { "is": "requests" } | { "is": "reports" } | { "is": "roll-call", 
/**
 * The first alert.
 */
incident: string, } | { "is": "event", 
/**
 * Which.
 */
event: string, } | { "is": "conference", 
/**
 * Which.
 */
conference: string, } | { "is": "shifts" } | { "is": "turns" } | { "is": "outbox" };

export type OrderView = { 
/**
 * What decided it.
 */
seed: string, 
/**
 * Of how many.
 */
entries: number, 
/**
 * When it was drawn.
 */
at: string, 
/**
 * Everybody may see it.
 */
shown: boolean, 
/**
 * How often it was changed by hand since.
 */
moves: number, 
/**
 * It is what this computer works out from the seed.
 */
agrees: boolean, };

export type Outbox = { 
/**
 * The items.
 */
items: Array<OutboxItem>, };

export type OutboxItem = { 
/**
 * Which.
 */
mutation: string, 
/**
 * What it is about, in a few facts the window makes a sentence of.
 */
about: About, 
/**
 * How it stands.
 */
state: ItemState, 
/**
 * When it was composed, by this computer's clock.
 */
composed: string, 
/**
 * How far what it carries has come, where it carries files and waits: they go first.
 */
upload: UploadProgress | null, };

export type OutboxList = Record<symbol, never>;

export type OutboxSeen = { 
/**
 * Which.
 */
mutation: string, };

export type OutboxTakeBack = { 
/**
 * Which.
 */
mutation: string, };

export type Outcome = { "is": "goes-on" } | { "is": "out" } | { "is": "elected", 
/**
 * 宣传委员
 */
office: string, };

export type OwnDuties = { 
/**
 * By start.
 */
duties: Array<OwnDuty>, 
/**
 * When this reads otherwise by time alone.
 */
turns: string | null, };

export type OwnDuty = { 
/**
 * Which.
 */
shift: string, 
/**
 * Post title.
 */
title: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * How the work is done, step by step; empty where the post has none.
 */
handbook: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * What was said of one, with what waits on this computer.
 */
said: DutySaid | null, 
/**
 * Who said it last; one's own name where one said it oneself, empty where the clock did or nothing was said.
 */
by: string, 
/**
 * Whether one may say that one left.
 */
may_leave: boolean, 
/**
 * Whether there is a code to show: the school has signed it, and one has not left.
 */
has_code: boolean, 
/**
 * That one left waits on this computer, or was refused.
 */
waits: ItemState | null, };

export type OwnEntry = { 
/**
 * Which.
 */
booking: string, 
/**
 * Its ticket: the smallest of its hashes.
 */
ticket: string, 
/**
 * Earlier draws in which it got nothing: as many tickets more.
 */
misses: number, 
/**
 * Its place in the order of the tickets; 1 is served first.
 */
place: number, 
/**
 * The session it gets.
 */
session: string | null, 
/**
 * Which of its wishes that is, 1 being the first.
 */
wish: number | null, };

export type OwnIs = "took-part" | "missed" | "unknown";

export type OwnOnTrip = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * In which session.
 */
session: SessionName, 
/**
 * How far it has come.
 */
progress: TripProgress, 
/**
 * The stop at which it was called last; empty where it was not called yet.
 */
stop: string, 
/**
 * When it was.
 */
at: string | null, 
/**
 * Since when the trip is over for everybody.
 */
ended: string | null, };

export type OwnReport = { 
/**
 * When the school took it, or when it was made.
 */
at: string, 
/**
 * How it was settled.
 */
closed: ReportClosed | null, 
/**
 * It waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type OwnSession = { 
/**
 * Which.
 */
session: string, 
/**
 * How.
 */
is: OwnIs, };

export type OwnStage = { 
/**
 * Which.
 */
stage: string, 
/**
 * It is in it, by what is known so far.
 */
is_in: boolean, 
/**
 * Its turn, once it was drawn.
 */
turn: TurnView | null, 
/**
 * How it ended.
 */
result: ResultView | null, };

export type OwnSwap = { 
/**
 * Which.
 */
swap: string, 
/**
 * Post title.
 */
title: string, 
/**
 * What one gives.
 */
gives: SwapShift, 
/**
 * What one gets, once two agree.
 */
gets: SwapShift | null, 
/**
 * What one would take; any other of the post, if there are none.
 */
want: Array<SwapShift>, 
/**
 * One made the offer; else one answered it.
 */
began: boolean, 
/**
 * How it stands.
 */
state: SwapState, 
/**
 * The desk has to confirm.
 */
confirmed: boolean, 
/**
 * Why the desk said no; else empty.
 */
reason: string, 
/**
 * When it came to stand so.
 */
at: string, 
/**
 * A wish about it waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type PaperSave = { 
/**
 * What the file is called, without its extension.
 */
title: string, };

export type ParentName = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * As the class knows them.
 */
family: FamilyName, };

export type Parties = { 
/**
 * Those of the session first; at most eight.
 */
parties: Array<PartyView>, 
/**
 * There are more.
 */
more: boolean, };

export type Partner = { 
/**
 * In which hat.
 */
role: string, 
/**
 * Who wears it.
 */
person: string, 
/**
 * That person's name.
 */
name: string, 
/**
 * What the school calls the hat: 班主任.
 */
title: string, 
/**
 * How this person came into it.
 */
came: Came, 
/**
 * Since when.
 */
since: string, 
/**
 * Reads along to look after the child, and says nothing.
 */
reads_only: boolean, };

export type PartnerBringIn = { 
/**
 * As [`CardPartner`] gave them.
 */
partners: Array<PartnerPut>, };

export type PartnerCards = { 
/**
 * Which; all if `None`.
 */
partner: string | null, };

export type PartnerChoice = { 
/**
 * In which hat.
 */
role: string, 
/**
 * The name.
 */
name: string, 
/**
 * 班主任
 */
title: string, 
/**
 * 语文, for those who teach one.
 */
subject: string | null, 
/**
 * When that person answers, as far as told.
 */
office_hours: OfficeHours | null, };

export type PartnerContact = { 
/**
 * The name: up to [`limits::NAME_CHARS`].
 */
name: string, 
/**
 * 宣教部主任; may be empty.
 */
title: string, 
/**
 * As it is dialled; may be empty.
 */
phone: string, 
/**
 * May be empty.
 */
email: string, };

export type PartnerDraft = { 
/**
 * 重庆红岩博物馆: up to [`limits::PARTNER_NAME_CHARS`]. Families read it.
 */
name: string, 
/**
 * What it is, in words: 博物馆; may be empty.
 */
about: string, 
/**
 * Where it is; may be empty.
 */
address: string, 
/**
 * Whom to talk to, in this order; at most [`limits::PARTNER_CONTACTS`].
 */
contacts: Array<PartnerContact>, 
/**
 * `https://…`; may be empty.
 */
website: string, 
/**
 * What one should know before one calls; may be empty.
 */
note: string, };

export type PartnerDrop = { 
/**
 * Which.
 */
partner: string, };

export type PartnerExport = { 
/**
 * Which; all if `None`.
 */
partner: string | null, };

export type PartnerList = { 
/**
 * The class's own teachers first.
 */
partners: Array<PartnerChoice>, 
/**
 * Shared inboxes that are read today, the nearest first.
 */
inboxes: Array<InboxLine>, };

export type PartnerListAsk = { 
/**
 * A part of a name, its pinyin or initials, a person, an address or a number; all if empty.
 */
find: string, };

export type PartnerName = { 
/**
 * Which event.
 */
event: string, 
/**
 * With whom; with nobody if `None`.
 */
partner: string | null, };

export type PartnerOrgs = { 
/**
 * By name; what was searched by how well it fits.
 */
partners: Array<PartnerView>, 
/**
 * How many there are in all.
 */
all: number, 
/**
 * The hat keeps the directory.
 */
may_keep: boolean, };

export type PartnerPut = { 
/**
 * Which; a new one if `None`.
 */
partner: string | null, 
/**
 * What is kept of it.
 */
draft: PartnerDraft, };

export type PartnerRead = { 
/**
 * The file, whole: vCard 4.0 or 3.0.
 */
file: string, };

export type PartnerView = { 
/**
 * Which.
 */
id: string, 
/**
 * What is kept of it.
 */
draft: PartnerDraft, 
/**
 * Events with it, as far as this computer knows.
 */
events: number, 
/**
 * When it was kept last.
 */
at: string, };

export type Party = { 
/**
 * Children.
 */
children: Array<string>, 
/**
 * Adults.
 */
adults: number, };

export type PartyIn = { 
/**
 * People of it.
 */
people: number, 
/**
 * At which gate first.
 */
gate_name: string, 
/**
 * When, as that gate's clock said.
 */
at: string, 
/**
 * All of them have left again.
 */
left: boolean, };

export type PartyView = { 
/**
 * Of which booking.
 */
booking: string, 
/**
 * In which session.
 */
session: string, 
/**
 * The children.
 */
children: Array<ChildName>, 
/**
 * Adults.
 */
adults: number, 
/**
 * Seats.
 */
size: number, 
/**
 * What the gate says of it.
 */
admission: Admission, 
/**
 * Who came of it.
 */
arrivals: Array<ArrivalView>, };

export type PendingMark = { 
/**
 * Where the child is.
 */
state: RollState, 
/**
 * How the wish stands.
 */
item: ItemState, };

export type PendingStep = { 
/**
 * Its name on the wire.
 */
step: string, 
/**
 * How it stands.
 */
state: ItemState, };

export type PendingWish = { 
/**
 * `withdraw`, `accept-offer`, `decline-offer`, `change-booking`; of an event `change-event`, `cancel-event`,
 * `cancel-session`, `set-capacity`.
 */
act: string, 
/**
 * How it stands.
 */
state: ItemState, 
/**
 * Who is to come, if that is to change.
 */
party: Party | null, };

export type PersonalQuiet = { "is": "school" } | { "is": "own", 
/**
 * From when until when.
 */
hours: QuietHours, } | { "is": "never" };

export type PickUpView = { 
/**
 * Whom.
 */
child: ChildName, 
/**
 * Who fetches.
 */
by: string, 
/**
 * How they are related.
 */
relation: string, 
/**
 * Eleven digits, or empty.
 */
phone: string, 
/**
 * When.
 */
at: string, 
/**
 * Who of the school agreed.
 */
agreed_by: string, };

export type Picture = { 
/**
 * In pixels, as it is shown.
 */
width: number, 
/**
 * In pixels, as it is shown.
 */
height: number, 
/**
 * A small JPEG of it, at most [`limits::THUMBNAIL_BYTES`] long.
 */
thumbnail: string, 
/**
 * How long that is, in bytes.
 */
thumbnail_bytes: number, };

export type PlaceName = { 
/**
 * Which.
 */
id: string, 
/**
 * `school`, `campus`, `grade` or `class`.
 */
level: Level, 
/**
 * The campus, or the school's name at the top.
 */
name: string, 
/**
 * 3 in 三年级, this school year; grades and classes.
 */
grade: number | null, 
/**
 * 2 in 2班; classes.
 */
number: number | null, };

export type Places = { 
/**
 * The places.
 */
places: Array<PlaceName>, 
/**
 * Events and posts of one's own desks, to come or lately over.
 */
activities: Array<AudienceName>, };

export type PlannedDraw = { 
/**
 * Which public value decides, in words: 2026-12-04 上证指数收盘价.
 */
public_value: string, 
/**
 * With how many decimals it is published; 0 to 6.
 */
decimals: number, 
/**
 * When it will be known; after sign-up closes.
 */
known: string, };

export type PlannedHold = { 
/**
 * One that is there already; `None` for a new one.
 */
id: string | null, 
/**
 * For whom.
 */
of: HeldFor, 
/**
 * How many.
 */
seats: number, 
/**
 * Then they are free for everybody.
 */
until: string, };

export type PlannedMeeting = { 
/**
 * About which child.
 */
child: ChildName, 
/**
 * Whom they would meet.
 */
person: string, 
/**
 * Name.
 */
person_name: string, 
/**
 * Of which offer.
 */
offer: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Where on the campus.
 */
room: string, 
/**
 * The campus.
 */
place: PlaceName, 
/**
 * Minutes free before it, since the one before; `None` for the first of a day.
 */
gap_min: number | null, 
/**
 * It is on another campus than the one before.
 */
travels: boolean, 
/**
 * It is booked at this time already.
 */
stays: boolean, };

export type PlannedSession = { 
/**
 * One that is there already; `None` for a new one.
 */
id: string | null, 
/**
 * 第 1 场
 */
name: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Seats; of a session that is there as they stand: `event.capacity` changes them.
 */
capacity: number, 
/**
 * Of the sessions of this plan, counted from 0, one whose seats it shares: as many as that one has.
 */
shares_with: number | null, 
/**
 * In which venue, where that is not the event's.
 */
held_in: string | null, 
/**
 * Grades and classes it is for; empty means whoever the event is for.
 */
eligible: Array<string>, 
/**
 * Only for children who have not come to anything of the same programme before.
 */
first_timers: boolean, 
/**
 * Seats that are kept for some families.
 */
holds: Array<PlannedHold>, };

export type PlannedShift = { 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * People needed.
 */
needed: number, };

export type PlannedStage = { 
/**
 * That of a stage that is there; a new one if `None`.
 */
id: string | null, 
/**
 * 笔试
 */
name: string, 
/**
 * Where, in words.
 */
venue: string, 
/**
 * From when.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * How it is held.
 */
kind: StageKind, 
/**
 * May be empty.
 */
note: string, };

export type PleaseComeView = { 
/**
 * To which conference.
 */
conference: string, 
/**
 * About which child.
 */
child: ChildName, 
/**
 * Who asks.
 */
person: string, 
/**
 * That person's name.
 */
person_name: string, 
/**
 * For the family to read; may be empty.
 */
words: string, 
/**
 * Since when.
 */
at: string, };

export type Population = "everyone" | "parents" | "staff";

export type PostDraft = { 
/**
 * Made by the coordinator's device.
 */
id: string, 
/**
 * The place whose desk runs it.
 */
place: string, 
/**
 * 护学岗，东门
 */
title: string, 
/**
 * What to do; plain text.
 */
about: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * A programme tag: “绿书签”志愿者实践活动.
 */
programme: string, 
/**
 * The shifts, in order.
 */
shifts: Array<ShiftDraft>, 
/**
 * What else it says.
 */
terms?: PostTerms, };

export type PostEntry = "open" | "asked";

export type PostTerms = { 
/**
 * The campaign it belongs to.
 */
campaign: string | null, 
/**
 * Further programme tags it counts for.
 */
tags: Array<string>, 
/**
 * Whom it is for.
 */
population: Population, 
/**
 * How one gets in.
 */
entry: PostEntry, 
/**
 * How the work is done, step by step; plain text, read by whoever comes.
 */
handbook: string, 
/**
 * The member of staff who is there for the volunteers.
 */
supervisor: string | null, 
/**
 * In which venue of the school's.
 */
held_in: string | null, 
/**
 * What whoever comes must have: at most [`limits::REQUIRED_PER_POST`].
 */
requires: Array<string>, 
/**
 * Minutes between two shifts of one person, at least; up to [`limits::REST_MINUTES`].
 */
rest_min: number, 
/**
 * How a stand-in is looked for, when somebody gives a place back.
 */
stand_in: StandInRule, 
/**
 * How people swap shifts with one another.
 */
swap: SwapRule, 
/**
 * On what terms it takes pupils; it takes none if `None`.
 */
pupils: PupilTerms | null, 
/**
 * 客人也可以来: guests from outside may be written down for its shifts; only of a post that is for everyone.
 */
guests: boolean, };

export type PostView = { 
/**
 * Which.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * The place that runs it.
 */
place: PlaceName, 
/**
 * Its shifts, by start.
 */
shifts: Array<RosterShift>, 
/**
 * What to do.
 */
about: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * A programme tag.
 */
programme: string, 
/**
 * What else it says.
 */
terms: PostTerms, 
/**
 * The campaign's name.
 */
campaign: CampaignName | null, 
/**
 * The version one looks at.
 */
version: number, 
/**
 * Nobody new is looked for.
 */
ended: boolean, 
/**
 * A wish to change or end it waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type Posts = { 
/**
 * By title.
 */
posts: Array<PostView>, };

export type Power = "see-class" | "send-notices" | "send-alerts" | "approve-notices" | "act-for-families" | "invite" | "answer-requests" | "run-gate" | "converse" | "hand-over" | "moderate" | "keep-templates" | "manage-events" | "manage-shifts" | "administer";

export type Preferred = "even" | "first";

export type PreviewClass = { 
/**
 * Which.
 */
class: PlaceName, 
/**
 * As it stands.
 */
before: TurnCount, 
/**
 * With this plan.
 */
after: TurnCount, };

export type PreviewShift = { 
/**
 * Which.
 */
shift: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * People needed.
 */
needed: number, 
/**
 * People who come.
 */
taken: number, 
/**
 * Whose turn it would be; none where it would be open already.
 */
class: PlaceName | null, 
/**
 * Places that would be kept.
 */
places: number, 
/**
 * Until when.
 */
until: string | null, 
/**
 * Whose turn it is now.
 */
was: Array<PlaceName>, };

export type PreviewSlot = { 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, };

export type ProfileSignIn = { 
/**
 * The password chosen when joining.
 */
password: string, };

export type ProfileSignOut = Record<symbol, never>;

export type ProfileStanding = { "is": "new" } | { "is": "locked" } | { "is": "removed" } | { "is": "ready", 
/**
 * Who.
 */
me: Me, };

export type ProfileStatus = Record<symbol, never>;

export type ProfileUnlock = { 
/**
 * The password chosen when joining.
 */
password: string, };

export type ProfileWear = { 
/**
 * Which.
 */
hat: Hat, };

export type Progress = { 
/**
 * Which.
 */
notice: string, 
/**
 * Title.
 */
title: string, 
/**
 * The hat a colleague asked it in, whose answers of one's class are read here; `None` of one's own.
 */
author: string | null, 
/**
 * By when.
 */
due: string | null, 
/**
 * Children it was for.
 */
children: number, 
/**
 * Children answered for.
 */
answered: number, 
/**
 * Children nobody answered for yet, at most 12.
 */
silent: Array<ChildName>, };

export type ProofLine = { 
/**
 * Which.
 */
id: string, 
/**
 * As it is printed.
 */
number: string, 
/**
 * From this day.
 */
from: string, 
/**
 * To this day.
 */
to: string, 
/**
 * In all.
 */
minutes: number, 
/**
 * On which day.
 */
issued: string, 
/**
 * By which desk; by one's own asking if `None`.
 */
by_name: string | null, };

export type ProofService = { 
/**
 * What it was called; empty for all others together.
 */
title: string, 
/**
 * How long.
 */
minutes: number, };

export type ProofView = { 
/**
 * As in the list.
 */
line: ProofLine, 
/**
 * Of whom.
 */
name: string, 
/**
 * The school.
 */
school: string, 
/**
 * How many entries.
 */
entries: number, 
/**
 * By what was done.
 */
services: Array<ProofService>, 
/**
 * Stars, where the school gives any.
 */
stars: number | null, 
/**
 * 培训; may be empty, as the next two.
 */
training: string, 
/**
 * 表彰奖励
 */
awards: string, 
/**
 * 评价
 */
evaluation: string, 
/**
 * What the QR code carries.
 */
text: string, 
/**
 * Its modules, row by row; `true` is dark.
 */
qr: Array<Array<boolean>>, 
/**
 * The first 16 digits of the school's key.
 */
key: string, };

export type ProposalReason = { "is": "qualified" } | { "is": "this-term", 
/**
 * Shifts.
 */
shifts: number, } | { "is": "knows-post", 
/**
 * Shifts.
 */
shifts: number, } | { "is": "usual-time", 
/**
 * Shifts.
 */
shifts: number, } | { "is": "wished" } | { "is": "same-campus" } | { "is": "other-campus" } | { "is": "asked-lately", 
/**
 * How often.
 */
times: number, } | { "is": "said-no" } | { "is": "busy" } | { "is": "too-far" };

export type ProposedPerson = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * Guardian of these children, where the desk knows them.
 */
of: Array<string>, 
/**
 * Why them.
 */
reasons: Array<ProposalReason>, };

export type ProposedShift = { 
/**
 * Which.
 */
shift: string, 
/**
 * Of which post.
 */
title: string, 
/**
 * From when.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * People it lacks that nobody was asked for yet.
 */
missing: number, 
/**
 * Whom, at most as many as are missing.
 */
people: Array<ProposedPerson>, };

export type Proxy = { 
/**
 * Whom for.
 */
person: string, 
/**
 * In the words of who enters it, 妈妈来电; up to [`limits::NOTE_CHARS`].
 */
note: string, };

export type PupilChild = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * One may decide for the child.
 */
decides: boolean, 
/**
 * That the child was put down, as the school has it.
 */
own: PupilOwn | null, 
/**
 * Why the child could not be put down now, places apart.
 */
why_not: Refusal | null, 
/**
 * What else the child is expected at then, by its title: a warning, and no rule.
 */
clash: string | null, 
/**
 * That is only too far away.
 */
clash_far: boolean, 
/**
 * A wish about it waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type PupilConsent = { 
/**
 * Who may decide for the child, and did.
 */
by: string, 
/**
 * The name.
 */
by_name: string, 
/**
 * When the school heard.
 */
at: string, };

export type PupilCounts = { 
/**
 * Pupils who come or wait for an adult.
 */
pupils: number, 
/**
 * Of them who wait for an adult.
 */
waiting: number, 
/**
 * Adults of the school who come. `None` where it is not known: guests may come, and before the first pupil nobody counts them apart.
 */
adults: number | null, 
/**
 * How many more adults are enough.
 */
adults_wanted: number, 
/**
 * Places left for pupils.
 */
left: number, };

export type PupilEnter = { 
/**
 * Which shift.
 */
shift: string, 
/**
 * Who.
 */
child: string, 
/**
 * 代办: which guardian telephoned.
 */
on_behalf_of: Proxy | null, };

export type PupilLine = { 
/**
 * Who, with the class as the child was put down.
 */
child: ChildName, 
/**
 * The adults of the shift reach to this child; it waits for one else.
 */
has_adult: boolean, 
/**
 * The child does not come any more, and something was said of it before.
 */
gone: boolean, 
/**
 * Who consented, and when.
 */
consent: PupilConsent, 
/**
 * 代办: who entered it.
 */
entered: Entered | null, 
/**
 * What holds, with what waits on this computer.
 */
said: DutySaid | null, 
/**
 * Whole minutes, once it is known until when.
 */
minutes: number | null, 
/**
 * Still there long after the end, by what was said.
 */
overstays: boolean, 
/**
 * Marks on the row: `pupil.mark` names them as seen.
 */
seen: number, 
/**
 * What was said, the last of it last.
 */
marks: Array<DutyMark>, 
/**
 * Two people said different things.
 */
disputed: boolean, 
/**
 * A mark that waits on this computer, or was refused.
 */
waits: ItemState | null, };

export type PupilMark = { 
/**
 * Of whom.
 */
child: string, 
/**
 * What.
 */
said: DutySaid, 
/**
 * How many marks were seen on the row: 0 for none. Who saw them all corrects them.
 */
seen: number, };

export type PupilMarkAsk = { 
/**
 * Which shift.
 */
shift: string, 
/**
 * Of whom.
 */
pupils: Array<PupilMark>, };

export type PupilOwn = { 
/**
 * Whether the child comes.
 */
state: PupilState, 
/**
 * The adults of the shift reach to this child; it waits for one else.
 */
has_adult: boolean, 
/**
 * Who consented, and when.
 */
consent: PupilConsent, 
/**
 * 代办: who entered it.
 */
entered: Entered | null, };

export type PupilRoll = { 
/**
 * On what terms; `None` where the post takes none.
 */
terms: PupilTerms | null, 
/**
 * How many come, and under how many adults.
 */
counts: PupilCounts, 
/**
 * Whether they may be marked now.
 */
may_mark: boolean, 
/**
 * Whether whoever sits here may enter a family that telephoned.
 */
may_enter: boolean, 
/**
 * Whether whoever sits here may take a child out, without a guardian's word.
 */
may_take_out: boolean, 
/**
 * When it begins.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * The school's now.
 */
now: string, 
/**
 * Pupils who are there now.
 */
pupils_in: number, 
/**
 * Adults who are there now.
 */
adults_in: number, 
/**
 * So many adults are missing there for the pupils who are: a warning, and no bar.
 */
adults_short: number, 
/**
 * By class and name.
 */
pupils: Array<PupilLine>, 
/**
 * When this reads otherwise by time alone.
 */
turns: string | null, };

export type PupilRollAsk = { 
/**
 * Which shift.
 */
shift: string, };

export type PupilServed = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * In all, in minutes.
 */
minutes: number, 
/**
 * The newest first.
 */
services: Array<PupilService>, };

export type PupilService = { 
/**
 * Which.
 */
shift: string, 
/**
 * Of which post.
 */
post: string, 
/**
 * Post title.
 */
title: string, 
/**
 * When it began.
 */
starts: string, 
/**
 * What was said of the child.
 */
said: DutySaid, 
/**
 * Whole minutes, once it is over.
 */
minutes: number | null, 
/**
 * Who said it.
 */
by: string, };

export type PupilShift = { 
/**
 * Which.
 */
shift: string, 
/**
 * Post title.
 */
title: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * On what terms; the post may take no pupils any more.
 */
terms: PupilTerms | null, 
/**
 * How many come, and under how many adults.
 */
counts: PupilCounts, 
/**
 * It was called off.
 */
called_off: CalledOff | null, 
/**
 * One's own children.
 */
children: Array<PupilChild>, };

export type PupilShifts = { 
/**
 * By start; those that are over are left out.
 */
shifts: Array<PupilShift>, 
/**
 * What one's own children did, each child once; children who did nothing are left out.
 */
served: Array<PupilServed>, 
/**
 * When this reads otherwise by time alone.
 */
turns: string | null, };

export type PupilShiftsAsk = Record<symbol, never>;

export type PupilState = "down" | "withdrawn" | "called-off";

export type PupilTerms = { 
/**
 * Pupils of one shift, at most; up to [`limits::PUPILS_PER_SHIFT`].
 */
places: number, 
/**
 * Pupils one adult may have, at most; up to [`limits::PUPILS_PER_ADULT`].
 */
per_adult: number, 
/**
 * From which grade on; of any, if `None`. The school holds no birthday.
 */
from_grade?: number | null, };

export type PupilWish = { 
/**
 * Which shift.
 */
shift: string, 
/**
 * Who.
 */
child: string, 
/**
 * 代办: which guardian telephoned.
 */
on_behalf_of?: Proxy | null, };

export type PupilWithdraw = { 
/**
 * Which shift.
 */
shift: string, 
/**
 * Who.
 */
child: string, 
/**
 * 代办: which guardian telephoned; a desk needs none.
 */
on_behalf_of: Proxy | null, };

export type PutBack = { 
/**
 * In the organiser's words.
 */
reason: string, 
/**
 * When.
 */
at: string, };

export type QualificationDraft = { 
/**
 * The place whose desk keeps it. Settled as it is made.
 */
place: string, 
/**
 * 健康证, 护学岗培训
 */
name: string, 
/**
 * How one comes by it; plain text, may be empty. Whoever lacks it reads this.
 */
about: string, 
/**
 * Whoever has it has it until a day.
 */
expires: boolean, 
/**
 * It is a training: certificates of service name it. Of somebody's health they say nothing.
 */
training?: boolean, };

export type QualificationView = { 
/**
 * Which.
 */
id: string, 
/**
 * What it is.
 */
draft: QualificationDraft, 
/**
 * Its place, in words.
 */
place: PlaceName, 
/**
 * Its version.
 */
version: number, 
/**
 * The newest word about who has it; none where a word of one's own waits, or the hat does not confirm.
 */
seen: string | null, 
/**
 * No post asks for it any more.
 */
dropped: boolean, 
/**
 * Whether the hat keeps it.
 */
keeps: boolean, 
/**
 * Whether the hat confirms who has it.
 */
confirms: boolean, 
/**
 * Whether one has it oneself.
 */
own: QualifiedView | null, 
/**
 * Who has it, by name; only for who confirms it.
 */
people: Array<QualifiedView>, };

export type QualifiedView = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * Guardian of these children, where the desk knows them.
 */
of: Array<string>, 
/**
 * The last day on which it counts; none where it does not expire.
 */
until: string | null, 
/**
 * Whether it counts today.
 */
counts: boolean, 
/**
 * Days until it ends, where that is soon: today is 0.
 */
ends_in: number | null, 
/**
 * Who confirmed it, or took it back, last.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * It was taken back, for this reason.
 */
withdrawn: string | null, };

export type QuietHours = { 
/**
 * The first quiet minute: 22:00.
 */
from: string, 
/**
 * The first minute that is not: 06:30.
 */
until: string, };

export type Quote = { 
/**
 * Which.
 */
id: string, 
/**
 * Who said it.
 */
by: string, 
/**
 * Its first 80 characters; empty where it was deleted.
 */
text: string, };

export type Reached = { 
/**
 * Which.
 */
stage: string, 
/**
 * The office it was elected to, in the last stage.
 */
office: string | null, };

export type ReadyFamily = { 
/**
 * Who.
 */
person: string, 
/**
 * As the class knows them.
 */
family: FamilyName, 
/**
 * 代办: somebody entered it.
 */
entered: boolean, };

export type Received = { 
/**
 * Who.
 */
person: string, 
/**
 * That person's name.
 */
name: string, 
/**
 * When the server took it.
 */
at: string, };

export type RecipientView = { 
/**
 * The children it names.
 */
children: Array<ChildName>, 
/**
 * Who receives it.
 */
guardians: Array<GuardianName>, 
/**
 * Why.
 */
because: Array<Because>, };

export type Recomputed = { 
/**
 * What was checked, in this order.
 */
steps: Array<RecomputedStep>, 
/**
 * The first step that does not agree; all do if `None`.
 */
fault: DrawFault | null, 
/**
 * SHA-256 of the secret, as it was published with the event.
 */
commitment: string, 
/**
 * The secret that was revealed.
 */
secret: string, 
/**
 * The public value, as it was entered.
 */
value: string, 
/**
 * What the roll hashes to.
 */
roll_sha256: string, 
/**
 * When this computer first saw the roll's hash, by the school's time; `None` if only after the draw.
 */
roll_seen: string | null, 
/**
 * What secret, value and roll come to.
 */
seed: string, 
/**
 * Entries in the roll.
 */
entries: number, 
/**
 * Entries that got a session.
 */
seated: number, 
/**
 * The family's own entries.
 */
mine: Array<OwnEntry>, };

export type RecomputedStep = { 
/**
 * What does not agree if it does not.
 */
step: DrawFault, 
/**
 * Whether it agrees; `None` if an earlier step did not and it was not checked.
 */
agrees: boolean | null, };

export type RecordLesson = { 
/**
 * Of which course; `None` where that is not here any more.
 */
course: string | null, 
/**
 * The course's title.
 */
course_title: string, 
/**
 * A programme tag.
 */
programme: string, 
/**
 * The lesson's title.
 */
title: string, 
/**
 * Who spoke.
 */
speakers: string, 
/**
 * Where on the campus.
 */
venue: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Was there.
 */
came: boolean, 
/**
 * It was said otherwise before.
 */
corrected: boolean, };

export type Refusal = { "code": "not-found", 
/**
 * Kind of the row.
 */
what: string, } | { "code": "no-right", 
/**
 * The right that is missing.
 */
right: Right, } | { "code": "no-power", 
/**
 * The power that is missing.
 */
power: Power, } | { "code": "malformed", 
/**
 * Name of the field.
 */
field: string, } | { "code": "too-many", 
/**
 * Name of the field.
 */
field: string, 
/**
 * The limit.
 */
limit: number, } | { "code": "not-open-yet", 
/**
 * When it opens.
 */
opens: string, } | { "code": "closed", 
/**
 * When it closed.
 */
since: string, } | { "code": "started", 
/**
 * When it began.
 */
since: string, } | { "code": "full" } | { "code": "already-booked", 
/**
 * The booking that holds it.
 */
booking: string, } | { "code": "family-limit", 
/**
 * Seats one family may hold in this event.
 */
limit: number, } | { "code": "not-eligible" } | { "code": "booking-gone" } | { "code": "notice-gone", 
/**
 * What replaced it.
 */
by: string | null, } | { "code": "nothing-asked" } | { "code": "reminded-lately", 
/**
 * From when on they may be again.
 */
again: string, } | { "code": "other-guardian" } | { "code": "answered-already", 
/**
 * The guardian who did.
 */
by: string, } | { "code": "choice-full", 
/**
 * In words.
 */
choice: string, } | { "code": "text-changed" } | { "code": "request-gone" } | { "code": "pick-up-barred" } | { "code": "conversation-ended" } | { "code": "writing-stopped", 
/**
 * Why, in the school's words.
 */
why: string, 
/**
 * Whom to talk to, in the school's words.
 */
call: string, } | { "code": "reads-only" } | { "code": "nobody-left" } | { "code": "report-closed" } | { "code": "concerned" } | { "code": "message-fixed" } | { "code": "file-for-nobody", 
/**
 * As its author called it.
 */
name: string, } | { "code": "file-missing", 
/**
 * As it is called.
 */
name: string, } | { "code": "audience-changed", 
/**
 * Families the author saw.
 */
seen: number, 
/**
 * Families now.
 */
now: number, } | { "code": "no-approver" } | { "code": "audience-empty" } | { "code": "due-too-early", 
/**
 * When the notice would go out.
 */
goes_out: string, } | { "code": "changed-meanwhile" } | { "code": "session-cancelled", 
/**
 * In the organiser's words.
 */
reason: string, } | { "code": "not-first-time" } | { "code": "child-seats", 
/**
 * Seats for each child that comes.
 */
limit: number, } | { "code": "child-limit", 
/**
 * Sessions a child may have.
 */
limit: number, } | { "code": "venue-too-small", 
/**
 * Its name.
 */
venue: string, 
/**
 * People it takes.
 */
capacity: number, 
/**
 * Seats the session would have.
 */
seats: number, } | { "code": "venue-taken", 
/**
 * Its name.
 */
venue: string, 
/**
 * The event that takes most of it then.
 */
title: string, 
/**
 * When that event's session begins.
 */
starts: string, 
/**
 * People it still takes.
 */
left: number, 
/**
 * Seats the session would have.
 */
seats: number, } | { "code": "seats-held", 
/**
 * Seats confirmed or offered.
 */
used: number, } | { "code": "party-waits", 
/**
 * Seats it takes.
 */
size: number, } | { "code": "gate-closed" } | { "code": "no-walk-in-seats", 
/**
 * Seats it still has.
 */
left: number, } | { "code": "already-in", 
/**
 * At which gate.
 */
gate_name: string, 
/**
 * When, as that gate's clock says.
 */
at: string, } | { "code": "seat-released" } | { "code": "other-session", 
/**
 * Which.
 */
session: string, } | { "code": "gates-open", 
/**
 * How many.
 */
gates: number, } | { "code": "event-not-open" } | { "code": "draw-not-yet", 
/**
 * When it will be known.
 */
from: string, } | { "code": "draw-pending" } | { "code": "draw-done" } | { "code": "stage-ahead", 
/**
 * When it begins.
 */
starts: string, } | { "code": "results-missing", 
/**
 * How many have none.
 */
missing: number, } | { "code": "shift-full" } | { "code": "shift-clash", 
/**
 * The other shift.
 */
with: string, } | { "code": "short-rest", 
/**
 * The other shift.
 */
with: string, 
/**
 * Minutes there have to be.
 */
minutes: number, } | { "code": "missing-qualification", 
/**
 * Which.
 */
qualification: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * They have it, but only until this day.
 */
until: string | null, } | { "code": "other-volunteers", 
/**
 * For whom.
 */
population: Population, } | { "code": "no-pupils" } | { "code": "no-guests" } | { "code": "nobody-receives" } | { "code": "guests-come", 
/**
 * How many.
 */
guests: number, } | { "code": "shift-off" } | { "code": "post-ended" } | { "code": "shift-already" } | { "code": "swap-over" } | { "code": "swap-off" } | { "code": "swap-unfit", 
/**
 * Their name, for the desk; empty for the other of the two, who learns neither who nor why.
 */
name: string, } | { "code": "slot-taken", 
/**
 * Of which offer.
 */
offer: string, 
/**
 * When it begins.
 */
starts: string, } | { "code": "meeting-clash", 
/**
 * When the other begins.
 */
at: string, 
/**
 * It is at another time, but on another campus, and there is not the time to get there.
 */
too_far: boolean, } | { "code": "holiday-file-unreadable" } | { "code": "holiday-file-foreign", 
/**
 * How the file names it.
 */
key: string, } | { "code": "holiday-file-forged" } | { "code": "holiday-file-wrong", 
/**
 * A field, a day, or a line of the file.
 */
what: string, } | { "code": "holidays-older", 
/**
 * Which year.
 */
year: number, 
/**
 * When what is known was announced.
 */
published: string, 
/**
 * Which edition of it is known.
 */
edition: number, } | { "code": "depends-on", 
/**
 * The mutation it depended on.
 */
mutation: string, } | { "code": "trip-ended", 
/**
 * Since when.
 */
since: string, } | { "code": "not-all-back", 
/**
 * How many.
 */
children: number, } | { "code": "later-told", 
/**
 * The name of that stage.
 */
stage: string, } | { "code": "taken-back", 
/**
 * When.
 */
at: string, } | { "code": "hours-own" } | { "code": "hours-settled" } | { "code": "hours-disputed" } | { "code": "unreadable" };

export type RehearsedClass = { 
/**
 * Which.
 */
class: PlaceName, 
/**
 * Where who comes first is served first.
 */
race: ClassFigures, 
/**
 * Where seats are drawn.
 */
draw: ClassFigures | null, };

export type RehearsedSession = { 
/**
 * 第 1 场
 */
name: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Where who comes first is served first.
 */
race: SessionFigures, 
/**
 * Where seats are drawn.
 */
draw: SessionFigures | null, 
/**
 * With so many seats here, and what is said of the other sessions there, nobody would wait in nine of ten runs, first come first
 * served. `None` where the largest sessions there may be are too few.
 */
enough: number | null, };

export type Relation = "father" | "mother" | "paternal-grandfather" | "paternal-grandmother" | "maternal-grandfather" | "maternal-grandmother" | "other";

export type RelationGrants = { 
/**
 * Which guardians.
 */
relation: Relation, 
/**
 * Exactly these rights; none is allowed.
 */
rights: Array<Right>, 
/**
 * Keep away altogether.
 */
barred: boolean, };

export type RemarkCount = { 
/**
 * Verbatim.
 */
text: string, 
/**
 * Children.
 */
children: number, };

export type RemarkDecide = { 
/**
 * Which; all of one wording, or some.
 */
remarks: Array<string>, 
/**
 * What guardians of each relation get.
 */
grants: Array<RelationGrants>, };

export type RemarkList = Record<symbol, never>;

export type RemarkView = { 
/**
 * Which remark.
 */
id: string, 
/**
 * About whom.
 */
child: ChildName, 
/**
 * The guardians: name and relation.
 */
guardians: Array<GuardianName>, };

export type Remarks = { 
/**
 * The wordings.
 */
wordings: Array<Wording>, };

export type Reply = { "is": "read" } | { "is": "acknowledge" } | { "is": "choose", 
/**
 * At least one.
 */
choices: Array<number>, } | { "is": "fill-in", 
/**
 * In the order of the fields.
 */
values: Array<string>, 
/**
 * The files that [`FieldKind::File`] fields name, no two of one name; at most [`limits::FILES_PER_ANSWER`].
 */
files: Array<Attachment>, } | { "is": "sign", 
/**
 * 同意.
 */
agrees: boolean, 
/**
 * SHA-256 of the text that was signed, in hexadecimal: see [`Notice::text_sha256`](crate::Notice::text_sha256).
 */
sha256: string, };

export type ReportAppointReader = { 
/**
 * What was reported.
 */
report: string, 
/**
 * Whom.
 */
who: string, 
/**
 * From now on no more.
 */
ends: boolean, };

export type ReportClose = { 
/**
 * Which.
 */
report: string, 
/**
 * For whoever reported it.
 */
to_reporter: string, 
/**
 * For everybody in the conversation.
 */
to_all: string, };

export type ReportClosed = { 
/**
 * By whom of the school.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * For whoever reported it.
 */
to_reporter: string, 
/**
 * For everybody in the conversation; it stands in the access log too.
 */
to_all: string, };

export type ReportLetWrite = { 
/**
 * What was reported.
 */
report: string, 
/**
 * Whom.
 */
guardian: string, };

export type ReportList = Record<symbol, never>;

export type ReportMake = { 
/**
 * Which message.
 */
message: string, 
/**
 * Why.
 */
reason: ReportReason, 
/**
 * In one's own words; may be empty unless the reason is another one.
 */
words: string, };

export type ReportOf = { "is": "event", 
/**
 * Which.
 */
event: string, } | { "is": "term", 
/**
 * As [`TermReport::term`].
 */
term: TermId | null, };

export type ReportPlace = { 
/**
 * Which, as it was called then; `None` for who walked in, and for children whose class is not known.
 */
place: PlaceName | null, 
/**
 * Who.
 */
counted: Counted, };

export type ReportRead = { 
/**
 * Because of what.
 */
report: string, };

export type ReportReason = "insult" | "threat" | "harassment" | "privacy" | "other";

export type ReportSession = { 
/**
 * Which.
 */
id: string, 
/**
 * 第 1 场
 */
name: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Seats.
 */
capacity: number, 
/**
 * What is known of who came.
 */
stand: Stand, 
/**
 * Who.
 */
counted: Counted, };

export type ReportStop = { 
/**
 * What was reported.
 */
report: string, 
/**
 * Whom.
 */
guardian: string, 
/**
 * Why, for everybody in it to read.
 */
why: string, 
/**
 * Whom that guardian may talk to.
 */
call: string, };

export type ReportView = { 
/**
 * Which.
 */
id: string, 
/**
 * About whom the conversation is.
 */
child: ChildName, 
/**
 * Who said what was reported.
 */
said_by: Speaker, 
/**
 * Who reported it.
 */
by: Speaker, 
/**
 * Why.
 */
reason: ReportReason, 
/**
 * In the reporter's words; may be empty.
 */
words: string, 
/**
 * When the school took it.
 */
at: string, 
/**
 * How it was settled.
 */
closed: ReportClosed | null, 
/**
 * The access log of the conversation, as everybody in it sees it.
 */
log: Array<AccessView>, 
/**
 * Guardians who may write there, or may only read.
 */
guardians: Array<GuardianHere>, 
/**
 * Staff who may be asked to read along; empty where this is not for whoever sits here to settle.
 */
readers: Array<PartnerChoice>, 
/**
 * Who was asked to, and still does.
 */
appointed: Array<AppointedReader>, 
/**
 * It concerns whoever sits here: somebody else has to settle it.
 */
concerned: boolean, 
/**
 * A wish about it waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type ReportedMessage = { 
/**
 * Which.
 */
id: string, 
/**
 * Who said it.
 */
by: Speaker, 
/**
 * Plain text; empty once it was deleted.
 */
text: string, 
/**
 * What it answers.
 */
quotes: Quote | null, 
/**
 * When the school took it.
 */
at: string, 
/**
 * What it said before, oldest first.
 */
earlier: Array<Earlier>, 
/**
 * When it was taken back.
 */
deleted: string | null, };

export type ReportedThread = { 
/**
 * One line.
 */
title: string, 
/**
 * Staff who take part.
 */
with: Array<Partner>, 
/**
 * Shared inboxes that take part.
 */
inboxes: Array<InboxPartner>, 
/**
 * All that was said, in its order.
 */
messages: Array<ReportedMessage>, 
/**
 * The message that was reported.
 */
reported: string | null, };

export type Reports = { 
/**
 * Open ones first, the oldest first; then the others, the newest first.
 */
reports: Array<ReportView>, 
/**
 * Whether this hat may read what was reported.
 */
may_read: boolean, };

export type RequestAnswer = { 
/**
 * Which.
 */
request: string, 
/**
 * Yes or no.
 */
agrees: boolean, 
/**
 * For the family to read; may be empty.
 */
note: string, };

export type RequestList = Record<symbol, never>;

export type RequestMake = { 
/**
 * For whom.
 */
child: string, 
/**
 * What.
 */
wanted: Wanted, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type RequestState = { "is": "open" } | { "is": "agreed", 
/**
 * Who said so.
 */
by: string, 
/**
 * In their words; may be empty.
 */
note: string, 
/**
 * When.
 */
at: string, } | { "is": "declined", 
/**
 * Who said so.
 */
by: string, 
/**
 * In their words; may be empty.
 */
note: string, 
/**
 * When.
 */
at: string, } | { "is": "withdrawn", 
/**
 * When.
 */
at: string, } | { "is": "revoked", 
/**
 * When.
 */
at: string, };

export type RequestThen = { 
/**
 * Which.
 */
id: string, 
/**
 * What.
 */
wanted: Wanted, 
/**
 * The guardian who asked.
 */
guardian: string, 
/**
 * 代办: who entered it.
 */
entered: Entered | null, 
/**
 * When the server took it.
 */
asked: string, 
/**
 * How it stood.
 */
state: RequestState, };

export type RequestView = { 
/**
 * Which.
 */
id: string, 
/**
 * For whom.
 */
child: ChildName, 
/**
 * What.
 */
wanted: Wanted, 
/**
 * The guardian who asks.
 */
guardian: string, 
/**
 * 代办: who entered it, and why.
 */
entered: Entered | null, 
/**
 * Where it is in its life, as the school has it or, where a wish waits, as it would be.
 */
state: RequestState, 
/**
 * When the school took it, or when it was composed.
 */
at: string, 
/**
 * Whether it is over: the leave has passed, the child was fetched.
 */
over: boolean, 
/**
 * Whether whoever sits here may answer it.
 */
may_answer: boolean, 
/**
 * Whether whoever sits here may take it back.
 */
may_withdraw: boolean, 
/**
 * A wish about it waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type RequestWithdraw = { 
/**
 * Which.
 */
request: string, 
/**
 * 代办: for which guardian.
 */
on_behalf_of: Proxy | null, };

export type Requests = { 
/**
 * What waits for an answer, the oldest first; then the others, the newest first.
 */
requests: Array<RequestView>, 
/**
 * The family's children for whom whoever sits here may ask; in a staff hat none.
 */
children: Array<ChildName>, };

export type Required = { 
/**
 * Which.
 */
qualification: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * How one comes by it; may be empty.
 */
about: string, 
/**
 * One has it.
 */
has: boolean, 
/**
 * One has it, but only until this day.
 */
until: string | null, };

export type ResultView = { 
/**
 * How, with what was noted on this computer and not sent.
 */
outcome: Outcome, 
/**
 * Since when the family knows.
 */
published: string | null, 
/**
 * What was set right since, the oldest first.
 */
corrections: Array<Correction>, 
/**
 * It waits on this computer.
 */
pending: boolean, };

export type RiderView = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * In which booking: siblings are in one.
 */
booking: string, 
/**
 * Adults of that booking.
 */
adults: number, 
/**
 * Why there; `None` where there is no seat.
 */
because: SeatedBecause | null, 
/**
 * What became of the slip.
 */
slip: SlipStand, };

export type Right = "messages" | "decide" | "records" | "pick-up";

export type RightsSet = { 
/**
 * Which link.
 */
link: string, 
/**
 * Exactly these, from today.
 */
rights: Array<Right>, 
/**
 * Keep away altogether.
 */
barred: boolean, };

export type RoleKind = "class-teacher" | "subject-teacher" | "coordinator" | "head" | "counsellor" | "administrator";

export type RollCall = { 
/**
 * What it is about, as it stands now.
 */
alarm: Alarm, 
/**
 * Every class this hat sees, with how far it has come.
 */
classes: Array<RollClass>, 
/**
 * The class shown.
 */
class: string | null, 
/**
 * Its children, in 学号 order.
 */
children: Array<RollChild>, };

export type RollChild = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * 学号
 */
number: string, 
/**
 * What was said last; with one still on its way from here.
 */
said: Marked | null, 
/**
 * What was said before, oldest first.
 */
earlier: Array<Marked>, 
/**
 * What a change names, so that nothing is replaced unseen; 0 where nothing was said.
 */
version: number, 
/**
 * Away today as agreed with the class teacher.
 */
absent: boolean, 
/**
 * Whether whoever sits here may say where this child is.
 */
may_mark: boolean, 
/**
 * Whether whoever sits here may say that it was fetched.
 */
may_fetch: boolean, 
/**
 * What somebody here said and the school has not answered yet.
 */
pending: PendingMark | null, };

export type RollClass = { 
/**
 * Which.
 */
place: PlaceName, 
/**
 * How far it has come.
 */
count: RollCount, };

export type RollCount = { 
/**
 * Children called.
 */
children: number, 
/**
 * With somebody.
 */
safe: number, 
/**
 * Somebody has to come.
 */
needs_help: number, 
/**
 * Fetched.
 */
picked_up: number, 
/**
 * Nothing is known of them, and they are at school today.
 */
unknown: number, };

export type RollLine = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * 1 号车; empty where there are no buses, or no seat.
 */
bus: string, 
/**
 * What became of the slip.
 */
slip: SlipStand, 
/**
 * What was said last; with one still on its way from here.
 */
said: TripMarked | null, 
/**
 * What somebody else said, who did not know of it.
 */
against: TripMarked | null, 
/**
 * What was said before, oldest first.
 */
earlier: Array<TripMarked>, 
/**
 * What a change names; 0 where nothing was said.
 */
version: number, 
/**
 * The stop before at which it was last not there, if it has not been there since.
 */
left_at: string | null, 
/**
 * What was said there.
 */
left_note: string, 
/**
 * How the wish stands that somebody here made.
 */
pending: ItemState | null, };

export type RollState = "safe" | "needs-help" | "picked-up";

export type RosterShift = { 
/**
 * The shift.
 */
line: ShiftLine, 
/**
 * Who comes.
 */
people: Array<Volunteer>, 
/**
 * Who asks to come, in the order in which they asked.
 */
asking: Array<Volunteer>, 
/**
 * Who is asked to come and has not answered.
 */
offered: Array<Volunteer>, 
/**
 * Who was asked and said no.
 */
said_no: Array<Volunteer>, 
/**
 * Whether guests from outside may be written down for it, places apart.
 */
invites: boolean, };

export type SaidThen = { 
/**
 * Which.
 */
id: string, 
/**
 * Who said it.
 */
by: Speaker, 
/**
 * When the server took it.
 */
at: string, 
/**
 * What it said then; empty where it was taken back, then or since: such a text is kept nowhere.
 */
text: string, 
/**
 * When it was said otherwise next.
 */
edited: string | null, 
/**
 * When its speaker took it back.
 */
deleted: string | null, 
/**
 * Who had said 收到.
 */
received: Array<Received>, };

export type Saved = { 
/**
 * Its id; the outbox shows what becomes of it.
 */
mutation: string, };

export type Scanned = { 
/**
 * The party; `None` where the code is none of ours, or not on this gate's list.
 */
party: PartyView | null, 
/**
 * Whether it is a ticket of ours at all.
 */
ticket: boolean, 
/**
 * Who was let in by it.
 */
arrival: string | null, };

export type SchoolDaysAhead = { 
/**
 * The days, in order.
 */
days: Array<string>, 
/**
 * Holidays among them that are left out, and weekends that are worked.
 */
spans: Array<HolidaySpan>, 
/**
 * The first of the days of which nothing was announced yet: it may turn out to be a holiday.
 */
not_announced: string | null, };

export type SchoolHold = { 
/**
 * In seconds; 0 for not at all.
 */
seconds: number, };

export type SchoolQuiet = { 
/**
 * From when until when, every day; none if `None`.
 */
quiet: QuietHours | null, 
/**
 * For those who work there instead of families.
 */
staff: boolean, };

export type SchoolTravel = { 
/**
 * In minutes; 0 where they lie side by side.
 */
minutes: number, };

export type SearchView = { 
/**
 * In a word.
 */
state: StandInState, 
/**
 * Waves so far.
 */
waves: number, 
/**
 * People asked in all.
 */
asked: number, 
/**
 * Of them, who said no.
 */
said_no: number, 
/**
 * Of them, whose answer is waited for.
 */
waiting: number, 
/**
 * When the next few are asked.
 */
next: string | null, 
/**
 * The name of who began it; empty where it began by itself.
 */
by: string, };

export type SeatRule = "adults" | "children" | "everyone";

export type SeatedBecause = "by-hand" | "with-class" | "with-family" | "where-room";

export type Seen = { 
/**
 * A small picture, JPEG in base64, to aim by.
 */
picture: string, 
/**
 * What is written in the QR code in it, if there is one.
 */
code: string | null, };

export type SeenHours = { 
/**
 * Which.
 */
entry: string, 
/**
 * The minutes that were looked at.
 */
minutes: number, };

export type SeriesEnd = { 
/**
 * Which.
 */
series: string, };

export type SeriesLine = { 
/**
 * Which.
 */
id: string, 
/**
 * The title of its notices.
 */
title: string, 
/**
 * The times to come.
 */
coming: Array<string>, 
/**
 * How often it comes in all.
 */
of: number, };

export type SeriesList = Record<symbol, never>;

export type SeriesSend = { 
/**
 * As it is sent the first time.
 */
notice: NoticeSend, 
/**
 * An RRULE of RFC 5545.
 */
rule: string, 
/**
 * Not on public holidays.
 */
skip_holidays: boolean, };

export type SeriesTimes = { 
/**
 * An RRULE of RFC 5545: `FREQ=WEEKLY;BYDAY=MO;COUNT=8`.
 */
rule: string, 
/**
 * Where it begins.
 */
from: string, 
/**
 * Not on public holidays.
 */
skip_holidays: boolean, };

export type SessionClash = { 
/**
 * Which session.
 */
session: string, 
/**
 * What else there is.
 */
with: string, 
/**
 * When that is.
 */
at: string, 
/**
 * It is at another time, but on another campus, and too close to get from one to the other.
 */
too_far: boolean, };

export type SessionFigures = { 
/**
 * Which.
 */
session: string, 
/**
 * Seats as planned; of a pool those of all of it.
 */
capacity: number, 
/**
 * Seats taken in the end, after what was given back was passed on.
 */
used: Spread, 
/**
 * Seats of families that like it best.
 */
wanted_first: Spread, 
/**
 * Bookings in line in the end.
 */
waiting: Spread, 
/**
 * Runs in which somebody found no room, or the last seat was taken.
 */
full_runs: number, 
/**
 * Seconds after the opening when that was, in the middle one of those runs. `None` where seats are drawn, or there is none.
 */
full_after_s: number | null, };

export type SessionFill = { 
/**
 * Which.
 */
id: string, 
/**
 * 第 1 场
 */
name: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Seats.
 */
capacity: number, 
/**
 * Seats confirmed or offered.
 */
used: number, 
/**
 * Bookings that wait.
 */
waiting: number, 
/**
 * Seats a newcomer could still get, of those kept for whom they are for too: none behind a waitlist, none once it has begun.
 */
open_seats: number, 
/**
 * Whether it has begun, by the school's time.
 */
begun: boolean, 
/**
 * Whose seats these are, if several sessions share them, which have the same here: then the four numbers are of all together.
 */
pool: string | null, 
/**
 * Why it was called off, if it was.
 */
cancelled: string | null, 
/**
 * When it was to be before that was changed.
 */
moved: Moved | null, 
/**
 * Grades and classes it is for; empty means whoever the event is for.
 */
eligible: Array<PlaceName>, 
/**
 * Only for children who have not come to anything of the same programme before.
 */
first_timers: boolean, 
/**
 * The venue it is in, where that is not its event's.
 */
held_in: VenueHere | null, 
/**
 * Seats that are kept for some families and are not free for all yet.
 */
holds: Array<HoldView>, };

export type SessionName = { 
/**
 * Which.
 */
id: string, 
/**
 * 第 1 场
 */
name: string, 
/**
 * When.
 */
starts: string, };

export type SessionShape = { 
/**
 * 第 1 场
 */
name: string, 
/**
 * When it begins; the first of them on day 0.
 */
starts: DayTime, 
/**
 * When it ends.
 */
ends: DayTime, 
/**
 * Seats.
 */
capacity: number, 
/**
 * Of those before it in the shape, the first it shares these seats with, counted from 0.
 */
pool?: number | null, 
/**
 * In which venue, where that is not the event's.
 */
held_in?: string | null, 
/**
 * Only for children who have not come to anything of the same programme before.
 */
first_timers: boolean, 
/**
 * Seats that are kept for some families.
 */
holds?: Array<HoldShape>, };

export type SessionWishes = { 
/**
 * Which.
 */
session: string, 
/**
 * Entries that name it first, second…; as many numbers as the longest entry has wishes.
 */
by_rank: Array<number>, 
/**
 * Seats the parties take that name it first.
 */
seats_first: number, };

export type Severity = "extreme" | "severe" | "moderate" | "minor";

export type SharedPost = { 
/**
 * Which.
 */
post: string, 
/**
 * Title.
 */
title: string, 
/**
 * Shifts that began.
 */
shifts: number, 
/**
 * Of them, those that began with fewer people than they needed.
 */
short: number, 
/**
 * How many different people came to them.
 */
people: number, };

export type SheetCell = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * 学号
 */
number: string, 
/**
 * What was answered, the latest of each guardian; with one still on its way from here.
 */
answers: Array<AnswerView>, 
/**
 * Whether nothing is left to answer: for a family, by whoever sits here.
 */
done: boolean, 
/**
 * Whether whoever sits here may answer for this child on their own, or change what was answered: reading a notice
 * takes the right to messages, answering it the right to decide.
 */
may_answer: boolean, 
/**
 * The wish waits on this computer.
 */
pending: ItemState | null, 
/**
 * Guardians who may decide: staff only.
 */
guardians: Array<GuardianName>, 
/**
 * Whether the hat may answer for them.
 */
may_enter: boolean, 
/**
 * Somebody of this family has seen it or answered: staff only.
 */
seen: boolean, 
/**
 * Nobody of this family receives it, and why: staff only.
 */
unreached: Why | null, };

export type SheetView = { 
/**
 * Title of the event.
 */
title: string, 
/**
 * Where on the campus.
 */
venue: string, 
/**
 * The session.
 */
session: GateSession, 
/**
 * Parties, by class and name of the first child.
 */
parties: Array<PartyView>, 
/**
 * Who walked in, by time.
 */
walked_in: Array<ArrivalView>, };

export type ShiftDraft = { 
/**
 * Made by the coordinator's device.
 */
id: string, 
/**
 * Wall time and zone.
 */
starts: string, 
/**
 * Wall time and zone.
 */
ends: string, 
/**
 * People needed.
 */
needed: number, };

export type ShiftDrop = { 
/**
 * Which.
 */
shift: string, 
/**
 * 代办: for whom.
 */
on_behalf_of: Proxy | null, };

export type ShiftLine = { 
/**
 * Which.
 */
id: string, 
/**
 * Of which post.
 */
post: string, 
/**
 * Post title.
 */
title: string, 
/**
 * What to do.
 */
about: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * A programme tag.
 */
programme: string, 
/**
 * The place that runs it.
 */
place: PlaceName, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * People needed.
 */
needed: number, 
/**
 * People who come, as last heard.
 */
taken: number, 
/**
 * Whether one comes oneself, as the school has it.
 */
mine: boolean, 
/**
 * 代办: who entered that one comes.
 */
entered: Entered | null, 
/**
 * A wish to take or drop it waits on this computer, or was refused.
 */
pending: ItemState | null, 
/**
 * Something else one has at that time, or so near that one does not get there from another campus.
 */
clash: string | null, 
/**
 * It is the way between two campuses, and not the time itself.
 */
clash_far: boolean, 
/**
 * Who asked one to come; stays once it was answered.
 */
offer: ShiftOffer | null, 
/**
 * The version one looks at.
 */
version: number, 
/**
 * Its times were changed: what they were.
 */
moved: ShiftMoved | null, 
/**
 * What else its post says.
 */
terms: PostTerms, 
/**
 * The campaign's name.
 */
campaign: CampaignName | null, 
/**
 * The supervisor's name; empty where there is none.
 */
supervisor: string, 
/**
 * The venue's name; empty where it is in none.
 */
venue: string, 
/**
 * What it asks for, and what of it one has.
 */
requires: Array<Required>, 
/**
 * One's own part in it, as the school has it.
 */
own: TakeState | null, 
/**
 * Why the desk declined; else empty.
 */
reason: string, 
/**
 * It was called off.
 */
called_off: CalledOff | null, 
/**
 * Why one could not take it now, places apart; nothing for what is one's own.
 */
why_not: Refusal | null, 
/**
 * Whose turn it is, of which classes.
 */
turns: Array<TurnLine>, 
/**
 * All that is free is kept for others: when it opens to everybody.
 */
opens: string | null, 
/**
 * Called off or declined: the next best shift of the same post that lacks people.
 */
instead: NextBest | null, };

export type ShiftList = Record<symbol, never>;

export type ShiftMoved = { 
/**
 * From when it was.
 */
starts: string, 
/**
 * Until when it was.
 */
ends: string, 
/**
 * When that was changed.
 */
at: string, };

export type ShiftName = { 
/**
 * Which.
 */
id: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, };

export type ShiftOffer = { 
/**
 * On whose behalf.
 */
source: OfferFrom, 
/**
 * Who asked; empty of the clock.
 */
by: string, 
/**
 * In their words; may be empty.
 */
words: string, 
/**
 * When.
 */
at: string, 
/**
 * Until when an answer is hoped for.
 */
until: string, };

export type ShiftPost = { 
/**
 * The place whose desk runs it.
 */
place: string, 
/**
 * Title.
 */
title: string, 
/**
 * What to do.
 */
about: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * A programme tag.
 */
programme: string, 
/**
 * The shifts.
 */
shifts: Array<PlannedShift>, 
/**
 * What else it says.
 */
terms: PostTerms, };

export type ShiftRoster = Record<symbol, never>;

export type ShiftTake = { 
/**
 * Which.
 */
shift: string, 
/**
 * 代办: for whom.
 */
on_behalf_of: Proxy | null, };

export type ShiftTurns = { 
/**
 * Which.
 */
shift: string, 
/**
 * The classes; none where it is open to everybody. At most [`limits::TURNS_PER_SHIFT`].
 */
turns: Array<ClassTurn>, };

export type Shifts = { 
/**
 * By start; those that are over are left out.
 */
shifts: Array<ShiftLine>, 
/**
 * Whether the hat may plan shifts.
 */
may_plan: boolean, 
/**
 * Places the hat may plan for.
 */
places: Array<PlaceName>, };

export type Shown = { "is": "nowhere" } | { "is": "service", 
/**
 * What it calls itself: `gnome-shell`, `Plasma`.
 */
name: string, };

export type ShownTurn = { 
/**
 * In which stage.
 */
stage: string, 
/**
 * Which place in the order, from 1.
 */
number: number, 
/**
 * When.
 */
starts: string, };

export type ShownView = { 
/**
 * Of which row: its poster is opened by it.
 */
id: string, 
/**
 * Name of the child.
 */
name: string, 
/**
 * Its class.
 */
class: PlaceName, 
/**
 * What it says and shows, as the desk let it.
 */
entry: EntryView | null, 
/**
 * Turns everybody may see.
 */
turns: Array<ShownTurn>, 
/**
 * Where it got on.
 */
reached: Array<Reached>, };

export type Side = "family" | "school";

export type SignedUpFor = { 
/**
 * Which session.
 */
session: string, 
/**
 * Why it was not saved; saved on this computer otherwise.
 */
fault: Fault | null, };

export type SlipCounts = { 
/**
 * Signed.
 */
signed: number, 
/**
 * One of two guardians has signed.
 */
half: number, 
/**
 * Somebody said no.
 */
refused: number, 
/**
 * Not answered.
 */
missing: number, 
/**
 * Of those that are not answered: came along after the last slip went out.
 */
late: number, };

export type SlipOpen = { 
/**
 * Who.
 */
child: ChildName, 
/**
 * Why not.
 */
slip: SlipStand, 
/**
 * Who said no, or signed alone; empty where nobody did.
 */
by: string, };

export type SlipStand = "none" | "signed" | "half" | "refused" | "missing" | "late";

export type SlotClash = { 
/**
 * What else there is.
 */
with: string, 
/**
 * It is at another time, but on another campus, and too close to get from one to the other.
 */
too_far: boolean, };

export type SlotIs = "free" | "mine" | "taken" | "over";

export type SlotView = { 
/**
 * Of which offer.
 */
offer: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Where on the campus.
 */
room: string, 
/**
 * The campus.
 */
place: PlaceName, 
/**
 * Whether it can be booked, as last heard.
 */
state: SlotIs, 
/**
 * Something else the guardian has at that time, or too far away from it.
 */
clash: SlotClash | null, };

export type Soon = "opens" | "closes" | "starts";

export type Speaker = { 
/**
 * Who.
 */
person: string, 
/**
 * That person's name.
 */
name: string, 
/**
 * In which capacity.
 */
capacity: Capacity, };

export type Spread = { 
/**
 * The 10th percentile.
 */
low: number, 
/**
 * The median.
 */
median: number, 
/**
 * The 90th percentile.
 */
high: number, };

export type StaffName = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, };

export type Stage = { 
/**
 * Made by the planner's device.
 */
id: string, 
/**
 * 笔试
 */
name: string, 
/**
 * Where, in words.
 */
venue: string, 
/**
 * From when.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * How it is held.
 */
kind: StageKind, 
/**
 * What to bring, what to know; may be empty.
 */
note: string, };

export type StageKind = { "is": "together" } | { "is": "in-turn", 
/**
 * Minutes each, up to [`limits::TURN_MINUTES`].
 */
minutes: number, 
/**
 * Minutes between two, up to [`limits::TURN_MINUTES`].
 */
buffer: number, 
/**
 * When nobody's turn is, up to [`limits::BREAKS_PER_OFFER`].
 */
breaks: Array<Break>, 
/**
 * How what decides the order comes about, in words, told before it is known: 掷三次骰子, 12 月 2 日上证指数收盘价.
 */
seed_from: string, } | { "is": "on-show", 
/**
 * Until when posters may be handed in.
 */
due: string, };

export type StageView = { 
/**
 * As planned.
 */
stage: Stage, 
/**
 * It is over.
 */
over: boolean, 
/**
 * It is the last one: offices are given here.
 */
last: boolean, 
/**
 * Its order, once it was drawn.
 */
order: OrderView | null, 
/**
 * Since when its results are out.
 */
results: string | null, 
/**
 * Turns it has time for; 0 where there are none.
 */
room: number, 
/**
 * For its desk: candidates who are in it, by their turns, else as they were nominated.
 */
in_it: Array<string>, 
/**
 * For its desk: those of them without a result.
 */
missing: number, 
/**
 * For its desk: nominations have closed, and nobody has drawn yet.
 */
may_draw: boolean, 
/**
 * For its desk: it has begun, and nobody was told how it ended.
 */
may_tell: boolean, };

export type Stand = "ahead" | "on" | "checked" | "unchecked" | "called-off";

export type StandInRule = "by-itself" | "desk" | "off";

export type StandInState = "searching" | "filled" | "nobody-left" | "stopped" | "over";

export type StandInWished = { 
/**
 * They said so, one way or the other. Who did not is asked where they have come before.
 */
said: boolean, 
/**
 * Whether.
 */
asks: boolean, 
/**
 * On which days of the week, 1 for Monday to 7; on all, if there are none.
 */
days: Array<number>, 
/**
 * At which part of the day.
 */
part: DayPart, 
/**
 * A wish about it waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type StarHoursView = { 
/**
 * Of the first star, of the second, and so on; none if empty.
 */
hours: Array<number>, 
/**
 * Whether the hat may set them.
 */
may_set: boolean, 
/**
 * How many there may be.
 */
most: number, 
/**
 * A wish about them waits on this computer.
 */
waits: ItemState | null, };

export type Stars = { 
/**
 * How many.
 */
stars: number, 
/**
 * Of how many.
 */
of: number, 
/**
 * From how many hours on there is one more.
 */
next: number | null, };

export type StewardView = { 
/**
 * In which hat.
 */
role: string, 
/**
 * The name.
 */
name: string, 
/**
 * 班主任; empty for who works here no more.
 */
title: string, };

export type StillComing = { 
/**
 * Which.
 */
shift: string, 
/**
 * Post title.
 */
title: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * How the work is done, step by step; empty where the post has none.
 */
handbook: string, 
/**
 * An answer waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type StopCount = { 
/**
 * 出发前
 */
name: string, 
/**
 * Children who were there.
 */
here: number, 
/**
 * Who were not.
 */
away: number, };

export type StopMark = { 
/**
 * Who.
 */
child: string, 
/**
 * Whether it is there.
 */
here: boolean, 
/**
 * In a few words; may be empty.
 */
note: string, 
/**
 * The version that stood there; 0 where nothing was said.
 */
replaces: number, };

export type Stopped = { 
/**
 * Who may not write.
 */
guardian: string, 
/**
 * That guardian's name.
 */
name: string, 
/**
 * Who of the school said so.
 */
by: string, 
/**
 * In which hat.
 */
title: string, 
/**
 * When.
 */
at: string, 
/**
 * Why, in the school's words.
 */
why: string, 
/**
 * Whom to talk to, in the school's words: 教导处陈老师，办公室 201.
 */
call: string, };

export type Stray = { 
/**
 * Its place among the names.
 */
at: number, 
/**
 * Why.
 */
why: StrayWhy, };

export type StrayWhy = { "is": "unknown" } | { "is": "not-addressed", 
/**
 * Who.
 */
child: ChildName, } | { "is": "several", 
/**
 * One.
 */
child: ChildName, 
/**
 * The other.
 */
other: ChildName, } | { "is": "second", 
/**
 * Who.
 */
child: ChildName, } | { "is": "names-another", 
/**
 * Whose the 学号 is.
 */
child: ChildName, 
/**
 * Whose the name is.
 */
other: ChildName, };

export type Strip = { 
/**
 * Code, link, address, children.
 */
invite: Invite, 
/**
 * QR code of the link: modules, row by row, `true` is dark; a square.
 */
qr: Array<Array<boolean>>, };

export type Strips = { 
/**
 * One for each person, by class and 学号.
 */
strips: Array<Strip>, };

export type Suppositions = { 
/**
 * Of 100 families it is for, so many want to come.
 */
want_percent: number, 
/**
 * Of 100 families that come, so many with two adults; the others with one. Who is over the seats of a family comes with
 * one. Where only children sit it changes nothing.
 */
two_adults_percent: number, 
/**
 * Of 100 families, so many press within the first minute.
 */
first_minute_percent: number, 
/**
 * The others press within so many hours, more of them at the beginning; at most [`limits::REHEARSAL_HOURS`].
 */
hours: number, 
/**
 * In how many sessions, at most, a child could come at all: the others are at a time when nobody can.
 */
suits: number, 
/**
 * Sessions a family wants for each child, as far as the event lets it.
 */
times: number, 
/**
 * What they like best.
 */
prefer: Preferred, 
/**
 * Of 100 bookings that have their seats at once, so many are given back before it is too late to.
 */
give_back_percent: number, 
/**
 * Grades and classes that hear of it later. A family with a child elsewhere hears of it there.
 */
late: Array<string>, 
/**
 * How much later, in minutes.
 */
late_minutes: number, 
/**
 * Families in which nobody who decides has joined are entered by staff (代办), within the hour after so many hours.
 */
staff_hours: number, };

export type SwapAct = { "step": "offer-swap", 
/**
 * Made by the device of whoever offers it.
 */
swap: string, 
/**
 * Which one gives.
 */
give: string, 
/**
 * For one of these, at most [`limits::SWAP_WANTS`](crate::limits::SWAP_WANTS); for any other of the post, if there are none.
 */
want?: Array<string>, 
/**
 * For the desk to read; may be empty.
 */
words?: string, } | { "step": "accept-swap", 
/**
 * Which.
 */
swap: string, 
/**
 * The shift one gives for it.
 */
shift: string, } | { "step": "withdraw-swap", 
/**
 * Which.
 */
swap: string, } | { "step": "answer-swap", 
/**
 * Which.
 */
swap: string, 
/**
 * Yes or no.
 */
agrees: boolean, 
/**
 * Why not, for both to read; may be empty where it is yes.
 */
reason?: string, 
/**
 * When the answer came that the desk saw: a yes to two is none to another pair, nor to another shift of one of them.
 */
seen?: string | null, } | { "step": "swap-shifts", 
/**
 * One of them.
 */
one: SwapSide, 
/**
 * The other.
 */
other: SwapSide, 
/**
 * In the words of who enters it.
 */
note?: string, };

export type SwapChecked = { 
/**
 * This computer knows; else the school says so as it decides.
 */
known: boolean, 
/**
 * Why not, places apart.
 */
why_not: Refusal | null, };

export type SwapList = { 
/**
 * Offers of others that a shift of one's own fits, by start.
 */
offers: Array<SwapToAnswer>, 
/**
 * One's own: open, agreed, or settled lately.
 */
mine: Array<OwnSwap>, 
/**
 * Shifts of one's own that may be offered, by start; none where that was not asked.
 */
may_offer: Array<Swappable>, 
/**
 * For a desk: what two agreed and it has to confirm first, then what is open.
 */
desk: Array<DeskSwap>, };

export type SwapPartner = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * Guardian of these children, where the desk knows them.
 */
of: Array<string>, 
/**
 * What they give.
 */
gives: SwapShift, 
/**
 * Whether the one who was asked about can come there.
 */
one: SwapChecked, 
/**
 * Whether they can come to that one's shift.
 */
other: SwapChecked, };

export type SwapPartners = { 
/**
 * By start of their shift, then by name. Also those against whom something speaks.
 */
partners: Array<SwapPartner>, };

export type SwapRule = "free" | "confirmed" | "off";

export type SwapShift = { 
/**
 * Which.
 */
shift: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, };

export type SwapSide = { 
/**
 * Who.
 */
person: string, 
/**
 * Which shift of theirs.
 */
shift: string, };

export type SwapState = "open" | "agreed" | "done" | "withdrawn" | "refused" | "lapsed";

export type SwapToAnswer = { 
/**
 * Which.
 */
swap: string, 
/**
 * Post title.
 */
title: string, 
/**
 * What they give.
 */
give: SwapShift, 
/**
 * Shifts of one's own one could give for it.
 */
yours: Array<SwapShift>, 
/**
 * What of one's own falls on the time of what they give.
 */
clash: string | null, 
/**
 * Both could be attended, but nobody gets from one to the other in time.
 */
clash_far: boolean, 
/**
 * The desk has to confirm.
 */
confirmed: boolean, };

export type Swappable = { 
/**
 * Post title.
 */
title: string, 
/**
 * Which.
 */
give: SwapShift, 
/**
 * Others of the post one could come to instead.
 */
others: Array<SwapShift>, 
/**
 * The desk has to confirm.
 */
confirmed: boolean, };

export type SyncLine = { 
/**
 * How it stands.
 */
state: LineState, 
/**
 * The last time the school answered.
 */
contact: string | null, 
/**
 * Items saved or sent, without a verdict.
 */
waiting: number, 
/**
 * Items refused or parked, and not seen yet.
 */
failed: number, 
/**
 * Where the school's server is: `school.example:8443`.
 */
address: string, 
/**
 * The school's time as this computer knows it: its own clock, corrected by the school's last answer. A window
 * counts by this and never by the computer's clock alone.
 */
now: string, };

export type SyncNow = Record<symbol, never>;

export type SyncStatus = Record<symbol, never>;

export type TakeState = "taken" | "dropped" | "asked" | "declined" | "called-off" | "offered" | "said-no" | "released";

export type Target = { "kind": "place", "id": string } | { "kind": "child", "id": string } | { "kind": "event", "id": string } | { "kind": "session", "id": string } | { "kind": "waiting", "id": string } | { "kind": "came", "id": string } | { "kind": "post", "id": string } | { "kind": "shift", "id": string };

export type TeacherOffer = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * What they are.
 */
role: RoleKind, 
/**
 * 请您来: they asked for this family. A plan begins with these.
 */
please_come: PleaseComeView | null, 
/**
 * The meeting about this child that stands, waits or was refused; the newest.
 */
meeting: MeetingView | null, 
/**
 * All times, by start. Empty where somebody asked and offers none yet.
 */
slots: Array<SlotView>, };

export type TeacherToday = { 
/**
 * The school's now.
 */
now: string, 
/**
 * Own notices that ask for something and are not complete, by due time.
 */
unanswered: Array<Progress>, 
/**
 * Own notices in the hold window: they can still be taken back silently.
 */
held: Array<Held>, 
/**
 * Notices to the whole school that wait for this hat to agree, the oldest first.
 */
approvals: Array<ApprovalLine>, 
/**
 * How many guardians of the class have not joined.
 */
not_joined: Array<JoinCount>, 
/**
 * Events that concern the class, soon.
 */
events: Array<EventSoon>, 
/**
 * Conversations in which a family waits for an answer, the oldest first.
 */
questions: Array<ConversationLine>, 
/**
 * Requests of families that wait for this hat's answer, the oldest first.
 */
requests: Array<RequestView>, 
/**
 * Reports that wait to be settled by this hat.
 */
reports: number, 
/**
 * Children of the hat's classes who are away today.
 */
absent: Array<AbsentView>, 
/**
 * Meetings of today with families, in whatever hat, by start; those that are over are left out.
 */
meetings: Array<MeetingView>, 
/**
 * What this person is asked as a volunteer: to come, and whether they still come. By due time.
 */
own: Array<Duty>, };

export type TemplateDraft = { 
/**
 * What it is called: up to [`limits::TEMPLATE_NAME_CHARS`].
 */
name: string, 
/**
 * One line.
 */
title: string, 
/**
 * Plain text.
 */
body: string, 
/**
 * What is asked.
 */
ask: Ask, 
/**
 * Who has to answer; never one person by name.
 */
answered_by: AnsweredBy, 
/**
 * Remind those who have not answered.
 */
reminds: boolean, };

export type TemplateDrop = { 
/**
 * Which.
 */
template: string, };

export type TemplateFill = { 
/**
 * Which.
 */
template: string, 
/**
 * By the field's name.
 */
values: { [key in string]: string }, };

export type TemplateFilled = { 
/**
 * One line.
 */
title: string, 
/**
 * Plain text.
 */
body: string, 
/**
 * Fields that have no value: they stand in the text as they are.
 */
missing: Array<string>, };

export type TemplateList = Record<symbol, never>;

export type TemplatePut = { 
/**
 * Which; a new one if `None`.
 */
template: string | null, 
/**
 * What it says.
 */
draft: TemplateDraft, 
/**
 * For everybody who works here.
 */
school: boolean, };

export type TemplateView = { 
/**
 * Which.
 */
id: string, 
/**
 * What it says.
 */
draft: TemplateDraft, 
/**
 * The names of its fields, in the order in which they are met.
 */
fields: Array<string>, 
/**
 * It is the school's, not one's own.
 */
school: boolean, 
/**
 * The hat may change and drop it.
 */
may_change: boolean, 
/**
 * When it was changed last.
 */
at: string, };

export type Templates = { 
/**
 * One's own first, then the school's; each by name.
 */
templates: Array<TemplateView>, 
/**
 * The hat keeps templates of its own.
 */
may_keep: boolean, 
/**
 * The hat keeps templates for everybody who works here.
 */
may_keep_school: boolean, };

export type TermCount = { 
/**
 * Events; of a place those to which somebody of it signed up.
 */
events: number, 
/**
 * Sessions, in the same way.
 */
sessions: number, 
/**
 * Seats the sessions had; a place has none of its own.
 */
capacity: number | null, 
/**
 * Who.
 */
counted: Counted, };

export type TermEvent = { 
/**
 * Which.
 */
event: string, 
/**
 * Title.
 */
title: string, 
/**
 * Its programme tags.
 */
tags: Array<string>, 
/**
 * Its first session of this term.
 */
starts: string, 
/**
 * What.
 */
count: TermCount, };

export type TermId = { 
/**
 * Of which year.
 */
year: string, 
/**
 * 0 is its first.
 */
term: number, };

export type TermMinutes = { 
/**
 * 2026 秋; empty for what lies in none.
 */
name: string, 
/**
 * What counts.
 */
minutes: number, };

export type TermName = { 
/**
 * Which.
 */
id: TermId, 
/**
 * 2026 秋
 */
name: string, 
/**
 * First day.
 */
from: string, 
/**
 * Last day, inclusive.
 */
to: string, };

export type TermPlace = { 
/**
 * As [`PlaceRow::place`].
 */
place: PlaceName | null, 
/**
 * What.
 */
count: TermCount, };

export type TermReport = { 
/**
 * Terms that have begun, the newest first.
 */
terms: Array<TermName>, 
/**
 * This one; `None` while the school has no terms.
 */
term: TermName | null, 
/**
 * Everything.
 */
whole: TermCount, 
/**
 * By programme tag, by name; an event with several is in each, and what has none stands last.
 */
programmes: Array<TermTag>, 
/**
 * By campus of the children.
 */
campuses: Array<TermPlace>, 
/**
 * By grade of the children, as it was called in that year.
 */
grades: Array<TermPlace>, 
/**
 * Each event, by time.
 */
events: Array<TermEvent>, 
/**
 * Sessions that are still to come.
 */
ahead: number, 
/**
 * Sessions that are over and at which nobody checked in.
 */
unchecked: number, 
/**
 * Sessions that were called off.
 */
called_off: number, 
/**
 * When this was reckoned, by the school's clock.
 */
made: string, };

export type TermReportAsk = { 
/**
 * Which; the one that has begun last if `None`.
 */
term: TermId | null, };

export type TermTag = { 
/**
 * Which; `None` for events without one.
 */
tag: string | null, 
/**
 * What.
 */
count: TermCount, };

export type ThemeDraft = { 
/**
 * What it is called: up to [`limits::TEMPLATE_NAME_CHARS`].
 */
name: string, 
/**
 * The event, without its days.
 */
event: EventShape, 
/**
 * Posts of volunteers it needs.
 */
posts: Array<ThemePost>, 
/**
 * What families are sent around it.
 */
messages: ThemeMessages, 
/**
 * What whoever came is asked afterwards.
 */
survey: Array<FormField>, };

export type ThemeDrop = { 
/**
 * Which.
 */
theme: string, };

export type ThemeList = Record<symbol, never>;

export type ThemeMessages = { 
/**
 * When it is published.
 */
invitation: string | null, 
/**
 * Before it begins.
 */
reminder: string | null, 
/**
 * When it is over.
 */
thanks: string | null, };

export type ThemeOf = { 
/**
 * Which.
 */
event: string, };

export type ThemePlan = { 
/**
 * From which theme.
 */
theme: string, 
/**
 * The place whose desk runs it.
 */
place: string, 
/**
 * The day of its first session.
 */
first: string, 
/**
 * What stands in its fields, by their names.
 */
values: { [key in string]: string }, };

export type ThemePlanned = { 
/**
 * For the form.
 */
plan: EventPublish, 
/**
 * Fields that have no value: they stand in the text as they are.
 */
missing: Array<string>, 
/**
 * Sessions whose own venue is used no more, by name: unless somebody chooses, they are where the event is.
 */
astray: Array<string>, 
/**
 * The partner it is held with is in the directory no more.
 */
partner_gone: boolean, };

export type ThemePost = { 
/**
 * 引导岗
 */
title: string, 
/**
 * Where to meet.
 */
meeting_point: string, 
/**
 * People for each session.
 */
needed: number, 
/**
 * Minutes they come before a session begins.
 */
before_min: number, 
/**
 * Minutes they stay after it ends.
 */
after_min: number, };

export type ThemePut = { 
/**
 * Which; a new one if `None`.
 */
theme: string | null, 
/**
 * What it plans.
 */
draft: ThemeDraft, };

export type ThemeView = { 
/**
 * Which.
 */
id: string, 
/**
 * What it plans.
 */
draft: ThemeDraft, 
/**
 * The names of its fields, in the order in which they are met.
 */
fields: Array<string>, 
/**
 * Events that were planned from it, as far as this computer knows.
 */
used: number, 
/**
 * When it was kept last.
 */
at: string, };

export type Themes = { 
/**
 * By name.
 */
themes: Array<ThemeView>, 
/**
 * The hat keeps themes.
 */
may_keep: boolean, };

export type Thread = { 
/**
 * The conversation.
 */
line: ConversationLine, 
/**
 * The last ones, in their order, and after them what waits on this computer.
 */
messages: Array<MessageView>, 
/**
 * Whether there is something before them.
 */
more: boolean, 
/**
 * Guardians who see it, as far as this hat knows of them: staff know all, a guardian only themselves.
 */
guardians: Array<GuardianName>, 
/**
 * How far the others have read, as far as they show it.
 */
marks: Array<MarkView>, 
/**
 * Up to where whoever sits here has had it on the screen.
 */
read_up_to: number, 
/**
 * Whether something may be said.
 */
may_say: boolean, 
/**
 * Whether it may be ended.
 */
may_end: boolean, 
/**
 * The hat only reads along.
 */
reads_only: boolean, 
/**
 * Staff who may be brought in.
 */
colleagues: Array<PartnerChoice>, 
/**
 * Shared inboxes that take part, with who reads them today.
 */
inboxes: Array<InboxLine>, 
/**
 * Shared inboxes that may be brought in.
 */
inboxes_beside: Array<InboxLine>, 
/**
 * Who may be taken out: the hat itself, an inbox it reads, and who was brought in.
 */
may_take_out: Array<Addressee>, 
/**
 * When the first of the staff in it is back, where all of them are away; for a family.
 */
back_at: string | null, 
/**
 * Which side whoever sits here is on.
 */
side: Side, 
/**
 * Who looked into it from outside, and what the school settled about it.
 */
log: Array<AccessView>, 
/**
 * Whoever sits here may only read.
 */
stopped: Stopped | null, };

export type Ticket = { 
/**
 * Of which booking.
 */
booking: string, 
/**
 * In letters, for a gate whose scanner does not work.
 */
code: string, 
/**
 * QR code: modules, row by row, `true` is dark; a square.
 */
qr: Array<Array<boolean>>, };

export type Times = { 
/**
 * The times, on the school's clock; none where the rule cannot be used.
 */
times: Array<string>, 
/**
 * Those that are left out, and why.
 */
left_out: Array<LeftOutTime>, 
/**
 * Holidays it falls on, where nobody asked to leave them out.
 */
on_holidays: Array<LeftOutTime>, 
/**
 * The first that falls on a day of which nothing was announced yet: it may turn out to be a holiday.
 */
not_announced: string | null, 
/**
 * There are more of them than a notice may repeat.
 */
too_many: boolean, };

export type Today = { "is": "family" } & FamilyToday | { "is": "teacher" } & TeacherToday | { "is": "coordinator" } & CoordinatorToday | { "is": "administrator" } & AdministratorToday;

export type TodayOpen = Record<symbol, never>;

export type TripBusExport = { 
/**
 * Which session.
 */
session: string, 
/**
 * In which language.
 */
language: Language, };

export type TripBusTable = { 
/**
 * Which session.
 */
session: string, 
/**
 * In which language.
 */
language: Language, };

export type TripBuses = { 
/**
 * Which session.
 */
session: string, };

export type TripEndView = { 
/**
 * Since when it is over; `None` while it is not.
 */
at: string | null, 
/**
 * Whether the hat may end it now, or let it go on.
 */
may: boolean, 
/**
 * Children who were there on the way and are not accounted for, of those this hat knows.
 */
open: Array<ChildName>, 
/**
 * What was said of children who were not accounted for as it was ended.
 */
left: Array<LeftChild>, };

export type TripEndWish = { 
/**
 * Of which session.
 */
session: string, 
/**
 * What is known of children who are not accounted for; empty where all are.
 */
reason: string, 
/**
 * It goes on after all.
 */
goes_on: boolean, };

export type TripLeft = { 
/**
 * What was known of it, in the words of who ended the trip.
 */
reason: string, 
/**
 * Who that was.
 */
by: string, 
/**
 * That person's name.
 */
by_name: string, 
/**
 * When.
 */
at: string, };

export type TripMarkWish = { 
/**
 * In which session.
 */
session: string, 
/**
 * At which stop, by its place in the plan.
 */
stop: number, 
/**
 * Who, and whether.
 */
marks: Array<StopMark>, };

export type TripMarked = { 
/**
 * Whether the child was there.
 */
here: boolean, 
/**
 * In a few words; may be empty.
 */
note: string, 
/**
 * Who says it.
 */
by: string, 
/**
 * That person's name.
 */
by_name: string, 
/**
 * When it was said; never later than the server took it.
 */
at: string, };

export type TripMove = { 
/**
 * In which session.
 */
session: string, 
/**
 * Who.
 */
child: string, 
/**
 * On which, by its place in the plan; where it fits if `None`.
 */
bus: number | null, };

export type TripOpen = { 
/**
 * Which event.
 */
event: string, };

export type TripPartner = { 
/**
 * Which.
 */
id: string, 
/**
 * What it was called when it was named.
 */
name: string, 
/**
 * Whom to talk to, for staff; empty where the directory has it no more.
 */
contacts: Array<PartnerContact>, };

export type TripPlan = { 
/**
 * Where it begins: 学校东门.
 */
from: string, 
/**
 * Where it goes: 重庆科技馆.
 */
to: string, 
/**
 * Where one meets; may be empty.
 */
meeting_point: string, 
/**
 * Children one adult looks after at most.
 */
children_per_adult: number, 
/**
 * Buses, in order; at most [`limits::BUSES`]. None where everybody walks.
 */
buses: Array<Bus>, 
/**
 * Whether a guardian signs for each child.
 */
slip: boolean, 
/**
 * Where the children are called, in order: 出发前, 到馆; at most [`limits::TRIP_STOPS`].
 */
stops: Array<string>, };

export type TripPlanWish = { 
/**
 * Which event.
 */
event: string, 
/**
 * As it is from now on.
 */
plan: TripPlan, };

export type TripProgress = "ahead" | "left" | "on-the-way" | "back";

export type TripRoll = { 
/**
 * The event.
 */
event: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Which session.
 */
session: SessionName, 
/**
 * Every stop, with how far it has come.
 */
stops: Array<StopCount>, 
/**
 * The stop that is shown, by its place.
 */
stop: number, 
/**
 * Children this hat calls.
 */
children: number, 
/**
 * Those of them still to be called at the stop, and those who are not there, are first; then by class.
 */
lines: Array<RollLine>, 
/**
 * Whether these are all children of the session.
 */
whole: boolean, 
/**
 * From when on the roll may be called, while that is ahead.
 */
opens: string | null, 
/**
 * Its end.
 */
end: TripEndView, };

export type TripRollAsk = { 
/**
 * Which session.
 */
session: string, 
/**
 * At which stop, by its place in the plan; the first at which somebody is still to be called if `None`.
 */
stop: number | null, 
/**
 * A part of a name, its pinyin or initials, the last four of 学号; all if empty.
 */
find: string, };

export type TripSession = { 
/**
 * Which.
 */
session: SessionName, 
/**
 * Children this hat knows to come along.
 */
children: number, 
/**
 * Whether these are all: a class teacher knows of the class alone.
 */
whole: boolean, 
/**
 * Adults so many children need.
 */
adults_needed: number, 
/**
 * Adults who come: of families, and staff.
 */
adults: number, 
/**
 * Adults that are missing.
 */
adults_short: number, 
/**
 * Adults of families.
 */
parents: number, 
/**
 * Staff who go along: who was asked to check in at the event.
 */
escorts: Array<string>, 
/**
 * What became of the slips.
 */
slips: SlipCounts, 
/**
 * Children whose slip is not signed, each with why.
 */
open: Array<SlipOpen>, 
/**
 * How far the roll-call has come, stop by stop.
 */
stops: Array<StopCount>, 
/**
 * Its end.
 */
end: TripEndView, };

export type TripSlip = { 
/**
 * The notice.
 */
notice: string, 
/**
 * When it went out.
 */
at: string, };

export type TripView = { 
/**
 * Which event.
 */
event: string, 
/**
 * Its title.
 */
title: string, 
/**
 * With whom it is held.
 */
partner: TripPartner | null, 
/**
 * As planned; `None` of an event that goes nowhere.
 */
plan: TripPlan | null, 
/**
 * Whether the hat plans it: the desk of an event that stands.
 */
may_plan: boolean, 
/**
 * Sessions that take place and of whose children the hat knows any.
 */
sessions: Array<TripSession>, 
/**
 * Slips that are with families.
 */
slips: Array<TripSlip>, 
/**
 * In a guardian's hat: the family's children, as last heard.
 */
own: Array<OwnOnTrip>, };

export type TurnCount = { 
/**
 * In so many shifts.
 */
shifts: number, 
/**
 * With so many places in all.
 */
places: number, };

export type TurnDay = { 
/**
 * The shift, with one's own part in it.
 */
line: ShiftLine, 
/**
 * What is kept of it for the class.
 */
turn: TurnLine, 
/**
 * Who comes, is asked or gave it back, newest last; for the contact and who minds the class.
 */
parts: Array<TurnPartView>, };

export type TurnLength = "week" | "day";

export type TurnLine = { 
/**
 * Whose turn.
 */
class: PlaceName, 
/**
 * Places that are kept.
 */
places: number, 
/**
 * Of them not taken yet, as last heard; none once they are open to everybody.
 */
left: number, 
/**
 * Until when they are kept.
 */
until: string, 
/**
 * They are kept still.
 */
kept: boolean, 
/**
 * One is of that class oneself.
 */
mine: boolean, };

export type TurnMark = "waiting" | "here" | "called" | "done" | "absent";

export type TurnMoved = { 
/**
 * In the desk's words.
 */
reason: string, 
/**
 * When it was before.
 */
was: string, 
/**
 * Since when.
 */
at: string, };

export type TurnPartView = { 
/**
 * Who.
 */
person: string, 
/**
 * As the class knows them.
 */
family: FamilyName, 
/**
 * Whether they come; none where only a wish to ask them waits.
 */
state: TakeState | null, 
/**
 * 代办: somebody entered it.
 */
entered: boolean, 
/**
 * The class asked them, and may take it back.
 */
may_take_back: boolean, 
/**
 * A wish to ask them, or no longer, waits on this computer, or was refused.
 */
pending: ItemState | null, };

export type TurnPlan = { 
/**
 * The first day.
 */
from: string, 
/**
 * The last day.
 */
to: string, 
/**
 * In this order, again and again.
 */
classes: Array<string>, 
/**
 * How long each has it.
 */
each: TurnLength, 
/**
 * Places of each shift; as many as it needs, where it needs fewer.
 */
places: number, 
/**
 * So many hours before a shift begins its places open to everybody.
 */
opens_hours: number, };

export type TurnView = { 
/**
 * Which place in the order, from 1.
 */
number: number, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * How it stands, with what was noted on this computer and not sent.
 */
mark: TurnMark, 
/**
 * It was moved.
 */
moved: TurnMoved | null, 
/**
 * The mark waits on this computer.
 */
pending: boolean, };

export type TurnsClasses = Record<symbol, never>;

export type TurnsPreview = { 
/**
 * The shifts of which post.
 */
post: string, 
/**
 * The plan; of none, the classes there are to choose from.
 */
plan: TurnPlan | null, };

export type TurnsPreviewed = { 
/**
 * Classes below the post's place, by campus, grade and number, with how often each has its turn this term.
 */
classes: Array<PreviewClass>, 
/**
 * Its shifts in the plan, by start.
 */
shifts: Array<PreviewShift>, 
/**
 * What `set-turns` takes to save it as it is shown.
 */
turns: Array<ShiftTurns>, };

export type UploadProgress = { 
/**
 * How many there are.
 */
files: number, 
/**
 * How many of them the school has.
 */
there: number, 
/**
 * Of all their bytes those that the school has, in hundredths.
 */
percent: number, };

export type Urgency = "immediate" | "expected" | "future";

export type VCardFault = "too-large" | "not-utf8" | "too-many" | "none";

export type VenueDraft = { 
/**
 * The campus it is on, or the school. A venue does not move: one that did is another.
 */
place: string, 
/**
 * 校史馆; up to [`limits::VENUE_NAME_CHARS`].
 */
name: string, 
/**
 * How to get there, for families: 三楼东侧. Up to [`limits::VENUE_WHERE_CHARS`]; may be empty.
 */
location: string, 
/**
 * People it takes at one time; up to [`limits::VENUE_PEOPLE`].
 */
capacity: number, 
/**
 * What else to know, for families: 轮椅可到. Up to [`limits::NOTE_CHARS`]; may be empty.
 */
note: string, };

export type VenueDrop = { 
/**
 * Which.
 */
venue: string, };

export type VenueExceeded = { 
/**
 * By start.
 */
sessions: Array<VenueUse>, };

export type VenueExceeding = { 
/**
 * Which.
 */
venue: string, 
/**
 * People it would take.
 */
capacity: number, };

export type VenueFits = { 
/**
 * Of an event that is there already.
 */
event: string | null, 
/**
 * What is planned.
 */
plan: EventPublish, };

export type VenueHere = { 
/**
 * Which.
 */
id: string, 
/**
 * As it is called now.
 */
name: string, 
/**
 * How to get there; may be empty.
 */
location: string, 
/**
 * What else to know; may be empty.
 */
note: string, 
/**
 * People it takes.
 */
capacity: number, 
/**
 * Its place, in words.
 */
place: PlaceName, 
/**
 * It is not used any more.
 */
dropped: boolean, };

export type VenueList = Record<symbol, never>;

export type VenueMisfit = { 
/**
 * Which of the plan's sessions, counted from 0.
 */
session: number, 
/**
 * Why.
 */
refusal: Refusal, };

export type VenueName = { 
/**
 * The name it had.
 */
name: string, 
/**
 * When it got another.
 */
at: string, };

export type VenuePut = { 
/**
 * Which; a new one if `None`.
 */
venue: string | null, 
/**
 * What it is.
 */
draft: VenueDraft, };

export type VenueUse = { 
/**
 * Of which event.
 */
event: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Which.
 */
session: string, 
/**
 * 第 1 场
 */
name: string, 
/**
 * When.
 */
starts: string, 
/**
 * Until when.
 */
ends: string, 
/**
 * Seats.
 */
capacity: number, 
/**
 * It has more seats than the venue takes people: the venue was larger when it was planned.
 */
over: boolean, };

export type VenueView = { 
/**
 * Which.
 */
id: string, 
/**
 * What it is.
 */
draft: VenueDraft, 
/**
 * Its place, in words.
 */
place: PlaceName, 
/**
 * What it was called before, the last of it last.
 */
names: Array<VenueName>, 
/**
 * Whether the hat keeps it.
 */
keeps: boolean, 
/**
 * What is on there from now on, by start.
 */
coming: Array<VenueUse>, 
/**
 * When it was kept last.
 */
at: string, };

export type VenueWas = { 
/**
 * Where on the campus, as families read it.
 */
venue: string, 
/**
 * In which venue, if in one of the school's.
 */
held_in: string | null, 
/**
 * When that was changed.
 */
at: string, };

export type Venues = { 
/**
 * By place and name.
 */
venues: Array<VenueView>, 
/**
 * Where the hat may keep venues; empty if nowhere.
 */
places: Array<PlaceName>, };

export type Volunteer = { 
/**
 * Who.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * Guardian of these children, where the desk knows them: 李雨桐爸爸.
 */
of: Array<string>, 
/**
 * Comes from outside.
 */
guest: GuestOf | null, 
/**
 * 代办: who entered what it says now, and why.
 */
entered: Entered | null, 
/**
 * What they lack of what the post asks for, by name.
 */
lacks: Array<string>, 
/**
 * An answer to what they ask, or a word to them, waits on this computer, or was refused.
 */
pending: ItemState | null, 
/**
 * Who asked them to come, if anybody did.
 */
offer: ShiftOffer | null, 
/**
 * What they said with a no; may be empty.
 */
reason: string, 
/**
 * They come, and could not take it now: the times were changed, or what it asks.
 */
trouble: Refusal | null, 
/**
 * Whether they said that they still come; nothing before they were asked.
 */
still_comes: boolean | null, };

export type VolunteerAct = { "step": "put-campaign", 
/**
 * Which; made by the planner's device for a new one.
 */
campaign: string, 
/**
 * What it is.
 */
draft: CampaignDraft, 
/**
 * The version that was looked at; 0 for a new one.
 */
version: number, } | { "step": "end-campaign", 
/**
 * Which.
 */
campaign: string, } | { "step": "change-post", 
/**
 * As it is to be; its id and place are the post's, its shifts are new ones.
 */
post: PostDraft, 
/**
 * The version that was looked at.
 */
version: number, } | { "step": "end-post", 
/**
 * Which.
 */
post: string, } | { "step": "call-off-shift", 
/**
 * Which.
 */
shift: string, 
/**
 * For whoever comes to read.
 */
reason: string, } | { "step": "change-shift", 
/**
 * Which.
 */
shift: string, 
/**
 * From when; wall time and zone.
 */
starts: string, 
/**
 * Until when; wall time and zone.
 */
ends: string, 
/**
 * People needed: not fewer than come.
 */
needed: number, 
/**
 * The version that was looked at.
 */
version: number, } | { "step": "answer-volunteer", 
/**
 * To which shift.
 */
shift: string, 
/**
 * Who asked.
 */
person: string, 
/**
 * Yes or no.
 */
agrees: boolean, 
/**
 * Why not, for that person to read; may be empty where it is yes.
 */
reason?: string, } | { "step": "offer-shift", 
/**
 * To which.
 */
shift: string, 
/**
 * Whom: at most [`limits::OFFERED_AT_ONCE`](crate::limits::OFFERED_AT_ONCE).
 */
people: Array<string>, 
/**
 * For them to read; may be empty.
 */
words?: string, 
/**
 * Until when an answer is hoped for; until the shift begins, if `None`. A later yes counts while there is a place.
 */
until?: string | null, } | { "step": "answer-offer", 
/**
 * To which.
 */
shift: string, 
/**
 * Yes or no.
 */
agrees: boolean, 
/**
 * Said with a no; may be empty: nobody has to say why.
 */
reason?: string, 
/**
 * 代办: who telephoned.
 */
on_behalf_of?: Proxy | null, } | { "step": "release-offer", 
/**
 * To which.
 */
shift: string, 
/**
 * Whom.
 */
person: string, } | { "step": "set-turns", 
/**
 * Which post.
 */
post: string, 
/**
 * At most [`limits::SHIFTS_PER_POST`](crate::limits::SHIFTS_PER_POST).
 */
turns: Array<ShiftTurns>, } | { "step": "appoint-contact", 
/**
 * Of which class.
 */
class: string, 
/**
 * Whom.
 */
person: string, } | { "step": "end-contact", 
/**
 * Of which class.
 */
class: string, 
/**
 * Who.
 */
person: string, } | { "step": "say-ready", 
/**
 * Which class.
 */
class: string, 
/**
 * Yes or no more.
 */
ready: boolean, 
/**
 * 代办: who telephoned.
 */
on_behalf_of?: Proxy | null, } | { "step": "ask-family", 
/**
 * To which shift.
 */
shift: string, 
/**
 * Of which class.
 */
class: string, 
/**
 * Whom: the contact somebody who is ready, its teacher and the desk anybody of the class.
 */
person: string, 
/**
 * For them to read; may be empty.
 */
words?: string, 
/**
 * Until when an answer is hoped for; as long as places are kept, if `None`.
 */
until?: string | null, } | { "step": "confirm-shift", 
/**
 * To which.
 */
shift: string, 
/**
 * 代办: who telephoned.
 */
on_behalf_of?: Proxy | null, } | { "step": "search-stand-in", 
/**
 * For which.
 */
shift: string, } | { "step": "stop-stand-in", 
/**
 * For which.
 */
shift: string, } | { "step": "wish-stand-in", 
/**
 * Whether; nobody is asked who said no.
 */
asks: boolean, 
/**
 * On which days of the week, 1 for Monday to 7; on all, if there are none.
 */
days?: Array<number>, 
/**
 * At which part of the day.
 */
part: DayPart, } | { "step": "enter-pupil" } & PupilWish | { "step": "withdraw-pupil" } & PupilWish | { "step": "mark-pupils", 
/**
 * Of which shift.
 */
shift: string, 
/**
 * What of each: at most [`limits::MARKS_PER_ACT`](crate::limits::MARKS_PER_ACT).
 */
pupils: Array<PupilMark>, } | { "step": "add-guest", 
/**
 * Who, and who receives them.
 */
guest: GuestDraft, } | { "step": "change-sponsor", 
/**
 * Which guest.
 */
guest: string, 
/**
 * Who works here.
 */
sponsor: string, } | { "step": "remove-guest", 
/**
 * Which.
 */
guest: string, } | { "step": "put-qualification", 
/**
 * Which; made by the keeper's device for a new one.
 */
qualification: string, 
/**
 * What it is.
 */
draft: QualificationDraft, 
/**
 * The version that was looked at; 0 for a new one.
 */
version: number, } | { "step": "drop-qualification", 
/**
 * Which.
 */
qualification: string, } | { "step": "confirm-qualification", 
/**
 * Which.
 */
qualification: string, 
/**
 * Who has it: at most [`limits::CONFIRMED_AT_ONCE`](crate::limits::CONFIRMED_AT_ONCE).
 */
people: Array<string>, 
/**
 * The last day on which it counts; exactly where it expires.
 */
until: string | null, 
/**
 * When the newest word about it that was looked at was said; whoever it is about since is not overwritten.
 */
seen?: string | null, } | { "step": "withdraw-qualification", 
/**
 * Which.
 */
qualification: string, 
/**
 * Whose.
 */
person: string, 
/**
 * Why, for that person to read.
 */
reason: string, } | SwapAct;

export type VolunteerAddGuest = { 
/**
 * Name.
 */
name: string, 
/**
 * From where; may be empty.
 */
organisation: string, 
/**
 * How they are reached on the day; may be empty.
 */
phone: string, 
/**
 * Who said that they agree, and how.
 */
agreed: string, 
/**
 * Who receives them.
 */
sponsor: string, 
/**
 * Shifts of one post on one day.
 */
shifts: Array<string>, };

export type VolunteerCatalogue = Record<symbol, never>;

export type VolunteerCatalogued = { 
/**
 * By first day; those that were ended last.
 */
campaigns: Array<CampaignView>, 
/**
 * By name; those no post asks for any more only where somebody here has them.
 */
qualifications: Array<QualificationView>, 
/**
 * Places whose desk the hat is.
 */
places: Array<PlaceName>, 
/**
 * Who works here, by name: supervisors are chosen among them. Empty where the hat plans no posts.
 */
staff: Array<StaffName>, };

export type VolunteerChangePost = { 
/**
 * Which.
 */
post: string, 
/**
 * The version that was looked at.
 */
version: number, 
/**
 * As it is to be.
 */
plan: ShiftPost, };

export type VolunteerFit = { 
/**
 * Which shift.
 */
shift: string, 
/**
 * Why they could not come, places apart.
 */
why_not: Refusal | null, 
/**
 * Their part in it already.
 */
part: TakeState | null, 
/**
 * What speaks for asking them, and what to think of: as far as this computer knows.
 */
reasons: Array<ProposalReason>, };

export type VolunteerFits = { 
/**
 * Who.
 */
person: string, 
/**
 * Which shifts.
 */
shifts: Array<string>, };

export type VolunteerFitsFound = { 
/**
 * One for each shift that is known, in the order of the question; empty where the person is out of the desk's reach.
 */
fits: Array<VolunteerFit>, };

export type VolunteerGuestPass = { 
/**
 * Whose.
 */
guest: string, };

export type VolunteerGuests = Record<symbol, never>;

export type VolunteerGuestsFound = { 
/**
 * Of the last four weeks and ahead, by day.
 */
guests: Array<GuestView>, 
/**
 * Who can receive somebody, by name; empty where the hat writes nobody down.
 */
staff: Array<StaffName>, 
/**
 * Whom somebody here wrote down and the school has not answered for yet.
 */
waiting: Array<GuestWaiting>, };

export type VolunteerKeeping = Record<symbol, never>;

export type VolunteerKept = { 
/**
 * Shifts of one's own one was asked about and has not confirmed, by start.
 */
mine: Array<StillComing>, 
/**
 * Whether one wants to be asked to stand in.
 */
wish: StandInWished, 
/**
 * For a desk: shifts that are on or come within eight days, by start.
 */
shifts: Array<KeptShift>, 
/**
 * For a desk: its posts, by title, over the last 120 days.
 */
posts: Array<SharedPost>, };

export type VolunteerOfferSwap = { 
/**
 * Which one gives.
 */
give: string, 
/**
 * For one of these; for any other of the post, if there are none.
 */
want: Array<string>, 
/**
 * For the desk to read; may be empty.
 */
words: string, };

export type VolunteerPeople = { 
/**
 * Only whoever is called so: a name, pinyin, initials; everybody if empty.
 */
called: string, };

export type VolunteerPeopleFound = { 
/**
 * By name.
 */
people: Array<BoardPerson>, };

export type VolunteerProposal = { 
/**
 * One for each shift that lacks people, by start.
 */
shifts: Array<ProposedShift>, };

export type VolunteerPropose = { 
/**
 * Which shifts.
 */
shifts: Array<string>, };

export type VolunteerPutCampaign = { 
/**
 * Which; a new one if `None`.
 */
campaign: string | null, 
/**
 * What it is.
 */
draft: CampaignDraft, 
/**
 * The version that was looked at; 0 for a new one.
 */
version: number, };

export type VolunteerPutQualification = { 
/**
 * Which; a new one if `None`.
 */
qualification: string | null, 
/**
 * What it is.
 */
draft: QualificationDraft, 
/**
 * The version that was looked at; 0 for a new one.
 */
version: number, };

export type VolunteerStep = { 
/**
 * Which.
 */
step: VolunteerAct, };

export type VolunteerSwapWith = { 
/**
 * Who.
 */
person: string, 
/**
 * Which shift of theirs.
 */
shift: string, };

export type VolunteerSwaps = { 
/**
 * With the shifts of one's own that may be offered: each is tried for every other of its post, so only who offers one asks.
 */
offering: boolean, };

export type Wanted = { "is": "leave", 
/**
 * First day.
 */
from: string, 
/**
 * Last day, inclusive; at most [`limits::LEAVE_DAYS`].
 */
to: string, 
/**
 * Part of a single day.
 */
part: DayPart, 
/**
 * Why, in the family's words: for the class teacher alone.
 */
reason: string, } | { "is": "pick-up", 
/**
 * Who fetches the child.
 */
by: string, 
/**
 * How they are related: 外公, 邻居. May be empty.
 */
relation: string, 
/**
 * Eleven digits, or empty.
 */
phone: string, 
/**
 * When.
 */
at: string, };

export type Way = { "is": "held", 
/**
 * At the latest since then; `None` where that was long ago.
 */
since: string | null, } | { "is": "not-yet" } | { "is": "no-device" } | { "is": "not-joined" } | { "is": "on-paper" } | { "is": "cannot-receive" } | { "is": "unknown" };

export type Why = "not-joined" | "on-paper" | "cannot-receive";

export type Wording = { 
/**
 * Verbatim.
 */
text: string, 
/**
 * Relations of the guardians concerned.
 */
relations: Array<Relation>, 
/**
 * The remarks.
 */
remarks: Array<RemarkView>, };

/** What forms may hold: characters of texts, most of numbers and lists. */
export const formLimits = {
  contest: { breaks: 8 },
  venue: { name: 40, location: 60, note: 200, people: 20000 },
  trip: { place: 80, name: 20, note: 200, ratio: 60, seats: 100, buses: 20, stops: 10 },
  volunteer: { name: 80, about: 4000, reason: 200, people: 200, requires: 10, rest: 1440, shifts: 250, needed: 200, pupils: 500, per_adult: 50, grade: 12 },
  hours: { title: 80, reason: 200, evidence: 500, proof: 40, files: 4 },
} as const;

export interface Calls {
  "profile.status": { request: ProfileStatus; reply: ProfileStanding };
  "profile.unlock": { request: ProfileUnlock; reply: ProfileStanding };
  "profile.wear": { request: ProfileWear; reply: ProfileStanding };
  "profile.sign-in": { request: ProfileSignIn; reply: ProfileStanding };
  "profile.sign-out": { request: ProfileSignOut; reply: Done };
  "join.look": { request: JoinLook; reply: JoinLooked };
  "join.enrol": { request: JoinEnrol; reply: ProfileStanding };
  "sync.status": { request: SyncStatus; reply: SyncLine };
  "sync.now": { request: SyncNow; reply: Done };
  "outbox.list": { request: OutboxList; reply: Outbox };
  "outbox.seen": { request: OutboxSeen; reply: Done };
  "outbox.take-back": { request: OutboxTakeBack; reply: Done };
  "draft.get": { request: DraftGet; reply: Draft };
  "draft.put": { request: DraftPut; reply: Done };
  "today.open": { request: TodayOpen; reply: Today };
  "file.give": { request: FileGive; reply: FileGiven };
  "file.open": { request: FileOpen; reply: Done };
  "file.save": { request: FileSave; reply: FileSaved };
  "file.save-answers": { request: FileSaveAnswers; reply: FileSavedAnswers };
  "file.thumbnail": { request: FileThumbnail; reply: FileThumbnailJpeg };
  "file.read": { request: FileRead; reply: FilePiece };
  "notice.list": { request: NoticeList; reply: Notices };
  "notice.open": { request: NoticeOpen; reply: NoticeOpened };
  "notice.asked": { request: NoticeAsked; reply: NoticesAsked };
  "notice.reach": { request: NoticeReach; reply: Places };
  "notice.names": { request: NoticeNames; reply: NoticeNamed };
  "notice.preview": { request: NoticePreview; reply: NoticePreviewed };
  "notice.send": { request: NoticeSend; reply: Saved };
  "notice.match-files": { request: NoticeMatchFiles; reply: NoticeMatched };
  "notice.send-files": { request: NoticeSendFiles; reply: Saved };
  "notice.recall": { request: NoticeRecall; reply: Saved };
  "notice.seen": { request: NoticeSeen; reply: Saved };
  "notice.remind": { request: NoticeRemind; reply: Saved };
  "notice.approve": { request: NoticeApprove; reply: Saved };
  "notice.decline": { request: NoticeDecline; reply: Saved };
  "notice.answer": { request: NoticeAnswer; reply: Saved };
  "notice.delivery": { request: NoticeDelivery; reply: Delivery };
  "notice.table": { request: NoticeTable; reply: MadeFile };
  "notice.export": { request: NoticeExport; reply: KeptFile };
  "file.show": { request: FileShow; reply: Done };
  "paper.save": { request: PaperSave; reply: KeptFile };
  "series.times": { request: SeriesTimes; reply: Times };
  "series.send": { request: SeriesSend; reply: Saved };
  "series.list": { request: SeriesList; reply: AllSeries };
  "series.end": { request: SeriesEnd; reply: Saved };
  "template.list": { request: TemplateList; reply: Templates };
  "template.fill": { request: TemplateFill; reply: TemplateFilled };
  "template.put": { request: TemplatePut; reply: Saved };
  "template.drop": { request: TemplateDrop; reply: Saved };
  "theme.list": { request: ThemeList; reply: Themes };
  "theme.of": { request: ThemeOf; reply: ThemeDraft };
  "theme.plan": { request: ThemePlan; reply: ThemePlanned };
  "theme.put": { request: ThemePut; reply: Saved };
  "theme.drop": { request: ThemeDrop; reply: Saved };
  "venue.list": { request: VenueList; reply: Venues };
  "venue.put": { request: VenuePut; reply: Saved };
  "venue.drop": { request: VenueDrop; reply: Saved };
  "venue.exceeding": { request: VenueExceeding; reply: VenueExceeded };
  "venue.fits": { request: VenueFits; reply: Fitting };
  "partner.list": { request: PartnerListAsk; reply: PartnerOrgs };
  "partner.put": { request: PartnerPut; reply: Saved };
  "partner.drop": { request: PartnerDrop; reply: Saved };
  "partner.name": { request: PartnerName; reply: Saved };
  "partner.cards": { request: PartnerCards; reply: CardFile };
  "partner.export": { request: PartnerExport; reply: KeptFile };
  "partner.read": { request: PartnerRead; reply: CardsRead };
  "partner.bring-in": { request: PartnerBringIn; reply: Saved };
  "trip.open": { request: TripOpen; reply: TripView };
  "trip.plan": { request: TripPlanWish; reply: Saved };
  "trip.buses": { request: TripBuses; reply: BusList };
  "trip.move": { request: TripMove; reply: Saved };
  "trip.roll": { request: TripRollAsk; reply: TripRoll };
  "trip.mark": { request: TripMarkWish; reply: Saved };
  "trip.end": { request: TripEndWish; reply: Saved };
  "trip.bus-table": { request: TripBusTable; reply: MadeFile };
  "trip.bus-export": { request: TripBusExport; reply: KeptFile };
  "course.list": { request: CourseList; reply: Courses };
  "course.open": { request: CourseOpen; reply: CourseOpened };
  "course.put": { request: CoursePut; reply: Saved };
  "course.end": { request: CourseEnd; reply: Saved };
  "course.give": { request: CourseGive; reply: Saved };
  "course.set-giving": { request: CourseSetGiving; reply: Saved };
  "course.take-back": { request: CourseTakeBack; reply: Saved };
  "course.sign-up": { request: CourseSignUp; reply: CourseSignedUp };
  "course.attendance": { request: CourseAttendance; reply: AttendanceView };
  "course.mark": { request: CourseMark; reply: Saved };
  "course.record": { request: CourseRecordAsk; reply: CourseRecord };
  "course.count": { request: CourseCountAsk; reply: CourseCount };
  "course.count-table": { request: CourseCountTable; reply: MadeFile };
  "course.count-export": { request: CourseCountExport; reply: KeptFile };
  "alert.now": { request: AlertNow; reply: Alarms };
  "alert.roll": { request: AlertRoll; reply: RollCall };
  "alert.mark": { request: AlertMark; reply: Saved };
  "event.list": { request: EventList; reply: Events };
  "event.open": { request: EventOpen; reply: EventOpened };
  "event.sign-up": { request: EventSignUp; reply: Saved };
  "event.withdraw": { request: EventWithdraw; reply: Saved };
  "event.accept": { request: EventAccept; reply: Saved };
  "event.decline": { request: EventDecline; reply: Saved };
  "event.desk": { request: EventDesk; reply: DeskView };
  "event.publish": { request: EventPublish; reply: Saved };
  "event.copy": { request: EventCopy; reply: Copied };
  "event.rehearse": { request: EventRehearse; reply: EventRehearsed };
  "event.change": { request: EventChange; reply: Saved };
  "event.change-booking": { request: EventChangeBooking; reply: Saved };
  "event.cancel": { request: EventCancel; reply: Saved };
  "event.cancel-session": { request: EventCancelSession; reply: Saved };
  "event.losing": { request: EventLosing; reply: Losers };
  "event.capacity": { request: EventCapacity; reply: Saved };
  "event.report": { request: EventReportAsk; reply: EventReport };
  "event.term-report": { request: TermReportAsk; reply: TermReport };
  "event.report-table": { request: EventReportTable; reply: MadeFile };
  "event.report-export": { request: EventReportExport; reply: KeptFile };
  "event.certificate": { request: EventCertificateAsk; reply: EventCertificate };
  "event.draw": { request: EventDraw; reply: Saved };
  "event.recompute": { request: EventRecompute; reply: Recomputed };
  "check-in.list": { request: CheckInList; reply: CheckIns };
  "check-in.board": { request: CheckInBoard; reply: BoardView };
  "check-in.find": { request: CheckInFind; reply: Parties };
  "check-in.scan": { request: CheckInScan; reply: Scanned };
  "check-in.arrive": { request: CheckInArrive; reply: LetIn };
  "check-in.correct": { request: CheckInCorrect; reply: Saved };
  "check-in.sheet": { request: CheckInSheet; reply: SheetView };
  "check-in.badges": { request: CheckInBadges; reply: BadgeSheet };
  "check-in.ticket": { request: CheckInTicket; reply: Ticket };
  "check-in.look": { request: CheckInLook; reply: Seen };
  "check-in.set-up": { request: CheckInSetUp; reply: Saved };
  "check-in.appoint": { request: CheckInAppoint; reply: Saved };
  "check-in.open-gate": { request: CheckInOpenGate; reply: Saved };
  "check-in.lease": { request: CheckInLease; reply: Saved };
  "check-in.release": { request: CheckInRelease; reply: Saved };
  "check-in.agree": { request: CheckInAgree; reply: Saved };
  "check-in.close-gate": { request: CheckInCloseGate; reply: Saved };
  "check-in.revoke-gate": { request: CheckInRevokeGate; reply: Saved };
  "conference.list": { request: ConferenceList; reply: Conferences };
  "conference.open": { request: ConferenceOpen; reply: ConferenceOpened };
  "conference.plan": { request: ConferencePlan; reply: ConferencePlanned };
  "conference.book": { request: ConferenceBook; reply: Saved };
  "conference.withdraw": { request: ConferenceWithdraw; reply: Saved };
  "conference.mine": { request: ConferenceMine; reply: MyConference };
  "conference.slots": { request: ConferenceSlots; reply: OfferPreview };
  "conference.offer": { request: ConferenceOffer; reply: Saved };
  "conference.withdraw-offer": { request: ConferenceWithdrawOffer; reply: Saved };
  "conference.cancel-meeting": { request: ConferenceCancelMeeting; reply: Saved };
  "conference.please-come": { request: ConferencePleaseCome; reply: Saved };
  "conference.note": { request: ConferenceNote; reply: Saved };
  "conference.desk": { request: ConferenceDesk; reply: ConferenceDeskView };
  "conference.publish": { request: ConferencePublish; reply: Saved };
  "conference.change": { request: ConferenceChange; reply: Saved };
  "conference.cancel": { request: ConferenceCancel; reply: Saved };
  "contest.list": { request: ContestList; reply: Contests };
  "contest.open": { request: ContestOpen; reply: ContestOpened };
  "contest.put": { request: ContestPut; reply: Saved };
  "contest.times": { request: ContestTimes; reply: ContestRoom };
  "contest.step": { request: ContestStep; reply: Saved };
  "shift.list": { request: ShiftList; reply: Shifts };
  "shift.take": { request: ShiftTake; reply: Saved };
  "shift.drop": { request: ShiftDrop; reply: Saved };
  "shift.post": { request: ShiftPost; reply: Saved };
  "shift.roster": { request: ShiftRoster; reply: Posts };
  "volunteer.catalogue": { request: VolunteerCatalogue; reply: VolunteerCatalogued };
  "volunteer.put-campaign": { request: VolunteerPutCampaign; reply: Saved };
  "volunteer.put-qualification": { request: VolunteerPutQualification; reply: Saved };
  "volunteer.change-post": { request: VolunteerChangePost; reply: Saved };
  "volunteer.step": { request: VolunteerStep; reply: Saved };
  "volunteer.guests": { request: VolunteerGuests; reply: VolunteerGuestsFound };
  "volunteer.add-guest": { request: VolunteerAddGuest; reply: Saved };
  "volunteer.guest-pass": { request: VolunteerGuestPass; reply: GuestPass };
  "turns.classes": { request: TurnsClasses; reply: ClassesInTurn };
  "turns.preview": { request: TurnsPreview; reply: TurnsPreviewed };
  "volunteer.people": { request: VolunteerPeople; reply: VolunteerPeopleFound };
  "volunteer.fits": { request: VolunteerFits; reply: VolunteerFitsFound };
  "volunteer.propose": { request: VolunteerPropose; reply: VolunteerProposal };
  "volunteer.keeping": { request: VolunteerKeeping; reply: VolunteerKept };
  "volunteer.swaps": { request: VolunteerSwaps; reply: SwapList };
  "volunteer.offer-swap": { request: VolunteerOfferSwap; reply: Saved };
  "volunteer.swap-with": { request: VolunteerSwapWith; reply: SwapPartners };
  "pupil.shifts": { request: PupilShiftsAsk; reply: PupilShifts };
  "pupil.enter": { request: PupilEnter; reply: Saved };
  "pupil.withdraw": { request: PupilWithdraw; reply: Saved };
  "pupil.roll": { request: PupilRollAsk; reply: PupilRoll };
  "pupil.mark": { request: PupilMarkAsk; reply: Saved };
  "hours.mine": { request: HoursMine; reply: MyHours };
  "hours.missing": { request: HoursMissing; reply: MissingHours };
  "hours.ask-again": { request: HoursAskAgain; reply: Saved };
  "hours.know-missing": { request: HoursKnowMissing; reply: Done };
  "hours.desk": { request: HoursDesk; reply: HoursDeskView };
  "hours.shifts": { request: HoursShifts; reply: DutyShifts };
  "hours.roll": { request: HoursRoll; reply: DutyRoll };
  "hours.mark": { request: HoursMark; reply: Saved };
  "hours.own-duty": { request: HoursOwnDuty; reply: OwnDuties };
  "hours.code": { request: HoursCode; reply: DutyCode };
  "hours.check-out": { request: HoursCheckOut; reply: Saved };
  "hours.scan": { request: HoursScan; reply: DutyScanned };
  "hours.report": { request: HoursReportAsk; reply: HoursReport };
  "hours.report-table": { request: HoursReportTable; reply: MadeFile };
  "hours.report-export": { request: HoursReportExport; reply: KeptFile };
  "hours.request": { request: HoursRequest; reply: Saved };
  "hours.approve": { request: HoursApprove; reply: Saved };
  "hours.refuse": { request: HoursRefuse; reply: Saved };
  "hours.withdraw": { request: HoursWithdraw; reply: Saved };
  "hours.correct": { request: HoursCorrect; reply: Saved };
  "hours.issue": { request: HoursIssue; reply: Saved };
  "hours.proof": { request: HoursShowProof; reply: ProofView };
  "hours.checkpoints": { request: HoursCheckpoints; reply: KeptCheckpoints };
  "hours.stars": { request: HoursStars; reply: StarHoursView };
  "hours.set-stars": { request: HoursSetStars; reply: Saved };
  "request.list": { request: RequestList; reply: Requests };
  "request.make": { request: RequestMake; reply: Saved };
  "request.answer": { request: RequestAnswer; reply: Saved };
  "request.withdraw": { request: RequestWithdraw; reply: Saved };
  "conversation.list": { request: ConversationList; reply: Conversations };
  "conversation.open": { request: ConversationOpen; reply: Thread };
  "conversation.partners": { request: ConversationPartners; reply: PartnerList };
  "conversation.begin": { request: ConversationBegin; reply: Begun };
  "conversation.say": { request: ConversationSay; reply: Saved };
  "conversation.edit": { request: ConversationEdit; reply: Saved };
  "conversation.delete": { request: ConversationDelete; reply: Saved };
  "conversation.receive": { request: ConversationReceive; reply: Saved };
  "conversation.read": { request: ConversationRead; reply: Saved };
  "conversation.bring-in": { request: ConversationBringIn; reply: Saved };
  "conversation.take-out": { request: ConversationTakeOut; reply: Saved };
  "conversation.end": { request: ConversationEnd; reply: Saved };
  "conversation.hand-over": { request: ConversationHandOver; reply: Saved };
  "conversation.office-hours": { request: ConversationOfficeHours; reply: Saved };
  "conversation.hats": { request: ConversationHats; reply: Hats };
  "conversation.inbox": { request: ConversationInbox; reply: Inbox };
  "inbox.list": { request: InboxList; reply: Inboxes };
  "inbox.keep": { request: InboxKeep; reply: Saved };
  "inbox.close": { request: InboxClose; reply: Saved };
  "report.list": { request: ReportList; reply: Reports };
  "report.make": { request: ReportMake; reply: Saved };
  "report.read": { request: ReportRead; reply: ReportedThread };
  "report.close": { request: ReportClose; reply: Saved };
  "report.stop": { request: ReportStop; reply: Saved };
  "report.appoint-reader": { request: ReportAppointReader; reply: Saved };
  "report.let-write": { request: ReportLetWrite; reply: Saved };
  "history.open": { request: HistoryOpen; reply: HistoryView };
  "gate.day": { request: GateDay; reply: DayList };
  "notification.settings": { request: NotificationSettings; reply: NotificationChosen };
  "notification.prefer": { request: NotificationPrefer; reply: Saved };
  "notification.here": { request: NotificationSetHere; reply: Done };
  "calendar.link": { request: CalendarLook; reply: CalendarAddress };
  "calendar.make": { request: CalendarMake; reply: Saved };
  "calendar.end": { request: CalendarEnd; reply: Saved };
  "calendar.save": { request: CalendarSave; reply: FileSaved };
  "calendar.print": { request: CalendarPrint; reply: CalendarText };
  "class.list": { request: ClassList; reply: Classes };
  "class.open": { request: ClassOpen; reply: Class };
  "class.find": { request: ClassFind; reply: Found };
  "class.invites": { request: ClassInvites; reply: Strips };
  "class.on-paper": { request: ClassOnPaper; reply: Saved };
  "import.preview": { request: ImportPreview; reply: ImportPreviewed };
  "import.confirm": { request: ImportConfirm; reply: ImportOutcome };
  "import.undo": { request: ImportUndo; reply: ImportOutcome };
  "import.history": { request: ImportHistory; reply: Imports };
  "remark.list": { request: RemarkList; reply: Remarks };
  "remark.decide": { request: RemarkDecide; reply: Saved };
  "holidays.days": { request: HolidaysDays; reply: DayKinds };
  "holidays.school-days": { request: HolidaysSchoolDays; reply: SchoolDaysAhead };
  "holidays.soon": { request: HolidaysSoonAsk; reply: HolidaysSoon };
  "holidays.list": { request: HolidaysList; reply: HolidayYears };
  "holidays.set": { request: HolidaysSet; reply: Saved };
  "school.quiet": { request: SchoolQuiet; reply: Saved };
  "school.hold": { request: SchoolHold; reply: Saved };
  "school.travel": { request: SchoolTravel; reply: Saved };
  "rights.set": { request: RightsSet; reply: Saved };
}
