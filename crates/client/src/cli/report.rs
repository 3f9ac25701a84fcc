//! 举报: report a message, read what was reported, settle it.

use std::process::ExitCode;

use anyhow::Context;
use clap::{Subcommand, ValueEnum};
use xinmei_client::api::{Request, report as ask};
use xinmei_model::{Id, Message, Person, Report, ReportReason, Role};

use super::{names, terminal::Terminal};

/// Why a message is reported.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Reason {
    Insult,
    Threat,
    Harassment,
    Privacy,
    Other,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// What was reported: what is open first.
    List,
    /// Report a message.
    Make {
        /// Which.
        message: Id<Message>,
        /// Why.
        #[arg(long, value_enum)]
        reason: Reason,
        /// In your own words.
        #[arg(long, default_value = "")]
        words: String,
    },
    /// Read the conversation a report is about; everybody in it sees that you did.
    Read {
        /// Which report.
        report: Id<Report>,
    },
    /// Settle a report.
    Close {
        /// Which.
        report: Id<Report>,
        /// For whoever reported it.
        #[arg(long)]
        to_reporter: String,
        /// For everybody in the conversation.
        #[arg(long)]
        to_all: String,
    },
    /// Let a guardian only read in the conversation.
    Stop {
        /// Which report.
        report: Id<Report>,
        /// Whom, by name.
        #[arg(long)]
        guardian: String,
        /// Why, for everybody in it to read.
        #[arg(long)]
        why: String,
        /// Whom that guardian may talk to.
        #[arg(long)]
        call: String,
    },
    /// Let a member of staff read along in the conversation, to look after the child.
    AppointReader {
        /// Which report.
        report: Id<Report>,
        /// Whom, by name.
        #[arg(long)]
        who: String,
        /// From now on no more.
        #[arg(long)]
        ends: bool,
    },
    /// Let that guardian write again.
    LetWrite {
        /// Which report.
        report: Id<Report>,
        /// Whom, by name.
        #[arg(long)]
        guardian: String,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/at", "/child/name", "/said_by/name", "/by/name", "/reason", "/words"];
                terminal.show(Request::ReportList(ask::List {}), "/reports", &columns).await
            }
            Self::Make { message, reason, words } => {
                let reason = reason_of(reason);
                terminal.save(Request::ReportMake(ask::Make { message, reason, words })).await
            }
            Self::Read { report } => {
                let read = Request::ReportRead(ask::Read { report });
                terminal.show(read, "/messages", &["/id", "/at", "/by/name", "/text"]).await
            }
            Self::Close { report, to_reporter, to_all } => {
                terminal.save(Request::ReportClose(ask::Close { report, to_reporter, to_all })).await
            }
            Self::Stop { report, guardian, why, call } => {
                let guardian = guardian_of(terminal, report, &guardian).await?;
                terminal.save(Request::ReportStop(ask::Stop { report, guardian, why, call })).await
            }
            Self::AppointReader { report, who, ends } => {
                let who = reader_of(terminal, report, &who, ends).await?;
                let appoint = ask::AppointReader { report, who, ends };
                terminal.save(Request::ReportAppointReader(appoint)).await
            }
            Self::LetWrite { report, guardian } => {
                let guardian = guardian_of(terminal, report, &guardian).await?;
                terminal.save(Request::ReportLetWrite(ask::LetWrite { report, guardian })).await
            }
        }
    }
}

fn reason_of(reason: Reason) -> ReportReason {
    match reason {
        Reason::Insult => ReportReason::Insult,
        Reason::Threat => ReportReason::Threat,
        Reason::Harassment => ReportReason::Harassment,
        Reason::Privacy => ReportReason::Privacy,
        Reason::Other => ReportReason::Other,
    }
}

/// A member of staff who may be asked to read along.
async fn reader_of(
    terminal: &Terminal,
    report: Id<Report>,
    text: &str,
    ends: bool,
) -> anyhow::Result<Id<Role>> {
    let list: ask::Reports = terminal.ask(Request::ReportList(ask::List {})).await?;
    let found = list.reports.iter().find(|one| one.id == report).context("there is no such report here")?;
    if ends {
        let here = found.appointed.iter().filter(|one| one.name == text).map(|one| one.role);
        return names::only(here.collect(), text, "nobody of that name reads along for the school");
    }
    let staff = found.readers.iter().filter(|one| one.name == text).map(|one| one.role);
    names::only(staff.collect(), text, "staff who may talk about the child, while the report is open")
}

/// A guardian of the child the report is about.
async fn guardian_of(terminal: &Terminal, report: Id<Report>, text: &str) -> anyhow::Result<Id<Person>> {
    let list: ask::Reports = terminal.ask(Request::ReportList(ask::List {})).await?;
    let found = list.reports.iter().find(|one| one.id == report);
    let here = found.into_iter().flat_map(|one| &one.guardians).find(|one| one.guardian.name == text);
    match here {
        Some(one) => Ok(one.guardian.id),
        None => names::person(terminal, text).await,
    }
}
