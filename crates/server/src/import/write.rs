//! Makes a judged roster real, inside one write.

use std::collections::HashMap;

use jiff::civil::Date;
use uuid::Uuid;
use xinmei_model::{Contact, Id, Level, Person, Place, Year, put_contact, put_person, put_place, put_year};
use xinmei_roster::{ClassKey, CohortClass, GuardianKey};

use super::{
    Leave,
    book::{Book, Entry},
    held::Held,
    judge::Judged,
};
use crate::{Fail, Result, ledger::Tx, school};

/// An import at work.
pub(super) struct Import<'t, 's> {
    pub(super) book: Book<'t, 's>,
    pub(super) held: Held,
    pub(super) judged: Judged,
    /// Who stands behind the grants, as an auditor reads it.
    pub(super) by: String,
    leave: Leave,
    pub(super) today: Date,
    pub(super) yesterday: Date,
    /// Everybody by name and phone.
    pub(super) people: HashMap<GuardianKey, Id<Person>>,
    paths: HashMap<CohortClass, Vec<Id<Place>>>,
}

impl<'t, 's> Import<'t, 's> {
    pub(super) fn new(
        tx: &'t mut Tx<'s>,
        held: Held,
        judged: Judged,
        by: String,
        leave: Leave,
    ) -> Result<Self> {
        let today = held.today(tx.now());
        Ok(Self {
            book: Book::new(tx),
            judged,
            by,
            leave,
            today,
            yesterday: today.yesterday().map_err(Fail::broken)?,
            people: held.people(),
            paths: HashMap::new(),
            held,
        })
    }

    /// Everything, in the order in which later rows need earlier ones; what was written.
    pub(super) fn run(mut self) -> Result<Vec<Entry>> {
        self.year()?;
        let rows = std::mem::take(&mut self.judged.roster.pupils);
        for row in &rows {
            self.class(&row.class)?;
        }
        self.judged.roster.pupils = rows;
        self.staff()?;
        self.pupils()?;
        if self.leave.staff {
            self.staff_leave()?;
        }
        if self.leave.pupils {
            self.pupils_leave()?;
        }
        Ok(self.book.entries())
    }

    /// The school year, if it is not there, with the usual dates.
    fn year(&mut self) -> Result<()> {
        let begins = self.judged.year;
        let id: Id<Year> = self.book.tx.identity().named(&format!("year/{begins}"));
        if self.book.tx.row(id.uuid())?.is_some() {
            return Ok(());
        }
        let year = Year::usual(id, begins, self.today).map_err(Fail::broken)?;
        self.book.write(put_year(year))
    }

    /// The path of a class, made where it is missing.
    pub(super) fn class(&mut self, key: &ClassKey) -> Result<Vec<Id<Place>>> {
        let class = key.cohort_class(self.judged.year);
        if let Some(path) = self.paths.get(&class) {
            return Ok(path.clone());
        }
        let CohortClass { campus, cohort, class: number } = class.clone();
        let path = self.campus(&campus)?;
        let grade = Place { cohort: Some(cohort), ..blank(Level::Grade) };
        let path = self.place(&format!("place/grade/{campus}/{cohort}"), &path, grade)?;
        let place = Place { cohort: Some(cohort), number: Some(number), ..blank(Level::Class) };
        let path = self.place(&format!("place/class/{campus}/{cohort}/{number}"), &path, place)?;
        self.paths.insert(class, path.clone());
        Ok(path)
    }

    /// The path of a campus, made where it is missing; a roster without campuses has the school itself.
    pub(super) fn campus(&mut self, name: &str) -> Result<Vec<Id<Place>>> {
        let root = vec![self.root()];
        if name.is_empty() {
            return Ok(root);
        }
        let campus = Place { name: name.to_owned(), ..blank(Level::Campus) };
        self.place(&format!("place/campus/{name}"), &root, campus)
    }

    pub(super) fn root(&self) -> Id<Place> {
        school::root(self.book.tx.identity())
    }

    fn place(&mut self, name: &str, above: &[Id<Place>], place: Place) -> Result<Vec<Id<Place>>> {
        let id: Id<Place> = self.book.tx.identity().named(name);
        if let Some(held) = self.held.places.get(&id) {
            return Ok(held.path.clone());
        }
        let mut path = above.to_vec();
        path.push(id);
        let place = Place { id, path: path.clone(), ..place };
        self.held.places.insert(id, place.clone());
        self.book.write(put_place(place))?;
        Ok(path)
    }

    /// Writes a person.
    pub(super) fn person(&mut self, person: Person) -> Result<()> {
        self.held.persons.insert(person.id, person.clone());
        self.book.write(put_person(person))
    }

    /// Writes a phone as one line gives it; no feed has it.
    pub(super) fn phone(&mut self, person: Id<Person>, line_of: Uuid, phone: &str) -> Result<()> {
        let contact = Contact { id: Contact::of(person, line_of), person, phone: phone.to_owned() };
        self.book.write(put_contact(contact))
    }
}

/// A place without identity.
fn blank(level: Level) -> Place {
    Place {
        id: Id::new(Uuid::nil()),
        level,
        path: Vec::new(),
        name: String::new(),
        cohort: None,
        number: None,
    }
}
