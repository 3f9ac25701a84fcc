//! Accounts, devices, sessions: who is calling, checked on every call.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use xinmei_model::{
    Id, List, Person, Role, Row, invite, joined, limits,
    wire::{Challenge, Enrol, Enrolled, OpenSession, Token},
};

use crate::{
    Fail, Result,
    ledger::{Ledger, Tx, read_list},
    school::Identity,
    store::{Arg, Session},
};

/// A session lasts this long; a device renews it with its key without asking anybody.
const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// After this long without a session the password is asked for again.
const ABSENCE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A challenge is good once, for this long.
const CHALLENGE: SignedDuration = SignedDuration::from_secs(60);
/// Challenges open at once; past this the oldest are forgotten.
const CHALLENGES: usize = 10_000;
/// Characters of a family's password.
const PASSWORD_FAMILY: usize = 10;
/// Characters of a staff password.
const PASSWORD_STAFF: usize = 15;
/// Bytes of a password that are hashed at most.
const PASSWORD_MOST: usize = 1_000;

/// Who is calling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The device.
    pub device: Uuid,
    /// Its person.
    pub person: Id<Person>,
}

/// Finds the caller behind a token. Every call asks, so that an ended session is dead at once.
///
/// # Errors
/// `session-ended` where the token is unknown or expired, [`Fail::Removed`] where the device was removed.
pub fn caller(session: &mut dyn Session, identity: &Identity, token: &str, now: Timestamp) -> Result<Caller> {
    let ended = || Fail::caller(401, "session-ended", "Open a new session with the device key.");
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).map_err(|_| ended())?;
    let row = session
        .one(
            "SELECT device.id, device.person, device.removed, session.expires FROM session
             JOIN device ON device.id = session.device WHERE session.token = $1",
            &[Arg::Bytes(&Sha256::digest(&bytes))],
        )?
        .ok_or_else(ended)?;
    if !row.is_null(2) {
        return Err(identity.removed(row.uuid(0)));
    }
    if row.int(3) <= now.as_millisecond() {
        return Err(ended());
    }
    Ok(Caller { device: row.uuid(0), person: Id::new(row.uuid(1)) })
}

/// Joins a device with a code.
///
/// # Errors
/// `invite-unknown` (also for a wrong proof), `invite-used`, `invite-expired`, `password-short`.
pub async fn enrol(ledger: &Ledger, ask: Enrol) -> Result<Enrolled> {
    crate::http::check_protocol(ask.protocol)?;
    let device_key: [u8; 32] = decode("device_key", &ask.device_key)?;
    VerifyingKey::from_bytes(&device_key).map_err(|_| malformed("device_key"))?;
    let lookup: [u8; 16] = decode("lookup", &ask.lookup)?;
    let proof: [u8; 32] = decode("proof", &ask.proof)?;
    let name: String = ask.device_name.chars().take(limits::TITLE_CHARS).collect();

    let now = ledger.edge.clock.now();
    let (person, is_staff) = ledger.look(|session| {
        let person = crate::invite::check(session, &lookup, &device_key, &proof, now)?;
        let roles = read_list(session, List::RolesOf(person), limits::ROWS_PER_LIST)?;
        Ok((person, roles.iter().any(|row| matches!(row, Row::Role(Role { .. })))))
    })?;
    let least = if is_staff { PASSWORD_STAFF } else { PASSWORD_FAMILY };
    if ask.password.chars().count() < least || ask.password.len() > PASSWORD_MOST {
        let detail = format!("The password needs at least {least} characters.");
        return Err(Fail::caller(422, "password-short", detail));
    }
    let hash = hash_password(ledger, ask.password).await?;
    let (device, token) = (ledger.edge.id::<()>().uuid(), ledger.edge.random::<32>());

    let expires = ledger
        .write(move |tx| {
            let now = tx.now();
            // Checked again inside the write: two computers may hold the same strip.
            let person = crate::invite::check(tx.session(), &lookup, &device_key, &proof, now)?;
            crate::invite::redeem(tx, &lookup, person)?;
            tx.session().execute(
                "INSERT INTO account (person, password) VALUES ($1, $2)
                 ON CONFLICT (person) DO UPDATE SET password = excluded.password",
                &[Arg::Bytes(person.uuid().as_bytes()), Arg::Text(&hash)],
            )?;
            tx.session().execute(
                "INSERT INTO device (id, person, name, key, created, contact) VALUES ($1, $2, $3, $4, $5, $5)",
                &[
                    Arg::Bytes(device.as_bytes()),
                    Arg::Bytes(person.uuid().as_bytes()),
                    Arg::Text(&name),
                    Arg::Bytes(&device_key),
                    Arg::Int(now.as_millisecond()),
                ],
            )?;
            let changes = tx.settle(|facts| match joined(facts, person) {
                Ok(changes) => Ok(changes),
                Err(xinmei_model::Stop::Needs(keys)) => Err(keys),
                Err(_) => Ok(Vec::new()),
            })?;
            tx.apply(changes)?;
            open_session(tx, device, &token)
        })
        .await?;
    Ok(Enrolled {
        school: ledger.identity.school.uuid(),
        epoch: ledger.identity.epoch,
        school_key: BASE64URL_NOPAD.encode(&ledger.identity.public_key()),
        person,
        device,
        session: Token { token: BASE64URL_NOPAD.encode(&token), expires },
    })
}

fn open_session(tx: &mut Tx<'_>, device: Uuid, token: &[u8; 32]) -> Result<Timestamp> {
    let now = tx.now();
    let expires = now.saturating_add(SESSION).map_err(Fail::broken)?;
    let session = tx.session();
    session.execute(
        "DELETE FROM session WHERE device = $1 AND expires <= $2",
        &[Arg::Bytes(device.as_bytes()), Arg::Int(now.as_millisecond())],
    )?;
    session.execute(
        "INSERT INTO session (token, device, expires) VALUES ($1, $2, $3)",
        &[
            Arg::Bytes(&Sha256::digest(token)),
            Arg::Bytes(device.as_bytes()),
            Arg::Int(expires.as_millisecond()),
        ],
    )?;
    session.execute(
        "UPDATE device SET contact = $1 WHERE id = $2",
        &[Arg::Int(now.as_millisecond()), Arg::Bytes(device.as_bytes())],
    )?;
    Ok(expires)
}

/// Ends the caller's session.
///
/// # Errors
/// If the store fails.
pub async fn sign_out(ledger: &Ledger, caller: Caller) -> Result<()> {
    ledger
        .write(move |tx| {
            tx.session()
                .execute("DELETE FROM session WHERE device = $1", &[Arg::Bytes(caller.device.as_bytes())])?;
            Ok(())
        })
        .await
}

/// Removes every device of a person; their sessions are dead at once.
///
/// # Errors
/// If the store fails.
pub fn remove_devices(tx: &mut Tx<'_>, person: Id<Person>) -> Result<()> {
    let now = tx.now().as_millisecond();
    let session = tx.session();
    session.execute(
        "DELETE FROM session WHERE device IN (SELECT id FROM device WHERE person = $1)",
        &[Arg::Bytes(person.uuid().as_bytes())],
    )?;
    session.execute(
        "UPDATE device SET removed = $1 WHERE person = $2 AND removed IS NULL",
        &[Arg::Int(now), Arg::Bytes(person.uuid().as_bytes())],
    )?;
    Ok(())
}

/// Challenges that were given and not used yet.
#[derive(Default)]
pub struct Challenges(Mutex<HashMap<[u8; 32], Timestamp>>);

impl Challenges {
    /// Gives a challenge.
    pub fn give(&self, ledger: &Ledger) -> Challenge {
        let (bytes, now) = (ledger.edge.random::<32>(), ledger.edge.clock.now());
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= CHALLENGES {
            open.retain(|_, given| now.duration_since(*given) < CHALLENGE);
            if open.len() >= CHALLENGES {
                open.clear();
            }
        }
        open.insert(bytes, now);
        Challenge { challenge: BASE64URL_NOPAD.encode(&bytes) }
    }

    fn take(&self, bytes: &[u8; 32], now: Timestamp) -> bool {
        let given = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(bytes);
        given.is_some_and(|given| now.duration_since(given) < CHALLENGE)
    }
}

/// Opens a new session for a device that signs with its key.
///
/// # Errors
/// `device-unknown`, `signature-wrong`, `password-needed` after a long absence, `password-wrong`.
pub async fn renew(ledger: &Ledger, challenges: &Challenges, ask: OpenSession) -> Result<Token> {
    let wrong = || Fail::caller(401, "signature-wrong", "Sign a fresh challenge with the device key.");
    let now = ledger.edge.clock.now();
    let challenge: [u8; 32] = decode("challenge", &ask.challenge)?;
    let signature: [u8; 64] = decode("signature", &ask.signature)?;
    if !challenges.take(&challenge, now) {
        return Err(wrong());
    }
    let device = ask.device;
    let row = ledger
        .look(|session| {
            session.one(
                "SELECT device.key, device.removed, device.contact, account.password FROM device
                 LEFT JOIN account ON account.person = device.person WHERE device.id = $1",
                &[Arg::Bytes(device.as_bytes())],
            )
        })?
        .ok_or_else(wrong)?;
    let key: [u8; 32] = row.bytes(0).try_into().map_err(|_| Fail::broken("a device key is damaged"))?;
    let key = VerifyingKey::from_bytes(&key).map_err(Fail::broken)?;
    let message = format!("xinmei session 1\n{}", ask.challenge);
    key.verify(message.as_bytes(), &Signature::from_bytes(&signature)).map_err(|_| wrong())?;
    if !row.is_null(1) {
        return Err(ledger.identity.removed(device));
    }
    let contact = Timestamp::from_millisecond(row.int(2)).unwrap_or(Timestamp::MIN);
    match ask.password {
        Some(password) => check_password(ledger, password, row.text(3).to_owned()).await?,
        None if now.duration_since(contact) > ABSENCE => {
            return Err(Fail::caller(
                401,
                "password-needed",
                "After a long absence the password is needed once.",
            ));
        }
        None => {}
    }
    let token = ledger.edge.random::<32>();
    let expires = ledger.write(move |tx| open_session(tx, device, &token)).await?;
    Ok(Token { token: BASE64URL_NOPAD.encode(&token), expires })
}

/// At most two at once: each takes 64 MiB.
static HASHING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

fn argon() -> Result<Argon2<'static>> {
    let params = Params::new(64 * 1024, 3, 1, None).map_err(Fail::broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn hash_password(ledger: &Ledger, password: String) -> Result<String> {
    let _turn = HASHING.acquire().await.map_err(|_| Fail::Stopping)?;
    let salt = ledger.edge.random::<16>();
    tokio::task::spawn_blocking(move || {
        let hash = argon()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(Fail::broken)?;
        Ok(hash.to_string())
    })
    .await
    .map_err(|_| Fail::Stopping)?
}

async fn check_password(_: &Ledger, password: String, hash: String) -> Result<()> {
    let wrong = || Fail::caller(401, "password-wrong", "That is not the password of this account.");
    if password.len() > PASSWORD_MOST {
        return Err(wrong());
    }
    let _turn = HASHING.acquire().await.map_err(|_| Fail::Stopping)?;
    tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(&hash).map_err(|_| wrong())?;
        argon()?.verify_password(password.as_bytes(), &hash).map_err(|_| wrong())
    })
    .await
    .map_err(|_| Fail::Stopping)?
}

/// Reads a fixed number of bytes from base64url.
pub(crate) fn decode<const N: usize>(field: &str, text: &str) -> Result<[u8; N]> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| malformed(field))?;
    bytes.try_into().map_err(|_| malformed(field))
}

fn malformed(field: &str) -> Fail {
    Fail::caller(422, "malformed", format!("The field {field} cannot be read."))
}

/// Whether a proof fits a key: used by invites.
pub(crate) fn proof_fits(key: &[u8], device_key: &[u8], proof: &[u8]) -> bool {
    <&[u8; 32]>::try_from(key).is_ok_and(|key| invite::check_device_proof(key, device_key, proof))
}
