//! Whether a post takes pupils, and under how many adults.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Refusal, Stop, limits};

/// On what terms a post takes pupils. They take part under an adult, and have no account of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct PupilTerms {
    /// Pupils of one shift, at most; up to [`limits::PUPILS_PER_SHIFT`].
    pub places: u32,
    /// Pupils one adult may have, at most; up to [`limits::PUPILS_PER_ADULT`].
    pub per_adult: u32,
    /// From which grade on; of any, if `None`. The school holds no birthday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_grade: Option<u8>,
}

impl PupilTerms {
    /// Refuses what no post could say.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        if self.places == 0 || self.places > limits::PUPILS_PER_SHIFT {
            return malformed("pupils.places");
        }
        if self.per_adult == 0 || self.per_adult > limits::PUPILS_PER_ADULT {
            return malformed("pupils.per_adult");
        }
        if self.from_grade.is_some_and(|grade| grade == 0 || grade > limits::GRADES) {
            return malformed("pupils.from_grade");
        }
        Ok(())
    }

    /// How many pupils have an adult, of so many who stand in the order in which they were put down: always the first of them.
    #[must_use]
    pub fn covered(&self, pupils: u32, adults: u32) -> u32 {
        pupils.min(self.per_adult.saturating_mul(adults))
    }

    /// How many more adults there have to be for so many pupils.
    #[must_use]
    pub fn adults_wanted(&self, pupils: u32, adults: u32) -> u32 {
        pupils.div_ceil(self.per_adult.max(1)).saturating_sub(adults)
    }
}
