//! From a chosen file to what may leave this computer: a name that is safe everywhere, bytes that are what the name says, and
//! pictures without anything but the picture.

mod incoming;
mod picture;

use xinmei_model::{
    Attachment, FileHash, FileKind, Picture, extension, file_name_of, holds_what_it_says, limits,
};

pub(crate) use incoming::{Incoming, Took};

use crate::{api::Fault, fault::denied};

/// Pictures that cannot be drawn anew here, and would take along where they were taken.
const OTHER_PICTURES: &[&str] = &["heic", "heif", "avif", "tif", "tiff", "gif", "bmp"];

/// A file fit to be sent, with the bytes of all its parts.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    /// What a row says of it.
    pub(crate) attachment: Attachment,
    /// Its bytes, and its thumbnail's.
    pub(crate) parts: Vec<(FileHash, Vec<u8>)>,
}

/// Makes a chosen file fit to be sent.
///
/// # Errors
/// [`Fault::Denied`] with `file-empty`, `file-too-large`, `file-type-mismatch`, `picture-format`, `picture-damaged` or
/// `picture-too-large`.
pub(crate) fn prepare(typed: &str, content: Vec<u8>) -> Result<Prepared, Fault> {
    check_length(content.len())?;
    let name = file_name_of(typed);
    let extension = extension(&name);
    if OTHER_PICTURES.contains(&extension) {
        return Err(denied("picture-format", "pictures are sent as JPEG or PNG"));
    }
    if extension == "webp" {
        return picture_of(name.trim_end_matches(".webp"), None, &content);
    }
    let kind = FileKind::of_extension(extension);
    if !holds_what_it_says(extension, &content) {
        return Err(denied("file-type-mismatch", "the file is not what its name says"));
    }
    if kind.is_picture() {
        return picture_of(&name, Some(kind), &content);
    }
    let (sha256, bytes) = (FileHash::of(&content), length(&content));
    let attachment = Attachment { sha256, name, kind, bytes, picture: None };
    Ok(Prepared { attachment, parts: vec![(sha256, content)] })
}

/// Draws a picture anew. Without a kind it becomes a JPEG, or a PNG where it can be seen through.
fn picture_of(name: &str, kind: Option<FileKind>, content: &[u8]) -> Result<Prepared, Fault> {
    let drawn = picture::draw(content, kind)?;
    check_length(drawn.content.len())?;
    let name = match kind {
        Some(_) => name.to_owned(),
        None => file_name_of(&format!("{name}.{}", if drawn.kind == FileKind::Png { "png" } else { "jpg" })),
    };
    let (sha256, thumbnail) = (FileHash::of(&drawn.content), FileHash::of(&drawn.thumbnail));
    let picture = Picture {
        width: drawn.width,
        height: drawn.height,
        thumbnail,
        thumbnail_bytes: length(&drawn.thumbnail),
    };
    let bytes = length(&drawn.content);
    let attachment = Attachment { sha256, name, kind: drawn.kind, bytes, picture: Some(picture) };
    Ok(Prepared { attachment, parts: vec![(sha256, drawn.content), (thumbnail, drawn.thumbnail)] })
}

/// Refuses a file that is too large, before more of it is read.
pub(crate) fn check_length(bytes: usize) -> Result<(), Fault> {
    if bytes == 0 {
        return Err(denied("file-empty", "there is nothing in the file"));
    }
    if bytes > limits::FILE_BYTES as usize {
        return Err(denied("file-too-large", "the file is larger than may be sent"));
    }
    Ok(())
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// Whether these bytes may be shown as a thumbnail: a small JPEG of few pixels, whatever its sender says.
pub(crate) fn is_thumbnail(bytes: &[u8]) -> bool {
    bytes.len() <= limits::THUMBNAIL_BYTES as usize && picture::is_small_jpeg(bytes)
}

#[cfg(test)]
mod tests;
