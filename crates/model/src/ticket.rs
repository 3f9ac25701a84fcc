//! The code a family shows at the gate: which booking, with a check, in letters every scanner that types can type.

use data_encoding::BASE32HEX_NOPAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Booking, Id};

/// What it begins with, so that a scanned shopping code is not looked up.
const PREFIX: &str = "XM";
/// Bytes of the check: a code that is read wrongly passes once in 65,536 times, and then names no booking.
const CHECK: usize = 2;

impl Id<Booking> {
    /// The ticket: 31 characters of the alphanumeric set of QR codes (ISO/IEC 18004), which scanners that act as a keyboard type
    /// the same on every layout. Whoever holds it holds the booking's id, which nobody outside the family, the desk and the
    /// gates is ever sent.
    #[must_use]
    pub fn ticket(self) -> String {
        let mut bytes = self.uuid().as_bytes().to_vec();
        bytes.extend(check(self.uuid()));
        format!("{PREFIX}{}", BASE32HEX_NOPAD.encode(&bytes))
    }

    /// The booking a ticket is of, as it was scanned or typed. `None` where it is none of ours.
    #[must_use]
    pub fn of_ticket(scanned: &str) -> Option<Self> {
        let text = scanned.trim().to_ascii_uppercase();
        let bytes = BASE32HEX_NOPAD.decode(text.strip_prefix(PREFIX)?.as_bytes()).ok()?;
        let (id, told) = bytes.split_at_checked(16)?;
        let id = Uuid::from_slice(id).ok()?;
        (told == check(id)).then(|| Self::new(id))
    }
}

fn check(id: Uuid) -> Vec<u8> {
    Sha256::digest(id.as_bytes()).iter().take(CHECK).copied().collect()
}
