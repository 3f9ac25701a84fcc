//! The code on a printed strip: twelve characters that let a server and a stranger recognise each other before
//! either trusts the other.
//!
//! The code is stretched (Argon2id) into a *lookup*, which names the invite, and a *proof key*, which never travels.
//! The server shows that it knows the key by an HMAC over the client's nonce and its certificate authority; only
//! then does the client trust that authority. Whoever listens in between learns a lookup, from which the code
//! cannot be worked out: 2^60 codes times the cost of Argon2id.

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::wire::CODE_ALPHABET;

/// Fixed: there is one invite table for each server, and a table of all codes would cost 2^60 Argon2id runs.
const SALT: &[u8] = b"xinmei invite 1";
/// OWASP's least memory for Argon2id with two passes: a class of ninety strips takes two seconds to print.
const MEMORY_KIB: u32 = 19_456;

type HmacSha256 = Hmac<Sha256>;

/// Twelve characters in three groups, from 60 random bits (the low 60 are used).
#[must_use]
pub fn code_from_bits(bits: u64) -> String {
    let mut code = String::with_capacity(14);
    for group in 0..12_u32 {
        if group > 0 && group % 4 == 0 {
            code.push('-');
        }
        let five = (bits >> (55 - 5 * group)) & 31;
        let index = usize::try_from(five).unwrap_or_default();
        code.push(CODE_ALPHABET.get(index).copied().map_or('0', char::from));
    }
    code
}

/// The code as it was meant: upper case, no separators, O read as 0, I and L as 1. `None` where it is not twelve
/// characters of the alphabet.
#[must_use]
pub fn read_code(typed: &str) -> Option<String> {
    let mut code = String::with_capacity(12);
    for c in typed.chars() {
        // Full-width digits, letters and dashes, as a Chinese input method types them.
        let narrow = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)?,
            c => c,
        };
        let c = match narrow.to_ascii_uppercase() {
            ' ' | '-' | '\u{3000}' | '–' | '—' => continue,
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        if !c.is_ascii() || !CODE_ALPHABET.contains(&u8::try_from(c).ok()?) {
            return None;
        }
        code.push(c);
    }
    (code.len() == 12).then_some(code)
}

/// What a code stretches into.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeKeys {
    /// Names the invite.
    pub lookup: [u8; 16],
    /// Never travels.
    pub proof: [u8; 32],
}

impl CodeKeys {
    /// Stretches a code (about 20 ms). `None` where the code cannot be read.
    #[must_use]
    pub fn of(typed: &str) -> Option<Self> {
        let code = read_code(typed)?;
        let params = Params::new(MEMORY_KIB, 2, 1, Some(48)).ok()?;
        let mut out = [0_u8; 48];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(code.as_bytes(), SALT, &mut out)
            .ok()?;
        let (lookup, proof) = out.split_first_chunk::<16>()?;
        Some(Self { lookup: *lookup, proof: proof.try_into().ok()? })
    }

    /// The lookup as it travels.
    #[must_use]
    pub fn lookup_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.lookup)
    }
}

/// The server's proof over the client's nonce and the certificate authority (DER; empty for a public one).
#[must_use]
pub fn server_proof(key: &[u8; 32], nonce: &[u8], ca: &[u8]) -> Vec<u8> {
    mac(key, b"server", &[nonce, ca]).map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default()
}

/// Whether a server's proof is right, in constant time.
#[must_use]
pub fn check_server_proof(key: &[u8; 32], nonce: &[u8], ca: &[u8], proof: &[u8]) -> bool {
    mac(key, b"server", &[nonce, ca]).is_some_and(|mac| mac.verify_slice(proof).is_ok())
}

/// The device's proof, over its own public key.
#[must_use]
pub fn device_proof(key: &[u8; 32], device_key: &[u8]) -> Vec<u8> {
    mac(key, b"device", &[device_key]).map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default()
}

/// Whether a device's proof is right, in constant time.
#[must_use]
pub fn check_device_proof(key: &[u8; 32], device_key: &[u8], proof: &[u8]) -> bool {
    mac(key, b"device", &[device_key]).is_some_and(|mac| mac.verify_slice(proof).is_ok())
}

fn mac(key: &[u8; 32], label: &[u8], parts: &[&[u8]]) -> Option<HmacSha256> {
    let mut mac = HmacSha256::new_from_slice(key).ok()?;
    mac.update(label);
    for part in parts {
        // Lengths keep the parts apart.
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    Some(mac)
}

/// The pin of a certificate authority: SHA-256 of its DER, base64url.
#[must_use]
pub fn pin_of(ca: &[u8]) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(ca))
}

/// An invite as a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteLink {
    /// `school.example:8443`
    pub address: String,
    /// The pin of a private authority; empty where the certificate is a public one.
    pub pin: String,
    /// The code, in three groups.
    pub code: String,
}

impl InviteLink {
    /// `xinmei://join?at=…&pin=…&code=…`; every part is safe in a URL as it is.
    #[must_use]
    pub fn to_url(&self) -> String {
        format!("xinmei://join?at={}&pin={}&code={}", self.address, self.pin, self.code)
    }

    /// Reads a link; unknown parameters are passed over. `None` where it is no invite.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let query = text.trim().strip_prefix("xinmei://join?")?;
        let field = |name: &str| {
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
        };
        Some(Self { address: field("at")?, pin: field("pin").unwrap_or_default(), code: field("code")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_meant() {
        let code = code_from_bits(0x0123_4567_89AB_CDEF);
        assert_eq!(code.len(), 14);
        let plain = code.replace('-', "");
        assert_eq!(read_code(&code.to_lowercase()), Some(plain.clone()));
        assert_eq!(read_code("oil0 1111-2222"), Some("011011112222".into()));
        assert_eq!(read_code("７Ｋ２Ｍ-QXRT-9ABC"), Some("7K2MQXRT9ABC".into()));
        assert_eq!(read_code("ｏｉｌ０－１１１１－２２２２"), Some("011011112222".into()));
        assert_eq!(read_code("7K2M-QXRT-9AB"), None, "too short");
        assert_eq!(read_code("7K2M-QXRT-9AB!"), None, "not of the alphabet");
    }

    #[test]
    fn a_proof_holds_for_its_code_nonce_and_authority_only() {
        let keys = CodeKeys::of("7K2M-QXRT-9ABC").unwrap();
        let other = CodeKeys::of("7K2M-QXRT-9ABD").unwrap();
        let proof = server_proof(&keys.proof, b"nonce", b"authority");
        assert!(check_server_proof(&keys.proof, b"nonce", b"authority", &proof));
        assert!(!check_server_proof(&other.proof, b"nonce", b"authority", &proof));
        assert!(!check_server_proof(&keys.proof, b"nonce", b"somebody else", &proof));
        assert!(!check_server_proof(&keys.proof, b"noncea", b"uthority", &proof));
        assert!(!check_device_proof(&keys.proof, b"noncea", &proof));
    }

    #[test]
    fn a_link_survives_the_round_trip() {
        let link = InviteLink {
            address: "school.example:8443".into(),
            pin: pin_of(b"authority"),
            code: "7K2M-QXRT-9ABC".into(),
        };
        assert_eq!(InviteLink::read(&format!(" {}\n", link.to_url())), Some(link));
        assert_eq!(InviteLink::read("https://example.org/"), None);
    }
}
