//! A conference from the school's side: one's own day, and the desk.

use std::collections::BTreeSet;

use xinmei_model::{
    Act, Child, Conference, ConferenceKind, Id, Level, List, Meeting, MeetingOffer, MeetingState, PleaseCome,
    Power, lost_meetings, slots_of,
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        conference::MeetingView,
        meeting_offer::{
            AskedChild, ConferenceDeskView, DaySlot, Desk, Mine, MyConference, OfferPreview, OfferTimes,
            OfferView, PreviewSlot, Slots,
        },
        profile::PlaceName,
        sync::ItemState,
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        reading::{Reading, count},
    },
};

impl Ask for Mine {
    type Reply = MyConference;

    async fn answer(self, client: &Client) -> Result<MyConference, Fault> {
        read(client, move |reading| mine(reading, self.conference)).await
    }
}

impl Ask for Desk {
    type Reply = ConferenceDeskView;

    async fn answer(self, client: &Client) -> Result<ConferenceDeskView, Fault> {
        read(client, move |reading| desk(reading, self.conference)).await
    }
}

impl Ask for Slots {
    type Reply = OfferPreview;

    async fn answer(self, client: &Client) -> Result<OfferPreview, Fault> {
        read(client, move |reading| preview(reading, self)).await
    }
}

fn mine(reading: &Reading<'_>, id: Id<Conference>) -> Result<MyConference, Fault> {
    let conference = reading.conference(id)?;
    let role = reading.role().ok_or_else(|| no_power(Power::Converse))?;
    let mut offers = reading.offers_in(id)?;
    offers.retain(|offer| offer.person == role.person);
    Ok(MyConference {
        line: reading.conference_line(&conference, &[])?,
        children: asked_children(reading, &conference, &offers)?,
        offers: offers.iter().map(|offer| offer_view(reading, offer)).collect::<Result<_, _>>()?,
        places: places(reading),
    })
}

/// Where one can be met: on a campus; where the school has none of its own, at the school.
fn places(reading: &Reading<'_>) -> Vec<PlaceName> {
    let on = |level| reading.places.values().filter(move |place| place.level == level);
    let mut found: Vec<_> = on(Level::Campus).collect();
    if found.is_empty() {
        found = on(Level::School).collect();
    }
    found.sort_by_cached_key(|place| reading.place_order(place));
    found.into_iter().map(|place| reading.place_name(place.id)).collect()
}

fn offer_view(reading: &Reading<'_>, offer: &MeetingOffer) -> Result<OfferView, Fault> {
    let meetings: Vec<Meeting> = reading.snapshot.list(List::MeetingsAt(offer.id))?;
    let mut slots = Vec::new();
    for slot in slots_of(offer) {
        let here = meetings.iter().filter(|meeting| meeting.starts.timestamp() == slot.starts.timestamp());
        let here = here.filter(|meeting| meeting.state != MeetingState::Withdrawn);
        // Somebody else may have come after one that was cancelled.
        let last = here.max_by_key(|meeting| (meeting.state == MeetingState::Booked, meeting.at));
        let meeting = last.map(|meeting| reading.meeting_view(meeting)).transpose()?;
        slots.push(DaySlot { starts: slot.starts, ends: slot.ends, meeting });
    }
    let booked = meetings.iter().filter(|meeting| meeting.state == MeetingState::Booked);
    Ok(OfferView {
        id: offer.id,
        person: offer.person,
        person_name: offer.person_name.clone(),
        role: offer.role_kind,
        place: reading.place_name(offer.place),
        times: OfferTimes {
            place: offer.place,
            room: offer.room.clone(),
            from: offer.from.clone(),
            until: offer.until.clone(),
            minutes: offer.minutes,
            buffer: offer.buffer,
            breaks: offer.breaks.clone(),
        },
        booked: count(booked),
        slots,
        pending: about_offer(reading, offer.id),
    })
}

fn about_offer(reading: &Reading<'_>, id: Id<MeetingOffer>) -> Option<ItemState> {
    let is_it = |act: &Act| match act {
        Act::OfferSlots { offer, .. } => offer.id == id,
        Act::WithdrawSlots { offer, .. } => *offer == id,
        _ => false,
    };
    reading.wishes.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
}

/// Children of the hat's class, or, for a hat above classes, those it asked for or meets about.
fn asked_children(
    reading: &Reading<'_>,
    conference: &Conference,
    offers: &[MeetingOffer],
) -> Result<Vec<AskedChild>, Fault> {
    let asked: Vec<PleaseCome> = reading.snapshot.list(List::PleaseComeTo(conference.id))?;
    let asked: Vec<_> = asked.into_iter().filter(|one| one.person == reading.me).collect();
    let mut meetings = Vec::new();
    for offer in offers {
        meetings.extend(reading.snapshot.list::<Meeting>(List::MeetingsAt(offer.id))?);
    }
    meetings.retain(|meeting| meeting.state != MeetingState::Withdrawn);
    let mut children = Vec::new();
    for child in concerned(reading, conference, &asked, &meetings)? {
        let own = asked.iter().find(|one| one.child == child.id && !one.ended);
        let about = meetings.iter().filter(|meeting| meeting.child == child.id);
        children.push(AskedChild {
            asked: own.map(|one| one.words.clone()),
            meetings: about.map(|one| reading.meeting_view(one)).collect::<Result<_, _>>()?,
            pending: about_asking(reading, conference.id, child.id),
            child: reading.child_name(&child)?,
        });
    }
    Ok(children)
}

fn concerned(
    reading: &Reading<'_>,
    conference: &Conference,
    asked: &[PleaseCome],
    meetings: &[Meeting],
) -> Result<Vec<Child>, Fault> {
    let place = reading.role().and_then(|role| reading.places.get(&role.place));
    let of_class = place.is_some_and(|place| place.level == Level::Class);
    if of_class && conference.kind == ConferenceKind::ConferenceDay {
        return reading.children_with(Power::Converse);
    }
    let open = asked.iter().filter(|one| !one.ended).map(|one| one.child);
    let ids: BTreeSet<_> = open.chain(meetings.iter().map(|meeting| meeting.child)).collect();
    let mut found = Vec::new();
    for id in ids {
        found.extend(reading.snapshot.get::<Child>(id)?);
    }
    found.sort_by_cached_key(|child| reading.child_order(child));
    Ok(found)
}

fn about_asking(reading: &Reading<'_>, to: Id<Conference>, about: Id<Child>) -> Option<ItemState> {
    let is_it = |act: &Act| matches!(act, Act::PleaseCome { conference, child, .. } if (*conference, *child) == (to, about));
    reading.wishes.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
}

fn desk(reading: &Reading<'_>, id: Id<Conference>) -> Result<ConferenceDeskView, Fault> {
    let conference = reading.conference(id)?;
    // Who asks for advice is no desk's to know.
    if conference.kind != ConferenceKind::ConferenceDay
        || !reading.may(Power::ManageEvents, &conference.held_at)
    {
        return Err(no_power(Power::ManageEvents));
    }
    let mut offers = reading.offers_in(id)?;
    offers.sort_by(|a, b| a.person_name.cmp(&b.person_name).then_with(|| a.from.cmp(&b.from)));
    let mut asked: Vec<PleaseCome> = reading.snapshot.list(List::PleaseComeTo(id))?;
    asked.retain(|one| !one.ended);
    let mut met = BTreeSet::new();
    for offer in &offers {
        let meetings: Vec<Meeting> = reading.snapshot.list(List::MeetingsAt(offer.id))?;
        let booked = meetings.into_iter().filter(|meeting| meeting.state == MeetingState::Booked);
        met.extend(booked.map(|meeting| (meeting.child, meeting.person)));
    }
    Ok(ConferenceDeskView {
        line: reading.conference_line(&conference, &[])?,
        asked: count(&asked),
        asked_booked: count(asked.iter().filter(|one| met.contains(&(one.child, one.person)))),
        offers: offers.iter().map(|offer| offer_view(reading, offer)).collect::<Result<_, _>>()?,
    })
}

/// What would come of an offer that reads so.
fn preview(reading: &Reading<'_>, ask: Slots) -> Result<OfferPreview, Fault> {
    let role = reading.role().ok_or_else(|| no_power(Power::Converse))?;
    let id = ask.offer.unwrap_or_else(|| Id::new(uuid::Uuid::nil()));
    let path = reading.places.get(&ask.times.place).ok_or_else(|| invalid("place"))?.path.clone();
    let after = MeetingOffer {
        id,
        conference: ask.conference,
        role: role.id,
        person: role.person,
        person_name: role.person_name.clone(),
        role_kind: role.kind,
        place: ask.times.place,
        campus: reading.campus_among(&path)?,
        room: ask.times.room,
        from: ask.times.from,
        until: ask.times.until,
        minutes: ask.times.minutes,
        buffer: ask.times.buffer,
        breaks: ask.times.breaks,
        taken: Vec::new(),
        withdrawn: false,
    };
    let meetings: Vec<Meeting> = reading.snapshot.list(List::MeetingsAt(id))?;
    let lost = lost_meetings(&meetings, &after, reading.now);
    let losing: Vec<MeetingView> =
        lost.into_iter().map(|meeting| reading.meeting_view(meeting)).collect::<Result<_, _>>()?;
    let slots = slots_of(&after).into_iter();
    let slots = slots.map(|slot| PreviewSlot { starts: slot.starts, ends: slot.ends }).collect();
    Ok(OfferPreview { slots, losing })
}

impl Reading<'_> {
    /// Meetings of today with families, in whatever hat, by start; those that are over are left out.
    pub(crate) fn meetings_today(&self) -> Result<Vec<MeetingView>, Fault> {
        let offers: Vec<MeetingOffer> = self.snapshot.list(List::MeetingOffersBy(self.me))?;
        let mut found = Vec::new();
        for offer in offers.iter().filter(|offer| self.zoned(offer.from.timestamp()).date() == self.day) {
            let meetings: Vec<Meeting> = self.snapshot.list(List::MeetingsAt(offer.id))?;
            let ahead = |one: &&Meeting| one.state == MeetingState::Booked && self.now < one.ends.timestamp();
            for meeting in meetings.iter().filter(ahead) {
                found.push(self.meeting_view(meeting)?);
            }
        }
        found.retain(|one| one.state == crate::api::conference::MeetingIs::Booked);
        found.sort_by_key(|one| one.starts.timestamp());
        Ok(found)
    }
}
