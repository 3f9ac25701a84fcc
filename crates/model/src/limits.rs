//! Everything has a limit, and each limit has its reason. Counts are items, lengths are Unicode scalar values.

mod volunteer;

pub use volunteer::*;

use crate::{Refusal, Stop};

/// A title must fit two lines of a Today card in large type.
pub const TITLE_CHARS: usize = 80;
/// A notice is read on a phone by a tired person; longer texts belong in a file.
pub const BODY_CHARS: usize = 4_000;
/// Chinese rules ask for 50 or more for a name; transliterated names reach 60.
pub const NAME_CHARS: usize = 100;
/// A remark that explains 代办 ("妈妈来电").
pub const NOTE_CHARS: usize = 200;
/// Children in one family booking; more is a class, not a family.
pub const CHILDREN_PER_BOOKING: usize = 6;
/// Adults in one family booking.
pub const ADULTS_PER_BOOKING: u32 = 6;
/// Choices of one question: more are a catalogue, not a question.
pub const CHOICES: usize = 20;
/// Fields of one form: what fits a screen of a phone; longer ones belong in a file.
pub const FIELDS: usize = 12;
/// One value of a form.
pub const REPLY_CHARS: usize = 500;
/// Changes of one answer: who changes their mind more often telephones.
pub const ANSWER_CHANGES: usize = 20;
/// How far ahead a notice may be scheduled: a school year.
pub const SCHEDULE_AHEAD: jiff::SignedDuration = jiff::SignedDuration::from_hours(366 * 24);
/// Times one notice may repeat: every school day of a quarter.
pub const OCCURRENCES: usize = 60;
/// A rule of repeating: what a person can say in a sentence.
pub const RULE_CHARS: usize = 200;
/// Quiet hours of a day: longer ones leave no time to hear from the school.
pub const QUIET_HOURS: jiff::SignedDuration = jiff::SignedDuration::from_hours(14);
/// Quiet hours of one person's own, from after work until after breakfast: six hours a day are left to be told in.
pub const PERSONAL_QUIET: jiff::SignedDuration = jiff::SignedDuration::from_hours(18);
/// How long before its deadline a notice reminds those who have not answered: while there is still time to ask, and
/// while there is still time to act.
pub const REMIND_BEFORE: [jiff::SignedDuration; 2] =
    [jiff::SignedDuration::from_hours(24), jiff::SignedDuration::from_hours(2)];
/// The longest time a notice stands in its author's hands, in seconds: what takes longer is planned for a time.
pub const HOLD_SECONDS: u32 = 15 * 60;
/// How often the author of a notice may remind those who have not answered, beside what reminds by itself.
pub const REMINDS_BY_HAND: usize = 3;
/// Nobody is reminded of one notice again within this time.
pub const REMIND_AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);
/// How somebody who fetches a child is related: 外公, 邻居.
pub const RELATION_CHARS: usize = 20;
/// A template's name: one line of a list.
pub const TEMPLATE_NAME_CHARS: usize = 40;
/// The name of one of its fields: a label.
pub const TEMPLATE_FIELD_CHARS: usize = 20;
/// Templates of one person, or of the whole school: a list that is read, not searched.
pub const TEMPLATES: usize = 50;
/// Days of one leave: longer ones are 休学, for the office.
pub const LEAVE_DAYS: i64 = 60;
/// A leave may be told so many days afterwards: a sick child comes first.
pub const LEAVE_BACK: i64 = 7;
/// And so many days ahead.
pub const LEAVE_AHEAD: i64 = 366;
/// Requests of one child that are open or agreed and not over.
pub const REQUESTS_PER_CHILD: usize = 20;
/// One message: what is longer is a letter, and belongs in a file.
pub const MESSAGE_CHARS: usize = 2_000;
/// Messages of one conversation: what is not settled by then needs a meeting.
pub const MESSAGES_PER_CONVERSATION: u32 = 1_000;
/// Messages of one side before the other speaks: nobody is buried under them.
pub const MESSAGES_IN_A_ROW: u32 = 30;
/// Open conversations about one child with one hat.
pub const OPEN_CONVERSATIONS: usize = 10;
/// Staff in one conversation.
pub const PARTNERS: usize = 8;
/// A shared inbox's name: what stands on a door.
pub const INBOX_NAME_CHARS: usize = 20;
/// Who reads one inbox: more is nobody's.
pub const INBOX_READERS: usize = 20;
/// Open inboxes of a school: a list that is read, not searched.
pub const INBOXES: usize = 30;
/// How long one's own message may be edited or deleted: a slip is seen at once, and what was read stays said.
pub const MESSAGE_CHANGE: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);
/// Edits of one message.
pub const MESSAGE_EDITS: usize = 5;
/// Changes of where a child is in one incident: more is two people who should telephone.
pub const ROLL_MARKS: usize = 20;
/// What somebody writes when reporting a message, and what the school writes when it settles it: a paragraph.
pub const REPORT_CHARS: usize = 500;
/// Open reports of one person in one conversation: past this the conversation itself is the matter, and is reported.
pub const OPEN_REPORTS: usize = 5;
/// Lines of the access log of one conversation: who has to read it more often should sit down with the people.
pub const ACCESSES: usize = 200;
/// Notices, newest first, and messages of one conversation that a look back shows: a term of a busy class.
pub const LOOK_BACK: usize = 200;
/// Bytes of one file: a scanned form of some pages, or a minute of sound; a film belongs elsewhere.
pub const FILE_BYTES: u32 = 20 * 1024 * 1024;
/// Name of a file: 240 bytes at most, and file systems take 255; the rest is for ` (2)` where there is one already.
pub const FILE_NAME_CHARS: usize = 60;
/// Files of one notice: what a family looks through in one evening.
pub const FILES_PER_NOTICE: usize = 10;
/// Files of one notice that are each for one child: the children of a large school.
pub const CHILD_FILES: usize = 3_000;
/// Files of one answer: the pages of a form.
pub const FILES_PER_ANSWER: usize = 5;
/// Files of one message.
pub const FILES_PER_MESSAGE: usize = 5;
/// Pixels of a picture's longer side, as it is sent: sharp on every screen a family has, and on paper.
pub const PICTURE_SIDE: u32 = 2_560;
/// Pixels of a picture's longer side before it is made smaller: the largest cameras of phones. More is made to fill a memory.
pub const PICTURE_SIDE_READ: u32 = 16_384;
/// Bytes of a thumbnail: it travels with the list, unasked.
pub const THUMBNAIL_BYTES: u32 = 64 * 1024;
/// Bytes of an upload in one request: half a minute at 64 kbit/s.
pub const UPLOAD_PART_BYTES: usize = 256 * 1024;
/// Bytes one person may upload in a day: a file of its own for each child of a large class.
pub const UPLOADS_PER_DAY: u64 = 512 * 1024 * 1024;
/// How long an upload is kept that no row names.
pub const UPLOAD_KEPT: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);
/// Targets and exclusions of one audience: every class of a large school, and then some.
pub const TARGETS_PER_AUDIENCE: usize = 200;
/// Seats of one session: the largest hall with its overflow room.
pub const SEATS_PER_SESSION: u32 = 5_000;
/// How long before a session somebody may be let in: an hour to set up, and whoever comes early by bus.
pub const CHECK_IN_BEFORE: jiff::SignedDuration = jiff::SignedDuration::from_hours(3);
/// How long after a session lists from paper may be entered, and a gate that was cut off may tell: a week of work.
pub const CHECK_IN_AFTER: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);
/// A gate is opened for the sessions that begin within a day.
pub const GATE_HOURS: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);
/// Gates open at one event: every door of a large campus.
pub const GATES: usize = 20;
/// Who checks in at one event: two for each gate.
pub const STEWARDS: usize = 40;
/// A gate's name: what stands over a door.
pub const GATE_NAME_CHARS: usize = 20;
/// Who walks in, in a few words: 沈老师的妹妹一家.
pub const WALK_IN_CHARS: usize = 40;
/// Times one party is let in again that the first gate is shown: the one that matters is the first.
pub const AGAIN: usize = 10;
/// Programme tags of one event: what one line of a report can say.
pub const TAGS_PER_EVENT: usize = 8;
/// One programme tag: a label.
pub const TAG_CHARS: usize = 30;
/// Themes of a school: a list that is read, not searched.
pub const THEMES: usize = 50;
/// Posts one theme asks for: what a coordinator fills in one evening.
pub const POSTS_PER_THEME: usize = 10;
/// Days between the first session of a theme and anything else of it: a school year.
pub const THEME_DAYS: i32 = 366;
/// Minutes a volunteer of a theme comes before a session, or stays after it: half a day.
pub const AROUND_MINUTES: u32 = 6 * 60;
/// Venues of a school: what a list shows and a choice can be made from.
pub const VENUES: usize = 100;
/// A venue's name: what stands over its door.
pub const VENUE_NAME_CHARS: usize = 40;
/// How to get to a venue: one line of a card.
pub const VENUE_WHERE_CHARS: usize = 60;
/// People one venue takes: the sports ground of the largest campus.
pub const VENUE_PEOPLE: u32 = 20_000;
/// Sessions in one venue at one moment: every table of the largest hall.
pub const SESSIONS_AT_ONCE: usize = 200;
/// Partners of a school: a directory that is searched.
pub const PARTNER_ORGS: usize = 500;
/// A partner's name: what stands over its door, with the city.
pub const PARTNER_NAME_CHARS: usize = 60;
/// People to talk to at one partner.
pub const PARTNER_CONTACTS: usize = 10;
/// A telephone number as people write it, with an extension.
pub const PHONE_CHARS: usize = 40;
/// An e-mail address (RFC 5321 §4.5.3.1.3, without its angle brackets).
pub const EMAIL_CHARS: usize = 254;
/// An address on the web that a person may have to type.
pub const WEBSITE_CHARS: usize = 300;
/// Bytes of a file of vCards: a directory of this size with pictures left out.
pub const VCARD_BYTES: usize = 1024 * 1024;
/// Cards of one file: each may become a wish, and an outbox holds some hundreds.
pub const VCARDS: usize = 300;
/// Buses of one trip: a whole grade.
pub const BUSES: usize = 20;
/// Seats of one bus: the largest double-decker.
pub const BUS_SEATS: u32 = 100;
/// Stops at which the children of a trip are called.
pub const TRIP_STOPS: usize = 10;
/// Children one adult may look after on a trip: a class.
pub const CHILDREN_PER_ADULT: u32 = 60;
/// Courses of a school that have not ended: a list that is read, not searched.
pub const COURSES: usize = 60;
/// Lessons of one course: one a week for two school years.
pub const LESSONS_PER_COURSE: usize = 80;
/// Materials of one lesson.
pub const MATERIALS_PER_LESSON: usize = 10;
/// Parents marked at once: a full hall.
pub const MARKS_PER_ACT: usize = 600;
/// Marks that are kept of one parent at one lesson; before that only how many there were.
pub const PARTICIPATION_MARKS: usize = 8;
/// How long after a session it may be said who took part: until the term is reported.
pub const PARTICIPATION_AFTER: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 183);
/// Sessions of one event.
pub const SESSIONS_PER_EVENT: usize = 40;
/// Groups for which seats of one session are kept: more, and nobody can say any more who may have what.
pub const HOLDS_PER_SESSION: usize = 5;
/// Sessions one entry of a draw may wish for: more is no order of preference.
pub const WISHES: usize = 8;
/// Entries of one draw: the families of a large school. The roll then takes some 300 KiB, and stands on every device.
pub const DRAW_ENTRIES: u32 = 3_000;
/// Signs of the public value of a draw: 27 digits before two decimals are more than any exchange or lottery publishes.
pub const VALUE_CHARS: usize = 30;
/// Decimals of that value: rates of exchange have four or six.
pub const VALUE_DECIMALS: u32 = 6;
/// Earlier misses that weigh in a draw: six tickets for one are help; more would be a queue by another name.
pub const MISSES: u32 = 5;
/// Times and places an event had before that it still says: families ask what changed, not for its history.
pub const CHANGES_KEPT: usize = 20;
/// Minutes from one campus to another: what takes longer is another town.
pub const TRAVEL_MINUTES: u32 = 240;
/// Minutes of one meeting at least: who needs less writes a message.
pub const MEETING_MINUTES_LEAST: u32 = 5;
/// Minutes of one meeting: what takes longer is more than one meeting.
pub const MEETING_MINUTES: u32 = 120;
/// Minutes between two meetings: a walk to the next room and a glass of water.
pub const MEETING_BUFFER: u32 = 60;
/// Breaks of one offer: more is another offer.
pub const BREAKS_PER_OFFER: usize = 8;
/// Slots of one offer: a day of the shortest meetings.
pub const SLOTS_PER_OFFER: usize = 144;
/// Meetings of one guardian in one conference: six children with four teachers each.
pub const MEETINGS_PER_FAMILY: usize = 24;
/// Wishes one plan is made for: each doubles the work, and nobody talks to more people on one day.
pub const WISHES_PER_PLAN: usize = 12;
/// The note of one meeting: a page.
pub const MEETING_NOTE_CHARS: usize = 2_000;
/// Contests of a school: some a year, for as long as anybody looks them up.
pub const CONTESTS: usize = 200;
/// Candidates of one contest: some of each class of a large school.
pub const CANDIDATES_PER_CONTEST: u32 = 500;
/// Stages of one contest: more is a league.
pub const STAGES_PER_CONTEST: usize = 12;
/// A stage's name: what stands over a column.
pub const STAGE_NAME_CHARS: usize = 20;
/// Minutes of one turn, and between two: longer is an event of its own.
pub const TURN_MINUTES: u32 = 60;
/// What a candidate says: half a page in a child's words.
pub const STATEMENT_CHARS: usize = 300;
/// Earlier versions of one entry that are kept: the desk looks at the last ones.
pub const ENTRY_VERSIONS: usize = 20;
/// What decides an order: a closing price, some dice.
pub const SEED_CHARS: usize = 80;
/// The title of an office: 宣传委员.
pub const OFFICE_CHARS: usize = 20;
/// Corrections of one result.
pub const CORRECTIONS: usize = 10;
/// Days one question may ask about: a school year.
pub const DAYS_ASKED: usize = 400;
/// Bytes of a holiday file: four times what a year with many names takes.
pub const HOLIDAY_FILE_BYTES: usize = 16 * 1024;
/// Years a holiday file may be for: a typing mistake, where it is another.
pub const HOLIDAY_YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;
/// Days of one year that are not as their weekday says: 28 of holidays and 8 that are worked, in the most generous so far.
pub const HOLIDAY_DAYS: usize = 60;
/// A holiday's name: 国庆节、中秋节.
pub const HOLIDAY_ZH_CHARS: usize = 20;
/// The same in English.
pub const HOLIDAY_EN_CHARS: usize = 60;
/// Where an announcement can be read: its title and number.
pub const HOLIDAY_SOURCE_CHARS: usize = 200;
/// The day of December from which the announcement for the next year may still say something: of the weekend next to the
/// first of January.
pub const OLD_YEAR_FROM: i8 = 26;
/// Links whose rights one decision may set: all remarks of one wording in a large school.
pub const REMARKS_PER_DECISION: usize = 2_000;
/// Mutations one push may carry.
pub const MUTATIONS_PER_PUSH: usize = 100;
/// Mutations a device may hold unsettled; past this a person has a problem that more typing will not solve.
pub const OUTBOX: usize = 500;
/// The same for what a gate writes down: a whole school comes while the network is cut.
pub const OUTBOX_OF_GATE: usize = 5_000;
/// Dependencies one mutation may name.
pub const AFTER: usize = 8;
/// Rows in one page of a pull: one transaction of this size applies in well under 100 ms.
pub const ROWS_PER_PAGE: u32 = 5_000;
/// Feeds one device can hold: an administrator of a large school has some hundreds.
pub const FEEDS: usize = 5_000;
/// How long a calendar shows what is past: a term's half, to look up when something was.
pub const CALENDAR_PAST: jiff::SignedDuration = jiff::SignedDuration::from_hours(60 * 24);
/// How long after its time a calendar shows that something was given back or called off: every program has read it by then.
pub const CALENDAR_CANCELLED: jiff::SignedDuration = jiff::SignedDuration::from_hours(30 * 24);
/// Entries of one calendar, the latest ones: more than a family does in a year.
pub const CALENDAR_ENTRIES: usize = 500;
/// Bytes of one JSON request body, imports excepted: a full push is below 1 MiB.
pub const REQUEST_BYTES: usize = 2 * 1024 * 1024;
/// Bytes of a roster file.
pub const ROSTER_BYTES: usize = 32 * 1024 * 1024;
/// Openings one rehearsal plays: more make the figures no surer than the suppositions are.
pub const REHEARSAL_RUNS: u32 = 1_000;
/// Hours of a rehearsal's suppositions: a week.
pub const REHEARSAL_HOURS: u32 = 168;
/// Rows one list may bring into a decision: a whole school's children.
pub const ROWS_PER_LIST: u32 = 20_000;

/// Refuses a text that is too short or too long, counted in Unicode scalar values.
pub(crate) fn check_text(field: &str, text: &str, least: usize, most: usize) -> Result<(), Stop> {
    let chars = text.trim().chars().count();
    if chars < least {
        return Err(Refusal::Malformed { field: field.into() }.into());
    }
    if chars > most {
        let limit = u32::try_from(most).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: field.into(), limit }.into());
    }
    Ok(())
}
