//! Notices and what was answered to them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{GivenThen, Gone, Look, NoticeText, NoticeThen, Own, Viewer};
use crate::{
    Answer, AnsweredBy, Facts, Given, Id, Link, List, Membership, Notice, NoticeState, Person, Place, Stop,
    limits,
};

/// Notices at the moment, the newest first; into `moments` goes when anything of them ever changed.
pub(super) fn then(look: &Look<'_>, moments: &mut Vec<Timestamp>) -> Result<Vec<NoticeThen>, Stop> {
    let found = candidates(look)?;
    let answers = Facts::each(&found, |(notice, ..)| answers(look, notice))?;
    let mut shown = Vec::new();
    for ((notice, members, sent), answers) in found.into_iter().zip(answers) {
        let ever = holders(look, notice, &members, sent, None)?;
        if look.is_guardian() && ever.is_empty() {
            continue;
        }
        let gone = notice.gone_at();
        moments.extend([Some(sent), gone].into_iter().flatten());
        moments.extend(&notice.reminded_at);
        moments.extend(answers.iter().flat_map(|one| [Some(one.at), one.replaced]).flatten());
        let replaced = matches!(notice.state, NoticeState::Superseded { .. });
        if sent > look.at || replaced && gone.is_some_and(|gone| gone <= look.at) {
            continue;
        }
        let with = match gone {
            Some(gone) if gone <= look.at => Vec::new(),
            _ => holders(look, notice, &members, sent, Some(look.at))?,
        };
        if look.is_guardian() && with.is_empty() && gone.is_none_or(|gone| look.at < gone) {
            continue;
        }
        shown.push(view(look, notice, sent, with, answers));
    }
    shown.sort_by_key(|notice| std::cmp::Reverse(notice.sent));
    Ok(shown)
}

type Candidate<'f> = (&'f Notice, BTreeSet<Id<Person>>, Timestamp);

/// Notices that went to the child's places, or to one of its guardians because of it, as far as the viewer may see them.
fn candidates<'f>(look: &Look<'f>) -> Result<Vec<Candidate<'f>>, Stop> {
    let facts = look.facts;
    let places: BTreeSet<Id<Place>> = look.paths.iter().flat_map(|(_, path)| path.iter().copied()).collect();
    let to_places =
        Facts::each(places, |place| facts.list::<Notice>(List::NoticesTo(place), limits::ROWS_PER_LIST));
    let members = Facts::each(&look.guardians, |own| {
        facts.list::<Membership>(List::MembershipsOf(own.link.guardian), limits::ROWS_PER_LIST)
    });
    let (to_places, members) = match (to_places, members) {
        (Ok(to_places), Ok(members)) => (to_places, members),
        (Err(Stop::Needs(mut some)), Err(Stop::Needs(others))) => {
            some.extend(others);
            return Err(Stop::Needs(some));
        }
        (Err(stop), _) | (_, Err(stop)) => return Err(stop),
    };
    let members: Vec<_> = members.into_iter().flatten().filter(|one| one.child == look.child.id).collect();
    let by_member = Facts::each(&members, |one| facts.find(one.notice))?;
    let mut by_id: BTreeMap<Id<Notice>, Candidate<'f>> = BTreeMap::new();
    let mut add = |notice: &'f Notice, member: Option<Id<Person>>| {
        let Some(sent) = notice.went_out.filter(|_| may_see(look, notice)) else { return };
        by_id.entry(notice.id).or_insert((notice, BTreeSet::new(), sent)).1.extend(member);
    };
    to_places.into_iter().flatten().for_each(|notice| add(notice, None));
    for (one, notice) in members.iter().zip(by_member) {
        notice.into_iter().for_each(|notice| add(notice, Some(one.person)));
    }
    Ok(by_id.into_values().collect())
}

/// Whether the viewer may see a notice anyway: a guardian their own, staff their own and those to their place and above.
fn may_see(look: &Look<'_>, notice: &Notice) -> bool {
    match look.viewer {
        Viewer::Guardian(_) => true,
        Viewer::Staff { person, path, .. } => notice.author == person || notice.audience.tells(path),
    }
}

/// Guardians who had a notice at a moment, or who ever had it.
fn holders(
    look: &Look<'_>,
    notice: &Notice,
    members: &BTreeSet<Id<Person>>,
    sent: Timestamp,
    at: Option<Timestamp>,
) -> Result<Vec<Id<Person>>, Stop> {
    let end = notice.gone_at().unwrap_or_else(|| look.facts.now());
    let (at, sent_on) = (at.unwrap_or(end), look.day(sent)?);
    let day = look.day(at)?;
    let there = |day| notice.stands_on(look.path_on(day));
    let to_place = there(sent_on) || there(day);
    let due = notice.due.as_ref().map(jiff::Zoned::timestamp);
    let had = |own: &&Own<'_>| {
        let reached = to_place || members.contains(&own.link.guardian);
        // Whoever joined later was told of duties that were still open, and not of the past.
        let told = own.joined().is_some_and(|joined| joined <= sent || due.is_some_and(|due| due > joined));
        reached && told && own.joined_by(at) && own.received(at, day)
    };
    Ok(look.guardians.iter().filter(had).map(|own| own.link.guardian).collect())
}

/// Every version of what was answered for the child, oldest first; for staff of what they read the answers of.
fn answers(look: &Look<'_>, notice: &Notice) -> Result<Vec<GivenThen>, Stop> {
    let facts = look.facts;
    if let Viewer::Staff { person, role, .. } = look.viewer
        && notice.author != person
    {
        let place = facts.get(role.place)?;
        if !role.reads_answers_of(place) || !notice.is_read_by_class(&place.path) {
            return Ok(Vec::new());
        }
    }
    let links = facts.list::<Link>(List::LinksOf(look.child.id), limits::ROWS_PER_LIST)?;
    let ids: BTreeSet<_> = match notice.answered_by {
        AnsweredBy::EachGuardian => {
            links.iter().map(|link| Answer::of(notice, look.child.id, link.guardian)).collect()
        }
        _ => links.first().map(|link| Answer::of(notice, look.child.id, link.guardian)).into_iter().collect(),
    };
    let found = Facts::each(ids, |id| facts.find(id))?;
    let mut given: Vec<GivenThen> = found.into_iter().flatten().flat_map(versions).collect();
    given.sort_by_key(|one| one.at);
    Ok(given)
}

fn versions(answer: &Answer) -> Vec<GivenThen> {
    let all: Vec<&Given> = answer.earlier.iter().chain([&answer.given]).collect();
    let next = all.iter().skip(1).map(|given| Some(given.at)).chain([None]);
    let view = |(given, replaced): (&&Given, Option<Timestamp>)| GivenThen {
        reply: given.reply.clone(),
        by: given.guardian_name.clone(),
        entered: given.entered.clone(),
        at: given.at,
        replaced,
    };
    all.iter().zip(next).map(view).collect()
}

fn view(
    look: &Look<'_>,
    notice: &Notice,
    sent: Timestamp,
    with: Vec<Id<Person>>,
    answers: Vec<GivenThen>,
) -> NoticeThen {
    let own = matches!(look.viewer, Viewer::Staff { person, .. } if notice.author == person);
    let gone = match notice.state {
        NoticeState::Recalled { at, .. } => Some(Gone::Recalled { at }),
        NoticeState::Superseded { by, at } => Some(Gone::Replaced { at, by }),
        NoticeState::Proposed { .. }
        | NoticeState::Declined { .. }
        | NoticeState::Held { .. }
        | NoticeState::Sent { .. } => None,
    };
    let shown = own || !matches!(gone, Some(Gone::Recalled { .. }));
    let first = answers.first().map(|one| one.at);
    let silent = |at: &&Timestamp| first.is_none_or(|first| **at < first);
    NoticeThen {
        id: notice.id,
        author: notice.author_name.clone(),
        author_title: notice.author_title.clone(),
        text: shown.then(|| NoticeText {
            title: notice.title.clone(),
            body: notice.body.clone(),
            ask: notice.ask.clone(),
            due: notice.due.clone(),
            changed: notice.changed.clone(),
            supersedes: notice.supersedes,
        }),
        sent,
        reminded: notice.reminded_at.iter().filter(|at| **at <= look.at).filter(silent).copied().collect(),
        with,
        answers: answers.into_iter().filter(|one| shown && one.at <= look.at).collect(),
        gone,
    }
}
