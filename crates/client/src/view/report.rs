//! Reports: made in a conversation, settled by whoever is asked to.

use std::collections::BTreeMap;

use xinmei_model::{
    Access, AccessKind, Act, Id, Kind, Link, List, Message, Power, Report, ReportDraft, may_read_along,
    wire::{ReadReported, ReportedThread as Sent},
};

use super::{
    ask::{read, save},
    reading::Reading,
};
use crate::{
    Client,
    api::{
        self, Ask, Fault, Saved,
        conversation::{OwnReport, Quote},
        report::{
            AppointReader, Appointed, Close, GuardianHere, LetWrite, Make, Read, ReportView, ReportedMessage,
            ReportedThread, Reports, Stop,
        },
        sync::ItemState,
    },
    fault::invalid,
    view::conversation::{choice, excerpt_of},
};

/// Reports a list goes back to.
const BACK: u32 = 1_000;

impl Ask for api::report::List {
    type Reply = Reports;

    async fn answer(self, client: &Client) -> Result<Reports, Fault> {
        read(client, list).await
    }
}

impl Ask for Make {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { message, reason, words } = self;
        let child = read(client, move |reading| {
            let said = reading.snapshot.get(message)?.ok_or_else(|| invalid("message"))?;
            Ok(said.child)
        })
        .await?;
        save(client, Act::ReportMessage(ReportDraft { message, child, reason, words })).await
    }
}

impl Ask for Read {
    type Reply = ReportedThread;

    async fn answer(self, client: &Client) -> Result<ReportedThread, Fault> {
        let report = self.report;
        let (hat, reported) = read(client, move |reading| {
            let row: Option<Report> = reading.snapshot.get(report)?;
            Ok((reading.hat, row.map(|row| row.message)))
        })
        .await?;
        let sent: Sent = client.post(&format!("/v1/reports/{report}/read"), &ReadReported { hat }).await?;
        Ok(thread(sent, reported))
    }
}

impl Ask for Close {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { report, to_reporter, to_all } = self;
        save(client, Act::CloseReport { report, to_reporter, to_all }).await
    }
}

impl Ask for Stop {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { report, guardian, why, call } = self;
        save(client, Act::StopWriting { report, guardian, why, call }).await
    }
}

impl Ask for AppointReader {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::AppointReader { report: self.report, who: self.who, ends: self.ends }).await
    }
}

impl Ask for LetWrite {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::LetWrite { report: self.report, guardian: self.guardian }).await
    }
}

fn thread(sent: Sent, reported: Option<Id<Message>>) -> ReportedThread {
    let texts: BTreeMap<Id<Message>, (String, String)> =
        sent.messages.iter().map(|one| (one.id, (one.by.name.clone(), excerpt_of(one)))).collect();
    let quote = |id: Id<Message>| {
        let (by, text) = texts.get(&id)?.clone();
        Some(Quote { id, by, text })
    };
    let view = |said: Message| ReportedMessage {
        quotes: said.quotes.and_then(quote),
        id: said.id,
        by: said.by,
        text: said.text,
        at: said.at,
        earlier: said.earlier,
        deleted: said.deleted,
    };
    ReportedThread {
        title: sent.conversation.title,
        with: sent.conversation.with,
        inboxes: sent.conversation.inboxes,
        messages: sent.messages.into_iter().map(view).collect(),
        reported,
    }
}

/// Who reads along for the school by now, as the log has it.
fn appointed(log: &[Access]) -> Vec<Appointed> {
    let mut here: Vec<Appointed> = Vec::new();
    for line in log {
        match &line.what {
            AccessKind::Appointed { role, reader, reader_title } => {
                here.retain(|one| one.role != *role);
                here.push(Appointed { role: *role, name: reader.clone(), title: reader_title.clone() });
            }
            AccessKind::HandedOn { from, role, reader, reader_title } => {
                here.retain(|one| one.role != *from && one.role != *role);
                here.push(Appointed { role: *role, name: reader.clone(), title: reader_title.clone() });
            }
            AccessKind::Dismissed { role, .. } => here.retain(|one| one.role != *role),
            _ => {}
        }
    }
    here
}

fn list(reading: &Reading<'_>) -> Result<Reports, Fault> {
    Ok(Reports { reports: reading.reports()?, may_read: reading.has(Power::Administer) })
}

impl Reading<'_> {
    /// Reports about children this hat covers: open ones first, the oldest first; then the newest first.
    pub(crate) fn reports(&self) -> Result<Vec<ReportView>, Fault> {
        let rows: Vec<Report> = self.snapshot.list_desc(List::All(Kind::Report), BACK)?;
        let mut views = Vec::new();
        for row in rows {
            views.extend(self.report_view(row)?);
        }
        views.sort_by(|a, b| {
            let newest = b.at.cmp(&a.at);
            let open = |view: &ReportView| view.closed.is_none();
            open(b).cmp(&open(a)).then(if open(a) { newest.reverse() } else { newest })
        });
        Ok(views)
    }

    /// `None` where it is another hat's: what somebody reported as a parent is not on their desk.
    fn report_view(&self, row: Report) -> Result<Option<ReportView>, Fault> {
        let Some(child) = self.snapshot.get(row.child)? else { return Ok(None) };
        if !self.may(Power::Moderate, &child.path) {
            return Ok(None);
        }
        let links: Vec<Link> = self.snapshot.list(List::LinksOf(child.id))?;
        let log: Vec<Access> = self.snapshot.list(List::AccessesTo(row.conversation))?;
        let stopped = |who| {
            let of = |one: &Access| match &one.what {
                AccessKind::Stopped { person, .. } => (*person == who).then_some(true),
                AccessKind::LetWrite { person, .. } => (*person == who).then_some(false),
                AccessKind::Read { .. }
                | AccessKind::Closed { .. }
                | AccessKind::Appointed { .. }
                | AccessKind::HandedOn { .. }
                | AccessKind::Dismissed { .. } => None,
            };
            log.iter().rev().find_map(of).unwrap_or(false)
        };
        let guardians = self.readers(child.id)?;
        let here = |link: &Link| GuardianHere {
            guardian: self.guardian_name(link),
            stopped: stopped(link.guardian),
        };
        let me = self.me;
        let concerned =
            row.said_by.person == me || row.by.person == me || links.iter().any(|link| link.guardian == me);
        let mut readers = Vec::new();
        if row.closed.is_none() && !concerned {
            let links: Vec<&Link> = links.iter().collect();
            let mut roles = self.roles_for(&child)?;
            roles.retain(|role| may_read_along(&row, &links, Some(me), role.person));
            readers = roles.into_iter().map(choice).collect();
        }
        Ok(Some(ReportView {
            id: row.id,
            readers,
            appointed: appointed(&log),
            child: self.child_name(&child)?,
            log: self.log_of(row.conversation)?,
            guardians: guardians.iter().map(here).collect(),
            concerned,
            pending: self.wishes.about_report(row.id),
            said_by: row.said_by,
            by: row.by,
            reason: row.reason,
            words: row.words,
            at: row.at,
            closed: row.closed,
        }))
    }

    /// What whoever sits here reported of a message, in this hat.
    pub(super) fn own_report(&self, said: &Message) -> Result<Option<OwnReport>, Fault> {
        let row: Option<Report> = self.snapshot.get(Report::of(said.id, self.me))?;
        let row = row.filter(|row| row.hat == self.hat);
        let wish = self.wishes.report_of(said.id);
        // What the school has taken shows itself.
        let open = |state: &ItemState| row.is_none() || *state != ItemState::Sent;
        let pending = wish.map(|entry| entry.state.clone()).filter(open);
        Ok(match (row, wish) {
            (Some(row), _) => Some(OwnReport { at: row.at, closed: row.closed, pending }),
            (None, Some(entry)) => Some(OwnReport { at: entry.composed, closed: None, pending }),
            (None, None) => None,
        })
    }
}
