//! Names: places as this school year calls them, children always told apart.

use std::collections::HashMap;

use xinmei_model::{Child, Id, Level, Link, List, Place, Right};

use super::reading::Reading;
use crate::api::{
    Fault,
    notice::GuardianName,
    profile::{ChildName, PlaceName},
};

/// How many characters of 学号 tell two children of one name apart.
const TAIL: usize = 4;

/// Campus, grade, number: the order in which a school reads its classes.
pub(crate) type PlaceOrder = (Level, String, i16, u8);

impl Reading<'_> {
    /// A place in words. One that has not arrived yet has no words.
    pub(crate) fn place_name(&self, id: Id<Place>) -> PlaceName {
        let Some(place) = self.places.get(&id) else {
            return PlaceName { id, level: Level::School, name: String::new(), grade: None, number: None };
        };
        PlaceName {
            id,
            level: place.level,
            name: self.campus_of(place),
            grade: self.year.and_then(|year| place.grade_in(year)),
            number: place.number,
        }
    }

    /// The name of the place itself or of the nearest one above that has a name.
    fn campus_of(&self, place: &Place) -> String {
        let above = place.path.iter().rev().filter_map(|id| self.places.get(id));
        let named = above.map(|place| &place.name).find(|name| !name.is_empty()).cloned();
        named.or_else(|| self.school.as_ref().map(|school| school.name.clone())).unwrap_or_default()
    }

    /// The largest first, then by campus, grade and number.
    pub(crate) fn place_order(&self, place: &Place) -> PlaceOrder {
        let PlaceName { level, name, grade, number, .. } = self.place_name(place.id);
        (level, name, grade.unwrap_or_default(), number.unwrap_or_default())
    }

    /// By class, then by 学号.
    pub(crate) fn child_order(&self, child: &Child) -> (Option<PlaceOrder>, String) {
        let class = child.class().and_then(|class| self.places.get(&class));
        (class.map(|class| self.place_order(class)), child.number.clone())
    }

    /// A child, told apart from others of the same name in the class.
    pub(crate) fn child_name(&self, child: &Child) -> Result<ChildName, Fault> {
        let alike = match child.class() {
            Some(class) => self.namesakes_in(class, &child.name)?,
            None => 0,
        };
        Ok(ChildName {
            id: child.id,
            name: child.name.clone(),
            tail: if alike > 1 { tail_of(&child.number) } else { String::new() },
            class: child.class().map(|class| self.place_name(class)),
        })
    }

    /// Children by id, told apart; those that have not arrived are left out.
    pub(crate) fn child_names(&self, ids: &[Id<Child>]) -> Result<Vec<ChildName>, Fault> {
        let mut names = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(child) = self.snapshot.get(*id)? {
                names.push(self.child_name(&child)?);
            }
        }
        Ok(names)
    }

    /// A guardian, read from the child.
    pub(crate) fn guardian_name(&self, link: &Link) -> GuardianName {
        GuardianName {
            id: link.guardian,
            name: link.guardian_name.clone(),
            relation: link.relation,
            decides: link.allows(Right::Decide, self.day),
        }
    }

    /// Keeps the names of whole classes, so that they are not read again for each child.
    pub(super) fn remember(&self, children: &[Child]) {
        let mut counts: HashMap<Id<Place>, HashMap<String, u32>> = HashMap::new();
        for child in children {
            if let Some(class) = child.class() {
                *counts.entry(class).or_default().entry(child.name.clone()).or_default() += 1;
            }
        }
        self.namesakes.borrow_mut().extend(counts);
    }

    fn namesakes_in(&self, class: Id<Place>, name: &str) -> Result<u32, Fault> {
        let known = |reading: &Self| {
            let namesakes = reading.namesakes.borrow();
            namesakes.get(&class).map(|names| names.get(name).copied().unwrap_or_default())
        };
        if let Some(count) = known(self) {
            return Ok(count);
        }
        self.remember(&self.snapshot.list(List::ChildrenIn(class))?);
        Ok(known(self).unwrap_or_default())
    }
}

/// A child in plain text, for a line that has no room for more.
pub(crate) fn in_text(name: &ChildName) -> String {
    if name.tail.is_empty() { name.name.clone() } else { format!("{} {}", name.name, name.tail) }
}

fn tail_of(number: &str) -> String {
    let skip = number.chars().count().saturating_sub(TAIL);
    number.chars().skip(skip).collect()
}
