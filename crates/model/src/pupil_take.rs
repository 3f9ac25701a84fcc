//! Pupils take part in a shift under an adult. A guardian who may decide puts the child down: that act is the consent. Beyond what
//! the adults of the shift may have, a pupil waits for one (等一位大人), in the order in which they were put down (ADR 51).

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Decision, DutyMark, DutySaid, Entered, Facts, Feed, Hat, Id, Kind, List, Person,
    Place, Post, Power, Proxy, PupilTerms, Refusal, Right, Shift, Stop, Year, derived, limits,
    limits::check_text,
    rights,
    shift_rest::{self, Times},
};

/// A wish about a child in a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct PupilWish {
    /// Which shift.
    pub shift: Id<Shift>,
    /// Who.
    pub child: Id<Child>,
    /// 代办: which guardian telephoned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Proxy>,
}

/// Whether a pupil comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum PupilState {
    /// Put down: comes, with an adult or waiting for one.
    Down,
    /// The family took it back.
    Withdrawn,
    /// The shift was called off.
    CalledOff,
}

/// A guardian's word that the child may take part, or no longer does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PupilConsent {
    /// Who may decide for the child, and did.
    pub by: Id<Person>,
    /// The name.
    pub by_name: String,
    /// When the school heard.
    pub at: Timestamp,
}

/// A pupil in a shift. For the family, the desk and the supervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PupilTake {
    /// Follows from shift and child.
    pub id: Id<PupilTake>,
    /// In which shift.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Who.
    pub child: Id<Child>,
    /// The name.
    pub child_name: String,
    /// The last four of 学号: two of one name are told apart.
    pub tail: String,
    /// The class, as the child was put down.
    pub class: Option<Id<Place>>,
    /// The place in the order in which they were put down.
    pub seq: u32,
    /// Whether the pupil comes.
    pub state: PupilState,
    /// Who consented.
    pub consent: PupilConsent,
    /// Who took it back: a guardian, or the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<PupilConsent>,
    /// 代办: who entered what it says now, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered: Option<Entered>,
    /// What was said on the day, the last of it last; at most [`limits::DUTY_MARKS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<DutyMark>,
    /// How many marks there were in all.
    #[serde(default)]
    pub count: u32,
    /// What holds of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<DutySaid>,
    /// Two who did not know of each other said different things, and nobody has settled it since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disputed: bool,
}

/// How many pupils come to a shift, and how far its adults reach. Public, as the counts of a shift are; who comes is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PupilFill {
    /// Follows from the shift.
    pub id: Id<PupilFill>,
    /// Of which shift.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Pupils who come or wait for an adult.
    pub pupils: u32,
    /// Adults of the school who come: no guests from outside.
    pub adults: u32,
    /// The last place in their order that has an adult; 0 for none.
    pub reaches: u32,
    /// When that was another one, the last time: a calendar tells by it that a child who waited comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Timestamp>,
}

impl PupilFill {
    /// How many more adults these pupils need, on such terms.
    #[must_use]
    pub fn adults_wanted(&self, terms: Option<&PupilTerms>) -> u32 {
        terms.map_or(0, |terms| terms.adults_wanted(self.pupils, self.adults))
    }

    /// Where that of a shift is kept.
    #[must_use]
    pub fn of(shift: Id<Shift>) -> Id<Self> {
        derived("pupil-fill", shift.uuid(), shift.uuid())
    }
}

impl PupilTake {
    /// Where that of a child in a shift is kept.
    #[must_use]
    pub fn of(shift: Id<Shift>, child: Id<Child>) -> Id<Self> {
        derived("pupil-take", shift.uuid(), child.uuid())
    }

    /// Whether the pupil comes, with an adult or waiting for one.
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.state == PupilState::Down
    }

    /// Whether the adults of the shift reach to this pupil.
    #[must_use]
    pub fn has_adult(&self, fill: &PupilFill) -> bool {
        self.is_down() && self.seq <= fill.reaches
    }

    /// How long the pupil was there, in whole minutes, once the shift is over: to its end where nobody said otherwise.
    #[must_use]
    pub fn minutes(&self, shift: &Shift, now: Timestamp) -> Option<u32> {
        let Some(DutySaid::Came { from, until }) = self.holds else { return None };
        let end = shift.ends.timestamp();
        let until = until.or((now >= end).then(|| end.max(from)))?;
        DutySaid::Came { from, until: Some(until) }.minutes()
    }

    /// Whether somebody should have seen the pupil leave, if it is still there by what was said: as late as of an adult.
    #[must_use]
    pub fn overstays(&self, shift: &Shift, now: Timestamp) -> bool {
        self.holds.as_ref().is_some_and(|said| said.overstays(shift, now))
    }

    /// For whoever may decide for the child or see its records, the desk and the supervisor.
    pub(crate) fn put(self) -> Change {
        let family = [Right::Decide, Right::Records].map(|right| Feed::ChildRight(self.child, right));
        let staff = [Feed::Desk(self.post.uuid()), Feed::Duty(self.post)];
        Change::put(self, family.into_iter().chain(staff).collect::<Vec<_>>())
    }
}

/// Those who come, in the order in which they were put down, and how far so many adults reach among them.
#[must_use]
pub fn with_adult<'p>(terms: &PupilTerms, mut down: Vec<&'p PupilTake>, adults: u32) -> Vec<&'p PupilTake> {
    down.retain(|pupil| pupil.is_down());
    down.sort_by_key(|pupil| (pupil.seq, pupil.id));
    let covered = terms.covered(u32::try_from(down.len()).unwrap_or(u32::MAX), adults);
    down.truncate(usize::try_from(covered).unwrap_or(usize::MAX));
    down
}

fn consent(facts: &Facts, guardian: Id<Person>, child: Id<Child>) -> Result<PupilConsent, Stop> {
    let link = rights::link_allowing(facts, guardian, child, Right::Decide)?;
    Ok(PupilConsent { by: guardian, by_name: link.guardian_name.clone(), at: facts.now() })
}

/// Puts a child down for a shift.
pub(crate) fn enter(facts: &Facts, actor: &Actor, wish: &PupilWish) -> Decision {
    let shift = facts.get(wish.shift)?;
    let post = facts.get(shift.post)?;
    let (child, proxy) = (wish.child, wish.on_behalf_of.as_ref());
    check_note(proxy)?;
    let guardian = rights::require_right(facts, actor, proxy, child, Right::Decide)?;
    let before = facts.find(PupilTake::of(shift.id, child))?;
    if before.is_some_and(PupilTake::is_down) && !facts.past(shift.starts.timestamp()) {
        return Err(Refusal::ShiftAlready.into());
    }
    let child = facts.get(child)?;
    check_enters(facts, shift, post, child)?;
    let pupils = facts.list::<PupilTake>(List::PupilTakesOf(shift.id), limits::ROWS_PER_LIST)?;
    // How many come is the server's to know, and the order in which they were put down.
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    let places = post.terms.pupils.as_ref().map_or(0, |terms| terms.places);
    if pupils.iter().filter(|pupil| pupil.is_down()).count() >= usize::try_from(places).unwrap_or(usize::MAX)
    {
        return Err(Refusal::ShiftFull.into());
    }
    let last = pupils.iter().map(|pupil| pupil.seq).max().unwrap_or(0);
    let take = PupilTake {
        id: PupilTake::of(shift.id, child.id),
        shift: shift.id,
        post: post.id,
        child: child.id,
        child_name: child.name.clone(),
        tail: child.number_tail(),
        class: child.class(),
        // Who comes back stands at the end, as everybody who comes later does.
        seq: last.saturating_add(1),
        state: PupilState::Down,
        consent: consent(facts, guardian, child.id)?,
        withdrawn: None,
        entered: actor.entered(facts, proxy)?,
        marks: before.map(|take| take.marks.clone()).unwrap_or_default(),
        count: before.map_or(0, |take| take.count),
        holds: before.and_then(|take| take.holds.clone()),
        disputed: before.is_some_and(|take| take.disputed),
    };
    Ok(vec![take.put()])
}

/// The rules of coming, the number of places apart: that the post takes pupils of this grade, that the shift is on and ahead, and
/// that the child is not elsewhere at that time, and rests.
fn check_enters(facts: &Facts, shift: &Shift, post: &Post, child: &Child) -> Result<(), Stop> {
    let terms = post.terms.pupils.as_ref().ok_or(Refusal::NoPupils)?;
    if facts.past(shift.starts.timestamp()) {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    if !shift.is_on() {
        return Err(Refusal::ShiftOff.into());
    }
    if post.ended.is_some() {
        return Err(Refusal::PostEnded.into());
    }
    if let Some(least) = terms.from_grade
        && grade_of(facts, shift, child)?.is_none_or(|grade| grade < i16::from(least))
    {
        return Err(Refusal::NotEligible.into());
    }
    let others = facts.list::<PupilTake>(List::PupilTakesFor(child.id), limits::ROWS_PER_LIST)?;
    let others: Vec<_> = others.into_iter().filter(|one| one.is_down() && one.shift != shift.id).collect();
    let shifts = Facts::each(&others, |one| facts.find(one.shift))?;
    let posts = Facts::each(&others, |one| facts.find(one.post))?;
    let others = shifts.into_iter().zip(posts).filter_map(|(shift, post)| Some((shift?, post?)));
    let others = others.map(|(shift, post)| (shift.id.uuid(), times_of(shift, post)));
    shift_rest::check(times_of(shift, post), others).map_err(Stop::from)
}

fn times_of<'s>(shift: &'s Shift, post: &Post) -> Times<'s> {
    (&shift.starts, &shift.ends, post.terms.rest_min)
}

/// The grade a child is in on the day of a shift, if it is in a class.
fn grade_of(facts: &Facts, shift: &Shift, child: &Child) -> Result<Option<i16>, Stop> {
    let Some(class) = child.class() else { return Ok(None) };
    let years = facts.list::<Year>(List::All(Kind::Year), limits::ROWS_PER_LIST)?;
    let class = facts.get(class)?;
    let years: Vec<_> = years.into_iter().cloned().collect();
    let day = shift.day_in(facts.school()?.time_zone());
    Ok(Year::of(&years, day).and_then(|year| class.grade_in(year.begins_in)))
}

/// Why this child could not be put down now, places apart: what a window says before anything is pressed.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded, [`Stop::Unknown`] where a replica has not got them.
pub fn why_no_pupil(
    facts: &Facts,
    actor: &Actor,
    shift: Id<Shift>,
    child: Id<Child>,
) -> Result<Option<Refusal>, Stop> {
    match enter(facts, actor, &PupilWish { shift, child, on_behalf_of: None }) {
        Ok(_) | Err(Stop::Unknown) => Ok(None),
        Err(Stop::Refused(refusal)) => Ok(Some(refusal)),
        Err(stop) => Err(stop),
    }
}

/// Takes a child out again, until the shift begins; by whoever may decide, whoever put it down. The desk needs nobody's right for it:
/// one that ended ends no consent, and for a child who left nobody may decide.
pub(crate) fn withdraw(facts: &Facts, actor: &Actor, wish: &PupilWish) -> Decision {
    let shift = facts.get(wish.shift)?;
    let proxy = wish.on_behalf_of.as_ref();
    check_note(proxy)?;
    let staff = matches!(actor, Actor::Person { hat: Hat::Staff { .. }, .. });
    let (withdrawn, entered) = if staff && proxy.is_none() {
        by_desk(facts, actor, shift.post)?
    } else {
        let guardian = rights::require_right(facts, actor, proxy, wish.child, Right::Decide)?;
        (consent(facts, guardian, wish.child)?, actor.entered(facts, proxy)?)
    };
    let before = facts.find(PupilTake::of(shift.id, wish.child))?;
    let take = before.filter(|take| take.is_down()).ok_or(Refusal::ShiftAlready)?;
    if facts.past(shift.starts.timestamp()) {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    let withdrawn = Some(withdrawn);
    let take = PupilTake { state: PupilState::Withdrawn, withdrawn, entered, ..take.clone() };
    Ok(vec![take.put()])
}

/// Whoever takes a child out at the desk, as the family reads it.
fn by_desk(facts: &Facts, actor: &Actor, post: Id<Post>) -> Result<(PupilConsent, Option<Entered>), Stop> {
    let power = Power::ManageShifts;
    rights::require_power(facts, actor, power, &facts.get(post)?.held_at)?;
    let by = actor.person().ok_or(Refusal::NoPower { power })?;
    let by_name = actor.staff_name(facts)?.unwrap_or_default();
    let entered = Entered { by: by_name.clone(), note: String::new() };
    Ok((PupilConsent { by, by_name, at: facts.now() }, Some(entered)))
}

fn check_note(proxy: Option<&Proxy>) -> Result<(), Stop> {
    proxy.map_or(Ok(()), |proxy| check_text("note", &proxy.note, 0, limits::NOTE_CHARS))
}

/// The shift does not take place.
pub(crate) fn called_off(facts: &Facts, shift: Id<Shift>) -> Decision {
    let pupils = facts.list::<PupilTake>(List::PupilTakesOf(shift), limits::ROWS_PER_LIST)?;
    let down = pupils.into_iter().filter(|pupil| pupil.is_down());
    Ok(down.map(|pupil| PupilTake { state: PupilState::CalledOff, ..pupil.clone() }.put()).collect())
}

/// Places that pupils hold are not taken back, also while they are there: refuses fewer of them. Another ratio costs nobody the place; who came last waits.
pub(crate) fn check_change(facts: &Facts, before: &Post, after: Option<&PupilTerms>) -> Result<(), Stop> {
    let places = |terms: Option<&PupilTerms>| terms.map_or(0, |terms| terms.places);
    if places(after) >= places(before.terms.pupils.as_ref()) {
        return Ok(());
    }
    let fills = Facts::each(not_over(facts, before.id)?, |shift| facts.find(PupilFill::of(shift.id)))?;
    let used = fills.into_iter().flatten().map(|fill| fill.pupils).max().unwrap_or(0);
    if used > places(after) { Err(Refusal::SeatsHeld { used }.into()) } else { Ok(()) }
}

/// The shifts of a post that are not over.
pub(crate) fn not_over(facts: &Facts, post: Id<Post>) -> Result<Vec<&Shift>, Stop> {
    let shifts = facts.list::<Shift>(List::ShiftsOf(post), limits::ROWS_PER_LIST)?;
    Ok(shifts.into_iter().filter(|shift| facts.now() < shift.ends.timestamp()).collect())
}
