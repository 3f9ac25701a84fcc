//! Why a question was not answered.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::Refusal;

/// Why a request was not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum Fault {
    /// The school says no, already here: waiting would not help.
    #[error("{refusal}")]
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// The question itself makes no sense: a field that cannot be read, a row that is not here.
    #[error("{what} cannot be used")]
    Invalid {
        /// Which part.
        what: String,
    },
    /// It needs the school's server, and that cannot be reached.
    #[error("the school cannot be reached")]
    Offline,
    /// The school's server is there and cannot answer now; it is asked again by itself.
    #[error("the school is busy; try again in {retry_s} s")]
    Busy {
        /// Seconds after which it is worth trying again.
        retry_s: u32,
    },
    /// The school's certificate is not valid at the date this computer shows, which is most likely wrong by years.
    #[error(
        "the school's certificate is not valid at this computer's date: set its date and time, then try again"
    )]
    ClockWrong,
    /// The school did not accept the code, the password, or the file; the code says which.
    #[error("{code}: {detail}")]
    Denied {
        /// Stable, as in problem details: `invite-unknown`, `password-short`, `roster-unreadable`…
        code: String,
        /// For a log, in English.
        detail: String,
    },
    /// Sign in again; everything is kept.
    #[error("sign in again")]
    SignedOut,
    /// The store is locked: the password opens it.
    #[error("the password is needed to open this profile")]
    Locked,
    /// This version and the school's do not understand each other any more; reading still works.
    #[error("an update is needed")]
    UpdateNeeded,
    /// The disk is full: nothing was saved.
    #[error("not saved: the disk is full")]
    DiskFull,
    /// We are wrong. The report id is in the log.
    #[error("something went wrong ({report})")]
    Broken {
        /// Four hexadecimal digits.
        report: String,
    },
}
