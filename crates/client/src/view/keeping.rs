//! Keeping people: what one is asked about one's own shifts, and how the next ones of a desk stand.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::SignedDuration;
use xinmei_model::{
    Act, Actor, DutySaid, Fared, Id, Kind, List, OnDuty, Post, Power, Shift, StandInSearch, StandInWish,
    Take, TakeState, VolunteerAct, decide, limits,
};

use super::{
    ask::read,
    reading::{Reading, count},
    wishes::waits,
};
use crate::{
    Client,
    api::{
        Ask, Fault,
        keeping::{Keeping, Kept, KeptShift, SearchView, SharedPost, StandInWished, StillComing},
        today::{Duty, DutyKind},
    },
};

/// How far ahead a desk watches: a week, and the day it is planned on.
const DAYS_AHEAD: i64 = 8;

impl Ask for Keeping {
    type Reply = Kept;

    async fn answer(self, client: &Client) -> Result<Kept, Fault> {
        read(client, keeping).await
    }
}

fn keeping(reading: &Reading<'_>) -> Result<Kept, Fault> {
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let (mut shifts, mut shared) = (Vec::new(), Vec::new());
    for post in posts.iter().filter(|post| reading.may(Power::ManageShifts, &post.held_at)) {
        let all: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        for shift in all.iter().filter(|shift| shift.is_on() && reading.now < shift.ends.timestamp()) {
            if shift.starts.timestamp() <= reading.now || reading.comes_within(&shift.starts, DAYS_AHEAD) {
                shifts.push(kept_shift(reading, post, shift)?);
            }
        }
        shared.extend(shared_post(reading, post, &all)?);
    }
    shifts
        .sort_by(|a, b| a.starts.timestamp().cmp(&b.starts.timestamp()).then_with(|| a.title.cmp(&b.title)));
    shared.sort_by(|a, b| a.title.cmp(&b.title).then_with(|| a.post.cmp(&b.post)));
    Ok(Kept { mine: still_coming(reading)?, wish: wished(reading)?, shifts, posts: shared })
}

/// One's own shifts one was asked about.
pub(super) fn still_coming(reading: &Reading<'_>) -> Result<Vec<StillComing>, Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesBy(reading.me))?;
    let mut mine = Vec::new();
    for take in takes.into_iter().filter(|take| take.reminded.is_some() && take.state == TakeState::Taken) {
        let pending = reading.wishes.volunteering(|step| match step {
            VolunteerAct::ConfirmShift { shift, on_behalf_of: None } => *shift == take.shift,
            _ => false,
        });
        let Some(shift): Option<Shift> = reading.snapshot.get(take.shift)? else { continue };
        let Some(post): Option<Post> = reading.snapshot.get(take.post)? else { continue };
        // Whoever is there, or is said not to be, is asked no more.
        let marked: Option<OnDuty> = reading.snapshot.get(OnDuty::of(shift.id, reading.me))?;
        let open = (take.is_unconfirmed() || pending.is_some()) && marked.is_none();
        if open && reading.now < shift.starts.timestamp() {
            mine.push(StillComing {
                shift: shift.id,
                title: post.title,
                starts: shift.starts,
                ends: shift.ends,
                meeting_point: post.meeting_point,
                handbook: post.terms.handbook,
                pending,
            });
        }
    }
    mine.sort_by_key(|one| one.starts.timestamp());
    Ok(mine)
}

/// One duty for each shift one was asked about and said nothing of.
pub(super) fn duties(reading: &Reading<'_>) -> Result<Vec<Duty>, Fault> {
    // A word the school refused leaves it to be said.
    let open = still_coming(reading)?.into_iter().filter(|one| !one.pending.as_ref().is_some_and(waits));
    let duty = |one: StillComing| Duty {
        children: Vec::new(),
        due: Some(one.starts.clone()),
        what: DutyKind::StillComing {
            shift: one.shift,
            title: one.title,
            starts: one.starts,
            meeting_point: one.meeting_point,
        },
    };
    Ok(open.map(duty).collect())
}

fn wished(reading: &Reading<'_>) -> Result<StandInWished, Fault> {
    let row: Option<StandInWish> = reading.snapshot.get(StandInWish::of(reading.me))?;
    let pending = reading.wishes.volunteering(|step| matches!(step, VolunteerAct::WishStandIn { .. }));
    Ok(StandInWished {
        said: row.is_some(),
        asks: row.as_ref().is_none_or(|row| row.asks),
        days: row.as_ref().map(|row| row.days.clone()).unwrap_or_default(),
        part: row.map(|row| row.part).unwrap_or_default(),
        pending,
    })
}

fn kept_shift(reading: &Reading<'_>, post: &Post, shift: &Shift) -> Result<KeptShift, Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift.id))?;
    let marks: Vec<OnDuty> = reading.snapshot.list(List::DutyOf(shift.id))?;
    let marked = |take: &Take| marks.iter().any(|row| row.person == take.person);
    let there = |row: &&OnDuty| matches!(row.holds, DutySaid::Came { until: None, .. });
    let taken = reading.people_at(shift)?;
    let adults_wanted = reading.adults_wanted_at(post, shift)?;
    let actor = Actor::Person { person: reading.me, hat: reading.hat };
    let act = Act::Volunteer(VolunteerAct::SearchStandIn { shift: shift.id });
    let may = taken < shift.needed
        && matches!(reading.snapshot.settle(|facts| decide(facts, &actor, &act)), Ok(Some(_)));
    Ok(KeptShift {
        shift: shift.id,
        post: post.id,
        title: post.title.clone(),
        place: reading.place_name(post.place),
        meeting_point: post.meeting_point.clone(),
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        needed: shift.needed,
        taken,
        adults_wanted,
        missing: shift.missing(taken, adults_wanted),
        unconfirmed: count(takes.iter().filter(|take| take.is_unconfirmed() && !marked(take))),
        there: count(marks.iter().filter(there)),
        search: search_view(reading, shift, &takes)?,
        may_search: may,
        pending: reading.wishes.volunteering(|step| match step {
            VolunteerAct::SearchStandIn { shift: id } | VolunteerAct::StopStandIn { shift: id } => {
                *id == shift.id
            }
            _ => false,
        }),
    })
}

pub(super) fn search_view(
    reading: &Reading<'_>,
    shift: &Shift,
    takes: &[Take],
) -> Result<Option<SearchView>, Fault> {
    let row: Option<StandInSearch> = reading.snapshot.get(StandInSearch::of(shift.id))?;
    let Some(row) = row else { return Ok(None) };
    let asked: BTreeSet<_> = row.waves.iter().flat_map(|wave| &wave.people).collect();
    let with = |state| count(takes.iter().filter(|take| take.state == state && asked.contains(&take.person)));
    Ok(Some(SearchView {
        state: row.state_at(reading.now, shift),
        waves: count(&row.waves),
        asked: count(&asked),
        said_no: with(TakeState::SaidNo),
        waiting: with(TakeState::Offered),
        next: row.next,
        by: row.by_name,
    }))
}

/// How the shifts of a post were shared that began within a term; none where there was none.
fn shared_post(reading: &Reading<'_>, post: &Post, all: &[Shift]) -> Result<Option<SharedPost>, Fault> {
    let Fared { shifts, short } = fared_of(reading, all)?;
    let mut people = BTreeSet::new();
    for shift in all.iter().filter(|shift| began_lately(reading, shift)) {
        let takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift.id))?;
        people.extend(takes.iter().filter(|take| take.state == TakeState::Taken).map(|take| take.person));
    }
    let title = post.title.clone();
    Ok((shifts > 0).then(|| SharedPost { post: post.id, title, shifts, short, people: count(&people) }))
}

/// How a post fared within a term.
pub(super) fn fared(reading: &Reading<'_>, post: Id<Post>) -> Result<Fared, Fault> {
    fared_of(reading, &reading.snapshot.list::<Shift>(List::ShiftsOf(post))?)
}

fn fared_of(reading: &Reading<'_>, all: &[Shift]) -> Result<Fared, Fault> {
    let mut fared = Fared::default();
    for shift in all.iter().filter(|shift| began_lately(reading, shift)) {
        fared.shifts = fared.shifts.saturating_add(1);
        let short = reading.people_at(shift)? < shift.needed;
        fared.short = fared.short.saturating_add(u32::from(short));
    }
    Ok(fared)
}

fn began_lately(reading: &Reading<'_>, shift: &Shift) -> bool {
    let ago: SignedDuration = reading.now.duration_since(shift.starts.timestamp());
    shift.is_on() && !ago.is_negative() && ago <= limits::STAND_IN_TERM
}
