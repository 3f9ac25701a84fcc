//! The demo school: an invented school in the middle of its term, made by the school's own rules.
//!
//! Everything but the first rows is a person's wish that the model decided, in the order of time: a clock that is
//! set by hand begins three weeks ago and ends now. What happens is data (`crates/server/data/demo.json`), and chance
//! follows from that data, so that the same day gives the same school.

mod alarms;
mod calendar;
mod cast;
mod conferences;
mod contests;
mod conversations;
mod courses;
mod door;
mod draws;
mod events;
mod files;
mod guests;
mod hours;
mod notices;
mod plan;
mod plan_parts;
mod posts;
mod pupils;
mod requests;
mod stage;
mod standing_in;
mod swaps;
#[cfg(test)]
mod tests;
mod themes;
mod trip_data;
mod trips;
mod turns;
mod venues;
mod volunteering;

use std::{collections::BTreeSet, path::Path, sync::Arc};

use jiff::{SignedDuration, Timestamp, civil::Time, tz::TimeZone};
use xinmei_model::{
    Act, Child, Id, Kind, Link, List, Noun as _, Person, PersonalQuiet, Place, QuietHours, Relation, Remark,
    Role, RoleKind, Row, Year, derived, joined, limits, put_link, put_person,
};

use self::{
    calendar::{Chance, Days, Hands},
    cast::Cast,
    plan::{Plan, plan},
    stage::{Stage, must},
};
use crate::{
    Fail, Result,
    edge::Edge,
    files::Files,
    import,
    ledger::{Ledger, Tx, read_list, read_row},
    school,
    store::Session,
};

const ZONE: &str = "Asia/Shanghai";
const ROSTER: &[u8] = include_bytes!("../../roster/data/roster.xlsx");
/// 李雨桐, the child of the family of the pictures.
const CHILD: &str = "202600006";
/// Guardians who have joined, of a hundred.
const JOINED: u64 = 80;
/// Grandparents without a device, of a hundred.
const ON_PAPER: u64 = 40;

/// Makes the demo school in an empty folder.
///
/// # Errors
/// If there is a school already, or the store fails.
pub async fn make(dir: &Path, edge: &Edge) -> Result<()> {
    let plan = plan()?;
    let zone = TimeZone::get(ZONE).map_err(Fail::broken)?;
    let now = edge.clock.now();
    let days = Days::around(now, &zone);
    let three_weeks = now.saturating_sub(SignedDuration::from_hours(21 * 24)).map_err(Fail::broken)?;
    // The title of the roster names one year; the demo school is in this one.
    let begins = three_weeks.max(days.year_begins()?).min(now);
    let clock = Arc::new(Hands::new(begins));
    let (store, writer, identity) = school::create(dir, edge)?;
    let rows = school::first_rows(&identity, &plan.school, ZONE, 120, 120, None);
    let edge = Edge { clock: clock.clone(), ..edge.clone() };
    let ledger = Ledger::start(store, writer, identity, edge, |_| {})?;
    ledger.write(move |tx| tx.apply(rows.clone())).await?;
    crate::tls::authority_der(dir, false, now)?;

    let file = import::File { name: "roster.xlsx".into(), content: ROSTER.to_vec() };
    let year = Some(Year::for_roster(begins.to_zoned(zone.clone()).date()));
    let preview = import::preview(&ledger, &plan.school, vec![file], year).await?;
    import::confirm(&ledger, preview.id, &plan.school, import::Leave::default()).await?;
    hours::year_before(&ledger).await?;

    let mut stage = Stage::new(ledger, clock, days, begins);
    settle_in(&mut stage, &plan).await?;
    let (school, at) = (stage.ledger.identity.school, begins);
    let cast = Arc::new(stage.ledger.read(move |session| Cast::load(session, school, at)).await?);
    let kept = Files::open(dir)?;
    for said in &plan.notices {
        notices::stage(&mut stage, &cast, said, &kept)?;
    }
    for alarmed in &plan.alarms {
        alarms::stage(&mut stage, &cast, alarmed)?;
    }
    for repeated in &plan.series {
        notices::series(&mut stage, &cast, repeated)?;
    }
    for kept in &plan.templates {
        notices::template(&mut stage, &cast, kept)?;
    }
    for venue in &plan.venues {
        venues::stage(&mut stage, &cast, venue)?;
    }
    for teaches in &plan.courses {
        courses::stage(&mut stage, &cast, teaches)?;
    }
    for held in &plan.events {
        match &held.draw {
            Some(drawing) => draws::stage(&mut stage, &cast, held, drawing)?,
            None => events::stage(&mut stage, &cast, held, &kept)?,
        }
    }
    trips::stage(&mut stage, &cast, &kept)?;
    for meeting in &plan.conferences {
        conferences::stage(&mut stage, &cast, meeting)?;
    }
    for run in &plan.contests {
        contests::stage(&mut stage, &cast, run, &kept)?;
    }
    for campaign in &plan.campaigns {
        volunteering::campaign(&mut stage, &cast, campaign)?;
    }
    for qualification in &plan.qualifications {
        volunteering::qualification(&mut stage, &cast, qualification)?;
    }
    for needed in &plan.posts {
        posts::stage(&mut stage, &cast, needed, &plan.qualifications)?;
    }
    for said in &plan.turns {
        turns::stage(&mut stage, &cast, said)?;
    }
    hours::asked(&mut stage, &cast)?;
    for asked in &plan.requests {
        requests::stage(&mut stage, &cast, asked)?;
    }
    for shared in &plan.inboxes {
        conversations::inbox(&mut stage, &cast, shared)?;
    }
    for talked in &plan.conversations {
        conversations::office_hours(&mut stage, &cast, talked)?;
        conversations::stage(&mut stage, &cast, talked, &kept)?;
    }
    stage.play().await?;
    if !is_late(now, &zone) {
        let quiet = Some(QuietHours::usual());
        let administrator = cast.staff(RoleKind::Administrator, None)?;
        stage.at(now, move |tx| must(tx, administrator, &Act::SetQuietHours { quiet, staff: false }));
        let evening = Some(QuietHours::usual_for_staff());
        stage.at(now, move |tx| must(tx, administrator, &Act::SetQuietHours { quiet: evening, staff: true }));
        // A teacher who is not told of anything before breakfast.
        let hours = QuietHours { from: Time::constant(20, 30, 0, 0), until: Time::constant(7, 0, 0, 0) };
        let set = Act::SetPreferences { quiet: PersonalQuiet::Own { hours }, digest: None };
        let teacher = cast.staff(RoleKind::ClassTeacher, None)?;
        stage.at(now, move |tx| must(tx, teacher, &set));
        stage.play().await?;
    }
    // Counts that rested are written now.
    stage.clock.set(now);
    stage.ledger.write(|_| Ok(())).await?;
    Ok(())
}

/// Whether it is night in the demo school, or soon will be: whoever tries it then wants to see things arrive, and it
/// has no quiet hours.
fn is_late(now: Timestamp, zone: &TimeZone) -> bool {
    let hour = now.to_zoned(zone.clone()).hour();
    !(7..19).contains(&hour)
}

/// The first days: the office decides some remarks, staff and most guardians join.
async fn settle_in(stage: &mut Stage, plan: &Plan) -> Result<()> {
    let (school, at) = (stage.ledger.identity.school, stage.begins);
    let cast = stage.ledger.read(move |session| Cast::load(session, school, at)).await?;
    let administrator = cast.staff(RoleKind::Administrator, None)?;
    let numbers: Vec<(String, Id<Child>)> =
        cast.families.iter().map(|family| (family.number.clone(), family.child)).collect();
    let begins = stage.begins;
    let later = |minutes| begins.saturating_add(SignedDuration::from_mins(minutes)).map_err(Fail::broken);
    for decided in plan.remarks.clone() {
        stage.at(later(30)?, move |tx| {
            let rows = tx.list(List::All(Kind::Remark), limits::ROWS_PER_LIST)?;
            let remarks: Vec<Id<Remark>> = rows
                .iter()
                .filter_map(|row| if let Row::Remark(remark) = &**row { Some(remark) } else { None })
                .filter(|remark| remark.text == decided.text)
                .map(|remark| remark.id)
                .collect();
            let grants = decided.grants.clone();
            must(tx, administrator, &Act::DecideRemarks { remarks, grants })
        });
    }
    let children = numbers.clone();
    stage.at(later(40)?, move |tx| on_paper(tx, &children));
    stage.at(later(60)?, move |tx| join(tx, &numbers));
    stage.play().await
}

/// Grandparents who are told on paper.
fn on_paper(tx: &mut Tx<'_>, children: &[(String, Id<Child>)]) -> Result<()> {
    for (number, id) in children {
        let mut chance = Chance::of(&format!("paper/{number}"));
        let Some((row, _, _)) = tx.row(id.uuid())? else { continue };
        let Row::Child(child) = &*row else { continue };
        for row in tx.list(List::LinksOf(*id), limits::ROWS_PER_LIST)? {
            let Row::Link(link) = &*row else { continue };
            let parent = matches!(link.relation, Relation::Father | Relation::Mother);
            if parent || !chance.percent(ON_PAPER) {
                continue;
            }
            if let Some(Row::Person(person)) = tx.row(link.guardian.uuid())?.map(|(row, _, _)| row).as_deref()
            {
                tx.apply(vec![
                    put_person(Person { on_paper: true, ..person.clone() }),
                    put_link(Link { on_paper: true, ..link.clone() }, child),
                ])?;
            }
        }
    }
    Ok(())
}

/// All staff, the family of the pictures, and most guardians whom a strip could be printed for.
fn join(tx: &mut Tx<'_>, children: &[(String, Id<Child>)]) -> Result<()> {
    let mut people: Vec<Id<Person>> = Vec::new();
    for row in tx.list(List::All(Kind::Role), limits::ROWS_PER_LIST)? {
        people.extend(Role::of(&row).map(|role| role.person));
    }
    let school = tx.identity().school;
    let Some((row, _, _)) = tx.row(school.uuid())? else { return Err(Fail::broken("no school")) };
    let Row::School(school) = &*row else { return Err(Fail::broken("no school")) };
    let today = school.day(tx.now());
    let mut asked = BTreeSet::new();
    for (number, child) in children {
        let mut rows = tx.list(List::LinksOf(*child), limits::ROWS_PER_LIST)?;
        rows.sort_by_key(|row| Link::of(row).map(|link| (link.relation, link.guardian_name.clone())));
        let mut chance = Chance::of(&format!("join/{number}"));
        for row in rows {
            let Row::Link(link) = &*row else { continue };
            // A guardian of several children joins once, or not at all.
            let first = link.may_be_invited(today) && !link.on_paper && asked.insert(link.guardian);
            if first && (chance.percent(JOINED) || number == CHILD) {
                people.push(link.guardian);
            }
        }
    }
    for person in people {
        let changes = tx.settle(|facts| joined(facts, person))?.unwrap_or_default();
        tx.apply(changes)?;
    }
    Ok(())
}

/// Somebody of the demo school by what they come for: `parent`, `teacher`, `coordinator`, `head`,
/// `administrator`.
///
/// # Errors
/// If the folder holds no demo school, or nobody comes for that.
pub fn person_for(session: &mut dyn Session, role: &str) -> Result<Id<Person>> {
    let nobody = || {
        let detail = "The demo school has a parent, a teacher, a coordinator, a head and an administrator.";
        Fail::caller(404, "not-found", detail)
    };
    let school = session.one("SELECT id FROM school", &[])?.ok_or_else(nobody)?.uuid(0);
    let child: Id<Child> = derived(&format!("child/{CHILD}"), school, school);
    let Some(Row::Child(child)) = read_row(session, child.uuid())? else { return Err(nobody()) };
    if role == "parent" {
        let links = read_list(session, List::LinksOf(child.id), limits::ROWS_PER_LIST)?;
        let mut fathers = links.iter().filter_map(|row| match row {
            Row::Link(link) if link.relation == Relation::Father => Some(link.guardian),
            _ => None,
        });
        return fathers.next().ok_or_else(nobody);
    }
    let (kind, place): (RoleKind, Option<Id<Place>>) = match role {
        "teacher" => (RoleKind::ClassTeacher, child.class()),
        // School, then campus.
        "coordinator" => (RoleKind::Coordinator, child.path.get(1).copied()),
        "head" => (RoleKind::Head, child.path.first().copied()),
        "administrator" => (RoleKind::Administrator, child.path.first().copied()),
        _ => return Err(nobody()),
    };
    let roles = read_list(session, List::All(Kind::Role), limits::ROWS_PER_LIST)?;
    let worn = roles.iter().filter_map(|row| if let Row::Role(role) = row { Some(role) } else { None });
    let worn = worn.filter(|role| role.kind == kind && Some(role.place) == place && role.to.is_none());
    let found = worn.min_by_key(|role| &role.person_name);
    found.map(|role| role.person).ok_or_else(nobody)
}
