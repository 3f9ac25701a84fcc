//! What becomes of a mutation.

use serde::{Deserialize, Serialize};

use crate::{Refusal, Rev};

/// What the server answered, for good. A refused mutation is as processed as an accepted one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Verdict {
    /// Decision; a replica whose cursor has reached `rev` shows it.
    Accepted {
        /// The last change it made, or the school's rev where it changed nothing.
        rev: Rev,
    },
    /// The school says no.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}
