//! Notices: what a family received, what an author wrote, and one notice whole.

mod acts;
mod preview;
mod received;
mod sheet;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use xinmei_model::{
    Answer, Ask as Asked, Audience, Hat, Id, Kind, List, Notice, NoticeDraft, NoticeState, Power, Target,
};

pub(crate) use self::{received::Received, sheet::silent};
use super::{
    ask::read,
    family::Family,
    reading::{Reading, count},
    wishes,
};
use crate::{
    Client, OutboxEntry,
    api::{
        self, Ask, Fault,
        notice::{AudienceName, NoticeLine, Notices, Opened, Places},
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
        read(client, move |reading| open(reading, self.notice)).await
    }
}

impl Ask for api::notice::Reach {
    type Reply = Places;

    async fn answer(self, client: &Client) -> Result<Places, Fault> {
        read(client, |reading| Ok(Places { places: reading.place_names_with(Power::SendNotices) })).await
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
    } else {
        for notice in notices {
            if notice.author == reading.me || heard_in_hat(reading, &notice) {
                lines.push(reading.line_of_staff(&notice)?);
            }
        }
    }
    Ok(Notices { notices: lines })
}

/// Whether a colleague's notice went to the place of this hat or to one above it.
fn heard_in_hat(reading: &Reading<'_>, notice: &Notice) -> bool {
    let role = reading.role().and_then(|role| reading.places.get(&role.place));
    role.is_some_and(|place| notice.heard_at(&place.path))
}

fn open(reading: &Reading<'_>, id: Id<Notice>) -> Result<Opened, Fault> {
    let notice = reading.notice(id)?.ok_or_else(|| invalid("notice"))?;
    let (line, sheet) = if reading.hat == Hat::Guardian {
        let received = Received::load(reading, Family::of_hat(reading)?)?;
        let children = received.children(reading, &notice);
        if children.is_empty() {
            return Err(invalid("notice"));
        }
        let sheet = sheet::of_family(reading, &notice, &received)?;
        (reading.line_received(&notice, children)?, sheet)
    } else if notice.author == reading.me {
        (reading.line_of_staff(&notice)?, sheet::of_author(reading, &notice)?)
    } else if heard_in_hat(reading, &notice) {
        (reading.line_of_staff(&notice)?, Vec::new())
    } else {
        return Err(invalid("notice"));
    };
    Ok(Opened {
        line,
        body: notice.body,
        audience: reading.audience_names(&notice.audience)?,
        families: notice.families,
        sheet,
        supersedes: notice.supersedes,
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
        let NoticeDraft { id, audience, families_seen, title, body, ask, due, supersedes, changed } =
            draft.clone();
        let hold = self.school.as_ref().map_or(0, |school| i64::from(school.hold_s));
        let until = entry.composed.saturating_add(SignedDuration::from_secs(hold)).unwrap_or(entry.composed);
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
            due,
            state: NoticeState::Held { until },
            supersedes,
            changed,
            composed: entry.composed,
        }
    }

    /// What was answered for whom.
    pub(crate) fn answers_to(&self, notice: &Notice) -> Result<Vec<Answer>, Fault> {
        match notice.ask {
            Asked::Nothing => Ok(Vec::new()),
            Asked::Acknowledge => self.snapshot.list(List::AnswersTo(notice.id)),
        }
    }

    /// Children answered for, of those who were reached: 代办 also answers for children nobody told.
    pub(crate) fn answered_of(&self, answers: &[Answer]) -> Result<u32, Fault> {
        let (entered, own): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.entered.is_some());
        let children: Vec<_> = entered.into_iter().map(|answer| answer.child).collect();
        Ok(count(own).saturating_add(count(sheet::reached(self, &children)?)))
    }

    fn line_received(&self, notice: &Notice, children: Vec<ChildName>) -> Result<NoticeLine, Fault> {
        let answers = self.answers_to(notice)?;
        let ours = |answer: &&Answer| children.iter().any(|child| child.id == answer.child);
        let answered = count(answers.iter().filter(ours));
        let wishes = children.iter().filter_map(|child| self.wishes.answer(notice.id, child.id));
        // What was refused needs eyes first.
        let pending = wishes.min_by_key(wishes::waits);
        let of = if notice.ask == Asked::Nothing { 0 } else { count(&children) };
        Ok(NoticeLine { children, answered, of, pending, ..self.line_of_staff(notice)? })
    }

    fn line_of_staff(&self, notice: &Notice) -> Result<NoticeLine, Fault> {
        let mine = notice.author == self.me;
        let asks = mine && notice.ask != Asked::Nothing;
        Ok(NoticeLine {
            id: notice.id,
            title: notice.title.clone(),
            author: notice.author_name.clone(),
            author_title: notice.author_title.clone(),
            mine,
            at: time_of(notice),
            state: notice.state.clone(),
            ask: notice.ask,
            due: notice.due.clone(),
            changed: notice.changed.clone(),
            children: Vec::new(),
            answered: if asks { self.answered_of(&self.answers_to(notice)?)? } else { 0 },
            of: if asks { notice.children } else { 0 },
            pending: self.wishes.about_notice(notice.id),
        })
    }

    fn audience_names(&self, audience: &Audience) -> Result<Vec<AudienceName>, Fault> {
        let parts = audience.include.iter().map(|target| (target, false));
        let mut names = Vec::new();
        for (target, except) in parts.chain(audience.except.iter().map(|target| (target, true))) {
            match target {
                Target::Place(place) => {
                    names.push(AudienceName::Place { place: self.place_name(*place), except });
                }
                Target::Child(child) => {
                    let known = self.child_names(&[*child])?.into_iter();
                    names.extend(known.map(|child| AudienceName::Child { child, except }));
                }
            }
        }
        Ok(names)
    }
}
