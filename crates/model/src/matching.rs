//! 建议人选: who could be asked to come where people are missing. A pure function of what is known; it asks nobody, a person does.
//!
//! As many places as possible get somebody, and of all ways to do that the one that is kindest: nobody is asked twice, an empty
//! shift gets its first person before another its second, and whoever came seldom and was left alone lately is asked first.
//! It is an assignment of least cost, found by shortest augmenting paths: for each number of people it is the best there is.

use uuid::Uuid;

use crate::{Clash, CouldCome, Id, Opening, Person, Shift, TakeState, VolunteerRecord, derived, limits};

/// A shift that lacks people.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The shift.
    pub opening: Opening,
    /// People who come.
    pub come: u32,
    /// People it is to propose: who is missing, without those who are asked already.
    pub missing: u32,
    /// Its post is hard to fill ([`Fared::is_hard_to_fill`]): its shifts are shared.
    pub hard_to_fill: bool,
}

/// How a post fared lately: counts, and nobody's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fared {
    /// Shifts that began within [`limits::STAND_IN_TERM`].
    pub shifts: u32,
    /// Of those, shifts that began with fewer people than they needed.
    pub short: u32,
}

impl Fared {
    /// Whether its shifts are shared among all rather than left to who is used to it: one in
    /// [`limits::HARD_TO_FILL`] or more went short.
    #[must_use]
    pub fn is_hard_to_fill(self) -> bool {
        self.short > 0 && self.short.saturating_mul(limits::HARD_TO_FILL) >= self.shifts
    }
}

/// Somebody who is proposed for a shift.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// Which shift.
    pub shift: Id<Shift>,
    /// Who.
    pub person: Id<Person>,
    /// Why them, the weightiest first.
    pub because: Vec<ProposalReason>,
}

/// Why somebody is proposed, or what to think of before they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ProposalReason {
    /// They have everything the post asks for.
    Qualified,
    /// They came or come to so many shifts this term; 0 is a reason too.
    ThisTerm {
        /// Shifts.
        shifts: u32,
    },
    /// Of those, shifts of this post.
    KnowsPost {
        /// Shifts.
        shifts: u32,
    },
    /// They came on this day of the week at about this time.
    UsualTime {
        /// Shifts.
        shifts: u32,
    },
    /// They asked for this post themselves, and did not get a place.
    Wished,
    /// They are on that campus anyway.
    SameCampus,
    /// They are on another campus.
    OtherCampus,
    /// They were asked lately.
    AskedLately {
        /// How often.
        times: u32,
    },
    /// They said no to this post lately.
    SaidNo,
    /// They have something else at that time.
    Busy,
    /// They are on another campus shortly before or after.
    TooFar,
}

/// One shift more this term weighs as much as coming from another campus twice.
const SHIFT: i64 = 100;
/// So much more weighs each shift of a post that few take: it is not theirs for ever who once took it.
const SHARED: i64 = 300;
/// Whoever was asked lately is left alone while somebody else came at most once more.
const ASKED: i64 = 150;
const SAID_NO: i64 = 400;
const OTHER_CAMPUS: i64 = 50;
/// They would have to give something up: last of all.
const MEETS: i64 = 50_000;
const WISHED: i64 = -150;
const USUAL: i64 = -15;
/// So many times make a habit; more is no reason to ask somebody ever again.
const HABIT: u32 = 3;
/// The second person of a shift comes after the first of every other.
const SECOND: i64 = 100_000;
/// Ties are decided by a number that follows from shift and person, and by nobody's name.
const TIES: i64 = 1_024;

/// Proposes people for shifts, each person for at most one. The first [`limits::PROPOSED_SHIFTS`] of the shifts and
/// [`limits::PROPOSED_PEOPLE`] of the people are considered: the work grows with the square of the shifts, and somebody waits for it.
#[must_use]
pub fn propose(gaps: &[Gap], people: &[VolunteerRecord]) -> Vec<Proposed> {
    let gaps = gaps.get(..limits::PROPOSED_SHIFTS).unwrap_or(gaps);
    let people = people.get(..limits::PROPOSED_PEOPLE).unwrap_or(people);
    let facts: Vec<Vec<CouldCome>> =
        gaps.iter().map(|gap| people.iter().map(|one| one.could_come(&gap.opening)).collect()).collect();
    let costs: Vec<Vec<Option<i64>>> = gaps
        .iter()
        .zip(&facts)
        .map(|(gap, row)| row.iter().map(|could| cost(gap, could)).collect())
        .collect();
    let firsts: Vec<Vec<i64>> = gaps
        .iter()
        .map(|gap| (0..gap.missing).map(|place| i64::from(gap.come + place) * SECOND * TIES).collect())
        .collect();
    let mut proposed = Vec::new();
    for (person, gap) in assign(&firsts, &costs).into_iter().enumerate() {
        let Some(gap) = gap else { continue };
        let (Some(gap), Some(could)) = (gaps.get(gap), facts.get(gap).and_then(|row| row.get(person))) else {
            continue;
        };
        let (shift, asks) = (gap.opening.shift.id, !gap.opening.post.terms.requires.is_empty());
        proposed.push(Proposed { shift, person: could.person, because: proposal_reasons(could, asks) });
    }
    let starts = |one: &Proposed| gaps.iter().position(|gap| gap.opening.shift.id == one.shift);
    proposed.sort_by_key(|one| (starts(one), tie(one.shift, one.person)));
    proposed
}

/// What asking somebody costs; nothing where they cannot be asked.
fn cost(gap: &Gap, could: &CouldCome) -> Option<i64> {
    // Whoever comes, is asked, said no or gave it back is not asked for it again; neither is whom the desk declined.
    let new = matches!(could.part, None | Some(TakeState::Released));
    if could.why_not.is_some() || !new {
        return None;
    }
    let mut cost = i64::from(could.this_term) * SHIFT + i64::from(could.asked_lately) * ASKED;
    cost += i64::from(could.said_no) * SAID_NO + i64::from(could.meets.is_some()) * MEETS;
    cost += i64::from(could.same_campus == Some(false)) * OTHER_CAMPUS + i64::from(could.wished) * WISHED;
    // Who knows a post comes gladly; what few take is shared.
    let at_post = i64::from(could.at_post);
    cost += if gap.hard_to_fill { at_post * SHARED } else { at_post.min(i64::from(HABIT)) * USUAL };
    cost += i64::from(could.at_time.min(HABIT)) * USUAL;
    Some(cost * TIES + tie(gap.opening.shift.id, could.person))
}

fn tie(shift: Id<Shift>, person: Id<Person>) -> i64 {
    let id: Uuid = derived::<Person>("proposal", shift.uuid(), person.uuid()).uuid();
    let [.., high, low] = id.into_bytes();
    i64::from(u16::from_be_bytes([high, low])) % TIES
}

/// What is known of somebody, in the order in which a desk reads it.
#[must_use]
pub fn proposal_reasons(could: &CouldCome, asks: bool) -> Vec<ProposalReason> {
    let said = [
        (could.meets == Some(Clash::SameTime)).then_some(ProposalReason::Busy),
        (could.meets == Some(Clash::TooFar)).then_some(ProposalReason::TooFar),
        (asks && could.why_not.is_none()).then_some(ProposalReason::Qualified),
        could.wished.then_some(ProposalReason::Wished),
        Some(ProposalReason::ThisTerm { shifts: could.this_term }),
        (could.at_post > 0).then_some(ProposalReason::KnowsPost { shifts: could.at_post }),
        (could.at_time > 0).then_some(ProposalReason::UsualTime { shifts: could.at_time }),
        (could.same_campus == Some(true)).then_some(ProposalReason::SameCampus),
        (could.same_campus == Some(false)).then_some(ProposalReason::OtherCampus),
        (could.asked_lately > 0).then_some(ProposalReason::AskedLately { times: could.asked_lately }),
        could.said_no.then_some(ProposalReason::SaidNo),
    ];
    said.into_iter().flatten().collect()
}

/// For each person the gap they are given to, or none: as many as possible, and of all such ways one of least cost.
///
/// `places` has the cost of each place of a gap, growing; `costs` that of each person in it, if they can be there.
#[must_use]
pub fn assign(places: &[Vec<i64>], costs: &[Vec<Option<i64>>]) -> Vec<Option<usize>> {
    let people = costs.iter().map(Vec::len).max().unwrap_or_default();
    let mut given: Vec<Option<usize>> = vec![None; people];
    let mut used = vec![0_usize; places.len()];
    let order: Vec<Vec<usize>> = costs.iter().map(|row| cheapest_first(row)).collect();
    while let Some(path) = cheapest(places, (costs, &order), &given, &used) {
        for (person, gap) in &path {
            if let Some(given) = given.get_mut(*person) {
                *given = Some(*gap);
            }
        }
        // Who moves along the path leaves a place to who comes after; only the first gap gives one more.
        if let Some(used) = path.first().and_then(|(_, gap)| used.get_mut(*gap)) {
            *used += 1;
        }
    }
    given
}

/// Who can be in a gap, those of least cost first.
fn cheapest_first(row: &[Option<i64>]) -> Vec<usize> {
    let mut people: Vec<_> =
        row.iter().enumerate().filter_map(|(person, cost)| Some(((*cost)?, person))).collect();
    people.sort_unstable();
    people.into_iter().map(|(_, person)| person).collect()
}

/// How one more person is placed at least cost: who goes where, from the gap that gives one place more to somebody who is free.
fn cheapest(
    places: &[Vec<i64>],
    (costs, order): (&[Vec<Option<i64>>], &[Vec<usize>]),
    given: &[Option<usize>],
    used: &[usize],
) -> Option<Vec<(usize, usize)>> {
    let cost = |gap: usize, person: usize| costs.get(gap).and_then(|row| row.get(person).copied()).flatten();
    let mut there: Vec<Vec<usize>> = vec![Vec::new(); places.len()];
    for (person, gap) in given.iter().enumerate() {
        if let Some(there) = gap.and_then(|gap| there.get_mut(gap)) {
            there.push(person);
        }
    }
    // Reached with one place to fill there: the cost so far, and from where by taking whom away.
    let mut reached: Vec<Option<i64>> =
        places.iter().zip(used).map(|(places, used)| places.get(*used).copied()).collect();
    let mut from: Vec<Option<(usize, usize)>> = vec![None; places.len()];
    // Bellman and Ford: there is no cycle that lowers the cost, so as many rounds as gaps are enough.
    for _ in 0..places.len() {
        let mut better = false;
        for (to, there) in there.iter().enumerate() {
            for &person in there {
                let Some(left) = cost(to, person) else { continue };
                for gap in (0..places.len()).filter(|gap| *gap != to) {
                    let (Some(so_far), Some(taken)) =
                        (reached.get(gap).copied().flatten(), cost(gap, person))
                    else {
                        continue;
                    };
                    let next = so_far + taken - left;
                    let slot = reached.get_mut(to)?;
                    if slot.is_none_or(|known| next < known) {
                        *slot = Some(next);
                        *from.get_mut(to)? = Some((gap, person));
                        better = true;
                    }
                }
            }
        }
        if !better {
            break;
        }
    }
    let ends = reached.iter().zip(order).enumerate().filter_map(|(gap, (so_far, order))| {
        let person = order.iter().find(|person| given.get(**person) == Some(&None))?;
        Some(((*so_far)? + cost(gap, *person)?, gap, *person))
    });
    let (_, mut gap, person) = ends.min()?;
    let mut path = vec![(person, gap)];
    while let Some((before, moved)) = from.get(gap).copied().flatten() {
        path.push((moved, before));
        gap = before;
        if path.len() > places.len() {
            return None;
        }
    }
    path.reverse();
    Some(path)
}
