//! How a notice goes out: the hold window, the night, and the moment at which families have it instead of what it replaces.

use jiff::{SignedDuration, Timestamp, Zoned};

use crate::{
    Audience, Change, Decision, Due, DueKind, Facts, Feed, Id, List, Notice, NoticeState, Place, Recall,
    Refusal, Role, School, Stop, Target, answer, child_file, limits,
    membership::membership,
    notice::{count, paths_of, powers_for},
    recipients, reminder,
};

/// When a notice goes out that is composed at `now`: after the hold window, not before it was asked to, and by day.
#[must_use]
pub fn goes_out(school: &School, send_at: Option<&Zoned>, now: Timestamp) -> Timestamp {
    let held = now.saturating_add(SignedDuration::from_secs(i64::from(school.hold_s))).unwrap_or(now);
    school.awake_from(send_at.map_or(held, Zoned::timestamp).max(held))
}

/// Refuses a deadline that has passed when the notice goes out.
pub(crate) fn check_due(facts: &Facts, due: Option<&Zoned>, send_at: Option<&Zoned>) -> Result<(), Stop> {
    let school = facts.school()?;
    // A replica's clock may be years wrong: it knows no more than the time that was asked for.
    let goes_out = match send_at {
        _ if facts.complete() => Some(goes_out(school, send_at, facts.now())),
        asked => asked.map(|at| school.awake_from(at.timestamp())),
    };
    let late = goes_out.filter(|goes_out| due.is_some_and(|due| due.timestamp() <= *goes_out));
    late.map_or(Ok(()), |goes_out| Err(Refusal::DueTooEarly { goes_out }.into()))
}

/// A notice in its author's hands, seen in these feeds, and the timer that ends this.
pub(crate) fn hold(notice: Notice, until: Timestamp, feeds: Vec<Feed>) -> Vec<Change> {
    let release = Due::new(DueKind::ReleaseNotice, notice.id.uuid(), until, 0);
    let held = Notice { state: NoticeState::Held { until }, ..notice };
    vec![Change::put(held, feeds), Change::Set(release)]
}

/// The hold window is over: the author's hat and the audience are looked at anew, and the notice goes out with its memberships; what
/// it replaces goes from every family in the same act.
pub(crate) fn release(facts: &Facts, id: Id<Notice>) -> Decision {
    let notice = facts.get(id)?;
    if !matches!(notice.state, NoticeState::Held { until } if until <= facts.now()) {
        return Ok(Vec::new());
    }
    // The timer came late, or the quiet hours are new. An alert wakes everybody.
    let awake = facts.school()?.awake_from(facts.now());
    if awake > facts.now() && notice.alert.is_none() {
        return Ok(hold(notice.clone(), awake, vec![Feed::Author(notice.author)]));
    }
    let Some(audience) = still_reached(facts, notice)? else {
        let state = NoticeState::Recalled { at: facts.now(), words: String::new() };
        return Ok(vec![Change::put(Notice { state, ..notice.clone() }, [Feed::Author(notice.author)])]);
    };
    let recipients = recipients(facts, &audience)?;
    let sent = Notice {
        audience,
        state: NoticeState::Sent { at: facts.now() },
        went_out: Some(facts.now()),
        children: count(recipients.children()),
        families: count(recipients.families.len()),
        ..notice.clone()
    };
    let feeds = sent.feeds_when_sent();
    let mut changes = Vec::new();
    if sent.stands_at().is_empty() {
        let pairs = recipients.families.iter().flat_map(|family| &family.guardians);
        // Who took part when it went out is for its author to read afterwards.
        let author = sent.audience.takes_part().then_some(notice.author);
        changes.extend(pairs.map(|(person, child)| membership(id, *person, *child, author)));
        // Whoever joins later has what is still open then, as with a notice to one place. Of who takes part in something a
        // membership says that they were told.
        let later = recipients.left_out.iter().filter(|left| author.is_none() && left.why.may_end());
        changes.extend(later.map(|left| membership(id, left.guardian, left.child, None)));
    }
    let old = newest_of(facts, notice)?;
    changes.extend(answer::open(facts, &sent, old.filter(|old| sent.carries_from(old)))?);
    if let Some(old) = old {
        changes.extend(Recall::trace(old, facts.now(), "", Some(id)));
        let state = NoticeState::Superseded { by: id, at: facts.now() };
        changes.push(Change::put(Notice { state, ..old.clone() }, [Feed::Author(old.author)]));
        changes.extend(child_file::take_back(facts, old)?);
    }
    changes.extend(child_file::go_out(facts, &sent)?);
    changes.extend(reminder::timers(facts.school()?, &sent));
    changes.push(Change::put(sent, feeds));
    Ok(changes)
}

/// The notice that families still hold of the one this replaces: where two replacements of it were in their hold
/// windows together, the later one replaces the earlier.
fn newest_of<'f>(facts: &'f Facts, notice: &Notice) -> Result<Option<&'f Notice>, Stop> {
    let Some(first) = notice.supersedes else { return Ok(None) };
    let mut old = facts.get(first)?;
    while let NoticeState::Superseded { by, .. } = old.state {
        if by == notice.id {
            return Ok(None);
        }
        old = facts.get(by)?;
    }
    Ok(old.still_there().is_ok().then_some(old))
}

/// Whom the author still reaches, in the hat that reaches most: all of it, but for children who went to other people's classes
/// meanwhile. Nobody, where a place or a list is out of reach, or where no child is left.
fn still_reached(facts: &Facts, notice: &Notice) -> Result<Option<Audience>, Stop> {
    let today = facts.today()?;
    let power = Notice::power(notice.alert.as_ref());
    let roles = facts.list::<Role>(List::RolesOf(notice.author), limits::ROWS_PER_LIST)?;
    let paths = paths_of(facts, &notice.audience)?;
    let reached = Facts::each(roles.into_iter().filter(|role| role.holds(today)), |role| {
        let stays = |(target, path): &(&Target, &Vec<Id<Place>>)| {
            !matches!(target, Target::Child(_)) || role.may(power, path)
        };
        let include = notice.audience.include.iter().zip(&paths).filter(stays).map(|(target, _)| *target);
        let audience = Audience { include: include.collect(), ..notice.audience.clone() };
        let powers = powers_for(facts, &audience, power)?;
        let all = powers.iter().all(|(power, path)| role.may(*power, path));
        Ok((all && !audience.include.is_empty()).then_some(audience))
    })?;
    Ok(reached.into_iter().flatten().max_by_key(|audience| audience.include.len()))
}
