//! The key of the store: random, kept twice, written in plain nowhere.
//!
//! Once in the operating system's keyring, so that nothing is typed; once wrapped by the password (`keys.json`), so that a
//! lost keyring costs one password.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    api::Fault,
    edge::Edge,
    fault::{broken, denied},
    replica::StoreKey,
};

/// RFC 9106's second choice: 64 MiB, three passes. About 150 ms for the owner, and for each guess of a thief.
const MEMORY_KIB: u32 = 65_536;
const PASSES: u32 = 3;

/// The wrapped key's domain: a wrap of another purpose does not open it.
const PURPOSE: &[u8] = b"xinmei store key 1";

/// Name of the keyring's entries.
const SERVICE: &str = "cn.xinmei.store";

/// The store's key, wrapped by a password.
#[derive(Serialize, Deserialize)]
struct Wrap {
    version: u32,
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    sealed: String,
    /// Tells the right key from a wrong one without opening the store: a hash of 32 random bytes gives nothing away.
    check: String,
}

fn check_of(key: &StoreKey) -> String {
    let mut hash = Sha256::new();
    hash.update(PURPOSE);
    hash.update(key.as_slice());
    BASE64URL_NOPAD.encode(&hash.finalize())
}

/// Whether this is the store's key. `true` where the file that knows is gone.
pub(crate) fn fits(file: &Path, key: &StoreKey) -> bool {
    let wrap = std::fs::read(file).ok().and_then(|text| serde_json::from_slice::<Wrap>(&text).ok());
    wrap.is_none_or(|wrap| wrap.check == check_of(key))
}

/// A fresh key.
pub(crate) fn fresh(edge: &Edge) -> StoreKey {
    Zeroizing::new(edge.bytes())
}

/// Wraps the key by a password and writes it durably. About 150 ms.
pub(crate) fn wrap(file: &Path, key: &StoreKey, password: &str, edge: &Edge) -> Result<(), Fault> {
    let (salt, nonce): ([u8; 16], [u8; 24]) = (edge.bytes(), edge.bytes());
    let cipher = cipher(password, &salt, MEMORY_KIB, PASSES)?;
    let sealed = cipher
        .encrypt(&nonce.into(), Payload { msg: key.as_slice(), aad: PURPOSE })
        .map_err(|error| broken(&error))?;
    let wrap = Wrap {
        version: 1,
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        salt: BASE64URL_NOPAD.encode(&salt),
        nonce: BASE64URL_NOPAD.encode(&nonce),
        sealed: BASE64URL_NOPAD.encode(&sealed),
        check: check_of(key),
    };
    crate::profile::write_durably(file, &serde_json::to_vec(&wrap)?)
}

/// Opens the wrap. About 150 ms.
///
/// # Errors
/// `password-wrong`; `keys-missing` where the file is gone or damaged.
pub(crate) fn unwrap(file: &Path, password: &str) -> Result<StoreKey, Fault> {
    let missing = || {
        denied("keys-missing", "keys.json is gone or damaged; join again with a new strip from the school")
    };
    let text = std::fs::read(file).map_err(|_| missing())?;
    let wrap: Wrap = serde_json::from_slice(&text).map_err(|_| missing())?;
    // Limits keep a planted file from taking all memory.
    if wrap.version != 1 || wrap.memory_kib > 1 << 20 || wrap.passes > 16 {
        return Err(missing());
    }
    let part = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| missing());
    let (salt, nonce, sealed) = (part(&wrap.salt)?, part(&wrap.nonce)?, part(&wrap.sealed)?);
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| missing())?;
    let cipher = cipher(password, &salt, wrap.memory_kib, wrap.passes).map_err(|_| missing())?;
    let key = cipher
        .decrypt(&nonce.into(), Payload { msg: &sealed, aad: PURPOSE })
        .map(Zeroizing::new)
        .map_err(|_| {
            denied(
                "password-wrong",
                "it does not open this profile; if it is forgotten, ask the school for a new strip",
            )
        })?;
    let key: [u8; 32] = key.as_slice().try_into().map_err(|_| missing())?;
    Ok(Zeroizing::new(key))
}

fn cipher(password: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Result<XChaCha20Poly1305, Fault> {
    let params = Params::new(memory_kib, passes, 1, Some(32)).map_err(|error| broken(&error))?;
    let mut key = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, key.as_mut_slice())
        .map_err(|error| broken(&error))?;
    XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|error| broken(&error))
}

/// The key in the keyring; `None` where there is no keyring, it is locked, or it holds none. Blocks.
pub(crate) fn from_keyring(profile: &str) -> Option<StoreKey> {
    let text = keyring::Entry::new(SERVICE, profile).and_then(|entry| entry.get_password());
    let text = text.inspect_err(|error| tracing::info!(%error, "no key from the keyring")).ok()?;
    let key = HEXLOWER.decode(Zeroizing::new(text).as_bytes()).ok()?;
    Some(Zeroizing::new(<[u8; 32]>::try_from(key).ok()?))
}

/// Keeps the key in the keyring, if there is one. Blocks.
pub(crate) fn to_keyring(profile: &str, key: &StoreKey) -> bool {
    let hex = Zeroizing::new(HEXLOWER.encode(key.as_slice()));
    let kept = keyring::Entry::new(SERVICE, profile).and_then(|entry| entry.set_password(&hex));
    kept.inspect_err(|error| tracing::info!(%error, "no keyring; the password opens the profile")).is_ok()
}

/// Takes the key out of the keyring. Blocks.
pub(crate) fn forget_keyring(profile: &str) {
    let gone = keyring::Entry::new(SERVICE, profile).and_then(|entry| entry.delete_credential());
    if let Err(error) = gone {
        tracing::info!(%error, "nothing to take out of the keyring");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_opens_the_wrap_and_nothing_else_does() {
        let folder = crate::profile::scratch("keys");
        let file = folder.join("keys.json");
        let edge = Edge::system();
        let key = fresh(&edge);
        wrap(&file, &key, "correct horse", &edge).unwrap();
        assert_eq!(*unwrap(&file, "correct horse").unwrap(), *key);
        let wrong = unwrap(&file, "correct hors").unwrap_err();
        assert!(matches!(wrong, Fault::Denied { code, .. } if code == "password-wrong"));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains(&HEXLOWER.encode(key.as_slice())));
        assert!(!text.contains(&BASE64URL_NOPAD.encode(key.as_slice())));
        std::fs::write(&file, b"{}").unwrap();
        let gone = unwrap(&file, "correct horse").unwrap_err();
        assert!(matches!(gone, Fault::Denied { code, .. } if code == "keys-missing"));
    }
}
