//! Turns and stages of contests, as times at which a child of this family is expected.

use xinmei_model::{ContestState, ContestTime, Facts, contest_times};

use crate::{
    api::Fault,
    view::{commitment::Commitment, family::Family, reading::Reading},
};

impl Reading<'_> {
    /// Those that are settled: a turn that is not drawn yet falls somewhere into its stage, and clashes with nothing.
    pub(crate) fn contest_commitments(&self) -> Result<Vec<Commitment>, Fault> {
        let mut found = Vec::new();
        for own in Family::load(self)?.children() {
            let child = own.child.id;
            let rule = |facts: &Facts| {
                let times = contest_times(facts, child)?;
                let on = times.into_iter().filter(|time| {
                    time.settled && !matches!(time.contest.state, ContestState::Cancelled { .. })
                });
                let time = |time: ContestTime<'_>| {
                    let commitment = Commitment {
                        of: time.of.uuid(),
                        starts: time.starts.clone(),
                        ends: time.ends.clone(),
                        title: format!("{}：{}", time.contest.plan.title, time.stage.name),
                        children: vec![child],
                        mine: false,
                        campus: None,
                    };
                    (commitment, time.contest.held_at.clone())
                };
                Ok(on.map(time).collect::<Vec<_>>())
            };
            for (commitment, held_at) in self.snapshot.settle(rule)?.unwrap_or_default() {
                found.push(Commitment { campus: self.campus_among(&held_at)?, ..commitment });
            }
        }
        Ok(found)
    }
}
