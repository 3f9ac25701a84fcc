//! Posts with their shifts, and who has taken them.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{SignedDuration, ToSpan};
use xinmei_model::{Act, Actor, Id, Person, PostDraft, PostEntry, RoleKind, Shift, ShiftDraft, VolunteerAct};

use super::{
    calendar::Chance,
    cast::{self, Cast, guardian},
    guests, hours,
    plan::{Needed, Volunteers},
    pupils,
    stage::{Stage, act, between, composed, must},
    standing_in, swaps,
    volunteering::{self, Qualifies},
};
use crate::{Fail, Result};

/// People who have what a post asks for.
const QUALIFIED: usize = 40;

/// One shift with whoever the plan names for it.
#[derive(Clone)]
struct Wanted {
    shift: Id<Shift>,
    people: usize,
    father_of: Option<String>,
    starts: jiff::Timestamp,
    /// People are still missing there.
    missing: bool,
}

/// Puts a post on the stage.
pub(super) fn stage(
    stage: &mut Stage,
    cast: &Arc<Cast>,
    needed: &Needed,
    qualifications: &[Qualifies],
) -> Result<()> {
    let campus = cast.campus(&needed.campus)?;
    let author = cast.staff(RoleKind::Coordinator, Some(campus))?;
    let identity = Arc::clone(&stage.ledger.identity);
    let (mut shifts, mut wanted) = (Vec::new(), Vec::new());
    for series in &needed.shifts {
        for (index, day) in series.days.iter().enumerate() {
            let starts = stage.days.on(*day, &series.at)?;
            let ends = starts.checked_add(series.minutes.minutes()).map_err(Fail::broken)?;
            let id = composed(&identity, &format!("demo/shift/{}/{day}/{}", needed.title, series.at));
            let missing = series.missing.get(index).copied().unwrap_or_default();
            let people = usize::try_from(series.needed.saturating_sub(missing)).unwrap_or_default();
            let father_of = series.taken_for.get(index).filter(|number| !number.is_empty()).cloned();
            wanted.push(Wanted {
                shift: id,
                people,
                father_of,
                starts: starts.timestamp(),
                missing: missing > 0,
            });
            shifts.push(ShiftDraft { id, starts, ends, needed: series.needed });
        }
    }
    let times: Vec<_> = shifts
        .iter()
        .map(|one: &ShiftDraft| (one.id, (one.starts.timestamp(), one.ends.timestamp())))
        .collect();
    let post = PostDraft {
        id: composed(&identity, &format!("demo/post/{}", needed.title)),
        place: campus,
        title: needed.title.clone(),
        about: needed.about.clone(),
        meeting_point: needed.meeting_point.clone(),
        programme: needed.programme.clone(),
        shifts,
        terms: volunteering::terms(stage, cast, &needed.campus, &needed.says)?,
    };
    let posted = stage.days.when(&needed.posted)?.timestamp();
    let now = stage.days.now();
    let wish = Act::PostShifts { post };
    stage.at(posted, move |tx| must(tx, author, &wish));

    for down in &needed.says.put_down {
        if let Some((shift, (starts, ends))) = times.get(down.shift).copied() {
            pupils::put_down(stage, cast, (campus, author), (shift, starts, ends), down, posted)?;
        }
    }
    // Where a teacher is there and marks, the desk approves; what the desk marked itself waits for another desk.
    let marker = volunteering::supervisor(cast, campus, &needed.says)?.unwrap_or(author);
    for (shift, at) in times {
        hours::came(stage, cast, (marker, author), shift, at)?;
    }
    let mut volunteers = volunteers(cast, needed, campus)?;
    if !needed.says.requires.is_empty() {
        volunteers.truncate(QUALIFIED);
        let people: Vec<_> = volunteers.iter().copied().filter_map(cast::person).collect();
        volunteering::confirm_all(stage, cast, qualifications, &needed.says.requires, &people)?;
    }
    let asks = needed.says.entry == PostEntry::Asked;
    let first = wanted.iter().filter(|one| one.starts > now).map(|one| one.starts).min();
    for index in &needed.says.given_back {
        if let Some(wanted) = wanted.get(*index) {
            standing_in::gives_back(stage, wanted.shift)?;
        }
    }
    let to_come: Vec<_> = wanted.iter().filter(|one| one.starts > now).collect();
    if let Some(one) = to_come.iter().find(|one| one.father_of.is_some())
        && let Some(number) = &one.father_of
    {
        let others = to_come.iter().map(|other| other.shift).filter(|other| *other != one.shift).collect();
        swaps::offered(stage, &needed.title, (cast.father(number)?, one.shift), others)?;
    }
    for guest in &needed.says.guests {
        if let Some(wanted) = wanted.get(guest.shift) {
            guests::stage(stage, cast, (author, &needed.campus), (guest, wanted.shift))?;
        }
    }
    for (index, wanted) in wanted.into_iter().enumerate() {
        let before = wanted.starts.saturating_sub(SignedDuration::from_hours(2)).map_err(Fail::broken)?;
        // Each shift begins at another place of the list, so that nobody takes them all.
        let own: Vec<Actor> =
            volunteers.iter().cycle().skip(index * 7).take(volunteers.len()).copied().collect();
        let cast = Arc::clone(cast);
        let waiting = if Some(wanted.starts) == first { needed.says.asking } else { 0 };
        stage.at(between(posted, before.min(now), 60), move |tx| {
            let mut left = wanted.people;
            if let Some(number) = &wanted.father_of {
                must(tx, cast.father(number)?, &Act::TakeShift { shift: wanted.shift, on_behalf_of: None })?;
                left = left.saturating_sub(1);
            }
            for volunteer in &own {
                if left == 0 {
                    break;
                }
                let wish = Act::TakeShift { shift: wanted.shift, on_behalf_of: None };
                let took = act(tx, *volunteer, &wish)?;
                if let (true, true, Some(person)) = (took, asks, cast::person(*volunteer)) {
                    must(tx, author, &yes(wanted.shift, person))?;
                }
                left -= usize::from(took);
            }
            // The desk has asked one of those who do not come, where people are still missing.
            let asked = own.iter().rev().nth(waiting).copied().and_then(cast::person);
            if let (true, Some(person)) = (wanted.missing && wanted.starts > now, asked) {
                act(tx, author, &offer(wanted.shift, person))?;
            }
            for volunteer in own.iter().rev().take(waiting) {
                act(tx, *volunteer, &Act::TakeShift { shift: wanted.shift, on_behalf_of: None })?;
            }
            Ok(())
        });
    }
    Ok(())
}

/// The desk asks somebody to come.
fn offer(shift: Id<Shift>, person: Id<Person>) -> Act {
    let words = "这天还缺人，方便的话请来帮忙".into();
    Act::Volunteer(VolunteerAct::OfferShift { shift, people: vec![person], words, until: None })
}

/// The desk says yes to who asked.
fn yes(shift: Id<Shift>, person: Id<Person>) -> Act {
    let reason = String::new();
    Act::Volunteer(VolunteerAct::AnswerVolunteer { shift, person, agrees: true, reason })
}

fn volunteers(cast: &Cast, needed: &Needed, campus: Id<xinmei_model::Place>) -> Result<Vec<Actor>> {
    let mut chance = Chance::of(&needed.title);
    let own: BTreeSet<Id<Person>> = cast.family(super::CHILD)?.deciding.iter().copied().collect();
    let mut people = match needed.by {
        Volunteers::Staff => cast.teachers(campus),
        Volunteers::Guardians => {
            let families = cast.families.iter().filter(|family| family.path.contains(&campus));
            let people = families.filter_map(|family| family.deciding.first().copied());
            people.filter(|person| !own.contains(person)).map(guardian).collect()
        }
    };
    chance.shuffle(&mut people);
    Ok(people)
}
