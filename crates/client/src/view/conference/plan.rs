//! The proposal: all meetings a family wants without a clash, or the smallest set of them that cannot be.

use std::collections::BTreeSet;

use jiff::Timestamp;
use xinmei_model::{
    Child, Id, MeetingOffer, PlanSlot, PlanWindow, PlanWish, Refusal, Stay, Unplannable, clash, limits, plan,
    slots_for,
};

use super::{family::FamilyView, meeting::is_live};
use crate::{
    Client,
    api::{
        Ask, Fault,
        conference::MeetingIs,
        meeting_plan::{ConflictWish, Pick, Plan, Planned, PlannedMeeting, Talk},
    },
    fault::invalid,
    view::{
        ask::read,
        reading::{Reading, count},
    },
};

impl Ask for Plan {
    type Reply = Planned;

    async fn answer(self, client: &Client) -> Result<Planned, Fault> {
        read(client, move |reading| proposed(reading, &self)).await
    }
}

pub(super) fn proposed(reading: &Reading<'_>, ask: &Plan) -> Result<Planned, Fault> {
    let conference = reading.conference(ask.conference)?;
    let view = FamilyView::load(reading, &conference)?;
    if ask.wishes.len() > limits::WISHES_PER_PLAN {
        return Err(too_many());
    }
    let talks: BTreeSet<_> = ask.wishes.iter().map(|talk| (talk.child, talk.person)).collect();
    if talks.len() < ask.wishes.len() {
        return Err(invalid("wishes"));
    }
    let wishes =
        ask.wishes.iter().map(|talk| wish(reading, &view, ask, *talk)).collect::<Result<Vec<_>, Fault>>()?;
    let moves: Vec<_> = replanned(&view, ask).map(|one| one.id.uuid()).collect();
    let busy = view.committed.iter().filter(|one| !moves.contains(&one.of)).map(|one| one.stay());
    let busy: Vec<_> = busy.collect();
    match plan(&wishes, &busy, view.travel_min) {
        Ok(slots) => planned(reading, &view, &ask.wishes, slots),
        Err(Unplannable::TooMany) => Err(too_many()),
        Err(Unplannable::Conflict(set)) => {
            let told = |index: &usize| Some((ask.wishes.get(*index)?, wishes.get(*index)?));
            let conflict = set.iter().filter_map(told);
            let conflict = conflict.map(|(talk, wish)| in_conflict(reading, &view, *talk, wish, &busy));
            Ok(Planned::Conflict { wishes: conflict.collect::<Result<_, _>>()? })
        }
    }
}

fn too_many() -> Fault {
    let limit = count(0..limits::WISHES_PER_PLAN);
    Fault::Refused { refusal: Refusal::TooMany { field: "wishes".into(), limit } }
}

/// The family's meetings that the plan may put elsewhere.
fn replanned<'v>(
    view: &'v FamilyView<'_, '_>,
    ask: &'v Plan,
) -> impl Iterator<Item = &'v crate::api::conference::MeetingView> {
    let talks = ask.wishes.iter().flat_map(|talk| view.talks(talk.child, talk.person));
    talks.filter(|one| is_live(&one.state))
}

/// A talk with the slots that would do: free or the family's own, to come, within its time, for this child; one where it is
/// locked.
fn wish(reading: &Reading<'_>, view: &FamilyView<'_, '_>, ask: &Plan, talk: Talk) -> Result<PlanWish, Fault> {
    let child: Child = reading.snapshot.get(talk.child)?.ok_or_else(|| invalid("child"))?;
    let meets = reading.has_hat_for(talk.person, &child)?;
    let offers: Vec<_> = view.offers.iter().filter(|offer| meets && offer.person == talk.person).collect();
    let booked = replanned(view, ask).filter(|one| one.state == MeetingIs::Booked);
    let own: BTreeSet<_> = booked.map(|one| (one.offer, one.starts.timestamp())).collect();
    let from = ask.from.unwrap_or(Timestamp::MIN).max(reading.now);
    let window = PlanWindow { from: Some(from), until: ask.until };
    let mut slots = slots_for(&offers, &own, window);
    if let Some(locked) = ask.locked.iter().find(|pick| is_for(pick, talk, &offers)) {
        slots.retain(|slot| (slot.offer, slot.starts.timestamp()) == (locked.offer, locked.starts));
    }
    Ok(PlanWish { child: talk.child, with: talk.person, slots })
}

fn is_for(pick: &Pick, talk: Talk, offers: &[&MeetingOffer]) -> bool {
    pick.child == talk.child && offers.iter().any(|offer| offer.id == pick.offer)
}

fn planned(
    reading: &Reading<'_>,
    view: &FamilyView<'_, '_>,
    talks: &[Talk],
    slots: Vec<PlanSlot>,
) -> Result<Planned, Fault> {
    let mut chosen: Vec<_> = talks.iter().zip(slots).collect();
    chosen.sort_by_key(|(_, slot)| slot.starts.timestamp());
    let starts = chosen.first().map(|(_, slot)| slot.starts.clone());
    let ends = chosen.last().map(|(_, slot)| slot.ends.clone());
    let mut meetings: Vec<PlannedMeeting> = Vec::new();
    let mut before: Option<PlanSlot> = None;
    for (talk, slot) in chosen {
        let offer = view.offers.iter().find(|offer| offer.id == slot.offer);
        let (name, room, place) = offer.map_or_else(Default::default, |offer| {
            (offer.person_name.clone(), offer.room.clone(), Some(offer.place))
        });
        let stays = view.talks(talk.child, talk.person).any(|one| {
            one.state == MeetingIs::Booked && one.offer == slot.offer && one.starts == slot.starts
        });
        let child: Child = reading.snapshot.get(talk.child)?.ok_or_else(|| invalid("child"))?;
        meetings.push(PlannedMeeting {
            child: reading.child_name(&child)?,
            person: talk.person,
            person_name: name,
            offer: slot.offer,
            starts: slot.starts.clone(),
            ends: slot.ends.clone(),
            room,
            place: reading.place_name(place.unwrap_or_else(|| Id::new(uuid::Uuid::nil()))),
            gap_min: before.as_ref().and_then(|before| gap(before, &slot)),
            travels: before.as_ref().is_some_and(|before| travels(before, &slot)),
            stays,
        });
        before = Some(slot);
    }
    Ok(Planned::Plan { meetings, starts, ends })
}

/// Minutes between two meetings of one day.
fn gap(before: &PlanSlot, slot: &PlanSlot) -> Option<u32> {
    let minutes = slot.starts.timestamp().duration_since(before.ends.timestamp()).as_mins();
    (before.starts.date() == slot.starts.date()).then(|| u32::try_from(minutes).unwrap_or_default())
}

fn travels(before: &PlanSlot, slot: &PlanSlot) -> bool {
    matches!((before.campus, slot.campus), (Some(here), Some(there)) if here != there)
}

fn in_conflict(
    reading: &Reading<'_>,
    view: &FamilyView<'_, '_>,
    talk: Talk,
    wish: &PlanWish,
    busy: &[Stay<'_>],
) -> Result<ConflictWish, Fault> {
    let child: Child = reading.snapshot.get(talk.child)?.ok_or_else(|| invalid("child"))?;
    let offer = view.offers.iter().find(|offer| offer.person == talk.person);
    let meets = |slot: &PlanSlot| {
        let stay = Stay { starts: &slot.starts, ends: &slot.ends, campus: slot.campus };
        busy.iter().any(|one| clash(stay, *one, view.travel_min).is_some())
    };
    Ok(ConflictWish {
        child: reading.child_name(&child)?,
        person: talk.person,
        person_name: offer.map(|offer| offer.person_name.clone()).unwrap_or_default(),
        free: count(wish.slots.iter().filter(|slot| !meets(slot))),
    })
}
