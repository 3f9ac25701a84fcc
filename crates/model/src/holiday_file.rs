//! A holiday file: what was announced for a year, signed by whoever makes the releases, so that a file that came by mail or
//! was copied from a chat says what they wrote. The form is described in `docs/holidays.md`.
//!
//! ```text
//! xinmei-holidays 1 <key> <signature>
//! { … }
//! ```
//!
//! The first line ends with one line feed; what follows to the end of the file is the payload, and its bytes are signed as
//! they are.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::{Announcement, Refusal, limits};

/// The first words of a file, and what its signature begins with: a signature of this key over anything else is none here.
const FORMAT: &str = "xinmei-holidays 1";

/// Ed25519 keys whose files this version takes, as 64 lower-case hexadecimal digits. Who has the other half, and how one is
/// added: `docs/holidays.md`.
const KEYS: [&str; 1] = [
    // The files of 2024 to 2026. Its other half was thrown away when they were signed.
    "f1f024cd353803ea8464242052120e890453e607a2098a1edd77651e22f1c221",
];

static TRUSTED: LazyLock<Vec<HolidayKey>> =
    LazyLock::new(|| KEYS.iter().filter_map(|key| HolidayKey::parse(key)).collect());

/// A key that signs holiday files: the public half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidayKey(VerifyingKey);

impl HolidayKey {
    /// The keys of this version.
    #[must_use]
    pub fn trusted() -> &'static [Self] {
        &TRUSTED
    }

    /// From 64 lower-case hexadecimal digits; `None` if they are no key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak()).map(Self)
    }

    /// That of a secret half.
    #[must_use]
    pub fn of(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret).verifying_key())
    }

    /// All of it, as 64 hexadecimal digits.
    #[must_use]
    pub fn text(&self) -> String {
        HEXLOWER.encode(self.0.as_bytes())
    }

    /// How a file names it: its first 16 digits.
    #[must_use]
    pub fn name(&self) -> String {
        self.text().chars().take(16).collect()
    }
}

/// What is signed: the payload, and in front of it what it is.
fn signed(payload: &str) -> Vec<u8> {
    format!("{FORMAT}\n{payload}").into_bytes()
}

/// The file of a payload, signed with the secret half of a key.
///
/// # Errors
/// Where [`open`] would refuse it: nobody signs what nobody could read.
pub fn seal(payload: &str, secret: &[u8; 32]) -> Result<String, Refusal> {
    let key = HolidayKey::of(secret);
    let signature = SigningKey::from_bytes(secret).sign(&signed(payload));
    let file = format!("{FORMAT} {} {}\n{payload}", key.name(), HEXLOWER.encode(&signature.to_bytes()));
    open(&file, &[key]).map(|_| file)
}

/// What a file says, if one of the keys signed it.
///
/// # Errors
/// [`Refusal::HolidayFileUnreadable`], [`Refusal::HolidayFileForeign`], [`Refusal::HolidayFileForged`] or
/// [`Refusal::HolidayFileWrong`]: the first that applies, so that nothing of an unsigned payload is ever read.
pub fn open(file: &str, keys: &[HolidayKey]) -> Result<Announcement, Refusal> {
    if file.len() > limits::HOLIDAY_FILE_BYTES {
        return Err(Refusal::HolidayFileUnreadable);
    }
    let parts = || {
        let (head, payload) = file.split_once('\n')?;
        let (key, signature) = head.strip_prefix(FORMAT)?.strip_prefix(' ')?.split_once(' ')?;
        let named = key.len() == 16 && HEXLOWER.decode(key.as_bytes()).is_ok();
        let signature: [u8; 64] = HEXLOWER.decode(signature.as_bytes()).ok()?.try_into().ok()?;
        named.then(|| (key, Signature::from_bytes(&signature), payload))
    };
    let (name, signature, payload) = parts().ok_or(Refusal::HolidayFileUnreadable)?;
    let key = keys.iter().find(|key| key.name() == name);
    let key = key.ok_or_else(|| Refusal::HolidayFileForeign { key: name.to_owned() })?;
    // Strict: one signature of one file, not several that are taken alike.
    key.0.verify_strict(&signed(payload), &signature).map_err(|_| Refusal::HolidayFileForged)?;
    let said: Announcement = serde_json::from_str(payload).map_err(|error| Refusal::HolidayFileWrong {
        what: format!("line {}", error.line().saturating_add(1)),
    })?;
    said.check()?;
    Ok(said)
}
