//! Offers: when and where somebody of the school is there to meet families. The times one can book follow from an offer by
//! [`slots_of`] alone, so breaks and time between two families hold by construction.

use jiff::{SignedDuration, Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Change, Child, Clash, Conference, ConferenceKind, Cut, Facts, Feed, Id, Kind, Level, List,
    Meeting, MeetingState, Person, Place, Power, Refusal, Role, RoleKind, Stay, Stop, clash::clash,
    clash::overlap, conference::check_minutes, derived, facts::Decision, limits, limits::check_text, meeting,
    rights,
};

/// A time in which nobody is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Break {
    /// From when.
    #[schemars(with = "String")]
    pub from: Zoned,
    /// Until when.
    #[schemars(with = "String")]
    pub until: Zoned,
}

/// An offer as its author plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfferDraft {
    /// Made by the author's device; that of an offer that is there changes it.
    pub id: Id<MeetingOffer>,
    /// In which conference.
    pub conference: Id<Conference>,
    /// The campus, or the school where it has only one.
    pub place: Id<Place>,
    /// 教学楼 203
    pub room: String,
    /// From when.
    #[schemars(with = "String")]
    pub from: Zoned,
    /// Until when, within a day.
    #[schemars(with = "String")]
    pub until: Zoned,
    /// Minutes of one meeting.
    pub minutes: u32,
    /// Minutes between two meetings.
    pub buffer: u32,
    /// When nobody is met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<Break>,
}

/// When and where somebody of the school is there. Public, with the times that are taken, but not by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingOffer {
    /// Identity.
    pub id: Id<MeetingOffer>,
    /// In which conference.
    pub conference: Id<Conference>,
    /// The hat it was made in.
    pub role: Id<Role>,
    /// Who is there: for every child this person has a hat for.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// What they are: 班主任, 心理老师.
    pub role_kind: RoleKind,
    /// The campus, or the school where it has only one.
    pub place: Id<Place>,
    /// On which campus, if on one.
    pub campus: Option<Id<Place>>,
    /// Where on the campus.
    pub room: String,
    /// From when.
    pub from: Zoned,
    /// Until when.
    pub until: Zoned,
    /// Minutes of one meeting.
    pub minutes: u32,
    /// Minutes between two meetings.
    pub buffer: u32,
    /// When nobody is met.
    pub breaks: Vec<Break>,
    /// The starts nobody can book any more, in order.
    pub taken: Vec<Timestamp>,
    /// Nothing is offered any more.
    pub withdrawn: bool,
}

/// A time of an offer that one family can book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
}

impl MeetingOffer {
    /// Where and when a slot of it is.
    #[must_use]
    pub fn stay<'s>(&self, slot: &'s Slot) -> Stay<'s> {
        Stay { starts: &slot.starts, ends: &slot.ends, campus: self.campus }
    }

    /// The slot that begins at this moment, if there is one.
    #[must_use]
    pub fn slot_at(&self, starts: Timestamp) -> Option<Slot> {
        slots_of(self).into_iter().find(|slot| slot.starts.timestamp() == starts)
    }

    /// Whether this time can be booked by nobody else any more.
    #[must_use]
    pub fn is_taken(&self, starts: Timestamp) -> bool {
        self.taken.contains(&starts)
    }

    /// What a slot is called, so that one guardian has one meeting in it.
    pub(crate) fn slot_id(&self, starts: Timestamp) -> Uuid {
        let second = u128::from(starts.as_second().unsigned_abs());
        derived::<Self>("slot", self.id.uuid(), Uuid::from_u128(second)).uuid()
    }
}

/// The times one can book, in order: one after the other with the buffer between them, none into a break, none over the end.
#[must_use]
pub fn slots_of(offer: &MeetingOffer) -> Vec<Slot> {
    let minutes = |minutes: u32| SignedDuration::from_mins(i64::from(minutes));
    let mut breaks: Vec<_> = offer.breaks.iter().collect();
    breaks.sort_by_key(|one| one.from.timestamp());
    let (mut slots, mut starts) = (Vec::new(), offer.from.clone());
    if offer.withdrawn || offer.minutes == 0 {
        return slots;
    }
    while slots.len() < limits::SLOTS_PER_OFFER {
        let Ok(ends) = starts.checked_add(minutes(offer.minutes)) else { break };
        if ends.timestamp() > offer.until.timestamp() {
            break;
        }
        if let Some(pause) = breaks.iter().find(|one| overlap((&starts, &ends), (&one.from, &one.until))) {
            starts = pause.until.clone();
            continue;
        }
        let Ok(next) = ends.checked_add(minutes(offer.buffer)) else { break };
        slots.push(Slot { starts, ends });
        starts = next;
    }
    slots
}

/// Whether somebody has a hat for this child today: only then there is something to talk about.
pub(crate) fn has_hat_for(facts: &Facts, person: Id<Person>, child: &Child) -> Result<bool, Stop> {
    let today = facts.today()?;
    let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
    Ok(roles.into_iter().any(|role| role.holds(today) && role.may(Power::Converse, &child.path)))
}

/// Offers times, or changes what was offered. Meetings that stand stay; where the new times leave none for them, only with a
/// [`Cut`].
pub(crate) fn offer(facts: &Facts, actor: &Actor, draft: &OfferDraft, cut: Option<&Cut>) -> Decision {
    let conference = facts.get(draft.conference)?;
    let refused = || Stop::from(Refusal::NoPower { power: Power::Converse });
    let role = rights::role_worn(facts, actor)?.ok_or_else(refused)?;
    let path = &facts.get(role.place)?.path;
    if !conference.takes_offers_of(role, path) {
        return Err(refused());
    }
    if conference.is_cancelled() {
        return Err(Refusal::EventNotOpen.into());
    }
    check(facts, draft)?;
    let before = facts.find(draft.id)?;
    let fresh = match before {
        // Somebody else's offer is nobody's to change.
        Some(before) if before.person != role.person || before.conference != draft.conference => {
            return Err(facts.missing(Kind::MeetingOffer));
        }
        Some(before) if before.withdrawn => return Err(Refusal::BookingGone.into()),
        Some(_) => false,
        None if facts.taken(draft.id)? => return Err(Refusal::Malformed { field: "id".into() }.into()),
        None => true,
    };
    if fresh && facts.now() >= draft.from.timestamp() {
        return Err(Refusal::Started { since: draft.from.clone() }.into());
    }
    let place = facts.find(draft.place)?.ok_or_else(|| facts.missing(Kind::Place))?;
    if !conference.held_at.iter().any(|above| place.path.contains(above)) {
        return Err(Refusal::Malformed { field: "place".into() }.into());
    }
    let above = Facts::each(&place.path, |place| facts.get(*place))?;
    let campus = above.into_iter().find(|place| place.level == Level::Campus).map(|place| place.id);
    check_alone(facts, draft, campus, role.person)?;
    let mut offer = MeetingOffer {
        id: draft.id,
        conference: draft.conference,
        role: before.map_or(role.id, |before| before.role),
        person: role.person,
        person_name: role.person_name.clone(),
        role_kind: before.map_or(role.kind, |before| before.role_kind),
        place: draft.place,
        campus,
        room: draft.room.trim().to_owned(),
        from: draft.from.clone(),
        until: draft.until.clone(),
        minutes: draft.minutes,
        buffer: draft.buffer,
        breaks: draft.breaks.clone(),
        taken: Vec::new(),
        withdrawn: false,
    };
    if slots_of(&offer).is_empty() {
        return Err(Refusal::Malformed { field: "until".into() }.into());
    }
    let Some(before) = before else { return Ok(vec![offer.put()]) };
    let lost = check_cut(facts, &offer, cut)?;
    // A time whose meeting was cut is offered anew; one whose meeting was cancelled alone stays taken: nobody is there.
    let stays = |at: &Timestamp| {
        offer.slot_at(*at).is_some() && !lost.iter().any(|meeting| meeting.starts.timestamp() == *at)
    };
    offer.taken = before.taken.iter().copied().filter(stays).collect();
    Ok(std::iter::once(offer.put()).chain(cut_meetings(facts, lost, cut)).collect())
}

/// Takes an offer back: whose it is may, and the desk of a conference day, for somebody who is ill.
pub(crate) fn withdraw(facts: &Facts, actor: &Actor, id: Id<MeetingOffer>, cut: Option<&Cut>) -> Decision {
    let offer = facts.get(id)?;
    let conference = facts.get(offer.conference)?;
    let role = rights::role_worn(facts, actor)?;
    let own = role.is_some_and(|role| role.person == offer.person);
    let desk = conference.kind == ConferenceKind::ConferenceDay
        && role.is_some_and(|role| role.may(Power::ManageEvents, &conference.held_at));
    if !own && !desk {
        return Err(Refusal::NoPower { power: Power::ManageEvents }.into());
    }
    if offer.withdrawn {
        return Ok(Vec::new());
    }
    let gone = MeetingOffer { withdrawn: true, ..offer.clone() };
    let lost = check_cut(facts, &gone, cut)?;
    Ok(std::iter::once(gone.put()).chain(cut_meetings(facts, lost, cut)).collect())
}

/// The meetings still to come for which an offer that reads so has no slot any more.
pub fn lost_meetings<'m>(
    meetings: impl IntoIterator<Item = &'m Meeting>,
    after: &MeetingOffer,
    now: Timestamp,
) -> Vec<&'m Meeting> {
    let slots = slots_of(after);
    let stands = |meeting: &Meeting| {
        let same = |slot: &Slot| slot.starts == meeting.starts && slot.ends == meeting.ends;
        meeting.campus == after.campus && slots.iter().any(same)
    };
    let ahead =
        |meeting: &&Meeting| meeting.state == MeetingState::Booked && now < meeting.starts.timestamp();
    meetings.into_iter().filter(ahead).filter(|meeting| !stands(meeting)).collect()
}

/// The meetings that are lost. Without a reason for their families, or where it is about another number of them by now, the
/// school says no.
fn check_cut<'f>(
    facts: &'f Facts,
    after: &MeetingOffer,
    cut: Option<&Cut>,
) -> Result<Vec<&'f Meeting>, Stop> {
    if let Some(cut) = cut {
        check_text("reason", &cut.reason, 1, limits::NOTE_CHARS)?;
    }
    let meetings = facts.list::<Meeting>(List::MeetingsAt(after.id), limits::ROWS_PER_LIST)?;
    let lost = lost_meetings(meetings, after, facts.now());
    let used = u32::try_from(lost.len()).unwrap_or(u32::MAX);
    match cut {
        None if used > 0 => Err(Refusal::SeatsHeld { used }.into()),
        Some(cut) if cut.families != used => {
            Err(Refusal::AudienceChanged { seen: cut.families, now: used }.into())
        }
        _ => Ok(lost),
    }
}

/// Cancels these meetings, with the reason for each family.
fn cut_meetings(facts: &Facts, lost: Vec<&Meeting>, cut: Option<&Cut>) -> Vec<Change> {
    let reason = cut.map(|cut| cut.reason.trim()).unwrap_or_default();
    lost.into_iter().map(|meeting| meeting::cancelled(facts, meeting, reason)).collect()
}

fn check(facts: &Facts, draft: &OfferDraft) -> Result<(), Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let too_many = |field: &str, limit| Err(Refusal::TooMany { field: field.into(), limit }.into());
    check_text("room", &draft.room, 0, limits::TITLE_CHARS)?;
    check_minutes(draft.minutes)?;
    if draft.buffer > limits::MEETING_BUFFER {
        return too_many("buffer", limits::MEETING_BUFFER);
    }
    let long = draft.until.timestamp().duration_since(draft.from.timestamp());
    if !long.is_positive() || long > SignedDuration::from_hours(24) {
        return malformed("until");
    }
    if draft.from.timestamp().duration_since(facts.now()) > limits::SCHEDULE_AHEAD {
        return malformed("from");
    }
    if draft.breaks.len() > limits::BREAKS_PER_OFFER {
        return too_many("breaks", u32::try_from(limits::BREAKS_PER_OFFER).unwrap_or(u32::MAX));
    }
    if draft.breaks.iter().any(|one| one.from.timestamp() >= one.until.timestamp()) {
        return malformed("breaks");
    }
    Ok(())
}

/// Nobody is in two rooms: what somebody offers falls together with nothing else they offer, and has the way between.
fn check_alone(
    facts: &Facts,
    draft: &OfferDraft,
    campus: Option<Id<Place>>,
    person: Id<Person>,
) -> Result<(), Stop> {
    let offers = facts.list::<MeetingOffer>(List::MeetingOffersBy(person), limits::ROWS_PER_LIST)?;
    let others: Vec<_> =
        offers.into_iter().filter(|other| other.id != draft.id && !other.withdrawn).collect();
    let conferences = Facts::each(&others, |other| facts.find(other.conference))?;
    let travel = facts.school()?.travel_min;
    let stay = Stay { starts: &draft.from, ends: &draft.until, campus };
    for (other, conference) in others.into_iter().zip(conferences) {
        let there = Stay { starts: &other.from, ends: &other.until, campus: other.campus };
        let counts = conference.is_some_and(|conference| !conference.is_cancelled());
        if let Some(why) = clash(stay, there, travel).filter(|_| counts) {
            return Err(clashes(&other.from, why));
        }
    }
    Ok(())
}

pub(crate) fn clashes(at: &Zoned, why: Clash) -> Stop {
    Refusal::MeetingClash { at: at.clone(), too_far: why == Clash::TooFar }.into()
}

impl MeetingOffer {
    pub(crate) fn put(self) -> Change {
        Change::put(self, [Feed::School])
    }
}
