//! The coordinator's board: whom one may ask to come, whether they fit, and whom to ask where people are missing.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use xinmei_model::{
    ClassReady, Facts, Gap, Id, Kind, Level, Link, List, Opening, Person, Population, Post, Power,
    Qualification, Qualified, Role, Shift, Take, TakeState, VolunteerRecord, proposal_reasons, propose,
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        volunteer::{
            BoardPerson, Fit, Fits, FitsFound, People, PeopleFound, Proposal, Propose, ProposedPerson,
            ProposedShift,
        },
    },
    view::{
        ask::read,
        check_in::spells,
        keeping::fared,
        reading::{Reading, count},
    },
};

use super::children_of;

/// Shifts looked at at once: more than a week of a large school has.
const SHIFTS: usize = 400;
/// Whoever helped within this many days is somebody the desk may ask: a school year.
const DAYS_BACK: i64 = 366;

impl Ask for People {
    type Reply = PeopleFound;

    async fn answer(self, client: &Client) -> Result<PeopleFound, Fault> {
        read(client, move |reading| people(reading, &self.called)).await
    }
}

impl Ask for Fits {
    type Reply = FitsFound;

    async fn answer(self, client: &Client) -> Result<FitsFound, Fault> {
        read(client, move |reading| fits(reading, &self)).await
    }
}

impl Ask for Propose {
    type Reply = Proposal;

    async fn answer(self, client: &Client) -> Result<Proposal, Fault> {
        read(client, move |reading| proposal(reading, &self)).await
    }
}

/// Posts the hat is the desk of.
fn own_posts(reading: &Reading<'_>) -> Result<Vec<Post>, Fault> {
    let mut posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    posts.retain(|post| reading.may(Power::ManageShifts, &post.held_at));
    Ok(posts)
}

/// Who volunteered at the desk's posts within a year, has what it confirms, or said in a class of its that they are ready; whom it
/// does not reach is left out.
fn known(reading: &Reading<'_>) -> Result<BTreeMap<Id<Person>, String>, Fault> {
    let mut known = BTreeMap::new();
    for post in own_posts(reading)? {
        let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        for shift in shifts.iter().filter(|shift| reading.is_recent(shift.ends.timestamp(), DAYS_BACK)) {
            let takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift.id))?;
            known.extend(takes.into_iter().map(|take| (take.person, take.person_name)));
        }
    }
    let qualifications: Vec<Qualification> = reading.snapshot.list(List::All(Kind::Qualification))?;
    for one in qualifications.iter().filter(|one| !one.dropped) {
        let has: Vec<Qualified> = reading.snapshot.list(List::QualifiedFor(one.id))?;
        let has = has.into_iter().filter(|row| row.counts_on(reading.day));
        known.extend(has.map(|row| (row.person, row.person_name)));
    }
    for class in reading.places.values().filter(|place| place.level == Level::Class) {
        if reading.may(Power::ManageShifts, &class.path) {
            let ready: Vec<ClassReady> = reading.snapshot.list(List::ReadyIn(class.id))?;
            for row in ready.into_iter().filter(|row| row.holds(reading.day)) {
                if let Entry::Vacant(new) = known.entry(row.person) {
                    new.insert(guardian_name(reading, row.person)?);
                }
            }
        }
    }
    let mut reached = BTreeMap::new();
    for (person, name) in known {
        if is_reached(reading, person)? {
            reached.insert(person, name);
        }
    }
    Ok(reached)
}

/// Who works at the desk's places: they may be asked to the posts of staff, whether or not they ever were.
fn staff(reading: &Reading<'_>) -> Result<BTreeMap<Id<Person>, String>, Fault> {
    let mut staff = BTreeMap::new();
    for role in reading
        .snapshot
        .list::<Role>(List::All(Kind::Role))?
        .into_iter()
        .filter(|role| role.holds(reading.day))
    {
        let place = reading.places.get(&role.place);
        if place.is_some_and(|place| reading.may(Power::ManageShifts, &place.path)) {
            staff.insert(role.person, role.person_name);
        }
    }
    Ok(staff)
}

/// As this computer knows a guardian.
fn guardian_name(reading: &Reading<'_>, person: Id<Person>) -> Result<String, Fault> {
    let links: Vec<Link> = reading.snapshot.list(List::LinksBy(person))?;
    Ok(links.into_iter().next().map(|link| link.guardian_name).unwrap_or_default())
}

/// Staff, or a guardian of a child this computer knows: anybody else the desk could not ask.
fn is_reached(reading: &Reading<'_>, person: Id<Person>) -> Result<bool, Fault> {
    let roles: Vec<Role> = reading.snapshot.list(List::RolesOf(person))?;
    Ok(roles.iter().any(|role| role.holds(reading.day)) || !children_of(reading, person)?.is_empty())
}

pub(super) fn people(reading: &Reading<'_>, called: &str) -> Result<PeopleFound, Fault> {
    let wanted = called.trim().to_lowercase();
    let mut people = Vec::new();
    let known = known(reading)?;
    // Of the staff who never came, those who are looked for.
    let others = if wanted.is_empty() { BTreeMap::new() } else { staff(reading)? };
    for (person, name) in others.into_iter().chain(known).collect::<BTreeMap<_, _>>() {
        let of = children_of(reading, person)?;
        let is_called = |name: &String| name.contains(&wanted) || spells(name, &wanted);
        if wanted.is_empty() || is_called(&name) || of.iter().any(is_called) {
            people.push(BoardPerson { person, name, of });
        }
    }
    people.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.person.cmp(&b.person)));
    Ok(PeopleFound { people })
}

/// The shifts that stand here and whose desk the hat is.
fn openings(reading: &Reading<'_>, shifts: &[Id<Shift>]) -> Result<Vec<Opening>, Fault> {
    let mut seen = BTreeSet::new();
    let mut openings = Vec::new();
    for id in shifts.iter().take(SHIFTS).filter(|id| seen.insert(**id)) {
        let opening = reading.snapshot.settle(|facts| Opening::of(facts, *id))?;
        openings.extend(opening.filter(|one| reading.may(Power::ManageShifts, &one.post.held_at)));
    }
    Ok(openings)
}

fn record(reading: &Reading<'_>, person: Id<Person>) -> Result<Option<VolunteerRecord>, Fault> {
    match reading.snapshot.settle(|facts: &Facts| VolunteerRecord::of(facts, person)) {
        // Nobody of the school any more.
        Err(Fault::Refused { .. }) => Ok(None),
        other => other,
    }
}

pub(super) fn fits(reading: &Reading<'_>, ask: &Fits) -> Result<FitsFound, Fault> {
    let Some(record) = record(reading, ask.person)? else { return Ok(FitsFound { fits: Vec::new() }) };
    let openings = openings(reading, &ask.shifts)?;
    let fit = |opening: &Opening| {
        let could = record.could_come(opening);
        let reasons = proposal_reasons(&could, !opening.post.terms.requires.is_empty());
        Fit { shift: opening.shift.id, why_not: could.why_not, part: could.part, reasons }
    };
    Ok(FitsFound { fits: openings.iter().map(fit).collect() })
}

pub(super) fn proposal(reading: &Reading<'_>, ask: &Propose) -> Result<Proposal, Fault> {
    let (mut gaps, mut hard) = (Vec::new(), BTreeMap::new());
    for opening in openings(reading, &ask.shifts)? {
        let shift = &opening.shift;
        if !shift.is_on() || shift.starts.timestamp() <= reading.now || opening.post.ended.is_some() {
            continue;
        }
        let takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift.id))?;
        let asked = count(takes.iter().filter(|take| take.state == TakeState::Offered));
        let come = reading.people_at(shift)?;
        let missing = shift.needed.saturating_sub(come).saturating_sub(asked);
        // What is kept for a class is no place for whom the desk would ask.
        let others = |take: &&Take| take.state == TakeState::Offered && take.class.is_none();
        let others = count(takes.iter().filter(others));
        let fill = reading.heard_fill(shift.id.uuid(), shift.needed)?;
        let open = fill.map_or(missing, |fill| fill.open_for(None).saturating_sub(others));
        let missing = missing.min(open);
        if missing > 0 {
            let post = opening.post.id;
            let hard_to_fill = match hard.get(&post) {
                Some(known) => *known,
                None => fared(reading, post)?.is_hard_to_fill(),
            };
            hard.insert(post, hard_to_fill);
            gaps.push(Gap { opening, come: come.saturating_add(asked), missing, hard_to_fill });
        }
    }
    gaps.sort_by_key(|gap| (gap.opening.shift.starts.timestamp(), gap.opening.shift.id));
    gaps.truncate(xinmei_model::limits::PROPOSED_SHIFTS);
    let mut people = Vec::new();
    if !gaps.is_empty() {
        let known = known(reading)?;
        for person in known.keys() {
            people.extend(record(reading, *person)?);
        }
        let for_staff = |gap: &Gap| gap.opening.post.terms.population == Population::Staff;
        if gaps.iter().any(for_staff) {
            for person in staff(reading)?.into_keys().filter(|person| !known.contains_key(person)) {
                people.extend(record(reading, person)?.map(VolunteerRecord::for_staff_posts));
            }
        }
    }
    let proposed = propose(&gaps, &people);
    let names: BTreeMap<_, _> = people.iter().map(|one| (one.person, &one.person_name)).collect();
    let mut shifts = Vec::new();
    for gap in &gaps {
        let (shift, mut found) = (&gap.opening.shift, Vec::new());
        for one in proposed.iter().filter(|one| one.shift == shift.id) {
            found.push(ProposedPerson {
                person: one.person,
                name: names.get(&one.person).map(ToString::to_string).unwrap_or_default(),
                of: children_of(reading, one.person)?,
                reasons: one.because.clone(),
            });
        }
        shifts.push(ProposedShift {
            shift: shift.id,
            title: gap.opening.post.title.clone(),
            starts: shift.starts.clone(),
            ends: shift.ends.clone(),
            missing: gap.missing,
            people: found,
        });
    }
    Ok(Proposal { shifts })
}
