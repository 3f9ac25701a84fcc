//! Notices.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use jiff::Zoned;
use xinmei_client::api::{Request, notice as ask};
use xinmei_model::{Ask, Audience, Id, Notice, Target};

use super::{
    names::{self, Proxy},
    terminal::Terminal,
};

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
    Send {
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
        /// Ask for 知道了.
        #[arg(long)]
        ack: bool,
        /// By when: `2026-11-27T18:00+08:00[Asia/Shanghai]`.
        #[arg(long)]
        due: Option<Zoned>,
        /// The notice it replaces.
        #[arg(long)]
        replaces: Option<Id<Notice>>,
        /// Families expected; where it is another number nothing is sent.
        #[arg(long)]
        families: Option<u32>,
    },
    /// Take a notice back.
    Recall {
        /// Which.
        notice: Id<Notice>,
    },
    /// 知道了
    Ack {
        /// Which.
        notice: Id<Notice>,
        /// For which child, by name; each child once.
        #[arg(long, required = true)]
        child: Vec<String>,
        #[command(flatten)]
        proxy: Proxy,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/at", "/state", "/author", "/title"];
                terminal.show(Request::NoticeList(ask::List {}), "/notices", &columns).await
            }
            Self::Open { notice } => terminal.show(Request::NoticeOpen(ask::Open { notice }), "", &[]).await,
            Self::Send { title, body, to, child, ack, due, replaces, families } => {
                let audience = audience(terminal, &to, &child).await?;
                let preview = ask::Preview { audience: audience.clone() };
                let reach: ask::Previewed = terminal.ask(Request::NoticePreview(preview)).await?;
                if families.is_some_and(|families| families != reach.families) {
                    bail!("it would reach {} families: nothing was sent", reach.families);
                }
                let send = ask::Send {
                    audience,
                    families_seen: reach.families,
                    title,
                    body,
                    ask: if ack { Ask::Acknowledge } else { Ask::Nothing },
                    due,
                    supersedes: replaces,
                    changed: None,
                };
                terminal.save(Request::NoticeSend(send)).await
            }
            Self::Recall { notice } => terminal.save(Request::NoticeRecall(ask::Recall { notice })).await,
            Self::Ack { notice, child, proxy } => {
                let children = names::children(terminal, &child).await?;
                let on_behalf_of = proxy.find(terminal).await?;
                terminal
                    .save(Request::NoticeAcknowledge(ask::Acknowledge { notice, children, on_behalf_of }))
                    .await
            }
        }
    }
}

async fn audience(terminal: &Terminal, to: &[String], children: &[String]) -> anyhow::Result<Audience> {
    let mut include = Vec::new();
    for place in to {
        include.push(Target::Place(names::place(terminal, place).await?));
    }
    for child in children {
        include.push(Target::Child(names::child(terminal, child).await?));
    }
    Ok(Audience { include, except: Vec::new() })
}
