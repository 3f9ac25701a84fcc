//! A backup: what a restore needs, in a folder of its own.

use std::path::Path;

use crate::{
    Fail, Result,
    edge::Edge,
    files::Files,
    folder::{restrict, write_private},
    school::DATABASE,
    store::Sqlite,
    tls,
};

/// Copies what a restore needs into a new folder that only the server's own user reads: the database, the files its rows
/// name, and the private authority that devices trust. The copy is another incarnation of the school, with an epoch of its own: a device that
/// meets it starts again from what it holds.
///
/// # Errors
/// `backup-exists` where there is something already; if a file cannot be read or written.
pub fn back_up(store: &Sqlite, dir: &Path, to: &Path, edge: &Edge) -> Result<()> {
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
    store.backup(&to.join(DATABASE), edge.id::<()>().uuid())?;
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
