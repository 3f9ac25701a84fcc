//! Who this school is: identity, epoch, signing key; and how it begins.

use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};
use rusqlite::Connection;
use uuid::Uuid;
use xinmei_model::{Change, Feed, Id, Level, Place, QuietHours, Row, School, derived};

use crate::{
    Fail, Result,
    edge::Edge,
    folder::restrict,
    store::{Arg, Session, Sqlite},
};

/// What does not change while a server runs.
pub struct Identity {
    /// The school.
    pub school: Id<School>,
    /// This incarnation: a device that meets another one begins again.
    pub epoch: Uuid,
    key: SigningKey,
}

impl Identity {
    /// Signs what makes a device purge.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.key.sign(message).to_bytes().to_vec()
    }

    /// The row with the school's signature, where it bears one. A rule has no key: what the school signs is signed as it is written.
    pub(crate) fn signs(&self, row: Row) -> Row {
        match row.unsigned(self.school) {
            Some(message) => row.signed(BASE64URL_NOPAD.encode(&self.sign(&message))),
            None => row,
        }
    }

    /// The answer to a device that was removed.
    #[must_use]
    pub fn removed(&self, device: Uuid) -> Fail {
        Fail::Removed { device, signature: self.sign(&xinmei_model::wire::removed_message(device)) }
    }

    /// The public key that devices keep.
    #[must_use]
    pub fn public_key(&self) -> Vec<u8> {
        self.key.verifying_key().to_bytes().to_vec()
    }

    /// The id of a thing named by the office: the same name is the same thing in every import.
    #[must_use]
    pub fn named<T>(&self, name: &str) -> Id<T> {
        derived(name, self.school.uuid(), self.school.uuid())
    }

    /// Draws the epoch of a school that was restored from a backup and is served for the first time; any other keeps its own.
    ///
    /// # Errors
    /// If the store fails.
    pub fn begin(&mut self, writer: &Connection, edge: &Edge) -> Result<()> {
        if self.epoch.is_nil() {
            self.epoch = edge.id::<()>().uuid();
            let epoch = [Arg::Bytes(self.epoch.as_bytes())];
            crate::store::Open(writer).execute("UPDATE school SET epoch = $1", &epoch)?;
        }
        Ok(())
    }
}

/// The file of the database inside a data folder.
pub const DATABASE: &str = "school.db";

/// Opens a data folder that `init` made.
///
/// # Errors
/// If there is none, or the store fails.
pub fn open(dir: &Path) -> Result<(Sqlite, Connection, Identity)> {
    let path = dir.join(DATABASE);
    if !path.exists() {
        let detail =
            format!("There is no school in {}. Make one: xinmei-server init --data …", dir.display());
        return Err(Fail::caller(500, "no-school", detail));
    }
    let (store, writer) = Sqlite::open(&path)?;
    let identity = {
        let mut session = crate::store::Open(&writer);
        let row = session.one("SELECT id, epoch, signing_key FROM school", &[])?.ok_or_else(|| {
            let dir = dir.display();
            let detail =
                format!("{dir} holds a database without a school. Finish it: xinmei-server init --data …");
            Fail::caller(500, "no-school", detail)
        })?;
        let key: [u8; 32] =
            row.bytes(2).try_into().map_err(|_| Fail::broken("the school's signing key is damaged"))?;
        Identity { school: Id::new(row.uuid(0)), epoch: row.uuid(1), key: SigningKey::from_bytes(&key) }
    };
    Ok((store, writer, identity))
}

/// Makes a school in a folder that holds none; what an interrupted `init` left is taken up.
///
/// # Errors
/// If there is one already, the file belongs to something else, or the store fails.
pub fn create(dir: &Path, edge: &Edge) -> Result<(Sqlite, Connection, Identity)> {
    std::fs::create_dir_all(dir).map_err(Fail::broken)?;
    restrict(dir)?;
    let (store, writer) = Sqlite::open(&dir.join(DATABASE))?;
    let mut session = crate::store::Open(&writer);
    session.execute("DELETE FROM school WHERE rev = 0", &[])?;
    if session.one("SELECT id FROM school", &[])?.is_some() {
        let detail = format!("{} holds a school already; nothing was changed.", dir.display());
        return Err(Fail::caller(500, "school-exists", detail));
    }
    let identity = Identity {
        school: edge.id(),
        epoch: edge.id::<()>().uuid(),
        key: SigningKey::from_bytes(&edge.random()),
    };
    crate::store::Open(&writer).execute(
        "INSERT INTO school (id, rev, epoch, now_ns, signing_key) VALUES ($1, 0, $2, 0, $3)",
        &[
            Arg::Bytes(identity.school.uuid().as_bytes()),
            Arg::Bytes(identity.epoch.as_bytes()),
            Arg::Bytes(&identity.key.to_bytes()),
        ],
    )?;
    Ok((store, writer, identity))
}

/// Whether devices have joined, removed ones too: they trust this school's authority and no other.
///
/// # Errors
/// If the store fails.
pub fn has_devices(session: &mut dyn Session) -> Result<bool> {
    Ok(session.one("SELECT 1 FROM device LIMIT 1", &[])?.is_some())
}

/// How families reach the school, as the last `serve` had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// `school.example:8443`
    pub host: String,
    /// Whether the certificate is of the private authority, which invites then pin.
    pub private: bool,
}

impl Reached {
    /// What was remembered.
    ///
    /// # Errors
    /// If the store fails.
    pub fn recall(session: &mut dyn Session) -> Result<Option<Self>> {
        let mut meta = |name| session.one("SELECT value FROM meta WHERE name = $1", &[Arg::Text(name)]);
        let Some(host) = meta("address")? else { return Ok(None) };
        let private = meta("authority")?.is_none_or(|value| value.text(0) != "public");
        Ok(Some(Self { host: host.text(0).to_owned(), private }))
    }

    /// Remembers it for the commands on the console.
    ///
    /// # Errors
    /// If the store fails.
    pub fn remember(&self, session: &mut dyn Session) -> Result<()> {
        let authority = if self.private { "private" } else { "public" };
        for (name, value) in [("address", self.host.as_str()), ("authority", authority)] {
            session.execute(
                "INSERT INTO meta (name, value) VALUES ($1, $2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                &[Arg::Text(name), Arg::Text(value)],
            )?;
        }
        Ok(())
    }
}

/// The first rows of a school: itself, and the root of its tree.
#[must_use]
pub fn first_rows(
    identity: &Identity,
    name: &str,
    zone: &str,
    hold_s: u32,
    offer_min: u32,
    quiet: Option<QuietHours>,
) -> Vec<Change> {
    let quiet_staff = quiet.map(|_| QuietHours::usual_for_staff());
    let school = School {
        id: identity.school,
        name: name.into(),
        zone: zone.into(),
        hold_s,
        offer_min,
        quiet,
        quiet_staff,
        travel_min: School::USUAL_TRAVEL_MIN,
    };
    let root = root(identity);
    let place = Place {
        id: root,
        level: Level::School,
        path: vec![root],
        name: name.into(),
        cohort: None,
        number: None,
    };
    vec![Change::put(school, [Feed::School]), Change::put(place, [Feed::School])]
}

/// The root of the tree of places.
#[must_use]
pub fn root(identity: &Identity) -> Id<Place> {
    identity.named("place")
}
