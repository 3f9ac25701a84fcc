//! Events and bookings.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Subcommand;
use xinmei_client::api::{Request, attendance, desk, draw, event as ask};
use xinmei_model::{Booking as BookingRow, Cut, Event, Id, Session};

use super::{
    afterwards::Reporting,
    names::{self, Proxy},
    rehearsal::Suppose,
    terminal::{Terminal, row},
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
        /// A further programme tag it counts for; may be given several times.
        #[arg(long)]
        tag: Vec<String>,
    },
    /// A past event as the plan of a new one, moved by whole weeks: what `publish` takes.
    Copy {
        /// Which.
        event: Id<Event>,
    },
    /// Play the opening of sign-up with this school's families; nothing is sent or kept.
    Rehearse {
        /// What `publish` takes.
        file: PathBuf,
        #[command(flatten)]
        suppose: Suppose,
    },
    /// Change an event by a JSON file: what `event.publish` takes, whole; sessions that are there name their `id`.
    Change {
        /// Which.
        event: Id<Event>,
        /// The file.
        file: PathBuf,
        /// The version the file was made from, as `open` says it.
        #[arg(long)]
        version: u32,
    },
    /// Call an event off.
    Cancel {
        /// Which.
        event: Id<Event>,
        /// For families to read.
        #[arg(long)]
        reason: String,
    },
    /// Call one session off.
    CancelSession {
        /// Which.
        session: Id<Session>,
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
        /// Meant, although families lose seats by it: for them to read.
        #[arg(long, requires = "families")]
        reason: Option<String>,
        /// Families it costs something, as `losing` lists them.
        #[arg(long, requires = "reason")]
        families: Option<u32>,
    },
    /// Whom fewer seats would cost something.
    Losing {
        /// In which session.
        session: Id<Session>,
        /// Seats.
        seats: u32,
    },
    /// Draw the seats, with the public value that was named.
    Draw {
        /// Of which event.
        event: Id<Event>,
        /// The value, as anybody can read it.
        value: String,
    },
    /// Work a draw out again on this computer.
    Recompute {
        /// Of which event.
        event: Id<Event>,
    },
    /// Who came to an event; without one, what all events of a term were.
    Report(Reporting),
    /// That the family's children were there, as their certificate says it.
    Certificate {
        /// With which booking.
        booking: Id<BookingRow>,
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
        /// In a draw: the session wished for next; may be given several times, in order of preference.
        #[arg(long)]
        then: Vec<Id<Session>>,
        /// Which children, by name.
        #[arg(long, required = true)]
        child: Vec<String>,
        /// Adults who come along.
        #[arg(long, default_value_t = 0)]
        adults: u32,
        /// An answer to each question of the event, in their order.
        #[arg(long)]
        answer: Vec<String>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Change a booking: all of it or none.
    Change {
        /// Which.
        booking: Id<BookingRow>,
        /// In a draw: all sessions wished for, the best first; as they are if none is given.
        #[arg(long)]
        wish: Vec<Id<Session>>,
        /// All children who come, by name.
        #[arg(long, required = true)]
        child: Vec<String>,
        /// Adults who come along.
        #[arg(long, default_value_t = 0)]
        adults: u32,
        /// An answer to each question of the event, in their order.
        #[arg(long)]
        answer: Vec<String>,
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
            Self::Publish { file, tag } => {
                let mut plan = plan(&file)?;
                plan.tags.extend(tag);
                terminal.save(Request::EventPublish(plan)).await
            }
            Self::Copy { event } => {
                let copied: desk::Copied = terminal.ask(Request::EventCopy(desk::Copy { event })).await?;
                for place in &copied.left_out {
                    eprintln!("left out: {}", serde_json::to_string(place)?);
                }
                for session in &copied.astray {
                    eprintln!("its venue is used no more: {session}");
                }
                terminal.print(&serde_json::to_value(copied.plan)?, "", &[]);
                Ok(ExitCode::SUCCESS)
            }
            Self::Rehearse { file, suppose } => suppose.run(terminal, plan(&file)?).await,
            Self::Change { event, file, version } => {
                let plan = plan(&file)?;
                terminal.save(Request::EventChange(desk::Change { event, version, plan })).await
            }
            Self::CancelSession { session, reason } => {
                terminal.save(Request::EventCancelSession(desk::CancelSession { session, reason })).await
            }
            Self::Cancel { event, reason } => {
                terminal.save(Request::EventCancel(desk::Cancel { event, reason })).await
            }
            Self::Capacity { session, seats, reason, families } => {
                let cut = reason.zip(families).map(|(reason, families)| Cut { reason, families });
                terminal.save(Request::EventCapacity(desk::Capacity { session, capacity: seats, cut })).await
            }
            Self::Losing { session, seats } => {
                let request = Request::EventLosing(desk::Losing { session, capacity: seats });
                if terminal.json {
                    return terminal.show(request, "", &[]).await;
                }
                let lost: desk::Losers = terminal.ask(request).await?;
                for (what, bookings) in [("back in line", lost.back), ("out", lost.out)] {
                    for one in bookings {
                        let children: Vec<_> = one.children.iter().map(|child| child.name.as_str()).collect();
                        row(&[what, &children.join(" "), &one.guardian.name, &one.size.to_string()]);
                    }
                }
                Ok(ExitCode::SUCCESS)
            }
            Self::Draw { event, value } => {
                terminal.save(Request::EventDraw(draw::Draw { event, value })).await
            }
            Self::Recompute { event } => recompute(terminal, event).await,
            Self::Report(wanted) => wanted.run(terminal).await,
            Self::Certificate { booking } => {
                let request = Request::EventCertificate(attendance::Certify { booking });
                terminal.show(request, "", &[]).await
            }
            Self::Desk { event } => {
                let columns = ["/id", "/state", "/children", "/guardian/name", "/size", "/note"];
                terminal.show(Request::EventDesk(desk::Desk { event }), "/bookings", &columns).await
            }
        }
    }
}

/// Each step, then the family's own entries; it fails where something does not agree.
async fn recompute(terminal: &Terminal, event: Id<Event>) -> anyhow::Result<ExitCode> {
    let request = Request::EventRecompute(draw::Recompute { event });
    if terminal.json {
        return terminal.show(request, "", &[]).await;
    }
    let again: draw::Recomputed = terminal.ask(request).await?;
    for step in &again.steps {
        let word = match step.agrees {
            Some(true) => "agrees",
            Some(false) => "does not agree",
            None => "not checked",
        };
        row(&[step.step.name(), word]);
    }
    for own in &again.mine {
        let session = own.session.map(|session| session.to_string()).unwrap_or_default();
        let place = format!("{} of {}", own.place, again.entries);
        row(&[&own.booking.to_string(), &place, &own.ticket.to_string(), &session]);
    }
    Ok(if again.fault.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// An event as it is planned in a file.
fn plan(file: &Path) -> anyhow::Result<desk::Publish> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).context("not an event")
}

impl Booking {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let proxy = match &self {
            Self::Signup { proxy, .. }
            | Self::Change { proxy, .. }
            | Self::Cancel { proxy, .. }
            | Self::Accept { proxy, .. }
            | Self::Decline { proxy, .. } => proxy,
        };
        let on_behalf_of = proxy.find(terminal).await?;
        let request = match self {
            Self::Signup { session, then: others, child, adults, answer: answers, .. } => {
                let children = names::children(terminal, &child).await?;
                Request::EventSignUp(ask::SignUp { session, children, adults, answers, others, on_behalf_of })
            }
            Self::Change { booking, wish: wishes, child, adults, answer: answers, .. } => {
                let children = names::children(terminal, &child).await?;
                Request::EventChangeBooking(ask::ChangeBooking {
                    booking,
                    children,
                    adults,
                    answers,
                    wishes,
                    on_behalf_of,
                })
            }
            Self::Cancel { booking, .. } => Request::EventWithdraw(ask::Withdraw { booking, on_behalf_of }),
            Self::Accept { booking, .. } => Request::EventAccept(ask::Accept { booking, on_behalf_of }),
            Self::Decline { booking, .. } => Request::EventDecline(ask::Decline { booking, on_behalf_of }),
        };
        terminal.save(request).await
    }
}
