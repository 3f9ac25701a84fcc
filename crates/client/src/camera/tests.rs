//! What is read out of frames that are drawn, and a camera that only pretends.

mod drawn;

use std::{
    collections::VecDeque,
    sync::atomic::{AtomicUsize, Ordering},
};

use image::{GrayImage, ImageFormat, Luma};

use self::drawn::{Dice, FLAT, Held, OTHER, TICKET, compressed, drawn, held, plain, without_tables};
use super::*;

fn code(frame: Frame) -> Option<String> {
    frame.sighting().expect("a whole frame").1
}

#[test]
fn a_ticket_is_read_however_it_is_held() {
    for seed in 0..24 {
        let held = held(seed, (640, 360));
        let picture = drawn(TICKET, held, (640, 360));
        let frame = if seed % 2 == 0 { plain(&picture) } else { Frame::Jpeg(compressed(&picture)) };
        assert_eq!(code(frame).as_deref(), Some(TICKET), "{seed}: {held:?}");
    }
}

#[test]
fn the_largest_frame_is_read() {
    for seed in 100..102 {
        let held = held(seed, (1280, 720));
        let picture = drawn(TICKET, held, (1280, 720));
        assert_eq!(code(Frame::Jpeg(compressed(&picture))).as_deref(), Some(TICKET), "{seed}: {held:?}");
    }
}

#[test]
fn of_two_codes_the_one_in_the_middle_is_read() {
    for aimed in [TICKET, OTHER] {
        let beside = if aimed == TICKET { OTHER } else { TICKET };
        let mut picture = drawn(aimed, Held { module: 5.0, ..FLAT }, (640, 360));
        let poster = drawn(beside, Held { at: (90.0, 90.0), module: 5.0, ..FLAT }, (180, 180));
        image::imageops::replace(&mut picture, &poster, 0, 0);
        assert_eq!(code(plain(&picture)).as_deref(), Some(aimed));
    }
}

#[test]
fn where_no_code_is_nothing_is_read() {
    let mut dice = Dice(7);
    let mut noise = |_, _| Luma([u8::try_from(dice.next() >> 56).unwrap()]);
    let code_of = |text| drawn(text, FLAT, (640, 360));
    let mut torn = code_of(TICKET);
    // A hand over the lower half.
    image::imageops::replace(&mut torn, &GrayImage::from_pixel(640, 180, Luma([120])), 0, 190);
    let pictures = [
        GrayImage::from_pixel(640, 360, Luma([0])),
        GrayImage::from_pixel(640, 360, Luma([255])),
        GrayImage::from_fn(640, 360, &mut noise),
        GrayImage::from_fn(640, 360, |x, _| Luma([if x / 9 % 2 == 0 { 20 } else { 230 }])),
        GrayImage::from_fn(640, 360, |x, y| Luma([if (x / 7 + y / 7) % 2 == 0 { 20 } else { 230 }])),
        torn,
        GrayImage::from_fn(2, 2, &mut noise),
    ];
    for (number, picture) in pictures.iter().enumerate() {
        assert_eq!(code(plain(picture)), None, "{number}");
    }
}

#[test]
fn the_picture_to_aim_by_is_small_and_as_the_camera_sees() {
    let right = GrayImage::from_fn(1280, 720, |x, _| Luma([if x < 640 { 30 } else { 220 }]));
    for frame in [plain(&right), Frame::Jpeg(compressed(&right))] {
        let (picture, _) = frame.sighting().unwrap();
        let bytes = data_encoding::BASE64.decode(picture.as_bytes()).unwrap();
        let small = image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg).unwrap().to_luma8();
        assert_eq!(small.dimensions(), (320, 180));
        let at = |x| i32::from(small.get_pixel(x, 90).0[0]);
        assert!((at(40) - 30).abs() < 8 && (at(280) - 220).abs() < 8, "{} and {}", at(40), at(280));
    }
}

#[test]
fn colours_are_those_of_the_camera() {
    // Pure red and blue in BT.601.
    for (ycc, wanted) in [([82, 90, 82, 240], [255, 0, 0]), ([41, 240, 41, 110], [0, 0, 255])] {
        let frame = Frame::Yuyv { width: 64, height: 32, stride: 128, bytes: ycc.repeat(32 * 32) };
        let bytes = data_encoding::BASE64.decode(frame.sighting().unwrap().0.as_bytes()).unwrap();
        let shown = image::load_from_memory(&bytes).unwrap().to_rgb8().get_pixel(20, 20).0;
        let off = shown.iter().zip(wanted).map(|(a, b)| a.abs_diff(b)).max();
        assert!(off < Some(12), "{shown:?} for {wanted:?}");
    }
}

#[test]
fn frames_come_in_the_shapes_cameras_give() {
    let picture = drawn(TICKET, FLAT, (640, 360));
    let jpeg = compressed(&picture);
    let bare = without_tables(&jpeg);
    assert!(bare.len() + 400 < jpeg.len(), "the tables are still there");
    assert_eq!(code(Frame::Jpeg(bare)).as_deref(), Some(TICKET), "without tables");
    // Bytes after the picture: the buffer was larger.
    assert_eq!(code(Frame::Jpeg([jpeg, vec![0; 512]].concat())).as_deref(), Some(TICKET), "padded");

    let Frame::Yuyv { width, height, bytes, .. } = plain(&picture) else { unreachable!() };
    let padded = bytes.chunks(1280).flat_map(|line| [line, &[9; 64]].concat()).collect();
    let frame = Frame::Yuyv { width, height, stride: 1344, bytes: padded };
    assert_eq!(code(frame).as_deref(), Some(TICKET), "lines with an end");
}

#[test]
fn a_damaged_frame_is_none() {
    let jpeg = compressed(&drawn(TICKET, FLAT, (640, 360)));
    let yuyv = |width, height, stride, bytes| Frame::Yuyv { width, height, stride, bytes };
    let frames = [
        ("empty", Frame::Jpeg(Vec::new())),
        ("no JPEG", Frame::Jpeg(vec![7; 4096])),
        ("a head", Frame::Jpeg(jpeg[..60].to_vec())),
        ("too large", Frame::Jpeg(compressed(&GrayImage::new(1290, 720)))),
        ("too large", yuyv(1282, 720, 2564, vec![16; 2564 * 720])),
        ("a line too few", yuyv(640, 360, 1280, vec![16; 1280 * 359])),
        ("half a line", yuyv(640, 360, 1280, vec![16; 1280 * 359 + 640])),
        ("nothing", yuyv(0, 0, 0, Vec::new())),
        ("lines too short", yuyv(640, 360, 640, vec![16; 1280 * 360])),
        ("half a pair", yuyv(641, 360, 1282, vec![16; 1282 * 360])),
        ("beyond numbers", yuyv(u32::MAX, u32::MAX, u32::MAX, vec![16; 64])),
    ];
    for (what, frame) in frames {
        assert!(frame.sighting().is_none(), "{what}");
    }
}

/// What a pretended camera does, and what is told of it.
#[derive(Default)]
struct Stage {
    opened: AtomicUsize,
    open: AtomicUsize,
    /// More than one was open at once.
    twice: AtomicUsize,
    frames: Mutex<VecDeque<io::Result<Option<Frame>>>>,
}

struct Pretended(Arc<Stage>);

impl Frames for Pretended {
    fn next(&mut self, patience: Duration) -> io::Result<Option<Frame>> {
        thread::sleep(patience.min(Duration::from_millis(5)));
        // The last one stays: a camera has no end.
        let mut frames = self.0.frames.lock().unwrap();
        match frames.front() {
            Some(Ok(Some(Frame::Jpeg(bytes)))) if frames.len() == 1 => Ok(Some(Frame::Jpeg(bytes.clone()))),
            _ => frames.pop_front().unwrap_or(Ok(None)),
        }
    }
}

impl Drop for Pretended {
    fn drop(&mut self) {
        // A device takes its time, and somebody may look meanwhile.
        thread::sleep(Duration::from_millis(20));
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

fn pretended(idle: Duration, frames: Vec<io::Result<Option<Frame>>>) -> (Arc<Stage>, Camera) {
    let stage = Arc::new(Stage { frames: Mutex::new(frames.into()), ..Stage::default() });
    let behind = Arc::clone(&stage);
    let camera = Camera::by(
        move || {
            behind.opened.fetch_add(1, Ordering::SeqCst);
            behind.twice.fetch_add(behind.open.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
            Ok(Box::new(Pretended(Arc::clone(&behind))))
        },
        idle,
    );
    (stage, camera)
}

fn small(text: &str) -> io::Result<Option<Frame>> {
    let held = Held { at: (100.0, 90.0), module: 4.0, ..FLAT };
    Ok(Some(Frame::Jpeg(compressed(&drawn(text, held, (200, 180))))))
}

fn why(looked: Result<Sighting, Fault>) -> String {
    match looked {
        Err(Fault::Denied { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..500 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never: {what}");
}

#[tokio::test]
async fn it_is_opened_by_the_first_look_and_closes_by_itself() {
    let (stage, camera) = pretended(Duration::from_secs(2), vec![small(TICKET)]);
    assert_eq!(stage.opened.load(Ordering::SeqCst), 0, "nobody looked");
    for _ in 0..3 {
        assert_eq!(camera.look().await.unwrap().1.as_deref(), Some(TICKET));
    }
    assert_eq!((stage.opened.load(Ordering::SeqCst), stage.open.load(Ordering::SeqCst)), (1, 1));
    until("it closes", || stage.open.load(Ordering::SeqCst) == 0).await;
    assert_eq!(camera.look().await.unwrap().1.as_deref(), Some(TICKET), "and opens again");
    assert_eq!(stage.opened.load(Ordering::SeqCst), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_open_once_however_many_look_and_whenever() {
    // It is closed after every pause, so that looks meet it opening, open and closing.
    let (stage, camera) = pretended(Duration::from_millis(10), vec![small(TICKET)]);
    let camera = Arc::new(camera);
    for pause in 0..10 {
        let looks = [0; 3].map(|_| {
            let camera = Arc::clone(&camera);
            tokio::spawn(async move { camera.look().await })
        });
        for look in looks {
            assert_eq!(look.await.unwrap().unwrap().1.as_deref(), Some(TICKET));
        }
        tokio::time::sleep(Duration::from_millis(pause * 4)).await;
    }
    assert!(stage.opened.load(Ordering::SeqCst) > 1, "it was never closed between");
    assert_eq!(stage.twice.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn it_closes_with_the_client() {
    let (stage, camera) = pretended(IDLE, vec![small(TICKET)]);
    camera.look().await.unwrap();
    drop(camera);
    until("it closes", || stage.open.load(Ordering::SeqCst) == 0).await;
}

#[tokio::test]
async fn the_newest_frame_is_looked_at() {
    let (stage, camera) = pretended(IDLE, vec![small(OTHER), small(OTHER)]);
    camera.look().await.unwrap();
    stage.frames.lock().unwrap().push_back(small(TICKET));
    until("both old ones were given", || stage.frames.lock().unwrap().len() == 1).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(camera.look().await.unwrap().1.as_deref(), Some(TICKET));
}

#[tokio::test]
async fn damaged_frames_are_passed_over() {
    let torn = || Ok(Some(Frame::Jpeg(vec![0xFF, 0xD8, 1])));
    let (_stage, camera) = pretended(IDLE, vec![torn(), Ok(None), torn(), small(TICKET)]);
    assert_eq!(camera.look().await.unwrap().1.as_deref(), Some(TICKET));
    let (_stage, camera) = pretended(IDLE, vec![torn()]);
    assert_eq!(why(camera.look().await), "camera-failed");
}

#[tokio::test]
async fn what_is_wrong_with_it_is_told_and_the_next_look_tries_again() {
    let unplugged = Err(io::Error::from_raw_os_error(19));
    let busy = Err(io::Error::from(io::ErrorKind::ResourceBusy));
    let (stage, camera) = pretended(IDLE, vec![unplugged, busy, small(TICKET)]);
    assert_eq!(why(camera.look().await), "camera-failed");
    assert_eq!(stage.open.load(Ordering::SeqCst), 0, "closed before it is told");
    assert_eq!(why(camera.look().await), "camera-busy");
    assert_eq!(camera.look().await.unwrap().1.as_deref(), Some(TICKET));

    let camera = Camera::by(|| panic!("a driver's"), IDLE);
    assert_eq!(why(camera.look().await), "camera-failed");
}

#[cfg(target_os = "linux")]
#[test]
fn a_computer_without_a_camera_says_so() {
    let nothing = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/camera");
    assert_eq!(v4l::open(&nothing).err().map(|fault| why(Err(fault))).as_deref(), Some("camera-none"));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn here_too_where_there_is_none() {
    let devices = std::fs::read_dir(v4l::DEVICES).unwrap();
    if devices.flatten().all(|device| !device.file_name().to_string_lossy().starts_with("video")) {
        assert_eq!(why(Camera::default().look().await), "camera-none");
    }
}
