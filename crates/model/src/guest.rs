//! 社区客人: somebody from outside who helps on one day. A guest has no account and signs in nowhere; a member of staff who works
//! here receives them, and whoever says who came to the post writes them down. See ADR 52.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Due, DueKind, DutySaid, Entered, Facts, Feed, Id, Kind, List, OnDuty, Person,
    Population, Post, Power, Refusal, Role, Shift, Stop, Take, TakeState, derived, limits,
    limits::check_text,
    shift_comes::comes,
    shift_take::{self, take_id},
    supervisor,
};

/// A guest on their day. For the desk of the post, its supervisor, and whoever receives them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Follows from the person.
    pub id: Id<Guest>,
    /// Who: a person without an account.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// 来自哪里: a library, a neighbourhood committee; may be empty.
    pub organisation: String,
    /// How they are reached on the day; empty where nobody asked, and from the day after.
    pub phone: String,
    /// Who said that the guest agrees to be written down, and how.
    pub agreed: String,
    /// 接待人: the member of staff who receives them.
    pub sponsor: Id<Person>,
    /// That person's name.
    pub sponsor_name: String,
    /// At which post.
    pub post: Id<Post>,
    /// The one day.
    pub day: Date,
    /// Its shifts, each of this day and this post.
    pub shifts: Vec<Id<Shift>>,
    /// Who wrote them down.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
    /// When somebody said that they came.
    pub came: Option<Timestamp>,
    /// They do not come, or what was known of them was removed.
    pub gone: bool,
}

/// A guest as they are written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct GuestDraft {
    /// Made by the device that writes them down.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// From where; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// How they are reached on the day; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Who said that the guest agrees to be written down, and how.
    pub agreed: String,
    /// The member of staff who receives them.
    pub sponsor: Id<Person>,
    /// Shifts of one post on one day: at most [`limits::SHIFTS_PER_GUEST`].
    pub shifts: Vec<Id<Shift>>,
}

impl Post {
    /// Whether guests from outside may come to it at all.
    fn takes_guests(&self) -> bool {
        self.terms.guests && self.terms.population == Population::Everyone
    }

    /// Whether a guest may be written down for one of its shifts now, places apart.
    #[must_use]
    pub fn invites_to(&self, shift: &Shift, now: Timestamp) -> bool {
        self.takes_guests() && self.ended.is_none() && shift.is_on() && now < shift.starts.timestamp()
    }
}

impl Guest {
    /// Where it is kept that a person is a guest.
    #[must_use]
    pub fn of(person: Id<Person>) -> Id<Self> {
        derived("guest", person.uuid(), person.uuid())
    }

    /// The row as it reads now: the desk's, the supervisor's, and the sponsor's while there is somebody to receive.
    pub(crate) fn put(self) -> Change {
        let mut feeds = vec![Feed::Desk(self.post.uuid()), Feed::Duty(self.post)];
        if !self.gone {
            feeds.push(Feed::Person(self.sponsor));
        }
        Change::put(self, feeds)
    }
}

/// The name of a member of staff who works here on that day: a guest's, who may come after somebody has left.
fn works_here(facts: &Facts, person: Id<Person>, day: Date) -> Result<Option<&str>, Stop> {
    let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
    Ok(roles.into_iter().find(|role| role.holds(day)).map(|role| role.person_name.as_str()))
}

/// Whether somebody receives a guest: the sponsor works here on the guest's day.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn is_received(facts: &Facts, guest: &Guest) -> Result<bool, Stop> {
    Ok(works_here(facts, guest.sponsor, guest.day)?.is_some())
}

/// Writes a guest down for shifts of one day: by the desk of the post, or its supervisor.
pub(crate) fn add(facts: &Facts, actor: &Actor, draft: &GuestDraft) -> Decision {
    check_text("name", &draft.name, 1, limits::TITLE_CHARS)?;
    check_text("organisation", &draft.organisation, 0, limits::TITLE_CHARS)?;
    check_text("phone", &draft.phone, 0, limits::GUEST_PHONE_CHARS)?;
    check_text("agreed", &draft.agreed, 1, limits::NOTE_CHARS)?;
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let too_many = |field: &str, limit: usize| {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        Err(Refusal::TooMany { field: field.into(), limit }.into())
    };
    let each: std::collections::BTreeSet<_> = draft.shifts.iter().collect();
    if draft.shifts.len() > limits::SHIFTS_PER_GUEST {
        return too_many("shifts", limits::SHIFTS_PER_GUEST);
    }
    if each.len() != draft.shifts.len() {
        return malformed("shifts");
    }
    let shifts = Facts::each(&draft.shifts, |shift| facts.get(*shift))?;
    let Some(first) = shifts.first() else { return malformed("shifts") };
    let post = facts.get(first.post)?;
    supervisor::require_marker(facts, actor, post)?;
    let zone = facts.school()?.time_zone();
    let day = first.day_in(zone.clone());
    // One day, and one post: whoever comes again is written down again.
    if shifts.iter().any(|shift| shift.post != post.id || shift.day_in(zone.clone()) != day) {
        return malformed("shifts");
    }
    if !post.takes_guests() {
        return Err(Refusal::NoGuests.into());
    }
    if facts.taken(draft.person)? || facts.find(Guest::of(draft.person))?.is_some() {
        return malformed("person");
    }
    let sponsor = works_here(facts, draft.sponsor, day)?;
    let sponsor_name = sponsor.ok_or_else(|| facts.missing(Kind::Person))?.to_owned();
    require_room(facts, post, day, &draft.shifts)?;
    let asks = Facts::each(&post.terms.requires, |one| facts.find(*one))?;
    let asks: Vec<_> = asks.into_iter().flatten().filter(|one| !one.dropped).collect();
    for shift in &shifts {
        let others = shifts.iter().map(|one| (one.id.uuid(), (&one.starts, &one.ends, post.terms.rest_min)));
        comes(facts.now(), (shift, post, day), (&asks, &[]), others)?;
    }
    let guest = Guest {
        id: Guest::of(draft.person),
        person: draft.person,
        name: draft.name.trim().to_owned(),
        organisation: draft.organisation.trim().to_owned(),
        phone: draft.phone.trim().to_owned(),
        agreed: draft.agreed.trim().to_owned(),
        sponsor: draft.sponsor,
        sponsor_name,
        post: post.id,
        day,
        shifts: draft.shifts.clone(),
        by_name: actor.staff_name(facts)?.unwrap_or_default(),
        at: facts.now(),
        came: None,
        gone: false,
    };
    let mut changes = vec![Change::put(guest.as_person(), [])];
    for shift in &shifts {
        changes.extend(shift_take::fill(facts, shift, guest.person, guest.take(facts, shift).put())?);
    }
    changes.extend(guest.ends(&shifts, zone).map(|over| guest.due(over, 0)));
    changes.push(guest.put());
    Ok(changes)
}

/// Refuses where so many guests come already, to the post on that day or to one of the shifts.
fn require_room(facts: &Facts, post: &Post, day: Date, shifts: &[Id<Shift>]) -> Result<(), Stop> {
    let guests = facts.list::<Guest>(List::GuestsAt(post.id), limits::ROWS_PER_LIST)?;
    let coming: Vec<_> = guests.into_iter().filter(|one| !one.gone && one.day == day).collect();
    // Who was to come to nothing but what was called off does not come.
    let of_each = Facts::each(&coming, |one| Facts::each(&one.shifts, |shift| facts.find(*shift)))?;
    let stands = |shifts: &[Option<&Shift>]| shifts.iter().flatten().any(|shift| shift.is_on());
    let coming = coming.into_iter().zip(of_each).filter(|(_, shifts)| stands(shifts));
    let coming: Vec<_> = coming.map(|(guest, _)| guest).collect();
    let too_many = |field: &str, limit: usize| {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        Err(Refusal::TooMany { field: field.into(), limit }.into())
    };
    if coming.len() >= limits::GUESTS_PER_DAY {
        return too_many("guests.day", limits::GUESTS_PER_DAY);
    }
    let at = |shift: &Id<Shift>| coming.iter().filter(|one| one.shifts.contains(shift)).count();
    if shifts.iter().any(|shift| at(shift) >= limits::GUESTS_PER_SHIFT) {
        return too_many("guests", limits::GUESTS_PER_SHIFT);
    }
    Ok(())
}

impl Guest {
    pub(crate) fn as_person(&self) -> Person {
        let (id, name) = (self.person, self.name.clone());
        Person { id, name, staff_number: None, joined: None, on_paper: false }
    }

    fn take(&self, facts: &Facts, shift: &Shift) -> Take {
        Take {
            id: take_id(shift.id, self.person),
            shift: shift.id,
            post: shift.post,
            person: self.person,
            person_name: self.name.clone(),
            entered: Some(Entered { by: self.by_name.clone(), note: self.agreed.clone() }),
            state: TakeState::Taken,
            came: true,
            reason: String::new(),
            class: None,
            offer: None,
            reminded: None,
            confirmed: None,
            at: facts.now(),
            seal: String::new(),
        }
    }

    /// What was said of them, at each shift they were ever down for.
    pub(crate) fn marks<'f>(&self, facts: &'f Facts) -> Result<Vec<&'f OnDuty>, Stop> {
        let takes = facts.list::<Take>(List::TakesBy(self.person), limits::ROWS_PER_LIST)?;
        let marks = Facts::each(takes, |take| facts.find(OnDuty::of(take.shift, self.person)))?;
        Ok(marks.into_iter().flatten().collect())
    }

    /// When the visit is over: as the day ends, or as the last shift does that goes on into the next one.
    pub(crate) fn ends(&self, shifts: &[&Shift], zone: TimeZone) -> Option<Timestamp> {
        let midnight = self.day.tomorrow().unwrap_or(self.day).to_zoned(zone).ok();
        let last = shifts.iter().map(|shift| shift.ends.timestamp()).max();
        last.max(midnight.map(|at| at.timestamp()))
    }

    pub(crate) fn due(&self, at: Timestamp, generation: u32) -> Change {
        Change::Set(Due::new(DueKind::GuestOver, self.id.uuid(), at, generation))
    }
}

/// A guest who is there for somebody who says who came at the post.
pub(crate) fn received<'f>(
    facts: &'f Facts,
    actor: &Actor,
    id: Id<Guest>,
) -> Result<(&'f Guest, &'f Post), Stop> {
    let guest = facts.get(id)?;
    let post = facts.get(guest.post)?;
    supervisor::require_marker(facts, actor, post)?;
    if guest.gone { Err(facts.missing(Kind::Guest)) } else { Ok((guest, post)) }
}

/// Somebody else receives a guest.
pub(crate) fn change_sponsor(facts: &Facts, actor: &Actor, id: Id<Guest>, sponsor: Id<Person>) -> Decision {
    let (guest, _) = received(facts, actor, id)?;
    let name = works_here(facts, sponsor, guest.day)?.ok_or_else(|| facts.missing(Kind::Person))?;
    if guest.sponsor == sponsor {
        return Ok(Vec::new());
    }
    let sponsor_name = name.to_owned();
    Ok(vec![Guest { sponsor, sponsor_name, at: facts.now(), ..guest.clone() }.put()])
}

/// Refuses that a guest whom nobody receives is let in by anybody but the desk.
pub(crate) fn require_received(
    facts: &Facts,
    actor: &Actor,
    post: &Post,
    person: Id<Person>,
) -> Result<(), Stop> {
    let Some(guest) = facts.find(Guest::of(person))? else { return Ok(()) };
    if is_received(facts, guest)? {
        return Ok(());
    }
    match crate::rights::require_power(facts, actor, Power::ManageShifts, &post.held_at) {
        Err(Stop::Refused(_)) => Err(Refusal::NobodyReceives.into()),
        other => other,
    }
}

/// What follows for the guest's own row as something is said of them: whoever receives them reads that they came.
pub(crate) fn said(facts: &Facts, row: &OnDuty) -> Result<Option<Change>, Stop> {
    let Some(guest) = facts.find(Guest::of(row.person))? else { return Ok(None) };
    let marks = guest.marks(facts)?;
    let came_elsewhere =
        marks.iter().any(|mark| mark.id != row.id && matches!(mark.holds, DutySaid::Came { .. }));
    let came = match row.holds {
        DutySaid::Came { .. } => guest.came.or(Some(facts.now())),
        // Who missed one shift may have come to another of the day.
        DutySaid::Missed { .. } => guest.came.filter(|_| came_elsewhere),
    };
    Ok((!guest.gone && came != guest.came).then(|| Guest { came, ..guest.clone() }.put()))
}

/// Refuses that a shift to which guests come is moved to another day: they were let in for one.
pub(crate) fn refuse_other_day(facts: &Facts, before: &Shift, after: &Shift) -> Result<(), Stop> {
    let zone = facts.school()?.time_zone();
    if before.day_in(zone.clone()) == after.day_in(zone) {
        return Ok(());
    }
    let guests = facts.list::<Guest>(List::GuestsAt(before.post), limits::ROWS_PER_LIST)?;
    let coming = guests.into_iter().filter(|one| !one.gone && one.shifts.contains(&before.id)).count();
    if coming == 0 {
        return Ok(());
    }
    Err(Refusal::GuestsCome { guests: u32::try_from(coming).unwrap_or(u32::MAX) }.into())
}
