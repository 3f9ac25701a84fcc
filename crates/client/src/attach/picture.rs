//! Pictures, drawn anew: turned as the camera held them, no larger than a screen, and with nothing in the file but pixels.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use xinmei_model::{FileKind, limits};

use crate::{api::Fault, fault::denied};

/// Pixels of a picture as it is read: 64 million are 192 MB while it is drawn.
const PIXELS: u64 = 64_000_000;
/// Bytes a decoder may take.
const MEMORY: u64 = 512 * 1024 * 1024;
/// Pixels of a thumbnail's longer side: twice what is shown, for sharp screens.
const THUMBNAIL_SIDE: u32 = 320;
/// JPEG quality: above it the file grows and the eye sees nothing.
const QUALITY: u8 = 86;
/// Thumbnails are made worse until they are small enough.
const THUMBNAIL_QUALITIES: [u8; 4] = [75, 55, 35, 15];

/// A picture fit to be sent.
pub(super) struct Drawn {
    pub(super) content: Vec<u8>,
    pub(super) kind: FileKind,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) thumbnail: Vec<u8>,
}

/// Reads a picture and writes it anew.
pub(super) fn draw(content: &[u8], kind: Option<FileKind>) -> Result<Drawn, Fault> {
    let mut picture = read(content)?;
    let side = limits::PICTURE_SIDE;
    if picture.width() > side || picture.height() > side {
        picture = picture.resize(side, side, FilterType::Triangle);
    }
    let kind = kind.unwrap_or(if picture.color().has_alpha() { FileKind::Png } else { FileKind::Jpeg });
    let content = if kind == FileKind::Png { png(&picture)? } else { jpeg(&picture, QUALITY)? };
    let small = picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE);
    Ok(Drawn {
        content,
        kind,
        width: picture.width(),
        height: picture.height(),
        thumbnail: thumbnail(&small)?,
    })
}

fn read(content: &[u8]) -> Result<DynamicImage, Fault> {
    let damaged = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => too_large(),
        error => denied("picture-damaged", &error.to_string()),
    };
    let reader = ImageReader::new(Cursor::new(content)).with_guessed_format()?;
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let longest = limits::PICTURE_SIDE_READ;
    // Told by its head, before a pixel is read: a bomb is small until it is unpacked.
    if width > longest || height > longest || u64::from(width) * u64::from(height) > PIXELS {
        return Err(too_large());
    }
    let mut most = Limits::default();
    (most.max_image_width, most.max_image_height, most.max_alloc) =
        (Some(longest), Some(longest), Some(MEMORY));
    decoder.set_limits(most).map_err(damaged)?;
    let turned = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

fn too_large() -> Fault {
    denied("picture-too-large", "the picture has more pixels than are read")
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, Fault> {
    let plain: DynamicImage =
        if picture.color().has_alpha() { picture.to_rgba8().into() } else { picture.to_rgb8().into() };
    let mut content = Cursor::new(Vec::new());
    plain.write_to(&mut content, ImageFormat::Png).map_err(|error| crate::fault::broken(&error))?;
    Ok(content.into_inner())
}

/// What can be seen through lies on white, as on paper.
fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, Fault> {
    let plain = if picture.color().has_alpha() { on_white(picture) } else { picture.to_rgb8() };
    let mut content = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut content, quality);
    plain.write_with_encoder(encoder).map_err(|error| crate::fault::broken(&error))?;
    Ok(content)
}

fn on_white(picture: &DynamicImage) -> image::RgbImage {
    let seen = picture.to_rgba8();
    image::RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [r, g, b, alpha] = seen.get_pixel(x, y).0;
        let over = |c: u8| {
            let mixed = u16::from(c) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([over(r), over(g), over(b)])
    })
}

fn thumbnail(small: &DynamicImage) -> Result<Vec<u8>, Fault> {
    for quality in THUMBNAIL_QUALITIES {
        let content = jpeg(small, quality)?;
        if content.len() <= limits::THUMBNAIL_BYTES as usize {
            return Ok(content);
        }
    }
    Err(crate::fault::broken(&"a thumbnail does not become small"))
}

/// Whether it is a JPEG with no more pixels than a thumbnail has, by its head.
pub(super) fn is_small_jpeg(bytes: &[u8]) -> bool {
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    reader.into_dimensions().is_ok_and(|(width, height)| width <= THUMBNAIL_SIDE && height <= THUMBNAIL_SIDE)
}
