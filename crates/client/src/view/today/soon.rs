//! Events that open, close or take place soon.

use xinmei_model::{Event, EventState, Kind, List};

use crate::{
    api::{
        Fault,
        today::{EventSoon, Soon},
    },
    view::reading::Reading,
};

/// How far ahead a day looks at events.
const DAYS_AHEAD: i64 = 14;

/// The next thing that happens to each event `concerns` picks, by time.
pub(super) fn events(
    reading: &Reading<'_>,
    concerns: impl Fn(&Event) -> bool,
) -> Result<Vec<EventSoon>, Fault> {
    let events: Vec<Event> = reading.snapshot.list(List::All(Kind::Event))?;
    let mut found = Vec::new();
    for event in events.iter().filter(|event| event.state == EventState::Published && concerns(event)) {
        found.extend(next_of(reading, event)?);
    }
    found.sort_by(|a, b| a.at.timestamp().cmp(&b.at.timestamp()).then_with(|| a.title.cmp(&b.title)));
    Ok(found)
}

fn next_of(reading: &Reading<'_>, event: &Event) -> Result<Option<EventSoon>, Fault> {
    let sessions = reading.sessions_of(event.id)?;
    let starts = sessions.iter().map(|session| (Soon::Starts, &session.starts));
    let happenings = [(Soon::Opens, &event.opens), (Soon::Closes, &event.closes)].into_iter().chain(starts);
    let soon = happenings.filter(|(_, at)| reading.comes_within(at, DAYS_AHEAD));
    let next = soon.min_by_key(|(_, at)| at.timestamp()).map(|(when, at)| (when, at.clone()));
    Ok(next.map(|(when, at)| EventSoon { event: event.id, title: event.title.clone(), when, at, sessions }))
}
