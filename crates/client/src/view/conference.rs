//! Conferences: the list, a conference's line, and meetings in the fixed words.

mod acts;
mod family;
mod meeting;
mod plan;
mod staff;
#[cfg(test)]
mod tests;

use xinmei_model::{
    Act, Child, Conference, ConferenceKind, Hat, Id, Kind, List, MeetingOffer, Person, PleaseCome, Power,
    Slot, slots_of,
};

use super::{
    ask::read,
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        self, Ask, Fault,
        conference::{ConferenceLine, Conferences, MeetingIs, MeetingView, PleaseComeView},
        profile::ChildName,
    },
    fault::invalid,
};

/// A conference leaves the list so many days after its last time, or after booking closed where nothing was offered.
const DAYS_BACK: i64 = 60;

impl Ask for api::conference::List {
    type Reply = Conferences;

    async fn answer(self, client: &Client) -> Result<Conferences, Fault> {
        read(client, list).await
    }
}

fn list(reading: &Reading<'_>) -> Result<Conferences, Fault> {
    let all: Vec<Conference> = reading.snapshot.list(List::All(Kind::Conference))?;
    let mine = reading.own_meetings()?;
    let mut conferences = Vec::new();
    let mut turns = None;
    for conference in &all {
        let line = reading.conference_line(conference, &mine)?;
        let last = line.ends.as_ref().unwrap_or(&line.closes).timestamp();
        if reading.is_recent(last, DAYS_BACK) && reading.concerns(conference, &line)? {
            let next = reading.conference_turns(conference)?;
            turns = [turns, next].into_iter().flatten().min();
            conferences.push(line);
        }
    }
    conferences.sort_by_key(|line| {
        let over = line.ends.as_ref().is_some_and(|ends| ends.timestamp() <= reading.now);
        let at = line.starts.as_ref().unwrap_or(&line.opens).timestamp();
        (over || line.pending.is_none() && is_cancelled(line), at, line.id)
    });
    Ok(Conferences {
        conferences,
        day_places: reading.place_names_with(Power::ManageEvents),
        guidance_places: guidance_places(reading),
        turns,
    })
}

fn is_cancelled(line: &ConferenceLine) -> bool {
    line.state != xinmei_model::ConferenceState::Planned
}

/// Where the hat may open a station: whoever plans events, and whoever talks with families.
fn guidance_places(reading: &Reading<'_>) -> Vec<api::profile::PlaceName> {
    let plans = reading.place_names_with(Power::ManageEvents);
    if plans.is_empty() { reading.place_names_with(Power::Converse) } else { plans }
}

impl Reading<'_> {
    /// A conference that is there.
    pub(crate) fn conference(&self, id: Id<Conference>) -> Result<Conference, Fault> {
        self.snapshot.get(id)?.ok_or_else(|| invalid("conference"))
    }

    /// Whether somebody in the hat has to do with a conference: families with those for their children alone.
    fn concerns(&self, conference: &Conference, line: &ConferenceLine) -> Result<bool, Fault> {
        if self.hat != Hat::Guardian || !line.mine.is_empty() || !line.please_come.is_empty() {
            return Ok(true);
        }
        let offers = self.offers_in(conference.id)?;
        for own in super::family::Family::load(self)?.children() {
            if own.child.path.contains(&conference.place) {
                return Ok(true);
            }
            for offer in &offers {
                if self.has_hat_for(offer.person, &own.child)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// What is offered in a conference, by start.
    pub(crate) fn offers_in(&self, id: Id<Conference>) -> Result<Vec<MeetingOffer>, Fault> {
        let mut offers: Vec<MeetingOffer> = self.snapshot.list(List::MeetingOffersOf(id))?;
        offers.retain(|offer| !offer.withdrawn);
        Ok(offers)
    }

    /// Whether a slot can be booked, as last heard.
    pub(crate) fn is_free(&self, offer: &MeetingOffer, slot: &Slot) -> bool {
        let starts = slot.starts.timestamp();
        self.now < starts && !offer.is_taken(starts)
    }

    /// One line of the list.
    pub(crate) fn conference_line(
        &self,
        conference: &Conference,
        mine: &[MeetingView],
    ) -> Result<ConferenceLine, Fault> {
        let offers = self.offers_in(conference.id)?;
        let people: std::collections::BTreeSet<_> = offers.iter().map(|offer| offer.person).collect();
        let free = offers.iter().flat_map(|offer| slots_of(offer).into_iter().map(move |slot| (offer, slot)));
        let here = |meeting: &&MeetingView| {
            let given_back = meeting.state == MeetingIs::Withdrawn && meeting.pending.is_none();
            meeting.conference == conference.id && !given_back
        };
        let runs = self.role().is_some_and(|role| conference.is_run_by(role));
        Ok(ConferenceLine {
            id: conference.id,
            kind: conference.kind,
            title: conference.title.clone(),
            about: conference.about.clone(),
            place: self.place_name(conference.place),
            state: conference.state.clone(),
            opens: conference.opens.clone(),
            closes: conference.closes.clone(),
            open_now: conference.open_at(self.now).is_ok(),
            minutes: conference.minutes,
            version: conference.version,
            starts: offers.iter().map(|offer| &offer.from).min_by_key(|at| at.timestamp()).cloned(),
            ends: offers.iter().map(|offer| &offer.until).max_by_key(|at| at.timestamp()).cloned(),
            people: count(people),
            free: count(free.filter(|(offer, slot)| self.is_free(offer, slot))),
            mine: mine.iter().filter(here).cloned().collect(),
            please_come: self.still_asked(conference.id, mine)?,
            runs,
            desk: conference.kind == ConferenceKind::ConferenceDay
                && self.may(Power::ManageEvents, &conference.held_at),
            may_offer: !conference.is_cancelled() && self.may_offer_in(conference),
            pending: self.about_conference(conference.id),
        })
    }

    fn may_offer_in(&self, conference: &Conference) -> bool {
        self.role().is_some_and(|role| {
            let path = self.places.get(&role.place).map(|place| place.path.as_slice()).unwrap_or_default();
            conference.takes_offers_of(role, path)
        })
    }

    /// To change a conference or call it off.
    fn about_conference(&self, id: Id<Conference>) -> Option<api::sync::ItemState> {
        let is_it = |act: &Act| match act {
            Act::OpenConference { conference } | Act::ChangeConference { conference, .. } => {
                conference.id == id
            }
            Act::CancelConference { conference, .. } => *conference == id,
            _ => false,
        };
        self.wishes.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// When what may be done here changes next by time alone.
    pub(crate) fn conference_turns(&self, conference: &Conference) -> Result<Option<jiff::Timestamp>, Fault> {
        let offers = self.offers_in(conference.id)?;
        let starts = offers.iter().flat_map(slots_of).map(|slot| slot.starts.timestamp());
        let moments = [conference.opens.timestamp(), conference.closes.timestamp()];
        Ok(starts.chain(moments).filter(|at| *at > self.now).min())
    }

    /// To what the family of a child was asked to come.
    pub(crate) fn asked_for(&self, child: Id<Child>) -> Result<Vec<PleaseCome>, Fault> {
        let mut asked: Vec<PleaseCome> = self.snapshot.list(List::PleaseComeFor(child))?;
        asked.retain(|asked| !asked.ended);
        asked.sort_by_key(|asked| asked.at);
        Ok(asked)
    }

    /// Whom the guardian was asked to come to in a conference, and has no meeting with that stands or waits.
    pub(crate) fn still_asked(
        &self,
        id: Id<Conference>,
        mine: &[MeetingView],
    ) -> Result<Vec<PleaseComeView>, Fault> {
        let mut views = Vec::new();
        if self.hat != Hat::Guardian {
            return Ok(views);
        }
        for own in super::family::Family::load(self)?.children() {
            for asked in self.asked_for(own.child.id)? {
                let met = |meeting: &MeetingView| {
                    meeting.conference == id
                        && meeting.child.id == asked.child
                        && meeting.person == asked.person
                        && meeting::is_live(&meeting.state)
                };
                if asked.conference == id && !mine.iter().any(met) {
                    views.push(asked_view(&asked, own.name.clone()));
                }
            }
        }
        Ok(views)
    }

    /// Whether somebody has a hat in which they talk with the family of this child.
    pub(crate) fn has_hat_for(&self, person: Id<Person>, child: &Child) -> Result<bool, Fault> {
        let roles: Vec<xinmei_model::Role> = self.snapshot.list(List::RolesOf(person))?;
        Ok(roles.iter().any(|role| role.holds(self.day) && role.may(Power::Converse, &child.path)))
    }
}

pub(crate) fn asked_view(asked: &PleaseCome, child: ChildName) -> PleaseComeView {
    PleaseComeView {
        conference: asked.conference,
        child,
        person: asked.person,
        person_name: asked.person_name.clone(),
        words: asked.words.clone(),
        at: asked.at,
    }
}
