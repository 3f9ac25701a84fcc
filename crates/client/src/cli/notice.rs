//! Notices.

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand};
use jiff::Zoned;
use xinmei_client::api::{Request, notice as ask};
use xinmei_model::{Audience, Id, Notice, Target};

use super::{
    answering::{self, Asking, Replying},
    names::{self, Proxy},
    terminal::Terminal,
};

/// A notice as it is composed on the command line.
#[derive(Args)]
pub(crate) struct Sending {
    /// One line.
    #[arg(long)]
    title: String,
    /// Plain text.
    #[arg(long)]
    body: String,
    /// Classes: `3.2` is 三年级2班; ids of any place.
    #[arg(long)]
    to: Vec<String>,
    /// Single families, by child.
    #[arg(long)]
    child: Vec<String>,
    /// Classes left out.
    #[arg(long)]
    except: Vec<String>,
    /// Families left out, by child.
    #[arg(long)]
    except_child: Vec<String>,
    #[command(flatten)]
    asking: Asking,
    /// By when: `2026-11-27T18:00+08:00[Asia/Shanghai]`.
    #[arg(long)]
    due: Option<Zoned>,
    /// Not before: `2026-11-27T07:30+08:00[Asia/Shanghai]`.
    #[arg(long)]
    at: Option<Zoned>,
    /// The notice it replaces.
    #[arg(long)]
    replaces: Option<Id<Notice>>,
    /// With `--replaces`: who has answered that one is not asked again.
    #[arg(long, requires = "replaces")]
    keep_answers: bool,
    /// Remind those who have not answered, a day and two hours before it is due.
    #[arg(long, requires = "due")]
    remind: bool,
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
    /// Take a notice back.
    Recall {
        /// Which.
        notice: Id<Notice>,
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
        let Self { title, body, to, child, except, except_child, asking, due, at, replaces, .. } = self;

        let include = targets(terminal, &to, &child).await?;
        let except = targets(terminal, &except, &except_child).await?;
        let audience = Audience { include, except };
        let preview = ask::Preview { audience: audience.clone(), send_at: at.clone() };
        let reach: ask::Previewed = terminal.ask(Request::NoticePreview(preview)).await?;
        if self.families.is_some_and(|families| families != reach.families) {
            bail!("it would reach {} families: nothing was sent", reach.families);
        }
        let (ask, answered_by) = asking.read(terminal).await?;
        let send = ask::Send {
            audience,
            families_seen: reach.families,
            title,
            body,
            ask,
            answered_by,
            due,
            send_at: at,
            supersedes: replaces,
            keeps_answers: self.keep_answers,
            changed: None,
            reminds: self.remind,
            alert: None,
        };
        terminal.save(Request::NoticeSend(send)).await
    }
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/at", "/state", "/author", "/title"];
                terminal.show(Request::NoticeList(ask::List {}), "/notices", &columns).await
            }
            Self::Open { notice } => terminal.show(Request::NoticeOpen(ask::Open { notice }), "", &[]).await,
            Self::Send(sending) => sending.run(terminal).await,
            Self::Recall { notice } => terminal.save(Request::NoticeRecall(ask::Recall { notice })).await,
            Self::Approve { notice } => terminal.save(Request::NoticeApprove(ask::Approve { notice })).await,
            Self::Decline { notice, reason } => {
                terminal.save(Request::NoticeDecline(ask::Decline { notice, reason })).await
            }
            Self::Answer { notice, child, replying, proxy } => {
                let children = names::children(terminal, &child).await?;
                let on_behalf_of = proxy.find(terminal).await?;
                let opened: ask::Opened = terminal.ask(Request::NoticeOpen(ask::Open { notice })).await?;
                let reply = replying.to(&opened)?;
                let replies = children.into_iter().map(|child| {
                    let replaces = answering::version(&opened, child, on_behalf_of.as_ref());
                    ask::ChildReply { child, reply: reply.clone(), replaces }
                });
                let answer = ask::Answer { notice, replies: replies.collect(), on_behalf_of };
                terminal.save(Request::NoticeAnswer(answer)).await
            }
        }
    }
}

pub(crate) async fn targets(
    terminal: &Terminal,
    places: &[String],
    children: &[String],
) -> anyhow::Result<Vec<Target>> {
    let mut targets = Vec::new();
    for place in places {
        targets.push(Target::Place(names::place(terminal, place).await?));
    }
    for child in children {
        targets.push(Target::Child(names::child(terminal, child).await?));
    }
    Ok(targets)
}
