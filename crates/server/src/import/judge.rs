//! A file against what is held: which classes count, what would change, and whether that is still so.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use xinmei_model::Level;
use xinmei_roster::{Book, ClassKey, Comparison, MAX_CLASS_NUMBER, Roster, compare, parse};

use super::held::Held;
use crate::{Fail, Result};

/// So many pupils make a class that the school does not have yet; fewer are slips of the pen.
const NEW_CLASS: usize = 5;

/// What a file says of the school that is held.
pub(super) struct Judged {
    pub(super) year: i16,
    pub(super) roster: Roster,
    pub(super) comparison: Comparison,
}

impl Judged {
    pub(super) fn new(held: &Held, book: &Book, year: i16) -> Self {
        let known = known_classes(held, book, year);
        let roster = parse(book, known.as_ref());
        let comparison = compare(&held.pupils(&roster), &held.staff(&roster), &roster, year);
        Self { year, roster, comparison }
    }

    /// Equal for two judgements that change the same things.
    pub(super) fn digest(&self) -> Result<String> {
        let text = serde_json::to_vec(&(self.year, &self.roster, &self.comparison)).map_err(Fail::broken)?;
        Ok(data_encoding::BASE64URL_NOPAD.encode(&Sha256::digest(text)))
    }
}

/// The classes a pupil may be in; `None` in a school that has none yet.
///
/// A class the school does not have is taken as new with a grade that is new on a campus (the first grade each
/// autumn), or when the file fills it with pupils.
fn known_classes(held: &Held, book: &Book, year: i16) -> Option<BTreeSet<ClassKey>> {
    let mut known = BTreeSet::new();
    let mut cohorts = BTreeSet::new();
    for place in held.places.values().filter(|place| place.level == Level::Class) {
        let Some(class) = held.cohort_class(place.id) else { continue };
        if let Some(grade) = u8::try_from(class.grade(year)).ok().filter(|grade| (1..=6).contains(grade)) {
            known.insert(ClassKey { campus: class.campus.clone(), grade, class: class.class });
        }
        cohorts.insert((class.campus, class.cohort));
    }
    if cohorts.is_empty() {
        return None;
    }
    let mut sizes: BTreeMap<ClassKey, usize> = BTreeMap::new();
    for pupil in parse(book, None).pupils {
        *sizes.entry(pupil.class).or_default() += 1;
    }
    for (key, size) in sizes {
        let class = key.cohort_class(year);
        let is_campus = cohorts.iter().any(|(campus, _)| *campus == class.campus);
        let is_cohort = cohorts.contains(&(class.campus, class.cohort));
        if key.class <= MAX_CLASS_NUMBER && (size >= NEW_CLASS || is_campus && !is_cohort) {
            known.insert(key);
        }
    }
    Some(known)
}
