//! The command line: every command is one question through the door.
//!
//! Exit codes: 0 done, 1 the school says no, 2 usage, 3 the school cannot be reached or is busy (what was
//! saved is saved), 4 the
//! password is needed, 5 something is broken.

mod activities;
mod afterwards;
mod alert;
mod answering;
mod calendar;
mod check_in;
mod child_files;
mod class;
mod conference;
mod contest;
mod conversation;
mod course;
mod event;
mod family_request;
mod file;
mod guests;
mod history;
mod hours;
mod hours_missing;
mod hours_report;
mod inbox;
mod names;
mod notice;
mod notification;
mod office;
mod partner;
mod password;
mod preview;
mod profile;
mod propose;
mod pupil;
mod rehearsal;
mod report;
mod school;
mod shift;
mod slip;
mod swap;
mod sync;
mod template;
mod terminal;
mod theme;
mod trip;
mod turns;
mod venue;
mod volunteer;
mod whom;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::{Parser, Subcommand};
use terminal::{Terminal, Told};
use xinmei_client::{Options, api::Fault, profile::ProfileDir, socket::Door};

/// Home and school, from the command line.
#[derive(Parser)]
#[command(
    name = "xinmei",
    version,
    after_help = "Exit codes: 0 done, 1 refused, 2 usage, 3 offline or busy (saved only), 4 locked or signed out, 5 broken"
)]
pub(crate) struct Args {
    /// Where profiles are kept.
    #[arg(long, global = true, env = "XINMEI_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Which profile.
    #[arg(long, global = true, default_value = "default")]
    profile: String,
    /// Print JSON, one value a line.
    #[arg(long, global = true)]
    json: bool,
    /// Read the password from this file descriptor; else from XINMEI_PASSWORD, else it is asked.
    #[arg(long, global = true)]
    password_fd: Option<u32>,
    /// Keep the store's key out of the operating system's keyring.
    #[arg(long, global = true)]
    no_keyring: bool,
    /// Save only; do not sync and wait for the verdict.
    #[arg(long, global = true)]
    no_wait: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Profile(profile::Command),
    #[command(flatten)]
    Sync(sync::Command),
    /// Notices.
    #[command(subcommand)]
    Notice(notice::Command),
    /// Alerts and the roll-call.
    #[command(subcommand)]
    Alert(alert::Command),
    /// Templates of notices.
    #[command(subcommand)]
    Template(template::Command),
    /// Partners of the school: a directory, and its vCards.
    #[command(subcommand)]
    Partner(partner::Command),
    /// Trips: slips, buses, roll-call.
    #[command(subcommand)]
    Trip(trip::Command),
    /// Themes of events.
    #[command(subcommand)]
    Theme(theme::Command),
    /// Venues: where events are held.
    #[command(subcommand)]
    Venue(venue::Command),
    /// Events.
    #[command(subcommand)]
    Event(event::Command),
    #[command(flatten)]
    Booking(event::Booking),
    /// Courses: their lessons, materials, and which parents took part.
    #[command(subcommand)]
    Course(course::Command),
    /// Shifts.
    #[command(subcommand)]
    Shift(shift::Command),
    /// Hours of volunteers: who came, what waits for approval, one's own, certificates.
    #[command(subcommand)]
    Hours(hours::Command),
    /// Verify a certificate of hours against a school's public key: without a network, a profile or an account.
    VerifyCertificate(hours::VerifyCertificate),
    /// Conference days and the guidance station.
    #[command(subcommand)]
    Conference(conference::Command),
    /// Campaigns, qualifications, and posts of volunteers that stand.
    #[command(subcommand)]
    Volunteer(volunteer::Command),
    /// Contests in stages: 大队委换届选举.
    #[command(subcommand)]
    Contest(contest::Command),
    /// 请假, 代接, and the day's list.
    #[command(subcommand)]
    Request(family_request::Command),
    /// Conversations.
    #[command(subcommand)]
    Conversation(conversation::Command),
    /// Shared inboxes: 教导处, 心理辅导.
    #[command(subcommand)]
    Inbox(inbox::Command),
    /// Say something in a conversation.
    Send(conversation::Send),
    /// 举报
    #[command(subcommand)]
    Report(report::Command),
    /// What a family had in its hands at a moment.
    History(history::Command),
    /// Classes.
    #[command(subcommand)]
    Class(class::Command),
    /// When one is told of what is new.
    #[command(subcommand)]
    Notifications(notification::Command),
    /// One's own bookings and shifts for a calendar program.
    #[command(subcommand)]
    Calendar(calendar::Command),
    /// 签到: the gates of an event.
    #[command(subcommand)]
    CheckIn(check_in::Command),
    /// The roster.
    #[command(subcommand)]
    Import(office::Import),
    /// What the school settles for everybody.
    #[command(subcommand)]
    School(school::Command),
    /// Remarks of the roster.
    #[command(subcommand)]
    Remarks(office::Remarks),
}

impl Command {
    /// The address a command names itself; the profile's own is meant by all others.
    fn address(&self) -> Option<String> {
        match self {
            Self::Profile(command) => command.address(),
            _ => None,
        }
    }
}

/// Runs a command and says how it ended.
pub(crate) async fn run(args: Args) -> ExitCode {
    let json = args.json;
    match answer(args).await {
        Ok(code) => code,
        Err(error) => {
            let told = error.downcast_ref::<Told>().map(|told| &told.fault);
            let fault = told.or_else(|| error.downcast_ref::<Fault>());
            match fault {
                Some(fault) if json => eprintln!("{}", serde_json::json!({ "error": fault })),
                None if json => {
                    eprintln!("{}", serde_json::json!({ "error": { "usage": format!("{error:#}") } }))
                }
                _ => eprintln!("xinmei: {error:#}"),
            }
            ExitCode::from(fault.map_or(2, code_of))
        }
    }
}

fn code_of(fault: &Fault) -> u8 {
    match fault {
        Fault::Refused { .. } | Fault::Denied { .. } => 1,
        Fault::Invalid { .. } => 2,
        Fault::Offline | Fault::Busy { .. } | Fault::ClockWrong => 3,
        Fault::SignedOut | Fault::Locked => 4,
        Fault::UpdateNeeded | Fault::DiskFull | Fault::Broken { .. } => 5,
    }
}

async fn answer(args: Args) -> anyhow::Result<ExitCode> {
    if let Command::VerifyCertificate(command) = args.command {
        return command.run(args.json);
    }
    let data = args.data_dir.or_else(ProfileDir::default_data).context("no home: give --data-dir")?;
    let profile = ProfileDir::new(&data, &args.profile)?;
    let options = Options { keyring: !args.no_keyring, ..Options::system() };
    let door = Door::open(profile.clone(), options).await?;
    if let Door::Here(client) = &door {
        // A path too long for a socket only means that other processes have to wait for this one.
        let _ = client.listen_here();
    }
    let terminal = Terminal { door, json: args.json, wait: !args.no_wait, password_fd: args.password_fd };
    let asked = args.command.address();
    match run_in(args.command, &terminal, &profile).await {
        Ok(code) => Ok(code),
        Err(error) => Err(match error.downcast::<Fault>() {
            Ok(fault) => terminal.told(fault, asked.as_deref()).await.into(),
            Err(error) => error,
        }),
    }
}

async fn run_in(command: Command, terminal: &Terminal, profile: &ProfileDir) -> anyhow::Result<ExitCode> {
    if !matches!(command, Command::Profile(_)) {
        terminal.unlock().await?;
    }
    match command {
        Command::Profile(command) => command.run(terminal, profile).await,
        Command::Sync(command) => command.run(terminal).await,
        Command::Notice(command) => command.run(terminal).await,
        Command::Alert(command) => command.run(terminal).await,
        Command::Template(command) => command.run(terminal).await,
        Command::Theme(command) => command.run(terminal).await,
        Command::Venue(command) => command.run(terminal).await,
        Command::Partner(command) => command.run(terminal).await,
        Command::Trip(command) => command.run(terminal).await,
        Command::Course(command) => command.run(terminal).await,
        Command::Inbox(command) => command.run(terminal).await,
        Command::Event(command) => command.run(terminal).await,
        Command::Booking(command) => command.run(terminal).await,
        Command::Shift(command) => command.run(terminal).await,
        Command::Hours(command) => command.run(terminal).await,
        Command::VerifyCertificate(command) => command.run(terminal.json),
        Command::Conference(command) => command.run(terminal).await,
        Command::Contest(command) => command.run(terminal).await,
        Command::Volunteer(command) => command.run(terminal).await,
        Command::Request(command) => command.run(terminal).await,
        Command::Conversation(command) => command.run(terminal).await,
        Command::Send(send) => send.run(terminal).await,
        Command::Report(command) => command.run(terminal).await,
        Command::History(command) => command.run(terminal).await,
        Command::Class(command) => command.run(terminal).await,
        Command::Calendar(command) => command.run(terminal).await,
        Command::CheckIn(command) => command.run(terminal).await,
        Command::Import(command) => command.run(terminal).await,
        Command::Remarks(command) => command.run(terminal).await,
        Command::School(command) => command.run(terminal).await,
        Command::Notifications(command) => command.run(terminal).await,
    }
}
