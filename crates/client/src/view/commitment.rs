//! What a family has agreed to be at, and where two of those things fall on the same time.

use jiff::Zoned;
use uuid::Uuid;
use xinmei_model::{Child, Id, Level, Place, School, Stay, clash};

use super::reading::Reading;
use crate::api::{Fault, today::Clash};

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
    /// On which campus, if on one.
    pub(crate) campus: Option<Id<Place>>,
}

impl Commitment {
    /// Where and when.
    pub(crate) fn stay(&self) -> Stay<'_> {
        Stay { starts: &self.starts, ends: &self.ends, campus: self.campus }
    }

    /// Why nobody can be at both, if so.
    fn clashes(&self, other: &Self, travel_min: u32) -> Option<xinmei_model::Clash> {
        let shared = self.children.iter().any(|child| other.children.contains(child));
        if shared || (self.mine && other.mine) { clash(self.stay(), other.stay(), travel_min) } else { None }
    }
}

impl Reading<'_> {
    /// How long it takes from one campus to another, in minutes.
    pub(crate) fn travel_min(&self) -> Result<u32, Fault> {
        Ok(self.snapshot.school()?.map_or(School::USUAL_TRAVEL_MIN, |school| school.travel_min))
    }

    /// The campus among a place and those above it.
    pub(crate) fn campus_among(&self, path: &[Id<Place>]) -> Result<Option<Id<Place>>, Fault> {
        for id in path {
            let place: Option<Place> = self.snapshot.get(*id)?;
            if place.is_some_and(|place| place.level == Level::Campus) {
                return Ok(Some(*id));
            }
        }
        Ok(None)
    }
}

/// Every pair nobody can be at, by start.
pub(crate) fn clashes(mut all: Vec<Commitment>, travel_min: u32) -> Vec<Clash> {
    all.sort_by_key(|one| one.starts.timestamp());
    let mut found = Vec::new();
    for (index, first) in all.iter().enumerate() {
        for second in all.iter().skip(index + 1) {
            let Some(why) = first.clashes(second, travel_min) else { continue };
            found.push(Clash {
                first: first.title.clone(),
                second: second.title.clone(),
                at: second.starts.clone(),
                too_far: why == xinmei_model::Clash::TooFar,
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
            campus: None,
        }
    }

    #[test]
    fn nobody_can_be_at_two_places() {
        let all = vec![
            at("09:00", "10:00", "开放日", &[1], true),
            at("09:30", "10:30", "合唱", &[1], false),
            at("09:30", "11:00", "护学岗", &[], true),
        ];
        let titles: Vec<_> = clashes(all, 30).into_iter().map(|clash| (clash.first, clash.second)).collect();
        assert_eq!(titles, [("开放日".into(), "合唱".into()), ("开放日".into(), "护学岗".into())]);
    }

    #[test]
    fn siblings_with_a_guardian_each_do_not_clash_and_one_after_the_other_does_not() {
        let siblings = vec![at("09:00", "10:00", "甲", &[1], true), at("09:00", "10:00", "乙", &[2], false)];
        assert!(clashes(siblings, 30).is_empty());
        let in_turn = vec![at("09:00", "10:00", "甲", &[1], true), at("10:00", "11:00", "乙", &[1], true)];
        assert!(clashes(in_turn, 30).is_empty());
    }

    #[test]
    fn nobody_gets_to_the_other_campus_in_ten_minutes() {
        let campus = |number| Some(Id::new(Uuid::from_u128(number)));
        let two = |starts: &str, campuses: [Option<Id<Place>>; 2]| {
            let mut both =
                vec![at("09:00", "10:00", "甲", &[1], true), at(starts, "12:00", "乙", &[2], true)];
            for (one, campus) in both.iter_mut().zip(campuses) {
                one.campus = campus;
            }
            clashes(both, 30).first().map(|clash| clash.too_far)
        };
        assert_eq!(two("10:10", [campus(7), campus(8)]), Some(true));
        assert_eq!(two("10:30", [campus(7), campus(8)]), None);
        assert_eq!(two("10:10", [campus(7), campus(7)]), None);
        assert_eq!(two("10:10", [campus(7), None]), None, "at the school, wherever that is");
        assert_eq!(two("09:30", [campus(7), campus(8)]), Some(false));
    }
}
