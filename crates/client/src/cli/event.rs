//! Events and bookings.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;
use xinmei_client::api::{Request, event as ask};
use xinmei_model::{Booking as BookingRow, Event, Id, Session};

use super::{
    names::{self, Proxy},
    terminal::Terminal,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Those to come first.
    List,
    /// One event, whole.
    Open {
        /// Which.
        event: Id<Event>,
    },
    /// Publish an event from a JSON file: what `event.publish` takes.
    Publish {
        /// The file.
        file: PathBuf,
    },
    /// Call an event off.
    Cancel {
        /// Which.
        event: Id<Event>,
        /// For families to read.
        #[arg(long)]
        reason: String,
    },
    /// Change the number of seats.
    Capacity {
        /// Of which session.
        session: Id<Session>,
        /// Seats.
        seats: u32,
    },
    /// The coordinator's event.
    Desk {
        /// Which.
        event: Id<Event>,
    },
}

#[derive(Subcommand)]
pub(crate) enum Booking {
    /// Sign a family up.
    Signup {
        /// Which session.
        session: Id<Session>,
        /// Which children, by name.
        #[arg(long, required = true)]
        child: Vec<String>,
        /// Adults who come along.
        #[arg(long, default_value_t = 0)]
        adults: u32,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Give a booking back.
    Cancel {
        /// Which.
        booking: Id<BookingRow>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Take an offered seat.
    Accept {
        /// Which.
        booking: Id<BookingRow>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Pass an offered seat on.
    Decline {
        /// Which.
        booking: Id<BookingRow>,
        #[command(flatten)]
        proxy: Proxy,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/starts", "/state", "/title", "/sessions/0/id"];
                terminal.show(Request::EventList(ask::List {}), "/events", &columns).await
            }
            Self::Open { event } => terminal.show(Request::EventOpen(ask::Open { event }), "", &[]).await,
            Self::Publish { file } => {
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                let plan: ask::Publish = serde_json::from_str(&text).context("not an event")?;
                terminal.save(Request::EventPublish(plan)).await
            }
            Self::Cancel { event, reason } => {
                terminal.save(Request::EventCancel(ask::Cancel { event, reason })).await
            }
            Self::Capacity { session, seats } => {
                terminal.save(Request::EventCapacity(ask::Capacity { session, capacity: seats })).await
            }
            Self::Desk { event } => {
                let columns = ["/id", "/state", "/children", "/guardian/name", "/size", "/note"];
                terminal.show(Request::EventDesk(ask::Desk { event }), "/bookings", &columns).await
            }
        }
    }
}

impl Booking {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let proxy = match &self {
            Self::Signup { proxy, .. }
            | Self::Cancel { proxy, .. }
            | Self::Accept { proxy, .. }
            | Self::Decline { proxy, .. } => proxy,
        };
        let on_behalf_of = proxy.find(terminal).await?;
        let request = match self {
            Self::Signup { session, child, adults, .. } => {
                let children = names::children(terminal, &child).await?;
                Request::EventSignUp(ask::SignUp { session, children, adults, on_behalf_of })
            }
            Self::Cancel { booking, .. } => Request::EventWithdraw(ask::Withdraw { booking, on_behalf_of }),
            Self::Accept { booking, .. } => Request::EventAccept(ask::Accept { booking, on_behalf_of }),
            Self::Decline { booking, .. } => Request::EventDecline(ask::Decline { booking, on_behalf_of }),
        };
        terminal.save(request).await
    }
}
