//! All events of a term.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use xinmei_model::{Event, EventState, Kind, Level, List, Power, Session, Share, Stand, Year};

use super::{Held, counted};
use crate::{
    Client,
    api::{
        Ask, Fault,
        attendance::{TagRow, TermCount, TermEvent, TermId, TermName, TermPlace, TermReport, TermView},
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        reading::{Reading, count},
        terms::terms_begun,
    },
};

impl Ask for TermReport {
    type Reply = TermView;

    async fn answer(self, client: &Client) -> Result<TermView, Fault> {
        read(client, move |reading| term(reading, self.term)).await
    }
}

/// An event with its sessions of the term that have begun.
struct Past {
    event: Event,
    held: Vec<Held>,
}

pub(super) fn term(reading: &Reading<'_>, wanted: Option<TermId>) -> Result<TermView, Fault> {
    if !reading.has(Power::ManageEvents) {
        return Err(no_power(Power::ManageEvents));
    }
    let years: Vec<Year> = reading.snapshot.list(List::All(Kind::Year))?;
    let terms = terms_begun(&years, reading.day);
    let term = match wanted {
        Some(id) => Some(terms.iter().find(|term| term.id == id).ok_or_else(|| invalid("term"))?),
        None => terms.first(),
    };
    let mut found = Found::default();
    if let Some(term) = term {
        found.look(reading, term)?;
    }
    let begins_in = |term: &TermName| years.iter().find(|year| year.id == term.id.year);
    let year = term.and_then(begins_in).map(|year| year.begins_in);
    let shares: Vec<Share> = found.past.iter().flat_map(Past::shares).cloned().collect();
    let by_place = |level| {
        let rows = reading.by_place(&shares, level, year).into_iter();
        rows.map(|(place, shares)| TermPlace { place, count: of_shares(&shares) }).collect::<Vec<_>>()
    };
    Ok(TermView {
        whole: of_events(&found.past.iter().collect::<Vec<_>>()),
        programmes: programmes(&found.past),
        campuses: by_place(Level::Campus),
        grades: by_place(Level::Grade),
        events: found.past.iter().filter_map(event_row).collect(),
        ahead: found.ahead,
        unchecked: found.unchecked,
        called_off: found.called_off,
        made: reading.now,
        term: term.cloned(),
        terms,
    })
}

#[derive(Default)]
struct Found {
    past: Vec<Past>,
    ahead: u32,
    unchecked: u32,
    called_off: u32,
}

impl Found {
    fn look(&mut self, reading: &Reading<'_>, term: &TermName) -> Result<(), Fault> {
        let events: Vec<Event> = reading.snapshot.list(List::All(Kind::Event))?;
        let ours = |event: &Event| {
            event.state != EventState::Draft && reading.may(Power::ManageEvents, &event.held_at)
        };
        for event in events.into_iter().filter(ours) {
            let within = |day: Date| term.from <= day && day <= term.to;
            let mut held = reading.held(&event, |session| within(session.starts.date()))?;
            let stands = |wanted| held.iter().filter(move |one| one.stand == wanted);
            self.called_off += count(stands(Stand::CalledOff));
            self.unchecked += count(stands(Stand::Unchecked));
            self.ahead += count(held.iter().filter(|one| one.stand.counts() && !one.has_begun(reading)));
            held.retain(|one| one.has_begun(reading));
            if !held.is_empty() {
                self.past.push(Past { event, held });
            }
        }
        self.past
            .sort_by_key(|past| (past.held.first().map(|one| one.session.starts.timestamp()), past.event.id));
        Ok(())
    }
}

impl Past {
    fn shares(&self) -> impl Iterator<Item = &Share> {
        self.held.iter().flat_map(|held| &held.shares)
    }
}

fn of_events(events: &[&Past]) -> TermCount {
    let held = || events.iter().flat_map(|past| &past.held);
    let shares: Vec<&Share> = events.iter().flat_map(|past| past.shares()).collect();
    TermCount {
        events: count(events),
        sessions: count(held()),
        capacity: Some(seats(held().map(|one| &one.session))),
        counted: counted(shares.iter().copied()),
    }
}

/// Seats of these sessions; those that several share count once.
fn seats<'s>(sessions: impl Iterator<Item = &'s Session>) -> u32 {
    let seats: BTreeMap<_, _> = sessions.map(|session| (session.counted_with(), session.capacity)).collect();
    seats.values().sum()
}

fn of_shares(shares: &[&Share]) -> TermCount {
    let events: BTreeSet<_> = shares.iter().map(|share| share.event).collect();
    let sessions: BTreeSet<_> = shares.iter().map(|share| share.session).collect();
    TermCount {
        events: count(events),
        sessions: count(sessions),
        capacity: None,
        counted: counted(shares.iter().copied()),
    }
}

/// By tag, as they are written; what has none stands last.
fn programmes(past: &[Past]) -> Vec<TagRow> {
    let mut by_tag: BTreeMap<Option<&str>, Vec<&Past>> = BTreeMap::new();
    for one in past {
        let tags: BTreeSet<_> = one.event.tags().collect();
        if tags.is_empty() {
            by_tag.entry(None).or_default().push(one);
        }
        for tag in tags {
            by_tag.entry(Some(tag)).or_default().push(one);
        }
    }
    let none = by_tag.remove(&None).map(|past| (None, past));
    let rows = by_tag.into_iter().chain(none);
    rows.map(|(tag, past)| TagRow { tag: tag.map(str::to_owned), count: of_events(&past) }).collect()
}

fn event_row(past: &Past) -> Option<TermEvent> {
    let first = past.held.first()?;
    Some(TermEvent {
        event: past.event.id,
        title: past.event.title.clone(),
        tags: past.event.tags().map(str::to_owned).collect(),
        starts: first.session.starts.clone(),
        count: of_events(&[past]),
    })
}
