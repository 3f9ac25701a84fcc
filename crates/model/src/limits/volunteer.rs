//! Limits of posts, shifts, duty and hours.

/// Shifts posted at once for one post: a year of school days.
pub const SHIFTS_PER_POST: usize = 250;
/// Shifts one post may have over the years.
pub const SHIFTS_IN_ALL: usize = 2_000;
/// Campaigns that are on at once.
pub const CAMPAIGNS: usize = 100;
/// Qualifications posts may ask for.
pub const QUALIFICATIONS: usize = 100;
/// Qualifications one post may ask for.
pub const REQUIRED_PER_POST: usize = 10;
/// People of whom one act may confirm a qualification: a training in the hall.
pub const CONFIRMED_AT_ONCE: usize = 200;
/// Minutes of rest a post may ask for between two shifts: a day.
pub const REST_MINUTES: u32 = 24 * 60;
/// People asked at once to come to a shift: more is a broadcast, and nobody feels meant.
pub const OFFERED_AT_ONCE: usize = 50;
/// Shifts people are proposed for at once: a week of a large school.
pub const PROPOSED_SHIFTS: usize = 60;
/// People considered for them: more volunteers than a school has in a year.
pub const PROPOSED_PEOPLE: usize = 1_500;
/// Contacts of one class at once: two who stand in for one another.
pub const CONTACTS_PER_CLASS: usize = 2;
/// Classes whose turn it is at one shift.
pub const TURNS_PER_SHIFT: usize = 4;
/// Classes in one round of turns: a campus.
pub const CLASSES_IN_TURN: usize = 60;
/// How far back it counts that somebody was asked to come: who was asked within two weeks is left alone while there are others.
pub const ASKED_LATELY: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 14);
/// How far apart on the clock two shifts begin that are at about one time: a lesson with its break, twice.
pub const ABOUT_THAT_TIME: jiff::SignedDuration = jiff::SignedDuration::from_mins(90);
/// Pupils one shift can take: a grade.
pub const PUPILS_PER_SHIFT: u32 = 500;
/// Pupils one adult can have in a shift: a class.
pub const PUPILS_PER_ADULT: u32 = 50;
/// Grades of a school, at most.
pub const GRADES: u8 = 12;
/// People one shift can need.
pub const NEEDED_PER_SHIFT: u32 = 200;
/// How long after its end a shift's people may be marked: until the term is reported.
pub const DUTY_AFTER: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 183);
/// How long after the end of a shift somebody who is still there is shown: who tidies up is gone by then.
pub const DUTY_OVERSTAY: jiff::SignedDuration = jiff::SignedDuration::from_mins(30);
/// How long after the end of a shift whoever was not checked out has left at its end.
pub const DUTY_CLOSED: jiff::SignedDuration = jiff::SignedDuration::from_hours(3);
/// How long after the end of a shift somebody may have come, or left: past this it was another one.
pub const DUTY_LATEST: jiff::SignedDuration = jiff::SignedDuration::from_hours(12);
/// Two desks that did not know of each other and saw somebody come within this time saw the same thing.
pub const DUTY_SAME_ARRIVAL: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);
/// Marks that are kept of one person in one shift; before that only how many there were.
pub const DUTY_MARKS: usize = 8;
/// Minutes of one entry of hours: a day.
pub const HOURS_MINUTES: u32 = 24 * 60;
/// Days back for which hours may be asked: a school year.
pub const HOURS_BACK: i64 = 366;
/// What shows that hours were done: a paragraph.
pub const HOURS_EVIDENCE_CHARS: usize = 500;
/// Files that show hours: a photograph, a letter, and what did not fit on one page.
pub const HOURS_FILES: usize = 4;
/// How long the files of a refused entry are kept: as long as the computer that asked keeps what it asked. Until then it can be
/// said that it was refused by mistake, and looked at again.
pub const HOURS_REFUSED_FILES: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 60);
/// Entries of one person that wait: more is for a talk with the desk.
pub const HOURS_WAITING: usize = 20;
/// Checkpoints of the chain of hours that a device keeps: years of approving.
pub const CHECKPOINTS_KEPT: u32 = 2_000;
/// What a desk adds to a certificate, each: what a QR code still carries with the others.
pub const PROOF_CHARS: usize = 40;
/// Kinds of service on one certificate, the last of which is all others.
pub const PROOF_SERVICES: usize = 4;
/// Stars of a school.
pub const STARS: usize = 5;
/// Hours of one star: more than a working life.
pub const STAR_HOURS: u32 = 10_000;
/// How long before it begins a search for a stand-in starts by itself: earlier there is time for whoever takes it of their own
/// accord, and nobody is asked who would not have been needed.
pub const STAND_IN_BEFORE: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 7);
/// How long before it begins nobody is asked any more: who reads it then is not there in time.
pub const STAND_IN_LAST: jiff::SignedDuration = jiff::SignedDuration::from_mins(20);
/// People asked in one wave while there is time: two feel meant, and both can say yes only where two are needed.
pub const STAND_IN_WAVE: usize = 2;
/// People asked in one wave once less than [`STAND_IN_SOON`] is left: fewer waves are.
pub const STAND_IN_WAVE_SOON: usize = 3;
/// Waking time before a shift that is soon: about a day.
pub const STAND_IN_SOON: jiff::SignedDuration = jiff::SignedDuration::from_hours(16);
/// Waking time between two waves, by the waking time that is left until the shift: the first row with at least so much left
/// counts. A parent reads a message within hours, not minutes; near the shift those minutes are all there is.
pub const STAND_IN_WAITS: [(jiff::SignedDuration, jiff::SignedDuration); 5] = [
    (jiff::SignedDuration::from_hours(48), jiff::SignedDuration::from_hours(6)),
    (jiff::SignedDuration::from_hours(16), jiff::SignedDuration::from_hours(3)),
    (jiff::SignedDuration::from_hours(6), jiff::SignedDuration::from_hours(1)),
    (jiff::SignedDuration::from_hours(3), jiff::SignedDuration::from_mins(30)),
    (jiff::SignedDuration::ZERO, jiff::SignedDuration::from_mins(15)),
];
/// Days in which being asked counts as lately.
pub const STAND_IN_LATELY: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 28);
/// Days within which the asks of one person are limited, and shifts are shared: a term.
pub const STAND_IN_TERM: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 120);
/// Times one person is asked to stand in within a term: about every second week.
pub const STAND_IN_PER_TERM: usize = 8;
/// Candidates of one wave of whom it is looked up what else they have at that time.
pub const STAND_IN_LOOKED_AT: usize = 40;
/// One shift in so many that went short makes a post one that is hard to fill.
pub const HARD_TO_FILL: u32 = 4;
/// Shifts of a post, those nearest in time, whose people are asked: a term of school days.
pub const STAND_IN_SHIFTS: usize = 120;
/// Waves one search keeps: more than any has.
pub const STAND_IN_WAVES: usize = 60;
/// When people are asked, the evening before, whether they still come.
pub const STILL_COMING_AT: jiff::civil::Time = jiff::civil::Time::constant(18, 0, 0, 0);
/// Swaps of one person that are open at once: a week of shifts.
pub const SWAPS_OPEN: usize = 5;
/// Shifts one offers to take for one's own; whoever would take any names none.
pub const SWAP_WANTS: usize = 20;
/// Guests from outside at one shift: the sponsor of each stands at the gate for them, and more are an event with sign-up.
pub const GUESTS_PER_SHIFT: usize = 10;
/// Guests of one post on one day.
pub const GUESTS_PER_DAY: usize = 20;
/// Shifts of one day for one guest: morning, noon and afternoon, and one more.
pub const SHIFTS_PER_GUEST: usize = 4;
/// A telephone as it is written, with its country and an extension.
pub const GUEST_PHONE_CHARS: usize = 30;
/// How long after their day a guest for whom nothing was proven is known by name: as long as something may be said of a shift
/// ([`DUTY_AFTER`]); after that no hours can follow from it, and a name that proves nothing is kept for nobody (PIPL, article 47).
pub const GUEST_KEPT: jiff::SignedDuration = DUTY_AFTER;
