//! Classes: by what a roster calls them this year, and by what they are.

use serde::{Deserialize, Serialize};

/// A class as a roster of one school year names it: 东校区 三年级 2班.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassKey {
    /// The campus; empty if the roster has no such column.
    pub campus: String,
    /// The grade, 1 to 6.
    pub grade: u8,
    /// The class number, from 1.
    pub class: u8,
}

impl ClassKey {
    /// The class itself, which keeps its identity when it is promoted.
    ///
    /// `school_year` is the calendar year in which the school year begins (2026 for 2026—2027).
    #[must_use]
    pub fn cohort_class(&self, school_year: i16) -> CohortClass {
        CohortClass {
            campus: self.campus.clone(),
            cohort: school_year.saturating_sub(i16::from(self.grade)).saturating_add(1),
            class: self.class,
        }
    }
}

/// A class as the school holds it: the second class of those who entered in 2024 (2024级2班).
///
/// Its shown name follows from the school year, so promotion of the whole class changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CohortClass {
    /// The campus; empty if the roster has no such column.
    pub campus: String,
    /// The calendar year in which the pupils entered grade 1.
    pub cohort: i16,
    /// The class number, from 1.
    pub class: u8,
}

impl CohortClass {
    /// The grade in a school year: 1 to 6 while at this school, more once graduated, less before entry.
    #[must_use]
    pub fn grade(&self, school_year: i16) -> i16 {
        school_year.saturating_sub(self.cohort).saturating_add(1)
    }

    /// Whether the class has left grade 6 in that school year.
    #[must_use]
    pub fn graduated(&self, school_year: i16) -> bool {
        self.grade(school_year) > 6
    }
}
