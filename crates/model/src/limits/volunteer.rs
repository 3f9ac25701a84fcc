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
