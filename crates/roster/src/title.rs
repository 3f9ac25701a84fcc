//! What stands above the table: the school year a roster is of.

use std::collections::BTreeSet;

use crate::book::Book;
use crate::columns::Header;
use crate::normalise::compact;

/// Years a roster may be of; anything else is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// The school years which the titles of a book name, each by the calendar year it begins in: 2027 for
/// “2027—2028 学年学生名册”. A title is a row above the header, or the name of the sheet.
#[must_use]
pub fn school_years(book: &Book) -> BTreeSet<i16> {
    let mut years = BTreeSet::new();
    for sheet in &book.sheets {
        let Some((header, _)) = Header::find(sheet.cells()) else { continue };
        let above = sheet.rows.iter().take(header).flat_map(|row| &row.cells);
        years.extend(above.chain([&sheet.name]).filter_map(|text| school_year(text)));
    }
    years
}

/// The year a title names: 2027—2028学年, 2027-28学年, 2027学年.
fn school_year(text: &str) -> Option<i16> {
    let text = compact(text);
    let (before, _) = text.split_once("学年")?;
    let (rest, last) = number_at_end(before)?;
    let rest = rest.trim_end_matches(|c: char| "-‐‑–—―~～〜至到/".contains(c));
    let rest = rest.trim_end_matches('年');
    let year = match number_at_end(rest) {
        Some((_, first)) => {
            let next = first.saturating_add(1);
            Some(first).filter(|_| last == next || last == next % 100)
        }
        None => Some(last),
    };
    year.filter(|year| YEARS.contains(year))
}

/// The number a text ends with, and what stands before it.
fn number_at_end(text: &str) -> Option<(&str, i16)> {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((rest, text.get(rest.len()..)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::school_year;

    #[test]
    fn titles_name_their_year() {
        for (text, year) in [
            ("江畔实验小学 2027—2028 学年学生名册（演示数据）", Some(2027)),
            ("２０２７－２０２８学年度第一学期", Some(2027)),
            ("2027年至2028年学年", None),
            ("2027-28学年", Some(2027)),
            ("2027~2028学年", Some(2027)),
            ("2099-2100学年", Some(2099)),
            ("2027学年第一学期学生名册", Some(2027)),
            ("2027—2029学年", None),
            ("2206—2207学年", None),
            ("99999999学年", None),
            ("27学年", None),
            ("本学年学生名册", None),
            ("学生名册 2027年9月", None),
            ("", None),
        ] {
            assert_eq!(school_year(text), year, "{text}");
        }
    }
}
