//! 对话: a family and staff of the school talk about one child.
//!
//! Both guardians who receive messages for the child see it, and the staff who take part, who are shown to all in it. The
//! order of what was said is the server's ([`Message::seq`]).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Child, Facts, Feed, Hat, Id, Kind, Person, Power, Refusal, Relation, Right, Role, Stop, rights,
};

/// A member of staff in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Partner {
    /// In which hat.
    pub role: Id<Role>,
    /// Who wears it.
    pub person: Id<Person>,
    /// That person's name.
    pub name: String,
    /// What the school calls the hat: 班主任.
    pub title: String,
    /// How this person came into it.
    pub came: Came,
    /// Since when.
    pub since: Timestamp,
}

/// How a member of staff came into a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Came {
    /// Began it or was written to.
    First,
    /// Was brought in.
    BroughtIn {
        /// By whom.
        by: String,
    },
    /// Took over from somebody who left or is away.
    TookOver {
        /// From whom.
        from: String,
    },
}

/// Which side of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Guardians of the child.
    Family,
    /// Staff.
    School,
}

/// Whoever said something, as everybody in the conversation reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Speaker {
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub name: String,
    /// In which capacity.
    pub capacity: Capacity,
}

/// In which capacity somebody speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Capacity {
    /// For the child.
    Guardian {
        /// How they are related.
        relation: Relation,
    },
    /// For the school.
    Staff {
        /// 班主任
        title: String,
    },
}

impl Speaker {
    /// Which side.
    #[must_use]
    pub fn side(&self) -> Side {
        if matches!(self.capacity, Capacity::Guardian { .. }) { Side::Family } else { Side::School }
    }
}

/// That a conversation is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Ended {
    /// Who of the school ended it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// That a guardian may only read in a conversation: everybody in it sees who said so and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Stopped {
    /// Who may not write.
    pub guardian: Id<Person>,
    /// That guardian's name.
    pub name: String,
    /// Who of the school said so.
    pub by: String,
    /// In which hat.
    pub title: String,
    /// When.
    pub at: Timestamp,
    /// Why, in the school's words.
    pub why: String,
    /// Whom to talk to, in the school's words: 教导处陈老师，办公室 201.
    pub call: String,
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Identity.
    pub id: Id<Conversation>,
    /// About whom.
    pub child: Id<Child>,
    /// Staff who take part, in the order they came; at most [`limits::PARTNERS`].
    pub with: Vec<Partner>,
    /// One line.
    pub title: String,
    /// When the server took it.
    pub opened: Timestamp,
    /// Messages so far: the [`Message::seq`] of the last.
    pub messages: u32,
    /// When the last one was said.
    pub last: Timestamp,
    /// Who said it.
    pub last_side: Side,
    /// Messages of that side since the other one spoke.
    pub in_a_row: u32,
    /// Nothing is said any more.
    pub ended: Option<Ended>,
    /// Guardians who may only read.
    #[serde(default)]
    pub stopped: Vec<Stopped>,
}

impl Conversation {
    /// Who may know of it and of what is said in it.
    pub(crate) fn feeds(&self) -> Vec<Feed> {
        let family = [Feed::ChildRight(self.child, Right::Messages)];
        family.into_iter().chain(self.with.iter().map(|partner| Feed::Inbox(partner.role))).collect()
    }

    /// Whether the other side spoke last, and waits for this one.
    #[must_use]
    pub fn waits_for(&self, side: Side) -> bool {
        self.ended.is_none() && self.last_side != side
    }

    /// The member of staff who takes part in this hat.
    #[must_use]
    pub fn partner(&self, role: Id<Role>) -> Option<&Partner> {
        self.with.iter().find(|partner| partner.role == role)
    }

    /// That somebody may only read here.
    #[must_use]
    pub fn stop_of(&self, person: Id<Person>) -> Option<&Stopped> {
        self.stopped.iter().find(|stopped| stopped.guardian == person)
    }

    /// Refuses a guardian whom the school has stopped from writing here.
    pub(crate) fn may_write(&self, speaker: &Speaker) -> Result<(), Stop> {
        let stopped = self.stop_of(speaker.person).filter(|_| speaker.side() == Side::Family);
        let refusal =
            |one: &Stopped| Refusal::WritingStopped { why: one.why.clone(), call: one.call.clone() };
        stopped.map_or(Ok(()), |one| Err(refusal(one).into()))
    }

    pub(crate) fn still_on(&self) -> Result<(), Stop> {
        if self.ended.is_some() { Err(Refusal::ConversationEnded.into()) } else { Ok(()) }
    }
}

/// Who the actor is in a conversation about a child; somebody who is not in it does not know of it.
pub(crate) fn speaker(facts: &Facts, actor: &Actor, conversation: &Conversation) -> Result<Speaker, Stop> {
    if let Actor::Person { hat: Hat::Staff { role }, .. } = actor
        && conversation.partner(*role).is_none()
    {
        return Err(facts.missing(Kind::Conversation));
    }
    speaker_about(facts, actor, conversation.child)
}

/// Who the actor is where it is about a child.
pub(crate) fn speaker_about(facts: &Facts, actor: &Actor, child: Id<Child>) -> Result<Speaker, Stop> {
    let Actor::Person { person, hat } = actor else {
        return Err(Refusal::NoPower { power: Power::Converse }.into());
    };
    let person = *person;
    Ok(match hat {
        Hat::Guardian => {
            let link = rights::link_allowing(facts, person, child, Right::Messages)?;
            let capacity = Capacity::Guardian { relation: link.relation };
            Speaker { person, name: link.guardian_name.clone(), capacity }
        }
        Hat::Staff { role } => {
            rights::require_power(facts, actor, Power::Converse, &facts.get(child)?.path)?;
            let role = facts.get(*role)?;
            let capacity = Capacity::Staff { title: role.title.clone() };
            Speaker { person, name: role.person_name.clone(), capacity }
        }
    })
}

/// A hat that may take part in what is said about a child: worn today, with the power at the child's class.
pub(crate) fn partner(facts: &Facts, role: Id<Role>, child: &Child, came: Came) -> Result<Partner, Stop> {
    let today = facts.today()?;
    let role = facts.find(role)?.filter(|role| role.holds(today) && role.may(Power::Converse, &child.path));
    // A hat that ended and one that never was are refused alike.
    let role = role.ok_or_else(|| facts.missing(Kind::Role))?;
    Ok(Partner {
        role: role.id,
        person: role.person,
        name: role.person_name.clone(),
        title: role.title.clone(),
        came,
        since: facts.now(),
    })
}
