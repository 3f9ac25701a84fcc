//! Starting and stopping a server.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use axum_server::Handle;
use tokio::task::JoinHandle;

use crate::{
    Fail, Result,
    challenge::Challenges,
    delivery::Passed,
    edge::Edge,
    files::Files,
    http::{School, router},
    hub::Hub,
    invite::Address,
    ledger::Ledger,
    school::{self, Reached},
    timers,
    tls::{self, Given},
};

/// How long open requests may take after a stop was asked for.
const DRAIN: Duration = Duration::from_secs(5);

/// What `serve` needs.
#[derive(Clone, Debug)]
pub struct Options {
    /// The data folder.
    pub data: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Names and addresses families reach it by, without a port; the listening address if empty.
    pub names: Vec<String>,
    /// A certificate of one's own.
    pub tls: Given,
}

/// A running server.
pub struct Running {
    /// Where it listens.
    pub url: String,
    /// The school behind it.
    pub school: Arc<School>,
    handle: Handle<SocketAddr>,
    tasks: Vec<JoinHandle<()>>,
}

/// Starts a server.
///
/// # Errors
/// If the folder holds no school, the address is taken, or a certificate cannot be read.
pub async fn start(options: Options, edge: Edge) -> Result<Running> {
    let (store, writer, mut identity) = school::open(&options.data)?;
    identity.begin(&writer, &edge)?;
    let hub = Hub::default();
    let passed = Arc::new(store.read(Passed::load)?);
    let (poked, told) = (hub.clone(), Arc::clone(&passed));
    let ledger = Ledger::start(store, writer, identity, edge, move |pokes| {
        told.told(&pokes);
        poked.poke(pokes);
    })?;

    let listener = std::net::TcpListener::bind(options.listen).map_err(|error| {
        Fail::caller(500, "listen", format!("{} cannot be listened on: {error}.", options.listen))
    })?;
    listener.set_nonblocking(true).map_err(Fail::broken)?;
    let bound = listener.local_addr().map_err(Fail::broken)?;
    let names = if options.names.is_empty() { vec![bound.ip().to_string()] } else { options.names.clone() };
    let mut certified = names.clone();
    for local in [bound.ip().to_string(), "localhost".into()] {
        if !certified.contains(&local) {
            certified.push(local);
        }
    }
    let trusted = ledger.look(school::has_devices)?;
    let keys = tls::keys(&options.data, &certified, &options.tls, trusted, ledger.edge.clock.now())?;
    let host = names.first().map(|name| format!("{name}:{}", bound.port())).unwrap_or_default();
    let reached = Reached { host: host.clone(), private: !keys.ca.is_empty() };
    ledger.write(move |tx| reached.remember(tx.session())).await?;
    if let Some(ahead) = ledger.ahead() {
        tracing::warn!("{ahead}");
    }
    let address = Address { host: host.clone(), ca: keys.ca };
    let challenges = Challenges::new(&ledger.edge);
    let files = Files::open(&options.data)?;
    let school = School {
        ledger: ledger.clone(),
        hub: hub.clone(),
        challenges,
        passed,
        address,
        files: files.clone(),
    };
    let school = Arc::new(school);

    let handle = Handle::new();
    let rustls = axum_server::tls_rustls::RustlsConfig::from_config(keys.config);
    let app = router(Arc::clone(&school)).into_make_service();
    let server = axum_server::from_tcp_rustls(listener, rustls).map_err(Fail::broken)?.handle(handle.clone());
    let tasks = vec![
        tokio::spawn(async move {
            if let Err(error) = server.serve(app).await {
                tracing::error!(%error, "the server stopped");
            }
        }),
        tokio::spawn(timers::run(ledger.clone())),
        tokio::spawn(tick(ledger.clone())),
        tokio::spawn(files.sweep_always(ledger.clone())),
        tokio::spawn(end_streams(ledger, hub)),
    ];
    Ok(Running { url: format!("https://{host}"), school, handle, tasks })
}

impl Running {
    /// Stops: no new requests, open ones get five seconds.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(DRAIN));
        let mut tasks = self.tasks.into_iter();
        if let Some(server) = tasks.next() {
            let _ = server.await;
        }
        tasks.for_each(|task| task.abort());
    }

    /// Stops at once, as a power cut would: for tests of what was promised before.
    pub fn kill(self) {
        self.handle.shutdown();
        self.tasks.into_iter().for_each(|task| task.abort());
    }
}

/// Counts that were held back are written even when nobody else writes.
async fn tick(ledger: Ledger) {
    loop {
        tokio::time::sleep(Duration::from_millis(250)).await;
        if ledger.counts_waiting() && matches!(ledger.write(|_| Ok(())).await, Err(Fail::Stopping)) {
            return;
        }
    }
}

/// Streams end with their session, not only when somebody asks.
async fn end_streams(ledger: Ledger, hub: Hub) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        hub.close_ended(ledger.now());
    }
}
