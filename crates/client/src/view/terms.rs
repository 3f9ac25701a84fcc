//! Terms, as reports name them.

use jiff::civil::Date;
use xinmei_model::Year;

use crate::api::attendance::{TermId, TermName};

/// The terms that have begun, the newest first; before the first, the first.
pub(super) fn terms_begun(years: &[Year], day: Date) -> Vec<TermName> {
    let named = years.iter().flat_map(|year| {
        (0..).zip(&year.terms).map(|(place, term)| TermName {
            id: TermId { year: year.id, term: place },
            name: term.name.clone(),
            from: term.from,
            to: term.to,
        })
    });
    let mut terms: Vec<_> = named.collect();
    terms.sort_by_key(|term| term.from);
    let count = terms.iter().filter(|term| term.from <= day).count();
    terms.truncate(count.max(1));
    terms.reverse();
    terms
}
