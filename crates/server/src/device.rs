//! Devices and their sessions: who is calling, checked on every call.

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use xinmei_model::{Id, Person, end_calendar_link, wire};

use crate::{
    Fail, Result,
    ledger::{Ledger, Tx},
    school::Identity,
    store::{Arg, Session},
};

/// A session lasts this long; a device renews it with its key without asking anybody.
const SESSION: SignedDuration = SignedDuration::from_hours(12);

/// Who is calling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The device.
    pub device: Uuid,
    /// Its person.
    pub person: Id<Person>,
}

/// Finds the caller behind a token, and when the session ends. Every call asks, so that an ended session is dead at
/// once.
///
/// # Errors
/// `session-ended` where the token is unknown or expired, [`Fail::Removed`] where the device was removed.
pub fn caller(
    session: &mut dyn Session,
    identity: &Identity,
    token: &str,
    now: Timestamp,
) -> Result<(Caller, Timestamp)> {
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
    let expires = Timestamp::from_millisecond(row.int(3)).unwrap_or(Timestamp::MAX);
    Ok((Caller { device: row.uuid(0), person: Id::new(row.uuid(1)) }, expires))
}

/// Opens a session of a device; when it ends.
pub(crate) fn open_session(tx: &mut Tx<'_>, device: Uuid, token: &[u8; 32]) -> Result<Timestamp> {
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

/// Removes every device of a person, and says which; their sessions are dead at once, and so is the address of the person's
/// calendar, which stood on them.
///
/// # Errors
/// If the store fails.
pub fn remove_devices(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Uuid>> {
    let now = tx.now().as_millisecond();
    let session = tx.session();
    session.execute(
        "DELETE FROM session WHERE device IN (SELECT id FROM device WHERE person = $1)",
        &[Arg::Bytes(person.uuid().as_bytes())],
    )?;
    let removed = session.rows(
        "UPDATE device SET removed = $1 WHERE person = $2 AND removed IS NULL RETURNING id",
        &[Arg::Int(now), Arg::Bytes(person.uuid().as_bytes())],
    )?;
    if let Ok(changes) = tx.settle(|facts| end_calendar_link(facts, person))? {
        tx.apply(changes)?;
    }
    Ok(removed.iter().map(|row| row.uuid(0)).collect())
}

/// Refuses a device that was removed since its session was looked up.
///
/// # Errors
/// [`Fail::Removed`]; if the store fails.
pub fn must_stand(session: &mut dyn Session, identity: &Identity, device: Uuid) -> Result<()> {
    let row = session
        .one("SELECT 1 FROM device WHERE id = $1 AND removed IS NULL", &[Arg::Bytes(device.as_bytes())])?;
    row.map(drop).ok_or_else(|| identity.removed(device))
}

/// Refuses a protocol this server does not speak.
///
/// # Errors
/// `update-needed`.
pub fn check_protocol(protocol: u32) -> Result<()> {
    if protocol == wire::PROTOCOL {
        return Ok(());
    }
    let detail = format!("This server speaks protocol {}; update the older side.", wire::PROTOCOL);
    Err(Fail::caller(426, "update-needed", detail))
}

/// Reads a fixed number of bytes from base64url.
pub(crate) fn decode<const N: usize>(field: &str, text: &str) -> Result<[u8; N]> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| malformed(field))?;
    bytes.try_into().map_err(|_| malformed(field))
}

pub(crate) fn malformed(field: &str) -> Fail {
    Fail::caller(422, "malformed", format!("The field {field} cannot be read."))
}
