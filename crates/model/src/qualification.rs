//! 资质: what a post may ask of whoever takes its shifts, and who has it, confirmed by whom.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Facts, Feed, Id, Kind, List, Person, Place, Power, Refusal, Role, Stop, derived,
    limits, limits::check_text, rights, volunteer::require_member,
};

/// A qualification as a desk keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct QualificationDraft {
    /// The place whose desk keeps it. Settled as it is made.
    pub place: Id<Place>,
    /// 健康证, 护学岗培训
    pub name: String,
    /// How one comes by it; plain text, may be empty. Whoever lacks it reads this.
    pub about: String,
    /// Whoever has it has it until a day.
    pub expires: bool,
    /// It is a training: certificates of service name it. Of somebody's health they say nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub training: bool,
}

/// A qualification posts may ask for. Public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualification {
    /// Identity.
    pub id: Id<Qualification>,
    /// What it is.
    #[serde(flatten)]
    pub draft: QualificationDraft,
    /// The path of its place.
    pub held_at: Vec<Id<Place>>,
    /// No post asks for it any more.
    #[serde(default)]
    pub dropped: bool,
    /// Counts its changes, so that two who change it at once notice.
    #[serde(default)]
    pub version: u32,
}

/// That a person has a qualification. For that person, and for desks of volunteers above and below its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualified {
    /// Follows from qualification and person.
    pub id: Id<Qualified>,
    /// Which.
    pub qualification: Id<Qualification>,
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// The last day on which it counts; none where it does not expire.
    pub until: Option<Date>,
    /// Who confirmed it, or took it back, last.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
    /// It was taken back, for this reason.
    #[serde(default)]
    pub withdrawn: Option<String>,
}

impl Qualified {
    /// Whether it counts on this day.
    #[must_use]
    pub fn counts_on(&self, day: Date) -> bool {
        self.withdrawn.is_none() && self.until.is_none_or(|until| day <= until)
    }

    fn of(qualification: Id<Qualification>, person: Id<Person>) -> Id<Self> {
        derived("qualified", qualification.uuid(), person.uuid())
    }

    fn feeds(&self) -> [Feed; 2] {
        [Feed::Person(self.person), Feed::Desk(self.qualification.uuid())]
    }
}

impl Qualification {
    /// Whether a desk at the place with this path minds it: the place lies above the qualification's or below it.
    #[must_use]
    pub fn is_minded_at(&self, path: &[Id<Place>]) -> bool {
        path.contains(&self.draft.place) || path.last().is_some_and(|place| self.held_at.contains(place))
    }
}

/// What somebody lacks for a day, of what is asked: the qualification, and until when they have it if only not until then.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn lacking<'f>(
    facts: &'f Facts,
    person: Id<Person>,
    asked: &[Id<Qualification>],
    day: Date,
) -> Result<Vec<(&'f Qualification, Option<Date>)>, Stop> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let has = facts.list::<Qualified>(List::QualificationsOf(person), limits::ROWS_PER_LIST)?;
    let asked = Facts::each(asked, |one| facts.find(*one))?;
    let asked: Vec<_> = asked.into_iter().flatten().filter(|one| !one.dropped).collect();
    Ok(lacks(&asked, &has, day).collect())
}

fn lacks<'f>(
    asked: &[&'f Qualification],
    has: &[&Qualified],
    day: Date,
) -> impl Iterator<Item = (&'f Qualification, Option<Date>)> {
    asked.iter().filter_map(move |one| {
        let row = has.iter().find(|row| row.qualification == one.id && row.withdrawn.is_none());
        let counts = row.is_some_and(|row| row.counts_on(day));
        (!counts).then(|| (*one, row.and_then(|row| row.until)))
    })
}

/// Refuses whoever lacks what is asked, of what they have.
pub(crate) fn refuse_lacking(asked: &[&Qualification], has: &[&Qualified], day: Date) -> Result<(), Refusal> {
    let Some((one, until)) = lacks(asked, has, day).next() else { return Ok(()) };
    let (qualification, name) = (one.id.uuid(), one.draft.name.clone());
    Err(Refusal::MissingQualification { qualification, name, until })
}

/// Keeps a qualification: a new one, or one that is there as it reads now.
pub(crate) fn put(
    facts: &Facts,
    actor: &Actor,
    id: Id<Qualification>,
    draft: &QualificationDraft,
    version: u32,
) -> Decision {
    let path = facts.get(draft.place)?.path.clone();
    rights::require_power(facts, actor, Power::ManageShifts, &path)?;
    check_text("name", &draft.name, 1, limits::TITLE_CHARS)?;
    check_text("about", &draft.about, 0, limits::BODY_CHARS)?;
    let before = facts.find(id)?;
    if let Some(before) = before {
        // Whether it expires is part of what was confirmed.
        for (field, same) in
            [("place", before.draft.place == draft.place), ("expires", before.draft.expires == draft.expires)]
        {
            if !same {
                return Err(Refusal::Malformed { field: field.into() }.into());
            }
        }
        if before.version != version {
            return Err(Refusal::ChangedMeanwhile.into());
        }
    } else if facts.taken(id)? || version != 0 {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    if before.is_none_or(|before| before.dropped) {
        let kept = facts.list::<Qualification>(List::All(Kind::Qualification), limits::ROWS_PER_LIST)?;
        if kept.iter().filter(|one| !one.dropped).count() >= limits::QUALIFICATIONS {
            let limit = u32::try_from(limits::QUALIFICATIONS).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "qualifications".into(), limit }.into());
        }
    }
    let (name, about) = (draft.name.trim().to_owned(), draft.about.trim().to_owned());
    let draft = QualificationDraft { name, about, ..draft.clone() };
    let version = before.map_or(0, |before| before.version.saturating_add(1));
    let row = Qualification { id, draft, held_at: path, dropped: false, version };
    Ok(vec![Change::put(row, [Feed::School])])
}

/// Lets no post ask for a qualification any more. Who has it keeps it.
pub(crate) fn drop(facts: &Facts, actor: &Actor, id: Id<Qualification>) -> Decision {
    let row = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageShifts, &row.held_at)?;
    if row.dropped {
        return Err(facts.missing(Kind::Qualification));
    }
    let version = row.version.saturating_add(1);
    Ok(vec![Change::put(Qualification { dropped: true, version, ..row.clone() }, [Feed::School])])
}

/// The hat of whoever confirms it.
fn require_desk<'f>(facts: &'f Facts, actor: &Actor, row: &Qualification) -> Result<&'f Role, Stop> {
    let refused = || Refusal::NoPower { power: Power::ManageShifts };
    let role = rights::role_worn(facts, actor)?
        .filter(|role| rights::power_of(role.kind, Power::ManageShifts))
        .ok_or_else(refused)?;
    let place = facts.get(role.place)?;
    if row.is_minded_at(&place.path) { Ok(role) } else { Err(refused().into()) }
}

/// Confirms that people have a qualification, or have it until another day; `seen` is the newest word about it that was looked at.
pub(crate) fn confirm(
    facts: &Facts,
    actor: &Actor,
    id: Id<Qualification>,
    people: &[Id<Person>],
    (until, seen): (Option<Date>, Option<Timestamp>),
) -> Decision {
    let row = facts.get(id)?;
    let role = require_desk(facts, actor, row)?;
    if row.dropped {
        return Err(facts.missing(Kind::Qualification));
    }
    if people.is_empty() {
        return Err(Refusal::Malformed { field: "people".into() }.into());
    }
    if people.len() > limits::CONFIRMED_AT_ONCE {
        let limit = u32::try_from(limits::CONFIRMED_AT_ONCE).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "people".into(), limit }.into());
    }
    let today = facts.today()?;
    if row.draft.expires != until.is_some() || until.is_some_and(|until| facts.complete() && until < today) {
        return Err(Refusal::Malformed { field: "until".into() }.into());
    }
    Facts::each(people, |person| require_member(facts, actor, *person))?;
    let names = Facts::each(people, |person| facts.get(*person))?;
    let said = Facts::each(people, |person| facts.find(Qualified::of(id, *person)))?;
    if said.into_iter().flatten().any(|row| seen.is_some_and(|seen| seen < row.at)) {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let confirmed = names.into_iter().map(|person| {
        let row = Qualified {
            id: Qualified::of(id, person.id),
            qualification: id,
            person: person.id,
            person_name: person.name.clone(),
            until,
            by_name: role.person_name.clone(),
            at: facts.now(),
            withdrawn: None,
        };
        let feeds = row.feeds();
        Change::put(row, feeds)
    });
    Ok(confirmed.collect())
}

/// Takes back that somebody has a qualification. Shifts they took stay theirs; the desk sees what is missing there.
pub(crate) fn withdraw(
    facts: &Facts,
    actor: &Actor,
    id: Id<Qualification>,
    person: Id<Person>,
    reason: &str,
) -> Decision {
    let row = facts.get(id)?;
    let role = require_desk(facts, actor, row)?;
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    let has = facts.get(Qualified::of(id, person))?;
    if has.withdrawn.is_some() {
        return Err(facts.missing(Kind::Qualified));
    }
    let (by_name, at) = (role.person_name.clone(), facts.now());
    let withdrawn = Some(reason.trim().to_owned());
    let taken = Qualified { by_name, at, withdrawn, ..has.clone() };
    let feeds = taken.feeds();
    Ok(vec![Change::put(taken, feeds)])
}
