//! Who belongs together: guardians across siblings, households, staff who are parents; and the remarks to be read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::normalise::Relation;
use crate::parse::Roster;
use crate::rows::GuardianKey;

/// A guardian with all their children at the school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianPerson {
    /// Who it is.
    pub key: GuardianKey,
    /// The children, by number.
    pub children: Vec<Child>,
}

/// A guardian's child.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Child {
    /// The pupil's 学号.
    pub number: String,
    /// The guardian's relation to this child.
    pub relation: Relation,
}

/// Pupils joined by common guardians, directly or through a sibling. A word for lists, not for law: it gives nobody
/// a right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    /// The guardians, by name and phone.
    pub guardians: Vec<GuardianKey>,
    /// The pupils' numbers.
    pub pupils: Vec<String>,
}

/// One wording of 备注 and the pupils that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemarkGroup {
    /// The remark in its own words. What it means for anybody's rights is for a person to decide.
    pub text: String,
    /// How many pupils have it.
    pub count: usize,
    /// Their numbers.
    pub pupils: Vec<String>,
}

/// A member of staff who, by name and phone, is also a guardian.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffParent {
    /// The 工号.
    pub staff_number: String,
    /// The guardian they are.
    pub guardian: GuardianKey,
    /// Their children's numbers.
    pub pupils: Vec<String>,
}

/// Every guardian once, by name and phone, with all their children.
#[must_use]
pub fn guardians(roster: &Roster) -> Vec<GuardianPerson> {
    let mut people: BTreeMap<&GuardianKey, Vec<Child>> = BTreeMap::new();
    for pupil in &roster.pupils {
        for guardian in &pupil.guardians {
            people
                .entry(&guardian.key)
                .or_default()
                .push(Child { number: pupil.number.clone(), relation: guardian.relation });
        }
    }
    let person = |(key, mut children): (&GuardianKey, Vec<Child>)| {
        children.sort();
        GuardianPerson { key: key.clone(), children }
    };
    people.into_iter().map(person).collect()
}

/// The households, by their first pupil's number. A pupil without guardians is a household alone.
#[must_use]
pub fn households(roster: &Roster) -> Vec<Household> {
    let mut by_number = BTreeMap::new();
    for pupil in &roster.pupils {
        by_number.insert(pupil.number.as_str(), &pupil.guardians);
    }
    let mut children: BTreeMap<&GuardianKey, Vec<&str>> = BTreeMap::new();
    for (number, guardians) in &by_number {
        for guardian in *guardians {
            children.entry(&guardian.key).or_default().push(number);
        }
    }
    let mut out = Vec::new();
    while let Some((first, _)) = by_number.first_key_value() {
        let mut open = vec![*first];
        let mut household = Household { guardians: Vec::new(), pupils: Vec::new() };
        while let Some(number) = open.pop() {
            let Some(guardians) = by_number.remove(number) else {
                continue;
            };
            household.pupils.push(number.to_owned());
            for guardian in guardians {
                if let Some(siblings) = children.remove(&guardian.key) {
                    household.guardians.push(guardian.key.clone());
                    open.extend(siblings);
                }
            }
        }
        household.pupils.sort();
        household.guardians.sort();
        out.push(household);
    }
    out
}

/// The remarks by wording, the most frequent first. They are shown to a person, never turned into rights.
#[must_use]
pub fn remarks(roster: &Roster) -> Vec<RemarkGroup> {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for pupil in roster.pupils.iter().filter(|p| !p.remark.is_empty()) {
        let group = groups.entry(&pupil.remark).or_default();
        group.push(pupil.number.clone());
    }
    let mut out: Vec<RemarkGroup> = groups
        .into_iter()
        .map(|(text, mut pupils)| {
            pupils.sort();
            RemarkGroup { text: text.to_owned(), count: pupils.len(), pupils }
        })
        .collect();
    out.sort_by_key(|group| std::cmp::Reverse(group.count));
    out
}

/// Members of staff who are guardians too, by staff number.
#[must_use]
pub fn staff_parents(roster: &Roster) -> Vec<StaffParent> {
    let people = guardians(roster);
    let mut out = Vec::new();
    for staff in &roster.staff {
        let Some(phone) = &staff.phone else { continue };
        let key = GuardianKey { name: staff.name.clone(), phone: phone.clone() };
        let Ok(at) = people.binary_search_by(|person| person.key.cmp(&key)) else {
            continue;
        };
        let children = people.get(at).map_or(&[][..], |person| &person.children);
        out.push(StaffParent {
            staff_number: staff.number.clone(),
            guardian: key,
            pupils: children.iter().map(|c| c.number.clone()).collect(),
        });
    }
    out.sort_by(|a, b| a.staff_number.cmp(&b.staff_number));
    out
}
