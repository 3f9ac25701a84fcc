//! One conversation with a page of what was said.

use std::collections::BTreeMap;

use jiff::Timestamp;
use xinmei_model::{
    Child, Conversation, ConversationDraft, Id, List, Message, MessageText, Power, ReadMark, Role, Side,
};

use super::excerpt_of;
use crate::{
    OutboxEntry,
    api::{
        Fault,
        conversation::{MarkView, MessageView, Quote, Thread},
        sync::ItemState,
    },
    fault::invalid,
    view::{family::Family, reading::Reading, wishes},
};

/// The conversation, and its last messages.
pub(super) fn open(reading: &Reading<'_>, id: Id<Conversation>, most: u32) -> Result<Thread, Fault> {
    let row = reading.conversation(id)?.ok_or_else(|| invalid("conversation"))?;
    let line = reading.conversation_line(&row)?.ok_or_else(|| invalid("conversation"))?;
    let child = reading.snapshot.get(row.child)?.ok_or_else(|| invalid("conversation"))?;
    let own = reading.role().map(|role| role.id);
    let reads_only = own.is_some_and(|role| row.only_reads(role));
    let said: Vec<Message> = reading.snapshot.list(List::MessagesOf(id))?;
    let start = said.len().saturating_sub(usize::try_from(most).unwrap_or(usize::MAX));
    let page = said.get(start..).unwrap_or_default();
    let quoted: BTreeMap<_, _> = said.iter().map(|one| (one.id, one)).collect();
    let mut messages = Vec::with_capacity(page.len());
    for one in page {
        messages.push(reading.message_view(one, &quoted, !reads_only)?);
    }
    let here = |text: &MessageText| quoted.contains_key(&text.id);
    let waiting = reading.wishes.messages(id).filter(|(text, _)| !here(text));
    for (text, entry) in waiting {
        messages.push(reading.not_foreseen(&row, text, entry)?);
    }
    let staff = reading.may(Power::Converse, &child.path) && !reads_only;
    let on = row.ended.is_none();
    let stopped = row.stop_of(reading.me).filter(|_| reading.side() == Side::Family).cloned();
    let marks: Vec<ReadMark> = reading.snapshot.list(List::ReadMarksOf(id))?;
    let others = marks.into_iter().filter(|mark| mark.shown && mark.person != reading.me);
    let (mut colleagues, mut beside) = (Vec::new(), Vec::new());
    if staff && on {
        colleagues = reading.staff_for(&child)?;
        colleagues.retain(|one| row.partner(one.role).is_none());
        beside = reading.inboxes_for(&child)?;
        beside.retain(|one| !row.is_with(one.inbox.into()));
    }
    let may_take_out = own.filter(|_| on).map(|role| row.may_be_taken_out_by(role, reading.reads()));
    Ok(Thread {
        more: start > 0,
        guardians: reading.readers(child.id)?.iter().map(|link| reading.guardian_name(link)).collect(),
        marks: others.map(|mark| MarkView { name: mark.name, up_to: mark.up_to }).collect(),
        read_up_to: reading.read_up_to(&row)?,
        may_say: on && stopped.is_none() && (staff || reading.side() == Side::Family),
        may_end: on && staff,
        reads_only,
        colleagues,
        inboxes: reading.inboxes_in(&row)?,
        inboxes_beside: beside,
        may_take_out: may_take_out.unwrap_or_default(),
        back_at: reading.back_at(&row)?,
        side: reading.side(),
        log: reading.log_of(id)?,
        stopped,
        line,
        messages,
    })
}

impl Reading<'_> {
    /// A message that was refused, or waits where nothing could be foreseen.
    fn not_foreseen(
        &self,
        row: &Conversation,
        text: &MessageText,
        entry: &OutboxEntry,
    ) -> Result<MessageView, Fault> {
        Ok(MessageView {
            id: text.id,
            seq: row.messages.saturating_add(1),
            by: None,
            own: true,
            text: text.text.clone(),
            quotes: None,
            at: entry.composed,
            earlier: Vec::new(),
            deleted: None,
            received: Vec::new(),
            may_change: false,
            may_receive: false,
            may_report: false,
            report: None,
            pending: Some(entry.state.clone()),
            mutation: Some(entry.mutation.id),
            files: self.file_views(&text.files, wishes::waits(&entry.state))?,
        })
    }

    /// A conversation of this hat, or the one a wish would begin.
    fn conversation(&self, id: Id<Conversation>) -> Result<Option<Conversation>, Fault> {
        let family = Family::of_hat(self)?;
        let row = match self.snapshot.get(id)? {
            Some(row) => Some(row),
            None => {
                let mut begun = self.wishes.conversations();
                begun
                    .find(|(draft, _)| draft.id == id)
                    .map(|(draft, entry)| self.conversation_of(draft, entry))
            }
        };
        Ok(row.filter(|row| self.is_ours(row, &family)))
    }

    /// When the first of the staff in a conversation is back, where all of them are away.
    fn back_at(&self, row: &Conversation) -> Result<Option<Timestamp>, Fault> {
        if self.side() == Side::School {
            return Ok(None);
        }
        let mut back = None;
        // Several read an inbox; somebody is there.
        if !row.inboxes.is_empty() {
            return Ok(None);
        }
        for partner in row.with.iter().filter(|partner| !partner.reads_only) {
            let role: Option<Role> = self.snapshot.get(partner.role)?;
            let hours = role.and_then(|role| role.office_hours);
            let Some(at) = hours.and_then(|hours| hours.back_at(self.now, &self.zone)) else {
                return Ok(None);
            };
            back = back.map_or(Some(at), |first: Timestamp| Some(first.min(at)));
        }
        Ok(back)
    }

    /// About whom a conversation is.
    pub(super) fn child_of(&self, id: Id<Conversation>) -> Result<Id<Child>, Fault> {
        Ok(self.conversation(id)?.ok_or_else(|| invalid("conversation"))?.child)
    }

    /// A conversation that was refused, or waits where nothing could be foreseen.
    pub(super) fn conversation_of(&self, draft: &ConversationDraft, entry: &OutboxEntry) -> Conversation {
        Conversation {
            id: draft.id,
            child: draft.child,
            with: Vec::new(),
            inboxes: Vec::new(),
            title: draft.title.clone(),
            opened: entry.composed,
            messages: 0,
            last: entry.composed,
            last_side: self.side(),
            in_a_row: 0,
            ended: None,
            stopped: Vec::new(),
        }
    }

    fn message_view(
        &self,
        said: &Message,
        all: &BTreeMap<Id<Message>, &Message>,
        may_receive: bool,
    ) -> Result<MessageView, Fault> {
        let own = said.by.person == self.me && said.by.side() == self.side();
        let wish = self.wishes.about_message(said.id);
        let busy = wish.as_ref().is_some_and(|(state, _)| wishes::waits(state));
        let report = self.own_report(said)?;
        let quote = |id| {
            let quoted = all.get(&id)?;
            Some(Quote { id, by: quoted.by.name.clone(), text: excerpt_of(quoted) })
        };
        Ok(MessageView {
            id: said.id,
            seq: said.seq,
            by: Some(said.by.clone()),
            own,
            text: said.text.clone(),
            quotes: said.quotes.and_then(quote),
            at: said.at,
            earlier: said.earlier.clone(),
            deleted: said.deleted,
            received: said.received.iter().map(|one| one.name.clone()).collect(),
            may_change: own && !busy && said.may_change_at(self.now),
            may_receive: may_receive && said.may_be_received_by(self.me),
            may_report: said.by.person != self.me && report.is_none(),
            report,
            pending: wish
                .as_ref()
                .map(|(state, _)| state.clone())
                .filter(|state| *state != ItemState::Sent || busy),
            files: self.file_views(&said.files, busy && own)?,
            mutation: wish.map(|(_, id)| id),
        })
    }
}
