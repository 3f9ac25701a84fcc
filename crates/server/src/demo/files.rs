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

/// A poster of its own for each number: shapes in the school's colours, drawn as a PDF (ISO 32000-1) of one page.
pub(super) fn poster(tx: &mut Tx<'_>, files: &Files, by: Id<Person>, number: usize) -> Result<Attachment> {
    let content = poster_pdf(number);
    let sha256: FileHash = files.put(tx, by, content.as_bytes())?;
    let bytes = u32::try_from(content.len()).map_err(Fail::broken)?;
    Ok(Attachment { sha256, name: "竞选海报.pdf".into(), kind: FileKind::Pdf, bytes, picture: None })
}

fn poster_pdf(number: usize) -> String {
    const COLOURS: [&str; 4] = ["0.75 0.22 0.17", "0.13 0.45 0.36", "0.86 0.60 0.15", "0.16 0.36 0.60"];
    let colour = |more: usize| COLOURS.get((number + more) % COLOURS.len()).copied().unwrap_or_default();
    let left = 60 + number % 5 * 30;
    let draws = format!(
        "{} rg 40 40 515 762 re f 1 1 1 rg 70 520 455 250 re f {} rg {left} 560 160 160 re f \
         {} rg 300 600 180 60 re f 1 1 1 rg 90 120 415 40 re f 90 200 415 40 re f 90 280 300 40 re f",
        colour(0),
        colour(1),
        colour(2)
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{draws}\nendstream", draws.len()),
    ];
    let (mut text, mut table) = (String::from("%PDF-1.4\n"), String::from("0000000000 65535 f \n"));
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", text.len()));
        text.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let starts = text.len();
    text.push_str(&format!(
        "xref\n0 5\n{table}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{starts}\n%%EOF\n"
    ));
    text
}

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
