//! What the staff of a class read of a colleague's notice: the part that lies in their class, as if it were all of it.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashMap},
};

use xinmei_model::{Audience, Child, Hat, Id, List, Notice, Place, Target, recipients};

use crate::{
    api::Fault,
    view::reading::{Reading, count},
};

/// The hat of somebody who reads what the families of one class answer; in every other hat it reads nothing.
pub(crate) struct ClassReader<'r> {
    class: Option<&'r Place>,
    found: OnceCell<Found>,
}

/// A class and who of it is told; worked out once for a whole list.
struct Found {
    children: BTreeSet<Id<Child>>,
    /// The family of each child that somebody is told about, by number.
    reached: HashMap<Id<Child>, usize>,
}

impl<'r> ClassReader<'r> {
    /// Whoever sits here.
    pub(crate) fn of(reading: &'r Reading<'_>) -> Self {
        let role = reading.role().filter(|_| reading.hat != Hat::Guardian);
        let place = role
            .and_then(|role| reading.places.get(&role.place).filter(|place| role.reads_answers_of(place)));
        Self { class: place, found: OnceCell::new() }
    }

    /// A notice as far as this hat reads what is answered to it: its author all of it, the staff of a class that may read
    /// along what lies in their class; `None` where nothing of it.
    pub(crate) fn read(&self, reading: &Reading<'_>, notice: &Notice) -> Result<Option<Notice>, Fault> {
        if notice.author == reading.me {
            return Ok(Some(notice.clone()));
        }
        let told = |class: &&&Place| notice.is_sent() && notice.is_read_by_class(&class.path);
        let Some(class) = self.class.as_ref().filter(told) else { return Ok(None) };
        let found = self.found(reading, class)?;
        let part = notice.within(class.id, &found.children);
        let excepted = |child: &Id<Child>| part.audience.except.contains(&Target::Child(*child));
        let reached: Vec<_> = found.reached.iter().filter(|(child, _)| !excepted(child)).collect();
        let families: BTreeSet<_> = reached.iter().map(|(_, family)| **family).collect();
        let (children, families) = (count(&reached), count(&families));
        Ok(Some(Notice { children, families, ..part }))
    }

    fn found(&self, reading: &Reading<'_>, class: &Place) -> Result<&Found, Fault> {
        if let Some(found) = self.found.get() {
            return Ok(found);
        }
        let children: Vec<Child> = reading.snapshot.list(List::ChildrenIn(class.id))?;
        let audience = Audience { include: vec![Target::Place(class.id)], except: Vec::new() };
        let told = reading.snapshot.settle(|facts| recipients(facts, &audience))?.unwrap_or_default();
        let families = told.families.iter().enumerate();
        let reached =
            families.flat_map(|(family, one)| one.children.iter().map(move |child| (*child, family)));
        let found =
            Found { children: children.iter().map(|child| child.id).collect(), reached: reached.collect() };
        Ok(self.found.get_or_init(|| found))
    }
}
