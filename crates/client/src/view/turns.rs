//! 护学岗: the turns of classes, for their families, their contacts and whoever minds them.

mod plan;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, Zoned};
use xinmei_model::{
    Child, ClassContact, ClassReady, ClassTurn, FamilyName, Fill, Hat, Id, Kind, Link, List, Person, Place,
    Post, Power, Right, Shift, Take, TakeState, TurnPart, VolunteerAct,
};

use super::{
    ask::read,
    family::Family,
    reading::{Reading, count},
    shift::parts_of_mine,
};
use crate::{
    Client,
    api::{
        Ask, Fault,
        shift::TurnLine,
        today::{Duty, DutyKind},
        turns::{
            ClassInTurn, Classes, ClassesInTurn, ContactView, ParentName, ReadyFamily, TurnDay, TurnPartView,
        },
    },
};

/// A contact is told of places that are missing so many days ahead: this week and the next.
const DAYS_AHEAD: i64 = 14;

impl Ask for Classes {
    type Reply = ClassesInTurn;

    async fn answer(self, client: &Client) -> Result<ClassesInTurn, Fault> {
        read(client, classes).await
    }
}

/// A shift that is to come and has turns, with its post.
type Turns = Vec<(Post, Shift)>;

pub(super) fn classes(reading: &Reading<'_>) -> Result<ClassesInTurn, Fault> {
    let turns = turns_ahead(reading)?;
    let parts = parts_of_mine(reading)?;
    let own = reading.own_classes()?;
    let mut classes = Vec::new();
    for place in of_interest(reading, own) {
        let mut class = class_in_turn(reading, place, &parts, &turns)?;
        // A hat over many classes reads only those that have something to read.
        let many = reading.role().is_some_and(|role| role.place != place.id);
        let empty = class.days.is_empty() && class.contacts.is_empty() && class.families.is_empty();
        if many && empty {
            continue;
        }
        if class.minds {
            class.parents = parents(reading, place.id)?;
        }
        classes.push(class);
    }
    Ok(ClassesInTurn { classes })
}

/// The classes a parent has a child in, or a hat minds.
fn of_interest<'r>(reading: &'r Reading<'_>, own: &BTreeSet<Id<Place>>) -> Vec<&'r Place> {
    if reading.hat != Hat::Guardian {
        return reading.classes_with(Power::ActForFamilies);
    }
    let mut places: Vec<_> = own.iter().filter_map(|class| reading.places.get(class)).collect();
    places.sort_by_cached_key(|place| reading.place_order(place));
    places
}

fn turns_ahead(reading: &Reading<'_>) -> Result<Turns, Fault> {
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let mut turns = Vec::new();
    for post in posts {
        let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        let ahead = shifts.into_iter().filter(|shift| reading.now < shift.ends.timestamp());
        let with = ahead.filter(|shift| !shift.turns.is_empty() && shift.is_on());
        turns.extend(with.map(|shift| (post.clone(), shift)));
    }
    turns.sort_by_key(|(_, shift)| (shift.starts.timestamp(), shift.id));
    Ok(turns)
}

/// A class without the parents of its list, which are read last.
fn class_in_turn(
    reading: &Reading<'_>,
    place: &Place,
    mine: &BTreeMap<Id<Shift>, Take>,
    turns: &Turns,
) -> Result<ClassInTurn, Fault> {
    let own = reading.own_classes()?;
    let minds = reading.may(Power::ActForFamilies, &place.path);
    let of_class = reading.hat == Hat::Guardian && own.contains(&place.id);
    let contacts = contacts(reading, place.id)?;
    let contact = of_class && contacts.iter().any(|one| one.me);
    let ready: Option<ClassReady> = reading.snapshot.get(ClassReady::of(place.id, reading.me))?;
    let ready = ready.filter(|row| row.holds(reading.day));
    let families = if contact || minds { families(reading, place.id)? } else { Vec::new() };
    let mut days = Vec::new();
    for (post, shift) in turns {
        if let Some(turn) = shift.turns.iter().find(|turn| turn.class == place.id) {
            days.push(TurnDay {
                line: reading.line_of_own(post, shift, mine)?,
                turn: reading.turn_line(shift, turn, own)?,
                parts: if contact || minds {
                    parts_at(reading, shift, place.id, &families)?
                } else {
                    Vec::new()
                },
            });
        }
    }
    Ok(ClassInTurn {
        class: reading.place_name(place.id),
        contacts,
        contact,
        minds,
        ready: of_class.then_some(ready.is_some()),
        ready_entered: of_class && ready.is_some_and(|row| row.entered),
        ready_pending: reading.wishes.volunteering(|step| {
            matches!(step, VolunteerAct::SayReady { class, on_behalf_of: None, .. } if *class == place.id)
        }),
        families,
        parents: Vec::new(),
        days,
    })
}

fn contacts(reading: &Reading<'_>, id: Id<Place>) -> Result<Vec<ContactView>, Fault> {
    let rows: Vec<ClassContact> = reading.snapshot.list(List::ContactsOf(id))?;
    let mut contacts: Vec<_> = rows
        .into_iter()
        .filter(|row| row.holds(reading.day))
        .map(|row| ContactView {
            me: row.person == reading.me,
            pending: reading.wishes.volunteering(|step| match step {
                VolunteerAct::AppointContact { class, person }
                | VolunteerAct::EndContact { class, person } => (*class, *person) == (id, row.person),
                _ => false,
            }),
            person: row.person,
            name: row.person_name,
            family: row.family,
            until: row.until,
        })
        .collect();
    contacts.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.person.cmp(&b.person)));
    Ok(contacts)
}

fn families(reading: &Reading<'_>, class: Id<Place>) -> Result<Vec<ReadyFamily>, Fault> {
    let rows: Vec<ClassReady> = reading.snapshot.list(List::ReadyIn(class))?;
    let standing = rows.into_iter().filter(|row| row.holds(reading.day));
    let mut families: Vec<_> = standing
        .map(|row| ReadyFamily { person: row.person, family: row.family, entered: row.entered })
        .collect();
    families.sort_by_key(|one| order(&one.family, one.person));
    Ok(families)
}

fn order(family: &FamilyName, person: Id<Person>) -> (String, xinmei_model::Relation, Id<Person>) {
    (family.child.clone(), family.relation, person)
}

/// Parents of the class list who hear of the class.
fn parents(reading: &Reading<'_>, class: Id<Place>) -> Result<Vec<ParentName>, Fault> {
    let mut parents: BTreeMap<Id<Person>, ParentName> = BTreeMap::new();
    for child in reading.children_in(class)? {
        let links: Vec<Link> = reading.snapshot.list(List::LinksOf(child.id))?;
        for link in links.into_iter().filter(|link| link.allows(Right::Messages, reading.day)) {
            parents.entry(link.guardian).or_insert_with(|| parent(&child, &link));
        }
    }
    let mut parents: Vec<_> = parents.into_values().collect();
    parents.sort_by_key(|one| order(&one.family, one.person));
    Ok(parents)
}

fn parent(child: &Child, link: &Link) -> ParentName {
    ParentName {
        person: link.guardian,
        name: link.guardian_name.clone(),
        family: FamilyName { child: child.name.clone(), relation: link.relation },
    }
}

/// Who of a class comes to a shift or is asked, with whom it is still to be asked from this computer.
fn parts_at(
    reading: &Reading<'_>,
    shift: &Shift,
    class: Id<Place>,
    families: &[ReadyFamily],
) -> Result<Vec<TurnPartView>, Fault> {
    let mut rows: Vec<TurnPart> = reading.snapshot.list(List::TurnPartsOf(shift.id))?;
    rows.retain(|row| row.class == class);
    rows.sort_by_key(|row| (row.at, row.person));
    let asked = |who: Id<Person>| {
        reading.wishes.volunteering(|step| match step {
            VolunteerAct::AskFamily { shift: id, person, .. }
            | VolunteerAct::ReleaseOffer { shift: id, person } => (*id, *person) == (shift.id, who),
            _ => false,
        })
    };
    let mut parts: Vec<_> = rows
        .into_iter()
        .map(|row| TurnPartView {
            pending: asked(row.person),
            may_take_back: row.asked_by_class && row.state == TakeState::Offered,
            person: row.person,
            family: row.family,
            state: Some(row.state),
            entered: row.entered,
        })
        .collect();
    let mut wished = Vec::new();
    for family in families.iter().filter(|one| !parts.iter().any(|part| part.person == one.person)) {
        if let Some(pending) = asked(family.person) {
            wished.push(TurnPartView {
                person: family.person,
                family: family.family.clone(),
                state: None,
                entered: false,
                may_take_back: false,
                pending: Some(pending),
            });
        }
    }
    parts.append(&mut wished);
    Ok(parts)
}

impl Reading<'_> {
    /// Classes in which one has a child; looked up once, every shift asks for them.
    pub(super) fn own_classes(&self) -> Result<&BTreeSet<Id<Place>>, Fault> {
        if let Some(known) = self.classes.get() {
            return Ok(known);
        }
        let family = Family::load(self)?;
        let found = family.children().iter().filter_map(|own| own.child.class()).collect();
        Ok(self.classes.get_or_init(|| found))
    }

    /// Whose turn it is at a shift.
    pub(crate) fn turns_at(&self, shift: &Shift) -> Result<Vec<TurnLine>, Fault> {
        if shift.turns.is_empty() {
            return Ok(Vec::new());
        }
        let own = self.own_classes()?;
        shift.turns.iter().map(|turn| self.turn_line(shift, turn, own)).collect()
    }

    fn turn_line(
        &self,
        shift: &Shift,
        turn: &ClassTurn,
        own: &BTreeSet<Id<Place>>,
    ) -> Result<TurnLine, Fault> {
        let kept = self.now < turn.until.timestamp();
        let fill = self.heard_fill(shift.id.uuid(), shift.needed)?;
        let hold = shift.hold_of_class(turn.class);
        let left = fill.zip(hold).and_then(|(fill, hold)| Some(fill.left_of(hold)?.min(free(&fill))));
        Ok(TurnLine {
            class: self.place_name(turn.class),
            places: turn.places,
            left: left.unwrap_or_default().min(if kept { turn.places } else { 0 }),
            until: turn.until.clone(),
            kept,
            mine: self.hat == Hat::Guardian && own.contains(&turn.class),
        })
    }

    /// When a shift opens to whoever sits here, where all that is free is kept for others.
    pub(crate) fn opens_to_me(&self, shift: &Shift) -> Result<Option<Zoned>, Fault> {
        let kept = shift.turns.iter().filter(|turn| self.now < turn.until.timestamp());
        let Some(opens) = kept.map(|turn| &turn.until).min() else { return Ok(None) };
        let Some(fill) = self.heard_fill(shift.id.uuid(), shift.needed)? else { return Ok(None) };
        let own = self.own_classes()?;
        let of_own = shift.turns.iter().filter(|turn| own.contains(&turn.class));
        let holds = of_own.map(|turn| shift.hold_of_class(turn.class)).chain([None]);
        let closed = free(&fill) > 0 && holds.into_iter().all(|hold| fill.open_for(hold) == 0);
        Ok(closed.then(|| opens.clone()))
    }
}

fn free(fill: &Fill) -> u32 {
    fill.capacity.saturating_sub(fill.used)
}

/// Classes whose contact one is today.
fn contact_of(reading: &Reading<'_>) -> Result<Vec<Id<Place>>, Fault> {
    let rows: Vec<ClassContact> = reading.snapshot.list(List::OfClassesBy(reading.me))?;
    let own = reading.own_classes()?;
    let standing = rows.into_iter().filter(|row| row.holds(reading.day) && own.contains(&row.class));
    Ok(standing.map(|row| row.class).collect())
}

/// Turns with places to fill that were laid for a class whose contact one is: when that was said, of which post, for which shift first,
/// and until when its places are kept.
pub(super) struct TurnsLaid {
    pub(super) class: Id<Place>,
    pub(super) at: Timestamp,
    pub(super) post: String,
    pub(super) shift: Id<Shift>,
    pub(super) until: Zoned,
}

/// One for each class and each time somebody laid turns, by that time.
pub(super) fn laid(reading: &Reading<'_>) -> Result<Vec<TurnsLaid>, Fault> {
    let classes = contact_of(reading)?;
    let turns = if classes.is_empty() { Vec::new() } else { turns_ahead(reading)? };
    let own = reading.own_classes()?;
    let mut laid: BTreeMap<(Timestamp, Id<Place>), TurnsLaid> = BTreeMap::new();
    for (post, shift) in &turns {
        for turn in shift.turns.iter().filter(|turn| classes.contains(&turn.class)) {
            let Some(at) = shift.turns_at.get(&turn.class).copied() else { continue };
            if reading.turn_line(shift, turn, own)?.left > 0 {
                laid.entry((at, turn.class)).or_insert_with(|| TurnsLaid {
                    class: turn.class,
                    at,
                    post: post.title.clone(),
                    shift: shift.id,
                    until: turn.until.clone(),
                });
            }
        }
    }
    Ok(laid.into_values().collect())
}

/// One duty for each class whose contact one is, while places of its turns soon to come are missing.
pub(super) fn duties(reading: &Reading<'_>) -> Result<Vec<Duty>, Fault> {
    let own = reading.own_classes()?;
    let classes = contact_of(reading)?;
    let turns = if classes.is_empty() { Vec::new() } else { turns_ahead(reading)? };
    let mut duties = Vec::new();
    for id in classes {
        let (mut missing, mut due, mut first) = (0_u32, None, None);
        let mut days = BTreeSet::new();
        for (_, shift) in &turns {
            let turn = shift.turns.iter().find(|turn| turn.class == id);
            let Some(turn) = turn.filter(|turn| reading.comes_within(&turn.until, DAYS_AHEAD)) else {
                continue;
            };
            let line = reading.turn_line(shift, turn, own)?;
            if line.left > 0 {
                missing = missing.saturating_add(line.left);
                days.insert(shift.day_in(reading.zone.clone()));
                due = due.or_else(|| Some(turn.until.clone()));
                first = first.or_else(|| Some(shift.starts.clone()));
            }
        }
        if let Some(starts) = first {
            let class = reading.place_name(id);
            let what = DutyKind::FillTurns { class, missing, days: count(&days), starts };
            duties.push(Duty { children: Vec::new(), due, what });
        }
    }
    Ok(duties)
}
