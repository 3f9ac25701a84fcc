//! What notices of the demo school and the answers to them carry.

use xinmei_model::{Attachment, FileHash, FileKind, Id, Person, Picture, extension};

use crate::{Fail, Result, files::Files, ledger::Tx};

/// A file, and for a picture its size and how it looks small.
struct Kept {
    name: &'static str,
    content: &'static [u8],
    picture: Option<(u32, u32, &'static [u8])>,
}

const KEPT: &[Kept] = &[
    Kept {
        name: "重庆科技馆研学行程.pdf",
        content: include_bytes!("../../data/files/plan.pdf"),
        picture: None,
    },
    Kept {
        name: "和孩子好好说话：十个开场白.txt",
        content: include_bytes!("../../data/files/openings.txt"),
        picture: None,
    },
    Kept {
        name: "家庭谈话记录表.txt", content: include_bytes!("../../data/files/talks.txt"), picture: None
    },
    Kept {
        name: "集合地点示意图.jpg",
        content: include_bytes!("../../data/files/meeting.jpg"),
        picture: Some((960, 640, include_bytes!("../../data/files/meeting-small.jpg"))),
    },
    Kept {
        name: "体检回执.jpg",
        content: include_bytes!("../../data/files/slip.jpg"),
        picture: Some((742, 976, include_bytes!("../../data/files/slip-small.jpg"))),
    },
];

/// Puts a file in its place, as if this person had uploaded it.
pub(super) fn upload(tx: &mut Tx<'_>, files: &Files, by: Id<Person>, name: &str) -> Result<Attachment> {
    let kept = KEPT.iter().find(|kept| kept.name == name);
    let kept = kept.ok_or_else(|| Fail::broken(format!("the demo has no file {name}")))?;
    let sha256: FileHash = files.put(tx, by, kept.content)?;
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let picture = kept.picture.map(|(width, height, small)| {
        let thumbnail = files.put(tx, by, small)?;
        Ok::<_, Fail>(Picture { width, height, thumbnail, thumbnail_bytes: length(small) })
    });
    Ok(Attachment {
        sha256,
        name: name.to_owned(),
        kind: FileKind::of_extension(extension(name)),
        bytes: length(kept.content),
        picture: picture.transpose()?,
    })
}
