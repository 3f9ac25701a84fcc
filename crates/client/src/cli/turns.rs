//! 护学岗: whose turn it is, who fills it, and the plan a desk lays.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use jiff::civil::Date;
use xinmei_client::api::{Request, turns as ask, volunteer};
use xinmei_model::{Id, Person, Place, Post, Shift, TurnLength, TurnPlan, VolunteerAct};

use super::{
    names::{self, Proxy},
    terminal::Terminal,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The turns of one's own classes: contacts, families that may be asked, days to come.
    Show,
    /// The classes of a post by name and id, with how often each has had its turn this term.
    Classes {
        /// Of which post.
        post: Id<Post>,
    },
    /// Whose turn it would be; with --save it is laid.
    Plan {
        /// Over the shifts of which post.
        post: Id<Post>,
        /// In this order, by id, again and again.
        #[arg(required = true)]
        classes: Vec<Id<Place>>,
        /// The first day.
        #[arg(long)]
        from: Date,
        /// The last day.
        #[arg(long)]
        to: Date,
        /// A turn is a day, not a week.
        #[arg(long)]
        daily: bool,
        /// Places of each shift.
        #[arg(long, default_value_t = 2)]
        places: u32,
        /// So many hours before a shift its places open to everybody.
        #[arg(long, default_value_t = 48)]
        opens_hours: u32,
        /// Lay it.
        #[arg(long)]
        save: bool,
    },
    /// Name a parent the contact of a class until the school year ends.
    Appoint {
        /// Of which class, by id; not needed where there is one.
        #[arg(long)]
        class: Option<Id<Place>>,
        /// Whom, by name or id.
        person: String,
    },
    /// End that somebody is the contact of a class.
    EndContact {
        /// Of which class, by id; not needed where there is one.
        #[arg(long)]
        class: Option<Id<Place>>,
        /// Whom, by id or as `show` names them.
        person: String,
    },
    /// Say that one may be asked to fill places of one's class; with --for, for a family that said so.
    Ready {
        /// In which class, by id; not needed where there is one.
        #[arg(long)]
        class: Option<Id<Place>>,
        /// No longer.
        #[arg(long)]
        not: bool,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Ask a family of the class whose turn it is.
    Ask {
        /// To which shift.
        shift: Id<Shift>,
        /// Of which class, by id; not needed where there is one.
        #[arg(long)]
        class: Option<Id<Place>>,
        /// Whom, by id or the child's name.
        person: String,
        /// For them to read.
        #[arg(long, default_value = "")]
        words: String,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let step = match self {
            Self::Show => {
                let columns = ["/class/id", "/contacts", "/families", "/days"];
                return terminal.show(Request::TurnsClasses(ask::Classes {}), "/classes", &columns).await;
            }
            Self::Classes { post } => {
                let columns =
                    ["/class/id", "/class/grade", "/class/number", "/before/shifts", "/before/places"];
                let preview = Request::TurnsPreview(ask::Preview { post, plan: None });
                return terminal.show(preview, "/classes", &columns).await;
            }
            Self::Plan { post, classes, from, to, daily, places, opens_hours, save } => {
                let each = if daily { TurnLength::Day } else { TurnLength::Week };
                let plan = TurnPlan { from, to, classes, each, places, opens_hours };
                let preview = Request::TurnsPreview(ask::Preview { post, plan: Some(plan) });
                if !save {
                    let columns = ["/shift", "/starts", "/class/id", "/places", "/until"];
                    return terminal.show(preview, "/shifts", &columns).await;
                }
                let laid: ask::TurnsPreviewed = terminal.ask(preview).await?;
                if laid.turns.is_empty() {
                    bail!("no shift of this post is to come in those days");
                }
                VolunteerAct::SetTurns { post, turns: laid.turns }
            }
            Self::Appoint { class, person } => {
                let person = names::person(terminal, &person).await?;
                VolunteerAct::AppointContact { class: class_of(terminal, class).await?, person }
            }
            Self::EndContact { class, person } => {
                let class = class_of(terminal, class).await?;
                let known = in_class(terminal, class).await?;
                let contacts = known.contacts.iter().map(|one| (one.person, one.name.as_str()));
                VolunteerAct::EndContact { class, person: one_of(contacts, &person)? }
            }
            Self::Ready { class, not, proxy } => {
                let (class, on_behalf_of) = (class_of(terminal, class).await?, proxy.find(terminal).await?);
                VolunteerAct::SayReady { class, ready: !not, on_behalf_of }
            }
            Self::Ask { shift, class, person, words } => {
                let class = class_of(terminal, class).await?;
                let known = in_class(terminal, class).await?;
                let ready = known.families.iter().map(|one| (one.person, one.family.child.as_str()));
                let parents = known.parents.iter().map(|one| (one.person, one.name.as_str()));
                let person = one_of(ready.chain(parents), &person)?;
                VolunteerAct::AskFamily { shift, class, person, words, until: None }
            }
        };
        terminal.save(Request::VolunteerStep(volunteer::Step { step })).await
    }
}

/// The class that was named, or the only one there is.
async fn class_of(terminal: &Terminal, named: Option<Id<Place>>) -> anyhow::Result<Id<Place>> {
    if let Some(class) = named {
        return Ok(class);
    }
    let known: ask::ClassesInTurn = terminal.ask(Request::TurnsClasses(ask::Classes {})).await?;
    match known.classes.as_slice() {
        [one] => Ok(one.class.id),
        [] => bail!("this hat has no class"),
        _ => bail!("several classes: name one with --class, see `xinmei volunteer turns show`"),
    }
}

async fn in_class(terminal: &Terminal, class: Id<Place>) -> anyhow::Result<ask::ClassInTurn> {
    let known: ask::ClassesInTurn = terminal.ask(Request::TurnsClasses(ask::Classes {})).await?;
    let found = known.classes.into_iter().find(|one| one.class.id == class);
    found.ok_or_else(|| anyhow::anyhow!("this hat has no such class"))
}

fn one_of<'a>(
    known: impl Iterator<Item = (Id<Person>, &'a str)>,
    wanted: &str,
) -> anyhow::Result<Id<Person>> {
    let fits = known.filter(|(person, name)| *name == wanted || person.to_string() == wanted);
    let found: std::collections::BTreeSet<_> = fits.map(|(person, _)| person).collect();
    match found.into_iter().collect::<Vec<_>>().as_slice() {
        [one] => Ok(*one),
        [] => bail!("nobody there is called {wanted}: see `xinmei volunteer turns show`"),
        _ => bail!("several are called {wanted}: name one by id"),
    }
}
