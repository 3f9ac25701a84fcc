//! A notice that repeats: each time is a notice of its own, made by a timer when the one before goes out, so that its
//! author always has the next one in hand.

use jiff::{SignedDuration, Timestamp, Zoned};
use rrule::RRuleSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Due, DueKind, Facts, Feed, Hat, HolidayName, Holidays, Id, Kind, Notice,
    NoticeDraft, NoticeState, Person, Refusal, Role, School, Stop, derived, holidays, limits, notice::count,
    recall::recall, recipients, sending, time_ordered,
};

/// An occurrence that could not be made in time is left out after this long: yesterday's reminder helps nobody.
const LATE: SignedDuration = SignedDuration::from_hours(12);

/// A series as its author composed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesDraft {
    /// Made by the author's device.
    pub id: Id<Series>,
    /// The first of them: `send_at` is where the rule begins, `due` moves along by days.
    pub notice: NoticeDraft,
    /// An RRULE of RFC 5545, daily, weekly or monthly, with UNTIL or COUNT: `FREQ=WEEKLY;BYDAY=MO;COUNT=8`.
    pub rule: String,
    /// 跳过放假: not on public holidays. A weekend that is worked is not added.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skip_holidays: bool,
}

/// A series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Identity.
    pub id: Id<Series>,
    /// Who wrote it.
    pub author: Id<Person>,
    /// The hat it was written in: each occurrence is sent in it, as long as it is worn.
    pub role: Id<Role>,
    /// What each of them says.
    pub notice: NoticeDraft,
    /// When.
    pub rule: String,
    /// Not on public holidays.
    #[serde(default)]
    pub skip_holidays: bool,
    /// Occurrences that were made or left out.
    pub made: u32,
    /// The last that was made.
    pub last: Id<Notice>,
    /// Since when nothing more comes of it.
    pub ended: Option<Timestamp>,
}

/// The times of a rule on the school's clock, from `from` on; at most one more than [`limits::OCCURRENCES`]. `None` where
/// the rule cannot be read, never ends, or never comes.
#[must_use]
pub fn occurrences(school: &School, rule: &str, from: &Zoned) -> Option<Vec<Zoned>> {
    let plain =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, ';' | '=' | ',' | '+' | '-');
    let often = rule
        .split(';')
        .next()
        .is_some_and(|freq| matches!(freq, "FREQ=DAILY" | "FREQ=WEEKLY" | "FREQ=MONTHLY"));
    let ends = rule.split(';').any(|part| part.starts_with("UNTIL=") || part.starts_with("COUNT="));
    if rule.len() > limits::RULE_CHARS || !rule.chars().all(plain) || !often || !ends {
        return None;
    }
    let zone = school.time_zone();
    let begins = from.with_time_zone(zone.clone()).strftime("%Y%m%dT%H%M%S").to_string();
    let set: RRuleSet = format!("DTSTART;TZID={}:{begins}\nRRULE:{rule}", school.zone).parse().ok()?;
    let most = u16::try_from(limits::OCCURRENCES).unwrap_or(u16::MAX).saturating_add(1);
    let found = set.all(most).dates.into_iter();
    let times: Option<Vec<_>> =
        found.map(|at| Some(Timestamp::from_second(at.timestamp()).ok()?.to_zoned(zone.clone()))).collect();
    times.filter(|times| !times.is_empty())
}

/// A time of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// When it would come.
    pub at: Zoned,
    /// The holiday it is left out for.
    pub left_out: Option<HolidayName>,
}

/// The times of a rule as [`occurrences`] has them; those on a holiday are marked as left out, where `avoid` says what is
/// one. They count all the same: a rule that comes eight times and is left out once comes seven times, so that a holiday
/// announced later moves none of the others.
#[must_use]
pub fn occurrences_avoiding(
    school: &School,
    rule: &str,
    from: &Zoned,
    avoid: Option<&Holidays>,
) -> Option<Vec<Occurrence>> {
    let judged = |at: Zoned| {
        let left_out = avoid.and_then(|holidays| holidays.day(at.date()).holiday());
        Occurrence { at, left_out }
    };
    Some(occurrences(school, rule, from)?.into_iter().map(judged).collect())
}

/// What a series avoids: nothing, where its author did not ask for it.
fn avoided(facts: &Facts, skip_holidays: bool) -> Result<Option<Holidays>, Stop> {
    skip_holidays.then(|| holidays(facts)).transpose()
}

/// The notice of one occurrence: due as many days after it goes out, at the same time of day.
fn occurrence(first: &NoticeDraft, at: &Zoned, id: Id<Notice>) -> NoticeDraft {
    let moved = |due: &Zoned| {
        let zone = at.time_zone().clone();
        let from = first.send_at.as_ref().unwrap_or(at).with_time_zone(zone.clone());
        let due = due.with_time_zone(zone.clone());
        let days = from.date().until(due.date()).ok()?;
        at.date().checked_add(days).ok()?.to_datetime(due.time()).to_zoned(zone).ok()
    };
    NoticeDraft { id, due: first.due.as_ref().and_then(moved), send_at: Some(at.clone()), ..first.clone() }
}

impl Series {
    /// When it comes, the times that are over too. What is a holiday matters where it was asked to skip them.
    #[must_use]
    pub fn times(&self, school: &School, holidays: &Holidays) -> Vec<Occurrence> {
        let from = self.notice.send_at.as_ref();
        let avoid = self.skip_holidays.then_some(holidays);
        from.and_then(|from| occurrences_avoiding(school, &self.rule, from, avoid)).unwrap_or_default()
    }

    /// The id of an occurrence: the same on every node, and of the form a device gives.
    fn occurrence_id(&self, place: u32, at: &Zoned) -> Id<Notice> {
        let own = derived::<Notice>(&format!("occurrence/{place}"), self.id.uuid(), self.id.uuid());
        let random = own.uuid().as_bytes().first_chunk().copied().unwrap_or_default();
        let ms = u64::try_from(at.timestamp().as_millisecond()).unwrap_or_default();
        time_ordered(ms, random)
    }

    /// The timer that makes the occurrence at `place`.
    fn timer(&self, place: u32, at: Timestamp) -> Change {
        Change::Set(Due::new(DueKind::RepeatNotice, self.id.uuid(), at, place))
    }

    fn put(self) -> Change {
        let feed = Feed::Author(self.author);
        Change::put(self, [feed])
    }
}

/// The times that are not left out, each with its place among all of them.
fn coming(times: &[Occurrence]) -> impl Iterator<Item = (u32, &Zoned)> {
    let kept = (0_u32..).zip(times).filter(|(_, time)| time.left_out.is_none());
    kept.map(|(place, time)| (place, &time.at))
}

/// Begins a series: its first notice is with its author at once.
pub(crate) fn repeat(facts: &Facts, actor: &Actor, draft: &SeriesDraft) -> Decision {
    let SeriesDraft { id, notice: first, rule, skip_holidays } = draft;
    let odd = |field: &str| Stop::from(Refusal::Malformed { field: field.into() });
    let from = first.send_at.as_ref().ok_or_else(|| odd("send_at"))?;
    if first.alert.is_some() {
        return Err(odd("alert"));
    }
    if first.supersedes.is_some() || first.keeps_answers || first.changed.is_some() {
        return Err(odd("supersedes"));
    }
    let avoid = avoided(facts, *skip_holidays)?;
    let times =
        occurrences_avoiding(facts.school()?, rule, from, avoid.as_ref()).ok_or_else(|| odd("rule"))?;
    if times.len() > limits::OCCURRENCES {
        let limit = u32::try_from(limits::OCCURRENCES).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "rule".into(), limit }.into());
    }
    let mut coming = coming(&times);
    // Where all of them are left out it never comes.
    let (Some((place, begins)), Some(ends)) = (coming.next(), times.last()) else { return Err(odd("rule")) };
    // As for a single notice: only the school's clock says what is far.
    if facts.complete() && ends.at.timestamp() > facts.now() + limits::SCHEDULE_AHEAD {
        return Err(odd("rule"));
    }
    if facts.taken(*id)? {
        return Err(odd("id"));
    }
    let mut changes = sending::send(facts, actor, &occurrence(first, begins, first.id))?;
    let Actor::Person { person, hat: Hat::Staff { role } } = actor else { return Err(odd("hat")) };
    let series = Series {
        id: *id,
        author: *person,
        role: *role,
        notice: first.clone(),
        rule: rule.clone(),
        skip_holidays: *skip_holidays,
        made: place.saturating_add(1),
        last: first.id,
        ended: coming.next().is_none().then(|| facts.now()),
    };
    if series.ended.is_none() {
        changes.push(series.timer(series.made, begins.timestamp()));
    }
    changes.push(series.put());
    Ok(changes)
}

/// Makes the occurrence at `place`, in the hat it was written in. Once that reaches nobody any more, the series is over.
pub(crate) fn next(facts: &Facts, id: Id<Series>, place: u32) -> Decision {
    let series = facts.get(id)?;
    if series.ended.is_some() || series.made != place {
        return Ok(Vec::new());
    }
    let (school, now) = (facts.school()?, facts.now());
    let over = |series: &Series| vec![Series { ended: Some(now), ..series.clone() }.put()];
    let avoid = avoided(facts, series.skip_holidays)?.unwrap_or_else(Holidays::carried);
    let times = series.times(school, &avoid);
    let mut coming = coming(&times).skip_while(|(at, _)| *at < place);
    let late = |at: &Zoned| at.timestamp().saturating_add(LATE).is_ok_and(|last| last <= now);
    let Some((place, at)) = coming.find(|(_, at)| !late(at)) else { return Ok(over(series)) };
    let last = series.occurrence_id(place, at);
    let families_seen = count(recipients(facts, &series.notice.audience)?.families.len());
    let draft = NoticeDraft { families_seen, ..occurrence(&series.notice, at, last) };
    let author = Actor::Person { person: series.author, hat: Hat::Staff { role: series.role } };
    let mut series = Series { made: place.saturating_add(1), ..series.clone() };
    let mut changes = match sending::send(facts, &author, &draft) {
        Ok(changes) => {
            series.last = last;
            changes
        }
        // This time it cannot be; the next time it may.
        Err(Stop::Refused(Refusal::AudienceEmpty | Refusal::DueTooEarly { .. })) => Vec::new(),
        Err(Stop::Refused(_)) => return Ok(over(&series)),
        Err(stop) => return Err(stop),
    };
    if coming.next().is_some() {
        changes.push(series.timer(series.made, at.timestamp()));
    } else {
        series.ended = Some(now);
    }
    changes.push(series.put());
    Ok(changes)
}

/// Ends a series. What is still in its author's hands is taken back; what families have stays.
pub(crate) fn end(facts: &Facts, actor: &Actor, id: Id<Series>) -> Decision {
    let series = facts.get(id)?;
    if actor.person() != Some(series.author) {
        return Err(facts.missing(Kind::Series));
    }
    let mut changes = Vec::new();
    // The last of them is in hand although nothing more comes of the series.
    if let Some(last) = facts.find(series.last)?
        && matches!(last.state, NoticeState::Held { .. } | NoticeState::Proposed { .. })
    {
        changes = recall(facts, actor, last.id, "")?;
    }
    if series.ended.is_none() {
        changes.push(Series { ended: Some(facts.now()), ..series.clone() }.put());
    }
    Ok(changes)
}
