//! Classes.

use std::process::ExitCode;

use clap::Subcommand;
use xinmei_client::api::{Request, class as ask};
use xinmei_model::{Id, Link};

use super::{names, terminal::Terminal};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The classes the hat covers.
    List,
    /// A class: `3.2` is 三年级2班; or its id.
    Open {
        /// Which.
        place: String,
    },
    /// A child by name, 学号 or part of either.
    Find {
        /// What to look for.
        text: String,
    },
    /// Note that a guardian has no device and is told on paper.
    OnPaper {
        /// The guardian's link to a child, as `class open` prints it.
        link: Id<Link>,
        /// There is a device again.
        #[arg(long)]
        over: bool,
    },
    /// Print invites.
    Invites {
        /// For whom, by name or id.
        #[arg(required = true)]
        person: Vec<String>,
        /// A lost computer or a forgotten password: the person's other devices are signed out.
        #[arg(long)]
        replace_devices: bool,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let children = ["/child/id", "/number", "/child/name", "/guardians"];
        match self {
            Self::List => {
                let columns = [
                    "/place/id",
                    "/place/grade",
                    "/place/number",
                    "/teacher",
                    "/children",
                    "/joined",
                    "/guardians",
                ];
                terminal.show(Request::ClassList(ask::List {}), "/classes", &columns).await
            }
            Self::Open { place } => {
                let place = names::place(terminal, &place).await?;
                terminal.show(Request::ClassOpen(ask::Open { place }), "/children", &children).await
            }
            Self::Find { text } => {
                terminal.show(Request::ClassFind(ask::Find { text }), "/children", &children).await
            }
            Self::OnPaper { link, over } => {
                terminal.save(Request::ClassOnPaper(ask::SetOnPaper { link, on_paper: !over })).await
            }
            Self::Invites { person, replace_devices } => {
                let mut persons = Vec::new();
                for text in &person {
                    persons.push(names::person(terminal, text).await?);
                }
                let columns = ["/invite/person_name", "/invite/address", "/invite/code", "/invite/link"];
                let ask = Request::ClassInvites(ask::Invites { persons, replace_devices });
                terminal.show(ask, "/strips", &columns).await
            }
        }
    }
}
