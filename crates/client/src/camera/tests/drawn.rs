//! Frames as a camera gives them: a ticket held askew, too far, in bad light.

use image::{DynamicImage, GrayImage, Luma, codecs::jpeg::JpegEncoder};
use qrcode::{Color, QrCode};

use super::Frame;

/// Two letters and 29 of base32hex, as tickets are.
pub(super) const TICKET: &str = "XM0F7Q2V1A9KJ3M5T8B6C4D0E2G1H3I";
pub(super) const OTHER: &str = "XMV1A9KJ3M5T8B6C40F7Q2D0E2G1H3I";

/// SplitMix64: the same pictures every time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * ((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

/// How a code is held before the camera.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    /// Where its middle is, in pixels.
    pub(super) at: (f64, f64),
    /// Pixels of one module.
    pub(super) module: f64,
    /// Radians.
    pub(super) turned: f64,
    /// How much smaller its far side is, across and down: 0 is flat.
    pub(super) tilted: (f64, f64),
    /// Brightness of its black and its white, of 255.
    pub(super) light: (f64, f64),
    /// How much darker the far side of the frame is, of 1.
    pub(super) shadow: f64,
    /// Brightness by which a pixel may be wrong.
    pub(super) noise: f64,
}

pub(super) const FLAT: Held = Held {
    at: (320.0, 180.0),
    module: 6.0,
    turned: 0.0,
    tilted: (0.0, 0.0),
    light: (20.0, 230.0),
    shadow: 0.0,
    noise: 0.0,
};

pub(super) fn held(seed: u64, (width, height): (u32, u32)) -> Held {
    let mut dice = Dice(seed);
    let (width, height) = (f64::from(width), f64::from(height));
    let black = dice.between(15.0, 110.0);
    Held {
        at: (width * dice.between(0.4, 0.6), height * dice.between(0.45, 0.55)),
        module: dice.between(3.5, height / 52.0),
        turned: dice.between(0.0, std::f64::consts::TAU),
        tilted: (dice.between(-0.2, 0.2), dice.between(-0.2, 0.2)),
        light: (black, black + dice.between(45.0, 130.0)),
        shadow: dice.between(0.0, 0.5),
        noise: dice.between(0.0, 12.0),
    }
}

/// A sheet with a code on it, before a wall.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "brightness is cut to a byte")]
pub(super) fn drawn(text: &str, held: Held, (width, height): (u32, u32)) -> GrayImage {
    let code = QrCode::new(text).unwrap();
    let modules = f64::from(u32::try_from(code.width()).unwrap());
    let colors = code.to_colors();
    let dark = |u: f64, v: f64| {
        let inside = (0.0..modules).contains(&u) && (0.0..modules).contains(&v);
        inside && colors[v as usize * code.width() + u as usize] == Color::Dark
    };
    let (sin, cos) = held.turned.sin_cos();
    let brightness = |x: f64, y: f64| {
        let (x, y) = (x - held.at.0, y - held.at.1);
        let (u, v) = ((x * cos + y * sin) / held.module, (y * cos - x * sin) / held.module);
        let away = 1.0 + (held.tilted.0 * u + held.tilted.1 * v) / modules;
        let (u, v) = (u / away + modules / 2.0, v / away + modules / 2.0);
        let on_sheet = (-4.0..modules + 4.0).contains(&u) && (-4.0..modules + 4.0).contains(&v);
        match (dark(u, v), on_sheet) {
            (true, _) => held.light.0,
            (false, true) => held.light.1,
            (false, false) => f64::midpoint(held.light.0, held.light.1),
        }
    };
    let mut dice = Dice(1);
    GrayImage::from_fn(width, height, |x, y| {
        let (left, top) = (f64::from(x), f64::from(y));
        let four = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];
        let mean = four.iter().map(|(dx, dy)| brightness(left + dx, top + dy)).sum::<f64>() / 4.0;
        let lit = mean * (1.0 - held.shadow * left / f64::from(width));
        Luma([(lit + dice.between(-held.noise, held.noise)).clamp(0.0, 255.0) as u8])
    })
}

/// As a camera without colours would give it: Y from 16 to 235.
pub(super) fn plain(picture: &GrayImage) -> Frame {
    let (width, height) = picture.dimensions();
    let luma = |y: u8| u8::try_from(16 + u32::from(y) * 219 / 255).unwrap();
    let bytes = picture.as_raw().iter().flat_map(|y| [luma(*y), 128]).collect();
    Frame::Yuyv { width, height, stride: width * 2, bytes }
}

pub(super) fn compressed(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let colours = DynamicImage::from(picture.clone()).to_rgb8();
    colours.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 80)).unwrap();
    bytes
}

/// Without its Huffman tables, as many cameras send it.
pub(super) fn without_tables(jpeg: &[u8]) -> Vec<u8> {
    let (mut kept, mut rest) = (jpeg[..2].to_vec(), &jpeg[2..]);
    while rest[1] != 0xDA {
        let (segment, after) = rest.split_at(2 + usize::from(u16::from_be_bytes([rest[2], rest[3]])));
        kept.extend(if segment[1] == 0xC4 { &[] } else { segment });
        rest = after;
    }
    [kept.as_slice(), rest].concat()
}
