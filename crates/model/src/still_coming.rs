//! 还来吗: the evening before a shift whoever comes is asked whether they still do. One press says yes; saying nothing gives
//! nothing back.

use jiff::{Timestamp, ToSpan};

use crate::{
    Actor, Change, Decision, Due, DueKind, Facts, Guest, Id, List, Proxy, Refusal, School, Shift, Stop, Take,
    TakeState, limits, shift_take::take_id, volunteer::volunteer_at,
};

impl Shift {
    /// When whoever comes is asked whether they still do: the evening before, or in the morning where the evening is quiet.
    /// `None` where that is not before it begins.
    #[must_use]
    pub fn asked_again_at(&self, school: &School) -> Option<Timestamp> {
        let zone = school.time_zone();
        let eve = self.day_in(zone.clone()).checked_sub(1.day()).ok()?;
        let at = eve.to_datetime(limits::STILL_COMING_AT).to_zoned(zone).ok()?.timestamp();
        Some(school.awake_from(at)).filter(|at| *at < self.starts.timestamp())
    }

    /// The timer that asks; none where that time has passed, for whoever takes a shift now knows that they come.
    pub(crate) fn asks_again(&self, facts: &Facts) -> Result<Option<Change>, Stop> {
        let at = self.asked_again_at(facts.school()?).filter(|at| *at > facts.now());
        Ok(at.map(|at| Change::Set(Due::new(DueKind::StillComing, self.id.uuid(), at, 0))))
    }

    /// The timer that asks as the shift has other times: where the evening before has passed, at once, in hours in which families
    /// may be told something.
    pub(crate) fn asks_anew(&self, facts: &Facts) -> Result<Option<Change>, Stop> {
        let school = facts.school()?;
        let at = self.asked_again_at(school).map(|eve| school.awake_from(eve.max(facts.now())));
        let at = at.filter(|at| *at < self.starts.timestamp());
        Ok(at.map(|at| Change::Set(Due::new(DueKind::StillComing, self.id.uuid(), at, 0))))
    }
}

impl Take {
    /// Whether they were asked whether they still come, and have not said so.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.state == TakeState::Taken && self.reminded.is_some() && self.confirmed.is_none()
    }
}

/// Asks whoever comes, once; `at` is when they should have been.
pub(crate) fn ask(facts: &Facts, id: Id<Shift>, at: Timestamp) -> Decision {
    let Some(shift) = facts.find(id)? else { return Ok(Vec::new()) };
    let now = facts.now();
    // Whose times were changed since has another timer.
    let Some(eve) = shift.asked_again_at(facts.school()?) else { return Ok(Vec::new()) };
    if !shift.is_on() || now < eve || now < at || now >= shift.starts.timestamp() {
        return Ok(Vec::new());
    }
    let awake = facts.school()?.awake_from(now);
    if awake > now {
        let later = Some(awake).filter(|awake| *awake < shift.starts.timestamp());
        let due = |at| Change::Set(Due::new(DueKind::StillComing, id.uuid(), at, 0));
        return Ok(later.map(due).into_iter().collect());
    }
    let takes = facts.list::<Take>(List::TakesOf(id), limits::ROWS_PER_LIST)?;
    // Whoever took it after it was moved knows when it is.
    let known = shift.moved.as_ref().map_or(at, |moved| moved.at.max(eve).min(at));
    let fresh = |take: &&Take| {
        let asked = take.reminded.is_some() || take.confirmed.is_some();
        take.state == TakeState::Taken && !asked && take.at < known
    };
    // Nobody asks a guest, who reads nothing here; whoever receives them does.
    let guests = Facts::each(&takes, |take| facts.find(Guest::of(take.person)))?;
    let takes = takes.into_iter().zip(guests).filter(|(_, guest)| guest.is_none()).map(|(take, _)| take);
    let asked = takes.filter(fresh);
    Ok(asked.map(|take| Take { reminded: Some(now), ..take.clone() }.put()).collect())
}

/// Says that one still comes.
pub(crate) fn confirm(facts: &Facts, actor: &Actor, id: Id<Shift>, on_behalf_of: Option<&Proxy>) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    let person = volunteer_at(facts, actor, (shift, post), on_behalf_of)?;
    let take = facts.find(take_id(id, person))?;
    let take = take.filter(|take| take.state == TakeState::Taken && take.confirmed.is_none());
    let take = take.ok_or(Refusal::ShiftAlready)?;
    if facts.now() >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    let at = Some(facts.now());
    Ok(vec![Take { reminded: take.reminded.or(at), confirmed: at, ..take.clone() }.put()])
}
