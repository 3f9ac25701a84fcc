//! The shell: one window on one profile, the door between them, and notifications. It knows Tauri and the client, and no
//! rules.

mod args;
mod door;
mod notify;
#[cfg(target_os = "linux")]
mod print;
mod second;
mod staying;
mod window;

use std::{process::ExitCode, time::Duration};

use anyhow::{Context, Result, bail};
use args::Args;
use clap::Parser;
use tauri::AppHandle;
use xinmei_client::{Client, Options, profile::ProfileDir};

/// How often, and how long apart, the profile is tried: a command line that is just ending holds it for a moment.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_millis(100);

/// What is under way when the window closes may finish.
const DRAIN: Duration = Duration::from_secs(2);

/// Opens the window and returns when it is closed.
#[must_use]
pub fn run() -> ExitCode {
    let args = Args::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("XINMEI_LOG").unwrap_or_else(|_| "warn".into()),
        )
        .init();
    match start(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xinmei-desktop: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(args: &Args) -> Result<ExitCode> {
    if args.safe_rendering {
        args::restart_with_safe_rendering()?;
    }
    let data = args.data_dir.clone().or_else(ProfileDir::default_data).context("no home: give --data-dir")?;
    let profile = ProfileDir::new(&data, &args.profile)?;
    let options = Options { keyring: !args.no_keyring, ..Options::system() };

    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    let link = args.link.as_deref();
    let Some(client) = runtime.block_on(open(&profile, options, link))? else {
        return Ok(ExitCode::SUCCESS);
    };

    if let Some(fd) = args.password_fd {
        let password = args::password(fd).context("--password-fd cannot be read")?;
        runtime.block_on(client.unlock(password))?;
    }
    let code = show(client, &profile, link)?;
    runtime.shutdown_timeout(DRAIN);
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The profile's core; `None` where its window is open already and was brought to the front.
async fn open(profile: &ProfileDir, options: Options, link: Option<&str>) -> Result<Option<Client>> {
    for _ in 0..TRIES {
        if let Some(client) = Client::open(profile.clone(), options.clone()).await? {
            return Ok(Some(client));
        }
        if second::hand_over(profile, link).await {
            return Ok(None);
        }
        tokio::time::sleep(PAUSE).await;
    }
    bail!("another program holds this profile (perhaps `xinmei sync --watch`); end it and start again")
}

fn show(client: Client, profile: &ProfileDir, link: Option<&str>) -> Result<i32> {
    let app = tauri::Builder::default()
        .manage(client.clone())
        .manage(staying::Staying::default())
        .on_window_event(staying::on_event)
        .invoke_handler(tauri::generate_handler![door::call])
        .build(tauri::generate_context!())?;
    let handle = app.handle().clone();
    tauri::async_runtime::spawn(door::tell(client.clone(), handle.clone()));
    tauri::async_runtime::spawn(stop_on_signal(handle.clone()));
    window::open(&handle, profile.path(), link, notify::count)?;
    #[cfg(target_os = "linux")]
    client.prints_with(print::printer(handle.clone()));
    tauri::async_runtime::spawn(notify::run(client.clone(), handle.clone()));
    tauri::async_runtime::spawn(staying::follow(client.clone(), handle.clone()));

    let profile = profile.clone();
    tauri::async_runtime::spawn(async move {
        client.start();
        // A path too long for a socket only means that other processes have to wait for this one.
        if let Err(fault) = client.listen_here() {
            tracing::warn!(%fault, "the command line cannot reach this window");
        }
        second::listen(&profile, client, handle).await;
    });
    Ok(app.run_return(|_, _| {}))
}

/// Closes the window as its close button does.
async fn stop_on_signal(app: AppHandle) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut term) = signal(SignalKind::terminate()) else { return };
        tokio::select! {
            _ = term.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        return;
    }
    app.exit(0);
}
