//! What a family answers to a notice, for each child.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Allotment, AnsweredBy, Attachment, Change, Child, Entered, Facts, Feed, Id, Link, List, Notice,
    Person, Proxy, Refusal, Relation, Reply, Right, attachment::require_uploaded, derived, facts::Decision,
    limits, rights,
};

/// A wish to answer a notice for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answering {
    /// Which notice.
    pub notice: Id<Notice>,
    /// For whom.
    pub child: Id<Child>,
    /// What.
    pub reply: Reply,
    /// The version of the answer that stood there when this was composed; 0 where there was none. An answer somebody
    /// gave meanwhile is never replaced unseen.
    #[serde(default)]
    pub replaces: u32,
    /// 代办: for which guardian.
    pub on_behalf_of: Option<Proxy>,
}

impl Answering {
    /// A first answer, one's own.
    #[must_use]
    pub fn new(notice: Id<Notice>, child: Id<Child>, reply: Reply) -> Self {
        Self { notice, child, reply, replaces: 0, on_behalf_of: None }
    }
}

/// What a family answered for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Follows from notice and child, and from the guardian where each has to answer.
    pub id: Id<Answer>,
    /// To what.
    pub notice: Id<Notice>,
    /// For whom.
    pub child: Id<Child>,
    /// 1 for the first, one more with each change.
    pub version: u32,
    /// What was answered last, by whom.
    #[serde(flatten)]
    pub given: Given,
    /// What it said before, oldest first: at most [`limits::ANSWER_CHANGES`]. Of files that were replaced the names stay; a
    /// family that sent the wrong picture has taken it back.
    pub earlier: Vec<Given>,
}

/// One version of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What.
    pub reply: Reply,
    /// The guardian whose answer it is.
    pub guardian: Id<Person>,
    /// That guardian's name.
    pub guardian_name: String,
    /// How the guardian is related to the child, as the school had it that day; in no answer of an earlier release.
    #[serde(default)]
    pub relation: Option<Relation>,
    /// 代办: who entered it, and why.
    pub entered: Option<Entered>,
    /// When the server took it.
    pub at: Timestamp,
}

impl Answer {
    /// Where the answer for a child is kept.
    #[must_use]
    pub fn of(notice: &Notice, child: Id<Child>, guardian: Id<Person>) -> Id<Self> {
        match notice.answered_by {
            AnsweredBy::EachGuardian => {
                derived(&format!("answer/{guardian}"), notice.id.uuid(), child.uuid())
            }
            _ => derived("answer", notice.id.uuid(), child.uuid()),
        }
    }

    /// Puts it where it belongs: with the family, the author, and the class where that reads along.
    fn put(self, child: &Child, notice: &Notice) -> Change {
        let class = child.class().filter(|_| notice.is_read_by_class(&child.path));
        let feeds = [Feed::ChildRight(child.id, Right::Messages), Feed::Author(notice.author)];
        let feeds: Vec<_> = feeds.into_iter().chain(class.map(Feed::Answers)).collect();
        Change::put(self, feeds)
    }
}

impl Notice {
    /// Whether nothing is left to answer for a child: `answers` to this notice for it, `links` of it.
    #[must_use]
    pub fn is_answered(&self, answers: &[&Answer], links: &[Link], day: Date) -> bool {
        match &self.answered_by {
            AnsweredBy::AnyGuardian | AnsweredBy::Guardian { .. } => !answers.is_empty(),
            AnsweredBy::EachGuardian => {
                let mut deciding = links.iter().filter(|link| link.allows(Right::Decide, day));
                let by = |person| answers.iter().any(|answer| answer.given.guardian == person);
                !answers.is_empty() && deciding.all(|link| by(link.guardian))
            }
        }
    }

    /// Whether this guardian is one of those who have to answer.
    #[must_use]
    pub fn is_asked_of(&self, guardian: Id<Person>) -> bool {
        !matches!(self.answered_by, AnsweredBy::Guardian { person, .. } if person != guardian)
    }

    /// Whether an answer may still be changed.
    #[must_use]
    pub fn may_change_at(&self, now: Timestamp) -> bool {
        self.is_sent() && self.ask.may_change() && self.due.as_ref().is_none_or(|due| now < due.timestamp())
    }

    /// What a limited choice is counted by.
    #[must_use]
    pub fn choice_id(&self, place: u32) -> Uuid {
        derived::<Notice>(&format!("choice/{place}"), self.id.uuid(), self.id.uuid()).uuid()
    }
}

pub(crate) fn answer(facts: &Facts, actor: &Actor, wish: &Answering) -> Decision {
    let Answering { notice: id, child, reply, replaces, on_behalf_of } = wish;
    let guardian = rights::require_right(facts, actor, on_behalf_of.as_ref(), *child, Right::Decide)?;
    let notice = facts.get(*id)?;
    // What is still held, or was sent to others, does not exist for this family.
    if !notice.was_sent() || facts.complete() && !notice.is_for(facts, guardian, *child)? {
        return Err(facts.missing(crate::Kind::Notice));
    }
    notice.still_there()?;
    notice.ask.check_reply(reply, &notice.text_sha256())?;
    if !notice.is_asked_of(guardian) {
        return Err(Refusal::OtherGuardian.into());
    }
    let kept = Answer::of(notice, *child, guardian);
    let before = facts.find(kept)?;
    if let Some(before) = before {
        // The other guardian was first and said the same, or a thing that is only said once: the duty is done.
        if before.given.reply == *reply || !notice.ask.may_change() {
            return Ok(Vec::new());
        }
        if *replaces != before.version {
            return Err(Refusal::AnsweredAlready { by: before.given.guardian_name.clone() }.into());
        }
        if !notice.may_change_at(facts.now()) {
            let since = notice.due.clone().unwrap_or_else(|| facts.now().to_zoned(jiff::tz::TimeZone::UTC));
            return Err(Refusal::Closed { since }.into());
        }
        if before.earlier.len() >= limits::ANSWER_CHANGES {
            let limit = u32::try_from(limits::ANSWER_CHANGES).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "reply".into(), limit }.into());
        }
    }
    // What stands there already came from whoever answered before, whatever it is called now.
    let stands = before.map_or(&[][..], |before| before.given.reply.files());
    let stands: Vec<_> = stands.iter().flat_map(Attachment::parts).collect();
    let is_new = |file: &&Attachment| !file.parts().all(|part| stands.contains(&part));
    let new: Vec<Attachment> = reply.files().iter().filter(is_new).cloned().collect();
    if let Some(person) = actor.person() {
        require_uploaded(facts, person, &new)?;
    }
    let mut changes = take_places(facts, notice, before.map(|before| &before.given.reply), reply)?;
    let earlier = before.map(|before| before.earlier.iter().chain([&before.given]).cloned().collect());
    let given = Given {
        reply: reply.clone(),
        guardian,
        guardian_name: facts.get(guardian)?.name.clone(),
        relation: Some(rights::link_allowing(facts, guardian, *child, Right::Decide)?.relation),
        entered: actor.entered(facts, on_behalf_of.as_ref())?,
        at: facts.now(),
    };
    let answer = Answer {
        id: kept,
        notice: *id,
        child: *child,
        version: before.map_or(1, |before| before.version.saturating_add(1)),
        given,
        earlier: earlier.unwrap_or_default(),
    };
    changes.push(answer.put(facts.get(*child)?, notice));
    Ok(changes)
}

/// Takes the places of limited choices, and gives back those that were taken before.
fn take_places(facts: &Facts, notice: &Notice, before: Option<&Reply>, reply: &Reply) -> Decision {
    let moved = notice.ask.limited().filter_map(|(place, _)| {
        let was = before.is_some_and(|before| before.choices().contains(&place));
        let is = reply.choices().contains(&place);
        (was != is).then_some((place, is))
    });
    let moved: Vec<_> = moved.collect();
    let allotments = Facts::each(&moved, |(place, _)| facts.get(Allotment::of(notice.choice_id(*place))))?;
    let mut changes = Vec::new();
    for ((place, takes), allotment) in moved.into_iter().zip(allotments) {
        let mut allotment = allotment.clone();
        if takes {
            if allotment.free() == 0 {
                return Err(Refusal::ChoiceFull { choice: notice.ask.choice(place).to_owned() }.into());
            }
            allotment.used = allotment.used.saturating_add(1);
        } else {
            allotment.used = allotment.used.saturating_sub(1);
        }
        changes.push(Change::put(allotment, []));
    }
    Ok(changes)
}

/// What a notice needs when it goes out: a count for each limited choice, and the answers to the one it replaces where
/// its author lets them stand, so that nobody is asked twice.
pub(crate) fn open(facts: &Facts, notice: &Notice, keep_from: Option<&Notice>) -> Decision {
    let room = |(place, limit)| {
        let of = notice.choice_id(place);
        (place, Allotment { shown_with: notice.id.uuid(), ..Allotment::new(of, limit) })
    };
    let mut rooms: BTreeMap<u32, Allotment> = notice.ask.limited().map(room).collect();
    let mut changes = Vec::new();
    if let Some(old) = keep_from {
        let children = notice.audience.children(facts)?;
        let answers = facts.list::<Answer>(List::AnswersTo(old.id), limits::ROWS_PER_LIST)?;
        let answers: Vec<_> = answers.into_iter().filter(|answer| children.contains(&answer.child)).collect();
        let children = Facts::each(&answers, |answer| facts.get(answer.child))?;
        let stands =
            |(answer, child): &(&Answer, &Child)| !notice.asks_again.concerns(child, &answer.given.reply);
        for (answer, child) in answers.into_iter().zip(children).filter(stands) {
            for place in answer.given.reply.choices() {
                if let Some(room) = rooms.get_mut(place) {
                    room.used = room.used.saturating_add(1);
                }
            }
            let id = Answer::of(notice, answer.child, answer.given.guardian);
            let carried = Answer { id, notice: notice.id, ..answer.clone() };
            changes.push(carried.put(child, notice));
            // Its files go along: what a family takes back there is not kept alive by what was replaced.
            if !answer.given.reply.files().is_empty() {
                let given = Given { reply: answer.given.reply.without_files(), ..answer.given.clone() };
                let left = Answer { given, ..answer.clone() };
                changes.push(left.put(child, old));
            }
        }
    }
    changes.extend(rooms.into_values().map(|room| Change::put(room, [])));
    Ok(changes)
}
