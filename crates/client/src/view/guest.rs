//! 社区客人: who comes from outside, for whoever writes them down, says who came, or receives them.

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned};
use xinmei_model::{
    Act, Guest, GuestDraft, Id, Kind, List, OnDuty, Person, Post, Power, Shift, Take, TakeState,
    VolunteerAct, is_received,
};

use super::{
    ask::{no_power, read, save},
    class::qr_of,
    reading::Reading,
    volunteer::staff,
    wishes::waits,
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        guest::{
            AddGuest, GuestOf, GuestPass, GuestShift, GuestView, GuestWaiting, Guests, GuestsFound, PassCode,
            ShowPass,
        },
        notification::{Note, NoteKind, Opening, OpensAt, ShiftNews},
        profile::StaffName,
        today::{Duty, DutyKind},
    },
    fault::{broken, invalid},
};

/// Guests whose day was longer ago than this are history.
const DAYS_BACK: i32 = 28;

impl Ask for Guests {
    type Reply = GuestsFound;

    async fn answer(self, client: &Client) -> Result<GuestsFound, Fault> {
        read(client, guests).await
    }
}

impl Ask for AddGuest {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { name, organisation, phone, agreed, sponsor, shifts } = self;
        let person = client.new_id();
        let guest = Box::new(GuestDraft { person, name, organisation, phone, agreed, sponsor, shifts });
        save(client, Act::Volunteer(VolunteerAct::AddGuest { guest })).await
    }
}

impl Ask for ShowPass {
    type Reply = GuestPass;

    async fn answer(self, client: &Client) -> Result<GuestPass, Fault> {
        read(client, move |reading| pass(reading, self.guest)).await
    }
}

fn guests(reading: &Reading<'_>) -> Result<GuestsFound, Fault> {
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let mut found: BTreeMap<Id<Guest>, Guest> = BTreeMap::new();
    let mut marks = false;
    for post in posts.iter().filter(|post| reading.marks_duty_of(post)) {
        marks = true;
        let of_post: Vec<Guest> = reading.snapshot.list(List::GuestsAt(post.id))?;
        found.extend(of_post.into_iter().map(|guest| (guest.id, guest)));
    }
    let mine: Vec<Guest> = reading.snapshot.list(List::ReceivedBy(reading.me))?;
    found.extend(mine.into_iter().map(|guest| (guest.id, guest)));
    let oldest = reading.day.saturating_sub(jiff::Span::new().days(DAYS_BACK));
    let recent = found.into_values().filter(|guest| !guest.gone && guest.day >= oldest);
    let mut guests = Vec::new();
    for guest in recent {
        guests.extend(view(reading, guest)?);
    }
    guests
        .sort_by(|one, other| (one.day, &one.name, one.person).cmp(&(other.day, &other.name, other.person)));
    // What is foreseen stands among the guests already.
    let is_new = |draft: &GuestDraft| guests.iter().all(|guest| guest.person != draft.person);
    let waiting = reading.wishes.guests_to_add().filter(|(draft, _)| is_new(draft));
    let waiting = waiting.map(|(draft, state)| GuestWaiting {
        person: draft.person,
        name: draft.name.clone(),
        organisation: draft.organisation.clone(),
        shifts: draft.shifts.clone(),
        state: state.clone(),
    });
    let waiting = waiting.collect();
    Ok(GuestsFound { guests, staff: if marks { staff(reading)? } else { Vec::new() }, waiting })
}

fn view(reading: &Reading<'_>, guest: Guest) -> Result<Option<GuestView>, Fault> {
    let Some(post): Option<Post> = reading.snapshot.get(guest.post)? else { return Ok(None) };
    let mut shifts = Vec::new();
    for id in &guest.shifts {
        let Some(shift): Option<Shift> = reading.snapshot.get(*id)? else { continue };
        let row: Option<OnDuty> = reading.snapshot.get(OnDuty::of(*id, guest.person))?;
        // The sponsor has no list of who comes: of them a shift is off where it was called off.
        let take = take_of(reading, *id, guest.person)?;
        let gone = take.is_some_and(|take| take.state != TakeState::Taken);
        shifts.push(GuestShift {
            shift: *id,
            off: gone || !shift.is_on(),
            starts: shift.starts,
            ends: shift.ends,
            said: row.map(|row| row.holds),
        });
    }
    shifts.sort_by_key(|shift| shift.starts.timestamp());
    Ok(Some(GuestView {
        received: received(reading, &guest)?,
        mine: guest.sponsor == reading.me,
        may_change: reading.marks_duty_of(&post),
        pending: reading.wishes.volunteering(|step| match step {
            VolunteerAct::ChangeSponsor { guest: id, .. } | VolunteerAct::RemoveGuest { guest: id } => {
                *id == guest.id
            }
            VolunteerAct::AddGuest { guest: draft } => draft.person == guest.person,
            _ => false,
        }),
        guest: guest.id,
        person: guest.person,
        name: guest.name,
        organisation: guest.organisation,
        phone: guest.phone,
        agreed: guest.agreed,
        sponsor: StaffName { person: guest.sponsor, name: guest.sponsor_name },
        day: guest.day,
        came: guest.came,
        title: post.title,
        meeting_point: post.meeting_point,
        shifts,
        by: guest.by_name,
        at: guest.at,
    }))
}

fn take_of(reading: &Reading<'_>, shift: Id<Shift>, person: Id<Person>) -> Result<Option<Take>, Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift))?;
    Ok(takes.into_iter().find(|take| take.person == person))
}

fn received(reading: &Reading<'_>, guest: &Guest) -> Result<bool, Fault> {
    Ok(reading.snapshot.settle(|facts| is_received(facts, guest))?.unwrap_or(true))
}

impl Reading<'_> {
    /// As what somebody comes who is a guest.
    pub(super) fn guest_of(&self, person: Id<Person>) -> Result<Option<GuestOf>, Fault> {
        let row: Option<Guest> = self.snapshot.get(Guest::of(person))?;
        let Some(guest) = row else { return Ok(None) };
        let received = received(self, &guest)?;
        let Guest { id, organisation, sponsor_name, .. } = guest;
        Ok(Some(GuestOf { guest: id, organisation, sponsor: sponsor_name, received }))
    }
}

fn pass(reading: &Reading<'_>, id: Id<Guest>) -> Result<GuestPass, Fault> {
    let guest: Guest = reading.snapshot.get(id)?.ok_or_else(|| invalid("guest"))?;
    let post: Post = reading.snapshot.get(guest.post)?.ok_or_else(|| invalid("guest"))?;
    if !reading.marks_duty_of(&post) {
        return Err(no_power(Power::ManageShifts));
    }
    let mut codes = Vec::new();
    for id in &guest.shifts {
        let take = take_of(reading, *id, guest.person)?;
        let Some(code) = take.as_ref().and_then(Take::code) else { continue };
        let Some(shift): Option<Shift> = reading.snapshot.get(*id)? else { continue };
        if !shift.is_on() {
            continue;
        }
        let qr = qr_of(&code).map_err(|error| broken(&error.to_string()))?;
        codes.push(PassCode { starts: shift.starts, ends: shift.ends, code, qr });
    }
    codes.sort_by_key(|one| one.starts.timestamp());
    Ok(GuestPass {
        school: reading.school.as_ref().map(|school| school.name.clone()).unwrap_or_default(),
        name: guest.name,
        organisation: guest.organisation,
        sponsor: guest.sponsor_name,
        day: guest.day,
        title: post.title,
        meeting_point: post.meeting_point,
        codes,
    })
}

/// Whom one receives today or tomorrow and who has not come yet.
pub(super) fn duties(reading: &Reading<'_>) -> Result<Vec<Duty>, Fault> {
    let guests: Vec<Guest> = reading.snapshot.list(List::ReceivedBy(reading.me))?;
    let last = reading.day.tomorrow().unwrap_or(reading.day);
    let near = guests.into_iter().filter(|one| !one.gone && one.came.is_none());
    let mut duties = Vec::new();
    for guest in near.filter(|one| (reading.day..=last).contains(&one.day)) {
        let Some(post): Option<Post> = reading.snapshot.get(guest.post)? else { continue };
        let mut first: Option<Shift> = None;
        for id in &guest.shifts {
            let shift: Option<Shift> = reading.snapshot.get(*id)?;
            let stands = shift.filter(|one| one.is_on() && reading.now < one.ends.timestamp());
            let earlier = |one: &Shift| first.as_ref().is_none_or(|first| one.starts < first.starts);
            if let Some(shift) = stands.filter(earlier) {
                first = Some(shift);
            }
        }
        let Some(shift) = first else { continue };
        let pending = reading.wishes.volunteering(|step| match step {
            VolunteerAct::RemoveGuest { guest: id } => *id == guest.id,
            _ => false,
        });
        if pending.as_ref().is_some_and(waits) {
            continue;
        }
        let due = Some(shift.starts.clone());
        let what = DutyKind::Receive {
            guest: guest.id,
            name: guest.name,
            organisation: guest.organisation,
            phone: guest.phone,
            title: post.title,
            starts: shift.starts,
            meeting_point: post.meeting_point,
        };
        duties.push(Duty { children: Vec::new(), due, what });
    }
    Ok(duties)
}

/// For whoever receives a guest: that a shift the guest was to come to was called off, or is at another time.
pub(super) fn news(reading: &Reading<'_>) -> Result<Vec<Note>, Fault> {
    let guests: Vec<Guest> = reading.snapshot.list(List::ReceivedBy(reading.me))?;
    let mut notes = Vec::new();
    for guest in guests.into_iter().filter(|one| !one.gone && reading.day <= one.day) {
        let mut latest: BTreeMap<&str, (Timestamp, ShiftNews, Zoned)> = BTreeMap::new();
        for id in &guest.shifts {
            let Some(shift): Option<Shift> = reading.snapshot.get(*id)? else { continue };
            let change = match (&shift.called_off, &shift.moved) {
                (Some(off), _) => Some(("off", off.at, ShiftNews::GuestOff)),
                (None, Some(moved)) => Some(("moved", moved.at, ShiftNews::GuestMoved)),
                (None, None) => None,
            };
            // Whoever was asked to receive them afterwards knows when they come.
            let change = change.filter(|(_, at, _)| guest.at < *at && reading.now < shift.starts.timestamp());
            let Some((what, at, news)) = change else { continue };
            if latest.get(what).is_none_or(|(before, ..)| *before < at) {
                latest.insert(what, (at, news, shift.starts));
            }
        }
        for (what, (at, news, starts)) in latest {
            if !reading.snapshot.is_news(guest.id.uuid(), at)? {
                continue;
            }
            notes.push(Note {
                keys: vec![format!("guest-{what}/{}/{}", guest.id, at.as_millisecond())],
                what: NoteKind::Shift { news },
                title: guest.name.clone(),
                children: Vec::new(),
                at,
                due: Some(starts),
                to_do: true,
                urgent: false,
                opens: Opening { hat: Some(reading.hat), at: OpensAt::Today },
            });
        }
    }
    Ok(notes)
}
