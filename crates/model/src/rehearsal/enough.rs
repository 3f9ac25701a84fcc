//! How many seats would do.

use serde::{Deserialize, Serialize};

use super::{
    play::Opening,
    stage::{Stage, Wish},
};
use crate::{Id, Session, limits};

/// Seats with which nobody would wait.
///
/// All sessions are made larger in proportion until in nine of ten runs nobody stood in line or was turned away; then each is cut
/// to the most that it held in those runs, which changes none of them: nobody went there for a seat that was never taken, and
/// who found it full finds it full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SeatsEnough {
    /// Which session.
    pub session: Id<Session>,
    /// Seats.
    pub seats: u32,
}

/// Runs the search looks at: it plays each of them a dozen times.
pub(super) const RUNS: usize = 50;
/// Larger steps than this, in percent, lead past [`limits::SEATS_PER_SESSION`] from any plan.
const MOST_PERCENT: u32 = limits::SEATS_PER_SESSION * 100;

/// See [`SeatsEnough`]; `None` where the largest sessions there may be are too few.
pub(super) fn enough(stage: &Stage<'_>, wishes: &[Vec<Wish>]) -> Option<Vec<SeatsEnough>> {
    let planned = stage.seats();
    let larger = |percent: u32| -> Vec<u32> {
        let grown = |seats: &u32| (u64::from(*seats) * u64::from(percent)).div_ceil(100);
        let most = u64::from(limits::SEATS_PER_SESSION);
        planned.iter().map(|seats| u32::try_from(grown(seats).min(most)).unwrap_or_default()).collect()
    };
    let (mut below, mut percent) = (99, 100);
    let mut found = held(stage, wishes, &larger(percent));
    while found.is_none() {
        if percent >= MOST_PERCENT {
            return None;
        }
        below = percent;
        percent = (percent * 2).min(MOST_PERCENT);
        found = held(stage, wishes, &larger(percent));
    }
    while percent - below > 1 {
        let middle = below + (percent - below) / 2;
        match held(stage, wishes, &larger(middle)) {
            Some(better) => (percent, found) = (middle, Some(better)),
            None => below = middle,
        }
    }
    let seats = found?.into_iter().zip(&stage.sessions);
    Some(seats.map(|(seats, session)| SeatsEnough { session: session.id, seats }).collect())
}

/// The most each session held in the runs in which nobody waited, if they are nine of ten.
fn held(stage: &Stage<'_>, wishes: &[Vec<Wish>], seats: &[u32]) -> Option<Vec<u32>> {
    let mut most = vec![0; seats.len()];
    let mut good = 0;
    for wishes in wishes {
        let mut opening = Opening::new(stage, wishes, seats);
        opening.race();
        if opening.short > 0 {
            continue;
        }
        good += 1;
        for (at, most) in most.iter_mut().enumerate() {
            *most = (*most).max(opening.rooms.get(stage.room(at)).map_or(0, |room| room.most));
        }
    }
    (good * 10 >= wishes.len() * 9).then_some(most)
}
