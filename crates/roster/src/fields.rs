//! Which fields of a pupil or a member of staff changed.

use serde::{Deserialize, Serialize};

use crate::held::{HeldPupil, HeldStaff};
use crate::normalise::{Relation, Sex};
use crate::rows::Guardian;

/// A field that can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The name.
    Name,
    /// The sex; values as [`Sex`] is serialised.
    Sex,
    /// A guardian's phone; a new phone makes a new [`crate::GuardianKey`], so a person confirms that it is the same guardian.
    GuardianPhone,
    /// A guardian's relation, in the roster's words.
    GuardianRelation,
    /// A guardian who was not there before; the value is the phone.
    GuardianAdded,
    /// A guardian who is no longer there; the value is the phone.
    GuardianRemoved,
    /// The remark.
    Remark,
    /// The campus of a member of staff.
    Campus,
    /// The post.
    Post,
    /// The subject.
    Subject,
    /// The classes taught; values such as `东校区/2024/2`, in order after a 班主任's own, separated by spaces.
    TeachingClasses,
    /// The phone of a member of staff.
    Phone,
}

/// One field before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field.
    pub field: Field,
    /// The guardian's name, if the field is a guardian's.
    pub guardian: Option<String>,
    /// The value the school holds; `None` if it had none.
    pub before: Option<String>,
    /// The value in the roster; `None` if it has none.
    pub after: Option<String>,
}

/// Gathers changes; equal values are none.
#[derive(Default)]
struct Changes(Vec<FieldChange>);

impl Changes {
    fn add(&mut self, field: Field, guardian: Option<&str>, before: &str, after: &str) {
        if before == after {
            return;
        }
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.0.push(FieldChange {
            field,
            guardian: guardian.map(str::to_owned),
            before: given(before),
            after: given(after),
        });
    }
}

fn sex_text(sex: Option<Sex>) -> &'static str {
    match sex {
        Some(Sex::Male) => "male",
        Some(Sex::Female) => "female",
        None => "",
    }
}

/// What differs between two states of a pupil, apart from the class. A roster without the sex says nothing of it.
pub(crate) fn pupil(before: &HeldPupil, after: &HeldPupil) -> Vec<FieldChange> {
    let mut changes = Changes::default();
    changes.add(Field::Name, None, &before.name, &after.name);
    if after.sex.is_some() {
        let (held, read) = (sex_text(before.sex), sex_text(after.sex));
        changes.add(Field::Sex, None, held, read);
    }
    guardians(&mut changes, &before.guardians, &after.guardians);
    changes.add(Field::Remark, None, &before.remark, &after.remark);
    changes.0
}

/// The same person first, then the same name with another phone; who is left came or went. The order is no change.
fn guardians(changes: &mut Changes, before: &[Guardian], after: &[Guardian]) {
    let mut held: Vec<&Guardian> = before.iter().collect();
    let mut read: Vec<&Guardian> = after.iter().collect();
    let same_person = |a: &Guardian, b: &Guardian| a.key == b.key;
    let same_name = |a: &Guardian, b: &Guardian| a.key.name == b.key.name;
    let mut pairs = take_pairs(&mut held, &mut read, same_person);
    pairs.extend(take_pairs(&mut held, &mut read, same_name));
    for (a, b) in pairs {
        let name = Some(b.key.name.as_str());
        changes.add(Field::GuardianPhone, name, &a.key.phone, &b.key.phone);
        // “奶奶” for “祖母” is the same relation; words outside the table are compared as words.
        if a.relation != b.relation || a.relation == Relation::OtherGuardian {
            let field = Field::GuardianRelation;
            changes.add(field, name, &a.relation_text, &b.relation_text);
        }
    }
    for gone in held {
        let name = Some(gone.key.name.as_str());
        changes.add(Field::GuardianRemoved, name, &gone.key.phone, "");
    }
    for new in read {
        let name = Some(new.key.name.as_str());
        changes.add(Field::GuardianAdded, name, "", &new.key.phone);
    }
}

fn take_pairs<'a>(
    held: &mut Vec<&'a Guardian>,
    read: &mut Vec<&'a Guardian>,
    same: fn(&Guardian, &Guardian) -> bool,
) -> Vec<(&'a Guardian, &'a Guardian)> {
    let mut pairs = Vec::new();
    held.retain(|a| {
        let Some(at) = read.iter().position(|b| same(a, b)) else {
            return true;
        };
        pairs.push((*a, read.remove(at)));
        false
    });
    pairs
}

/// What differs between two states of a member of staff.
pub(crate) fn staff(before: &HeldStaff, after: &HeldStaff) -> Vec<FieldChange> {
    let mut changes = Changes::default();
    changes.add(Field::Name, None, &before.name, &after.name);
    changes.add(Field::Campus, None, &before.campus, &after.campus);
    changes.add(Field::Post, None, &before.post, &after.post);
    changes.add(Field::Subject, None, &before.subject, &after.subject);
    let classes = |staff: &HeldStaff| {
        let mut classes: Vec<_> = staff.classes.iter().collect();
        classes.sort_by_key(|class| (Some(*class) != staff.own_class.as_ref(), *class));
        let text = classes.iter().map(|c| format!("{}/{}/{}", c.campus, c.cohort, c.class));
        text.collect::<Vec<_>>().join(" ")
    };
    let (held, read) = (classes(before), classes(after));
    changes.add(Field::TeachingClasses, None, &held, &read);
    let phone = |staff: &HeldStaff| staff.phone.clone().unwrap_or_default();
    changes.add(Field::Phone, None, &phone(before), &phone(after));
    changes.0
}
