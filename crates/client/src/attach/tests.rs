//! Chosen files, honest and hostile ones.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

fn code(typed: &str, content: &[u8]) -> String {
    match prepare(typed, content.to_vec()) {
        Err(Fault::Denied { code, .. }) => code,
        other => panic!("{typed}: {other:?}"),
    }
}

/// Left red, right blue: what is turned is seen.
fn two_colours(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 0, 0]) } else { Rgb([0, 0, 220]) })
        .into()
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG with an EXIF block that says how it was held, and where: "GPS-MARKER" stands for a place.
fn photographed(orientation: u8) -> Vec<u8> {
    let plain = written(&two_colours(64, 32), ImageFormat::Jpeg);
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x0F, 0x01, 2, 0, 11, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(b"GPS-MARKER\0");
    let mut block = b"Exif\0\0".to_vec();
    block.extend(tiff);
    let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xFF, 0xE1, length[0], length[1]]);
    bytes.extend(block);
    bytes.extend(&plain[2..]);
    bytes.extend(b"TRAILING-MARKER");
    bytes
}

fn holds(bytes: &[u8], marker: &str) -> bool {
    bytes.windows(marker.len()).any(|window| window == marker.as_bytes())
}

#[test]
fn nothing_but_pixels_leaves_with_a_picture() {
    let camera = photographed(1);
    assert!(holds(&camera, "GPS-MARKER") && holds(&camera, "TRAILING-MARKER"));
    let prepared = prepare("IMG_2041.JPG", camera).unwrap();
    for (_, part) in &prepared.parts {
        for marker in ["Exif", "GPS-MARKER", "TRAILING-MARKER"] {
            assert!(!holds(part, marker), "{marker}");
        }
    }
    assert_eq!(prepared.attachment.name, "IMG_2041.jpg");
    let text = "Comment\0WHO-MARKER";
    let mut png = written(&two_colours(8, 8), ImageFormat::Png);
    let mut chunk = u32::try_from(text.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend(b"tEXt");
    chunk.extend(text.as_bytes());
    // No decoder of ours minds the checksum of what it passes over.
    chunk.extend([0; 4]);
    let head = 8 + 25;
    png.splice(head..head, chunk);
    match prepare("屏幕.png", png) {
        Ok(prepared) => assert!(!holds(&prepared.parts[0].1, "WHO-MARKER")),
        Err(Fault::Denied { code, .. }) => assert_eq!(code, "picture-damaged"),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_picture_is_turned_as_it_was_held() {
    let prepared = prepare("春游.jpg", photographed(6)).unwrap();
    let picture = prepared.attachment.picture.clone().unwrap();
    assert_eq!((picture.width, picture.height), (32, 64), "held upright");
    let drawn = image::load_from_memory(&prepared.parts[0].1).unwrap().to_rgb8();
    let (top, bottom) = (drawn.get_pixel(16, 4).0, drawn.get_pixel(16, 60).0);
    assert!(top[0] > 150 && bottom[2] > 150, "{top:?} {bottom:?}");
}

#[test]
fn a_large_picture_becomes_as_large_as_a_screen() {
    let prepared = prepare("合影.jpg", written(&two_colours(3_000, 200), ImageFormat::Jpeg)).unwrap();
    let attachment = &prepared.attachment;
    let picture = attachment.picture.clone().unwrap();
    assert_eq!(picture.width, limits::PICTURE_SIDE);
    assert_eq!(prepared.parts[0].0, attachment.sha256);
    assert_eq!(prepared.parts[1].0, picture.thumbnail);
    assert!(is_thumbnail(&prepared.parts[1].1));
    assert_eq!(FileHash::of(&prepared.parts[0].1), attachment.sha256);
}

#[test]
fn a_see_through_picture_stays_so_and_lies_on_white_when_small() {
    let clear: DynamicImage = RgbaImage::from_pixel(40, 40, Rgba([0, 0, 0, 0])).into();
    for (name, format, called) in
        [("校徽.png", ImageFormat::Png, "校徽.png"), ("校徽.webp", ImageFormat::WebP, "校徽.png")]
    {
        let prepared = prepare(name, written(&clear, format)).unwrap();
        assert_eq!((prepared.attachment.name.as_str(), prepared.attachment.kind), (called, FileKind::Png));
        let small = image::load_from_memory(&prepared.parts[1].1).unwrap().to_rgb8();
        assert!(small.get_pixel(20, 20).0.iter().all(|c| *c > 250));
    }
    let webp = prepare("照片.webp", written(&two_colours(20, 20), ImageFormat::WebP)).unwrap();
    assert_eq!((webp.attachment.name.as_str(), webp.attachment.kind), ("照片.jpg", FileKind::Jpeg));
}

#[test]
fn what_is_not_what_it_says_is_refused() {
    let jpeg = photographed(1);
    assert_eq!(code("报名表.pdf", &jpeg), "file-type-mismatch");
    assert_eq!(code("照片.png", &jpeg), "file-type-mismatch");
    assert_eq!(code("报名表.pdf", b"MZ\x90\0"), "file-type-mismatch");
    assert_eq!(code("说明.txt", b"#!/bin/sh\n"), "file-type-mismatch");
    assert_eq!(code("照片.heic", b"\0\0\0\x18ftypheic"), "picture-format");
    assert_eq!(code("空.pdf", b""), "file-empty");
    assert_eq!(code("大.zip", &vec![0; limits::FILE_BYTES as usize + 1]), "file-too-large");
}

#[test]
fn a_damaged_picture_is_refused_wherever_it_was_cut() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let (whole, name) = (
            written(&two_colours(40, 30), format),
            if format == ImageFormat::Png { "a.png" } else { "a.jpg" },
        );
        for cut in 1..whole.len() - 1 {
            match prepare(name, whole[..cut].to_vec()) {
                Err(Fault::Denied { code, .. }) => {
                    assert!(
                        matches!(code.as_str(), "picture-damaged" | "file-type-mismatch"),
                        "{cut}: {code}"
                    );
                }
                // Decoders fill in what a cut took of the last pixels; what leaves is whole again.
                Ok(prepared) => assert!(image::load_from_memory(&prepared.parts[0].1).is_ok(), "{cut}"),
                Err(other) => panic!("{cut}: {other}"),
            }
        }
    }
}

/// A PNG whose head promises a picture that its few bytes unpack to.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = written(&two_colours(1, 1), ImageFormat::Png);
    png.splice(16..20, width.to_be_bytes());
    png.splice(20..24, height.to_be_bytes());
    let crc = crc32(&png[12..29]);
    png.splice(29..33, crc.to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

#[test]
fn a_bomb_is_told_by_its_head() {
    for (width, height) in [(16_385, 1), (1, 16_385), (16_000, 16_000), (u32::MAX / 2, u32::MAX / 2)] {
        let code = code("炸.png", &bomb(width, height));
        assert!(matches!(code.as_str(), "picture-too-large" | "picture-damaged"), "{width}×{height}: {code}");
    }
    assert!(!is_thumbnail(&bomb(300, 300)), "a thumbnail is a JPEG");
    assert!(!is_thumbnail(&written(&two_colours(400, 20), ImageFormat::Jpeg)), "and a small one");
    assert!(!is_thumbnail(&vec![0xFF; 100_000]));
    assert!(is_thumbnail(&written(&two_colours(300, 20), ImageFormat::Jpeg)));
}

#[test]
fn pieces_come_in_order_and_the_oldest_of_five_is_forgotten() {
    let id = |n: u128| xinmei_model::Id::new(uuid::Uuid::from_u128(n));
    let mut incoming = Incoming::default();
    incoming.begin(id(1), "a.txt".into(), 6).unwrap();
    assert!(matches!(incoming.take(id(1), 0, b"abc"), Ok(Took::Part(3))));
    for (at, piece) in [(0, b"abc".as_slice()), (4, b"d"), (3, b"defg"), (usize::MAX - 1, b"")] {
        assert!(incoming.take(id(1), at, piece).is_err(), "{at}");
    }
    let Ok(Took::Whole(name, content)) = incoming.take(id(1), 3, b"def") else { panic!("it is whole") };
    assert_eq!((name.as_str(), content.as_slice()), ("a.txt", b"abcdef".as_slice()));
    assert!(incoming.take(id(1), 6, b"").is_err(), "it is gone");
    for n in 10..15 {
        incoming.begin(id(n), "a.txt".into(), 6).unwrap();
    }
    assert!(incoming.take(id(10), 0, b"a").is_err() && incoming.take(id(11), 0, b"a").is_ok());
    assert!(
        incoming.begin(id(20), "a".into(), usize::MAX).is_err()
            && incoming.begin(id(20), "a".into(), 0).is_err()
    );
}
