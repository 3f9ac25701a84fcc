//! Pupils in shifts, under an adult's care.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use xinmei_client::api::{Request, pupil as ask};
use xinmei_model::{DutySaid, Id, PupilMark, Shift};

use super::{
    hours_report,
    names::{self, Proxy},
    terminal::Terminal,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Shifts that take pupils, with one's own children in them.
    Shifts,
    /// What one's own children did.
    Served,
    /// Put a child down for a shift: whoever does so consents. With --for, for a guardian who telephoned.
    Enter {
        /// For which shift.
        shift: Id<Shift>,
        /// Who, by name or id.
        child: String,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Take a child out of a shift again, until it begins.
    Withdraw {
        /// Out of which shift.
        shift: Id<Shift>,
        /// Who, by name or id.
        child: String,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// The pupils of a shift, for its desk and its supervisor: who has an adult, who waits, who came.
    Roll {
        /// Of which shift.
        shift: Id<Shift>,
    },
    /// Say which pupils came: by name or id, or all of whom nothing was said.
    Mark {
        /// To which shift.
        shift: Id<Shift>,
        /// Who, by name or id.
        pupils: Vec<String>,
        /// All of whom nothing was said.
        #[arg(long, conflicts_with = "pupils")]
        all: bool,
        /// Of them only those of this class, as `3.2`.
        #[arg(long, requires = "all")]
        class: Option<String>,
        /// They did not come.
        #[arg(long)]
        missed: bool,
        /// With --missed: why.
        #[arg(long, default_value = "", requires = "missed")]
        excuse: String,
    },
    /// What pupils did in the term that has begun last, by class.
    Report,
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::Shifts => {
                let columns = [
                    "/shift",
                    "/starts",
                    "/title",
                    "/counts/pupils",
                    "/counts/adults",
                    "/counts/waiting",
                    "/counts/left",
                    "/children",
                ];
                terminal.show(Request::PupilShifts(ask::Shifts {}), "/shifts", &columns).await
            }
            Self::Served => {
                let columns = ["/child/name", "/minutes", "/services"];
                terminal.show(Request::PupilShifts(ask::Shifts {}), "/served", &columns).await
            }
            Self::Enter { shift, child, proxy } => {
                let child = names::child(terminal, &child).await?;
                let on_behalf_of = proxy.find(terminal).await?;
                terminal.save(Request::PupilEnter(ask::Enter { shift, child, on_behalf_of })).await
            }
            Self::Withdraw { shift, child, proxy } => {
                let child = names::child(terminal, &child).await?;
                let on_behalf_of = proxy.find(terminal).await?;
                terminal.save(Request::PupilWithdraw(ask::Withdraw { shift, child, on_behalf_of })).await
            }
            Self::Roll { shift } => {
                let columns = ["/child/id", "/child/name", "/has_adult", "/said", "/minutes", "/waits"];
                terminal.show(Request::PupilRoll(ask::Roll { shift }), "/pupils", &columns).await
            }
            Self::Mark { shift, pupils, all, class, missed, excuse } => {
                let roll: ask::PupilRoll = terminal.ask(Request::PupilRoll(ask::Roll { shift })).await?;
                let class = match class {
                    Some(class) => Some(names::place(terminal, &class).await?),
                    None => None,
                };
                let of_class = |line: &&ask::PupilLine| {
                    class.is_none() || line.child.class.as_ref().map(|class| class.id) == class
                };
                let open = roll.pupils.iter().filter(|line| all && line.said.is_none()).filter(of_class);
                let mut chosen: Vec<_> = open.collect();
                for text in &pupils {
                    chosen.push(found(&roll, text)?);
                }
                if chosen.is_empty() {
                    bail!("nobody is meant: name pupils, or say --all");
                }
                let said = if missed { DutySaid::Missed { excuse } } else { came(&roll) };
                let marks = chosen.into_iter().map(|line| PupilMark {
                    child: line.child.id,
                    said: said.clone(),
                    seen: line.seen,
                });
                terminal.save(Request::PupilMark(ask::Mark { shift, pupils: marks.collect() })).await
            }
            Self::Report => hours_report::pupils(terminal).await,
        }
    }
}

/// From the start: to the end, if that is past.
fn came(roll: &ask::PupilRoll) -> DutySaid {
    let (from, end) = (roll.starts.timestamp(), roll.ends.timestamp());
    DutySaid::Came { from, until: (roll.now >= end).then_some(end) }
}

fn found<'r>(roll: &'r ask::PupilRoll, text: &str) -> anyhow::Result<&'r ask::PupilLine> {
    let is = |line: &&ask::PupilLine| line.child.name == text || line.child.id.to_string() == text;
    let found: Vec<_> = roll.pupils.iter().filter(is).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => bail!("no pupil of this shift is called {text}"),
        _ => bail!("several pupils are called {text}: name them by their id"),
    }
}
