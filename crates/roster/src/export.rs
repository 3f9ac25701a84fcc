//! Cells on their way out: text that a spreadsheet must not run as a formula.

use std::borrow::Cow;

/// Makes text safe as a CSV or XLSX cell: what Excel, WPS or LibreOffice could take for a formula gets a leading
/// apostrophe. That is: a first visible character `=`, `+`, `-`, `@` (or its full-width form), or a first
/// character tab or line break. Text which already begins with apostrophes before such a character gets one more, so that
/// [`plain_cell`] gives back exactly what went in.
#[must_use]
pub fn safe_cell(text: &str) -> Cow<'_, str> {
    if is_formula_like(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Takes off the apostrophe [`safe_cell`] put on; every other text is given back as it is.
#[must_use]
pub fn plain_cell(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula_like(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

fn is_formula_like(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{plain_cell, safe_cell};

    #[test]
    fn formulas_are_disarmed_and_come_back() {
        let table = [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+86 128", "'+86 128"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\tx", "'\tx"),
            ("\r=1", "'\r=1"),
            (" =1", "' =1"),
            ("　=1", "'　=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("父母离异，母亲直接抚养", "父母离异，母亲直接抚养"),
            ("a=b", "a=b"),
            ("'quoted'", "'quoted'"),
            ("", ""),
        ];
        for (plain, safe) in table {
            assert_eq!(safe_cell(plain), safe, "{plain:?}");
            assert_eq!(plain_cell(safe), plain, "{safe:?}");
        }
    }

    proptest! {
        #[test]
        fn safe_and_plain_are_inverse(text in "['=+@\\- \t\r\na一]{0,8}") {
            let safe = safe_cell(&text);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
            prop_assert_eq!(plain_cell(&safe), text.as_str());
        }
    }
}
