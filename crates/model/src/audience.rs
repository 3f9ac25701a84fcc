//! Whom a notice is for, and who receives it and why: the preview a teacher sees and the membership the server makes are
//! one function.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Child, Event, Facts, Id, Link, List, Membership, Notice, Person, Place, Post, Power, Right, Session,
    Shift, Stop, limits, taking_part::Named,
};

/// One part of an audience.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, ts_rs::TS,
)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum Target {
    /// Everyone at a place and below.
    Place(Id<Place>),
    /// The family of one child.
    Child(Id<Child>),
    /// Families who come to an event: with a seat, or with one that is held for them, or with an entry in its draw.
    Event(Id<Event>),
    /// Families who come to one session.
    Session(Id<Session>),
    /// Families who wait for a seat of an event.
    Waiting(Id<Event>),
    /// Families who came to an event, as the gates wrote it down; of a session that is over and at which nobody checked in,
    /// those who had a seat.
    Came(Id<Event>),
    /// Whoever took a shift of a post.
    Post(Id<Post>),
    /// Whoever took one shift.
    Shift(Id<Shift>),
}

impl Target {
    /// The place, where it is one.
    #[must_use]
    pub fn place(&self) -> Option<Id<Place>> {
        if let Self::Place(place) = self { Some(*place) } else { None }
    }

    /// The row it names.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        match self {
            Self::Place(id) => id.uuid(),
            Self::Child(id) => id.uuid(),
            Self::Event(id) | Self::Waiting(id) | Self::Came(id) => id.uuid(),
            Self::Session(id) => id.uuid(),
            Self::Post(id) => id.uuid(),
            Self::Shift(id) => id.uuid(),
        }
    }

    /// What it takes to know who is in it, beside the power to send: the lists of an event or a post are its desk's.
    #[must_use]
    pub fn desk(&self) -> Option<Power> {
        match self {
            Self::Place(_) | Self::Child(_) => None,
            Self::Event(_) | Self::Session(_) | Self::Waiting(_) | Self::Came(_) => Some(Power::ManageEvents),
            Self::Post(_) | Self::Shift(_) => Some(Power::ManageShifts),
        }
    }

    /// Where it lies in the tree: a place with what is above it, that of a child's class, that of the desk.
    pub(crate) fn path<'f>(&self, facts: &'f Facts) -> Result<&'f [Id<Place>], Stop> {
        Ok(match self {
            Self::Place(place) => &facts.get(*place)?.path,
            Self::Child(child) => &facts.get(*child)?.path,
            Self::Event(event) | Self::Waiting(event) | Self::Came(event) => &facts.get(*event)?.held_at,
            Self::Session(session) => &facts.get(facts.get(*session)?.event)?.held_at,
            Self::Post(post) => &facts.get(*post)?.held_at,
            Self::Shift(shift) => &facts.get(facts.get(*shift)?.post)?.held_at,
        })
    }
}

/// Places, children, and who takes part in something, minus exclusions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Audience {
    /// Who.
    pub include: Vec<Target>,
    /// Who not, although included.
    pub except: Vec<Target>,
}

impl Audience {
    /// The one place whose families it is, where it stands in that place's own feed.
    #[must_use]
    pub fn place(&self) -> Option<Id<Place>> {
        match (self.include.as_slice(), self.except.as_slice()) {
            ([Target::Place(place)], []) => Some(*place),
            _ => None,
        }
    }

    /// Whether who is in it changes as people sign up and give back.
    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.include.iter().chain(&self.except).any(|target| target.desk().is_some())
    }

    /// Whether a place with this path is told as a whole: it or one above it is named, and not taken out again.
    #[must_use]
    pub fn tells(&self, path: &[Id<Place>]) -> bool {
        let on_path = |target: &Target| target.place().is_some_and(|place| path.contains(&place));
        self.include.iter().any(on_path) && !self.except.iter().any(on_path)
    }

    /// Whether a child is named, by itself or with its place. Who takes part in something is another question.
    #[must_use]
    pub fn names(&self, child: &Child) -> bool {
        let itself = Target::Child(child.id);
        !self.except.contains(&itself) && (self.include.contains(&itself) || self.tells(&child.path))
    }

    /// The part of it that lies in one class, of whose children these are: what the staff of that class work with, who hold
    /// no others.
    #[must_use]
    pub fn within(&self, class: Id<Place>, children: &BTreeSet<Id<Child>>) -> Self {
        let ours = |target: &&Target| matches!(target, Target::Child(child) if children.contains(child));
        Self {
            include: vec![Target::Place(class)],
            except: self.except.iter().filter(ours).copied().collect(),
        }
    }

    /// The children it names, whether or not anybody receives for them.
    ///
    /// # Errors
    /// [`Stop::Needs`] until they were loaded.
    pub fn children(&self, facts: &Facts) -> Result<BTreeSet<Id<Child>>, Stop> {
        Ok(Named::by(facts, self)?.all())
    }
}

/// Why somebody is in an audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// Everybody at this place is.
    Place(Id<Place>),
    /// The family was chosen by itself.
    Child,
    /// It comes to this session.
    Comes(Id<Session>),
    /// It waits for a seat of this session.
    Waits(Id<Session>),
    /// It came to this session.
    Came(Id<Session>),
    /// A guardian took this shift.
    Shift(Id<Shift>),
}

impl Because {
    /// Whether it is known from what the family signed up for: that is told to whoever may decide.
    fn is_booked(&self) -> bool {
        matches!(self, Self::Comes(_) | Self::Waits(_) | Self::Came(_))
    }
}

/// Why someone is left out of an audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Has not enrolled a device: print an invite.
    NotJoined,
    /// Has no device: print large type.
    OnPaper,
    /// Holds no right to messages, or of what a family signed up for none to decide, on which the booking stands; only the
    /// office sees the reason.
    CannotReceive,
}

impl Why {
    /// Whether somebody may be told later, without the school giving a right: with a device.
    #[must_use]
    pub fn may_end(self) -> bool {
        matches!(self, Self::NotJoined | Self::OnPaper)
    }
}

/// Someone who does not get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Whose family.
    pub child: Id<Child>,
    /// Which guardian.
    pub guardian: Id<Person>,
    /// The guardian's name.
    pub guardian_name: String,
    /// How they are related.
    pub relation: crate::Relation,
    /// Why not.
    pub why: Why,
}

/// One household of an audience.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// The children it is about.
    pub children: Vec<Id<Child>>,
    /// Guardians who will receive it, each with the child the right rests on.
    pub guardians: Vec<(Id<Person>, Id<Child>)>,
    /// Why it is told.
    pub because: BTreeSet<Because>,
}

/// Somebody who took a shift and is guardian of no child here: a notice goes to families.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoFamily {
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub name: String,
}

/// The exact audience, with reasons. The preview a teacher sees and the membership the server makes are this one
/// function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipients {
    /// Households that will receive it.
    pub families: Vec<Family>,
    /// Guardians who will not, in households that do or do not receive it.
    pub left_out: Vec<LeftOut>,
    /// People of shifts whom a notice cannot reach.
    pub no_family: BTreeSet<NoFamily>,
}

impl Recipients {
    /// Children for whom somebody receives it.
    #[must_use]
    pub fn children(&self) -> usize {
        self.families.iter().map(|family| family.children.len()).sum()
    }
}

/// Works out who receives a notice today. Siblings who share a receiving guardian are one family. A child is told to
/// everybody who may have messages about it; that its family signed up, to who may decide, as the booking itself; and a
/// shift to who took it, because of one child.
///
/// # Errors
/// [`Stop::Needs`] until children and links of the audience were loaded.
pub fn recipients(facts: &Facts, audience: &Audience) -> Result<Recipients, Stop> {
    let today = facts.today()?;
    let named = Named::by(facts, audience)?;
    let links = Facts::each(named.children.keys(), |child| {
        facts.list::<Link>(List::LinksOf(*child), limits::ROWS_PER_LIST)
    })?;
    let mut homes = Homes::default();
    for ((child, because), links) in named.children.iter().zip(links) {
        let booked = because.iter().all(Because::is_booked);
        homes.tell(*child, because, &links, today, booked);
    }
    for volunteer in &named.volunteers {
        homes.tell(volunteer.link.child, &volunteer.because, &[volunteer.link], today, false);
    }
    Ok(homes.finish(named.no_family))
}

/// Whom a notice is for: its children, and who receives it. Who takes part in something changes from day to day, so that
/// of a notice that went out to them it is who was told then, and who still has to be told on paper.
///
/// # Errors
/// As [`recipients`].
pub fn addressed(facts: &Facts, notice: &Notice) -> Result<(BTreeSet<Id<Child>>, Recipients), Stop> {
    let now = recipients(facts, &notice.audience)?;
    if notice.went_out.is_none() || !notice.audience.takes_part() {
        return Ok((notice.audience.children(facts)?, now));
    }
    let told = facts.list::<Membership>(List::AudienceOf(notice.id), limits::ROWS_PER_LIST)?;
    let mut homes = Homes::default();
    let mut by_child: BTreeMap<Id<Child>, Vec<Id<Person>>> = BTreeMap::new();
    for one in told {
        by_child.entry(one.child).or_default().push(one.person);
    }
    let because = |child| now.families.iter().find(|family| family.children.contains(child));
    for (child, guardians) in &by_child {
        let because = because(child).map(|family| family.because.clone()).unwrap_or_default();
        homes.gather(*child, &because, guardians);
    }
    let reached_now: BTreeSet<_> =
        now.families.iter().flat_map(|family| family.children.iter().copied()).collect();
    // Whoever signed up since was not told, and is not waited for.
    let stays = |left: &LeftOut| by_child.contains_key(&left.child) || !reached_now.contains(&left.child);
    homes.left_out = now.left_out.into_iter().filter(stays).collect();
    let unreached = homes.left_out.iter().map(|left| left.child);
    let children = by_child.keys().copied().chain(unreached).collect();
    Ok((children, homes.finish(now.no_family)))
}

/// Households as they come together, child by child.
#[derive(Default)]
pub(crate) struct Homes {
    /// The family each receiving guardian was put into; a child whose guardians lead to two families joins them.
    of: BTreeMap<Id<Person>, usize>,
    families: Vec<Option<Family>>,
    left_out: Vec<LeftOut>,
}

impl Homes {
    /// Tells a child to those of `links` who receive it, and says why the others do not.
    fn tell(
        &mut self,
        child: Id<Child>,
        because: &BTreeSet<Because>,
        links: &[&Link],
        today: Date,
        booked: bool,
    ) {
        let mut receiving = Vec::new();
        for link in links.iter().filter(|link| link.holds(today)) {
            let Some(why) = not_told(link, today, booked) else {
                receiving.push(link.guardian);
                continue;
            };
            let (guardian, relation) = (link.guardian, link.relation);
            let left = LeftOut { child, guardian, guardian_name: link.guardian_name.clone(), relation, why };
            if !self.left_out.contains(&left) {
                self.left_out.push(left);
            }
        }
        self.gather(child, because, &receiving);
    }

    /// Puts a child into the family of these guardians; whom they are guardians of already is its sibling.
    pub(crate) fn gather(&mut self, child: Id<Child>, because: &BTreeSet<Because>, receiving: &[Id<Person>]) {
        if receiving.is_empty() {
            return;
        }
        let mut merged = Family { children: vec![child], guardians: Vec::new(), because: because.clone() };
        let earlier: BTreeSet<_> = receiving.iter().filter_map(|who| self.of.get(who).copied()).collect();
        for index in earlier {
            if let Some(old) = self.families.get_mut(index).and_then(Option::take) {
                merged.children.extend(old.children.into_iter().filter(|other| *other != child));
                merged.guardians.extend(old.guardians);
                merged.because.extend(old.because);
            }
        }
        for guardian in receiving {
            if !merged.guardians.contains(&(*guardian, child)) {
                merged.guardians.push((*guardian, child));
            }
        }
        for (guardian, _) in &merged.guardians {
            self.of.insert(*guardian, self.families.len());
        }
        self.families.push(Some(merged));
    }

    /// The families.
    pub(crate) fn finish(self, no_family: BTreeSet<NoFamily>) -> Recipients {
        let families = self.families.into_iter().flatten().collect();
        Recipients { families, left_out: self.left_out, no_family }
    }
}

/// Why somebody whose link stands does not receive it.
fn not_told(link: &Link, today: Date, booked: bool) -> Option<Why> {
    if !link.allows(Right::Messages, today) || booked && !link.allows(Right::Decide, today) {
        Some(Why::CannotReceive)
    } else if link.on_paper {
        Some(Why::OnPaper)
    } else if !link.joined {
        Some(Why::NotJoined)
    } else {
        None
    }
}
