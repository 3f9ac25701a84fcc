//! Who this school is: identity, epoch, signing key; and how it begins.

use std::path::Path;

use ed25519_dalek::{Signer, SigningKey};
use rusqlite::Connection;
use uuid::Uuid;
use xinmei_model::{Change, Feed, Id, Level, Place, School, derived};

use crate::{
    Fail, Result,
    edge::Edge,
    store::{Arg, Session, Sqlite},
};

/// What does not change while a server runs.
pub struct Identity {
    /// The school.
    pub school: Id<School>,
    /// This incarnation: a restored backup gets a new one.
    pub epoch: Uuid,
    key: SigningKey,
}

impl Identity {
    /// Signs what makes a device purge.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.key.sign(message).to_bytes().to_vec()
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
        let row = session
            .one("SELECT id, epoch, signing_key FROM school", &[])?
            .ok_or_else(|| Fail::caller(500, "no-school", "The database holds no school: run init."))?;
        let key: [u8; 32] =
            row.bytes(2).try_into().map_err(|_| Fail::broken("the school's signing key is damaged"))?;
        Identity { school: Id::new(row.uuid(0)), epoch: row.uuid(1), key: SigningKey::from_bytes(&key) }
    };
    Ok((store, writer, identity))
}

/// Makes a school in an empty folder.
///
/// # Errors
/// If there is one already, or the store fails.
pub fn create(dir: &Path, edge: &Edge) -> Result<(Sqlite, Connection, Identity)> {
    std::fs::create_dir_all(dir).map_err(Fail::broken)?;
    restrict(dir)?;
    let path = dir.join(DATABASE);
    if path.exists() {
        let detail = format!("{} holds a school already; nothing was changed.", dir.display());
        return Err(Fail::caller(500, "school-exists", detail));
    }
    let (store, writer) = Sqlite::open(&path)?;
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

/// The first rows of a school: itself, and the root of its tree.
#[must_use]
pub fn first_rows(identity: &Identity, name: &str, zone: &str, hold_s: u32, offer_min: u32) -> Vec<Change> {
    let school = School { id: identity.school, name: name.into(), zone: zone.into(), hold_s, offer_min };
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

/// Only the server's own user reads the folder.
fn restrict(dir: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700)).map_err(Fail::broken)?;
    }
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}
