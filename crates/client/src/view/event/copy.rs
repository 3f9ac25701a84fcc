//! 照去年再办: a past event as the plan of a new one.

use std::collections::BTreeSet;

use jiff::civil::Date;
use xinmei_model::{
    Course, Event, EventShape, HeldFor, Id, Kind, List, Place, Power, Session, Year, copied_sessions,
    day_of_copy, successor,
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        desk::{Copied, Copy, Publish},
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        reading::Reading,
        theme::planned,
    },
};

impl Ask for Copy {
    type Reply = Copied;

    async fn answer(self, client: &Client) -> Result<Copied, Fault> {
        read(client, move |reading| copy(reading, self.event)).await
    }
}

pub(super) fn copy(reading: &Reading<'_>, id: Id<Event>) -> Result<Copied, Fault> {
    let event = reading.event(id)?;
    if !reading.may(Power::ManageEvents, &event.held_at) {
        return Err(no_power(Power::ManageEvents));
    }
    let sessions: Vec<Session> = reading.snapshot.list(List::SessionsOf(id))?;
    let sessions = copied_sessions(&sessions);
    let shape = EventShape::of(&event, &sessions, &reading.zone).ok_or_else(|| invalid("sessions"))?;
    let first = day_of_copy(&shape, &sessions, &reading.zone, reading.now).ok_or_else(|| invalid("event"))?;
    let used = reading.venues_used()?;
    let (shape, astray) = shape.with_venues(|venue| used.contains(&venue));
    let partners = reading.partners_kept()?;
    let (shape, partner_gone) = shape.with_partner(|partner| partners.contains(&partner));
    let was = sessions.iter().map(|session| session.starts.with_time_zone(reading.zone.clone()).date()).min();
    let was = was.ok_or_else(|| invalid("sessions"))?;
    let plan = planned(reading, shape, first, event.place).ok_or_else(|| invalid("event"))?;
    let mut followed = Followed { reading, years: years(reading, was, first)?, left_out: BTreeSet::new() };
    let eligible = followed.now(&event.eligible);
    let mut planned = plan.sessions;
    for (plan, session) in planned.iter_mut().zip(&sessions) {
        plan.eligible = followed.now(&session.eligible);
        for hold in &mut plan.holds {
            if let HeldFor::Places { places } = &mut hold.of {
                *places = followed.now(places);
            }
        }
        // Seats for a class that is no more are for everybody.
        plan.holds.retain(|hold| !matches!(&hold.of, HeldFor::Places { places } if places.is_empty()));
    }
    let left_out = followed.left_out.into_iter().map(|place| reading.place_name(place)).collect();
    // A course that has ended gets no more lessons.
    let course: Option<Course> = match &event.lesson {
        Some(lesson) => reading.snapshot.get(lesson.course)?,
        None => None,
    };
    let lesson = event.lesson.filter(|_| course.is_some_and(|course| course.is_open()));
    // Both days are the first day of a session, whole weeks apart.
    let days = was.until(first).map_or(0, |span| span.get_days());
    Ok(Copied {
        plan: Publish { eligible, sessions: planned, theme: event.theme, lesson, ..plan },
        left_out,
        astray,
        partner_gone,
        weeks: u32::try_from(days / 7).unwrap_or_default(),
    })
}

/// The school years of two days.
fn years(reading: &Reading<'_>, was: Date, first: Date) -> Result<Option<(Year, Year)>, Fault> {
    let years: Vec<Year> = reading.snapshot.list(List::All(Kind::Year))?;
    Ok(Year::of(&years, was).cloned().zip(Year::of(&years, first).cloned()))
}

/// Cohorts as they follow each other in the grades.
struct Followed<'r, 's> {
    reading: &'r Reading<'s>,
    years: Option<(Year, Year)>,
    left_out: BTreeSet<Id<Place>>,
}

impl Followed<'_, '_> {
    /// The places that are now what these were; what has none is noted.
    fn now(&mut self, places: &[Id<Place>]) -> Vec<Id<Place>> {
        let mut found = Vec::with_capacity(places.len());
        for id in places {
            let all = &self.reading.places;
            let next = all
                .get(id)
                .zip(self.years.as_ref())
                .and_then(|(place, (then, now))| successor(place, then, now, all.values()));
            match next {
                Some(place) if found.contains(&place.id) => {}
                Some(place) => found.push(place.id),
                None => {
                    self.left_out.insert(*id);
                }
            }
        }
        found
    }
}
