//! Files on the command line: given from paths, saved into a folder.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use data_encoding::BASE64;
use uuid::Uuid;
use xinmei_client::{
    Outside,
    api::{Request, file as ask},
};
use xinmei_model::{Attachment, limits};

use super::terminal::{Terminal, line};

/// Gives files to the core, in their order.
pub(crate) async fn give(terminal: &Terminal, paths: &[PathBuf]) -> anyhow::Result<Vec<Attachment>> {
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        files.push(
            give_one(terminal, path).await.with_context(|| format!("{} was not attached", path.display()))?,
        );
    }
    Ok(files)
}

async fn give_one(terminal: &Terminal, path: &Path) -> anyhow::Result<Attachment> {
    let mut file = std::fs::File::open(path)?;
    let bytes = u32::try_from(file.metadata()?.len()).unwrap_or(u32::MAX);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (mut id, mut at) = (None, 0);
    loop {
        let mut piece = vec![0; limits::UPLOAD_PART_BYTES];
        let mut filled = 0;
        // A pipe gives less than it is asked for.
        while let Some(rest) = piece.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match file.read(rest)? {
                0 => break,
                read => filled += read,
            }
        }
        piece.truncate(filled);
        let give = ask::Give { file: id, name: name.clone(), bytes, at, content: BASE64.encode(&piece) };
        let given: ask::Given = terminal.ask(Request::FileGive(give)).await?;
        if let Some(attachment) = given.attachment {
            return Ok(attachment);
        }
        if filled == 0 {
            bail!("the file became shorter while it was read");
        }
        (id, at) = (Some(given.file), given.have);
    }
}

/// As its sender called it.
pub(crate) fn its_name(file: &Attachment) -> String {
    file.name.clone()
}

/// Prints what a row carries.
pub(crate) fn list(terminal: &Terminal, files: &[ask::FileView]) -> anyhow::Result<ExitCode> {
    let value = serde_json::json!({ "files": files });
    let columns =
        ["/attachment/name", "/attachment/kind", "/attachment/bytes", "/here", "/attachment/sha256"];
    terminal.print(&value, "/files", &columns);
    Ok(ExitCode::SUCCESS)
}

/// Saves what a row carries, each as it is `called` and under a name nothing has there; prints where.
pub(crate) async fn save(
    terminal: &Terminal,
    of: Uuid,
    files: &[ask::FileView],
    called: impl Fn(&Attachment) -> String,
    to: Option<PathBuf>,
) -> anyhow::Result<ExitCode> {
    let system = Outside::system();
    let outside = Outside { downloads: to.or_else(|| system.downloads.clone()), ..system };
    for file in files {
        let sha256 = file.attachment.sha256;
        let mut content: Vec<u8> = Vec::new();
        loop {
            let at = u32::try_from(content.len()).unwrap_or(u32::MAX);
            let piece: ask::Piece = terminal.ask(Request::FileRead(ask::Read { of, sha256, at })).await?;
            if piece.content.is_empty() {
                break;
            }
            content.extend(BASE64.decode(piece.content.as_bytes())?);
        }
        line(&outside.save(&called(&file.attachment), &content)?.display());
    }
    Ok(ExitCode::SUCCESS)
}
