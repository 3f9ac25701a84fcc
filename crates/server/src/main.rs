//! `xinmei-server`: the school's server and what its administrator does on the console.
//!
//! Exit codes: 0 done, 1 the school said no or something failed (the reason is on standard error), 2 usage.
#![expect(clippy::print_stdout, reason = "a command line answers on standard output")]

use std::{
    io::{IsTerminal, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use xinmei_model::{Id, Person, QuietHours};
use xinmei_server::{
    Fail, Result, backup,
    edge::Edge,
    files::Files,
    holidays, import, invite,
    invite::Address,
    ledger::Ledger,
    school::{self, Reached},
    serve::{self, Options},
    tls, verify,
};

#[derive(Parser)]
#[command(name = "xinmei-server", version, about = "The server of one school")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a school in an empty folder
    Init {
        #[arg(long)]
        data: PathBuf,
        /// The school's name
        #[arg(long)]
        name: String,
        /// IANA time zone
        #[arg(long, default_value = "Asia/Shanghai")]
        zone: String,
    },
    /// Serve the school over HTTPS
    Serve {
        #[arg(long)]
        data: PathBuf,
        #[arg(long, default_value = "127.0.0.1:8443")]
        listen: SocketAddr,
        /// Name or address by which families reach it; may be given several times
        #[arg(long = "name")]
        names: Vec<String>,
        /// PEM certificate chain; without one the school is its own authority
        #[arg(long, requires = "tls_key")]
        tls_cert: Option<PathBuf>,
        /// PEM key
        #[arg(long, requires = "tls_cert")]
        tls_key: Option<PathBuf>,
        /// Allow TLS 1.2, for old proxies
        #[arg(long)]
        tls12: bool,
    },
    /// Preview a roster; with --confirm, import it; with --undo, put one import back
    Import {
        #[arg(long)]
        data: PathBuf,
        /// XLSX, or CSV in UTF-8 or GB18030; several files of one roster are read together
        #[arg(required_unless_present = "undo")]
        files: Vec<PathBuf>,
        #[arg(long)]
        confirm: bool,
        /// The school year the roster is of, by the year it begins in, where its title does not say it
        #[arg(long, value_parser = clap::value_parser!(i16).range(2000..=2100))]
        year: Option<i16>,
        /// Pupils absent from all of the files leave the school
        #[arg(long)]
        let_leave: bool,
        /// Staff absent from all of the files take their hats off
        #[arg(long)]
        let_staff_leave: bool,
        #[arg(long)]
        undo: Option<uuid::Uuid>,
        #[arg(long)]
        json: bool,
    },
    /// Make an invite for one person
    Invite {
        #[arg(long)]
        data: PathBuf,
        /// Name or 工号; must be unique
        #[arg(long, required_unless_present_any = ["id", "role"])]
        person: Option<String>,
        /// The person's id
        #[arg(long)]
        id: Option<Id<Person>>,
        /// Somebody of the demo school: parent, teacher, coordinator, administrator
        #[arg(long = "as")]
        role: Option<String>,
        /// The address families use, as printed on the strip; that of the last serve if not given
        #[arg(long)]
        address: Option<String>,
        /// Sign the person's other devices out
        #[arg(long)]
        replace: bool,
        #[arg(long)]
        json: bool,
    },
    /// Copy the database and the certificate authority into a new folder; works while the server runs
    Backup {
        #[arg(long)]
        data: PathBuf,
        /// A folder that does not exist yet
        to: PathBuf,
    },
    /// Bring in what was announced of a year's holidays; works while the server runs
    Holidays {
        #[arg(long)]
        data: PathBuf,
        /// A signed holiday file: 2027.holidays
        file: PathBuf,
    },
    /// Verify the chain of approved hours: names the first entry that was altered, removed, moved or cut off,
    /// and each file of an approved entry that is not what was approved
    Verify {
        #[arg(long)]
        data: PathBuf,
        /// Checkpoints that somebody kept, as `xinmei hours checkpoints` prints them; may be given several times
        #[arg(long = "checkpoint")]
        checkpoints: Vec<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    /// Print the school's public key, by which certificates are verified
    SchoolKey {
        #[arg(long)]
        data: PathBuf,
    },
    /// Make the demo school in an empty folder
    Demo {
        #[arg(long)]
        data: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("XINMEI_LOG").unwrap_or_else(|_| "info".into()),
        )
        .init();
    match run(Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "xinmei-server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<()> {
    let edge = Edge::of_machine();
    match command {
        Command::Init { data, name, zone } => init(&data, &name, &zone, edge).await,
        Command::Serve { data, listen, names, tls_cert, tls_key, tls12 } => {
            let given = tls::Given { cert: tls_cert, key: tls_key, tls12 };
            serve_until_stopped(Options { data, listen, names, tls: given }, edge).await
        }
        Command::Import { data, undo: Some(id), .. } => {
            let outcome = import::undo(&open(&data, edge)?, id, "xinmei-server").await?;
            print_json(&outcome)
        }
        Command::Import { data, files, year, confirm, let_leave, let_staff_leave, json, .. } => {
            let leave = import::Leave { pupils: let_leave, staff: let_staff_leave };
            import_files(&open(&data, edge)?, &files, year, confirm.then_some(leave), json).await
        }
        Command::Invite { data, person, id, role, address, replace, json } => {
            let ledger = open(&data, edge)?;
            let person = whom(&ledger, person, id, role)?;
            let address = reached(&ledger, &data, address)?;
            let invite = invite::issue_from_console(&ledger, address, person, replace).await?;
            if json {
                return print_json(&invite);
            }
            println!("{}  {}\n{}\n{}", invite.person_name, invite.address, invite.code, invite.link);
            Ok(())
        }
        Command::Backup { data, to } => {
            let (store, _, _) = school::open(&data)?;
            backup::back_up(&store, &data, &to)?;
            println!("{}", to.display());
            Ok(())
        }
        Command::Holidays { data, file } => {
            let said = holidays::bring_in(&open(&data, edge)?, &file).await?;
            println!("{}  {}  {}", said.year, said.published, said.source);
            Ok(())
        }
        Command::Verify { data, checkpoints, json } => verify_hours(&data, &checkpoints, json),
        Command::SchoolKey { data } => {
            println!("{}", verify::school_key(&school::open(&data)?.2));
            Ok(())
        }
        Command::Demo { data } => xinmei_server::demo::make(&data, &edge).await,
    }
}

async fn init(data: &Path, name: &str, zone: &str, edge: Edge) -> Result<()> {
    if jiff::tz::TimeZone::get(zone).is_err() {
        return Err(Fail::caller(500, "zone", format!("{zone} is no time zone; try Asia/Shanghai.")));
    }
    let (store, writer, identity) = school::create(data, &edge)?;
    let rows = school::first_rows(&identity, name, zone, 120, 120, Some(QuietHours::usual()));
    let ledger = Ledger::start(store, writer, identity, edge, |_| {})?;
    ledger.write(move |tx| tx.apply(rows.clone()).map(|_| ())).await?;
    tls::authority_der(data, false, ledger.edge.clock.now())?;
    println!("{name} is ready in {}. Next: xinmei-server import --data … roster.xlsx", data.display());
    Ok(())
}

fn verify_hours(data: &Path, files: &[PathBuf], json: bool) -> Result<()> {
    let (store, _, identity) = school::open(data)?;
    let mut checkpoints = Vec::new();
    for file in files {
        checkpoints.extend(verify::read_checkpoints(file)?);
    }
    let found = store.read(|session| verify::verify(session, &identity, &checkpoints))?;
    let folder = Files::open(data)?;
    let evidence = store.read(|session| verify::verify_evidence(session, &folder))?;
    if json {
        print_json(&verify::Both { hours: &found, evidence: &evidence })?;
    } else if !matches!(found, verify::Verified::Broken(_)) {
        println!("{found}");
        println!("evidence: {} files looked at", evidence.files);
    }
    if let verify::Verified::Broken(_) = found {
        return Err(Fail::caller(409, "hours-broken", found.to_string()));
    }
    if evidence.broken.is_empty() {
        return Ok(());
    }
    let named: Vec<_> = evidence.broken.iter().map(ToString::to_string).collect();
    Err(Fail::caller(409, "evidence-broken", named.join("\n")))
}

fn open(data: &Path, edge: Edge) -> Result<Ledger> {
    let (store, writer, identity) = school::open(data)?;
    Ledger::start(store, writer, identity, edge, |_| {})
}

/// What strips say of the server: as the last `serve` was reached, or by the address given.
fn reached(ledger: &Ledger, data: &Path, given: Option<String>) -> Result<Address> {
    let (last, trusted) =
        ledger.look(|session| Ok((Reached::recall(session)?, school::has_devices(session)?)))?;
    let private = last.as_ref().is_none_or(|last| last.private);
    let host = given.or(last.map(|last| last.host)).ok_or_else(|| {
        let detail =
            "No address is known yet. Serve once with --name, or give --address as families reach it.";
        Fail::caller(500, "address-unknown", detail)
    })?;
    let ca = if private { tls::authority_der(data, trusted, ledger.edge.clock.now())? } else { Vec::new() };
    Ok(Address { host, ca })
}

/// Whoever is meant, if it is exactly one person.
fn whom(
    ledger: &Ledger,
    name: Option<String>,
    id: Option<Id<Person>>,
    role: Option<String>,
) -> Result<Id<Person>> {
    if let Some(id) = id {
        return Ok(id);
    }
    if let Some(role) = role {
        return ledger.look(|session| xinmei_server::demo::person_for(session, &role));
    }
    let name = name.unwrap_or_default();
    let found = ledger.look(|session| invite::find_person(session, &name))?;
    match found.as_slice() {
        [person] => Ok(person.id),
        [] => Err(Fail::caller(404, "not-found", format!("Nobody here is called {name}."))),
        several => {
            let ids: Vec<_> = several.iter().map(|person| person.id.to_string()).collect();
            let detail = format!("{} people are called {name}; give one --id: {}", ids.len(), ids.join(", "));
            Err(Fail::caller(409, "ambiguous", detail))
        }
    }
}

async fn import_files(
    ledger: &Ledger,
    files: &[PathBuf],
    year: Option<i16>,
    confirmed: Option<import::Leave>,
    json: bool,
) -> Result<()> {
    let files = files.iter().map(|path| read_file(path)).collect::<Result<Vec<_>>>()?;
    let preview = import::preview(ledger, "xinmei-server", files, year).await?;
    if json {
        print_json(&preview)?;
    } else {
        println!("{preview}");
    }
    let Some(leave) = confirmed else {
        if !json {
            println!("Nothing was written. Add --confirm to import it.");
        }
        return Ok(());
    };
    print_json(&import::confirm(ledger, preview.id, "xinmei-server", leave).await?)
}

fn read_file(path: &Path) -> Result<import::File> {
    let content = std::fs::read(path).map_err(|error| {
        Fail::caller(404, "roster-unreadable", format!("{} cannot be read: {error}.", path.display()))
    })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(import::File { name, content })
}

async fn serve_until_stopped(options: Options, edge: Edge) -> Result<()> {
    let running = serve::start(options, edge).await?;
    let ready = serde_json::json!({
        "event": "ready", "url": running.url, "epoch": running.school.ledger.identity.epoch,
    });
    println!("{ready}");
    let _ = std::io::stdout().flush();
    stop_asked().await;
    running.stop().await;
    Ok(())
}

/// SIGTERM, or Ctrl-C.
async fn stop_asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn print_json(value: &impl serde::Serialize) -> Result<()> {
    println!("{}", serde_json::to_string(value).map_err(Fail::broken)?);
    Ok(())
}
