//! 护学岗: places of a shift that are kept for the families of a class until a moment, then open to everybody. They are kept by the
//! engine that keeps seats of a session ([`Hold`]): a floor, not a wall.

use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Allotment, Change, Child, Decision, Due, DueKind, Facts, Feed, HeldFor, Hold, Id, Link, List, OfferFrom,
    Person, Place, Post, Refusal, Relation, Row, Shift, Stop, Take, TakeState, derived, limits,
};

/// Places of a shift that are kept for a class whose turn it is. Public with the shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct ClassTurn {
    /// Whose turn.
    pub class: Id<Place>,
    /// How many places.
    pub places: u32,
    /// Then what is not filled is open to everybody: at the latest as the shift begins.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub until: Zoned,
}

/// A parent as the families of a class know them, 李雨桐妈妈: no name of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct FamilyName {
    /// The child's name.
    pub child: String,
    /// What they are to the child.
    pub relation: Relation,
}

/// That somebody comes to a shift, or is asked to, as a family of the class whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ClassPart {
    /// Which class.
    pub class: Id<Place>,
    /// As the class knows them.
    pub family: FamilyName,
}

/// What the contact of a class, its teacher and the desk see of somebody's part in a turn: no reason, no words, no own name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnPart {
    /// Follows from shift and person.
    pub id: Id<TurnPart>,
    /// Which shift.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Whose turn.
    pub class: Id<Place>,
    /// Who.
    pub person: Id<Person>,
    /// As the class knows them.
    pub family: FamilyName,
    /// Whether they come.
    pub state: TakeState,
    /// 代办: somebody entered it for them.
    pub entered: bool,
    /// The class asked them, and may take it back while they have not answered.
    pub asked_by_class: bool,
    /// When it was said.
    pub at: Timestamp,
}

impl ClassTurn {
    fn hold(&self, shift: Id<Shift>) -> Hold {
        Hold {
            id: hold_id(shift, self.class),
            of: HeldFor::Places { places: vec![self.class] },
            seats: self.places,
            until: self.until.clone(),
        }
    }
}

/// Turns of a shift that moves from one time to another and needs so many: no more is kept than it needs, as long before it begins
/// as it was. What is open to everybody already stays so.
pub(crate) fn fitted(
    turns: &[ClassTurn],
    (from, to): (&Zoned, &Zoned),
    needed: u32,
    now: Timestamp,
) -> Vec<ClassTurn> {
    let later = to.timestamp().duration_since(from.timestamp());
    let mut left = needed;
    let fit = turns.iter().map(|turn| {
        let places = turn.places.min(left);
        left -= places;
        let is_open = turn.until.timestamp() <= now;
        let until = if is_open { turn.until.clone() } else { turn.until.saturating_add(later) };
        ClassTurn { places, until: until.min(to.clone()), ..*turn }
    });
    fit.filter(|turn| turn.places > 0).collect()
}

/// Timers that open what is kept for classes; whoever comes after the shift began needs none.
pub(crate) fn opening(shift: &Shift, now: Timestamp) -> impl Iterator<Item = Change> {
    let (id, starts) = (shift.id.uuid(), shift.starts.timestamp());
    let opens = shift.turns.iter().map(|turn| turn.until.timestamp());
    let opens = opens.filter(move |at| *at > now && *at < starts);
    opens.map(move |at| Change::Set(Due::new(DueKind::OpenTurn, id, at, 0)))
}

/// What is kept for a class, in [`Fill::kept`](crate::Fill::kept).
pub(crate) fn hold_id(shift: Id<Shift>, class: Id<Place>) -> Id<Hold> {
    derived("class-turn", shift.uuid(), class.uuid())
}

impl Shift {
    /// What is kept of its places.
    pub(crate) fn holds(&self) -> Vec<Hold> {
        self.turns.iter().map(|turn| turn.hold(self.id)).collect()
    }

    /// What is counted as a class's at this shift; `None` where it is not that class's turn.
    #[must_use]
    pub fn hold_of_class(&self, class: Id<Place>) -> Option<Id<Hold>> {
        self.turns.iter().any(|turn| turn.class == class).then(|| hold_id(self.id, class))
    }

    /// Whether places that are kept for a class open to everybody before it begins.
    pub(crate) fn opens_later(&self, now: Timestamp) -> bool {
        let starts = self.starts.timestamp();
        self.turns.iter().any(|turn| (now < turn.until.timestamp()) && turn.until.timestamp() < starts)
    }

    /// Where a take is counted.
    pub(crate) fn hold_of_take(&self, take: &Take) -> Option<Id<Hold>> {
        take.class.as_ref().and_then(|part| self.hold_of_class(part.class))
    }
}

/// The places of a shift as they stand now, whether or not a timer ran.
pub(crate) fn places_now(facts: &Facts, shift: &Shift) -> Result<Allotment, Stop> {
    let mut allotment = facts.get(Allotment::of(shift.id.uuid()))?.clone();
    allotment.keep(&shift.holds(), facts.now());
    Ok(allotment)
}

/// Refuses where there is no place for somebody who is counted so: none at all, or only some that are kept for a class.
pub(crate) fn check_place(
    facts: &Facts,
    allotment: &Allotment,
    shift: &Shift,
    hold: Option<Id<Hold>>,
) -> Result<(), Stop> {
    if allotment.open_for(hold) > 0 {
        return Ok(());
    }
    let kept = shift.turns.iter().filter(|turn| facts.now() < turn.until.timestamp());
    match kept.map(|turn| &turn.until).min() {
        Some(opens) if allotment.free() > 0 => Err(Refusal::NotOpenYet { opens: opens.clone() }.into()),
        _ => Err(Refusal::ShiftFull.into()),
    }
}

/// As which family of a class whose turn it is somebody comes: of the class that asked them, or else of the first with places left.
pub(crate) fn class_part(
    facts: &Facts,
    shift: &Shift,
    person: Id<Person>,
    offer: Option<&OfferFrom>,
) -> Result<Option<ClassPart>, Stop> {
    if shift.turns.is_empty() {
        return Ok(None);
    }
    let mut parts = Vec::new();
    for turn in &shift.turns {
        if let Some((link, child)) = family_in(facts, person, turn.class)? {
            parts.push(ClassPart { class: turn.class, family: FamilyName::of(link, child) });
        }
    }
    let asked = |part: &ClassPart| offer == Some(&OfferFrom::Class { class: part.class });
    if let Some(part) = parts.iter().find(|part| asked(part)) {
        return Ok(Some(part.clone()));
    }
    if parts.len() > 1 && facts.complete() {
        let allotment = places_now(facts, shift)?;
        let has_left = |part: &ClassPart| allotment.left_of(Some(hold_id(shift.id, part.class))) > 0;
        if let Some(part) = parts.iter().find(|part| has_left(part)) {
            return Ok(Some(part.clone()));
        }
    }
    Ok(parts.into_iter().next())
}

/// The child of a class through whom somebody is of it today, the first by name.
pub(crate) fn family_in(
    facts: &Facts,
    person: Id<Person>,
    class: Id<Place>,
) -> Result<Option<(&Link, &Child)>, Stop> {
    let mut all = families_in(facts, person, class)?;
    all.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    Ok(all.into_iter().next())
}

/// The children of a class through whom somebody is of it today.
pub(crate) fn families_in(
    facts: &Facts,
    person: Id<Person>,
    class: Id<Place>,
) -> Result<Vec<(&Link, &Child)>, Stop> {
    let today = facts.today()?;
    let links = facts.list::<Link>(List::LinksBy(person), limits::ROWS_PER_LIST)?;
    let links: Vec<_> = links.into_iter().filter(|link| link.counts(today)).collect();
    let children = Facts::each(&links, |link| facts.find(link.child))?;
    let pairs = links.into_iter().zip(children);
    let there = pairs.filter_map(|(link, child)| Some((link, child?)));
    Ok(there.filter(|(_, child)| child.class() == Some(class)).collect())
}

impl FamilyName {
    pub(crate) fn of(link: &Link, child: &Child) -> Self {
        Self { child: child.name.clone(), relation: link.relation }
    }
}

/// What the class sees of what changes in its turns.
pub(crate) fn follow(facts: &Facts, mut changes: Vec<Change>) -> Decision {
    let takes = changes.iter().filter_map(|change| match change {
        Change::Put { row: Row::Take(take), .. } => Some(take),
        _ => None,
    });
    let parts = Facts::each(takes, |take| match part_of(take) {
        Some(part) => {
            let class = part.class;
            Ok(Some(Change::put(part, [Feed::Turns(class)])))
        }
        // Who was of a class and is of none now is no longer that class's to see.
        None if facts.complete() => {
            let before = facts.find(part_id(take))?.cloned();
            Ok(before.map(|part| Change::put(TurnPart { state: take.state, at: take.at, ..part }, [])))
        }
        None => Ok(None),
    })?;
    changes.extend(parts.into_iter().flatten());
    Ok(changes)
}

fn part_id(take: &Take) -> Id<TurnPart> {
    derived("turn-part", take.shift.uuid(), take.person.uuid())
}

fn part_of(take: &Take) -> Option<TurnPart> {
    let ClassPart { class, family } = take.class.clone()?;
    let source = take.offer.as_ref().map(|offer| &offer.source);
    Some(TurnPart {
        id: part_id(take),
        shift: take.shift,
        post: take.post,
        class,
        person: take.person,
        family,
        state: take.state,
        entered: take.entered.is_some(),
        asked_by_class: source == Some(&OfferFrom::Class { class }),
        at: take.at,
    })
}
