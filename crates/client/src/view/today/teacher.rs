//! A teacher's day: who has not answered, what can still be taken back, who has not joined.

use jiff::Timestamp;
use xinmei_model::{Notice, NoticeState, Power};

use super::{duties, soon};
use crate::{
    api::{
        Fault,
        conversation::ConversationLine,
        family_request::RequestView,
        today::{ApprovalLine, Held, JoinCount, Progress, TeacherToday},
    },
    view::{
        class::Roll,
        family::Family,
        notice::{ClassReader, may_approve, silent},
        reading::{Reading, count},
        wishes,
    },
};

/// Names of children nobody answered for yet.
const SILENT: usize = 12;
/// A notice leaves Today so many days after it was due, or sent; the list of notices keeps it.
const DAYS_BACK: i64 = 30;
/// One that was not agreed to stays in its author's sight for so many days.
const DAYS_DECLINED: i64 = 7;

pub(crate) fn today(reading: &Reading<'_>) -> Result<TeacherToday, Fault> {
    let mut notices = reading.notices()?;
    let reader = ClassReader::of(reading);
    let mut unanswered = Vec::new();
    for notice in &notices {
        unanswered.extend(progress(reading, &reader, notice)?);
    }
    notices.retain(|notice| notice.author == reading.me);
    unanswered.sort_by_key(|one| one.due.as_ref().map_or(Timestamp::MAX, jiff::Zoned::timestamp));
    let classes: Vec<_> =
        reading.classes_with(Power::SeeClass).into_iter().map(|class| class.path.clone()).collect();
    Ok(TeacherToday {
        now: reading.zoned(reading.now),
        unanswered,
        held: notices.iter().filter_map(|notice| held(reading, notice)).collect(),
        approvals: approvals(reading)?,
        not_joined: join_counts(reading)?,
        questions: questions(reading)?,
        requests: waiting(reading)?,
        reports: reports(reading)?,
        absent: reading.absent_on(reading.day)?,
        meetings: reading.meetings_today()?,
        own: duties::asked(reading)?,
        events: soon::events(reading, |event| classes.iter().any(|path| event.is_for(path)))?,
    })
}

/// Conversations that wait for this hat's answer.
pub(super) fn questions(reading: &Reading<'_>) -> Result<Vec<ConversationLine>, Fault> {
    let mut lines = reading.conversations(&Family::of_hat(reading)?)?;
    lines.retain(|line| line.waits_for_us);
    Ok(lines)
}

/// Requests that wait for this hat's answer.
fn waiting(reading: &Reading<'_>) -> Result<Vec<RequestView>, Fault> {
    let mut requests = reading.requests(&Family::of_hat(reading)?)?;
    requests.retain(|request| request.may_answer);
    Ok(requests)
}

/// Reports that wait to be settled by this hat.
pub(super) fn reports(reading: &Reading<'_>) -> Result<u32, Fault> {
    if !reading.has(Power::Moderate) {
        return Ok(0);
    }
    let reports = reading.reports()?;
    Ok(count(reports.iter().filter(|report| report.closed.is_none() && !report.concerned)))
}

/// How far a notice has come, one's own or what one's class was asked; `None` where nothing is open.
fn progress(
    reading: &Reading<'_>,
    reader: &ClassReader<'_>,
    notice: &Notice,
) -> Result<Option<Progress>, Fault> {
    let NoticeState::Sent { at } = notice.state else { return Ok(None) };
    let since = notice.due.as_ref().map_or(at, jiff::Zoned::timestamp);
    if !notice.ask.is_duty() || !reading.is_recent(since, DAYS_BACK) {
        return Ok(None);
    }
    let Some(notice) = &reader.read(reading, notice)? else { return Ok(None) };
    let answers = reading.answers_to(notice)?;
    let answered = reading.answered_of(notice, &answers)?;
    if answered >= notice.children {
        return Ok(None);
    }
    Ok(Some(Progress {
        notice: notice.id,
        title: notice.title.clone(),
        author: (notice.author != reading.me).then(|| notice.author_title.clone()),
        due: notice.due.clone(),
        children: notice.children,
        answered,
        silent: silent(reading, notice, &answers, SILENT)?,
    }))
}

/// Notices to the whole school that this hat has not said a word to.
fn approvals(reading: &Reading<'_>) -> Result<Vec<ApprovalLine>, Fault> {
    let mut lines = Vec::new();
    for notice in reading.notices()? {
        let NoticeState::Proposed { since } = notice.state else { continue };
        if may_approve(reading, &notice)? && reading.wishes.about_notice(notice.id).is_none() {
            lines.push(ApprovalLine {
                notice: notice.id,
                title: notice.title,
                author: notice.author_name,
                author_title: notice.author_title,
                families: notice.families,
                since,
            });
        }
    }
    lines.sort_by_key(|line| line.since);
    Ok(lines)
}

/// A notice in the hold window, or still on this computer; one that waits for somebody to agree, or was not agreed to.
fn held(reading: &Reading<'_>, notice: &Notice) -> Option<Held> {
    let until = match notice.state {
        NoticeState::Held { until } => Some(until),
        NoticeState::Proposed { .. } => None,
        NoticeState::Declined { at, .. } if reading.is_recent(at, DAYS_DECLINED) => None,
        _ => return None,
    };
    let refused = reading.wishes.about_notice(notice.id).is_some_and(|state| !wishes::waits(&state));
    let pending = reading.wishes.to_send(notice.id);
    (!refused).then(|| Held {
        notice: notice.id,
        title: notice.title.clone(),
        // The hold window begins when the school has it.
        until: until.filter(|_| pending.is_none()),
        state: notice.state.clone(),
        pending,
        families: notice.families,
    })
}

/// Who has joined in the classes of the hat, by campus, grade and number.
pub(super) fn join_counts(reading: &Reading<'_>) -> Result<Vec<JoinCount>, Fault> {
    Ok(reading.rolls()?.iter().map(|roll: &Roll| roll.join_count(reading)).collect())
}
