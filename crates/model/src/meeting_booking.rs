//! Booking meetings: all of what a family wants at once, or none of it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Conference, ConferenceKind, Facts, Feed, Id, List, Meeting, MeetingOffer,
    MeetingState, Person, Proxy, Refusal, Slot, Stop,
    clash::clash,
    facts::Decision,
    limits,
    meeting::{guardian_in, left, put},
    meeting_offer::{clashes, has_hat_for},
};

/// A slot a family wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct MeetingWish {
    /// Of which offer.
    pub offer: Id<MeetingOffer>,
    /// When the slot begins.
    #[schemars(with = "String")]
    pub starts: Timestamp,
    /// About which child.
    pub child: Id<Child>,
}

/// A family's wish for meetings: all of them or none. Where the family has a meeting about the same child with the same person
/// already, that one moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MeetingBooking {
    /// In which conference.
    pub conference: Id<Conference>,
    /// The slots.
    pub meetings: Vec<MeetingWish>,
    /// 代办: the guardian it is entered for.
    pub on_behalf_of: Option<Proxy>,
}

/// A slot that was asked for, with what it rests on.
struct Wanted<'f> {
    offer: &'f MeetingOffer,
    child: &'f Child,
    slot: Slot,
}

impl Wanted<'_> {
    fn starts(&self) -> Timestamp {
        self.slot.starts.timestamp()
    }

    /// The same two people talk about the same child.
    fn is_again(&self, meeting: &Meeting) -> bool {
        meeting.conference == self.offer.conference
            && meeting.child == self.child.id
            && meeting.person == self.offer.person
    }

    fn is_that(&self, meeting: &Meeting) -> bool {
        self.is_again(meeting)
            && meeting.offer == self.offer.id
            && meeting.starts.timestamp() == self.starts()
    }
}

pub(crate) fn book(facts: &Facts, actor: &Actor, wish: &MeetingBooking) -> Decision {
    if wish.meetings.is_empty() {
        return Err(Refusal::Malformed { field: "meetings".into() }.into());
    }
    too_many(wish.meetings.len())?;
    let conference = facts.get(wish.conference)?;
    let offers = Facts::each(&wish.meetings, |one| facts.get(one.offer))?;
    // Who may act for a family follows from the conference: it must be that of the offers.
    if offers.iter().any(|offer| offer.conference != conference.id) {
        return Err(Refusal::Malformed { field: "offer".into() }.into());
    }
    let guardian = guardian_of(facts, actor, conference, wish, &offers)?;
    let children = Facts::each(&wish.meetings, |one| facts.get(one.child))?;
    conference.open_at(facts.now())?;
    let mut wanted = Vec::new();
    for ((one, offer), child) in wish.meetings.iter().zip(offers).zip(children) {
        wanted.push(check_slot(facts, one, offer, child)?);
    }
    let mut own = meetings_ahead(facts, guardian)?;
    if wish.on_behalf_of.is_some() {
        own.retain(|meeting| is_known_to(actor, conference, meeting));
    }
    let (moved, stay): (Vec<_>, Vec<_>) =
        own.into_iter().partition(|meeting| wanted.iter().any(|one| one.is_again(meeting)));
    // What the family has already it need not ask for again.
    wanted.retain(|one| !moved.iter().any(|meeting| one.is_that(meeting)));
    let (kept, moved): (Vec<_>, Vec<_>) =
        moved.into_iter().partition(|meeting| !wanted.iter().any(|one| one.is_again(meeting)));
    let stay: Vec<_> = stay.into_iter().chain(kept).collect();
    let here = stay.iter().filter(|meeting| meeting.conference == conference.id).count();
    too_many(here.saturating_add(wanted.len()))?;
    check_times(facts, &wanted, &stay)?;
    if !facts.complete() {
        // Somebody may have been quicker.
        return Err(Stop::Unknown);
    }
    let mut changes = take_slots(facts, &wanted, &moved)?;
    changes.extend(put_meetings(facts, actor, wish, guardian, conference, &wanted, &moved)?);
    Ok(changes)
}

fn too_many(meetings: usize) -> Result<(), Stop> {
    if meetings <= limits::MEETINGS_PER_FAMILY {
        return Ok(());
    }
    let limit = u32::try_from(limits::MEETINGS_PER_FAMILY).unwrap_or(u32::MAX);
    Err(Refusal::TooMany { field: "meetings".into(), limit }.into())
}

/// Whose meetings they are.
fn guardian_of(
    facts: &Facts,
    actor: &Actor,
    conference: &Conference,
    wish: &MeetingBooking,
    offers: &[&MeetingOffer],
) -> Result<Id<Person>, Stop> {
    let proxy = wish.on_behalf_of.as_ref();
    let guardians = Facts::each(wish.meetings.iter().zip(offers), |(one, offer)| {
        guardian_in(facts, actor, conference.kind, offer.person, one.child, proxy)
    })?;
    guardians.first().copied().ok_or_else(|| Refusal::Malformed { field: "meetings".into() }.into())
}

fn check_slot<'f>(
    facts: &Facts,
    wish: &MeetingWish,
    offer: &'f MeetingOffer,
    child: &'f Child,
) -> Result<Wanted<'f>, Stop> {
    if !has_hat_for(facts, offer.person, child)? {
        return Err(Refusal::NotEligible.into());
    }
    // What was offered when the family looked may be offered otherwise now.
    let slot = offer.slot_at(wish.starts).ok_or(Refusal::ChangedMeanwhile)?;
    if facts.now() >= slot.starts.timestamp() {
        return Err(Refusal::Started { since: slot.starts }.into());
    }
    Ok(Wanted { offer, child, slot })
}

/// The meetings a guardian still goes to, in whatever conference.
fn meetings_ahead(facts: &Facts, guardian: Id<Person>) -> Result<Vec<&Meeting>, Stop> {
    let meetings = facts.list::<Meeting>(List::MeetingsBy(guardian), limits::ROWS_PER_LIST)?;
    let ahead = |one: &&Meeting| one.state == MeetingState::Booked && facts.now() < one.starts.timestamp();
    let booked: Vec<_> = meetings.into_iter().filter(ahead).collect();
    let conferences = Facts::each(&booked, |one| facts.find(one.conference))?;
    let takes_place = |conference: Option<&Conference>| conference.is_none_or(|it| !it.is_cancelled());
    Ok(booked.into_iter().zip(conferences).filter(|(_, at)| takes_place(*at)).map(|(one, _)| one).collect())
}

/// Whether who acts for a family may learn of a meeting it has. Advice is known to the two who meet, so that even a refusal
/// must not tell of it: a family that phones says itself when it cannot come.
fn is_known_to(actor: &Actor, conference: &Conference, meeting: &Meeting) -> bool {
    let of_a_day = |kind| kind == ConferenceKind::ConferenceDay;
    actor.person() == Some(meeting.person) || of_a_day(meeting.kind) && of_a_day(conference.kind)
}

/// Nobody meets two people at one time, or one here and the next on the other campus without the time to get there.
fn check_times(facts: &Facts, wanted: &[Wanted<'_>], stay: &[&Meeting]) -> Result<(), Stop> {
    let travel = facts.school()?.travel_min;
    for (index, one) in wanted.iter().enumerate() {
        let later = wanted.iter().skip(index + 1);
        if later.clone().any(|other| one.child.id == other.child.id && one.offer.person == other.offer.person)
        {
            return Err(Refusal::Malformed { field: "meetings".into() }.into());
        }
        let others = later.map(|other| other.offer.stay(&other.slot)).chain(stay.iter().map(|it| it.stay()));
        for other in others {
            if let Some(why) = clash(one.offer.stay(&one.slot), other, travel) {
                return Err(clashes(other.starts, why));
            }
        }
    }
    Ok(())
}

/// The offers with the slots taken that are asked for, and those free again that the family leaves.
fn take_slots(facts: &Facts, wanted: &[Wanted<'_>], moved: &[&Meeting]) -> Result<Vec<Change>, Stop> {
    let mut offers: BTreeMap<Id<MeetingOffer>, MeetingOffer> = BTreeMap::new();
    for (meeting, offer) in moved.iter().zip(Facts::each(moved, |one| facts.find(one.offer))?) {
        let Some(offer) = offer else { continue };
        let offer = offers.entry(offer.id).or_insert_with(|| offer.clone());
        offer.taken.retain(|at| *at != meeting.starts.timestamp());
    }
    for one in wanted {
        let offer = offers.entry(one.offer.id).or_insert_with(|| one.offer.clone());
        if offer.is_taken(one.starts()) {
            let (offer, starts) = (offer.id.uuid(), one.slot.starts.clone());
            return Err(Refusal::SlotTaken { offer, starts }.into());
        }
        offer.taken.push(one.starts());
        offer.taken.sort_unstable();
    }
    Ok(offers.into_values().map(MeetingOffer::put).collect())
}

fn put_meetings(
    facts: &Facts,
    actor: &Actor,
    wish: &MeetingBooking,
    guardian: Id<Person>,
    conference: &Conference,
    wanted: &[Wanted<'_>],
    moved: &[&Meeting],
) -> Result<Vec<Change>, Stop> {
    let proxy = wish.on_behalf_of.as_ref();
    let entered = actor.entered(facts, proxy)?;
    let guardian_name = facts.get(guardian)?.name.clone();
    let mut rows: BTreeMap<Id<Meeting>, Meeting> = BTreeMap::new();
    for meeting in moved {
        rows.insert(meeting.id, Meeting { entered: entered.clone(), ..left(facts, meeting) });
    }
    let ids: Vec<_> = wanted.iter().map(|one| Meeting::id_in(one.offer, one.starts(), guardian)).collect();
    let before = Facts::each(&ids, |id| facts.find(*id))?;
    for ((one, id), before) in wanted.iter().zip(ids).zip(before) {
        // A desk that enters it for a family keeps it in sight; of advice it does not know.
        let desk = conference.kind == ConferenceKind::ConferenceDay;
        let enterer = proxy.and_then(|_| actor.person()).filter(|_| desk).map(Feed::Author);
        let family = [Feed::Own(one.child.id, guardian), Feed::Inbox(one.offer.role.uuid())];
        let desk = desk.then_some(Feed::Desk(conference.id.uuid()));
        let meeting = Meeting {
            id,
            conference: conference.id,
            kind: conference.kind,
            offer: one.offer.id,
            role: one.offer.role,
            person: one.offer.person,
            person_name: one.offer.person_name.clone(),
            child: one.child.id,
            child_name: one.child.name.clone(),
            guardian,
            guardian_name: guardian_name.clone(),
            starts: one.slot.starts.clone(),
            ends: one.slot.ends.clone(),
            campus: one.offer.campus,
            entered: entered.clone(),
            state: MeetingState::Booked,
            at: facts.now(),
            version: before.map_or(0, |before| before.version.saturating_add(1)),
            seen_by: family.into_iter().chain(desk).chain(enterer).collect(),
        };
        rows.insert(id, meeting);
    }
    Ok(rows.into_values().map(put).collect())
}
