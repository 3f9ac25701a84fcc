//! What is worth telling: from the rows as they stand, in every hat of whoever sits here, whatever hat is on.
//!
//! Nothing is noted when a row arrives. What stands is looked at anew each time, so what was recalled, replaced, read or
//! answered before it was told is not told, and what was missed while the computer slept is.

mod family;
mod gather;
mod meeting;
mod pupil;
mod settings;
mod shift;
mod staff;
mod swap;
#[cfg(test)]
mod tests;
mod turns;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use xinmei_model::{
    AlertStatus, Child, Conversation, Hat, Id, Kind, List, Message, MsgType, Notice, NoticeState, Preference,
    Side, ToTell,
};

use super::{family::Family, reading::Reading};
use crate::{
    OutboxEntry, Snapshot,
    api::{
        Fault,
        notification::{Note, NoteKind, Opening, OpensAt},
        profile::ChildName,
        sync::{ItemState, act_name},
    },
};

/// Notices and conversations it looks back at: what is older is not news.
const BACK: u32 = 400;

/// What is to be told, and what waits.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Now.
    pub(crate) tell: Vec<Note>,
    /// Later.
    pub(crate) waiting: u32,
    /// When the first of those is due.
    pub(crate) next: Option<Timestamp>,
    /// The school's now.
    pub(crate) now: Timestamp,
    /// Everything that still holds, told or not.
    pub(crate) standing: BTreeSet<String>,
}

impl Plan {
    /// Keys of all that is told now.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &String> {
        self.tell.iter().flat_map(|note| &note.keys)
    }

    /// How long until something is due.
    pub(crate) fn sleep(&self) -> Option<SignedDuration> {
        self.next.map(|next| next.duration_since(self.now))
    }
}

/// Works out what is told now. Nothing while a feed still arrives: half of the past would look like news.
pub(crate) fn plan(snapshot: &Snapshot<'_>) -> Result<Plan, Fault> {
    let mut plan = Plan { now: snapshot.now(), ..Plan::default() };
    let Some(school) = snapshot.school()?.filter(|_| !snapshot.arriving()) else { return Ok(plan) };
    let preference = preference(snapshot)?;
    let mut due = Vec::new();
    for note in news(snapshot)? {
        let Some(key) = note.keys.first() else { continue };
        let told = snapshot.is_told(key)?;
        if !plan.standing.insert(key.clone()) || told {
            continue;
        }
        let until = note.due.as_ref().map(jiff::Zoned::timestamp).filter(|_| note.what.lapses());
        let staff = matches!(note.opens.hat, Some(Hat::Staff { .. }));
        let arrival = ToTell { at: note.at, due: until, urgent: note.urgent, staff };
        let at = preference.tells_at(&school, arrival, plan.now);
        if at <= plan.now {
            due.push(note);
        } else {
            plan.waiting = plan.waiting.saturating_add(1);
            plan.next = Some(plan.next.map_or(at, |next| next.min(at)));
        }
    }
    plan.tell = gather::gather(due, preference.digest.is_some());
    Ok(plan)
}

/// When whoever sits here wants to be told.
fn preference(snapshot: &Snapshot<'_>) -> Result<Preference, Fault> {
    let me = snapshot.person();
    Ok(snapshot.get(Preference::of(me))?.unwrap_or_else(|| Preference::usual(me)))
}

/// All that could be told, told or not: in the guardian's hat first, because there it says which child.
fn news(snapshot: &Snapshot<'_>) -> Result<Vec<Note>, Fault> {
    let mut notes = Vec::new();
    let hats = snapshot.hats()?;
    for hat in &hats {
        let reading = Reading::wearing(snapshot, *hat)?;
        match hat {
            Hat::Guardian => family::news(&reading, &mut notes)?,
            Hat::Staff { .. } => staff::news(&reading, &mut notes)?,
        }
    }
    let failed = snapshot.outbox()?;
    notes.extend(failed.iter().filter_map(|entry| of_failed(entry, &hats, snapshot.now())));
    Ok(notes)
}

/// A wish the school refused or could not take: it is this computer's alone.
fn of_failed(entry: &OutboxEntry, hats: &[Hat], now: Timestamp) -> Option<Note> {
    if !matches!(entry.state, ItemState::Refused { .. } | ItemState::Parked { .. }) {
        return None;
    }
    let hat = Some(entry.mutation.hat).filter(|hat| hats.contains(hat));
    Some(Note {
        keys: vec![format!("failed/{}", entry.mutation.id)],
        what: NoteKind::Failed { act: act_name(&entry.mutation.act) },
        title: String::new(),
        children: Vec::new(),
        at: entry.composed.min(now),
        due: None,
        to_do: true,
        urgent: false,
        opens: Opening { hat, at: OpensAt::Outbox },
    })
}

impl NoteKind {
    /// Whether it is over at its time, so that a later digest would be too late for it.
    fn lapses(&self) -> bool {
        matches!(self, Self::Offer { .. } | Self::Reminder)
    }
}

/// Under which it is noted that a notice was told.
fn key_of_notice(id: Id<Notice>) -> String {
    format!("notice/{id}")
}

fn is_all_clear(notice: &Notice) -> bool {
    notice.alert.as_ref().is_some_and(|alert| alert.msg_type == MsgType::Cancel)
}

/// A notice, or an alert.
fn kind_of(notice: &Notice) -> NoteKind {
    let by = notice.author_name.clone();
    match &notice.alert {
        Some(alert) => {
            NoteKind::Alert { by, msg_type: alert.msg_type, exercise: alert.status == AlertStatus::Exercise }
        }
        None => NoteKind::Notice { by, changed: notice.supersedes.is_some() },
    }
}

impl Reading<'_> {
    /// Whether something that came about then is news here.
    fn is_news(&self, row: Uuid, at: Timestamp) -> Result<bool, Fault> {
        self.snapshot.is_news(row, at)
    }

    fn opens(&self, at: OpensAt) -> Opening {
        Opening { hat: Some(self.hat), at }
    }

    /// A notice somebody else sent.
    fn note_of_notice(&self, notice: &Notice, children: Vec<ChildName>) -> Result<Option<Note>, Fault> {
        let NoticeState::Sent { at } = notice.state else { return Ok(None) };
        if notice.author == self.me || !self.is_news(notice.id.uuid(), at)? {
            return Ok(None);
        }
        let to_do = notice.ask.is_duty() && !children.is_empty() && notice.is_asked_of(self.me);
        Ok(Some(Note {
            keys: vec![key_of_notice(notice.id)],
            what: kind_of(notice),
            title: notice.title.clone(),
            children,
            at,
            due: notice.due.clone(),
            to_do,
            // An alert wakes everybody while it is on, and so does its end.
            urgent: notice.alarms_at(self.now) || is_all_clear(notice),
            opens: self.opens(OpensAt::Notice { notice: notice.id }),
        }))
    }

    /// What others said in conversations of this hat and was not read yet, on whatever device.
    fn notes_of_messages(&self, family: &Family, notes: &mut Vec<Note>) -> Result<(), Fault> {
        let rows: Vec<Conversation> = self.snapshot.list_desc(List::All(Kind::Conversation), BACK)?;
        for row in rows.iter().filter(|row| self.is_ours(row, family)) {
            let unread = row.messages.saturating_sub(self.read_up_to(row)?);
            if unread == 0 || !self.is_news(row.id.uuid(), row.last)? {
                continue;
            }
            let Some(child): Option<Child> = self.snapshot.get(row.child)? else { continue };
            let child = self.child_name(&child)?;
            let said: Vec<Message> = self.snapshot.list_desc(List::MessagesOf(row.id), unread)?;
            for message in said.into_iter().rev() {
                notes.extend(self.note_of_message(row, message, &child)?);
            }
        }
        Ok(())
    }

    fn note_of_message(
        &self,
        row: &Conversation,
        message: Message,
        child: &ChildName,
    ) -> Result<Option<Note>, Fault> {
        let gone = message.by.person == self.me || message.deleted.is_some();
        if gone || !self.is_news(message.id.uuid(), message.at)? {
            return Ok(None);
        }
        Ok(Some(Note {
            keys: vec![format!("message/{}", message.id)],
            what: NoteKind::Message { by: message.by.name, messages: 1 },
            title: row.title.clone(),
            children: vec![child.clone()],
            at: message.at,
            due: None,
            // A family owes no answer; a family that waits for one is a teacher's business.
            to_do: self.side() == Side::School && row.waits_for(Side::School),
            urgent: false,
            opens: self.opens(OpensAt::Conversation { conversation: row.id }),
        }))
    }
}
