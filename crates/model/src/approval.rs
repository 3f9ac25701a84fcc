//! The second pair of eyes: what goes to the whole school goes out only once somebody else has agreed.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Audience, Change, Decision, Facts, Feed, Id, Kind, Level, List, Notice, NoticeState, Person,
    Place, Power, Refusal, Role, Stop,
    going_out::{goes_out, hold},
    limits,
    limits::check_text,
    notice::paths_of,
    rights::{require_power, role_worn},
};

/// Who agreed that a notice goes out: part of the record, and read by everybody who reads the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Approved {
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub name: String,
    /// The hat: 校长, 德育主任.
    pub title: String,
    /// When.
    pub at: Timestamp,
}

/// Whether an audience is the whole school, by whatever parts it is named: then two people answer for what is said.
/// Families left out of it change nothing; a class by itself is its teacher's, also where there is no other.
///
/// # Errors
/// [`Stop::Needs`] until the places were loaded.
pub fn needs_approval(facts: &Facts, audience: &Audience) -> Result<bool, Stop> {
    let places = facts.list::<Place>(List::All(Kind::Place), limits::ROWS_PER_LIST)?;
    let named: Vec<_> = audience.include.iter().filter_map(|target| target.place()).collect();
    let covered = |place: &Place| named.iter().any(|named| place.within(*named));
    let mut classes = places.iter().filter(|place| place.level == Level::Class);
    let several = match named.as_slice() {
        [] => false,
        [one] => !classes.clone().any(|class| class.id == *one),
        _ => true,
    };
    Ok(several && classes.all(|class| covered(class)))
}

/// The hats, other than the author's, that may agree to what is said to this audience.
///
/// # Errors
/// [`Stop::Needs`] until roles and the places of the audience were loaded.
pub fn approvers<'f>(
    facts: &'f Facts,
    audience: &Audience,
    author: Id<Person>,
) -> Result<Vec<&'f Role>, Stop> {
    let today = facts.today()?;
    let paths = paths_of(facts, audience)?;
    let roles = facts.list::<Role>(List::All(Kind::Role), limits::ROWS_PER_LIST)?;
    let agrees = |role: &&Role| {
        role.person != author
            && role.holds(today)
            && paths.iter().all(|path| role.may(Power::ApproveNotices, path))
    };
    Ok(roles.into_iter().filter(agrees).collect())
}

/// A notice that waits for a second person. Where nobody could agree it is refused at once, and never waits for ever.
pub(crate) fn propose(facts: &Facts, notice: Notice) -> Decision {
    if approvers(facts, &notice.audience, notice.author)?.is_empty() {
        return Err(Refusal::NoApprover.into());
    }
    let proposed = Notice { state: NoticeState::Proposed { since: facts.now() }, ..notice };
    let feeds = feeds(facts, &proposed)?;
    Ok(vec![Change::put(proposed, feeds)])
}

/// Where it stands while it waits, and in the hold window after it: with its author and with those who may agree, who
/// wear their hat at a place that is above all of the audience.
fn feeds(facts: &Facts, notice: &Notice) -> Result<Vec<Feed>, Stop> {
    let paths = paths_of(facts, &notice.audience)?;
    let mut above = paths.first().cloned().unwrap_or_default();
    above.retain(|place| paths.iter().all(|path| path.contains(place)));
    Ok([Feed::Author(notice.author)].into_iter().chain(above.into_iter().map(Feed::Approvals)).collect())
}

/// The notice, if this actor is one who may say yes or no to it now.
fn proposed<'f>(facts: &'f Facts, actor: &Actor, id: Id<Notice>) -> Result<(&'f Notice, &'f Role), Stop> {
    let refused = || Stop::from(Refusal::NoPower { power: Power::ApproveNotices });
    let role = role_worn(facts, actor)?.ok_or_else(refused)?;
    let notice = facts.get(id)?;
    for path in paths_of(facts, &notice.audience)? {
        require_power(facts, actor, Power::ApproveNotices, &path)?;
    }
    // The second pair of eyes is somebody else's.
    if role.person == notice.author {
        return Err(refused());
    }
    match notice.state {
        NoticeState::Proposed { .. } => Ok((notice, role)),
        NoticeState::Superseded { by, .. } => Err(Refusal::NoticeGone { by: Some(by.uuid()) }.into()),
        _ => Err(Refusal::NoticeGone { by: None }.into()),
    }
}

/// Agrees: from now on it goes out as any other notice, after a hold window of its own.
pub(crate) fn approve(facts: &Facts, actor: &Actor, id: Id<Notice>) -> Decision {
    let (notice, role) = proposed(facts, actor, id)?;
    let until = goes_out(facts.school()?, notice.send_at.as_ref(), facts.now());
    // What should have been answered before it goes out is for its author to date anew.
    if let Some(due) = notice.due.as_ref().filter(|due| facts.complete() && due.timestamp() <= until) {
        return Err(Refusal::Closed { since: Zoned::clone(due) }.into());
    }
    let approved = Approved {
        person: role.person,
        name: role.person_name.clone(),
        title: role.title.clone(),
        at: facts.now(),
    };
    let feeds = feeds(facts, notice)?;
    Ok(hold(Notice { approved: Some(approved), ..notice.clone() }, until, feeds))
}

/// Says no, in words that its author reads.
pub(crate) fn decline(facts: &Facts, actor: &Actor, id: Id<Notice>, reason: &str) -> Decision {
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    let (notice, role) = proposed(facts, actor, id)?;
    let state = NoticeState::Declined {
        by: role.person_name.clone(),
        title: role.title.clone(),
        reason: reason.trim().to_owned(),
        at: facts.now(),
    };
    let declined = Notice { state, ..notice.clone() };
    let feeds = feeds(facts, &declined)?;
    Ok(vec![Change::put(declined, feeds)])
}
