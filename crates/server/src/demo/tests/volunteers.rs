//! Volunteers of the demo school.

use std::collections::BTreeSet;

use super::*;

pub(super) fn stands_in(take: &Take) -> bool {
    take.offer.as_ref().is_some_and(|offer| offer.source == OfferFrom::StandIn)
}

impl Made {
    /// A report by term has something to compare.
    pub(super) fn hours_of_two_terms(&self) {
        let years = self.all::<Year>();
        assert_eq!(years.len(), 2);
        let terms: Vec<_> = years.iter().flat_map(|year| &year.terms).collect();
        let entries = self.all::<HoursEntry>();
        let days = entries.iter().filter(|entry| entry.approval().is_some()).map(|entry| entry.day);
        let in_term = |day| terms.iter().find(|term| (term.from..=term.to).contains(&day));
        let found: BTreeSet<_> = days.filter_map(in_term).map(|term| term.name.as_str()).collect();
        assert_eq!(found.len(), 2, "{found:?}");
    }

    /// Hours of a shift that a teacher marked were approved by the desk.
    pub(super) fn hours_of_shifts(&self) {
        let entries = self.all::<HoursEntry>();
        let approved = entries.iter().filter(|entry| entry.shift.is_some() && entry.approval().is_some());
        let posts: BTreeSet<_> = approved.map(|entry| entry.title.as_str()).collect();
        assert_eq!(posts, BTreeSet::from(["“绿书签”志愿者实践活动", "管理服务先锋"]));
    }
}
