//! Children are nominated, their families agree, say and show something; the desk looks at it before anybody else does.

use crate::{
    Actor, Candidate, CheckState, Child, Contest, Decision, Entered, Entry, EntryWish, Facts, FileKind, Hat,
    Id, Person, Power, Proxy, Refusal, Right, StageResult, Stop, Turn,
    attachment::{check_files, require_uploaded},
    candidate::{all, shown},
    contest, limits,
    limits::check_text,
    rights, turn_change,
};

/// Who speaks for a child: a guardian, or whoever works at its class and says it first.
fn speaks(
    facts: &Facts,
    actor: &Actor,
    proxy: Option<&Proxy>,
    child: Id<Child>,
) -> Result<Option<Id<Person>>, Stop> {
    if let (Actor::Person { hat: Hat::Staff { .. }, .. }, None) = (actor, proxy) {
        let path = match facts.find(child)? {
            Some(child) => child.path.clone(),
            None if facts.complete() => Vec::new(),
            None => return Err(Stop::Unknown),
        };
        rights::require_power(facts, actor, Power::ActForFamilies, &path)?;
        return Ok(None);
    }
    rights::require_right(facts, actor, proxy, child, Right::Decide).map(Some)
}

/// Nominates a child, agrees to that, or says it otherwise.
pub(crate) fn enter(facts: &Facts, actor: &Actor, wish: &EntryWish) -> Decision {
    let proxy = wish.on_behalf_of.as_ref();
    let guardian = speaks(facts, actor, proxy, wish.child)?;
    let contest = facts.get(wish.contest)?;
    check_text("statement", &wish.statement, 0, limits::STATEMENT_CHARS)?;
    check_files(wish.poster.as_slice(), 1)?;
    let fit = |kind: FileKind| kind.is_picture() || kind == FileKind::Pdf;
    if wish.poster.as_ref().is_some_and(|poster| !fit(poster.kind) || contest.show().is_none()) {
        return Err(Refusal::Malformed { field: "poster".into() }.into());
    }
    let child = facts.get(wish.child)?;
    let before = facts.find(Candidate::of(contest.id, child.id))?.filter(|it| it.withdrawn.is_none());
    let same = |entry: &Entry| entry.statement == wish.statement.trim() && entry.poster == wish.poster;
    // That a child is shown no more can be said at any time, whatever became of the contest.
    let takes_back =
        before.is_some_and(|before| before.guardian.is_some() && same(&before.entry)) && !wish.shows;
    if !contest.is_on() && !takes_back {
        return Err(Refusal::EventNotOpen.into());
    }
    if let Some(before) = before.filter(|_| guardian.is_none()) {
        return Err(Refusal::AlreadyBooked { booking: before.id.uuid() }.into());
    }
    if wish.replaces.is_some_and(|seen| seen != before.map_or(0, |before| before.version)) {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let entered = actor.entered(facts, proxy)?;
    let mut candidate = match before {
        Some(before) => before.clone(),
        None => Candidate { mark: wish.mark, ..nominate(facts, actor, contest, child, guardian)? },
    };
    if !same(&candidate.entry) {
        change_entry(facts, actor, contest, &mut candidate, wish, before.is_some())?;
    }
    let mut joins = Vec::new();
    if let Some(guardian) = guardian {
        require_not_begun(facts, contest, &candidate)?;
        if candidate.guardian.is_none() {
            joins = turn_change::join(facts, contest, &candidate)?;
        }
        if candidate.guardian.is_none() || candidate.shows != wish.shows {
            candidate.version = candidate.version.saturating_add(1);
        }
        guardian_agrees(facts, &mut candidate, guardian, entered, wish.shows)?;
    }
    let school = shown(facts, contest, &candidate, (&joins, &[]))?;
    let joins = joins.into_iter().map(turn_change::put_turn);
    Ok([candidate.put()].into_iter().chain(joins).chain([school]).collect())
}

/// Agreeing for the first time ends as the first stage begins.
fn require_not_begun(facts: &Facts, contest: &Contest, candidate: &Candidate) -> Result<(), Stop> {
    let first = contest.plan.stages.first().filter(|first| first.starts.timestamp() <= facts.now());
    match first {
        Some(first) if candidate.guardian.is_none() => {
            Err(Refusal::Started { since: first.starts.clone() }.into())
        }
        _ => Ok(()),
    }
}

fn guardian_agrees(
    facts: &Facts,
    candidate: &mut Candidate,
    guardian: Id<Person>,
    entered: Option<Entered>,
    shows: bool,
) -> Result<(), Stop> {
    candidate.guardian_name = facts.get(guardian)?.name.clone();
    candidate.guardian = Some(guardian);
    candidate.entered = entered;
    candidate.shows = shows;
    Ok(())
}

/// A child that is nominated now, while that is open.
fn nominate(
    facts: &Facts,
    actor: &Actor,
    contest: &Contest,
    child: &Child,
    guardian: Option<Id<Person>>,
) -> Result<Candidate, Stop> {
    contest.open_at(facts.now())?;
    let class = child.class().filter(|_| contest.is_for(&child.path)).ok_or(Refusal::NotEligible)?;
    let mut others = all(facts, contest.id)?;
    others.retain(|it| it.withdrawn.is_none());
    let theirs = others.iter().filter(|it| it.class == class).count();
    let full = |count: usize, limit: u32| u32::try_from(count).map_or(true, |count| count >= limit);
    let of_class = contest.plan.per_class.filter(|limit| full(theirs, *limit));
    let of_all = Some(limits::CANDIDATES_PER_CONTEST).filter(|limit| full(others.len(), *limit));
    if let Some(limit) = of_class.or(of_all) {
        return Err(Refusal::TooMany { field: "candidates".into(), limit }.into());
    }
    // Families have their own candidates only: how many there are, the school knows.
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    let by = match guardian {
        Some(guardian) => facts.get(guardian)?.name.clone(),
        None => actor.staff_name(facts)?.unwrap_or_default(),
    };
    let id = Candidate::of(contest.id, child.id);
    // One that was taken out and comes again keeps what it was before.
    let old = facts.find(id)?;
    let mut earlier = old.map(|old| old.earlier.clone()).unwrap_or_default();
    if let Some(entry) = old.map(|old| old.entry.clone()).filter(|entry| entry.poster.is_some()) {
        keep(&mut earlier, entry);
    }
    Ok(Candidate {
        id,
        contest: contest.id,
        child: child.id,
        class,
        nominated_by: by,
        guardian: None,
        guardian_name: String::new(),
        entered: None,
        shows: false,
        entry: Entry { statement: String::new(), poster: None, at: facts.now() },
        earlier,
        check: CheckState::Unchecked,
        fine: None,
        withdrawn: None,
        mark: None,
        version: old.map_or(1, |old| old.version.saturating_add(1)),
        at: facts.now(),
    })
}

/// Keeps an entry among those before it; the oldest goes once there are too many.
fn keep(earlier: &mut Vec<Entry>, entry: Entry) {
    earlier.push(entry);
    let too_many = earlier.len().saturating_sub(limits::ENTRY_VERSIONS);
    earlier.drain(..too_many);
}

/// What it says and shows reads otherwise, while there is time; the desk looks at it anew.
fn change_entry(
    facts: &Facts,
    actor: &Actor,
    contest: &Contest,
    candidate: &mut Candidate,
    wish: &EntryWish,
    was_there: bool,
) -> Result<(), Stop> {
    let revises = matches!(candidate.check, CheckState::Revise { .. });
    if !contest.takes_entry_at(revises, facts.now()) {
        return Err(Refusal::Closed { since: contest.entry_until(revises).clone() }.into());
    }
    let old = &candidate.entry;
    if old.poster != wish.poster
        && let Some(person) = actor.person()
    {
        require_uploaded(facts, person, wish.poster.as_slice())?;
    }
    if was_there && (!old.statement.is_empty() || old.poster.is_some()) {
        keep(&mut candidate.earlier, old.clone());
    }
    let statement = wish.statement.trim().to_owned();
    candidate.entry = Entry { statement, poster: wish.poster.clone(), at: facts.now() };
    candidate.check = CheckState::Unchecked;
    candidate.version = candidate.version.saturating_add(1);
    Ok(())
}

/// The desk says that an entry may be shown, or what has to be otherwise.
pub(crate) fn check(facts: &Facts, actor: &Actor, id: Id<Candidate>, version: u32, revise: &str) -> Decision {
    let before = facts.get(id)?;
    let contest = contest::run(facts, actor, before.contest)?;
    check_text("revise", revise, 0, limits::NOTE_CHARS)?;
    if before.withdrawn.is_some() {
        return Err(Refusal::BookingGone.into());
    }
    if before.version != version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let (by, words, at) =
        (actor.staff_name(facts)?.unwrap_or_default(), revise.trim().to_owned(), facts.now());
    let mut candidate = before.clone();
    if words.is_empty() {
        candidate.fine = Some(candidate.entry.clone());
        candidate.check = CheckState::Fine { by, at };
    } else {
        // What was shown by mistake is shown no more.
        candidate.fine = candidate.fine.filter(|fine| *fine != candidate.entry);
        candidate.check = CheckState::Revise { by, words, at };
    }
    let school = shown(facts, contest, &candidate, (&[], &[]))?;
    Ok(vec![candidate.put(), school])
}

/// A child is taken out: by its family at any time, by staff as long as nobody agreed, and by the desk once the child is
/// of no class any more that the contest is for.
pub(crate) fn withdraw(facts: &Facts, actor: &Actor, id: Id<Candidate>, proxy: Option<&Proxy>) -> Decision {
    let before = facts.get(id)?;
    let contest = facts.get(before.contest)?;
    let left = facts.find(before.child)?.is_some_and(|it| it.class().is_none() || !contest.is_for(&it.path));
    let staff = matches!(actor, Actor::Person { hat: Hat::Staff { .. }, .. }) && proxy.is_none();
    let of_desk = left && staff;
    let guardian = if of_desk {
        rights::require_power(facts, actor, Power::ManageEvents, &contest.held_at)?;
        None
    } else {
        speaks(facts, actor, proxy, before.child)?
    };
    if before.withdrawn.is_some() {
        return Err(Refusal::BookingGone.into());
    }
    if guardian.is_none() && before.guardian.is_some() && !of_desk {
        return Err(Refusal::NoRight { right: Right::Decide }.into());
    }
    let withdrawn = Some(facts.now());
    let candidate = Candidate { withdrawn, fine: None, ..before.clone() };
    let told = |stage| contest.results_of(stage).is_some();
    let mut changes = Vec::new();
    for order in &contest.orders {
        if let Some(turn) = facts.find(Turn::of(order.stage, id))?.filter(|turn| !turn.gone) {
            changes.push(turn.clone().end());
        }
    }
    for stage in contest.plan.stages.iter().filter(|stage| !told(stage.id)) {
        if let Some(draft) = facts.find(StageResult::of(stage.id, id))? {
            changes.push(draft.clone().drop());
        }
    }
    let school = shown(facts, contest, &candidate, (&[], &[]))?;
    Ok([candidate.put(), school].into_iter().chain(changes).collect())
}
