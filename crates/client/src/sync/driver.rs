//! Does what the engine decides: sends, asks, listens, waits.

use std::{sync::PoisonError, time::Duration};

use futures_util::StreamExt;
use tokio::{
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, sleep_until},
};
use xinmei_model::{
    limits,
    wire::{Live, Page, Pushed},
};

use super::{
    engine::{Action, Engine, Input, Outcome},
    transport::Lost,
};
use crate::{
    Client,
    api::{Fault, profile::Standing, sync::LineState},
};

/// A frame of the live stream is one short line.
const FRAME_BYTES: usize = 64 * 1024;

impl Client {
    /// Starts the driver: from now on this profile syncs by itself. Needs a tokio runtime; a second call does nothing.
    pub fn start(&self) {
        let waiting = self.core.waiting_inputs.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(inputs) = waiting {
            let client = self.clone();
            tokio::spawn(async move { client.drive(inputs).await });
        }
    }

    async fn drive(self, mut inputs: mpsc::UnboundedReceiver<Input>) {
        let begun = Instant::now();
        let mut engine = Engine::new(u64::from_le_bytes(self.core.options.edge.bytes()));
        let mut wake = begun + Duration::from_secs(3600);
        let mut live: Option<JoinHandle<()>> = None;
        if matches!(self.standing().await, Ok(Standing::Ready { .. })) {
            self.tell(Input::Started);
        }
        loop {
            let input = tokio::select! {
                input = inputs.recv() => input,
                () = sleep_until(wake) => Some(Input::Tick),
            };
            let Some(input) = input else { return };
            let now = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            wake = Instant::now() + Duration::from_secs(3600);
            for action in engine.step(now, input) {
                match action {
                    Action::Push => {
                        self.errand(|client| async move { Input::Pushed(outcome(client.push_once().await)) })
                    }
                    Action::Pull => {
                        self.errand(|client| async move { Input::Pulled(outcome(client.pull_once().await)) })
                    }
                    Action::Upload => {
                        self.errand(
                            |client| async move { Input::Uploaded(outcome(client.upload_once().await)) },
                        );
                    }
                    Action::OpenLive => {
                        let client = self.clone();
                        live = Some(tokio::spawn(async move {
                            if let Err(fault) = client.listen().await {
                                tracing::debug!(%fault, "the live stream ended");
                            }
                            client.tell(Input::LiveDown);
                        }));
                    }
                    Action::CloseLive => {
                        if let Some(task) = live.take() {
                            task.abort();
                        }
                    }
                    Action::WakeAt(at) => wake = begun + Duration::from_millis(at),
                    Action::Show(state) => self.set_line(state),
                }
            }
        }
    }

    fn errand<F: Future<Output = Input> + Send + 'static>(&self, run: impl FnOnce(Self) -> F) {
        let client = self.clone();
        let task = run(client.clone());
        tokio::spawn(async move { client.tell(task.await) });
    }

    /// Sends the next wishes. `None` where nothing waits; else whether a pull will show something.
    ///
    /// # Errors
    /// As [`Client::post`].
    pub async fn push_once(&self) -> Result<Option<bool>, Fault> {
        let _one = self.core.pushing.lock().await;
        match self.push_next(limits::MUTATIONS_PER_PUSH).await {
            // A wish that cannot be taken must not stop the others. Which one is it?
            Err(lost) if lost.trouble().is_some() => self.push_alone().await,
            done => Ok(done?),
        }
    }

    /// Sends the oldest wish alone; what the school cannot take is parked, and the next one has its turn.
    async fn push_alone(&self) -> Result<Option<bool>, Fault> {
        let lost = match self.push_next(1).await {
            Ok(done) => return Ok(done),
            Err(lost) => lost,
        };
        let Some(trouble) = lost.trouble() else { return Err(lost.fault) };
        let parked = self.on_replica(move |replica| replica.trouble(&trouble)).await?;
        let Some(topics) = parked else { return Err(lost.fault) };
        self.emit(topics);
        Ok(Some(false))
    }

    async fn push_next(&self, most: usize) -> Result<Option<bool>, Lost> {
        let Some(push) = self.on_replica(move |replica| replica.push_batch(most)).await? else {
            return Ok(None);
        };
        self.emit(["outbox", "sync"]);
        let pushed: Pushed = match self.try_post("/v1/push", &push).await {
            Ok(pushed) => pushed,
            Err(lost) => {
                if !lost.left {
                    self.on_replica(move |replica| replica.never_left(&push)).await?;
                    self.emit(["outbox", "sync"]);
                }
                return Err(lost);
            }
        };
        let applied = self.on_replica(move |replica| replica.apply_pushed(&pushed)).await?;
        self.applied(&applied);
        Ok(Some(applied.more))
    }

    /// Asks for what is new and takes one page in. `true` where there is more.
    ///
    /// # Errors
    /// As [`Client::post`].
    pub async fn pull_once(&self) -> Result<Option<bool>, Fault> {
        let _one = self.core.pulling.lock().await;
        let pull = self.on_replica(|replica| replica.pull_request()).await?;
        let page: Page = self.post("/v1/pull", &pull).await?;
        let applied = self.on_replica(move |replica| replica.apply_page(&page)).await?;
        self.applied(&applied);
        Ok(Some(applied.more))
    }

    /// Sends everything that waits and takes in everything that is new, without the driver: for the command line.
    ///
    /// # Errors
    /// As [`Client::post`].
    pub async fn sync_once(&self) -> Result<(), Fault> {
        let done = self.send_and_fetch().await;
        self.set_line(match &done {
            Ok(()) => LineState::Synced,
            Err(Fault::SignedOut) => LineState::SignedOut,
            Err(Fault::UpdateNeeded) => LineState::UpdateNeeded,
            Err(Fault::Busy { .. }) => LineState::Busy,
            Err(Fault::ClockWrong) => LineState::ClockWrong,
            Err(_) => LineState::Offline,
        });
        done
    }

    async fn send_and_fetch(&self) -> Result<(), Fault> {
        // What carries files waits for them; the others go all the same.
        let uploaded = self.upload_all().await;
        // Each round settles up to a hundred wishes; the outbox of a gate holds five thousand.
        for _ in 0..=limits::OUTBOX_OF_GATE {
            if self.push_once().await?.is_none() {
                break;
            }
        }
        while self.pull_once().await? == Some(true) {}
        uploaded
    }

    async fn upload_all(&self) -> Result<(), Fault> {
        while self.upload_once().await?.is_some() {}
        Ok(())
    }

    async fn listen(&self) -> Result<(), Fault> {
        let line = self.school_line().await?;
        let response = line.live(&self.token().await?).await?;
        let mut chunks = response.bytes_stream();
        let mut held: Vec<u8> = Vec::new();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| super::transport::away(&error))?;
            held.extend_from_slice(&chunk);
            while let Some(end) = held.iter().position(|byte| *byte == b'\n') {
                let frame: Vec<u8> = held.drain(..=end).collect();
                if let Some(frame) = read_frame(&frame) {
                    self.tell(match frame {
                        Live::Hello { .. } => Input::LiveUp,
                        Live::Poke { .. } => Input::Poked,
                    });
                }
            }
            if held.len() > FRAME_BYTES {
                return Err(super::transport::away(&"a frame is too long"));
            }
        }
        Ok(())
    }
}

/// `data: {…}`; comments and frames of a newer server are passed over.
fn read_frame(line: &[u8]) -> Option<Live> {
    let data = line.trim_ascii().strip_prefix(b"data:")?;
    serde_json::from_slice(data.trim_ascii()).ok()
}

fn outcome(result: Result<Option<bool>, Fault>) -> Outcome {
    match result {
        Ok(None) => Outcome::Nothing,
        Ok(Some(more)) => Outcome::Done { more },
        Err(Fault::SignedOut | Fault::Locked) => Outcome::SignedOut,
        Err(Fault::UpdateNeeded) => Outcome::UpdateNeeded,
        Err(Fault::Busy { retry_s }) => Outcome::Busy { wait_ms: u64::from(retry_s) * 1_000 },
        Err(Fault::ClockWrong) => Outcome::ClockWrong,
        Err(fault) => {
            tracing::info!(%fault, "not synced");
            Outcome::Failed
        }
    }
}
