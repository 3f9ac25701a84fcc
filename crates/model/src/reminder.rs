//! Chasing: before its deadline a notice reminds those who have not answered, if its author chose so; and when its author says so.
//!
//! A reminder is a mark on the notice, not a notice of its own: each computer shows it to whoever has not answered,
//! and to nobody else.

use jiff::Timestamp;

use crate::{
    Actor, Change, Decision, Due, DueKind, Facts, Hat, Id, Kind, Notice, NoticeState, Refusal, School, limits,
};

impl Notice {
    /// When it reminds, earliest first, as long as it stands: by day, after it went out and before the deadline.
    #[must_use]
    pub fn reminders(&self, school: &School) -> Vec<Timestamp> {
        let (Some(due), true) = (self.due.as_ref().map(jiff::Zoned::timestamp), self.reminds) else {
            return Vec::new();
        };
        let from = match self.state {
            NoticeState::Held { until: from } | NoticeState::Sent { at: from } => from,
            _ => return Vec::new(),
        };
        let before = limits::REMIND_BEFORE.iter().filter_map(|before| due.checked_sub(*before).ok());
        let mut times: Vec<_> = before.map(|at| school.awake_from(at)).collect();
        times.retain(|at| from < *at && *at < due);
        times
    }
}

/// Its author reminds by hand: at once, in the quiet hours in the morning. Nobody is told twice within
/// [`limits::REMIND_AGAIN`], and nobody without end.
pub(crate) fn by_hand(facts: &Facts, actor: &Actor, id: Id<Notice>) -> Decision {
    let notice = facts.get(id)?;
    if !matches!(actor, Actor::Person { person, hat: Hat::Staff { .. } } if *person == notice.author) {
        return Err(facts.missing(Kind::Notice));
    }
    notice.still_there()?;
    if !notice.is_sent() || !notice.ask.is_duty() {
        return Err(Refusal::NothingAsked.into());
    }
    if let Some(due) = notice.due.as_ref().filter(|due| facts.past(due.timestamp())) {
        return Err(Refusal::Closed { since: due.clone() }.into());
    }
    if let Some(again) = again_from(notice).filter(|again| facts.complete() && facts.now() < *again) {
        return Err(Refusal::RemindedLately { again }.into());
    }
    let school = facts.school()?;
    // Those that went out by themselves are not counted.
    let by_itself = notice.reminders(school).into_iter().filter(|at| *at <= facts.now()).count();
    if facts.complete() && notice.reminded_at.len() >= limits::REMINDS_BY_HAND + by_itself {
        let limit = u32::try_from(limits::REMINDS_BY_HAND).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "reminders".into(), limit }.into());
    }
    let now = facts.now();
    let awake = school.awake_from(now);
    if awake > now {
        return Ok(vec![Change::Set(Due::new(DueKind::RemindNotice, id.uuid(), awake, 0))]);
    }
    Ok(vec![mark(notice, now, now)])
}

/// Before then nobody is reminded again.
fn again_from(notice: &Notice) -> Option<Timestamp> {
    notice.reminded_at.last().map(|last| last.saturating_add(limits::REMIND_AGAIN).unwrap_or(Timestamp::MAX))
}

/// The mark that those who have not answered are told by: `at` is when it was due to go out.
fn mark(notice: &Notice, at: Timestamp, now: Timestamp) -> Change {
    let mut reminded = Notice { reminded: Some(at), ..notice.clone() };
    reminded.reminded_at.push(now);
    let feeds = reminded.feeds_when_sent();
    Change::put(reminded, feeds)
}

/// The timers of a notice that goes out now.
pub(crate) fn timers(school: &School, sent: &Notice) -> Vec<Change> {
    let timer = |at| Change::Set(Due::new(DueKind::RemindNotice, sent.id.uuid(), at, 0));
    sent.reminders(school).into_iter().map(timer).collect()
}

/// A reminder is due: of two that are late together only one is seen. A late one waits for the day.
pub(crate) fn remind(facts: &Facts, id: Id<Notice>, at: Timestamp) -> Decision {
    let notice = facts.get(id)?;
    let now = facts.now();
    let over = notice.due.as_ref().is_some_and(|due| due.timestamp() <= now);
    if !notice.is_sent() || over || notice.reminded.is_some_and(|before| at <= before) {
        return Ok(Vec::new());
    }
    if again_from(notice).is_some_and(|again| now < again) {
        return Ok(Vec::new());
    }
    let awake = facts.school()?.awake_from(now);
    if awake > now {
        return Ok(vec![Change::Set(Due::new(DueKind::RemindNotice, id.uuid(), awake, 0))]);
    }
    Ok(vec![mark(notice, at, now)])
}
