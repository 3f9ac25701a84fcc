//! A file of its own for each child, from a folder: what is for whom is printed before anything is sent.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use xinmei_client::api::{
    Request,
    child_file::{Match, Matched, MatchedFile, StrayWhy},
};
use xinmei_model::{Audience, ChildFileDraft, ChildFiles, Id, Notice, file_name_of};

use super::{
    file,
    terminal::{Terminal, line},
};

/// Looks at a folder, prints whose its files are, and gives those that are somebody's to the core.
pub(crate) async fn from_folder(
    terminal: &Terminal,
    folder: &Path,
    audience: &Audience,
    replaces: Option<Id<Notice>>,
    only: bool,
) -> anyhow::Result<ChildFiles> {
    let paths = files_in(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let name = |path: &PathBuf| file_name_of(&path.file_name().unwrap_or_default().to_string_lossy());
    let names: Vec<_> = paths.iter().map(name).collect();
    let ask = Match { audience: audience.clone(), names: names.clone(), keeps: replaces };
    let matched: Matched = terminal.ask(Request::NoticeMatchFiles(ask)).await?;
    if !terminal.json {
        told(&matched, &names);
    }
    if !only && !matched.strays.is_empty() {
        bail!(
            "{} files are for nobody: nothing was sent; mend their names, or send the others with --skip-unmatched",
            matched.strays.len()
        );
    }
    let mut files = Vec::new();
    for one in &matched.children {
        let MatchedFile::Given { at } = one.file else { continue };
        let path =
            usize::try_from(at).ok().and_then(|at| paths.get(at)).context("a file that is not there")?;
        let given = file::give(terminal, std::slice::from_ref(path)).await?;
        files.extend(given.into_iter().map(|file| ChildFileDraft { child: one.child.id, file }));
    }
    let keeps = replaces.is_some();
    if files.is_empty() && !keeps {
        bail!("no file in {} is for a child this goes to: nothing was sent", folder.display());
    }
    Ok(ChildFiles { files, keeps })
}

/// The files of a folder by name; not those of folders in it, nor hidden ones.
fn files_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && std::fs::metadata(entry.path())?.is_file() {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

/// A line for each child, then one for each file that is nobody's.
fn told(matched: &Matched, names: &[String]) {
    let name = |at: u32| usize::try_from(at).ok().and_then(|at| names.get(at)).map_or("", String::as_str);
    for one in &matched.children {
        let file = match &one.file {
            MatchedFile::Given { at } => name(*at).to_owned(),
            MatchedFile::Kept { name } => format!("{name} (as before)"),
            MatchedFile::None => "no file".to_owned(),
        };
        line(&format!("{}  {}  {file}", one.number, one.child.name));
    }
    for stray in &matched.strays {
        let why = match &stray.why {
            StrayWhy::Unknown => "begins with no number that is known here".to_owned(),
            StrayWhy::NotAddressed { child } => format!("{} is not in the audience", child.name),
            StrayWhy::Several { child, other } => {
                format!("{} and {} have that number", child.name, other.name)
            }
            StrayWhy::Second { child } => format!("there is another file for {}", child.name),
            StrayWhy::NamesAnother { child, other } => {
                format!("the number is {}'s, the name {}'s", child.name, other.name)
            }
        };
        line(&format!("not sent: {}: {why}", name(stray.at)));
    }
}
