//! 签到: the gates of an event.

use std::process::ExitCode;

use clap::Subcommand;
use xinmei_client::api::{Request, check_in as ask, ticket};
use xinmei_model::{Arrival, ArrivalMove, Booking, Event, Gate, Id, Role, Session};

use super::terminal::{Terminal, line};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Events at which one may check in.
    List,
    /// The gates of one event, and what they count.
    Board {
        /// Which.
        event: Id<Event>,
    },
    /// Set check-in up: the gates hold the list from now on.
    SetUp {
        /// Of which event.
        event: Id<Event>,
    },
    /// Let somebody check in, or end that.
    Appoint {
        /// At which event.
        event: Id<Event>,
        /// Whom: one of the hats of who works here, as `board` lists them.
        role: Id<Role>,
        /// From now on no more; gates they have open are revoked.
        #[arg(long)]
        ends: bool,
    },
    /// This profile is a gate from now on.
    OpenGate {
        /// Of which event.
        event: Id<Event>,
        /// 北门
        name: String,
    },
    /// Seats this gate may give to who walks in.
    Lease {
        /// Of which session.
        session: Id<Session>,
        /// Seats, those it gave included.
        seats: u32,
    },
    /// Parties on the list, by name, pinyin, initials or the last four of 学号.
    Find {
        /// At which event.
        event: Id<Event>,
        /// The session the gate lets in to.
        session: Id<Session>,
        /// What was said at the door.
        text: String,
    },
    /// Let in whoever holds a ticket.
    Scan {
        /// At which event.
        event: Id<Event>,
        /// The session the gate lets in to.
        session: Id<Session>,
        /// What is written in the QR code.
        code: String,
        /// Say whose it is and write nothing down.
        #[arg(long)]
        look: bool,
    },
    /// Let somebody in: with a booking, or on the gate's own seats.
    Arrive {
        /// At which event.
        event: Id<Event>,
        /// To which session.
        session: Id<Session>,
        /// With which booking.
        #[arg(long)]
        booking: Option<Id<Booking>>,
        /// Seats of the booking that are taken now.
        #[arg(long, default_value_t = 0)]
        seats: u32,
        /// Seats of the gate's own.
        #[arg(long, default_value_t = 0)]
        extra: u32,
        /// Who walks in.
        #[arg(long, default_value = "")]
        name: String,
        /// Entered afterwards, from paper: when it was (RFC 3339).
        #[arg(long)]
        at: Option<jiff::Timestamp>,
    },
    /// They left.
    Left {
        /// Which arrival.
        arrival: Id<Arrival>,
    },
    /// They are back.
    Back {
        /// Which arrival.
        arrival: Id<Arrival>,
    },
    /// It was a slip of the hand.
    Undo {
        /// Which arrival.
        arrival: Id<Arrival>,
    },
    /// The whole list of a session.
    Sheet {
        /// Which.
        session: Id<Session>,
    },
    /// What a family shows at the gate.
    Ticket {
        /// Of which booking.
        booking: Id<Booking>,
    },
    /// Take back the seats of who did not come.
    Release {
        /// In which session.
        session: Id<Session>,
        /// Families it costs their seats, as `board` counts them.
        #[arg(long)]
        families: u32,
    },
    /// This gate has heard what was taken back.
    Agree {
        /// At which event.
        event: Id<Event>,
        /// Up to which round, as `board` says.
        round: u32,
    },
    /// This profile is no gate any more; its seats go back.
    CloseGate {
        /// At which event.
        event: Id<Event>,
    },
    /// Take the seats of a gate that did not come back.
    RevokeGate {
        /// Which.
        gate: Id<Gate>,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let correct = |arrival, to| Request::CheckInCorrect(ask::Correct { arrival, to });
        match self {
            Self::List => {
                let columns = ["/event", "/next/id", "/next/starts", "/open", "/title"];
                terminal.show(Request::CheckInList(ask::List {}), "/events", &columns).await
            }
            Self::Board { event } => {
                terminal.show(Request::CheckInBoard(ask::Board { event }), "", &[]).await
            }
            Self::Find { event, session, text } => {
                let columns = ["/booking", "/admission", "/children", "/size"];
                let find = Request::CheckInFind(ask::Find { event, session, text });
                terminal.show(find, "/parties", &columns).await
            }
            Self::Sheet { session } => {
                let columns = ["/booking", "/children", "/adults", "/size", "/admission"];
                terminal.show(Request::CheckInSheet(ask::Sheet { session }), "/parties", &columns).await
            }
            Self::Ticket { booking } => {
                let show = Request::CheckInTicket(ticket::ShowTicket { booking });
                let ticket: ticket::Ticket = terminal.ask(show).await?;
                line(&ticket.code);
                Ok(ExitCode::SUCCESS)
            }
            Self::Scan { event, session, code, look: looks } => {
                let scan = Request::CheckInScan(ask::Scan { event, session, code, looks });
                terminal.show(scan, "", &["/party/admission", "/party/children", "/arrival"]).await
            }
            Self::Arrive { event, session, booking, seats, extra, name, at } => {
                let arrive = ask::Arrive { event, session, booking, name, seats, extra, at };
                terminal.save(Request::CheckInArrive(arrive)).await
            }
            Self::SetUp { event } => terminal.save(Request::CheckInSetUp(ask::SetUp { event })).await,
            Self::Appoint { event, role, ends } => {
                terminal.save(Request::CheckInAppoint(ask::Appoint { event, role, ends })).await
            }
            Self::OpenGate { event, name } => {
                terminal.save(Request::CheckInOpenGate(ask::OpenGate { event, name })).await
            }
            Self::Lease { session, seats } => {
                terminal.save(Request::CheckInLease(ask::SetLease { session, seats })).await
            }
            Self::Left { arrival } => terminal.save(correct(arrival, ArrivalMove::Left)).await,
            Self::Back { arrival } => terminal.save(correct(arrival, ArrivalMove::Back)).await,
            Self::Undo { arrival } => terminal.save(correct(arrival, ArrivalMove::Undo)).await,
            Self::Release { session, families } => {
                terminal.save(Request::CheckInRelease(ask::Release { session, families })).await
            }
            Self::Agree { event, round } => {
                terminal.save(Request::CheckInAgree(ask::Agree { event, round })).await
            }
            Self::CloseGate { event } => {
                terminal.save(Request::CheckInCloseGate(ask::CloseGate { event })).await
            }
            Self::RevokeGate { gate } => {
                terminal.save(Request::CheckInRevokeGate(ask::RevokeGate { gate })).await
            }
        }
    }
}
