//! Notices: what a family received, what an author wrote, and one notice whole.

mod acts;
mod audience;
mod child_files;
mod choices;
mod class_reader;
mod delivery;
mod export;
mod noise;
mod on_behalf;
mod preview;
mod recalled;
mod received;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use xinmei_model::{
    Answer, AnsweredBy, Child, Hat, Id, Kind, Link, List, Notice, NoticeDraft, NoticeState, Power, Seen,
    approvers, goes_out,
};

pub(crate) use self::{
    acts::draft_of, class_reader::ClassReader, recalled::left_without, received::Received, sheet::silent,
};
use super::{
    alert,
    ask::read,
    family::Family,
    reading::{Reading, count},
    wishes,
};
use crate::{
    Client, OutboxEntry,
    api::{
        self, Ask, Fault,
        notice::{AskedOf, NoticeLine, Notices, Opened, Places},
        profile::ChildName,
    },
    fault::invalid,
};

/// Notices a list goes back to: a school year of a family with children in several classes.
const NOTICES: u32 = 400;

impl Ask for api::notice::List {
    type Reply = Notices;

    async fn answer(self, client: &Client) -> Result<Notices, Fault> {
        read(client, list).await
    }
}

impl Ask for api::notice::Open {
    type Reply = Opened;

    async fn answer(self, client: &Client) -> Result<Opened, Fault> {
        read(client, move |reading| open(reading, self.notice, self.child)).await
    }
}

impl Ask for api::notice::Asked {
    type Reply = AskedOf;

    async fn answer(self, client: &Client) -> Result<AskedOf, Fault> {
        read(client, move |reading| on_behalf::asked(reading, self.child)).await
    }
}

impl Ask for api::notice::Reach {
    type Reply = Places;

    async fn answer(self, client: &Client) -> Result<Places, Fault> {
        read(client, audience::reach).await
    }
}

fn list(reading: &Reading<'_>) -> Result<Notices, Fault> {
    let notices = reading.notices()?;
    let mut lines = Vec::new();
    if reading.hat == Hat::Guardian {
        let received = Received::load(reading, Family::of_hat(reading)?)?;
        for notice in notices {
            let children = received.children(reading, &notice);
            if !children.is_empty() {
                lines.push(reading.line_received(&notice, children)?);
            }
        }
        for (notice, children) in recalled::of_family(reading, &received)? {
            lines.push(reading.line_received(&notice, children)?);
        }
    } else {
        let reader = ClassReader::of(reading);
        for notice in notices {
            let seen = notice.author == reading.me || heard_in_hat(reading, &notice);
            if seen || may_approve(reading, &notice)? {
                let read = reader.read(reading, &notice)?;
                lines.push(reading.line_of_staff(&notice, read.as_ref())?);
            }
        }
        for notice in recalled::of_staff(reading)? {
            lines.push(reading.line_of_staff(&notice, None)?);
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    Ok(Notices { notices: lines })
}

/// Whether a colleague's notice went to the place of this hat or to one above it.
pub(super) fn heard_in_hat(reading: &Reading<'_>, notice: &Notice) -> bool {
    let role = reading.role().and_then(|role| reading.places.get(&role.place));
    role.is_some_and(|place| notice.heard_at(&place.path))
}

/// Whether this hat may say yes or no to a notice that waits for somebody.
pub(crate) fn may_approve(reading: &Reading<'_>, notice: &Notice) -> Result<bool, Fault> {
    if !matches!(notice.state, NoticeState::Proposed { .. }) || !reading.has(Power::ApproveNotices) {
        return Ok(false);
    }
    let role = reading.role().map(|role| role.id);
    let found = reading.snapshot.settle(|facts| {
        let roles = approvers(facts, &notice.audience, notice.author)?;
        Ok(roles.into_iter().any(|one| Some(one.id) == role))
    })?;
    Ok(found.unwrap_or(false))
}

/// The notice, where it is for whoever sits here, and the family's children it is for.
fn is_here(
    reading: &Reading<'_>,
    received: Option<&Received>,
    notice: Notice,
) -> Result<Option<(Notice, Vec<ChildName>)>, Fault> {
    if let Some(received) = received {
        let children = received.children(reading, &notice);
        return Ok((!children.is_empty()).then_some((notice, children)));
    }
    let seen =
        notice.author == reading.me || heard_in_hat(reading, &notice) || may_approve(reading, &notice)?;
    Ok(seen.then(|| (notice, Vec::new())))
}

fn open(reading: &Reading<'_>, id: Id<Notice>, child: Option<Id<Child>>) -> Result<Opened, Fault> {
    let received = (reading.hat == Hat::Guardian)
        .then(|| Received::load(reading, Family::of_hat(reading)?))
        .transpose()?;
    let kept = reading.notice(id)?;
    let cell = match (&kept, child) {
        (Some(notice), Some(child)) => on_behalf::cell(reading, notice, child)?,
        _ => None,
    };
    let taking_a_call = kept.clone().filter(|_| cell.is_some()).map(|notice| (notice, Vec::new()));
    let found = match kept.map(|notice| is_here(reading, received.as_ref(), notice)).transpose()?.flatten() {
        Some(found) => Some(found),
        None => recalled::find(reading, received.as_ref(), id)?.or(taking_a_call),
    };
    let (notice, children) = found.ok_or_else(|| invalid("notice"))?;
    let (mut read_families, mut on_behalf) = (None, false);
    let (mut line, sheet) = if let Some(received) = &received {
        let sheet = sheet::of_family(reading, &notice, received)?;
        (reading.line_received(&notice, children)?, sheet)
    } else {
        let read = ClassReader::of(reading).read(reading, &notice)?;
        let sheet = read.as_ref().map(|read| sheet::of_staff(reading, read)).transpose()?;
        on_behalf = read.is_none() && cell.is_some();
        read_families = read.as_ref().map(|read| read.families).or(on_behalf.then_some(0));
        (reading.line_of_staff(&notice, read.as_ref())?, sheet.unwrap_or_else(|| cell.into_iter().collect()))
    };
    // On its own page the change stays to be read.
    line.changed.clone_from(&notice.changed);
    let school = reading.school.as_ref().filter(|_| line.mine);
    let reminders = school.map_or_else(Vec::new, |school| notice.reminders(school));
    let may_approve = may_approve(reading, &notice)? && reading.wishes.about_notice(id).is_none();
    let (choices, sha256) = (choices::of(reading, &notice)?, notice.text_sha256());
    let waits = line.pending.as_ref().is_some_and(wishes::waits);
    let mut child_files = child_files::seen(reading, &notice, &line.children, waits && line.mine)?;
    child_files.retain(|own| !on_behalf || Some(own.child.id) == child);
    let incident = alert::called(reading, &notice)?;
    Ok(Opened {
        child_files,
        files: reading.file_views(&notice.files, waits && line.mine)?,
        line,
        body: notice.body,
        audience: reading.audience_names(&notice.audience)?,
        families: read_families.unwrap_or(notice.families),
        sheet,
        on_behalf,
        supersedes: notice.supersedes,
        keeps_answers: notice.keeps_answers,
        class_reads: notice.class_reads,
        reminds: notice.reminds,
        reminders,
        reminded_at: if reading.hat == Hat::Guardian { Vec::new() } else { notice.reminded_at },
        seen: reading.snapshot.get(Seen::of(id, reading.me))?.is_some(),
        reminding: reading.wishes.remind(id),
        choices,
        sha256,
        approved: notice.approved,
        may_approve,
        incident,
        answered_by: notice.answered_by,
        audience_is: notice.audience,
    })
}

/// When it was sent, or composed.
fn time_of(notice: &Notice) -> Timestamp {
    match notice.state {
        NoticeState::Sent { at } => at,
        _ => notice.composed,
    }
}

/// A child for whom nothing is left to answer.
pub(crate) struct Complete {
    pub(crate) child: Id<Child>,
    /// Staff entered all of it: 代办 also answers for children nobody told.
    pub(crate) entered: bool,
    /// When the last of it came.
    pub(crate) at: Timestamp,
}

impl Reading<'_> {
    /// Every notice here, newest first, with those that wait or were refused on this computer.
    pub(crate) fn notices(&self) -> Result<Vec<Notice>, Fault> {
        let mut notices: Vec<Notice> = self.snapshot.list_desc(List::All(Kind::Notice), NOTICES)?;
        for (draft, entry) in self.wishes.notices() {
            if notices.iter().all(|notice| notice.id != draft.id) {
                notices.push(self.notice_of(draft, entry));
            }
        }
        notices.sort_by_key(|notice| std::cmp::Reverse(time_of(notice)));
        Ok(notices)
    }

    fn notice(&self, id: Id<Notice>) -> Result<Option<Notice>, Fault> {
        if let Some(notice) = self.snapshot.get(id)? {
            return Ok(Some(notice));
        }
        let draft = self.wishes.notices().find(|(draft, _)| draft.id == id);
        Ok(draft.map(|(draft, entry)| self.notice_of(draft, entry)))
    }

    /// A draft in the outbox, as it will read once the school has it.
    fn notice_of(&self, draft: &NoticeDraft, entry: &OutboxEntry) -> Notice {
        let NoticeDraft { id, audience, families_seen, title, body, ask, answered_by, .. } = draft.clone();
        let NoticeDraft { due, send_at, supersedes, keeps_answers, changed, reminds, alert, files, .. } =
            draft.clone();
        let (class_reads, asks_again) = (draft.class_reads, draft.asks_again.clone());
        let goes = |school| goes_out(school, send_at.as_ref(), entry.composed);
        let held = self.school.as_ref().filter(|_| alert.is_none());
        let until = held.map_or(entry.composed, goes);
        let role = self.role();
        Notice {
            id,
            author: self.me,
            author_name: role.map(|role| role.person_name.clone()).unwrap_or_default(),
            author_title: role.map(|role| role.title.clone()).unwrap_or_default(),
            audience,
            children: 0,
            families: families_seen,
            title,
            body,
            ask,
            answered_by,
            due,
            state: NoticeState::Held { until },
            supersedes,
            keeps_answers,
            asks_again,
            changed,
            class_reads,
            reminds,
            reminded: None,
            send_at,
            approved: None,
            incident: alert.as_ref().map(|_| supersedes.unwrap_or(id)),
            alert,
            reminded_at: Vec::new(),
            went_out: None,
            composed: entry.composed,
            files,
        }
    }

    /// What was answered for whom; in a staff hat that is not its author's, for children of its class.
    pub(crate) fn answers_to(&self, notice: &Notice) -> Result<Vec<Answer>, Fault> {
        if !notice.ask.is_duty() {
            return Ok(Vec::new());
        }
        let mut answers: Vec<Answer> = self.snapshot.list(List::AnswersTo(notice.id))?;
        if let Some(role) = self.role().filter(|_| self.hat != Hat::Guardian && notice.author != self.me) {
            let children: Vec<Child> = self.snapshot.list(List::ChildrenIn(role.place))?;
            let ours: HashSet<_> = children.iter().map(|child| child.id).collect();
            answers.retain(|answer| ours.contains(&answer.child));
        }
        Ok(answers)
    }

    /// Children for whom nothing is left to answer: by anybody, for staff; by whoever sits here, for a family, which
    /// holds no other link.
    pub(crate) fn complete(&self, notice: &Notice, answers: &[Answer]) -> Result<Vec<Complete>, Fault> {
        let mut by_child: BTreeMap<Id<Child>, Vec<&Answer>> = BTreeMap::new();
        for answer in answers {
            by_child.entry(answer.child).or_default().push(answer);
        }
        let mut complete = Vec::new();
        for (child, answers) in by_child {
            let links: Vec<Link> = match notice.answered_by {
                AnsweredBy::EachGuardian => self.snapshot.list(List::LinksOf(child))?,
                _ => Vec::new(),
            };
            if notice.is_answered(&answers, &links, self.day) {
                let entered = answers.iter().all(|answer| answer.given.entered.is_some());
                let at = answers.iter().map(|answer| answer.given.at).max().unwrap_or_default();
                complete.push(Complete { child, entered, at });
            }
        }
        Ok(complete)
    }

    /// Children answered for, of those who were reached: 代办 also answers for children nobody told.
    pub(crate) fn answered_of(&self, notice: &Notice, answers: &[Answer]) -> Result<u32, Fault> {
        let complete = self.complete(notice, answers)?;
        let (entered, own): (Vec<_>, Vec<_>) = complete.into_iter().partition(|one| one.entered);
        let children: Vec<_> = entered.into_iter().map(|one| one.child).collect();
        Ok(count(own).saturating_add(count(sheet::reached(self, &children)?)))
    }

    /// Whether whoever sits here answered the notice as it stands: an answer that was carried over from what it replaces is older.
    pub(crate) fn has_answered(&self, notice: &Notice, answers: &[Answer]) -> bool {
        let NoticeState::Sent { at } = notice.state else { return false };
        let mut given = answers.iter().map(|answer| &answer.given);
        given.any(|given| given.guardian == self.me && given.entered.is_none() && given.at >= at)
    }

    fn line_received(&self, notice: &Notice, children: Vec<ChildName>) -> Result<NoticeLine, Fault> {
        let answers = self.answers_to(notice)?;
        let complete = self.complete(notice, &answers)?;
        let ours = |one: &&Complete| children.iter().any(|child| child.id == one.child);
        let answered = count(complete.iter().filter(ours));
        let wishes = children.iter().filter_map(|child| self.wishes.answer(notice.id, child.id));
        // What was refused needs eyes first.
        let pending = wishes.min_by_key(wishes::waits);
        let asked = notice.ask.is_duty() && notice.is_asked_of(self.me);
        let of = if asked { count(&children) } else { 0 };
        // A change is pointed out once: whoever has had it on the screen, or answered it on Today, knows.
        let seen = self.snapshot.get(Seen::of(notice.id, self.me))?.is_some();
        let changed = notice.changed.clone().filter(|_| !seen && !self.has_answered(notice, &answers));
        Ok(NoticeLine { children, answered, of, pending, changed, ..self.line_of_staff(notice, None)? })
    }

    /// A line of the list, with how far that of it has come whose answers are read.
    fn line_of_staff(&self, notice: &Notice, read: Option<&Notice>) -> Result<NoticeLine, Fault> {
        let mine = notice.author == self.me;
        let read = read.filter(|read| read.ask.is_duty());
        let answered = read.map(|read| self.answered_of(read, &self.answers_to(read)?)).transpose()?;
        Ok(NoticeLine {
            id: notice.id,
            title: notice.title.clone(),
            author: notice.author_name.clone(),
            author_title: notice.author_title.clone(),
            mine,
            at: time_of(notice),
            state: notice.state.clone(),
            ask: notice.ask.clone(),
            due: notice.due.clone(),
            changed: notice.changed.clone(),
            reminded: notice.reminded,
            alert: notice.alert.clone(),
            children: Vec::new(),
            answered: answered.unwrap_or_default(),
            of: read.map_or(0, |read| read.children),
            pending: self.wishes.about_notice(notice.id),
        })
    }
}
