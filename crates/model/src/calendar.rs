//! A person's calendar: the bookings of the children they decide for, meetings, turns in contests, and the shifts they took. Worked out from the
//! rows each time it is asked for, so that a right that ended empties it at once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, Zoned};
use uuid::Uuid;

use crate::{
    Booking, BookingState, CalendarLanguage, CalendarLink, Child, Conference, ConferenceKind,
    ConferenceState, ContestState, ContestTime, Event, EventState, Facts, FileHash, Id, Kind, Link, List,
    Meeting, MeetingOffer, MeetingState, Person, Post, Right, Role, School, Seat, Session, SessionState,
    Shift, Stop, Take, TakeState, calendar_words::Says, contest_times, limits,
};

/// How sure an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarStatus {
    /// It takes place, with this family.
    Confirmed,
    /// A place in line, or an offer that was not answered.
    Tentative,
    /// Given back, or called off.
    Cancelled,
}

/// One entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The booking or take: the same entry however it changes.
    pub of: Uuid,
    /// Wall time and zone.
    pub starts: Zoned,
    /// Wall time and zone.
    pub ends: Zoned,
    /// What, and for which children, by their given names.
    pub title: String,
    /// Where.
    pub place: String,
    /// Plain text.
    pub about: String,
    /// How sure it is.
    pub status: CalendarStatus,
    /// The person is there too, and has no time for anything else.
    pub busy: bool,
    /// Which version of the entry this is: a later one has a larger number.
    pub sequence: u32,
    /// When the school took it.
    pub changed: Timestamp,
}

impl CalendarEntry {
    /// Whether a calendar still shows it: what is past stays a while, and what is off a shorter one.
    fn is_shown(&self, now: Timestamp) -> bool {
        let kept = match self.status {
            CalendarStatus::Cancelled => limits::CALENDAR_CANCELLED,
            CalendarStatus::Confirmed | CalendarStatus::Tentative => limits::CALENDAR_PAST,
        };
        now.duration_since(self.ends.timestamp()) < kept
    }
}

/// The calendar of the person with this secret, and the school it is of.
///
/// # Errors
/// [`Refusal::NotFound`](crate::Refusal::NotFound) where no address has this secret any more, or none ever had;
/// [`Stop::Needs`] until the rows were loaded.
pub fn calendar_at(
    facts: &Facts,
    secret: FileHash,
    language: CalendarLanguage,
) -> Result<(School, Vec<CalendarEntry>), Stop> {
    let links = facts.list::<CalendarLink>(List::CalendarLinkWith(secret), 2)?;
    let [link] = links.as_slice() else { return Err(facts.missing(Kind::CalendarLink)) };
    Ok((facts.school()?.clone(), calendar_of(facts, link.person, language)?))
}

/// What stands in a person's calendar, by its start; how it stands in this language.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn calendar_of(
    facts: &Facts,
    person: Id<Person>,
    language: CalendarLanguage,
) -> Result<Vec<CalendarEntry>, Stop> {
    let today = facts.today()?;
    let links = facts.list::<Link>(List::LinksBy(person), limits::ROWS_PER_LIST)?;
    let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
    // Who is nothing to the school any more sees its shifts no more, their own ones neither.
    let belongs = links.iter().any(|link| link.counts(today)) || roles.iter().any(|role| role.holds(today));
    let told: BTreeSet<_> =
        links.iter().filter(|link| link.allows(Right::Messages, today)).map(|link| link.child).collect();
    let decided: Vec<_> = links.into_iter().filter(|link| link.allows(Right::Decide, today)).collect();
    let mut entries = of_bookings(facts, person, &decided, language)?;
    entries.extend(of_meetings(facts, person, &told, language)?);
    entries.extend(of_contests(facts, &told, language)?);
    if belongs {
        entries.extend(of_takes(facts, person)?);
    }
    entries.retain(|entry| entry.is_shown(facts.now()));
    entries.sort_by_key(|entry| (entry.starts.timestamp(), entry.of));
    let earliest = entries.len().saturating_sub(limits::CALENDAR_ENTRIES);
    Ok(entries.split_off(earliest))
}

fn of_bookings(
    facts: &Facts,
    person: Id<Person>,
    links: &[&Link],
    language: CalendarLanguage,
) -> Result<Vec<CalendarEntry>, Stop> {
    let seats =
        Facts::each(links, |link| facts.list::<Seat>(List::SeatsFor(link.child), limits::ROWS_PER_LIST))?;
    let children = Facts::each(links, |link| facts.find(link.child))?;
    let mut parties: BTreeMap<Id<Booking>, Vec<&str>> = BTreeMap::new();
    for (child, seats) in children.into_iter().zip(seats) {
        let Some(child) = child else { continue };
        for seat in seats {
            parties.entry(seat.booking).or_default().push(&child.name);
        }
    }
    let bookings = Facts::each(parties.keys(), |id| facts.find(*id))?;
    let booked: Vec<_> = bookings.into_iter().flatten().collect();
    let sessions = Facts::each(&booked, |booking| facts.find(booking.session))?;
    let events = Facts::each(&booked, |booking| facts.find(booking.event))?;
    let all = booked.into_iter().zip(sessions).zip(events);
    let found: Vec<_> =
        all.filter_map(|((booking, session), event)| Some((booking, session?, event?))).collect();
    let venues = Facts::each(&found, |(_, session, _)| match session.held_in {
        Some(venue) => facts.find(venue),
        None => Ok(None),
    })?;
    let mut entries = Vec::new();
    for ((booking, session, event), venue) in found.into_iter().zip(venues) {
        // A wish is no appointment, and one that was never drawn never was one.
        let wish = !booking.wishes.is_empty() && booking.drawn.is_none();
        if event.state == EventState::Draft || wish || booking.state == BookingState::NotDrawn {
            continue;
        }
        let names = parties.get(&booking.id).map(Vec::as_slice).unwrap_or_default();
        let place = session.venue_words(event, venue, facts.now());
        entries.push(of_booking(person, booking, names, (event, session, place), language));
    }
    Ok(entries)
}

fn of_booking(
    person: Id<Person>,
    booking: &Booking,
    names: &[&str],
    (event, session, place): (&Event, &Session, String),
    language: CalendarLanguage,
) -> CalendarEntry {
    let called_off = match (&event.state, &session.state) {
        (EventState::Cancelled { reason, .. }, _) => language.say(Says::EventOff(reason)),
        (_, SessionState::Cancelled { reason, .. }) => language.say(Says::SessionOff(reason)),
        _ => String::new(),
    };
    let off = booking.state.is_over() || !called_off.is_empty();
    let (status, word) = match booking.state {
        _ if off => (CalendarStatus::Cancelled, String::new()),
        BookingState::Waiting => (CalendarStatus::Tentative, language.say(Says::Waiting)),
        BookingState::Offered { .. } => (CalendarStatus::Tentative, language.say(Says::Offered)),
        BookingState::Confirmed
        | BookingState::Entered
        | BookingState::NotDrawn
        | BookingState::Withdrawn
        | BookingState::Lapsed
        | BookingState::Displaced
        | BookingState::Released => (CalendarStatus::Confirmed, String::new()),
    };
    // Within one generation: in line or offered, then confirmed, then over.
    let step = match status {
        CalendarStatus::Tentative => 0,
        CalendarStatus::Confirmed => 1,
        CalendarStatus::Cancelled => 2,
    };
    CalendarEntry {
        of: booking.id.uuid(),
        starts: session.starts.clone(),
        ends: session.ends.clone(),
        title: language.titled(&event.title, &given_names(names)),
        place,
        about: lines(&[&session.name, &word, &called_off, &event.about]),
        status,
        busy: status == CalendarStatus::Confirmed && booking.guardian == person && booking.adults > 0,
        sequence: booking.generation.saturating_add(event.version).saturating_mul(3).saturating_add(step),
        changed: last_change(booking, session, event),
    }
}

/// When what an entry says changed last.
fn last_change(booking: &Booking, session: &Session, event: &Event) -> Timestamp {
    let off = match (&event.state, &session.state) {
        (EventState::Cancelled { at, .. }, _) => *at,
        (_, SessionState::Cancelled { at, .. }) => Some(*at),
        _ => None,
    };
    let moved = session.moves.last().map(|moved| moved.at);
    let elsewhere = event.venues.last().map(|was| was.at).max(session.venues.last().map(|was| was.at));
    let put_back = booking.put_back.as_ref().map(|back| back.at);
    [off, moved, elsewhere, put_back].into_iter().flatten().fold(booking.at, Timestamp::max)
}

/// Meetings as a guardian, about the children one is told of.
fn of_meetings(
    facts: &Facts,
    person: Id<Person>,
    told: &BTreeSet<Id<Child>>,
    language: CalendarLanguage,
) -> Result<Vec<CalendarEntry>, Stop> {
    let meetings = facts.list::<Meeting>(List::MeetingsBy(person), limits::ROWS_PER_LIST)?;
    let meetings: Vec<_> = meetings.into_iter().filter(|meeting| told.contains(&meeting.child)).collect();
    let conferences = Facts::each(&meetings, |meeting| facts.find(meeting.conference))?;
    let offers = Facts::each(&meetings, |meeting| facts.find(meeting.offer))?;
    let all = meetings.into_iter().zip(conferences).zip(offers);
    Ok(all.filter_map(|((meeting, at), offer)| Some(of_meeting(meeting, at?, offer?, language))).collect())
}

/// A calendar lies open on a kitchen table: of advice it says that there is something at the school, and no more.
fn of_meeting(
    meeting: &Meeting,
    conference: &Conference,
    offer: &MeetingOffer,
    language: CalendarLanguage,
) -> CalendarEntry {
    let (off, called_off, changed) = match (&meeting.state, &conference.state) {
        (MeetingState::Cancelled { reason, .. }, _) => {
            (true, language.say(Says::SchoolOff(reason)), meeting.at)
        }
        (MeetingState::Booked, ConferenceState::Cancelled { reason, at }) => {
            (true, language.say(Says::EventOff(reason)), meeting.at.max(*at))
        }
        (state, _) => (*state == MeetingState::Withdrawn, String::new(), meeting.at),
    };
    let guidance = meeting.kind == ConferenceKind::Guidance;
    let (title, place, about) = if guidance {
        (language.say(Says::Appointment), String::new(), String::new())
    } else {
        let with = language.say(Says::With(&meeting.person_name));
        let title = language.titled(&conference.title, &given_names(&[&meeting.child_name]));
        (title, offer.room.clone(), lines(&[&with, &called_off]))
    };
    CalendarEntry {
        of: meeting.id.uuid(),
        starts: meeting.starts.clone(),
        ends: meeting.ends.clone(),
        title,
        place,
        about,
        status: if off { CalendarStatus::Cancelled } else { CalendarStatus::Confirmed },
        busy: !off,
        sequence: meeting
            .version
            .saturating_add(conference.version)
            .saturating_mul(2)
            .saturating_add(off.into()),
        changed,
    }
}

/// Turns and stages of contests of the children one is told of.
fn of_contests(
    facts: &Facts,
    told: &BTreeSet<Id<Child>>,
    language: CalendarLanguage,
) -> Result<Vec<CalendarEntry>, Stop> {
    let found = Facts::each(told, |child| Ok((facts.find(*child)?, contest_times(facts, *child)?)))?;
    let entries = found.into_iter().flat_map(|(child, times)| {
        let child = child.map(|child| child.name.as_str());
        times.into_iter().map(move |time| of_contest(&time, child, language))
    });
    Ok(entries.collect())
}

fn of_contest(time: &ContestTime<'_>, child: Option<&str>, language: CalendarLanguage) -> CalendarEntry {
    let (contest, stage) = (time.contest, time.stage);
    let (off, called_off, changed) = match &contest.state {
        ContestState::Cancelled { reason, at } => {
            (true, language.say(Says::EventOff(reason)), time.changed.max(*at))
        }
        ContestState::Draft | ContestState::Published => (false, String::new(), time.changed),
    };
    let order = if time.settled { String::new() } else { language.say(Says::NoOrder) };
    let moves = contest.order_of(stage.id).map_or(0, |order| order.moves.saturating_add(1));
    CalendarEntry {
        of: time.of.uuid(),
        starts: time.starts.clone(),
        ends: time.ends.clone(),
        title: language.titled(&format!("{}：{}", contest.plan.title, stage.name), child.as_slice()),
        place: stage.venue.clone(),
        about: lines(&[&order, &called_off, &stage.note]),
        status: match (off, time.settled) {
            (true, _) => CalendarStatus::Cancelled,
            (false, true) => CalendarStatus::Confirmed,
            (false, false) => CalendarStatus::Tentative,
        },
        // The child is there, and its guardian need not be.
        busy: false,
        sequence: contest.version.saturating_add(moves).saturating_mul(2).saturating_add(off.into()),
        changed,
    }
}

fn of_takes(facts: &Facts, person: Id<Person>) -> Result<Vec<CalendarEntry>, Stop> {
    let takes = facts.list::<Take>(List::TakesBy(person), limits::ROWS_PER_LIST)?;
    let shifts = Facts::each(&takes, |take| facts.find(take.shift))?;
    let posts = Facts::each(&takes, |take| facts.find(take.post))?;
    // What was only asked for is nobody's time, and never was.
    let all = takes.into_iter().zip(shifts).zip(posts).filter(|((take, _), _)| take.has_come());
    Ok(all.filter_map(|((take, shift), post)| Some(of_take(take, shift?, post?))).collect())
}

fn of_take(take: &Take, shift: &Shift, post: &Post) -> CalendarEntry {
    let taken = take.state == TakeState::Taken;
    CalendarEntry {
        of: take.id.uuid(),
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        title: post.title.clone(),
        place: post.meeting_point.clone(),
        about: post.about.clone(),
        status: if taken { CalendarStatus::Confirmed } else { CalendarStatus::Cancelled },
        busy: taken,
        // A take has no count of its changes, but the time of the last one.
        sequence: u32::try_from(take.at.as_second().saturating_sub(TAKES_COUNT_FROM))
            .unwrap_or_default()
            .saturating_add(post.version),
        changed: post.changed.map_or(take.at, |at| take.at.max(at)),
    }
}

/// 2020-01-01: seconds from there on fit the 31 bits of a SEQUENCE for a lifetime.
const TAKES_COUNT_FROM: i64 = 1_577_836_800;

/// Those that say something, each on its line.
fn lines(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// 雨桐 and 雨辰; the whole names where two would sound alike.
fn given_names<'n>(names: &[&'n str]) -> Vec<&'n str> {
    let short: Vec<_> = names.iter().map(|name| given_name(name)).collect();
    let alike = short.iter().collect::<BTreeSet<_>>().len() < short.len();
    if alike { names.to_vec() } else { short }
}

const SURNAMES_OF_TWO: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木",
    "独孤", "南宫", "长孙", "宇文", "轩辕", "司空", "钟离", "闾丘", "申屠", "公冶", "太史", "澹台", "淳于",
    "单于",
];

/// 雨桐: what the family says. A name that is not surely surname and given name stays whole, as in the window.
fn given_name(name: &str) -> &str {
    let letters: Vec<char> = name.chars().collect();
    let is_two = SURNAMES_OF_TWO.iter().any(|surname| name.starts_with(surname));
    let surname = match (is_two, letters.len()) {
        (true, 4) => 2,
        (false, 3) => 1,
        _ => 0,
    };
    let surname = if letters.iter().all(|letter| is_han(*letter)) { surname } else { 0 };
    name.char_indices().nth(surname).and_then(|(from, _)| name.get(from..)).unwrap_or(name)
}

fn is_han(letter: char) -> bool {
    matches!(letter,
        '々' | '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_called_as_their_family_calls_them() {
        for (names, said) in [
            (&["李雨桐", "李雨辰"][..], "雨桐、雨辰"),
            (&["欧阳一诺"][..], "一诺"),
            (&["欧阳娜"][..], "欧阳娜"),
            (&["陈妤"][..], "陈妤"),
            (&["李雨桐", "王雨桐"][..], "李雨桐、王雨桐"),
            (&["Ann Lee"][..], "Ann Lee"),
            (&["阿依古丽"][..], "阿依古丽"),
        ] {
            assert_eq!(given_names(names).join("、"), said);
        }
    }
}
