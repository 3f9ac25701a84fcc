//! An administrator's day: remarks to decide, and who has not joined.

use xinmei_model::Level;

use super::teacher::{join_counts, reports};
use crate::{
    api::{
        Fault,
        today::{AdministratorToday, JoinCount},
    },
    view::reading::{Reading, count},
};

pub(super) fn today(reading: &Reading<'_>) -> Result<AdministratorToday, Fault> {
    let wordings = reading.undecided()?;
    let children: std::collections::BTreeSet<_> =
        wordings.values().flatten().map(|remark| remark.child).collect();
    let mut not_joined = join_counts(reading)?;
    not_joined.retain(|class| class.joined < class.guardians);
    // Stable: equally empty classes stay by campus, grade and number.
    not_joined.sort_by(emptier);
    Ok(AdministratorToday {
        reports: reports(reading)?,
        now: reading.zoned(reading.now),
        remark_wordings: count(&wordings),
        remark_children: count(&children),
        not_joined,
        classes: count(reading.places.values().filter(|place| place.level == Level::Class)),
    })
}

/// By the share of guardians who have joined, compared without division.
fn emptier(a: &JoinCount, b: &JoinCount) -> std::cmp::Ordering {
    let share = |one: &JoinCount, other: &JoinCount| u64::from(one.joined) * u64::from(other.guardians);
    share(a, b).cmp(&share(b, a))
}
