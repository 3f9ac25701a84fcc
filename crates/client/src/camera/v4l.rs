//! Cameras by Video4Linux: the first that gives frames we read.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use linuxvideo::{
    BufType, CapabilityFlags, Device, VideoCaptureDevice,
    format::{PixFormat, PixelFormat},
    stream::ReadStream,
};

use super::{
    Frames,
    frame::{Frame, PIXELS},
    trouble,
};
use crate::{api::Fault, fault::denied};

/// Where Linux shows devices.
pub(super) const DEVICES: &str = "/dev";
/// What is asked for, best first: by USB 2, motion JPEG comes thirty times a second and plain pixels ten.
const FORMATS: [PixelFormat; 2] = [PixelFormat::MJPG, PixelFormat::YUYV];
/// Sizes asked for; a driver answers with the nearest it has.
const SIZES: [(u32, u32); 2] = [(1280, 720), (640, 480)];
/// How often is asked whether a frame came: well under the 33 ms between two.
const ASK: Duration = Duration::from_millis(5);

/// An open device. Dropping the stream stops and closes it.
struct Streaming {
    stream: ReadStream,
    format: PixelFormat,
    width: u32,
    height: u32,
    stride: u32,
}

/// Opens the first camera that can be, in the order of their numbers: the one built in comes before one plugged in.
pub(super) fn open(devices: &Path) -> Result<Box<dyn Frames>, Fault> {
    let mut why = denied("camera-none", "no device of this computer gives pictures");
    for path in paths(devices).map_err(|error| trouble(&error))? {
        match begin(&path) {
            Ok(Some(streaming)) => return Ok(Box::new(streaming)),
            Ok(None) => {}
            // It was unplugged between two lines.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            // A camera another program has says more than one that is broken.
            Err(_) if matches!(&why, Fault::Denied { code, .. } if code == "camera-busy") => {}
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "the camera does not open");
                why = trouble(&error);
            }
        }
    }
    Err(why)
}

/// `video0`, `video1`… as they are there.
fn paths(devices: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(devices)? {
        let entry = entry?;
        let number =
            entry.file_name().to_str().and_then(|name| name.strip_prefix("video")?.parse::<u32>().ok());
        found.extend(number.map(|number| (number, entry.path())));
    }
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

/// Begins the stream. `None` where it is no camera, or one whose pictures we do not read, as those of infrared cameras.
fn begin(path: &Path) -> io::Result<Option<Streaming>> {
    let device = Device::open(path)?;
    if !device.capabilities()?.device_capabilities().contains(CapabilityFlags::VIDEO_CAPTURE) {
        return Ok(None);
    }
    let given: Vec<PixelFormat> = device
        .formats(BufType::VIDEO_CAPTURE)
        .map(|format| Ok(format?.pixel_format()))
        .collect::<io::Result<_>>()?;
    drop(device);
    for format in FORMATS.into_iter().filter(|format| given.contains(format)) {
        for size in SIZES {
            if let Some(capture) = set(path, format, size)? {
                let (width, height, stride) = shape(capture.format());
                return Ok(Some(Streaming { stream: capture.into_stream()?, format, width, height, stride }));
            }
        }
    }
    Ok(None)
}

/// The device set to a format. `None` where the driver gives another one, or more pixels than are read.
fn set(path: &Path, format: PixelFormat, size: (u32, u32)) -> io::Result<Option<VideoCaptureDevice>> {
    let capture = match Device::open(path)?.video_capture(PixFormat::new(size.0, size.1, format)) {
        Err(error) if error.kind() == ErrorKind::InvalidInput => return Ok(None),
        capture => capture?,
    };
    let set = capture.format();
    let fits = set.width().checked_mul(set.height()).is_some_and(|pixels| pixels <= PIXELS);
    Ok((fits && set.pixel_format() == format).then_some(capture))
}

/// Width, height and bytes of a line; some drivers leave the last one out.
fn shape(format: &PixFormat) -> (u32, u32, u32) {
    let (width, height) = (format.width(), format.height());
    (width, height, format.bytes_per_line().max(width.saturating_mul(2)))
}

impl Frames for Streaming {
    fn next(&mut self, patience: Duration) -> io::Result<Option<Frame>> {
        let mut left = patience;
        // Asked and not waited for: a device that hangs would keep the thread, and with it the camera, for ever.
        while self.stream.will_block()? {
            left = match left.checked_sub(ASK) {
                Some(left) => left,
                None => return Ok(None),
            };
            thread::sleep(ASK);
        }
        let (format, width, height, stride) = (self.format, self.width, self.height, self.stride);
        self.stream.dequeue(|view| {
            if view.is_error() {
                return Ok(None);
            }
            let bytes = view.to_vec();
            Ok(Some(match format {
                PixelFormat::MJPG => Frame::Jpeg(bytes),
                _ => Frame::Yuyv { width, height, stride, bytes },
            }))
        })
    }
}
