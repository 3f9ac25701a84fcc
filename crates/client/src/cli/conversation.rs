//! 对话: families and staff talk about one child.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;
use xinmei_client::api::{Request, conversation as ask};
use xinmei_model::{Addressee, Conversation, Id, Message, OfficeHours, Role};

use super::{file, inbox, names, school::Hours, terminal::Terminal};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// What waits for an answer first.
    List,
    /// What was said last.
    Show {
        /// Which.
        conversation: Id<Conversation>,
        /// How many messages.
        #[arg(long, default_value_t = 50)]
        most: u32,
    },
    /// Who of the school may be written to about a child.
    Partners {
        /// About whom, by name.
        #[arg(long)]
        child: String,
    },
    /// Begin one; staff begin it in the hat that is on.
    Begin {
        /// About whom, by name.
        #[arg(long)]
        child: String,
        /// Whom of the school, by the id of the hat: see `partners`.
        #[arg(long)]
        with: Option<Id<Role>>,
        /// A shared inbox instead, by name or id: see `xinmei inbox list`.
        #[arg(long, conflicts_with = "with")]
        inbox: Option<String>,
        /// One line.
        #[arg(long)]
        title: String,
        /// What is said first.
        text: String,
        /// Files it carries.
        #[arg(long)]
        attach: Vec<PathBuf>,
    },
    /// Save what a message carries, never over another file.
    Save {
        /// In which conversation.
        conversation: Id<Conversation>,
        /// Which.
        message: Id<Message>,
        /// Into which folder; that of downloads if left out.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Say something otherwise, within 15 minutes.
    Edit {
        /// Which.
        message: Id<Message>,
        /// What it says now.
        text: String,
    },
    /// Take something back, within 15 minutes.
    Delete {
        /// Which.
        message: Id<Message>,
    },
    /// 收到
    Received {
        /// Which.
        message: Id<Message>,
    },
    /// Note how far it was read.
    Read {
        /// Which.
        conversation: Id<Conversation>,
        /// The number of the last message read.
        up_to: u32,
        /// The others learn it only when you answer.
        #[arg(long)]
        quietly: bool,
    },
    /// Bring another member of staff or a shared inbox in, who sees it whole.
    BringIn {
        /// Which.
        conversation: Id<Conversation>,
        #[command(flatten)]
        who: Who,
        /// To read along and say nothing.
        #[arg(long)]
        reads_only: bool,
    },
    /// Leave a conversation, or take out who was brought in.
    TakeOut {
        /// Which.
        conversation: Id<Conversation>,
        #[command(flatten)]
        who: Who,
    },
    /// Say that it is over.
    End {
        /// Which.
        conversation: Id<Conversation>,
    },
    /// Give the open conversations of a hat to somebody else.
    HandOver {
        /// Whose; the hat that is on if left out.
        #[arg(long)]
        from: Option<Id<Role>>,
        /// To whom.
        #[arg(long)]
        to: Id<Role>,
    },
    /// Hats whose open conversations you may hand over.
    Hats,
    /// How many open conversations a hat has, and who may take them over.
    Inbox {
        /// Whose.
        role: Id<Role>,
    },
    /// When messages are answered in this hat, Monday to Friday: `--from 08:00 --until 17:30`, or `--off`.
    OfficeHours(Hours),
}

/// Whom of the school.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Who {
    /// In which hat.
    #[arg(long)]
    role: Option<Id<Role>>,
    /// A shared inbox, by name or id.
    #[arg(long)]
    inbox: Option<String>,
}

impl Who {
    async fn read(self, terminal: &Terminal) -> anyhow::Result<Addressee> {
        match (self.role, self.inbox) {
            (Some(role), _) => Ok(role.into()),
            (None, Some(name)) => Ok(inbox::find(terminal, &name).await?.into()),
            (None, None) => anyhow::bail!("say --role or --inbox"),
        }
    }
}

/// Say something in a conversation.
#[derive(clap::Args)]
pub(crate) struct Send {
    /// Where.
    conversation: Id<Conversation>,
    /// What; not needed beside a file.
    #[arg(required_unless_present = "attach")]
    text: Option<String>,
    /// The message it answers.
    #[arg(long)]
    quotes: Option<Id<Message>>,
    /// Files it carries.
    #[arg(long)]
    attach: Vec<PathBuf>,
}

impl Send {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let Self { conversation, text, quotes, attach } = self;
        let (text, files) = (text.unwrap_or_default(), file::give(terminal, &attach).await?);
        terminal.save(Request::ConversationSay(ask::Say { conversation, text, quotes, files })).await
    }
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/child/name", "/title", "/unread", "/last_text"];
                terminal.show(Request::ConversationList(ask::List {}), "/conversations", &columns).await
            }
            Self::Show { conversation, most } => {
                let columns = ["/id", "/seq", "/by/name", "/text"];
                let open = Request::ConversationOpen(ask::Open { conversation, most });
                terminal.show(open, "/messages", &columns).await
            }
            Self::Partners { child } => {
                let child = names::child(terminal, &child).await?;
                let partners = Request::ConversationPartners(ask::Partners { child });
                terminal.show(partners, "/partners", &["/role", "/name", "/title", "/subject"]).await
            }
            Self::Begin { child, with, inbox, title, text, attach } => {
                let child = names::child(terminal, &child).await?;
                let with = match inbox {
                    Some(name) => Some(inbox::find(terminal, &name).await?.into()),
                    None => with.map(Addressee::from),
                };
                let files = file::give(terminal, &attach).await?;
                let begin = ask::Begin { child, with, title, text, files };
                terminal.save(Request::ConversationBegin(begin)).await
            }
            Self::Save { conversation, message, to } => {
                let open = ask::Open { conversation, most: u32::MAX };
                let thread: ask::Thread = terminal.ask(Request::ConversationOpen(open)).await?;
                let said = thread.messages.into_iter().find(|said| said.id == message);
                let said = said.context("there is no such message in this conversation")?;
                file::save(terminal, message.uuid(), &said.files, file::its_name, to).await
            }
            Self::Edit { message, text } => {
                terminal.save(Request::ConversationEdit(ask::Edit { message, text })).await
            }
            Self::Delete { message } => {
                terminal.save(Request::ConversationDelete(ask::Delete { message })).await
            }
            Self::Received { message } => {
                terminal.save(Request::ConversationReceive(ask::Receive { message })).await
            }
            Self::Read { conversation, up_to, quietly } => {
                let read = ask::Read { conversation, up_to, shown: !quietly };
                terminal.save(Request::ConversationRead(read)).await
            }
            Self::BringIn { conversation, who, reads_only } => {
                let who = who.read(terminal).await?;
                let bring = ask::BringIn { conversation, who, reads_only };
                terminal.save(Request::ConversationBringIn(bring)).await
            }
            Self::TakeOut { conversation, who } => {
                let who = who.read(terminal).await?;
                terminal.save(Request::ConversationTakeOut(ask::TakeOut { conversation, who })).await
            }
            Self::End { conversation } => {
                terminal.save(Request::ConversationEnd(ask::End { conversation })).await
            }
            Self::OfficeHours(hours) => {
                let hours = hours.span().map(|(from, until)| OfficeHours { from, until });
                terminal.save(Request::ConversationOfficeHours(ask::SetOfficeHours { hours })).await
            }
            Self::Hats => {
                let columns = ["/role", "/name", "/title", "/place/name", "/over"];
                terminal.show(Request::ConversationHats(ask::ListHats {}), "/hats", &columns).await
            }
            Self::Inbox { role } => {
                terminal.show(Request::ConversationInbox(ask::LookInbox { role }), "", &[]).await
            }
            Self::HandOver { from, to } => {
                terminal.save(Request::ConversationHandOver(ask::HandOver { from, to })).await
            }
        }
    }
}
