//! People as the school holds them, in the words of a roster.

use serde::{Deserialize, Serialize};

use crate::class::CohortClass;
use crate::normalise::Sex;
use crate::rows::{Guardian, PupilRow, StaffRow};

/// A pupil as the school holds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPupil {
    /// 学号, by which rows are matched.
    pub number: String,
    /// The normalised name.
    pub name: String,
    /// The sex, if known.
    pub sex: Option<Sex>,
    /// The class by its cohort.
    pub class: CohortClass,
    /// The guardians.
    pub guardians: Vec<Guardian>,
    /// The remark of the last import; empty if none.
    pub remark: String,
}

impl HeldPupil {
    /// The pupil a row of a roster describes. `school_year`: see [`crate::compare`].
    #[must_use]
    pub fn from_row(row: &PupilRow, school_year: i16) -> Self {
        Self {
            number: row.number.clone(),
            name: row.name.clone(),
            sex: row.sex,
            class: row.class.cohort_class(school_year),
            guardians: row.guardians.clone(),
            remark: row.remark.clone(),
        }
    }
}

/// A member of staff as the school holds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldStaff {
    /// 工号, by which rows are matched.
    pub number: String,
    /// The normalised name.
    pub name: String,
    /// The campus.
    pub campus: String,
    /// The post.
    pub post: String,
    /// The subject; may be empty.
    pub subject: String,
    /// The class of a 班主任.
    pub own_class: Option<CohortClass>,
    /// The classes taught.
    pub classes: Vec<CohortClass>,
    /// The phone, 11 digits, if known.
    pub phone: Option<String>,
}

impl HeldStaff {
    /// The member of staff a row of a roster describes. `school_year`: see [`crate::compare`].
    #[must_use]
    pub fn from_row(row: &StaffRow, school_year: i16) -> Self {
        Self {
            number: row.number.clone(),
            name: row.name.clone(),
            campus: row.campus.clone(),
            post: row.post.clone(),
            subject: row.subject.clone(),
            own_class: row.own_class().map(|c| c.cohort_class(school_year)),
            classes: row.classes.iter().map(|c| c.cohort_class(school_year)).collect(),
            phone: row.phone.clone(),
        }
    }
}
