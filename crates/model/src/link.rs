//! Guardian–child links with their dated rights, the orders that bar somebody, and the remarks a person must turn into
//! rights.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Facts, Feed, Id, JoinState, List, Person, Place, Power, Refusal, Relation, Stop,
    class_contact, derived, ended_right, facts::Decision, family_request, limits, membership, rights,
};

/// What a guardian may do for one child.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    ts_rs::TS,
)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Read what the school writes about the child.
    Messages,
    /// Book, sign, consent.
    Decide,
    /// See records.
    Records,
    /// Fetch the child from school.
    PickUp,
}

impl Right {
    /// All four, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Messages, Self::Decide, Self::Records, Self::PickUp];
}

/// One right, from a day to a day, and who granted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// First day.
    pub from: Date,
    /// Last day, inclusive; open if `None`.
    pub to: Option<Date>,
    /// Name of the person or import that granted it, as shown to an auditor.
    pub by: String,
}

/// The four dated rights of one guardian over one child.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// See [`Right::Messages`].
    pub messages: Option<Grant>,
    /// See [`Right::Decide`].
    pub decide: Option<Grant>,
    /// See [`Right::Records`].
    pub records: Option<Grant>,
    /// See [`Right::PickUp`].
    pub pick_up: Option<Grant>,
}

impl Rights {
    /// Grants exactly the rights in `set` from `day` on.
    #[must_use]
    pub fn granted(set: &[Right], day: Date, by: &str) -> Self {
        let grant = |right| set.contains(&right).then(|| Grant { from: day, to: None, by: by.to_owned() });
        Self {
            messages: grant(Right::Messages),
            decide: grant(Right::Decide),
            records: grant(Right::Records),
            pick_up: grant(Right::PickUp),
        }
    }

    /// These, each with its first day where it stood already on `day`: who keeps a right has had it all along.
    fn since(self, before: &Self, day: Date) -> Self {
        let keep = |now: Option<Grant>, was: &Option<Grant>| {
            let stood = was.clone().filter(|was| was.from <= day && was.to.is_none_or(|to| day <= to));
            now.map(|now| stood.map_or(now.clone(), |was| Grant { from: was.from, ..now }))
        };
        Self {
            messages: keep(self.messages, &before.messages),
            decide: keep(self.decide, &before.decide),
            records: keep(self.records, &before.records),
            pick_up: keep(self.pick_up, &before.pick_up),
        }
    }

    pub(crate) fn of(&self, right: Right) -> Option<&Grant> {
        match right {
            Right::Messages => self.messages.as_ref(),
            Right::Decide => self.decide.as_ref(),
            Right::Records => self.records.as_ref(),
            Right::PickUp => self.pick_up.as_ref(),
        }
    }
}

/// A guardian–child link: many to many, each with its own rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Follows from guardian and child.
    pub id: Id<Link>,
    /// Who.
    pub guardian: Id<Person>,
    /// The guardian's name.
    pub guardian_name: String,
    /// Whether the guardian has enrolled a device; kept here so that a class list needs no second look-up.
    pub joined: bool,
    /// Has no device and is told on paper.
    pub on_paper: bool,
    /// For whom. A row names at most one child.
    pub child: Id<Child>,
    /// How they are related.
    pub relation: Relation,
    /// The roster's own word where the code is [`Relation::Other`].
    pub relation_text: Option<String>,
    /// What is allowed, and since when.
    pub rights: Rights,
    /// A remark on the roster waits for the administrator; until then there is no invite.
    pub undecided: bool,
    /// First day of the link.
    pub from: Date,
    /// Last day, inclusive; open if `None`.
    pub to: Option<Date>,
}

impl Link {
    /// Whether the link itself stands on `day`.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether the guardian has `right` on `day`.
    #[must_use]
    pub fn allows(&self, right: Right, day: Date) -> bool {
        self.holds(day)
            && self
                .rights
                .of(right)
                .is_some_and(|grant| grant.from <= day && grant.to.is_none_or(|to| day <= to))
    }

    /// Whether the guardian is anything to the child on `day`: whoever has no right at all is a stranger.
    #[must_use]
    pub fn counts(&self, day: Date) -> bool {
        Right::ALL.iter().any(|right| self.allows(*right, day))
    }

    /// Whether an invite may be printed for this link: never before a remark is decided, never for someone who would
    /// be allowed nothing.
    #[must_use]
    pub fn may_be_invited(&self, day: Date) -> bool {
        !self.undecided && self.counts(day)
    }

    /// How the guardian stands on a class list. What may not be invited is the office's matter, joined or not.
    #[must_use]
    pub fn join_state(&self, day: Date) -> JoinState {
        if !self.may_be_invited(day) {
            JoinState::AskOffice
        } else if self.on_paper {
            JoinState::OnPaper
        } else if self.joined {
            JoinState::Joined
        } else {
            JoinState::NotJoined
        }
    }

    /// Whether somebody new to a child waits for a person's decision: `said` while words stand about the child, and
    /// where another guardian waits or an order keeps anybody away. The child's `links`; `bars` of anybody.
    #[must_use]
    pub fn must_wait(
        guardian: Id<Person>,
        child: Id<Child>,
        said: bool,
        links: &[Self],
        bars: &[Bar],
    ) -> bool {
        let mut bars = bars.iter().filter(|bar| bar.stands);
        said || links.iter().any(|link| link.undecided)
            || bars.any(|bar| bar.child == child || bar.guardian == guardian)
    }

    /// The link of a guardian whom the roster names for a child for the first time: every right, unless a person has
    /// to decide first. Then there is none, and no invite.
    #[must_use]
    pub fn first(
        guardian: &Person,
        child: Id<Child>,
        (relation, relation_text): (Relation, Option<String>),
        undecided: bool,
        (day, by): (Date, &str),
    ) -> Self {
        Self {
            id: derived("link", guardian.id.uuid(), child.uuid()),
            guardian: guardian.id,
            guardian_name: guardian.name.clone(),
            joined: guardian.joined.is_some(),
            on_paper: guardian.on_paper,
            child,
            relation,
            relation_text,
            rights: Rights::granted(if undecided { &[] } else { &Right::ALL }, day, by),
            undecided,
            from: day,
            to: None,
        }
    }

    /// The link after words that nobody has decided came to its child: rights stay as a person gave them, but nobody
    /// is invited on them. Whoever has none cannot be invited anyhow.
    #[must_use]
    pub fn after_new_words(self) -> Self {
        let undecided = self.undecided || self.rights != Rights::default();
        Self { undecided, ..self }
    }
}

/// An order 禁止 that keeps a guardian away from a child: no right, no invite, no byte, until it is lifted by name.
///
/// The office's alone. The link, which class teachers have, shows no more than that there is no right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Follows from the link.
    pub id: Id<Bar>,
    /// Between whom.
    pub link: Id<Link>,
    /// Who is kept away.
    pub guardian: Id<Person>,
    /// From whom.
    pub child: Id<Child>,
    /// Whether it stands; lifted otherwise.
    pub stands: bool,
    /// Who said so last.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Bar {
    /// Where the bar on a link is kept.
    #[must_use]
    pub fn on(link: Id<Link>) -> Id<Self> {
        derived("bar", link.uuid(), link.uuid())
    }

    /// Whether one stands on this link, as far as these facts tell.
    fn stands_on(facts: &Facts, link: Id<Link>) -> Result<bool, Stop> {
        Ok(facts.find(Self::on(link))?.is_some_and(|bar| bar.stands))
    }
}

/// 备注 of a roster row: words that a person must turn into rights; nothing is guessed from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Follows from child and text.
    pub id: Id<Remark>,
    /// Whose row it stood on.
    pub child: Id<Child>,
    /// Verbatim.
    pub text: String,
    /// Who decided it, and when.
    pub decided: Option<(String, Timestamp)>,
}

/// What a decision on a remark gives to guardians of one relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema, ts_rs::TS)]
pub struct RelationGrants {
    /// Which guardians.
    pub relation: Relation,
    /// Exactly these rights; none is allowed.
    pub rights: Vec<Right>,
    /// Keep away altogether.
    pub barred: bool,
}

/// Puts a link where it belongs: the class list and, where there is a right, the guardian's own feed; never the other
/// guardian's.
#[must_use]
pub fn put_link(link: Link, child: &Child) -> Change {
    let own = (link.rights != Rights::default()).then_some(Feed::Person(link.guardian));
    let feeds: Vec<_> = own.into_iter().chain(child.class().map(Feed::Class)).collect();
    Change::put(link, feeds)
}

/// Puts a remark where it belongs: the office alone, and not even there once the roster no longer `stands` by it.
#[must_use]
pub fn put_remark(remark: Remark, stands: bool) -> Change {
    let feeds: Vec<_> = stands.then_some(Feed::Office).into_iter().collect();
    Change::put(remark, feeds)
}

pub(crate) fn decide_remarks(
    facts: &Facts,
    actor: &Actor,
    remarks: &[Id<Remark>],
    grants: &[RelationGrants],
) -> Decision {
    if remarks.is_empty() {
        return Err(Refusal::Malformed { field: "remarks".into() }.into());
    }
    if remarks.len() > limits::REMARKS_PER_DECISION {
        let limit = u32::try_from(limits::REMARKS_PER_DECISION).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "remarks".into(), limit }.into());
    }
    let by = administrator(facts, actor)?;
    let remarks: BTreeSet<_> = remarks.iter().copied().collect();
    let mut remarks = Facts::each(remarks, |id| facts.get(id))?;
    // What somebody decided meanwhile is not decided over their head: rights are changed by name.
    remarks.retain(|remark| remark.decided.is_none());
    if remarks.is_empty() {
        return Err(Refusal::NothingAsked.into());
    }
    let children = Facts::each(&remarks, |remark| facts.get(remark.child))?;
    let links = Facts::each(&remarks, |remark| {
        facts.list::<Link>(List::LinksOf(remark.child), limits::ROWS_PER_LIST)
    })?;
    let bars = Facts::each(links.iter().flatten(), |link| Bar::stands_on(facts, link.id))?;
    let mut bars = bars.into_iter();
    let (mut changes, mut granted) = (Vec::new(), Vec::new());
    for ((remark, child), links) in remarks.into_iter().zip(children).zip(links) {
        let decided = Some((by.clone(), facts.now()));
        changes.push(put_remark(Remark { decided, ..remark.clone() }, true));
        for (link, barred) in links.into_iter().zip(bars.by_ref()) {
            let grant = grants.iter().find(|grant| grant.relation == link.relation);
            let rights = grant.map(|grant| grant.rights.as_slice()).unwrap_or_default();
            // An order is lifted one by one, by name, never along with others of one wording.
            let bar = barred || grant.is_some_and(|grant| grant.barred);
            granted.push((link, child, rights, (barred, bar)));
        }
    }
    // All together, so that a store is asked once for a whole school.
    let granted = Facts::each(granted, |(link, child, rights, bar)| {
        grant_or_bar(facts, link, child, rights, bar, &by)
    })?;
    changes.extend(granted.into_iter().flatten());
    Ok(changes)
}

pub(crate) fn set_rights(
    facts: &Facts,
    actor: &Actor,
    id: Id<Link>,
    rights: &[Right],
    barred: bool,
) -> Decision {
    let by = administrator(facts, actor)?;
    let link = facts.get(id)?;
    let child = facts.get(link.child)?;
    let was = Bar::stands_on(facts, id)?;
    grant_or_bar(facts, link, child, rights, (was, barred), &by)
}

/// Gives exactly these rights, or bars, which leaves none. The bar: whether it stood, and whether it stands now.
fn grant_or_bar(
    facts: &Facts,
    link: &Link,
    child: &Child,
    rights: &[Right],
    (was, bar): (bool, bool),
    by: &str,
) -> Decision {
    let today = facts.today()?;
    let rights = Rights::granted(if bar { &[] } else { rights }, today, by).since(&link.rights, today);
    let before = link;
    let link = Link { rights, undecided: false, ..before.clone() };
    let mut changes = family_request::revoke(facts, &link, child)?;
    if !before.allows(Right::Messages, today) && link.allows(Right::Messages, today) {
        changes.extend(membership::catch_up(facts, &link)?);
    }
    changes.extend(class_contact::lost(facts, before, &link)?);
    changes.extend(ended_right::between(before, &link, today, facts.now()));
    changes.push(put_link(link.clone(), child));
    if was != bar {
        let (guardian, by, at) = (link.guardian, by.to_owned(), facts.now());
        let bar = Bar { id: Bar::on(link.id), link: link.id, guardian, child: child.id, stands: bar, by, at };
        changes.push(Change::put(bar, [Feed::Office]));
    }
    Ok(changes)
}

/// Refuses unless the actor administers the school; returns the name to record.
fn administrator(facts: &Facts, actor: &Actor) -> Result<String, Stop> {
    let places = facts.list::<Place>(List::All(crate::Kind::Place), limits::ROWS_PER_LIST)?;
    let school: Vec<_> =
        places.iter().find(|place| place.path.len() == 1).map(|place| place.id).into_iter().collect();
    rights::require_power(facts, actor, Power::Administer, &school)?;
    Ok(actor.staff_name(facts)?.unwrap_or_default())
}
