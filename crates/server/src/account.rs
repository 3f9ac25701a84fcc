//! Accounts: a person joins with a strip, and a device of theirs opens sessions with its key.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use xinmei_model::{
    Id, Person, joined, limits,
    wire::{Enrol, Enrolled, OpenSession, Token},
};

use crate::{
    Fail, Result,
    challenge::Challenges,
    device::{check_protocol, decode, malformed, open_session},
    invite::{self, Strip, Use},
    ledger::{Ledger, Tx},
    store::Arg,
};

/// After this long without a session the password is asked for again.
const ABSENCE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Characters of a family's password.
const PASSWORD_FAMILY: usize = 10;
/// Characters of a staff password.
const PASSWORD_STAFF: usize = 15;
/// Bytes of a password that are hashed at most.
const PASSWORD_MOST: usize = 1_000;

/// What an enrolment came to.
pub struct Joined {
    /// The answer to the device.
    pub enrolled: Enrolled,
    /// Devices that this strip replaced: their streams end now.
    pub removed: Vec<Uuid>,
}

/// What the write of an enrolment settled.
struct Written {
    person: Id<Person>,
    device: Uuid,
    expires: Timestamp,
    removed: Vec<Uuid>,
}

/// Joins a device with a code. The same strip with the same device key and password is the same enrolment, so that a
/// device whose answer was lost asks again.
///
/// # Errors
/// `invite-unknown` (also for a wrong proof), `invite-used`, `invite-expired`, `invite-void`, `password-short`,
/// `password-wrong` where a repeated enrolment names another one.
pub async fn enrol(ledger: &Ledger, ask: Enrol) -> Result<Joined> {
    check_protocol(ask.protocol)?;
    let device_key: [u8; 32] = decode("device_key", &ask.device_key)?;
    VerifyingKey::from_bytes(&device_key).map_err(|_| malformed("device_key"))?;
    let strip =
        Strip { lookup: decode("lookup", &ask.lookup)?, proof: decode("proof", &ask.proof)?, device_key };
    let name: String = ask.device_name.chars().take(limits::TITLE_CHARS).collect();
    let token = ledger.edge.random::<32>();

    let now = ledger.now();
    let known = ledger.look(|session| invite::check(session, ledger.identity.school, &strip, now))?;
    let first = match known {
        Use::First { staff, .. } => {
            let least = if staff { PASSWORD_STAFF } else { PASSWORD_FAMILY };
            if ask.password.chars().count() < least || ask.password.len() > PASSWORD_MOST {
                let detail = format!("The password needs at least {least} characters.");
                return Err(Fail::caller(422, "password-short", detail));
            }
            let hash = hash_password(ledger, ask.password.clone()).await?;
            let device = ledger.edge.id::<()>().uuid();
            ledger.write(move |tx| join(tx, &strip, device, &name, &hash, &token)).await?
        }
        Use::Again { .. } => None,
    };
    let written = match first {
        Some(written) => written,
        None => again(ledger, strip, ask.password, token).await?,
    };
    let enrolled = Enrolled {
        school: ledger.identity.school.uuid(),
        epoch: ledger.identity.epoch,
        school_key: BASE64URL_NOPAD.encode(&ledger.identity.public_key()),
        person: written.person,
        device: written.device,
        session: Token { token: BASE64URL_NOPAD.encode(&token), expires: written.expires },
    };
    Ok(Joined { enrolled, removed: written.removed })
}

/// The first time a strip is used; `None` where another request of the same device was quicker.
fn join(
    tx: &mut Tx<'_>,
    strip: &Strip,
    device: Uuid,
    name: &str,
    password_hash: &str,
    token: &[u8; 32],
) -> Result<Option<Written>> {
    // Checked again inside the write: two computers may hold the same strip.
    let (now, school) = (tx.now(), tx.identity().school);
    let Use::First { person, replace, .. } = invite::check(tx.session(), school, strip, now)? else {
        return Ok(None);
    };
    let removed = invite::redeem(tx, strip, device, person, replace)?;
    tx.session().execute(
        "INSERT INTO account (person, password) VALUES ($1, $2)
         ON CONFLICT (person) DO UPDATE SET password = excluded.password",
        &[Arg::Bytes(person.uuid().as_bytes()), Arg::Text(password_hash)],
    )?;
    tx.session().execute(
        "INSERT INTO device (id, person, name, key, created, contact) VALUES ($1, $2, $3, $4, $5, $5)",
        &[
            Arg::Bytes(device.as_bytes()),
            Arg::Bytes(person.uuid().as_bytes()),
            Arg::Text(name),
            Arg::Bytes(&strip.device_key),
            Arg::Int(now.as_millisecond()),
        ],
    )?;
    let changes = tx.settle(|facts| joined(facts, person))?.unwrap_or_default();
    tx.apply(changes)?;
    let expires = open_session(tx, device, token)?;
    Ok(Some(Written { person, device, expires, removed }))
}

/// The answer was lost: the same device asks again with the password it chose, and gets a session of its own.
async fn again(ledger: &Ledger, strip: Strip, password: String, token: [u8; 32]) -> Result<Written> {
    let now = ledger.now();
    let hash = ledger.look(|session| {
        let Use::Again { person, .. } = invite::check(session, ledger.identity.school, &strip, now)? else {
            return Err(invite::used());
        };
        let row = session
            .one("SELECT password FROM account WHERE person = $1", &[Arg::Bytes(person.uuid().as_bytes())])?;
        row.map(|row| row.text(0).to_owned()).ok_or_else(invite::used)
    })?;
    check_password(password, hash).await?;
    ledger
        .write(move |tx| {
            let (now, school) = (tx.now(), tx.identity().school);
            let Use::Again { person, device } = invite::check(tx.session(), school, &strip, now)? else {
                return Err(invite::used());
            };
            let expires = open_session(tx, device, &token)?;
            Ok(Written { person, device, expires, removed: Vec::new() })
        })
        .await
}

/// Opens a new session for a device that signs with its key.
///
/// # Errors
/// `signature-wrong` (also for an unknown device), `password-needed` after a long absence, `password-wrong`.
pub async fn renew(ledger: &Ledger, challenges: &Challenges, ask: OpenSession) -> Result<Token> {
    let wrong = || Fail::caller(401, "signature-wrong", "Sign a fresh challenge with the device key.");
    let now = ledger.now();
    let challenge: [u8; 32] = decode("challenge", &ask.challenge)?;
    let signature: [u8; 64] = decode("signature", &ask.signature)?;
    if !challenges.stands(&challenge, now) {
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
    if !challenges.take(challenge, now) {
        return Err(wrong());
    }
    if !row.is_null(1) {
        return Err(ledger.identity.removed(device));
    }
    let contact = Timestamp::from_millisecond(row.int(2)).unwrap_or(Timestamp::MIN);
    match ask.password {
        Some(password) => check_password(password, row.text(3).to_owned()).await?,
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

async fn check_password(password: String, hash: String) -> Result<()> {
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
