//! Venues: where events are held.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use xinmei_client::api::{Request, venue as ask};
use xinmei_model::{Id, Venue, VenueDraft};

use super::terminal::Terminal;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The school's, each with what is on there from now on.
    List,
    /// Keep a new venue.
    Add {
        /// What it is called.
        name: String,
        /// People it takes.
        capacity: u32,
        /// The campus it is on, by name; not needed where there is one.
        #[arg(long)]
        place: Option<String>,
        /// How to get there: 三楼东侧.
        #[arg(long, default_value = "")]
        location: String,
        /// What else to know: 轮椅可到.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Change a venue: what is not said stays. Where it takes fewer people nobody is dropped; the sessions that have more seats
    /// are shown.
    Change {
        /// By name or id.
        venue: String,
        /// What it is called from now on; events keep the name it had.
        #[arg(long)]
        name: Option<String>,
        /// People it takes.
        #[arg(long)]
        capacity: Option<u32>,
        /// How to get there.
        #[arg(long)]
        location: Option<String>,
        /// What else to know.
        #[arg(long)]
        note: Option<String>,
    },
    /// Let nothing new be held there; what is planned stays.
    Drop {
        /// By name or id.
        venue: String,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/draft/name", "/draft/capacity", "/place/name", "/draft/location"];
                terminal.show(Request::VenueList(ask::List {}), "/venues", &columns).await
            }
            Self::Add { name, capacity, place, location, note } => {
                let known: ask::Venues = terminal.ask(Request::VenueList(ask::List {})).await?;
                let mut places = known.places;
                if let Some(named) = &place {
                    places.retain(|one| one.name == *named || one.id.to_string() == *named);
                }
                let names = || places.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", ");
                let place = match places.as_slice() {
                    [one] => one.id,
                    [] => bail!("this hat keeps no venues there"),
                    _ => bail!("say where it is with --place: {}", names()),
                };
                let draft = VenueDraft { place, name, location, capacity, note };
                terminal.save(Request::VenuePut(ask::Put { venue: None, draft })).await
            }
            Self::Change { venue, name, capacity, location, note } => {
                let ask::VenueView { id, draft, .. } = find(terminal, &venue).await?;
                let draft = VenueDraft {
                    place: draft.place,
                    name: name.unwrap_or(draft.name),
                    capacity: capacity.unwrap_or(draft.capacity),
                    location: location.unwrap_or(draft.location),
                    note: note.unwrap_or(draft.note),
                };
                let exceeding = ask::Exceeding { venue: id, capacity: draft.capacity };
                let exceeding: ask::VenueExceeded = terminal.ask(Request::VenueExceeding(exceeding)).await?;
                for one in exceeding.sessions {
                    eprintln!("{} {} {}: {} seats", one.title, one.name, one.starts, one.capacity);
                }
                terminal.save(Request::VenuePut(ask::Put { venue: Some(id), draft })).await
            }
            Self::Drop { venue } => {
                let venue = find(terminal, &venue).await?.id;
                terminal.save(Request::VenueDrop(ask::Drop { venue })).await
            }
        }
    }
}

/// A venue by name, where the name is unique; by id always.
async fn find(terminal: &Terminal, text: &str) -> anyhow::Result<ask::VenueView> {
    let id: Option<Id<Venue>> = text.parse().ok();
    let list: ask::Venues = terminal.ask(Request::VenueList(ask::List {})).await?;
    let mut found = list.venues;
    found.retain(|one| Some(one.id) == id || one.draft.name == text);
    match found.len() {
        1 => found.pop().context("no venue"),
        0 => bail!("no venue is called {text}: see `xinmei venue list`"),
        _ => bail!("several venues are called {text}: name it by its id"),
    }
}
