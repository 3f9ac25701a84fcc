//! 社区客人: who comes from outside on one day, and who receives them.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use serde_json::Value;
use xinmei_client::api::{Request, guest as ask, volunteer};
use xinmei_model::{Guest, Id, Person, Shift, VolunteerAct};

use super::{
    names,
    terminal::{Terminal, line},
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Guests at your posts, and those you receive; last those who wait on this computer for the school's answer.
    List,
    /// Write a guest down for shifts of one day.
    Add {
        /// Name.
        name: String,
        /// To which shifts, all of one post and one day.
        #[arg(required = true)]
        shifts: Vec<Id<Shift>>,
        /// 接待人: the member of staff who receives them, by name or id.
        #[arg(long)]
        sponsor: String,
        /// Who said that the guest agrees to be written down, and how.
        #[arg(long)]
        agreed: String,
        /// From where.
        #[arg(long, default_value = "")]
        organisation: String,
        /// How they are reached on the day; forgotten the day after.
        #[arg(long, default_value = "")]
        phone: String,
    },
    /// Let somebody else receive a guest.
    Sponsor {
        /// Which.
        guest: Id<Guest>,
        /// By name or id.
        sponsor: String,
    },
    /// Take a guest out, as far as their shifts have not begun.
    Remove {
        /// Which.
        guest: Id<Guest>,
    },
    /// 来访证: what is printed on a guest's pass, with the codes the desk at the meeting point reads.
    Pass {
        /// Whose.
        guest: Id<Guest>,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let step = match self {
            Self::List => {
                let found: Value = terminal.ask(Request::VolunteerGuests(ask::Guests {})).await?;
                let [guest, day, title, sponsor] = ["/guest", "/day", "/title", "/sponsor/name"];
                let [received, came] = ["/received", "/came"];
                let of =
                    |state| [guest, day, "/name", "/organisation", title, sponsor, received, came, state];
                terminal.print(&found, "/guests", &of("/pending"));
                // Written down here and not answered yet: what only the school knows of them is empty.
                if !terminal.json {
                    terminal.print(&found, "/waiting", &of("/state"));
                }
                return Ok(ExitCode::SUCCESS);
            }
            Self::Add { name, shifts, sponsor, agreed, organisation, phone } => {
                let sponsor = staff(terminal, &sponsor).await?;
                let guest = ask::AddGuest { name, organisation, phone, agreed, sponsor, shifts };
                return terminal.save(Request::VolunteerAddGuest(guest)).await;
            }
            Self::Pass { guest } => {
                let answer = Request::VolunteerGuestPass(ask::ShowPass { guest });
                let pass: ask::GuestPass = terminal.ask(answer).await?;
                let from = if pass.organisation.is_empty() { "-" } else { &pass.organisation };
                let ask::GuestPass { school, name, day, title, meeting_point, sponsor, .. } = &pass;
                line(&format_args!("{school}\n{name}  {from}\n{day}  {title}\n{meeting_point}\n{sponsor}"));
                for one in &pass.codes {
                    line(&format_args!("{}  {}", one.starts, one.code));
                }
                if pass.codes.is_empty() {
                    bail!("the school has signed no code for this guest yet: sync, and ask again");
                }
                return Ok(ExitCode::SUCCESS);
            }
            Self::Sponsor { guest, sponsor } => {
                VolunteerAct::ChangeSponsor { guest, sponsor: staff(terminal, &sponsor).await? }
            }
            Self::Remove { guest } => VolunteerAct::RemoveGuest { guest },
        };
        terminal.save(Request::VolunteerStep(volunteer::Step { step })).await
    }
}

/// Somebody who works here, by name where it is unique.
async fn staff(terminal: &Terminal, text: &str) -> anyhow::Result<Id<Person>> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let known: ask::GuestsFound = terminal.ask(Request::VolunteerGuests(ask::Guests {})).await?;
    let found = known.staff.iter().filter(|one| one.name == text).map(|one| one.person).collect();
    names::only(found, text, "whoever receives a guest works here")
}
