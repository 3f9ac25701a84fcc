//! A conference as a family sees it: whom it can meet about each child, and when.

use std::collections::BTreeSet;

use xinmei_model::{
    Child, Conference, Id, MeetingOffer, Person, PleaseCome, Role, RoleKind, Slot, clash, limits, slots_of,
};

use super::{asked_view, meeting::is_live};
use crate::{
    Client,
    api::{
        Ask, Fault,
        conference::{
            ChildTeachers, MeetingIs, MeetingView, Open, Opened, SlotClash, SlotIs, SlotView, TeacherOffer,
        },
        profile::ChildName,
    },
    fault::invalid,
    view::{
        ask::read,
        booking::Booked,
        commitment::Commitment,
        family::Family,
        reading::{Reading, count},
        shift::OwnShift,
    },
};

impl Ask for Open {
    type Reply = Opened;

    async fn answer(self, client: &Client) -> Result<Opened, Fault> {
        read(client, move |reading| open(reading, self.conference, &self.children)).await
    }
}

pub(super) fn open(
    reading: &Reading<'_>,
    id: Id<Conference>,
    children: &[Id<Child>],
) -> Result<Opened, Fault> {
    let conference = reading.conference(id)?;
    let view = FamilyView::load(reading, &conference)?;
    let mut lines = Vec::new();
    for (child, name) in children_of(reading, children)? {
        let line = view.child(&child, name)?;
        if !line.teachers.is_empty() {
            lines.push(line);
        }
    }
    Ok(Opened {
        line: reading.conference_line(&conference, &view.mine)?,
        children: lines,
        most_wishes: count(0..limits::WISHES_PER_PLAN),
        most_meetings: count(0..limits::MEETINGS_PER_FAMILY),
        turns: reading.conference_turns(&conference)?,
    })
}

/// The children it is about: those asked for, or the guardian's own.
fn children_of(reading: &Reading<'_>, asked: &[Id<Child>]) -> Result<Vec<(Child, ChildName)>, Fault> {
    let mut found = Vec::new();
    if asked.is_empty() {
        for own in Family::of_hat(reading)?.children() {
            found.push((own.child.clone(), own.name.clone()));
        }
    }
    for id in asked {
        let child: Child = reading.snapshot.get(*id)?.ok_or_else(|| invalid("children"))?;
        let name = reading.child_name(&child)?;
        found.push((child, name));
    }
    Ok(found)
}

/// What a conference holds for the family at this computer.
pub(super) struct FamilyView<'v, 's> {
    reading: &'v Reading<'s>,
    conference: Id<Conference>,
    /// What is offered.
    pub(super) offers: Vec<MeetingOffer>,
    /// The guardian's meetings, of every conference.
    pub(super) mine: Vec<MeetingView>,
    /// Whatever the guardian is expected at.
    pub(super) committed: Vec<Commitment>,
    /// Minutes from one campus to another.
    pub(super) travel_min: u32,
}

impl<'v, 's> FamilyView<'v, 's> {
    pub(super) fn load(reading: &'v Reading<'s>, conference: &Conference) -> Result<Self, Fault> {
        let family = Family::of_hat(reading)?;
        let mine = reading.own_meetings()?;
        let mut committed = reading.meeting_commitments(&mine)?;
        if !family.children().is_empty() {
            let booked = reading.bookings_of(&family)?;
            committed.extend(booked.iter().filter_map(Booked::commitment));
            committed.extend(reading.own_shifts()?.iter().map(OwnShift::commitment));
        }
        committed.retain(|one| one.mine);
        Ok(Self {
            reading,
            conference: conference.id,
            offers: reading.offers_in(conference.id)?,
            mine,
            committed,
            travel_min: reading.travel_min()?,
        })
    }

    /// Meetings here about a child with somebody.
    pub(super) fn talks(
        &self,
        child: Id<Child>,
        person: Id<Person>,
    ) -> impl Iterator<Item = &MeetingView> + use<'_> {
        let about = move |one: &&MeetingView| (one.child.id, one.person) == (child, person);
        self.mine.iter().filter(|one| one.conference == self.conference).filter(about)
    }

    fn child(&self, child: &Child, name: ChildName) -> Result<ChildTeachers, Fault> {
        let mut asked = self.reading.asked_for(child.id)?;
        asked.retain(|asked| asked.conference == self.conference);
        let offering = self.offers.iter().map(|offer| offer.person);
        let people: BTreeSet<_> = asked.iter().map(|asked| asked.person).chain(offering).collect();
        let mut teachers = Vec::new();
        for person in people {
            if self.reading.has_hat_for(person, child)? {
                let asked = asked.iter().find(|asked| asked.person == person);
                teachers.push(self.teacher(child, &name, person, asked)?);
            }
        }
        teachers.sort_by(|a, b| {
            let first = |one: &TeacherOffer| one.please_come.is_none();
            first(a).cmp(&first(b)).then_with(|| a.name.cmp(&b.name))
        });
        Ok(ChildTeachers { child: name, teachers })
    }

    fn teacher(
        &self,
        child: &Child,
        child_name: &ChildName,
        person: Id<Person>,
        asked: Option<&PleaseCome>,
    ) -> Result<TeacherOffer, Fault> {
        let own: Vec<_> = self.offers.iter().filter(|offer| offer.person == person).collect();
        let (name, role) = match own.first() {
            Some(offer) => (offer.person_name.clone(), offer.role_kind),
            None => self.name_of(person, asked)?,
        };
        let mut slots = Vec::new();
        for offer in own {
            slots.extend(slots_of(offer).into_iter().map(|slot| self.slot(child, offer, slot)));
        }
        slots.sort_by_key(|slot| slot.starts.timestamp());
        let meeting =
            self.talks(child.id, person).max_by_key(|one| (rank(&one.state), one.starts.timestamp()));
        Ok(TeacherOffer {
            person,
            name,
            role,
            please_come: asked.map(|asked| asked_view(asked, child_name.clone())),
            meeting: meeting.filter(|one| rank(&one.state) > 0).cloned(),
            slots,
        })
    }

    fn name_of(&self, person: Id<Person>, asked: Option<&PleaseCome>) -> Result<(String, RoleKind), Fault> {
        let roles: Vec<Role> = self.reading.snapshot.list(xinmei_model::List::RolesOf(person))?;
        let role = asked.and_then(|asked| roles.iter().find(|role| role.id == asked.role));
        let kind = role.or(roles.first()).map_or(RoleKind::SubjectTeacher, |role| role.kind);
        Ok((asked.map(|asked| asked.person_name.clone()).unwrap_or_default(), kind))
    }

    fn slot(&self, child: &Child, offer: &MeetingOffer, slot: Slot) -> SlotView {
        let starts = slot.starts.timestamp();
        let in_it = |one: &&MeetingView| {
            one.offer == offer.id && one.starts.timestamp() == starts && is_live(&one.state)
        };
        let state = if self.mine.iter().any(|one| in_it(&one)) {
            SlotIs::Mine
        } else if starts <= self.reading.now {
            SlotIs::Over
        } else if offer.is_taken(starts) {
            SlotIs::Taken
        } else {
            SlotIs::Free
        };
        // A meeting about the same child with the same person would move.
        let moves: Vec<_> = self.talks(child.id, offer.person).map(|one| one.id.uuid()).collect();
        let clash = self.committed.iter().filter(|one| !moves.contains(&one.of)).find_map(|one| {
            let why = clash(offer.stay(&slot), one.stay(), self.travel_min)?;
            Some(SlotClash { with: one.title.clone(), too_far: why == xinmei_model::Clash::TooFar })
        });
        SlotView {
            offer: offer.id,
            room: offer.room.clone(),
            place: self.reading.place_name(offer.place),
            state,
            clash: clash.filter(|_| matches!(state, SlotIs::Free)),
            starts: slot.starts,
            ends: slot.ends,
        }
    }
}

/// Of several meetings of one talk the one that says most: what waits, what stands, what did not work out.
fn rank(state: &MeetingIs) -> u8 {
    match state {
        MeetingIs::Saved | MeetingIs::Sent => 4,
        MeetingIs::Booked => 3,
        MeetingIs::Refused { .. } => 2,
        MeetingIs::Cancelled { .. } => 1,
        MeetingIs::Withdrawn => 0,
    }
}
