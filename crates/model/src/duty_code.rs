//! 到岗码: what a volunteer shows at the meeting point. It names one person in one shift, and the school signed it as the place was
//! given, so that a kiosk without a network tells it from one that somebody made up.

use data_encoding::{BASE32HEX_NOPAD, BASE64URL_NOPAD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Id, School, Take, TakeState, hours_entry::is_signed};

/// What it begins with; a ticket of an event begins otherwise.
const PREFIX: &str = "XV";
/// The first words of what the school signs.
const SIGNED: &str = "xinmei-duty-code 1";

/// Why a text is no code of this school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum DutyCodeFault {
    /// It is something else: a ticket, a shopping code, or only a part of it.
    #[error("this is no code of a volunteer, or not all of it")]
    Unreadable,
    /// Somebody made it up or changed it, or another school signed it.
    #[error("the school did not sign this code")]
    NotSigned,
}

impl Take {
    /// What the school signs of it while somebody comes; `None` once it did.
    pub(crate) fn unsigned(&self, school: Id<School>) -> Option<Vec<u8>> {
        (self.state == TakeState::Taken && self.seal.is_empty()).then(|| signed(school, self.id))
    }

    /// The code of somebody who comes: 130 characters of the alphanumeric set of QR codes (ISO/IEC 18004), which scanners that act
    /// as a keyboard type the same on every layout. `None` until the school has signed it.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        if self.state != TakeState::Taken || self.seal.is_empty() {
            return None;
        }
        let mut bytes = self.id.uuid().as_bytes().to_vec();
        bytes.extend(BASE64URL_NOPAD.decode(self.seal.as_bytes()).ok()?);
        Some(format!("{PREFIX}{}", BASE32HEX_NOPAD.encode(&bytes)))
    }

    /// Whose code it is, as it was scanned or typed; `key` is the school's public one.
    ///
    /// # Errors
    /// What it is instead.
    pub fn of_code(scanned: &str, school: Id<School>, key: &[u8; 32]) -> Result<Id<Self>, DutyCodeFault> {
        let text: String = scanned.split_whitespace().collect::<String>().to_ascii_uppercase();
        let letters = text.strip_prefix(PREFIX).ok_or(DutyCodeFault::Unreadable)?;
        let bytes = BASE32HEX_NOPAD.decode(letters.as_bytes()).map_err(|_| DutyCodeFault::Unreadable)?;
        let (id, seal) = bytes.split_at_checked(16).ok_or(DutyCodeFault::Unreadable)?;
        if seal.len() != 64 {
            return Err(DutyCodeFault::Unreadable);
        }
        let id = Id::new(Uuid::from_slice(id).map_err(|_| DutyCodeFault::Unreadable)?);
        if is_signed(&signed(school, id), &BASE64URL_NOPAD.encode(seal), key) {
            Ok(id)
        } else {
            Err(DutyCodeFault::NotSigned)
        }
    }
}

fn signed(school: Id<School>, take: Id<Take>) -> Vec<u8> {
    format!("{SIGNED}\n{school}\n{take}\n").into_bytes()
}
