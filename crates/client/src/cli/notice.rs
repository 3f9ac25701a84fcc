//! Notices.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::bail;
use clap::{Args, Subcommand};
use jiff::Zoned;
use xinmei_client::api::{
    Request,
    child_file::SendFiles,
    delivery, notice as ask, series,
    table::{Language, MadeFile, Table},
};
use xinmei_model::{Ask, AskAgain, Attachment, Audience, Changed, Id, Notice, Series, Target, TemplateDraft};

use super::{
    answering::{self, Asking, Replying},
    child_files, file,
    names::{self, Proxy},
    preview::Previewing,
    slip, template,
    terminal::Terminal,
    whom::{Whom, targets},
};

/// A notice as it is composed on the command line.
#[derive(Args)]
pub(crate) struct Sending {
    /// One line.
    #[arg(long, required_unless_present = "template")]
    title: Option<String>,
    /// Plain text.
    #[arg(long, required_unless_present = "template")]
    body: Option<String>,
    /// A template, by name or id: title, text and what is asked are its own, its fields are given by --field.
    #[arg(long, conflicts_with_all = ["title", "body", "ack", "read", "sign", "choose", "each", "by"])]
    template: Option<String>,
    #[command(flatten)]
    whom: Whom,
    #[command(flatten)]
    asking: Asking,
    /// By when: `2026-11-27T18:00+08:00[Asia/Shanghai]`.
    #[arg(long)]
    due: Option<Zoned>,
    /// Not before: `2026-11-27T07:30+08:00[Asia/Shanghai]`.
    #[arg(long)]
    at: Option<Zoned>,
    /// Again and again, by an RRULE of RFC 5545: `FREQ=WEEKLY;BYDAY=MO;COUNT=8`.
    #[arg(long, requires = "at", conflicts_with_all = ["replaces", "keep_answers"])]
    repeat: Option<String>,
    /// With `--repeat`: not on public holidays.
    #[arg(long, requires = "repeat")]
    skip_holidays: bool,
    /// The notice it replaces.
    #[arg(long)]
    replaces: Option<Id<Notice>>,
    /// With `--replaces`: who has answered that one is not asked again.
    #[arg(long, requires = "replaces")]
    keep_answers: bool,
    /// With `--keep-answers`: classes that are asked again nevertheless.
    #[arg(long, requires = "keep_answers")]
    again: Vec<String>,
    /// With `--keep-answers`: whoever chose this is asked again, counted from 0.
    #[arg(long, requires = "keep_answers")]
    again_choice: Vec<u32>,
    /// Remind those who have not answered, a day and two hours before it is due.
    #[arg(long, requires = "due")]
    remind: bool,
    /// Do not let the class teachers read what their classes answer; with `--replaces` it stays as it was.
    #[arg(long)]
    class_does_not_read: bool,
    /// With `--replaces`: what the old one said, and what the new title says instead. Families see it struck out.
    #[arg(long, requires_all = ["now", "replaces"])]
    was: Option<String>,
    /// See `--was`.
    #[arg(long, requires = "was")]
    now: Option<String>,
    /// Files it carries, in this order.
    #[arg(long)]
    attach: Vec<PathBuf>,
    /// A folder with a file for each child: their names begin with the 学号. With `--replaces` the others stay as they were.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["repeat", "sign"])]
    files_per_child: Option<PathBuf>,
    /// With `--files-per-child`: send although some files are for nobody.
    #[arg(long, requires = "files_per_child")]
    skip_unmatched: bool,
    /// Families expected; where it is another number nothing is sent.
    #[arg(long)]
    families: Option<u32>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The newest first.
    List,
    /// One notice, whole.
    Open {
        /// Which.
        notice: Id<Notice>,
    },
    /// Send a notice to classes and families.
    Send(Box<Sending>),
    /// Who would get a notice, and why; who would not; who has to agree, and when it would go out. Nothing is sent.
    Preview(Box<Previewing>),
    /// Tell those who have not answered once more; in quiet hours, in the morning.
    Remind {
        /// Which.
        notice: Id<Notice>,
    },
    /// Notices of one's own that repeat.
    Series,
    /// Let a notice repeat no more; what is still in hand is taken back.
    EndSeries {
        /// Which.
        series: Id<Series>,
    },
    /// On whose devices a notice is, who has had it on the screen, and who has answered.
    Delivery {
        /// Which.
        notice: Id<Notice>,
    },
    /// What was signed, as text for the record: who, how related, when, the text and its SHA-256.
    Slip {
        /// Which.
        notice: Id<Notice>,
        /// For which child, by name; for all that were signed for if left out.
        #[arg(long)]
        child: Option<String>,
    },
    /// Write who has answered, and what, into a workbook of Excel.
    Export {
        /// Which.
        notice: Id<Notice>,
        /// A new file; it never replaces one.
        #[arg(long)]
        out: PathBuf,
        /// In English instead of Chinese.
        #[arg(long)]
        english: bool,
    },
    /// What a notice and the answers to it carry.
    Files {
        /// Which.
        notice: Id<Notice>,
    },
    /// Save what a notice and the answers to it carry, never over another file; of an answer, under 学号 and name.
    Save {
        /// Which.
        notice: Id<Notice>,
        /// Into which folder; that of downloads if left out.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Take a notice back.
    Recall {
        /// Which.
        notice: Id<Notice>,
        /// Why, or what holds instead, for families who have it.
        #[arg(long, default_value = "")]
        words: String,
    },
    /// Agree that a notice goes to the whole school.
    Approve {
        /// Which.
        notice: Id<Notice>,
    },
    /// Say that a notice should not go to the whole school.
    Decline {
        /// Which.
        notice: Id<Notice>,
        /// For its author to read.
        #[arg(long)]
        reason: String,
    },
    /// Answer what a notice asks: 知道了 and 已读 need no more than the child.
    Answer {
        /// Which.
        notice: Id<Notice>,
        /// For which child, by name; each child once.
        #[arg(long, required = true)]
        child: Vec<String>,
        #[command(flatten)]
        replying: Replying,
        #[command(flatten)]
        proxy: Proxy,
    },
}

impl Sending {
    async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let Self { asking, due, at, replaces, .. } = self;
        let audience = self.whom.audience(terminal).await?;
        let preview = ask::Preview { audience: audience.clone(), send_at: at.clone() };
        let reach: ask::Previewed = terminal.ask(Request::NoticePreview(preview)).await?;
        if self.families.is_some_and(|families| families != reach.families) {
            bail!("it would reach {} families: nothing was sent", reach.families);
        }
        let written = match &self.template {
            Some(name) => template::filled(terminal, name, &asking.field).await?,
            None => {
                let (ask, answered_by) = asking.read(terminal).await?;
                let (title, body) = (self.title.unwrap_or_default(), self.body.unwrap_or_default());
                TemplateDraft { name: String::new(), title, body, ask, answered_by, reminds: false }
            }
        };
        // A template can only say that it reminds, not of what deadline.
        let reminds = self.remind || written.reminds && due.is_some();
        let again = targets(terminal, &self.again, &[]).await?;
        let places = again.iter().filter_map(Target::place).collect();
        let asks_again = AskAgain { places, choices: self.again_choice };
        let class_reads =
            !self.class_does_not_read && class_reads(terminal, &written.ask, &audience, replaces).await?;
        let send = ask::Send {
            audience,
            families_seen: reach.families,
            title: written.title,
            body: written.body,
            ask: written.ask,
            answered_by: written.answered_by,
            due,
            send_at: at,
            supersedes: replaces,
            keeps_answers: self.keep_answers,
            asks_again,
            changed: self.was.zip(self.now).map(|(was, now)| Changed { was, now }),
            class_reads,
            reminds,
            alert: None,
            files: file::give(terminal, &self.attach).await?,
        };
        if let Some(folder) = self.files_per_child {
            let only = self.skip_unmatched;
            let child_files =
                child_files::from_folder(terminal, &folder, &send.audience, replaces, only).await?;
            let send = SendFiles { notice: send, child_files };
            return terminal.save(Request::NoticeSendFiles(send)).await;
        }
        match self.repeat {
            Some(rule) => {
                let begin = series::Begin { notice: send, rule, skip_holidays: self.skip_holidays };
                terminal.save(Request::SeriesSend(begin)).await
            }
            None => terminal.save(Request::NoticeSend(send)).await,
        }
    }
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/at", "/state", "/author", "/title"];
                terminal.show(Request::NoticeList(ask::List {}), "/notices", &columns).await
            }
            Self::Open { notice } => {
                terminal.show(Request::NoticeOpen(ask::Open { notice, child: None }), "", &[]).await
            }
            Self::Send(sending) => sending.run(terminal).await,
            Self::Preview(previewing) => previewing.run(terminal).await,
            Self::Remind { notice } => terminal.save(Request::NoticeRemind(ask::Remind { notice })).await,
            Self::Series => {
                let columns = ["/id", "/title", "/coming"];
                terminal.show(Request::SeriesList(series::List {}), "/series", &columns).await
            }
            Self::EndSeries { series } => terminal.save(Request::SeriesEnd(series::End { series })).await,
            Self::Delivery { notice } => delivered(terminal, notice).await,
            Self::Slip { notice, child } => slip::keep(terminal, notice, child.as_deref()).await,
            Self::Export { notice, out, english } => export(terminal, notice, &out, english).await,
            Self::Files { notice } => {
                let opened: ask::Opened =
                    terminal.ask(Request::NoticeOpen(ask::Open { notice, child: None })).await?;
                let mut files = opened.files;
                files.extend(opened.child_files.into_iter().map(|own| own.file));
                let answers = opened.sheet.into_iter().flat_map(|cell| cell.answers);
                files.extend(answers.flat_map(|answer| answer.files));
                file::list(terminal, &files)
            }
            Self::Save { notice, to } => {
                let opened: ask::Opened =
                    terminal.ask(Request::NoticeOpen(ask::Open { notice, child: None })).await?;
                for own in &opened.child_files {
                    let one = std::slice::from_ref(&own.file);
                    file::save(terminal, own.id, one, file::its_name, to.clone()).await?;
                }
                for cell in &opened.sheet {
                    let called = |file: &Attachment| cell.file_name(file);
                    for answer in &cell.answers {
                        file::save(terminal, answer.id, &answer.files, called, to.clone()).await?;
                    }
                }
                file::save(terminal, notice.uuid(), &opened.files, file::its_name, to).await
            }
            Self::Recall { notice, words } => {
                terminal.save(Request::NoticeRecall(ask::Recall { notice, words })).await
            }
            Self::Approve { notice } => terminal.save(Request::NoticeApprove(ask::Approve { notice })).await,
            Self::Decline { notice, reason } => {
                terminal.save(Request::NoticeDecline(ask::Decline { notice, reason })).await
            }
            Self::Answer { notice, child, replying, proxy } => {
                let children = names::children(terminal, &child).await?;
                let on_behalf_of = proxy.find(terminal).await?;
                let (mut replies, mut reply) = (Vec::new(), None);
                for child in children {
                    // Who acts for a family opens it for that child.
                    let of = on_behalf_of.is_some().then_some(child);
                    let opened: ask::Opened =
                        terminal.ask(Request::NoticeOpen(ask::Open { notice, child: of })).await?;
                    let reply = match &reply {
                        Some(reply) => reply,
                        None => reply.insert(replying.to(terminal, &opened).await?),
                    };
                    let replaces = answering::version(&opened, child, on_behalf_of.as_ref());
                    replies.push(ask::ChildReply { child, reply: reply.clone(), replaces });
                }
                let answer = ask::Answer { notice, replies, on_behalf_of };
                terminal.save(Request::NoticeAnswer(answer)).await
            }
        }
    }
}

/// As the window has it: classes read what they answer where whole places are asked, and nobody because of what they
/// take part in; those of a notice that is replaced as they did.
async fn class_reads(
    terminal: &Terminal,
    asked: &Ask,
    audience: &Audience,
    replaces: Option<Id<Notice>>,
) -> anyhow::Result<bool> {
    let places = audience.include.iter().any(|target| target.place().is_some());
    if !asked.is_duty() || !places || audience.takes_part() {
        return Ok(false);
    }
    let Some(notice) = replaces else { return Ok(true) };
    let old: ask::Opened = terminal.ask(Request::NoticeOpen(ask::Open { notice, child: None })).await?;
    Ok(old.class_reads)
}

/// A line for each guardian.
async fn delivered(terminal: &Terminal, notice: Id<Notice>) -> anyhow::Result<ExitCode> {
    let request = Request::NoticeDelivery(delivery::Ask { notice });
    if terminal.json {
        return terminal.show(request, "", &[]).await;
    }
    let said: delivery::Delivery = terminal.ask(request).await?;
    let rows = said.children.iter().flat_map(|one| {
        one.guardians.iter().map(|guardian| {
            serde_json::json!({ "child": one.child, "guardian": guardian.guardian, "way": guardian.way,
                                "seen": guardian.seen,
                                "acted": guardian.acted.as_ref().map(|acted| acted.at) })
        })
    });
    let list = serde_json::json!({ "as_of": said.as_of, "list": rows.collect::<Vec<_>>() });
    let guardian = ["/child/name", "/guardian/name", "/guardian/relation"];
    let stands = ["/way/is", "/way/since", "/seen", "/acted"];
    terminal.print(&list, "/list", &[&guardian[..], &stands].concat());
    Ok(ExitCode::SUCCESS)
}

async fn export(
    terminal: &Terminal,
    notice: Id<Notice>,
    out: &Path,
    english: bool,
) -> anyhow::Result<ExitCode> {
    let language = if english { Language::English } else { Language::Chinese };
    let made: MadeFile = terminal.ask(Request::NoticeTable(Table { notice, language })).await?;
    terminal.keep(&made, out)
}
