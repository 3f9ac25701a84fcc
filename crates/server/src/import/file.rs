//! The files of one roster: one book, of one school year.

use jiff::civil::Date;
use xinmei_model::Year;
use xinmei_roster::{Book, ReadFault, read, school_years};

use crate::{Fail, Result};

/// A file as the office hands it over.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// The school year a roster is of.
pub(super) fn year_of(given: Option<i16>, book: &Book, today: Date) -> Result<i16> {
    let named = school_years(book);
    match (given, named.len()) {
        (Some(year), _) => Ok(year),
        (None, 0 | 1) => Ok(named.first().copied().unwrap_or_else(|| Year::for_roster(today))),
        (None, _) => {
            let years = named.iter().map(i16::to_string).collect::<Vec<_>>().join(", ");
            let detail = format!(
                "The titles of this roster name several school years ({years}). Import each year by itself, or say \
                 which year it is."
            );
            Err(Fail::caller(422, "years-differ", detail))
        }
    }
}

/// One book, whether a roster comes as one file or as one for each campus.
pub(super) fn book_of(files: Vec<File>) -> Result<Book> {
    let unreadable = |fault: ReadFault| {
        let detail = format!("{}: {fault}.", code_of(&fault));
        Fail::caller(422, "roster-unreadable", detail)
    };
    let read = |file: File| Ok((read(&file.content, &file.name)?, file.name));
    let mut books = files.into_iter().map(read).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    match (books.pop(), books.is_empty()) {
        (Some((book, _)), true) => Ok(book),
        (last, _) => {
            let all = books.into_iter().chain(last).map(|(book, name)| (name, book));
            Book::together(all.collect()).map_err(unreadable)
        }
    }
}

fn code_of(fault: &ReadFault) -> String {
    let value = serde_json::to_value(fault).unwrap_or_default();
    value.get("code").and_then(|code| code.as_str()).unwrap_or_default().to_owned()
}
