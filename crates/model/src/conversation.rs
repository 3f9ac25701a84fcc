//! 对话: a family and staff of the school talk about one child.
//!
//! Both guardians who receive messages for the child see it, and the staff who take part, who are shown to all in it. The
//! order of what was said is the server's ([`Message::seq`]).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Child, Facts, Feed, Hat, Id, Inbox, Kind, Person, Power, Refusal, Relation, Right, Role, Stop,
    inbox, rights,
};

/// Whom of the school one writes to.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    ts_rs::TS,
)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Addressee {
    /// Somebody in a hat.
    Role {
        /// Which one.
        role: Id<Role>,
    },
    /// Whoever reads an inbox.
    Inbox {
        /// Which one.
        inbox: Id<Inbox>,
    },
}

impl Addressee {
    /// The row that is named.
    #[must_use]
    pub fn uuid(&self) -> uuid::Uuid {
        match self {
            Self::Role { role } => role.uuid(),
            Self::Inbox { inbox } => inbox.uuid(),
        }
    }

    /// Whether it is this hat itself, or one of the inboxes that it reads.
    pub(crate) fn is_own(self, hat: Id<Role>, reads: &[Id<Inbox>]) -> bool {
        match self {
            Self::Role { role } => role == hat,
            Self::Inbox { inbox } => reads.contains(&inbox),
        }
    }
}

impl From<Id<Role>> for Addressee {
    fn from(role: Id<Role>) -> Self {
        Self::Role { role }
    }
}

impl From<Id<Inbox>> for Addressee {
    fn from(inbox: Id<Inbox>) -> Self {
        Self::Inbox { inbox }
    }
}

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
    /// Reads along to look after the child, and says nothing.
    #[serde(default)]
    pub reads_only: bool,
}

/// A shared inbox in a conversation: whoever reads it sees all and may answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct InboxPartner {
    /// Which.
    pub inbox: Id<Inbox>,
    /// 教导处, as it was called then.
    pub name: String,
    /// How it came into it.
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
    /// Was asked by the school to look after the child, because of a report; nobody in the conversation takes this back.
    Appointed {
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
    /// Staff who take part, in the order they came; with the inboxes at most [`limits::PARTNERS`].
    pub with: Vec<Partner>,
    /// Shared inboxes that take part.
    #[serde(default)]
    pub inboxes: Vec<InboxPartner>,
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
        let hats = self.with.iter().map(|partner| partner.role.uuid());
        let inboxes = self.inboxes.iter().map(|one| one.inbox.uuid());
        family.into_iter().chain(hats.chain(inboxes).map(Feed::Inbox)).collect()
    }

    /// Whether somebody or an inbox takes part.
    #[must_use]
    pub fn is_with(&self, who: Addressee) -> bool {
        match who {
            Addressee::Role { role } => self.partner(role).is_some(),
            Addressee::Inbox { inbox } => self.inboxes.iter().any(|one| one.inbox == inbox),
        }
    }

    /// Whether a hat sees it that reads these inboxes.
    #[must_use]
    pub fn is_seen_in(&self, role: Id<Role>, reads: &[Id<Inbox>]) -> bool {
        self.partner(role).is_some() || self.inboxes.iter().any(|one| reads.contains(&one.inbox))
    }

    /// Who may be taken out by a hat that reads these inboxes: itself, its inboxes, and who was brought in; not the last
    /// who answers.
    #[must_use]
    pub fn may_be_taken_out_by(&self, role: Id<Role>, reads: &[Id<Inbox>]) -> Vec<Addressee> {
        let hats = self.with.iter().map(|partner| Addressee::from(partner.role));
        let inboxes = self.inboxes.iter().map(|one| Addressee::from(one.inbox));
        let others = !self.only_reads(role);
        let may = |who: &Addressee| who.is_own(role, reads) || others && self.was_brought_in(*who);
        hats.chain(inboxes).filter(may).filter(|who| self.is_answered_without(*who)).collect()
    }

    /// Whether somebody who answers is left once this one is gone.
    pub(crate) fn is_answered_without(&self, who: Addressee) -> bool {
        let answers = |one: &Partner| !one.reads_only && Addressee::from(one.role) != who;
        self.with.iter().any(answers) || self.inboxes.iter().any(|one| Addressee::from(one.inbox) != who)
    }

    /// Whether somebody or an inbox takes part that a colleague brought in.
    pub(crate) fn was_brought_in(&self, who: Addressee) -> bool {
        let brought = |came: &Came| matches!(came, Came::BroughtIn { .. });
        match who {
            Addressee::Role { role } => self.partner(role).is_some_and(|one| brought(&one.came)),
            Addressee::Inbox { inbox } => {
                self.inboxes.iter().any(|one| one.inbox == inbox && brought(&one.came))
            }
        }
    }

    /// Whether a hat is in it only to read along.
    #[must_use]
    pub fn only_reads(&self, role: Id<Role>) -> bool {
        self.partner(role).is_some_and(|partner| partner.reads_only)
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

    /// Who reads along here for the school in this hat: those in it do not take that back.
    pub(crate) fn appointed(&self, role: Id<Role>) -> Option<&Partner> {
        self.partner(role).filter(|one| matches!(one.came, Came::Appointed { .. }))
    }

    /// That somebody may only read here.
    #[must_use]
    pub fn stop_of(&self, person: Id<Person>) -> Option<&Stopped> {
        self.stopped.iter().find(|stopped| stopped.guardian == person)
    }

    /// Refuses who only reads along.
    pub(crate) fn takes_part(&self, actor: &Actor) -> Result<(), Stop> {
        match actor {
            Actor::Person { hat: Hat::Staff { role }, .. } if self.only_reads(*role) => {
                Err(Refusal::ReadsOnly.into())
            }
            _ => Ok(()),
        }
    }

    /// Refuses who only reads along, and a guardian whom the school has stopped from writing here.
    pub(crate) fn may_write(&self, actor: &Actor, speaker: &Speaker) -> Result<(), Stop> {
        self.takes_part(actor)?;
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
        && !conversation.is_seen_in(*role, &inbox::read_in(facts, *role)?)
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
        reads_only: false,
    })
}

/// An inbox that may take part in what is said about a child.
pub(crate) fn inbox_partner(
    facts: &Facts,
    id: Id<Inbox>,
    child: &Child,
    came: Came,
) -> Result<InboxPartner, Stop> {
    let inbox = inbox::open_to(facts, id, child)?;
    Ok(InboxPartner { inbox: id, name: inbox.name.clone(), came, since: facts.now() })
}
