//! A person's calendar: the bookings of the children they decide for, meetings, turns in contests, the shifts they took and those their children
//! come to. Worked out from the rows each time it is asked for, so that a right that ended empties it at once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    Booking, BookingState, CalendarEntry, CalendarLanguage, CalendarLink, CalendarStatus, Child, Conference,
    ConferenceKind, ConferenceState, ContestState, ContestTime, Event, EventState, Facts, FileHash, Id, Kind,
    Link, List, Meeting, MeetingOffer, MeetingState, Person, Right, Role, School, Seat, Session,
    SessionState, Stop,
    calendar_entry::{given_names, lines},
    calendar_shifts::{of_pupils, of_takes},
    calendar_words::Says,
    contest_times, limits,
};

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
    // A child's shifts are read by whoever may decide for it or see its records.
    let served =
        |link: &&&Link| [Right::Decide, Right::Records].iter().any(|right| link.allows(*right, today));
    let served: BTreeSet<_> = links.iter().filter(served).map(|link| link.child).collect();
    let decided: Vec<_> = links.into_iter().filter(|link| link.allows(Right::Decide, today)).collect();
    let mut entries = of_bookings(facts, person, &decided, language)?;
    entries.extend(of_meetings(facts, person, &told, language)?);
    entries.extend(of_contests(facts, &told, language)?);
    entries.extend(of_pupils(facts, &served, language)?);
    if belongs {
        entries.extend(of_takes(facts, person, language)?);
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
