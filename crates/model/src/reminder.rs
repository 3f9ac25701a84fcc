//! Automatic chasing: before its deadline a notice reminds those who have not answered, if its author chose so.
//!
//! A reminder is a mark on the notice, not a notice of its own: each computer shows it to whoever has not answered,
//! and to nobody else.

use jiff::Timestamp;

use crate::{Change, Decision, Due, DueKind, Facts, Id, Notice, NoticeState, School, limits};

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

/// The timers of a notice that goes out now.
pub(crate) fn timers(school: &School, sent: &Notice) -> Vec<Change> {
    let timer = |at| Change::Set(Due::new(DueKind::RemindNotice, sent.id.uuid(), at, 0));
    sent.reminders(school).into_iter().map(timer).collect()
}

/// A reminder is due: of two that are late together only one is seen. A late one waits for the day.
pub(crate) fn remind(facts: &Facts, id: Id<Notice>, at: Timestamp) -> Decision {
    let notice = facts.get(id)?;
    let now = facts.now();
    let over = notice.due.as_ref().is_none_or(|due| due.timestamp() <= now);
    if !notice.is_sent() || over || notice.reminded.is_some_and(|before| at <= before) {
        return Ok(Vec::new());
    }
    let awake = facts.school()?.awake_from(now);
    if awake > now {
        return Ok(vec![Change::Set(Due::new(DueKind::RemindNotice, id.uuid(), awake, 0))]);
    }
    let mut reminded = Notice { reminded: Some(at), ..notice.clone() };
    reminded.reminded_at.push(now);
    let feeds = reminded.feeds_when_sent();
    Ok(vec![Change::put(reminded, feeds)])
}
