//! What a family has agreed to be at, and where two of those things fall on the same time.

use jiff::Zoned;
use uuid::Uuid;
use xinmei_model::{Child, Id, overlap};

use crate::api::today::Clash;

/// A time at which a child or the guardian is expected somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Commitment {
    /// The session or shift.
    pub(crate) of: Uuid,
    /// When.
    pub(crate) starts: Zoned,
    /// Until when.
    pub(crate) ends: Zoned,
    /// What.
    pub(crate) title: String,
    /// The children expected.
    pub(crate) children: Vec<Id<Child>>,
    /// The guardian at this computer is expected.
    pub(crate) mine: bool,
}

impl Commitment {
    /// Whether it falls on the same time.
    pub(crate) fn meets(&self, starts: &Zoned, ends: &Zoned) -> bool {
        overlap((&self.starts, &self.ends), (starts, ends))
    }

    /// Whether nobody can be at both.
    fn clashes(&self, other: &Self) -> bool {
        let shared = self.children.iter().any(|child| other.children.contains(child));
        (shared || (self.mine && other.mine)) && self.meets(&other.starts, &other.ends)
    }
}

/// Every pair nobody can be at, by start.
pub(crate) fn clashes(mut all: Vec<Commitment>) -> Vec<Clash> {
    all.sort_by_key(|one| one.starts.timestamp());
    let mut found = Vec::new();
    for (index, first) in all.iter().enumerate() {
        for second in all.iter().skip(index + 1).filter(|second| first.clashes(second)) {
            found.push(Clash {
                first: first.title.clone(),
                second: second.title.clone(),
                at: second.starts.clone(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(starts: &str, ends: &str, title: &str, children: &[u128], mine: bool) -> Commitment {
        let time = |text: &str| format!("2026-11-26T{text}:00+08:00[Asia/Shanghai]").parse().unwrap();
        Commitment {
            of: Uuid::nil(),
            starts: time(starts),
            ends: time(ends),
            title: title.into(),
            children: children.iter().map(|id| Id::new(Uuid::from_u128(*id))).collect(),
            mine,
        }
    }

    #[test]
    fn nobody_can_be_at_two_places() {
        let all = vec![
            at("09:00", "10:00", "开放日", &[1], true),
            at("09:30", "10:30", "合唱", &[1], false),
            at("09:30", "11:00", "护学岗", &[], true),
        ];
        let titles: Vec<_> = clashes(all).into_iter().map(|clash| (clash.first, clash.second)).collect();
        assert_eq!(titles, [("开放日".into(), "合唱".into()), ("开放日".into(), "护学岗".into())]);
    }

    #[test]
    fn siblings_with_a_guardian_each_do_not_clash_and_one_after_the_other_does_not() {
        let siblings = vec![at("09:00", "10:00", "甲", &[1], true), at("09:00", "10:00", "乙", &[2], false)];
        assert!(clashes(siblings).is_empty());
        let in_turn = vec![at("09:00", "10:00", "甲", &[1], true), at("10:00", "11:00", "乙", &[1], true)];
        assert!(clashes(in_turn).is_empty());
    }
}
