//! A backup: what a restore needs, in a folder of its own.

use std::path::Path;

use crate::{
    Fail, Result,
    files::Files,
    folder::{restrict, write_private},
    school::DATABASE,
    store::Sqlite,
    tls,
};

/// Copies what a restore needs into a new folder that only the server's own user reads: the database, the files its rows
/// name, and the private authority that devices trust. The copy is another incarnation of the school, with an epoch of its own
/// that it draws as it is first served: a device that meets it starts again from what it holds.
///
/// # Errors
/// `backup-exists` where there is something already; if a file cannot be read or written.
pub fn back_up(store: &Sqlite, dir: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        let detail = format!("{} exists already; name a new folder.", to.display());
        return Err(Fail::caller(500, "backup-exists", detail));
    }
    let failed = |error: std::io::Error| {
        Fail::caller(500, "backup-failed", format!("{} cannot be written: {error}.", to.display()))
    };
    std::fs::create_dir(to).map_err(failed)?;
    restrict(to)?;
    // Made first, with its mode: SQLite fills a file that is there and empty.
    write_private(&to.join(DATABASE), &[])?;
    store.backup(&to.join(DATABASE))?;
    for name in [tls::CA, tls::CA_KEY] {
        match std::fs::read(dir.join(name)) {
            Ok(bytes) => write_private(&to.join(name), &bytes)?,
            // A school with a certificate of its own may have none.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
    }
    // After the database: what its rows name was here before it was copied.
    Files::open(dir)?.back_up(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{edge::Edge, school};

    #[test]
    fn a_backup_restored_twice_is_two_incarnations_and_each_stays_itself() {
        let edge = Edge::of_machine();
        let root = std::env::temp_dir().join(format!("xinmei-backup-{}", edge.id::<()>()));
        let (dir, kept) = (root.join("school"), root.join("kept"));
        let (store, writer, first) = school::create(&dir, &edge).unwrap();
        back_up(&store, &dir, &kept).unwrap();
        drop((store, writer));
        let mut epochs = vec![first.epoch];
        for name in ["one", "two"] {
            let restored = root.join(name);
            std::fs::create_dir(&restored).unwrap();
            std::fs::copy(kept.join(DATABASE), restored.join(DATABASE)).unwrap();
            let served = || {
                let (_, writer, mut identity) = school::open(&restored).unwrap();
                identity.begin(&writer, &edge).unwrap();
                identity.epoch
            };
            let epoch = served();
            assert!(!epoch.is_nil() && !epochs.contains(&epoch), "{epochs:?}");
            assert_eq!(served(), epoch);
            epochs.push(epoch);
        }
        std::fs::remove_dir_all(&root).unwrap();
    }
}
