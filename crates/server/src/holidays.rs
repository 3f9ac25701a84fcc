//! Holiday files, from the server's own command line, where whoever can read the data folder may do anything.

use std::path::Path;

use xinmei_model::{Announcement, HolidayKey, bring_in_holidays, limits, open_holidays};

use crate::{Fail, Result, ledger::Ledger};

/// Brings a file in, and says what it says. The same one again changes nothing.
///
/// # Errors
/// `holidays-unreadable` where the file cannot be read; the code of the refusal where the school does not take it; if the
/// store fails.
pub async fn bring_in(ledger: &Ledger, path: &Path) -> Result<Announcement> {
    let shown = path.display();
    let unreadable = |error: &dyn std::fmt::Display| {
        Fail::caller(404, "holidays-unreadable", format!("{shown} cannot be read: {error}."))
    };
    let length = std::fs::metadata(path).map_err(|error| unreadable(&error))?.len();
    if length > limits::HOLIDAY_FILE_BYTES as u64 {
        return Err(unreadable(&"it is too large for a holiday file"));
    }
    let file = std::fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    let refused = |refusal: xinmei_model::Refusal| {
        Fail::caller(422, "holidays-refused", format!("{shown} was not taken: {refusal}."))
    };
    let said = open_holidays(&file, HolidayKey::trusted()).map_err(refused)?;
    let taken = ledger.write(move |tx| match tx.settle(|facts| bring_in_holidays(facts, &file))? {
        Ok(changes) => tx.apply(changes).map(|_| Ok(())),
        Err(refusal) => Ok(Err(refusal)),
    });
    taken.await?.map_err(refused)?;
    Ok(said)
}
