//! Venues: where events and their sessions are held.

use std::collections::HashMap;

use xinmei_model::{
    Act, Event, Id, Kind, List, Place, Power, Session, Venue, VenueDrop, VenuePut, VenueWas, venue_troubles,
};

use super::{
    ask::{read, save},
    reading::Reading,
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        venue::{self, Drop, Exceeding, Put, VenueExceeded, VenueHere, VenueUse, VenueView, Venues},
        venue_fit::{Fits, Fitting, Misfit},
    },
};

impl Ask for venue::List {
    type Reply = Venues;

    async fn answer(self, client: &Client) -> Result<Venues, Fault> {
        read(client, list).await
    }
}

impl Ask for Put {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { venue, draft } = self;
        let venue = venue.unwrap_or_else(|| client.new_id());
        save(client, Act::PutVenue(VenuePut { venue, draft })).await
    }
}

impl Ask for Drop {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::DropVenue(VenueDrop { venue: self.venue })).await
    }
}

impl Ask for Exceeding {
    type Reply = VenueExceeded;

    async fn answer(self, client: &Client) -> Result<VenueExceeded, Fault> {
        read(client, move |reading| {
            let mut sessions = reading.coming_at(self.venue, self.capacity)?;
            sessions.retain(|session| session.over);
            Ok(VenueExceeded { sessions })
        })
        .await
    }
}

impl Ask for Fits {
    type Reply = Fitting;

    async fn answer(self, client: &Client) -> Result<Fitting, Fault> {
        let draft = self.plan.draft(client, self.event.unwrap_or_else(|| client.new_id()));
        read(client, move |reading| {
            let found = reading.snapshot.settle(|facts| venue_troubles(facts, &draft))?;
            let misfit =
                |(session, refusal)| Misfit { session: u32::try_from(session).unwrap_or(u32::MAX), refusal };
            let troubles = found.unwrap_or_default().into_iter();
            Ok(Fitting { troubles: troubles.map(|one| misfit((one.session, one.refusal))).collect() })
        })
        .await
    }
}

fn list(reading: &Reading<'_>) -> Result<Venues, Fault> {
    let found: Vec<Venue> = reading.snapshot.list(List::All(Kind::Venue))?;
    let mut venues = Vec::with_capacity(found.len());
    for venue in found {
        venues.push(VenueView {
            id: venue.id,
            place: reading.place_name(venue.draft.place),
            keeps: reading.may(Power::ManageEvents, &venue.held_at),
            coming: reading.coming_at(venue.id, venue.draft.capacity)?,
            draft: venue.draft,
            names: venue.names,
            at: venue.at,
        });
    }
    let order = |place: Id<Place>| reading.places.get(&place).map(|place| reading.place_order(place));
    venues.sort_by_cached_key(|one| (order(one.draft.place), one.draft.name.clone(), one.id));
    let mut places = reading.places_with(Power::ManageEvents);
    places.retain(|place| place.is_ground());
    Ok(Venues { venues, places: places.into_iter().map(|place| reading.place_name(place.id)).collect() })
}

impl Reading<'_> {
    /// What is on in a venue from now on, by start; marked where it has more seats than so many people.
    fn coming_at(&self, venue: Id<Venue>, capacity: u32) -> Result<Vec<VenueUse>, Fault> {
        let mut sessions: Vec<Session> = self.snapshot.list(List::SessionsAt(venue))?;
        sessions.retain(|session| session.ends.timestamp() > self.now);
        sessions.sort_by_cached_key(|session| (session.starts.timestamp(), session.id));
        let over: Vec<_> =
            Venue::exceeding(capacity, &sessions, self.now).map(|session| session.id).collect();
        let mut coming = Vec::new();
        for session in sessions {
            let event: Option<Event> = self.snapshot.get(session.event)?;
            let Some(event) = event.filter(|event| session.takes_place(event)) else { continue };
            coming.push(VenueUse {
                event: event.id,
                title: event.title,
                session: session.id,
                over: over.contains(&session.id),
                name: session.name,
                starts: session.starts,
                ends: session.ends,
                capacity: session.capacity,
            });
        }
        Ok(coming)
    }

    /// Where something is, for whoever goes there.
    pub(crate) fn venue_here(&self, venue: Option<Id<Venue>>) -> Result<Option<VenueHere>, Fault> {
        let Some(venue) = self.venue(venue)? else { return Ok(None) };
        let Venue { id, draft, dropped, .. } = venue;
        let place = self.place_name(draft.place);
        let (name, location, note, capacity) = (draft.name, draft.location, draft.note, draft.capacity);
        Ok(Some(VenueHere { id, name, location, note, capacity, place, dropped }))
    }

    /// The venue a session has of its own, in words.
    pub(crate) fn own_venue(&self, session: &Session) -> Result<Option<VenueHere>, Fault> {
        let event: Option<Event> = self.snapshot.get(session.event)?;
        let Some(event) = event.filter(|event| session.own_venue(event).is_some()) else { return Ok(None) };
        let name = self.venue_words(&event, session)?;
        Ok(self.venue_here(session.held_in)?.map(|here| VenueHere { name, ..here }))
    }

    fn venue(&self, venue: Option<Id<Venue>>) -> Result<Option<Venue>, Fault> {
        venue.map_or(Ok(None), |venue| self.snapshot.get(venue))
    }

    /// Where a session is, as families read it.
    pub(crate) fn venue_words(&self, event: &Event, session: &Session) -> Result<String, Fault> {
        Ok(session.venue_words(event, self.venue(session.held_in)?.as_ref(), self.now))
    }

    /// On which campus a session is, if on one: by its venue, or by its event.
    pub(crate) fn campus_of_session(
        &self,
        event: &Event,
        session: &Session,
    ) -> Result<Option<Id<Place>>, Fault> {
        let venue = self.venue(session.held_in)?;
        self.campus_among(session.stands_at(event, venue.as_ref()))
    }

    /// The same for each session of an event.
    pub(crate) fn campuses_of(
        &self,
        event: &Event,
    ) -> Result<HashMap<Id<Session>, Option<Id<Place>>>, Fault> {
        let sessions: Vec<Session> = self.snapshot.list(List::SessionsOf(event.id))?;
        sessions.iter().map(|session| Ok((session.id, self.campus_of_session(event, session)?))).collect()
    }

    /// Where a session was to be when it was booked, if that is elsewhere than now.
    pub(crate) fn venue_was(
        &self,
        event: &Event,
        session: &Session,
        booked: jiff::Timestamp,
    ) -> Result<Option<VenueWas>, Fault> {
        let mut names = HashMap::new();
        let held_in = session.venues.iter().filter_map(|was| was.held_in).chain(session.held_in);
        for venue in held_in {
            names.insert(venue, self.venue(Some(venue))?.map(|venue| venue.draft.name));
        }
        Ok(session.venue_was_at(event, booked, |venue| names.get(&venue).cloned().flatten()))
    }

    /// Venues in which something new may be held.
    pub(crate) fn venues_used(&self) -> Result<Vec<Id<Venue>>, Fault> {
        let venues: Vec<Venue> = self.snapshot.list(List::All(Kind::Venue))?;
        Ok(venues.into_iter().map(|venue| venue.id).collect())
    }
}
