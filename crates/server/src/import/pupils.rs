//! Pupils with their guardians: who is who, who may what, and what a person must decide first.

use std::collections::{BTreeMap, HashSet};

use xinmei_model::{
    Child, Enrolment, FamilyRequest, Id, Kind, Link, List, Noun as _, Person, Place, Relation, Remark, Row,
    derived, hand_over, keep_for, limits, put_child, put_link, put_remark,
};
use xinmei_roster::{Guardian, GuardianKey, Outcome, PupilRow};

use super::{
    held::{relation, sex_text},
    undo::follow_class,
    write::Import,
};
use crate::{Fail, Result};

/// Guardians of a line whose person is known already, by their place in the line.
type Known = Vec<Option<Id<Person>>>;

impl Import<'_, '_> {
    /// Every line of pupils.
    pub(super) fn pupils(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.judged.roster.pupils);
        // Links first: a parent with a new phone is found by their child before a new sibling's line is read.
        let known: Vec<Known> = rows.iter().map(|row| self.by_links(row)).collect();
        for (row, known) in rows.iter().zip(known) {
            self.pupil(row, &known)?;
        }
        self.judged.roster.pupils = rows;
        Ok(())
    }

    /// Pairs the guardians of a line with the child's links: the same name and phone first, then the same name.
    fn by_links(&mut self, row: &PupilRow) -> Known {
        let mut known = vec![None; row.guardians.len()];
        let Some(child) = self.held.children.get(&row.number) else { return known };
        let mut held: Vec<(Id<Person>, Guardian)> = self
            .held
            .links_of(child.id)
            .iter()
            .map(|link| (link.guardian, self.held.guardian(link)))
            .collect();
        let same: [fn(&GuardianKey, &GuardianKey) -> bool; 2] = [|a, b| a == b, |a, b| a.name == b.name];
        for same in same {
            for (slot, guardian) in known.iter_mut().zip(&row.guardians).filter(|(slot, _)| slot.is_none()) {
                if let Some(at) = held.iter().position(|(_, held)| same(&held.key, &guardian.key)) {
                    let (person, _) = held.remove(at);
                    *slot = Some(person);
                    self.people.entry(guardian.key.clone()).or_insert(person);
                }
            }
        }
        known
    }

    fn pupil(&mut self, row: &PupilRow, known: &Known) -> Result<()> {
        let path = self.class(&row.class)?;
        let before = self.held.children.get(&row.number).map(|child| child.path.clone()).unwrap_or_default();
        let child = self.child(row, path)?;
        let mut links = self.held.links_of(child.id).to_vec();
        if self.says_new(&child, row) {
            links = links.into_iter().map(Link::after_new_words).collect();
        }
        // Words once said of a child hold for whoever is added, until a person has decided them.
        let said = !row.remark.is_empty() || self.held.remark(child.id).is_some();
        let mut added = false;
        let mut named = HashSet::new();
        for (guardian, known) in row.guardians.iter().zip(known) {
            let person = self.guardian_person(guardian, *known, &named)?;
            named.insert(person);
            self.phone(person, child.id.uuid(), &guardian.key.phone)?;
            let relation = relation(guardian);
            let link = match links.iter().find(|link| link.guardian == person) {
                // Rights and decision stay as they are; whoever came back is bound again.
                Some(old) => {
                    Link { relation: relation.0, relation_text: relation.1, to: None, ..old.clone() }
                }
                None => {
                    added = true;
                    self.first_link(&child, person, relation, said, &links)?
                }
            };
            self.book.write(put_link(link, &child))?;
        }
        // A child who moved takes every link along; an import ends nobody's rights because a file is silent.
        for link in links.into_iter().filter(|link| !named.contains(&link.guardian)) {
            self.book.write(put_link(link, &child))?;
        }
        let left: Vec<_> = before.into_iter().filter(|place| !child.path.contains(place)).collect();
        self.keep_notices(child.id, &left)?;
        self.hand_over_requests(&child, &left)?;
        if !left.is_empty() {
            self.follow_class(&child)?;
        }
        self.remark(&child, &row.remark, added)
    }

    /// A family keeps what was sent to a class its child leaves.
    fn keep_notices(&mut self, child: Id<Child>, left: &[Id<Place>]) -> Result<()> {
        if left.is_empty() {
            return Ok(());
        }
        let links = self.held.links_of(child);
        let mut kept = Vec::new();
        for row in self.book.tx.list(List::All(Kind::Notice), limits::ROWS_PER_LIST)? {
            if let Row::Notice(notice) = &*row {
                kept.extend(keep_for(notice, left, links, self.today));
            }
        }
        kept.into_iter().try_for_each(|change| self.book.write(change))
    }

    /// What a family asked goes with the child, to whoever answers in its new class.
    fn hand_over_requests(&mut self, child: &Child, left: &[Id<Place>]) -> Result<()> {
        if left.is_empty() {
            return Ok(());
        }
        let rows = self.book.tx.list(List::RequestsFor(child.id), limits::ROWS_PER_LIST)?;
        let requests: Vec<_> = rows.iter().filter_map(|row| FamilyRequest::of(row)).cloned().collect();
        let now = self.book.tx.now();
        let handed = hand_over(child, &requests, self.today, now);
        handed.into_iter().try_for_each(|change| self.book.write(change))
    }

    /// What carries the class of a child goes to the staff of the class it is in now.
    fn follow_class(&mut self, child: &Child) -> Result<()> {
        let follow = follow_class(self.book.tx, child)?;
        follow.into_iter().try_for_each(|change| self.book.write(change))
    }

    /// Whether a line says something about the child that no import before it said.
    fn says_new(&self, child: &Child, row: &PupilRow) -> bool {
        !row.remark.is_empty() && self.held.remark_of_wording(child.id, &row.remark).is_none()
    }

    /// The child, in the class of the line from today.
    fn child(&mut self, row: &PupilRow, path: Vec<Id<Place>>) -> Result<Child> {
        let held = self.held.children.get(&row.number).cloned();
        let mut child = held.unwrap_or_else(|| Child {
            id: self.book.tx.identity().named(&format!("child/{}", row.number)),
            name: String::new(),
            number: row.number.clone(),
            sex: String::new(),
            path: Vec::new(),
            enrolments: Vec::new(),
        });
        child.name.clone_from(&row.name);
        if row.sex.is_some() {
            child.sex = sex_text(row.sex).to_owned();
        }
        if child.path != path {
            self.close(&mut child);
            let to = path.last().copied();
            child.enrolments.extend(to.map(|class| Enrolment { class, from: self.today, to: None }));
            child.path = path;
        }
        self.book.write(put_child(child.clone()))?;
        Ok(child)
    }

    /// Ends the open enrolment yesterday; one of today never was.
    fn close(&self, child: &mut Child) {
        child.enrolments.retain(|enrolment| enrolment.to.is_some() || enrolment.from < self.today);
        for open in child.enrolments.iter_mut().filter(|enrolment| enrolment.to.is_none()) {
            open.to = Some(self.yesterday);
        }
    }

    /// Whom a guardian of a line stands for. Somebody new gets an id of chance: one made of a phone would give the
    /// phone away.
    fn guardian_person(
        &mut self,
        guardian: &Guardian,
        known: Option<Id<Person>>,
        named: &HashSet<Id<Person>>,
    ) -> Result<Id<Person>> {
        let found =
            known.or_else(|| self.people.get(&guardian.key).copied()).filter(|id| !named.contains(id));
        if let Some(found) = found {
            return Ok(found);
        }
        let id = self.book.tx.edge.id();
        let name = guardian.key.name.clone();
        self.person(Person { id, name, staff_number: None, joined: None, on_paper: false })?;
        self.people.entry(guardian.key.clone()).or_insert(id);
        Ok(id)
    }

    fn first_link(
        &self,
        child: &Child,
        guardian: Id<Person>,
        relation: (Relation, Option<String>),
        said: bool,
        links: &[Link],
    ) -> Result<Link> {
        let person = self.held.persons.get(&guardian).ok_or_else(|| Fail::broken("a guardian is nobody"))?;
        let waits = Link::must_wait(guardian, child.id, said, links, &self.held.bars);
        Ok(Link::first(person, child.id, relation, waits, (self.today, &self.by)))
    }

    /// Keeps the words of the line for a person to decide.
    ///
    /// The same words stay decided, unless somebody was added whom the decision did not know. Words that are gone
    /// from the file are put away once they were decided, and wait until then: a file's silence lifts no order.
    fn remark(&mut self, child: &Child, text: &str, added: bool) -> Result<()> {
        let standing = self.held.remark(child.id).cloned();
        if text.is_empty() {
            return match standing {
                Some(old) if added => self.book.write(put_remark(Remark { decided: None, ..old }, true)),
                Some(old) if old.decided.is_some() => self.book.write(put_remark(old, false)),
                _ => Ok(()),
            };
        }
        if let Some(old) = standing.filter(|remark| remark.text != text) {
            self.book.write(put_remark(old, false))?;
        }
        let same = self.held.remark_of_wording(child.id, text).filter(|_| !added).cloned();
        let remark = same.unwrap_or_else(|| Remark {
            id: self.remark_id(child.id, text),
            child: child.id,
            text: text.to_owned(),
            decided: None,
        });
        self.book.write(put_remark(remark, true))
    }

    fn remark_id(&self, child: Id<Child>, text: &str) -> Id<Remark> {
        derived(&format!("remark/{text}"), child.uuid(), child.uuid())
    }

    /// Pupils absent from the file leave, with their links.
    pub(super) fn pupils_leave(&mut self) -> Result<()> {
        let children = BTreeMap::clone(&self.held.children);
        let pupils = std::mem::take(&mut self.judged.comparison.pupils);
        let left = pupils.iter().filter(|pupil| matches!(pupil.outcome, Outcome::Left { .. }));
        for mut child in left.filter_map(|pupil| children.get(&pupil.number).cloned()) {
            self.close(&mut child);
            child.path.clear();
            self.book.write(put_child(child.clone()))?;
            self.follow_class(&child)?;
            for link in self.held.links_of(child.id).to_vec() {
                let to = link.to.or(Some(self.yesterday));
                self.book.write(put_link(Link { to, ..link }, &child))?;
            }
            if let Some(remark) = self.held.remark(child.id).cloned() {
                self.book.write(put_remark(remark, false))?;
            }
        }
        self.judged.comparison.pupils = pupils;
        Ok(())
    }
}
