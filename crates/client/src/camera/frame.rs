//! One frame: its pixels, the text of a code in it, and a small picture of it. Nothing here knows a camera.

use std::{io::Cursor, panic};

use data_encoding::BASE64;
use image::{
    DynamicImage, GrayImage, ImageDecoder, Limits, RgbImage,
    codecs::jpeg::{JpegDecoder, JpegEncoder},
    imageops,
};
use rqrr::PreparedImage;

/// Pixels of a frame: 1280 × 720, of which a code as large as a hand fills enough at an arm's length.
pub(super) const PIXELS: u32 = 1280 * 720;
/// Pixels of the longer side of the picture to aim by.
const PREVIEW_SIDE: u32 = 320;
/// JPEG quality of that picture: some 10 kB, eight times a second.
const PREVIEW_QUALITY: u8 = 70;
/// Bytes the JPEG decoder may take.
const MEMORY: u64 = 32 * 1024 * 1024;
/// An APP0 segment that marks a frame of motion JPEG, after which a decoder takes the tables of ITU-T T.81, K.3 for those that a
/// frame leaves out, as many cameras' do. It changes nothing for a frame that has its own.
const MOTION: [u8; 18] = *b"\xFF\xE0\x00\x10AVI1\0\0\0\0\0\0\0\0\0\0";

/// The small picture, JPEG in base64; and what is written in a code.
pub(super) type Sighting = (String, Option<String>);

/// A frame as cameras give it.
pub(super) enum Frame {
    /// Y'CbCr 4:2:2, two pixels in four bytes (Y Cb Y Cr), in lines of `stride` bytes.
    Yuyv {
        width: u32,
        height: u32,
        stride: u32,
        bytes: Vec<u8>,
    },
    Jpeg(Vec<u8>),
}

impl Frame {
    /// What is to be seen in it. `None` where it is damaged.
    pub(super) fn sighting(self) -> Option<Sighting> {
        // Anybody may hold anything before the camera; a decoder that stumbles over it costs this frame and not the gate.
        panic::catch_unwind(|| {
            let picture = self.picture()?;
            Some((preview(&picture)?, code_in(&picture.to_luma8())))
        })
        .unwrap_or_default()
    }

    fn picture(self) -> Option<DynamicImage> {
        match self {
            Self::Yuyv { width, height, stride, bytes } => yuyv(width, height, stride, &bytes),
            Self::Jpeg(bytes) => jpeg(&bytes),
        }
    }
}

fn fits(width: u32, height: u32) -> bool {
    width > 0 && height > 0 && width.checked_mul(height).is_some_and(|pixels| pixels <= PIXELS)
}

fn jpeg(bytes: &[u8]) -> Option<DynamicImage> {
    let (start, rest) = bytes.split_at_checked(2)?;
    let marked = [start, &MOTION, rest].concat();
    let mut decoder = JpegDecoder::new(Cursor::new(marked)).ok()?;
    let (width, height) = decoder.dimensions();
    if !fits(width, height) {
        return None;
    }
    let mut most = Limits::default();
    most.max_alloc = Some(MEMORY);
    decoder.set_limits(most).ok()?;
    DynamicImage::from_decoder(decoder).ok()
}

fn yuyv(width: u32, height: u32, stride: u32, bytes: &[u8]) -> Option<DynamicImage> {
    let line = width.checked_mul(2)? as usize;
    if !fits(width, height) || !width.is_multiple_of(2) || (stride as usize) < line {
        return None;
    }
    let mut pixels = Vec::with_capacity(line * height as usize * 3 / 2);
    for row in bytes.chunks(stride as usize).take(height as usize) {
        for &[left, blue, right, red] in row.get(..line)?.as_chunks().0 {
            pixels.extend(rgb(left, blue, red));
            pixels.extend(rgb(right, blue, red));
        }
    }
    // `None` where lines are missing.
    RgbImage::from_raw(width, height, pixels).map(Into::into)
}

/// ITU-R BT.601, in 256ths: black is 16 and white 235.
fn rgb(luma: u8, blue: u8, red: u8) -> [u8; 3] {
    let (y, b, r) = (298 * (i32::from(luma) - 16), i32::from(blue) - 128, i32::from(red) - 128);
    [y + 409 * r, y - 100 * b - 208 * r, y + 516 * b]
        .map(|c| u8::try_from((c + 128).clamp(0, 0xFFFF) >> 8).unwrap_or(u8::MAX))
}

fn preview(picture: &DynamicImage) -> Option<String> {
    let small = picture.thumbnail(PREVIEW_SIDE, PREVIEW_SIDE);
    let mut content = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut content, PREVIEW_QUALITY);
    small.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(BASE64.encode(&content))
}

/// What is written in the code nearest to the middle. Where none is read, half the size is tried: noise and the lines of a screen
/// average out, and a code held close has modules enough.
fn code_in(luma: &GrayImage) -> Option<String> {
    read(luma).or_else(|| {
        let (width, height) = (luma.width() / 2, luma.height() / 2);
        (width > 0 && height > 0)
            .then(|| imageops::thumbnail(luma, width, height))
            .and_then(|half| read(&half))
    })
}

fn read(luma: &GrayImage) -> Option<String> {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let mut bytes = luma.as_raw().iter();
    // It asks line by line, as the bytes are.
    let mut prepared =
        PreparedImage::prepare_from_greyscale(width, height, |_, _| bytes.next().copied().unwrap_or(0));
    let grids = prepared.detect_grids();
    let read = grids.iter().filter_map(|grid| {
        let (_, text) = grid.decode().ok()?;
        let off = |sum: i32, side: u32| i64::from(sum / 4) - i64::from(side / 2);
        let x = off(grid.bounds.iter().map(|corner| corner.x).sum(), luma.width());
        let y = off(grid.bounds.iter().map(|corner| corner.y).sum(), luma.height());
        Some((x * x + y * y, text))
    });
    read.min_by_key(|(away, _)| *away).map(|(_, text)| text)
}
