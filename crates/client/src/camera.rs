//! The camera of the gate: what it sees, and what is written in a QR code in it.
//!
//! A picture is never kept and never sent: it lives in memory until the next one, a small copy goes to the window to aim by, and
//! nobody's face is looked for. The one thing read out of it is the text of a code that is held before the camera.

mod frame;
#[cfg(test)]
mod tests;
#[cfg(target_os = "linux")]
mod v4l;

use std::{
    io,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use tokio::time::Instant;

use self::frame::{Frame, Sighting};
use crate::{api::Fault, client::blocking, fault::denied};

/// How long the camera stays open after the last look: the window looks eight times a second, so that somebody left.
const IDLE: Duration = Duration::from_secs(3);
/// How long a look waits for a picture: slow cameras need two seconds to begin.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long an open camera may show nothing before it is closed, to be opened anew by the next look.
const SILENCE: Duration = Duration::from_secs(4);
/// How long is waited for one frame before it is asked again whether anybody still looks.
const TURN: Duration = Duration::from_millis(200);
/// Damaged frames one look passes over: a camera's first ones often are, a second of them is a broken cable.
const DAMAGED: usize = 30;

/// How often one look opens a camera that was just being closed: many who look at once may each meet that.
const OPENINGS: usize = 20;

/// An open camera. It is closed by being dropped.
trait Frames {
    /// The next frame; `None` where none came in time or it is known to be damaged.
    fn next(&mut self, patience: Duration) -> io::Result<Option<Frame>>;
}

type Open = dyn Fn() -> Result<Box<dyn Frames>, Fault> + Send + Sync;

/// The camera of this computer. The first look opens it, it is open once at most, and three seconds after the last look, or
/// with the client, it is closed.
pub(crate) struct Camera {
    eye: Arc<Eye>,
}

struct Eye {
    open: Box<Open>,
    idle: Duration,
    sight: Mutex<Sight>,
    changed: Condvar,
}

#[derive(Default)]
struct Sight {
    /// From before a thread opens the camera until it has closed it: there is never a second one.
    open: bool,
    /// Somebody looked since the thread last asked.
    looked: bool,
    /// The client is gone: nobody will look again.
    left: bool,
    /// The newest frame nobody has looked at; those before it are dropped.
    newest: Option<Frame>,
    trouble: Option<Fault>,
}

impl Default for Camera {
    fn default() -> Self {
        #[cfg(target_os = "linux")]
        let open = || v4l::open(v4l::DEVICES.as_ref());
        #[cfg(not(target_os = "linux"))]
        let open = || Err(denied("camera-none", "cameras are read on Linux only"));
        Self::by(open, IDLE)
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.eye.lock().left = true;
    }
}

impl Camera {
    fn by(open: impl Fn() -> Result<Box<dyn Frames>, Fault> + Send + Sync + 'static, idle: Duration) -> Self {
        let eye = Eye { open: Box::new(open), idle, sight: Mutex::default(), changed: Condvar::new() };
        Self { eye: Arc::new(eye) }
    }

    /// The newest picture, small, as JPEG in base64 and as the camera sees it; and what is written in the QR code in it that is
    /// nearest to its middle. Any code, of whomever: what it means is for the caller to find out.
    ///
    /// # Errors
    /// [`Fault::Denied`] with `camera-none`, `camera-busy` where another program has it, or `camera-failed`.
    pub(crate) async fn look(&self) -> Result<Sighting, Fault> {
        let eye = Arc::clone(&self.eye);
        blocking(move || eye.look()).await
    }
}

impl Eye {
    fn lock(&self) -> MutexGuard<'_, Sight> {
        self.sight.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(self: &Arc<Self>) -> Result<Sighting, Fault> {
        for _ in 0..DAMAGED {
            if let Some(sighting) = self.newest()?.sighting() {
                return Ok(sighting);
            }
        }
        Err(failed("every picture is damaged"))
    }

    fn newest(self: &Arc<Self>) -> Result<Frame, Fault> {
        for _ in 0..OPENINGS {
            let mut sight = self.lock();
            sight.looked = true;
            if !sight.open {
                self.begin(&mut sight)?;
            }
            let waits = |sight: &mut Sight| sight.open && sight.newest.is_none();
            let waited = self.changed.wait_timeout_while(sight, PATIENCE, waits);
            let (mut sight, waited) = waited.unwrap_or_else(PoisonError::into_inner);
            if let Some(frame) = sight.newest.take() {
                return Ok(frame);
            }
            if let Some(trouble) = sight.trouble.clone() {
                return Err(trouble);
            }
            if waited.timed_out() {
                break;
            }
        }
        Err(failed("no picture came"))
    }

    fn begin(self: &Arc<Self>, sight: &mut Sight) -> Result<(), Fault> {
        let eye = Arc::clone(self);
        let begun = thread::Builder::new().name("camera".to_owned()).spawn(move || eye.stay());
        begun.map_err(|error| failed(&error.to_string()))?;
        (sight.open, sight.newest, sight.trouble) = (true, None, None);
        Ok(())
    }

    /// The thread: it has the camera open as long as somebody looks.
    fn stay(&self) {
        // Dropped after the frames, however this ends: whoever waits is told once the device is free again.
        let mut closing = Closing { eye: self, trouble: None };
        closing.trouble = (self.open)().and_then(|mut frames| self.watch(frames.as_mut())).err();
    }

    fn watch(&self, frames: &mut dyn Frames) -> Result<(), Fault> {
        let (mut looked, mut seen) = (Instant::now(), Instant::now());
        loop {
            let frame = frames.next(TURN).map_err(|error| trouble(&error))?;
            let now = Instant::now();
            let mut sight = self.lock();
            if std::mem::take(&mut sight.looked) {
                looked = now;
            }
            if sight.left || now - looked > self.idle {
                return Ok(());
            }
            if frame.is_some() {
                seen = now;
                sight.newest = frame;
                self.changed.notify_one();
            } else if now - seen > SILENCE {
                return Err(failed("it shows nothing"));
            }
        }
    }
}

/// Says that the camera is closed, even where its thread panics.
struct Closing<'a> {
    eye: &'a Eye,
    trouble: Option<Fault>,
}

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        let panicked = thread::panicking().then(|| failed("its thread panicked"));
        let mut sight = self.eye.lock();
        (sight.open, sight.newest, sight.trouble) = (false, None, panicked.or(self.trouble.take()));
        self.eye.changed.notify_all();
    }
}

fn failed(detail: &str) -> Fault {
    denied("camera-failed", detail)
}

fn trouble(error: &io::Error) -> Fault {
    let code = if error.kind() == io::ErrorKind::ResourceBusy { "camera-busy" } else { "camera-failed" };
    denied(code, &error.to_string())
}
