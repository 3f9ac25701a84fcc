//! "What did we tell them, when?": what a family had in its hands at a past moment, worked out from the rows that are
//! there, with what became of it since.
//!
//! Nobody is shown more than they may see anyway: a guardian what was their own, staff their own notices and those to their
//! classes, conversations they take part in, and requests they answer. What was taken back is shown to its author alone; the
//! others are told that there was something.

mod notices;
mod talks;

use std::ops::RangeInclusive;

use jiff::{Timestamp, Zoned, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Ask, Changed, Child, Conversation, Ended, EndedRight, Entered, Facts, FamilyRequest, Hat, Id,
    InboxPartner, Kind, Link, List, Message, Notice, Partner, Person, Place, Power, Received, Relation,
    Reply, RequestState, Right, Role, Speaker, Stop, Wanted, limits, rights,
};

/// What a family had in its hands at a moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct History {
    /// The moment; never later than now.
    pub at: Timestamp,
    /// Guardians and whether each heard from the school then: staff see all, a guardian only themselves.
    pub guardians: Vec<GuardianThen>,
    /// Notices, the newest first; at most [`limits::LOOK_BACK`].
    pub notices: Vec<NoticeThen>,
    /// Older notices that are not shown.
    pub older: u32,
    /// Conversations in which something had been said, the newest first.
    pub conversations: Vec<ConversationThen>,
    /// Requests, the newest first.
    pub requests: Vec<RequestThen>,
    /// When something of this changed last before the moment.
    pub before: Option<Timestamp>,
    /// When something of this changed next.
    pub after: Option<Timestamp>,
}

/// A guardian at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct GuardianThen {
    /// Who.
    pub person: Id<Person>,
    /// That guardian's name.
    pub name: String,
    /// How they are related.
    pub relation: Relation,
    /// Whether they heard from the school.
    pub heard: HeardThen,
}

/// Whether a guardian heard from the school at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum HeardThen {
    /// Had joined, and had the right to messages.
    Heard,
    /// Had not joined yet.
    NotJoined,
    /// Has no device and is told on paper.
    OnPaper,
    /// No right to messages is on record for that day; the office knows more.
    AskOffice,
}

/// A notice at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct NoticeThen {
    /// Which.
    pub id: Id<Notice>,
    /// The author's name.
    pub author: String,
    /// The hat it was written in.
    pub author_title: String,
    /// What it said; `None` where it was taken back by somebody else.
    pub text: Option<NoticeText>,
    /// When it went out.
    pub sent: Timestamp,
    /// When its reminders went out, up to the moment, to a family that had not answered.
    pub reminded: Vec<Timestamp>,
    /// Guardians who had it.
    pub with: Vec<Id<Person>>,
    /// What had been answered, oldest first.
    pub answers: Vec<GivenThen>,
    /// What became of it, before or after the moment.
    pub gone: Option<Gone>,
}

/// What a notice said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct NoticeText {
    /// One line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// What was asked.
    pub ask: Ask,
    /// By when.
    pub due: Option<Zoned>,
    /// What it changed in the notice before it.
    pub changed: Option<Changed>,
    /// The notice it took the place of.
    pub supersedes: Option<Id<Notice>>,
}

/// What became of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Gone {
    /// Its author took it back.
    Recalled {
        /// When.
        at: Timestamp,
    },
    /// Another took its place.
    Replaced {
        /// When.
        at: Timestamp,
        /// Which.
        by: Id<Notice>,
    },
}

/// One version of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct GivenThen {
    /// What.
    pub reply: Reply,
    /// By which guardian.
    pub by: String,
    /// 代办: who entered it.
    pub entered: Option<Entered>,
    /// When the server took it.
    pub at: Timestamp,
    /// When another version took its place, before or after the moment.
    pub replaced: Option<Timestamp>,
}

/// A conversation at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ConversationThen {
    /// Which.
    pub id: Id<Conversation>,
    /// One line.
    pub title: String,
    /// Staff who take part now and did then.
    pub with: Vec<Partner>,
    /// Shared inboxes that took part.
    pub inboxes: Vec<InboxPartner>,
    /// Whether it was over.
    pub ended: Option<Ended>,
    /// What had been said, in its order; the last [`limits::LOOK_BACK`].
    pub said: Vec<SaidThen>,
    /// Messages before them.
    pub older: u32,
}

/// A message at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SaidThen {
    /// Which.
    pub id: Id<Message>,
    /// Who said it.
    pub by: Speaker,
    /// When the server took it.
    pub at: Timestamp,
    /// What it said then; empty where it was taken back, then or since: such a text is kept nowhere.
    pub text: String,
    /// When it was said otherwise next.
    pub edited: Option<Timestamp>,
    /// When its speaker took it back.
    pub deleted: Option<Timestamp>,
    /// Who had said 收到.
    pub received: Vec<Received>,
}

/// A request at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RequestThen {
    /// Which.
    pub id: Id<FamilyRequest>,
    /// What.
    pub wanted: Wanted,
    /// The guardian who asked.
    pub guardian: String,
    /// 代办: who entered it.
    pub entered: Option<Entered>,
    /// When the server took it.
    pub asked: Timestamp,
    /// How it stood.
    pub state: RequestState,
}

/// Who looks.
enum Viewer<'f> {
    Guardian(Id<Person>),
    Staff { person: Id<Person>, role: &'f Role, path: &'f [Id<Place>] },
}

/// A guardian of the child, as far as it is looked at.
struct Own<'f> {
    link: &'f Link,
    person: Option<&'f Person>,
    /// Rights over the child that were taken away since.
    ended: Vec<&'f EndedRight>,
}

/// Whose hands are looked at, by whom, and when.
struct Look<'f> {
    facts: &'f Facts,
    viewer: Viewer<'f>,
    child: &'f Child,
    guardians: Vec<Own<'f>>,
    /// Where the child was, each with its days.
    paths: Vec<(RangeInclusive<Date>, &'f [Id<Place>])>,
    at: Timestamp,
}

impl<'f> Look<'f> {
    fn of(facts: &'f Facts, actor: &Actor, id: Id<Child>, at: Timestamp) -> Result<Self, Stop> {
        let hidden = || facts.missing(Kind::Child);
        let child = facts.get(id)?;
        let Actor::Person { person, hat } = actor else { return Err(hidden()) };
        let viewer = match hat {
            Hat::Guardian => {
                rights::link_allowing(facts, *person, id, Right::Messages)?;
                Viewer::Guardian(*person)
            }
            Hat::Staff { .. } => {
                let role = rights::role_worn(facts, actor)?;
                let role = role.filter(|role| role.may(Power::SeeClass, &child.path)).ok_or_else(hidden)?;
                Viewer::Staff { person: *person, role, path: &facts.get(role.place)?.path }
            }
        };
        let links = facts.list::<Link>(List::LinksOf(id), limits::ROWS_PER_LIST)?;
        let shown = |link: &&Link| match viewer {
            Viewer::Guardian(me) => link.guardian == me,
            Viewer::Staff { .. } => true,
        };
        let ended = facts.list::<EndedRight>(List::EndedRightsOf(id), limits::ROWS_PER_LIST)?;
        let mut guardians = Facts::each(links.into_iter().filter(shown), |link| {
            let ended = ended.iter().copied().filter(|one| one.guardian == link.guardian).collect();
            Ok(Own { link, person: facts.find(link.guardian)?, ended })
        })?;
        guardians.sort_by_key(|own| (own.link.relation, &own.link.guardian_name));
        Ok(Self { facts, viewer, child, guardians, paths: paths(facts, child)?, at: at.min(facts.now()) })
    }

    fn day(&self, at: Timestamp) -> Result<Date, Stop> {
        Ok(self.facts.school()?.day(at))
    }

    /// The class of the child on a day, and everything above it.
    fn path_on(&self, day: Date) -> &'f [Id<Place>] {
        let on = self.paths.iter().find(|(days, _)| days.contains(&day));
        on.map(|(_, path)| *path).unwrap_or_default()
    }

    fn is_guardian(&self) -> bool {
        matches!(self.viewer, Viewer::Guardian(_))
    }

    fn guardians_then(&self) -> Result<Vec<GuardianThen>, Stop> {
        let day = self.day(self.at)?;
        let then = |own: &Own<'_>| GuardianThen {
            person: own.link.guardian,
            name: own.link.guardian_name.clone(),
            relation: own.link.relation,
            heard: if !own.received(self.at, day) {
                HeardThen::AskOffice
            } else if own.joined_by(self.at) {
                HeardThen::Heard
            } else if own.link.on_paper {
                HeardThen::OnPaper
            } else {
                HeardThen::NotJoined
            },
        };
        Ok(self.guardians.iter().filter(|own| own.link.holds(day)).map(then).collect())
    }
}

impl Own<'_> {
    fn joined(&self) -> Option<Timestamp> {
        self.person.and_then(|person| person.joined)
    }

    /// Whether the guardian had the right to messages then.
    fn received(&self, at: Timestamp, day: Date) -> bool {
        let right = Right::Messages;
        self.link.allows(right, day)
            || self.link.holds(day) && self.ended.iter().any(|one| one.stood(right, at, day))
    }

    fn joined_by(&self, at: Timestamp) -> bool {
        self.joined().is_some_and(|joined| joined <= at)
    }
}

/// From when to when a child was somewhere, and where.
type Stay<'f> = (RangeInclusive<Date>, &'f [Id<Place>]);

/// Every class a child was in; one without a history has been where it is.
fn paths<'f>(facts: &'f Facts, child: &'f Child) -> Result<Vec<Stay<'f>>, Stop> {
    if child.enrolments.is_empty() {
        return Ok(vec![(Date::MIN..=Date::MAX, child.path.as_slice())]);
    }
    Facts::each(&child.enrolments, |one| {
        let path = facts.find(one.class)?.map(|class| class.path.as_slice()).unwrap_or_default();
        Ok((one.from..=one.to.unwrap_or(Date::MAX), path))
    })
}

/// What the family of a child had in its hands at a moment, as far as the actor may see it.
///
/// # Errors
/// Not found where the child is not the actor's; [`NoRight`](crate::Refusal::NoRight); [`Stop::Needs`] until the rows were loaded.
pub fn history(facts: &Facts, actor: &Actor, child: Id<Child>, at: Timestamp) -> Result<History, Stop> {
    if !facts.complete() {
        // A replica no longer holds what was replaced.
        return Err(Stop::Unknown);
    }
    let look = Look::of(facts, actor, child, at)?;
    let mut moments = Vec::new();
    let (mut notices, conversations, requests) =
        gathered(notices::then(&look, &mut moments), talks::conversations(&look), talks::requests(&look))?;
    let (conversations, said) = conversations;
    let (requests, asked) = requests;
    moments.extend(said.into_iter().chain(asked));
    let older = notices.len().saturating_sub(limits::LOOK_BACK);
    notices.truncate(limits::LOOK_BACK);
    let now = facts.now();
    Ok(History {
        at: look.at,
        guardians: look.guardians_then()?,
        notices,
        older: crate::notice::count(older),
        conversations,
        requests,
        before: moments.iter().filter(|moment| **moment < look.at).max().copied(),
        after: moments.iter().filter(|moment| look.at < **moment && **moment <= now).min().copied(),
    })
}

/// What three lookups found; if they lack rows, what all of them lack.
fn gathered<A, B, C>(a: Result<A, Stop>, b: Result<B, Stop>, c: Result<C, Stop>) -> Result<(A, B, C), Stop> {
    match (a, b, c) {
        (Ok(a), Ok(b), Ok(c)) => Ok((a, b, c)),
        (a, b, c) => {
            let mut needs = Vec::new();
            for stop in [a.err(), b.err(), c.err()].into_iter().flatten() {
                match stop {
                    Stop::Needs(keys) => needs.extend(keys),
                    other => return Err(other),
                }
            }
            Err(Stop::Needs(needs))
        }
    }
}
